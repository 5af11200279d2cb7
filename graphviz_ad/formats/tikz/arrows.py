"""Arrows between named nodes and through named bends, with places on them for labels: what moves takes them along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import atan2, degrees, hypot

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.routes import CLEAR
from graphviz_ad.drawing.nearby import Nearby
from graphviz_ad.drawing.placement import Area, Point
from graphviz_ad.drawing.scene import Curve, Pill, Text, Tip
from graphviz_ad.drawing.vertices import AXIS
from graphviz_ad.formats.tikz.paths import at, border, corners, gap, is_round, off_line, share, whole

TOUCHES = 2.5  # pixels from a shape at which an arrow still ends at it
MEETS = 1.2  # pixels between where an arrow ends and where TikZ ends one that goes to the shape as a whole
LEVEL = 0.7  # pixels by which what is level may be off
MIDWAY = 0.02  # of a stretch, by which its middle may be missed


class DrawnArrow(Record):
    """An arrow of a scene with its labels; one without a tip ends on another arrow."""

    curve: Curve
    tip: Tip | None
    labels: tuple[Text, ...] = ()


class Stop(Record):
    """A place on the way of an arrow, as TikZ has it. What is level with it may say so by its `level`."""

    point: Point
    written: str
    level: str = ""


class ArrowPath(Record):
    """The way of an arrow between nodes, by their names, and the coordinates to be defined first: name and place."""

    arrow: DrawnArrow
    tail: str
    head: str
    stops: tuple[Stop, ...]
    coordinates: tuple[tuple[str, str], ...]


class LabelPlace(Record):
    """Where a label is: on which stretch of a way, at what part of it, by which end of its baseline it is held, and how
    far it is from there, in ems of its own, to the right and up."""

    stretch: int
    pos: float
    side: str
    right: float
    up: float


def ways_of(arrows: Iterable[DrawnArrow], nodes: Mapping[str, Pill], origin: Point) -> list[ArrowPath]:
    """The ways of a panel's arrows, first those from node to node, then what branches off from them. Coordinates are
    written from an origin."""
    network = _Network(nodes, origin)
    points = [(arrow, _corners(arrow)) for arrow in arrows]
    points.sort(key=lambda pair: network.loose_ends(pair[1]))
    return [network.way(*pair) for pair in points]


def label_place(text: Text, way: ArrowPath, is_growing: bool) -> LabelPlace:
    """The place of a label; one that is growing is held by its left end, so that it does not move."""
    size, width = text.set.size, text.set.width
    middle = text.x + width / 2, text.y - AXIS * size
    stretches = [(one.point, other.point) for one, other in pairwise(way.stops)]
    number = min(range(len(stretches)), key=lambda k: round(off_line(middle, *stretches[k]), 1))
    start, end = stretches[number]
    is_upright = abs(end[1] - start[1]) > 2 * abs(end[0] - start[0])
    beside = text.x > max(start[0], end[0]), text.x + width < min(start[0], end[0])
    side = "west" if is_growing or (is_upright and beside[0]) else "east" if is_upright and beside[1] else ""
    held = text.x + {"west": 0, "": width / 2, "east": width}[side]
    pos = max(0.0, min(1.0, share((held, middle[1]), start, end)))
    here = start[0] + pos * (end[0] - start[0]), start[1] + pos * (end[1] - start[1])
    return LabelPlace(number, pos, side, (held - here[0]) / size, (here[1] - text.y) / size)


def _corners(arrow: DrawnArrow) -> list[Point]:
    """The corners of an arrow up to the shape that it points at, where TikZ has its end."""
    points = arrow.curve.points
    if arrow.tip is None:
        return corners(points)
    base, end = points[-1], arrow.tip.points[0]
    reach = 1 + CLEAR / (hypot(end[0] - base[0], end[1] - base[1]) or 1)
    touch = base[0] + (end[0] - base[0]) * reach, base[1] + (end[1] - base[1]) * reach
    return corners((*points, base, touch, touch))


def _box(pill: Pill) -> Area:
    """The area in which a point may touch a shape."""
    across, down = pill.width / 2 + TOUCHES, pill.height / 2 + TOUCHES
    return Area(pill.x - across, pill.y - down, pill.x + across, pill.y + down)


def _around(one: Point, other: Point) -> Area:
    """The area in which a point may be on a stretch between two others."""
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(one, other, strict=True))
    return Area(left - MEETS, top - MEETS, right + MEETS, bottom + MEETS)


class _Network:
    """The nodes of a panel, and the ways between them so far."""

    def __init__(self, nodes: Mapping[str, Pill], origin: Point) -> None:
        self.nodes, self.origin = nodes, origin
        self._near: Nearby[str] = Nearby()
        for name, pill in nodes.items():
            self._near.add(_box(pill), name)
        self._ways: Nearby[tuple[ArrowPath, Point, Point]] = Nearby()  # their stretches
        self._named: dict[str, int] = {}

    def loose_ends(self, points: Sequence[Point]) -> int:
        """How many ends are at no node."""
        return sum(not self._node_at(point) for point in (points[0], points[-1]))

    def way(self, arrow: DrawnArrow, points: Sequence[Point]) -> ArrowPath:
        """The way through these points, which has its names from now on."""
        tail, head = self._node_at(points[0]), self._node_at(points[-1])
        before, after = self._branched(points[0], bool(tail)), self._branched(points[-1], bool(head))
        names = tail or (before.tail if before else ""), head or (after.head if after else "")
        ends = self._ends(points, tail, head)
        known = [Stop(_middle(self.nodes[name]), name, name) for name in (tail, head) if name]
        known += [stop for stop in ends if stop is not None and stop.level]
        known += [stop for other in (before, after) if other for stop in other.stops]
        stops: list[Stop] = []
        coordinates = []
        for place, point in enumerate(points):
            stop = ends[0] if place == 0 else ends[1] if place == len(points) - 1 else None
            if stop is None:
                name = self._name(*names)
                stop = Stop(point, name, name)
                coordinates.append((name, self._written(point, known)))
                known.append(stop)
            stops.append(stop)
        made = ArrowPath(arrow, *names, tuple(stops), tuple(coordinates))
        for one, other in pairwise(stops):
            self._ways.add(_around(one.point, other.point), (made, one.point, other.point))
        return made

    def _node_at(self, point: Point) -> str:
        """The node at whose border a point is, if there is one."""
        near = min(self._near.at(point), key=lambda name: abs(gap(self.nodes[name], point)), default="")
        return near if near and abs(gap(self.nodes[near], point)) < TOUCHES else ""

    def _branched(self, point: Point, is_at_node: bool) -> ArrowPath | None:
        """The way on which an end is that is at no node."""
        if is_at_node:
            return None
        near = self._ways.at(point)
        return next((way for way, *stretch in near if off_line(point, *stretch) < MEETS), None)

    def _name(self, tail: str, head: str) -> str:
        """The name of a bend between two nodes: `x to y`, and further ones by number."""
        name = f"{tail} to {head}" if tail and head else "bend"
        self._named[name] = self._named.get(name, 0) + 1
        return name if self._named[name] == 1 else f"{name} {self._named[name]}"

    def _written(self, point: Point, known: Iterable[Stop]) -> str:
        """A coordinate: level with what is known, if it is, so that it moves with it; else where it is."""
        x, y = whole(point, self.origin)
        for stop in known:
            if abs(point[1] - stop.point[1]) < LEVEL:
                return f"({x},0 |- {stop.level})"
            if abs(point[0] - stop.point[0]) < LEVEL:
                return f"({stop.level} |- 0,{y})"
        return f"({x},{y})"

    def _ends(self, points: Sequence[Point], tail: str, head: str) -> tuple[Stop | None, Stop | None]:
        """The ends that are at nodes."""
        is_direct = bool(len(points) == 2 and tail and head)
        if is_direct:
            to_head, to_tail = _middle(self.nodes[head]), _middle(self.nodes[tail])
            if self._meets(tail, points[0], to_head) and self._meets(head, points[1], to_tail):
                return Stop(points[0], tail, tail), Stop(points[1], head, head)
        first = self._end(tail, points[0], points[1]) if tail else None
        exactly = is_direct and first is not None and first.written == tail
        return first, self._end(head, points[-1], points[-2], exactly) if head else None

    def _end(self, name: str, point: Point, towards: Point, exactly: bool = False) -> Stop:
        """A node as the end of an arrow: as a whole if TikZ then ends it there, else a place at its border."""
        if not exactly and self._meets(name, point, towards):
            return Stop(point, name, name)
        pill = self.nodes[name]
        if is_round(pill):
            anchor = f"{name}.{round(degrees(atan2(pill.y - point[1], point[0] - pill.x))) % 360}"
            return Stop(point, anchor, anchor)
        return Stop(point, f"[shift={{{at(whole(point, _middle(pill)))}}}]{name}.center")

    def _meets(self, name: str, point: Point, towards: Point) -> bool:
        """Whether TikZ ends a line that comes from somewhere and goes to a node as a whole at this point."""
        x, y = border(self.nodes[name], towards)
        return hypot(x - point[0], y - point[1]) < MEETS


def _middle(pill: Pill) -> Point:
    return pill.x, pill.y
