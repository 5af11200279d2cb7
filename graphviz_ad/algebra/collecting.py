"""Terms of tensors that are equal, or the same but for one expression, as one."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.algebra.indexed_terms import Axes, Index, IndexedFactor, IndexedTerm
from graphviz_ad.algebra.matrix_facts import MatrixFacts


def with_two_joined(facts: MatrixFacts, terms: Sequence[IndexedTerm], axes: Axes) -> tuple[IndexedTerm, ...] | None:
    """The terms with two that are the same but for one expression as one, with the sum of these: p (1 − t) − t (1 − p)
    is p − t; None where there are no such two."""
    for place, first in enumerate(terms):
        for other in range(place + 1, len(terms)):
            made = _joined(facts, first, terms[other], axes)
            if made is not None:
                return (*terms[:place], made, *terms[place + 1 : other], *terms[other + 1 :])
    return None


def _joined(facts: MatrixFacts, one: IndexedTerm, other: IndexedTerm, axes: Axes) -> IndexedTerm | None:
    """The sum of two terms as one; None where they differ in more than an expression and digits."""
    pool, algebra = facts.pool, facts.pool.algebra
    (digits, number), (others, same) = (algebra.coefficient(term.coefficient) for term in (one, other))
    if number != same:
        return None  # (aᵀa) b − (aᵀb) a is written with its numbers in front
    for factor in one.factors:
        rest = one.without(factor)
        for second in other.factors:
            if pool.is_row(factor) != pool.is_row(second) or len(factor.indices) != len(second.indices):
                continue
            pairs = dict(zip(second.indices, factor.indices, strict=True))
            if any(pool.indices.sizes[i] != pool.indices.sizes[j] for i, j in pairs.items()):
                continue
            one_to_one = tuple(pairs[i] for i in second.indices) == factor.indices
            if not one_to_one or len(set(pairs.values())) < len(pairs):
                continue
            if any(i != j and (i in axes or j in axes) for i, j in pairs.items()):
                continue  # one is summed over, and the other is not
            left = other.without(second).renamed(pairs)
            ends = (*axes, *factor.indices)
            if key_of(facts, rest, ends) == key_of(facts, left, ends):
                scaled = ((digits, factor.value), (others, second.value))
                value = algebra.add(*(algebra.multiply(algebra.number(n), made) for n, made in scaled))
                return IndexedTerm(number, (*rest.factors, IndexedFactor(value, factor.indices)), one.deltas)
    return None


def key_of(facts: MatrixFacts, term: IndexedTerm, axes: Axes) -> object:
    """What terms have in common that are equal but for their coefficients: indices that are summed over are numbered
    as they appear among the factors in order; those of a matrix that is its own transpose have none."""
    numbers: dict[Index, object] = {axis: ("axis", place) for place, axis in enumerate(axes)}
    left = sorted(term.factors, key=lambda factor: (factor.value, len(factor.indices)))
    said: list[tuple[int, object]] = []
    while left:  # those that share an index with what is numbered already come first
        factor = next((f for f in left if any(index in numbers for index in f.indices)), left[0])
        left.remove(factor)
        symmetric = len(factor.indices) == 2 and facts.is_symmetric(factor.value)
        for index in sorted(factor.indices, key=lambda i: i not in numbers) if symmetric else factor.indices:
            numbers.setdefault(index, len(numbers))
        places = tuple(numbers[index] for index in factor.indices)
        said.append((factor.value, frozenset(places) if symmetric else places))
    deltas = frozenset((numbers.get(i), numbers.get(j)) for i, j in term.deltas)
    return frozenset(said), len(said), deltas
