"""`adgraph eval`: values and gradients as numbers."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod
from textwrap import indent
from typing import Any

import click

from graphviz_ad.cli.options import check_unused, command, read_systems
from graphviz_ad.cli.printing import print_table
from graphviz_ad.core.diagram import Table
from graphviz_ad.core.inert import inert_json
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.host.streams import print_data, say_note
from graphviz_ad.lesson.evaluated import EVERY_DIGIT, NameLists, column, head, names_of, numbers_of, partial
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import counted
from graphviz_ad.notation.unicode import Block
from graphviz_ad.point.evaluation import Evaluation
from graphviz_ad.point.traces import trace_table


@command("eval")
def eval_command(request: Request) -> None:
    """The value of every variable of SOURCE, and the gradient of each output.

    \b
    adgraph eval "y=2x^3+3; z=y^2" --at x=0.5
    adgraph eval "y=tanh(a*x)" --at x=-2:2:0.5,a=1 --format csv
    """
    check_unused(request)
    points = Points(request.ranges)
    if request.trace and (request.table_format == "json" or len(points) > 1):
        raise click.UsageError("A trace is a table at one point: text, csv, markdown or latex.")
    request = request.replace(at=next(iter(points)))
    systems = read_systems(request)
    if request.trace:
        _say(dict.fromkeys(note for system in systems for note in system.evaluation.notes))
        _print_traces(systems, request)
        return
    notes: dict[str, None] = {}
    results = _noted(_evaluated(systems, request, points), notes)
    if request.table_format == "json":
        text = _json(tuple(system.of_wholes(one) for system, one in zip(systems, row, strict=True)) for row in results)
        _say(notes)
        print_data(inert_json(text))
        return
    tables = _tables(systems, results, points)
    _say(notes)
    for number, table in enumerate(tables):
        click.echo("\n" if number else "", nl=False)
        print_table(table, request.digits, request.table_format)


def _say(notes: Iterable[str]) -> None:
    for note in notes:
        say_note(note)


class Points:
    """The points of all combinations of the values that are given, in order, each time they are gone through."""

    def __init__(self, at: Mapping[str, tuple[float, ...]]) -> None:
        self.at = at

    def __iter__(self) -> Iterator[dict[str, float]]:
        return (dict(zip(self.at, values, strict=True)) for values in product(*self.at.values()))

    def __len__(self) -> int:
        return prod(map(len, self.at.values()))


Results = Iterator[tuple[Evaluation, ...]]  # at each point, of each source


def _evaluated(systems: list[System], request: Request, points: Points) -> Results:
    """The numbers of all sources at each point. Where the values decide what a source is, it is read at each point."""

    def at_each_point(system: System, source: str) -> Iterator[Evaluation]:
        if len(points) > 1 and not system.decided:
            yield from system.evaluations(points)
            return
        yield system.evaluation
        for point in islice(points, 1, None):
            yield read_systems(request.replace(sources=(source,), at=point), False)[0].evaluation

    # of a document there may be several systems, none of which values decide
    sources = request.sources if len(systems) == len(request.sources) else ("",) * len(systems)
    return zip(*map(at_each_point, systems, sources), strict=True)


def _noted(results: Results, notes: dict[str, None]) -> Results:
    """The same, with what they say put among the notes."""
    for row in results:
        notes.update((note, None) for found in row for note in found.notes)
        yield row


def _print_traces(systems: list[System], request: Request) -> None:
    """The traces of each system, and on stderr what each mode costs."""
    modes = ("forward", "reverse") if request.trace == "both" else (request.trace or "",)
    made = [(system, trace) for system in systems for trace in system.traces(modes, request.direction_of)]
    tables = [trace_table(trace) for _, trace in made]
    known: dict[int, Block] = {}  # both have the primal trace
    for number, ((system, trace), table) in enumerate(zip(made, tables, strict=True)):
        click.echo("\n" if number else "", nl=False)
        print_table(table, request.digits, request.table_format, known=known)
        inputs, many = system.directions, trace.multiplications
        local = "a local derivative" if many == 1 else "local derivatives"
        several = inputs > 1 and trace.mode == "forward"
        total = (
            f"; for all {inputs} {'entries' if system.has_axes else 'inputs'}, {inputs} · {many} = {inputs * many}"
            if several
            else ""
        )
        click.echo(f"adgraph: {trace.mode} mode took {counted(many)} by {local}{total}", err=True)


def _json(results: Results) -> str:
    """A document for a single result, else a list of them; each is written as it comes, for there may be many."""
    texts = [json.dumps(_data(found), indent=2, ensure_ascii=False) for row in results for found in row]
    if len(texts) == 1:
        return f"{texts[0]}\n"
    return "[\n" + ",\n".join(indent(text, "  ") for text in texts) + "\n]\n"


def _data(found: Evaluation) -> dict[str, Any]:
    edges = [{field: getattr(edge, field) for field in edge.__match_args__} for edge in found.edges]
    return {"values": found.values, "gradient": found.gradient, "edges": edges}


def _tables(systems: list[System], results: Results, points: Points) -> list[Table]:
    """A table for each source: one point as a column, several points as rows."""
    if len(points) == 1:
        of_each = zip(systems, next(results), strict=True)
        return [column(system, found, _digits(system.request)) for system, found in of_each]
    rows: list[list[_Row]] = [[] for _ in systems]
    for row in results:
        for here, found in zip(rows, row, strict=True):
            here.append(_Row(names_of(found), numbers_of(found)))
    return [_row_by_row(system, here) for system, here in zip(systems, rows, strict=True)]


class _Row(Record):
    """The numbers at a point, with what they are of: a Python function may have other variables at each."""

    names: NameLists
    numbers: tuple[float, ...]


def _row_by_row(system: System, rows: Sequence[_Row]) -> Table:
    kinds = dict.fromkeys(row.names for row in rows)
    partials = {name for names in kinds for name in partial(system, names)}
    if len(kinds) == 1:
        return Table(head(rows[0].names, partials), tuple(row.numbers for row in rows))
    every = sorted(dict.fromkeys(name for names in kinds for name in names), key=len)  # variables first
    known = (dict(zip(row.names, row.numbers, strict=True)) for row in rows)
    return Table(head(tuple(every), partials), tuple(tuple(row.get(name, "") for name in every) for row in known))


def _digits(request: Request) -> int:
    return EVERY_DIGIT if request.table_format == "csv" else request.digits
