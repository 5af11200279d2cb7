"""What a page needs to compute by itself: the rules of the operations as graphs."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.ops import OPS
from graphviz_ad.derive.edge_derivatives import rule

MAX_ENTRIES = 4000  # of all values together, that a page computes as fast as they are typed


def rules(graph: Graph) -> dict[str, tuple[Graph, ...]]:
    """The partial derivatives of each operation that a graph and its functions use, behind them those where no other
    argument depends on an input. With kinks among them, also of what these derivatives use, and so on: what lies beside
    a kink may need higher ones."""
    used = {op for op in _operations(graph) if isinstance(op, str) and op in OPS}
    new = set(used) if any(OPS[op].kink for op in used) else set()
    while new:
        op = new.pop()
        more = {str(one) for rule in _rules(op) for one in _operations(rule) if one in OPS} - used
        used |= more
        new |= more
    return {op: _rules(op) for op in OPS if op in used}


def _rules(op: str) -> tuple[Graph, ...]:
    row = OPS[op]
    cases = (False, True) if row.alone else (False,)
    return tuple(rule(op, k, alone) for alone in cases for k in range(len(row.params)))


def _operations(graph: Graph) -> Iterator[Operation]:
    yield from (node.op for node in graph.nodes)
    for function in graph.functions:
        yield from _operations(function.body)


def not_typed(graph: Graph) -> str:
    """Why the arrays of a system are not typed and computed on a page; empty where they are."""
    sizes = [node.type.shape for node in graph.nodes]
    if not all(isinstance(size, int) for shape in sizes for size in shape):
        return "A size that is a letter has no numbers to type."
    if not all(isinstance(node.op, str) for node in graph.nodes):
        return "A function of your own is not computed on a page of vectors and matrices."
    entries = sum(prod(int(size) for size in shape) for shape in sizes)
    return f"{entries:,} entries are too many to be computed on a page." if entries > MAX_ENTRIES else ""
