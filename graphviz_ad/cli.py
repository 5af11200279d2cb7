"""The command line: `adgraph draw`, `show` and `derive`."""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from graphviz_ad.errors import AdgraphError, did_you_mean
from graphviz_ad.files import make_folder, write_files
from graphviz_ad.looks import format_option, look, look_options
from graphviz_ad.options import (
    at_option,
    constants_option,
    extension_format,
    figure_digits_option,
    named_format,
    read_systems,
    step_option,
    style_option,
    system_options,
    view_option,
)
from graphviz_ad.pipeline import STYLES, render, render_frames
from graphviz_ad.render import MAX_SECONDS, Format, Options
from graphviz_ad.transform.diagram import Sheet
from graphviz_ad.transform.words import describe

if TYPE_CHECKING:
    from graphviz_ad.transform.exercise import Which

SECONDS = 2.0  # of a step of an animation
# Roles in a terminal, in the colours that its reader has chosen for these names: like those of the themes.
COLOURS = {
    "": "", "heading": "bold", "note": "yellow", "input": "bright_blue", "variable": "bold", "output": "bold yellow",
    "operation": "", "constant": "", "arrow": "dim", "label": "", "value": "green", "adjoint": "red",
}  # fmt: skip


# Commands that are imported when they are called, each with its module.
_ELSEWHERE = {
    "eval": "graphviz_ad.commands.evaluating",
    "check": "graphviz_ad.commands.checking",
    "rules": "graphviz_ad.commands.rules",
    "formats": "graphviz_ad.commands.listing",
}


