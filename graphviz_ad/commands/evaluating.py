"""`adgraph eval`: values and gradients as numbers."""

import json
from collections.abc import Collection
from itertools import product
from typing import Any

import click

from graphviz_ad.commands.idle import check_idle
from graphviz_ad.commands.printing import print_table
from graphviz_ad.inert import inert_json
from graphviz_ad.notation.formula import Derivative, Variable
from graphviz_ad.options import Choice, digits_option, range_option, read_systems, system_options
from graphviz_ad.render.tables import TABLE_FORMATS
from graphviz_ad.streams import print_data, say_note
from graphviz_ad.system import System, counted
from graphviz_ad.transform.diagram import Cell, Table
from graphviz_ad.transform.traces import trace_table


@click.command("eval")
@system_options
@range_option
@digits_option
@click.option("--trace", type=Choice(["forward", "reverse", "both"]),
              help="The evaluation trace, with tangents (forward), adjoints (reverse) or both.")  # fmt: skip
@click.option("--direction-of", "direction", metavar="NAME", help="The input whose tangent is 1. [default: the first]")
@click.option("--format", "format_name", type=Choice([*TABLE_FORMATS, "json"]), default="text", show_default=True,
              help="json and csv have every digit.")  # fmt: skip
def eval_command(sources: tuple[str, ...], at: dict[str, tuple[float, ...]], digits: int, format_name: str,
                 trace: str | None, direction: str | None, **asked: Any) -> None:  # fmt: skip
    """The value of every variable of SOURCE, and the gradient of each output.

    \b
    adgraph eval "y=2x^3+3; z=y^2" --at x=0.5
    adgraph eval "y=tanh(a*x)" --at x=-2:2:0.5,a=1 --format csv
    """
    check_idle(formats=[format_name])
    if trace and (format_name == "json" or any(len(values) > 1 for values in at.values())):
        raise click.UsageError("A trace is a table at one point: text, csv, markdown or latex.")
    asked["digits"] = digits
    points = [dict(zip(at, values, strict=True)) for values in product(*at.values())]
    systems = [
        system for point in points for system in read_systems(sources, {**asked, "at": point}, point is points[0])
    ]
    for note in dict.fromkeys(note for system in systems for note in system.evaluation.notes):
        say_note(note)
    if format_name == "json":
        results = [_data(system) for system in systems]
        text = json.dumps(results if len(results) > 1 else results[0], indent=2, ensure_ascii=False)
        print_data(f"{inert_json(text)}\n")
        return
    if trace:
        modes = ("forward", "reverse") if trace == "both" else (trace,)
        _print_traces(systems, modes, direction, format_name, digits)
        return
    for number in range(len(sources)):
        click.echo("\n" if number else "", nl=False)
        table = _table(systems[number :: len(sources)])
        print_table(table, digits, format_name)


def _print_traces(
    systems: list[System],
    modes: tuple[str, ...],
    direction: str | None,
    format_name: str,
    digits: int,
) -> None:
    """The traces of each system, and on stderr what each mode costs."""
    made = [(system, trace) for system in systems for trace in system.traces(modes, direction)]
    for number, (system, trace) in enumerate(made):
        click.echo("\n" if number else "", nl=False)
        print_table(trace_table(trace), digits, format_name)
        inputs, many = len(system.wrt()), trace.multiplications
        local = "a local derivative" if many == 1 else "local derivatives"
        several = inputs > 1 and trace.mode == "forward"
        total = f"; for all {inputs} inputs, {inputs} · {many} = {inputs * many}" if several else ""
        click.echo(f"adgraph: {trace.mode} mode took {counted(many)} by {local}{total}", err=True)


def _data(system: System) -> dict[str, Any]:
    found = system.evaluation
    return {"values": found.values, "gradient": found.gradient, "edges": [edge._asdict() for edge in found.edges]}


def _table(systems: list[System]) -> Table:
    """One point as a column, several points as rows; a Python function may have other variables at each point."""
    several = {of for system in systems for of in system.evaluation.gradient if system.is_partial(of)}
    columns = [_column(system, several) for system in systems]
    if len(columns) == 1:
        names, derivatives = columns[0]
        return Table(("variable", "value"), (*names.items(), None, *derivatives.items()))
    head = dict.fromkeys(label for kind in zip(*columns, strict=True) for column in kind for label in column)
    known = [{**names, **derivatives} for names, derivatives in columns]
    return Table(tuple(head), tuple(tuple(row.get(label, "") for label in head) for row in known))


Column = dict[Cell, float]


def _column(system: System, partial: Collection[str]) -> tuple[Column, Column]:
    """Each variable with its value, and each derivative with its own; those of some variables are partial ones."""
    found = system.evaluation
    names: Column = {Variable(name): value for name, value in found.values.items()}
    derivatives: Column = {
        Derivative(of, wrt, of in partial): value for of, row in found.gradient.items() for wrt, value in row.items()
    }
    return names, derivatives
