"""A system at a point: the value of each variable, the gradient, and the derivative on each edge, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graphviz_ad.graph import INPUT, Graph
from graphviz_ad.notation.names import loose_key
from graphviz_ad.transform.cut import Cut
from graphviz_ad.transform.evaluate import adjoints, kinks, local, values


class Edge(NamedTuple):
    """The local derivative of one variable with respect to another that it reads."""

    of: str
    wrt: str
    value: float


class Evaluation(NamedTuple):
    """`values` by variable, `gradient` by output and input, `edges` of the simplified graph, and notes on kinks."""

    values: dict[str, float]
    gradient: dict[str, dict[str, float]]
    edges: tuple[Edge, ...]
    notes: tuple[str, ...] = ()


def evaluation(cut: Cut, of: Sequence[int], wrt: Sequence[int], at: Mapping[str, float]) -> Evaluation:
    """The numbers of a system at a point. Raises AdgraphError where a value is missing or does not exist."""
    graph = cut.graph
    found = values(graph, at)
    names = {index: node.name for index, node in enumerate(graph.nodes) if node.name is not None}
    gradient = {}
    for output in of:
        bars = adjoints(graph, output, found, wrt)
        gradient[names[output]] = {names[source]: bars[source] for source in wrt}
    edges = tuple(Edge(cut.names[node], cut.names[read], value) for (node, read), value in slopes(cut, found).items())
    return Evaluation({name: found[i] for i, name in names.items()}, gradient, edges, tuple(kinks(graph, found)))


def slopes(cut: Cut, found: Sequence[float]) -> dict[tuple[int, int], float]:
    """The local derivative of each cut node with respect to each varying cut node that it reads, as a number."""
    nodes = cut.graph.nodes
    edges: dict[tuple[int, int], float] = {}
    for node in cut.names:
        reads = [read for read in cut.reads(node) if read in cut.active]
        if node not in cut.active or not reads:
            continue
        bars = {node: 1.0}
        for index in sorted(cut.interior(node), reverse=True):
            bar = bars.get(index)
            for k, arg in enumerate(nodes[index].args) if bar else ():
                if arg in cut.active:
                    bars[arg] = bars.get(arg, 0.0) + (bar or 0.0) * local(cut.graph, index, k, found)
        edges.update({(node, read): bars.get(read, 0.0) for read in reads})
    return edges


def at_inputs(graph: Graph, at: Mapping[str, float]) -> dict[str, float]:
    """Values by the names that the inputs have in the graph; `theta` gives θ its value."""
    known = {loose_key(name): value for name, value in at.items()}
    names = [node.name for node in graph.nodes if node.op == INPUT and node.name is not None]
    return {name: known[loose_key(name)] for name in names if loose_key(name) in known}
