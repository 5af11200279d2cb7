"""Other forms of one expression: by each set of identities, in each form of a rational function."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from graphviz_ad.algebra.atoms import atoms
from graphviz_ad.algebra.forms import Form, Forms
from graphviz_ad.algebra.identities import (
    ALWAYS,
    COSQUARES,
    FOLDED,
    KNOWN,
    QUOTIENTS,
    SQUARES,
    Identity,
    folded,
    found_in,
)
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.algebra.ratio import Field, Ratio, Rewriting, TooLargeError

MAX_COUNTED = 10**6


def candidates(algebra: Algebra, root: int, longest: int) -> Iterator[Form]:
    """The candidates, those nearest to the expression first; none where something is past the bounds."""
    try:
        yield from list(_candidates(algebra, root, longest))
    except TooLargeError:
        return


def _candidates(algebra: Algebra, root: int, longest: int) -> Iterator[Form]:
    functions = atoms(algebra, [root]).functions
    always = found_in(algebra, functions, ALWAYS)
    quotients = found_in(algebra, functions, QUOTIENTS)
    opposite = found_in(algebra, functions, KNOWN, known=True)
    new = [part for identity in quotients for part in atoms(algebra, [identity.result]).functions]
    more = list(dict.fromkeys([*functions, *new]))
    squares, cosquares = (found_in(algebra, more, rules) for rules in (SQUARES, COSQUARES))
    everything = [always, quotients, opposite, squares, cosquares]
    here = atoms(algebra, [root, *(part for rules in everything for identity in rules for part in identity.parts())])
    field = Field(algebra, here.generators)
    own, *others = ([_rewriting(field, identity) for identity in rules] for rules in everything)
    own += field.roots
    tangents, opposites, sines, cosines = others
    known = atoms(algebra, [root])
    written = known.replace(sums=tuple(index for index in known.sums if index != root))
    forms = Forms(field, written, own, has_decimals(algebra, root), longest)
    start = field.above(field.of(root), own)
    values = [start]
    for first in ([], opposites, tangents):
        for second in ([], sines, cosines):
            value = start
            for rules in (first, second):
                if rules:
                    value = field.rewritten(value, [*rules, *own])
            if value not in values and _terms(value) < _terms(start) + bool(first):
                values.append(value)
    rational = with_rational_denominator(field, start, own)
    values += [] if rational is None or rational in values else [rational]
    terms = count_terms(algebra, root)
    quotient_ops = {op for row in FOLDED for op in row[:2]}
    fold = any(algebra.terms[f].op in quotient_ops for f in here.functions)
    reciprocals = any(algebra.terms[f].op in ("tan", "cot", "sec", "csc") for f in functions)
    for value in values:
        for form in forms.of(value, terms):
            yield form
            if fold:
                yield Form(folded(algebra, form.index, reciprocals), form.handicap)


def _terms(value: Ratio) -> int:
    return len(value.over) + len(value.under)


def with_rational_denominator(field: Field, value: Ratio, rules: list[Rewriting]) -> Ratio | None:
    """The value with a rational denominator, where all that it is divided by, it was divided by before."""
    try:
        made = field.rational(value, rules)
    except TooLargeError:
        return None
    rest = made.under
    for known in (value.under, *(rule.result.over for rule in rules)):
        while not (common := rest.gcd(known)).is_constant():
            rest //= common
    return made if rest.is_constant() else None


def _rewriting(field: Field, identity: Identity) -> Rewriting:
    places = ((field.place[index, field.algebra.one], exponent) for index, exponent in identity.pattern)
    pattern = tuple((place, exponent * field.generators[place].root) for place, exponent in places)
    return Rewriting(pattern, field.of(identity.result))


def count_terms(algebra: Algebra, root: int) -> int:
    """How many terms the expression would have, were it multiplied out and nothing collected."""
    counted: dict[int, int] = {}
    for index in algebra.below(root):
        term = algebra.terms[index]
        here = [counted[arg] for arg in term.args]
        count = 1
        if term.op == SUM:
            count = sum(here)
        elif term.op == PRODUCT:
            for factor in here:
                count = min(MAX_COUNTED, count * factor)
        elif term.op == POWER and isinstance(times := algebra.value(term.args[1]), int) and 0 < times < 20:
            count = here[0] ** times
        counted[index] = min(MAX_COUNTED, count)
    return counted[root]


def has_decimals(algebra: Algebra, root: int) -> bool:
    """Whether an expression has numbers with a point."""
    return any(isinstance(algebra.value(part), Decimal) for part in algebra.below(root))
