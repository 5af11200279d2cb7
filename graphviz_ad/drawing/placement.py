"""Sizes in, places out: what a layout is given and what it gives. Lengths are in pixels with y downwards."""

from graphviz_ad.core.diagram import Direction
from graphviz_ad.core.record import Record

Point = tuple[float, float]

OPPOSITE: dict[Direction, Direction] = {"lr": "rl", "rl": "lr", "tb": "bt", "bt": "tb"}


class Size(Record):
    """A vertex's box. One with an operation before it is a row of two: `gate` is the width of the first, `gap` what
    lies between; arrows end at the first and start from the second."""

    width: float
    height: float
    gate: float = 0
    gap: float = 0


class Link(Record):
    """An arrow between boxes, by their indices, with the size of its label (0 by 0 where it has none), which it goes
    `through` or passes. The heavier, the straighter it is drawn."""

    tail: int
    head: int
    width: float = 0
    height: float = 0
    weight: int = 1
    through: bool = False


class Placement(Record):
    """Centres of the boxes (of both parts of a row of two), Bézier splines from centre to centre, centres of labels.

    `clear` says that the splines lead past all boxes and labels, each along the side of its own label, and are to be
    drawn as they are. Arrows that are `joined` have a part of their way in common with a longer one, which draws it:
    their splines end, or begin, there.
    """

    width: float
    height: float
    centres: tuple[Point, ...]
    gates: tuple[Point, ...]
    splines: tuple[tuple[Point, ...], ...]
    labels: tuple[Point, ...]
    clear: bool = False
    joined: frozenset[int] = frozenset()


def parts(middle: Point, size: Size, direction: Direction) -> tuple[Point, Point]:
    """The centres of an operation and of the vertex behind it; both the middle where there is no operation."""
    if not size.gate:
        return middle, middle
    x, y = middle
    sign = 1 if direction in ("lr", "tb") else -1
    along = size.height if direction in ("tb", "bt") else size.width
    gate, vertex = -along / 2 + size.gate / 2, along / 2 - (along - size.gate - size.gap) / 2
    if direction in ("tb", "bt"):
        return (x, y + sign * gate), (x, y + sign * vertex)
    return (x + sign * gate, y), (x + sign * vertex, y)
