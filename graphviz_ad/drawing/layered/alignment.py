"""Coordinates across the columns: long arrows and the way from input to output straight, the rest near its neighbours.

As in U. Brandes and B. Köpf, *Fast and Simple Horizontal Coordinate Assignment*, 2002: items joined in a straight line
are a block, and blocks are packed. Here the most important lines choose first, and blocks then move towards what they
are joined to, as far as there is room.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.columns import Columns

ROUNDS = 8


class Room(Record):
    """What an item takes on either side of its line, air included."""

    above: float
    below: float


def aligned(columns: list[list[int]], graph: Columns, rooms: Sequence[Room], vertices: int) -> list[float]:
    """The line of each item. The first so many items are vertices, the others bends and labels."""
    block = _blocks(columns, graph, vertices)
    count = max(block, default=-1) + 1
    gaps: list[dict[int, float]] = [{} for _ in range(count)]  # to each block next below: the least distance
    for items in columns:
        for upper, lower in pairwise(items):
            least = rooms[upper].below + rooms[lower].above
            below = gaps[block[upper]]
            below[block[lower]] = max(below.get(block[lower], 0.0), least)
    order = _topological(gaps)
    place = [0.0] * count
    above: list[dict[int, float]] = [{} for _ in range(count)]
    for upper in order:
        for lower, least in gaps[upper].items():
            place[lower] = max(place[lower], place[upper] + least)
            above[lower][upper] = least
    joined: list[list[int]] = [[] for _ in range(count)]
    for item, behind in enumerate(graph.behind):
        for head in behind:
            if block[item] != block[head]:
                joined[block[item]].append(block[head])
                joined[block[head]].append(block[item])
    for number in range(ROUNDS):
        for here in order if number % 2 else reversed(order):
            if not joined[here]:
                continue
            wanted = sorted(place[other] for other in joined[here])
            middle = (wanted[(len(wanted) - 1) // 2] + wanted[len(wanted) // 2]) / 2
            lowest = max((place[upper] + least for upper, least in above[here].items()), default=-inf)
            highest = min((place[lower] - least for lower, least in gaps[here].items()), default=inf)
            place[here] = max(lowest, min(middle, highest))
    return [place[here] for here in block]


def _blocks(columns: list[list[int]], graph: Columns, vertices: int) -> list[int]:
    """The block of each item, by number: items joined by lines that can all be straight."""
    place = {item: at for items in columns for at, item in enumerate(items)}
    depth = _depths(graph, vertices)
    root = list(range(len(graph.before)))
    for items in columns[:-1]:
        lines = [(_urgency(item, head, graph, depth), place[item], place[head], item, head)
                 for item in items for head in graph.behind[item]]  # fmt: skip
        lefts: list[int] = []
        rights: list[int] = []
        for _, left, right, item, head in sorted(lines):
            at = bisect_left(lefts, left)
            if at < len(lefts) and (lefts[at] == left or rights[at] <= right):
                continue
            if at and rights[at - 1] >= right:
                continue
            lefts.insert(at, left)
            rights.insert(at, right)
            root[head] = item
    numbers: dict[int, int] = {}
    block = [0] * len(root)
    for items in columns:
        for item in items:
            block[item] = block[root[item]] if root[item] != item else numbers.setdefault(item, len(numbers))
    return block


def _urgency(item: int, head: int, graph: Columns, depth: Sequence[int]) -> tuple[int, int]:
    """Which lines choose first: those of rails, then those of the longest ways; low is urgent."""
    return 0 if item in graph.rails and head in graph.rails else 1, -depth[item]


def _depths(graph: Columns, vertices: int) -> list[int]:
    """How many vertices the longest way through each item has."""
    order = [item for items in graph.columns for item in items]
    behind = [0] * len(order)
    before = [0] * len(order)
    for item in order:
        before[item] = max((before[tail] for tail in graph.before[item]), default=0) + (item < vertices)
    for item in reversed(order):
        behind[item] = max((behind[head] for head in graph.behind[item]), default=0) + (item < vertices)
    return [left + right for left, right in zip(before, behind, strict=True)]


def _topological(gaps: Sequence[dict[int, float]]) -> list[int]:
    """The blocks, each before those below it."""
    waiting = [0] * len(gaps)
    for below in gaps:
        for lower in below:
            waiting[lower] += 1
    ready = [block for block, count in enumerate(waiting) if not count]
    for block in ready:  # grows as it goes
        for lower in gaps[block]:
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    return ready
