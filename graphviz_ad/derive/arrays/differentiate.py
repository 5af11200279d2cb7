"""A system with a derivative of its own as a further variable: what second derivatives are taken of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import ChainLine, Derivative, Expression
from graphviz_ad.core.graph import CONST, Builder, Graph, Node, needed_by
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.derive.arrays.chain import ArrayChains, array_chains, is_partial, total_form
from graphviz_ad.derive.arrays.edges import array_edges
from graphviz_ad.derive.graph_view import GraphView, graph_view

WHOLE = 10**9  # symbols of an equation that has no names for its parts, since nothing would say what these are


def with_gradient(system: ArrayChains, of: int, wrt: int) -> Graph:
    """The system whose one output is the derivative of a node by another. Raises AdgraphError where that has no matrix
    notation, or is a matrix, whose derivative by a vector would have three axes."""
    view = system.graph_view
    name = DerivativeName("∂" if is_partial(system, of, wrt) else "d", view.names[of], (view.names[wrt],))
    shape = view.graph.nodes[wrt].type.shape
    if view.graph.nodes[of].type.shape:
        text = f"{name.of} is no number, and a second derivative of it has three axes or more"
        raise AdgraphError(text, hint=f"take that of a number: add L = sum({name.of})")
    if 1 not in matrix(shape):
        text = f"{name} is a matrix, and its derivative has three axes or more"
        raise AdgraphError(text, hint="take second derivatives by vectors: --wrt")
    made = total_form(system, of, wrt)
    if made is None:
        raise AdgraphError(f"{name} has no matrix notation", hint="give names to parts of its equations")
    return _joined(view, made, name)


def second_derivatives(system: ArrayChains, of: Sequence[int], wrt: Sequence[int]) -> list[Chain]:
    """The second derivatives of numbers by all pairs of variables that make a number, a vector or a matrix of them: by
    a matrix together with numbers alone. Raises AdgraphError where there are none."""
    found: list[Chain] = []
    refused: AdgraphError | None = None
    nodes = system.graph_view.graph.nodes
    for output in of:
        for pair in combinations_with_replacement(wrt, 2):
            first, second = sorted(pair, key=lambda node: len(nodes[node].type.shape))
            try:
                found.append(_second(system, output, first, second))
            except AdgraphError as error:
                refused = refused or error
    if not found and refused is not None:
        raise refused
    return found


def _second(system: ArrayChains, of: int, first: int, second: int) -> Chain:
    """One second derivative. Raises AdgraphError where it has three axes or more."""
    graph = system.graph_view.graph
    shapes = [graph.nodes[node].type.shape for node in (first, second)]
    if shapes[0] and 1 not in matrix(shapes[1]):
        first, second = second, first  # which says what is the matter
    chains = of_gradient(system, of, first)
    here, name = chains.graph_view.graph, graph.name(second)
    if name in here.places:
        (made,) = array_chains(chains, here.outputs, [here.places[name]])
        rows, columns = (system.graph_view.names[node] for node in (first, second))
        said = (f"a row for each entry of {rows}, a column for each of {columns}",)
        return made.replace(notes=(*made.notes, *said)) if all(shapes) and first != second else made
    total = Derivative(here.name(here.outputs[0]), name, is_partial(chains, here.outputs[0]))
    zero = Expression(Graph((Node(CONST, (), 0),), (0,)))
    return Chain(here.name(here.outputs[0]), name, (ChainLine(total, None, performed=zero),))


def of_gradient(system: ArrayChains, of: int, wrt: int) -> ArrayChains:
    """What the chains of a derivative need: of the node that it is, by others of the same names."""
    view = graph_view(with_gradient(system, of, wrt), False, long=WHOLE)
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
