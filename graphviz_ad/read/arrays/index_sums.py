"""Entries and sums over indices: x_i, (X w)_i, sum_{i=1}^n."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import Type
from graphviz_ad.read.arrays.calls import ArrayCalls
from graphviz_ad.read.arrays.index_form import ManyIndicesError
from graphviz_ad.read.arrays.index_ranges import IndexRange, range_of
from graphviz_ad.read.arrays.linear_indices import linear
from graphviz_ad.read.arrays.terms import ELEMENT, EXTREME, MULTIPLIED, PART, SUMMED
from graphviz_ad.read.arrays.vocabulary import SHIFTED, index_letters, index_parts
from graphviz_ad.read.text.parser import SUM
from graphviz_ad.read.text.recurrences import body_of_sum
from graphviz_ad.read.text.steps_of_names import has_index
from graphviz_ad.read.text.tokens import OPENING, Token

SUM_SIGNS = {"sum": SUMMED, "∑": SUMMED, "Σ": SUMMED, "prod": MULTIPLIED}
_SIGN_WORDS = {"prod": "product"}


def _places(part: str) -> tuple[int, int | None] | None:
    """From where to where along an axis: 1:3, 2, or all of it."""
    first, colon, last = part.partition(":")
    if part == ":":
        return None
    return (int(first or 1), int(last) if last else None) if colon else (int(part), int(part))


class IndexedSums(ArrayCalls):
    """Reads sums over indices, up to a + or −."""

    letters: list[str]
    ranges: dict[str, IndexRange | None]

    def entry(self, base: int, indices: str, span: Span) -> int:
        """An entry of a vector or a matrix, by its indices."""
        parts = index_parts(indices)
        if not parts:
            raise AdgraphError(f"'{indices}' is no index", span, "write x_i, x_1 or X_ij")
        letters = re.findall(r"[^\W\d_]", indices)
        shifted = re.search(r"[-+]", indices) is not None
        if any(linear(part) is not None and not part.isdecimal() and not SHIFTED.fullmatch(part) for part in parts):
            hint = "what has it is written out where its limits are known: y_i = x_{2i}, i = 1..3"
            raise ManyIndicesError(f"an index that is computed, {indices.replace('*', '')}", span, hint, letters)
        if shifted and any(len(re.findall(r"[^\W\d_]", part)) > 1 for part in parts):
            hint = "sums over one of its letters are written out where its limits are known"
            raise ManyIndicesError(f"an index that is a sum, {indices}", span, hint, letters)
        if ":" in indices:
            if letters:
                hint = "a sum over it is written out where its limits are known"
                raise ManyIndicesError(f"a whole row or column for each {letters[0]}", span, hint, letters)
            return self.cut(base, [_places(part) for part in parts], span)
        ranges = [self.values(part, span) for part in parts]
        if any(ranges):
            base = self.cut(base, ranges, span)
            indices = ",".join(re.sub(r"[-+].*", "", part) for part in parts)
        return self.builder.add(ELEMENT, (base,), None, None, span, Type((), (("indices", indices),)))

    def cut(self, base: int, axes: Sequence[tuple[int, int | None] | None], span: Span) -> int:
        """The part from one place to another along each axis."""
        return self.builder.add(PART, (base,), None, None, span, Type((), (("axes", tuple(axes)),)))

    def values(self, part: str, span: Span) -> IndexRange | None:
        """The places along an axis that an index goes through; None for all of them, or where it is one place."""
        shift = SHIFTED.fullmatch(part)
        if shift is None:
            return None
        values = self.ranges.get(shift[1])
        if values is None and shift[3]:
            text = f"the index {part}, beside {shift[1]}, is not read"
            raise AdgraphError(text, span, "declare its size in digits, and sum to where both have entries")
        more = int(shift[3] or 0)
        return None if values is None else (values[0] + more, values[1] + more)

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
        bound = [letter for letter in re.findall(r"[^\W\d_]", start or "") if letter in self.letters]
        if bound:
            hint = "it is written out where the limits of its sums are known"
            raise ManyIndicesError(f"a sum from {start} on", token.span, hint, bound)
        if start is not None and not (start.isdecimal() and int(start[:9])):
            raise AdgraphError("entries are counted from 1", token.span, f"write {sign}_{{{letters[0]}=1}}")
        body_start, body_end = body_of_sum(self.tokens, first)
        limit = self.upper_limit() if self.next.text == "^" or self.next.kind == "super" else None
        if self.next.kind == "end" or not (self.begins_operand(self.next) or self.next.text in ("+", "-", "‖")):
            text, hint = ("product", "multiplied") if sign == "prod" else ("sum", "added")
            raise AdgraphError(f"a {text} of nothing", token.span, f"write what is {hint} behind it: {sign}_i x_i")
        summed = self.tokens[body_start:body_end]
        self.check_indexed(sign, letters, summed)
        outer = dict(self.ranges)  # a sum within another may have its letter
        for letter in letters:
            self.ranges[letter] = range_of(letter, summed, self.known, int(start) if start else None, limit)
            if start not in (None, "1") and self.ranges[letter] is None:
                hint = f"declare sizes in digits, or write {sign}_{{{letter}=1}}"
                raise AdgraphError(
                    f"a sum from {start} on, where the sizes are not known or end before", token.span, hint
                )
        self.letters += letters
        body = self.expression(SUM)
        del self.letters[-len(letters) :]
        if limit is not None and self.ranges[letters[0]] is not None:
            limit = None  # which is kept by what is cut out
        self.ranges = outer
        attributes = (("indices", tuple(letters)), ("limit", limit))
        return self.builder.add(SUM_SIGNS[sign], (body,), None, None, self.since(first), Type((), attributes))

    def check_indexed(self, sign: str, letters: Sequence[str], summed: Sequence[Token]) -> None:
        """Raise AdgraphError for what has the index of a sum, and is one variable: y_n, defined or declared so."""
        for token in summed:
            letter = next((one for one in letters if token.kind == "name" and has_index(token.text, one)), None)
            if letter is not None and self.known.is_known(token.text):
                text = f"'{token.text}' is one variable, and the {_SIGN_WORDS.get(sign, 'sum')} is over {letter}"
                hint = (
                    f"say the limits in numbers, {sign}_{{{letter}=1}}^3; or declare what has entries without an index"
                )
                raise AdgraphError(text, token.span, hint)

    def extreme_over(self, token: Token, which: str, letters: list[str]) -> int:
        """max_i x_i, the largest of what is behind, up to a + or −; and min_i, max_{i,j}."""
        first = self.at - 1
        self.letters += letters
        body = self.expression(SUM)
        del self.letters[-len(letters) :]
        span = self.since(first)
        body = body if which == "max" else self.node("neg", (body,), span)
        made = self.builder.add(EXTREME, (body,), None, None, span, Type((), (("indices", tuple(letters)),)))
        return made if which == "max" else self.node("neg", (made,), span)

    def upper_limit(self) -> int | str:
        """n of sum_{i=1}^n."""
        token = self.take()
        if token.kind != "super":
            token = self.take()
            if token.kind in OPENING:
                token = self.take()
                if token.text in self.letters:
                    hint = "it is written out where the limits of its sums are known"
                    raise ManyIndicesError(f"a sum up to {token.text}", token.span, hint, [token.text])
                if self.next.text in ("+", "-") and self.ahead(1).text.isdecimal() and token.text.isdecimal():  # 5-1
                    sign, more = self.take().text, self.take().text
                    token = token.replace(text=str(int(token.text) + int(sign + more)))
                if self.next.kind != "close":
                    hint = "write sum_{i=1}^n, or sum_{i=1}^{n-1} where n = 5 is said"
                    raise AdgraphError("the limit of a sum is a number or a letter", token.span, hint)
                self.take()
        if token.text in self.letters:
            hint = "it is written out where the limits of its sums are known"
            raise ManyIndicesError(f"a sum up to {token.text}", token.span, hint, [token.text])
        if token.kind not in ("number", "name", "super"):
            raise AdgraphError("the limit of a sum is a number or a letter", token.span, "write sum_{i=1}^n")
        return int(token.text) if token.text.isdecimal() else token.text
