"""Items in their columns, in one order, and what of it is known: where neighbours stand, and who is to stay above whom.

These are the inner loops of a layout: they look again only at what has changed since they looked last.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from math import inf

Columns = list[list[int]]
Likes = list[dict[int, int]]
EXCHANGES = 10  # how often neighbours are gone over
CROSSING = 1 << 10  # what one is worth, beside operands in order
NOBODY = -1
FEW = 4  # places that are compared one by one


class Ordering:
    """Columns that may be changed, of items that are joined to some `before` and some `behind` them."""

    def __init__(self, columns: Columns, before: Sequence[Sequence[int]], behind: Sequence[Sequence[int]]) -> None:
        self.columns, self.before, self.behind = [list(items) for items in columns], before, behind
        self.place = [0] * len(before)
        for items in self.columns:
            for at, item in enumerate(items):
                self.place[item] = at
        # For each item the places of its neighbours, rising; none where they have to be found.
        self._left: list[list[int] | None] = [None] * len(before)
        self._right: list[list[int] | None] = [None] * len(before)

    def exchange(self, likes: Likes) -> None:
        """Exchange neighbours in a column as long as that spares crossings or, sparing none, brings operands in
        order."""
        # Who is known to stay above whom: only an exchange of what both are joined to could change that.
        settled = [NOBODY] * len(self.before)
        active = [True] * len(self.columns)
        for _ in range(EXCHANGES):
            last, active = active, [False] * len(self.columns)
            for number, items in enumerate(self.columns):
                if (last[number] or active[number]) and self._is_changed(items, likes, settled):
                    for near in range(max(0, number - 1), min(number + 2, len(active))):
                        active[near] = True
            if True not in active:
                break

    def _is_changed(self, items: list[int], likes: Likes, settled: list[int]) -> bool:
        """Exchange neighbours in one column, from top to bottom; whether any were."""
        is_changed = False
        place, left, right = self.place, self._left, self._right
        sides = (left, self.before), (right, self.behind)
        for at in range(len(items) - 1):
            upper, lower = items[at], items[at + 1]
            if settled[upper] == lower:
                continue
            gain = 0
            for known, near in sides:
                over, under = known[upper], known[lower]
                if over is None:
                    known[upper] = over = sorted([place[other] for other in near[upper]])
                if under is None:
                    known[lower] = under = sorted([place[other] for other in near[lower]])
                if not over or not under or over[-1] < under[0]:  # most are in their order
                    gain -= len(over) * len(under)
                else:
                    gain += spared(over, under)
            if CROSSING * gain <= likes[upper].get(lower, 0):
                settled[upper] = lower
                continue
            is_changed = True
            items[at], items[at + 1] = lower, upper
            place[upper], place[lower] = at + 1, at
            settled[lower] = upper
            for item in (upper, lower):
                for other in self.before[item]:
                    right[other], settled[other] = None, NOBODY
                for other in self.behind[item]:
                    left[other], settled[other] = None, NOBODY
        return is_changed

    def crossings(self, most: float = inf) -> int:
        """How often arrows cross between neighbouring columns; not counted on where it is more than the most."""
        place, right, behind = self.place, self._right, self.behind
        total = 0
        for items in self.columns:
            if total > most:
                break
            ends: list[int] = []
            for item in items:
                heads = right[item]
                if heads is None:
                    right[item] = heads = sorted([place[other] for other in behind[item]])
                if ends and heads and heads[0] < ends[-1]:
                    total += sum([len(ends) - bisect_right(ends, head) for head in heads])
                    for head in heads:
                        insort(ends, head)
                else:
                    ends += heads
        return total


def spared(over: Sequence[float], under: Sequence[float]) -> int:
    """How many crossings fewer there are if these rising places, of what two are joined to, change sides."""
    if over[-1] < under[0]:
        return -len(over) * len(under)
    if over[0] > under[-1]:
        return len(over) * len(under)
    if len(under) <= FEW:
        return sum([(one > other) - (one < other) for one in over for other in under])
    return sum([bisect_left(under, one) + bisect_right(under, one) for one in over]) - len(over) * len(under)
