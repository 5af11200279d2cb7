"""The way of each arrow: straight where nothing stands in between, along its label, or as Graphviz found it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import hypot

from graphviz_ad.core.diagram import Direction
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.curves import Points, halved, inside, sample
from graphviz_ad.drawing.lanes import Runs, laned
from graphviz_ad.drawing.scene import Pill, Point

CLEARANCE = 3.0
SQUARE = 64.0
NUDGES = range(6, 60, 6)  # how far a way is pushed aside
REACH = 140.0  # how far along the way that is felt
STUBS = (11.0, 0.0, 20.0)  # so far an arrow keeps its direction where numbers stand above and below its ends
SETTLING = 40.0  # how far a label is moved to its arrow's level
NEARLY = 0.6  # of a shape's radius: so far from its centre an arrow may still run straight into it


class Box(Record):
    """A label's rectangle about its centre; its own arrow goes `through` it, or along its side."""

    x: float
    y: float
    width: float
    height: float
    through: bool = False

    def holds(self, point: Point, margin: float) -> bool:
        return (abs(point[0] - self.x) < self.width / 2 + margin) and (
            abs(point[1] - self.y) < self.height / 2 + margin
        )


class Obstacles:
    """The shapes and labels of a figure in the squares of a grid, so that a point is held against its neighbours."""

    def __init__(self, pills: Iterable[Pill], boxes: Iterable[Pill | Box]) -> None:
        self.squares: dict[tuple[int, int], list[Pill | Box]] = {}
        self.all: list[Pill | Box] = []
        for obstacle in (*pills, *boxes):
            self.add(obstacle)

    def add(self, obstacle: Pill | Box) -> None:
        self.all.append(obstacle)
        for square in _squares(obstacle):
            self.squares.setdefault(square, []).append(obstacle)

    def meet(self, box: Box, own: Box) -> bool:
        """Whether one that is not its own stands where a label would."""
        near = (obstacle for square in _squares(box) for obstacle in self.squares.get(square, ()))
        return any(_overlaps(box, obstacle) for obstacle in near if obstacle is not own)

    def met_by(self, points: Points, own: Sequence[Pill | Box | None]) -> Point | None:
        """Where a spline first runs into an obstacle that is not its own."""
        for point in sample(points):
            near = self.squares.get((int(point[0] // SQUARE), int(point[1] // SQUARE)), ())
            if any(_holds(obstacle, point) and not _is_among(obstacle, own) for obstacle in near):
                return point
        return None


def _squares(obstacle: Pill | Box) -> Iterator[tuple[int, int]]:
    """The squares that an obstacle, with the clearance around it, lies in."""
    x, y, reach_x, reach_y = obstacle.x, obstacle.y, obstacle.width / 2 + CLEARANCE, obstacle.height / 2 + CLEARANCE
    columns = range(int((x - reach_x) // SQUARE), int((x + reach_x) // SQUARE) + 1)
    rows = range(int((y - reach_y) // SQUARE), int((y + reach_y) // SQUARE) + 1)
    return product(columns, rows)


def _overlaps(box: Box, other: Pill | Box) -> bool:
    return (
        abs(box.x - other.x) < (box.width + other.width) / 2 + CLEARANCE
        and abs(box.y - other.y) < (box.height + other.height) / 2 + CLEARANCE
    )


def _is_among(obstacle: Pill | Box, own: Sequence[Pill | Box | None]) -> bool:
    return any(obstacle is one for one in own)


def _holds(obstacle: Pill | Box, point: Point) -> bool:
    return inside(obstacle, point, CLEARANCE) if isinstance(obstacle, Pill) else obstacle.holds(point, -1)


def route(
    tail: Pill,
    head: Pill,
    label: Box | None,
    found: Points,
    direction: Direction,
    obstacles: "Obstacles",
    taken: Runs,
) -> Points:
    """A spline between two shapes, from inside the one to inside the other, where none is `direct`: in lanes between
    the others, or as Graphviz found it, bent a little where that grazes a label."""
    own = (tail, head, label)
    for way in _in_lanes(tail, head, label, found, direction, obstacles, taken):
        if obstacles.met_by(way, own) is None:
            return way
    place = obstacles.met_by(found, own)
    if place is None:
        return found
    bends = (_bent(found, place, sign * amount, direction) for amount in NUDGES for sign in (1, -1))
    return next((bend for bend in bends if obstacles.met_by(bend, (tail, head)) is None), found)


def direct(
    tail: Pill,
    head: Pill,
    label: Box | None,
    found: Points,
    direction: Direction,
    obstacles: "Obstacles",
    bow: float = 0,
) -> Points | None:
    """The simplest way that meets nothing: straight, along the label, or level at both ends; None if there is none."""
    simple = _bowed((tail.x, tail.y), (head.x, head.y), bow)
    if label is not None:
        simple = _along(tail, head, label, found, direction)
    own = (tail, head, label)
    if obstacles.met_by(simple, own) is None:
        return simple
    for stub in STUBS:
        level = _level(tail, head, label, direction, stub)
        if obstacles.met_by(level, own) is None:
            return level
    return None


def _in_lanes(
    tail: Pill,
    head: Pill,
    label: Box | None,
    found: Points,
    direction: Direction,
    obstacles: "Obstacles",
    taken: Runs,
) -> Iterator[Points]:
    """Ways between the shapes and labels of each column, along either side of its own label."""
    flip = direction in ("tb", "bt")
    others = [one for one in obstacles.all if not _is_among(one, (tail, head, label))]
    points = sample(found)
    lines: tuple[float, ...] = ()
    if label is not None:
        y = _turned((label.x, label.y), flip)[1]
        half = 0.0 if label.through else (label.width if flip else label.height) / 2
        lines = (y + half, y - half)
    yield from laned(tail, head, label, lines, points, others, taken, flip)


def settled(
    boxes: Sequence[Box | None], ends: Sequence[tuple[Point, Point]], taken: Sequence[Pill | Box], direction: Direction
) -> list[Box | None]:
    """The labels, each moved to stand on the level of its arrow's head, or of its tail, where nothing is in its place:
    so that the arrow ends straight. `ends` are tails and heads; an end that has several arrows gets none on its level,
    where they would run into one. No label takes the place that another comes from."""
    flip = direction in ("tb", "bt")
    moved = list(boxes)
    count = Counter((side, pair[side]) for pair in ends for side in (0, 1))
    there = Obstacles((), (*filter(None, boxes), *taken))
    for number, (box, (tail, head)) in enumerate(zip(boxes, ends, strict=True)):
        if box is None or box.through:
            continue
        x, y = _turned((box.x, box.y), flip)
        half = (box.width if flip else box.height) / 2
        for end in [end for side, end in ((1, head), (0, tail)) if count[side, end] == 1]:
            across = _turned(end, flip)[1] - half
            left, top = _turned((x, across), flip)
            place = Box(left, top, box.width, box.height)
            if abs(across - y) <= SETTLING and not there.meet(place, box):
                moved[number] = place
                there.add(place)
                break
    return moved


def _bent(points: Points, place: Point, amount: float, direction: Direction) -> Points:
    """A spline pushed aside around a place, less the farther away from it, its ends held."""
    flip = direction in ("tb", "bt")
    centre = _turned(place, flip)[0]
    fine = halved(halved(points))
    bent = [fine[0]]
    for point in fine[1:-1]:
        along, across = _turned(point, flip)
        weight = max(0.0, 1 - abs(along - centre) / REACH)
        bent.append(_turned((along, across + amount * weight), flip))
    return (*bent, fine[-1])


def _bowed(tail: Point, head: Point, bow: float) -> Points:
    """A straight line, or an arc whose middle is a length aside."""
    dx, dy = head[0] - tail[0], head[1] - tail[1]
    length = hypot(dx, dy) or 1
    nx, ny = -dy / length * bow * 4 / 3, dx / length * bow * 4 / 3
    third = (tail[0] + dx / 3 + nx, tail[1] + dy / 3 + ny), (head[0] - dx / 3 + nx, head[1] - dy / 3 + ny)
    return (tail, *third, head) if bow else _straight(tail, head)


def _level(tail: Pill, head: Pill, label: Box | None, direction: Direction, stub: float) -> Points:
    """From side to side of the shapes, leaving and arriving in the direction of reading, along the near side of the
    label: clear of what stands above and below the shapes."""
    flip = direction in ("tb", "bt")
    (x0, y0), (x1, y1) = (_turned((shape.x, shape.y), flip) for shape in (tail, head))
    forth = 1 if x1 > x0 else -1
    a, b = (forth * (shape.height if flip else shape.width) / 2 for shape in (tail, head))
    x0, x1 = x0 + a * 0.8, x1 - b * 0.8
    out, into = x0 + forth * stub, x1 - forth * stub
    leave = ((x0, y0), (x0, y0), (out, y0), (out, y0))
    arrive = ((into, y1), (into, y1), (x1, y1), (x1, y1))
    if label is None:
        middle = (x0 + x1) / 2
        return tuple(_turned(p, flip) for p in (*leave, (middle, y0), (middle, y1), *arrive))
    x, y = _turned((label.x, label.y), flip)
    width, height = (label.height, label.width) if flip else (label.width, label.height)
    is_settled = any(abs(y + height / 2 - end) < 0.5 for end in (y0, y1))
    line = y + (0 if label.through else height / 2 if is_settled or (y0 + y1) / 2 > y or y1 == y else -height / 2)
    start, end = x - forth * width / 2, x + forth * width / 2
    before, after = (out + start) / 2, (end + into) / 2
    points = (
        *leave, (before, y0), (before, line), (start, line), (start, line), (end, line), (end, line),
        (after, line), (after, y1), *arrive,
    )  # fmt: skip
    return tuple(_turned(point, flip) for point in points)


def _straight(tail: Point, head: Point) -> Points:
    return tail, tail, head, head


def _along(tail: Pill, head: Pill, label: Box, found: Points, direction: Direction) -> Points:
    """From the tail to the side of the label that Graphviz's way passes, along it, and on to the head."""
    flip = direction in ("tb", "bt")
    (x0, y0), (x1, y1), (x, y) = (_turned((shape.x, shape.y), flip) for shape in (tail, head, label))
    width, height = (label.height, label.width) if flip else (label.width, label.height)
    near = min(sample(found), key=lambda p: abs(_turned(p, flip)[0] - x))
    line = y + (0 if label.through else height / 2 if _turned(near, flip)[1] > y else -height / 2)
    y0, y1 = (
        line if abs(middle - line) < NEARLY * min(pill.width, pill.height) / 2 else middle
        for pill, middle in ((tail, y0), (head, y1))
    )  # an arrow need not aim at the very centre
    if y0 == y1 == line:
        return _straight(_turned((x0, y0), flip), _turned((x1, y1), flip))
    forth = 1 if x1 > x0 else -1
    start, end = x - forth * width / 2, x + forth * width / 2
    points = (
        (x0, y0), (x0 + (start - x0) * 0.35, y0 + (line - y0) * 0.55), (start - (start - x0) * 0.35, line),
        (start, line), (start, line), (end, line), (end, line),
        (end + (x1 - end) * 0.4, line), (x1 - (x1 - end) * 0.4, y1 + (line - y1) * 0.45), (x1, y1),
    )  # fmt: skip
    return tuple(_turned(point, flip) for point in points)


def _turned(point: Point, flip: bool) -> Point:
    return (point[1], point[0]) if flip else point
