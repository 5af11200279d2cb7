"""Which groups end before which others begin, and the order of vertices that follows.

It is as if the later of two groups read all of the earlier one. So many arrows, between all groups of a sequence of
steps, are never made: sets of vertices are bits of integers.
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from graphviz_ad.drawing.layered.layers import Ends, Layers, Turns


def grouped_layers(
    lengths: Sequence[int],
    ends: Sequence[Ends],
    named: Sequence[bool],
    groups: Sequence[frozenset[int]],
    spine: Sequence[int],
) -> Layers:
    """The columns of vertices, where groups that are read by others end before these begin, and the spine begins before
    the group that it leads to."""
    more = list(ends)
    if len(spine) > 1:
        start, second = spine[:2]
        more += [
            (start, member) for group in groups if second in group and start not in group for member in sorted(group)
        ]
    turns = Turns(groups, _earlier(len(lengths), ends, groups))
    return Layers(lengths, more, named, _topological(len(lengths), more, turns), turns)


def _earlier(count: int, ends: Iterable[Ends], groups: Sequence[frozenset[int]]) -> list[list[int]]:
    """For each group those that end before it begins: it reads something of them, and they nothing of it."""
    readers = [0] * count
    for tail, head in sorted(ends, reverse=True):  # arrows lead to later vertices
        readers[tail] |= readers[head] | 1 << head
    sets, read_by = [0] * len(groups), [0] * len(groups)
    for number, group in enumerate(groups):
        for vertex in group:
            sets[number] |= 1 << vertex
            read_by[number] |= readers[vertex]
    return [
        [one for one, group in enumerate(sets)
         if read_by[one] & later and not group & read_by[other] and not group & later]
        for other, later in enumerate(sets)
    ]  # fmt: skip


def _topological(count: int, ends: Iterable[Ends], turns: Turns) -> list[int]:
    """The vertices, each behind what it reads and behind the earlier groups, and else in their order."""
    waiting = [len(found) for found in turns.groups_of(count)]
    readers: list[list[int]] = [[] for _ in range(count)]
    for tail, head in dict.fromkeys(ends):
        readers[tail].append(head)
        waiting[head] += 1
    later: list[list[int]] = [[] for _ in turns.groups]
    for group, before in enumerate(turns.earlier):
        for one in before:
            later[one].append(group)
    left, open_after = [len(group) for group in turns.groups], [len(before) for before in turns.earlier]
    members_of = turns.groups_of(count, is_any=True)
    ready = [vertex for vertex in range(count) if not waiting[vertex]]
    heapify(ready)
    made = []
    while ready:
        vertex = heappop(ready)
        made.append(vertex)
        freed = list(readers[vertex])
        for group in members_of[vertex]:
            left[group] -= 1
            for other in later[group] if not left[group] else ():
                open_after[other] -= 1
                freed += turns.groups[other] if not open_after[other] else ()
        for reader in freed:
            waiting[reader] -= 1
            if not waiting[reader]:
                heappush(ready, reader)
    return made
