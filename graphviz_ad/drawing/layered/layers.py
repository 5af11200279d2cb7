"""The column of each vertex: what it reads stands before it, and what is read once right beside its reader."""

from collections.abc import Sequence

Ends = tuple[int, int]


def layers(lengths: Sequence[int], ends: Sequence[Ends], named: Sequence[bool]) -> list[int]:
    """The first column of each vertex, which takes so many; arrows run from vertices to later ones.

    What has no name stands beside what reads it, so that an equation stays together. What has one stands as far left
    as it goes or, where no more arrows hold it there than pull it, beside its first reader too."""
    count = len(lengths)
    layer = [0] * count
    for tail, head in sorted(ends, key=lambda end: end[1]):
        layer[head] = max(layer[head], layer[tail] + lengths[tail])
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
            layer[vertex] = min(layer[head] for head in heads[vertex]) - lengths[vertex]
    return layer
