"""The contributions to a derivative, collected: a common denominator (the quotient rule), a common function."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import HUGE, POWER, SUM
from graphviz_ad.core.graph import CONST, INPUT


def together(algebra: Algebra, contributions: Sequence[int]) -> int:
    """The sum of the contributions, as a textbook writes the result of the product or the quotient rule.

    cos(x)/x − sin(x)/x² becomes (x cos(x) − sin(x))/x², and x^x log(x) + x^x becomes x^x (log(x) + 1). Sums of powers,
    such as 1/x + 1/x², stay as they are.
    """
    total = algebra.add(*contributions)
    for rule in (_common_denominator, _common_function):
        if algebra.terms[total].op == SUM:
            total = rule(algebra, total)
    return total


def _common_denominator(algebra: Algebra, total: int) -> int:
    terms = [algebra.factors(term) for term in algebra.terms[total].args]
    under = [_denominator(algebra, factors) for factors in terms]
    shared = [base for base in under[0] if all(base in bases for bases in under) and algebra.lead[base] < HUGE]
    if not shared or all(_is_monomial(algebra, factors) for factors in terms):
        return total
    common = {base: max(bases.get(base, 0) for bases in under) for bases in under for base in bases}
    numbers = (algebra.coefficient(term)[0] for term in algebra.terms[total].args)
    whole = lcm(*(number.denominator for number in numbers if isinstance(number, Fraction)))
    numerator = algebra.add(*(
        algebra.multiply(
            algebra.number(whole),
            *(factor for factor in factors if not _is_under(algebra, factor, own)),
            *(algebra.power(base, algebra.number(most - own.get(base, 0))) for base, most in common.items()),
        )
        for factors, own in zip(terms, under, strict=True)
    ))  # fmt: skip
    if algebra.terms[numerator].op == SUM:
        numerator = _common_function(algebra, numerator)
    below = (algebra.power(base, algebra.number(-n)) for base, n in common.items())
    return algebra.multiply(algebra.number(Fraction(1, whole)), numerator, *below)


def _denominator(algebra: Algebra, factors: tuple[int, ...]) -> dict[int, int]:
    """The bases below the line, with their exponents."""
    powers = ((base, algebra.value(exponent)) for base, exponent in map(algebra.as_power, factors))
    return {base: -n for base, n in powers if isinstance(n, int) and n < 0}


def _is_under(algebra: Algebra, factor: int, own: dict[int, int]) -> bool:
    base, exponent = algebra.as_power(factor)
    value = algebra.value(exponent)
    return base in own and isinstance(value, int) and value < 0


def _is_monomial(algebra: Algebra, factors: tuple[int, ...]) -> bool:
    bases = [algebra.as_power(factor)[0] for factor in factors]
    return all(algebra.terms[base].op in (CONST, INPUT) for base in bases)


def _common_function(algebra: Algebra, total: int) -> int:
    terms = [algebra.factors(term) for term in algebra.terms[total].args]
    shared = [f for f in terms[0] if _is_function(algebra, f) and all(f in factors for factors in terms)]
    if not shared:
        return total
    rest = algebra.add(*(algebra.multiply(*(f for f in factors if f not in shared)) for factors in terms), ordered=True)
    return algebra.multiply(*shared, rest)


def _is_function(algebra: Algebra, factor: int) -> bool:
    term = algebra.terms[factor]
    if term.op == POWER:
        return algebra.value(term.args[1]) is None
    return term.op not in (CONST, INPUT, SUM)
