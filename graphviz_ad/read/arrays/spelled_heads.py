"""Left sides that are no plain names: q^T = p^T P defines q, whose transpose that is."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.read.arrays.apart import TRANSPOSES
from graphviz_ad.read.text.tokens import OPENING, Token


def with_plain_heads(statements: Sequence[list[Token]]) -> list[list[Token]]:
    """The statements, each with the transpose of its right side where its left side is one."""
    return [_with_plain_head(statement) for statement in statements]


def _with_plain_head(statement: list[Token]) -> list[Token]:
    count = transposed_by(statement[1:])
    if not count or statement[0].kind != "name" or len(statement) < count + 3 or statement[count + 1].text != "=":
        return statement
    head, equals, body = statement[0], statement[count + 1], statement[count + 2 :]
    around = equals.replace(kind=OPENING[-1], text="("), equals.replace(kind="close", text=")", close=True)
    return [head, equals, around[0], *body, around[1], equals.replace(kind="array", text="⊤", close=True)]


def transposed_by(tokens: Sequence[Token]) -> int:
    """How many tokens say that what stands before them is transposed: ᵀ, ^T, ^{T}; 0 for others."""
    texts = [token.text for token in tokens[:4]]
    if texts[:1] and texts[0] in ("⊤", "ᵀ"):
        return 1
    if texts[:1] != ["^"] or len(texts) < 2:
        return 0
    if texts[1] in TRANSPOSES:
        return 2
    grouped = tokens[1].kind in OPENING and len(texts) == 4 and tokens[3].kind == "close"
    return 4 if grouped and texts[2] in TRANSPOSES else 0
