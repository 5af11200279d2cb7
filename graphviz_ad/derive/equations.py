"""The equations of a graph view: what each of its vertices is, over those that it reads."""

from __future__ import annotations

from collections.abc import Collection

from graphviz_ad.core.formula import Definition, Expression, Variable
from graphviz_ad.core.graph import INPUT, Graph, Node
from graphviz_ad.derive.functions import definitions
from graphviz_ad.derive.graph_view import GraphView


def equations(graph_view: GraphView) -> tuple[Definition, ...]:
    """What each variable that is not an input is, as it was written, over the vertices that it reads; before them the
    functions that are kept."""
    return definitions(graph_view.graph) + tuple(
        Definition(Variable(name), Expression(definition(graph_view, node)))
        for node, name in graph_view.names.items()
        if graph_view.graph.nodes[node].op != INPUT
    )


def unnamed(graph_view: GraphView, mentioned: Collection[str]) -> tuple[Definition, ...]:
    """What the vertices without a name of their own are that are mentioned, and those that these mention in turn."""
    wanted: set[int] = set()
    for node in reversed(graph_view.names):
        if graph_view.graph.nodes[node].name is None and (node in wanted or graph_view.names[node] in mentioned):
            wanted.add(node)
            wanted.update(graph_view.reads(node))
    return tuple(
        Definition(Variable(name), Expression(definition(graph_view, node)))
        for node, name in graph_view.names.items()
        if node in wanted and graph_view.graph.nodes[node].name is None
    )


def definition(graph_view: GraphView, root: int) -> Graph:
    """The right side of a vertex's equation, made once: a graph whose inputs are the vertices that it reads."""
    known = graph_view.definitions
    if root not in known:
        known[root] = _definition(graph_view, root)
    return known[root]


def _definition(graph_view: GraphView, root: int) -> Graph:
    interior = set(graph_view.interior(root))
    kept = sorted(interior.union(graph_view.reads(root)))
    place = {old: new for new, old in enumerate(kept)}
    nodes = []
    for old in kept:
        node = graph_view.graph.nodes[old]
        if old in interior:
            nodes.append(node.replace(args=tuple(place[arg] for arg in node.args), name=None))
        else:
            nodes.append(Node(INPUT, (), None, graph_view.names[old]))
    return Graph(tuple(nodes), (place[root],))
