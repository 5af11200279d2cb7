"""`adgraph show`: figures in the terminal."""

import os
from functools import partial

import click

from graphviz_ad.cli.options import check_unused, command, read_systems, views_of
from graphviz_ad.cli.printing import print_lines, print_looking, terminal_width
from graphviz_ad.core.diagram import Direction, Sheet
from graphviz_ad.core.request import Request
from graphviz_ad.formats.terminal.listing import check_size
from graphviz_ad.formats.terminal.rows import UNICODE, WIDTH, Line
from graphviz_ad.formats.terminal.text import lines
from graphviz_ad.host.streams import can_print, say_note, terminal
from graphviz_ad.lesson.views import MAX_NODES, STYLES, sheet_of


@command("show")
def show_command(request: Request) -> None:
    """Print the equations, the graphs and the chain rule of each SOURCE.

    Graphs are drawn from left to right or, where the width does not allow it, in rows or from top to bottom, or listed.
    """
    style = STYLES[request.style]
    check_unused(request, request.views or style.views)
    systems = read_systems(request)
    views = [views_of(system, request) for system in systems]
    for system, here in zip(systems, views, strict=True) if not request.image else ():
        if len(system.graph.nodes) <= MAX_NODES:  # what is larger is refused anyway
            for view in {"forward", "forward-simplified"}.intersection(here):  # before all the rest is made
                check_size(system.forward(view == "forward"))
    sheets = [sheet_of(system, here, once=not request.views) for system, here in zip(systems, views, strict=True)]
    if request.image and _showed(sheets, style.direction):
        return
    room = (terminal_width() or WIDTH) if request.width is None else request.width or None
    parted = bool(request.width or terminal_width())
    for number, sheet in enumerate(sheets):
        print_lines([Line("")] if number else [])
        print_looking(partial(lines, sheet, room, parted=parted), request.plain or not can_print(str(UNICODE.pen)))


def _showed(sheets: list[Sheet], direction: Direction) -> bool:
    """Whether the figures are shown as pictures; a note says why they are not. Raises UsageError without a terminal."""
    if terminal_width() is None:
        raise click.UsageError("--image is for a terminal; for a file: adgraph draw SOURCE -o figure.png")
    from graphviz_ad.cli.terminal_probe import probed_terminal
    from graphviz_ad.formats.terminal.pictures import pictures, protocol

    probed = probed_terminal()
    write = protocol(probed, os.environ)
    if write is None:
        name = probed.name or os.environ.get("TERM") or "no TERM"
        say_note(
            f"this terminal ({name}) is not known to show pictures; here is a drawing in "
            "characters (for a file: adgraph draw SOURCE -o figure.png)"
        )
        return False
    for sheet in sheets:
        for picture in pictures(sheet, direction, probed):
            click.echo(write(picture, probed), file=terminal())
    return True
