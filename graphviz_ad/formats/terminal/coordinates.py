"""Where across a drawing each line runs: in the middle of what it joins, and straight where there is room."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graphviz_ad.core.record import Record

PASSES = 8


class Extent(Record):
    """The cells of an item: across its line on either side, and along it."""

    before: int = 0
    after: int = 0
    length: int = 0


class Net(Record):
    """Items of a layer joined with items of the next: one with some, or some with one."""

    lefts: tuple[int, ...]
    rights: tuple[int, ...]


def settled(
    layers: Sequence[Sequence[int]],
    extents: Sequence[Extent],
    before: Sequence[Sequence[int]],
    after: Sequence[Sequence[int]],
    gap: int,
) -> list[int]:
    """Each item in the middle of what it is joined with, as far as its neighbours leave room."""
    across = [0] * len(extents)
    for layer in layers:
        for item, place in zip(layer, _fitted([0] * len(layer), layer, extents, gap), strict=True):
            across[item] = place
    for number in range(2 * PASSES):
        forth = number % 2 == 0
        for layer in layers if forth else reversed(layers):
            joined = before if forth else after
            wanted = [middle([across[other] for other in joined[item]], across[item]) for item in layer]
            for item, place in zip(layer, _fitted(wanted, layer, extents, gap), strict=True):
                across[item] = place
    return across


def _fitted(wanted: Sequence[float], layer: Sequence[int], extents: Sequence[Extent], gap: int) -> list[int]:
    """The places nearest to those wanted with room between them: neighbours that press on each other move as one."""
    offsets = [0]
    for one, other in pairwise(layer):
        offsets.append(offsets[-1] + distance(extents[one], extents[other], gap))
    blocks: list[tuple[float, int]] = []  # the sum of what is wanted, and how many want it
    for want, offset in zip(wanted, offsets, strict=False):
        total, count = want - offset, 1
        while blocks and blocks[-1][0] * count >= total * blocks[-1][1]:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    starts = [int(total // count) for total, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=False)]


def middle(places: Sequence[int], otherwise: float) -> float:
    """Half way between the outermost places, if there are any."""
    return (min(places) + max(places)) / 2 if places else otherwise


def distance(one: Extent, other: Extent, gap: int) -> int:
    """How far apart the lines of two neighbours are at least."""
    return one.after + 1 + gap + other.before


def straightened(
    layers: Sequence[Sequence[int]],
    extents: Sequence[Extent],
    nets: Sequence[Sequence[Net]],
    across: list[int],
    gap: int,
) -> list[int]:
    """Lines without bends where items that hang together can be moved, as one, without touching others."""
    around: list[list[Net]] = [[] for _ in extents]
    for net in (net for channel in nets for net in channel):
        for item in (*net.lefts, *net.rights):
            around[item].append(net)
    neighbours: list[tuple[int | None, int | None]] = [(None, None)] * len(extents)
    for layer in layers:
        for before, item, after in zip([None, *layer], layer, [*layer[1:], None], strict=False):
            neighbours[item] = before, after
    for _ in range(PASSES):
        moved, done = False, set[int]()
        for start in range(len(extents)):
            if start in done:
                continue
            group = _straight_group(start, around, across)
            done |= group
            touched = list({id(net): net for item in group for net in around[item]}.values())
            cost = sum(_cost(net, across) for net in touched)
            for shift in sorted({s for net in touched for s in _shifts(net, group, across)}, key=lambda s: (abs(s), s)):
                if not _has_room(group, shift, neighbours, extents, across, gap):
                    continue
                for item in group:
                    across[item] += shift
                if sum(_cost(net, across) for net in touched) < cost:
                    moved = True
                    break
                for item in group:
                    across[item] -= shift
        if not moved:
            break
    return across


def _straight_group(start: int, around: Sequence[Sequence[Net]], across: Sequence[int]) -> set[int]:
    """The items that single straight lines join with this one."""
    group, stack = {start}, [start]
    while stack:
        for net in around[stack.pop()]:
            ends = (*net.lefts, *net.rights)
            if len(ends) == 2 and across[ends[0]] == across[ends[1]]:
                stack += [item for item in ends if item not in group]
                group.update(ends)
    return group


def _cost(net: Net, across: Sequence[int]) -> float:
    """How far a net's line runs across, with something for bends and for a trunk whose stem is not in its middle."""
    ends = (*net.lefts, *net.rights)
    places = [across[item] for item in ends]
    length = max(places) - min(places)
    if len(ends) == 2:
        return length + (2 if length else 0)
    return length + _offmiddle(net, across) / 2


def _offmiddle(net: Net, across: Sequence[int]) -> float:
    stem, others = (net.lefts, net.rights) if len(net.lefts) == 1 else (net.rights, net.lefts)
    places = [across[item] for item in others]
    return abs(across[stem[0]] - (min(places) + max(places)) / 2)


def _shifts(net: Net, group: set[int], across: Sequence[int]) -> Iterable[int]:
    """By how much a group would have to move for a net to become straight, or its stem to be in the middle."""
    inside = [across[item] for item in (*net.lefts, *net.rights) if item in group]
    outside = [across[item] for item in (*net.lefts, *net.rights) if item not in group]
    if not outside:
        return ()
    middle = (min(outside) + max(outside)) // 2
    return {middle - inside[0], *(place - inside[0] for place in outside)} - {0}


def _has_room(
    group: set[int],
    shift: int,
    neighbours: Sequence[tuple[int | None, int | None]],
    extents: Sequence[Extent],
    across: Sequence[int],
    gap: int,
) -> bool:
    for item in group:
        before, after = neighbours[item]
        place = across[item] + shift
        if before is not None and before not in group:
            least = across[before] + distance(extents[before], extents[item], gap)
            if place < least:
                return False
        if after is not None and after not in group:
            most = across[after] - distance(extents[item], extents[after], gap)
            if place > most:
                return False
    return True