class _Group(click.Group):
    """Shows an error in the input as one message on stderr, with exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AdgraphError as error:
            click.echo(f"adgraph: {error.render()}", err=True)
            ctx.exit(error.exit_code)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *_ELSEWHERE]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _ELSEWHERE:
            return super().get_command(ctx, name)
        from importlib import import_module

        found: click.Command = getattr(import_module(_ELSEWHERE[name]), f"{name}_command")
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = did_you_mean(args[0], self.list_commands(ctx))
            hint = near or f'to draw equations: adgraph draw "{args[0]}"'
            raise click.UsageError(f"{error.message} ({hint})", ctx) from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "-V", "--version", package_name="graphviz-ad", prog_name="adgraph")
def main() -> None:
    """Computational graphs with their derivatives, and the chain rule multiplied out.

    SOURCE is the equations themselves ("y=sin(a*x+b); z=y**2", or LaTeX), a file of them, - for standard input, or
    lesson.py:function, a Python function. Text and LaTeX are never executed; a Python SOURCE is: its file is run.
    Put -- before a SOURCE that begins with a minus.
    """


def _blanks(ctx: click.Context, param: click.Parameter, value: str | None) -> "Which | None":
    named: dict[str | None, Which | None] = {None: None, "derivatives": "derivatives", "all": "all"}
    if value is None or value in named:
        return named[value]
    if not value.isdecimal() or not int(value):
        raise click.BadParameter(f"'{value}' is not derivatives, all or a number of derivatives.", ctx, param)
    return int(value)


@main.command()
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
def draw(
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
    targets = [_target(output, format_name) for output in outputs]
    if alt and any(target.path is None for target in targets):
        raise click.UsageError("--alt prints on standard output, where -o - would write the figure too.")
    _check_motion(animate, seconds, targets, frames_folder, format_name)
    if frames_folder is not None:
        targets.append(_frames_target(frames_folder, format_name))
    if answers and not blank:
        raise click.UsageError("Answers are those of an exercise: --blank derivatives.")
    completed = [_target(answers, format_name)] if answers else []
    names = [target.made.name for target in (*targets, *completed)] or [format_name or "svg"]
    options = look(asked, STYLES[style].direction, "png" in names)
    options = options._replace(seconds=(seconds or SECONDS) if animate else 0)
    _check_tex(options, [*targets, *completed], format_name)
    _check_page(options, [*targets, *completed], format_name, bool(blank or frames_folder))
    several = len(sources) > 1
    if several and not all(target.folder for target in (*targets, *completed)):
        raise click.UsageError(f"{len(sources)} sources do not go into one file; write them into a folder: -o figures/")
    shown = views or STYLES[style].views
    sheets = _distinct([system.sheet(shown) for system in read_systems(sources, asked)])
    made = [_made(sheet, blank, seed) for sheet in sheets]
    files: dict[Path, str | bytes] = {}
    for sheet, answered in made:
        prefix = f"{_file_name(sheet.name)}-" if several else ""
        for target in targets or ([] if alt else [_default_target(sheet, format_name)]):
            files |= _contents(target, sheet, options, prefix)
        for target in completed:
            contents = _contents(target, answered, options, prefix)
            if files.keys() & contents.keys():
                raise click.UsageError(f"The exercise and its answers do not both go into {answers}.")
            files |= contents
    shown_here = [(made[0][0], target) for target in targets] + [(made[0][1], target) for target in completed]
    printed = [_fit_to_print(render(sheet, target.made, options), target.made)
               for sheet, target in shown_here if target.path is None]  # fmt: skip
    printed += [f"{describe(sheet)}\n" for sheet, _ in made if alt]
    for target in (*targets, *completed):
        if target.folder and target.path is not None:
            make_folder(target.path)
    write_files(files)
    for content in printed:
        click.echo(content, nl=False)
    for path in files:
        click.echo(path, err=bool(printed))


@main.command()
@system_options
@at_option
@figure_digits_option
@view_option
@style_option
@step_option
@constants_option
@click.option(
    "--width",
    type=click.IntRange(min=0),
    metavar="COLUMNS",
    help="Columns to fit into, 0 for any number. [default: the terminal's; 80 elsewhere]",
)
@click.option("--ascii", "plain", is_flag=True, help="Only characters that every terminal has.")
@click.option("--image", is_flag=True, help="The figure itself, in a terminal that shows pictures.")
def show(
    sources: tuple[str, ...],
    views: tuple[str, ...],
    style: str,
    width: int | None,
    plain: bool,
    image: bool,
    **asked: Any,
) -> None:
    """Print the equations, the graphs and the chain rule of each SOURCE.

    Graphs are drawn from left to right or, where the width does not allow it, from top to bottom, or listed.
    """
    from graphviz_ad.render.terminal import ASCII, UNICODE, WIDTH, Line, lines

    views = views or STYLES[style].views
    if image:
        from graphviz_ad.render.pictures import protocol

        columns = _terminal_width()
        if columns is None:
            raise click.UsageError("--image is for a terminal; for a file: adgraph draw SOURCE -o figure.png")
        shown = protocol(os.environ)
        for system in read_systems(sources, asked):
            click.echo(shown(_picture(system.sheet(views)), columns))
        return
    look = ASCII if plain or not _prints(str(UNICODE.pen)) else UNICODE
    room = (_terminal_width() or WIDTH) if width is None else width or None
    for number, sheet in enumerate([system.sheet(views) for system in read_systems(sources, asked)]):
        _print([Line("")] if number else [])
        _print(lines(sheet, room, look))


@main.command()
@system_options
@at_option
@figure_digits_option
@click.option(
    "--graph",
    type=click.Choice(["simplified", "full"]),
    default="simplified",
    show_default=True,
    help="The graph whose edges are multiplied; full has a factor for each operation.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "latex", "markdown", "typst"]),
    default="text",
    show_default=True,
)
@click.option("--order", type=click.IntRange(1, 4), default=1, show_default=True,
              help="Derivatives up to this order, each made from the one before.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Before it, the rule behind the derivative of each operation.")
def derive(sources: tuple[str, ...], graph: str, format_name: str, order: int, explain: bool, **asked: Any) -> None:
    """Multiply out the chain rule of each SOURCE.

    \b
    adgraph derive "y=2x^3+3; z=y^2" --wrt x --format latex
    adgraph derive "y=2x^3+3; z=y^2" --order 2
    """
    from graphviz_ad.render.chains import CHAIN_FORMATS
    from graphviz_ad.render.terminal import chain_lines

    systems = read_systems(sources, asked)
    chains = [chain for system in systems for chain in system.chains(graph == "full" or explain)]
    chains += [chain for system in systems for k in range(2, order + 1) for chain in system.higher(k)]
    if explain:
        from graphviz_ad.render.tables import TABLE_FORMATS
        from graphviz_ad.transform.diagram import Table

        if format_name not in TABLE_FORMATS:
            raise click.UsageError("Explanations are text, latex or markdown.")
        rows = tuple((s.operation, s.rule, s.derivative) for system in systems for s in system.explained())
        click.echo(TABLE_FORMATS[format_name](Table(("operation", "rule", "derivative"), rows), 6))
    if format_name == "text":
        _print(chain_lines(chains, _terminal_width()))
    else:
        click.echo(CHAIN_FORMATS[format_name](chains), nl=False)


# ---- helpers


def _made(sheet: Sheet, blank: "Which | None", seed: int) -> tuple[Sheet, Sheet]:
    """What is drawn, and its answers if it is an exercise."""
    if blank is None:
        return sheet, sheet
    from graphviz_ad.transform.exercise import exercise

    return exercise(sheet, blank, seed)


def _distinct(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets with names that differ: a second z is z-2."""
    named: list[Sheet] = []
    for sheet in sheets:
        name, number = sheet.name, 1
        while name in (other.name for other in named):
            number += 1
            name = f"{sheet.name}-{number}"
        named.append(sheet._replace(name=name))
    return named


