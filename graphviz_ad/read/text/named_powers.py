"""Variables that are called a power: σ^2 = 1/n sum_i (x_i - μ)^2 defines σ², and what reads σ^2 reads that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphviz_ad.core.errors import Span
from graphviz_ad.read.text.nesting import replaced
from graphviz_ad.read.text.tokens import OPENING, Token


def with_named_powers(statements: Sequence[list[Token]]) -> list[list[Token]]:
    """The statements with one name for each power that a left side is, where its base stands nowhere by itself."""
    defined = {key for statement in statements if (key := _defined(statement)) is not None}
    if not defined:
        return list(statements)
    alone = {text for statement in statements for text in _alone(statement, defined)}
    named = {key for key in defined if key[0] not in alone}
    return [_renamed(statement, named) for statement in statements]


def _power(tokens: Sequence[Token], at: int) -> tuple[str, str, int] | None:
    """The base, the exponent and the number of tokens of a power that begins here: x^2, x^{2}, x²."""
    if at + 1 >= len(tokens) or tokens[at].kind != "name":
        return None
    base, sign = tokens[at].text, tokens[at + 1]
    if sign.kind == "super" and sign.text.isdecimal():
        return base, sign.text, 2
    if sign.text != "^" or at + 2 >= len(tokens):
        return None
    bracket = tokens[at + 2].kind in OPENING
    number = tokens[at + 2 + bracket] if at + 2 + bracket < len(tokens) else sign
    if number.kind not in ("number", "index") or not number.text.isdecimal():
        return None
    return base, number.text, 3 + 2 * bracket


def _defined(statement: Sequence[Token]) -> tuple[str, str] | None:
    """The power that a left side is."""
    found = _power(statement, 0)
    if found is None or found[2] >= len(statement) or statement[found[2]].text != "=":
        return None
    return found[0], found[1]


def _alone(statement: Sequence[Token], defined: set[tuple[str, str]]) -> Iterable[str]:
    """The names that stand here otherwise than as one of the powers."""
    for at, token in enumerate(statement):
        found = _power(statement, at)
        if token.kind == "name" and (found is None or found[:2] not in defined):
            yield token.text


def _renamed(statement: Sequence[Token], named: set[tuple[str, str]]) -> list[Token]:
    def power(at: int) -> tuple[list[Token], int] | None:
        found = _power(statement, at)
        if found is None or found[:2] not in named:
            return None
        (base, exponent, count), first = found, statement[at]
        span = Span(first.span.start, statement[at + count - 1].span.end)
        return [first.replace(text=f"{base}^{{{exponent}}}", span=span)], at + count

    return replaced(statement, power)
