"""A way in lanes: level between the nodes and labels of each column, and smooth from column to column.

It is for arrows that nothing simpler leads past the figure's shapes. Which lane of a column an arrow takes is what
Graphviz found, so that arrows cross as seldom as there; where it runs in its lane is chosen here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from operator import attrgetter
from typing import Protocol

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.curves import Points
from graphviz_ad.drawing.scene import Pill, Point

AIR = 5.0  # at least between a lane's line and what it passes
BESIDE = 0.0, 4.0  # between what it passes and where it changes lanes
WIDE = 60.0  # a lane at the rim of a column has this much room
BEND = 30.0  # a change of lanes is as bad as so long a way aside
ASTRAY = 0.2  # for each pixel away from Graphviz's way
STEEP = 12.0  # for a change as high as it is long
CROWDED = 60.0  # for a line beside another arrow's,
CLOSE = 10.0  # this near to it
OTHER_SIDE = 20.0  # for the second of the lines along its label
LANES = 5  # lines that are tried in a lane
_SAME = 0.01  # lines so near to each other are one
_TIE = 1e-6  # costs so near to each other may be the same


class Area(Protocol):
    """What takes a rectangle about its centre."""

    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...


_BY_PLACE = attrgetter("start", "end", "low", "high")


class _Span(Record):
    """An obstacle along and across the direction of reading."""

    start: float
    end: float
    low: float
    high: float


class _Column(Record):
    """A part of the way with some of the lines on which it may be passed, and Graphviz's; beside its `own` label on
    these only, else on all between two."""

    start: float
    end: float
    lines: tuple[float, ...]
    found: float
    own: bool
    low: float = 0.0
    high: float = 0.0


class Lane(Record):
    """A level part of an arrow: from where to where along the direction of reading, and where across."""

    start: float
    end: float
    line: float


Runs = Callable[[float, float], Iterable[float]]  # the lines of the lanes that are taken from one place to another
CELL = 64.0  # along the direction of reading


class Taken:
    """The lanes that arrows run in, to be found by their place along the direction of reading."""

    def __init__(self) -> None:
        self._cells: defaultdict[int, dict[int, list[Lane]]] = defaultdict(dict)
        self._of: dict[int, list[Lane]] = {}

    def put(self, arrow: int, level: Iterable[Lane]) -> None:
        """Let an arrow run in these lanes and in no others."""
        for lane in self._of.get(arrow, ()):
            for cell in _cells(lane.start, lane.end):
                self._cells[cell].pop(arrow, None)
        self._of[arrow] = list(level)
        for lane in self._of[arrow]:
            for cell in _cells(lane.start, lane.end):
                self._cells[cell].setdefault(arrow, []).append(lane)

    def beside(self, arrow: int) -> Runs:
        """The lanes of all other arrows."""
        return lambda start, end: [
            lane.line
            for cell in _cells(start, end)
            for other, level in self._cells.get(cell, {}).items()
            if other != arrow
            for lane in level
            if lane.start < end and lane.end > start
        ]


def _cells(start: float, end: float) -> range:
    return range(int(start // CELL), int(end // CELL) + 1)


def lanes(way: Points, flip: bool) -> Iterator[Lane]:
    """The level parts of a way."""
    turned = [_turned(point, flip) for point in way]
    for k in range(0, len(turned) - 3, 3):
        (u0, v0), *_, (u1, _) = segment = turned[k : k + 4]
        if all(abs(v - v0) < 0.01 for _, v in segment):
            yield Lane(min(u0, u1), max(u0, u1), v0)


def laned(
    tail: Pill,
    head: Pill,
    label: Area | None,
    lines: Sequence[float],
    found: Sequence[Point],
    others: Iterable[Area],
    taken: Runs,
    flip: bool,
) -> Iterator[Points]:
    """Ways from inside the one shape to inside the other, past all `others` and not close to lanes that are `taken`:
    level, and at an angle or level where they leave and arrive; the best first. The arrow runs on one of the `lines`
    along its own label, best on the first. `found` are points of Graphviz's way; with `flip`, y is the direction of
    reading."""
    passed = list(others)
    for beside in BESIDE:
        yield from _laned(tail, head, label, lines, found, passed, taken, flip, beside)


def _laned(
    tail: Pill,
    head: Pill,
    label: Area | None,
    lines: Sequence[float],
    found: Sequence[Point],
    others: Sequence[Area],
    taken: Runs,
    flip: bool,
    beside: float,
) -> Iterator[Points]:
    (x0, y0), (x1, y1) = (_turned((pill.x, pill.y), flip) for pill in (tail, head))
    forth = 1 if x1 > x0 else -1
    begin, finish = (forth * x0, y0), (forth * x1, y1)
    reach = [(pill.height if flip else pill.width) / 2 for pill in (tail, head)]
    out, into = begin[0] + reach[0] + AIR, finish[0] - reach[1] - AIR
    trace = sorted((forth * x, y) for x, y in (_turned(point, flip) for point in found))
    across = [y0, y1, *lines, *(v for _, v in trace)]
    corridor = _Span(out, into, min(across) - WIDE, max(across) + WIDE)
    spans = (_span(other, forth, flip, beside) for other in others)
    between = [
        span.replace(start=max(span.start, out), end=min(span.end, into))
        for span in spans
        if span.end > out and span.start < into and span.high > corridor.low and span.low < corridor.high
    ]
    own = None if label is None else _span(label, forth, flip)
    columns = list(_columns(between, own, lines, [(out, y0), *trace, (into, y1)]))
    runs: Runs = taken if forth > 0 else lambda start, end: taken(-end, -start)
    chosen = _chosen(columns, begin, finish, runs)
    level = [((column.start, v), (column.end, v)) for column, v in zip(columns, chosen, strict=True)]
    sides = (begin[0] + 0.8 * reach[0], begin[1]), (finish[0] - 0.8 * reach[1], finish[1])
    for first, last, slanted in ((begin, finish, True), (*sides, False)):
        path = _path(first, level, last, slanted)
        yield tuple(_turned((forth * u, v), flip) for u, v in path)


def _turned(point: Point, flip: bool) -> Point:
    return (point[1], point[0]) if flip else point


def _span(area: Area, forth: int, flip: bool, beside: float = 0.0) -> _Span:
    x, y = _turned((area.x, area.y), flip)
    width, height = _turned((area.width, area.height), flip)
    half = width / 2 + beside
    return _Span(forth * x - half, forth * x + half, y - height / 2, y + height / 2)


def _columns(
    spans: Sequence[_Span], own: _Span | None, lines: Sequence[float], trace: Sequence[Point]
) -> Iterator[_Column]:
    """The obstacles that lie beside each other, column by column, in the order of the way. What reaches to one of its
    ends, the first and the last of the trace, cannot be passed between."""
    groups: list[list[_Span]] = []
    for span in sorted([*spans, *([own] if own else [])], key=_BY_PLACE):
        if groups and span.start < max(one.end for one in groups[-1]):
            groups[-1].append(span)
        else:
            groups.append([span])
    for group in groups:
        start, end = group[0].start, max(span.end for span in group)
        found = _at(trace[1:-1], (start + end) / 2)
        if own is not None and own in group:
            yield _Column(start, end, tuple(lines), lines[0], True)
        else:
            low, high = _lane(group, next((v for u, v in (trace[0], trace[-1]) if u in (start, end)), found))
            yield _Column(start, end, tuple(_lines(low, high, found)), found, False, low, high)


def _at(trace: Sequence[Point], u: float) -> float:
    """Where Graphviz's way is across, at a place along."""
    for (u0, v0), (u1, v1) in pairwise(trace):
        if u0 <= u <= u1:
            return v0 + (v1 - v0) * ((u - u0) / (u1 - u0) if u1 > u0 else 0)
    return trace[0][1] if u < trace[0][0] else trace[-1][1]


