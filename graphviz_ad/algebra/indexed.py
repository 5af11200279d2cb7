"""Multiplies and adds sums of products of indexed factors, each in its normal form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import prod

from graphviz_ad.algebra.blocks import with_blocks_multiplied
from graphviz_ad.algebra.collecting import key_of, with_two_joined
from graphviz_ad.algebra.entries import all_units, picked, place_of
from graphviz_ad.algebra.indexed_pool import IndexedPool
from graphviz_ad.algebra.indexed_terms import Atom, Index, IndexedFactor, IndexedTerm, Lettered, Tensor
from graphviz_ad.algebra.matrix_facts import MatrixFacts
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import PRODUCT, SUM
from graphviz_ad.algebra.softmaxes import softmax_of
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.unit_vectors import with_units_joined
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.arrays import ONES, TOTAL
from graphviz_ad.core.ops.row import Contraction, Shape


class IndexedAlgebra(IndexedPool):
    """Multiplies and adds tensors, each term in its normal form: deltas used up, factors of the same indices one
    expression in its textbook form, equal terms collected."""

    def __init__(self, algebra: Algebra) -> None:
        super().__init__(algebra)
        self.facts = MatrixFacts(self)

    def inverse(self, value: int) -> int:
        """The inverse of a matrix."""
        return self.facts.inverse(value)

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
            key = key_of(self.facts, made, tensor.axes)
            if key in collected:
                total = self.algebra.add(collected[key].coefficient, made.coefficient)
                made = collected[key].replace(coefficient=total)
            collected[key] = made
        terms = [term for term in collected.values() if term.coefficient != self.algebra.zero]
        joined = with_units_joined(self.facts, terms, tensor.axes) if self.has_units else None
        if joined is None:
            joined = with_two_joined(self.facts, terms, tensor.axes)
        return Tensor(tensor.axes, tuple(terms)) if joined is None else self.normal(Tensor(tensor.axes, joined))

    def _written_out(self, term: IndexedTerm) -> IndexedTerm:
        """The term with products of factors in the place of atoms that are some."""
        stack, factors, deltas = list(reversed(term.factors)), [], list(term.deltas)
        while stack:
            factor = stack.pop()
            apart = self.algebra.terms[factor.value]
            if apart.op == PRODUCT and any(map(self._is_apart, apart.args)):
                products = [part for part in apart.args if self._is_apart(part)]
                others = self.algebra.multiply(*(part for part in apart.args if part not in products))
                stack += [IndexedFactor(value, factor.indices) for value in (*products, others)]
            elif (spread := self._spread(factor.value)) is not None:
                stack.append(IndexedFactor(spread[0], (factor.indices[spread[1]],)))
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

    def _is_apart(self, value: int) -> bool:
        return self._as_product(value) is not None or self._spread(value) is not None

    def _spread(self, value: int) -> tuple[int, int] | None:
        """A power of a vector in each row or column, (𝟏uᵀ)²: the power of the vector, and its axis; None for others."""
        base, exponent = self.algebra.as_power(value)
        atom = self._as_product(base) if exponent != self.algebra.one else None
        if atom is None or atom.op != "matmul" or len(atom.type.shape) < 2:
            return None
        for axis, (vector, ones) in enumerate((atom.args, atom.args[::-1])):
            known = self.atom_of(self._column(ones))
            if known is not None and known.op == ONES:
                return self.algebra.power(self._column(vector), exponent), axis
        return None

    def _column(self, value: int) -> int:
        """A vector as a column, if it is the transpose of one."""
        atom = self.atom_of(value)
        return atom.args[0] if atom is not None and atom.op == "transpose" else value

    def is_product(self, value: int) -> bool:
        """Whether an expression is an atom that is a product of factors, or a number times one."""
        return self._as_product(self.algebra.coefficient(value)[1]) is not None

    def _as_product(self, value: int) -> Atom | None:
        """The atom that an expression is, if it has axes and is a product of factors."""
        atom = self.atom_of(value)
        return atom if atom is not None and atom.type.shape and operation(atom.op).factors is not None else None

    def _normal(self, term: IndexedTerm, axes: tuple[Index, ...]) -> IndexedTerm:
        algebra, term = self.algebra, self._without_deltas(self._written_out(term), axes)
        if (cancelled := self.facts.cancelled(term, axes)) is not term:
            term = self._without_deltas(cancelled, axes)
        term = with_blocks_multiplied(self, term, axes) if self.has_units else term
        merged: dict[tuple[tuple[Index, ...], bool], list[int]] = {}
        for factor in term.factors:  # rows by themselves, since they are no columns where they are written
            merged.setdefault((factor.indices, self.is_row(factor)), []).append(factor.value)
        coefficient = algebra.multiply(term.coefficient, *merged.pop(((), False), ()))
        factors: list[IndexedFactor] = []
        added: set[Index] = set()  # what is added up already
        for (indices, _), values in merged.items():
            value = textbook(algebra, algebra.multiply(*values))
            value = picked(self, all_units(self, value)) if len(indices) == 1 else value
            if value == algebra.zero:
                return IndexedTerm(algebra.zero)
            number, rest = self.numbers_apart(self._without_digits(value))
            coefficient = algebra.multiply(coefficient, number)
            alone = (
                len(indices) == 1 and indices[0] not in axes and sum(indices[0] in other for other, _ in merged) == 1
            )
            along = self._along(rest, indices, axes, [other for other, _ in merged]) if len(indices) == 2 else None
            if along is not None:
                coefficient = algebra.multiply(coefficient, along[1])
                added.add(along[0])
            elif alone and (total := self.sum_of(rest)) is not None:
                coefficient = algebra.multiply(coefficient, total)
                added.update(indices)
            elif rest != algebra.one:
                factors.append(IndexedFactor(rest, indices))
        factors = [self._in_order(factor, axes) for factor in factors]
        made = IndexedTerm(coefficient, tuple(factors), term.deltas)
        ones = term.indices() - made.indices() - added - set(axes)  # nothing is left there but ones to add up
        return made.replace(coefficient=algebra.multiply(coefficient, *map(self.size, ones))) if ones else made

    def _along(
        self, value: int, indices: tuple[Index, ...], axes: tuple[Index, ...], all_indices: list[tuple[Index, ...]]
    ) -> tuple[Index, int] | None:
        """The index along which a matrix is added up, and what its entries there are known to add up to."""
        atom = self.atom_of(value)
        shares = {1: self.algebra.one} if atom is not None and atom.op == "softmax" else {}
        for axis, total in self.along.get(value, shares).items():
            if indices[axis] not in axes and sum(indices[axis] in other for other in all_indices) == 1:
                return indices[axis], total
        return None

    def sum_of(self, value: int) -> int | None:
        """What the entries of an expression are known to add up to: those of x − mean(x) to 0."""
        algebra, shape = self.algebra, self.shape(value)
        if algebra.terms[value].op == SUM and shape:
            size = algebra.multiply(*(self.size(axis) for axis in self.axes(shape)))
            if algebra.add(*(self._added_up(part, size) for part in algebra.terms[value].args)) == algebra.zero:
                return algebra.zero
        is_one = place_of(self, value) is not None or softmax_of(self, value) is not None
        return algebra.one if is_one else self.sums.get(value)

    def _added_up(self, value: int, size: int) -> int:
        """So many entries of a term, added up, a mean by what it is the mean of."""
        digits, rest = self.algebra.coefficient(value)
        whole = self.means.get(rest)
        of = rest if whole is None else whole
        number = self.atom(TOTAL, (of,), Type(())) if self.has_axes(of) else self.algebra.multiply(size, of)
        return self.algebra.multiply(self.algebra.number(digits), number)

    def _without_digits(self, value: int) -> int:
        """An expression with 4x − sum(x), what is centred, as 4 (x − sum(x)/4), and 2y − 2t as 2 (y − t)."""
        return self.algebra.multiply(*map(self._alike, map(self._centred, self.algebra.factors(value))))

    def _alike(self, value: int) -> int:
        """A sum of arrays all of whose terms have the same digits, with these before it."""
        if self.algebra.terms[value].op != SUM or not self.has_axes(value):
            return value
        parts = self.algebra.terms[value].args
        digits = {abs(Fraction(self.algebra.coefficient(part)[0])) for part in parts}
        if len(digits) != 1 or digits == {Fraction(1)}:
            return value
        number = self.algebra.number(min(digits))
        by = self.algebra.power(number, self.algebra.minus_one)
        return self.algebra.multiply(number, self.algebra.add(*(self.algebra.multiply(by, part) for part in parts)))

    def _centred(self, value: int) -> int:
        algebra, term = self.algebra, self.algebra.terms[value]
        parts = [part for part in term.args if self.has_axes(part)] if term.op == SUM else []
        others = [part for part in term.args if part not in parts]
        if len(parts) != 1 or not others or not all(map(self._is_total, others)):
            return value
        number = algebra.number(algebra.coefficient(parts[0])[0])
        by = algebra.power(number, algebra.minus_one)
        return algebra.multiply(number, algebra.add(*(algebra.multiply(by, self._by_mean(part)) for part in term.args)))

    def _is_total(self, value: int) -> bool:
        atom = self.atom_of(self.algebra.coefficient(value)[1])
        return atom is not None and atom.op == TOTAL

    def _by_mean(self, value: int) -> int:
        """The sum of entries as so many times their mean, where a variable is that."""
        digits, rest = self.algebra.coefficient(value)
        atom = self.atom_of(rest)
        mean = next((m for m, of in self.means.items() if atom is not None and (of,) == atom.args), None)
        if mean is None or not self._is_total(value):
            return value
        sizes = (size for size in self.shape(self.means[mean]) if isinstance(size, int))
        return self.algebra.multiply(self.algebra.number(digits * prod(sizes)), mean)

    def _in_order(self, factor: IndexedFactor, axes: tuple[Index, ...]) -> IndexedFactor:
        """A matrix that is its own transpose with axes first."""
        if len(factor.indices) != 2 or not self.facts.is_symmetric(factor.value):
            return factor
        return factor.replace(indices=tuple(sorted(factor.indices, key=lambda index: (index not in axes, index))))

    def _without_deltas(self, term: IndexedTerm, axes: tuple[Index, ...]) -> IndexedTerm:
        """The term with each delta used up that has an index that is summed over; of two axes, one of them is left."""
        left = list(term.deltas)
        kept: list[tuple[Index, Index]] = []
        coefficient = term.coefficient
        while left:
            i, j = left.pop(0)
            if i == j:
                if i not in axes and not any(i in part for part in (*left, *kept)) and not term.reads(i):
                    coefficient = self.algebra.multiply(coefficient, self.size(i))
                continue
            gone, stays = (j, i) if j not in axes else (i, j)
            term = term.renamed({gone: stays}).replace(deltas=())
            left = [(stays if a == gone else a, stays if b == gone else b) for a, b in left]
            if gone in axes:
                kept.append((stays, gone))
        return term.replace(coefficient=coefficient, deltas=tuple(kept))
