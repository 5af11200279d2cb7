"""A system of vectors and matrices at a point: values, gradients, and the derivative on each edge, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphviz_ad.core.graph import Graph
from graphviz_ad.derive.graph_view import GraphView
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.point.arrays.kinks import notes_at_kinks
from graphviz_ad.point.arrays.values import ArrayValue, array_values
from graphviz_ad.point.evaluation import Edge, Evaluation
from graphviz_ad.read.array_table import Array, numpy


def array_evaluation(
    graph_view: GraphView, of: Sequence[int], wrt: Sequence[int], at: Mapping[str, ArrayValue]
) -> Evaluation:
    """The numbers at a point. A gradient has the shape of its variable; of a vector, and on an edge, the axes of the
    left come first. Raises AdgraphError where a value is missing or does not exist."""
    graph, names = graph_view.graph, graph_view.names
    found = array_values(graph, at)
    gradient: dict[str, dict[str, Any]] = {
        graph.name(output): {names[source]: nested(derivative(graph, output, source, found)) for source in wrt}
        for output in of
    }
    named = frozenset(graph.places.values())
    edges = tuple(
        Edge(names[node], names[read], nested(derivative(graph, node, read, found, named)))
        for node in names
        if node in graph_view.active and graph.nodes[node].args and node in named
        for read in _named_reads(graph_view, node, named)
        if read in graph_view.active
    )
    shown = {**graph.places, **{name: index for index, name in names.items()}}
    values: dict[str, Any] = {name: nested(found[index]) for name, index in shown.items()}
    return Evaluation(values, gradient, edges, notes_at_kinks(graph, found))


def _named_reads(graph_view: GraphView, node: int, named: frozenset[int]) -> list[int]:
    """The variables that a node reads, also through what has a name in figures alone."""
    found: dict[int, None] = {}
    left = [*graph_view.reads(node)][::-1]
    while left:
        read = left.pop()
        if read in named:
            found.setdefault(read)
        else:
            left += [*graph_view.reads(read)][::-1]
    return list(found)


def derivative(graph: Graph, of: int, wrt: int, found: Sequence[Array], stops: frozenset[int] = frozenset()) -> Array:
    """The derivative of a node by another as an array: an adjoint for each entry of the left."""
    np = numpy()
    left, right = np.shape(found[of]), np.shape(found[wrt])
    made = np.zeros((*left, *right))
    for place in np.ndindex(*left):
        seed = np.zeros(left)
        seed[place] = 1.0
        bars = array_adjoints(graph, of, found, seed if left else 1.0, stops)
        made[place] = bars.get(wrt, np.zeros(right)) if wrt != of else seed
    return made


def nested(value: Array) -> Any:
    """An array as nested lists, a number as one."""
    return value.tolist() if hasattr(value, "tolist") else float(value)
