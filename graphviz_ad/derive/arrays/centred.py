"""What the equations of a system say of sums of entries: those of x − mean(x) add up to 0."""

from __future__ import annotations

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.core.graph import Graph


def know_means(indexed: IndexedAlgebra, graph: Graph) -> None:
    """Tell the pool which variables are means, and which have theirs taken from them."""
    nodes = graph.nodes

    def variable(index: int) -> int:
        name = nodes[index].name
        assert name is not None
        return indexed.variable(name, nodes[index].type.shape)

    for index, node in enumerate(nodes):
        if node.name is None:
            continue
        whole = _averaged(graph, index)
        if whole is not None and nodes[whole].name is not None:
            indexed.means[variable(index)] = variable(whole)
        if _is_centred(graph, index):
            indexed.sums[variable(index)] = indexed.algebra.zero


def _averaged(graph: Graph, index: int) -> int | None:
    """The vector that a node is the mean of; None for another node."""
    mean = graph.nodes[index]
    if mean.op != "div":
        return None
    total, count = (graph.nodes[arg] for arg in mean.args)
    is_mean = total.op == "total" and (count.value,) == graph.nodes[total.args[0]].type.shape
    return total.args[0] if is_mean else None


def _is_centred(graph: Graph, index: int) -> bool:
    """Whether a node is a vector from which its mean is taken: x − mean(x) 𝟏."""
    nodes, node = graph.nodes, graph.nodes[index]
    if node.op != "sub" or nodes[node.args[1]].op != "mul":
        return False
    mean, ones = nodes[node.args[1]].args
    return nodes[ones].op == "ones" and _averaged(graph, mean) == node.args[0]
