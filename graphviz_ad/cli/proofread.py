"""`adgraph check notes.md`: the statements of derivatives in documents, each right, wrong or not checked, as a compiler
says it: the file, the line and the column first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import click

from graphviz_ad.cli.printing import print_json, print_table
from graphviz_ad.core.diagram import Table
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.request import Request
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG
from graphviz_ad.point.proofreading import Finding, proofread
from graphviz_ad.read.documents.choosing import opened

_FIELDS = Finding.__match_args__[:-1]  # all but its position


def check_documents(request: Request) -> None:
    """Print what is said of each statement; exit status 1 where one is wrong."""
    found: list[tuple[str, list[Finding]]] = []
    for source in request.sources:
        whole = opened(source, request.macros)
        numbers = {formula.number for formula in whole.chosen}
        findings = [one for one in proofread(whole.document, whole.said) if one.number in numbers]
        found.append((whole.document.name, findings))
    if request.table_format == "json":
        print_json({"documents": [_data(name, findings) for name, findings in found]})
    elif request.table_format == "text":
        for name, findings in found:
            for finding in findings:
                for line in _lines(name, finding, request.digits):
                    click.echo(line)
    else:
        rows = tuple(
            (name, str(one.line), one.verdict, one.text, one.off or one.how, one.derivative)
            for name, findings in found
            for one in findings
        )
        head = ("document", "line", "verdict", "statement", "reason", "right")
        print_table(Table(head, rows), request.digits, request.table_format)
    for name, findings in found if request.table_format != "json" else ():
        click.echo(f"{in_line(name)}: {_summary(findings)}", err=request.table_format != "text")
    if any(one.is_wrong for _, findings in found for one in findings):
        raise click.exceptions.Exit(1)


def _lines(name: str, one: Finding, digits: int) -> Iterator[str]:
    reason = one.off if one.is_wrong else one.how
    yield in_line(f"{name}:{one.line}:{one.column}: {one.verdict}: {one.text}" + (f": {reason}" if reason else ""))
    if one.claimed is not None and one.value is not None:
        here = ", ".join(f"{variable} = {number:g}" for variable, number in one.at.items())
        numbers = f"claimed {one.claimed:.{digits}g}, right {one.value:.{digits}g}"
        yield in_line(f"    at {here}: {numbers}" if here else f"    {numbers}")
    if one.is_wrong and one.derivative:
        yield in_line(f"    right is {one.derivative}")
    for note in one.notes if one.is_wrong else ():
        yield in_line(f"    ({note})")


def _summary(findings: Sequence[Finding]) -> str:
    many = Counter(one.verdict for one in findings)
    if not findings:
        return "no statement of a derivative"
    return ", ".join(f"{many[verdict]} {verdict}" for verdict in (RIGHT, WRONG, UNCHECKED))


def _data(name: str, findings: Sequence[Finding]) -> dict[str, Any]:
    """A document as JSON has it: how many statements have each verdict, and the statements."""
    many = {word.replace(" ", "_"): sum(one.verdict == word for one in findings) for word in (RIGHT, WRONG, UNCHECKED)}
    return {"document": name, **many, "statements": [{f: getattr(one, f) for f in _FIELDS} for one in findings]}
