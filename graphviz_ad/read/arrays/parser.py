"""Equations of vectors and matrices: the parser of equations with their products, transposes, norms and functions."""

from __future__ import annotations

import re
from typing import ClassVar

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import CONST, Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import ONES
from graphviz_ad.read.arrays.calls import ARRAY_FUNCTIONS, BARE
from graphviz_ad.read.arrays.index_sums import SUM_SIGNS, IndexedSums
from graphviz_ad.read.arrays.terms import BARS, COLUMNS, DOT, ODIV, ODOT, OUTER, OVER, RAISED, SIZED, STAR
from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_letters
from graphviz_ad.read.text.definitions import Callables
from graphviz_ad.read.text.equation import Statement
from graphviz_ad.read.text.parser import PRODUCT, SUM, UNARY, Parser
from graphviz_ad.read.text.tokens import OPENING, Token

ELEMENTWISE = (PRODUCT + SUM) // 2  # binds weaker than a product, stronger than a sum

_TRANSPOSED = frozenset(("T", "⊤", "ᵀ", "𝖳"))


class ArrayParser(IndexedSums):
    """Reads one equation of a source that declares shapes."""

    infixes: ClassVar[dict[str, tuple[str, int]]] = {
        **Parser.infixes,
        "*": (STAR, PRODUCT),
        "·": (DOT, PRODUCT),
        "@": ("matmul", PRODUCT),
        "⊙": (ODOT, ELEMENTWISE),
        "⊘": (ODIV, ELEMENTWISE),
        "⊗": (OUTER, PRODUCT),
    }
    side_by_side = "matmul"

    def __init__(self, tokens: list[Token], callables: Callables, notes: list[str], known: Vocabulary) -> None:
        super().__init__(tokens, callables, notes)
        self.known = known
        self.norms = 0  # how many ‖ are open
        self.within = ""  # what is defined
        self.letters: list[str] = []  # the indices that are summed over here, or stand on the left side

    def equation(self) -> Statement:
        if len(self.tokens) > 1 and self.tokens[0].kind == "name" and self.tokens[1].text == "=":
            self.within = self.tokens[0].text
            over = self.known.over(Name(self.within), self.tokens)
            self.letters = index_letters(over.indices) if over is not None else []
        found = super().equation()
        over = self.known.over(found.name, self.tokens) if found.name is not None else None
        if over is None or found.params is not None:
            return found
        type_of = Type((), (("indices", tuple(index_letters(over.indices))),))
        root = self.builder.add(OVER, (found.root,), None, None, found.span, type_of)
        return found.replace(name=Name(over.of), nodes=tuple(self.builder.nodes), root=root)

    # ---- transposes

    def power(self, base: int, first: int) -> int:
        self.apart()
        if self.next.text == "^" and (taken := self.transposition()):
            inverse, count = taken
            self.at += count
            if self.is_one(base):
                base = self.ones_at(first)
            if inverse:
                base = self.node("inv", (base,), self.since(first))
            return self.node("transpose", (base,), self.since(first))
        return super().power(base, first)

    def apart(self) -> None:
        """The x of x^Tx as a factor behind the transpose, where nothing is called Tx."""
        token = self.ahead(1)
        rest = token.text[1:]
        begins = token.kind == "name" and token.text[0] == "T" and not self.known.is_known(token.text)
        if begins and self.known.is_known(rest) and self.is_transpose(token.replace(text="T")):
            start, end = token.span
            sign = token.replace(text="T", span=Span(start, start + 1))
            two = [sign, token.replace(text=rest, span=Span(start + 1, end))]
            self.tokens = [*self.tokens[: self.at + 1], *two, *self.tokens[self.at + 2 :]]

    def is_one(self, index: int) -> bool:
        """Whether a node is the number 1, whose transpose is that of a vector of ones."""
        return self.builder.nodes[index].op == CONST and self.builder.nodes[index].value == 1

    def ones_at(self, first: int) -> int:
        return self.context_sized(ONES, self.tokens[first], 1)

    def transposition(self) -> tuple[bool, int] | None:
        """Whether what stands above is the sign of a transpose, and of an inverse too, X^-T; and how many tokens."""
        at = 1
        bracket = self.ahead(at).kind in OPENING
        at += bracket
        inverse = self.ahead(at).text == "-"
        at += inverse
        if not self.is_transpose(self.ahead(at)):
            return None
        at += 1
        if bracket and self.ahead(at).kind != "close":
            return None
        return inverse, at + bracket

    def is_transpose(self, token: Token) -> bool:
        """Whether what stands above is the sign of a transpose, which a number T is not, but where it is defined."""
        if token.text not in _TRANSPOSED:
            return False
        return token.text != "T" or self.within == "T" or self.known.is_array("T") or not self.known.is_known("T")

    def ending(self, left: int, first: int) -> int | None:
        token = self.next
        if token.kind != "array":
            return None
        if token.text in _TRANSPOSED:
            left = self.ones_at(first) if self.is_one(left) else left
            self.take()
            return self.node("transpose", (left,), self.since(first))
        if token.text == ".^":
            self.take()
            return self.joined(RAISED, left, self.expression(UNARY), first)
        if token.text.startswith("_"):  # (X w)_i
            self.take()
            return self.entry(left, token.text[1:].strip("{}"), self.since(first))
        return None

    # ---- norms and brackets

    def operand(self) -> int:
        if self.next.text.startswith("‖") and self.next.kind == "array":
            return self.norm(self.take())
        return super().operand()

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
        if opening.text != "[":
            norms, self.norms = self.norms, 0
            body = super().inside(opening)
            self.norms = norms
            return body
        bars, self.bars = self.bars, 0
        norms, self.norms = self.norms, 0
        first = self.at
        rows = [self.row()]
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
        body = self.stacked([self.beside(row, span) for row in rows], span)
        self.bracketed.add(body)
        return body

    def row(self) -> list[int]:
        found = [self.expression(0)]
        while self.next.kind == "comma":
            self.take()
            found.append(self.expression(0))
        return found

    def beside(self, parts: list[int], span: Span) -> int:
        made = parts[0]
        for part in parts[1:]:
            made = self.node(COLUMNS, (made, part), span)
        return made

    def stacked(self, parts: list[int], span: Span) -> int:
        made = parts[0]
        for part in parts[1:]:
            made = self.node("vcat", (made, part), span)
        return made

    # ---- names

    def named(self, token: Token) -> int:
        text = token.text
        known = self.known.is_known(text)
        before_bracket = self.next.kind == "open" and self.next.close
        if not known and text.partition("_")[0] in SUM_SIGNS and "_" in text:
            return self.sum_over(token)
        if not known and (over := re.fullmatch(r"(max|min)_(?:\{\s*(\w)\s*\}|(\w))", text)):
            return self.extreme_over(token, over[1], over[2] or over[3])
        if text in ARRAY_FUNCTIONS and not known and (before_bracket or text in BARE):
            return self.function_of_arrays(token)
        if text in ARRAY_FUNCTIONS and not known and self.begins_operand(self.next) and not before_bracket:
            raise AdgraphError(f"'{text}' needs brackets here", token.span, f"write {text}(x)")
        if text in ("max", "min") and not known and before_bracket and not self.has_comma():
            return self.extreme(token)
        if text == "log" and not known and self.next.text == "det":
            return self.function_of_arrays(self.take().replace(text="logdet"))
        if not known and text in (ONES, "zeros") and before_bracket:
            return self.filled(token)
        if not known and text in ("𝟏", "𝟎"):
            return self.context_sized(ONES, token, 1, zero=text == "𝟎")
        if not known and (text in ("I", "𝐈", "𝑰") or (text in ("eye", "identity") and before_bracket)):
            return self.identity(token)
        if not known and (sized := re.fullmatch(SIZED, text)):
            return self.of_size(token, sized[1], sized[2])
        bare = text.rstrip("'")
        if bare != text and not known and self.is_whole(bare):
            base = self.variable(token.replace(text=bare))
            for _ in range(len(text) - len(bare)):
                base = self.node("transpose", (base,), token.span)
            return base
        element = self.known.element(text, self.within)
        if element is not None and not self.callables.find(token):
            return self.entry(self.variable(token.replace(text=element.of)), element.indices, token.span)
        missing = self.known.indexed_by(text, self.letters) if self.letters and not known else None
        if missing is not None:
            message = f"'{text}' has an index, and '{missing.of}' has no shape"
            raise AdgraphError(message, token.span, f"declare it, {missing.of}: vector, or {text}: scalar")
        return super().named(token)

    def is_product(self, token: Token) -> bool:
        """Whether a name before a bracket is a factor: what has a shape is."""
        return self.known.is_known(token.text) or super().is_product(token)

    def is_raised_call(self, token: Token) -> bool:
        """Whether a name is a function before a power and a bracket, sin^2(x); what has a shape is none, H^⊤(Y − T)."""
        return not self.known.is_known(token.text) and super().is_raised_call(token)

    def is_whole(self, text: str) -> bool:
        """Whether a name has a shape, as far as is known; x' is its transpose then."""
        return self.known.is_array(text) or (self.known.is_known(text) and not self.known.is_declared(text))

    def refuse_index(self, name: Token) -> None:
        if not self.known.is_known(name.text) or self.next.text == "[":
            super().refuse_index(name)

    def note_implied(self, left: int, token: Token) -> None:
        if token.kind != "array" and not token.text.startswith("sum_"):
            super().note_implied(left, token)

    def absolute(self, opening: Token) -> int:
        body = super().absolute(opening)
        return self.node(BARS, self.builder.nodes[body].args, self.since(self.tokens.index(opening)))
