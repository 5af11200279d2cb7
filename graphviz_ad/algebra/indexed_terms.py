"""Sums of products of indexed factors: what derivatives of vectors and matrices are, before they are written.

A factor is an expression of the pool, computed element by element, with an index for each of its axes; a delta says
that two indices are equal. Indices that a tensor has not among its axes are summed over, and one that no factor has
stands for ones. (S. Laue, M. Mitterreiter and J. Giesen, *Computing higher order derivatives of matrix and tensor
expressions*, NeurIPS 2018.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.row import AxisSize
from graphviz_ad.core.record import Record

Index = int
Axes = tuple[Index, ...]


class IndexedFactor(Record):
    """An expression of the pool, element by element, with its indices."""

    value: int
    indices: tuple[Index, ...]


class Atom(Record):
    """What stands for an operation on vectors or matrices in an expression of the pool, as a variable does: the
    operation with expressions of the pool for its operands."""

    op: str
    args: tuple[int, ...]
    type: Type


class IndexedTerm(Record):
    """A number of the pool times factors and deltas, summed over what is no axis."""

    coefficient: int
    factors: tuple[IndexedFactor, ...] = ()
    deltas: tuple[tuple[Index, Index], ...] = ()

    def indices(self) -> set[Index]:
        """The indices of its factors and deltas."""
        return {index for part in (*(factor.indices for factor in self.factors), *self.deltas) for index in part}

    def without(self, factor: IndexedFactor) -> IndexedTerm:
        """The same without a factor."""
        return self.replace(factors=tuple(other for other in self.factors if other != factor))

    def reads(self, index: Index) -> bool:
        """Whether a factor has an index."""
        return any(index in factor.indices for factor in self.factors)

    def renamed(self, names: Mapping[Index, Index]) -> IndexedTerm:
        """The same with other indices."""
        return IndexedTerm(
            self.coefficient,
            tuple(IndexedFactor(f.value, tuple(names.get(i, i) for i in f.indices)) for f in self.factors),
            tuple((names.get(i, i), names.get(j, j)) for i, j in self.deltas),
        )


class Lettered(Record):
    """A product of factors with indices: each factor the place of its parameter with its indices; and the deltas."""

    factors: tuple[tuple[int, tuple[Index, ...]], ...]
    deltas: tuple[tuple[Index, Index], ...]


class Tensor(Record):
    """A sum of terms over the same axes."""

    axes: tuple[Index, ...]
    terms: tuple[IndexedTerm, ...]


class Indices:
    """The indices there are, each with its size."""

    def __init__(self) -> None:
        self.sizes: list[AxisSize] = []

    def new(self, size: AxisSize) -> Index:
        """An index that is none yet."""
        self.sizes.append(size)
        return len(self.sizes) - 1

    def copies(self, term: IndexedTerm, kept: Iterable[Index]) -> IndexedTerm:
        """The term with new indices for all but those that are kept."""
        return term.renamed({index: self.new(self.sizes[index]) for index in term.indices().difference(kept)})
