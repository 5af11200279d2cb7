"""Arrows that run closely beside each other for long, between two columns: what has to be further apart there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from math import hypot

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.placement import Point

CLOSE = 5.8  # so near is closely,
LONG = 28.0  # and so far is for long,
FROM_ENDS = 38.0  # but not so near to an end that both have in common
PARALLEL = 0.35  # sine of the angle from which on lines only cross
STEPS = 12  # places at which two arrows are compared


class Piece(Record):
    """A straight part of an arrow in the gap behind a column, along and across, and the items that it joins."""

    gap: int
    start: Point
    end: Point
    tail: int
    head: int

    @property
    def slope(self) -> float:
        return (self.end[1] - self.start[1]) / (self.end[0] - self.start[0])


def crowded(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Pairs that are too close for long."""
    gaps: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        gaps[piece.gap].append(piece)
    for gap in gaps.values():
        for one, other in combinations(gap, 2):
            if _is_close(one, other):
                yield one, other


def _is_close(one: Piece, other: Piece) -> bool:
    left, right = max(one.start[0], other.start[0]), min(one.end[0], other.end[0])
    top = max(min(one.start[1], one.end[1]), min(other.start[1], other.end[1]))
    bottom = min(max(one.start[1], one.end[1]), max(other.start[1], other.end[1]))
    if left >= right or top > bottom + CLOSE:
        return False
    rise, beside = one.slope, other.slope
    if abs(rise - beside) > PARALLEL * hypot(1.0, rise) * hypot(1.0, beside):
        return False
    steep = hypot(1.0, min(abs(rise), abs(beside)))
    step = (right - left) / STEPS
    shared = [end for end, is_shared in ((one.start, one.tail == other.tail), (one.end, one.head == other.head))
              if is_shared]  # fmt: skip
    long = 0.0
    for k in range(STEPS):
        u = left + (k + 0.5) * step
        v, w = one.start[1] + rise * (u - one.start[0]), other.start[1] + beside * (u - other.start[0])
        if abs(v - w) < CLOSE * steep and all(hypot(u - x, v - y) > FROM_ENDS for x, y in shared):
            long += step * steep
    return long > LONG
