"""Entries and parts in brackets, W[i, j], x[1], x[1:3] and W[2, :], as W_ij, x_1, x_{1:3} and W_{2,:}."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.vocabulary import INDEX, Vocabulary
from graphviz_ad.read.text.tokens import Token

MAX_INDICES = 9  # tokens between brackets that are looked through
COUNTED = "entries are counted from 1: x[1] is the first"
BOTH_ENDS = "a part has both its ends, counted from 1: x[1:3] has three entries"


def with_entries(
    statements: Sequence[list[Token]], shapes: Mapping[Name, Shape], notes: list[str]
) -> list[list[Token]]:
    """The statements with W_ij for W[i, j], where W is known and the indices are not."""
    known = Vocabulary(shapes, statements)
    return [list(_with_entries(tokens, known, notes)) for tokens in statements]


def _with_entries(tokens: Sequence[Token], known: Vocabulary, notes: list[str]) -> Iterable[Token]:
    at = 0
    while at < len(tokens):
        token, count = tokens[at], _bracket_behind(tokens, at)
        inside = tokens[at + 2 : at + count]
        defines = at == 0 and [part.text for part in tokens[count + 1 : count + 2]] == ["="]
        whole = defines or (token.kind == "name" and known.is_known(token.text))

        def is_index(text: str) -> bool:
            return not known.is_known(text)

        indices = indices_in(inside, is_index) if count and whole else []
        if indices:
            if len(indices) == 1 and (second := _bracket_behind(tokens, at + count)):  # W[2][3]
                more = indices_in(tokens[at + count + 2 : at + count + second], is_index)
                indices, count = (indices + more, count + second) if len(more) == 1 else (indices, count)
            if len(indices) > 2:
                span = Span(token.span.start, tokens[at + count].span.end)
                text = f"{len(indices)} indices of '{token.text}'"
                raise AdgraphError(
                    text, span, "a matrix has two: W[i, j]; for a row of numbers leave a blank, W [1, 2, 3]"
                )
            note_counting(indices, notes)
            yield _entry(token, indices, tokens[at + count].span.end)
            at += count
        else:
            yield token
        at += 1


def note_counting(indices: Sequence[str], notes: list[str]) -> None:
    """Say how entries are counted, where numbers say which."""
    if any(part.isdecimal() for part in indices):
        notes.append(COUNTED)
    if any(part != ":" and ":" in part for part in indices):
        notes.append(BOTH_ENDS)


def _bracket_behind(tokens: Sequence[Token], at: int) -> int:
    """How many tokens the brackets behind a token have, [i, j]; 0 where there are none."""
    behind = tokens[at + 1 : at + 3 + MAX_INDICES]
    if not behind or behind[0].text != "[" or not behind[0].close:
        return 0
    return next((count for count, part in enumerate(behind, 1) if part.text == "]"), 0)


def _entry(token: Token, indices: Sequence[str], end: int) -> Token:
    base, _, below = token.text.partition("_")
    below = ",".join((*filter(None, (below.strip("{}"),)), *indices))
    return token.replace(text=f"{base}_{{{below}}}", span=Span(token.span.start, end))


def indices_in(tokens: Sequence[Token], is_index: Callable[[str], bool]) -> list[str]:
    """The indices that tokens between brackets are, with commas between them: numbers, letters, i+1, 1:3, a colon;
    none where something else is there."""
    found = [""]
    for token in tokens:
        is_letter = token.kind == "name" and len(token.text) == 1 and is_index(token.text)
        if token.kind == "comma":
            found.append("")
        elif is_letter or token.kind in ("number", "colon") or token.text in ("+", "-"):
            found[-1] += token.text
        else:
            return []
    return found if all(map(INDEX.fullmatch, found)) else []
