"""Options that would do nothing where they are given: a figure that is not what was asked for is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.core import ParameterSource

from graphviz_ad.core.record import Record
from graphviz_ad.read.sources import is_python

_BACKWARD = ("backward", "backward-simplified")
_CHAINS = ("chain", "chain-full")
_WITH_D = (*_BACKWARD, *_CHAINS, "steps", "steps-full", "colah")
_PAGE = {"html"}
_PICTURES = ("svg", "pdf", "png")


class _Use(Record):
    """How a command is used: its name, the options that are given (as --name), the values of all of them, the views
    that are shown, and the formats that are written. A page shows every view but the steps."""

    command: str
    given: frozenset[str]
    values: dict[str, object]
    views: frozenset[str]
    formats: frozenset[str]

    def shows(self, *views: str) -> bool:
        return bool(self.views.intersection(views)) or "html" in self.formats

    def has(self, option: str) -> bool:
        return option in self.given

    def writes(self, *formats: str) -> bool:
        return bool(self.formats.intersection(formats))


class _Row(Record):
    """An option of some commands, when it does something, and what is said where it does not."""

    commands: str
    option: str
    works: Callable[[_Use], bool]
    said: str


def _runs_python(use: _Use) -> bool:
    sources, language = use.values["sources"], use.values["--from"]
    return isinstance(sources, tuple) and any(is_python(source, str(language)) for source in sources)


_TABLE = (
    *(_Row("draw show derive eval check", option, _runs_python, "is for a Python function: lesson.py:loss")
      for option in ("--max-operations", "--max-seconds")),
    _Row("draw show", "--step", lambda u: u.formats != _PAGE and not u.views.isdisjoint(_BACKWARD),
         "is for a backward graph: --view backward"),
    _Row("draw show", "--constants", lambda u: u.shows("forward"), "is for the full forward graph: --view forward"),
    _Row("draw show", "--symbol", lambda u: u.shows(*_WITH_D), "is for derivatives: --view backward,chain"),
    _Row("draw show", "--max-paths", lambda u: u.shows(*_CHAINS), "is for chains: --view chain"),
    _Row("draw", "--digits", lambda u: u.has("--at") or u.writes("html"), "is for the numbers of --at"),
    _Row("show derive", "--digits", lambda u: u.has("--at"), "is for the numbers of --at"),
    _Row("draw", "--seed", lambda u: isinstance(u.values["--blank"], int), "chooses K derivatives: --blank K"),
    _Row("draw", "--view", lambda u: u.formats != _PAGE, "has no part in a page, which shows all"),
    _Row("draw", "--style", lambda u: u.formats != _PAGE, "has no part in a page, which shows all"),
    _Row("draw", "--theme", lambda u: u.writes(*_PICTURES, "html", "mermaid", "tikz"), "is for pictures: -o a.svg"),
    _Row("draw", "--direction", lambda u: bool(u.formats - {"json", "text"}), "is for graphs: -o a.svg"),
    _Row("draw", "--size", lambda u: u.writes(*_PICTURES), "is for SVG, PDF and PNG: -o a.svg"),
    _Row("draw", "--background", lambda u: u.writes(*_PICTURES), "is for SVG, PDF and PNG: -o a.svg"),
    _Row("show", "--view", lambda u: u.values["--style"] == "textbook",
         "and --style both choose the views; give one of them"),
    _Row("show", "--width", lambda u: not u.has("--image"), "is for figures of characters, --image is another"),
    _Row("show", "--ascii", lambda u: not u.has("--image"), "is for figures of characters, --image is another"),
    _Row("derive", "--graph", lambda u: u.values["--graph"] == "full" or not u.has("--explain"),
         "is full where operations are explained (--explain)"),
    _Row("derive", "--width", lambda u: u.values["--format"] == "text", "is for text"),
    _Row("derive", "--ascii", lambda u: u.values["--format"] == "text", "is for text"),
    _Row("eval", "--digits", lambda u: u.has("--trace") or not u.writes("csv", "json"),
         "has no part in csv and json: all are there"),
    _Row("eval", "--max-paths", lambda u: False, "is for chains: adgraph derive"),
    _Row("eval", "--direction-of", lambda u: u.values["--trace"] in ("forward", "both"), "is for --trace forward"),
    _Row("eval", "--symbol", lambda u: not u.writes("json") and not u.has("--trace"), "is for a table"),
    _Row("check", "--theme", lambda u: u.has("--plot"), "is for the picture of --plot"),
    _Row("rules", "--theme", lambda u: u.has("--output"), "is for a picture: -o rules.svg"),
    _Row("rules", "--format", lambda u: not u.has("--output"), "is for what is printed; an extension chooses a file's"),
)  # fmt: skip


def check_idle(views: Iterable[str] = (), formats: Iterable[str] = ()) -> None:
    """Raises UsageError for an option that is given to the command and does nothing there."""
    ctx = click.get_current_context()
    names = {param.name: max(param.opts, key=len) for param in ctx.command.params if param.name}
    given = frozenset(
        option for name, option in names.items() if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    )
    values = {option: ctx.params.get(name) for name, option in names.items()}
    use = _Use(ctx.command.name or "", given, values, frozenset(views), frozenset(formats))
    for row in _TABLE:
        if use.command in row.commands.split() and row.option in given and not row.works(use):
            raise click.UsageError(f"{row.option} {row.said}.")
