"""Sums over pairs of indices, sum_{i<j}, sum_{i≠j}, sum_{j≠i} within a sum over i, as sums over one index each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_letters
from graphviz_ad.read.arrays.writing_out import with_index
from graphviz_ad.read.text.recurrences import body_of_sum, with_sums_replaced
from graphviz_ad.read.text.steps_of_names import has_index, stepped
from graphviz_ad.read.text.tokens import Token, grouped, joined

_PAIR = re.compile(r"sum_\{?\s*([^\W\d_])\s*(<=|<|>=|>|≤|≥|≠|!=)\s*([^\W\d_])\s*\}?")
_ALL_BUT = re.compile(r"sum_\{?\s*([^\W\d_])\s*(?:≠|!=)\s*([1-9]\d{0,2})\s*\}?")
_CHAIN = re.compile(r"sum_\{\s*([1-9]\d?)\s*(?:<=|≤)\s*([^\W\d_])\s*(<=|<|≤)\s*([^\W\d_])\s*(?:<=|≤)\s*([1-9]\d?)\s*\}")
_SET = re.compile(r"sum_\{?\s*([^\W\d_])\s*∈\s*([1-9]\d{0,2}(?:,[1-9]\d{0,2})*)\s*\}?")
MAX_PAIRS = 100


def with_pairs(statements: Sequence[list[Token]], known: Vocabulary) -> list[list[Token]]:
    """The statements without sums over pairs."""
    statements = [_without_all_but(tokens, known) for tokens in statements]
    if not any(token.kind == "name" and _PAIR.fullmatch(token.text) for tokens in statements for token in tokens):
        return list(statements)
    return [_without_pairs(statement, known) for statement in statements]


def _without_pairs(statement: list[Token], known: Vocabulary) -> list[Token]:
    def apart(statement: list[Token], place: int) -> list[Token] | None:
        found = _PAIR.fullmatch(statement[place].text)
        if found is None:
            return None
        body = statement[slice(*body_of_sum(statement, place))]
        return _sums(statement[place], found, body, _bound(statement, place, known), known)

    return with_sums_replaced(statement, apart)


def with_chains(statements: Sequence[list[Token]], shapes: Mapping[Name, Shape]) -> list[list[Token]]:
    """The statements with sums over pairs between numbers, sum_{1≤i<j≤3}, and over sets, sum_{j∈{2,3}}, written out."""
    if not any(token.kind == "name" and _indices(token) for tokens in statements for token in tokens):
        return list(statements)
    known = Vocabulary(shapes, statements)
    return [_without_chains(tokens, known) for tokens in statements]


def _without_chains(statement: list[Token], known: Vocabulary) -> list[Token]:
    def written(statement: list[Token], place: int) -> list[Token] | None:
        token = statement[place]
        found = _indices(token)
        if not found:
            return None
        if len(found) > MAX_PAIRS:
            raise AdgraphError(f"a sum over {len(found)} pairs", token.span, f"up to {MAX_PAIRS} are read")
        body = statement[slice(*body_of_sum(statement, place))]
        return joined(token, (_at(body, values, known) for values in found))

    return with_sums_replaced(statement, written)


def _at(body: Iterable[Token], values: Mapping[str, int], known: Vocabulary) -> list[Token]:
    """A body where indices have these values."""
    for letter, value in values.items():
        body = [_stepped(part, letter, value) for part in with_index(body, letter, value, known)]
    return list(body)


def _indices(token: Token) -> list[dict[str, int]]:
    """The values of the indices that a sum goes through; none for another sum."""
    chain, several = _CHAIN.fullmatch(token.text), _SET.fullmatch(token.text)
    if several is not None:
        return [{several[1]: int(value)} for value in several[2].split(",")]
    if chain is None:
        return []
    first, last = int(chain[1]), int(chain[5])
    rows = ((i, j) for j in range(first, last + 1) for i in range(first, j + (chain[3] != "<")))
    return [{chain[2]: i, chain[4]: j} for i, j in rows]


def _stepped(token: Token, letter: str, value: int) -> Token:
    """r_1 of r_i, a vector of its own."""
    indexed = token.kind == "name" and has_index(token.text, letter)
    return token.replace(text=stepped(token.text, letter, value)) if indexed else token


def _without_all_but(statement: list[Token], known: Vocabulary) -> list[Token]:
    """sum_{j≠2} as the whole sum less one term."""

    def less(statement: list[Token], place: int) -> list[Token] | None:
        token = statement[place]
        found = _ALL_BUT.fullmatch(token.text)
        if found is None:
            return None
        body = statement[slice(*body_of_sum(statement, place))]
        left_out = grouped(token, list(with_index(body, found[1], int(found[2]), known)))
        minus = token.replace(kind="operator", text="-")
        return grouped(token, [token.replace(text=f"sum_{found[1]}"), *grouped(token, body), minus, *left_out])

    return with_sums_replaced(statement, less)


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
