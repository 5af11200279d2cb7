"""One term of a tensor in matrix notation: its sign, its numbers, and the part of it that has axes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from graphviz_ad.algebra.indexed_terms import Index
from graphviz_ad.algebra.matrix_terms import Matrix, Vector, WrittenTerm, shown
from graphviz_ad.algebra.powers import power_of, powers_of
from graphviz_ad.algebra.words import Words
from graphviz_ad.core.graph import CONST


class TermWriter:
    """Writes terms over the same axes."""

    def __init__(self, words: Words, axes: tuple[Index, ...]) -> None:
        self.words, self.algebra, self.axes = words, words.algebra, axes
        self.sizes = [words.indexed.indices.sizes[axis] for axis in axes]

    def _signed(self, term: WrittenTerm) -> int:
        """A term with its minus: −2Wᵀx."""
        negative, body = self._term(term)
        if not negative:
            return body
        has_digits = abs(self.algebra.coefficient(term.coefficient)[0]) != 1
        if self.words.op(body) == "mul" and (not term.numbers or (has_digits and not self.axes)):
            return self._times(term.coefficient, term.numbers, self._body(term))
        return self.words.node("neg", body)

    def _term(self, term: WrittenTerm, body: int | None = None) -> tuple[bool, int]:
        """Whether a term is negative, and its magnitude; with another body, if one is given."""
        number, _ = self.algebra.coefficient(term.coefficient)
        negative = number < 0
        magnitude = self.algebra.multiply(self.algebra.minus_one, term.coefficient) if negative else term.coefficient
        return negative, self._times(magnitude, term.numbers, self._body(term) if body is None else body)

    def _times(self, coefficient: int, numbers: Sequence[int], body: int | None) -> int:
        if body is None and numbers:
            *numbers, body = numbers
        before = [*map(self.words.shown, self._parts_before(coefficient)), *numbers]
        if body is None:
            return self.words.scaled(before) if before else self.words.shown(self.algebra.one)
        digits, under = (None, None) if self.words.has_derivatives(body) else self._only_under(coefficient)
        count = under is not None and self.words.op(under) == CONST
        if under is not None and (count or numbers or not self._has_fractions(body)):
            self.words.values.setdefault(under, self._below(coefficient))
            over = () if digits is None else (digits,)
            return self.words.node("div", self.words.scaled([*over, *numbers, body]), under)
        return self.words.scaled([*before, body])

    def _has_fractions(self, body: int) -> bool:
        """Whether a sum has a term that is divided, so that it is no numerator: (1/√v) (I − 𝟏𝟏ᵀ/n)."""
        node = self.words.builder.nodes[body]
        return node.op == "div" or (
            node.op in ("add", "sub", "neg", "mul", "matmul") and any(map(self._has_fractions, node.args))
        )

    def _parts_before(self, coefficient: int) -> list[int]:
        """A coefficient, its digits apart from a product of vectors: 2 (aᵀb) x."""
        if coefficient == self.algebra.one:
            return []
        digits, rest = self.algebra.coefficient(coefficient)
        apart = (
            digits not in (1, -1)
            and Fraction(digits).denominator == 1
            and self.words.op(self.words.shown(rest)) == "matmul"
        )
        return [self.algebra.number(digits), rest] if apart else [coefficient]

    def _below(self, coefficient: int) -> int:
        """What a coefficient divides by, where there is nothing above but digits."""
        number, powers = self.algebra.coefficient(coefficient)[0], powers_of(self.algebra, coefficient)
        parts = (power_of(self.algebra, base, -exponent) for base, exponent in powers.items())
        return self.algebra.multiply(self.algebra.number(getattr(number, "denominator", 1)), *parts)

    def _only_under(self, coefficient: int) -> tuple[int | None, int | None]:
        """The digits, if they are not 1, and what is divided by, where there is nothing else."""
        nodes = self.words.builder.nodes
        node = nodes[self.words.shown(coefficient)]
        if node.op == "div" and nodes[node.args[0]].op == CONST:
            return (None if nodes[node.args[0]].value == 1 else node.args[0]), node.args[1]
        if isinstance(node.value, Fraction) and node.value.numerator == 1:
            return None, self.words.shown(self.algebra.number(node.value.denominator))
        return None, None

    # ---- the part of a term that has axes

    def _body(self, term: WrittenTerm) -> int | None:
        if not self.axes:
            return None
        if len(self.axes) == 1:
            return self._vector(term.at[0], self.sizes[0])
        left, right = term.at
        one = Vector(self.algebra.one)
        if term.diagonal:
            value = self.algebra.multiply(left.value, right.value)
            both = Vector(value, (*left.columns, *right.columns))
            if term.between is not None:
                both = both.replace(columns=(*both.columns, self.words.node("diag", self._matrix(term.between))))
            return self.words.eye(self.sizes[0]) if both == one else self.words.node("diag", self._shown(both))
        if term.between is None:
            row = self.words.transpose(self._vector(right, self.sizes[1]))
            return self.words.product([self._vector(left, self.sizes[0]), row])
        parts = [self._matrix(term.between)]
        if left != one:
            parts.insert(0, self.words.node("diag", self._shown(left)))
        if right != one:
            parts.append(self.words.node("diag", self._shown(right)))
        return self.words.product(parts)

    def _matrix(self, matrix: Matrix) -> int:
        return self.words.shown(matrix.value) if matrix.value is not None else self.words.product(matrix.words)

    def _vector(self, at: Vector, size: object) -> int:
        return self.words.ones(size) if at == Vector(self.algebra.one) else self._shown(at)

    def _shown(self, at: Vector) -> int:
        return shown(self.words, at)
