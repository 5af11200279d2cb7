"""Logarithms that are computed at once where what they are of is too large or too small for a number: log Σ exp(x),
log softmax(x) and log σ(x)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.record import Record


class AtOnce(Record):
    """What a logarithm is of: the operations inside from the outer to the inner one, their nodes, and the operand."""

    ops: tuple[object, ...]
    inside: tuple[int, ...]
    operand: int

    def value(self, np: Any, x: Any) -> Any:
        return _ROWS[self.ops][0](np, x)

    def handed(self, np: Any, x: Any, out: Any, bar: Any) -> Any:
        """What it hands to its operand."""
        return _ROWS[self.ops][1](np, x, out, bar)


def _log_sum(np: Any, x: Any) -> float:
    return float(np.max(x) + np.log(np.sum(np.exp(x - np.max(x)))))


def _log_softmax(np: Any, x: Any) -> Any:
    moved = x - np.max(x, axis=-1, keepdims=True)
    return moved - np.log(np.sum(np.exp(moved), axis=-1, keepdims=True))


_ROWS: dict[tuple[object, ...], tuple[Callable[..., Any], Callable[..., Any]]] = {
    ("total", "exp"): (_log_sum, lambda np, x, out, bar: bar * np.exp(x - out)),
    ("softmax",): (_log_softmax, lambda np, x, out, bar: bar - np.exp(out) * np.sum(bar, axis=-1, keepdims=True)),
    ("sigmoid",): (lambda np, x: -np.logaddexp(0, -x), lambda np, x, out, bar: bar * -np.expm1(out)),
}


def logarithms(graph: Graph) -> dict[int, AtOnce]:
    """Those of a graph by their nodes; all that is inside is read by nothing else, and has no name."""
    readers = Counter(arg for node in graph.nodes for arg in node.args)
    found: dict[int, AtOnce] = {}
    for index, node in enumerate(graph.nodes):
        for ops in _ROWS if node.op in ("log", "ln") else ():
            place, inside = node.args[0], []
            for op in ops:
                inner = graph.nodes[place]
                if inner.op != op or inner.name is not None or readers[place] > 1:
                    break
                inside.append(place)
                place = inner.args[0]
            else:
                found[index] = AtOnce(ops, tuple(inside), place)
    return found


def extreme(np: Any, graph: Graph, found: Sequence[Any]) -> Mapping[int, AtOnce]:
    """The logarithms of what has left the range of numbers, infinite or 0."""
    return {
        index: one
        for index, one in logarithms(graph).items()
        if not all(np.isfinite(found[inner]).all() for inner in one.inside) or not np.all(found[one.inside[0]])
    }
