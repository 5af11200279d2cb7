"""What a page in the browser asks of adgraph, and what it is told: commands, run as in a terminal, that answer in data.

`ask` is given JSON and gives JSON, so that the worker of the page needs no proxies:

    {"source": "z = x^2", "options": "--at x=2", "want": "draw:svg"}

`want` is a command and a format. The options are those of `adgraph draw`, as on a command line; of another command or
format those that do something there. Nothing is read but the source, which is never executed, and nothing is kept.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import is_document, is_python
from graphviz_ad.documents.key import OptionItems
from graphviz_ad.formats import formats
from graphviz_ad.host.paths import looks_like_file
from graphviz_ad.host.streams import guarded
from graphviz_ad.lesson.views import STYLES
from graphviz_ad.options.asked import AskedError, from_text
from graphviz_ad.options.table import of_command
from graphviz_ad.options.unused import unused
from graphviz_ad.options.words import pairs

MODULES = {"draw": "draw", "derive": "derive", "eval": "evaluate", "check": "check", "rules": "rules"}
OF_FILES = ("FILE", "DIR/", "FORMAT")  # what options take that a page has no use for: it has no files
NOTE = "adgraph: note: "


class Want(Record):
    """What is wanted: a command, the format that it is given, and options that make it."""

    command: str
    format: str
    words: tuple[str, ...] = ()


def _drawn(name: str, *words: str) -> Want:
    return Want("draw", name, words)


# Formats by the names that a page has for them, beside those of `adgraph draw`, `derive`, `eval` and `check`.
SPECIAL = {
    "draw:chain": _drawn("svg", "--view", "chain"),
    "draw:animation": _drawn("svg", "--animate"),
    "draw:document": _drawn("tikz", "--standalone"),
    "draw:slide": _drawn("tikz", "--beamer"),
}


def ask(text: str) -> str:
    """The answer to a question, both as JSON."""
    asked = json.loads(text)
    try:
        answer = _answer(asked)
    except AdgraphError as error:
        answer = {"error": _of_source(error, asked["source"])}
    except click.UsageError as error:
        answer = {"error": {"text": f"adgraph: {error.format_message()}"}}
    except RecursionError:
        answer = {"error": {"text": "adgraph: this is nested too deep for a browser; a terminal may do"}}
    return json.dumps(answer)


def _answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    source, want = asked["source"], _wanted(asked["want"])
    if want.command == "rules":
        return _told(want, [*source.split(), "--format", want.format])
    _check_source(source)
    given = _given(source, pairs("draw", asked.get("options", "")), want)
    claims = [word for claim in asked.get("claims", ()) for word in ("--claim", claim)]
    return _told(want, [*given, *want.words, *claims, "--format", want.format, "--", source])


def _wanted(name: str) -> Want:
    command, _, made = name.partition(":")
    return SPECIAL.get(name) or Want(command, made)


def _check_source(source: str) -> None:
    """Raises AdgraphError for what a page does not read: files, and Python, which would be run."""
    if not source.strip():
        raise AdgraphError("there are no equations yet", hint="type some, such as y = sin(a*x + b); z = y^2")
    if is_python(source) or is_document(source) or looks_like_file(source):
        raise AdgraphError("files are not read here", hint="paste the equations; for files install adgraph")


def _given(source: str, items: OptionItems, want: Want) -> list[str]:
    """The words of the options that do something for what is wanted. Raises AdgraphError for one that does nothing in
    any figure, or that is of files."""
    known = {spelling: option for option in of_command("draw") for spelling in option.spellings}
    names = {key: known[key].name for key, _ in items if key in known}
    for key, name in names.items():
        if known[key].row.metavar in OF_FILES or name == "alt":
            raise AskedError(key, f"--{key} is of files, and a page has none")
    theirs = {"at" if option.name == "ranges" else option.name for option in of_command(want.command)}
    ranges = [(key, value) for key, value in items if names.get(key) == "at" and ":" in value]
    drawn = [item for item in items if item not in ranges]  # a range is for the table of values alone
    whole = from_text("draw", drawn, (source,))
    found = unused("draw", whole, whole.views or STYLES[whole.style].views, formats())
    if found:
        raise AskedError(found[0].spelled, f"--{found[0].spelled} {found[1]}")
    kept = whole.given & theirs - ({"views", "style"} if "--view" in want.words else set())
    asked = from_text("draw", [(key, value) for key, value in drawn if names[key] in kept], (source,))
    shown = want.words[1:] or asked.views or STYLES[asked.style].views
    while idle := unused(want.command, asked.replace(given=kept), shown, [want.format]):
        kept -= {idle[0].name}
    kept |= {"at"} if want.command == "eval" and ranges else set()
    return [f"--{key}" if known[key].is_flag else f"--{key}={value}" for key, value in items if names[key] in kept]


def _command(name: str) -> click.Command:
    made: click.Command = getattr(import_module(f"graphviz_ad.cli.{MODULES[name]}"), f"{name}_command")
    return made


def _told(want: Want, words: list[str]) -> dict[str, Any]:
    """What a command prints and writes; its notes by themselves."""
    printed, said = io.StringIO(), io.StringIO()
    with _elsewhere() as folder, redirect_stdout(printed), redirect_stderr(said), guarded():
        status = _command(want.command).main(words, f"adgraph {want.command}", standalone_mode=False) or 0
        files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    lines = said.getvalue().splitlines()
    answer: dict[str, Any] = {
        "status": status,
        "notes": [line.removeprefix(NOTE) for line in lines if line.startswith(NOTE)],
        "said": [line for line in lines if not line.startswith(NOTE)],
    }
    if not files:
        return {**answer, "text": printed.getvalue()}
    ((name, content),) = files
    try:
        return {**answer, "name": name, "text": content.decode()}
    except UnicodeDecodeError:
        return {**answer, "name": name, "data": b64encode(content).decode()}


@contextmanager
def _elsewhere() -> Iterator[Path]:
    """In a folder of its own, which is gone afterwards."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


def _of_source(error: AdgraphError, source: str) -> dict[str, Any]:
    """An error as the page shows it: its text and, if it is in the source, its place, in UTF-16 as scripts count."""
    told: dict[str, Any] = {"text": f"adgraph: {error.render()}"}
    if error.span is not None and error.source == source and not error.origin:
        told |= {
            "start": _utf16(source[: error.span.start]),
            "end": _utf16(source[: error.span.end]),
            "message": error.message,
            "hint": error.hint,
        }
    return told


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
