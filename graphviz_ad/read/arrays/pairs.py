"""Sums over pairs of indices, sum_{i<j}, sum_{i≠j}, sum_{j≠i} within a sum over i, as sums over one index each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_letters
from graphviz_ad.read.arrays.writing_out import grouped, with_index
from graphviz_ad.read.text.recurrences import body_of_sum
from graphviz_ad.read.text.tokens import Token

_PAIR = re.compile(r"sum_\{?\s*([^\W\d_])\s*(<=|<|>=|>|≤|≥|≠|!=)\s*([^\W\d_])\s*\}?")


def with_pairs(statements: Sequence[list[Token]], known: Vocabulary) -> list[list[Token]]:
    """The statements without sums over pairs."""
    if not any(token.kind == "name" and _PAIR.fullmatch(token.text) for tokens in statements for token in tokens):
        return list(statements)
    return [_without_pairs(statement, known) for statement in statements]


def _without_pairs(statement: list[Token], known: Vocabulary) -> list[Token]:
    for place in range(len(statement) - 1, -1, -1):
        token = statement[place]
        found = _PAIR.fullmatch(token.text) if token.kind == "name" else None
        if found is None:
            continue
        start, end = body_of_sum(statement, place)
        body = statement[start:end]
        statement = [*statement[:place], *_sums(token, found, body, _bound(statement, place, known), known),
                     *statement[end:]]  # fmt: skip
    return statement


def _bound(statement: Sequence[Token], place: int, known: Vocabulary) -> set[str]:
    """The indices that have a value where a sum begins: those of sums around it, and of the left side."""
    over = known.over_of(statement) if len(statement) > 2 and statement[1].text == "=" else None
    found = set(index_letters(over.indices)) if over is not None else set()
    for at, token in enumerate(statement[:place]):
        if token.kind == "name" and token.text.startswith("sum_") and place < body_of_sum(statement, at)[1]:
            found.update(re.findall(r"[^\W\d_]", token.text.partition("_")[2].partition("=")[0]))
    return found


def _sums(token: Token, found: re.Match[str], body: list[Token], bound: set[str], known: Vocabulary) -> list[Token]:
    """The sums that one over a pair is."""
    summed, other = (found[1], found[3]) if found[3] in bound else (found[3], found[1])
    outer = [] if other in bound else [token.replace(text=f"sum_{other}")]
    return [*outer, *_inner(token, summed, other, _sign(found, summed), body, known)]


def _sign(found: re.Match[str], summed: str) -> str:
    """The sign with what is summed over on its left."""
    sign = {"≤": "<=", "≥": ">=", "!=": "≠"}.get(found[2], found[2])
    return sign if found[1] == summed or sign == "≠" else sign.translate({60: ">", 62: "<"})


def _inner(token: Token, letter: str, other: str, sign: str, body: list[Token], known: Vocabulary) -> list[Token]:
    """The sum over `letter`, which stands to `other` as the sign says."""
    if sign == "≠":
        minus = token.replace(kind="operator", text="-")
        same = grouped(token, list(with_index(body, letter, other, known)))
        return grouped(token, [token.replace(text=f"sum_{letter}"), *grouped(token, body), minus, *same])
    if sign.startswith(">"):
        start = other if sign == ">=" else f"{other}+1"
        return [token.replace(text=f"sum_{{{letter}={start}}}"), *body]
    limit = [token.replace(kind="name", text=other)]
    if sign == "<":
        limit += [token.replace(kind="operator", text="-"), token.replace(kind="number", text="1")]
    above = token.replace(kind="operator", text="^")
    return [token.replace(text=f"sum_{{{letter}=1}}"), above, *grouped(token, limit), *body]
