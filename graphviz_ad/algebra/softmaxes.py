"""Softmax as others write it: exp(z) over the sum of its entries, and exp(z − log(sum(exp(z))))."""

from __future__ import annotations

from collections.abc import Iterator

from graphviz_ad.algebra.indexed_pool import IndexedPool
from graphviz_ad.algebra.powers import Powers
from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.arrays import ONES, TOTAL


def softmax_of(pool: IndexedPool, value: int) -> int | None:
    """The softmax that a vector is, also as exp(z − log(sum(exp(z)))); None where it is none."""
    algebra, atom = pool.algebra, pool.atom_of(value)
    if atom is not None:
        return value if atom.op == "softmax" and len(atom.type.shape) == 1 else None
    if algebra.terms[value].op != "exp":
        return None
    power = algebra.replaced(algebra.terms[value].args[0], pool.meanings)
    inner = pool.atom_of(power)
    if inner is not None and inner.op == "log_softmax" and len(inner.type.shape) == 1:
        return pool.atom("softmax", inner.args, inner.type)
    parts = algebra.summands(power)
    of, rest = (algebra.add(*(part for part in parts if pool.has_axes(part) is has)) for has in (True, False))
    if len(shape := pool.shape(of)) != 1:
        return None
    total = pool.atom(TOTAL, (algebra.apply("exp", of),), Type(()))
    is_one = algebra.add(rest, algebra.apply("log", total)) == algebra.zero
    return pool.atom("softmax", (of,), Type(shape)) if is_one else None


def shares(pool: IndexedPool, powers: Powers) -> Iterator[tuple[int, int, int]]:
    """Of the powers of a number those of 1/sum(exp(z)): softmax(z), this, and exp(z)."""
    for base, exponent in powers.items():
        of = added_up(pool, base)
        if of is None or exponent > 0 or pool.algebra.terms[of].op != "exp":
            continue
        if len(shape := pool.shape(of)) == 1:
            softmax = pool.atom("softmax", pool.algebra.terms[of].args, Type(shape))
            yield softmax, pool.algebra.power(base, pool.algebra.minus_one), of


def added_up(pool: IndexedPool, value: int) -> int | None:
    """What a number is the sum of the entries of, also as 𝟏ᵀx or xᵀ𝟏."""
    atom = pool.atom_of(value)
    if atom is None or atom.op == TOTAL:
        return None if atom is None else atom.args[0]
    if atom.op != "matmul" or atom.type.shape:
        return None
    row, column = pool.atom_of(atom.args[0]), atom.args[1]
    if row is None or row.op != "transpose":
        return None
    return next((other for ones, other in ((row.args[0], column), (column, row.args[0])) if is_ones(pool, ones)), None)


def is_ones(pool: IndexedPool, value: int) -> bool:
    """Whether an expression is a vector of ones."""
    atom = pool.atom_of(value)
    return atom is not None and atom.op == ONES
