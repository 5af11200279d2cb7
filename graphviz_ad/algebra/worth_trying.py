"""Whether an expression could have a shorter form at all: cheap signs of it, so that most expressions cost nothing.

A product of atoms with at most one sum, whose terms have nothing in common, is as short as it gets: 2y, 12x²(2x³ + 3),
x cos(ax + b), σ(x)(1 − σ(x)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import gcd

from graphviz_ad.algebra.atoms import ROOTS
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.core.graph import CONST, INPUT

Bases = dict[int, Fraction | None]  # what is raised to which power; None for one that is no number
_TRIGONOMETRIC = frozenset("sin cos tan cot sec csc sinh cosh".split())
_ONCE = frozenset(
    "abs sign hypot relu max min greater greater_equal less less_equal".split()
)  # a product with two of these may be one of one
_RELATED = ({"sigmoid", "exp"}, {"tanh", "sinh"}, {"tanh", "cosh"})


def worth_trying(algebra: Algebra, root: int) -> bool:
    """Whether another form of a sum, a product or a power is worth being looked for."""
    if algebra.terms[root].op not in (SUM, PRODUCT, POWER) or not _may_be_divided(algebra, root):
        return False
    outer = _bases(algebra, root)
    if outer is None:
        return True
    sums = [base for base in outer if algebra.terms[base].op == SUM]
    if len(sums) > 1:
        return True
    terms = [_bases(algebra, term) for base in sums for term in algebra.terms[base].args]
    inside = [bases for bases in terms if bases is not None]
    if len(inside) < len(terms) or any(algebra.terms[base].op == SUM for bases in inside for base in bases):
        return True
    return (
        _have_much_in_common(inside)
        or any(_content(algebra, base, alone=base == root) for base in sums)
        or (_is_exponential(algebra, outer) and any(_is_exponential(algebra, bases) for bases in inside))
        or _has_identities(algebra, outer, inside)
    )


def _may_be_divided(algebra: Algebra, root: int) -> bool:
    """Whether factors may be cancelled: in derivatives, whose domain is that of the function, and where nothing is
    divided by."""
    return algebra.differentiated or all(
        isinstance(times := algebra.value(algebra.terms[part].args[1]), int) and times > 0
        for part in algebra.below(root)
        if algebra.terms[part].op == POWER
    )


def _bases(algebra: Algebra, index: int) -> Bases | None:
    """The factors of a product, as bases with exponents; None where one of them can be taken apart."""
    found: Bases = {}
    for factor in algebra.factors(index):
        base, exponent = algebra.as_power(factor)
        number = algebra.value(exponent)
        op = algebra.terms[base].op
        if op in ROOTS:
            base, number = algebra.terms[base].args[0], None if number is None else Fraction(number) / ROOTS[op]
            op = algebra.terms[base].op
            number = None if number is not None and number.denominator == 1 and op not in (CONST, INPUT) else number
        if op in (PRODUCT, POWER) or base in found or (op == SUM and number is None):
            return None
        if op != CONST:
            found[base] = None if number is None else Fraction(number)
    return found


def _is_exponential(algebra: Algebra, bases: Bases) -> bool:
    return any(algebra.terms[base].op == "exp" for base in bases)


def _have_much_in_common(terms: list[Bases]) -> bool:
    """Whether there is a common factor, a common denominator or a product of sums in a sum."""
    shared = Counter(base for bases in terms for base in bases)
    under = any(exponent is not None and exponent < 0 for bases in terms for exponent in bases.values())
    return under or any(count > 1 for count in shared.values())


def _content(algebra: Algebra, index: int, alone: bool) -> bool:
    """Whether the numbers of a sum have a common factor that is worth being taken out."""
    numbers = [Fraction(algebra.coefficient(part)[0]) for part in algebra.terms[index].args]
    common = gcd(*(number.numerator for number in numbers))
    fractions = sum(number.denominator > 1 for number in numbers)
    return common > (9 if alone else 1) or fractions > alone


def _has_identities(algebra: Algebra, outer: Bases, terms: list[Bases]) -> bool:
    functions = [base for bases in (outer, *terms) for base in bases if algebra.terms[base].args]
    ops = [algebra.terms[base].op for base in functions]
    if sum(op in _ONCE for op in ops) > 1 or any(pair.issubset(ops) for pair in _RELATED):
        return True
    if any(op == "sign" and algebra.terms[base].args[0] in bases for bases in (outer, *terms) for base in bases
           if (op := algebra.terms[base].op)):  # fmt: skip
        return True
    if any(op in _ONCE and abs(_number(bases[base])) > 1 for bases in (outer, *terms) for base in bases
           if (op := algebra.terms[base].op)):  # fmt: skip
        return True
    return _has_opposites(algebra, functions) or _has_trigonometry(algebra, outer, terms)


def _has_opposites(algebra: Algebra, functions: list[int]) -> bool:
    """Whether a function is there of two opposite arguments."""
    known = {(algebra.terms[base].op, algebra.terms[base].args) for base in functions}
    return any((op, (algebra.multiply(algebra.minus_one, args[0]),)) in known for op, args in known if len(args) == 1)


def _has_trigonometry(algebra: Algebra, outer: Bases, terms: list[Bases]) -> bool:
    """Whether sines and cosines divide each other, or occur in a sum as squares."""

    def exponents(bases: Mapping[int, Fraction | None]) -> list[Fraction]:
        return [_number(e) for base, e in bases.items() if algebra.terms[base].op in _TRIGONOMETRIC]

    here = exponents(outer)
    if (len(here) > 1 and min(here) < 0 < max(here)) or (terms and any(abs(e) > 1 for e in here)):
        return True
    return any(sum(map(abs, exponents(bases))) > 1 for bases in terms)


def _number(exponent: Fraction | None) -> Fraction:
    return Fraction(1) if exponent is None else exponent
