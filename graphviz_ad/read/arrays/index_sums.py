"""Entries and sums over indices: x_i, (X w)_i, sum_{i=1}^n."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import Type
from graphviz_ad.read.arrays.calls import ArrayCalls
from graphviz_ad.read.arrays.terms import ELEMENT, EXTREME, MULTIPLIED, SUMMED
from graphviz_ad.read.arrays.vocabulary import index_letters, index_parts
from graphviz_ad.read.text.parser import SUM
from graphviz_ad.read.text.tokens import OPENING, Token

SUM_SIGNS = {"sum": SUMMED, "∑": SUMMED, "Σ": SUMMED, "prod": MULTIPLIED}


class IndexedSums(ArrayCalls):
    """Reads sums over indices, up to a + or −."""

    letters: list[str]

    def entry(self, base: int, indices: str, span: Span) -> int:
        """An entry of a vector or a matrix, by its indices."""
        if not index_parts(indices):
            raise AdgraphError(f"'{indices}' is no index", span, "write x_i, x_1 or X_ij")
        return self.builder.add(ELEMENT, (base,), None, None, span, Type((), (("indices", indices),)))

    def sum_over(self, token: Token) -> int:
        """sum_i x_i, sum_{i=1}^n, sum_{i,j}, prod_i: what is behind, up to a + or −."""
        first = self.at - 1
        sign, _, below = token.text.partition("_")
        inside = below.strip("{}").replace(" ", "")
        start: str | None = None
        if "=" in inside:
            inside, _, start = inside.partition("=")
        letters = index_letters(inside)
        if not letters or len(index_parts(inside)) != len(letters) or "".join(letters) != inside.replace(",", ""):
            raise AdgraphError(
                f"'{inside}' is not an index", token.span, f"write {sign}_i, {sign}_{{i=1}}^n or {sign}_{{i,j}}"
            )
        if start not in (None, "1"):
            raise AdgraphError("entries are counted from 1", token.span, f"write {sign}_{{{letters[0]}=1}}")
        limit = self.upper_limit() if self.next.text == "^" or self.next.kind == "super" else None
        if self.next.kind == "end" or not (self.begins_operand(self.next) or self.next.text in ("+", "-", "‖")):
            text, hint = ("product", "multiplied") if sign == "prod" else ("sum", "added")
            raise AdgraphError(f"a {text} of nothing", token.span, f"write what is {hint} behind it: {sign}_i x_i")
        self.letters += letters
        body = self.expression(SUM)
        del self.letters[-len(letters) :]
        attributes = (("indices", tuple(letters)), ("limit", limit))
        return self.builder.add(SUM_SIGNS[sign], (body,), None, None, self.since(first), Type((), attributes))

    def extreme_over(self, token: Token, which: str, letter: str) -> int:
        """max_i x_i, the largest of what is behind, up to a + or −; and min_i."""
        first = self.at - 1
        self.letters.append(letter)
        body = self.expression(SUM)
        self.letters.pop()
        span = self.since(first)
        body = body if which == "max" else self.node("neg", (body,), span)
        made = self.builder.add(EXTREME, (body,), None, None, span, Type((), (("indices", (letter,)),)))
        return made if which == "max" else self.node("neg", (made,), span)

    def upper_limit(self) -> int | str:
        """n of sum_{i=1}^n."""
        token = self.take()
        if token.kind != "super":
            token = self.take()
            if token.kind in OPENING:
                token = self.take()
                if self.next.kind != "close":
                    raise AdgraphError("the limit of a sum is a number or a letter", token.span, "write sum_{i=1}^n")
                self.take()
        if token.kind not in ("number", "name", "super"):
            raise AdgraphError("the limit of a sum is a number or a letter", token.span, "write sum_{i=1}^n")
        return int(token.text) if token.text.isdecimal() else token.text
