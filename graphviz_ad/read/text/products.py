"""Letters that stand for parameters side by side: under g(u, v) = …, uv is their product."""

from __future__ import annotations

from collections.abc import Collection

from graphviz_ad.core.errors import Span
from graphviz_ad.read.text.callables import head_params
from graphviz_ad.read.text.tokens import Token


def multiplied(tokens: list[Token], variables: Collection[str]) -> list[Token]:
    """The tokens of a statement, where it defines a function with names made of its parameters as their product."""
    params = head_params(tokens)
    letters = {param.text for param in params or () if len(param.text) == 1}
    if len(letters) < 2:
        return tokens
    start = 3 + 2 * len(params or ())
    made = tokens[:start]
    for token in tokens[start:]:
        word = token.text
        if token.kind == "name" and len(word) > 1 and letters.issuperset(word) and word not in variables:
            for place, letter in enumerate(word):
                span = Span(token.span.start + place, token.span.start + place + 1)
                made.append(token.replace(text=letter, span=span, close=token.close or place > 0))
        else:
            made.append(token)
    return made
