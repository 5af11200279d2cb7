"""What a derivative of vectors and matrices is, and whether a claim has the same normal form."""

from __future__ import annotations

from graphviz_ad.algebra.indexed_terms import Tensor
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, Expression, Formula
from graphviz_ad.core.graph import CONST, Graph, Node
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.derive.arrays.chain import array_chains
from graphviz_ad.derive.arrays.differentiate import of_gradient
from graphviz_ad.derive.arrays.index_form import index_form
from graphviz_ad.derive.arrays.tensors import tensor_of
from graphviz_ad.point.arrays.derivatives import DerivativesAt


def are_equal(judge: DerivativesAt, derivative: DerivativeName, made: Graph, is_turned: bool) -> bool:
    """Whether a derivative and what is claimed of it have one normal form; whether it stands transposed in the layout
    of denominators."""
    right = judge.tensor(derivative)
    if right is None:
        return False

    def leaf(node: Node) -> Tensor | None:
        return judge.tensor(node.name) if isinstance(node.name, DerivativeName) else None

    named = [node for node in made.nodes if isinstance(node.name, DerivativeName)]
    if named and (judge.conventions.layout == "denominator" or None in map(leaf, named)):
        return False
    indexed = judge.chains.indexed
    left = tensor_of(indexed, made, leaf)
    if len(left.axes) != len(right.axes):
        return False
    axes = right.axes
    if judge.conventions.layout == "denominator" and len(axes) == 2 and is_turned:
        axes = axes[::-1]
    algebra = indexed.algebra
    negative = tuple(term.replace(coefficient=algebra.multiply(algebra.minus_one, term.coefficient))
                     for term in indexed.on_axes(left, axes).terms)  # fmt: skip
    return not indexed.add([right, Tensor(right.axes, negative)], right.axes).terms


def what_is_right(judge: DerivativesAt, name: DerivativeName, has_letters: bool) -> Formula | None:
    """What a derivative is, as far as it has a notation: over indices, where a claim has letters for them."""
    of, *wrts = (judge.place(variable) for variable in (name.of, *name.wrts))
    if len(wrts) > 1:
        try:
            chains = of_gradient(judge.chains, of, wrts[0])
        except AdgraphError:
            return None
        graph = chains.graph_view.graph
        place = graph.places.get(judge.graph.name(wrts[1]))
        if place is None:
            return Expression(Graph((Node(CONST, (), 0),), (0,)))
        (chain,) = array_chains(chains, list(graph.outputs), [place])
        return chain.result
    if has_letters or name.of not in judge.graph.places or name.wrts[0] not in judge.graph.places:
        total = judge.chains.adjoints(of).get(wrts[0])
        if total is None:
            return None
        left = len([size for size in judge.graph.nodes[of].type.shape if size != 1])
        return index_form(judge.chains.indexed, judge.graph.name(of), judge.graph.name(wrts[0]), left, total, True)
    (chain,) = array_chains(judge.chains, [of], [wrts[0]])
    result = chain.result
    return None if isinstance(result, Derivative) else result
