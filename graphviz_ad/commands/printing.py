"""Lines on standard output, in colour where it is a terminal."""

import sys
from typing import Any

import click

from graphviz_ad.inert import inert
from graphviz_ad.streams import terminal

# Roles in a terminal, in the colours that its reader has chosen for these names. Yellow, green and cyan are seldom read
# well on white, nor plain blue on black.
COLOURS = {
    "": "", "heading": "bold", "note": "italic", "input": "bright_blue", "variable": "bold", "output": "magenta",
    "operation": "", "constant": "", "arrow": "dim", "label": "", "value": "bright_blue", "adjoint": "bright_red",
}  # fmt: skip


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
        text = Text.assemble(*((inert(run), COLOURS[role]) for run, role in runs))
        text.stylize(COLOURS[line.role])
        console.print(text, soft_wrap=True)


def terminal_width() -> int | None:
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
