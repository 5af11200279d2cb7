"""Left sides that are no plain names: q^T = p^T P defines q, whose transpose that is; log p(x) = … defines what is
called so; KL(q ‖ p) = … defines KL."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from graphviz_ad.core.errors import Span
from graphviz_ad.read.arrays.apart import TRANSPOSES
from graphviz_ad.read.text.nesting import closing
from graphviz_ad.read.text.tokens import OPENING, Token

_LOGARITHMS = ("log", "ln")


def with_plain_heads(statements: Sequence[list[Token]], notes: list[str]) -> list[list[Token]]:
    """The statements, each with one name for its left side, and the transpose of its right side where that is one."""
    heads = [statement[0].text for statement in statements]
    primed = {token.text.rstrip("'") for tokens in statements for token in tokens if token.text.endswith("'")}
    called = {name.text for tokens in statements for name, behind in pairwise(tokens[1:]) if behind.text == "("}
    named = (_with_one_name(statement, heads, notes) for statement in statements)
    return [_with_plain_head(_with_name(statement, primed - called)) for statement in named]


def _with_one_name(statement: list[Token], heads: Sequence[str], notes: list[str]) -> list[Token]:
    """logp = … of log p = …, where no equation defines p."""
    first, name, *rest = statement if len(statement) > 3 else [*statement, *statement][:2]
    is_logarithm = first.text in _LOGARITHMS and name.kind == "name" and rest[:1] and rest[0].text in ("=", "(")
    if not is_logarithm or name.text in heads or not name.text.isalpha():
        return statement
    defined = first.replace(text=f"{first.text}{name.text}", span=Span(first.span.start, name.span.end))
    notes.append(f"'{first.text} {name.text}' on the left side is read as one name")
    return [defined, *rest]


def _with_name(statement: list[Token], transposed: set[str]) -> list[Token]:
    """KL = … of KL(q ‖ p) = …, and g = … of g(w, b) = …, whose transpose g' stands somewhere."""
    if len(statement) < 4 or statement[0].kind != "name" or statement[1].text != "(":
        return statement
    end = closing(statement, 1)
    inside = statement[2:end]
    if [token.text for token in statement[end + 1 : end + 2]] != ["="]:
        return statement
    apart = any(token.kind == "bar" or token.text == "‖" for token in inside)
    apart = apart or (statement[0].text in transposed and all(token.kind in ("name", "comma") for token in inside))
    return [statement[0], *statement[end + 1 :]] if apart else statement


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
