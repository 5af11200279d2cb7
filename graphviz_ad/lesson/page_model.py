"""What a page needs to compute by itself: the rules of the operations as graphs, and a point to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.ops import OPS
from graphviz_ad.derive.edge_derivatives import rule
from graphviz_ad.derive.unfold import unfolded
from graphviz_ad.point.evaluate import adjoints, values

# Values for inputs that are given none, tried in this order; what does not fit one system's domain fits another's.
_STARTS = ((0.5, 1.5, -1.0, 2.0), (0.5, 1.5, 2.0, 1.0), (0.5, 0.25, 0.75), (2.0, 3.0, 5.0, 4.0), (1.0,), (0.5,), (2.0,))


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


def starting_point(graph: Graph, given: Mapping[str, float]) -> dict[str, float]:
    """Values for all inputs, those given among them, at which the system and its derivatives exist; empty where none is
    found, as for an abstract function."""
    names: list[str] = [graph.name(index) for index in graph.inputs()]
    try:
        unfolded(graph, {function.name: function for function in graph.functions})
    except AdgraphError:  # there is no point at which an abstract function has a value, or one that is too long
        return {}
    for start in _STARTS:
        free = (name for name in names if name not in given)
        at = {**dict(zip(free, cycle(start), strict=False)), **given}
        try:
            found = values(graph, at)
            for output in graph.outputs:
                adjoints(graph, output, found)
        except AdgraphError:
            continue
        return {name: at[name] for name in names}
    return {}
