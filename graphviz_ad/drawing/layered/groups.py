"""What belongs together stands together: the columns of groups, and the order in each column with fences around them.

A group has a fence above and one below its items in each column from its first to its last. Fences are items, joined
from column to column by lines that are dear to cross, so that what is foreign stays on one side of a group (as in
G. Sander, *Layout of Compound Directed Graphs*, 1996).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.net import ALL, BOTTOM, ITSELF, OPERATION, TOP, Item
from graphviz_ad.drawing.layered.order import Layering, crossings, likes_of, neighbours_read, out_of_order
from graphviz_ad.drawing.layered.ordering import CROSSING, Columns, Likes, Ordering, spared

DEAR = 3  # arrows that crossing a fence is worth
ROUNDS = 12  # of improvements,
PATIENCE = 3  # given up after so many without any gain
MANY = 200  # items, with which what may enter a group earlier does so in the only beginning, as is best in nearly all
EXCHANGES = 8  # how often neighbours are gone over in one of them
OUTERMOST = -1
BOX = (ITSELF, OPERATION)

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


# ---- the order in each column


def is_cut(spine: Sequence[int], columns: Sequence[Sequence[Item]]) -> bool:
    """Whether the line through these nodes, each read by the next one, would cross a fence: it has to stand in the same
    groups in neighbouring columns, of those that both have."""
    inside = [_holders(items) for items in columns]
    both = [_fenced(left) & _fenced(right) for left, right in pairwise(columns)]
    first = {node: at for at in range(len(columns) - 1, -1, -1) for node, part, _ in columns[at] if part in BOX}
    last = {node: at for at, items in enumerate(columns) for node, part, _ in items if part in BOX}
    for tail, head in pairwise(spine):
        rails = [
            [inside[at][item] for item in columns[at] if item[0] == tail and item[2] in (ALL, head)]
            for at in range(last[tail], first[head])
        ]
        ways = [*rails, [here for item, here in inside[first[head]].items() if item[0] == head]]
        for shared, left, right in zip(both[last[tail] :], ways, ways[1:], strict=False):
            if not any(one & shared == other & shared for one in left for other in right):
                return True
    return False


def _holders(items: Sequence[Item]) -> dict[Item, frozenset[int]]:
    """The groups in which each item of a column stands."""
    found: dict[Item, frozenset[int]] = {}
    here: frozenset[int] = frozenset()
    for item in items:
        if item[1] == TOP:
            here |= {item[0]}
        elif item[1] == BOTTOM:
            here -= {item[0]}
        else:
            found[item] = here
    return found


def _fenced(items: Sequence[Item]) -> frozenset[int]:
    """The groups that a column has."""
    return frozenset(group for group, part, _ in items if part == TOP)


class Fenced(Record):
    """Items, fences among them, in their columns; how often arrows cross each other or a fence and operands are out of
    order; and how often arrows cross each other."""

    items: list[Item]
    columns: Columns
    cost: tuple[int, int]
    crossings: int


def fenced(items: Sequence[Item], net: Layering, columns: Columns, groups: Sequence[Cluster]) -> Fenced:
    """The columns with each group together between its fences, in the order that crosses least."""
    best, least = columns, (inf, inf, inf)
    made = _Fencing(items, net, columns, groups)
    seen: set[tuple[tuple[int, ...], ...]] = set()
    for inside in (True, False) if made.free and len(items) < MANY else (True,):
        made.begin(inside)
        waiting = PATIENCE
        for number in range(ROUNDS):
            made.exchange()
            found = ((number % 2,), *map(tuple, made.order.columns))
            if found in seen:  # from here on as before
                break
            seen.add(found)
            waiting -= 1
            if (cost := made.cost()) < least:
                best, least, waiting = made.order.copied(), cost, PATIENCE
            if not waiting:
                break
            made.sweep(backwards=bool(number % 2))
    plain = [[item for item in found if item < len(items)] for found in best]
    return Fenced(made.items, best, (int(least[1]), int(least[2])), crossings(plain, net))


class _Fencing:
    """The units of each column, group by group, which change their places with each other. What leads
    into a group may enter it a column earlier, from the left; it begins inside or not."""

    units: list[dict[int, list[Unit]]]
    order: Ordering

    def __init__(self, items: Sequence[Item], net: Layering, columns: Columns, groups: Sequence[Cluster]) -> None:
        self.groups, self._start = groups, columns
        self.items = list(items)
        self.likes: Likes = likes_of(net)
        before, behind = [list(near) for near in net.before], [list(near) for near in net.behind]
        self._column = column = {item: number for number, found in enumerate(columns) for item in found}
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
        self.operands = neighbours_read(net)
        self.likes += [{} for _ in range(len(self.items) - len(self.likes))]
        self.free = self._entering(columns)
        self._free_in = [[item for item in self.free if column[item] == at] for at in range(len(columns))]

    def begin(self, inside: bool) -> None:
        """Put all units in the order of the items; those that may enter a group earlier are in it, or outside."""
        place = {item: (at + 0.5) / len(found) for found in self._start for at, item in enumerate(found)}
        middle = [_mean(place[item] for item in place if self.items[item][0] in group.nodes) for group in self.groups]
        self.units = []
        for at, found in enumerate(self._start):
            units: dict[int, list[Unit]] = {OUTERMOST: []}
            units |= {number: [] for number, span in enumerate(self.spans) if at in span}
            for item in found:
                units[self.free[item][-1] if inside and item in self.free else self._holder(item, at)].append(item)
            for number in units:
                if number != OUTERMOST:
                    units[self.groups[number].parent].append(~number)
            for members in units.values():
                members.sort(key=lambda unit: place[unit] if unit >= 0 else middle[~unit])
            self.units.append(units)
        # Of units, where they are known: the items of groups, and the places of what they are joined to.
        self._leaves: list[dict[Unit, list[int]]] = [{} for _ in self.units]
        self._places: list[dict[Unit, tuple[list[int], list[int]]]] = [{} for _ in self.units]
        self.order = Ordering(self.flat(), self.net.before, self.net.behind)

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

    def _entering(self, columns: Columns) -> dict[int, list[int]]:
        """The groups that hold what a rail leads to in the next column and not what it comes from, from outer to inner,
        behind the one that it else stands in."""
        found: dict[int, list[int]] = {}
        for at, items in enumerate(columns):
            for item in items:
                is_rail = self.items[item][1] >= 0
                heads = {self.items[head] for head in self.net.behind[item]} if is_rail else set()
                if not heads or any(head[1] >= 0 for head in heads):
                    continue
                levels = [self._holder(item, at)]
                for number, group in enumerate(self.groups):
                    if group.parent == levels[-1] and at in self.spans[number]:
                        levels += [number] if {head[0] for head in heads} <= group.nodes else []
                if len(levels) > 1:
                    found[item] = levels
        return found

    # ---- flat columns

    def leaves(self, unit: Unit, at: int) -> list[int]:
        """The items of a unit, from top to bottom."""
        if unit >= 0:
            return [unit]
        known = self._leaves[at]
        if unit not in known:
            top, bottom = self.fences[~unit, at]
            known[unit] = [top]
            for inner in self.units[at][~unit]:
                known[unit] += (inner,) if inner >= 0 else self.leaves(inner, at)
            known[unit].append(bottom)
        return known[unit]

    def column(self, at: int) -> list[int]:
        return [leaf for unit in self.units[at][OUTERMOST] for leaf in self.leaves(unit, at)]

    def flat(self) -> Columns:
        return [self.column(at) for at in range(len(self.units))]

    def cost(self) -> tuple[int, int, int]:
        """Wishes that are not granted, crossings, operands that are out of order."""
        asked = ([self.net.wish[item] for item in found] for found in self.order.columns)
        listed = (sorted((wish for wish in wishes if wish is not None), key=lambda wish: wish[0]) for wishes in asked)
        missed = sum(one[0] == other[0] and one > other for found in listed for one, other in pairwise(found))
        return missed, self.order.crossings(), out_of_order(self.order.place, self.operands)

    # ---- changes

    def exchange(self) -> None:
        """Neighbours exchanged, items and whole groups, as long as that spares crossings or orders operands."""
        active = self.order.active
        for _ in range(EXCHANGES):
            for at, units in enumerate(self.units):
                if active[at]:
                    active[at] = False
                    changed = [self._is_changed(members, at) for members in units.values()]
                    changed += [self._has_hopped(item, at) for item in self._free_in[at]]
                    if any(changed):
                        self.order.activate(at)
            if True not in active:
                break

    def _is_changed(self, members: list[Unit], at: int) -> bool:
        if self.order.is_free(at) and all(self._liked(*pair, at) >= 0 for pair in pairwise(members)):
            return False
        is_changed = False
        lefts, rights = self.order.places_around(at)
        likes = self.likes
        for number in range(len(members) - 1):
            upper, lower = members[number], members[number + 1]
            if upper >= 0 <= lower:
                left, right = spared(lefts[upper], lefts[lower]), spared(rights[upper], rights[lower])
                liked = likes[upper].get(lower, 0)
            else:
                over, under = self._joined(upper, at), self._joined(lower, at)
                left, right = spared(over[0], under[0]), spared(over[1], under[1])
                liked = self._liked(upper, lower, at)
            if CROSSING * (left + right) > liked:
                members[number], members[number + 1] = lower, upper
                self._exchange(self.leaves(upper, at), self.leaves(lower, at), at, left, right)
                is_changed = True
        return is_changed

    def _joined(self, unit: Unit, at: int) -> tuple[list[int], list[int]]:
        """The places of what the items of a unit are joined to, before and behind them."""
        known = self._places[at]
        if unit not in known:
            leaves, place = self.leaves(unit, at), self.order.place
            known[unit] = (
                sorted([place[other] for item in leaves for other in self.net.before[item]]),
                sorted([place[other] for item in leaves for other in self.net.behind[item]]),
            )
        return known[unit]

    def _exchange(self, upper: Sequence[int], lower: Sequence[int], at: int, left: int, right: int) -> None:
        """Exchange items of a column with those below them, which spares so many crossings before and behind it."""
        self.order.exchange_blocks(upper, lower, at, left, right)
        self._forget(at)

    def _forget(self, at: int) -> None:
        """The items of a column stand in other places."""
        self._leaves[at].clear()
        for known in self._places[max(0, at - 1) : at + 2]:
            known.clear()

    def _liked(self, upper: Unit, lower: Unit, at: int) -> int:
        """How much rather one is above the other."""
        if upper >= 0 <= lower:
            return self.likes[upper].get(lower, 0)
        one, other = self.leaves(upper, at), self.leaves(lower, at)
        return sum([likes.get(under, 0) for item in one if (likes := self.likes[item]) for under in other])

    def _has_hopped(self, item: int, at: int) -> bool:
        """Move a free rail over a fence next to it, into a group or out of it, if that spares crossings."""
        levels, units = self.free[item], self.units[at]
        here = next(level for level in levels if item in units[level])
        place, members = units[here].index(item), units[here]
        for inner in levels[1:]:  # at most one of them stands among the members
            for step, fence, end in ((1, 0, 0), (-1, 1, len(units[inner]))):
                beside = place + step
                if 0 <= beside < len(members) and members[beside] == ~inner:
                    other = self.fences[inner, at][fence]
                    if self._has_passed(item, other, step > 0):
                        members.remove(item)
                        units[inner].insert(end, item)
                        return True
        if here != levels[0]:
            outer = units[levels[levels.index(here) - 1]]
            for is_at_end, fence, step in ((place == 0, 0, 0), (place == len(members) - 1, 1, 1)):
                if is_at_end and self._has_passed(item, self.fences[here, at][fence], step > 0, 0):
                    members.remove(item)
                    outer.insert(outer.index(~here) + step, item)
                    return True
        return False

    def _has_passed(self, item: int, fence: int, down: bool, least: int = 1) -> bool:
        """Exchange an item with a fence next to it, down or up, if that spares so many crossings."""
        upper, lower = (item, fence) if down else (fence, item)
        left, right = self.order.gains_of_two(upper, lower)
        if left + right < least:
            return False
        self._exchange([upper], [lower], self._column[item], left, right)
        return True

    def sweep(self, backwards: bool) -> None:
        """The units of each column sorted by where what they are joined to stands on average, column after column."""
        near, place = self.net.behind if backwards else self.net.before, self.order.place
        for at in range(len(self.units) - 2, -1, -1) if backwards else range(1, len(self.units)):
            is_changed = False
            for members in self.units[at].values():
                if len(members) < 2:
                    continue
                mean = {}
                for unit in members:
                    leaves = self.leaves(unit, at)
                    there = [place[other] for item in leaves for other in near[item]]
                    there = there or [place[item] for item in leaves]
                    mean[unit] = sum(there) / len(there)
                before = members[:]
                members.sort(key=mean.__getitem__)
                is_changed |= members != before
            if is_changed:
                self._forget(at)
                self.order.put(at, self.column(at))


def _mean(places: Iterable[float]) -> float:
    found = list(places)
    return sum(found) / len(found) if found else 0.5
