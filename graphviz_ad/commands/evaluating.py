"""`adgraph eval`: values and gradients as numbers."""

import json
from itertools import product
from typing import Any

import click

from graphviz_ad.notation.formula import Derivative, Variable
from graphviz_ad.options import digits_option, range_option, read_systems, system_options
from graphviz_ad.pipeline import System
from graphviz_ad.render.tables import TABLE_FORMATS, Cell, Table


@click.command("eval")
@system_options
@range_option
@digits_option
@click.option("--format", "format_name", type=click.Choice([*TABLE_FORMATS, "json"]), default="text", show_default=True,
              help="json and csv have every digit.")  # fmt: skip
def eval_command(sources: tuple[str, ...], at: dict[str, tuple[float, ...]], digits: int, format_name: str,
                 **asked: Any) -> None:  # fmt: skip
    """The value of every variable of SOURCE, and the gradient of each output.

    \b
    adgraph eval "y=2x^3+3; z=y^2" --at x=0.5
    adgraph eval "y=tanh(a*x)" --at x=-2:2:0.5,a=1 --format csv
    """
    points = [dict(zip(at, values, strict=True)) for values in product(*at.values())]
    systems = [
        system for point in points for system in read_systems(sources, {**asked, "at": point}, point is points[0])
    ]
    for note in dict.fromkeys(note for system in systems for note in system.evaluation.notes):
        click.echo(f"adgraph: note: {note}", err=True)
    if format_name == "json":
        results = [_data(system) for system in systems]
        click.echo(json.dumps(results if len(results) > 1 else results[0], indent=2, ensure_ascii=False))
        return
    for number in range(len(sources)):
        click.echo("\n" if number else "", nl=False)
        table = _table(systems[number :: len(sources)])
        click.echo(TABLE_FORMATS[format_name](table, digits), nl=False)


def _data(system: System) -> dict[str, Any]:
    found = system.evaluation
    return {"values": found.values, "gradient": found.gradient, "edges": [edge._asdict() for edge in found.edges]}


def _table(systems: list[System]) -> Table:
    """One point as a column, several points as rows."""
    columns = [_column(system) for system in systems]
    if len(columns) == 1:
        names, derivatives = columns[0]
        return Table(("variable", "value"), (*names, None, *derivatives))
    rows = tuple(tuple(value for _, value in (*names, *derivatives)) for names, derivatives in columns)
    return Table(tuple(label for label, _ in (*columns[0][0], *columns[0][1])), rows)


Column = list[tuple[Cell, float]]


def _column(system: System) -> tuple[Column, Column]:
    """Each variable with its value, and each derivative with its own."""
    found = system.evaluation
    names: Column = [(Variable(name), value) for name, value in found.values.items()]
    partial = system.request.symbol == "partial" or (system.request.symbol == "auto" and len(system.wrt()) > 1)
    derivatives: Column = [
        (Derivative(of, wrt, partial), value) for of, row in found.gradient.items() for wrt, value in row.items()
    ]
    return names, derivatives
