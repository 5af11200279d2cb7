"""`adgraph draw`: figures in files."""

from itertools import product
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphviz_ad.cli.options import (
    at_option,
    constants_option,
    figure_digits_option,
    named_format,
    near,
    read_systems,
    step_option,
    style_option,
    system_options,
    view_option,
)
from graphviz_ad.cli.outputs import (
    check_motion,
    check_page,
    check_tex,
    contents,
    default_target,
    file_name,
    fit_to_print,
    frames_target,
    target_of,
)
from graphviz_ad.cli.style_options import format_option, look, look_options
from graphviz_ad.cli.unused_options import check_idle
from graphviz_ad.core.diagram import Sheet
from graphviz_ad.core.inert import in_line
from graphviz_ad.formats import MAX_SECONDS
from graphviz_ad.host.files import make_folder, write_files
from graphviz_ad.host.streams import print_data
from graphviz_ad.lesson.system import STYLES
from graphviz_ad.lesson.words import describe
from graphviz_ad.pipeline import render

if TYPE_CHECKING:
    from graphviz_ad.lesson.exercise import Which

SECONDS = 2.0  # of a step of an animation


def _blanks(ctx: click.Context, param: click.Parameter, value: str | None) -> "Which | None":
    named: dict[str | None, Which | None] = {None: None, "derivatives": "derivatives", "all": "all"}
    if value is None or value in named:
        return named[value]
    if not value.isdecimal() or not int(value):
        raise click.BadParameter(f"'{value}' is not derivatives, all or a number of derivatives."
                                 + near(value, ("derivatives", "all")), ctx, param)  # fmt: skip
    return int(value)


@click.command("draw")
@system_options
@at_option
@figure_digits_option
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Write here; the extension chooses the format. DIR/ writes a file a panel, - to standard output. "
    "May be repeated. [default: NAME-OF-OUTPUT.svg]",
)
@format_option
@view_option
@style_option
@step_option
@constants_option
@look_options
@click.option(
    "--blank",
    callback=_blanks,
    metavar="derivatives|all|K",
    help="An exercise: boxes in the place of the derivatives, of all numbers too, or of K derivatives.",
)
@click.option("--answers", metavar="FILE", help="Write the exercise with its answers here.")
@click.option("--seed", type=int, default=0, show_default=True, help="Chooses the K derivatives.")
@click.option(
    "--frames",
    "frames_folder",
    metavar="DIR/",
    help="The making of the figure for slides: a numbered file a step, all of one size and layout.",
)
@click.option("--animate", is_flag=True, help="An SVG that a browser plays through these steps.")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, MAX_SECONDS),
    help="How long a step of the animation stays; the last stays three times as long. [default: 2]",
)
@click.option("--alt", is_flag=True, help="Print the figure's alternative text; draw it only where -o says so.")
def draw_command(
    sources: tuple[str, ...],
    outputs: tuple[str, ...],
    format_name: str | None,
    views: tuple[str, ...],
    style: str,
    blank: Any,
    answers: str | None,
    seed: int,
    alt: bool,
    frames_folder: str | None,
    animate: bool,
    seconds: float | None,
    **asked: Any,
) -> None:
    """Draw the graphs and the chain rule of each SOURCE.

    \b
    adgraph draw "y=sin(a*x+b); z=y**2"
    adgraph draw lesson.adg notes.tex lesson.py:loss -o figures/
    adgraph draw "y=2x^3+3; z=y^2" -o fig.svg -o fig.dot --view backward-simplified,chain
    adgraph draw "y=2x^3+3; z=y^2" --blank derivatives -o exercise.svg --answers answers.svg
    adgraph draw "y=2x^3+3; z=y^2" -o page.html --at x=0.5
    """
    targets = [target_of(output, format_name) for output in outputs]
    if alt and any(target.path is None for target in targets):
        raise click.UsageError("--alt prints on standard output, where -o - would write the figure too.")
    check_motion(animate, seconds, targets, frames_folder, format_name)
    if frames_folder is not None:
        targets.append(frames_target(frames_folder, format_name))
    if answers and not blank:
        raise click.UsageError("Answers are those of an exercise: --blank derivatives.")
    if views and style != "textbook":
        raise click.UsageError(f"--style {style} is a view of its own; leave --view out.")
    completed = [target_of(answers, format_name)] if answers else []
    if completed and completed[0].path is None and any(target.path is None for target in targets):
        raise click.UsageError("The exercise and its answers do not both go to standard output.")
    if format_name and all(target.has_extension for target in (*targets, *completed)) and targets:
        raise click.UsageError("--format is for - and DIR/; the extension of a file chooses its format.")
    names = [target.made.name for target in (*targets, *completed)] or [format_name or "svg"]
    shown = views or STYLES[style].views
    check_idle(shown, names)
    options = look(asked, STYLES[style].direction, "png" in names)
    options = options.replace(seconds=(seconds or SECONDS) if animate else 0)
    check_tex(options, [*targets, *completed], format_name)
    check_page(options, [*targets, *completed], format_name, bool(blank or frames_folder))
    several = len(sources) > 1
    if several and not all(target.folder for target in (*targets, *completed)):
        raise click.UsageError(f"{len(sources)} sources do not go into one file; write them into a folder: -o figures/")
    systems = read_systems(sources, asked)
    for system, name in product(systems, names):
        named_format(name).maker.check_size(system.size)
    sheets = _distinct([system.sheet(shown, once=not views) for system in systems])
    drawn = [_drawn(sheet, blank, seed) for sheet in sheets]
    files: dict[Path, str | bytes] = {}
    for sheet, answered in drawn:
        prefix = f"{file_name(sheet.name)}-" if several else ""
        for target in targets or ([] if alt else [default_target(sheet, format_name)]):
            files |= contents(target, sheet, options, prefix)
        for target in completed:
            answer_files = contents(target, answered, options, prefix)
            if {*map(realpath, files)} & {*map(realpath, answer_files)}:
                raise click.UsageError(f"The exercise and its answers do not both go into {answers}.")
            files |= answer_files
    (sheet, answered), *_ = drawn
    here = [(sheet, target) for target in targets] + [(answered, target) for target in completed]
    printed = [fit_to_print(render(sheet, target.made, options), target.made)
               for sheet, target in here if target.path is None]  # fmt: skip
    for target in (*targets, *completed):
        if target.folder and target.path is not None:
            make_folder(target.path)
    write_files(files)
    for content in printed:
        print_data(content)
    for sheet, _ in drawn if alt else ():
        click.echo(describe(sheet))
    for path in files:
        click.echo(in_line(str(path)), err=bool(printed) or alt)


# ---- helpers


def _drawn(sheet: Sheet, blank: "Which | None", seed: int) -> tuple[Sheet, Sheet]:
    """What is drawn, and its answers if it is an exercise."""
    if blank is None:
        return sheet, sheet
    from graphviz_ad.lesson.exercise import derivatives, exercise

    if isinstance(blank, int) and blank > (there := len(derivatives(sheet))):
        raise click.UsageError(f"--blank {blank} is more than the derivatives of {sheet.name}: there are {there}.")
    empty, answered = exercise(sheet, blank, seed)
    if empty == answered:
        raise click.UsageError(f"--blank leaves nothing out of {sheet.name}: none of its panels has what it hides.")
    return empty, answered


def _distinct(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets with names that differ: a second z is z-2."""
    named: list[Sheet] = []
    for sheet in sheets:
        name, number = sheet.name, 1
        while name in (other.name for other in named):
            number += 1
            name = f"{sheet.name}-{number}"
        named.append(sheet.replace(name=name))
    return named
