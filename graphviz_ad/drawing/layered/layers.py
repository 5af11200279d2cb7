"""The column of each vertex: what it reads stands before it, and what is read once right beside its reader."""

from collections.abc import Sequence

Ends = tuple[int, int]


def layers(lengths: Sequence[int], ends: Sequence[Ends], named: Sequence[bool], ahead: Sequence[int]) -> list[int]:
    """The first column of each vertex, which takes so many and stands so many columns `ahead` of what is beside its
    readers; arrows run from vertices to later ones.

    What has no name stands beside what reads it, so that an equation stays together. What has one stands as far left
    as it goes or, where no more arrows hold it there than pull it, beside its first reader too."""
    count = len(lengths)
    layer = [0] * count
    for tail, head in sorted(ends, key=lambda end: end[1]):
        layer[head] = max(layer[head], layer[tail] + lengths[tail] + ahead[tail])
    tails: list[list[int]] = [[] for _ in range(count)]
    heads: list[list[int]] = [[] for _ in range(count)]
    for tail, head in dict.fromkeys(ends):
        tails[head].append(tail)
        heads[tail].append(head)
    held: list[frozenset[int]] = []  # what holds a vertex to the left: of all it is made of, what others read too
    for vertex in range(count):
        own = [tail for tail in tails[vertex] if len(heads[tail]) == 1]
        held.append(frozenset(tails[vertex]).difference(own).union(*(held[tail] for tail in own)))
    for vertex in range(count - 1, -1, -1):
        if heads[vertex] and (not named[vertex] or len(held[vertex]) < len(heads[vertex])):
            layer[vertex] = min(layer[head] for head in heads[vertex]) - lengths[vertex] - ahead[vertex]
    return layer


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
