"""The mathematics in a LaTeX or Markdown text: all else becomes blanks, so that every place stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from graphviz_ad.errors import AdgraphError, Span

_OPENING = re.compile(r"\\\\|\\%|(?P<comment>%[^\n]*)|(?P<open>\$\$|\$|\\\[|\\\(|\\begin\{(?P<name>[a-zA-Z]+)\*?\})")
_CLOSING = {"$$": "$$", "$": "$", "\\[": "\\]", "\\(": "\\)"}
_DISPLAYED = frozenset({"equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "displaymath"})
_LABEL = re.compile(r"\{#[\w:.-]+\}|\\label\{[^{}]*\}|[\s.,;:]+")  # what may stand beside a formula and is no prose


class Formula(NamedTuple):
    """A stretch of mathematics; what is in it without its delimiters, and whether it stands on lines of its own."""

    outer: Span
    inner: Span
    displayed: bool


def mathematics(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with blanks for all that is not mathematics and a semicolon behind each formula; and notes.

    A text without delimiters is a formula. Raises AdgraphError for a delimiter that is never closed, and for prose
    without a formula.
    """
    text = re.sub(r"(?<!\\)%[^\n]*", lambda match: " " * len(match[0]), text)
    found = list(_formulas(text))
    words = _LABEL.sub("", _blanked(text, (formula.outer for formula in found)))
    if not found or (not words and all(_is_environment(text, formula) for formula in found)):
        return text, ()
    if not words:
        return _kept(text, found), ()
    chosen = [formula for formula in found if formula.displayed]
    chosen = chosen or [f for f in found if "=" in text[f.inner.start : f.inner.end]]
    if _is_environment(text, found[0]) and len(found) == 1 and "=" in words:
        return text, ()  # an equation around an environment
    if not chosen:
        raise AdgraphError("there is no equation in this text", hint="write $y = …$, or \\[ y = … \\]")
    count = f"{len(chosen)} formulas are" if len(chosen) > 1 else "1 formula is"
    return _kept(text, chosen), (f"{count} read; the words around are not",)


def _formulas(text: str) -> Iterable[Formula]:
    at = 0
    while match := _OPENING.search(text, at):
        at = match.end()
        opening = match["open"]
        if opening is None:
            continue
        if match["name"]:
            if match["name"] not in _DISPLAYED:
                continue
            closing, displayed = re.compile(rf"\\end\{{{match['name']}\*?\}}"), True
        else:
            closing, displayed = re.compile(rf"(?<!\\){re.escape(_CLOSING[opening])}"), opening in ("$$", "\\[")
        end = closing.search(text, at)
        if end is None:
            closed = _CLOSING.get(opening, f"\\end{{{match['name']}}}")
            raise AdgraphError(f"'{opening}' is never closed", Span(match.start(), at), f"add {closed}")
        inner = Span(match.start(), end.end()) if match["name"] else Span(at, end.start())
        yield Formula(Span(match.start(), end.end()), inner, displayed)
        at = end.end()


def _is_environment(text: str, formula: Formula) -> bool:
    return formula.inner == formula.outer


def _kept(text: str, formulas: list[Formula]) -> str:
    """The text with only these formulas, each closed by a semicolon."""
    parts, at = [], 0
    for formula in formulas:
        parts.append(_blank(text[at : formula.inner.start]))
        parts.append(text[formula.inner.start : formula.inner.end])
        at = formula.inner.end
        if formula.outer.end > at:
            parts.append(";")
            at += 1
    parts.append(_blank(text[at:]))
    return "".join(parts)


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """The text outside the spans."""
    parts, at = [], 0
    for span in spans:
        parts.append(text[at : span.start])
        at = span.end
    parts.append(text[at:])
    return " ".join(parts)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
