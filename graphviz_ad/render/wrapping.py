"""Formulas that are wider than the terminal: where they go on in a further line."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graphviz_ad.notation.unicode import RAISED, Block, beside

_OPENING, _CLOSING = "(⎛⎡[", ")⎞⎤]"
_OPERATORS = "+−-·*=≈~<>≤≥≠÷×"


class _Place(NamedTuple):
    """A column before which a line may end, in how many brackets it is, and the sign that then begins the next line."""

    column: int
    depth: int
    sign: str


def pieces(block: Block, flat: Block, room: int, times: str) -> list[Block]:
    """A block in pieces that are no wider than the room. A tall one is cut between its factors; else its flat form is,
    in the fewest brackets. `times` is the sign of a product that goes on in a new line."""
    if block.width <= room:
        return [block]
    deepest = 0 if len(block.lines) > 1 else None
    return _cut(block, room, times, deepest) or _cut(flat, room, times, None) or [min(block, flat, key=_width)]


def _width(block: Block) -> int:
    return block.width


def _cut(block: Block, room: int, times: str, deepest: int | None) -> list[Block] | None:
    made = []
    while block.width > room:
        places = [place for place in _places(block, times) if place.column <= room]
        depth = min((place.depth for place in places), default=0)
        end = max((place for place in places if place.depth == depth), default=None)
        if end is None or (deepest is not None and depth > deepest):
            return None
        rest = beside(f" {end.sign}", _columns(block, end.column, block.width))
        if rest.width >= block.width:  # as its sign is wider than what goes
            return None
        made.append(_columns(block, 0, end.column))
        block = rest
    return [*made, block]


def _places(block: Block, times: str) -> Iterator[_Place]:
    """The columns of a block that are blank, or begin a factor behind a bracket, if they are not behind an operator."""
    rows = [_cells(line) for line in block.lines]
    axis, depth = rows[block.axis], 0
    for column in range(1, block.width - 1):
        cells = [row[column - 1] for row in rows]
        depth += _opens(cells)
        before, here, after = axis[column - 1 : column + 2]
        if any(row[column] != " " for row in rows):
            if before in (")", "⎟") and (here == "(" or (here.isalpha() and here not in RAISED)):
                yield _Place(column, depth, times)
        elif before not in (" ", *_OPERATORS) and after != " ":
            yield _Place(column, depth, "" if after in _OPERATORS or before == "," else times)


def _opens(cells: Sequence[str]) -> int:
    """How many more brackets are open behind a column."""
    drawn = "".join(cells).split()
    if len(drawn) == 1 and len(drawn[0]) > 1 and {drawn[0][0], drawn[0][-1]} == {"/", "\\"}:  # in ASCII
        return 1 if drawn[0][0] == "/" else -1
    return sum(cell in _OPENING for cell in cells if cell) - sum(cell in _CLOSING for cell in cells if cell)


def _cells(line: str) -> list[str]:
    """What stands in each column of a line; a wide character leaves the second empty."""
    cells: list[str] = []
    for character in line:
        if cells and unicodedata.combining(character):
            cells[-1] += character
        else:
            cells += [character, ""] if unicodedata.east_asian_width(character) in "WF" else [character]
    return cells


def _columns(block: Block, start: int, end: int) -> Block:
    """Some columns of a block, without blank rows around them and blank columns that are now the first."""
    rows = [_cells(line)[start:end] for line in block.lines]
    used = [k for k, row in enumerate(rows) if any(cell.strip() for cell in row) or k == block.axis]
    first, last = used[0], used[-1]
    left = min((k for row in rows for k, cell in enumerate(row) if cell != " "), default=0) if start else 0
    return Block(tuple("".join(row[left:]) for row in rows[first : last + 1]), block.axis - first)
