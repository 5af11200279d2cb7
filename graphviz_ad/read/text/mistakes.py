"""What is said of a token that cannot stand where it does."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.read.text.tokens import Token
from graphviz_ad.read.text.vectors import SIGNS, literal, multiplied, norm

_COMPARED = frozenset({">", "<", ">=", "<=", "!="})


def unexpected(token: Token, before: Token, after: Token) -> AdgraphError:
    """The error of a token, by those beside it."""
    if token.kind == "end":
        return AdgraphError("the equation ends too early", token.span, "an operand is missing behind this")
    if token.kind == "comma":
        return _comma(token, before, after)
    if token.text == ">" and token.close and before.text in ("-", "="):
        place = Span(before.span.start, token.span.end)
        return AdgraphError("an arrow is not an equation", place, "write name = expression, f(x) = expression")
    if token.text == "<" and after.text == "-" and after.close:
        return AdgraphError("an arrow is not an equation", Span(token.span.start, after.span.end), "write =")
    if token.text in _COMPARED:
        hint = "write [x > 0], which is 1 where it holds and else 0; or max, min, relu, abs"
        return AdgraphError(f"a comparison '{token.text}' outside square brackets", token.span, hint)
    if token.text in ("=", "=="):
        return AdgraphError("unexpected '='", token.span, "write name = expression")
    if token.kind == "partial":
        hint = "give the equations alone; a derivative of your own is checked: adgraph check --claim"
        return AdgraphError("a derivative is not read", token.span, hint)
    if token.kind == "dots":
        hint = "write every term, or what is clear: x_1 + x_2 + ... + x_5; or sum_{i=1}^5 x_i"
        return AdgraphError("an ellipsis is not read here", token.span, hint)
    if token.kind == "percent":
        return AdgraphError("a remainder is not read", token.span, "for 5 percent write 5%, or 5/100")
    if token.kind == "degree":
        return AdgraphError("a degree sign without a number", token.span, "write 30°, or an angle in brackets: (x)°")
    if token.text in SIGNS:
        return multiplied(token.text, token.span)
    if token.kind == "norm":
        return norm(token.span)
    if token.text == "/" and before.text == "/":
        return AdgraphError("'//' is not read", token.span, "write / for a quotient; a rounded one has no derivative")
    if token.text == "^" and (before.text in ("=", "^") or before.kind == "end"):
        hint = "if a shell took what is raised, as it takes $x in double quotes: use single quotes"
        return AdgraphError("unexpected '^'", token.span, hint)
    if token.kind in ("close", "bar"):
        return AdgraphError(f"an operand is missing before '{token.text}'", token.span)
    return AdgraphError(f"unexpected '{token.text}'", token.span, "an operand is missing before it")


def _comma(token: Token, before: Token, after: Token) -> AdgraphError:
    if token.text != ",":
        return AdgraphError(f"a '{token.text}' within brackets".replace("\n", "line end"), token.span,
                            "close the bracket before it, or write a comma between arguments")  # fmt: skip
    if before.kind == after.kind == "number" and token.close and after.close:
        point = f"{before.text}.{after.text}"
        hint = f"write a decimal point, {point}, and nothing between thousands"
        return AdgraphError(f"a ',' between '{before.text}' and '{after.text}'", token.span, hint)
    return AdgraphError("unexpected ','", token.span, "write ; or a new line between equations")


def in_brackets(opening: Token, token: Token) -> AdgraphError:
    """The error of a comma or a semicolon in square brackets: a vector, a matrix. In a language whose cases are turned
    about, the bracket may stand behind it."""
    return literal(Span(min(opening.span.start, token.span.start), max(opening.span.end, token.span.end)))


def two_numbers(tokens: Sequence[Token], at: int) -> AdgraphError:
    """The error of a number behind another: in square brackets they are entries, [1 2; 3 4]."""
    depth = 0
    for token in reversed(tokens[:at]):
        depth += token.nesting
        if depth > 0:
            if token.text == "[":
                return literal(Span(token.span.start, tokens[at].span.end))
            break
    return AdgraphError("two numbers in a row", tokens[at].span, "write a sign between them")
