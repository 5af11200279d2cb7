"""Expressions as products of powers of others, roots as halves, and products taken apart."""

from __future__ import annotations

from fractions import Fraction

from graphviz_ad.algebra.normal_form import Algebra

Powers = dict[int, Fraction]


def powers_of(algebra: Algebra, coefficient: int) -> Powers:
    """The powers that an expression is a product of, beside its digits: each with its exponent, roots as halves."""
    found: Powers = {}
    rest = algebra.coefficient(coefficient)[1]
    for part in _parts(algebra, rest) if rest != algebra.one else ():
        base, exponent = algebra.as_power(part)
        value = algebra.value(exponent)
        whole = value is None or algebra.terms[part].op == "exp"
        base, power = (part, Fraction(1)) if whole else (base, Fraction(value or 0))
        if algebra.terms[base].op == "sqrt":
            base, power = algebra.terms[base].args[0], power / 2
        found[base] = found.get(base, Fraction(0)) + power
    return found


def power_of(algebra: Algebra, base: int, exponent: Fraction) -> int:
    """A power, of a half one of a root."""
    if exponent.denominator == 2:
        base, exponent = algebra.apply("sqrt", base), exponent * 2
    return algebra.power(base, algebra.number(exponent))


def product_of(algebra: Algebra, powers: Powers, *others: int) -> int:
    """Other factors times the powers."""
    return algebra.multiply(*others, *(power_of(algebra, base, exponent) for base, exponent in powers.items()))


def _parts(algebra: Algebra, value: int) -> tuple[int, ...]:
    return algebra.factors(value) if value != algebra.one else ()


def divided(algebra: Algebra, value: int, by: int) -> int | None:
    """A product without some of its factors; None where it has not all of them."""
    left = list(_parts(algebra, value))
    for part in _parts(algebra, by):
        if part not in left:
            return None
        left.remove(part)
    return algebra.multiply(*left)
