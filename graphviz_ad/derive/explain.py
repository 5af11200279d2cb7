"""Which rule gives each local derivative: the steps of a derivation, as they are said at the board."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.formula import Definition, Derivative, Equation, Expression, Formula, Label, Variable
from graphviz_ad.core.functions import UserFunction, operation
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Symbol
from graphviz_ad.derive.edge_derivatives import LocalDerivative
from graphviz_ad.derive.graph_view import GraphView, definition
from graphviz_ad.derive.symbol import is_partial


class Explained(Record):
    """One operation, the rule that differentiates it, and its derivative with respect to one of its operands."""

    operation: Definition
    rule: str
    derivative: Label


def steps(
    graph_view: GraphView, algebra: Algebra, local: Mapping[tuple[int, int], LocalDerivative], symbol: Symbol = "auto"
) -> list[Explained]:
    """The steps from the outputs to the inputs, one for each operand that varies."""
    found = []
    for node in sorted(graph_view.names, reverse=True):
        for wrt in (read for read in graph_view.reads(node) if read in graph_view.active and (node, read) in local):
            value = local[node, wrt].shown(algebra)
            if value is None:
                continue
            left = Derivative(graph_view.names[node], graph_view.names[wrt], is_partial(graph_view, node, symbol))
            line = Definition(Variable(graph_view.names[node]), Expression(definition(graph_view, node)))
            found.append(Explained(line, _rule(graph_view, node), _label(left, value)))
    return found


def _label(derivative: Derivative, value: Formula) -> Label:
    """What a derivative is; that of entries has a left side of its own."""
    if not isinstance(value, Equation):
        return Label(derivative, value)
    left, side, *_ = value.sides
    return Label(left, side) if isinstance(left, Derivative) else Label(derivative, left, side)


def _rule(graph_view: GraphView, index: int) -> str:
    """The rule of an operation, by what varies in it."""
    node = graph_view.graph.nodes[index]
    if isinstance(node.op, UserFunction):
        return "derivative of a function by its name"
    row = operation(node.op)
    varies = [param for param, arg in zip(row.params, node.args, strict=True) if arg in graph_view.active]
    known = dict(row.rules)
    squared = known.get("x = y") if len(set(node.args)) == 1 else None  # x·x is a product of one factor with itself
    return squared or known.get(" ".join(varies)) or row.rule
