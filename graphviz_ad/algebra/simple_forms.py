"""Other forms of an expression that need no arithmetic of polynomials."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, isqrt, lcm

from graphviz_ad.algebra.atoms import ROOTS
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.algebra.sums import plus_first
from graphviz_ad.core.graph import INPUT


def simple_forms(algebra: Algebra, root: int) -> Iterator[int]:
    """A sum begun with a plus, logarithms of a quotient, roots without fractions in them."""
    term = algebra.terms[root]
    if term.op == SUM:
        yield plus_first(algebra, root)
        yield _logarithm(algebra, root)
        yield _common_factors(algebra, root)
    elif term.op in (PRODUCT, POWER):
        yield _whole_roots(algebra, root)
        yield _lowest_roots(algebra, root)
        yield _minus_in_front(algebra, root)


def _common_factors(algebra: Algebra, root: int) -> int:
    """A sum of products with the factors that all of them have in front; the rest of each stays as it is."""
    terms = [_powers(algebra, part) for part in algebra.terms[root].args]
    shared = {base: min(powers[base] for powers in terms) for base in terms[0]
              if all(base in powers for powers in terms)}  # fmt: skip
    common = {base: least for base, least in shared.items() if least > 0 or all(powers[base] < 0 for powers in terms)}
    others = [_others(algebra, part) for part in algebra.terms[root].args]
    alike = [factor for factor in others[0] if all(factor in rest for rest in others)]  # e^x, x^n
    numbers = [algebra.coefficient(part)[0] for part in algebra.terms[root].args]
    whole = [n for n in numbers if isinstance(n, int)]
    number = gcd(*whole) if len(whole) == len(numbers) else 1
    if not common and not alike and number == 1:
        return root
    if all(coefficient < 0 for coefficient in numbers):
        number = -number
    rest = (
        algebra.multiply(
            algebra.number(coefficient * number if abs(number) == 1 else Fraction(coefficient) / number),
            *(algebra.power(base, algebra.number(n - common.get(base, 0))) for base, n in powers.items()),
            *(factor for factor in rest if factor not in alike),
        )
        for coefficient, powers, rest in zip(numbers, terms, others, strict=True)
    )
    front = [algebra.power(base, algebra.number(least)) for base, least in common.items()]
    return algebra.multiply(algebra.number(number), *front, *alike, plus_first(algebra, algebra.add(*rest)))


def _powers(algebra: Algebra, part: int) -> dict[int, int]:
    """The whole powers in a product."""
    found = {}
    for factor in algebra.factors(part):
        base, exponent = algebra.as_power(factor)
        if isinstance(number := algebra.value(exponent), int) and algebra.value(factor) is None and base not in found:
            found[base] = number
    return found


def _others(algebra: Algebra, part: int) -> list[int]:
    """The factors of a product that are neither numbers nor the powers found above."""
    known = [algebra.power(base, algebra.number(number)) for base, number in _powers(algebra, part).items()]
    return [factor for factor in algebra.factors(part) if algebra.value(factor) is None and factor not in known]


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
    factors = algebra.factors(part)
    found = [factor for factor in factors if algebra.terms[factor].op == "log"]
    if len(found) != 1:
        return None
    rest = (factor for factor in factors if factor != found[0])
    return algebra.multiply(*rest), algebra.terms[found[0]].args[0]


def _whole_roots(algebra: Algebra, root: int) -> int:
    """A product with √(x² + 9)/3 in the place of √(x²/9 + 1)."""
    return algebra.multiply(*(_whole_root(algebra, factor) for factor in algebra.factors(root)))


def _minus_in_front(algebra: Algebra, root: int) -> int:
    """A product with −(x + y) in the place of −x − y."""
    return algebra.multiply(*(part for factor in algebra.factors(root) for part in _without_minus(algebra, factor)))


def _without_minus(algebra: Algebra, factor: int) -> tuple[int, ...]:
    base, exponent = algebra.as_power(factor)
    times, parts = algebra.value(exponent), algebra.terms[base].args
    negative = algebra.terms[base].op == SUM and all(algebra.coefficient(part)[0] < 0 for part in parts)
    if not negative or not isinstance(times, int):
        return (factor,)
    turned = algebra.add(*(algebra.multiply(algebra.minus_one, part) for part in parts))
    return algebra.number((-1) ** abs(times)), algebra.power(turned, exponent)


def _lowest_roots(algebra: Algebra, root: int) -> int:
    """A product with x√x in the place of √x³."""
    return algebra.multiply(*(part for factor in algebra.factors(root) for part in _lowest_root(algebra, factor)))


def _lowest_root(algebra: Algebra, factor: int) -> tuple[int, ...]:
    base, exponent = algebra.as_power(factor)
    times, degree = algebra.value(exponent), ROOTS.get(algebra.terms[base].op)
    if degree is None or not isinstance(times, int) or not times % degree:
        return (factor,)
    inside = algebra.terms[base].args[0]
    whole = int(times / degree)
    if not whole or algebra.terms[inside].op != INPUT:
        return (factor,)
    rest = algebra.number(times - whole * degree)
    return algebra.power(inside, algebra.number(whole)), algebra.power(base, rest)


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
