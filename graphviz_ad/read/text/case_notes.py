"""What is said of case distinctions without a point: where one ends, the derivative is that of the case that holds."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.formula import Expression
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, Graph, needed_by
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write


def case_notes(graph: Graph) -> tuple[str, ...]:
    """A note for all ends of cases in a graph; none where there are no cases."""
    wanted = [node.args[0] for node in graph.nodes if _form(graph, node.op) == "cases"]
    ends: dict[str, None] = {}
    while wanted:
        place = wanted.pop(0)
        node = graph.nodes[place]
        if _form(graph, node.op) == "iverson":
            ends[" = ".join(_written(graph, arg) for arg in node.args)] = None
        elif node.op == "mul":
            wanted += node.args
    if not ends:
        return ()
    where = _listed([*ends])
    return (f"where {where} there may be a kink: the derivative is that of the case that holds; --at says it",)


def _form(graph: Graph, op: object) -> str:
    return operation(op).form if isinstance(op, str) and op not in (CONST, INPUT) else ""


def _written(graph: Graph, place: int) -> str:
    """A side of a condition, a name for what is defined."""
    node = graph.nodes[place]
    if node.name is not None:
        return str(node.name)
    return write(Expression(needed_by(graph.nodes, (place,), graph.functions)), Plain())


def _listed(ends: Sequence[str]) -> str:
    return " or ".join(ends[:3]) + " …" * (len(ends) > 3)
