"""What is known of matrices without their numbers: which are their own transposes, and what their inverses are."""

from __future__ import annotations

from graphviz_ad.algebra.indexed_pool import IndexedPool
from graphviz_ad.algebra.indexed_terms import IndexedTerm
from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.arrays import EYE, matrix

Word = tuple[int, bool]  # an expression of the pool, and whether it is transposed


class MatrixFacts:
    """What is known of the matrices of one pool."""

    def __init__(self, pool: IndexedPool) -> None:
        self.pool = pool
        self._symmetric: dict[int, bool] = {}

    def is_symmetric(self, value: int) -> bool:
        """Whether an expression is a matrix that is its own transpose, as far as its form says so."""
        if value not in self._symmetric:
            self._symmetric[value] = self._found_symmetric(value)
        return self._symmetric[value]

    def _found_symmetric(self, value: int) -> bool:
        pool, term = self.pool, self.pool.algebra.terms[value]
        rows, columns = matrix(pool.shape(value))
        if rows != columns or rows == 1:
            return False
        if isinstance(term.key, str):
            atom = pool.atoms.get(term.key)
            if atom is None:
                return term.key in pool.symmetric
            if atom.op in ("inv", "transpose"):
                return self.is_symmetric(atom.args[0])
            if atom.op == "matmul":
                words = self._words(value)
                return words == self._turned(words)
            return atom.op in (EYE, "diag")
        return all(self.is_symmetric(arg) for arg in term.args if pool.has_axes(arg))

    def _words(self, value: int) -> tuple[Word, ...]:
        """A product of matrices as its factors."""
        atom = self.pool.atom_of(value)
        if atom is not None and atom.op == "matmul":
            return tuple(word for arg in atom.args for word in self._words(arg))
        if atom is not None and atom.op == "transpose":
            return self._turned(self._words(atom.args[0]))
        return ((value, False),)

    def _turned(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        return tuple((value, not turned and not self.is_symmetric(value)) for value, turned in reversed(words))

    def inverse(self, value: int) -> int:
        """The inverse of a matrix; that of a product of square ones from the last to the first, (AB)⁻¹ = B⁻¹A⁻¹."""
        pool = self.pool
        atom = pool.atom_of(value)
        if atom is not None and atom.op == "inv":
            return atom.args[0]
        if atom is not None and atom.op == "matmul" and len({*map(pool.shape, (value, *atom.args))}) == 1:
            first, second = map(self.inverse, atom.args)
            return pool.atom("matmul", (second, first), atom.type)
        if atom is not None and atom.op == "transpose":
            return pool.atom("transpose", (self.inverse(atom.args[0]),), atom.type)
        return pool.atom("inv", (value,), Type(pool.shape(value)))

    def cancelled(self, term: IndexedTerm, axes: tuple[int, ...]) -> IndexedTerm:
        """The term without products of a matrix and its inverse, A A⁻¹."""
        uses: dict[int, int] = {}
        for index in (i for factor in term.factors for i in factor.indices):
            uses[index] = uses.get(index, 0) + 1
        for place, factor in enumerate(term.factors):
            of = self._inverse_of(factor.value)
            for other in term.factors if of is not None else ():
                if other.value != of or len(other.indices) != 2:
                    continue
                for end in (0, 1):  # A⁻¹ A and A A⁻¹
                    inner = factor.indices[1 - end]
                    if inner == other.indices[end] and inner not in axes and uses[inner] == 2:
                        rest = [f for at, f in enumerate(term.factors) if at != place]
                        rest.remove(other)
                        delta = (factor.indices[end], other.indices[1 - end])
                        return self.cancelled(term.replace(factors=tuple(rest), deltas=(*term.deltas, delta)), axes)
        return term

    def _inverse_of(self, value: int) -> int | None:
        atom = self.pool.atom_of(value)
        return atom.args[0] if atom is not None and atom.op == "inv" else None
