"""The textbook form: the shortest of several honest forms of an expression.

The normal form keeps what was written; here the expression is read as a rational function of its atoms, brought to
lowest terms, and written factored, expanded, collected, with the identities of a book. Of these candidates the one with
the fewest signs and symbols is taken (`notation.signs`); of equally short ones the one nearest to what was
written, so that nothing becomes longer than its normal form.

The value stays wherever the expression is defined. In a pool of derivatives what was divided by is not zero, as in the
normal form; elsewhere only polynomials are rewritten, so that nothing is cancelled. The time is bounded: what has more
than MAX_SIZE symbols, or leads to polynomials past the bounds of `ratio`, keeps its normal form.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from graphviz_ad.algebra.normal_form import POWER, PRODUCT, SUM, Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.notation.signs import Signs
from graphviz_ad.notation.write import write

MAX_SIZE = 300


def textbook(algebra: Algebra, root: int) -> int:
    """The shortest form of an expression of the pool."""
    if algebra.size[root] > MAX_SIZE:
        return root
    short = _Shortening(algebra)
    while (shorter := short.of(root)) != root:
        root = shorter
    return root


def length(algebra: Algebra, index: int) -> int:
    """The signs and symbols of an expression as it is written."""
    return write(Expression(to_graph(algebra, index)), Signs())


class _Shortening:
    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.lengths: dict[int, int] = {}
        self.shortest: dict[int, int] = {}

    def length(self, index: int) -> int:
        if index not in self.lengths:
            self.lengths[index] = length(self.algebra, index)
        return self.lengths[index]

    def of(self, root: int) -> int:
        """The shortest form of an expression, made of the shortest forms of its parts."""
        algebra = self.algebra
        for index in algebra.below(root):
            if index not in self.shortest:
                term = algebra.terms[index]
                made = index
                if term.args:
                    made = algebra.apply(term.op, *[self.shortest[arg] for arg in term.args])
                self.shortest[index] = self.best(index, made)
        return self.shortest[root]

    def best(self, index: int, made: int) -> int:
        found = [index, *([made] if made != index else []), *candidates(self.algebra, made)]
        return min(found, key=self.length) if len(found) > 1 else index


def candidates(algebra: Algebra, root: int) -> Iterator[int]:
    """Other forms of an expression, those nearest to it first."""
    if not may_be_shorter(algebra, root):
        return
    from graphviz_ad.algebra.candidates import rewritten

    yield from rewritten(algebra, root)


def may_be_shorter(algebra: Algebra, root: int) -> bool:
    """Whether there is anything to be tried: of a product of atoms with at most one sum of two terms that have
    nothing in common, for instance, there is not."""
    if algebra.terms[root].op not in (SUM, PRODUCT, POWER):
        return False
    return True
