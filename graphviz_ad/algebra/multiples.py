"""Terms of tensors written with variables that are multiples of what they have: y for x/‖x‖, softmax(z) for exp(z)/Σ.

σ(z) (1 − σ(z)) is written h (1 − h) where h is σ(z); in the same way the derivative of y = x/‖x‖ is (I − yyᵀ)/‖x‖.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isqrt

from graphviz_ad.algebra.atoms import ROOTS
from graphviz_ad.algebra.gathered import with_product, with_sum
from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import Axes, IndexedFactor, IndexedTerm, Tensor
from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.named_form import in_names
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT
from graphviz_ad.algebra.powers import Powers, divided, powers_of, product_of
from graphviz_ad.algebra.relation import Relation
from graphviz_ad.algebra.scaled_rows import Scaled, scaled, with_scaled
from graphviz_ad.algebra.softmaxes import shares, softmax_of
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.record import Record


class Multiple(Record):
    """A variable that is a number times an expression, which is 1 where it is a number itself."""

    variable: int
    number: int
    factor: int


class EntryRelation(Record):
    """What a variable is entry by entry."""

    relation: Relation


VariableFact = Multiple | Scaled | EntryRelation


def multiple(indexed: IndexedAlgebra, variable: int, value: int) -> Multiple | None:
    """What the value of a variable says of it; None where there is no number in it that is more than digits."""
    number, factor = indexed.numbers_apart(value)
    powers = powers_of(indexed.algebra, number)
    if not powers or (factor == indexed.algebra.one and len(powers) < 2 and not _is_norm(indexed, powers)):
        return None
    return Multiple(variable, number, factor)


def _is_norm(indexed: IndexedAlgebra, powers: Powers) -> bool:
    """Whether a number is an operation on a vector and digits, ‖c‖/2."""
    ((base, exponent),) = powers.items()
    return exponent == 1 and indexed.atom_of(base) is not None


def facts_of(indexed: IndexedAlgebra, variable: int, value: int) -> tuple[VariableFact, ...]:
    """What the value of a variable says of it, if it does."""
    softmax = softmax_of(indexed, value)
    if softmax is not None:
        return (Multiple(variable, indexed.algebra.one, softmax),)
    found = multiple(indexed, variable, value) or scaled(indexed, variable, value) or _entries(indexed, variable, value)
    return () if found is None else (found,)


def _entries(indexed: IndexedAlgebra, variable: int, value: int) -> EntryRelation | None:
    """An equation of entries in more than a name of a function: p = 1 ⊘ (1 + exp(−z))."""
    algebra, shape = indexed.algebra, indexed.shape(variable)
    if algebra.terms[value].op not in (PRODUCT, POWER):
        return None
    leaves = (leaf for leaf in algebra.below(value) if algebra.terms[leaf].op == INPUT and indexed.has_axes(leaf))
    if any(indexed.shape(leaf) != shape for leaf in leaves):
        return None
    return EntryRelation(Relation(variable, value))


def with_multiples(indexed: IndexedAlgebra, tensor: Tensor, multiples: Sequence[VariableFact]) -> Tensor:
    """The tensor with the variables of multiples in the place of what they are."""
    relations = [known.relation for known in multiples if isinstance(known, EntryRelation)]
    others = [known for known in multiples if not isinstance(known, EntryRelation)]
    if relations:
        tensor = _in_entries(indexed, tensor, relations)
    for known in others:
        if isinstance(known, Multiple):
            tensor = with_sum(indexed, tensor, known.factor)
    made = tuple(_with_multiples(indexed, term, _known(indexed, term, others), tensor.axes) for term in tensor.terms)
    made = tuple(_with_number(indexed, term, relations) for term in made)
    return tensor if made == tensor.terms else indexed.normal(Tensor(tensor.axes, made))


def _with_number(indexed: IndexedAlgebra, term: IndexedTerm, relations: Sequence[Relation]) -> IndexedTerm:
    """The term with the number before it as a textbook writes it, in the names of variables; one with a root stays what
    it is, 1/√v of a normalization, which other terms have too."""
    algebra, number = indexed.algebra, term.coefficient
    if any(algebra.terms[part].op in ROOTS for part in algebra.below(number)):
        return term
    known = [relation for relation in relations if not indexed.shape(relation.variable)]
    made = in_names(algebra, textbook(algebra, number), known)
    return term.replace(coefficient=made) if length(algebra, made) < length(algebra, number) else term


def _in_entries(indexed: IndexedAlgebra, tensor: Tensor, relations: Sequence[Relation]) -> Tensor:
    """The tensor with factors in the names of variables: p ⊙ (1 − p)."""

    def named(factor: IndexedFactor) -> IndexedFactor:
        return factor.replace(value=in_names(indexed.algebra, factor.value, relations))

    made = tuple(term.replace(factors=tuple(map(named, term.factors))) for term in tensor.terms)
    return tensor if made == tensor.terms else indexed.normal(Tensor(tensor.axes, made))


def _with_multiples(
    indexed: IndexedAlgebra, term: IndexedTerm, multiples: Iterable[Multiple | Scaled], axes: Axes
) -> IndexedTerm:
    for known in multiples:
        while (made := _replaced(indexed, term, known, axes)) is not None:
            term = made
        if isinstance(known, Multiple):
            term = _renamed(indexed.algebra, term, known)
            term = _over_known(indexed.algebra, term, known)
    return term


def _replaced(indexed: IndexedAlgebra, term: IndexedTerm, known: Multiple | Scaled, axes: Axes) -> IndexedTerm | None:
    """The term with a variable in the place of its definition, once; None where the term has not all of that."""
    if isinstance(known, Scaled):
        return with_scaled(indexed, term, known)
    algebra = indexed.algebra
    is_number = known.factor == algebra.one
    piece = algebra.coefficient(known.number)[1] if is_number else known.factor
    whole = with_product(indexed, term, piece, axes)
    return _with_multiple(indexed, whole or term, known)


def _over_known(algebra: Algebra, term: IndexedTerm, known: Multiple) -> IndexedTerm:
    """The term with roots and powers of what a variable says of itself as they stand there, √(s/4) for √s/2."""
    powers = powers_of(algebra, term.coefficient)
    scale, made = _over_bases(algebra, powers, powers_of(algebra, known.number))
    if made == powers:
        return term
    digits = algebra.number(algebra.coefficient(term.coefficient)[0])
    return term.replace(coefficient=product_of(algebra, made, digits, scale))


def _renamed(algebra: Algebra, term: IndexedTerm, known: Multiple) -> IndexedTerm:
    """The term with what it divides by in the name of a variable: 1/‖c‖ as 1/(2σ), where σ is ‖c‖/2."""
    digits, base = algebra.coefficient(known.number)
    if known.factor != algebra.one or algebra.as_power(base)[1] != algebra.one or algebra.terms[base].op != INPUT:
        return term
    number = algebra.multiply(known.variable, algebra.power(algebra.number(digits), algebra.minus_one))
    return term.replace(coefficient=algebra.replaced(term.coefficient, {base: number}))


def _with_multiple(indexed: IndexedAlgebra, term: IndexedTerm, known: Multiple) -> IndexedTerm | None:
    algebra = indexed.algebra
    taken = powers_of(algebra, known.number)
    scale, before = _over_bases(algebra, powers_of(algebra, term.coefficient), taken)
    if any(not 0 < exponent / before.get(base, -exponent) <= 1 for base, exponent in taken.items()):
        return None  # s/λ is no derivative by λ where λ is 0
    after = {base: exponent - taken.get(base, 0) for base, exponent in before.items()}
    made = product_of(algebra, after)
    digits, own, more = (
        algebra.number(algebra.coefficient(number)[0]) for number in (term.coefficient, known.number, made)
    )
    numbers = (scale, digits, more, algebra.power(own, algebra.minus_one))
    coefficient = product_of(algebra, powers_of(algebra, made), *numbers)
    if known.factor == algebra.one:
        return term.replace(coefficient=algebra.multiply(coefficient, known.variable))
    for place, factor in enumerate(term.factors):
        left = divided(algebra, factor.value, known.factor)
        if left is not None:
            value = algebra.multiply(left, known.variable)
            factors = (*term.factors[:place], IndexedFactor(value, factor.indices), *term.factors[place + 1 :])
            return term.replace(coefficient=coefficient, factors=factors)
    return None


def _over_bases(algebra: Algebra, powers: Powers, bases: Iterable[int]) -> tuple[int, Powers]:
    """Powers of a number as those of its multiple among bases, 1/s as 1/4 · 1/(s/4): the digits, and these."""
    scale, made = algebra.one, dict(powers)
    for base in bases:
        for other, exponent in powers.items():
            number = _times(algebra, base, other) if other != base else None
            digits = None if number is None else _exact_power(number, -exponent)
            if digits is not None:
                scale = algebra.multiply(scale, algebra.number(digits))
                made[base] = made.get(base, Fraction(0)) + made.pop(other)
    return scale, made


def _exact_power(number: Fraction, exponent: Fraction) -> Fraction | None:
    """A power of a number where it is a fraction: of a half one, of squares alone."""
    if exponent.denominator == 1:
        return number**exponent.numerator
    roots = [isqrt(part) for part in (number.numerator, number.denominator) if part > 0]
    root = Fraction(*roots) if len(roots) == 2 else Fraction(0)
    return root**exponent.numerator if exponent.denominator == 2 and root * root == number else None


def _times(algebra: Algebra, value: int, other: int) -> Fraction | None:
    """How many times one number is another, of sums term by term; None where it is not."""
    parts, others = (
        {rest: number for number, rest in map(algebra.coefficient, algebra.summands(whole))} for whole in (value, other)
    )
    if parts.keys() != others.keys():
        return None
    ratios = {Fraction(parts[rest]) / Fraction(others[rest]) for rest in parts}
    return ratios.pop() if len(ratios) == 1 else None


def _known(
    indexed: IndexedAlgebra, term: IndexedTerm, multiples: Sequence[Multiple | Scaled]
) -> Sequence[Multiple | Scaled]:
    """What is known of variables, and softmax(z) for exp(z) over the sum of its entries, which may be one of them."""
    found = [Multiple(*share) for share in shares(indexed, powers_of(indexed.algebra, term.coefficient))]
    return (*multiples, *found, *multiples) if found else multiples
