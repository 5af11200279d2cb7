"""The point that a page begins with where the reader gives none: labels are 0 or 1, all else is what suits a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.derive.unfold import unfolded
from graphviz_ad.point.evaluate import adjoints, values

# Values for inputs that are given none, tried in this order; what does not fit one system's domain fits another's.
_STARTS = ((0.5, 1.5, -0.5, 1.0), (0.5, 1.5, 2.0, 1.0), (0.5, 0.25, 0.75), (2.0, 3.0, 5.0, 4.0), (1.0,), (0.5,), (2.0,))
_LOGARITHMS = frozenset(("log", "log2", "log10", "log1p", "logsigmoid"))
_DISTANCES = frozenset(("pow", "abs", "mul", "sqnorm", "norm"))  # what makes a loss of a difference


def starting_point(graph: Graph, given: Mapping[str, float]) -> dict[str, float]:
    """Values for all inputs, those given among them, at which the system and its derivatives exist; empty where none is
    found, as for an abstract function."""
    try:
        unfolded(graph, {function.name: function for function in graph.functions})
    except AdgraphError:  # there is no point at which an abstract function has a value, or one that is too long
        return {}
    return next((at for at in _points(graph, given) if _exists(graph, at)), {})


def _points(graph: Graph, given: Mapping[str, float]) -> Iterator[dict[str, float]]:
    names: list[str] = [graph.name(index) for index in graph.inputs()]
    one_hot: dict[str, float] = {graph.name(index): float(not place) for place, index in enumerate(labels(graph))}
    for known in (one_hot, dict[str, float]()) if one_hot else (one_hot,):
        for start in _STARTS:
            free = (name for name in names if name not in given and name not in known)
            at = {**dict(zip(free, cycle(start), strict=False)), **known, **given}
            yield {name: at[name] for name in names}


def _exists(graph: Graph, at: Mapping[str, float]) -> bool:
    try:
        found = values(graph, at)
        for output in graph.outputs:
            adjoints(graph, output, found)
    except AdgraphError:
        return False
    return True


# ---- labels


def labels(graph: Graph) -> list[int]:
    """The inputs that are only compared with what is computed: t in (a − t)², in t log a and in (1 − t) log(1 − a)."""
    readers: dict[int, list[int]] = {}
    for index, node in enumerate(graph.nodes):
        for arg in dict.fromkeys(node.args):
            readers.setdefault(arg, []).append(index)

    def is_compared(index: int, reader: int) -> bool:
        """Whether a node is read for a loss."""
        node = graph.nodes[reader]
        others = [graph.nodes[arg].op for arg in node.args if arg != index]
        if node.op == "transpose":
            return all_readers(reader, is_compared)
        if node.op in ("mul", "matmul"):
            return bool(_LOGARITHMS.intersection(op for op in others if isinstance(op, str)))
        if node.op != "sub" or not others or others[0] == INPUT:
            return False
        if others[0] == CONST:
            return all_readers(reader, is_compared)
        return all_readers(reader, lambda _, last: graph.nodes[last].op in _DISTANCES)

    def all_readers(index: int, test: Callable[[int, int], bool]) -> bool:
        return index in readers and all(test(index, reader) for reader in readers[index])

    return [index for index in graph.inputs() if all_readers(index, is_compared)]
