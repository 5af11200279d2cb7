"""A precedence-climbing (Pratt) parser of one equation, from tokens to a flat list of nodes with variables as inputs.

The text and the LaTeX frontend share it: LaTeX is brought into the same tokens. Brackets, sums and names have files of
their own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from typing import ClassVar

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import CONST
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import CONSTANTS, FUNCTIONS, ONLY_CALLED
from graphviz_ad.read.text.callables import head_params
from graphviz_ad.read.text.calls import Calls, is_word
from graphviz_ad.read.text.cursor import INFIX, POWER, PRODUCT, SUM, UNARY
from graphviz_ad.read.text.equation import Statement
from graphviz_ad.read.text.literals import number, percents
from graphviz_ad.read.text.tokens import CLOSED_BY, OPENING, Token
from graphviz_ad.read.text.vectors import bold_product, is_transpose, may_be_transposed, norm, transposed, two_ways

__all__ = ["PRODUCT", "SUM", "UNARY", "Parser"]

MAX_NESTING = 100
_NUMBERS = ("number", "index")


class Parser(Calls):
    """Reads one equation."""

    infixes: ClassVar[dict[str, tuple[str, int]]] = INFIX
    transposes = False  # whether x^T is read
    further: ClassVar[Collection[str]] = ()  # functions beside those of numbers, whose names may be of variables too

    # ---- statements

    def equation(self) -> Statement:
        signs = [token for token in self.outside_brackets() if token.text in ("=", "==")]
        if len(signs) > 1 or (signs and signs[0].text == "=="):
            doubled = signs[-1].text == "=="
            hint = "write =" if doubled else "write one equation a line, or ; between them"
            raise AdgraphError("an equation has one =", signs[-1].span, hint)
        params: tuple[Name, ...] | None = None
        name = None
        if signs:
            name, params = self.left_side()
        if self.next.kind == "end":
            raise AdgraphError("an expression is missing after =", signs[-1].span)
        root = self.expression(0)
        if self.next.kind != "end":
            raise self.unexpected(self.next)
        span = name.span if name else Span(self.tokens[0].span.start, self.tokens[-1].span.end)
        return Statement(Name(name.text) if name else None, span, tuple(self.builder.nodes), root, self.called, params)

    def outside_brackets(self) -> list[Token]:
        """The tokens that are in no bracket."""
        found, depth = [], 0
        for token in self.tokens:
            depth -= token.kind == "close"
            if depth == 0:
                found.append(token)
            depth += token.kind in OPENING
        return found

    def left_side(self) -> tuple[Token, tuple[Name, ...] | None]:
        """The variable that is defined; with its parameters where it is a function."""
        params = head_params(self.tokens)
        head = self.tokens[0].text
        known = (head in FUNCTIONS and head not in ONLY_CALLED) or (params is not None and head in self.further)
        if known and not self.reads_one_of(params or ()):  # cos(θ) = -1 is no definition of cos
            raise AdgraphError(
                f"'{head}' is a function and cannot be a variable too",
                self.tokens[0].span,
                "choose another name" if self.tokens[1].text == "=" else "write name = expression",
            )
        if params is not None:
            self.at = 3 + 2 * len(params)
            return self.tokens[0], tuple(Name(param.text) for param in params)
        self.refuse_derivative_on_the_left()
        name, after = self.take(), self.take()
        if name.kind == "partial":
            raise self.unexpected(name)
        if name.kind == "name" and after.text == "=":
            return name, None
        if name.kind == "name" and after.kind == "open":
            raise AdgraphError(
                "the left side is not a variable or a function of variables",
                name.span,
                f"write {name.text} = … or {name.text}(x) = …",
            )
        if name.text in ("=", "=="):
            hint = "write name = expression; if a shell took it, as it takes $y in double quotes: use single quotes"
            raise AdgraphError("the left side of an equation is missing", name.span, hint)
        raise AdgraphError("the left side of an equation is one variable", name.span, "write name = expression")

    def reads_one_of(self, params: Sequence[Token]) -> bool:
        """Whether the right side of a function's definition reads one of its parameters."""
        names = {param.text for param in params}
        return any(token.text in names for token in self.tokens[3 + 2 * len(params) :])

    def refuse_derivative_on_the_left(self) -> None:
        """Raise AdgraphError for dy/dx = …, which states a derivative and defines nothing."""
        self.at = 1
        self.refuse_derivative(self.tokens[0])
        self.at = 0

    # ---- expressions

    def expression(self, least: int) -> int:
        """An expression of operators that bind tighter than `least`."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise AdgraphError(
                f"this is nested more than {MAX_NESTING} deep",
                self.next.span,
                "give parts of it names of their own, in equations before it",
            )
        first = self.at
        left = self.operand()
        while (token := self.next).kind != "end":
            if token.kind == "super" or token.text == "^":
                left = self.power(left, first)
            elif token.kind in _BEHIND:
                left = _BEHIND[token.kind](self, left, first)
            elif (ended := self.ending(left, first)) is not None:
                left = ended
            elif token.text in self.infixes:
                op, binding = self.infixes[token.text]
                if binding <= least:
                    break
                left = self.infix(op, left, binding, first)
            elif self.begins_operand(token) and least < PRODUCT:
                if token.kind in _NUMBERS and self.tokens[self.at - 1].kind == "number":
                    from graphviz_ad.read.text.mistakes import two_numbers

                    raise two_numbers(self.tokens, self.at)
                self.note_implied(left, token)
                right = self.expression(PRODUCT)
                left = self.implied(left, right, first)
            else:
                break
        self.depth -= 1
        return left

    def ending(self, left: int, first: int) -> int | None:
        """An operand with a sign behind it that belongs to it, such as a transpose; None where there is none."""
        return None

    def infix(self, op: str, left: int, binding: int, first: int) -> int:
        self.take()
        literal = self.tokens[self.at - 2].kind in _NUMBERS and self.next.kind in _NUMBERS
        right = self.expression(binding)
        a, b = self.of(left).value, self.of(right).value
        if op == "div" and literal and isinstance(a, int) and isinstance(b, int) and b:
            return self.number(Fraction(a, b), self.since(first))  # 1/2 is one exact number
        return self.multiplied(left, right, first) if op == "mul" else self.joined(op, left, right, first)

    def implied(self, left: int, right: int, first: int) -> int:
        """A product without a sign."""
        return self.multiplied(left, right, first)

    def multiplied(self, left: int, right: int, first: int) -> int:
        """A product of numbers; one of bold letters is none."""
        names = self.of(left).name, self.of(right).name
        if not all(name is None or name.isascii() for name in names):
            error = bold_product(*names, self.since(first))
            if error is not None:
                raise error
        return self.joined("mul", left, right, first)

    def power(self, base: int, first: int) -> int:
        token = self.take()
        if token.kind == "super":
            return self.joined("pow", base, self.superscript(token), first)
        before = self.tokens[self.at - 2]
        if not self.transposes and before.kind in ("name", "close"):
            self.refuse_transpose(before)
            self.refuse_labelled_transpose(before)
        return self.joined("pow", base, self.expression(POWER - 1), first)

    def refuse_transpose(self, before: Token) -> None:
        """Raise AdgraphError for x^T, x^{T} and (x - y)^T, where nothing says that T is a number; and for w^t x."""
        base = before.text if before.kind == "name" else "("
        braced = self.next.text == "{" and self.ahead(2).kind == "close"
        letter, after = self.ahead(braced), self.ahead(1 + 2 * braced)
        known = self.callables.variables | self.callables.apart
        if is_transpose(base, letter.text, known) and after.text != "^" and before.text not in CONSTANTS:
            span = Span(self.tokens[self.at - 1].span.start, self.ahead(2 * braced).span.end)
            raise transposed(span, f"{base}^(T)" if before.kind == "name" else "")
        behind = self.ahead(1 + 2 * braced)
        is_factor = behind.kind == "name" and behind.text not in FUNCTIONS
        if is_factor and may_be_transposed(base, letter.text, known):
            raise two_ways(base, letter.text, Span(before.span.start, self.ahead(2 * braced).span.end))

    def refuse_labelled_transpose(self, before: Token) -> None:
        """Raise AdgraphError for w^{[1]T} and W^{(1)T}."""
        label = self.ahead(1)
        if before.kind != "name" or before.text in CONSTANTS or self.next.kind not in OPENING:
            return
        inner = self.closing(self.at + 1)
        if label.text not in ("[", "(") or (label.text == "(" and inner > self.at + 3):
            return
        behind = [token.text for token in self.tokens[inner + 1 : inner + 3]]
        if behind[:1] == ["T"] and behind[1:] in (["}"], [")"]):
            raise transposed(Span(self.next.span.start, self.tokens[inner + 2].span.end))

    def positive_part(self, base: int, first: int) -> int:
        """(x)^+ and [x]_+: x where it is positive, else 0."""
        self.take()
        return self.node("relu", (base,), self.since(first))

    def percent(self, base: int, first: int) -> int:
        """15%: hundredths of a number."""
        value = self.of(base).value
        sign, behind = self.next, self.ahead(1)
        plain = sign.text == "%"  # of text, where 7 % 2 is a remainder in many languages
        remainder = behind.kind == "number" or (plain and (not sign.close or (behind.kind == "name" and behind.close)))
        if value is None or self.tokens[self.at - 1].kind != "number" or remainder:
            raise self.unexpected(sign)
        self.take()
        return self.number(percents(value), self.since(first))

    def degrees(self, base: int, first: int) -> int:
        """30°, an angle."""
        self.take()
        value = self.of(base).value
        pi = self.node(CONSTANTS["pi"].name, (), self.since(first))
        if isinstance(value, (int, Fraction)):
            return self.joined("mul", self.number(Fraction(value, 180), self.since(first)), pi, first)
        half = self.joined("div", pi, self.number(180, self.since(first)), first)
        return self.joined("mul", base, half, first)

    def operand(self) -> int:
        token = self.take()
        if token.kind in _NUMBERS:
            if self.is_indicator(token):
                return self.indicator(token)
            return self.number(number(token), token.span)
        if token.kind == "name":
            return self.named(token)
        if token.kind in OPENING:
            return self.inside(token)
        if token.kind == "bar":
            return self.absolute(token)
        if token.kind == "based":
            return self.logarithm(token)
        if token.kind == "indexed":
            return self.indexed(token)
        if token.kind == "indicator":
            return self.indicator(token)
        if token.kind == "norm":
            raise norm(token.span)
        if token.text in ("+", "-"):
            return self.signed(token)
        raise self.unexpected(token)

    def signed(self, sign: Token) -> int:
        first, literal = self.at - 1, self.next.kind == "number"
        body = self.expression(UNARY)
        if sign.text == "+":
            return body
        span = self.since(first)
        value = self.of(body).value
        if literal and value is not None:
            return self.number(-value, span)
        return self.node("neg", (body,), span)

    # ---- what is said to the reader

    def note_implied(self, left: int, token: Token) -> None:
        """Say so where a reading may not be the one that is meant: behind a quotient, and behind a word."""
        node, before = self.of(left), self.tokens[self.at - 1]
        divided = node.op == "div" or (node.op == CONST and isinstance(node.value, Fraction))
        half = node.op == CONST and not token.close  # 1/2 x
        if divided and left not in self.bracketed and not half:
            text = f"{token.text}…{CLOSED_BY.get(token.text, '')}" if token.kind in OPENING else token.text
            self.notes.append(
                f"'{text}' behind a quotient multiplies it; for the denominator write brackets: a/(b {text})"
            )
        elif before.kind == "name" and is_word(before.text) and token.kind in ("name", "number"):
            self.notes.append(f"'{before.text} {token.text}' is read as the product {before.text}*{token.text}")


# What stands behind an operand and belongs to it, by the kind of its token.
_BEHIND: dict[str, Callable[[Parser, int, int], int]] = {
    "positive": Parser.positive_part,
    "percent": Parser.percent,
    "degree": Parser.degrees,
}
