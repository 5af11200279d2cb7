"""From the normal form back to operations: minus signs, fractions and differences as a textbook writes them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.core.graph import CONST, INPUT, Builder, Graph, needed_by
from graphviz_ad.core.names import as_name
from graphviz_ad.core.numbers import Number, spelling


def to_graph(algebra: Algebra, root: int) -> Graph:
    """The expression as a graph with one output, in operations of the table."""
    writer = _Writer(algebra)
    for index in algebra.below(root):
        writer.made[index] = writer.write(index)
    return needed_by(writer.builder.nodes, [writer.made[root]])


class _Writer:
    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.builder = Builder()
        self.made: dict[int, int] = {}
        self._numbers: dict[object, int] = {}

    def write(self, index: int) -> int:
        term = self.algebra.terms[index]
        if isinstance(term.key, str):
            return self.builder.add(INPUT, (), None, as_name(term.key))
        if term.op == CONST:
            return self.number(self.algebra.value(index) or 0)
        if term.op == SUM:
            return self.sum(term.args)
        if term.op == POWER and self.algebra.value(term.args[1]) is None:
            return self.builder.add("pow", (self.made[term.args[0]], self.made[term.args[1]]))
        if term.op in (PRODUCT, POWER):
            negative, magnitude = self.product(index, signed=True)
            return self.builder.add("neg", (magnitude,)) if negative else magnitude
        return self.builder.add(self.algebra.spelled.get(term.op, term.op), tuple(self.made[arg] for arg in term.args))

    def number(self, value: Number) -> int:
        said = spelling(value)
        if said not in self._numbers:
            self._numbers[said] = self.builder.add(CONST, (), value)
        return self._numbers[said]

    def sum(self, terms: tuple[int, ...]) -> int:
        return self._sum_of(terms, opposite=False)

    def _sum_of(self, terms: tuple[int, ...], opposite: bool) -> int:
        total = self._opposite(terms[0]) if opposite else self.made[terms[0]]
        for term in terms[1:]:
            negative, magnitude = self.product(term, signed=False)
            total = self.builder.add("sub" if negative != opposite else "add", (total, magnitude))
        return total

    def _opposite(self, term: int) -> int:
        negative, magnitude = self.product(term, signed=False)
        return magnitude if negative else self._negated(magnitude)

    def product(self, index: int, signed: bool) -> tuple[bool, int]:
        """Whether a term is negative, and its magnitude. If `signed`, a leading factor may carry the sign itself."""
        factors = self.algebra.factors(index)
        over: list[int] = []
        under: list[int] = []
        negative = False
        for factor in factors:
            value = self.algebra.value(factor)
            if value is not None:
                negative ^= value < 0
                self._put_number(value if value > 0 else -value, over, under, alone=len(factors) == 1)
                continue
            base, exponent = self._base_and_exponent(factor)
            if exponent == 1 and negative and (flipped := self._flipped(base)) is not None:
                over.append(flipped)  # −(−1 + t)/(1 − y) is (1 − t)/(1 − y)
                negative = False
                continue
            if exponent < 0:
                under.append(self.power(base, -exponent))
            else:
                over.append(self.power(base, exponent))
        if negative and signed and not under:
            negative = False
            over[0] = self._negated(over[0])
        numerator = self._chain(over) if over else self.number(1)
        return negative, self.builder.add("div", (numerator, self._chain(under))) if under else numerator

    def _flipped(self, index: int) -> int | None:
        """The opposite of a sum that begins with a minus and has a term without; None for anything else."""
        term = self.algebra.terms[index]
        if term.op != SUM or all(self.algebra.coefficient(part)[0] < 0 for part in term.args):
            return None
        if not self.product(term.args[0], signed=False)[0]:  # or it is written without: b(1 − x) for −b(−1 + x)
            return None
        return self._sum_of(term.args, opposite=True)

    def _put_number(self, value: Number, over: list[int], under: list[int], alone: bool) -> None:
        numerator, denominator = (value, 1) if alone else _ratio(value)
        if numerator != 1 or alone:
            over.append(self.number(numerator))
        if denominator != 1:
            under.append(self.number(denominator))

    def _base_and_exponent(self, factor: int) -> tuple[int, Number]:
        """A power with a number for its exponent, taken apart; anything else to the power 1."""
        term = self.algebra.terms[factor]
        exponent = self.algebra.value(term.args[1]) if term.op == POWER else None
        return (factor, 1) if exponent is None else (term.args[0], exponent)

    def power(self, base: int, exponent: Number) -> int:
        return self.made[base] if exponent == 1 else self.builder.add("pow", (self.made[base], self.number(exponent)))

    def _negated(self, first: int) -> int:
        node = self.builder.nodes[first]
        return self.number(-node.value) if node.value is not None else self.builder.add("neg", (first,))

    def _chain(self, factors: Iterable[int]) -> int:
        return reduce(lambda left, right: self.builder.add("mul", (left, right)), factors)


def _ratio(value: Number) -> tuple[Number, int]:
    return (value.numerator, value.denominator) if isinstance(value, Fraction) else (value, 1)
