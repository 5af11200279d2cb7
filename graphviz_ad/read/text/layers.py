"""Layers with plain numbers above them, as Nielsen writes them: W^1, a^2, and a^l = σ(W^l a^{l-1} + b^l), l = 1..3."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from graphviz_ad.core.errors import Span
from graphviz_ad.core.names import Name
from graphviz_ad.core.patterns import pattern
from graphviz_ad.read.text.nesting import replaced
from graphviz_ad.read.text.tokens import OPENING, Token

_LAYER = pattern(r"\d{1,3}|([a-zℓ])(?:[-+]\d{1,3})?|[A-SU-Z]")


def with_layers(
    statements: Sequence[list[Token]], declared: Iterable[Name], indices: Iterable[str]
) -> list[list[Token]]:
    """The statements with one name for each layer: what stands above a name that is declared so, W^1, or above one on
    a left side that has one of these indices above it, a^l, is no power there; nor is what has 1 above it then."""
    wholes = {name.partition("^")[0] for name in declared if _LAYER.fullmatch(name.parts.superscript)}
    indices = set(indices)
    wholes |= {s[0].text for s in statements if (head := _layer(s, 0)) is not None and _has(head[0], indices)}
    wholes |= {name.text for s in statements for name in _labelled(s)}
    if not wholes:
        return list(statements)
    further = {text for s in statements for text, above in _above(s) if above == "1" or _has(above, indices)}
    return [_named(statement, wholes | further) for statement in statements]


def _has(above: str, indices: Collection[str]) -> bool:
    found = _LAYER.fullmatch(above)
    return found is not None and found[1] in indices


def _above(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The names with something above them, and what that is."""
    for place, token in enumerate(tokens):
        if token.kind == "name" and not token.text.startswith(("sum_", "prod_")) and (found := _layer(tokens, place)):
            yield token.text, found[0]


def _labelled(tokens: Sequence[Token]) -> Iterator[Token]:
    """The names with square brackets above them, a^[2], which are no power."""
    for place, (name, sign, bracket) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if (name.kind, sign.text, bracket.text) == ("name", "^", "[") and bracket.close and _layer(tokens, place):
            yield name


def _layer(tokens: Sequence[Token], place: int) -> tuple[str, int] | None:
    """What stands above a name, l, l-1 or 2, and how many tokens that is."""
    if place + 2 >= len(tokens) or tokens[place + 1].text != "^":
        return None
    start = place + 2
    grouped = tokens[start].kind in OPENING
    end = next((k for k in range(start, len(tokens)) if tokens[k].kind == "close"), 0) if grouped else start + 1
    text = "".join(token.text for token in tokens[start + grouped : end])
    return (text, end + grouped - place) if end and _LAYER.fullmatch(text) else None


def _named(statement: Sequence[Token], wholes: set[str]) -> list[Token]:
    def layer(place: int) -> tuple[list[Token], int] | None:
        token = statement[place]
        found = _layer(statement, place) if token.text in wholes else None
        if found is None:
            return None
        above, end = found[0], place + found[1]
        span = Span(token.span.start, statement[end - 1].span.end)
        return [token.replace(text=f"{token.text}^{{{above}}}", span=span)], end

    return replaced(statement, layer)
