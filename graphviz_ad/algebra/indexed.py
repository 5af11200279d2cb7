"""Sums of products of indexed factors: what derivatives of vectors and matrices are, before they are written.

A factor is an expression of the pool, computed element by element, with an index for each of its axes; a delta says
that two indices are equal. Indices that a tensor has not among its axes are summed over, and one that no factor has
stands for ones. (S. Laue, M. Mitterreiter and J. Giesen, *Computing higher order derivatives of matrix and tensor
expressions*, NeurIPS 2018.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graphviz_ad.algebra.matrix_atoms import Atom, SymmetricMatrices
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import PRODUCT
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Type
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.ops.arrays import ONES
from graphviz_ad.core.ops.row import Contraction, Shape
from graphviz_ad.core.record import Record

Index = int
Size = int | str


class IndexedFactor(Record):
    """An expression of the pool, element by element, with its indices."""

    value: int
    indices: tuple[Index, ...]


class IndexedTerm(Record):
    """A number of the pool times factors and deltas, summed over what is no axis."""

    coefficient: int
    factors: tuple[IndexedFactor, ...] = ()
    deltas: tuple[tuple[Index, Index], ...] = ()

    def indices(self) -> set[Index]:
        """The indices of its factors and deltas."""
        return {index for part in (*(factor.indices for factor in self.factors), *self.deltas) for index in part}

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
        self.sizes: list[Size] = []

    def new(self, size: Size) -> Index:
        """An index that is none yet."""
        self.sizes.append(size)
        return len(self.sizes) - 1

    def copies(self, term: IndexedTerm, kept: Iterable[Index]) -> IndexedTerm:
        """The term with new indices for all but those that are kept."""
        return term.renamed({index: self.new(self.sizes[index]) for index in term.indices().difference(kept)})


class IndexedAlgebra:
    """Multiplies and adds tensors, each term in its normal form: deltas used up, factors of the same indices one
    expression in its textbook form, equal terms collected."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.indices = Indices()
        self.shapes: dict[str, Shape] = {}  # of the names of the pool that have axes; the others are numbers
        self.atoms: dict[str, Atom] = {}  # what names that are not the reader's stand for
        self.sums: dict[int, int] = {}  # what the entries of an expression are assumed to add up to
        self.symmetric = SymmetricMatrices(algebra, self.shapes, self.atoms)
        self._has_axes: dict[int, bool] = {}

    def variable(self, name: Name, shape: Shape) -> int:
        """A variable of this shape."""
        if shape:
            self.shapes[name] = shape
            if isinstance(name, DerivativeName):
                self.algebra.rank_first(name)  # what comes to an arrow stands before what is done with it
        return self.algebra.variable(name)

    def atom(self, op: str, args: tuple[int, ...], type_of: Type) -> int:
        """An operation on vectors or matrices as an expression of the pool."""
        name = Name(f"{op}{args}{type_of.attributes}")
        self.atoms[name] = Atom(op, args, type_of)
        return self.variable(name, type_of.shape)

    def shape(self, value: int) -> Shape:
        """The shape of an expression: that of what it is made of."""
        leaves = (self.algebra.terms[part].key for part in self.algebra.below(value))
        return next((self.shapes[leaf] for leaf in leaves if isinstance(leaf, str) and leaf in self.shapes), ())

    def inverse(self, value: int) -> int:
        """The inverse of a matrix."""
        return self.atom("inv", (value,), Type(self.shape(value)))

    def axes(self, shape: Shape) -> tuple[Index, ...]:
        """New indices for what has this shape."""
        return tuple(self.indices.new(size) for size in shape if size != 1)

    def letters(self, product: Contraction, shapes: Sequence[Shape], out: Sequence[Index]) -> Lettered:
        """The indices of each factor of a product whose value has the axes `out`, and the deltas among these."""
        known: dict[str, Index] = {}
        deltas = []
        for letter, index in zip(product.out, out, strict=True):
            if letter in known:
                deltas.append((known[letter], index))
            known.setdefault(letter, index)
        factors = []
        for place, letters in product.factors:
            sizes = [size for size in shapes[place] if size != 1]
            for letter, size in zip(letters, sizes, strict=True):
                if letter not in known:
                    known[letter] = self.indices.new(size)
            factors.append((place, tuple(known[letter] for letter in letters)))
        return Lettered(tuple(factors), tuple(deltas))

    def identity(self, left: tuple[Index, ...], right: tuple[Index, ...]) -> Tensor:
        """The derivative of a value by itself."""
        return Tensor((*left, *right), (IndexedTerm(self.algebra.one, (), tuple(zip(left, right, strict=True))),))

    def add(self, tensors: Iterable[Tensor], axes: tuple[Index, ...]) -> Tensor:
        """The sum of tensors over the same axes."""
        return self.normal(Tensor(axes, tuple(term for tensor in tensors for term in tensor.terms)))

    def contract(self, left: Tensor, right: Tensor, summed: tuple[Index, ...]) -> Tensor:
        """The product of two tensors, summed over axes that both of them have."""
        axes = tuple(axis for axis in (*left.axes, *right.axes) if axis not in summed)
        terms = []
        for one in left.terms:
            for other in right.terms:
                a, b = self.indices.copies(one, left.axes), self.indices.copies(other, right.axes)
                free = [index for index in summed if index not in a.indices() | b.indices()]  # a sum of ones
                coefficient = self.algebra.multiply(a.coefficient, b.coefficient, *map(self.size, free))
                terms.append(IndexedTerm(coefficient, (*a.factors, *b.factors), (*a.deltas, *b.deltas)))
        found = Tensor(axes, tuple(terms))
        return self.normal(Tensor(axes, tuple(self.indices.copies(term, axes) for term in found.terms)))

    def on_axes(self, tensor: Tensor, axes: tuple[Index, ...]) -> Tensor:
        """The same tensor over other axes."""
        names = dict(zip(tensor.axes, axes, strict=True))
        return Tensor(axes, tuple(self.indices.copies(term, tensor.axes).renamed(names) for term in tensor.terms))

    def normal(self, tensor: Tensor) -> Tensor:
        """The terms in their normal form, equal ones collected."""
        collected: dict[object, IndexedTerm] = {}
        for term in tensor.terms:
            made = self._normal(term, tensor.axes)
            if made.coefficient == self.algebra.zero:
                continue
            key = self._key(made, tensor.axes)
            if key in collected:
                total = self.algebra.add(collected[key].coefficient, made.coefficient)
                made = collected[key].replace(coefficient=total)
            collected[key] = made
        terms = [term for term in collected.values() if term.coefficient != self.algebra.zero]
        return Tensor(tensor.axes, self._together(terms, tensor.axes))

    def _together(self, terms: list[IndexedTerm], axes: tuple[Index, ...]) -> tuple[IndexedTerm, ...]:
        """Terms that are the same but for one expression, as one term with the sum of these: p (1 − t) − t (1 − p) is
        p − t."""
        for place, first in enumerate(terms):
            for other in range(place + 1, len(terms)):
                made = self._joined(first, terms[other], axes)
                if made is not None:
                    rest = [*terms[:place], made, *terms[place + 1 : other], *terms[other + 1 :]]
                    return self.normal(Tensor(axes, tuple(rest))).terms
        return tuple(terms)

    def _joined(self, one: IndexedTerm, other: IndexedTerm, axes: tuple[Index, ...]) -> IndexedTerm | None:
        """The sum of two terms as one; None where they differ in more than an expression."""
        for factor in one.factors:
            rest = _without(one, factor)
            for second in other.factors:
                if self._is_row(factor) != self._is_row(second) or len(factor.indices) != len(second.indices):
                    continue
                pairs = dict(zip(second.indices, factor.indices, strict=True))
                one_to_one = tuple(pairs[i] for i in second.indices) == factor.indices
                if not one_to_one or len(set(pairs.values())) < len(pairs):
                    continue
                if any(i != j and (i in axes or j in axes) for i, j in pairs.items()):
                    continue  # one is summed over, and the other is not
                names = pairs
                left = _without(other, second).renamed(names)
                ends = (*axes, *factor.indices)
                if self._key(rest, ends) == self._key(left, ends):
                    parts = ((one, factor), (other, second))
                    value = self.algebra.add(*(self.algebra.multiply(t.coefficient, f.value) for t, f in parts))
                    return IndexedTerm(
                        self.algebra.one, (*rest.factors, IndexedFactor(value, factor.indices)), one.deltas
                    )
        return None

    def _written_out(self, term: IndexedTerm) -> IndexedTerm:
        """The term with products of factors in the place of atoms that are some."""
        stack, factors, deltas = list(reversed(term.factors)), [], list(term.deltas)
        while stack:
            factor = stack.pop()
            apart = self.algebra.terms[factor.value]
            if apart.op == PRODUCT and any(self._as_product(part) for part in apart.args):
                products = [part for part in apart.args if self._as_product(part)]
                others = self.algebra.multiply(*(part for part in apart.args if part not in products))
                stack += [IndexedFactor(value, factor.indices) for value in (*products, others)]
            elif (atom := self._as_product(factor.value)) is not None and atom.op == ONES:
                factors.append(IndexedFactor(self.algebra.one, factor.indices))
            elif atom is not None:
                rule, shapes = operation(atom.op).factors, [self.shape(arg) for arg in atom.args]
                assert rule is not None
                made = self.letters(rule(*shapes, **dict(atom.type.attributes)), shapes, factor.indices)
                stack += [IndexedFactor(atom.args[place], indices) for place, indices in reversed(made.factors)]
                deltas += made.deltas
            else:
                factors.append(factor)
        return term.replace(factors=tuple(factors), deltas=tuple(deltas))

    def _as_product(self, value: int) -> Atom | None:
        """The atom that an expression is, if it has axes and is a product of factors."""
        key = self.algebra.terms[value].key
        atom = self.atoms.get(key) if isinstance(key, str) else None
        return atom if atom is not None and atom.type.shape and operation(atom.op).factors is not None else None

    def _normal(self, term: IndexedTerm, axes: tuple[Index, ...]) -> IndexedTerm:
        term, algebra = self._without_deltas(self._written_out(term), axes), self.algebra
        merged: dict[tuple[tuple[Index, ...], bool], list[int]] = {}
        for factor in term.factors:  # rows by themselves, since they are no columns where they are written
            merged.setdefault((factor.indices, self._is_row(factor)), []).append(factor.value)
        coefficient = algebra.multiply(term.coefficient, *merged.pop(((), False), ()))
        factors: list[IndexedFactor] = []
        added: set[Index] = set()  # what is added up already
        for (indices, _), values in merged.items():
            value = textbook(algebra, algebra.multiply(*values))
            if value == algebra.zero:
                return IndexedTerm(algebra.zero)
            number, rest = self._numbers_apart(value)
            coefficient = algebra.multiply(coefficient, number)
            alone = (
                len(indices) == 1 and indices[0] not in axes and sum(indices[0] in other for other, _ in merged) == 1
            )
            if alone and rest in self.sums:
                coefficient = algebra.multiply(coefficient, self.sums[rest])
                added.update(indices)
            elif rest != algebra.one:
                factors.append(IndexedFactor(rest, indices))
        made = IndexedTerm(coefficient, tuple(factors), term.deltas)
        ones = term.indices() - made.indices() - added - set(axes)  # nothing is left there but ones to add up
        return made.replace(coefficient=algebra.multiply(coefficient, *map(self.size, ones))) if ones else made

    def _key(self, term: IndexedTerm, axes: tuple[Index, ...]) -> object:
        """What terms have in common that are equal but for their coefficients: indices that are summed over are
        numbered as they appear among the factors in order. Those of a symmetric matrix have none."""
        numbers: dict[Index, object] = {axis: ("axis", place) for place, axis in enumerate(axes)}
        left = sorted(term.factors, key=lambda factor: (factor.value, len(factor.indices)))
        said = []
        while left:  # those that share an index with what is numbered already come first
            factor = next((f for f in left if any(index in numbers for index in f.indices)), left[0])
            left.remove(factor)
            for index in sorted(factor.indices, key=lambda index: index not in numbers):
                numbers.setdefault(index, len(numbers))
            here = tuple(numbers[index] for index in factor.indices)
            said.append((factor.value, frozenset(here) if factor.value in self.symmetric else here))
        deltas = frozenset((numbers.get(i), numbers.get(j)) for i, j in term.deltas)
        return frozenset(said), len(said), deltas

    def _is_row(self, factor: IndexedFactor) -> bool:
        return len(factor.indices) == 1 and len(self.shape(factor.value)) == 2

    def _numbers_apart(self, value: int) -> tuple[int, int]:
        """The factors of an expression that have no axes, and the others."""
        parts = self.algebra.factors(value)
        numbers = [part for part in parts if not self.has_axes(part)]
        if not numbers:
            return self.algebra.one, value
        return self.algebra.multiply(*numbers), self.algebra.multiply(*(p for p in parts if p not in numbers))

    def has_axes(self, value: int) -> bool:
        """Whether an expression has a name in it that has axes."""
        if value not in self._has_axes:
            leaves = (self.algebra.terms[part].key for part in self.algebra.below(value))
            self._has_axes[value] = any(leaf in self.shapes for leaf in leaves if isinstance(leaf, str))
        return self._has_axes[value]

    def _without_deltas(self, term: IndexedTerm, axes: tuple[Index, ...]) -> IndexedTerm:
        """The term with each delta used up that has an index that is summed over; of two axes, one of them is left."""
        left = list(term.deltas)
        kept: list[tuple[Index, Index]] = []
        coefficient = term.coefficient
        while left:
            i, j = left.pop(0)
            if i == j:
                if i not in axes and not any(i in part for part in (*left, *kept)) and not _reads(term, i):
                    coefficient = self.algebra.multiply(coefficient, self.size(i))
                continue
            gone, stays = (j, i) if j not in axes else (i, j)
            term = term.renamed({gone: stays}).replace(deltas=())
            left = [(stays if a == gone else a, stays if b == gone else b) for a, b in left]
            if gone in axes:
                kept.append((stays, gone))
        return term.replace(coefficient=coefficient, deltas=tuple(kept))

    def size(self, index: Index) -> int:
        """How many values an index has, as an expression of the pool."""
        size = self.indices.sizes[index]
        return self.algebra.number(size) if isinstance(size, int) else self.algebra.variable(Name(size))


def _without(term: IndexedTerm, factor: IndexedFactor) -> IndexedTerm:
    return term.replace(factors=tuple(other for other in term.factors if other != factor))


def _reads(term: IndexedTerm, index: Index) -> bool:
    return any(index in factor.indices for factor in term.factors)
