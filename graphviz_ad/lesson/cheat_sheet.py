"""The cheat sheet: the rules for sums, products, quotients and chains, and the derivative of every operation."""

from __future__ import annotations

from itertools import pairwise
from math import nan

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.algebra.together import together
from graphviz_ad.core.diagram import Cell, Diagram, Plot, Series, Table
from graphviz_ad.core.formula import Derivative, Equation, Expression, Formula, Variable
from graphviz_ad.core.graph import INPUT, Builder, Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import FAMILIES, FUNCTIONS, OPS, Op
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.derive.edge_derivatives import derivative, edge_derivatives
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.lesson.backward import backward
from graphviz_ad.lesson.forward import forward
from graphviz_ad.read.table import definition, functions
from graphviz_ad.read.text.equations import read


class Rule(Record):
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
    return [_general(name) for name in _GENERAL]


def _general(name: str) -> Rule:
    graph, algebra = _of_functions(name), _algebra_of_functions()
    (output,) = graph.outputs
    total = edge_derivatives(graph_view(graph, False, ("x",)), algebra)[output, graph.index("x")].total
    assert total is not None
    return Rule(
        name, _right_side(graph), Equation((Derivative(Name("y"), Name("x")), Expression(to_graph(algebra, total))))
    )


def _of_functions(name: str) -> Graph:
    return read(_GENERAL[name], Request(functions=("f", "g"))).graph


def _algebra_of_functions() -> Algebra:
    return Algebra({"c": 0, "n": 1, "x": 2, "f": 3, "g": 4}, differentiated=True)


def _right_side(graph: Graph) -> Expression:
    (output,) = graph.outputs
    return Expression(Graph((*graph.nodes[:output], graph.nodes[output].replace(name=None)), graph.outputs))


def _of_operation(op: Op) -> Graph:
    """y = op(x, …); z where one of its parameters is called y."""
    builder = Builder()
    inputs = tuple(builder.add(INPUT, (), None, Name(param)) for param in op.params)
    name = next(letter for letter in (Name("y"), Name("z")) if letter not in op.params)
    return builder.build((builder.add(op.name, inputs, None, name),))


def rules_of(op: Op) -> list[Rule]:
    """The derivatives of one operation, each with respect to one of its parameters."""
    graph = _of_operation(op)
    algebra = Algebra({param: rank for rank, param in enumerate(op.params)}, differentiated=True)
    args = [algebra.variable(Name(param)) for param in op.params]
    out = algebra.load(graph)
    name = graph.nodes[graph.outputs[0]].name
    rules = []
    for k, param in enumerate(op.params):
        total = together(algebra, [derivative(algebra, op.name, k, args, out)])
        left = Derivative(name, Name(param), len(op.params) > 1)
        rules.append(Rule(op.name, _right_side(graph), Equation((left, Expression(to_graph(algebra, total))))))
    return rules


def families() -> dict[str, list[Rule]]:
    """The whole cheat sheet in its parts: rules for functions put together, then the operations by family."""
    found = {"functions put together": general_rules()}
    for name, ops in FAMILIES.items():
        rules = [rule for op in ops for rule in rules_of(op)]
        found |= {name: rules} if rules else {}
    return found


# ---- one rule


def card(name: str) -> Table | None:
    """What there is to say of a rule by its name: its definition, its derivatives, where it holds, its other names.
    None if there is none of that name."""
    if general := _known_general(name):
        rule = _general(general)
        return Table((rule.name, rule.function), (("derivative", rule.derivative),))
    op = _known_operation(name)
    if op is None:
        return None
    rules = rules_of(op)
    made = definition(op.name)
    lines: list[tuple[Cell, ...]] = [] if made is None else [("definition", Expression(made))]
    lines += [("derivative", rule.derivative) for rule in rules]
    said = {
        "defined for": op.domain,
        "differentiable for": op.smooth,
        "at the kink": op.kink,
        "beside a number": op.kink_alone,
        "also called": ", ".join(op.names[1:]),
    }
    lines += [(title, words) for title, words in said.items() if words]
    return Table((op.name, rules[0].function), tuple(lines))


def graphs(name: str) -> tuple[Diagram, Diagram]:
    """The forward and the backward graph of a rule."""
    if general := _known_general(name):
        here, algebra = graph_view(_of_functions(general), True, ("x",)), _algebra_of_functions()
    else:
        op = _known_operation(name)
        assert op is not None
        here = graph_view(_of_operation(op), True)
        algebra = Algebra({param: rank for rank, param in enumerate(op.params)}, differentiated=True)
    return forward(here), backward(here, algebra, edge_derivatives(here, algebra))


def plot(name: str, count: int = 241) -> Plot | None:
    """A function of one variable and its derivative over the interval of the table; None for another."""
    op = _known_operation(name)
    if op is None or _known_general(name) or len(op.params) != 1:
        return None
    (rule,) = rules_of(op)
    points = sampled(op, count)
    values, slopes = ([(point[0], point[k]) for point in points] for k in (1, 2))
    return Plot(
        Variable(Name(op.params[0])),
        "",
        (Series(Equation((Variable(Name("y")), rule.function)), _with_gaps(values)),
         Series(rule.derivative.sides[0], _with_gaps(slopes))),
    )  # fmt: skip


def names() -> list[str]:
    """Everything that has a rule, by each of its names."""
    return [*_GENERAL, *(name for name, op in OPS.items() if op.params), *FUNCTIONS]


def _known_general(name: str) -> str | None:
    return next((known for known in _GENERAL if name in (known, known.removesuffix(" rule"))), None)


def _known_operation(name: str) -> Op | None:
    found = FUNCTIONS.get(name) or OPS.get(name)
    return found if found is not None and found.params else None


def _with_gaps(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The points with a gap wherever the function jumps, by more than a quarter of its range from one to the next."""
    heights = [y for _, y in points]
    jump = max((max(heights) - min(heights)) / 4, 1e-12)
    found = points[:1]
    for before, point in pairwise(points):
        found += [(before[0], nan)] * (abs(point[1] - before[1]) > jump) + [point]
    return tuple(found)


def sampled(op: Op, count: int) -> list[tuple[float, float, float]]:
    """Points of an operation of one parameter over its interval: argument, value, derivative."""
    from graphviz_ad.point.evaluate import slopes

    low, high = op.sample[0]
    points = []
    for number in range(count):
        x = low + (high - low) * number / (count - 1)
        value = float(functions[op.name](x))
        points.append((x, value, slopes(op.name)[0](x, value)))
    return points
