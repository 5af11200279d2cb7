"""Which rule gives each local derivative: the steps of a derivation, as they are said at the board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import present
from graphviz_ad.core.formula import Derivative, Equation, Expression, Variable
from graphviz_ad.core.graph import Node
from graphviz_ad.core.ops import is_own, operation
from graphviz_ad.derive.edge_derivatives import Partial
from graphviz_ad.derive.equations import definition
from graphviz_ad.derive.graph_view import Cut
from graphviz_ad.derive.symbol import Symbol, is_partial


class Step(NamedTuple):
    """One operation, the rule that differentiates it, and its derivative with respect to one of its operands."""

    operation: Equation
    rule: str
    derivative: Equation


def steps(cut: Cut, algebra: Algebra, local: Mapping[tuple[int, int], Partial], symbol: Symbol = "auto") -> list[Step]:
    """The steps from the outputs to the inputs, one for each operand that varies."""
    found = []
    for node in sorted(cut.names, reverse=True):
        for wrt in (read for read in cut.reads(node) if read in cut.active and (node, read) in local):
            total = local[node, wrt].total
            if total is None:
                continue
            left = Derivative(cut.names[node], cut.names[wrt], is_partial(cut, node, symbol))
            line = Equation((Variable(cut.names[node]), Expression(definition(cut, node))))
            found.append(Step(line, _rule(cut, node), Equation((left, Expression(present(algebra, total))))))
    return found


def _rule(cut: Cut, index: int) -> str:
    """The rule of an operation, by what varies in it."""
    node = cut.graph.nodes[index]
    if is_own(node.op):
        return "derivative of a function by its name"
    varies = tuple(arg in cut.active for arg in node.args)
    return _SPECIAL.get((node.op, varies)) or _of_square(node) or operation(node.op).rule


def _of_square(node: Node) -> str:
    """x·x is a product of one factor with itself."""
    return "product rule, both factors the same" if node.op == "mul" and len(set(node.args)) == 1 else ""


# Where an operand is constant, a simpler rule has a name of its own: (operation, which operands vary) -> rule.
_SPECIAL: dict[tuple[str, tuple[bool, ...]], str] = {
    ("mul", (True, False)): "constant multiple rule",
    ("mul", (False, True)): "constant multiple rule",
    ("div", (True, False)): "constant multiple rule",
    ("div", (False, True)): "reciprocal rule",
    ("pow", (False, True)): "derivative of an exponential",
    ("pow", (True, True)): "power rule and derivative of an exponential",
    ("add", (True, False)): "sum rule, the derivative of a constant is 0",
    ("add", (False, True)): "sum rule, the derivative of a constant is 0",
    ("sub", (True, False)): "difference rule, the derivative of a constant is 0",
    ("sub", (False, True)): "difference rule, the derivative of a constant is 0",
}
