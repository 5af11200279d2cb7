"""Terms of tensors written with variables that are multiples of what they have: y for x/‖x‖, softmax(z) for exp(z)/Σ.

σ(z) (1 − σ(z)) is written h (1 − h) where h is σ(z); in the same way the derivative of y = x/‖x‖ is (I − yyᵀ)/‖x‖.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import isqrt

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import IndexedFactor, IndexedTerm, Tensor
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.powers import Powers, divided, power_of, powers_of
from graphviz_ad.algebra.scaled_rows import Scaled, scaled, with_scaled
from graphviz_ad.core.graph import Type
from graphviz_ad.core.record import Record


class Multiple(Record):
    """A variable that is a number times an expression, which is 1 where it is a number itself."""

    variable: int
    number: int
    factor: int


VariableFact = Multiple | Scaled


def multiple(indexed: IndexedAlgebra, variable: int, value: int) -> Multiple | None:
    """What the value of a variable says of it; None where there is no number in it that is more than digits."""
    number, factor = indexed.numbers_apart(value)
    powers = powers_of(indexed.algebra, number)
    if not powers or (factor == indexed.algebra.one and len(powers) < 2):
        return None
    return Multiple(variable, number, factor)


def facts_of(indexed: IndexedAlgebra, variable: int, value: int) -> tuple[VariableFact, ...]:
    """What the value of a variable says of it, if it does."""
    found = multiple(indexed, variable, value) or scaled(indexed, variable, value)
    return () if found is None else (found,)


def with_multiples(indexed: IndexedAlgebra, tensor: Tensor, multiples: Sequence[VariableFact]) -> Tensor:
    """The tensor with the variables of multiples in the place of what they are."""
    made = tuple(_with_multiples(indexed, term, (*multiples, *_softmaxes(indexed, term))) for term in tensor.terms)
    return tensor if made == tensor.terms else indexed.normal(Tensor(tensor.axes, made))


def _with_multiples(indexed: IndexedAlgebra, term: IndexedTerm, multiples: Iterable[VariableFact]) -> IndexedTerm:
    for known in multiples:
        while (made := _replaced(indexed, term, known)) is not None:
            term = made
        if isinstance(known, Multiple):
            term = _over_known(indexed.algebra, term, known)
    return term


def _replaced(indexed: IndexedAlgebra, term: IndexedTerm, known: VariableFact) -> IndexedTerm | None:
    """The term with a variable in the place of its definition, once; None where the term has not all of that."""
    if isinstance(known, Scaled):
        return with_scaled(indexed, term, known)
    return _with_multiple(indexed, term, known)


def _over_known(algebra: Algebra, term: IndexedTerm, known: Multiple) -> IndexedTerm:
    """The term with roots and powers of what a variable says of itself as they stand there, √(s/4) for √s/2."""
    powers = powers_of(algebra, term.coefficient)
    scale, made = _over_bases(algebra, powers, powers_of(algebra, known.number))
    if made == powers:
        return term
    digits = algebra.number(algebra.coefficient(term.coefficient)[0])
    rest = (power_of(algebra, base, exponent) for base, exponent in made.items())
    return term.replace(coefficient=algebra.multiply(digits, scale, *rest))


def _with_multiple(indexed: IndexedAlgebra, term: IndexedTerm, known: Multiple) -> IndexedTerm | None:
    algebra = indexed.algebra
    taken = powers_of(algebra, known.number)
    scale, before = _over_bases(algebra, powers_of(algebra, term.coefficient), taken)
    if any(not 0 < exponent / before.get(base, -exponent) <= 1 for base, exponent in taken.items()):
        return None  # s/λ is no derivative by λ where λ is 0
    after = {base: exponent - taken.get(base, 0) for base, exponent in before.items()}
    made = algebra.multiply(*(power_of(algebra, base, exponent) for base, exponent in after.items()))
    digits, own, more = (
        algebra.number(algebra.coefficient(number)[0]) for number in (term.coefficient, known.number, made)
    )
    rest = (power_of(algebra, base, exponent) for base, exponent in powers_of(algebra, made).items())
    coefficient = algebra.multiply(scale, digits, more, algebra.power(own, algebra.minus_one), *rest)
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


def _softmaxes(indexed: IndexedAlgebra, term: IndexedTerm) -> Iterator[Multiple]:
    """softmax(z) for exp(z) over the sum of its entries."""
    for base, exponent in powers_of(indexed.algebra, term.coefficient).items():
        key = indexed.algebra.terms[base].key
        atom = indexed.atoms.get(key) if isinstance(key, str) else None
        if atom is None or atom.op != "total" or exponent > 0 or indexed.algebra.terms[atom.args[0]].op != "exp":
            continue
        shape = indexed.shape(atom.args[0])
        if len(shape) == 1:
            (power,) = indexed.algebra.terms[atom.args[0]].args
            one_over = indexed.algebra.power(base, indexed.algebra.minus_one)
            yield Multiple(indexed.atom("softmax", (power,), Type(shape)), one_over, atom.args[0])
