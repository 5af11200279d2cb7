"""What belongs together stands together: the columns of groups, and the order in each column with fences around them.

A group has a fence above and one below its items in each column from its first to its last. Fences are items, joined
from column to column by lines that are dear to cross, so that what is foreign stays on one side of a group (as in
G. Sander, *Layout of Compound Directed Graphs*, 1996).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.layers import Ends, layers
from graphviz_ad.drawing.layered.net import Item
from graphviz_ad.drawing.layered.order import CROSSING, Columns, Layering, Likes, crossings, disorder, likes_of

TOP, BOTTOM = -3, -4  # the parts of a fence, in the place of those of a node
DEAR = 3  # arrows that crossing a fence is worth
ROUNDS = 12  # of improvements
EXCHANGES = 8  # how often neighbours are gone over in one of them
OUTERMOST = -1

Unit = int  # an item or, negative, a group: ~number


class Cluster(Record):
    """What it is called, its nodes, and the number of the group that it stands in."""

    name: str
    nodes: frozenset[int]
    parent: int = OUTERMOST


def groups_of(diagrams: Sequence[Diagram]) -> tuple[Cluster, ...]:
    """The groups of all diagrams, those with more nodes first; without those that share only some nodes with a smaller
    one, of which no box can be drawn."""
    found: dict[str, set[int]] = {}
    for diagram in diagrams:
        for region in diagram.regions:
            found.setdefault(region.name, set()).update(region.nodes, region.operations)
    kept: list[tuple[str, frozenset[int]]] = []
    for name, members in sorted(found.items(), key=lambda pair: len(pair[1])):
        if members and all(other <= members or not other & members for _, other in kept):
            kept.append((name, frozenset(members)))
    made: list[Cluster] = []
    for name, nodes in reversed(kept):
        holders = [number for number, other in enumerate(made) if nodes <= other.nodes]
        made.append(Cluster(name, nodes, holders[-1] if holders else OUTERMOST))
    return tuple(made)


# ---- columns


def grouped_layers(
    lengths: Sequence[int],
    ends: Sequence[Ends],
    named: Sequence[bool],
    ahead: Sequence[int],
    groups: Iterable[frozenset[int]],
) -> list[int]:
    """The columns of vertices, where groups that are read by others end before these begin."""
    more = [*ends, *_one_after_the_other(len(lengths), ends, list(groups))]
    order = _topological(len(lengths), more)
    place = {vertex: number for number, vertex in enumerate(order)}
    moved = sorted(((place[tail], place[head]) for tail, head in dict.fromkeys(more)), key=lambda end: end[1])
    found = layers([lengths[k] for k in order], moved, [named[k] for k in order], [ahead[k] for k in order])
    return [found[place[vertex]] for vertex in range(len(lengths))]


def _one_after_the_other(count: int, ends: Sequence[Ends], groups: Sequence[frozenset[int]]) -> Iterator[Ends]:
    """What is to be as if the later of two groups read all of the earlier one."""
    readers: list[list[int]] = [[] for _ in range(count)]
    for tail, head in ends:
        readers[tail].append(head)
    reached = [_reached(readers, group) for group in groups]
    for one, group in enumerate(groups):
        for other, later in enumerate(groups):
            if later & reached[one] and not group & reached[other] and not group & later:
                yield from ((tail, head) for tail in sorted(group) for head in sorted(later))


def _reached(readers: Sequence[Sequence[int]], group: Iterable[int]) -> set[int]:
    found: set[int] = set()
    stack = list(group)
    while stack:
        for reader in readers[stack.pop()]:
            if reader not in found:
                found.add(reader)
                stack.append(reader)
    return found


def _topological(count: int, ends: Iterable[Ends]) -> list[int]:
    """The vertices, each behind what it reads, and else in their order."""
    from heapq import heappop, heappush

    waiting = [0] * count
    readers: list[list[int]] = [[] for _ in range(count)]
    for tail, head in dict.fromkeys(ends):
        readers[tail].append(head)
        waiting[head] += 1
    ready = [vertex for vertex in range(count) if not waiting[vertex]]
    made = []
    while ready:
        vertex = heappop(ready)
        made.append(vertex)
        for reader in readers[vertex]:
            waiting[reader] -= 1
            if not waiting[reader]:
                heappush(ready, reader)
    return made


# ---- the order in each column


class Fenced(Record):
    """Items, fences among them, in their columns, and how often arrows cross each other or a fence."""

    items: list[Item]
    columns: Columns
    cost: tuple[int, int]


def fenced(items: Sequence[Item], net: Layering, columns: Columns, groups: Sequence[Cluster]) -> Fenced:
    """The columns with each group together between its fences, in the order that crosses least."""
    made = _Fencing(items, net, columns, groups)
    best, least = made.flat(), made.cost()
    for number in range(ROUNDS):
        made.exchange()
        if (cost := made.cost()) < least:
            best, least = made.flat(), cost
        made.sweep(backwards=bool(number % 2))
    made.exchange()
    if made.cost() < least:
        best, least = made.flat(), made.cost()
    return Fenced(made.items, best, least[1:])


class _Fencing:
    """The units of each column, group by group, which change their places with each other."""

    def __init__(self, items: Sequence[Item], net: Layering, columns: Columns, groups: Sequence[Cluster]) -> None:
        self.groups = groups
        self.items = list(items)
        self.likes: Likes = likes_of(net)
        before, behind = [list(near) for near in net.before], [list(near) for near in net.behind]
        column = {item: number for number, found in enumerate(columns) for item in found}
        self.spans = [self._span(group, column) for group in groups]
        self.fences: dict[tuple[int, int], tuple[int, int]] = {}  # of a group in a column
        for number, span in enumerate(self.spans):
            rows = []
            for at in span:
                self.fences[number, at] = len(self.items), len(self.items) + 1
                rows.append(self.fences[number, at])
                self.items += [(number, TOP, at), (number, BOTTOM, at)]
                before += [[], []]
                behind += [[], []]
            for left, right in pairwise(rows):
                for tail, head in zip(left, right, strict=True):
                    behind[tail] += [head] * DEAR
                    before[head] += [tail] * DEAR
        self.net = Layering([], before, behind, [*net.wish, *[None] * (len(self.items) - len(net.wish))])
        self.likes += [{} for _ in range(len(self.items) - len(self.likes))]
        self.place = [0.0] * len(self.items)
        for found in columns:
            for at, item in enumerate(found):
                self.place[item] = (at + 0.5) / len(found)
        middle = [_mean(self.place[item] for item in column if self._is_in(item, group.nodes)) for group in groups]
        self.units: list[dict[int, list[Unit]]] = []
        for at, found in enumerate(columns):
            units: dict[int, list[Unit]] = {OUTERMOST: []}
            units |= {number: [] for number, span in enumerate(self.spans) if at in span}
            for item in found:
                units[self._holder(item, at)].append(item)
            for number in units:
                if number != OUTERMOST:
                    units[self.groups[number].parent].append(~number)
            for members in units.values():
                members.sort(key=lambda unit: self.place[unit] if unit >= 0 else middle[~unit])
            self.units.append(units)
        self._settle(range(len(columns)))

    def _is_in(self, item: int, nodes: frozenset[int]) -> bool:
        node, part, _ = self.items[item]
        return node in nodes and part != TOP and part != BOTTOM

    def _span(self, group: Cluster, column: Mapping[int, int]) -> range:
        """The columns of a group, from its first vertex to its last."""
        found = [at for item, at in column.items() if self.items[item][1] < 0 and self.items[item][0] in group.nodes]
        return range(min(found), max(found) + 1)

    def _holder(self, item: int, at: int) -> int:
        """The innermost group in which an item stands: that of its node, with its rails as far as the group goes."""
        for number in range(len(self.groups) - 1, -1, -1):  # the inner ones are last
            if self.items[item][0] in self.groups[number].nodes and at in self.spans[number]:
                return number
        return OUTERMOST

    # ---- flat columns

    def leaves(self, unit: Unit, at: int) -> list[int]:
        """The items of a unit, from top to bottom."""
        if unit >= 0:
            return [unit]
        top, bottom = self.fences[~unit, at]
        return [top, *(leaf for inner in self.units[at][~unit] for leaf in self.leaves(inner, at)), bottom]

    def column(self, at: int) -> list[int]:
        return [leaf for unit in self.units[at][OUTERMOST] for leaf in self.leaves(unit, at)]

    def flat(self) -> Columns:
        return [self.column(at) for at in range(len(self.units))]

    def _settle(self, columns: Iterable[int]) -> None:
        for at in columns:
            for place, item in enumerate(self.column(at)):
                self.place[item] = place

    def cost(self) -> tuple[int, int, int]:
        """Wishes that are not granted, crossings, operands that are out of order."""
        columns = self.flat()
        asked = ([self.net.wish[item] for item in found] for found in columns)
        granted = (pairwise(wish for wish in wishes if wish is not None) for wishes in asked)
        missed = sum(one > other for pairs in granted for one, other in pairs)
        return missed, crossings(columns, self.net), disorder(columns, self.net)

    # ---- changes

    def exchange(self) -> None:
        """Neighbours exchanged, items and whole groups, as long as that spares crossings or orders operands."""
        active = [True] * len(self.units)
        for _ in range(EXCHANGES):
            before, active = active, [False] * len(self.units)
            for at, units in enumerate(self.units):
                if before[at] or active[at]:
                    changed = [self._is_changed(members, at) for members in units.values()]
                    if any(changed):
                        active[max(0, at - 1) : at + 2] = [True] * len(active[max(0, at - 1) : at + 2])
            if True not in active:
                break

    def _is_changed(self, members: list[Unit], at: int) -> bool:
        is_changed = False
        for upper in range(len(members) - 1):
            one, other = self.leaves(members[upper], at), self.leaves(members[upper + 1], at)
            liked = sum(self.likes[item].get(lower, 0) for item in one for lower in other)
            if CROSSING * self._spared(one, other) > liked:
                members[upper], members[upper + 1] = members[upper + 1], members[upper]
                first = min(self.place[item] for item in one)
                for place, item in enumerate((*other, *one)):
                    self.place[item] = first + place
                is_changed = True
        return is_changed

    def _spared(self, one: Sequence[int], other: Sequence[int]) -> int:
        """How many crossings the exchange of these would spare."""
        total = 0
        for near in (self.net.before, self.net.behind):
            over = [self.place[there] for item in one for there in near[item]]
            under = [self.place[there] for item in other for there in near[item]]
            total += sum([(upper > lower) - (upper < lower) for upper in over for lower in under])
        return total

    def sweep(self, backwards: bool) -> None:
        """The units of each column sorted by where what they are joined to stands on average, column after column."""
        near = self.net.behind if backwards else self.net.before
        for at in range(len(self.units) - 2, -1, -1) if backwards else range(1, len(self.units)):
            for members in self.units[at].values():
                mean = {}
                for unit in members:
                    leaves = self.leaves(unit, at)
                    there = [self.place[other] for item in leaves for other in near[item]]
                    mean[unit] = _mean(there or [self.place[item] for item in leaves])
                members.sort(key=mean.__getitem__)
            self._settle((at,))


def _mean(places: Iterable[float]) -> float:
    found = list(places)
    return sum(found) / len(found) if found else 0.5


def is_fence(item: Item) -> bool:
    """Whether an item is one above or below a group."""
    return item[1] in (TOP, BOTTOM)
