"""The cheat sheet: the rules for sums, products, quotients and chains, and the derivative of every operation."""

from __future__ import annotations

from typing import NamedTuple

from graphviz_ad.frontend import Reading
from graphviz_ad.frontend.equations import read
from graphviz_ad.graph import INPUT, Builder
from graphviz_ad.notation.formula import Derivative, Equation, Expression, Formula
from graphviz_ad.ops import OPS, Op
from graphviz_ad.transform.algebra import Algebra
from graphviz_ad.transform.collect import collect
from graphviz_ad.transform.cut import cut
from graphviz_ad.transform.partials import derivative, partials
from graphviz_ad.transform.present import present


class Rule(NamedTuple):
    """A line of the cheat sheet: a function and its derivative with respect to one of its variables."""

    name: str
    function: Formula
    derivative: Equation


# The rules for functions put together, with functions f and g that have only a name.
_GENERAL = {
    "constant multiple rule": "y = c*f(x)",
    "sum rule": "y = f(x) + g(x)",
    "difference rule": "y = f(x) - g(x)",
    "product rule": "y = f(x)*g(x)",
    "quotient rule": "y = f(x)/g(x)",
    "reciprocal rule": "y = 1/g(x)",
    "power rule": "y = f(x)^n",
    "chain rule": "y = f(g(x))",
}


def general_rules() -> list[Rule]:
    """The rules for functions put together."""
    return [_general(name, text) for name, text in _GENERAL.items()]


def _general(name: str, text: str) -> Rule:
    here = cut(read(text, Reading(functions=("f", "g"))).graph, False, ("x",))
    (output,) = here.graph.outputs
    algebra = Algebra({"c": 0, "n": 1, "x": 2, "f": 3, "g": 4}, differentiated=True)
    found = {here.names[wrt]: partial for (_, wrt), partial in partials(here, algebra).items()}
    total = found["x"].total
    assert total is not None
    whole = here.graph
    nodes = (*whole.nodes[:output], whole.nodes[output]._replace(name=None), *whole.nodes[output + 1 :])
    function = Expression(type(whole)(nodes, whole.outputs))
    return Rule(name, function, Equation((Derivative("y", "x"), Expression(present(algebra, total)))))


def rules_of(op: Op) -> list[Rule]:
    """The derivatives of one operation, each with respect to one of its parameters."""
    builder = Builder()
    inputs = tuple(builder.add(INPUT, (), None, param) for param in op.params)
    function = builder.build((builder.add(op.name, inputs),))
    algebra = Algebra({param: rank for rank, param in enumerate(op.params)}, differentiated=True)
    args = [algebra.variable(param) for param in op.params]
    out = algebra.load(function)
    rules = []
    name = next(letter for letter in ("y", "z") if letter not in op.params)
    for k, param in enumerate(op.params):
        total = collect(algebra, [derivative(algebra, op.name, k, args, out)])
        left = Derivative(name, param, len(op.params) > 1)
        rules.append(Rule(op.name, Expression(function), Equation((left, Expression(present(algebra, total))))))
    return rules


def all_rules() -> list[Rule]:
    """The whole cheat sheet."""
    return [*general_rules(), *(rule for op in OPS.values() for rule in rules_of(op) if op.params)]


def sampled(op: Op, count: int) -> list[tuple[float, float, float]]:
    """Points of an operation of one parameter over its interval: argument, value, derivative."""
    from graphviz_ad.transform.evaluate import slopes

    low, high = op.sample[0]
    points = []
    for number in range(count):
        x = low + (high - low) * number / (count - 1)
        value = float(op.function(x))
        points.append((x, value, slopes(op.name)[0](x, value)))
    return points
