"""The derivative of a variable as a graph of its own: it can be drawn, evaluated and differentiated again."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from graphviz_ad.algebra.factor_order import factor_ranks
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import ChainLine, Derivative, Expression
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, Builder, Graph, Node, needed_by, needed_nodes
from graphviz_ad.core.names import MAX_ORDER, UNNAMED, DerivativeName, Name, derivative_of
from graphviz_ad.core.request import Symbol
from graphviz_ad.derive.chain import total_derivative
from graphviz_ad.derive.edge_derivatives import edge_derivatives, is_power_of_zero, rule
from graphviz_ad.derive.graph_view import find, graph_view, is_alone, varying

_MANY = r"\s*(?:\^?\{?(\d+)\}?|([²³]))?\s*"
_PARTIAL = r"∂|\\partial"
_ALONE = re.compile(rf"\s*(?:d|{_PARTIAL})\s*([^/]+?)\s*")
_DIGITS = {"²": 2, "³": 3}


def requested(text: str, graph: Graph, by_computed: bool = False) -> DerivativeName | None:
    """The derivative that a reader asks for: dz/dx, d z/d x, d^2z/dx^2, ∂²z/∂x∂y; if `by_computed`, a first one by any
    variable. None for the name of a variable. Raises AdgraphError where it is not a derivative of this graph."""
    above, stroke, below = text.partition("/")
    start = re.match(rf"\s*(d|{_PARTIAL}){_MANY}", above)
    if not stroke or start is None or any(node.name == text for node in graph.nodes):
        return None
    symbol = "d" if start[1] == "d" else "∂"
    of = graph.name(find(graph, above[start.end() :].strip()))
    known = sorted((node.name for node in graph.nodes if node.op == INPUT and node.name), key=len, reverse=True)
    step = re.compile(rf"\s*/?\s*(?:{'d' if symbol == 'd' else _PARTIAL})\s*({'|'.join(map(re.escape, known))}){_MANY}")
    wrts: list[Name] = []
    place = 0
    while place < len(below):
        found = step.match(below, place) if known else None
        alone = _ALONE.fullmatch(below) if by_computed and not (start[2] or start[3]) else None
        if found is None and alone is not None:
            return DerivativeName(symbol, of, (graph.name(find(graph, alone[1])),))
        if found is None:
            shown = ", ".join(known) or "none"
            raise AdgraphError(f"'{text}' is not a derivative with respect to inputs", hint=f"the inputs are {shown}")
        wrts += [Name(found[1])] * min(_count(found[2], found[3]), MAX_ORDER + 1)
        place = found.end()
    order = _count(start[2], start[3])
    if not 0 < order <= MAX_ORDER:
        raise AdgraphError(f"'{text}' is of order {order}", hint=f"ask for an order from 1 to {MAX_ORDER}")
    if order != len(wrts):
        raise AdgraphError(f"'{text}' has order {order} above and {len(wrts)} below", hint="write d^2z/dx^2")
    return DerivativeName(symbol, of, tuple(wrts))


def _count(digits: str | None, superscript: str | None) -> int:
    return int(digits) if digits else _DIGITS[superscript] if superscript else 1


def with_derivative(
    graph: Graph,
    of: str,
    wrts: Sequence[str],
    kept: bool = False,
    among: Collection[str] = (),
    symbol: Symbol = "auto",
) -> Graph:
    """The graph of a derivative of a variable, the last of `wrts` taken first; what it reads is part of it. If `kept`,
    it is written over the variables that the graph has, not over the inputs alone. Inputs that are not `among` those
    that vary, by default all, are parameters: dL/db where L depends on b and on parameters."""
    varies = {graph.nodes[find(graph, each)].name for each in (*among, *wrts)} if among else set()
    name = graph.name(find(graph, of))
    for wrt in reversed([graph.name(find(graph, wrt)) for wrt in wrts]):
        if any(node.name == wrt for node in graph.nodes):
            here = [node.name for node in graph.nodes if node.name in varies and node.name is not None]
            graph = differentiated(graph, find(graph, name), find(graph, wrt), kept, here, symbol)
        else:  # a derivative before no longer reads it
            symbol_before = name.symbol if isinstance(name, DerivativeName) else "d"
            graph = _named(Builder(), None, derivative_of(name, wrt, symbol_before), graph)
        name = graph.name(graph.outputs[0])
    return graph


def differentiated(
    graph: Graph, of: int, wrt: int, kept: bool = False, among: Collection[str] = (), symbol: Symbol = "auto"
) -> Graph:
    """The derivative of a node with respect to an input as the output of a graph: multiplied out as its chain is or,
    where that is too long, by reverse accumulation, the adjoints of variables with names of their own. If `kept`, by
    reverse accumulation over the variables that the graph has."""
    here = graph_view(graph, False, among)
    algebra = Algebra({name: rank for rank, name in enumerate(here.names.values())}, True, factor_ranks(graph))
    total, result = total_derivative(here, algebra, edge_derivatives(here, algebra), of, wrt, symbol)
    if kept:
        return _accumulated(graph, of, wrt, total.partial, named=False)
    if result is not None:
        place = {name: index for index, name in here.names.items()}
        return _grown(graph, to_graph(algebra, result), place, _name(graph.name(of), graph.name(wrt), total.partial))
    return _accumulated(graph, of, wrt, total.partial)


def _name(of: Name, wrt: Name, partial: bool) -> DerivativeName:
    return derivative_of(of, wrt, "∂" if partial else "d")


def zero(graph: Graph, wrt: Name) -> Chain:
    """The chain of an output with respect to a variable that it does not read."""
    name = graph.name(graph.outputs[0])
    left = Derivative(name, wrt, isinstance(name, DerivativeName) and name.symbol == "∂")
    nothing = Expression(Graph((Node(CONST, (), 0),), (0,)))
    return Chain(name, wrt, (ChainLine(left, None, performed=nothing),))


def _grown(graph: Graph, expression: Graph, known: Mapping[Name, int], name: Name) -> Graph:
    """The expression as a named output, over the nodes of the graph that it reads, `known` by their names."""
    builder, place = _copied(graph, [known[node.name] for node in expression.nodes if node.op == INPUT and node.name])
    made = builder.inline(expression.nodes, lambda node: place[known[node.name or UNNAMED]])
    return _named(builder, made[expression.outputs[0]], name, graph)


def _named(builder: Builder, output: int | None, name: Name, graph: Graph) -> Graph:
    """The graph of an output, None for 0, under its name."""
    if output is None:
        output = builder.add(CONST, (), 0)
    if builder.nodes[output].name is not None:  # dz/dx = y
        output = builder.add("copy", (output,))
    builder.rename(output, name)
    return needed_by(builder.nodes, [output], graph.functions)


def _copied(graph: Graph, roots: Sequence[int]) -> tuple[Builder, dict[int, int]]:
    """A builder with the nodes that these depend on, and the place of each."""
    builder = Builder()
    place: dict[int, int] = {}
    for index in sorted(needed_nodes(graph.nodes, roots)):
        node = graph.nodes[index]
        place[index] = builder.keep(node.replace(args=tuple(place[arg] for arg in node.args)))
    return builder, place


# ---- reverse accumulation


def accumulated(graph: Graph, of: Name, wrts: Sequence[Name]) -> Graph:
    """The graph of a derivative by variables or inputs, the last of `wrts` taken first: each by reverse accumulation,
    nothing simplified, what is read before kept."""
    for wrt in reversed(wrts):
        if wrt in graph.places:
            graph = _accumulated(graph, graph.places[of], graph.places[wrt], partial=False, named=False)
        else:  # a derivative before no longer reads it
            graph = _named(Builder(), None, derivative_of(of, wrt, "d"), graph)
        of = graph.name(graph.outputs[0])
    return graph


def _accumulated(graph: Graph, of: int, wrt: int, partial: bool, named: bool = True) -> Graph:
    """The adjoint of a node, each operation's rule written out once; linear in the graph."""
    builder, place = _copied(graph, [of])
    varies = varying(graph, {wrt})
    bars: dict[int, int | None] = {of: None}  # None is 1
    for index in range(of, wrt, -1):
        node = graph.nodes[index]
        if index not in bars:
            continue
        bar = bars[index]
        if named and node.name is not None and node.args and index != of and bar is not None:
            name = _name(graph.name(of), node.name, partial)
            if builder.nodes[bar].name is not None:
                bar = builder.add("copy", (bar,))
            builder.rename(bar, name)
        for k, arg in enumerate(node.args):
            if varies[arg] and not is_power_of_zero(graph, index, k):
                known = dict(zip(operation(node.op).params, (place[a] for a in node.args), strict=True)) | {
                    "out": place[index]
                }
                local = _local(builder, rule(node.op, k, is_alone(graph, index, k)), known)
                flow = local if bar is None else _times(builder, bar, local)
                before = bars.get(arg, 0)
                bars[arg] = flow if arg not in bars else _plus(builder, before, flow)
    total = bars.get(wrt)
    if wrt in bars and total is None:
        total = builder.add(CONST, (), 1)
    return _named(builder, total, _name(graph.name(of), graph.name(wrt), partial), graph)


def _local(builder: Builder, expression: Graph, known: Mapping[str, int]) -> int | None:
    """A rule of the table written out; None where it is 1."""
    if expression.nodes[expression.outputs[0]].value == 1:
        return None
    return builder.inline(expression.nodes, lambda node: known[node.name or ""])[expression.outputs[0]]


def _times(builder: Builder, bar: int, local: int | None) -> int:
    return bar if local is None else builder.add("mul", (bar, local))


def _plus(builder: Builder, left: int | None, right: int | None) -> int:
    terms = tuple(builder.add(CONST, (), 1) if term is None else term for term in (left, right))
    return builder.add("add", terms)
