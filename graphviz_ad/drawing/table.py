"""A table of formulas as a drawing: rules above, below the head and at the end, as booktabs has them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graphviz_ad.core.diagram import Cell, Table
from graphviz_ad.core.formula import Formula, Rounded
from graphviz_ad.drawing.panel import Drawing, straight
from graphviz_ad.drawing.scene import Group, Set, Setter, Shape, Text
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.write import write

SIZE = 15.0
COLUMNS = 34.0  # between columns
PADDING = 4.0  # above and below a row
DIGITS = 6


def formulas(table: Table) -> Iterable[tuple[Settable | str, float]]:
    """All that is typeset in a drawing of the table, with its size."""
    return ((_content(cell), SIZE) for row in (table.head, *table.rows) if row for cell in row)


def draw(table: Table, setter: Setter, prefix: str) -> Drawing:
    """The table drawn. `prefix` begins the keys of its groups."""
    sets = [
        None if row is None else [setter(_content(cell), SIZE) for cell in row] for row in (table.head, *table.rows)
    ]
    widths = [max(row[k].width for row in sets if row) for k in range(len(table.head))]
    edges = [sum(widths[:k]) + COLUMNS * k for k in range(len(widths) + 1)]
    width = edges[-1] - COLUMNS
    numeric = [all(isinstance(row[k], float) for row in table.rows if row) for k in range(len(widths))]
    groups: list[Group] = []
    lines: list[Shape] = [straight(0, 0, width, 0, "rule")]
    y = PADDING
    for number, (row, cells) in enumerate(zip(sets, (table.head, *table.rows), strict=True)):
        if row is None or cells is None:
            lines.append(straight(0, y, width, y, "rule"))
            y += PADDING
            continue
        ascent, descent = max(s.ascent for s in row), max(s.descent for s in row)
        y += PADDING
        shapes = _row(row, edges, widths, numeric, y + ascent)
        groups.append(Group(f"{prefix}r{number}", ", ".join(filter(None, map(_words, cells))), shapes))
        y += ascent + descent + PADDING
        if number == 0:
            lines.append(straight(0, y, width, y, "rule"))
    lines.append(straight(0, y, width, y, "rule"))
    return Drawing(width, y, (Group(f"{prefix}rules", "", tuple(lines)), *groups))


def _row(
    row: Sequence[Set], edges: Sequence[float], widths: Sequence[float], numeric: Sequence[bool], y: float
) -> tuple[Shape, ...]:
    """The cells of a row on one baseline, numbers to the right."""
    return tuple(
        Text(left + (room - content.width if right else 0), y, content, "ink-text")
        for content, (left, _), room, right in zip(row, pairwise(edges), widths, numeric, strict=True)
        if content.width
    )


def _content(cell: Cell) -> Formula | str:
    return Rounded(cell, DIGITS) if isinstance(cell, float) else cell


def _words(cell: Cell) -> str:
    content = _content(cell)
    return content if isinstance(content, str) else write(content, Plain())
