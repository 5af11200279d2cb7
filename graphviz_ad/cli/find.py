"""`adgraph find`: the formulas of a document, what each defines or states, and why others are skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import click

from graphviz_ad.cli.options import DOCUMENTS, check_unused, command
from graphviz_ad.cli.printing import print_json, print_table
from graphviz_ad.core.diagram import Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.request import Request, is_document
from graphviz_ad.read.documents.choosing import Whole, opened, place
from graphviz_ad.read.documents.kinds import counted
from graphviz_ad.read.documents.sayings import DEFINITION, DERIVATIVE, MENTION, SKIPPED, VALUE, Said

MAX_SHOWN = 60  # characters of a formula
MAX_KINDS = 8


@command("find", DOCUMENTS)
def find_command(request: Request) -> None:
    """List the formulas of each DOCUMENT: Markdown, LaTeX, reStructuredText, Quarto, or a notebook.

    \\b
    adgraph find notes.md
    adgraph draw notes.md:12     the formula in line 12, with what it needs
    adgraph draw notes.md#7      formula 7
    adgraph draw notes.md#eq:z   the formula with a label
    adgraph check notes.md       are its derivatives right?
    """
    check_unused(request)
    for source in request.sources:
        if not is_document(source):
            raise AdgraphError(
                f"'{source}' is no document", hint="name a file that ends in .md, .tex, .ipynb, .qmd or .rst"
            )
    found = [opened(source, request.macros) for source in request.sources]
    if request.table_format == "json":
        print_json([_data(whole) for whole in found])
        return
    for number, whole in enumerate(found):
        click.echo("\n" if number else "", nl=False)
        rows = tuple(_rows(whole))
        if rows:
            print_table(Table(("formula", "line", "says", "what"), rows), 6, request.table_format)
        click.echo(f"{in_line(whole.document.name)}: {summary(_listed(whole))}", err=request.table_format != "text")
        for line in _systems(whole):
            click.echo(line, err=request.table_format != "text")


def _listed(whole: Whole) -> list[Said]:
    numbers = {formula.number for formula in whole.chosen}
    return [one for one in whole.said if one.formula.number in numbers]


def _rows(whole: Whole) -> Iterator[tuple[str, ...]]:
    for one in _listed(whole):
        if one.kind != MENTION:
            line, _ = whole.document.place(one.formula, one.start)
            yield f"#{one.formula.number}", str(line), _says(one), in_line(_shortened(one.text))


def _says(one: Said) -> str:
    """What a part of a formula says, in a few words."""
    if one.kind in (DEFINITION, VALUE):
        word = "defines" if one.kind == DEFINITION else "value of"
        return f"{word} {', '.join(str(made.name) for made in one.definitions)}"
    return "states a derivative" if one.kind == DERIVATIVE else f"skipped: {one.skipped}"


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def summary(said: Sequence[Said]) -> str:
    """How many formulas are read, state a derivative, or are skipped, in words."""
    many = Counter(one.kind for one in said)
    kinds = Counter(one.skipped for one in said if one.kind == SKIPPED).most_common()
    stated = "1 statement of a derivative" if many[DERIVATIVE] == 1 else f"{many[DERIVATIVE]} statements of derivatives"
    parts = [f"{many[DEFINITION] + many[VALUE]} read", stated]
    listed = [counted(kind, number) for kind, number in kinds[:MAX_KINDS]]
    rest = sum(number for _, number in kinds[MAX_KINDS:])
    listed += [f"{rest} others"] if rest else []
    parts.append(f"{many[SKIPPED]} skipped" + (f": {', '.join(listed)}" if listed else ""))
    return ", ".join(parts)


def _systems(whole: Whole) -> Iterator[str]:
    """How each system is chosen."""
    if whole.choice:
        return
    for system in whole.systems:
        lines = ", ".join(map(str, system.lines[:6])) + (", …" if len(system.lines) > 6 else "")
        names = ", ".join(in_line(name) for name in system.names[:6])
        yield f"  adgraph draw {in_line(place(whole, system))}   {names} (line{'s' * (len(system.lines) > 1)} {lines})"


def _data(whole: Whole) -> dict[str, Any]:
    said = [
        {
            "formula": one.formula.number,
            "label": one.formula.label,
            "line": whole.document.place(one.formula, one.start)[0],
            "column": whole.document.place(one.formula, one.start)[1],
            "kind": one.kind,
            "names": [str(made.name) for made in one.definitions],
            "skipped": one.skipped if one.kind == SKIPPED else "",
            "reason": one.error.message if one.error is not None else "",
            "text": one.text,
        }
        for one in _listed(whole)
    ]
    systems = [{"lines": list(one.lines), "names": list(map(str, one.names))} for one in whole.systems]
    return {"document": whole.document.name, "summary": summary(_listed(whole)), "formulas": said, "systems": systems}
