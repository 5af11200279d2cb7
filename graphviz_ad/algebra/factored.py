"""Polynomials taken apart: a number, powers of generators, and powers of what was written or of factors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from flint import fmpz_mpoly

from graphviz_ad.algebra.ratio import Exponents, degrees, terms
from graphviz_ad.core.record import Record

K = TypeVar("K")
V = TypeVar("V", int, Fraction)

MAX_FACTORED = 60  # terms of a polynomial that is factored
Terms = tuple[tuple[Exponents, int], ...]  # of a primitive polynomial, as a key


class Factored(Record):
    """A number, powers of generators by their places, and powers of polynomials."""

    number: Fraction
    units: dict[int, Fraction]
    factors: dict[Terms, int]

    def over(self, other: Factored) -> Factored:
        return Factored(self.number / other.number, plus(self.units, other.units, -1),
                     {k: e for k, e in plus(self.factors, other.factors, -1).items() if e})  # fmt: skip


class WrittenSum(Record):
    """A sum of the expression: `index` is number · units · the primitive polynomial."""

    index: int
    number: Fraction
    units: dict[int, Fraction]
    polynomial: fmpz_mpoly

    @property
    def is_scaled(self) -> bool:
        return bool(self.units) or abs(self.number) != 1


def taken(polynomial: fmpz_mpoly, written: Iterable[WrittenSum], factored: bool = False) -> Factored:
    """A polynomial as number, monomial, what was written and the rest, which is factored or not."""
    content = polynomial.term_content()
    ((exponents, coefficient),) = terms(content).items()
    rest, number = polynomial // content, Fraction(coefficient)
    if int(rest.leading_coefficient()) < 0:
        rest, number = -rest, -number
    factors: dict[Terms, int] = {}
    for base in written:
        if len(rest) < 2:
            break
        while all(a >= b for a, b in zip(degrees(rest), degrees(base.polynomial), strict=True)):
            quotient, remainder = divmod(rest, base.polynomial)
            if not remainder.is_zero():
                break
            rest = quotient
            key = key_of(base.polynomial)
            factors[key] = factors.get(key, 0) + 1
    sign, found = rest.factor() if factored and 1 < len(rest) <= MAX_FACTORED else (1, [(rest, 1)])
    number *= int(sign)
    for factor, exponent in found:  # none of them begins with a minus
        if len(factor) > 1:
            key = key_of(factor)
            factors[key] = factors.get(key, 0) + exponent
    return Factored(number, {place: Fraction(e) for place, e in enumerate(exponents) if e}, factors)


def key_of(polynomial: fmpz_mpoly) -> Terms:
    """What tells polynomials apart that are equal in value but not the same object."""
    return tuple(terms(polynomial).items())


def plus(a: Mapping[K, V], b: Mapping[K, V], times: int) -> dict[K, V]:
    """The first sum plus a multiple of the second: coefficients by their monomials."""
    return {**a, **{key: a[key] + times * value if key in a else times * value for key, value in b.items()}}