def _default_target(sheet: Sheet, format_name: str | None) -> "_Target":
    made = named_format(format_name or "svg")
    return _Target(made, Path(_file_name(sheet.name) + made.extensions[0]))


class _Target(NamedTuple):
    """Where an output goes: a file; a folder for a file a panel, or a file a frame; standard output without a path."""

    made: Format
    path: Path | None = None
    folder: bool = False
    frames: bool = False


def _target(output: str, format_name: str | None) -> _Target:
    """Raises UsageError for an extension that chooses no format."""
    if not output.strip():
        raise click.UsageError("An output needs a name, such as figure.svg.")
    if output == "-":
        return _Target(named_format(format_name or "svg"))
    if output.endswith(("/", "\\")) or Path(output).is_dir():
        return _Target(named_format(format_name or "svg"), Path(output), True)
    return _Target(extension_format(output), Path(output))


def _frames_target(folder: str, format_name: str | None) -> _Target:
    if not folder.strip() or folder == "-":
        raise click.UsageError("Frames need a folder, such as --frames frames/.")
    return _Target(named_format(format_name or "svg"), Path(folder), True, True)


def _check_motion(
    animate: bool, seconds: float | None, targets: list[_Target], frames: str | None, format_name: str | None
) -> None:
    """Raises UsageError where an animation is asked of what stands still."""
    if seconds is not None and not animate:
        raise click.UsageError("--seconds is the pace of an animation: --animate.")
    if animate and frames is not None and not targets:
        raise click.UsageError("Frames stand still; say where the animation goes: -o figure.svg")
    for made in [target.made for target in targets] or [named_format(format_name or "svg")]:
        if animate and made.animated is None:
            raise click.UsageError(f"--animate makes SVG; {made.name} stands still.")


def _check_page(options: Options, targets: list[_Target], format_name: str | None, parts: bool) -> None:
    """Raises UsageError for a template without a page, and where a page, which shows all, is to show a part."""
    pages = [target.made for target in targets] or [named_format(format_name or "svg")]
    if options.template and not any(made.from_study for made in pages):
        raise click.UsageError("--template is for pages: -o page.html")
    if parts and any(made.from_study for made in pages):
        raise click.UsageError("A page shows every step and every answer; exercises and frames are other formats.")


def _check_tex(options: Options, targets: list[_Target], format_name: str | None) -> None:
    """Raises UsageError where there is no .tex that could be a document or slides."""
    made = [target.made for target in targets] or [named_format(format_name or "svg")]
    for option in ("standalone", "beamer"):
        if getattr(options, option) and all(one.overlays is None for one in made):
            raise click.UsageError(f"--{option} is for a .tex, as in -o figure.tex.")


def _contents(target: _Target, sheet: Sheet, options: Options, prefix: str) -> dict[Path, str | bytes]:
    """The files of a target with their contents; in a folder their names begin with the prefix."""
    if target.path is None:
        return {}
    if not target.folder:
        return {target.path: render(sheet, target.made, options)}
    extension = target.made.extensions[0]
    if target.frames:
        contents = render_frames(sheet, target.made, options)
        digits = max(2, len(str(len(contents))))  # so that the files stand in order wherever they are listed
        name = _file_name(sheet.name)
        return {target.path / f"{name}-{n:0{digits}}{extension}": made for n, made in enumerate(contents, 1)}
    if target.made.from_study:  # all panels are one
        return {target.path / f"{_file_name(sheet.name)}{extension}": render(sheet, target.made, options)}
    return {
        target.path / f"{prefix}{panel.view}{extension}": render(sheet._replace(panels=(panel,)), target.made, options)
        for panel in sheet.panels
    }


def _fit_to_print(content: str | bytes, made: Format) -> str | bytes:
    """The content for standard output. Raises UsageError where it is no text and a terminal would show it."""
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise click.UsageError(f"{made.name.upper()} is not text for a terminal: write it into a file "
                               f"(-o figure{made.extensions[0]}), or on into a pipe.")  # fmt: skip
    return content


def _file_name(name: str) -> str:
    """A name with nothing that a file system would mind."""
    return re.sub(r"[^\w.-]+", "_", name)[:80] or "figure"


def _print(lines: Any) -> None:
    """Lines on standard output, with colour only on a terminal and never with NO_COLOR."""
    if not sys.stdout.isatty():
        click.echo("".join(f"{line.text}\n" for line in lines), nl=False)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        text = Text.assemble(*((run, COLOURS[role]) for run, role in line.runs)) if line.runs else Text(line.text)
        text.stylize(COLOURS[line.role])
        console.print(text, soft_wrap=True)


def _picture(sheet: Sheet) -> bytes:
    """The figure as a PNG."""
    picture = render(sheet, named_format("png"), Options())
    assert isinstance(picture, bytes)
    return picture


def _prints(text: str) -> bool:
    """Whether standard output has the characters of a text."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _terminal_width() -> int | None:
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
