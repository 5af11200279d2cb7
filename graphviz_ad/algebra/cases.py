"""Derivatives of case distinctions, as cases: 2x[x > 0] + 3(1 − [x > 0]) is 2x if x > 0, else 3."""

from __future__ import annotations

from collections.abc import Callable

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import WHERE


def in_cases(algebra: Algebra, root: int, shortest: Callable[[int], int]) -> int:
    """An expression with a case distinction in the place of the brackets of conditions, which are 0 or 1. Only what is
    a condition of a case distinction in the pool is made one; `shortest` is the shortest form of a branch."""
    for condition in reversed(algebra.conditions):
        brackets = algebra.factors(condition)
        if not set(algebra.below(root)).issuperset(brackets):
            continue
        holds = _where(algebra, root, condition, dict.fromkeys(brackets, algebra.one))
        fails = {_where(algebra, root, condition, {one: algebra.zero}) for one in brackets}
        if len(fails) > 1:  # of [x > 0][y > 0] each alone says something too
            continue
        (other,) = fails
        then, rest = (in_cases(algebra, shortest(one), shortest) for one in (holds, other))
        return then if then == rest else algebra.apply(WHERE, condition, then, rest)
    return root


def _where(algebra: Algebra, root: int, condition: int, known: dict[int, int]) -> int:
    """The expression where a condition holds, or does not, as the values of its brackets say."""
    branch = 1 if algebra.one in known.values() else 2
    while True:
        terms = ((index, algebra.terms[index]) for index in algebra.below(root))
        chosen = {i: term.args[branch] for i, term in terms if term.op == WHERE and term.args[0] == condition}
        made = algebra.replaced(root, known | chosen)
        if made == root:
            return root
        root = made
