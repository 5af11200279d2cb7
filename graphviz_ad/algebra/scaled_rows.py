"""Terms of tensors written with variables that are a matrix whose rows, or columns, are multiplied by the entries of a
vector: Y for C diag(1 ⊘ √v), as batch normalization has it."""

from __future__ import annotations

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import IndexedFactor, IndexedTerm, Tensor
from graphviz_ad.algebra.powers import divided, power_of, powers_of
from graphviz_ad.core.record import Record


class Scaled(Record):
    """A variable that is a whole matrix times, along one of its axes, the entries of a vector."""

    variable: int
    whole: int
    scale: int
    axis: int


def scaled(indexed: IndexedAlgebra, variable: int, value: int) -> Scaled | None:
    """What the value of a variable says of it; None where it is another product, or none."""
    axes = indexed.axes(indexed.shape(value))
    if len(axes) != 2:
        return None
    one = indexed.algebra.one
    made = indexed.normal(Tensor(axes, (IndexedTerm(one, (IndexedFactor(value, axes),)),)))
    (term, *others) = made.terms or (IndexedTerm(one),)
    wholes = [factor for factor in term.factors if factor.indices == axes]
    scales = [factor for factor in term.factors if len(factor.indices) == 1 and not indexed.is_row(factor)]
    if others or term.deltas or term.coefficient != one or len(term.factors) != 2 or not (wholes and scales):
        return None
    return Scaled(variable, wholes[0].value, scales[0].value, axes.index(scales[0].indices[0]))


def with_scaled(indexed: IndexedAlgebra, term: IndexedTerm, known: Scaled) -> IndexedTerm | None:
    """The term with the variable once in the place of what it is; None where it has not all of that."""
    algebra, taken = indexed.algebra, powers_of(indexed.algebra, known.scale)
    for place, factor in enumerate(term.factors):
        left = divided(algebra, factor.value, known.whole) if len(factor.indices) == 2 else None
        if left is None:
            continue
        for other, at in enumerate(term.factors):
            if at.indices != (factor.indices[known.axis],) or indexed.is_row(at):
                continue
            digits, before = algebra.coefficient(at.value)[0], powers_of(algebra, at.value)
            if any(not 0 < exponent / before.get(base, -exponent) <= 1 for base, exponent in taken.items()):
                continue  # nothing is divided by that was not divided by before
            after = (power_of(algebra, base, exponent - taken.get(base, 0)) for base, exponent in before.items())
            factors = list(term.factors)
            factors[place] = factor.replace(value=algebra.multiply(left, known.variable))
            factors[other] = at.replace(value=algebra.multiply(algebra.number(digits), *after))
            return term.replace(factors=tuple(factors))
    return None
