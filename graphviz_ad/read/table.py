"""The expressions in the table of operations, read once: definitions, as graphs and as functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation, operation
from graphviz_ad.core.graph import CONST, INPUT, Graph, folded
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.ops import OPS

_SIGNS = {"sum": "+", "difference": "-", "product": "*", "fraction": "/"}  # forms that Python has signs for


@cache
def expression(text: str) -> Graph:
    """An expression of our own as a graph."""
    from graphviz_ad.read.text.expression import graph_of

    try:
        return graph_of(text)
    except AdgraphError as error:
        raise AssertionError(f"an expression of the table cannot be read: {error.render()}") from error


def definition(op: Operation) -> Graph | None:
    """The definition of an operation over its parameters; None for one that is not made of others."""
    text = operation(op).definition
    return expression(text) if text else None


class _Functions(dict[str, Callable[..., float]]):
    """The function of each operation on floats, by its name; made of its definition when it is first asked for."""

    def __missing__(self, op: str) -> Callable[..., float]:
        row = OPS[op]
        self[op] = made = row.function or compiled(expression(row.definition), row.params)
        return made


functions = _Functions()


def compiled(graph: Graph, params: tuple[str, ...], vanishes: str = "") -> Callable[..., float]:
    """An expression of the table as a Python function, which is 0 where the parameter `vanishes` is. Its text is made
    of the table alone, never of a reader's."""
    made: list[str] = []
    space: dict[str, Any] = {}
    for node in graph.nodes:
        op, inner = str(node.op), [made[arg] for arg in node.args]
        if op == INPUT:
            made.append(f"_{params.index(node.name or '')}")
        elif op == CONST:
            made.append(repr(float(node.value or 0)))
        elif OPS[op].form in _SIGNS:
            made.append(f"({inner[0]} {_SIGNS[OPS[op].form]} {inner[1]})")
        else:
            space[op] = functions[op]
            made.append(f"{op}({', '.join(inner)})")
    guard = f"0.0 if _{params.index(vanishes)} == 0 else " if vanishes else ""
    text = f"lambda {', '.join(f'_{k}' for k in range(len(params)))}: {guard}{made[graph.outputs[0]]}"
    function: Callable[..., float] = eval(text, space)
    return function


def at_params(
    graph: Graph, known: Mapping[str, Any], number: Callable[[Number], Any], apply: Callable[..., Any]
) -> Any:
    """The value of an expression of the table, in numbers of another kind, by the names of its parameters."""
    inputs = [known[graph.name(index)] for index in graph.inputs()]
    return through(graph, inputs, number, apply)[graph.outputs[0]]


def through(
    graph: Graph, inputs: Iterable[Any], number: Callable[[Number], Any], apply: Callable[..., Any]
) -> list[Any]:
    """Every node of a graph in numbers of another kind, by `apply(operation, *arguments)`; inputs in their order."""
    given = iter(inputs)
    return folded(
        graph.nodes,
        lambda node: next(given) if node.op == INPUT else number(node.value or 0),
        lambda node, args: apply(node.op, *args),
    )
