"""Conditions that documents write beside statements: of |u|, a'(u) = 1 for u > 0, and −1 otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record
from graphviz_ad.read.documents.formulas import PYTHON, Document
from graphviz_ad.read.documents.sayings import DERIVATIVE, Defined, Said

FAR = 600  # characters of a paragraph that are looked at
_COMPARED = r"(?:<=?|>=?|\\(?:lt|gt|le|ge|leq|geq|leqslant|geqslant|ne|neq)(?![a-zA-Z])|≤|≥|≠)"
_LETTER = r"(?<![a-zA-Z])[a-zA-Zα-ω](?![a-zA-Z])"  # words are no part of formulas
_SIDE = rf"(?:{_LETTER}|[-+*/^|{{}}_\d.() ]|\\(?!l[te]|g[te]|ne|text|quad)[a-zA-Z]+)+?"
_COMPARISON = rf"{_SIDE}(?:{_COMPARED}{_SIDE})+(?=\s*(?:[,;:)$\n]|\.(?:\s|$)|\\|[a-z]{{2}}|$))"
_LEADING = (
    r"(?:for|if|when|whenever|where|wherever|while|once|on|as long as|provided(?: that)?|in the case|with|für|wenn|si"
    r"|para)"
)
_NAME, _SIGN = r"\\?[A-Za-z]\w*", "positive|negative|nonzero"
_SIGNED = rf"(?P<sign>{_SIGN})\s+(?:\w+\s+)?(?P<of>{_NAME})|(?P<name>{_NAME})\s+is\s+(?P<is>{_SIGN})"
_WHAT = rf"(?:(?:all|any|every|each|the)\s+)?(?:{_SIGNED}|(?P<text>{_COMPARISON}))"
_BESIDE = re.compile(rf"[\s,&:]*(?:{_LEADING}\s|\()?\s*{_WHAT}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:^\s*|[,;]\s*(?:(?:and|but|while|whereas)\s+)?|(?:and|but|while|whereas)\s+|[.:]\s+)(?:\w+,?\s+)?{_LEADING}\s+{_WHAT}",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"[\s,&:]*(?:otherwise|else(?:where)?|in all other cases|sonst)\b", re.IGNORECASE)
_SPEAKS = re.compile(
    rf"{_COMPARED}|\b(?:positive|negative|active|inactive|nonzero|branch|side|case|otherwise|else|half)", re.I
)
_SIGNS = {"positive": ">", "negative": "<", "nonzero": "\\ne"}


_ASKS = re.compile(
    r"\b(?:where|when|whenever|if|solv(?:e|ing)|that|until|so|satisf(?:y|ies|ying)|set|setting|equation|at which)"
    r"[\s:,$`(\\[]*$",
    re.IGNORECASE,
)


class Condition(Record):
    """A comparison in LaTeX, and whether it holds."""

    text: str
    holds: bool = True

    @property
    def said(self) -> str:
        return f"where {self.text}" if self.holds else f"where {self.text} does not hold"


class Surroundings(Record):
    """What stands in the paragraph before a statement, since the one before it, and behind it up to the next one."""

    before: str
    behind: str
    earlier: str  # before, with what other statements say

    @property
    def speaks_of_cases(self) -> bool:
        """Whether something near may be a condition."""
        return bool(_SPEAKS.search(f"{self.earlier} {self.behind}"))


def surroundings(document: Document, said: Sequence[Said], one: Said) -> Surroundings:
    """The words and formulas around a statement of a derivative."""
    if one.formula.language == PYTHON or not one.formula.places:
        return Surroundings("", "", "")
    start, end = _places(one)
    others = [_places(other) for other in said if other.kind == DERIVATIVE and other is not one and other.formula.places
              and other.formula.language != PYTHON]  # fmt: skip
    last = max((stop for _, stop in others if stop <= start), default=0)
    following = min((begin for begin, _ in others if begin >= end), default=len(document.text))
    text = document.text
    earlier = _plain(text[max(0, start - FAR) : start], document.name, -1)
    before = _plain("§" * (last > start - FAR) + text[max(last, start - FAR) : start], document.name, -1)
    return Surroundings(before, _plain(text[end : min(following, end + FAR)], document.name, 0), earlier)


def is_asked(document: Document, made: Defined) -> bool:
    """Whether an equation is behind words that ask where it holds: find x where h(x) = 2."""
    if made.formula.language == PYTHON or not made.formula.places:
        return False
    start = made.formula.offset(made.start)
    return is_number_of(made) and bool(_ASKS.search(document.text[max(0, start - 40) : start]))


def is_number_of(made: Defined) -> bool:
    """Whether a function is a number, whatever its parameters are: f(x) = 3."""
    params = made.params or ()
    return bool(params) and not made.reads and not any(Name(t.text) in params for t in made.tokens[4:])


def condition(around: Surroundings) -> Condition | None:
    """What a statement is said of; None where nothing is said, or it is not read."""
    if _OTHERWISE.match(around.behind):
        first = [*re.compile(_COMPARISON).finditer(around.earlier)]
        return Condition(first[-1][0].strip(), False) if first else None
    beside = _BESIDE.match(around.behind)
    found = [*_BEFORE.finditer(around.before)]
    if beside is not None:
        return _made(beside)
    return _made(found[-1]) if found else None


def _made(found: re.Match[str]) -> Condition:
    name, sign = found["of"] or found["name"], found["sign"] or found["is"]
    return Condition(f"{name} {_SIGNS[sign.lower()]} 0" if name else " ".join(found["text"].split()))


def _places(one: Said) -> tuple[int, int]:
    return one.formula.offset(one.start), one.formula.offset(max(one.start, one.end - 1)) + 1


def _plain(text: str, name: str, paragraph: int) -> str:
    """A stretch of a document without the signs of formulas, up to the end of its paragraph, or from the beginning."""
    if name.endswith(".ipynb"):
        text = re.sub(r'\\n",?\s*(?:"|$)', "\n", text).replace("\\\\", "\\")
    text = re.split(r"\n[ \t]*\n", text)[paragraph]
    text = re.sub(r"\\(?:text|textrm|mbox|mathrm)\s*\{([^{}]*)\}", r" \1 ", text)
    return re.sub(
        r"\\\\?[()\[\]]|\$+|:math:|`|\\(?:q?quad|left|right|displaystyle)(?![a-zA-Z])|\\[,;:! ]|\*\*", " ", text
    )
