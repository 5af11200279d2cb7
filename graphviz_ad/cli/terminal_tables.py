"""Tables that fit a terminal: words go on in the next line, formulas stay whole."""

from __future__ import annotations

from itertools import chain

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from graphviz_ad.core.diagram import Table
from graphviz_ad.core.inert import inert
from graphviz_ad.formats.tables import blocks, has_numbers
from graphviz_ad.host.streams import can_print, terminal
from graphviz_ad.notation.unicode import Block

WORDS = 12  # columns that words have at least


def print_fitted(table: Table, digits: int, known: dict[int, Block] | None = None) -> bool:
    """Print it; False where formulas are wider than the terminal, or need characters that it lacks."""
    rows = blocks(table, digits, None, known)
    if not can_print("".join(line for row in rows if row for cell in row for line in cell.lines)):
        return False
    console = Console(highlight=False, file=terminal())
    verbal = [all(isinstance(row[k], str) for row in table.rows if row) for k in range(len(table.head))]
    widths = [max(row[k].width for row in rows if row) for k in range(len(table.head))]
    least = [min(width, WORDS) if words else width for width, words in zip(widths, verbal, strict=True)]
    if sum(least) + 3 * len(least) > console.width:
        return False
    grid = Grid(box=None, padding=(0, 1, 0, 2), show_header=False)
    for words, width, numbers in zip(verbal, widths, has_numbers(table), strict=True):
        grid.add_column(no_wrap=not words, min_width=min(width, WORDS), justify="right" if numbers else "left")
    for number, row in enumerate(rows):
        grid.add_row(*_levelled(row or []), style="bold" if number == 0 else "")
        if row and number + 1 < len(rows) and any(len(cell.lines) > 1 for cell in chain(row, rows[number + 1] or [])):
            grid.add_row()
    console.print(grid)
    return True


def _levelled(row: list[Block]) -> list[Text]:
    """The cells of a row, with what stands beside an equals sign in one line."""
    axis = max((cell.axis for cell in row), default=0)
    return [Text("\n".join([""] * (axis - cell.axis) + [inert(line) for line in cell.lines])) for cell in row]
