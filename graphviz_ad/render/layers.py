"""Where boxes and lines go on a grid of cells: in layers, with as few crossings and bends as a few passes find.

Nodes are in the even layers. In the layer before each node every arrow to it has an item of its own, its label or a
stretch of line; what passes other layers is one line for all arrows with the same tail. So lines part behind a node
and meet before a node, and each arrow can be followed. Lengths are in cells: along, from layer to layer, and across.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

PASSES = 8


class Extent(NamedTuple):
    """The cells of an item: across its line on either side, and along it."""

    before: int = 0
    after: int = 0
    length: int = 0


class Link(NamedTuple):
    """An arrow between nodes, the head after the tail, with the extent of its label."""

    tail: int
    head: int
    label: Extent = Extent()


class Net(NamedTuple):
    """Items of a layer joined with items of the next: one with some, or some with one."""

    lefts: tuple[int, ...]
    rights: tuple[int, ...]


class Layout(NamedTuple):
    """Items by their indices, first the nodes, then the labels of the links, then lines: their extents, the layers that
    they are in, the nets between each layer and the next, and where across the line of each item runs."""

    extents: tuple[Extent, ...]
    layers: tuple[tuple[int, ...], ...]
    nets: tuple[tuple[Net, ...], ...]
    across: tuple[int, ...]


def arrange(nodes: Sequence[Extent], links: Sequence[Link], gap: int) -> Layout:
    """The layout, with so many cells between items that stand side by side."""
    column = _columns(len(nodes), links)
    extents = [*nodes, *(link.label for link in links)]
    layers: list[list[int]] = [[] for _ in range(2 * max(column, default=0) + 1)]
    for node in range(len(nodes)):
        layers[2 * column[node]].append(node)
    wires = _wires(len(nodes), links, column, extents, layers)
    _untangle(layers, wires)
    nets = _nets(layers, wires)
    across = _settled(layers, extents, wires, gap)
    across = _straightened(layers, extents, nets, across, gap)
    top = min((across[item] - extents[item].before for item in range(len(extents))), default=0)
    return Layout(tuple(extents), tuple(map(tuple, layers)), nets, tuple(place - top for place in across))


def _columns(count: int, links: Sequence[Link]) -> list[int]:
    """The column of each node: behind all that it reads, and as near to what reads it as shortens its arrows."""
    column = [0] * count
    reads: list[list[int]] = [[] for _ in range(count)]
    read_by: list[list[int]] = [[] for _ in range(count)]
    for link in sorted(links, key=lambda link: link.head):
        column[link.head] = max(column[link.head], column[link.tail] + 1)
        reads[link.head].append(link.tail)
        read_by[link.tail].append(link.head)
    for node in reversed(range(count)):
        if len(read_by[node]) > len(reads[node]):
            column[node] = min(column[head] for head in read_by[node]) - 1
    return column


class _Wires(NamedTuple):
    """For each item the items of the layers before and after it that it is joined with."""

    before: list[list[int]]
    after: list[list[int]]


def _wires(
    count: int, links: Sequence[Link], column: Sequence[int], extents: list[Extent], layers: list[list[int]]
) -> _Wires:
    wires = _Wires([[] for _ in extents], [[] for _ in extents])

    def join(left: int, right: int) -> None:
        wires.after[left].append(right)
        wires.before[right].append(left)

    passing: dict[tuple[int, int], int] = {}  # the line of a tail in a layer
    for number, link in enumerate(links):
        before = link.tail
        own = 2 * column[link.head] - 1
        for layer in range(2 * column[link.tail] + 1, own):
            if (link.tail, layer) not in passing:
                passing[link.tail, layer] = len(extents)
                layers[layer].append(len(extents))
                extents.append(Extent())
                wires.before.append([])
                wires.after.append([])
                join(before, passing[link.tail, layer])
            before = passing[link.tail, layer]
        layers[own].append(count + number)
        join(before, count + number)
        join(count + number, link.head)
    return wires


def _nets(layers: Sequence[Sequence[int]], wires: _Wires) -> tuple[tuple[Net, ...], ...]:
    """Lines part behind nodes' layers and meet behind the layers between."""
    return tuple(
        tuple(Net((item,), tuple(wires.after[item])) for item in left if wires.after[item]) if number % 2 == 0
        else tuple(Net(tuple(wires.before[item]), (item,)) for item in right if wires.before[item])
        for number, (left, right) in enumerate(pairwise(layers))
    )  # fmt: skip


# ---- the order in each layer


def _untangle(layers: list[list[int]], wires: _Wires) -> None:
    """Put the items of each layer into an order with few crossings: at first as they are reached from the last nodes
    back, then by the middle of what they are joined with."""
    reached: dict[int, int] = {}
    stack = [item for layer in layers for item in reversed(layer) if not wires.after[item]]
    while stack:
        item = stack.pop()
        if item not in reached:
            reached[item] = len(reached)
            stack += reversed(wires.before[item])
    for layer in layers:
        layer.sort(key=reached.__getitem__)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, wires)
    for number in range(2 * PASSES):
        if not fewest:
            break
        forth = number % 2 == 0
        for here in range(1, len(layers)) if forth else reversed(range(len(layers) - 1)):
            place = {item: index for index, item in enumerate(layers[here - 1 if forth else here + 1])}
            joined = wires.before if forth else wires.after
            keys = {item: _middle([place[i] for i in joined[item]], index) for index, item in enumerate(layers[here])}
            layers[here].sort(key=keys.__getitem__)
        found = _crossings(layers, wires)
        if found < fewest:
            best, fewest = [list(layer) for layer in layers], found
    layers[:] = best


def _middle(places: Sequence[int], otherwise: float) -> float:
    return (min(places) + max(places)) / 2 if places else otherwise


def _crossings(layers: Sequence[Sequence[int]], wires: _Wires) -> int:
    """How often lines cross between layers."""
    count = 0
    for left, right in pairwise(layers):
        place = {item: index for index, item in enumerate(right)}
        seen: list[int] = []
        for item in left:
            ends = sorted(place[other] for other in wires.after[item])
            count += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return count


# ---- the places across


def _settled(layers: Sequence[Sequence[int]], extents: Sequence[Extent], wires: _Wires, gap: int) -> list[int]:
    """Each item in the middle of what it is joined with, as far as its neighbours leave room."""
    across = [0] * len(extents)
    for layer in layers:
        for item, place in zip(layer, _fitted([0] * len(layer), layer, extents, gap), strict=True):
            across[item] = place
    for number in range(2 * PASSES):
        forth = number % 2 == 0
        for layer in layers if forth else reversed(layers):
            joined = wires.before if forth else wires.after
            wanted = [_middle([across[other] for other in joined[item]], across[item]) for item in layer]
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


def distance(one: Extent, other: Extent, gap: int) -> int:
    """How far apart the lines of two neighbours are at least."""
    return one.after + 1 + gap + other.before


def _straightened(
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
        moved = False
        for start in range(len(extents)):
            group = _straight_group(start, around, across)
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
    return length + _off_middle(net, across) / 2


def _off_middle(net: Net, across: Sequence[int]) -> float:
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
