"""Terms in matrix notation added, with what they have in common before or behind them: (A + Aᵀ) x, (1/√v) (…)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from graphviz_ad.algebra.indexed import Index
from graphviz_ad.algebra.matrix_terms import Matrix, Vector, WrittenTerm, shown
from graphviz_ad.algebra.words import Words
from graphviz_ad.core.graph import CONST
from graphviz_ad.core.numbers import Number


class Adder:
    """WrittenTerm terms added, with what they have in common before or behind them."""

    def __init__(self, words: Words, axes: tuple[Index, ...]) -> None:
        self.words, self.algebra, self.axes = words, words.algebra, axes
        self.sizes = [words.indexed.indices.sizes[axis] for axis in axes]

    def of(self, terms: Sequence[WrittenTerm]) -> int:
        if not terms:
            return self.words.shown(self.algebra.zero)
        if len(terms) == 1:
            return self._signed(terms[0])
        if len(terms) > 1:
            terms = sorted(terms, key=lambda term: not term.diagonal)  # I + …
            for way in (self._common_number, self._common_factor, self._common_word):
                if (made := way(terms)) is not None:
                    return made
        return self._added([self._term(term) for term in terms])

    def _signed(self, term: WrittenTerm) -> int:
        """A term with its minus: −2Wᵀx."""
        negative, body = self._term(term)
        if not negative:
            return body
        if self.words.op(body) == "mul" and not term.numbers:
            return self._times(term.coefficient, (), self._body(term))
        return self.words.node("neg", body)

    def _added(self, signed: Sequence[tuple[bool, int]]) -> int:
        """Terms that are negative or not; the first that is not comes first."""
        first = next((term for term in signed if not term[0]), signed[0])
        rest = list(signed)
        rest.remove(first)
        made = self.words.node("neg", first[1]) if first[0] else first[1]
        for negative, body in rest:
            made = self.words.node("sub" if negative else "add", made, body)
        return made

    def _term(self, term: WrittenTerm, body: int | None = None) -> tuple[bool, int]:
        """Whether a term is negative, and its magnitude; with another body, if one is given."""
        number, _ = self.algebra.coefficient(term.coefficient)
        negative = number < 0
        magnitude = self.algebra.multiply(self.algebra.minus_one, term.coefficient) if negative else term.coefficient
        return negative, self._times(magnitude, term.numbers, self._body(term) if body is None else body)

    def _times(self, coefficient: int, numbers: Sequence[int], body: int | None) -> int:
        one = coefficient == self.algebra.one
        before = [*(() if one else (self.words.shown(coefficient),)), *numbers]
        if body is None:
            return self.words.scaled(before) if before else self.words.shown(self.algebra.one)
        under = None if self.words.has_derivatives(body) else self._only_under(coefficient)
        count = under is not None and self.words.op(under) == CONST
        if under is not None and (count or numbers or self.words.op(body) not in ("add", "sub")):
            self.words.values.setdefault(under, self._inverse(coefficient))
            return self.words.node("div", self.words.scaled([*numbers, body]), under)
        return self.words.scaled([*before, body])

    def _inverse(self, coefficient: int) -> int:
        """What a coefficient divides by, where it is nothing else."""
        number, powers = self._powers(coefficient)
        parts = (self._power(base, -exponent) for base, exponent in powers.items())
        return self.algebra.multiply(self.algebra.number(1 / Fraction(number)), *parts)

    def _only_under(self, coefficient: int) -> int | None:
        """What is divided by, where there is nothing else."""
        node = self.words.builder.nodes[self.words.shown(coefficient)]
        if node.op == "div":
            return node.args[1] if self.words.builder.nodes[node.args[0]].value == 1 else None
        if isinstance(node.value, Fraction) and node.value.numerator == 1:
            return self.words.shown(self.algebra.number(node.value.denominator))
        return None

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

    # ---- what terms have in common

    def _common_number(self, terms: Sequence[WrittenTerm]) -> int | None:
        """A number that is more than digits, or a fraction, before all: (1/√v) (…)."""
        powers = [self._powers(term.coefficient) for term in terms]
        common: dict[int, Fraction] = {}
        for base in powers[0][1]:
            exponents = [of.get(base, Fraction(0)) for _, of in powers]
            if all(e < 0 for e in exponents) or all(e > 0 for e in exponents):
                common[base] = min(exponents, key=abs)
        numbers = {abs(float(number)) for number, _ in powers}
        fraction = powers[0][0] if len(numbers) == 1 and min(numbers) < 1 else 1
        fraction = -fraction if fraction < 0 else fraction
        if not common and fraction == 1:
            return None
        number = self.algebra.multiply(self.algebra.number(fraction), *(self._power(b, e) for b, e in common.items()))
        left = []
        for term, (digits, of) in zip(terms, powers, strict=True):
            rest = [self._power(base, e - common.get(base, 0)) for base, e in of.items()]
            sign = digits if fraction == 1 else (1 if digits > 0 else -1)
            left.append(term.replace(coefficient=self.algebra.multiply(self.algebra.number(sign), *rest)))
        return self._times(number, (), self.of(left))

    def _powers(self, coefficient: int) -> tuple[Number, dict[int, Fraction]]:
        """A coefficient as a number times powers, each base with its exponent."""
        number, rest = self.algebra.coefficient(coefficient)
        powers: dict[int, Fraction] = {}
        for part in self.algebra.factors(rest) if rest != self.algebra.one else ():
            base, exponent = self.algebra.as_power(part)
            value = self.algebra.value(exponent)
            base, value = (part, 1) if value is None or self.algebra.terms[part].op == "exp" else (base, value)
            powers[base] = Fraction(value)
        return number, powers

    def _power(self, base: int, exponent: Fraction) -> int:
        """A power; an even one of a root is one of what is below it, which is not negative."""
        term = self.algebra.terms[base]
        if term.op == "sqrt" and exponent % 2 == 0:
            base, exponent = term.args[0], exponent / 2
        return self.algebra.power(base, self.algebra.number(exponent))

    def _factors(self, value: int) -> list[int]:
        return [part for part in self.algebra.factors(value) if self.algebra.value(part) is None]

    def _common_factor(self, terms: Sequence[WrittenTerm]) -> int | None:
        """A factor that is multiplied element by element: p ⊙ (…)."""
        if not self.axes or any(term.diagonal for term in terms):
            return None
        values = [self._elementwise(term) for term in terms]
        if any(value is None for value in values):
            return None
        common = _common([self._factors(value) for value in values if value is not None])
        common = [part for part in common if self.algebra.as_power(part)[1] == self.algebra.one]
        if not common:
            return None
        factor = self.algebra.multiply(*common)
        rest = self.of([self._without(term, factor) for term in terms])
        return self.words.hadamard([self.words.shown(factor), rest])

    def _elementwise(self, term: WrittenTerm) -> int | None:
        if len(self.axes) == 1:
            return term.at[0].value
        return None if term.between is None else term.between.value

    def _without(self, term: WrittenTerm, factor: int) -> WrittenTerm:
        value = self._elementwise(term)
        assert value is not None
        rest = self.algebra.multiply(*_left(self.algebra.factors(value), self._factors(factor)))
        if len(self.axes) == 1:
            return term.replace(at=(term.at[0].replace(value=rest),))
        assert term.between is not None
        gone = rest == self.algebra.one
        return term.replace(between=None if gone else term.between.replace(value=rest))

    def _common_word(self, terms: Sequence[WrittenTerm]) -> int | None:
        """The first or the last word of all products: (A + Aᵀ) x, Aᵀ (…)."""
        bodies = [self._body(term) for term in terms]
        if not self.axes or any(term.diagonal for term in terms):
            return None
        words = [self.words.words(body) for body in bodies if body is not None and self.words.op(body) == "matmul"]
        if len(words) < len(terms):
            return None
        for end in (-1, 0):
            if len({chain[end] for chain in words}) == 1:
                rest = [self.words.product(chain[:-1] if end else chain[1:]) for chain in words]
                signed = [self._term(term, body) for term, body in zip(terms, rest, strict=True)]
                inner = self._scaled_entries(signed) or self._turned_entries(signed) or self._added(signed)
                return self.words.product([inner, words[0][-1]] if end else [words[0][0], inner])
        return None

    def _turned_entries(self, signed: Sequence[tuple[bool, int]]) -> int | None:
        """The same of transposes."""
        turned = [(negative, self.words.transpose(body)) for negative, body in signed]
        made = self._scaled_entries(turned)
        return None if made is None else self.words.transpose(made)

    def _scaled_entries(self, signed: Sequence[tuple[bool, int]]) -> int | None:
        """A ⊙ B − diag(u) A as A ⊙ (B − u 𝟏ᵀ): what softmax has row by row."""
        words, nodes = self.words, self.words.builder.nodes
        if len(signed) != 2 or signed[0][0] or not signed[1][0]:
            return None
        (_, first), (_, second) = signed
        parts, chain = words.entries(first), words.words(second)
        if len(chain) != 2 or chain[1] not in parts or len(parts) < 2 or words.op(chain[0]) != "diag":
            return None
        column = nodes[chain[0]].args[0]
        ones = words.transpose(words.ones(words.shape(second)[1]))
        rest = words.hadamard(_left(parts, [chain[1]]))
        return words.hadamard([chain[1], words.node("sub", rest, words.product([column, ones]))])


def _common(lists: Sequence[Sequence[int]]) -> list[int]:
    """What all lists have, as often as all of them have it."""
    return [part for part in dict.fromkeys(lists[0]) if all(part in other for other in lists)]


def _left(parts: Sequence[int], taken: Sequence[int]) -> list[int]:
    left = list(parts)
    for part in taken:
        left.remove(part)
    return left