def _lane(group: Sequence[_Span], found: float) -> tuple[float, float]:
    """The lane that Graphviz's way takes, or the nearest that is wide enough."""
    lanes = [(low + AIR, high - AIR) for low, high in _gaps(group) if high - low >= 2 * AIR]
    return min(lanes, key=lambda lane: max(lane[0] - found, found - lane[1], 0.0))


def _lines(low: float, high: float, found: float) -> Iterator[float]:
    """Lines in a lane, not far from Graphviz's."""
    inside = max(low, min(found, high))
    low, high = max(low, inside - WIDE), min(high, inside + WIDE)
    yield inside
    yield from (low + (high - low) * k / (LANES - 1) for k in range(LANES))


def _gaps(group: Sequence[_Span]) -> Iterator[tuple[float, float]]:
    """What is free across a column."""
    free = -inf
    for span in sorted(group, key=lambda span: span.low):
        if span.low > free:
            yield free, span.low
        free = max(free, span.high)
    yield free, inf


def _chosen(columns: Sequence[_Column], begin: Point, finish: Point, runs: Runs) -> list[float]:
    """A line for each column: with few and gentle bends, near Graphviz's way (dynamic programming)."""
    (start, first), (end, last) = begin, finish
    best: dict[float, _Way] = {first: _Way(0.0, first, None)}
    wanted = {first, last, *(line for column in columns if column.own for line in column.lines)}
    before: _Column | None = None
    for column in columns:
        room = column.start - (start if before is None else before.end)
        through = [] if column.own else [v for v in {*best, *wanted} if column.low <= v <= column.high]
        beside = sorted(runs(column.start, column.end))
        now = {}
        for line, cost, way in _reached(best, {*column.lines, *through}, room):
            away = OTHER_SIDE * (line != column.found) if column.own else ASTRAY * abs(line - column.found)
            away += CROWDED * _is_close(line, beside)
            now[line] = _Way(cost + away, line, way)
        best, before = now, column
    room = end - (start if before is None else before.end)
    ((_, _, way),) = _reached(best, [last], room)
    return way.lines()[1:]


