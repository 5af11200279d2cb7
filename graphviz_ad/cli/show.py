"""`adgraph show`: figures in the terminal."""

import os
from functools import partial
from typing import Any

import click

from graphviz_ad.cli.options import (
    ascii_option,
    at_option,
    constants_option,
    figure_digits_option,
    no_cache_option,
    read_systems,
    step_option,
    style_option,
    system_options,
    view_option,
    width_option,
)
from graphviz_ad.cli.printing import print_lines, print_looking, terminal_width
from graphviz_ad.cli.unused_options import check_idle
from graphviz_ad.core.diagram import Direction, Sheet
from graphviz_ad.formats.terminal.text import UNICODE, WIDTH, Line, check_size, lines
from graphviz_ad.host.streams import can_print, say_note, terminal
from graphviz_ad.lesson.system import MAX_NODES, STYLES


@click.command("show")
@system_options
@at_option
@figure_digits_option
@view_option
@style_option
@step_option
@constants_option
@width_option("the terminal's; 80 elsewhere")
@ascii_option
@click.option("--image", is_flag=True, help="The figure itself, in a terminal that shows pictures.")
@no_cache_option
def show_command(
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
    usual = not views
    views = views or STYLES[style].views
    check_idle(views)
    systems = read_systems(sources, asked)
    for system in systems if "forward" in views and not image else ():
        if len(system.graph.nodes) <= MAX_NODES:  # what is larger is refused anyway
            check_size(system.forward(True))  # before all the rest is made
    sheets = [system.sheet(views, usual) for system in systems]
    if image and _showed(sheets, STYLES[style].direction):
        return
    room = (terminal_width() or WIDTH) if width is None else width or None
    parted = bool(width or terminal_width())
    for number, sheet in enumerate(sheets):
        print_lines([Line("")] if number else [])
        print_looking(partial(lines, sheet, room, parted=parted), plain or not can_print(str(UNICODE.pen)))


def _showed(sheets: list[Sheet], direction: Direction) -> bool:
    """Whether the figures are shown as pictures; a note says why they are not. Raises UsageError without a terminal."""
    if terminal_width() is None:
        raise click.UsageError("--image is for a terminal; for a file: adgraph draw SOURCE -o figure.png")
    from graphviz_ad.cli.terminal_probe import asked_terminal
    from graphviz_ad.formats.terminal.pictures import pictures, protocol

    asked = asked_terminal()
    write = protocol(asked, os.environ)
    if write is None:
        name = asked.name or os.environ.get("TERM") or "no TERM"
        say_note(
            f"this terminal ({name}) is not known to show pictures; here is a drawing in "
            "characters (for a file: adgraph draw SOURCE -o figure.png)"
        )
        return False
    for sheet in sheets:
        for picture in pictures(sheet, direction, asked):
            click.echo(write(picture, asked), file=terminal())
    return True
