"""Formulas with indices, sum_j W_ij x_j + b_i, as operations on whole vectors and matrices: W x + b.

A value with free indices is a product of factors, each a node with an index for each of its axes, summed over some.
It is multiplied out when something else than a product is made of it: factors over the same indices element by element,
and what is summed over as a product of matrices, a sum of entries or a squared norm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import Node
from graphviz_ad.core.record import Record

Letters = tuple[str, ...]


class ManyIndicesError(AdgraphError):
    """What has more indices than a matrix has axes, or a row for each: the sum over one of the letters may be written
    out."""

    def __init__(self, message: str, span: Span | None, hint: str, letters: Sequence[str]) -> None:
        super().__init__(message, span, hint)
        self.letters = tuple(letters)


class IndexMaker(Protocol):
    """Makes operations on nodes with shapes."""

    def make(self, op: str, *args: int, at: Node, **attributes: object) -> int: ...
    def ones_along(self, node: Node, axis: object) -> int: ...
    def axes_of(self, index: int) -> tuple[object, ...]: ...
    def is_square_of(self, index: int) -> int | None: ...


class IndexProduct(Record):
    """Factors, each with its indices, summed over some."""

    factors: tuple[tuple[int, Letters], ...]
    summed: Letters = ()

    def free(self) -> Letters:
        """The indices that are not summed over, in the order in which they appear."""
        found = dict.fromkeys(letter for _, letters in self.factors for letter in letters)
        return tuple(letter for letter in found if letter not in self.summed)


class IndexForm:
    """Products of factors, multiplied out with the operations that a IndexMaker has."""

    def __init__(self, maker: IndexMaker, node: Node) -> None:
        self.maker, self.at = maker, node

    def make(self, op: str, *args: int) -> int:
        return self.maker.make(op, *args, at=self.at)

    # ---- one factor

    def transposed(self, index: int) -> int:
        return self.make("transpose", index)

    def turned(self, index: int, letters: Letters, wanted: Letters) -> int:
        """A node over two indices in another order."""
        return index if letters == wanted or len(letters) < 2 else self.transposed(index)

    def merged(self, product: IndexProduct) -> dict[Letters, int]:
        """The factors, those over the same indices multiplied element by element."""
        found: dict[frozenset[str], tuple[Letters, int]] = {}
        for index, letters in product.factors:
            key = frozenset(letters)
            if key in found:
                there, made = found[key]
                index, letters = self.make("mul", made, self.turned(index, letters, there)), there
            found[key] = letters, index
        return dict(found.values())

    # ---- all of them

    def value(self, product: IndexProduct) -> tuple[int, Letters]:
        """One node, with its free indices."""
        summed = list(product.summed)
        if len(summed) == 2 and not product.free() and len(product.factors) > 1:
            found = self.merged(product)
            only = [letters for letters in found if letters]
            if len(only) == 1 and set(only[0]) == set(summed):
                return self.of_numbers(found, self.make("total", found[only[0]]))
        if len(summed) == 2 and not product.free():
            whole = [(i, letters) for i, letters in product.factors if letters]
            if len(whole) == 1 and len(whole[0][1]) == 2:
                numbers = {(): self.merged(IndexProduct(product.factors)).get((), -1)}
                return self.of_numbers({k: v for k, v in numbers.items() if v >= 0}, self.entries(whole[0][0]))
        while summed:
            letter = summed.pop()
            rest = tuple(other for other in product.summed if other in summed)
            product = self.contracted(product, letter).replace(summed=rest)
        return self.joined(product)

    def of_numbers(self, found: dict[Letters, int], made: int) -> tuple[int, Letters]:
        return (self.make("mul", found[()], made) if () in found else made), ()

    def entries(self, index: int) -> int:
        """The sum of all entries; of squares the squared norm."""
        base = self.maker.is_square_of(index)
        return self.make("total", index) if base is None else self.make("sqnorm", base)

    def contracted(self, product: IndexProduct, letter: str) -> IndexProduct:
        """The product summed over one index."""
        with_letter = tuple(factor for factor in product.factors if letter in factor[1])
        others = tuple(factor for factor in product.factors if letter not in factor[1])
        vectors = [index for index, letters in with_letter if len(letters) == 1]
        matrices = self.merged(IndexProduct(tuple(f for f in with_letter if len(f[1]) > 1)))
        if len(matrices) > 2:
            raise self.too_many(list(matrices))
        made: tuple[int, Letters]
        if not matrices:
            made = self.of_vectors(vectors), ()
        elif len(matrices) == 1:
            ((letters, index),) = matrices.items()
            (other,) = (k for k in letters if k != letter)
            whole = self.turned(index, letters, (other, letter))
            vector = self.multiplied(vectors) if vectors else self.ones(index, letters, letter)
            made = self.make("matmul", whole, vector), (other,)
        else:
            (left, a), (right, b) = matrices.items()
            (i,), (j,) = ([k for k in letters if k != letter] for letters in (left, right))
            whole = self.turned(a, left, (i, letter))
            if vectors:
                whole = self.make("matmul", whole, self.make("diag", self.multiplied(vectors)))
            made = self.make("matmul", whole, self.turned(b, right, (letter, j))), (i, j)
        return IndexProduct((*others, made))

    def of_vectors(self, vectors: Sequence[int]) -> int:
        """The sum of the products of entries."""
        if len(vectors) == 1:
            return self.entries(vectors[0])
        first, *rest = vectors
        if len(vectors) == 2 and first == rest[0]:
            return self.make("sqnorm", first)
        return self.make("matmul", self.transposed(first), self.multiplied(rest))

    def multiplied(self, vectors: Sequence[int]) -> int:
        made = vectors[0]
        for vector in vectors[1:]:
            made = self.make("mul", made, vector)
        return made

    def ones(self, index: int, letters: Letters, letter: str) -> int:
        return self.maker.ones_along(self.at, self.maker.axes_of(index)[letters.index(letter)])

    def joined(self, product: IndexProduct) -> tuple[int, Letters]:
        """Factors over different indices, none of them summed over: u_i v_j is u vᵀ."""
        found = self.merged(product)
        number = found.pop((), None)
        free = IndexProduct(tuple((index, letters) for letters, index in found.items())).free()
        if len(free) > 2:
            raise self.too_many(list(found))
        if not found:
            assert number is not None
            return number, ()
        whole = [(index, letters) for letters, index in found.items() if len(letters) == 2]
        single = {letters[0]: index for letters, index in found.items() if len(letters) == 1}
        letters: Letters
        if whole:
            made, letters = whole[0]
            for letter, vector in single.items():
                made = self.make("mul", made, self.spread(vector, letter, letters, made))
        elif len(single) == 2:
            (i, a), (j, b) = single.items()
            made, letters = self.make("matmul", a, self.transposed(b)), (i, j)
        else:
            ((letter, made),) = single.items()
            letters = (letter,)
        return (self.make("mul", number, made) if number is not None else made), letters

    def spread(self, vector: int, letter: str, letters: Letters, like: int) -> int:
        """A vector along one axis of a matrix, the same along the other."""
        other = self.maker.ones_along(self.at, self.maker.axes_of(like)[1 - letters.index(letter)])
        if letters.index(letter) == 0:
            return self.make("matmul", vector, self.transposed(other))
        return self.make("matmul", other, self.transposed(vector))

    def aligned(self, values: Sequence[tuple[int, Letters]]) -> tuple[list[int], Letters]:
        """Values over the same indices, those of all of them; numbers stay numbers."""
        letters = tuple(dict.fromkeys(letter for _, found in values for letter in found))
        if len(letters) > 2:
            raise self.too_many([found for _, found in values])
        axes = {letter: self.maker.axes_of(index)[found.index(letter)] for index, found in values for letter in found}
        made = []
        for index, found in values:
            if not found or set(found) == set(letters):
                made.append(self.turned(index, found, letters))
                continue
            (letter,) = found
            (other,) = (k for k in letters if k != letter)
            ones = self.maker.ones_along(self.at, axes[other])
            pair = (index, self.transposed(ones)) if letters.index(letter) == 0 else (ones, self.transposed(index))
            made.append(self.make("matmul", *pair))
        return made, letters

    def too_many(self, found: Sequence[Letters]) -> AdgraphError:
        letters = dict.fromkeys(letter for part in found for letter in part)
        text = f"three indices at once: {', '.join(letters)}"
        hint = "arrays of two axes are read; give a part of it a name of its own"
        return ManyIndicesError(text, self.at.span, hint, tuple(letters))
