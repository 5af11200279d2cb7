"""The command line: `adgraph draw`, `show` and `derive`."""

import os
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import click

from graphviz_ad.errors import AdgraphError, did_you_mean
from graphviz_ad.files import make_folder, write_files
from graphviz_ad.options import (
    at_option,
    constants_option,
    figure_digits_option,
    read_systems,
    step_option,
    system_options,
    view_option,
)
from graphviz_ad.pipeline import render
from graphviz_ad.render import Format, Options, find, formats
from graphviz_ad.transform.diagram import Sheet

THEMES = ("light", "dark", "print", "auto")
DIRECTIONS = ("lr", "rl", "tb", "bt")

# Roles in a terminal, in the colours that its reader has chosen for these names: like those of the themes.
STYLES = {
    "": "", "heading": "bold", "note": "yellow", "input": "bright_blue", "variable": "bold", "output": "bold yellow",
    "operation": "", "constant": "", "arrow": "dim", "label": "", "value": "green", "adjoint": "red",
}  # fmt: skip


# Commands that are imported when they are called, each with its module.
_ELSEWHERE = {
    "eval": "graphviz_ad.commands.evaluating",
    "check": "graphviz_ad.commands.checking",
    "rules": "graphviz_ad.commands.rules",
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
@click.option("--format", "format_name", metavar="FORMAT", help="Format for - and DIR/: svg, dot, json, text.")
@view_option
@step_option
@constants_option
@click.option(
    "--direction",
    type=click.Choice(DIRECTIONS),
    default="lr",
    show_default=True,
    help="Way of reading: left to right, …",
)
@click.option(
    "--theme",
    type=click.Choice(THEMES),
    default="light",
    show_default=True,
    help="Colours; auto follows the reader's browser.",
)
def draw(
    sources: tuple[str, ...],
    outputs: tuple[str, ...],
    format_name: str | None,
    views: tuple[str, ...],
    direction: Any,
    theme: str,
    **asked: Any,
) -> None:
    """Draw the graphs and the chain rule of each SOURCE.

    \b
    adgraph draw "y=sin(a*x+b); z=y**2"
    adgraph draw lesson.adg notes.tex lesson.py:loss -o figures/
    adgraph draw "y=2x^3+3; z=y^2" -o fig.svg -o fig.dot --view backward-simplified,chain
    """
    options = Options(theme, direction)
    targets = [_target(output, format_name) for output in outputs]
    several = len(sources) > 1
    if several and not all(target.folder for target in targets):
        raise click.UsageError(f"{len(sources)} sources do not go into one file; write them into a folder: -o figures/")
    sheets = _distinct([system.sheet(views) for system in read_systems(sources, asked)])
    files: dict[Path, str | bytes] = {}
    for sheet in sheets:
        for target in targets or [_default_target(sheet, format_name)]:
            files |= _contents(target, sheet, options, f"{_file_name(sheet.name)}-" if several else "")
    printed = [render(sheets[0], target.made, options) for target in targets if target.path is None]
    for target in targets:
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
    sources: tuple[str, ...], views: tuple[str, ...], width: int | None, plain: bool, image: bool, **asked: Any
) -> None:
    """Print the equations, the graphs and the chain rule of each SOURCE.

    Graphs are drawn from left to right or, where the width does not allow it, from top to bottom, or listed.
    """
    from graphviz_ad.render.terminal import ASCII, UNICODE, WIDTH, Line, lines

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
@click.option("--explain", is_flag=True, help="Before it, the rule behind the derivative of each operation.")
def derive(sources: tuple[str, ...], graph: str, format_name: str, explain: bool, **asked: Any) -> None:
    """Multiply out the chain rule of each SOURCE.

    \b
    adgraph derive "y=2x^3+3; z=y^2" --wrt x --format latex
    """
    from graphviz_ad.render.chains import CHAIN_FORMATS
    from graphviz_ad.render.terminal import chain_lines

    systems = read_systems(sources, asked)
    chains = [chain for system in systems for chain in system.chains(graph == "full" or explain)]
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
    made = _format(format_name or "svg")
    return _Target(made, Path(_file_name(sheet.name) + made.extensions[0]))


def _format(name: str) -> Format:
    made = find(name)
    if made is None:
        raise click.UsageError(f"Unknown format '{name}'. Formats: {', '.join(formats())}.")
    return made


class _Target(NamedTuple):
    """Where an output goes: a file, a folder for a file a panel, or standard output where there is no path."""

    made: Format
    path: Path | None = None
    folder: bool = False


def _target(output: str, format_name: str | None) -> _Target:
    """Raises UsageError for an extension that chooses no format."""
    if not output.strip():
        raise click.UsageError("An output needs a name, such as figure.svg.")
    if output == "-":
        return _Target(_format(format_name or "svg"))
    if output.endswith(("/", "\\")) or Path(output).is_dir():
        return _Target(_format(format_name or "svg"), Path(output), True)
    suffix = Path(output).suffix
    if not suffix:
        raise click.UsageError(f"'{output}' has no extension that chooses a format, such as .svg (a folder ends in /).")
    return _Target(_format(suffix[1:]), Path(output))


def _contents(target: _Target, sheet: Sheet, options: Options, prefix: str) -> dict[Path, str | bytes]:
    """The files of a target with their contents; in a folder their names begin with the prefix."""
    if target.path is None:
        return {}
    if not target.folder:
        return {target.path: render(sheet, target.made, options)}
    extension = target.made.extensions[0]
    return {
        target.path / f"{prefix}{panel.view}{extension}": render(sheet._replace(panels=(panel,)), target.made, options)
        for panel in sheet.panels
    }


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
        text = Text.assemble(*((run, STYLES[role]) for run, role in line.runs)) if line.runs else Text(line.text)
        text.stylize(STYLES[line.role])
        console.print(text, soft_wrap=True)


def _picture(sheet: Sheet) -> bytes:
    """The figure as a PNG."""
    made = find("png")
    if made is None:
        raise click.UsageError("--image needs the format png, which this installation does not have.")
    picture = render(sheet, made, Options())
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
