"""Sums and products with an index over numbers, written out: sum_{i=1}^3 w_i x_i, sum(w_i x_i, i=1..3)."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.read.text.brackets import Brackets
from graphviz_ad.read.text.cursor import SUM
from graphviz_ad.read.text.indices import put_in
from graphviz_ad.read.text.tokens import OPENING, Token

MAX_TERMS = 1000  # of one sum, those of the sums in it included
SUMS = {"sum": "add", "prod": "mul"}
_SPELLED = {"sum": "sum_{i=1}^3 x_i", "prod": "prod_{i=1}^3 x_i"}


class Sums(Brackets):
    """Reads sums and products over an index."""

    terms = 0

    def indexed(self, head: Token) -> int:
        """What comes behind `sum_` or `prod_`: the index and where it begins, where it ends, and the term."""
        first = self.at - 1
        if self.next.kind not in OPENING:
            raise self.unclear(head)
        closing = self.closing(self.at)
        inside = self.tokens[self.at + 1 : closing]
        if len(inside) < 3 or inside[0].kind != "name" or inside[1].text != "=":
            raise self.unclear(head)
        dots = next((place for place, token in enumerate(inside) if token.kind == "dots"), None)
        low = self._whole([t for t in inside[2:dots] if t.kind != "comma"], head)
        self.at = closing + 1
        if dots is not None:
            high = self._whole(inside[dots + 1 :], head)
        else:
            if self.next.text != "^":
                raise self.unclear(head)
            self.take()
            high = self._whole(self._bound(), head)
        return self._written_out(head, inside[0].text, low, high, first)

    def listed(self, head: Token) -> int | None:
        """sum(x_i, i=1..3): the bounds behind the term; None where the bracket that comes next has none."""
        opening, closing = self.at, self.closing(self.at)
        depth, comma = 0, 0
        for place in range(opening, closing):
            token = self.tokens[place]
            depth += token.nesting
            if depth == 1 and token.kind == "comma" and self.tokens[place + 2].text == "=":
                comma = place
                break
        dots = next((k for k in range(comma, closing) if self.tokens[k].kind == "dots"), None) if comma else None
        if dots is None:
            return None
        index = self.tokens[comma + 1].text
        low = self._whole([t for t in self.tokens[comma + 3 : dots] if t.kind != "comma"], head)
        high = self._whole([t for t in self.tokens[dots + 1 : closing] if t.kind != "comma"], head)
        first = self.at - 1
        whole, self.tokens = self.tokens, self.tokens[:comma]
        self.at = opening + 1
        made = self._written_out(head, index, low, high, first, 0)
        if self.at != comma:
            raise self.unexpected(self.next)
        self.tokens, self.at = whole, closing + 1
        return made

    def _bound(self) -> list[Token]:
        """The tokens of what stands above: a number, a name, or what is in brackets."""
        if self.next.kind in OPENING:
            opening, closing = self.at, self.closing(self.at)
            self.at = closing + 1
            return list(self.tokens[opening + 1 : closing])
        return [self.take()]

    def _whole(self, tokens: Sequence[Token], head: Token) -> int:
        """The whole number that a bound is: a number, a name that is one, or the sum or difference of two of these."""
        parts: list[tuple[int, Token]] = []
        sign = 1
        for token in tokens:
            if token.text in ("+", "-") and token.kind == "operator":
                sign = 1 if token.text == "+" else -1
            else:
                parts.append((sign, token))
                sign = 1
        if not parts:
            raise self.unclear(head)
        return sum(sign * self._number(token) for sign, token in parts)

    def _number(self, token: Token) -> int:
        if token.kind in ("number", "index") and token.text.isdecimal() and len(token.text) < 10:
            return int(token.text)
        value = self.callables.count(token.text) if token.kind == "name" else None
        if value is not None:
            return value
        if token.kind == "name":
            hint = f"give it, --at {token.text}=3, or in an equation: {token.text} = 3"
            raise AdgraphError(f"'{token.text}' has to be a whole number here, and has no value", token.span, hint)
        raise AdgraphError("a bound of a sum is a whole number", token.span, "write sum_{i=1}^3 x_i")

    def _written_out(self, head: Token, index: str, low: int, high: int, first: int, least: int = SUM) -> int:
        """The terms, one for each number, added or multiplied from the left."""
        start, tokens = self.at, self.tokens
        if self.next.kind == "end":
            raise self.unclear(head)
        made: int | None = None
        ends = start
        for value in range(low, max(high, low) + 1):
            self.terms += 1
            if self.terms > MAX_TERMS:
                raise AdgraphError(f"more than {MAX_TERMS} terms", head.span, "draw the part that matters")
            self.at = start
            self.tokens = [*tokens[:start], *put_in(tokens[start:], index, value)]
            term = self.expression(least)
            ends = self.at
            self._refuse_one_for_all(tokens[start:ends], self.tokens[start:ends])
            if high >= low:
                made = term if made is None else self.joined(SUMS[head.text], made, term, first)
        self.tokens, self.at = tokens, ends
        self._note_end(index)
        if made is None:  # of nothing at all
            return self.number(0 if head.text == "sum" else 1, self.since(first))
        self.bracketed.add(made)
        return made

    def _note_end(self, index: str) -> None:
        """Say that a sum has ended where what is added to it has its index, too: sum x_i + y_i."""
        rest = self.rest_of_sum()
        again = next((one for one, put in zip(rest, put_in(rest, index, 1), strict=True) if one is not put), None)
        if again is not None:
            self.notes.append(
                f"the sum over {index} ends before '{again.text}', which is no term of it; with brackets it is"
            )

    def rest_of_sum(self) -> list[Token]:
        """What is added behind a term, up to another sum or to where its brackets close."""
        depth, found = 0, []
        for token in self.tokens[self.at :]:
            depth += token.nesting
            if depth < 0 or token.kind in ("end", "comma", "indexed") or token.text in SUMS:
                break
            found.append(token)
        return found

    def _refuse_one_for_all(self, written: Sequence[Token], put: Sequence[Token]) -> None:
        """Raise AdgraphError for an entry that is defined for every index at once: a sum of p_k, where p_k = …"""
        for before, after in zip(written, put, strict=True):
            known = self.callables.variables
            if before is not after and before.text in known and after.kind == "name" and after.text not in known:
                hint = f"write an equation for each: {after.text} = …"
                message = f"'{before.text}' is defined for every index at once, and the sum reads {after.text}, …"
                raise AdgraphError(message, before.span, hint)

    def unclear(self, head: Token) -> AdgraphError:
        """The error of a sum whose bounds or whose term are not there."""
        what = "a sum" if head.text == "sum" else "a product"
        span = Span(head.span.start, max(head.span.end, self.next.span.end))
        return AdgraphError(f"{what} with an index has bounds and a term", span, f"write {_SPELLED[head.text]}")
