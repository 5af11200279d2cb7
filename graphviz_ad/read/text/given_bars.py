"""Bars between the arguments of a function, p(x | μ, σ), as statisticians write them: commas."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.read.text.tokens import Token

_ARGUMENTS = frozenset({"name", "number", "comma", "bar"})


def without_bars(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a comma for each bar that stands alone between names and numbers in brackets behind a name."""
    made = list(tokens)
    for at, token in enumerate(tokens[:-1]):
        if token.kind != "name" or tokens[at + 1].text != "(":
            continue
        end = next((k for k in range(at + 2, len(tokens)) if tokens[k].kind not in _ARGUMENTS), at)
        bars = [place for place in range(at + 2, end) if tokens[place].kind == "bar"]
        if len(bars) == 1 and tokens[end].kind == "close":
            made[bars[0]] = made[bars[0]].replace(kind="comma", text=",")
    return made
