"""Sums as a reader begins them: with a plus, where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import SUM


def in_order(algebra: Algebra, parts: Iterable[int]) -> int:
    """The sum by falling degree, but one that would begin with a minus from its other end or its first plus."""
    return plus_first(algebra, algebra.add(*parts, ordered=True))


def plus_first(algebra: Algebra, index: int) -> int:
    """A sum that begins with a minus turned round, 1 − x² for −x² + 1, or begun with its first plus."""
    term = algebra.terms[index]
    if term.op != SUM or not _is_negative(algebra, term.args[0]):
        return index
    parts = list(term.args)
    positive = [part for part in parts if not _is_negative(algebra, part)]
    if not positive:
        return index
    if not _is_negative(algebra, parts[-1]):
        return algebra.add(*reversed(parts))
    parts.remove(positive[0])
    return algebra.add(positive[0], *parts)


def factors_plus_first(algebra: Algebra, index: int) -> int:
    """A product whose sums begin with a plus where they can; one with a minus is left, −(y − 1) is written 1 − y."""
    if _is_negative(algebra, index):
        return index
    powers = (algebra.as_power(factor) for factor in algebra.factors(index))
    return algebra.multiply(*(algebra.power(plus_first(algebra, base), exponent) for base, exponent in powers))


def opposite(algebra: Algebra, index: int) -> int | None:
    """The opposite of a sum that has a minus in it; None for anything else."""
    term = algebra.terms[index]
    if term.op != SUM or not any(_is_negative(algebra, part) for part in term.args):
        return None
    return in_order(algebra, (algebra.multiply(algebra.minus_one, part) for part in term.args))


def are_one_sum(algebra: Algebra, left: Iterable[int], right: Iterable[int]) -> bool:
    """Whether terms have the same summands as others, in any order; −(a − b) has those of b − a."""
    return sorted(_summands(algebra, left)) == sorted(_summands(algebra, right))


def _summands(algebra: Algebra, terms: Iterable[int]) -> Iterator[int]:
    for term in terms:
        number, rest = algebra.coefficient(term)
        is_sum = algebra.terms[rest].op == SUM and abs(number) == 1
        yield from (
            (algebra.multiply(algebra.number(number), part) for part in algebra.terms[rest].args) if is_sum else [term]
        )


def _is_negative(algebra: Algebra, index: int) -> bool:
    return algebra.coefficient(index)[0] < 0
