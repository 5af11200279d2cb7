"""An expression as a rational function: what of it is a sum, a product or a whole power, and what are its atoms.

Everything else is an atom, or a power of one: √x is x^(1/2), exp(2x − y) is (e^x)^2 (e^y)^(−1), x^(n − 1) is x^n/x.
An atom with the smallest root of it that occurs is a generator, so that all of the expression is a quotient of
polynomials over the generators. What only occurs together in exponents is one: of exp(wx + b) alone, and its powers,
e^(wx + b).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from math import floor, lcm

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import HUGE, POWER, PRODUCT, SUM
from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.core.numbers import multiply_numbers
from graphviz_ad.core.ops import POSITIVE
from graphviz_ad.core.reach import by_key
from graphviz_ad.core.record import Record

ROOTS: dict[Operation, int] = {"sqrt": 2, "cbrt": 3}
_COMPOSED = frozenset({SUM, PRODUCT, POWER, CONST, *ROOTS})
_NO_FUNCTIONS = frozenset({SUM, PRODUCT, POWER, CONST, INPUT})


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
    the functions that stand in no other function; the `signs`, roots that are written with one, √x and not x^(1/2); and
    the bases of powers with `decimals`, such as x^0.5."""

    generators: tuple[Generator, ...]
    sums: tuple[int, ...]
    functions: tuple[int, ...]
    signs: frozenset[tuple[int, int]]
    decimals: frozenset[int]


def is_atom(algebra: Algebra, index: int) -> bool:
    """Whether an expression is neither a sum, a product, a power, a root nor a number; exp(x) is a power of
    the atom e."""
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
    """The terms of an exponent with their numbers: of 2x − y, x with 2 and y with −1; a multiple of a sum, −(x + y), is
    multiplied out, and a number is a term like others."""
    found: dict[int, Fraction] = {}
    for arg in algebra.summands(exponent):
        number, times = algebra.coefficient(arg)
        for part in algebra.summands(times):
            inner, rest = algebra.coefficient(part)
            found[rest] = found.get(rest, Fraction(0)) + Fraction(number) * Fraction(inner)
    return found.items()


def exponential_parts(algebra: Algebra, generator: Generator) -> list[tuple[int, int]]:
    """The powers that a generator is a product of, each as its base and its exponent: of e^(x + y), e^x and e^y."""
    return [(generator.base, times) for times, _ in _exponents(algebra, generator.times)]


def bundled(algebra: Algebra, found: list[Power], bundles: Iterable[Generator]) -> list[Power]:
    """The powers with those of exponentials that are only found together as one."""
    for bundle in bundles:
        parts = dict(_exponents(algebra, bundle.times))
        inside = [p for p in found if p.base == bundle.base and p.times in parts]
        if len(inside) == len(parts):
            whole = Power(bundle.base, bundle.times, inside[0].exponent / parts[inside[0].times])
            found = [*(p for p in found if p not in inside), whole]
    return found


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
    met = _met(algebra, roots)
    terms = {index: algebra.terms[index] for index in met}
    raised = [term for term in terms.values() if term.op == POWER]
    return Atoms(
        tuple(_generators(algebra, met)),
        tuple(index for index, term in terms.items() if term.op == SUM),
        tuple(index for index, term in terms.items() if term.op not in _NO_FUNCTIONS),
        frozenset((term.args[0], ROOTS[term.op]) for term in terms.values() if term.op in ROOTS),
        frozenset(term.args[0] for term in raised if isinstance(algebra.value(term.args[1]), Decimal)),
    )


def _met(algebra: Algebra, roots: Iterable[int]) -> dict[int, list[Power]]:
    """What stands in the expressions outside of functions, and the powers that each is; none of sums, products and
    numbers."""
    met: dict[int, list[Power]] = {}
    stack = list(roots)[::-1]
    while stack:
        index = stack.pop()
        if index in met:
            continue
        term = algebra.terms[index]
        met[index] = [] if term.op in (SUM, PRODUCT, CONST) else powers(algebra, index)
        if term.op in (SUM, PRODUCT):
            stack.extend(reversed(term.args))
        stack.extend(
            power.base
            for power in met[index]
            if not is_atom(algebra, power.base) or (power.base != index and power.times == algebra.one)
        )
    return met


def _generators(algebra: Algebra, met: Mapping[int, list[Power]]) -> Iterator[Generator]:
    """The generators of the field: the expression is a quotient of polynomials in these."""
    offsets: dict[tuple[int, int], int] = {}
    for here in met.values():
        _note_offset(algebra, here, offsets)
    bundles = _bundles(algebra, met)
    found: dict[tuple[int, int], int] = {}
    for power in chain.from_iterable(bundled(algebra, here, bundles) for here in met.values()):
        if not whole_power(algebra, power):
            key = power.base, power.times
            found[key] = lcm(found.get(key, 1), power.exponent.denominator)
    for (base, times), root in found.items():
        offset = offsets.get((base, times), 0) if root == 1 else 0
        yield Generator(base, times, root, offset)
        if offset and is_atom(algebra, base) and (base, algebra.one) not in found:
            yield Generator(base, algebra.one, 1)


def _bundles(algebra: Algebra, raised: Mapping[int, Sequence[Power]]) -> list[Generator]:
    """The exponentials of numbers that are only found together, in the same proportion everywhere."""
    seen: dict[tuple[int, int], dict[int, Fraction]] = {}  # where each stands, and to which power
    for index, here in raised.items():
        for power in here if any(power.times != algebra.one for power in here) else ():
            if algebra.lead[power.base] == HUGE:
                seen.setdefault((power.base, power.times), {})[index] = power.exponent

    def shape_of(powers_at: Mapping[int, Fraction]) -> tuple[tuple[int, Fraction], ...]:
        first = next(iter(powers_at.values()))
        return tuple((index, exponent / first) for index, exponent in powers_at.items())

    together = by_key(((base, shape_of(powers_at)), times) for (base, times), powers_at in seen.items())
    return [
        Generator(base, _exponent_of(algebra, [index for index, _ in shape], parts), 1)
        for (base, shape), parts in together.items()
        if len(parts) > 1
    ]


def _exponent_of(algebra: Algebra, indices: Iterable[int], parts: Sequence[int]) -> int:
    """What stands in the exponents of powers, as it was written but for a number before it; of two orders, that in
    which variables were first seen. Of exponents with more in them, these terms."""
    exponents = [algebra.as_power(index)[1] for index in indices]
    numbers = dict(_exponents(algebra, exponents[0]))
    written = [algebra.coefficient(exponent)[1] for exponent in exponents]
    whole = [times for times in written if len(algebra.summands(times)) == len(parts) == len(numbers)]
    if whole:
        return min(whole, key=lambda times: [first_seen(algebra, part) for part in algebra.summands(times)])
    return algebra.add(*(algebra.multiply(algebra.number(numbers[part]), part) for part in parts))


def first_seen(algebra: Algebra, times: int) -> list[int]:
    """The ranks of the variables in an expression: e^a stands before e^(bx) where a + bx was written."""
    return sorted(algebra.lead[part] for part in algebra.below(times) if algebra.terms[part].op == INPUT)


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
    return algebra.power(generator.base, algebra.add(times, algebra.number(offset)) if offset else times)
