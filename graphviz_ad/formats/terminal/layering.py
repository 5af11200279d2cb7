"""Where boxes and lines go on a grid of cells: in the layers of the figure, and in its order.

Nodes are in the even layers. In the layer before each node every arrow to it has an item of its own, its label or a
stretch of line; what passes other layers is one line for all arrows that the figure has one line for. So lines part
behind a node and meet before a node, and each arrow can be followed. Lengths are in cells: along, from layer to layer,
and across.
"""

from bisect import bisect_right, insort
from collections.abc import Callable, Sequence
from itertools import pairwise

from graphviz_ad.core.record import Record
from graphviz_ad.formats.terminal.coordinates import Extent, Net, across
from graphviz_ad.formats.terminal.ranks import Ranks


class Wire(Record):
    """An arrow between nodes, the head after the tail, with the extent of its label."""

    tail: int
    head: int
    label: Extent = Extent()


class TextLayout(Record):
    """Items by their indices, first the nodes, then the labels of the links, then lines: their extents, the layers that
    they are in, the nets between each layer and the next, where across the line of each item runs, and how often lines
    cross."""

    extents: tuple[Extent, ...]
    layers: tuple[tuple[int, ...], ...]
    nets: tuple[tuple[Net, ...], ...]
    across: tuple[int, ...]
    crossings: int


def arrange(nodes: Sequence[Extent], links: Sequence[Wire], ranks: Ranks, gap: int) -> TextLayout:
    """The layout, with so many cells between items that stand side by side."""
    extents = [*nodes, *(link.label for link in links)]
    layers, wires = _wired(len(nodes), links, ranks, extents)
    spine = set(pairwise(ranks.spine))
    first = [number for number, link in enumerate(links) if (link.tail, link.head) in spine]
    places = across(layers, extents, wires.chains, first, len(nodes), gap)
    top = min((place - extent.before for place, extent in zip(places, extents, strict=True)), default=0)
    crossed = sum(_crossings(left, right, wires) for left, right in pairwise(layers))
    return TextLayout(tuple(extents), tuple(map(tuple, layers)), _nets(layers, wires),
                  tuple(place - top for place in places), crossed)  # fmt: skip


def least(nodes: Sequence[Extent], links: Sequence[Wire], ranks: Ranks, gap: int) -> tuple[int, int]:
    """How long a layout is at least, along and across."""
    layers: dict[int, list[Extent]] = {}
    for node, extent in enumerate(nodes):
        layers.setdefault(2 * ranks.layer[node], []).append(extent)
    for link in links:
        layers.setdefault(2 * ranks.layer[link.head] - 1, []).append(link.label)
    along = sum(max(extent.length for extent in layer) for layer in layers.values())
    return along, max((sum(e.before + 1 + e.after + gap for e in layer) - gap for layer in layers.values()), default=0)


class _Wires(Record):
    """For each item the items of the layers before and after it that it is joined with; the items of each link."""

    before: list[list[int]]
    after: list[list[int]]
    chains: list[list[int]]


def _wired(count: int, links: Sequence[Wire], ranks: Ranks, extents: list[Extent]) -> tuple[list[list[int]], _Wires]:
    """The layers, each in its order, and what is joined; `extents` get those of the lines that pass layers."""
    wires = _Wires([[] for _ in extents], [[] for _ in extents], [])
    layers: list[list[int]] = [[] for _ in range(2 * max(ranks.layer, default=0) + 1)]
    place: dict[int, int] = {}
    passing: dict[tuple[object, int], int] = {}

    def join(left: int, right: int) -> None:
        if right not in wires.after[left]:
            wires.after[left].append(right)
            wires.before[right].append(left)

    for node in range(count):
        layers[2 * ranks.layer[node]].append(node)
        place[node] = ranks.place[node]
    for number, link in enumerate(links):
        chain = [link.tail]
        own = 2 * ranks.layer[link.head] - 1
        for layer in range(2 * ranks.layer[link.tail] + 1, own):
            line, there = ranks.line(link.tail, link.head, (layer + 1) // 2)
            if (line, layer) not in passing:
                passing[line, layer] = len(extents)
                place[len(extents)] = there
                layers[layer].append(len(extents))
                extents.append(Extent())
                wires.before.append([])
                wires.after.append([])
            chain.append(passing[line, layer])
        layers[own].append(count + number)
        wires.chains.append([*chain, count + number, link.head])
        for step in pairwise(wires.chains[-1]):
            join(*step)
    for of_nodes in layers[::2]:
        of_nodes.sort(key=place.__getitem__)
    for number in range(1, len(layers), 2):
        layers[number] = _between(layers[number - 1], layers[number], layers[number + 1], wires)
    return layers, wires


def _between(left: Sequence[int], items: Sequence[int], right: Sequence[int], wires: _Wires) -> list[int]:
    """The items of a layer between two of nodes, in the order of the one side, of the other, or of both, whichever
    crosses least."""
    here = {item: place / len(left) for place, item in enumerate(left)}
    there = {item: place / len(right) for place, item in enumerate(right)}
    ends = {
        item: (
            sum(here[end] for end in wires.before[item]) / len(wires.before[item]),
            sum(there[end] for end in wires.after[item]) / len(wires.after[item]),
        )
        for item in items
    }
    keys: tuple[Callable[[int], tuple[float, ...]], ...] = (
        lambda item: (ends[item][1], ends[item][0]),
        lambda item: ends[item],
        lambda item: (sum(ends[item]), ends[item][0]),
    )
    orders = [sorted(items, key=key) for key in keys]
    return min(orders, key=lambda order: _crossings(left, order, wires) + _crossings(order, right, wires))


def _nets(layers: Sequence[Sequence[int]], wires: _Wires) -> tuple[tuple[Net, ...], ...]:
    """Lines part behind nodes' layers and meet behind the layers between."""
    return tuple(
        tuple(Net((item,), tuple(wires.after[item])) for item in left if wires.after[item]) if number % 2 == 0
        else tuple(Net(tuple(wires.before[item]), (item,)) for item in right if wires.before[item])
        for number, (left, right) in enumerate(pairwise(layers))
    )  # fmt: skip


def _crossings(left: Sequence[int], right: Sequence[int], wires: _Wires) -> int:
    """How often lines cross between two layers."""
    place = {item: index for index, item in enumerate(right)}
    count = 0
    seen: list[int] = []
    for item in left:
        ends = sorted(place[other] for other in wires.after[item])
        count += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return count
