"""What is taken for the derivative where entries of arrays are at a kink: what the table of operations takes of
numbers, entry by entry; of ‖x‖ at 0 it is 0, as of |x|, and a maximum that several entries reach hands all to the
first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Graph
from graphviz_ad.derive.graph_view import is_alone, varying
from graphviz_ad.point.domain_errors import in_equation
from graphviz_ad.read.array_table import Array, numpy


def notes_at_kinks(graph: Graph, found: Sequence[Array]) -> tuple[str, ...]:
    """A note for each operation that is at a kink: at how many of its entries, and what is taken there."""
    varies = varying(graph)
    return tuple(
        f"{in_equation(graph, index)}{said}"
        for index, node in enumerate(graph.nodes)
        if any(varies[arg] for arg in node.args)
        for said in _at_kink(graph, index, [found[arg] for arg in node.args])
    )


def _at_kink(graph: Graph, index: int, args: Sequence[Array]) -> Iterable[str]:
    np, node = numpy(), graph.nodes[index]
    row, first = operation(node.op), args[0]
    if node.op == "norm" and not np.any(first):
        yield "‖x‖ has a kink at x = 0; the derivative taken: 0"
    elif node.op == "largest" and (many := int(np.sum(first == np.max(first)))) > 1:
        which = "smallest" if graph.nodes[node.args[0]].op == "neg" else "largest"  # min(x) is −max(−x)
        yield f"the {which} entry is there {many} times; the derivative taken: all of it to the first"
    elif row.kink:
        many = int(np.sum(np.equal(first, args[1] if len(args) > 1 else 0.0)))
        alone = row.alone and any(is_alone(graph, index, k) for k in range(len(args)))
        if many:
            of = f" at {many} of {np.size(first - args[-1])} entries" if node.type.shape else ""
            taken = row.kink_alone if alone else row.kink
            yield f"{row.name}({', '.join(row.params)}) has a kink{of}; the derivative taken there: {taken}"
