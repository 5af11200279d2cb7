"""The column of each vertex: what it reads stands before it, and what is read once right beside its reader."""

from collections.abc import Iterable, Sequence

from graphviz_ad.core.record import Record

Ends = tuple[int, int]


class Turns(Record):
    """Groups of vertices, and for each those that end before it begins."""

    groups: Sequence[frozenset[int]] = ()
    earlier: Sequence[Sequence[int]] = ()

    def groups_of(self, count: int, is_any: bool = False) -> list[list[int]]:
        """For each vertex its groups that have earlier ones, or all that it is in."""
        found: list[list[int]] = [[] for _ in range(count)]
        for number, group in enumerate(self.groups):
            for vertex in group if is_any or self.earlier[number] else ():
                found[vertex].append(number)
        return found


NO_TURNS = Turns()


class Layers:
    """The columns of vertices with their lengths, in an order in which each is behind what it reads.

    What has no name stands beside what reads it, so that an equation stays together. What has one stands as far left
    as it goes or, where no more arrows hold it there than pull it, beside its first reader too. Groups stand behind all
    earlier ones, as if they read all of these."""

    def __init__(
        self,
        lengths: Sequence[int],
        ends: Iterable[Ends],
        named: Sequence[bool],
        order: Sequence[int] | None = None,
        turns: Turns = NO_TURNS,
    ) -> None:
        count = len(lengths)
        self.lengths, self.turns, self.order = lengths, turns, range(count) if order is None else order
        self.tails: list[list[int]] = [[] for _ in range(count)]
        self.heads: list[list[int]] = [[] for _ in range(count)]
        for tail, head in dict.fromkeys(ends):
            self.tails[head].append(tail)
            self.heads[tail].append(head)
        self.behind = turns.groups_of(count)
        self.before: list[list[int]] = [[] for _ in range(count)]  # for each vertex the groups that begin behind it
        for number, before in enumerate(turns.earlier):
            for vertex in frozenset().union(*(turns.groups[one] for one in before)):
                self.before[vertex].append(number)
        self.is_pulled = self._pulled(named)

    def _pulled(self, named: Sequence[bool]) -> list[bool]:
        """Which vertices stand beside their first readers."""
        members = [_bits(group) for group in self.turns.groups]
        ahead = [0] * len(members)
        for number, before in enumerate(self.turns.earlier):
            for one in before:
                ahead[number] |= members[one]
        pulls = [_bits(heads) for heads in self.heads]
        for vertex, groups in enumerate(self.before):
            for number in groups:
                pulls[vertex] |= members[number]
        once = _bits(vertex for vertex, heads in enumerate(pulls) if heads.bit_count() == 1)
        held = [0] * len(pulls)  # what holds a vertex to the left: of all it is made of, what others read too
        for vertex in self.order:
            found = _bits(self.tails[vertex])
            for number in self.behind[vertex]:
                found |= ahead[number]
            own = found & once
            held[vertex] = found & ~once
            while own:
                held[vertex] |= held[own.bit_length() - 1]
                own ^= 1 << own.bit_length() - 1
        return [
            heads > 0 and (not is_named or left.bit_count() < heads.bit_count())
            for heads, is_named, left in zip(pulls, named, held, strict=True)
        ]

    def columns(self, ahead: Sequence[int]) -> list[int]:
        """The first column of each vertex, which stands so many columns `ahead` of what is beside its readers."""
        lengths, groups = self.lengths, self.turns.groups
        layer = [0] * len(lengths)
        first: dict[int, int] = {}  # columns of groups, found when all that they depend on is in its place
        for vertex in self.order:
            found = [layer[tail] + lengths[tail] + ahead[tail] for tail in self.tails[vertex]]
            for number in self.behind[vertex]:
                if number not in first:
                    first[number] = max(
                        layer[tail] + lengths[tail] + ahead[tail]
                        for one in self.turns.earlier[number]
                        for tail in groups[one]
                    )
                found.append(first[number])
            layer[vertex] = max(found, default=0)
        first = {}
        for vertex in reversed(self.order):
            if self.is_pulled[vertex]:
                found = [layer[head] for head in self.heads[vertex]]
                for number in self.before[vertex]:
                    if number not in first:
                        first[number] = min(layer[head] for head in groups[number])
                    found.append(first[number])
                layer[vertex] = min(found) - lengths[vertex] - ahead[vertex]
        return layer


def _bits(vertices: Iterable[int]) -> int:
    """A set of vertices."""
    found = 0
    for vertex in vertices:
        found |= 1 << vertex
    return found


def shared(count: int, ends: Sequence[Ends]) -> list[int]:
    """Which vertices are read in several places beside what is read there alone: one column ahead of that, they reach
    each of their readers between what stands beside it."""
    readers: list[set[int]] = [set() for _ in range(count)]
    made = [False] * count
    for tail, head in ends:
        readers[tail].add(head)
        made[head] = True
    alone = {head for tail, head in ends if not made[tail] and len(readers[tail]) == 1}
    return [int(len(found) > 1 and not found.isdisjoint(alone)) for found in readers]
