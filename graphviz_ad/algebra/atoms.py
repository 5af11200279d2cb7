"""An expression as a rational function: what of it is a sum, a product or a whole power, and what are its atoms.

Everything else is an atom, or a power of one: √x is x^(1/2), exp(2x − y) is (e^x)^2 (e^y)^(−1), x^(n − 1) is x^n/x.
An atom with the smallest root of it that occurs is a generator, so that all of the expression is a quotient of
polynomials over the generators.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor, lcm

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.core.numbers import multiply_numbers
from graphviz_ad.core.ops import POSITIVE
from graphviz_ad.core.record import Record

ROOTS: dict[Operation, int] = {"sqrt": 2, "cbrt": 3}
_COMPOSED = frozenset({SUM, PRODUCT, POWER, CONST, *ROOTS})


class Power(Record):
    """A factor base^(times · exponent), of which `exponent` is the number."""

    base: int
    times: int
    exponent: Fraction


class Generator(Record):
    """base^(times / root + offset): x, √x, e^x, x^n. The offset is the least that occurs, x^(n − 1) beside x^n, so that
    nothing is divided by what may be zero."""

    base: int
    times: int
    root: int
    offset: int = 0


class Atoms(Record):
    """The generators of expressions, in the order of their first appearance; the sums in them, as they were written;
    the functions outside of which nothing else stands; which roots are written as such, √x and
    not x^(1/2); and the bases of powers such as x^0.5."""

    generators: tuple[Generator, ...]
    sums: tuple[int, ...]
    functions: tuple[int, ...]
    signs: frozenset[tuple[int, int]]
    decimals: frozenset[int]


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
    found = {}
    for arg in algebra.summands(exponent):
        number, times = algebra.coefficient(arg)
        found[times] = Fraction(number)
    return found.items()


def over_generators(algebra: Algebra, found: list[Power], offsets: Mapping[tuple[int, int], int]) -> list[Power]:
    """The powers with those of generators that have an offset made up for: x^n is x^(n − 1) x."""
    moved = {p.base: -int(p.exponent * offsets[p.base, p.times]) for p in found if offsets.get((p.base, p.times))}
    if not moved:
        return found
    numbers = {p.base: p.exponent for p in found if p.times == algebra.one}
    rest = [p for p in found if p.times != algebra.one or p.base not in moved]
    made = [Power(base, algebra.one, numbers.get(base, Fraction(0)) + more) for base, more in moved.items()]
    return [*rest, *(power for power in made if power.exponent)]


def whole_power(algebra: Algebra, power: Power) -> bool:
    """Whether a power is that of a sum, a product or another power to a whole number."""
    return power.times == algebra.one and power.exponent.denominator == 1 and not is_atom(algebra, power.base)


def atoms(algebra: Algebra, roots: Iterable[int]) -> Atoms:
    """What the expressions are made of, as rational functions."""
    found: dict[tuple[int, int], int] = {}
    sums: dict[int, None] = {}
    functions: dict[int, None] = {}
    signs: set[tuple[int, int]] = set()
    decimals: set[int] = set()
    offsets: dict[tuple[int, int], int] = {}
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
            if term.op == POWER and isinstance(algebra.value(term.args[1]), Decimal):
                decimals.add(term.args[0])
            here = powers(algebra, index)
            _note_offset(algebra, here, offsets)
            for power in here:
                if not whole_power(algebra, power):
                    key = power.base, power.times
                    found[key] = lcm(found.get(key, 1), power.exponent.denominator)
                if not is_atom(algebra, power.base) or (power.base != index and power.times == algebra.one):
                    stack.append(power.base)
    generators = []
    for (base, times), root in found.items():
        offset = offsets.get((base, times), 0) if root == 1 else 0
        generators.append(Generator(base, times, root, offset))
        if offset and is_atom(algebra, base) and (base, algebra.one) not in found:
            generators.append(Generator(base, algebra.one, 1))
    return Atoms(tuple(generators), tuple(sums), tuple(functions), frozenset(signs), frozenset(decimals))


def _note_offset(algebra: Algebra, here: list[Power], offsets: dict[tuple[int, int], int]) -> None:
    """The whole number beside a term of an exponent, if it is the least so far."""
    symbolic = [power for power in here if power.times != algebra.one]
    number = sum((power.exponent for power in here if power.times == algebra.one), Fraction(0))
    if len(symbolic) == 1 and symbolic[0].exponent == 1 and algebra.sign[symbolic[0].base] != POSITIVE:
        key = symbolic[0].base, symbolic[0].times
        offsets[key] = min(offsets.get(key, floor(number)), floor(number))


def write_power(algebra: Algebra, known: Atoms, base: int, exponent: Fraction) -> int:
    """base^exponent, its roots written as the expression has them."""
    if exponent < 0:
        return algebra.power(write_power(algebra, known, base, -exponent), algebra.minus_one)
    if exponent.denominator == 1:
        return algebra.power(base, algebra.number(exponent))
    sign = next(
        (op for op, root in ROOTS.items() if (base, root) in known.signs and exponent.denominator == root), None
    )
    if sign is None:
        shown = multiply_numbers(exponent, Decimal(1)) if base in known.decimals else None
        return algebra.power(base, algebra.number(exponent if shown is None else shown))
    root = algebra.apply(sign, base)
    if not is_atom(algebra, base):
        return algebra.power(root, algebra.number(exponent * ROOTS[sign]))  # √(1 − x²)³, but x√x
    whole = floor(exponent)
    rest = algebra.power(root, algebra.number((exponent - whole) * ROOTS[sign]))
    return algebra.multiply(algebra.power(base, algebra.number(whole)), rest)


def write_generator(algebra: Algebra, known: Atoms, generator: Generator, exponent: Fraction) -> int:
    """A generator to a power."""
    offset = exponent * generator.offset
    exponent /= generator.root
    if generator.times == algebra.one:
        return write_power(algebra, known, generator.base, exponent)
    times = algebra.multiply(algebra.number(exponent), generator.times)
    return algebra.power(generator.base, algebra.add(times, algebra.number(offset)))
