"""The total derivative of a variable over the variables of its system: what a node with a name is, is written by that
name, as texts on networks do, (a - y)x."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.together import together
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import UNNAMED
from graphviz_ad.core.reach import reached
from graphviz_ad.derive.edge_derivatives import derivative
from graphviz_ad.derive.graph_view import is_alone, varying

MAX_NODES = 2000  # of a system whose derivative is written out
MAX_SIZE = 400  # symbols of an expression on the way


def over_names(graph: Graph, algebra: Algebra, of: int, wrt: int) -> int | None:
    """The derivative as an expression of the pool; None where it is too long."""
    if of - wrt > MAX_NODES:
        return None
    varies = varying(graph, {wrt})
    value: dict[int, int] = {}
    for index in sorted(_needed(graph, of, varies)):
        node = graph.nodes[index]
        is_variable = node.name is not None and (node.op == INPUT or node.args)
        value[index] = (
            algebra.variable(node.name or UNNAMED)
            if is_variable
            else algebra.node(node, [value[arg] for arg in node.args])
        )
    bars: dict[int, list[int]] = {of: [algebra.one]}
    for index in sorted(value, reverse=True):
        node = graph.nodes[index]
        if index not in bars or index <= wrt:
            continue
        bar = algebra.add(*bars[index])
        args = [value[arg] for arg in node.args]
        for k, arg in enumerate(node.args):
            if varies[arg]:
                local = derivative(algebra, node.op, k, args, value[index], is_alone(graph, index, k))
                flow = algebra.multiply(bar, local)
                if algebra.size[flow] > MAX_SIZE:
                    return None
                bars.setdefault(arg, []).append(flow)
    return textbook(algebra, together(algebra, bars[wrt])) if wrt in bars else algebra.zero


def _needed(graph: Graph, of: int, varies: Sequence[bool]) -> set[int]:
    """The nodes on the way, and what the equations of those are made of."""
    nodes = graph.nodes
    return reached([of], lambda at: nodes[at].args if at == of or varies[at] or nodes[at].name is None else ())
