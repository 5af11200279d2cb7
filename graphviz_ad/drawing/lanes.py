"""A way in lanes: level between the nodes and labels of each column, and smooth from column to column.

It is for arrows that nothing simpler leads past the figure's shapes. Which lane of a column an arrow takes is what
Graphviz found, so that arrows cross as seldom as there; where it runs in its lane is chosen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple, Protocol

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


class _Span(NamedTuple):
    """An obstacle along and across the direction of reading."""

    start: float
    end: float
    low: float
    high: float


class _Column(NamedTuple):
    """A part of the way with some of the lines on which it may be passed, and Graphviz's; beside its `own` label on
    these only, else on all between two."""

    start: float
    end: float
    lines: tuple[float, ...]
    found: float
    own: bool
    low: float = 0.0
    high: float = 0.0


class Lane(NamedTuple):
    """A level part of an arrow: from where to where along the direction of reading, and where across."""

    start: float
    end: float
    line: float


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
    taken: Iterable[Lane],
    flip: bool,
) -> Iterator[Points]:
    """Ways from inside the one shape to inside the other, past all `others` and not close to lanes that are `taken`:
    level, and at an angle or level where they leave and arrive; the best first. The arrow runs on one of the `lines`
    along its own label, best on the first. `found` are points of Graphviz's way; with `flip`, y is the direction of
    reading."""
    passed, lanes = list(others), list(taken)
    for beside in BESIDE:
        yield from _laned(tail, head, label, lines, found, passed, lanes, flip, beside)


def _laned(
    tail: Pill,
    head: Pill,
    label: Area | None,
    lines: Sequence[float],
    found: Sequence[Point],
    others: Sequence[Area],
    taken: Sequence[Lane],
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
        span._replace(start=max(span.start, out), end=min(span.end, into))
        for span in spans
        if span.end > out and span.start < into and span.high > corridor.low and span.low < corridor.high
    ]
    own = None if label is None else _span(label, forth, flip)
    columns = list(_columns(between, own, lines, [(out, y0), *trace, (into, y1)]))
    runs = [lane if forth > 0 else Lane(-lane.end, -lane.start, lane.line) for lane in taken]
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
    for span in sorted([*spans, *([own] if own else [])]):
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


def _chosen(columns: Sequence[_Column], begin: Point, finish: Point, runs: Sequence[Lane]) -> list[float]:
    """A line for each column: with few and gentle bends, near Graphviz's way (dynamic programming)."""
    (start, first), (end, last) = begin, finish
    best: dict[float, tuple[float, list[float]]] = {first: (0.0, [])}
    wanted = {first, last, *(line for column in columns if column.own for line in column.lines)}
    before: _Column | None = None
    for column in columns:
        room = column.start - (start if before is None else before.end)
        through = [] if column.own else [v for v in {*best, *wanted} if column.low <= v <= column.high]
        beside = [run.line for run in runs if run.start < column.end and run.end > column.start]
        now = {}
        for line in {*column.lines, *through}:
            away = OTHER_SIDE * (line != column.found) if column.own else ASTRAY * abs(line - column.found)
            away += CROWDED * any(abs(line - other) < CLOSE for other in beside)
            cost, way = min((cost + _bend(line - v, room), way) for v, (cost, way) in best.items())
            now[line] = cost + away, [*way, line]
        best, before = now, column
    room = end - (start if before is None else before.end)
    return min((cost + _bend(last - v, room), way) for v, (cost, way) in best.items())[1]


def _bend(change: float, room: float) -> float:
    return 0.0 if abs(change) < 0.01 else BEND + abs(change) + STEEP * abs(change) / max(room, 1.0)


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
