"""Other forms of an expression that need no arithmetic of polynomials."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt, lcm

from graphviz_ad.algebra.normal_form import PRODUCT, SUM, Algebra
from graphviz_ad.algebra.sums import plus_first


def simple_forms(algebra: Algebra, root: int) -> Iterator[int]:
    """A sum begun with a plus, logarithms of a quotient, roots without fractions in them."""
    term = algebra.terms[root]
    if term.op == SUM:
        yield plus_first(algebra, root)
        yield _logarithm(algebra, root)
    elif term.op == PRODUCT:
        yield _whole_roots(algebra, root)


def _logarithm(algebra: Algebra, root: int) -> int:
    """c log u − c log v as c log(u/v), in derivatives, where both are positive."""
    if not algebra.differentiated:
        return root
    parts = list(algebra.terms[root].args)
    split = [_split_logarithm(algebra, part) for part in parts]
    for i, above in enumerate(split):
        for j, below in enumerate(split):
            if i < j and above and below and above[0] == algebra.multiply(algebra.minus_one, below[0]):
                over, under = (above, below) if algebra.coefficient(parts[i])[0] > 0 else (below, above)
                quotient = algebra.multiply(over[1], algebra.power(under[1], algebra.minus_one))
                made = algebra.multiply(over[0], algebra.apply("log", quotient))
                return algebra.add(*(made if k == i else part for k, part in enumerate(parts) if k != j))
    return root


def _split_logarithm(algebra: Algebra, part: int) -> tuple[int, int] | None:
    """A term as what stands before its only logarithm, and the argument of that."""
    factors = algebra.terms[part].args if algebra.terms[part].op == PRODUCT else (part,)
    found = [factor for factor in factors if algebra.terms[factor].op == "log"]
    if len(found) != 1:
        return None
    rest = (factor for factor in factors if factor != found[0])
    return algebra.multiply(*rest), algebra.terms[found[0]].args[0]


def _whole_roots(algebra: Algebra, root: int) -> int:
    """A product with √(x² + 9)/3 in the place of √(x²/9 + 1)."""
    return algebra.multiply(*(_whole_root(algebra, factor) for factor in algebra.terms[root].args))


def _whole_root(algebra: Algebra, factor: int) -> int:
    base, exponent = algebra.as_power(factor)
    term = algebra.terms[base]
    if term.op != "sqrt" or algebra.terms[term.args[0]].op != SUM:
        return factor
    parts = algebra.terms[term.args[0]].args
    whole = lcm(*(Fraction(algebra.coefficient(part)[0]).denominator for part in parts))
    if whole == 1 or isqrt(whole) ** 2 != whole:
        return factor
    inside = algebra.add(*(algebra.multiply(algebra.number(whole), part) for part in parts))
    made = algebra.multiply(algebra.number(Fraction(1, isqrt(whole))), algebra.apply("sqrt", inside))
    return algebra.power(made, exponent)
