"""Quotients of polynomials over the generators of an expression, exact and in lowest terms, by FLINT.

All that may take long is bounded: TooLargeError is raised where a polynomial would have more than MAX_TERMS terms or be
of a higher degree than MAX_DEGREE.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import comb, prod

from flint import Ordering, fmpz_mpoly, fmpz_mpoly_ctx

from graphviz_ad.algebra.atoms import Generator, Power, bundled, is_atom, over_generators, powers, whole_power
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import PRODUCT, SUM
from graphviz_ad.core.graph import CONST
from graphviz_ad.core.record import Record

MAX_TERMS = 200
MAX_DEGREE = 100
MAX_GENERATORS = 24
Exponents = tuple[int, ...]


class TooLargeError(Exception):
    """A polynomial is past the bounds."""


class Ratio(Record):
    """A quotient of polynomials without a common factor."""

    over: fmpz_mpoly
    under: fmpz_mpoly


class Rewriting(Record):
    """An identity over the generators: a product of them, and what it is equal to."""

    pattern: tuple[tuple[int, int], ...]  # of generators, each with its exponent
    result: Ratio


class Field:
    """The rational functions over some generators."""

    def __init__(self, algebra: Algebra, generators: Sequence[Generator]) -> None:
        if len(generators) > MAX_GENERATORS:
            raise TooLargeError
        names = [f"x{place}" for place in range(len(generators))]
        self.algebra = algebra
        self.generators = generators
        self.context = fmpz_mpoly_ctx.get(names, Ordering.lex)
        self.symbols = self.context.gens()
        self.place = {(g.base, g.times): place for place, g in enumerate(generators)}
        self.one = self.context.from_dict({(0,) * len(names): 1})
        self.offsets = {(g.base, g.times): g.offset for g in generators if g.offset}
        self.bundles = [g for g in generators if algebra.terms[g.times].op == SUM]
        self._known: dict[int, Ratio] = {}
        self.roots = self._roots()

    def _roots(self) -> list[Rewriting]:
        """What the roots of sums, products and numbers are the roots of: √(1 − x²)² = 1 − x²."""
        found = []
        for place, g in enumerate(self.generators):
            if g.times == self.algebra.one and g.root > 1 and not is_atom(self.algebra, g.base):
                found.append(Rewriting(((place, g.root),), self.of(g.base)))
        return found

    # ---- arithmetic

    def ratio(self, over: fmpz_mpoly, under: fmpz_mpoly) -> Ratio:
        """The quotient in lowest terms."""
        common = over.gcd(under)
        if not common.is_one():
            over, under = over // common, under // common
        if under.is_constant() and under.leading_coefficient() < 0:
            over, under = -over, -under
        return Ratio(_bounded(over), _bounded(under))

    def times(self, a: Ratio, b: Ratio) -> Ratio:
        left, right = self.ratio(a.over, b.under), self.ratio(b.over, a.under)
        return Ratio(_product(left.over, right.over), _product(left.under, right.under))

    def plus(self, a: Ratio, b: Ratio) -> Ratio:
        common = a.under.gcd(b.under)
        left, right = b.under // common, a.under // common
        over = _product(a.over, left) + _product(b.over, right)
        return self.ratio(over, _product(a.under, left))

    def power(self, a: Ratio, exponent: int) -> Ratio:
        over, under = (a.over, a.under) if exponent >= 0 else (a.under, a.over)
        if under.is_zero():
            raise TooLargeError
        return Ratio(_power(over, abs(exponent)), _power(under, abs(exponent)))

    def number(self, value: Fraction) -> Ratio:
        return Ratio(self.one * value.numerator, self.one * value.denominator)

    def symbol(self, place: int, exponent: int) -> Ratio:
        return self.power(Ratio(self.symbols[place], self.one), exponent)

    # ---- from the pool

    def of(self, root: int) -> Ratio:
        """An expression of the pool as a rational function."""
        stack = [root]
        while stack:
            index = stack[-1]
            waiting = [] if index in self._known else [part for part in self._parts(index) if part not in self._known]
            if waiting:
                stack.extend(waiting)
            else:
                if index not in self._known:
                    self._known[index] = self._made(index)
                stack.pop()
        return self._known[root]

    def _parts(self, index: int) -> Sequence[int]:
        term = self.algebra.terms[index]
        if term.op in (SUM, PRODUCT):
            return term.args
        if term.op == CONST:
            return ()
        return [p.base for p in self._powers(index) if whole_power(self.algebra, p)]

    def _powers(self, index: int) -> list[Power]:
        found = bundled(self.algebra, powers(self.algebra, index), self.bundles)
        return over_generators(self.algebra, found, self.offsets)

    def _made(self, index: int) -> Ratio:
        term = self.algebra.terms[index]
        if term.op == CONST:
            return self.number(Fraction(self.algebra.value(index) or 0))
        made = self.number(Fraction(term.op != SUM))
        if term.op in (SUM, PRODUCT):
            join = self.plus if term.op == SUM else self.times
            for arg in term.args:
                made = join(made, self._known[arg])
            return made
        for power in self._powers(index):
            if whole_power(self.algebra, power):
                if self.algebra.value(power.base) is not None:
                    raise TooLargeError  # a number that is kept as a power
                made = self.times(made, self.power(self._known[power.base], int(power.exponent)))
            else:
                place = self.place[power.base, power.times]
                made = self.times(made, self.symbol(place, int(power.exponent * self.generators[place].root)))
        return made

    # ---- identities

    def rewritten(self, a: Ratio, rules: Sequence[Rewriting]) -> Ratio:
        """The quotient with each rule applied as often as it goes."""
        for _ in range(4):  # roots within roots
            before = a
            for rule in rules:
                over, under = self._replaced(a.over, rule), self._replaced(a.under, rule)
                if over.over is not a.over or under.over is not a.under:
                    a = self._divided(over, under)
            if a == before:
                break
        return a

    def above(self, a: Ratio, rules: Sequence[Rewriting]) -> Ratio:
        """The quotient with rules applied to its numerator; beneath, (x + √u)√u keeps its factors."""
        return self._divided(self.rewritten(Ratio(a.over, self.one), rules), Ratio(a.under, self.one))

    def rational(self, a: Ratio, rules: Sequence[Rewriting]) -> Ratio:
        """The quotient with a denominator in which no square root and nothing else stands that rules have a square of.
        It is multiplied by what may be zero; so it is another form only where all that then divides did before."""
        for rule in rules:
            ((place, exponent), *more) = rule.pattern
            a = self.rewritten(a, rules)
            if more or exponent != 2 or not degrees(a.under)[place]:
                continue
            without, times = self.linear(a.under, place)
            conjugate = self.symbols[place] if without.is_zero() else without - times * self.symbols[place]
            a = self.rewritten(Ratio(_product(a.over, conjugate), _product(a.under, conjugate)), rules)
        return a

    def linear(self, polynomial: fmpz_mpoly, place: int, degree: int = 1) -> tuple[fmpz_mpoly, fmpz_mpoly]:
        """A polynomial as a + b·x, of the degree 1 or another, where it is that. Raises TooLargeError elsewhere."""
        parts: dict[int, dict[Exponents, int]] = {0: {}, degree: {}}
        for exponents, coefficient in terms(polynomial).items():
            if exponents[place] not in parts:
                raise TooLargeError
            rest = (*exponents[:place], 0, *exponents[place + 1 :])
            parts[exponents[place]][rest] = coefficient
        return self.context.from_dict(parts[0]), self.context.from_dict(parts[degree])

    def _divided(self, a: Ratio, b: Ratio) -> Ratio:
        if b.over.is_zero():
            raise TooLargeError
        return self.times(a, Ratio(b.under, b.over))

    def _replaced(self, polynomial: fmpz_mpoly, rule: Rewriting) -> Ratio:
        highest = degrees(polynomial)
        if any(highest[place] < exponent for place, exponent in rule.pattern):
            return Ratio(polynomial, self.one)
        groups: dict[int, dict[Exponents, int]] = {}
        for exponents, coefficient in terms(polynomial).items():
            count = min(exponents[place] // exponent for place, exponent in rule.pattern)
            taken = list(exponents)
            for place, exponent in rule.pattern:
                taken[place] -= count * exponent
            group = groups.setdefault(count, {})
            key = tuple(taken)
            group[key] = group.get(key, 0) + coefficient
        if max(groups) == 0:
            return Ratio(polynomial, self.one)
        total = self.number(Fraction(0))
        for count, group in sorted(groups.items()):
            part = Ratio(self.context.from_dict(group), self.one)
            total = self.plus(total, self.times(part, self.power(rule.result, count)))
        return total


def degrees(polynomial: fmpz_mpoly) -> Exponents:
    """The degree of a polynomial in each of its variables."""
    return tuple(map(int, polynomial.degrees()))


def terms(polynomial: fmpz_mpoly) -> Mapping[Exponents, int]:
    """The coefficient of each monomial."""
    return {tuple(map(int, exponents)): int(coefficient) for exponents, coefficient in polynomial.to_dict().items()}


def _bounded(polynomial: fmpz_mpoly) -> fmpz_mpoly:
    if len(polynomial) > MAX_TERMS or max(polynomial.degrees(), default=0) > MAX_DEGREE:
        raise TooLargeError
    return polynomial


def _product(a: fmpz_mpoly, b: fmpz_mpoly) -> fmpz_mpoly:
    if len(a) * len(b) > MAX_TERMS**2:
        raise TooLargeError
    return _bounded(a * b)


def _power(a: fmpz_mpoly, exponent: int) -> fmpz_mpoly:
    dense = prod(degree * exponent + 1 for degree in a.degrees())
    if exponent > MAX_DEGREE or (len(a) > 1 and min(dense, comb(len(a) + exponent - 1, exponent)) > MAX_TERMS):
        raise TooLargeError
    return _bounded(a**exponent)
