"""Where across a drawing each line runs: long lines straight, the spine first, as in the figure, in cells."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.coordinates import UNIT, Room, Tie, aligned


class Extent(Record):
    """The cells of an item: across its line on either side, and along it."""

    before: int = 0
    after: int = 0
    length: int = 0


class Net(Record):
    """Items of a layer joined with items of the next: one with some, or some with one."""

    lefts: tuple[int, ...]
    rights: tuple[int, ...]


def across(
    layers: Sequence[Sequence[int]],
    extents: Sequence[Extent],
    chains: Sequence[Sequence[int]],
    first: Iterable[int],
    nodes: int,
    gap: int,
) -> list[int]:
    """The place of each item. The first items are nodes; `chains` are the items of each link from tail to head, and
    those of some, by their number, are straight `first`."""
    urgent = {step for number in first for step in pairwise(chains[number])}
    before: list[list[int]] = [[] for _ in extents]
    longest: dict[tuple[int, int], int] = {}
    for chain in chains:
        for step in pairwise(chain):
            if step not in longest:
                before[step[1]].append(step[0])
            longest[step] = max(longest.get(step, 0), len(chain))
    ties = []
    for (left, right), length in longest.items():
        passes = length if left >= nodes and right >= nodes else 0
        aside = abs(before[right].index(left) - (len(before[right]) - 1) / 2)
        ties.append(Tie(left, right, ((left, right) not in urgent, -passes, aside), 1.0))
    rooms = [Room(UNIT * extent.before, UNIT * (extent.after + 1 + gap)) for extent in extents]
    return aligned(layers, ties, rooms)
