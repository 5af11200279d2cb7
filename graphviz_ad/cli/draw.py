"""`adgraph draw`: figures in files."""

from importlib.util import find_spec
from itertools import product
from os.path import realpath

import click

from graphviz_ad.cli.options import check_unused, command, named_format, read_systems
from graphviz_ad.cli.outputs import (
    Output,
    check_motion,
    check_page,
    contents,
    default_output,
    file_name,
    fit_to_print,
    frames_output,
    output_of,
)
from graphviz_ad.cli.style_options import say_contrast, styled
from graphviz_ad.core.diagram import Sheet
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.host.files import make_folder, write_files
from graphviz_ad.host.streams import print_data, say_note
from graphviz_ad.lesson.choice import said_of_pages, usual_sheet, usual_views
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import STYLES, sheet_of
from graphviz_ad.lesson.words import describe
from graphviz_ad.pipeline import render


@command("draw")
def draw_command(request: Request) -> None:
    """Draw the graphs and the chain rule of each SOURCE.

    \b
    adgraph draw "y=sin(a*x+b); z=y**2"
    adgraph draw lesson.adg notes.tex lesson.py:loss -o figures/
    adgraph draw "y=2x^3+3; z=y^2" -o fig.svg -o fig.dot --view backward-simplified,chain
    adgraph draw "y=2x^3+3; z=y^2" --blank derivatives -o exercise.svg --answers answers.svg
    adgraph draw "y=2x^3+3; z=y^2" -o page.html --at x=0.5
    """
    outputs, completed = _outputs(request)
    names = [output.made.name for output in (*outputs, *completed)] or [request.format_name or "svg"]
    shown = request.views or STYLES[request.style].views
    check_unused(request, shown, names)
    request = styled(request)
    say_contrast(request.theme)
    systems = read_systems(request)
    for system, name in product(systems, names):
        named_format(name).maker.check_size(system.size)
    setters = [Typesetter() for _ in systems]
    whole = names if request.alt or not outputs else [output.made.name for output in outputs if not output.folder]
    sheets = _distinct([_sheet(*each, names, whole, request) for each in zip(systems, setters, strict=True)])
    drawn = [_drawn(sheet, request) for sheet in sheets]
    files: dict[str, str | bytes] = {}
    for (sheet, answered), setter in zip(drawn, setters, strict=True):
        for output in outputs or ([] if request.alt else [default_output(sheet, request.format_name)]):
            files |= contents(output, sheet, request, setter)
        for output in completed:
            answer_files = contents(output, answered, request, setter)
            if {*map(realpath, files)} & {*map(realpath, answer_files)}:
                raise click.UsageError(f"The exercise and its answers do not both go into {request.answers}.")
            files |= answer_files
    (sheet, answered), *_ = drawn
    here = [(sheet, output) for output in outputs] + [(answered, output) for output in completed]
    printed = [fit_to_print(render(sheet, output.made, request, setters[0], say_note), output.made)
               for sheet, output in here if output.path is None]  # fmt: skip
    for output in (*outputs, *completed):
        if output.folder and output.path is not None:
            make_folder(output.path)
    write_files(files)
    for content in printed:
        print_data(content)
    for sheet, _ in drawn if request.alt else ():
        click.echo(describe(sheet))
    for path in files:
        click.echo(in_line(path), err=bool(printed) or request.alt)


# ---- helpers


def _sheet(system: System, setter: Typesetter, formats: list[str], whole: list[str], request: Request) -> Sheet:
    """The views that are asked for, or those that suit the system and stand on pages; notes say what else there is, and
    on which pages the `whole` of them is."""
    if set(formats) == {"html"} and not request.alt:  # a page shows all, and needs no panels
        return sheet_of(system, ())
    if request.views:
        return sheet_of(system, request.views)
    if find_spec("typst") is None:  # DOT, JSON and text can do without; what stands on a page is then not known
        return sheet_of(system, usual_views(system, request.style).views)
    from graphviz_ad.drawing.pages import standing

    is_picture = any(named_format(name).maker.from_scene is not None for name in formats)
    choice = usual_sheet(system, request.style, standing(request, setter), is_picture=is_picture)
    pictures = {name for name in whole if named_format(name).maker.from_scene is not None}
    for said in (choice.note, said_of_pages(choice, "pdf" in pictures, bool(pictures - {"pdf"}))):
        if said:
            say_note(said)
    return choice.sheet


def _outputs(request: Request) -> tuple[list[Output], list[Output]]:
    """Where the figures go, and where an exercise with its answers. Raises UsageError for what does not go together."""
    outputs = [output_of(name, request.format_name) for name in request.outputs]
    printed = any(output.path is None for output in outputs)
    if request.alt and printed:
        raise click.UsageError("--alt prints on standard output, where -o - would write the figure too.")
    check_motion(request, outputs)
    if request.frames is not None:
        outputs.append(frames_output(request.frames, request.format_name))
    if request.answers and request.blank is None:
        raise click.UsageError("Answers are those of an exercise: --blank derivatives.")
    if request.views and request.style != "textbook":
        raise click.UsageError(f"--style {request.style} is a view of its own; leave --view out.")
    completed = [output_of(request.answers, request.format_name)] if request.answers else []
    if completed and completed[0].path is None and printed:
        raise click.UsageError("The exercise and its answers do not both go to standard output.")
    everywhere = [*outputs, *completed]
    if request.format_name and outputs and all(output.has_extension for output in everywhere):
        raise click.UsageError("--format is for - and DIR/; the extension of a file chooses its format.")
    check_page(
        everywhere or [Output(named_format(request.format_name or "svg"))], bool(request.blank or request.frames)
    )
    if len(request.sources) > 1 and not all(output.folder for output in everywhere):
        several = f"{len(request.sources)} sources do not go into one file"
        raise click.UsageError(f"{several}; write them into a folder: -o figures/")
    return outputs, completed


def _drawn(sheet: Sheet, request: Request) -> tuple[Sheet, Sheet]:
    """What is drawn, and its answers if it is an exercise."""
    blank = request.blank
    if blank is None:
        return sheet, sheet
    from graphviz_ad.lesson.exercise import derivatives, exercise

    if isinstance(blank, int) and blank > (there := len(derivatives(sheet))):
        raise click.UsageError(f"--blank {blank} is more than the derivatives of {sheet.name}: there are {there}.")
    empty, answered = exercise(sheet, blank, request.seed)
    if empty == answered:
        raise click.UsageError(f"--blank leaves nothing out of {sheet.name}: none of its panels has what it hides.")
    return empty, answered


def _distinct(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets with names that differ, as those of files: a second z is z-2."""
    named: list[Sheet] = []
    for sheet in sheets:
        name, number = sheet.name, 1
        while file_name(name) in (file_name(other.name) for other in named):
            number += 1
            name = f"{sheet.name}-{number}"
        named.append(sheet.replace(name=name))
    return named
