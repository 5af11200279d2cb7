"""Expressions over inputs: put together, put into each other, and their values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import isclose, isfinite
from random import Random

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, Builder, Graph, Node, needed_by
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.documents.sayings import Defined


def expression_of(graph: Graph, index: int) -> Graph:
    """The expression of a node over the inputs, without names of what is computed."""
    builder = Builder()
    place = builder.inline(graph.nodes[: index + 1], lambda node: builder.input(node.name or UNNAMED))
    return pruned(Graph(tuple(builder.nodes), (place[index],)))


def put_in(graph: Graph, put: Mapping[Name, Graph]) -> Graph:
    """An expression with others in the place of some of its inputs."""
    builder = Builder()

    def leaf(node: Node) -> int:
        name = node.name or UNNAMED
        if name not in put:
            return builder.input(name)
        inside = put[name]
        return builder.inline(inside.nodes, lambda one: builder.input(one.name or UNNAMED))[inside.outputs[0]]

    made = builder.inline(graph.nodes, leaf)
    return pruned(Graph(tuple(builder.nodes), (made[graph.outputs[0]],)))


def pruned(graph: Graph) -> Graph:
    return needed_by(graph.nodes, graph.outputs, graph.functions)


def input_names(graph: Graph) -> list[Name]:
    return [graph.name(index) for index in graph.inputs()]


def of_number(value: float) -> Graph:
    builder = Builder()
    number = Decimal(repr(value)) if value != int(value) else int(value)
    return builder.build((builder.add(CONST, (), number),))


def constant(graph: Graph) -> float | None:
    """The value of an expression without inputs; None where there is none."""
    if input_names(graph):
        return None
    try:
        bare = Graph(tuple(node.replace(name=None) for node in graph.nodes), graph.outputs)
        found = values(bare, {})[bare.outputs[0]]
    except (AdgraphError, ArithmeticError):
        return None
    return found if isfinite(found) else None


def value_of(definition: Defined) -> float:
    graph = definition.graph
    found = constant(expression_of(graph, graph.outputs[0]))
    return float("nan") if found is None else found


def is_near(left: Graph, right: Graph, precision: float) -> bool:
    """Whether two expressions have one value, but for rounding, wherever their variables are between 0 and 1."""
    inputs = list(dict.fromkeys((*input_names(left), *input_names(right))))
    random = Random(0)
    agree = 0
    for _ in range(12):
        put = {name: random.uniform(0.1, 0.9) for name in inputs}
        try:
            one, other = (
                values(graph, {name: put[name] for name in input_names(graph)})[graph.outputs[0]]
                for graph in (left, right)
            )
        except (AdgraphError, ArithmeticError):
            continue
        if not isclose(one, other, rel_tol=precision, abs_tol=1e-12):
            return False
        agree += 1
    return agree >= 4


def has_kinks(graph: Graph) -> bool:
    """Whether an expression has jumps, or kinks, in it."""
    return any(node.op not in (CONST, INPUT) and operation(node.op).kink for node in graph.nodes)


def is_at_kink(graph: Graph) -> bool:
    """Whether an expression of numbers, a derivative at a place, is another as soon as one is a little beside it."""
    edges = [index for index, node in enumerate(graph.nodes) if node.args and operation(node.op).jumps]
    if not edges:
        return False
    nodes = [node.replace(name=None) for node in graph.nodes]
    try:
        found = values(Graph(tuple(nodes), graph.outputs), {})
        for index in edges:
            args = [found[arg] for arg in nodes[index].args]
            if (len(args) == 2 and args[0] != args[1]) or (len(args) == 1 and args[0] != 0):
                continue
            for number in (-1 if len(args) == 1 else 0, 1):
                changed = [*nodes]
                changed[index] = Node(CONST, (), number)
                beside = values(Graph(tuple(changed), graph.outputs), {})[graph.outputs[0]]
                if not isclose(beside, found[graph.outputs[0]], rel_tol=1e-9, abs_tol=1e-9):
                    return True
    except (AdgraphError, ArithmeticError):
        return False
    return False


def literals(graph: Graph) -> set[str]:
    """The numbers of an expression, without their signs."""
    return {str(abs(node.value)) for node in graph.nodes if node.op == CONST and node.value is not None}
