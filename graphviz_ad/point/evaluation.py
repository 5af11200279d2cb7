"""A system at a point: the value of each variable, the gradient, and the derivative on each edge, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan, nan
from typing import TypeVar

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.graph_view import GraphView, varying
from graphviz_ad.point.at_kinks import AtKink, Corner, at_kinks, corner_at, limits
from graphviz_ad.point.evaluate import adjoints_over, is_needless, kinked, local, values

T = TypeVar("T")


class Edge(Record):
    """The local derivative of one variable with respect to another that it reads."""

    of: Name
    wrt: Name
    value: float


class Evaluation(Record):
    """`values` by variable, `gradient` by output and input, `edges` of the simplified graph, and notes on kinks."""

    values: dict[str, float]
    gradient: dict[str, dict[str, float]]
    edges: tuple[Edge, ...]
    notes: tuple[str, ...] = ()


class Evaluator:
    """A system that is ready to be evaluated at many points: what does not depend on the point is found once."""

    def __init__(self, graph_view: GraphView, of: Sequence[int], wrt: Sequence[int]) -> None:
        self.graph_view, self.wrt = graph_view, wrt
        self.of = [(output, graph_view.graph.name(output)) for output in of]
        self.varies = varying(graph_view.graph, wrt)
        self.between = inner(graph_view)
        self.kinked = kinked(graph_view.graph)

    def at(self, given: Mapping[str, float]) -> Evaluation:
        """The numbers at a point. Raises AdgraphError where a value is missing or does not exist."""
        graph, names = self.graph_view.graph, self.graph_view.names
        found = values(graph, given)
        point, beside = corner_at(graph, found, self.kinked), list[AtKink]()
        gradient: dict[str, dict[str, float]] = {}
        for output, name in self.of:
            bars = adjoints_over(graph, output, found, self.varies)
            gradient[name] = {names[source]: bars[source] for source in self.wrt}
            if point is not None:
                for source, here in at_kinks(point, output, {source: bars[source] for source in self.wrt}).items():
                    gradient[name][names[source]] = here.derivative
                    beside.append(here)
        slopes_here, _ = _slopes(self.graph_view, self.between, found, point)
        edges = tuple(Edge(names[node], names[read], value) for (node, read), value in slopes_here.items())
        shown = {**graph.places, **{name: index for index, name in names.items()}}
        in_order = sorted(shown.items(), key=lambda named: named[1])  # parts of a formula before what they are parts of
        reached: dict[str, float] = {name: found[index] for name, index in in_order}
        said: tuple[str, ...] = ()
        if point is not None:
            from graphviz_ad.point.kink_notes import at_its_limit, notes

            better = limits(point, graph)
            reached |= {name: better[index] for name, index in graph.places.items() if index in better}
            said = tuple(at_its_limit(point, index, limit, graph.places[name.wrts[0]])
                         for index, limit in better.items()
                         if isinstance(name := graph.name(index), DerivativeName))  # fmt: skip
            said += tuple(notes(point, beside, len(self.wrt) > 1))
        return Evaluation(reached, gradient, edges, said)


class Inner(Record):
    """What lies between a vertex and the varying ones that it reads: the operations that vary, the last first."""

    reads: tuple[int, ...]
    operations: tuple[int, ...]


def inner(graph_view: GraphView) -> dict[int, Inner]:
    """What lies between, for each vertex that varies and does not read all that it reads directly."""
    nodes, names, active = graph_view.graph.nodes, graph_view.names, graph_view.active
    found: dict[int, Inner] = {}
    for node in names:
        if node not in active or all(map(names.__contains__, nodes[node].args)):
            continue
        reads: dict[int, None] = {}
        between, stack = {node}, list(nodes[node].args[::-1])
        while stack:
            index = stack.pop()
            if index not in active or index in between:
                continue
            if index in names:
                reads[index] = None
            else:
                between.add(index)
                stack += nodes[index].args[::-1]
        found[node] = Inner(tuple(reads), tuple(sorted(between, reverse=True)))
    return found


EdgeNumbers = dict[tuple[int, int], float]


def slopes(graph_view: GraphView, found: Sequence[float]) -> tuple[EdgeNumbers, set[tuple[int, int]]]:
    """The local derivative of each vertex with respect to each varying vertex that it reads, as a number; and those
    that are not what the table makes of them, for the kinks between."""
    point = corner_at(graph_view.graph, found, kinked(graph_view.graph))
    return _slopes(graph_view, inner(graph_view), found, point)


def _slopes(
    graph_view: GraphView, between: Mapping[int, Inner], found: Sequence[float], point: Corner | None
) -> tuple[EdgeNumbers, set[tuple[int, int]]]:
    graph, nodes, active = graph_view.graph, graph_view.graph.nodes, graph_view.active
    edges: EdgeNumbers = {}
    others: set[tuple[int, int]] = set()
    stops = set() if point is None else {point.place[index] for index in graph_view.names}
    for node in graph_view.names:
        if node in between:
            reads, operations = between[node].reads, between[node].operations
            bars = {node: found[node] - found[node] + 1}  # no number for what is switched off
            for index in operations if reads else ():
                if bar := bars.get(index):
                    for k, arg in enumerate(nodes[index].args):
                        if arg in active and found[index] == found[index]:
                            bars[arg] = bars.get(arg, 0.0) + bar * local(graph, index, k, found)
            for read in reads:
                edges[node, read] = bars.get(read, bars[node] - 1)
            if point is not None and reads:
                own = {read: edges[node, read] for read in reads}
                for read, here in at_kinks(point, node, own, stops).items():
                    edges[node, read] = here.derivative
                    others |= {(node, read)} if here.is_another else set()
        elif node in active:
            for k, arg in enumerate(nodes[node].args):
                if arg in active:
                    has_value = not any(isnan(found[one]) for one in (node, *nodes[node].args))  # or it is switched off
                    slope = _slope(graph, node, k, found) if has_value else nan
                    edges[node, arg] = edges.get((node, arg), 0.0) + slope
    return edges, others


def _slope(graph: Graph, node: int, k: int, found: Sequence[float]) -> float:
    """The derivative of a node by its k-th argument; no number where it has none, and a switch makes it needless."""
    try:
        return local(graph, node, k, found)
    except AdgraphError:
        if is_needless(graph, node, found):
            return nan
        raise


def at_inputs(graph: Graph, at: Mapping[str, T]) -> dict[str, T]:
    """Values by the names that the inputs have in the graph; `theta` gives θ its value."""
    known = {Name(name).loose_key: value for name, value in at.items()}
    return {name: known[key] for name in graph.input_names() if (key := name.loose_key) in known}
