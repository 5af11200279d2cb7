"""What the equations of a system say of sums of entries: those of x − mean(x) add up to 0, and so does each column of a
matrix from whose rows their mean is taken."""

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
        if axes := _centred_axes(graph, index):
            indexed.centred[variable(index)] = axes


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


def _centred_axes(graph: Graph, index: int) -> frozenset[int]:
    """Along which axes the entries of a node add up to 0: X − 𝟏μᵀ, where μ is Xᵀ𝟏/n, and X − μ𝟏ᵀ, where it is X𝟏/n."""
    nodes, node = graph.nodes, graph.nodes[index]
    if node.op != "sub" or nodes[node.args[1]].op != "matmul":
        return frozenset()
    whole, (left, right) = node.args[0], nodes[node.args[1]].args
    if _is_ones(graph, left) and nodes[right].op == "transpose":
        return frozenset({0} if _row_mean(graph, nodes[right].args[0], whole, True) else ())
    return frozenset({1} if _is_ones(graph, _turned(graph, right)) and _row_mean(graph, left, whole, False) else ())


def _row_mean(graph: Graph, index: int, of: int, turned: bool) -> bool:
    """Whether a vector is Xᵀ𝟏/n or, not `turned`, X𝟏/n."""
    nodes, node = graph.nodes, graph.nodes[index]
    if node.op != "div" or nodes[node.args[0]].op != "matmul":
        return False
    matrix, ones = nodes[node.args[0]].args
    own = nodes[matrix].args[0] if turned and nodes[matrix].op == "transpose" else matrix if not turned else None
    return own == of and _is_ones(graph, ones) and (nodes[node.args[1]].value,) == nodes[ones].type.shape


def _is_ones(graph: Graph, index: int) -> bool:
    return graph.nodes[index].op == "ones"


def _turned(graph: Graph, index: int) -> int:
    node = graph.nodes[index]
    return node.args[0] if node.op == "transpose" else index
