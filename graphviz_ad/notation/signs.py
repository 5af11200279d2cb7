"""How long a formula is to a reader: the signs and symbols in it, counted.

A digit, a name, the name of a function, a sign and the bar of a fraction count one each, and so do a pair of brackets
or bars; that a power is raised, or that two factors stand side by side, counts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.ops import Op
from graphviz_ad.notation.notation import ELEMENTWISE, Notation


class Signs(Notation[int]):
    def number(self, digits: str, exponent: int | None) -> int:
        return len(digits) if exponent is None else len(f"{digits}10{exponent}") + 1

    def variable(self, text: str) -> int:
        return 1

    def function(self, op: Op) -> int:
        return 1

    def partial(self, function: str, places: Sequence[int]) -> int:
        return 1 + len(places)

    def symbol(self, sign: str) -> int:
        return 1

    def infix(self, left: int, sign: str, right: int) -> int:
        return left + 1 + right

    def negation(self, body: int) -> int:
        return 1 + body

    def product(self, left: int, joint: str, right: int) -> int:
        return left + (joint in ("·", *ELEMENTWISE)) + right

    def fraction(self, numerator: int, denominator: int) -> int:
        return numerator + 1 + denominator

    def power(self, base: int, exponent: int) -> int:
        return base + exponent

    def root(self, body: int, index: int) -> int:
        return 1 + body

    def bars(self, body: int) -> int:
        return 1 + body

    def norm(self, body: int) -> int:
        return 1 + body

    def matrix(self, rows: Sequence[Sequence[int]]) -> int:
        return 1 + sum(map(sum, rows))

    def fence(self, body: int) -> int:
        return 1 + body

    def call(self, head: int, args: Sequence[int]) -> int:
        return head + sum(args) + len(args)  # brackets, and a comma between two

    def iverson(self, left: int, sign: str, right: int) -> int:
        return 1 + left + 1 + right

    def cases(self, rows: Sequence[tuple[int, int | None]]) -> int:
        return 1 + sum(value + (0 if when is None else when) + 1 for value, when in rows)

    def indexed(self, head: int, index: int) -> int:
        return head + index

    def derivative(self, symbol: str, of: int | None, wrt: Sequence[tuple[int, int]]) -> int:
        return 3 + (of or 0) + sum(name + (times > 1) for name, times in wrt)

    def equation(self, left: int, sign: str, right: int) -> int:
        return left + 1 + right

    def blank(self, body: int, filled: bool) -> int:
        return body

    def row(self, parts: Sequence[int]) -> int:
        return sum(parts)
