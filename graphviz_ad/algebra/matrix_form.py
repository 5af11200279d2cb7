"""Tensors written in matrix notation: W x, δ xᵀ, diag(u), u ⊙ v, A ⊙ (δ − …)."""

from __future__ import annotations

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import Tensor
from graphviz_ad.algebra.matrix_sums import Adder
from graphviz_ad.algebra.matrix_terms import Eliminator, NoMatrixFormError
from graphviz_ad.algebra.words import Words
from graphviz_ad.core.graph import Graph


def matrix_form(indexed: IndexedAlgebra, tensor: Tensor, turned: bool = False) -> Graph | None:
    """The tensor in matrix notation, over its axes from the top down and then across, or `turned`; None where there is
    none."""
    words = Words(indexed)
    made = written(words, tensor)
    if made is None:
        return None
    return words.graph(words.transpose(made) if turned else made)


def written(words: Words, tensor: Tensor) -> int | None:
    """The same as a node of a builder."""
    if len(tensor.axes) > 2:
        return None
    try:
        terms = [Eliminator(words, term, tensor.axes).written() for term in tensor.terms]
    except NoMatrixFormError:
        return None
    return Adder(words, tensor.axes).of(terms)
