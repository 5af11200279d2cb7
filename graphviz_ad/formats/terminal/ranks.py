"""The arrangement of a figure, as a drawing in characters needs it: the layer of each node, and the order in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.diagram import Diagram, Vertex
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.layered.net import ALL, ITSELF, OPERATION, Item


class Ranks(Record):
    """For each node, by its index, its layer and its place in it; and where in other layers lines run. An operation and
    the variable that it makes are one node, in the layer of the operation."""

    nodes: tuple[int, ...]
    spine: tuple[int, ...]  # the nodes on it, by their indices
    layer: tuple[int, ...]
    place: tuple[int, ...]
    columns: tuple[int, ...]  # of the arrangement, that of each layer, by which it is ordered
    found: Mapping[Item, tuple[int, int]]  # where in the arrangement each item is: its column, and its place in it

    def line(self, tail: int, head: int, layer: int) -> tuple[object, int]:
        """The line on which an arrow passes a layer, and where that is."""
        column = self.columns[layer]
        one, other = self.nodes[tail], self.nodes[head]
        hidden = self.found.get((other, OPERATION, ALL))
        if hidden is not None and hidden[0] == column:  # what is not drawn here has its place taken
            return (one, other), hidden[1]
        line = _line(one, other, column, self.found)
        return ((one, other), self.place[head]) if line is None else (line, self.found[line][1])


def ranks_of(diagram: Diagram, arrangement: Arrangement) -> Ranks:
    """The ranks of the vertices of a diagram of the arrangement, by their nodes."""
    found = {
        item: (column, place) for column, items in enumerate(arrangement.columns) for place, item in enumerate(items)
    }
    vertices = sorted(diagram.vertices, key=lambda vertex: vertex.node)
    entry = [found[vertex.node, OPERATION if vertex.gate is not None else ITSELF, ALL][0] for vertex in vertices]
    layers = _layers(vertices, entry, {max(arrow.tail, arrow.head) for arrow in diagram.arrows})
    columns = tuple(columns[-1] for columns in layers)
    layer = {column: number for number, columns in enumerate(layers) for column in columns}
    index = {vertex.node: number for number, vertex in enumerate(vertices)}
    return Ranks(
        tuple(index),
        tuple(index[node] for node, part, _ in arrangement.spine if part == ITSELF and node in index),
        tuple(layer[column] for column in entry),
        tuple(_place(vertex, columns[layer[column]], found) for vertex, column in zip(vertices, entry, strict=True)),
        columns,
        found,
    )


def _layers(vertices: Sequence[Vertex], entry: Sequence[int], made: set[int]) -> list[list[int]]:
    """The columns of each layer. Inputs alone beside a variable are in the layer of the operation that makes it."""
    layers: list[list[int]] = []
    operations = {own for vertex, own in zip(vertices, entry, strict=True) if vertex.gate is not None}
    for column in sorted(set(entry)):
        here = [vertex.node for vertex, own in zip(vertices, entry, strict=True) if own == column]
        if layers and layers[-1] == [column - 1] and column - 1 in operations and made.isdisjoint(here):
            layers[-1].append(column)
        else:
            layers.append([column])
    return layers


def _place(vertex: Vertex, column: int, found: Mapping[Item, tuple[int, int]]) -> int:
    """The place of a node in the column by which its layer is ordered."""
    own, node = (vertex.node, ITSELF, ALL), vertex.node
    return found[_first_in(column, found, (node, OPERATION, ALL), own, (node, column, ALL)) or own][1]


def _line(tail: int, head: int, column: int, found: Mapping[Item, tuple[int, int]]) -> Item | None:
    """The item of an arrow in a column, where it has one."""
    return _first_in(column, found, (tail, column, head), (tail, column, ALL), (tail, ITSELF, ALL))


def _first_in(column: int, found: Mapping[Item, tuple[int, int]], *items: Item) -> Item | None:
    """The first of some items that is in a column."""
    return next((item for item in items if found.get(item, (-1, 0))[0] == column), None)
