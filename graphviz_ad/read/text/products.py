"""Letters that stand for parameters side by side: under g(u, v) = …, uv is their product."""

from __future__ import annotations

from collections.abc import Collection

from graphviz_ad.read.text.definitions import head_params
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
            places = range(len(word))
            span = token.span
            made += [token.replace(text=word[k], close=token.close if k == 0 else True,
                                   span=span.__class__(span.start + k, span.start + k + 1)) for k in places]  # fmt: skip
        else:
            made.append(token)
    return made
