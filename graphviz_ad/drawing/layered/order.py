"""The order in each column: operands as they are read, from first to last, but where fewer arrows cross in another."""

from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from graphviz_ad.core.record import Record

Columns = list[list[int]]
ROUNDS = {600: 10, 5000: 3}  # of improvements, up to so many items; else one
PATIENCE = 6  # of them without any gain, and a beginning is given up
EXCHANGES = 10  # how often neighbours are gone over in one of them
SMALL = 60  # items up to which other beginnings are tried,
SHUFFLED = 4  # so many


class Layering(Record):
    """Items in columns; for each those that it is joined to in the column before, in the order in which it reads them,
    and in the one behind; and its `wish`: those that have one stand in this order, low on top."""

    columns: Columns
    before: list[list[int]]
    behind: list[list[int]]
    wish: Sequence[int | None]

    def granted(self, items: list[int]) -> list[int]:
        """A column with those that have a wish in their order, in the places that they have together."""
        wishful = [item for item in items if self.wish[item] is not None]
        if len(wishful) < 2:
            return items
        sorted_ = iter(sorted(wishful, key=lambda item: self.wish[item] or 0))
        return [item if self.wish[item] is None else next(sorted_) for item in items]


def ordered(net: Layering) -> Columns:
    """The columns in the order with the fewest crossings, and among these with the most operands in order."""
    best, least = None, (0, 0)
    rounds = next((rounds for items, rounds in ROUNDS.items() if len(net.before) < items), 1)
    for start in _starts(net):
        waiting = PATIENCE
        for columns in _improved(start, net, rounds):
            cost = crossings(columns, net), disorder(columns, net)
            waiting -= 1
            if best is None or cost < least:
                best, least, waiting = columns, cost, PATIENCE
            if not waiting or least == (0, 0):
                break
        if least == (0, 0):
            break
    return best or []


def _starts(net: Layering) -> Iterator[Columns]:
    yield _as_read(net, last=False)
    yield _as_read(net, last=True)
    if len(net.before) < SMALL:
        random = Random(len(net.before))
        for _ in range(SHUFFLED):
            yield [net.granted(random.sample(items, len(items))) for items in net.columns]


def _as_read(net: Layering, last: bool) -> Columns:
    """Each column as a walk from the results back through the operands comes by, for the first or for the last time:
    without crossings for a tree."""
    column = {item: number for number, items in enumerate(net.columns) for item in items}
    found: Columns = [[] for _ in net.columns]
    seen = [False] * len(net.before)
    ends = [item for items in net.columns for item in items if not net.behind[item]]
    ends.sort(key=lambda item: (net.wish[item] is None, net.wish[item] or 0, item))
    stack = ends if last else ends[::-1]
    while stack:
        item = stack.pop()
        if seen[item]:
            continue
        seen[item] = True
        found[column[item]].append(item)
        stack.extend(net.before[item] if last else reversed(net.before[item]))
    return [net.granted(items[::-1] if last else items) for items in found]


def _improved(start: Columns, net: Layering, rounds: int) -> Iterator[Columns]:
    """The start and what becomes of it: columns sorted by their neighbours, and neighbours in a column exchanged."""
    yield start
    here = start
    for number in range(rounds):
        here = _exchanged(here, net)
        yield here
        here = _swept(here, net, backwards=bool(number % 2))
        yield here
    yield _exchanged(here, net)


def _swept(columns: Columns, net: Layering, backwards: bool) -> Columns:
    """Each column sorted by where its items' neighbours stand on average, column after column."""
    neighbours = net.behind if backwards else net.before
    made = [list(items) for items in columns]
    numbers = range(len(columns) - 2, -1, -1) if backwards else range(1, len(columns))
    place = _places(columns)
    for number in numbers:
        mean = {item: sum(map(place.__getitem__, near)) / len(near) if (near := neighbours[item]) else place[item]
                for item in made[number]}  # fmt: skip
        made[number].sort(key=mean.__getitem__)
        made[number] = net.granted(made[number])
        for at, item in enumerate(made[number]):
            place[item] = at
    return made


def _places(columns: Columns) -> dict[int, int]:
    return {item: at for items in columns for at, item in enumerate(items)}


def _exchanged(columns: Columns, net: Layering) -> Columns:
    """Neighbours in a column exchanged as long as that spares crossings or, sparing none, brings operands in order."""
    made = [list(items) for items in columns]
    place = _places(made)
    operand = [{item: at for at, item in enumerate(before)} for before in net.before]
    active = set(range(len(made)))
    for _ in range(EXCHANGES):
        changed: set[int] = set()
        for number in sorted(active):
            items = made[number]
            for at in range(len(items) - 1):
                upper, lower = items[at], items[at + 1]
                if _gain(upper, lower, net, place, operand) > (0, 0):
                    items[at], items[at + 1] = lower, upper
                    place[upper], place[lower] = at + 1, at
                    changed |= {number - 1, number, number + 1}
        active = {number for number in changed if 0 <= number < len(made)}
        if not active:
            break
    return made


def _gain(
    upper: int, lower: int, net: Layering, place: dict[int, int], operand: Sequence[dict[int, int]]
) -> tuple[int, int]:
    """How many crossings, and how much disorder, an exchange of two neighbours spares."""
    first, second = net.wish[upper], net.wish[lower]
    if first is not None and second is not None:
        return int(first > second), 0
    spared = 0
    for neighbours in (net.before, net.behind):
        under = [place[item] for item in neighbours[lower]]
        for item in neighbours[upper]:
            here = place[item]
            for other in under:
                spared += (here > other) - (here < other)
    if spared:
        return spared, 0
    tidied = 0
    for head in net.behind[upper]:
        places = operand[head]
        if lower in places:
            tidied += 1 if places[upper] > places[lower] else -1
    return 0, tidied


def crossings(columns: Columns, net: Layering) -> int:
    """How often arrows cross between neighbouring columns."""
    place = _places(columns)
    total = 0
    for items in columns:
        ends: list[int] = []
        for item in items:
            heads = sorted(place[head] for head in net.behind[item])
            total += sum(len(ends) - bisect_right(ends, head) for head in heads)
            for head in heads:
                insort(ends, head)
    return total


def disorder(columns: Columns, net: Layering) -> int:
    """How many operands stand above the one read before them."""
    place = _places(columns)
    return sum(place[first] > place[second] for before in net.before for first, second in pairwise(before))
