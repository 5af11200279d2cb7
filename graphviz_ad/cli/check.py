"""`adgraph check`: the derivative by hand, numerically, symbolically and automatically, side by side."""

from pathlib import Path
from typing import Any

import click

from graphviz_ad.cli.options import (
    Choice,
    at_option,
    digits_option,
    extension_format,
    read_systems,
    several_of,
    system_options,
)
from graphviz_ad.cli.printing import print_table
from graphviz_ad.cli.style_options import theme_option
from graphviz_ad.cli.unused_options import check_idle
from graphviz_ad.core.diagram import Cell, Sheet, Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative
from graphviz_ad.core.inert import in_line
from graphviz_ad.formats import Options
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.host.files import write_files
from graphviz_ad.host.streams import say_note
from graphviz_ad.lesson.system import System
from graphviz_ad.pipeline import render
from graphviz_ad.point.checking import EXACT, Method, agree, kinks_between, scale
from graphviz_ad.point.libraries import LIBRARIES, gradient_by


@click.command("check")
@system_options
@at_option
@digits_option
@click.option("--with", "libraries", multiple=True, callback=several_of(LIBRARIES), metavar="LIBRARY,…",
              help=f"Run the same function through these: {', '.join(LIBRARIES)}.")  # fmt: skip
@click.option("--plot", "plot_file", metavar="FILE",
              help="Draw the error of the differences over their step into FILE, such as err.svg.")  # fmt: skip
@theme_option
@click.option("--format", "format_name", type=Choice([*TABLE_FORMATS]), default="text", show_default=True)
def check_command(
    sources: tuple[str, ...],
    digits: int,
    libraries: tuple[str, ...],
    plot_file: str | None,
    theme: str,
    format_name: str,
    **asked: Any,
) -> None:
    """The derivatives of SOURCE in four ways, side by side; exit status 1 where they disagree.
    At a kink, differences and libraries may: a note says so, and it does not count.

    \b
    adgraph check "y=2x^3+3; z=y^2" --at x=0.5
    adgraph check "y=2x^3+3; z=y^2" --at x=0.5 --with autograd,torch
    adgraph check "y=exp(x)" --at x=1 --plot err.svg
    """
    check_idle()
    made = extension_format(plot_file) if plot_file else None
    wrong, plots = 0, []
    asked["digits"] = digits
    systems = read_systems(sources, asked)
    if not any(system.wrt() for system in systems):
        used_up = [name for system in systems for name in system.used_up()]
        hint = f"differentiate by a parameter, --wrt {used_up[0]}" if used_up else "check a system with variables"
        raise AdgraphError("there is no input to differentiate by", hint=hint)
    for number, (system, of, wrt) in enumerate(
        [(s, of, wrt) for s in systems for of in s.graph.outputs for wrt in s.wrt()]
    ):
        rows = [*system.methods(of, wrt), *_others(system, of, wrt, libraries)]
        reference = next(method.value for method in rows if method.name == "automatic, reverse mode") or 0.0
        size = scale(system.graph, of, wrt, system.point())
        click.echo("\n" if number else "", nl=False)
        print_table(_table(system, of, wrt, rows, reference, digits), digits, format_name)
        if made:
            plot = system.error_plot(of, wrt, reference)
            if plot is None:
                names = system.graph_views[False].names
                say_note(
                    f"{names[of]} by {names[wrt]} has no error to show: every difference that has a value is exact"
                )
            else:
                plots.append(plot)
        kinks = kinks_between(system.graph, of, wrt, system.point())
        for note in kinks:
            say_note(note)
        for method in rows:
            if agree(method, reference, size):
                continue
            apart = f"{method.value:.{digits}g} against {reference:.{digits}g}"
            if kinks and (reason := _at_a_kink(method)):
                say_note(f"{method.name} {reason}: {apart}")
            else:
                click.echo(f"adgraph: {method.name} disagrees: {method.value:.17g} against {reference:.17g}", err=True)
                wrong += 1
    if made and plot_file and plots:
        sheet = Sheet("errors", (), tuple(plots))
        write_files({Path(plot_file): render(sheet, made, Options(theme))})
        click.echo(in_line(plot_file), err=True)
    if wrong:
        raise click.exceptions.Exit(1)


def _at_a_kink(method: Method) -> str:
    """Why a method may have another derivative at a kink; nothing for one that may not."""
    if method.name.startswith("numerical"):
        return "sees the slopes beside the kink"
    return "takes another derivative at the kink" if method.name in LIBRARIES else ""


def _others(system: System, of: int, wrt: int, libraries: tuple[str, ...]) -> list[Method]:
    found = []
    for name in libraries:
        try:
            gradient = gradient_by(name, system.graph, of, system.point())
        except AdgraphError as error:
            found.append(Method(name, None, "", EXACT, f"{error.message} ({error.hint})"))
        else:
            found.append(Method(name, gradient[system.graph.name(wrt)], "", EXACT))
    return found


def _table(system: System, of: int, wrt: int, rows: list[Method], reference: float, digits: int) -> Table:
    names = system.graph_views[False].names
    cells: list[tuple[Cell, ...]] = []
    for method in rows:
        if method.value is None:
            cells.append((method.name, "—", "", method.remark or method.cost))
        else:
            error = "reference" if method.tolerance == 0 else f"{abs(method.value - reference):.1e}"
            cells.append((method.name, f"{method.value + 0.0:.{digits}g}", error, method.cost))
    return Table(
        (Derivative(names[of], names[wrt], system.is_partial(names[of], names[wrt])), "value", "error", "cost"),
        tuple(cells),
    )
