"""`adgraph check`: the derivative by hand, numerically, symbolically and automatically, side by side."""

from math import isnan
from pathlib import Path

import click

from graphviz_ad.cli.options import check_unused, command, extension_format, read_systems
from graphviz_ad.cli.printing import print_table
from graphviz_ad.core.diagram import Cell, Sheet, Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.request import Request, is_document
from graphviz_ad.host.files import write_files
from graphviz_ad.host.streams import say_note
from graphviz_ad.lesson.system import System
from graphviz_ad.pipeline import render
from graphviz_ad.point.checking import EXACT, Method, agree, contradicted, kinks_between, scale
from graphviz_ad.point.evaluate import values
from graphviz_ad.point.libraries import gradient_by


@command("check")
def check_command(request: Request) -> None:
    """The derivatives of SOURCE in four ways, side by side; exit status 1 where they disagree.
    At a kink, differences and libraries may: a note says so, and it does not count.

    \b
    adgraph check "y=2x^3+3; z=y^2" --at x=0.5
    adgraph check "y=2x^3+3; z=y^2" --at x=0.5 --with autograd,torch
    adgraph check "y=exp(x)" --at x=1 --plot err.svg

    With --claim, whether answers of your own are right: derivatives as text or LaTeX, over variables or inputs; exit
    status 1 where one is not. No point is needed; --at adds one. A part may be given a name, for claims behind it.

    \b
    adgraph check "y=2x^3+3; z=y^2" --claim "dz/dx = dz/dy * 6x^2 = 12x^2(2x^3+3)"
    adgraph check "a=sigmoid(z); z=w*x+b" --claim "delta = a*(1-a)" --claim "∂a/∂w = delta*x"
    adgraph check lesson.adg --claim answers.txt

    A document is proofread: each statement of a derivative in it is compared with the definitions before it; exit status
    1 where one is wrong. notes.md:12 and notes.md#7 are a line and a formula of it (adgraph find notes.md).

    \b
    adgraph check notes.md
    adgraph check lecture.tex notebook.ipynb --format json
    """
    check_unused(request)
    if request.claims:
        from graphviz_ad.cli.claims import check_claims

        check_claims(request)
        return
    if not (request.at or request.libraries or request.plot) and all(map(is_document, request.sources)):
        from graphviz_ad.cli.proofread import check_documents

        check_documents(request)
        return
    digits = request.digits
    made = extension_format(request.plot) if request.plot else None
    wrong, plots = 0, []
    systems = read_systems(request)
    if not any(system.wrt() for system in systems):
        used_up = [name for system in systems for name in system.used_up()]
        hint = f"differentiate by a parameter, --wrt {used_up[0]}" if used_up else "check a system with variables"
        raise AdgraphError("there is no input to differentiate by", hint=hint)
    for number, (system, of, wrt) in enumerate(
        [(s, of, wrt) for s in systems for of in s.graph.outputs for wrt in s.wrt()]
    ):
        if system.has_axes:
            from graphviz_ad.cli.check_arrays import check_arrays

            click.echo("\n" if number else "", nl=False)
            wrong += check_arrays(system, of, wrt, request)
            continue
        rows = [*system.methods(of, wrt), *_others(system, of, wrt, request.libraries)]
        reference = next(method.value for method in rows if method.is_reference) or 0.0
        size = scale(system.graph, of, wrt, system.point())
        click.echo("\n" if number else "", nl=False)
        print_table(_table(system, of, wrt, rows, reference, digits), digits, request.table_format)
        if made:
            plot = system.error_plot(of, wrt, reference)
            if plot is None:
                names = system.graph_views[False].names
                say_note(
                    f"{names[of]} by {names[wrt]} has no error to show: every difference that has a value is exact"
                )
            else:
                plots.append(plot)
        partial = system.is_partial(system.graph.name(of), system.graph.name(wrt))
        kinks = kinks_between(system.graph, of, wrt, system.point(), partial)
        for note in kinks or ():
            say_note(note)
        excused = kinks is not None and not contradicted(rows, reference, size)
        for method in rows:
            if agree(method, reference, size):
                continue
            apart = f"{method.value:.{digits}g} against {reference:.{digits}g}"
            if excused and method.at_kink:
                say_note(f"{method.name} {method.at_kink}: {apart}")
            else:
                click.echo(f"adgraph: {method.name} disagrees: {method.value:.17g} against {reference:.17g}", err=True)
                wrong += 1
    if made and request.plot and plots:
        sheet = Sheet("errors", (), tuple(plots))
        write_files({Path(request.plot): render(sheet, made, request)})
        click.echo(in_line(request.plot), err=True)
    if wrong:
        raise click.exceptions.Exit(1)


def _others(system: System, of: int, wrt: int, libraries: tuple[str, ...]) -> list[Method]:
    found = []
    for name in libraries:
        try:
            gradient = gradient_by(name, system.graph, of, system.point())
        except AdgraphError as error:
            found.append(Method(name, None, "", EXACT, f"{error.message} ({error.hint})"))
        else:
            value = gradient[system.graph.name(wrt)]
            if isnan(value) and any(map(isnan, values(system.graph, system.point()))):
                found.append(Method(name, None, "", EXACT, "it needs a number in the branch that is switched off"))
            else:
                found.append(Method(name, value, "", EXACT, at_kink="takes another derivative at the kink"))
    return found


def _table(system: System, of: int, wrt: int, rows: list[Method], reference: float, digits: int) -> Table:
    names = system.graph_views[False].names
    cells: list[tuple[Cell, ...]] = []
    for method in rows:
        if method.value is None:
            cells.append((method.name, "—", "", method.remark or method.cost))
        else:
            error = "reference" if method.is_reference else f"{abs(method.value - reference):.1e}"
            cells.append((method.name, f"{method.value + 0.0:.{digits}g}", error, method.cost))
    return Table(
        (Derivative(names[of], names[wrt], system.is_partial(names[of], names[wrt])), "value", "error", "cost"),
        tuple(cells),
    )
