"""LaTeX cut into its smallest parts: commands, letters, numbers and signs."""

from __future__ import annotations

import re

from graphviz_ad.core.errors import Span
from graphviz_ad.core.record import Record

_MARKS = "[\u0302\u0303\u0304\u0307\u20d7]*"
_LEXEME = re.compile(
    rf"""(?P<blank>\s+|~)
    | (?P<command>\\[a-zA-Z]+|\\.)
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ]+)
    | (?P<letter>[^\W\d_]{_MARKS})
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Lexeme(Record):
    """A part of a formula; `blank` and `newline` say what comes before it."""

    kind: str
    text: str
    span: Span
    blank: bool = False
    newline: bool = False


def lexemes(text: str) -> list[Lexeme]:
    """The parts of a formula, without the blanks between."""
    found: list[Lexeme] = []
    blank = newline = False
    for match in _LEXEME.finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "blank":
            blank, newline = True, newline or "\n" in match[0]
            continue
        found.append(Lexeme(kind, match[0], Span(*match.span()), blank, newline))
        blank = newline = False
    return found
