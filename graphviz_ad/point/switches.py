"""Branches that a bracket switches off: 0 times what has no value is 0 where the 0 is a bracket's, not a variable's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import nan

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.core.ops import OPS

# Whether an operation on switches is off, by those of its arguments that are: 0 whatever the others are.
_OFF: dict[str, Callable[..., bool]] = {
    "mul": lambda left, right: left or right,
    "div": lambda above, under: above,
    "add": lambda left, right: left and right,
    "sub": lambda left, right: left and right,
    "neg": lambda inner: inner,
    "copy": lambda inner: inner,
}


def counting(node: Node, found: Sequence[float] | Mapping[int, float]) -> tuple[int, ...]:
    """The arguments that the value of a node is made of: of cases the condition, and the one that holds."""
    if node.op in OPS and OPS[str(node.op)].form == "cases":
        condition, value, rest = node.args
        return condition, value if found[condition] else rest
    return node.args


class Switches:
    """Which nodes of a graph are 0 because brackets are: brackets and what is made of nothing but them and numbers,
    where it is 0, and products with one of these among their factors."""

    def __init__(self, graph: Graph) -> None:
        self._nodes = graph.nodes
        self._alone: list[bool] = []  # made of brackets and numbers alone, and of one bracket at least
        numbers: set[int] = set()
        for index, node in enumerate(graph.nodes):
            is_bracket = node.op in OPS and OPS[str(node.op)].form == "iverson"
            made = node.op != INPUT and node.op in OPS and all(a in numbers or self._alone[a] for a in node.args)
            if node.op == CONST or (made and numbers.issuperset(node.args) and not is_bracket):
                numbers.add(index)
            self._alone.append(is_bracket or (made and index not in numbers))

    def __bool__(self) -> bool:
        return any(self._alone)

    def is_off(self, index: int, is_zero: bool, off: Collection[int]) -> bool:
        """Whether a node is switched off, by those before it that are; `is_zero` if it has a value, and that is 0."""
        node = self._nodes[index]
        if self._alone[index]:
            return is_zero
        return node.op in _OFF and _OFF[str(node.op)](*(arg in off for arg in node.args))

    def off_at(self, found: Sequence[float]) -> set[int]:
        """The nodes that are switched off at these values."""
        off: set[int] = set()
        for index, value in enumerate(found):
            if self.is_off(index, value == 0, off):
                off.add(index)
        return off


def unneeded(graph: Graph, found: Sequence[float]) -> set[int]:
    """The nodes that no variable or result needs at these values, since all that reads them is switched off."""
    switches = Switches(graph)
    if not switches:
        return set()
    off = switches.off_at(found)
    needed = {index for index, node in enumerate(graph.nodes) if node.name is not None}.union(graph.outputs)
    for index in range(len(graph.nodes) - 1, -1, -1):
        if index in needed and index not in off:
            needed.update(counting(graph.nodes[index], found))
    return set(range(len(graph.nodes))) - needed


def finished(
    graph: Graph,
    found: list[float],
    compute: Callable[[int, list[float]], tuple[float, AdgraphError | None]],
    error: AdgraphError,
) -> list[float]:
    """The values from the first one that does not exist on, for an `error`: what is missing is no number, and what is
    switched off does not need it. Raises the error where a variable or a result does."""
    switches = Switches(graph)
    if not switches:
        raise error
    found, off = list(found), switches.off_at(found)
    errors: dict[int, AdgraphError] = {}  # the reason of each that has no value
    results, first = set(graph.outputs), len(found)
    for index in range(first, len(graph.nodes)):
        node = graph.nodes[index]
        value, reason = nan, next((errors[arg] for arg in counting(node, found) if arg in errors), None)
        if switches.is_off(index, False, off):
            value, reason = 0.0, None
        elif reason is None:
            value, reason = (nan, error) if index == first else compute(index, found)
        if reason is not None:
            errors[index] = reason
            if node.name is not None or index in results:
                raise reason
        found.append(value)
        if switches.is_off(index, value == 0, off):
            off.add(index)
    return found
