"""Tensors written in matrix notation: W x, δ xᵀ, diag(u), u ⊙ v, A ⊙ (δ − …)."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import IndexedTerm, Tensor
from graphviz_ad.algebra.matrix_sums import Adder
from graphviz_ad.algebra.matrix_terms import Eliminator, NoMatrixFormError
from graphviz_ad.algebra.multiples import VariableFact, with_multiples
from graphviz_ad.algebra.pool import SUM
from graphviz_ad.algebra.words import Words
from graphviz_ad.core.graph import Graph

MAX_EXPANDED = 24  # terms of a tensor that is multiplied out


def matrix_form(
    indexed: IndexedAlgebra, tensor: Tensor, turned: bool = False, multiples: Sequence[VariableFact] = ()
) -> Graph | None:
    """The tensor in matrix notation, over its axes from the top down and then across, or `turned`, with the variables
    of `multiples`; None where there is none."""
    words = Words(indexed)
    made = written(words, tensor, multiples)
    if made is None:
        return None
    return words.graph(words.transpose(made) if turned else made)


def written(words: Words, tensor: Tensor, multiples: Sequence[VariableFact] = ()) -> int | None:
    """A tensor as an expression of matrices: as it stands or multiplied out, whichever is shorter; None for neither."""
    if len(tensor.axes) > 2:
        return None
    tensor = with_multiples(words.indexed, tensor, multiples)
    forms = [_written(words, form) for form in (tensor, _expanded(words.indexed, tensor)) if form is not None]
    return min((form for form in forms if form is not None), key=words.length, default=None)


def _written(words: Words, tensor: Tensor) -> int | None:
    try:
        terms = [Eliminator(words, term, tensor.axes).written() for term in tensor.terms]
    except NoMatrixFormError:
        return None
    return Adder(words, tensor.axes).of(terms)


def _expanded(indexed: IndexedAlgebra, tensor: Tensor) -> Tensor | None:
    """The tensor with sums of products of matrices multiplied out, (I − xxᵀ) y; None where it has none."""
    changed = list(tensor.terms)
    done: list[IndexedTerm] = []
    while changed:
        term = changed.pop()
        apart = _apart(indexed, term)
        if len(changed) + len(done) + len(apart) > MAX_EXPANDED:
            return None
        (done if len(apart) == 1 else changed).extend(apart)
    return None if len(done) == len(tensor.terms) else indexed.normal(Tensor(tensor.axes, tuple(reversed(done))))


def _apart(indexed: IndexedAlgebra, term: IndexedTerm) -> list[IndexedTerm]:
    """A term for each of the terms of its first sum of products of matrices."""
    for place, factor in enumerate(term.factors):
        parts = indexed.algebra.terms[factor.value]
        if parts.op == SUM and any(map(indexed.is_product, parts.args)):
            before, after = term.factors[:place], term.factors[place + 1 :]
            return [term.replace(factors=(*before, factor.replace(value=value), *after)) for value in parts.args]
    return [term]
