"""Derivatives among the tokens of a claim: dL/dw, d^2z/dx^2, ∂²L/(∂w ∂b), d/dx z, y'. Each becomes one name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import MAX_ORDER, DerivativeName, Name, Parts
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.nesting import order_at, replaced
from graphviz_ad.read.text.tokens import END, OPENING, Token, stand_in

_ABOVE = re.compile(r"d(?P<order>[2-8])(?P<of>\D.*)")
_BELOW = re.compile(r"d(?P<by>.*\D)(?P<order>[2-8])")


class _Above(Record):
    """What stands above: the symbol, its order, of which variable (None for d/dx), and the place behind it."""

    symbol: str
    order: int
    of: Name | None
    end: int


class DerivativeReader:
    """Finds derivatives of the variables of a system in the tokens of one claim. `known` has the variables by their
    keys; `refuse` raises the error of a name that is none; `only` is the input where there is one alone, for y'."""

    def __init__(self, known: Mapping[Parts, Name], refuse: Callable[[str, Span], AdgraphError], only: Name | None):
        self.known, self.refuse, self.only = known, refuse, only
        self.tokens: Sequence[Token] = ()
        self.found: dict[str, DerivativeName] = {}

    def named(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with one name in brackets in the place of each derivative; `found` says what these stand for."""
        self.tokens = tokens
        return replaced(tokens, self._derivative)

    def _derivative(self, at: int) -> tuple[list[Token], int] | None:
        found = self._operator(at) or self._quotient(at) or self._primes(at)
        if found is None:
            return None
        name, end = found
        self.found[str(name)] = name
        return stand_in(str(name), self.tokens[at:end]), end

    def _token(self, at: int) -> Token:
        return self.tokens[at] if at < len(self.tokens) else END

    # ---- dL/dw

    def _quotient(self, at: int) -> tuple[DerivativeName, int] | None:
        """A derivative as a quotient of differentials."""
        above = self._above(at)
        if above is None or above.of is None or self._token(above.end).text != "/":
            return None
        below = self._below(above.end + 1, above.order)
        return None if below is None else (self._made(above, above.of, below[0], at, below[1]), below[1])

    def _operator(self, at: int) -> tuple[DerivativeName, int] | None:
        """A derivative as d/dx before what it differentiates."""
        grouped = self._token(at).kind in OPENING
        above = self._above(at + grouped)
        if above is None or above.of is not None or self._token(above.end).text != "/":
            return None
        below = self._below(above.end + 1, above.order)
        if below is None:
            return None
        wrts, end = below
        if grouped:
            if self._token(end).kind != "close":
                return None
            end += 1
        inside = self._token(end).kind in OPENING and self._token(end + 2).kind == "close"
        name = self._token(end + inside)
        if name.kind != "name":
            raise AdgraphError("a derivative of an expression is not read", name.span, "write it of a variable: dz/dx")
        last = end + 1 + 2 * inside
        return self._made(above, self._variable(name.text, name.span), wrts, at, last), last

    def _made(self, above: _Above, of: Name, wrts: Sequence[Name], at: int, end: int) -> DerivativeName:
        if above.order != len(wrts):
            span = Span(self.tokens[at].span.start, self.tokens[end - 1].span.end)
            message = f"this derivative has order {above.order} above and {len(wrts)} below"
            raise AdgraphError(message, span, "write d^2z/dx^2")
        return DerivativeName(above.symbol, of, tuple(wrts))

    def _above(self, at: int) -> _Above | None:
        if self._token(at).kind in OPENING:
            inner = self._above(at + 1)
            if inner is None or self._token(inner.end).kind != "close":
                return None
            return inner.replace(end=inner.end + 1)
        token = self._token(at)
        if token.kind == "partial" or token.text == "d":
            symbol = "∂" if token.kind == "partial" else "d"
            try:
                order, end = order_at(self.tokens, at + 1)
            except AdgraphError:
                if symbol == "d" and self._found("d") is not None:  # a variable, transposed: d dᵀ
                    return None
                raise
            if self._token(end).text == "/" or self._token(end).kind == "close":
                return _Above(symbol, order, None, end)
            if self._token(end).kind != "name" or not self._is_below(end):
                return None
            of, end = self._name(end)
            return _Above(symbol, order, of, end)
        if self._is_differential(token) and self._is_below(at):
            found = _ABOVE.fullmatch(token.text)  # d2z, which is typed for d²z
            typed = self._found(found["of"]) if found is not None and self._found(token.text[1:]) is None else None
            if found is not None and typed is not None:
                return _Above("d", int(found["order"]), typed, at + 1)
            return _Above("d", 1, self._variable(token.text[1:], token.span), at + 1)
        return None

    def _is_below(self, at: int) -> bool:
        """Whether what stands here is above a differential."""
        end = at + 1
        while self._token(end).kind in ("name", "close"):  # a name of several letters, in LaTeX
            end += 1
        if self._token(end).text != "/":
            return False
        end += 1
        end += self._token(end).kind in OPENING
        token, after = self._token(end), self._token(end + 1)
        return self._is_differential(token) or ((token.kind == "partial" or token.text == "d") and after.kind == "name")

    def _is_differential(self, token: Token) -> bool:
        """Whether a name is d and a variable, and no variable itself."""
        return (
            token.kind == "name" and token.text[:1] == "d" and len(token.text) > 1 and self._found(token.text) is None
        )

    def _below(self, at: int, order: int) -> tuple[list[Name], int] | None:
        if self._token(at).kind in OPENING:
            inner = self._below(at + 1, MAX_ORDER + 1)
            if inner is None or self._token(inner[1]).kind != "close":
                return None
            return inner[0], inner[1] + 1
        wrts: list[Name] = []
        while len(wrts) < order:
            start = at + (bool(wrts) and self._token(at).text in ("/", "*"))
            token = self._token(start)
            if (token.kind == "partial" or token.text == "d") and self._token(start + 1).kind == "name":
                wrt, end = self._name(start + 1)
            elif self._is_differential(token):
                typed = self._typed_below(token)
                if typed:
                    wrts += typed
                    at = start + 1
                    continue
                wrt, end = self._variable(token.text[1:], token.span), start + 1
            else:
                break
            times, at = order_at(self.tokens, end)
            wrts += [wrt] * min(times, MAX_ORDER + 1)
        return (wrts, at) if wrts else None

    def _typed_below(self, token: Token) -> list[Name]:
        """What dy2 and dxdy are by, as they are typed for dy² and dx dy; nothing where these are names."""
        if self._found(token.text[1:]) is not None:
            return []
        power = _BELOW.fullmatch(token.text)
        if power is not None and (wrt := self._found(power["by"])) is not None:
            return [wrt] * int(power["order"])
        first, second = (self._found(part) for part in [*token.text[1:].split("d", 1), ""][:2])
        return [first, second] if first is not None and second is not None else []

    # ---- y'

    def _primes(self, at: int) -> tuple[DerivativeName, int] | None:
        """y', y'' or y'(x), where y is a variable and there is one input."""
        token = self._token(at)
        bare = token.text.rstrip("'")
        order = len(token.text) - len(bare)
        if token.kind != "name" or not order or self._found(token.text) is not None:
            return None
        of = self._found(bare)
        if of is None:
            return None
        if self.only is None:
            hint = f"say by which variable: d {bare}/d…" if len(bare) > 1 else f"say by which variable: d{bare}/d…"
            raise AdgraphError(f"'{token.text}' may be a derivative by several inputs", token.span, hint)
        called = self._token(at + 1).kind == "open" and self._token(at + 3).kind == "close"
        argument = called and self._found(self._token(at + 2).text) == self.only
        return DerivativeName("d", of, (self.only,) * min(order, MAX_ORDER)), at + (4 if argument else 1)

    # ---- variables

    def _name(self, at: int) -> tuple[Name, int]:
        """The variable that one token is or, in LaTeX, several letters in a row, and the place behind it."""
        first = self._token(at)
        if (found := self._found(first.text)) is not None:
            return found, at + 1
        word, end = first.text, at + 1
        while self._token(end).kind == "name" and self._token(end).span.start == self._token(end - 1).span.end:
            word += self._token(end).text
            end += 1
            if (found := self._found(word)) is not None:
                return found, end
        raise self.refuse(word, Span(first.span.start, self._token(end - 1).span.end))

    def _variable(self, text: str, span: Span) -> Name:
        found = self._found(text)
        if found is None:
            raise self.refuse(text, Span(span.end - len(text), span.end))
        return found

    def _found(self, text: str) -> Name | None:
        name = Name(text)
        return self.known.get(name.key) or self.known.get(name.loose_key)
