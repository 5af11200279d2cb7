"""Terms in matrix notation added, with what they have in common before or behind them: (A + Aᵀ) x, (1/√v) (…)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from graphviz_ad.algebra.in_common import (
    common_beginning,
    common_fraction,
    common_parts,
    common_powers,
    left_of,
    less,
)
from graphviz_ad.algebra.matrix_terms import Vector, WrittenTerm
from graphviz_ad.algebra.powers import Powers, powers_of, product_of
from graphviz_ad.algebra.term_writer import TermWriter
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.core.numbers import Number


class Adder(TermWriter):
    """Written terms added, with what they have in common before or behind them."""

    def of(self, terms: Sequence[WrittenTerm]) -> int:
        if not terms:
            return self.words.shown(self.algebra.zero)
        if len(terms) == 1:
            return self._signed(terms[0])
        if len(terms) > 1:
            terms = sorted(terms, key=lambda term: not term.diagonal)  # I + …
            ways = (
                self._common_number, self._common_side, self._common_scale, self._common_factor, self._common_words,
                self._common_whole, self._common_minus,
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
            chain = () if body is None else self.words.words(body)
            last = chain[-1] if len(chain) > 1 else -len(groups) - 1
            groups.setdefault(last, []).append(term)
        if not 1 < len(groups) < len(terms):
            return None
        return self._added([self._sign_apart(self.of(group)) for group in groups.values()])

    def _sign_apart(self, index: int) -> tuple[bool, int]:
        node = self.words.builder.nodes[index]
        return (True, node.args[0]) if node.op == "neg" else (False, index)

    def _added(self, signed: Sequence[tuple[bool, int]]) -> int:
        """Terms that are negative or not; the first that is not comes first. One minus stands before all that are."""
        if all(negative for negative, _ in signed):
            return self.words.product([self.words.node("neg", self._added([(False, body) for _, body in signed]))])
        first = next(term for term in signed if not term[0])
        turned = self.words.builder.nodes[first[1]]
        if turned.op == "transpose" and (False, turned.args[0]) in signed:
            first = (False, turned.args[0])  # A + Aᵀ
        rest = list(signed)
        rest.remove(first)
        made = first[1]
        for negative, body in rest:
            made = self.words.node("sub" if negative else "add", made, body)
        return made

    # ---- what terms have in common

    def _common_number(self, terms: Sequence[WrittenTerm]) -> int | None:
        """A number that is more than digits, or a fraction, before all: (1/√v) (…)."""
        coefficients = [term.coefficient for term in terms]
        powers = [(self.algebra.coefficient(c)[0], powers_of(self.algebra, c)) for c in coefficients]
        common = common_powers([of for _, of in powers])
        fraction = common_fraction([Fraction(number) for number, _ in powers], bool(common))
        if not common and fraction == 1:
            return None
        before = self._of_powers(common, fraction)
        left = []
        for term, (digits, of) in zip(terms, powers, strict=True):
            number = digits if fraction == 1 else Fraction(digits) / fraction
            left.append(term.replace(coefficient=self._of_powers(less(of, common), number)))
        return self._times(before, (), self.of(left))

    def _common_scale(self, terms: Sequence[WrittenTerm]) -> int | None:
        """What all matrices have their rows or their columns multiplied by: (…) diag(1 ⊘ √v), diag(g) (I − …)."""
        if len(self.axes) < 2 or all(term.diagonal for term in terms):
            return None
        for side in (1, 0):
            terms = [self._diagonal_at(term, side) if term.diagonal else term for term in terms]
            values = [term.at[side].value for term in terms]
            powers = [powers_of(self.algebra, value) for value in values]
            common = common_powers(powers)
            is_plain = not any(term.diagonal for term in terms)
            if not common or any(self._is_scale_alone(term, side, common, is_plain) for term in terms):
                continue
            digits = [self.algebra.coefficient(value)[0] for value in values]
            rest = [
                _at(term, side, self._of_powers(less(of, common), number))
                for term, of, number in zip(terms, powers, digits, strict=True)
            ]
            scale = self.words.node("diag", self.words.shown(self._of_powers(common)))
            return self.words.product([self.of(rest), scale] if side else [scale, self.of(rest)])
        return None

    def _diagonal_at(self, term: WrittenTerm, side: int) -> WrittenTerm:
        """A diagonal matrix with all that it has at one of its axes."""
        value = self.algebra.multiply(*(at.value for at in term.at))
        both = Vector(value, tuple(column for at in term.at for column in at.columns))
        empty = Vector(self.algebra.one)
        return term.replace(at=(empty, both) if side else (both, empty))

    def _is_scale_alone(self, term: WrittenTerm, side: int, scale: Powers, is_plain: bool) -> bool:
        """Whether a term would have ones without a scale: p qᵀ, which is diag(p) 𝟏qᵀ; g 𝟏ᵀ has some already."""
        at, other = term.at[side], term.at[1 - side]
        is_alone = not at.columns and powers_of(self.algebra, at.value) == scale
        has_ones = other == Vector(self.algebra.one) and not is_plain
        return term.between is None and is_alone and not term.diagonal and not has_ones

    def _of_powers(self, powers: Powers, number: Number = 1) -> int:
        return product_of(self.algebra, powers, self.algebra.number(number))

    def _factors(self, value: int) -> list[int]:
        return [part for part in self.algebra.factors(value) if self.algebra.value(part) is None]

    def _common_factor(self, terms: Sequence[WrittenTerm]) -> int | None:
        """A factor that is multiplied element by element: p ⊙ (…)."""
        if not self.axes or any(term.diagonal for term in terms):
            return None
        values = [self._elementwise(term) for term in terms]
        if any(value is None for value in values):
            return None
        common = common_parts([self._factors(value) for value in values if value is not None])
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
        rest = self.algebra.multiply(*left_of(self.algebra.factors(value), self._factors(factor)))
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
                inner = Adder(self.words, (self.axes[other],)).of(self._collected([t.at[other] for t in terms], terms))
                outer = self._vector(terms[0].at[side], self.sizes[side])
                pair = (inner, outer) if side else (outer, inner)
                return self.words.product([pair[0], self.words.transpose(pair[1])])
        return None

    def _collected(self, vectors: Sequence[Vector], terms: Sequence[WrittenTerm]) -> list[WrittenTerm]:
        """Terms of vectors, those that are expressions alone as one if their sum has fewer terms."""
        made = [term.replace(at=(vector,)) for vector, term in zip(vectors, terms, strict=True)]
        alone = [term for term in made if not term.numbers and not term.at[0].columns]
        values = [self.algebra.multiply(term.coefficient, term.at[0].value) for term in alone]
        total = textbook(self.algebra, self.algebra.add(*values)) if len(values) > 1 else self.algebra.zero
        count = sum(len(self.algebra.summands(term.at[0].value)) for term in alone)
        if len(values) < 2 or len(self.algebra.summands(total)) >= count:
            return made
        rest = [term for term in made if term not in alone]
        return [WrittenTerm(self.algebra.one, (), (Vector(total),)), *rest]

    def _common_words(self, terms: Sequence[WrittenTerm]) -> int | None:
        """The first and the last words of all products: (A + Aᵀ) x, Aᵀ (…), Vᵀ (diag(a) − aaᵀ) K."""
        if not self.axes or any(term.diagonal for term in terms):
            return None
        before, terms = self._digits_apart(terms)
        bodies = [self._body(term) for term in terms]
        chains = [self.words.words(body) for body in bodies if body is not None and self.words.op(body) == "matmul"]
        if len(chains) < len(terms):
            return None
        last = common_beginning([chain[::-1] for chain in chains], min(map(len, chains)) - 1)
        first = common_beginning(chains, min(map(len, chains)) - last - 1)
        if not first + last:
            return None
        rest = [self.words.product(chain[first : len(chain) - last]) for chain in chains]
        signed = [self._term(term, body) for term, body in zip(terms, rest, strict=True)]
        inner = self._entries_in_common(terms, rest) or self._scaled_entries(signed) or self._turned_entries(signed)
        inner = inner or self._added(signed)
        made = self.words.product([*chains[0][:first], inner, *chains[0][len(chains[0]) - last :]])
        return self._behind(before, made)

    def _common_whole(self, terms: Sequence[WrittenTerm]) -> int | None:
        """A term that others begin or end with, and that is long: 2E (I − U Uᵀ)."""
        if not self.axes or any(term.diagonal for term in terms):
            return None
        before, terms = self._digits_apart(terms)
        chains = [self.words.words(body) for body in map(self._body, terms) if body is not None]
        whole = min(chains, key=len)
        is_long = self.words.length(self.words.product(whole)) + (before != self.algebra.one) > 1
        longer = [chain for chain in chains if len(chain) > len(whole)]
        if not is_long and any(len(chain) < len(whole) + 2 for chain in longer):
            return None  # A − B A, but (I − U Uᵀ) A
        if any(chain[: len(whole)] == whole == chain[-len(whole) :] for chain in longer):
            return None  # S⁻¹ x xᵀ S⁻¹ − S⁻¹
        ends = [chain[: len(whole)] for chain in chains], [chain[-len(whole) :] for chain in chains]
        rests = [chain[len(whole) :] for chain in chains], [chain[: -len(whole)] for chain in chains]
        for side in (0, 1):
            if any(end != whole for end in ends[side]) or (side == 0 and len(self.axes) < 2):
                continue
            size = self.sizes[-1 if side == 0 else 0]
            bodies = [self.words.product(rest) if rest else self.words.eye(size) for rest in rests[side]]
            inner = self._added([self._term(term, body) for term, body in zip(terms, bodies, strict=True)])
            return self._behind(before, self.words.product([inner, *whole] if side else [*whole, inner]))
        return None

    def _behind(self, number: int, body: int) -> int:
        """A number before what is made, a minus before both."""
        negative, inner = self._sign_apart(body)
        made = self._times(number, (), inner)
        return self.words.node("neg", made) if negative else made

    def _digits_apart(self, terms: Sequence[WrittenTerm]) -> tuple[int, Sequence[WrittenTerm]]:
        """The digits that all terms have, and the terms without them."""
        numbers = [self.algebra.coefficient(term.coefficient)[0] for term in terms]
        if len({*map(abs, numbers)}) > 1 or abs(numbers[0]) == 1:
            return self.algebra.one, terms
        number = self.algebra.number(-numbers[0] if numbers[0] < 0 else numbers[0])
        by = self.algebra.power(number, self.algebra.minus_one)
        return number, [t.replace(coefficient=self.algebra.multiply(by, t.coefficient)) for t in terms]

    def _entries_in_common(self, terms: Sequence[WrittenTerm], bodies: Sequence[int]) -> int | None:
        """Vectors with a factor that all of them have element by element: p ⊙ (δ − (pᵀδ) 𝟏)."""
        lists = [self.words.entries(body) for body in bodies]
        common = common_parts(lists) if all(len(self.words.shape(body)) == 1 for body in bodies) else []
        if not common:
            return None
        ones = self.words.ones(self.words.shape(bodies[0])[0])
        rests = [self.words.hadamard(rest) if (rest := left_of(parts, common)) else ones for parts in lists]
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
        """Terms that are negative or not, those of as many words and the same digits with one last word together:
        (A + Aᵀ) x − 2 λ x, ½ (A + Aᵀ) x + b."""
        groups: dict[object, list[WrittenTerm]] = {}
        for place, term in enumerate(terms):
            body = self._body(term)
            chain = self.words.words(body) if body is not None and self.words.op(body) == "matmul" else ()
            digits, rest = self.algebra.coefficient(term.coefficient)
            is_plain = len(chain) > 1 and not term.numbers and rest == self.algebra.one
            groups.setdefault((len(chain), chain[-1], abs(digits)) if is_plain else place, []).append(term)
        return [self._term(group[0]) if len(group) == 1 else self._together(group) for group in groups.values()]

    def _together(self, terms: Sequence[WrittenTerm]) -> tuple[bool, int]:
        """Products with the same digits and last word as one: whether it is negative, and it."""
        digits = [self.algebra.coefficient(term.coefficient)[0] for term in terms]
        chains = [self.words.words(body) for body in map(self._body, terms) if body is not None]
        negative = max(digits) < 0
        rest = [
            (n < 0 and not negative, self.words.product(chain[:-1])) for n, chain in zip(digits, chains, strict=True)
        ]
        made = self.words.product([self._added(rest), chains[0][-1]])
        return negative, self._times(self.algebra.number(abs(Fraction(digits[0]))), (), made)

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
        rest = words.hadamard(left_of(parts, [chain[1]]))
        return words.hadamard([chain[1], words.node("sub", rest, words.product([column, ones]))])


def _at(term: WrittenTerm, side: int, value: int) -> WrittenTerm:
    """A term with another expression at one of its axes."""
    return term.replace(at=tuple(v.replace(value=value) if k == side else v for k, v in enumerate(term.at)))
