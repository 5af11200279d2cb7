"""The equations of a graph view: what each of its vertices is, over those that it reads."""

from __future__ import annotations

from collections.abc import Collection

from graphviz_ad.core.formula import Definition, Expression, Variable
from graphviz_ad.core.graph import INPUT
from graphviz_ad.derive.functions import definitions
from graphviz_ad.derive.graph_view import GraphView, definition


def equations(graph_view: GraphView) -> tuple[Definition, ...]:
    """What each variable that is not an input is, as it was written, over the vertices that it reads; before them the
    functions that are kept."""
    return definitions(graph_view.graph) + tuple(
        Definition(Variable(name), Expression(definition(graph_view, node)))
        for node, name in graph_view.names.items()
        if graph_view.graph.nodes[node].op != INPUT
    )


def unnamed(graph_view: GraphView, mentioned: Collection[str]) -> tuple[Definition, ...]:
    """Equations for the vertices without a name of their own that are mentioned, and for those that these mention."""
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
