"""The forms in which a book may write a quotient of polynomials: factored, expanded, collected.

Each is an expression of the pool. What was written as a sum comes back as it was written, where it divides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from flint import fmpz_mpoly

from graphviz_ad.algebra.atoms import Atoms, Generator, first_seen, write_generator, write_power
from graphviz_ad.algebra.factored import Factored, Terms, WrittenSum, key_of, plus, taken
from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.ratio import Exponents, Field, Ratio, Rewriting, TooLargeError, degrees, terms
from graphviz_ad.algebra.sums import in_order, opposite, plus_first
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.numbers import Number, multiply_numbers
from graphviz_ad.core.ops import POSITIVE
from graphviz_ad.core.record import Record

MAX_DIVIDED = 12  # terms of a numerator that is divided with a remainder
DISTRIBUTED = 2  # what a product that is multiplied out has to save, and one more: 4x(2x² + 1), but (6x − 2)/(2x² − x)
AS_WRITTEN, LOWEST, BALANCED, HIGHEST = range(4)  # which power of e^x a sum is divided by: e^x + e^(−x), e^(2x) + 1, …


class Form(Record):
    """An expression, and how many signs shorter than others it must be."""

    index: int
    handicap: int = 0


class Forms:
    """The forms of quotients over one field; `decimal` where the expression has numbers with a point; none
    is made that has more than `longest` signs."""

    def __init__(self, field: Field, known: Atoms, rules: Sequence[Rewriting], decimal: bool, longest: int) -> None:
        self.field, self.known, self.decimal, self.longest = field, known, decimal, longest
        self.algebra: Algebra = field.algebra
        self._least_known: dict[Terms, int] = {}
        self._made: dict[tuple[Terms, tuple[tuple[int, Fraction], ...], Fraction], int] = {}
        self.symbols = [length(self.algebra, g.base) if (g.times, g.root) == (self.algebra.one, 1) else 1
                        for g in field.generators]  # fmt: skip
        self.written = self._written(known.sums, rules)
        self.places = sorted(
            range(len(field.generators)), key=lambda place: first_seen(self.algebra, field.generators[place].times)
        )
        self.exponentials = [place for place, g in enumerate(field.generators)
                             if g.times != self.algebra.one and self.algebra.sign[g.base] == POSITIVE]  # fmt: skip

    def _written(self, sums: Iterable[int], rules: Sequence[Rewriting]) -> dict[Terms, WrittenSum]:
        """The sums as they stand in the expression, the longest first."""
        found: dict[Terms, WrittenSum] = {}
        for index in sums:
            value = self.field.rewritten(self.field.of(index), rules)
            if len(value.over) < 2 or len(value.under) != 1:
                continue
            parts = taken(value.over, ()).over(taken(value.under, ()))
            (key,) = parts.factors
            polynomial = self.field.context.from_dict(dict(key))
            found.setdefault(key, WrittenSum(index, parts.number, parts.units, polynomial))
        return dict(sorted(found.items(), key=lambda item: (-max(map(sum, (e for e, _ in item[0]))), -len(item[0]))))

    # ---- forms

    def of(self, value: Ratio, expanded_to: int) -> Iterator[Form]:
        """The forms of a quotient, those nearest to what was written first. Products that are multiplied out without
        anything being collected, to no fewer terms than `expanded_to`, have a handicap."""
        if value.over.is_zero():
            yield Form(self.algebra.zero)
            return
        bases = list(self.written.values())
        whole = Factored(Fraction(1), {}, {key_of(value.under): 1})
        below = [
            taken(value.under, bases, True),
            taken(value.under, (), True),
            taken(value.under, ()),
            whole,
        ]
        above = [
            taken(value.over, bases),
            taken(value.over, bases, True),
            taken(value.over, (), True),
        ]
        factored = [(over.over(under), place > 1) for place, under in enumerate(below) for over in above]
        expanded = len(value.over) >= expanded_to
        if self.decimal:  # 0.5x + 0.4 rather than 0.1(5x + 4)
            yield from self._multiplied_out(value.over, below, expanded)
        if value.under.is_constant():
            yield from map(Form, self._collected(value.over, below[0]))
        for place, (parts, distributed) in enumerate(factored):
            if self._fits(parts.factors) and all(parts != before for before, _ in factored[:place]):
                for form in self._in_shifts(parts):
                    yield form.replace(handicap=max(form.handicap, distributed * DISTRIBUTED))
        yield from self._multiplied_out(value.over, below, expanded)
        for quotient, rest in self._divided(value):
            polynomial = self._sum(key_of(quotient), {})
            for form in self._in_shifts(taken(rest, bases, True).over(below[0])):
                yield form.replace(index=plus_first(self.algebra, self.algebra.add(form.index, polynomial)))

    def _divided(self, value: Ratio) -> Iterator[tuple[fmpz_mpoly, fmpz_mpoly]]:
        """The quotient as a polynomial and a fraction with fewer terms: (t + u)e^x/(e^x + e^y) − t."""
        if not 1 < len(value.under) <= len(value.over) + 1 <= MAX_DIVIDED:
            return
        seen: list[fmpz_mpoly] = []
        for exponents, coefficient in terms(value.under).items():
            head = self.field.context.from_dict({exponents: coefficient})
            multiple = {
                place: number
                for place, number in terms(value.over).items()
                if number % coefficient == 0 and all(a >= b for a, b in zip(place, exponents, strict=True))
            }
            if multiple:
                whole = self.field.context.from_dict(multiple) // head
                rest = value.over - whole * value.under
                if len(rest) <= len(value.over) and whole not in seen:
                    seen.append(whole)
                    yield whole, rest

    def _multiplied_out(self, over: fmpz_mpoly, below: Sequence[Factored], distributed: bool) -> Iterator[Form]:
        if len(over) == 1 or not self._fits([key_of(over)]):
            return
        one = Factored(Fraction(1), {}, {})
        for place, under in enumerate(below):
            if self._fits(under.factors) and under not in below[:place]:
                whole = place > 1
                yield from (
                    Form(index, (distributed or whole) * DISTRIBUTED) for index in self._expanded(over, one.over(under))
                )
                yield from (Form(index, whole * DISTRIBUTED) for index in self._grouped(over, one.over(under)))

    def _fits(self, polynomials: Iterable[Terms]) -> bool:
        """Whether sums may be shorter than the expression."""
        return sum(self._least(key) for key in polynomials if key not in self.written) <= self.longest

    def _least(self, key: Terms) -> int:
        """How many signs and symbols a sum has at least."""
        if key not in self._least_known:
            signs = [
                sum(self.symbols[place] + (e > 1) for place, e in enumerate(exponents) if e) for exponents, _ in key
            ]
            numbers = [len(str(abs(c))) if abs(c) != 1 else 0 for _, c in key]
            self._least_known[key] = sum(max(1, a + b) for a, b in zip(signs, numbers, strict=True)) + len(key) - 1
        return self._least_known[key]

    def _in_shifts(self, parts: Factored) -> Iterator[Form]:
        """With sums of exponentials as they were written, or divided by a power; that has to be worth while, too."""
        shifts = [AS_WRITTEN]
        if any(self.written[key].is_scaled for key in parts.factors if key in self.written):
            shifts.append(LOWEST)
        if any(self._is_exponential(key) for key in parts.factors):
            shifts = [AS_WRITTEN, LOWEST, BALANCED, HIGHEST]
        written = any(self._is_exponential(key) and key in self.written for key in parts.factors)
        for shift in shifts:
            for index in self._put_together(parts, shift):
                yield Form(index, (written and shift != AS_WRITTEN) * DISTRIBUTED)

    def _put_together(self, parts: Factored, shift: int) -> Iterator[int]:
        number, units = parts.number, dict(parts.units)
        pieces: list[tuple[int, int]] = []
        roots: list[int] = []
        factors = dict(parts.factors)
        for place, g in enumerate(self.field.generators):
            key = next((key for key, base in self.written.items() if base.index == g.base), None)
            if key in factors and g.times == self.algebra.one and units.get(place):
                base = self.written[key]
                exponent = factors.pop(key)
                number /= base.number**exponent
                total = exponent + units.pop(place) / g.root
                units = plus(units, base.units, -exponent)
                if total:
                    roots.append(write_power(self.algebra, self.known, g.base, total))
        for key, exponent in factors.items():
            known = self.written.get(key)
            if known is not None and (shift == AS_WRITTEN or not (known.is_scaled or self._is_exponential(key))):
                number /= known.number**exponent
                units = plus(units, known.units, -exponent)
                pieces.append((known.index, exponent))
            else:
                moved = self._shift(key, shift)
                units = plus(units, moved, exponent)
                made = self._unscaled(known) if known is not None and not moved else None
                pieces.append((self._sum(key, moved) if made is None else made, exponent))
        monomial = [*roots, *(self._unit(place, units[place]) for place in self.places if units.get(place))]
        beneath = [*roots, *(self._fraction(place, units[place]) for place in self.places if units.get(place))]
        yield self._product(number, monomial, pieces)
        if beneath != monomial:
            yield self._product(number, beneath, pieces)
        if number < 0:
            alone = number == -1 and not monomial and len(pieces) == 1
            for place, (index, exponent) in enumerate(pieces):
                turned = opposite(self.algebra, index) if alone or index not in self.known.sums else None
                if exponent % 2 and turned is not None:
                    yield self._product(-number, monomial, [*pieces[:place], (turned, exponent), *pieces[place + 1 :]])

    def _product(self, number: Fraction, monomial: Iterable[int], pieces: Iterable[tuple[int, int]]) -> int:
        powers = (self.algebra.power(base, self.algebra.number(exponent)) for base, exponent in pieces)
        return self.algebra.multiply(self._number(number), *monomial, *powers)

    def _is_exponential(self, key: Terms) -> bool:
        return any(e[place] for e, _ in key for place in self.exponentials)

    def _shift(self, key: Terms, shift: int) -> dict[int, Fraction]:
        if shift in (AS_WRITTEN, LOWEST):
            return {}
        most = {place: max(e[place] for e, _ in key) for place in self.exponentials}
        return {place: Fraction(degree, 2 if shift == BALANCED else 1) for place, degree in most.items() if degree}

    def _expanded(self, over: fmpz_mpoly, denominator: Factored) -> Iterator[int]:
        """The numerator multiplied out, with the numbers in it; without a sum beneath, each term by itself."""
        number = denominator.number
        if denominator.factors:
            inside = Fraction(number.numerator) if not self.decimal else number
            top = self._sum(key_of(over), {}, inside)
            rest = Factored(number / inside, denominator.units, denominator.factors)
            yield from (self.algebra.multiply(top, below) for below in self._put_together(rest, AS_WRITTEN))
        else:
            moved = {place: -e for place, e in denominator.units.items()}
            yield self._sum(key_of(over), moved, number)

    def _grouped(self, over: fmpz_mpoly, denominator: Factored) -> Iterator[int]:
        """The numerator by its functions: (2 − x²) sin x + 4x cos x."""
        plain = [self._is_plain(g) for g in self.field.generators]
        groups: dict[Exponents, dict[Exponents, int]] = {}
        for exponents, coefficient in terms(over).items():
            functions = tuple(0 if p else e for e, p in zip(exponents, plain, strict=True))
            rest = tuple(e if p else 0 for e, p in zip(exponents, plain, strict=True))
            groups.setdefault(functions, {})[rest] = coefficient
        if not 1 < len(groups) < len(over):
            return
        collected = []
        for functions, group in groups.items():
            monomial = [self._unit(place, Fraction(e)) for place, e in enumerate(functions) if e]
            parts = taken(self.field.context.from_dict(group), self.written.values())
            forms = [self.algebra.multiply(form, *monomial) for form in self._put_together(parts, AS_WRITTEN)]
            collected.append(min(forms, key=lambda form: self.algebra.coefficient(form)[0] < 0))
        total = in_order(self.algebra, collected)
        for below in self._put_together(denominator, AS_WRITTEN):
            yield self.algebra.multiply(total, below)

    def _collected(self, over: fmpz_mpoly, denominator: Factored) -> Iterator[int]:
        """A polynomial of variables with one that several of its terms have taken out of them: p(t + u) - t."""
        highest = degrees(over)
        if not all(self._is_plain(g) for g, degree in zip(self.field.generators, highest, strict=True) if degree):
            return
        for place, degree in enumerate(highest):
            with_it = {e: c for e, c in terms(over).items() if e[place]} if degree == 1 else {}
            if 1 < len(with_it) == len(over) - 1:
                parts = taken(self.field.context.from_dict(with_it), self.written.values(), True)
                rest = {e: c for e, c in terms(over).items() if not e[place]}
                outside = self._sum(tuple(rest.items()), {}, denominator.number**-1)
                for form in self._put_together(parts.over(denominator), AS_WRITTEN):
                    yield plus_first(self.algebra, self.algebra.add(form, outside))

    def _is_plain(self, generator: Generator) -> bool:
        return self.algebra.terms[generator.base].op == INPUT and generator.times == self.algebra.one

    # ---- the pieces

    def _sum(self, key: Terms, moved: Mapping[int, Fraction], number: Fraction = Fraction(1)) -> int:
        """A polynomial, divided by a monomial, as a sum of the pool."""
        asked = key, tuple(moved.items()), number
        if asked in self._made:
            return self._made[asked]
        made = []
        for exponents, coefficient in key:
            units = plus({place: Fraction(e) for place, e in enumerate(exponents)}, moved, -1)
            factors = (self._unit(place, e) for place, e in units.items() if e)
            made.append(self.algebra.multiply(self._number(number * coefficient), *factors))
        self._made[asked] = in_order(self.algebra, made)
        return self._made[asked]

    def _unscaled(self, base: WrittenSum) -> int | None:
        """A sum of the expression without its fractions and what its terms have in common, in the order in which it was
        written; None where that is no factor of each of them."""
        common = {}
        for place, exponent in base.units.items():
            generator = self.field.generators[place]
            if exponent < 0 or generator.root > 1 or generator.times != self.algebra.one:  # 1 + x²/y² is x² + y²
                return None
            common[generator.base] = exponent
        number = self.algebra.number(1 / base.number)
        parts = [self._without(part, common) for part in self.algebra.terms[base.index].args]
        whole = [self.algebra.multiply(number, part) for part in parts if part is not None]
        return self.algebra.add(*whole) if len(whole) == len(parts) else None

    def _without(self, product: int, common: Mapping[int, Fraction]) -> int | None:
        """A product with lower powers of what it has in common with others; None where it has less of it."""
        number, rest = self.algebra.coefficient(product)
        left = dict(self.algebra.as_power(factor) for factor in self.algebra.factors(rest))
        for base, exponent in common.items():
            value = self.algebra.value(left.get(base, self.algebra.zero))
            if value is None or Fraction(value) < exponent:
                return None
            left[base] = self.algebra.number(Fraction(value) - exponent)
        powers = (self.algebra.power(base, exponent) for base, exponent in left.items())
        return self.algebra.multiply(self.algebra.number(number), *powers)

    def _unit(self, place: int, exponent: Fraction) -> int:
        return write_generator(self.algebra, self.known, self.field.generators[place], exponent)

    def _fraction(self, place: int, exponent: Fraction) -> int:
        """The same, with what has a negative exponent beneath the line: 1/2^x."""
        if exponent > 0 or self.field.generators[place].times == self.algebra.one:
            return self._unit(place, exponent)
        return self.algebra.power(self._unit(place, -exponent), self.algebra.minus_one)

    def _number(self, value: Fraction) -> int:
        shown: Number | None = multiply_numbers(value, Decimal(1)) if self.decimal else value
        if shown is None:
            raise TooLargeError
        return self.algebra.number(shown)
