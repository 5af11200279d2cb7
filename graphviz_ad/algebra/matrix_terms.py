"""One term of a tensor in matrix notation.

A term is a graph whose vertices are indices: a factor with one index is a vector that stands there, one with two is a
matrix between them. An index that is summed over and has one matrix makes a vector of it, one with two makes their
product. What is left are the axes. A term with an index that three factors share has no such form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.algebra.indexed_terms import Index, IndexedTerm
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.words import Words
from graphviz_ad.core.ops.arrays import ROWSUM
from graphviz_ad.core.record import Record


class Vector(Record):
    """What stands at an index, multiplied element by element: an expression of the pool, and columns."""

    value: int
    columns: tuple[int, ...] = ()


class Matrix(Record):
    """What stands between two indices: an expression of the pool, or words that are multiplied."""

    row: Index
    column: Index
    value: int | None
    words: tuple[int, ...] = ()


class WrittenTerm(Record):
    """A term: numbers times, over its axes, a vector at each and a matrix between them."""

    coefficient: int
    numbers: tuple[int, ...]
    at: tuple[Vector, ...]
    between: Matrix | None = None
    diagonal: bool = False


class NoMatrixFormError(Exception):
    """There is no matrix notation for this."""


class Eliminator:
    """A term while its indices are used up."""

    def __init__(self, words: Words, term: IndexedTerm, axes: tuple[Index, ...]) -> None:
        self.words, self.algebra, self.indexed = words, words.algebra, words.indexed
        self.axes, self.deltas = axes, term.deltas
        self.coefficient = term.coefficient
        self.numbers: list[int] = []
        self.vectors: dict[Index, Vector] = {index: Vector(self.algebra.one) for index in (*axes, *term.indices())}
        self.matrices: list[Matrix] = []
        for factor in term.factors:
            if self._is_traced(term, factor.indices):
                del self.vectors[factor.indices[0]]
                self.numbers.append(self._trace(self.words.words(self.words.shown(factor.value))))
            else:
                self._put(factor.value, factor.indices)

    def _is_traced(self, term: IndexedTerm, indices: tuple[Index, ...]) -> bool:
        """Whether both indices of a matrix are one that nothing else has, and that is added up."""
        uses = (
            sum(part.count(indices[0]) for part in (*(f.indices for f in term.factors), *term.deltas)) if indices else 0
        )
        return len(indices) == 2 and indices[0] == indices[1] and indices[0] not in self.axes and uses == 2

    def _put(self, value: int, indices: tuple[Index, ...]) -> None:
        if len(indices) == 1:
            shown = self.words.shown(value)
            if len(self.words.shape(shown)) == 1:
                at = self.vectors[indices[0]]
                self.vectors[indices[0]] = at.replace(value=self.algebra.multiply(at.value, value))
            else:
                self._add_column(indices[0], self.words.column(shown))
        elif len(indices) == 2 and indices[0] == indices[1]:
            self._add_column(indices[0], self.words.node("diag", self.words.shown(value)))
        elif len(indices) == 2:
            self.matrices.append(Matrix(*indices, value))
        else:
            raise NoMatrixFormError

    def _add_column(self, index: Index, column: int) -> None:
        at = self.vectors[index]
        self.vectors[index] = at.replace(columns=(*at.columns, column))

    def written(self) -> WrittenTerm:
        summed = [index for index in self.vectors if index not in self.axes and index not in self._gone()]
        while summed:
            index, use = self._next(summed)
            use(index)
            summed = [i for i in summed if i in self.vectors]
        between = self._between()
        at = tuple(self.vectors[axis] for axis in self.axes)
        return WrittenTerm(self.coefficient, tuple(self.numbers), at, between, bool(self.deltas))

    def _gone(self) -> set[Index]:
        return {gone for _, gone in self.deltas}

    def _next(self, summed: Sequence[Index]) -> tuple[Index, Callable[[Index], None]]:
        """The index to be used up next, and how: leaves first, so that products with vectors are vectors."""
        degrees = {index: sum(index in (m.row, m.column) for m in self.matrices) for index in summed}
        ways = {0: self._number, 1: self._leaf, 2: self._joint}
        for matrix in self.matrices:
            if degrees.get(matrix.row) == degrees.get(matrix.column) == 1 and self._bare(matrix.row, matrix.column):
                return matrix.row, self._all_entries
        moved = [m for m in self.matrices if any(map(self.words.has_adjoint, self._words(m)))]
        with_adjoint = {index for matrix in moved for index in (matrix.row, matrix.column)}
        order = sorted(summed, key=lambda i: (i not in with_adjoint, self._first(i)))  # δ Vᵀ before A ⊙ (δ Vᵀ)
        for degree in (1, 0, 2):
            for index in order:
                if degrees[index] == degree:
                    return index, ways[degree]
        if self._merge():
            return self._next(summed)
        raise NoMatrixFormError

    def _first(self, index: Index) -> int:
        """The place of the first matrix at an index; what came down a chain stands before what it is multiplied by."""
        return next((place for place, m in enumerate(self.matrices) if index in (m.row, m.column)), 0)

    def _merge(self) -> bool:
        """Two matrices between the same two indices as one, multiplied element by element; whether there were any."""
        for place, first in enumerate(self.matrices):
            for second in self.matrices[place + 1 :]:
                if {first.row, first.column} == {second.row, second.column}:
                    turned = second if second.row == first.row else self._flipped(second)
                    parts = sorted(
                        (first, turned), key=lambda m: m.value is not None
                    )  # products first, as in (Wᵀδ) ⊙ h
                    word = self.words.hadamard([self.words.product(self._words(m)) for m in parts])
                    self.matrices.remove(first)  # one at a time, since others may be equal
                    self.matrices.remove(second)
                    self.matrices.append(Matrix(first.row, first.column, None, (word,)))
                    return True
        return False

    def _bare(self, *indices: Index) -> bool:
        return all(self.vectors[index] == Vector(self.algebra.one) for index in indices)

    # ---- an index is used up

    def _take(self, index: Index) -> list[Matrix]:
        """The matrices at an index, each with it as its column."""
        found = [matrix for matrix in self.matrices if index in (matrix.row, matrix.column)]
        self.matrices = [matrix for matrix in self.matrices if matrix not in found]
        return [matrix if matrix.column == index else self._flipped(matrix) for matrix in found]

    def _flipped(self, matrix: Matrix) -> Matrix:
        words = [self.words.transpose(word) for word in reversed(self._words(matrix))]
        return Matrix(matrix.column, matrix.row, None, tuple(words))

    def _words(self, matrix: Matrix) -> tuple[int, ...]:
        return matrix.words if matrix.value is None else self.words.words(self.words.shown(matrix.value))

    def _all_entries(self, row: Index) -> None:
        """The sum of all entries of a matrix."""
        (matrix,) = self._take(row)
        del self.vectors[row], self.vectors[matrix.row]
        whole = self.words.product(self._words(matrix))
        node = self.words.builder.nodes[whole]
        self.numbers.append(self.words.node("total", node.args[0] if node.op == "transpose" else whole))

    def _leaf(self, index: Index) -> None:
        """A matrix times what stands at its column is a column at its row."""
        (matrix,) = self._take(index)
        bare, vector = self._bare(index), self._column(index)
        del self.vectors[index]
        words = self._words(matrix)
        entries = self.words.entries(words[0]) if bare and len(words) == 1 else []
        made = self._row_sums(entries) if len(entries) > 1 else self.words.product([*words, vector])
        self._add_column(matrix.row, made)

    def _row_sums(self, factors: Sequence[int]) -> int:
        """The sums of the rows of a product element by element, what an arrow moves last: rowsum(A ⊙ δ)."""
        return self.words.node(ROWSUM, self.words.hadamard(sorted(factors, key=self.words.has_adjoint)))

    def _joint(self, index: Index) -> None:
        """Two matrices at an index make their product."""
        first, second = self._take(index)
        at = self.vectors.pop(index)
        bare = at == Vector(self.algebra.one)
        if first.row == second.row:
            self._loop(index, first, second, None if bare else at)
            return
        back = self._flipped(second)
        middle = () if bare else (self.words.node("diag", self._shown(at)),)
        made = (*self._words(first), *middle, *self._words(back))
        self.matrices.append(Matrix(first.row, back.column, None, made))

    def _trace(self, words: Sequence[int]) -> int:
        """The trace of a product, or of its transpose where that has fewer of them."""
        turned = [self.words.transpose(word) for word in reversed(words)]
        fewest = min(words, turned, key=lambda chain: sum(self.words.op(word) == "transpose" for word in chain))
        return self.words.node("trace", self.words.product(fewest))

    def _loop(self, index: Index, first: Matrix, second: Matrix, at: Vector | None) -> None:
        """Two matrices between the same two indices: tr(A B), or (A ⊙ Bᵀ) v."""
        row = first.row
        alone = row not in self.axes and self._bare(row) and not any(row in (m.row, m.column) for m in self.matrices)
        if at is None and alone:
            del self.vectors[row]
            back = self._flipped(second)
            self.numbers.append(self._trace([*self._words(first), *self._words(back)]))
            return
        both = [self.words.product(self._words(matrix)) for matrix in (first, second)]
        if at is None:
            self._add_column(row, self._row_sums(both))
        else:
            self._add_column(row, self.words.product([self.words.hadamard(both), self._shown(at)]))

    def _number(self, index: Index) -> None:
        """What stands at an index with no matrix is added up: aᵀ b, ‖a‖², 1ᵀ a."""
        at = self.vectors.pop(index)
        parts = [*self._split(at.value), *at.columns]
        if not parts:
            self.coefficient = self.algebra.multiply(self.coefficient, self.indexed.size(index))
        elif len(parts) == 2 and parts[0] == parts[1]:
            self.numbers.append(self.words.node("sqnorm", parts[0]))
        elif len(parts) == 1:
            ones = self.words.transpose(self._ones(index))
            self.numbers.append(self.words.product([ones, parts[0]]))
        else:
            moved = [part for part in parts if self.words.has_adjoint(part)]  # (p ⊙ (1 − p))ᵀδ
            others = [part for part in parts if part not in moved]
            pair = (others, moved) if moved and others else (parts[:1], parts[1:])
            left, right = map(self.words.hadamard, pair)
            if self.words.op(right) == "transpose":  # a row stands in front as it is: v x, no xᵀvᵀ
                left, right = right, left
            self.numbers.append(self.words.product([self.words.transpose(left), right]))

    # ---- what stands where

    def _ones(self, index: Index) -> int:
        return self.words.ones(self.indexed.indices.sizes[index])

    def _column(self, index: Index) -> int:
        """What stands at an index, as a column."""
        at = self.vectors[index]
        return self._ones(index) if at == Vector(self.algebra.one) else self._shown(at)

    def _shown(self, at: Vector) -> int:
        return shown(self.words, at)

    def _split(self, value: int) -> list[int]:
        """The factors of an expression, if none of them is divided by: those of a scalar product."""
        parts = factors(self.algebra, value)
        if parts is None:
            return [self.words.shown(value)]
        return [self.words.shown(part) for part in parts]

    def _between(self) -> Matrix | None:
        """The one matrix between the two axes; several are multiplied element by element."""
        while self._merge():
            pass
        if not self.matrices:
            return None
        (matrix,) = self.matrices
        return matrix if matrix.row == self.axes[0] else self._flipped(matrix)


def shown(words: Words, at: Vector) -> int:
    """What stands at an index as one column: products first, (Wᵀδ) ⊙ (1 − h²)."""
    own = [] if at.value == words.algebra.one else [words.shown(at.value)]
    if at.columns and own:
        node = words.builder.nodes[own[0]]
        if node.op == "div" and words.shape(node.args[1]) and words.builder.nodes[node.args[0]].value == 1:
            return words.node("div", words.hadamard(at.columns), node.args[1])
        own = words.entries(own[0])
    return words.hadamard([*at.columns, *own])


def factors(algebra: Algebra, value: int) -> list[int] | None:
    """The factors of an expression, squares twice; None where one is divided by."""
    if value == algebra.one:
        return []
    found: list[int] = []
    for part in algebra.factors(value):
        base, exponent = algebra.as_power(part)
        times = algebra.value(exponent)
        if algebra.terms[part].op == "exp" or not isinstance(times, int) or times > 2:
            found.append(part)
        elif times < 0:
            return None
        else:
            found += [base] * times
    return found
