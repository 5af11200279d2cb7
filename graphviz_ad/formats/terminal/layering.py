"""Where boxes and lines go on a grid of cells: in layers, with as few crossings and bends as a few passes find.

Nodes are in the even layers. In the layer before each node every arrow to it has an item of its own, its label or a
stretch of line; what passes other layers is one line for all arrows with the same tail. So lines part behind a node
and meet before a node, and each arrow can be followed. Lengths are in cells: along, from layer to layer, and across.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import pairwise

from graphviz_ad.core.record import Record
from graphviz_ad.formats.terminal.coordinates import PASSES, Extent, Net, middle, settled, straightened


class Wire(Record):
    """An arrow between nodes, the head after the tail, with the extent of its label."""

    tail: int
    head: int
    label: Extent = Extent()


class Layout(Record):
    """Items by their indices, first the nodes, then the labels of the links, then lines: their extents, the layers that
    they are in, the nets between each layer and the next, and where across the line of each item runs."""

    extents: tuple[Extent, ...]
    layers: tuple[tuple[int, ...], ...]
    nets: tuple[tuple[Net, ...], ...]
    across: tuple[int, ...]


def arrange(nodes: Sequence[Extent], links: Sequence[Wire], gap: int) -> Layout:
    """The layout, with so many cells between items that stand side by side."""
    column = _columns(len(nodes), links)
    extents = [*nodes, *(link.label for link in links)]
    layers: list[list[int]] = [[] for _ in range(2 * max(column, default=0) + 1)]
    for node in range(len(nodes)):
        layers[2 * column[node]].append(node)
    wires = _wires(len(nodes), links, column, extents, layers)
    _untangle(layers, wires)
    nets = _nets(layers, wires)
    across = settled(layers, extents, wires.before, wires.after, gap)
    across = straightened(layers, extents, nets, across, gap)
    top = min((across[item] - extents[item].before for item in range(len(extents))), default=0)
    return Layout(tuple(extents), tuple(map(tuple, layers)), nets, tuple(place - top for place in across))


def least(nodes: Sequence[Extent], links: Sequence[Wire], gap: int) -> tuple[int, int]:
    """How long a layout is at least, along and across."""
    column = _columns(len(nodes), links)
    layers: dict[int, list[Extent]] = {}
    for node, extent in enumerate(nodes):
        layers.setdefault(2 * column[node], []).append(extent)
    for link in links:
        layers.setdefault(2 * column[link.head] - 1, []).append(link.label)
    along = sum(max(extent.length for extent in layer) for layer in layers.values())
    return along, max((sum(e.before + 1 + e.after + gap for e in layer) - gap for layer in layers.values()), default=0)


def _columns(count: int, links: Sequence[Wire]) -> list[int]:
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


class _Wires(Record):
    """For each item the items of the layers before and after it that it is joined with."""

    before: list[list[int]]
    after: list[list[int]]


def _wires(
    count: int, links: Sequence[Wire], column: Sequence[int], extents: list[Extent], layers: list[list[int]]
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
            keys = {item: middle([place[i] for i in joined[item]], index) for index, item in enumerate(layers[here])}
            layers[here].sort(key=keys.__getitem__)
        found = _crossings(layers, wires)
        if found < fewest:
            best, fewest = [list(layer) for layer in layers], found
    layers[:] = best


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
