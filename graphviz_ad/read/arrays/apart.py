"""What is written together among vectors and matrices, and is several things: Wx, x^Tx, 11^T."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graphviz_ad.core.errors import Span
from graphviz_ad.core.ops import CONSTANTS, FUNCTIONS
from graphviz_ad.read.arrays.terms import VECTORS
from graphviz_ad.read.arrays.vocabulary import Vocabulary
from graphviz_ad.read.text.nesting import closing
from graphviz_ad.read.text.tokens import OPENING, Token

TRANSPOSES = frozenset(("T", "⊤", "ᵀ", "𝖳"))
_TOGETHER = re.compile(r"([A-Za-z]{2,4})((?:_\w+|_\{[^{}]*\}|['′])*)")
_ONES = re.compile("1{1,2}")


def taken_apart(tokens: Sequence[Token], known: Vocabulary, notes: list[str]) -> list[Token]:
    """The tokens of an equation, what is written together one by one."""

    def is_whole(place: int) -> bool:
        text = tokens[place].text
        head = place == 0 and len(tokens) > 1 and tokens[1].text == "="
        return head or known.is_known(text) or known.element(text) is not None or text in VECTORS

    found: list[Token] = []
    for place, token in enumerate(tokens):
        if token.kind == "name" and place and tokens[place - 1].text == "^" and _is_behind_a_transpose(token, known):
            found += _parts(token, [token.text[0], token.text[1:]])
        elif token.kind == "name" and not is_whole(place) and (letters := _letters(token, known)):
            notes.append(f"'{token.text}' is read as the product {' '.join(letters)}")
            found += _parts(token, letters)
        else:
            found.append(token)
    return [part for place, token in enumerate(found) for part in _vectors_of_ones(found, place, token, known)]


def _vectors_of_ones(tokens: Sequence[Token], place: int, token: Token, known: Vocabulary) -> Iterable[Token]:
    """The 𝟏 of 1^T, and the two of 11^T; another token as it is."""
    is_one = token.kind == "number" and _ONES.fullmatch(token.text) is not None
    ones = is_one and (_are_transposed(tokens, place, known) or _is_before_a_row(tokens, place, known))
    return _parts(token.replace(kind="name"), ["𝟏"] * len(token.text)) if ones else [token]


def _is_before_a_row(tokens: Sequence[Token], place: int, known: Vocabulary) -> bool:
    """Whether the number 1 stands before a transposed name, 1 b^T: it is a vector of ones; nobody multiplies by 1."""
    before = [token.text for token in tokens[max(0, place - 2) : place]]
    if tokens[place].text != "1" or before[-1:] in (["/"], ["^"], ["*"], [".^"]) or before == ["^", "-"]:
        return False
    name, *_ = tokens[place + 1 : place + 2] or [tokens[place]]
    behind = place + 2 if known.is_known(name.text) else _behind_brackets(tokens, place + 1)
    sign = tokens[behind] if 0 < behind < len(tokens) else tokens[place]
    transposed = sign.text in ("⊤", "ᵀ") or (sign.text == "^" and _sign_above(tokens, behind) in TRANSPOSES)
    return transposed and not known.is_known("T")


def _behind_brackets(tokens: Sequence[Token], place: int) -> int:
    """The place behind (…) or f(…); 0 for what is neither."""
    opening = place + (tokens[place].kind == "name" and place + 1 < len(tokens)) if place < len(tokens) else place
    if opening >= len(tokens) or tokens[opening].kind not in OPENING:
        return 0
    end = closing(tokens, opening)
    return end + 1 if end < len(tokens) else 0


def _sign_above(tokens: Sequence[Token], place: int) -> str:
    """What stands above, at a ^: T of ^T and ^{T}."""
    above = [token.text for token in tokens[place + 1 : place + 3]]
    return next((text for text in above if text not in ("(", "{")), "")


def _is_behind_a_transpose(token: Token, known: Vocabulary) -> bool:
    """The Tx of x^Tx, where nothing is called so."""
    return token.text[0] == "T" and not known.is_known(token.text) and known.is_known(token.text[1:])


def _letters(token: Token, known: Vocabulary) -> list[str]:
    """The names that one word is made of, W and x of Wx, where each is known and the word is not."""
    match = _TOGETHER.fullmatch(token.text)
    if match is None or token.span.end - token.span.start != len(token.text):  # \mathrm{Wx} is one name
        return []
    word, behind = match[1], match[2]
    *before, last = list(word)
    if word in FUNCTIONS or word in CONSTANTS or not all(map(known.is_known, before)):
        return []
    return [*before, last + behind] if known.is_known(last) or known.is_known(last + behind) else []


def _parts(token: Token, texts: Iterable[str]) -> Iterable[Token]:
    start, close = token.span.start, token.close
    for text in texts:
        yield token.replace(text=text, span=Span(start, start + len(text)), close=close)
        start, close = start + len(text), True


def _are_transposed(tokens: Sequence[Token], place: int, known: Vocabulary) -> bool:
    """Whether ones are vectors: 1^T, 11^T, and the first of 1 1^T."""
    following = [token.text for token in tokens[place + 1 : place + 5]]
    if following[:1] == ["1"] and tokens[place].text == "1":
        return _are_transposed(tokens, place + 1, known)
    sign = following[2:3] if following[:1] == ["^"] and following[1:2] in (["("], ["{"]) else following[1:2]
    if sign == ["T"] and known.is_known("T") and not known.is_array("T"):
        return False
    return following[:1] in (["⊤"], ["ᵀ"]) or (following[:1] == ["^"] and bool(TRANSPOSES.intersection(sign)))