def _is_close(line: float, others: Sequence[float]) -> bool:
    """Whether one of the others, which are sorted, is close to a line."""
    place = bisect_left(others, line)
    return any(abs(line - other) < CLOSE for other in others[max(0, place - 1) : place + 1])


class _Way(Record):
    """The best way to a line of a column: what it costs, and the way before."""

    cost: float
    line: float
    before: _Way | None

    def lines(self) -> list[float]:
        """The lines that it takes, from the first on."""
        found: list[float] = []
        way: _Way | None = self
        while way is not None:
            found.append(way.line)
            way = way.before
        return found[::-1]


def _reached(ways: Mapping[float, _Way], lines: Iterable[float], room: float) -> Iterator[tuple[float, float, _Way]]:
    """Each line with the least that it costs to go on to it, and the way that it costs so little to go on from.

    A bend costs in proportion to its height, so going over the ways from below and from above finds those that none
    else is better than; what is left is compared. Of ways that cost the same, the one is taken that begins lowest."""
    wanted = set(lines)
    places = sorted({*ways, *wanted})
    slope = 1 + STEEP / max(room, 1.0)
    sources: dict[float, list[_Way]] = {line: [] for line in wanted}
    for sign, order in ((1, places), (-1, places[::-1])):
        least = inf
        found: list[_Way] = []
        for place in order:
            if (way := ways.get(place)) is not None:
                cost = way.cost - sign * slope * place
                found = [way] if cost < least - _TIE else [*found, way] if cost <= least + _TIE else found
                least = min(cost, least)
            if place in wanted:
                sources[place] += found
    for line, found in sources.items():
        left, right = bisect_left(places, line - _SAME), bisect_right(places, line + _SAME)
        level = (ways[place] for place in places[left:right] if place in ways)
        costs = {way.line: way.cost + _bend(line - way.line, room) for way in (*found, *level)}
        cost = min(costs.values())
        tied = [ways[source] for source, here in costs.items() if here == cost]
        yield line, cost, tied[0] if len(tied) == 1 else min(tied, key=_Way.lines)


def _bend(change: float, room: float) -> float:
    return 0.0 if abs(change) < _SAME else BEND + abs(change) + STEEP * abs(change) / max(room, 1.0)


def _path(first: Point, level: Sequence[tuple[Point, Point]], last: Point, slanted: bool) -> Iterator[Point]:
    """Bézier segments along the level parts; `slanted`, the first and the last lead from and to the shapes' centres."""
    yield first
    here = first
    for number, (start, end) in enumerate([*level, (last, last)]):
        leaving, arriving = slanted and number == 0, slanted and number == len(level)
        du, dv = start[0] - here[0], start[1] - here[1]
        if leaving and not arriving:
            yield from ((here[0] + 0.35 * du, here[1] + 0.55 * dv), (start[0] - 0.35 * du, start[1]), start)
        elif arriving and not leaving:
            yield from ((here[0] + 0.4 * du, here[1]), (start[0] - 0.4 * du, start[1] - 0.45 * dv), start)
        else:
            yield from ((here[0] + 0.5 * du, here[1]), (start[0] - 0.5 * du, start[1]), start)
        if end != start:
            yield from (start, end, end)
        here = end
