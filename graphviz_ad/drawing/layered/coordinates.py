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
    """Two items of neighbouring columns that are joined: the lower its rank, the sooner it is made straight, unless it
    may be `bent`; the heavier, the more it pulls."""

    tail: int
    head: int
    rank: tuple[float, ...]
    weight: float
    bent: bool = False


def aligned(columns: Sequence[Sequence[int]], lines: Sequence[Tie], rooms: Sequence[Room]) -> list[int]:
    """The place of each item across the columns, in units."""
    return Alignment(columns, lines, len(rooms)).places(rooms)


def _blocks(columns: Sequence[Sequence[int]], lines: Sequence[Tie], count: int) -> list[int]:
    """The block of each item, by number: items joined by lines that can all be straight."""
    place = {item: at for items in columns for at, item in enumerate(items)}
    column = {item: number for number, items in enumerate(columns) for item in items}
    gaps: list[list[tuple[tuple[float, ...], int, int, int, int]]] = [[] for _ in columns]
    for line in (line for line in lines if not line.bent):
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


class Alignment:
    """Blocks with their places, which keep their order and their distances. What depends on no room is found once, for
    items may be given more room again and again."""

    def __init__(self, columns: Sequence[Sequence[int]], lines: Sequence[Tie], items: int) -> None:
        self.block = block = _blocks(columns, lines, items)
        count = max(block, default=-1) + 1
        below: list[dict[int, None]] = [{} for _ in range(count)]  # each block next below
        pulls: list[dict[int, float]] = [{} for _ in range(count)]
        # Items that stand next to each other, and their blocks.
        self.pairs = [
            (upper, lower, block[upper], block[lower]) for found in columns for upper, lower in pairwise(found)
        ]
        for _, _, here, there in self.pairs:
            below[here][there] = None
        for line in lines:
            one, other = block[line.tail], block[line.head]
            if one != other:
                for here, there in ((one, other), (other, one)):
                    pulls[here][there] = pulls[here].get(there, 0.0) + line.weight
        self.order = _topological(below)
        self.pulls = [list(found.items()) for found in pulls]
        self.touching = [1 << here | sum([1 << other for other in {*lowers, *found}])
                         for here, (lowers, found) in enumerate(zip(below, pulls, strict=True))]  # fmt: skip
        for upper, lowers in enumerate(below):
            for lower in lowers:
                self.touching[lower] |= 1 << upper

    def places(self, rooms: Sequence[Room]) -> list[int]:
        """The place of each item across the columns, in units."""
        block, count = self.block, len(self.order)
        below: list[dict[int, int]] = [{} for _ in range(count)]  # to each block next below: the least distance
        above: list[dict[int, int]] = [{} for _ in range(count)]
        under, over = [room.below for room in rooms], [room.above for room in rooms]
        for upper, lower, one, other in self.pairs:
            least = ceil((under[upper] + over[lower]) / UNIT)
            if least > below[one].get(other, -1):
                below[one][other] = above[other][one] = least
        self.place = place = [0] * count
        for here in self.order:
            for lower, least in below[here].items():
                if place[lower] < (reached := place[here] + least):
                    place[lower] = reached
        self.beside = {sign: [[(other, sign * least) for other, least in found.items()] for found in near]
                       for sign, near in ((1, below), (-1, above))}  # fmt: skip
        # Most attempts fail, and would fail again: what each depends on, in sets of bits, and when it was made.
        self.failed: dict[int, dict[int, tuple[int, int]]] = {1: {}, -1: {}}
        self.moved: list[int] = []  # the blocks that have moved, in each half of a sweep
        self._settle()
        return [self.place[number] for number in block]

    def _settle(self) -> None:
        """Move blocks, and those in their way with them, as long as that brings what is joined nearer."""
        for _ in range(SWEEPS):
            for sign in (1, -1):
                self.moved.append(0)
                for block in self.order if sign < 0 else self.order[::-1]:
                    while self._moved(block, sign):
                        pass
            if not self.moved[-1] and not self.moved[-2]:
                break

    def _moved(self, block: int, sign: int) -> bool:
        """Whether a block could be moved with profit, down or up."""
        place, here_ = self.place, self.place[block]
        pulled = sum([weight if sign * (place[other] - here_) > 0 else -weight for other, weight in self.pulls[block]])
        if pulled <= 0:  # what is in its way may want to move, but then does so without it
            return False
        if block in self.failed[sign]:
            then, matters = self.failed[sign][block]
            if not any(moved & matters for moved in self.moved[then:]):
                self.failed[sign][block] = len(self.moved) - 1, matters
                return False
        moving = self._in_the_way(block, sign)
        profit = 0.0
        step = inf
        for here in moving:
            at = place[here]
            for other, weight in self.pulls[here]:
                if other not in moving:
                    distance = sign * (place[other] - at)
                    if distance > 0:
                        profit += weight
                        if distance < step:
                            step = distance
                    else:
                        profit -= weight
        if profit <= 0:
            self.failed[sign][block] = len(self.moved) - 1, self._matters(moving)
            return False
        for here in moving:
            for other, least in self.beside[sign][here]:
                if other not in moving:
                    step = min(step, sign * (place[other] - place[here] - least))
        far = sign * int(step)
        for here in moving:
            place[here] += far
            self.moved[-1] |= 1 << here
        return True

    def _in_the_way(self, block: int, sign: int) -> set[int]:
        """The block and all that move when it does: each touches one before it."""
        place, beside = self.place, self.beside[sign]
        found = {block}
        stack = [block]
        while stack:
            here = stack.pop()
            at = place[here]
            for other, least in beside[here]:
                if place[other] - at == least and other not in found:
                    found.add(other)
                    stack.append(other)
        return found

    def _matters(self, moving: Iterable[int]) -> int:
        """What these blocks are joined to or stand beside, and they themselves."""
        found = 0
        for here in moving:
            found |= self.touching[here]
        return found


def _topological(below: Sequence[Iterable[int]]) -> list[int]:
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
