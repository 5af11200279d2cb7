"""Indices of names put in: w_i is w_1, x_{i+1} is x_2, w_{ij} is w_{1j}, h^{(i-1)} is h^{(0)}, and i itself is 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from graphviz_ad.core.names import SPELLED
from graphviz_ad.core.patterns import pattern
from graphviz_ad.read.text.tokens import Token

_SCRIPT = pattern(r"_\{([^{}]*)\}|_([^\W_]+)|\^\{([(\[][^{}]*[)\]])\}")
_NUMBERS = pattern(r"\d{1,9}(?:\s*[-+−]\s*\d{1,9})+")


def put_in(tokens: Sequence[Token], index: str, value: int) -> list[Token]:
    """The tokens with a number in the place of an index, alone and in the scripts of names."""
    return [_token(token, index, value) for token in tokens]


def _token(token: Token, index: str, value: int) -> Token:
    if token.kind != "name":
        return token
    if token.text == index:
        return token.replace(kind="index", text=str(value))
    if not ("_" in token.text or "^" in token.text):
        return token
    text = _SCRIPT.sub(lambda script: _script(script, index, value), token.text)
    return token if text == token.text else token.replace(text=text)


def _script(found: re.Match[str], index: str, value: int) -> str:
    braced, plain, above = found.groups()
    inside = braced if braced is not None else plain if plain is not None else above
    if above is None and inside in (index, SPELLED.get(index)):
        made = str(value)
    elif above is None and len(inside) <= 3 and inside.isalpha() and index in inside:
        made = ("," if value > 9 else "").join(str(value) if letter == index else letter for letter in inside)
    else:
        made = re.sub(rf"(?<![^\W\d_]){re.escape(index)}(?:\s*([-+])\s*(\d+))?(?![^\W\d_])", _added(value), inside)
        made = _counted(made)
        made = made.replace(" ", "") if re.fullmatch(r"\s*\d(?:\s+\d)*\s*", made) else made
    if above is not None:
        return f"^{{{made}}}"
    return f"_{made}" if re.fullmatch(r"[^\W_]+", made) else f"_{{{made}}}"


def _counted(text: str) -> str:
    """What a sum of whole numbers comes to, 2 of 3 - 1; any other text as it is."""
    if not _NUMBERS.fullmatch(text):
        return text
    return str(sum(int(number) for number in re.findall(r"[-+]?\d+", text.replace(" ", "").replace("−", "-"))))


def _added(value: int) -> Callable[[re.Match[str]], str]:
    def made(found: re.Match[str]) -> str:
        sign, offset = found.groups()
        return str(value + (int(offset or 0) if sign != "-" else -int(offset)))

    return made
