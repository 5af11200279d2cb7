"""Items in their columns, in one order, and what of it is known: where neighbours stand, and how often arrows cross.

These are the inner loops of a layout. What an exchange or a sorted column leaves as it was is not looked for again, and
columns with no crossing on either side, as most are, are not gone through.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

Columns = list[list[int]]
Likes = list[dict[int, int]]
Joined = Sequence[Sequence[int]]
RisingPlaces = list[list[int]]
EXCHANGES = 10  # how often neighbours are gone over
CROSSING = 1 << 10  # what one is worth, beside operands in order
UNKNOWN: list[int] = []  # places that have to be found


class Ordering:
    """Columns whose order changes, of items that are joined to some `before` and some `behind` them."""

    def __init__(self, columns: Columns, before: Sequence[Sequence[int]], behind: Sequence[Sequence[int]]) -> None:
        self.columns, self.before, self.behind = [list(items) for items in columns], before, behind
        self.place = [0] * len(before)
        for items in self.columns:
            for at, item in enumerate(items):
                self.place[item] = at
        # For each item the places of its neighbours, rising, and for each column how often arrows cross behind it; none
        # where that has to be found.
        self._left: RisingPlaces = [UNKNOWN] * len(before)
        self._right: RisingPlaces = [UNKNOWN] * len(before)
        self._crossed: list[int | None] = [None] * len(columns)
        self.active = [True] * len(columns)  # columns that may not be as good as exchanges make them

    # ---- crossings

    def crossings(self) -> int:
        """How often arrows cross between neighbouring columns."""
        return sum([self.crossed(number) for number in range(len(self.columns))])

    def crossed(self, number: int) -> int:
        """How often arrows cross behind a column."""
        found = self._crossed[number]
        if found is None:
            items = self.columns[number]
            right = self.places_beside(items, self.behind, self._right)
            found = self._crossed[number] = inversions([end for item in items for end in right[item]])
        return found

    # ---- exchanges

    def exchange(self, likes: Likes) -> None:
        """Exchange neighbours in a column as long as that spares crossings or, sparing none, brings operands in
        order."""
        for _ in range(EXCHANGES):
            for number, items in enumerate(self.columns):
                if self.active[number]:
                    self.active[number] = False
                    if self._is_changed(number, items, likes):
                        self.activate(number)
            if True not in self.active:
                break

    def activate(self, number: int) -> None:
        """Have a column and those beside it gone over again."""
        for near in range(max(0, number - 1), min(number + 2, len(self.columns))):
            self.active[near] = True

    def _is_changed(self, number: int, items: list[int], likes: Likes) -> bool:
        """Exchange neighbours in one column, from top to bottom; whether any were."""
        if self.is_free(number) and True not in [
            likes[upper].get(lower, 0) < 0 for upper, lower in pairwise(items) if likes[upper]
        ]:
            return False
        is_changed = False
        lefts, rights = self.places_around(number)
        upper = items[0]
        for at in range(1, len(items)):
            lower = items[at]
            over, under, more, less = lefts[upper], lefts[lower], rights[upper], rights[lower]
            if (
                (not over or not under or over[-1] < under[0])
                and (not more or not less or more[-1] < less[0])
                and (not likes[upper] or likes[upper].get(lower, 0) >= 0)
            ):  # in their order on both sides, as most are
                upper = lower
                continue
            left, right = spared(over, under), spared(more, less)
            if CROSSING * (left + right) > likes[upper].get(lower, 0):
                items[at - 1], items[at] = lower, upper
                self.place[upper], self.place[lower] = at, at - 1
                self._has_changed((upper, lower), number, left, right)
                is_changed = True
            else:
                upper = lower
        return is_changed

    def places_around(self, number: int) -> tuple[RisingPlaces, RisingPlaces]:
        """The places of what the items of a column are joined to before and behind it, known now."""
        items = self.columns[number]
        return (
            self.places_beside(items, self.before, self._left),
            self.places_beside(items, self.behind, self._right),
        )

    def places_beside(self, items: Sequence[int], near: Joined, known: RisingPlaces) -> RisingPlaces:
        """The places of what these items are joined to on one side, known now."""
        place = self.place
        for item in items:
            if known[item] is UNKNOWN:
                beside = near[item]
                known[item] = [place[beside[0]]] if len(beside) == 1 else sorted([place[other] for other in beside])
        return known

    def is_free(self, number: int) -> bool:
        """Whether no arrow crosses another one on either side of a column."""
        crossed = self._crossed
        behind, before = crossed[number], crossed[number - 1] if number else 0
        if behind is None:
            behind = self.crossed(number)
        return not (behind or (self.crossed(number - 1) if before is None else before))

    def gains_of_two(self, upper: int, lower: int) -> tuple[int, int]:
        """How many crossings fewer there are before and behind a column if two neighbours are exchanged."""
        lefts = self.places_beside((upper, lower), self.before, self._left)
        rights = self.places_beside((upper, lower), self.behind, self._right)
        return spared(lefts[upper], lefts[lower]), spared(rights[upper], rights[lower])

    def exchange_blocks(self, one: Sequence[int], other: Sequence[int], number: int, left: int, right: int) -> None:
        """Exchange items of a column with those below them, which spares so many crossings before and behind it."""
        first = self.place[one[0]]
        items = (*other, *one)
        self.columns[number][first : first + len(items)] = items
        for at, item in enumerate(items):
            self.place[item] = first + at
        self._has_changed(items, number, left, right)

    def _has_changed(self, items: Sequence[int], number: int, left: int, right: int) -> None:
        """What was known is no more where these items of a column are in other places, which has spared so many
        crossings before and behind it."""
        for item in items:
            for other in self.before[item]:
                self._right[other] = UNKNOWN
            for other in self.behind[item]:
                self._left[other] = UNKNOWN
        for gap, gain in ((number - 1, left), (number, right)):
            if gap >= 0 and (crossed := self._crossed[gap]) is not None:
                self._crossed[gap] = crossed - gain

    # ---- whole columns

    def copied(self) -> Columns:
        """The columns as they are now."""
        return [list(items) for items in self.columns]

    def put(self, number: int, items: list[int]) -> None:
        """A column in another order."""
        if items == self.columns[number]:
            return
        self.activate(number)
        self.columns[number] = items
        for at, item in enumerate(items):
            self.place[item] = at
        self._crossed[number] = None
        if number:
            self._crossed[number - 1] = None
            for item in self.columns[number - 1]:
                self._right[item] = UNKNOWN
        for item in self.columns[number + 1] if number + 1 < len(self.columns) else ():
            self._left[item] = UNKNOWN


def inversions(ends: Sequence[int]) -> int:
    """How often a number stands behind a larger one."""
    total = 0
    passed: list[int] = []
    last = -1  # the largest
    for end in ends:
        if end >= last:
            passed.append(end)
            last = end
        else:
            at = bisect_right(passed, end)
            total += len(passed) - at
            passed.insert(at, end)
    return total


def spared(over: Sequence[int], under: Sequence[int]) -> int:
    """How many crossings fewer there are if these rising places, of what two are joined to, change sides."""
    if not over or not under:
        return 0
    if over[-1] < under[0]:
        return -len(over) * len(under)
    if over[0] > under[-1]:
        return len(over) * len(under)
    many = len(over) * len(under)
    if len(over) == 1:
        return bisect_left(under, over[0]) + bisect_right(under, over[0]) - many
    if len(over) <= len(under):
        return sum([bisect_left(under, one) + bisect_right(under, one) for one in over]) - many
    return many - sum([bisect_left(over, one) + bisect_right(over, one) for one in under])
