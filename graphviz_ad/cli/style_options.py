"""The options of `adgraph draw` that say how a figure looks, and the formats that it has."""

from typing import Any

import click

from graphviz_ad.cli.options import Choice, F, near
from graphviz_ad.core.diagram import Direction
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.drawing.size import SIZES
from graphviz_ad.drawing.theme import THEMES, is_theme
from graphviz_ad.formats import Options, formats
from graphviz_ad.host.small_file import read_small
from graphviz_ad.host.streams import say_note

DIRECTIONS = ("lr", "rl", "tb", "bt")


class _FormatOption(click.Option):
    """An option whose help names every format; they are imported only when help is asked for."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = f"Format for - and DIR/: {', '.join(formats())}."
        return super().get_help_record(ctx)


format_option = click.option("--format", "format_name", cls=_FormatOption, metavar="FORMAT", help="")


def _theme(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if is_theme(value):
        return value
    message = f"'{value}' is not one of {', '.join(THEMES)}, nor a file my.toml.{near(value, THEMES)}"
    raise click.BadParameter(message, ctx, param)


def _template(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """The text of a template."""
    if value is None:
        return ""
    try:
        text = read_small(value)
    except AdgraphError as error:
        raise click.BadParameter(f"{error.message}.", ctx, param) from error
    if not text.strip():
        raise click.BadParameter(f"'{value}' is empty.", ctx, param)
    return text


theme_option = click.option(
    "--theme", callback=_theme, default="light", show_default=True, metavar="THEME",
    help=f"Colours: {', '.join(THEMES)} (follows the reader's browser), or a file my.toml.",
)  # fmt: skip


def look_options(command: F) -> F:
    """The options that say how a figure looks."""
    for option in (
        click.option("--template", metavar="FILE", callback=_template,
                     help="A Jinja2 template of your own for .html."),
        click.option("--beamer", is_flag=True, help="A .tex has the steps of --frames as overlays of a slide."),
        click.option("--standalone", is_flag=True, help="A .tex is a whole document, not a picture for one."),
        click.option("--dpi", type=click.FloatRange(0, min_open=True), metavar="N",
                     help="Pixels of a PNG for each inch, instead of --scale."),
        click.option("--scale", type=click.FloatRange(0, min_open=True), metavar="N",
                     help="Pixels of a PNG for each of the SVG. [default: 2]"),
        click.option("--background", type=Choice(["theme", "none"]), default="theme", show_default=True,
                     help="The theme's background, or none: what is behind the figure shows through."),
        click.option("--size", type=Choice([*SIZES]), default="screen", show_default=True,
                     help="Size of the figure: formulas of 12.75, 10, 20 or 36 points, and all else with them."),
        theme_option,
        click.option("--direction", type=Choice(DIRECTIONS),
                     help="Way of reading: left to right, … [default: lr; colah: bt]"),
    ):  # fmt: skip
        command = option(command)
    return command


def look(asked: dict[str, Any], usual: Direction, pixels: bool) -> Options:
    """The look that is asked for, taken out of what is asked; `usual` is the direction if none is asked for, `pixels`
    whether there is a picture of pixels."""
    scale, dpi = asked.pop("scale"), asked.pop("dpi")
    direction = asked.pop("direction") or usual
    if scale and dpi:
        raise click.UsageError("--scale and --dpi both say how many pixels there are; give one of them.")
    if (scale or dpi) and not pixels:
        raise click.UsageError("--scale and --dpi are for PNG: -o figure.png. (--size is for every picture.)")
    named = {name: asked.pop(name) for name in ("theme", "size", "background", "standalone", "beamer", "template")}
    options = Options(**named, direction=direction, scale=scale or 2.0, dpi=dpi)
    if options.theme not in THEMES:
        _read_well(options.theme)
    return options


def _read_well(file: str) -> None:
    """Say where a reader's own theme is hard to read."""
    from graphviz_ad.drawing.contrast import weak
    from graphviz_ad.drawing.theme import theme

    for pair in weak(theme(file)):
        say_note(
            f"{file}: the contrast of {pair.role} and {pair.behind} is {pair.contrast:.1f}; "
            f"{pair.wanted:g} is needed to read it well"
        )
