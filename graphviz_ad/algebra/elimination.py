"""Expressions written with variables that stand for other expressions, by the algebra of quotients of polynomials.

A relation says what a variable is: p = a/(a + b). From it an expression gets shorter in two ways: it is solved for
something else and that put in, a = pb/(1 − p), which leaves ab/(a + b)² as p(1 − p); or a factor is its value, and is
written as the variable. The search keeps the few lightest results of each step; what it finds is checked: with the
values put back it is the same quotient, and nothing divides that did not divide before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from flint import fmpz_mpoly

from graphviz_ad.algebra.atoms import atoms
from graphviz_ad.algebra.candidates import has_decimals, with_rational_denominator
from graphviz_ad.algebra.forms import Form, Forms
from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import SUM
from graphviz_ad.algebra.ratio import Field, Ratio, Rewriting, TooLargeError, degrees, terms
from graphviz_ad.algebra.relation import Relation
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.ops import POSITIVE
from graphviz_ad.core.record import Record

MAX_STEPS = 6  # of a search
MAX_KEPT = 3
FINE = 100  # of which a sign weighs so many, and a step farther from what is differentiated by, one
MAX_PIVOTS = 6  # things that one relation is solved for


class _State(Record):
    """A quotient, and the relations that are left, as polynomials that are 0; None for one that was used. What was
    put in to get here is still to be put into those."""

    value: Ratio
    left: tuple[fmpz_mpoly | None, ...]
    waiting: Rewriting | None = None


def in_variables(algebra: Algebra, root: int, relations: Sequence[Relation]) -> Iterator[Form]:
    """Forms of an expression that are written with the variables of relations; none where it is past the bounds."""
    try:
        yield from list(_Search(algebra, root, relations).forms())
    except TooLargeError:
        return


class _Search:
    def __init__(self, algebra: Algebra, root: int, relations: Sequence[Relation]) -> None:
        self.algebra, self.root, self.relations = algebra, root, relations
        roots = [root, *chain.from_iterable((relation.variable, relation.value) for relation in relations)]
        self.known = atoms(algebra, roots)
        self.field = field = Field(algebra, self.known.generators)
        far = {relation.variable: relation.distance for relation in relations}
        self.symbols = [
            FINE * (length(algebra, g.base) + (g.times != algebra.one or g.root > 1)) + far.get(g.base, 0)
            for g in field.generators
        ]
        self.places = [field.place[relation.variable, algebra.one] for relation in relations]
        self.values = [field.of(relation.value) for relation in relations]
        self.start = field.above(field.of(root), field.roots)

    def forms(self) -> Iterator[Form]:
        field = self.field
        found = [value for value in self._found() if self._is_sound(value)]
        longest = length(self.algebra, self.root)
        written = self.known.replace(sums=tuple(index for index in self.known.sums if index != self.root))
        forms = Forms(field, written, field.roots, has_decimals(self.algebra, self.root), longest)
        for value in sorted(found, key=self._weight)[:MAX_KEPT]:
            yield from forms.of(value, len(value.over))

    # ---- the search

    def _found(self) -> list[Ratio]:
        """The lightest quotients on the way."""
        known = [self._equation(place, value) for place, value in zip(self.places, self.values, strict=True)]
        equations = (*known, *self._consequences(known))
        rational = with_rational_denominator(self.field, self.start, self.field.roots)
        starts = (self.start, self._put_back(self.start), *([] if rational is None else [rational]))
        states = [_State(value, equations) for value in starts]
        found: list[Ratio] = []
        for _ in range(MAX_STEPS):
            new: list[_State] = []
            for state in states:
                most = self._weight(state.value)
                new += (made for made in self._steps(state) if self._weight(made.value) < most)
            new.sort(key=lambda state: (self._weight(state.value), state.left.count(None)))
            states = []
            for state in new:
                if len(states) < MAX_KEPT and not any(state.value == s.value and state.left == s.left for s in states):
                    states.append(state)
            states = [self._up_to_date(state) for state in states]
            found += (state.value for state in states if state.value not in found)
        return found

    def _equation(self, place: int, value: Ratio) -> fmpz_mpoly:
        return self.field.symbols[place] * value.under - value.over

    def _consequences(self, equations: Sequence[fmpz_mpoly]) -> list[fmpz_mpoly]:
        """What the relations together say of their variables alone: p₁ + p₂ = 1."""
        found: list[fmpz_mpoly] = []
        for k in range(len(equations) if len(equations) > 1 else 0):
            left: list[fmpz_mpoly | None] = [equations[k], *equations[:k], *equations[k + 1 :]]
            for other in range(1, len(left)):
                equation, here = left[0], left[other]
                if equation is None or here is None:
                    continue
                pivots = (
                    pivot for pivot, degree in enumerate(degrees(here)) if degree == 1 == degrees(equation)[pivot]
                )
                pivot = next((pivot for pivot in pivots if pivot not in self.places), None)
                if pivot is not None:
                    without, times = self.field.linear(here, pivot)
                    rule = Rewriting(((pivot, 1),), self.field.ratio(-without, times))
                    left = [None if place == other else e and self._reduced(e, rule) for place, e in enumerate(left)]
            made = left[0]
            if made is not None and self._is_linear(made) and made not in found and -made not in found:
                found.append(made)
        return found

    def _is_linear(self, equation: fmpz_mpoly) -> bool:
        """Whether it is a linear equation between the relations' variables."""
        here = {place for place, degree in enumerate(degrees(equation)) if degree}
        return here.issubset(self.places) and all(sum(exponents) <= 1 for exponents in terms(equation))

    def _steps(self, state: _State) -> Iterator[_State]:
        """What one relation leads to: its value as a factor, or some terms that are its value, written as the variable;
        and what it is solved for put in. Nothing where that is past the bounds."""
        for k, equation in enumerate(state.left):
            if equation is not None:
                left = (*state.left[:k], None, *state.left[k + 1 :])
                try:
                    if k < len(self.values):
                        yield from (_State(value, left) for value in self._written_as_variable(state.value, k))
                    for pivot in self._pivots(state.value, equation, k):
                        rule = self._solved_for(equation, pivot)
                        if rule is not None and self._is_natural(k, pivot, rule.result):
                            yield _State(self.field.rewritten(state.value, [rule]), left, rule)
                except TooLargeError:
                    continue

    def _written_as_variable(self, value: Ratio, k: int) -> Iterator[Ratio]:
        field, known = self.field, self.values[k]
        variable = Ratio(field.symbols[self.places[k]], field.one)
        if not (value.over.gcd(known.over).is_constant() and value.under.gcd(known.under).is_constant()):
            yield field.times(field.times(value, Ratio(known.under, known.over)), variable)
        if known.under.is_constant():
            for multiple in self._multiples(value.over, known.over):
                rest = value.over * known.under - multiple * known.over * known.under
                yield field.ratio(rest + multiple * variable.over * known.under**2, value.under * known.under)

    def _multiples(self, polynomial: fmpz_mpoly, part: fmpz_mpoly) -> Iterator[fmpz_mpoly]:
        """The monomials whose product with another polynomial is some of the terms of a polynomial."""
        here, parts = terms(polynomial), terms(part)
        if not 1 < len(parts) < len(here):
            return
        (first, number), *others = parts.items()
        for exponents, coefficient in here.items():
            moved = tuple(a - b for a, b in zip(exponents, first, strict=True))
            times, remainder = divmod(coefficient, number)
            if min(moved) >= 0 and not remainder:
                made = ((tuple(a + b for a, b in zip(moved, e, strict=True)), c * times) for e, c in others)
                if all(here.get(e) == c for e, c in made):
                    yield self.field.context.from_dict({moved: times})

    def _solved_for(self, equation: fmpz_mpoly, pivot: int) -> Rewriting | None:
        """An equation solved for something, or for its square; None where it has both."""
        degree = degrees(equation)[pivot]
        try:
            without, times = self.field.linear(equation, pivot, degree)
            return Rewriting(((pivot, degree),), self.field.ratio(-without, times))
        except TooLargeError:
            return None

    def _is_natural(self, k: int, pivot: int, result: Ratio) -> bool:
        """Whether a reader would put in what a relation between variables alone makes of one of them: p S for e, or
        p e/(1 − p), but not 2 x y − x^2 for a; of a root, 1/y for √x, but not 1/y − 1."""
        if k >= len(self.values) or self.relations[k].assumed or self.algebra.terms[self.relations[k].value].op == SUM:
            return True
        sides = (result.over, result.under)
        made = self.field.generators[pivot]
        if made.root > 1 and made.times == self.algebra.one:
            return all(len(side) == 1 for side in sides)
        return not self._is_of_variables(self.values[k]) or all(_is_monomial(side, self.places[k]) for side in sides)

    def _up_to_date(self, state: _State) -> _State:
        rule = state.waiting
        return state if rule is None else _State(state.value, tuple(e and self._reduced(e, rule) for e in state.left))

    def _pivots(self, value: Ratio, equation: fmpz_mpoly, k: int) -> list[int]:
        """What an equation may be solved for, it or its square: what is as high in the expression. Of a sum, only the
        variable itself: 1 - p for q, while x² = u + 3 helps nobody."""
        here = [max(pair) for pair in zip(degrees(value.over), degrees(value.under), strict=True)]
        found = [pivot for pivot, degree in enumerate(degrees(equation)) if 0 < degree <= min(2, here[pivot])]
        if k >= len(self.values) or self.relations[k].assumed:
            return found
        is_sum = self.algebra.terms[self.relations[k].value].op == SUM
        return [pivot for pivot in found if (pivot == self.places[k]) == is_sum][:MAX_PIVOTS]

    def _is_of_variables(self, value: Ratio) -> bool:
        """Whether there are only variables in it."""
        here = (max(pair) for pair in zip(degrees(value.over), degrees(value.under), strict=True))
        return all(
            self.algebra.terms[g.base].op == INPUT and g.root == 1
            for exponent, g in zip(here, self.field.generators, strict=True)
            if exponent
        )

    def _reduced(self, equation: fmpz_mpoly, rule: Rewriting) -> fmpz_mpoly | None:
        """An equation with something put in, and without the factors that are not 0; None where nothing is left."""
        made = self.field.rewritten(Ratio(equation, self.field.one), [rule]).over
        if made.is_constant():
            return None
        _, factors = made.factor()
        return next((f for f, _ in factors if self._put_back(Ratio(f, self.field.one)).over.is_zero()), None)

    def _weight(self, value: Ratio) -> int:
        return sum(
            FINE + sum(self.symbols[place] + FINE * (e > 1) for place, e in enumerate(exponents) if e)
            for polynomial in (value.over, value.under)
            for exponents in terms(polynomial)
        )

    # ---- what it found, checked

    def _is_sound(self, value: Ratio) -> bool:
        """Whether a quotient is the expression, and defined wherever that is."""
        before = self._put_back(self.start)
        after = self._put_back(value)
        if not self._is_zero(before.over * after.under - after.over * before.under):
            return False
        rest = self._put_back(Ratio(value.under, self.field.one)).over
        for known in self._nonzero():
            while not (common := rest.gcd(known)).is_constant():
                rest //= common
        return bool(rest.is_constant())

    def _nonzero(self) -> Iterable[fmpz_mpoly]:
        yield self.start.under
        yield self._put_back(Ratio(self.start.under, self.field.one)).over
        yield from (value.under for value in self.values)
        for rule in self.field.roots:  # what is divided by √u is divided by u
            if not self.start.under.gcd(self.field.symbols[rule.pattern[0][0]]).is_constant():
                yield rule.result.over
        positive = (self.algebra.sign[g.base] == POSITIVE for g in self.field.generators)
        yield from (symbol for symbol, sure in zip(self.field.symbols, positive, strict=True) if sure)

    def _is_zero(self, polynomial: fmpz_mpoly) -> bool:
        return bool(self.field.rewritten(Ratio(polynomial, self.field.one), self.field.roots).over.is_zero())

    def _put_back(self, value: Ratio) -> Ratio:
        """A quotient with the values of the relations' variables."""
        rules = [
            Rewriting(((place, 1),), made) for place, made in zip(self.places[::-1], self.values[::-1], strict=True)
        ]
        return self.field.rewritten(value, rules)


def _is_monomial(polynomial: fmpz_mpoly, but_for: int) -> bool:
    """Whether a polynomial is one term times something of one generator."""
    return len({exponents[:but_for] + exponents[but_for + 1 :] for exponents in terms(polynomial)}) == 1
