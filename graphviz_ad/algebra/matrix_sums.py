"""Terms in matrix notation added, with what they have in common before or behind them: (A + Aᵀ) x, (1/√v) (…)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from graphviz_ad.algebra.indexed_terms import Index
from graphviz_ad.algebra.matrix_terms import Matrix, Vector, WrittenTerm, shown
from graphviz_ad.algebra.multiples import power_of, powers_of
from graphviz_ad.algebra.words import Words
from graphviz_ad.core.graph import CONST


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
            ways = (
                self._common_number, self._common_side, self._common_factor, self._common_words, self._common_minus,
            )  # fmt: skip
            for way in ways:
                if (made := way(terms)) is not None:
                    return made
            if len(self.axes) == 1:
                return self._added(self._by_last_word(terms))
            if (made := self._in_groups(terms)) is not None:
                return made
        return self._added([self._term(term) for term in terms])

    def _in_groups(self, terms: Sequence[WrittenTerm]) -> int | None:
        """Matrices, those that end in the same word together: (…) K W_Qᵀ + (…)ᵀ Q W_Kᵀ."""
        groups: dict[int, list[WrittenTerm]] = {}
        for term in terms:
            body = None if term.diagonal else self._body(term)
            last = -len(groups) - 1 if body is None else self.words.words(body)[-1]
            groups.setdefault(last, []).append(term)
        if not 1 < len(groups) < len(terms):
            return None
        return self._added([self._sign_apart(self.of(group)) for group in groups.values()])

    def _sign_apart(self, index: int) -> tuple[bool, int]:
        node = self.words.builder.nodes[index]
        return (True, node.args[0]) if node.op == "neg" else (False, index)

    def _signed(self, term: WrittenTerm) -> int:
        """A term with its minus: −2Wᵀx."""
        negative, body = self._term(term)
        if not negative:
            return body
        if self.words.op(body) == "mul" and not term.numbers:
            return self._times(term.coefficient, (), self._body(term))
        return self.words.node("neg", body)

    def _added(self, signed: Sequence[tuple[bool, int]]) -> int:
        """Terms that are negative or not; the first that is not comes first. One minus stands before all that are."""
        if all(negative for negative, _ in signed):
            return self.words.product([self.words.node("neg", self._added([(False, body) for _, body in signed]))])
        first = next(term for term in signed if not term[0])
        rest = list(signed)
        rest.remove(first)
        made = first[1]
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
            node.op in ("add", "sub", "neg", "mul") and any(map(self._has_fractions, node.args))
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

    # ---- what terms have in common

    def _common_number(self, terms: Sequence[WrittenTerm]) -> int | None:
        """A number that is more than digits, or a fraction, before all: (1/√v) (…)."""
        coefficients = [term.coefficient for term in terms]
        powers = [(self.algebra.coefficient(c)[0], powers_of(self.algebra, c)) for c in coefficients]
        common: dict[int, Fraction] = {}
        for base in powers[0][1]:
            exponents = [of.get(base, Fraction(0)) for _, of in powers]
            if all(e < 0 for e in exponents) or all(e > 0 for e in exponents):
                common[base] = min(exponents, key=abs)
        numbers = {abs(float(number)) for number, _ in powers}
        fraction = powers[0][0] if len(numbers) == 1 and (min(numbers) < 1 or common) else 1
        fraction = -fraction if fraction < 0 else fraction
        if not common and fraction == 1:
            return None
        parts = (power_of(self.algebra, base, exponent) for base, exponent in common.items())
        number = self.algebra.multiply(self.algebra.number(fraction), *parts)
        left = []
        for term, (digits, of) in zip(terms, powers, strict=True):
            rest = [power_of(self.algebra, base, e - common.get(base, 0)) for base, e in of.items()]
            sign = digits if fraction == 1 else (1 if digits > 0 else -1)
            left.append(term.replace(coefficient=self.algebra.multiply(self.algebra.number(sign), *rest)))
        return self._times(number, (), self.of(left))

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

    def _common_side(self, terms: Sequence[WrittenTerm]) -> int | None:
        """One of the two vectors of outer products: (Vδ ⊙ a − (aᵀVδ) a) qᵀ."""
        if len(self.axes) < 2 or any(term.diagonal or term.between is not None for term in terms):
            return None
        for side, other in ((1, 0), (0, 1)):
            if len({term.at[side] for term in terms}) == 1:
                inner = Adder(self.words, (self.axes[other],)).of([t.replace(at=(t.at[other],)) for t in terms])
                outer = self._vector(terms[0].at[side], self.sizes[side])
                pair = (inner, outer) if side else (outer, inner)
                return self.words.product([pair[0], self.words.transpose(pair[1])])
        return None

    def _common_words(self, terms: Sequence[WrittenTerm]) -> int | None:
        """The first and the last words of all products: (A + Aᵀ) x, Aᵀ (…), Vᵀ (diag(a) − aaᵀ) K."""
        bodies = [self._body(term) for term in terms]
        if not self.axes or any(term.diagonal for term in terms):
            return None
        chains = [self.words.words(body) for body in bodies if body is not None and self.words.op(body) == "matmul"]
        if len(chains) < len(terms):
            return None
        last = _beginning([chain[::-1] for chain in chains], min(map(len, chains)) - 1)
        first = _beginning(chains, min(map(len, chains)) - last - 1)
        if not first + last:
            return None
        rest = [self.words.product(chain[first : len(chain) - last]) for chain in chains]
        signed = [self._term(term, body) for term, body in zip(terms, rest, strict=True)]
        inner = self._entries_in_common(terms, rest) or self._scaled_entries(signed) or self._turned_entries(signed)
        inner = inner or self._added(signed)
        return self.words.product([*chains[0][:first], inner, *chains[0][len(chains[0]) - last :]])

    def _entries_in_common(self, terms: Sequence[WrittenTerm], bodies: Sequence[int]) -> int | None:
        """Vectors with a factor that all of them have element by element: p ⊙ (δ − (pᵀδ) 𝟏)."""
        lists = [self.words.entries(body) for body in bodies]
        common = _common(lists) if all(len(self.words.shape(body)) == 1 for body in bodies) else []
        if not common:
            return None
        ones = self.words.ones(self.words.shape(bodies[0])[0])
        rests = [self.words.hadamard(rest) if (rest := _left(parts, common)) else ones for parts in lists]
        signed = [self._term(term, rest) for term, rest in zip(terms, rests, strict=True)]
        return self.words.hadamard([*common, self._added(signed)])

    def _common_minus(self, terms: Sequence[WrittenTerm]) -> int | None:
        """A negative number of all terms: −2 ((t₁ − wᵀx₁) x₁ + …)."""
        digits = {self.algebra.coefficient(term.coefficient)[0] for term in terms}
        if len(digits) > 1 or min(digits) >= -1:
            return None
        by = self.algebra.number(1 / Fraction(min(digits)))
        rest = self.of([t.replace(coefficient=self.algebra.multiply(by, t.coefficient)) for t in terms])
        return self._times(self.algebra.number(min(digits)), (), rest)

    def _by_last_word(self, terms: Sequence[WrittenTerm]) -> list[tuple[bool, int]]:
        """Terms that are negative or not, those of as many words with one last word together: (A + Aᵀ) x − 2 λ x."""
        found: dict[object, list[tuple[bool, int]]] = {}
        for place, term in enumerate(terms):
            body = self._body(term)
            chain = self.words.words(body) if body is not None and self.words.op(body) == "matmul" else ()
            negative = self.algebra.coefficient(term.coefficient)[0] < 0
            alone = (negative, self._term(term)[1])
            if len(chain) < 2 or term.numbers or term.coefficient not in (self.algebra.one, self.algebra.minus_one):
                found[place] = [alone]
            else:
                found.setdefault((len(chain), chain[-1]), []).append(alone)
        return [signed[0] if len(signed) == 1 else self._together(signed) for signed in found.values()]

    def _together(self, signed: Sequence[tuple[bool, int]]) -> tuple[bool, int]:
        """Products with the same last word as one: whether it is negative, and it."""
        chains = [self.words.words(body) for _, body in signed]
        negative = all(negative for negative, _ in signed)
        rest = [
            (one and not negative, self.words.product(chain[:-1]))
            for (one, _), chain in zip(signed, chains, strict=True)
        ]
        return negative, self.words.product([self._added(rest), chains[0][-1]])

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


def _beginning(chains: Sequence[Sequence[int]], most: int) -> int:
    """With how many words all of them begin, at most so many."""
    return next((n for n in range(most) if len({chain[n] for chain in chains}) > 1), max(most, 0))


def _left(parts: Sequence[int], taken: Sequence[int]) -> list[int]:
    left = list(parts)
    for part in taken:
        left.remove(part)
    return left
