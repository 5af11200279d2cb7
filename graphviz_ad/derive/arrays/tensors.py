"""Expressions of vectors and matrices as tensors, sums of products of indexed factors; equal ones have one normal
form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import IndexedFactor, IndexedTerm, Tensor
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.ops import OPS
from graphviz_ad.derive.arrays.edge_tensors import is_product, operands, value

Leaf = Callable[[Node], Tensor | None]  # what an input is, where it is not itself


def tensor_of(indexed: IndexedAlgebra, graph: Graph, leaf: Leaf = lambda node: None) -> Tensor:
    """The output of an expression over its axes."""
    return _Reader(indexed, graph, leaf).tensors[graph.outputs[0]]


def expression_of(indexed: IndexedAlgebra, graph: Graph) -> int:
    """The output of an expression in the pool."""
    return _values(indexed, graph)[graph.outputs[0]]


def _values(indexed: IndexedAlgebra, graph: Graph) -> list[int]:
    """The nodes of an expression in the pool."""
    found: list[int] = []
    for node in graph.nodes:
        if node.op == INPUT:
            assert node.name is not None
            found.append(indexed.variable(node.name, node.type.shape))
            continue
        shapes = [graph.nodes[arg].type.shape for arg in node.args]
        args = operands(indexed, str(node.op), [found[arg] for arg in node.args], shapes)
        found.append(value(indexed, node, args))
    return found


class _Reader:
    """The nodes of an expression, each as a tensor."""

    def __init__(self, indexed: IndexedAlgebra, graph: Graph, leaf: Leaf) -> None:
        self.indexed, self.nodes = indexed, graph.nodes
        self.tensors: list[Tensor] = []
        for node, made in zip(graph.nodes, _values(indexed, graph), strict=True):
            self.tensors.append(leaf(node) or self._tensor(node, made))

    def _tensor(self, node: Node, made: int) -> Tensor:
        indexed, args = self.indexed, [self.tensors[arg] for arg in node.args]
        axes = indexed.axes(node.type.shape)
        if node.op == "copy":
            return args[0]
        if node.op in OPS and not any(self._is_product(leaf) for leaf in indexed.algebra.below(made)):
            return self._whole(made, axes)
        if node.op in ("add", "sub", "neg"):
            signs = {"add": (1, 1), "sub": (1, -1), "neg": (-1,)}[str(node.op)]
            return indexed.add((self._over(arg, axes, sign) for arg, sign in zip(args, signs, strict=True)), axes)
        if node.op == "mul":
            first, second = (self._over(arg, axes) for arg in args)
            terms = [_both(indexed, one, indexed.indices.copies(other, axes), ()) for one in first.terms
                     for other in second.terms]  # fmt: skip
            return indexed.normal(Tensor(axes, tuple(terms)))
        if node.op not in (CONST, INPUT) and is_product(node):
            return self._product(node, args, axes)
        return self._whole(made, axes)

    def _whole(self, made: int, axes: tuple[int, ...]) -> Tensor:
        one = self.indexed.algebra.one
        return self.indexed.normal(Tensor(axes, (IndexedTerm(one, (IndexedFactor(made, axes),)),)))

    def _is_product(self, value: int) -> bool:
        """Whether an expression stands for a product of factors, or for a derivative."""
        key = self.indexed.algebra.terms[value].key
        if not isinstance(key, str):
            return False
        return isinstance(key, DerivativeName) or key in self.indexed.atoms

    def _over(self, tensor: Tensor, axes: Sequence[int], sign: int = 1) -> Tensor:
        """A tensor over other axes, or one that is the same in every place; times a sign."""
        here = self.indexed.on_axes(tensor, tuple(axes)) if tensor.axes else tensor.replace(axes=tuple(axes))
        return self._times(here, sign)

    def _times(self, tensor: Tensor, sign: int) -> Tensor:
        algebra = self.indexed.algebra
        factor = algebra.one if sign > 0 else algebra.minus_one
        return tensor.replace(
            terms=tuple(term.replace(coefficient=algebra.multiply(factor, term.coefficient)) for term in tensor.terms)
        )

    def _product(self, node: Node, args: Sequence[Tensor], axes: tuple[int, ...]) -> Tensor:
        """A product of indexed factors, each of them a tensor."""
        indexed = self.indexed
        rule, shapes = operation(node.op).factors, [self.nodes[arg].type.shape for arg in node.args]
        assert rule is not None
        product = indexed.letters(rule(*shapes, **dict(node.type.attributes)), shapes, axes)
        terms = [IndexedTerm(indexed.algebra.one, (), product.deltas)]
        for place, indices in product.factors:
            factor = indexed.on_axes(args[place], _apart(indexed, indices))
            ties = tuple(zip(factor.axes, indices, strict=True))
            terms = [_both(indexed, one, indexed.indices.copies(other, factor.axes), ties) for one in terms
                     for other in factor.terms]  # fmt: skip
        return indexed.normal(Tensor(axes, tuple(terms)))


def _apart(indexed: IndexedAlgebra, indices: Sequence[int]) -> tuple[int, ...]:
    """New indices of the same sizes, for X_ii has one twice."""
    return tuple(indexed.indices.new(indexed.indices.sizes[index]) for index in indices)


def _both(
    indexed: IndexedAlgebra, one: IndexedTerm, other: IndexedTerm, ties: tuple[tuple[int, int], ...]
) -> IndexedTerm:
    coefficient = indexed.algebra.multiply(one.coefficient, other.coefficient)
    return IndexedTerm(coefficient, (*one.factors, *other.factors), (*one.deltas, *other.deltas, *ties))
