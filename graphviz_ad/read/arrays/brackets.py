"""What brackets hold among vectors and matrices: blocks, norms, inner products, indices."""

from __future__ import annotations

from functools import reduce

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import CONST
from graphviz_ad.read.arrays.entries_in_brackets import indices_in, note_counting
from graphviz_ad.read.arrays.index_sums import IndexedSums
from graphviz_ad.read.arrays.terms import COLUMNS, INNER
from graphviz_ad.read.text.tokens import Token


class ArrayBrackets(IndexedSums):
    """Reads what stands in brackets."""

    norms = 0  # how many ‖ are open

    def transposition(self) -> tuple[bool, int] | None:
        """Whether what stands above is the sign of a transpose, and of an inverse too; and how many tokens."""
        raise NotImplementedError

    def operand(self) -> int:
        if self.next.text.startswith("‖") and self.next.kind == "array":
            return self.norm(self.take())
        if self.next.text == "<" and self.next.kind == "operator":
            return self.inner(self.take())
        return super().operand()

    def inner(self, opening: Token) -> int:
        """⟨x, y⟩, whose left bracket is taken."""
        norms, self.norms = self.norms, 0
        left = self.expression(0)
        comma = self.take()
        right = self.expression(0) if comma.kind == "comma" else left
        self.norms = norms
        if comma.kind != "comma" or self.next.text != ">":
            raise AdgraphError(
                f"'{opening.text}' opens no inner product", opening.span, "write <x, y>; or [x > 0] for a condition"
            )
        self.take()
        if self.next.text in ("_F", "_{F}"):  # of Frobenius
            self.take()
        return self.node(INNER, (left, right), Span(opening.span.start, self.tokens[self.at - 1].span.end))

    def indices_in_brackets(self) -> str:
        """The indices of x[1] and W[i, j], which are taken with their brackets; "" where something else is in these."""
        inside = self.tokens[self.at + 1 : self.closing(self.at)]
        found = indices_in(inside, lambda text: text in self.letters)
        if found:
            self.at += len(inside) + 2
            note_counting(found, self.notes)
        return ",".join(found)

    def begins_operand(self, token: Token) -> bool:
        if token.kind == "array" and token.text.startswith("‖"):
            return not self.norms
        return super().begins_operand(token)

    def norm(self, opening: Token) -> int:
        """‖x‖, the Euclidean norm, that of Frobenius of a matrix; ‖x‖_1, the sum of the magnitudes."""
        self.norms += 1
        body = self.expression(0)
        self.norms -= 1
        closing = self.next
        if not (closing.kind == "array" and closing.text.startswith("‖")):
            raise AdgraphError("'‖' is never closed", opening.span, "write ||x|| or norm(x)")
        self.take()
        return self.normed(body, closing.text[1:].strip("_{}"), Span(opening.span.start, closing.span.end), closing)

    def inside(self, opening: Token) -> int:
        """What stands in brackets: [x; h] one below the other, [A, B] beside each other."""
        if opening.text != "[" and not self.is_tuple():
            norms, self.norms = self.norms, 0
            body = super().inside(opening)
            self.norms = norms
            return body
        bars, self.bars = self.bars, 0
        norms, self.norms = self.norms, 0
        first = self.at
        listed = self.has_rows_in_brackets()
        rows = [self.row()] if not listed else [[entry] for entry in self.row()]  # [[1, 2], [3, 4]]
        if self.next.text in (">", ">=", "<", "<=") and len(rows[0]) == 1:
            rows = [[self.comparison(rows[0][0], first)]]
        while self.next.kind == "row":
            self.take()
            rows.append(self.row())
        self.bars, self.norms = bars, norms
        if self.next.kind != "close":
            raise self.unexpected(self.next if self.next.kind != "end" else opening)
        self.take()
        span = Span(opening.span.start, self.tokens[self.at - 1].span.end)
        counts = [len(row) for row in rows]
        if len(set(counts)) > 1 and all(self.of(entry).op == CONST for row in rows for entry in row):
            text = f"rows of {counts[0]} and of {next(c for c in counts if c != counts[0])} numbers"
            raise AdgraphError(text, span, "each row of a matrix has as many")
        lines = [reduce(lambda made, part: self.node(COLUMNS, (made, part), span), row) for row in rows]
        body = reduce(lambda made, part: self.node("vcat", (made, part), span), lines)
        self.bracketed.add(body)
        return body

    def is_tuple(self) -> bool:
        """Whether numbers stand in round brackets as a column, (x_1, x_2)^T, whose left one is taken."""
        inside, self.at = self.at, self.closing(self.at - 1) + 1
        turned = self.next.text == "⊤" or (self.next.text == "^" and self.transposition() is not None)
        self.at = inside
        return turned and self.has_at_depth((",",), inside - 1)

    def has_rows_in_brackets(self) -> bool:
        """Whether all that stands in brackets, whose left one is taken, is lists of as many entries, as in Python."""
        counts: list[int] = []
        at = self.at
        while at < len(self.tokens) and self.tokens[at].text == "[":
            end = self.closing(at)
            if any(token.kind == "row" for token in self.tokens[at:end]):
                return False
            counts.append(sum(self.is_comma_of(place, at) for place in range(at, end)))
            at = end + 1
            if at < len(self.tokens) and self.tokens[at].kind == "close":
                if len(set(counts)) > 1:
                    text = f"rows of {min(counts) + 1} and of {max(counts) + 1} entries in one array"
                    hint = "each row has as many; blocks are written [A, B; C, D]"
                    raise AdgraphError(text, self.tokens[self.at - 1].span, hint)
                return len(counts) > 1
            at += at < len(self.tokens) and self.tokens[at].kind == "comma"
        return False

    def is_comma_of(self, place: int, opening: int) -> bool:
        """Whether a comma parts what stands in these brackets, and not in others within."""
        depth = sum(token.nesting for token in self.tokens[opening:place])
        return self.tokens[place].kind == "comma" and depth == 1

    def row(self) -> list[int]:
        found = [self.expression(0)]
        while self.next.kind == "comma":
            self.take()
            found.append(self.expression(0))
        return found
