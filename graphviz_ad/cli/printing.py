"""Lines on standard output, in colour where it is a terminal."""

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from graphviz_ad.core.diagram import Table
from graphviz_ad.core.inert import inert, inert_json
from graphviz_ad.formats.tables import TABLE_FORMATS, text
from graphviz_ad.host.streams import can_print, print_data, terminal

if TYPE_CHECKING:
    from graphviz_ad.formats.terminal.rows import Line, Look
    from graphviz_ad.notation.unicode import Block

# Roles in a terminal, in the colours that its reader has chosen for these names. Yellow, green and cyan are seldom read
# well on white, nor plain blue on black.
COLOURS = {
    "": "", "heading": "bold", "note": "italic", "input": "bright_blue", "parameter": "bright_blue",
    "data": "bright_blue", "target": "bright_blue", "variable": "bold", "output": "magenta",
    "operation": "", "constant": "", "arrow": "dim", "label": "", "value": "bright_blue", "shape": "dim",
    "adjoint": "bright_red",
}  # fmt: skip


SOME = 500  # rows, in which a terminal is fitted


def print_looking(made: "Callable[[Look], Iterable[Line]]", plain: bool) -> None:
    """Lines that are made for a look: of plain characters, where these are asked for or the encoding lacks others."""
    from graphviz_ad.formats.terminal.rows import ASCII, UNICODE

    lines = [] if plain else list(made(UNICODE))
    print_lines(made(ASCII) if plain or not can_print("".join(line.text for line in lines)) else lines)


def print_table(
    table: Table, digits: int, format_name: str, plain: bool = False, known: "dict[int, Block] | None" = None
) -> None:
    """A table in one of the TABLE_FORMATS; what the encoding lacks is spelled out in text, and a terminal has words in
    as many lines as it needs."""
    if format_name == "text" and not plain and sys.stdout.isatty() and len(table.rows) <= SOME:
        from graphviz_ad.cli.terminal_tables import print_fitted

        if print_fitted(table, digits, known):
            return
    made = text(table, digits, None, known) if format_name == "text" else TABLE_FORMATS[format_name](table, digits)
    if format_name == "text" and (plain or not can_print(made)):
        from graphviz_ad.formats.terminal.rows import ASCII

        made = ASCII.exchanged(text(table, digits, ASCII.notation))
    click.echo(made, nl=False)


def print_json(data: Any, indent: int | None = 2) -> None:
    """Data as JSON."""
    import json

    print_data(inert_json(json.dumps(data, indent=indent, ensure_ascii=False) + "\n"))


def print_lines(lines: Any) -> None:
    """Lines on standard output, with colour only on a terminal and never with NO_COLOR."""
    if not sys.stdout.isatty():
        click.echo("".join(f"{line.text}\n" for line in lines), nl=False)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, file=terminal())
    for line in lines:
        runs = line.runs or ((line.text, ""),)
        styled = Text.assemble(*((inert(run), COLOURS[role]) for run, role in runs))
        styled.stylize(COLOURS[line.role])
        console.print(styled, soft_wrap=True)


def terminal_width() -> int | None:
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
