"""Bars between the arguments of a function, p(x | μ, σ), as statisticians write them: commas."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.read.text.nesting import closing
from graphviz_ad.read.text.tokens import Token

_ARGUMENTS = frozenset({"name", "number", "comma", "bar"})


def without_bars(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a comma for each bar that stands alone between names and numbers in brackets behind a name."""
    made = list(tokens)
    for at, token in enumerate(tokens[:-1]):
        if token.kind != "name" or tokens[at + 1].text != "(":
            continue
        inside = range(at + 2, closing(tokens, at + 1))
        bars = [place for place in inside if tokens[place].kind == "bar"]
        if len(bars) == 1 and all(tokens[place].kind in _ARGUMENTS for place in inside):
            made[bars[0]] = made[bars[0]].replace(kind="comma", text=",")
    return made
