"""Unit matrices at a place in products: 𝐄ₖ 𝐞ⱼ is 𝐞ₖ₊ⱼ₋₁, 𝐄ₖᵀ 𝐞ⱼ is 𝐞ⱼ₋ₖ₊₁ or 0, 𝐄ₖ 𝐄ⱼ is 𝐄ₖ₊ⱼ₋₁. So the parts of a
vector that is put together step by step stand in the whole of it, and each sign means one matrix."""

from __future__ import annotations

from collections import Counter

from graphviz_ad.algebra.indexed_pool import IndexedPool
from graphviz_ad.algebra.indexed_terms import Axes, IndexedFactor, IndexedTerm
from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.arrays import BLOCK, UNIT


def with_blocks_multiplied(pool: IndexedPool, term: IndexedTerm, axes: Axes) -> IndexedTerm:
    """The term with unit matrices and vectors at places multiplied with each other."""
    uses = Counter(index for factor in term.factors for index in factor.indices)
    uses.update(index for delta in term.deltas for index in delta)
    for block in (factor for factor in term.factors if _at(pool, factor, BLOCK) is not None):
        for side, inner in enumerate(block.indices):
            other = next((each for each in term.factors if each != block and inner in each.indices), None)
            if other is None or inner in axes or uses[inner] != 2:
                continue
            made = _product(pool, block, other, side)
            if made is not None:
                rest = term.without(block).without(other)
                return with_blocks_multiplied(pool, rest.replace(factors=(*rest.factors, *made)), axes)
            if _at(pool, other, UNIT) is not None:  # whose 1 is in none of the rows
                return IndexedTerm(pool.algebra.zero)
    return term


def _at(pool: IndexedPool, factor: IndexedFactor, op: str) -> int | None:
    """Where a unit matrix or vector begins; None for what is none, or is at a place that a letter says."""
    atom = pool.atom_of(factor.value)
    found = dict(atom.type.attributes)["at"] if atom is not None and atom.op == op else None
    return found if isinstance(found, int) else None


def _product(
    pool: IndexedPool, block: IndexedFactor, other: IndexedFactor, side: int
) -> tuple[IndexedFactor, ...] | None:
    """A unit matrix times what shares its columns, or its rows where the `side` is 0, as one factor; None where there
    is no such product, or it is 0."""
    start, outer = _at(pool, block, BLOCK), block.indices[1 - side]
    rows, columns = pool.shape(block.value)
    place, within = _at(pool, other, UNIT), _at(pool, other, BLOCK)
    if start is None or not isinstance(rows, int) or not isinstance(columns, int):
        return None
    if place is not None:
        size, at = (rows, start + place - 1) if side else (columns, place - start + 1)
        type_of = Type((size,), (("size", size), ("at", at)))
        return (IndexedFactor(pool.atom(UNIT, (), type_of), (outer,)),) if 1 <= at <= size else None
    if within is None or not side or other.indices[0] != block.indices[1]:
        return None
    _, many = pool.shape(other.value)
    type_of = Type((rows, many), (("rows", rows), ("columns", many), ("at", start + within - 1)))
    return (IndexedFactor(pool.atom(BLOCK, (), type_of), (outer, other.indices[1])),)
