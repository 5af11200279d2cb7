"""Where items stand across the columns: joined in straight lines where that can be, the rest near what it is joined to.

As in U. Brandes and B. Köpf, *Fast and Simple Horizontal Coordinate Assignment*, 2002: items joined in a straight line
are a block, and blocks are packed; the most important lines choose first. Then blocks move, with those that stand in
their way, as long as that makes the arrows less steep. All is counted in whole units, so that no line tilts by less.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, inf

from graphviz_ad.core.record import Record

UNIT = 6.0  # pixels
SWEEPS = 12


class Room(Record):
    """What an item takes on either side of its line, air included."""

    above: float
    below: float


class Tie(Record):
    """Two items of neighbouring columns that are joined: the lower its rank, the sooner it is made straight; the
    heavier, the more it pulls."""

    tail: int
    head: int
    rank: tuple[float, ...]
    weight: float


def aligned(columns: Sequence[Sequence[int]], lines: Sequence[Tie], rooms: Sequence[Room]) -> list[int]:
    """The place of each item across the columns, in units."""
    block = _blocks(columns, lines, len(rooms))
    packing = _Packing(columns, lines, rooms, block)
    packing.settle()
    return [packing.place[number] for number in block]


def _blocks(columns: Sequence[Sequence[int]], lines: Sequence[Tie], count: int) -> list[int]:
    """The block of each item, by number: items joined by lines that can all be straight."""
    place = {item: at for items in columns for at, item in enumerate(items)}
    column = {item: number for number, items in enumerate(columns) for item in items}
    gaps: list[list[tuple[tuple[float, ...], int, int, int, int]]] = [[] for _ in columns]
    for line in lines:
        gaps[column[line.tail]].append((line.rank, place[line.tail], place[line.head], line.tail, line.head))
    root = list(range(count))
    for gap in gaps:
        lefts: list[int] = []
        rights: list[int] = []
        for _, left, right, tail, head in sorted(gap):
            at = bisect_left(lefts, left)
            if at < len(lefts) and (lefts[at] == left or rights[at] <= right):
                continue
            if at and rights[at - 1] >= right:
                continue
            lefts.insert(at, left)
            rights.insert(at, right)
            root[head] = tail
    numbers: dict[int, int] = {}
    block = [0] * count
    for items in columns:
        for item in items:
            block[item] = block[root[item]] if root[item] != item else numbers.setdefault(item, len(numbers))
    return block


class _Packing:
    """Blocks with their places, which keep their order and their distances."""

    def __init__(
        self, columns: Sequence[Sequence[int]], lines: Iterable[Tie], rooms: Sequence[Room], block: Sequence[int]
    ) -> None:
        count = max(block, default=-1) + 1
        self.below: list[dict[int, int]] = [{} for _ in range(count)]  # to each block next below: the least distance
        self.above: list[dict[int, int]] = [{} for _ in range(count)]
        for items in columns:
            for upper, lower in pairwise(items):
                one, other = block[upper], block[lower]
                least = max(self.below[one].get(other, 0), ceil((rooms[upper].below + rooms[lower].above) / UNIT))
                self.below[one][other] = self.above[other][one] = least
        self.order = _topological(self.below)
        self.place = [0] * count
        for upper in self.order:
            for lower, least in self.below[upper].items():
                self.place[lower] = max(self.place[lower], self.place[upper] + least)
        self.pulls: list[dict[int, float]] = [{} for _ in range(count)]
        for line in lines:
            one, other = block[line.tail], block[line.head]
            if one != other:
                for here, there in ((one, other), (other, one)):
                    self.pulls[here][there] = self.pulls[here].get(there, 0.0) + line.weight

    def settle(self) -> None:
        """Move blocks, and those in their way with them, as long as that brings what is joined nearer."""
        for _ in range(SWEEPS):
            moved = False
            for sign in (1, -1):
                for block in self.order if sign < 0 else self.order[::-1]:
                    while self._moved(block, sign):
                        moved = True
            if not moved:
                break

    def _moved(self, block: int, sign: int) -> bool:
        """Whether a block could be moved with profit, down or up."""
        place, here_ = self.place, self.place[block]
        pulled = sum([weight if sign * (place[other] - here_) > 0 else -weight
                      for other, weight in self.pulls[block].items()])  # fmt: skip
        if pulled <= 0:  # what is in its way may want to move, but then does so without it
            return False
        moving = self._in_the_way(block, sign)
        profit = 0.0
        step = inf
        for here in moving:
            for other, weight in self.pulls[here].items():
                if other in moving:
                    continue
                distance = sign * (self.place[other] - self.place[here])
                profit += weight if distance > 0 else -weight
                if distance > 0:
                    step = min(step, distance)
            for other, least in (self.below if sign > 0 else self.above)[here].items():
                if other not in moving:
                    step = min(step, sign * (self.place[other] - self.place[here]) - least)
        if profit <= 0:
            return False
        for here in moving:
            self.place[here] += sign * int(step)
        return True

    def _in_the_way(self, block: int, sign: int) -> set[int]:
        """The block and all that move when it does: each touches one before it."""
        found = {block}
        stack = [block]
        while stack:
            here = stack.pop()
            for other, least in (self.below if sign > 0 else self.above)[here].items():
                if other not in found and sign * (self.place[other] - self.place[here]) == least:
                    found.add(other)
                    stack.append(other)
        return found


def _topological(below: Sequence[dict[int, int]]) -> list[int]:
    """The blocks, each before those below it."""
    waiting = [0] * len(below)
    for lowers in below:
        for lower in lowers:
            waiting[lower] += 1
    ready = [block for block, count in enumerate(waiting) if not count]
    for block in ready:  # grows as it goes
        for lower in below[block]:
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    return ready
