"""Entries of vectors and matrices: tanh(x)₂ as tanh(x₂), and what unit vectors pick, 𝐞₂ᵀ x as x₂, 𝐞₁ ⊙ 𝐞₂ as 0."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.algebra.indexed_pool import IndexedPool
from graphviz_ad.core.graph import INPUT, Type
from graphviz_ad.core.ops.arrays import ENTRY, UNIT


def entry_of(pool: IndexedPool, value: int, place: Sequence[int]) -> int | None:
    """An entry of an expression that is computed entry by entry, over those of its variables; None of another one."""
    algebra = pool.algebra
    leaves = [leaf for leaf in algebra.below(value) if algebra.terms[leaf].op == INPUT and pool.has_axes(leaf)]
    if any(pool.atom_of(leaf) is not None or len(pool.shape(leaf)) != len(place) for leaf in leaves):
        return None
    type_of = Type((), (("place", tuple(place)),))
    return algebra.replaced(value, {leaf: pool.atom(ENTRY, (leaf,), type_of) for leaf in leaves})


def place_of(pool: IndexedPool, value: int) -> int | None:
    """Where a unit vector has its 1; None for what is none."""
    atom = pool.atom_of(value)
    return None if atom is None or atom.op != UNIT else int(str(dict(atom.type.attributes)["at"]))


def picked(pool: IndexedPool, value: int) -> int:
    """A product of vectors entry by entry, one of which is a unit vector, as that vector and a number; others as they
    are."""
    algebra, parts = pool.algebra, pool.algebra.factors(value)
    units = [part for part in parts if place_of(pool, algebra.as_power(part)[0]) is not None]
    bases = {algebra.as_power(unit)[0] for unit in units}
    if len(bases) != 1:
        return algebra.zero if bases else value
    unit = bases.pop()
    others = algebra.multiply(*(part for part in parts if part not in units))
    entry = entry_of(pool, others, [place_of(pool, unit) or 1])
    return algebra.multiply(unit, others if entry is None else entry)


def all_units(pool: IndexedPool, value: int) -> int:
    """The sum of all unit vectors, 𝐞₁ + 𝐞₂, as ones; others as they are."""
    algebra, parts = pool.algebra, pool.algebra.summands(value)
    shape = pool.shape(value) if len(parts) > 1 and pool.has_units else ()
    apart = [algebra.coefficient(part) for part in parts] if shape == (len(parts),) else []
    places = {place_of(pool, rest) for _, rest in apart}
    digits = {number for number, _ in apart}
    return algebra.number(digits.pop()) if len(digits) == 1 and places == {*range(1, len(parts) + 1)} else value
