"""A norm sign alone in brackets: [x ‖ h] is x above h, as texts on graph networks write it."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.read.text.nesting import closing, outside
from graphviz_ad.read.text.tokens import OPENING, Token


def with_rows(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a semicolon for a norm sign that stands alone in its brackets."""
    found = list(tokens)
    for place, opening in enumerate(tokens):
        if opening.kind not in OPENING or opening.text not in ("[", "("):
            continue
        end = closing(tokens, place)
        signs = [place + 1 + at for at, token in outside(tokens[place + 1 : end]) if token.text == "‖"]
        if len(signs) == 1 and place + 1 < signs[0] < end - 1 and tokens[end].kind == "close":
            found[signs[0]] = tokens[signs[0]].replace(kind="row", text=";")
            found[place] = opening.replace(kind="open", text="[")
            found[end] = tokens[end].replace(text="]")
    return found
