"""The derivatives of operations on vectors and matrices that are no products of factors, over indices.

Each is written for a node with the axes `out` and an operand with the axes `x`; the values of both are expressions of
the pool. (K. B. Petersen and M. S. Pedersen, *The Matrix Cookbook*, 2012, sections 2.1, 2.2; for softmax C. Bishop,
*Pattern Recognition and Machine Learning*, 2006, eq. 4.106.)
"""

from __future__ import annotations

from collections.abc import Callable

from graphviz_ad.algebra.indexed import Factor, Index, IndexedAlgebra, Term

Axes = tuple[Index, ...]


def _norm(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[Term, ...]:
    """x/‖x‖"""
    return (Term(a.algebra.power(out, a.algebra.minus_one), (Factor(x, by),)),)


def _rows(of: Axes, by: Axes) -> tuple[tuple[Index, Index], ...]:
    """Rows are computed by themselves: that of the value is that of the operand."""
    return ((of[0], by[0]),) if len(of) > 1 else ()


def _softmax(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[Term, ...]:
    """p_i [i = j] − p_i p_j"""
    one, rows = a.algebra.one, _rows(of, by)
    return (
        Term(one, (Factor(out, of),), tuple(zip(of, by, strict=True))),
        Term(a.algebra.minus_one, (Factor(out, of), Factor(out, by)), rows),
    )


def _log_softmax(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[Term, ...]:
    """[i = j] − p_j"""
    p = a.algebra.apply("exp", out)
    return (
        Term(a.algebra.one, (), tuple(zip(of, by, strict=True))),
        Term(a.algebra.minus_one, (Factor(p, by),), _rows(of, by)),
    )


def _inv(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[Term, ...]:
    """−Y_ik Y_lj, of Y_ij = (X⁻¹)_ij by X_kl"""
    (i, j), (k, m) = of, by
    return (Term(a.algebra.minus_one, (Factor(out, (i, k)), Factor(out, (m, j)))),)


def _det(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[Term, ...]:
    """det(X) (X⁻¹)_lk by X_kl"""
    return (Term(out, (Factor(a.inverse(x), by[::-1]),)),)


def _logdet(a: IndexedAlgebra, x: int, out: int, of: Axes, by: Axes) -> tuple[Term, ...]:
    """(X⁻¹)_lk by X_kl"""
    return (Term(a.algebra.one, (Factor(a.inverse(x), by[::-1]),)),)


DERIVATIVES: dict[str, Callable[[IndexedAlgebra, int, int, Axes, Axes], tuple[Term, ...]]] = {
    "norm": _norm,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "inv": _inv,
    "det": _det,
    "logdet": _logdet,
}
