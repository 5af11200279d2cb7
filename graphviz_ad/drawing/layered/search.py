"""Which columns, and which rails: those whose arrows cross least and, of these, that have most operands in order."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.layers import Ends, Layers, shared
from graphviz_ad.drawing.layered.net import APART, BRANCHES, MAX_ITEMS, TAPS, Item, net_of
from graphviz_ad.drawing.layered.order import Layering, Wish, crossings, disorder, is_hopeless, ordered
from graphviz_ad.drawing.layered.ordering import Columns

if TYPE_CHECKING:
    from graphviz_ad.drawing.layered.groups import Cluster

MANY_ITEMS = 4000  # with more, one way to place what is shared is enough
SOME_ITEMS = 220  # with more, rails apart are too many to be tried,
FENCED = 200  # items, in all tries, among which fences are put
STEPS = 3  # columns of readers with one base, from which on what they read has a rail
COLUMN = 2  # crossings that a column more is not worth, but for none at all
FEW_ITEMS = 150  # with fewer, what is shared is placed elsewhere one by one


Cost = tuple[int, int]  # how often arrows cross, or fences, and operands are out of order


class Tried(Record):
    """Items in their columns, what they cost, and how often arrows cross."""

    cost: Cost
    items: list[Item]
    columns: Columns
    crossings: int = 0


class Search:
    """What has been found best so far, of vertices with their lengths that are joined; rails may have their wishes."""

    def __init__(
        self,
        nodes: Sequence[int],
        lengths: Sequence[int],
        ends: Sequence[Ends],
        named: Sequence[bool],
        bases: Sequence[str | None],
        wishes: Mapping[int, Wish],
        of_rails: bool,
        groups: Sequence["Cluster"] = (),
        way: Sequence[int] = (),
    ) -> None:
        self.groups, self.way = groups, way
        place = {node: number for number, node in enumerate(nodes)}
        self.members = [frozenset(place[node] for node in group.nodes if node in place) for group in groups]
        self.bases, self.of_rails = bases, of_rails
        self.nodes, self.lengths, self.ends, self.named, self.wishes = nodes, lengths, ends, named, wishes
        self.best = Tried((MAX_ITEMS**2, 0), [], [])
        self.fenced = 0  # items that fences were put among
        self._asked: dict[tuple[int, ...], Cost] = {}  # by rails and columns
        self._tried: dict[tuple[tuple[object, ...], ...], Cost] = {}  # by items, columns and what they read

    def found(self, moving: bool = True, fewer_than: int = MAX_ITEMS**2) -> Tried:
        """The best one, if it has `fewer_than` so many crossings, else nothing with so many (that only without
        `moving`, which begins with the best one); what is shared is placed one by one, if that is asked for. With
        groups, what is most often the best is tried first."""
        if fewer_than < self.best.cost[0]:
            self.best = Tried((fewer_than, 0), [], [], fewer_than)
        last, stepped = TAPS, self._stepped()
        places = {False: [0] * len(self.nodes), True: shared(len(self.nodes), self.ends)}
        for rails in (BRANCHES, TAPS, APART) if self.groups else (TAPS, BRANCHES, APART):
            if rails == APART and (len(self.best.items) > SOME_ITEMS or stepped):
                break
            last = rails
            for ahead in sorted(places, reverse=bool(self.groups)):
                found = self._try(places[ahead], rails)
                if is_hopeless(found[0], self.best.cost[0]):  # so it would with other rails
                    del places[ahead]
                if self.best.cost == (0, 0) or len(self.best.items) > MANY_ITEMS or self.fenced >= FENCED:
                    return self.best
        if moving and self.best.cost != (0, 0) and len(self.best.items) < FEW_ITEMS and not self.groups:
            self._move_shared(last, stepped)
        return self.best

    def _stepped(self) -> set[int]:
        """What is read step by step, a weight by h_1, h_2 and h_3 that read the like: it has one rail with a tap for
        each, though fewer arrows may cross where each has a way of its own."""
        column = self._layers.columns([0] * len(self.nodes))
        operands: defaultdict[int, list[str]] = defaultdict(list)
        for tail, head in self.ends:
            operands[head].append(self.bases[tail] or "")
        steps: defaultdict[tuple[int, str, tuple[str, ...]], set[int]] = defaultdict(set)
        for tail, head in self.ends:
            base = self.bases[head]
            if tail not in operands and base is not None:
                steps[tail, base, tuple(sorted(operands[head]))].add(column[head])
        return {tail for (tail, *_), columns in steps.items() if len(columns) >= STEPS}

    def _move_shared(self, rails: int, stays: set[int]) -> None:
        """Put what is read several times a column further from its readers, one after the other, where that helps;
        names with one base that share a column go together, and some stay."""
        readers = Counter(tail for tail, _ in set(self.ends))
        ahead = [0] * len(self.nodes)
        column = self._layers.columns(ahead)
        kin: defaultdict[tuple[str | int, int], list[int]] = defaultdict(list)
        for vertex, base in enumerate(self.bases):
            kin[vertex if base is None else base, column[vertex]].append(vertex)
        before, least = self.best, self._try(ahead, rails)
        if is_hopeless(least[0], self._try(ahead, TAPS)[0]):
            return
        for vertices in kin.values():
            if all(readers[vertex] < 2 for vertex in vertices) or not stays.isdisjoint(vertices):
                continue
            beside = 0 if least[0] else self._beside(frozenset(vertices))  # before all that only for order
            for far in (1, beside) if beside > 1 else (1,):
                moved = [far if vertex in vertices else place for vertex, place in enumerate(ahead)]
                found = self._try(moved, rails)
                if _is_better(found, least):
                    ahead, least = moved, found
                    break
        spared, more = before.cost[0] - self.best.cost[0], len(self.best.columns) - len(before.columns)
        if self.best.cost[0] and spared <= COLUMN * more:
            self.best = before

    def _beside(self, vertices: frozenset[int]) -> int:
        """How many columns what is read beside some vertices, and not made of them, takes with all it is made of."""
        operands: list[list[int]] = [[] for _ in self.nodes]
        for tail, head in self.ends:
            operands[head].append(tail)
        made_of = [vertex in vertices for vertex in range(len(self.nodes))]
        taken = [0] * len(self.nodes)
        most = 0
        for vertex, read in enumerate(operands):
            beside = max((taken[operand] for operand in read if not made_of[operand]), default=0)
            taken[vertex] = beside + self.lengths[vertex]
            if not vertices.isdisjoint(read):
                most = max(most, beside)
            made_of[vertex] |= any(made_of[operand] for operand in read)
        return most

    @cached_property
    def _layers(self) -> Layers:
        if not self.groups:
            return Layers(self.lengths, self.ends, self.named)
        from graphviz_ad.drawing.layered.group_columns import grouped_layers

        return grouped_layers(self.lengths, self.ends, self.named, self.members, self.way)

    def _try(self, ahead: Sequence[int], rails: int) -> Cost:
        """How often arrows cross with these columns and rails, and operands are out of order; the best ones are
        kept."""
        columns = self._layers.columns(ahead)
        asked = rails, *columns
        if asked not in self._asked:
            self._asked[asked] = self._try_columns(columns, rails)
        return self._asked[asked]

    def _try_columns(self, columns: Sequence[int], rails: int) -> Cost:
        items, net = net_of(self.nodes, self.lengths, columns, self.ends, self.wishes, rails, self.of_rails)
        # Which readers a rail is for makes no difference to the order.
        drawn = tuple((node, part) for node, part, _ in items)
        joined: tuple[Any, ...] = (drawn, *map(tuple, net.columns), *map(tuple, net.before))
        if joined not in self._tried:
            self._tried[joined] = self._tried_net(items, net)
        return self._tried[joined]

    def _tried_net(self, items: list[Item], net: Layering) -> Cost:
        """The same, of items that are joined."""
        made = ordered(net, self.best.cost[0])
        cost = crossings(made, net), disorder(made, net)
        count = cost[0]
        if self.groups:
            from graphviz_ad.drawing.layered.groups import fenced

            among = fenced(items, net, made, self.groups)
            items, made, cost, count = among.items, among.columns, among.cost, among.crossings
            self.fenced += len(items)
        if _is_better(cost, self.best.cost):
            self.best = Tried(cost, items, made, count)
        return cost


def _is_better(cost: Cost, than: Cost) -> bool:
    """Order alone is worth longer arrows only where nothing crosses."""
    return cost[0] < than[0] or (cost < than and not cost[0])
