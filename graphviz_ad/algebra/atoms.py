"""An expression as a rational function: what of it is a sum, a product or a whole power, and what are its atoms.

Everything else is an atom, or a power of one: √x is x^(1/2), exp(2x − y) is (e^x)^2 (e^y)^(−1), x^(n − 1) is x^n x^(−1).
An atom with the smallest root of it that occurs is a generator, so that all of the expression is a quotient of
polynomials over the generators.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import floor, lcm
from typing import NamedTuple

from graphviz_ad.algebra.normal_form import POWER, PRODUCT, SUM, Algebra
from graphviz_ad.core.graph import CONST, INPUT

ROOTS = {"sqrt": 2, "cbrt": 3}
_COMPOSED = frozenset({SUM, PRODUCT, POWER, CONST, *ROOTS})


class Power(NamedTuple):
    """A factor base^(times · exponent), of which `exponent` is the number."""

    base: int
    times: int
    exponent: Fraction


class Generator(NamedTuple):
    """base^(times / root): x, √x, e^x, x^n."""

    base: int
    times: int
    root: int


class Atoms(NamedTuple):
    """The generators of expressions, in the order of their first appearance; the sums in them, as they were written;
    the functions outside of which nothing else stands; and which roots are written as such, √x and not x^(1/2)."""

    generators: tuple[Generator, ...]
    sums: tuple[int, ...]
    functions: tuple[int, ...]
    signs: frozenset[tuple[int, int]]


def is_atom(algebra: Algebra, index: int) -> bool:
    """Whether an expression is neither a sum, a product, a power, a root nor a number; of exponentials, e is one."""
    term = algebra.terms[index]
    return term.op not in _COMPOSED and (term.op != "exp" or term.args[0] == algebra.one)


def powers(algebra: Algebra, index: int) -> list[Power]:
    """An expression that is no sum, product or number as a product of powers."""
    term = algebra.terms[index]
    if term.op in ROOTS:
        return [Power(term.args[0], algebra.one, Fraction(1, ROOTS[term.op]))]
    base, exponent = algebra.as_power(index)
    return [Power(base, times, Fraction(number)) for times, number in _exponents(algebra, exponent)]


def _exponents(algebra: Algebra, exponent: int) -> Iterable[tuple[int, Fraction]]:
    """The terms of an exponent; the fraction that is left of a number beside others is a term of its own."""
    term = algebra.terms[exponent]
    found = {}
    for arg in term.args if term.op == SUM else (exponent,):
        number, times = algebra.coefficient(arg)
        found[times] = Fraction(number)
    return found.items()


def whole_power(algebra: Algebra, power: Power) -> bool:
    """Whether a power is that of a sum, a product or another power to a whole number."""
    return power.times == algebra.one and power.exponent.denominator == 1 and not is_atom(algebra, power.base)


def atoms(algebra: Algebra, roots: Iterable[int]) -> Atoms:
    """What the expressions are made of, as rational functions."""
    found: dict[tuple[int, int], int] = {}
    sums: dict[int, None] = {}
    functions: dict[int, None] = {}
    signs: set[tuple[int, int]] = set()
    seen: set[int] = set()
    stack = list(roots)[::-1]
    while stack:
        index = stack.pop()
        if index in seen:
            continue
        seen.add(index)
        term = algebra.terms[index]
        if term.op in (SUM, PRODUCT):
            if term.op == SUM:
                sums[index] = None
            stack.extend(reversed(term.args))
        elif term.op != CONST:
            if term.op in ROOTS:
                signs.add((term.args[0], ROOTS[term.op]))
            if term.op not in (POWER, INPUT):
                functions[index] = None
            for power in powers(algebra, index):
                if not whole_power(algebra, power):
                    key = power.base, power.times
                    found[key] = lcm(found.get(key, 1), power.exponent.denominator)
                if not is_atom(algebra, power.base) or (power.base != index and power.times == algebra.one):
                    stack.append(power.base)
    generators = tuple(Generator(base, times, root) for (base, times), root in found.items())
    return Atoms(generators, tuple(sums), tuple(functions), frozenset(signs))


def write_power(algebra: Algebra, known: Atoms, base: int, exponent: Fraction) -> int:
    """base^exponent, its roots written as the expression has them."""
    if exponent < 0:
        return algebra.power(write_power(algebra, known, base, -exponent), algebra.minus_one)
    if exponent.denominator == 1:
        return algebra.power(base, algebra.number(exponent))
    sign = next((op for op, root in ROOTS.items() if (base, root) in known.signs and exponent.denominator == root), None)
    if sign is None:
        return algebra.power(base, algebra.number(exponent))
    root = algebra.apply(sign, base)
    if not is_atom(algebra, base):
        return algebra.power(root, algebra.number(exponent * ROOTS[sign]))  # √(1 − x²)³, but x√x
    whole = floor(exponent)
    rest = algebra.power(root, algebra.number((exponent - whole) * ROOTS[sign]))
    return algebra.multiply(algebra.power(base, algebra.number(whole)), rest)


def write_generator(algebra: Algebra, known: Atoms, generator: Generator, exponent: Fraction) -> int:
    """A generator to a power."""
    exponent /= generator.root
    if generator.times == algebra.one:
        return write_power(algebra, known, generator.base, exponent)
    return algebra.power(generator.base, algebra.multiply(algebra.number(exponent), generator.times))
