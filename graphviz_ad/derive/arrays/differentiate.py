"""A system with a derivative of its own as a further variable: what second derivatives are taken of."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Builder, Graph, needed_by
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.derive.arrays.chain import ArrayChains, total_form
from graphviz_ad.derive.arrays.edges import array_edges
from graphviz_ad.derive.graph_view import GraphView, graph_view


def with_gradient(system: ArrayChains, of: int, wrt: int, symbol: str = "∂") -> Graph:
    """The system whose one output is the derivative of a node by another. Raises AdgraphError where that has no matrix
    notation, or is a matrix, whose derivative by a vector would have three axes."""
    view = system.graph_view
    name = DerivativeName(symbol, view.names[of], (view.names[wrt],))
    shape = view.graph.nodes[wrt].type.shape
    if view.graph.nodes[of].type.shape:
        text = f"{name.of} is no number, and a second derivative of it has three axes or more"
        raise AdgraphError(text, hint=f"take that of a number: add L = sum({name.of})")
    if 1 not in matrix(shape):
        text = f"{name} is a matrix, and its derivative has three axes or more"
        raise AdgraphError(text, hint="take second derivatives by vectors, --wrt; or by vec(W), a vector of its own")
    made = total_form(system, of, wrt)
    if made is None:
        raise AdgraphError(f"{name} has no matrix notation", hint="give names to parts of its equations")
    return _joined(view, made, name)


def of_gradient(system: ArrayChains, of: int, wrt: int) -> ArrayChains:
    """What the chains of a derivative need: of the node that it is, by others of the same names."""
    view = graph_view(with_gradient(system, of, wrt), False)
    edges = array_edges(view, system.indexed, system.conventions)
    return ArrayChains(view, system.indexed, edges, system.symbol, system.conventions, system.shapes)


def _joined(view: GraphView, made: Graph, name: DerivativeName) -> Graph:
    graph, builder = view.graph, Builder()
    builder.nodes = list(graph.nodes)
    known = {called: node for node, called in view.names.items()}
    place = builder.inline(made.nodes, lambda node: known[node.name] if node.name is not None else 0)
    root = place[made.outputs[0]]
    if root < len(graph.nodes):
        node = graph.nodes[root]
        root = builder.add("copy", (root,), None, None, None, node.type)
    builder.rename(root, name)
    return needed_by(builder.nodes, [root], graph.functions)
