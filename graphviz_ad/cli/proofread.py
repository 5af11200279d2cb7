"""`adgraph check notes.md`: the statements of derivatives in documents, each right, wrong or not checked, as a compiler
says it: the file, the line and the column first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import click

from graphviz_ad.cli.printing import print_table
from graphviz_ad.core.diagram import Table
from graphviz_ad.core.inert import in_line, inert_json
from graphviz_ad.core.request import Request
from graphviz_ad.host.streams import print_data
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG
from graphviz_ad.point.proofreading import Finding, proofread
from graphviz_ad.read.documents.choosing import opened

_FIELDS = (
    "line",
    "column",
    "number",
    "text",
    "side",
    "verdict",
    "how",
    "at",
    "claimed",
    "value",
    "derivative",
    "off",
    "notes",
)


def check_documents(request: Request) -> None:
    """Print what is said of each statement; exit status 1 where one is wrong."""
    found: list[tuple[str, list[Finding]]] = []
    for source in request.sources:
        whole = opened(source)
        numbers = {formula.number for formula in whole.chosen}
        findings = [one for one in proofread(whole.document, whole.said) if one.number in numbers]
        found.append((whole.document.name, findings))
    if request.table_format == "json":
        print_data(inert_json(_json(found)))
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


def _json(found: Sequence[tuple[str, Sequence[Finding]]]) -> str:
    data = [
        {
            "document": name,
            **{
                verdict.replace(" ", "_"): sum(one.verdict == verdict for one in findings)
                for verdict in (RIGHT, WRONG, UNCHECKED)
            },
            "statements": [{field: getattr(one, field) for field in _FIELDS} for one in findings],
        }
        for name, findings in found
    ]
    return json.dumps({"documents": data}, indent=2, ensure_ascii=False) + "\n"
