"""Sizes in, places out: what a layout is given and what it gives. Lengths are in pixels with y downwards."""

from graphviz_ad.core.diagram import Direction
from graphviz_ad.core.record import Record

Point = tuple[float, float]

OPPOSITE: dict[Direction, Direction] = {"lr": "rl", "rl": "lr", "tb": "bt", "bt": "tb"}


def is_upright(direction: Direction) -> bool:
    """Whether arrows run down or up, so that numbers stand beside their nodes."""
    return direction in ("tb", "bt")


class Size(Record):
    """A box, and how much of it, on two sides across the direction of reading, numbers take from its shape, and how
    long these are along it."""

    width: float
    height: float
    numbers: float = 0
    length: float = 0


class Box(Record):
    """A vertex to be placed, by its node: its size, and that of the operation before it, if one is drawn."""

    node: int
    size: Size
    operation: Size | None = None


class Link(Record):
    """An arrow of the forward graph between boxes, by their nodes, with the size of its label (0 by 0 where it has
    none), which it goes `through` or passes."""

    tail: int
    head: int
    width: float = 0
    height: float = 0
    through: bool = False


class Spacing(Record):
    """How far columns, and boxes in one, stand apart; the room on each side of a label, and above it; how much wider
    columns may be apart where arrows climb; how long a row may be, how many arrows may go on in the next one, and
    whether this may be on another page."""

    columns: float
    rows: float
    label: float = 9.0
    steep: float = 1.0
    width: float | None = None
    returns: int = 4
    parted: bool = False
    above: float = 6.0


class Area(Record):
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float


class Placement(Record):
    """Centres of the boxes and of the operations before them, Bézier splines from centre to centre, and centres of
    labels. Arrows that are `joined` have a part of their way in common with a longer one, whose tip is theirs. Nodes
    that are `tight` have no room for all the tips at them: each with how many more there should be room for. `areas`
    are those of groups, by number. `seams` are heights between rows, where nothing stands but arrows that go on."""

    width: float
    height: float
    centres: tuple[Point, ...]
    operations: tuple[Point | None, ...]
    splines: tuple[tuple[Point, ...], ...]
    labels: tuple[Point, ...]
    joined: frozenset[int] = frozenset()
    tight: tuple[tuple[int, int], ...] = ()
    areas: tuple[tuple[int, Area], ...] = ()
    seams: tuple[float, ...] = ()
