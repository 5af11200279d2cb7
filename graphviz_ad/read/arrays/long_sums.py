"""Sums of several terms without brackets: sum_i t_i log(y_i) + (1 - t_i) log(1 - y_i), where nothing but the sum can
give the second term its index."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_letters
from graphviz_ad.read.text.recurrences import body_of_sum
from graphviz_ad.read.text.steps_of_names import has_index
from graphviz_ad.read.text.tokens import Token

_BINDING = re.compile(r"(?:sum|prod|max|min)_(.*)", re.DOTALL)


def with_long_sums(
    statements: Sequence[list[Token]], shapes: Mapping[Name, Shape], notes: list[str]
) -> list[list[Token]]:
    """The statements with brackets around all terms of a sum; a note says so."""
    known = Vocabulary(shapes, statements)
    return [_with_brackets(tokens, known, notes) for tokens in statements]


def _with_brackets(statement: list[Token], known: Vocabulary, notes: list[str]) -> list[Token]:
    for place in range(len(statement) - 1, -1, -1):
        letters = [one for one in _bound(statement[place]) if not _has(statement[0], one)]
        if not letters or not statement[place].text.startswith("sum_"):
            continue
        start, end = body_of_sum(statement, place)
        last = end
        while end < len(statement) and statement[end].text in ("+", "-"):
            _, end = body_of_sum(statement, end)
            if any(_is_free(statement[last:end], letter, known) for letter in letters):
                last = end
        if last > body_of_sum(statement, place)[1]:
            notes.append(f"the sum over {letters[0]} is of all terms that have this index, also those behind a + or -")
            around = (
                statement[start].replace(kind="group", text="("),
                statement[last - 1].replace(kind="close", text=")"),
            )
            statement = [*statement[:start], around[0], *statement[start:last], around[1], *statement[last:]]
    return statement


def _is_free(term: Sequence[Token], letter: str, known: Vocabulary) -> bool:
    """Whether a term has an index that no sum in it binds."""
    if any(letter in _bound(token) for token in term):
        return False
    return any(_has(token, letter) and not known.is_known(token.text) for token in term)


def _bound(token: Token) -> list[str]:
    """The indices that a sign of a sum binds."""
    found = _BINDING.fullmatch(token.text) if token.kind == "name" else None
    return index_letters(found[1].strip("{}").partition("=")[0].replace(" ", "")) if found is not None else []


def _has(token: Token, letter: str) -> bool:
    """Whether a name has an index, or what stands in brackets has: x_i, X_ij, (X w)_i."""
    if token.kind == "array":
        return token.text.strip("_{}") == letter and token.text.startswith("_")
    pair = re.fullmatch(r"[^\W_],?[^\W_]", Name(token.text).key.subscript) if token.kind == "name" else None
    return token.kind == "name" and (has_index(token.text, letter) or (pair is not None and letter in pair[0]))
