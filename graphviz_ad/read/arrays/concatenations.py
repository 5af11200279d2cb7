"""A norm sign alone in brackets: [x ‖ h] is x above h, as texts on graph networks write it."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.read.text.nesting import closing
from graphviz_ad.read.text.tokens import OPENING, Token


def with_rows(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a semicolon for a norm sign that stands alone in its brackets."""
    found = list(tokens)
    for place, opening in enumerate(tokens):
        if opening.kind not in OPENING or opening.text not in ("[", "("):
            continue
        end = closing(tokens, place)
        signs = [at for at in _directly_inside(tokens, place, end) if tokens[at].text == "‖"]
        if len(signs) == 1 and place + 1 < signs[0] < end - 1 and tokens[end].kind == "close":
            found[signs[0]] = tokens[signs[0]].replace(kind="row", text=";")
            found[place] = opening.replace(kind="open", text="[")
            found[end] = tokens[end].replace(text="]")
    return found


def _directly_inside(tokens: Sequence[Token], start: int, end: int) -> list[int]:
    """The places in these brackets and in no others within."""
    depth, found = 0, []
    for at in range(start, end):
        depth += tokens[at].nesting
        if depth == 1:
            found.append(at)
    return found
