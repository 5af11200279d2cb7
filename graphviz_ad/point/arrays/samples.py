"""Random points of a system of vectors and matrices, at which claims are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import INPUT, Graph, Node, Type
from graphviz_ad.core.ops.row import terms_of
from graphviz_ad.derive.arrays.assumptions import ArrayAssumptions
from graphviz_ad.point.arrays.values import array_values
from graphviz_ad.read.array_table import Array, numpy

POINTS = 8
TRIED = 48
_LETTERED = 3  # the first size that a letter stands for; each has its own


def lettered(graph: Graph) -> dict[str, int]:
    """A number for each letter that is the size of an axis."""
    terms = (term for node in graph.nodes for size in _sizes(node) for term in terms_of(size))
    letters = dict.fromkeys(term for term in terms if isinstance(term, str))
    return {letter: _LETTERED + place for place, letter in enumerate(letters)}


def _sizes(node: Node) -> Iterator[int | str]:
    yield from node.type.shape
    yield from (value for key, value in node.type.attributes if key in _SIZES and isinstance(value, int | str))


_SIZES = ("size", "rows", "columns", "at")


def sized(graph: Graph, letters: Mapping[str, int]) -> Graph:
    """The graph with numbers for the letters among its sizes."""
    if not letters:
        return graph

    def number(size: Any) -> Any:
        return sum(letters[term] if isinstance(term, str) else term for term in terms_of(size))

    nodes = []
    for node in graph.nodes:
        attributes = tuple((key, number(value) if key in _SIZES else value) for key, value in node.type.attributes)
        type_of = node.type.replace(shape=tuple(map(number, node.type.shape)), attributes=attributes)
        nodes.append(node.replace(type=type_of) if node.type != Type() else node)
    return Graph(tuple(nodes), graph.outputs, graph.functions)


def samples(graph: Graph, assumed: ArrayAssumptions) -> list[list[Array]]:
    """The values of all nodes at random points, at which they have some: of both signs, then positive ones, so that
    logarithms have values. Inputs are what is assumed of them."""
    found: list[list[Array]] = []
    refused: AdgraphError | None = None
    for seed in range(TRIED):
        positive = seed % 2 == 1 or seed > TRIED // 2
        try:
            found.append(array_values(graph, _point(graph, seed, positive, assumed)))
        except AdgraphError as error:
            refused = error
        if len(found) == POINTS:
            break
    if not found and refused is not None:
        raise refused
    return found


def _point(graph: Graph, seed: int, positive: bool, assumed: ArrayAssumptions) -> Mapping[str, Any]:
    rng = numpy().random.default_rng(seed)
    found: dict[str, Any] = {}
    for node in graph.nodes:
        if node.op == INPUT and node.name is not None:
            sizes = tuple(size for size in node.type.shape if size != 1)
            made = rng.uniform(0.2, 1.2, sizes)
            made = made if positive else made * rng.choice([-1.0, 1.0], sizes)
            if node.name in assumed.sums:
                made = abs(made) * assumed.sums[node.name] / numpy().sum(abs(made))
            if node.name in assumed.rows:
                made = abs(made) * assumed.rows[node.name] / numpy().sum(abs(made), -1, keepdims=True)
            if node.name in assumed.symmetric:
                made = (made + made.T) / 2
            found[str(node.name)] = made.reshape(_given(node)) if sizes else float(made)
    return found


def _given(node: Node) -> Sequence[int]:
    """A row is given as one, since its shape decides how it is read."""
    return [int(size) for size in node.type.shape]
