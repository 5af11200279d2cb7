"""The order in each column: operands as they are read, from first to last, but where fewer arrows cross in another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby, pairwise
from math import inf

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.ordering import Columns, Likes, Ordering

Wish = tuple[int, int]  # a list, and the place in it: what shares a column stands as in each list, low on top
ROUNDS = {600: 10, 5000: 3}  # of improvements, up to so many items; else one
PATIENCE = 4  # of them without any gain, and a beginning is given up
NEAR = 40  # operands so far from each other are not compared
NONE: Wish = (0, 0)
WISH = 1 << 30  # what one is worth, beside operands in order
SMALL = 90  # items up to which other beginnings are tried,
SHUFFLED = 8  # so many,
TANGLED = 30  # and with more crossings, where others are seldom better, none;
NEARLY = 1.05  # nor then the second one as read, unless the first has about as few as are of use: it is given up with
LEFT = 2  # rounds of patience left, one to and one fro
AS_READ = 2  # beginnings that are as a graph is read,
MANY_TIMES, FEW = 1.25, 4  # with so many times the crossings that are of use, and so many more, no others are tried


class Layering(Record):
    """Items in columns; for each those that it is joined to in the column before, in the order in which it reads them,
    and in the one behind; and its `wish`."""

    columns: Columns
    before: list[list[int]]
    behind: list[list[int]]
    wish: Sequence[Wish | None]

    def granted(self, items: list[int]) -> list[int]:
        """A column with those of each list in their order, in the places that they have together."""
        wishful = [item for item in items if self.wish[item] is not None]
        if len(wishful) < 2:
            return items
        lists = {number: iter(found) for number, found in self.lists(wishful)}
        return [item if (wish := self.wish[item]) is None else next(lists[wish[0]]) for item in items]

    def lists(self, wishful: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
        """The items with a wish by their lists, each in its order."""
        wishes = sorted(((self.wish[item] or NONE, item) for item in wishful), key=lambda pair: pair[0])
        for number, found in groupby(wishes, key=lambda pair: pair[0][0]):
            yield number, [item for _, item in found]


def ordered(net: Layering, most: float = inf) -> Columns:
    """The columns in the order with the fewest crossings, and among these with the most operands in order; not looked
    for as long where these are many more than the `most` that are of use."""
    best, least = net.columns, (inf, inf)
    rounds = next((rounds for items, rounds in ROUNDS.items() if len(net.before) < items), 1)
    likes, operands = likes_of(net), neighbours_read(net)
    for number, start in enumerate(_starts(net)):
        if _is_enough(number, least[0], most):
            break
        waiting = PATIENCE
        for here in _improved(start, net, likes, rounds):
            count = here.crossings()
            waiting -= 1
            if count <= least[0] and (cost := (float(count), float(out_of_order(here.place, operands)))) < least:
                best, least, waiting = here.copied(), cost, PATIENCE
            if waiting <= (LEFT if _is_far(least[0], most) else 0) or least == (0, 0):
                break
        if least == (0, 0):
            break
    return best


def is_hopeless(count: float, most: float) -> bool:
    """Whether crossings are so many more than others that looking further is of no use."""
    return count > MANY_TIMES * most + FEW


def _is_enough(beginnings: int, count: float, most: float) -> bool:
    """Whether after so many beginnings, with these crossings, no other one is tried."""
    if beginnings == AS_READ:
        return count > TANGLED or is_hopeless(count, most)
    return 0 < beginnings < AS_READ and _is_far(count, most)


def _is_far(count: float, most: float) -> bool:
    """Whether crossings are many, and not nearly as few as are of use."""
    return count > TANGLED and count > NEARLY * most


def _starts(net: Layering) -> Iterator[Columns]:
    yield _as_read(net, last=False)
    yield _as_read(net, last=True)
    if len(net.before) < SMALL:
        from random import Random  # few figures come so far

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
    ends.sort(key=lambda item: (net.wish[item] is None, net.wish[item] or NONE, item))
    stack = ends if last else ends[::-1]
    while stack:
        item = stack.pop()
        if seen[item]:
            continue
        seen[item] = True
        found[column[item]].append(item)
        stack.extend(net.before[item] if last else reversed(net.before[item]))
    return [net.granted(items[::-1] if last else items) for items in found]


def _improved(start: Columns, net: Layering, likes: Likes, rounds: int) -> Iterator[Ordering]:
    """The start and what becomes of it: columns sorted by their neighbours, and neighbours in a column exchanged."""
    here = Ordering(start, net.before, net.behind)
    yield here
    is_wishful = any(wish is not None for wish in net.wish)
    seen: set[tuple[tuple[int, ...], ...]] = set()
    for number in range(rounds):
        here.exchange(likes)
        yield here
        _sweep(here, net, is_wishful, backwards=bool(number % 2))
        found = ((number % 2,), *map(tuple, here.columns))
        if found in seen:  # from here on as before
            return
        seen.add(found)
    here.exchange(likes)
    yield here


def _sweep(here: Ordering, net: Layering, is_wishful: bool, backwards: bool) -> None:
    """Each column sorted by where its items' neighbours stand on average, column after column; wishes, if there are
    any, are granted."""
    place, neighbours = here.place, net.behind if backwards else net.before
    for number in range(len(here.columns) - 2, -1, -1) if backwards else range(1, len(here.columns)):
        mean = {item: place[near[0]] if len(near := neighbours[item]) == 1 else
                sum([place[other] for other in near]) / len(near) if near else place[item]
                for item in here.columns[number]}  # fmt: skip
        found = sorted(mean, key=mean.__getitem__)
        here.put(number, net.granted(found) if is_wishful else found)


def likes_of(net: Layering) -> Likes:
    """For each item those that it would rather be above (or, negative, below), and how much: of operands, the ones that
    are read later; of those with a wish, all that come after them in their list, at any price."""
    likes: Likes = [{} for _ in net.before]

    def above(upper: int, lower: int, much: int) -> None:
        likes[upper][lower] = likes[upper].get(lower, 0) + much
        likes[lower][upper] = likes[lower].get(upper, 0) - much

    for operands in net.before:
        for at, upper in enumerate(operands):
            for lower in operands[at + 1 : at + NEAR]:
                above(upper, lower, 1)
    for items in net.columns:
        for _, found in net.lists(item for item in items if net.wish[item] is not None):
            for upper, lower in combinations(found, 2):
                above(upper, lower, WISH)
    return likes


def crossings(columns: Columns, net: Layering) -> int:
    """How often arrows cross between neighbouring columns."""
    return Ordering(columns, net.before, net.behind).crossings()


def disorder(columns: Columns, net: Layering) -> int:
    """How many operands stand above the one read before them."""
    place = {item: at for items in columns for at, item in enumerate(items)}
    return out_of_order(place, neighbours_read(net))


def neighbours_read(net: Layering) -> list[tuple[int, int]]:
    """Operands that are read one after the other."""
    return [pair for operands in net.before if len(operands) > 1 for pair in pairwise(operands)]


def out_of_order(place: Sequence[int] | Mapping[int, int], operands: Iterable[tuple[int, int]]) -> int:
    """How many operands, with these places, stand above the one read before them."""
    return sum([place[first] > place[second] for first, second in operands])
