"""The order of factors in results: as they were multiplied in the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graphviz_ad.core.graph import Graph


def factor_ranks(graph: Graph) -> dict[str, int]:
    """The rank of each variable among factors: w before x where w·x is written somewhere, so that x·w is nowhere, else
    in the order of appearance, which decides too where products contradict each other."""
    names = dict.fromkeys(node.name for node in graph.nodes if node.name is not None)
    after: dict[str, set[str]] = {name: set() for name in names}
    for left, right in _neighbours(graph):
        after[left] |= {right} - {left}
    before = Counter(other for others in after.values() for other in others)
    waiting = dict(names)
    ranks: dict[str, int] = {}
    while waiting:
        name = next((name for name in waiting if not before[name]), next(iter(waiting)))
        del waiting[name]
        ranks[name] = len(ranks)
        before.subtract(after[name])
    return ranks


def _neighbours(graph: Graph) -> Iterator[tuple[str, str]]:
    """The names that are written side by side in products, in their order; what stands between them is left out."""
    ends: list[tuple[str, str] | None] = []  # of each node: the first and the last name of the product that it is
    for node in graph.nodes:
        made: tuple[str, str] | None = None
        if node.op in ("neg", "pow"):  # of a power, the base
            made = ends[node.args[0]]
        elif node.op == "mul":
            left, right = (ends[arg] for arg in node.args)
            made = left or right
            if left is not None and right is not None:
                yield left[1], right[0]
                made = left[0], right[1]
        ends.append(made if node.name is None else (node.name, node.name))
