"""The derivatives of operations on vectors and matrices that are no products of factors, over indices.

Each is written for a node with the axes `out` and an operand with the axes `x`; the values of both are expressions of
the pool. (K. B. Petersen and M. S. Pedersen, *The Matrix Cookbook*, 2012, sections 2.1, 2.2; for softmax C. Bishop,
*Pattern Recognition and Machine Learning*, 2006, eq. 4.106.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import Axes, Index, IndexedFactor, IndexedTerm
from graphviz_ad.core.graph import INPUT, Type
from graphviz_ad.core.ops.arrays import UNIT, matrix
from graphviz_ad.core.ops.row import AxisSize, Shape, together


def _norm(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """x/‖x‖"""
    return (IndexedTerm(a.algebra.apply("div", a.algebra.one, out), (IndexedFactor(x, by),)),)


def _rows(of: Axes, by: Axes) -> tuple[tuple[Index, Index], ...]:
    """Rows are computed by themselves: that of the value is that of the operand."""
    return ((of[0], by[0]),) if len(of) > 1 else ()


def _softmax(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """p_i [i = j] − p_i p_j"""
    one, rows = a.algebra.one, _rows(of, by)
    return (
        IndexedTerm(one, (IndexedFactor(out, of),), tuple(zip(of, by, strict=True))),
        IndexedTerm(a.algebra.minus_one, (IndexedFactor(out, of), IndexedFactor(out, by)), rows),
    )


def _log_softmax(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """[i = j] − p_j, where p is softmax(z), or exp(y) where only y has a name"""
    by_result = _is_named(a, out) and not _is_named(a, x)
    p = a.algebra.apply("exp", out) if by_result else a.atom("softmax", (x,), Type(a.shape(x)))
    return (
        IndexedTerm(a.algebra.one, (), tuple(zip(of, by, strict=True))),
        IndexedTerm(a.algebra.minus_one, (IndexedFactor(p, by),), _rows(of, by)),
    )


def _is_named(a: IndexedAlgebra, value: int) -> bool:
    return a.algebra.terms[value].op == INPUT and a.atom_of(value) is None


def _inv(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """−Y_ik Y_lj, of Y_ij = (X⁻¹)_ij by X_kl"""
    (i, j), (k, m) = of, by
    return (IndexedTerm(a.algebra.minus_one, (IndexedFactor(out, (i, k)), IndexedFactor(out, (m, j)))),)


def _det(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """det(X) (X⁻¹)_lk by X_kl"""
    return (IndexedTerm(out, (IndexedFactor(a.inverse(x), by[::-1]),)),)


def _logdet(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """(X⁻¹)_lk by X_kl"""
    return (IndexedTerm(a.algebra.one, (IndexedFactor(a.inverse(x), by[::-1]),)),)


def _largest(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """1 where the largest entry is, the first of several; of a number in every place that is the first"""
    if not a.has_axes(x):
        return entry(a, [a.indices.sizes[index] for index in by], [1] * len(by), by)
    return (IndexedTerm(a.algebra.one, (IndexedFactor(a.atom("at_largest", (x,), Type(a.shape(x))), by),)),)


def _at_largest(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """0: it jumps where another entry becomes the largest, and beside that it does not change"""
    return ()


def stacked(a: IndexedAlgebra, shapes: Sequence[Shape], place: int, of: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
    """A unit matrix in the rows of what stands there, of the one below the other by one of them."""
    (above, columns), (below, _) = map(matrix, shapes)
    total = together(above, below)
    rows, at = (above, 1) if place == 0 else (below, together(above, 1))
    type_of = Type((total,), (("size", total), ("at", at)))
    if rows != 1:
        type_of = Type((total, rows), (("rows", total), ("columns", rows), ("at", at)))
    same = ((of[-1], by[-1]),) if columns != 1 else ()
    block = a.atom("unit" if rows == 1 else "block", (), type_of)
    return (IndexedTerm(a.algebra.one, (IndexedFactor(block, (of[0], *by[: rows != 1])),), same),)


def entry(a: IndexedAlgebra, shape: Sequence[AxisSize], at: Sequence[int], by: Axes) -> tuple[IndexedTerm, ...]:
    """A 1 in the place of an entry"""
    sizes = [size for size in shape if size != 1]
    types = (Type((size,), (("size", size), ("at", place))) for size, place in zip(sizes, at, strict=True))
    units = [a.atom(UNIT, (), type_of) for type_of in types]
    return (IndexedTerm(a.algebra.one, tuple(IndexedFactor(unit, (i,)) for unit, i in zip(units, by, strict=True))),)


DERIVATIVES: dict[str, Callable[[IndexedAlgebra, int, int, Axes, Axes], tuple[IndexedTerm, ...]]] = {
    "norm": _norm,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "inv": _inv,
    "largest": _largest,
    "at_largest": _at_largest,
    "det": _det,
    "logdet": _logdet,
}
