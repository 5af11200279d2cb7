"""Shapes that LaTeX says without ∈: W_{2 \\times 3}, \\underset{2 \\times 3}{W}, let $W$ be a $2 \\times 3$ matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphviz_ad.core.errors import Span
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record

_SIZE = r"(?:[1-9]\d*|[a-zA-Z])"
_TIMES = rf"\(?\s*{_SIZE}\s*(?:\\times|×)\s*{_SIZE}\s*\)?"
_LETTER = (
    r"(?:\\(?!times|quad|qquad|in\b|text\b)[a-zA-Z]+(?:\s*\{\s*\\?[a-zA-Z]+\s*\}|\s+[a-zA-Z](?![a-zA-Z]))?|[a-zA-Z])"
)
_UNIT = r"(?:\\(?:mathbf|boldsymbol|bm|mathbb|mathrm)\s*)?\{?\s*[I10]\s*\}?"  # whose size stands below
_BELOW = pattern(rf"(?P<name>{_LETTER}|{_UNIT})\s*_\s*\{{(?P<shape>{_TIMES})\}}")
_ABOVE = pattern(
    rf"\\(?:underset|overset|stackrel)\s*\{{(?P<shape>{_TIMES})\}}\s*\{{\s*(?P<name>{_LETTER})\s*\}}"
    rf"|\\underbrace\s*\{{\s*(?P<braced>{_LETTER})\s*\}}\s*_\s*\{{(?P<under>{_TIMES})\}}"
)
_SAID = pattern(
    rf"(?<![\\\w{{^_])(?P<names>{_LETTER}(?:[_^](?:\{{[^{{}}]*\}}|\w))*(?:\s*,\s*{_LETTER}(?:[_^](?:\{{[^{{}}]*\}}|\w))*)*)\s+"
    r"(?:(?:be|is|are|has|have|being)\s+|(?=an?\s))(?:(?!and\b|with\b|where\b)[a-zA-Z-]+,?\s+){0,8}?"
    rf"(?:(?P<shape>{_TIMES})(?![\w^])|\\mathbb\s*\{{?R\}}?\s*\^\s*(?P<space>\{{[^{{}}]*\}}|\w)"
    r"|(?P<length>[1-9]\d{0,4}(?=[-\s](?:dimensional|entries|components|elements|vector)\b)|[b-z](?=-(?:dimensional|vector)\b))"
    r"[-\s][a-z]+|of\s+(?:length|size|dimension)\s+(?P<size>[1-9]\d{0,4}|[a-z])(?![\w^]))"
    r"(?:\s+(?:real\s+|weight\s+)?(?:matrix|matrices|vectors?)\s*)?"
)
_SCRIPTS = r"(?:[_^](?:\{[^{}]*\}|\w))*"
_GAP = r"(?:\s|\\[,;: ]|&)*"
_APART = rf"(?:^|(?<=[^\\][,;$])|(?<=quad)|\\(?:text|mbox)\{{[^{{}}]*\}}){_GAP}"  # what stands before a statement
_THEN = rf"(?={_GAP}(?:[,;.$\n]|\\q?quad|\\\\|\\text|$))"
# W: 2 \times 3, or x (2 \times 1), alone between commas or gaps
_STATED = pattern(
    rf"{_APART}(?P<names>{_LETTER}{_SCRIPTS}(?:\s*,\s*{_LETTER}{_SCRIPTS})*)"
    rf"(?:\s|\\[,; ])*(?::{_GAP}|(?=\())(?P<shape>{_TIMES}){_THEN}"
)
_ALONE = pattern(rf"{_APART}(?P<names>{_LETTER})\s*_\s*\{{(?P<shape>{_TIMES})\}}{_THEN}")  # W_{2 \times 3}
_UNITS = re.compile(_UNIT)
_ONCE = r"\\(?:text|mbox|textrm)\s*\{((?:[^{}]|\{[^{}]*\})*)\}"


class ShapeSaid(Record):
    """The names that a source says a shape of, as it says both, and their place."""

    names: str
    shape: str
    span: Span


def said_shapes(text: str) -> tuple[list[ShapeSaid], str]:
    """The shapes that a source says so, and the source with blanks in the place of what says them."""
    found: list[ShapeSaid] = []
    if "times" in text or "×" in text:
        text = _ALONE.sub(lambda match: _stated(match, found), text)
        text = _BELOW.sub(lambda match: _below(match, found), text)
        text = _ABOVE.sub(lambda match: _around(match, found), text)
        text = _STATED.sub(lambda match: _stated(match, found), text)
    if re.search(r"\b(?:be|is|are|has|have|being)\b", text):
        for said, span in _in_words(text):
            found.append(said)
            if "$" not in text[span.start : span.end]:
                text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return found, text


def _below(match: re.Match[str], found: list[ShapeSaid]) -> str:
    """A name without the shape below it; I and 𝟏 keep their size."""
    name, shape = match["name"], match["shape"]
    if _UNITS.fullmatch(name):
        first, second = re.findall(_SIZE, shape.replace("\\times", "×"))
        made = f"{name}_{{{first}}}" if first == second or second == "1" else match[0]
        return made.ljust(len(match[0]))
    found.append(ShapeSaid(name, shape.strip("() "), Span(*match.span())))
    return name.ljust(len(match[0]))


def _around(match: re.Match[str], found: list[ShapeSaid]) -> str:
    name = "name" if match["name"] else "braced"
    found.append(ShapeSaid(match[name], (match["shape"] or match["under"]).strip("() "), Span(*match.span())))
    before = match.start(name) - match.start()
    return (" " * before + match[name]).ljust(len(match[0]))


def _stated(match: re.Match[str], found: list[ShapeSaid]) -> str:
    found.append(ShapeSaid(match["names"], match["shape"].strip("() "), Span(*match.span("names"))))
    return match[0][: match.start("names") - match.start()] + " " * (match.end() - match.start("names"))


def _in_words(text: str) -> Iterator[tuple[ShapeSaid, Span]]:
    """What words say: let W be a 2 × 3 matrix, x is a vector of length 3. Dollar signs and \\text{…} are no part."""
    plain = re.sub(_ONCE, lambda match: " " * (match.start(1) - match.start()) + match[1] + " ", text)
    plain = plain.replace("$", " ").replace("\n", " ")
    for match in _SAID.finditer(plain):
        shape = match["shape"] or match["space"] or match["length"] or match["size"]
        yield ShapeSaid(match["names"], shape.strip("(){} "), Span(*match.span("names"))), Span(*match.span())
