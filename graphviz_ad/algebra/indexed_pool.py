"""A pool of expressions of vectors and matrices: which shapes they have, what stands for operations on these, and what
is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graphviz_ad.algebra.indexed_terms import Atom, Index, IndexedFactor, Indices
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.graph import Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import BLOCK, UNIT
from graphviz_ad.core.ops.row import Shape


class IndexedPool:
    """Expressions with indices; each method takes and returns their places in the pool."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.indices = Indices()
        self.shapes: dict[str, Shape] = {}  # of the names of the pool that have axes; the others are numbers
        self.atoms: dict[str, Atom] = {}  # what names that are not the reader's stand for
        self.adjoints: set[Name] = set()  # the names of what arrows move: δ
        self.symmetric: set[Name] = set()  # the names of matrices that are their own transposes
        self.sums: dict[int, int] = {}  # what the entries of an expression are known to add up to
        self.meanings: dict[int, int] = {}  # what variables are that are sums, their logarithms, log softmaxes
        self.means: dict[int, int] = {}  # numbers that are known to be the mean of the entries of an expression
        self.along: dict[int, dict[int, int]] = {}  # matrices, with what they add up to along their axes
        self.has_units = False  # whether unit vectors were ever made
        self._has_axes: dict[int, bool] = {}

    @contextmanager
    def without_means(self) -> Iterator[None]:
        """While this lasts, nothing is known of means, and what has its mean taken from it is like any other."""
        known, self.means = (self.means, self.along), {}
        self.along = {
            matrix: {axis: total for axis, total in totals.items() if total != self.algebra.zero}
            for matrix, totals in self.along.items()
        }
        yield
        self.means, self.along = known

    def variable(self, name: Name, shape: Shape) -> int:
        """A variable of this shape."""
        if shape:
            self.shapes[name] = shape
        return self.algebra.variable(name)

    def adjoint(self, name: Name, shape: Shape) -> int:
        """A variable that stands for the adjoint of an arrow's left end."""
        self.adjoints.add(name)
        if self.shapes.get(name, ()) != shape:  # one name stands for the adjoints of all left ends
            self.shapes.pop(name, None)
            self._has_axes.clear()
        return self.variable(name, shape)

    def atom(self, op: str, args: tuple[int, ...], type_of: Type) -> int:
        """An operation on vectors or matrices as an expression of the pool."""
        self.has_units = self.has_units or op in (UNIT, BLOCK)
        name = Name(f"{op}{args}{type_of.attributes}")
        self.atoms[name] = Atom(op, args, type_of)
        return self.variable(name, type_of.shape)

    def atom_of(self, value: int) -> Atom | None:
        """The operation on vectors or matrices that an expression stands for; None for another."""
        key = self.algebra.terms[value].key
        return self.atoms.get(key) if isinstance(key, str) else None

    def shape(self, value: int) -> Shape:
        """The shape of an expression: that of what it is made of."""
        leaves = (self.algebra.terms[part].key for part in self.algebra.below(value))
        return next((self.shapes[leaf] for leaf in leaves if isinstance(leaf, str) and leaf in self.shapes), ())

    def has_axes(self, value: int) -> bool:
        """Whether an expression has a name in it that has axes."""
        if value not in self._has_axes:
            leaves = (self.algebra.terms[part].key for part in self.algebra.below(value))
            self._has_axes[value] = any(leaf in self.shapes for leaf in leaves if isinstance(leaf, str))
        return self._has_axes[value]

    def is_row(self, factor: IndexedFactor) -> bool:
        return len(factor.indices) == 1 and len(self.shape(factor.value)) == 2

    def numbers_apart(self, value: int) -> tuple[int, int]:
        """The factors of an expression that have no axes, and the others."""
        parts = self.algebra.factors(value)
        numbers = [part for part in parts if not self.has_axes(part)]
        if not numbers:
            return self.algebra.one, value
        return self.algebra.multiply(*numbers), self.algebra.multiply(*(p for p in parts if p not in numbers))

    def axes(self, shape: Shape) -> tuple[Index, ...]:
        """New indices for what has this shape."""
        return tuple(self.indices.new(size) for size in shape if size != 1)

    def size(self, index: Index) -> int:
        """How many values an index has, as an expression of the pool."""
        size = self.indices.sizes[index]
        return self.algebra.number(size) if isinstance(size, int) else self.algebra.variable(Name(size))
