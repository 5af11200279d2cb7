"""Terms of tensors with what a variable is a multiple of in one piece: x − μ for terms with x and with μ, W x for a
term with both, so that y can be written for (x − μ)/√v and for W x/‖W x‖."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphviz_ad.algebra.collecting import key_of
from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import Axes, Index, IndexedFactor, IndexedTerm, Tensor
from graphviz_ad.algebra.pool import SUM
from graphviz_ad.core.functions import operation


def with_sum(indexed: IndexedAlgebra, tensor: Tensor, whole: int) -> Tensor:
    """The tensor with a sum of vectors and numbers in one piece, where it has a term for each of its parts."""
    algebra = indexed.algebra
    parts = algebra.terms[whole].args if algebra.terms[whole].op == SUM else ()
    vectors = [part for part in parts if indexed.has_axes(part)]
    if len(vectors) != 1 or len(parts) < 2 or len(indexed.shape(whole)) != 1:
        return tensor
    digits, lead = algebra.coefficient(vectors[0])
    by = algebra.power(algebra.number(digits), algebra.minus_one)
    ratios = [algebra.multiply(by, part) for part in parts if part != vectors[0]]
    for term in tensor.terms:
        for factor in term.factors:
            if factor.value != lead or indexed.is_row(factor):
                continue
            rest = term.without(factor)
            others = _with_coefficients(indexed, tensor, rest, [algebra.multiply(term.coefficient, r) for r in ratios])
            if others is not None and (factor.indices[0] in tensor.axes or rest.reads(factor.indices[0])):
                piece = IndexedFactor(whole, factor.indices)
                made = rest.replace(coefficient=algebra.multiply(by, term.coefficient), factors=(*rest.factors, piece))
                kept = [made if other is term else other for other in tensor.terms if other not in others]
                return with_sum(indexed, tensor.replace(terms=tuple(kept)), whole)
    return tensor


def _with_coefficients(
    indexed: IndexedAlgebra, tensor: Tensor, like: IndexedTerm, coefficients: Sequence[int]
) -> list[IndexedTerm] | None:
    """The terms of a tensor that are as one is but for their coefficients, which are these."""
    key = key_of(indexed.facts, like, tensor.axes)
    alike = {term.coefficient: term for term in tensor.terms if key_of(indexed.facts, term, tensor.axes) == key}
    found = [alike[coefficient] for coefficient in coefficients if coefficient in alike]
    return found if len(found) == len(coefficients) else None


def with_product(indexed: IndexedAlgebra, term: IndexedTerm, whole: int, axes: Axes) -> IndexedTerm | None:
    """The term with a product that is a vector, or a number, in one piece, once; None where it has not all of that."""
    own = indexed.axes(indexed.shape(whole))
    pattern = _pattern(indexed, whole, own)
    if pattern is None or len(own) > 1:
        return None
    for taken, places in _matches(pattern.factors, term.factors, {}):
        rest = [factor for factor in term.factors if factor not in taken]
        inner = {place for index, place in places.items() if index not in own}
        if inner.isdisjoint(axes) and not any(inner.intersection(factor.indices) for factor in rest):
            if not own:
                return IndexedTerm(indexed.algebra.multiply(term.coefficient, whole), tuple(rest), term.deltas)
            return term.replace(factors=(*rest, IndexedFactor(whole, (places[own[0]],))))
    return None


def _pattern(indexed: IndexedAlgebra, whole: int, own: Axes) -> IndexedTerm | None:
    """A product as a term of its factors; None for what is none, or 0."""
    atom = indexed.atom_of(whole)
    rule = None if atom is None else operation(atom.op).factors
    if atom is None or rule is None:
        return None
    shapes = [indexed.shape(arg) for arg in atom.args]
    product = indexed.letters(rule(*shapes, **dict(atom.type.attributes)), shapes, own)
    factors = tuple(IndexedFactor(atom.args[place], indices) for place, indices in product.factors)
    terms = indexed.normal(Tensor(own, (IndexedTerm(indexed.algebra.one, factors, product.deltas),))).terms
    term = terms[0] if len(terms) == 1 else None
    if term is None or term.coefficient != indexed.algebra.one or term.deltas or len(term.factors) <= len(own):
        return None
    return term


def _matches(
    pattern: Sequence[IndexedFactor], factors: Sequence[IndexedFactor], places: dict[Index, Index]
) -> Iterator[tuple[list[IndexedFactor], dict[Index, Index]]]:
    """Factors that have the expressions of a pattern and share indices as these do, and the places of its indices."""
    if not pattern:
        yield [], places
        return
    for factor in factors:
        if factor.value != pattern[0].value or len(factor.indices) != len(pattern[0].indices):
            continue
        pairs = dict(zip(pattern[0].indices, factor.indices, strict=True))
        known = pairs | places  # each index has one place, and no other has that: B_ii is in tr(B), B_ij in sum(B)
        if any(known[index] != place for index, place in zip(pattern[0].indices, factor.indices, strict=True)):
            continue
        if len(set(known.values())) < len(known):
            continue
        left = [other for other in factors if other is not factor]
        for taken, found in _matches(pattern[1:], left, {**places, **pairs}):
            yield [factor, *taken], found
