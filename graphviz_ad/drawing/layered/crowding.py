"""Arrows that run closely beside each other for long, between two columns: what has to be further apart there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import hypot
from operator import itemgetter

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.placement import Point

CLOSE = 6.0  # so near is closely,
LONG = 28.0  # and so far is for long, or
CROSSING = 39.0  # so far where they cross, as two do at an angle of 18 degrees,
WIDER, MOST = 1.2, 2.0  # a gap becomes so many times wider, again and again, up to about this at once
PARTS = 0.2, 0.4, 0.6  # of its way along, by which one begins later, or ends earlier
ALIKE, HIGH = 1.65, 150.0  # two climb alike where one does so less than so many times as high as the other, both higher
FROM_ENDS = 38.0  # but not so near to an end that both have in common


class Climb(Record):
    """A straight part of an arrow, level or not, in the gap behind a column, and the items that it joins."""

    gap: int
    start: Point
    end: Point
    tail: int
    head: int

    @property
    def slope(self) -> float:
        return (self.end[1] - self.start[1]) / (self.end[0] - self.start[0])

    def crosses(self, other: Climb) -> bool:
        """Whether they change places: the one that begins above the other ends below it."""
        return (self.start[1] - other.start[1]) * (self.end[1] - other.end[1]) < 0

    def gains(self, other: Climb) -> bool:
        """Whether a wider gap brings both further apart: not if they cross and are flat, for then they would cross at
        a smaller angle."""
        return not self.crosses(other) or abs(self.slope * other.slope) > 1

    def is_hopeless(self, other: Climb) -> bool:
        """Whether they cross at too small an angle however wide their gap is, since both climb alike. Not if they have
        an end in common, near to which they cross."""
        rise, beside = self.end[1] - self.start[1], other.end[1] - other.start[1]
        if rise * beside <= 0 or self.tail == other.tail or self.head == other.head or not self.crosses(other):
            return False
        less, more = sorted((abs(rise), abs(beside)))
        return less > HIGH and more < ALIKE * less

    def stretched(self, times: float) -> Climb:
        """The same in a gap that is so many times as wide."""
        return self.replace(end=(self.start[0] + times * (self.end[0] - self.start[0]), self.end[1]))


def wider(one: Climb, other: Climb) -> float:
    """How many times as wide the gap of two that are too close should be next: a step less than would do if their ends
    stood still, since these come nearer to each other too."""
    if not one.gains(other):
        return 1.0
    times = WIDER
    while times < MOST and _is_close(one.stretched(times * WIDER**2), other.stretched(times * WIDER**2)):
        times *= WIDER
    return times if times < MOST else WIDER


def steeper(one: Climb, other: Climb, climbs: Iterable[Climb], boxes: int) -> tuple[Climb, float, float] | None:
    """Of two that cross at too small an angle one, and how much later it has to begin, or earlier to end, so that they
    do not: on rails, which are the items from so many on, and no nearer to what else is in its gap. It is the steeper
    one or, where that is of no use, the other one, which is then level where the steep one crosses it."""
    if not one.crosses(other) or max(one.tail, one.head, other.tail, other.head) < boxes:
        return None
    flat, steep = sorted((one, other), key=lambda climb: abs(climb.slope))
    beside = [climb for climb in climbs if climb.gap == one.gap]
    for climb, stays in ((steep, flat), (flat, steep)):
        (u, v), (u1, v1) = climb.start, climb.end
        rails = (climb.tail >= boxes) + (climb.head >= boxes)
        for part in PARTS if rails else ():
            less = part * (u1 - u) / rails
            late, early = less * (climb.tail >= boxes), less * (climb.head >= boxes)
            made = climb.replace(start=(u + late, v), end=(u1 - early, v1))
            if not _is_close(stays, made) and not any(_is_worse(made, climb, near) for near in beside):
                return climb, late, early
    return None


def _is_worse(made: Climb, than: Climb, beside: Climb) -> bool:
    """Whether one crosses another, or is close to it, that it was not before."""
    if (beside.tail, beside.head) == (than.tail, than.head):
        return False
    return (_meet(made, beside) and not _meet(than, beside)) or (
        _is_close(made, beside) and not _is_close(than, beside)
    )


def _meet(one: Climb, other: Climb) -> bool:
    """Whether the lines of two really cross."""
    (u, v), (x, y) = one.start, other.start
    left, right = max(u, x), min(one.end[0], other.end[0])
    if left >= right:
        return False
    rise, beside = one.slope, other.slope
    first = v + rise * (left - u) - y - beside * (left - x)
    last = v + rise * (right - u) - y - beside * (right - x)
    return first * last < 0


def crowded(climbs: Iterable[Climb]) -> Iterator[tuple[Climb, Climb]]:
    """Pairs that are too close for long."""
    gaps: defaultdict[int, list[Climb]] = defaultdict(list)
    for climb in climbs:
        gaps[climb.gap].append(climb)
    for gap in gaps.values():
        here: list[tuple[float, Climb]] = []  # those that are not above the next one, with where they are lowest
        spans = [(a, b, climb) if (a := climb.start[1]) < (b := climb.end[1]) else (b, a, climb) for climb in gap]
        for top, low, one in sorted(spans, key=itemgetter(0)):
            here = [near for near in here if near[0] >= top - CLOSE]
            for _, other in here:
                if _is_close(other, one):
                    yield other, one
            here.append((low, one))


def _is_close(one: Climb, other: Climb) -> bool:
    (u, v), (u1, v1), (x, y), (x1, y1) = one.start, one.end, other.start, other.end
    left, right = max(u, x), min(u1, x1)
    if left >= right:
        return False
    rise, beside = (v1 - v) / (u1 - u), (y1 - y) / (x1 - x)
    steep, steeper = hypot(1.0, rise), hypot(1.0, beside)  # how long an arrow is for each pixel along
    if steep > steeper:
        steep, steeper = steeper, steep
    if one.tail == other.tail:
        left += FROM_ENDS / steep
    if one.head == other.head:
        right -= FROM_ENDS / steep
    # Where are they so close? The distance across changes evenly.
    far = CLOSE * steeper
    apart = (v + rise * (left - u)) - (y + beside * (left - x))
    change = rise - beside
    if abs(change) > 1e-6:
        first, last = (-far - apart) / change, (far - apart) / change
        if first > last:
            first, last = last, first
        if left + last < right:
            right = left + last
        if first > 0:
            left += first
    elif abs(apart) > far:
        return False
    return (right - left) * steep > (CROSSING if one.crosses(other) else LONG)
