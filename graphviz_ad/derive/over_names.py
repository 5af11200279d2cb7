"""The total derivative of a variable over the variables of its system: what a node with a name is, is written by that
name, as texts on networks do, (a - y)x."""

from __future__ import annotations

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.together import together
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.derive.edge_derivatives import derivative
from graphviz_ad.derive.graph_view import varying

MAX_NODES = 2000  # of a system whose derivative is written out
MAX_SIZE = 400  # symbols of an expression on the way


def over_names(graph: Graph, algebra: Algebra, of: int, wrt: int) -> int | None:
    """The derivative as an expression of the pool; None where it is too long."""
    if of - wrt > MAX_NODES:
        return None
    varies = varying(graph, {wrt})
    value: list[int] = []
    for node in graph.nodes[: of + 1]:
        is_named = node.name is not None and (node.op == INPUT or node.args)
        value.append(algebra.variable(node.name) if is_named and node.name is not None
                     else algebra.node(node, [value[arg] for arg in node.args]))  # fmt: skip
    bars: dict[int, list[int]] = {of: [algebra.one]}
    for index in range(of, wrt, -1):
        node = graph.nodes[index]
        if index not in bars:
            continue
        bar = algebra.add(*bars[index])
        args = [value[arg] for arg in node.args]
        for k, arg in enumerate(node.args):
            if varies[arg]:
                local = derivative(algebra, node.op, k, args, value[index])
                flow = algebra.multiply(bar, local)
                if algebra.size[flow] > MAX_SIZE:
                    return None
                bars.setdefault(arg, []).append(flow)
    return textbook(algebra, together(algebra, bars[wrt])) if wrt in bars else algebra.zero
