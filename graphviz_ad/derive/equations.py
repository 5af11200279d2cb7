"""The equations of a graph view: what each of its vertices is, over those that it reads."""

from __future__ import annotations

from collections.abc import Collection

from graphviz_ad.core.formula import Equation, Expression, Variable
from graphviz_ad.core.graph import INPUT, Graph, Node
from graphviz_ad.derive.functions import definitions
from graphviz_ad.derive.graph_view import Cut


def equations(cut: Cut) -> tuple[Equation, ...]:
    """What each variable that is not an input is, as it was written, over the cut nodes that it reads; before them the
    functions that are kept."""
    return definitions(cut.graph) + tuple(
        Equation((Variable(name), Expression(definition(cut, node))))
        for node, name in cut.names.items()
        if cut.graph.nodes[node].op != INPUT
    )


def unnamed(cut: Cut, mentioned: Collection[str]) -> tuple[Equation, ...]:
    """What the cut nodes without a name of their own are that are mentioned, and those that these mention in turn."""
    wanted: set[int] = set()
    for node in reversed(cut.names):
        if cut.graph.nodes[node].name is None and (node in wanted or cut.names[node] in mentioned):
            wanted.add(node)
            wanted.update(cut.reads(node))
    return tuple(
        Equation((Variable(name), Expression(definition(cut, node))))
        for node, name in cut.names.items()
        if node in wanted and cut.graph.nodes[node].name is None
    )


def definition(cut: Cut, root: int) -> Graph:
    """The right side of a cut node's equation: a graph whose inputs are the cut nodes that it reads."""
    interior = set(cut.interior(root))
    kept = sorted(interior.union(cut.reads(root)))
    place = {old: new for new, old in enumerate(kept)}
    nodes = []
    for old in kept:
        node = cut.graph.nodes[old]
        if old in interior:
            nodes.append(node._replace(args=tuple(place[arg] for arg in node.args), name=None))
        else:
            nodes.append(Node(INPUT, (), None, cut.names[old]))
    return Graph(tuple(nodes), (place[root],))
