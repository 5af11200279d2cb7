"""Entries in brackets: W[i, j] and x[1], as W_ij and x_1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.vocabulary import Vocabulary
from graphviz_ad.read.text.tokens import Token

MAX_INDICES = 5  # that are looked for
COUNTED = "entries are counted from 1: x[1] is the first"


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
        if count and whole and are_indices(inside, lambda text: not known.is_known(text)):
            if len(inside) > 3:
                span = Span(token.span.start, tokens[at + count].span.end)
                text = f"{len(inside) // 2 + 1} indices of '{token.text}'"
                raise AdgraphError(
                    text, span, "a matrix has two: W[i, j]; for a row of numbers leave a blank, W [1, 2, 3]"
                )
            if any(part.text.isdecimal() for part in inside):
                notes.append(COUNTED)
            yield _entry(token, inside, tokens[at + count].span.end)
            at += count
        else:
            yield token
        at += 1


def _bracket_behind(tokens: Sequence[Token], at: int) -> int:
    """How many tokens the brackets behind a name have, [i, j]; 0 where there are none."""
    behind = tokens[at + 1 : at + 2 + 2 * MAX_INDICES]
    if not behind or behind[0].text != "[" or not behind[0].close:
        return 0
    return next((count for count, part in enumerate(behind, 1) if part.text == "]"), 0)


def _entry(token: Token, indices: Sequence[Token], end: int) -> Token:
    base, _, below = token.text.partition("_")
    below = ",".join((*filter(None, (below.strip("{}"),)), *(index.text for index in indices[::2])))
    return token.replace(text=f"{base}_{{{below}}}", span=Span(token.span.start, end))


def are_indices(tokens: Sequence[Token], is_index: Callable[[str], bool]) -> bool:
    """Whether tokens are indices, numbers or letters, with commas between them."""

    def one(token: Token) -> bool:
        letter = token.kind == "name" and len(token.text) == 1 and is_index(token.text)
        return letter or (token.kind == "number" and token.text.isdecimal())

    return len(tokens) % 2 == 1 and all(map(one, tokens[::2])) and all(t.kind == "comma" for t in tokens[1::2])
