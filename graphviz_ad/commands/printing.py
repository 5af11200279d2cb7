"""Lines on standard output, in colour where it is a terminal."""

import sys
from typing import Any

import click

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

    console = Console(highlight=False)
    for line in lines:
        text = Text.assemble(*((run, COLOURS[role]) for run, role in line.runs)) if line.runs else Text(line.text)
        text.stylize(COLOURS[line.role])
        console.print(text, soft_wrap=True)


def can_print(text: str) -> bool:
    """Whether standard output has the characters of a text."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def terminal_width() -> int | None:
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
