"""Terms of tensors that differ in the place of a unit vector alone, one for each place, as one: y₁𝐞₁ + y₂𝐞₂ is y, X𝐞₁ +
X𝐞₂ is X𝟏, and 𝐞₁𝐞₁ᵀ + 𝐞₂𝐞₂ᵀ is I."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.algebra.collecting import key_of
from graphviz_ad.algebra.entries import place_of
from graphviz_ad.algebra.indexed_terms import Axes, IndexedFactor, IndexedTerm
from graphviz_ad.algebra.matrix_facts import MatrixFacts
from graphviz_ad.core.ops.arrays import ENTRY
from graphviz_ad.core.record import Record


class AtPlace(Record):
    """A term with unit vectors of one size and place, and what it is with an index for the place."""

    place: int
    size: object
    whole: IndexedTerm


def with_units_joined(facts: MatrixFacts, terms: Sequence[IndexedTerm], axes: Axes) -> tuple[IndexedTerm, ...] | None:
    """The terms with those of all places as one; None where there are none such."""
    families: dict[object, dict[int, tuple[int, AtPlace]]] = {}
    for number, term in enumerate(terms):
        found = _at_place(facts, term)
        if found is not None:
            key = found.size, found.whole.coefficient, key_of(facts, found.whole, axes)
            families.setdefault(key, {}).setdefault(found.place, (number, found))
    for family in families.values():
        members = dict(family.values())
        (first, found) = min(members.items())
        if len(members) == found.size and len(members) > 1:
            return tuple(
                found.whole if number == first else term
                for number, term in enumerate(terms)
                if number == first or number not in members
            )
    return None


def _at_place(facts: MatrixFacts, term: IndexedTerm) -> AtPlace | None:
    pool, algebra = facts.pool, facts.pool.algebra
    units = [factor for factor in term.factors if place_of(pool, factor.value) is not None]
    if not units or len({factor.value for factor in units}) > 1:
        return None
    place, (size,) = place_of(pool, units[0].value), pool.shape(units[0].value)
    entries = {
        leaf: atom.args[0]
        for leaf in algebra.below(term.coefficient)
        if (atom := pool.atom_of(leaf)) is not None and atom.op == ENTRY
    }
    at = (("place", (place,)),)
    if place is None or any(
        atom.type.attributes != at or pool.shape(entries[leaf]) != (size,)
        for leaf in entries
        if (atom := pool.atom_of(leaf)) is not None
    ):
        return None
    index, *others = (factor.indices[0] for factor in units)
    value = algebra.replaced(term.coefficient, entries)
    rest = tuple(factor for factor in term.factors if factor not in units)
    deltas = (*term.deltas, *((index, other) for other in others))
    return AtPlace(place, size, IndexedTerm(algebra.one, (*rest, IndexedFactor(value, (index,))), deltas))
