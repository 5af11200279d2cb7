"""The operations that a page computes with: in JavaScript by the table, or composed of others by their definition."""

from __future__ import annotations

from collections.abc import Iterable

from graphviz_ad.core.diagram import PageModel
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.ops import OPS
from graphviz_ad.read.table import definition

# What a reader's own answer may be made of beside these.
BASIC = frozenset(
    "add sub mul div pow neg sqrt exp log sin cos tan tanh sigmoid abs greater greater_equal pi e".split()
)


def needed(page_model: PageModel) -> list[str]:
    """The operations of a system and of its derivatives, the basic ones, and all that these are composed of, in the
    table's order."""
    found: set[str] = set(BASIC)
    graphs = [page_model.graph, *(function.body for function in page_model.graph.functions)]
    graphs += [rule for rules in page_model.rules.values() for rule in rules]
    while graphs:
        new = _operations(graphs.pop()) - found
        found |= new
        graphs += [made for op in new if (made := composed(op)) is not None]
    return [op for op in OPS if op in found]


def _operations(graph: Graph) -> set[str]:
    return {op for node in graph.nodes if isinstance(op := node.op, str) and op in OPS}


def composed(op: str) -> Graph | None:
    """The definition of an operation that has no JavaScript of its own."""
    return None if OPS[op].javascript else definition(op)


def script(operations: Iterable[str]) -> str:
    """The functions of those that are not composed, by their names."""
    lines = [f"{op}: {OPS[op].javascript or f'Math.{op}'}," for op in operations if composed(op) is None]
    return "\n".join(["const OPERATIONS = {", *lines, "};"])
