"""Rows of a matrix times a vector, x_i^T w, w^T x_i and X_i w, as entries of a product, (X w)_i."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphviz_ad.read.arrays.apart import TRANSPOSES
from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_parts
from graphviz_ad.read.text.tokens import OPENING, Token


def with_products(statements: Sequence[list[Token]], known: Vocabulary) -> list[list[Token]]:
    """The statements with products of whole matrices, where these are over a row for each value of an index."""
    return [list(_with_products(tokens, known)) for tokens in statements]


def _with_products(tokens: Sequence[Token], known: Vocabulary) -> Iterable[Token]:
    at = 0
    while at < len(tokens):
        made, count = _product(tokens[at : at + 4], known) or ((tokens[at],), 1)
        yield from made
        at += count


def _product(tokens: Sequence[Token], known: Vocabulary) -> tuple[Sequence[Token], int] | None:
    """The product that these tokens begin with, and how many of them it is."""
    first, turned = tokens[0], _transposed(tokens[1:])
    behind = tokens[1 + turned] if len(tokens) > 1 + turned else first
    row, index = _row(first, known)
    if row and (turned or row == _whole(first)) and _is_vector(behind, known):
        return _entry(first, row, behind, index), 2 + turned
    row, index = _row(behind, known)
    if turned and row and _is_vector(first, known):
        return _entry(first, row, first, index), 2 + turned
    return None


def _transposed(tokens: Sequence[Token]) -> int:
    """How many tokens say that what stands before them is transposed."""
    texts = [token.text for token in tokens[:2]]
    if texts[:1] and texts[0] in ("⊤", "ᵀ"):
        return 1
    return 2 if texts[:1] == ["^"] and texts[1:] and texts[1] in TRANSPOSES else 0


def _row(token: Token, known: Vocabulary) -> tuple[str, str]:
    """The matrix that x_i or X_i is a row of, and the index, which is a letter."""
    if token.kind != "name" or "_" not in token.text:
        return "", ""
    below = token.text.partition("_")[2].strip("{}")
    entry = known.element(token.text)
    of = entry.of if entry is not None and len(index_parts(entry.indices)) == 1 else known.row_of(token.text)
    fits = len(below) == 1 and below.isalpha() and len(known.shape_of(of)) == 2
    return (of, below) if fits else ("", "")


def _whole(token: Token) -> str:
    return token.text.partition("_")[0]


def _is_vector(token: Token, known: Vocabulary) -> bool:
    return token.kind == "name" and len(known.shape_of(token.text)) == 1


def _entry(first: Token, matrix: str, vector: Token, index: str) -> list[Token]:
    close = first.replace(close=True)
    return [
        first.replace(kind=OPENING[-1], text="("),
        close.replace(text=matrix),
        close.replace(kind="name", text=vector.text, close=False),
        close.replace(kind="close", text=")"),
        close.replace(kind="array", text=f"_{index}"),
    ]
