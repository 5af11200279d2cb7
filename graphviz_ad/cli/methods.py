"""`adgraph check` without claims: derivatives by hand, numerically, symbolically and automatically, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan
from pathlib import Path

import click

from graphviz_ad.cli.options import extension_format, read_systems
from graphviz_ad.cli.printing import print_table
from graphviz_ad.core.diagram import Cell, Panel, Sheet, Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.host.files import write_files
from graphviz_ad.host.streams import say_note
from graphviz_ad.lesson.system import System
from graphviz_ad.pipeline import render
from graphviz_ad.point.checking import EXACT, Method, agree, contradicted, kinks_between, scale
from graphviz_ad.point.evaluate import values
from graphviz_ad.point.libraries import gradient_by


class OutputByInput(Record):
    """A derivative to be found in all ways: its system, and the nodes."""

    system: System
    of: int
    wrt: int


def check_methods(request: Request) -> None:
    """Print each derivative in all ways and, with --plot, draw how their errors grow with the step; exit status 1 where
    they disagree."""
    figure = extension_format(request.plot) if request.plot else None
    wrong, plots = 0, []
    for number, asked in enumerate(_asked(read_systems(request))):
        click.echo("\n" if number else "", nl=False)
        if asked.system.has_axes:
            from graphviz_ad.cli.check_arrays import check_arrays

            wrong += check_arrays(asked.system, asked.of, asked.wrt, request)
            continue
        rows = [*asked.system.methods(asked.of, asked.wrt), *_others(asked, request.libraries)]
        print_table(_table(asked, rows, request.digits), request.digits, request.table_format)
        plots += _plot(asked, rows) if request.plot else []
        wrong += _disagreeing(asked, rows, request.digits)
    if request.plot and figure and plots:
        write_files({Path(request.plot): render(Sheet("errors", (), tuple(plots)), figure, request)})
        click.echo(in_line(request.plot), err=True)
    if wrong:
        raise click.exceptions.Exit(1)


def _asked(systems: Sequence[System]) -> list[OutputByInput]:
    """Each derivative of the systems. Raises AdgraphError where there is none."""
    asked = [
        OutputByInput(system, of, wrt) for system in systems for of in system.graph.outputs for wrt in system.wrt()
    ]
    if not any(system.wrt() for system in systems):
        used_up = [name for system in systems for name in system.used_up()]
        hint = f"differentiate by a parameter, --wrt {used_up[0]}" if used_up else "check a system with variables"
        raise AdgraphError("there is no input to differentiate by", hint=hint)
    return asked


def _others(asked: OutputByInput, libraries: tuple[str, ...]) -> Iterator[Method]:
    """The derivative as libraries find it."""
    graph, point = asked.system.graph, asked.system.point()
    for name in libraries:
        try:
            value = gradient_by(name, graph, asked.of, point)[graph.name(asked.wrt)]
        except AdgraphError as error:
            yield Method(name, None, "", EXACT, f"{error.message} ({error.hint})")
        else:
            if isnan(value) and any(map(isnan, values(graph, point))):
                yield Method(name, None, "", EXACT, "it needs a number in the branch that is switched off")
            else:
                yield Method(name, value, "", EXACT, at_kink="takes another derivative at the kink")


def _reference(rows: Sequence[Method]) -> float:
    return next(method.value for method in rows if method.is_reference) or 0.0


def _table(asked: OutputByInput, rows: Sequence[Method], digits: int) -> Table:
    names, reference = asked.system.graph_views.simplified.names, _reference(rows)
    of, wrt = names[asked.of], names[asked.wrt]
    cells: list[tuple[Cell, ...]] = []
    for method in rows:
        if method.value is None:
            cells.append((method.name, "—", "", method.remark or method.cost))
        else:
            error = "reference" if method.is_reference else f"{abs(method.value - reference):.1e}"
            cells.append((method.name, f"{method.value + 0.0:.{digits}g}", error, method.cost))
    return Table((Derivative(of, wrt, asked.system.is_partial(of, wrt)), "value", "error", "cost"), tuple(cells))


def _plot(asked: OutputByInput, rows: Sequence[Method]) -> list[Panel]:
    """The errors of the differences by their step; a note where there is none to show."""
    plot = asked.system.error_plot(asked.of, asked.wrt, _reference(rows))
    if plot is not None:
        return [plot]
    names = asked.system.graph_views.simplified.names
    ratio = f"{names[asked.of]} by {names[asked.wrt]}"
    say_note(f"{ratio} has no error to show: every difference that has a value is exact")
    return []


def _disagreeing(asked: OutputByInput, rows: Sequence[Method], digits: int) -> int:
    """How many methods disagree with the reference, each with a line that says so; at a kink some may, with a note."""
    graph, point, reference = asked.system.graph, asked.system.point(), _reference(rows)
    size = scale(graph, asked.of, asked.wrt, point)
    partial = asked.system.is_partial(graph.name(asked.of), graph.name(asked.wrt))
    kinks = kinks_between(graph, asked.of, asked.wrt, point, partial)
    for note in kinks or ():
        say_note(note)
    apart = [method for method in rows if method.value is not None and not agree(method, reference, size)]
    excused = kinks is not None and not contradicted(rows, reference, size)
    for method in apart:
        if excused and method.at_kink:
            say_note(f"{method.name} {method.at_kink}: {method.value:.{digits}g} against {reference:.{digits}g}")
        else:
            click.echo(f"adgraph: {method.name} disagrees: {method.value:.17g} against {reference:.17g}", err=True)
    return sum(not (excused and method.at_kink) for method in apart)
