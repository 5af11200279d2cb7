"""What is said of the functions that a user defines and keeps: their definitions, and the derivatives of these."""

from __future__ import annotations

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Definition, Expression
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT, Builder, Function, Graph
from graphviz_ad.core.names import Name
from graphviz_ad.derive.edge_derivatives import edge_derivatives
from graphviz_ad.derive.graph_view import written_out


def definitions(graph: Graph) -> tuple[Definition, ...]:
    """f(u) = u² + 1, for each function that is kept."""
    return tuple(Definition(_applied(function), Expression(function.body)) for function in graph.functions)


def derivatives(graph: Graph) -> tuple[Definition, ...]:
    """f′(u) = 2u, for each function that is kept and each of its parameters, as far as it is not too long."""
    return tuple(line for function in graph.functions for line in _derivatives(function))


def _derivatives(function: Function) -> list[Definition]:
    nodes = list(function.body.nodes)
    root = function.body.outputs[0]
    if nodes[root].op == INPUT:
        nodes, root = [*nodes, nodes[root].replace(op="copy", args=(root,), name=None)], len(nodes)
    nodes[root] = nodes[root].replace(name=Name(f"{function.name}()"))  # no name that a reader can write
    here = written_out(Graph(tuple(nodes), (root,)))
    algebra = Algebra({name: rank for rank, name in enumerate(function.params)}, differentiated=True)
    found = {
        here.names[wrt]: None if partial.in_parts else partial.total
        for (_, wrt), partial in edge_derivatives(here, algebra).items()
    }
    lines = []
    for place, param in enumerate(function.params, 1):
        total = found.get(param, algebra.zero)
        if total is not None:
            lines.append(Definition(_applied(function, (place,)), Expression(to_graph(algebra, total))))
    return lines


def _applied(function: Function, wrt: tuple[int, ...] = ()) -> Expression:
    builder = Builder()
    args = tuple(builder.add(INPUT, (), None, param) for param in function.params)
    return Expression(builder.build((builder.add(UserFunction(function.name, len(args), wrt), args),)))
