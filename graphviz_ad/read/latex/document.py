"""The mathematics in a LaTeX or Markdown text: all else becomes blanks, so that every place stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.record import Record
from graphviz_ad.read.latex.macros import blanked

# A dollar sign in \text{…} opens no formula.
_OPENING = re.compile(
    r"\\\\|\\[%$]|\\(?:text|mbox)\s*\{(?:[^{}]|\{[^{}]*\})*\}|(?P<open>\$\$|\$|\\\[|\\\(|\\begin\{(?P<name>[a-zA-Z]+)\*?\})"
)
_COMMENT = re.compile(r"(?P<kept>\\\\|\\%)|%[^\n]*")
_CODE = re.compile(r"^```.*?^```[^\n]*$|(?<!`)`[^`\n]+`(?!`)", re.MULTILINE | re.DOTALL)
_CLOSING = {"$$": "$$", "$": "$", "\\[": "\\]", "\\(": "\\)"}
_DISPLAYED = frozenset({"equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "displaymath"})
_INNER = re.compile(r"\\begin\{(aligned|split|gathered|cases|array)\}.*?\\end\{\1\}", re.DOTALL)
_LABEL = re.compile(r"\{#[\w:.-]+\}|\\label\{[^{}]*\}|[\s.,;:]+")  # what may stand beside a formula and is no prose


class FormulaPart(Record):
    """A stretch of mathematics; what is in it without its delimiters, and whether it stands on lines of its own."""

    outer: Span
    inner: Span
    displayed: bool


def mathematics(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with blanks for all that is not mathematics and a semicolon behind each formula; and notes.

    A text without delimiters is a formula. Raises AdgraphError for a delimiter that is never closed, and for prose
    without a formula.
    """
    if "`" in text:
        text = _CODE.sub(lambda match: blanked(match[0]), text)
    text = re.sub(r"^[^\S\n]*%[^\n]*", lambda match: " " * len(match[0]), text, flags=re.MULTILINE)
    found = list(_formulas(text))
    words = _LABEL.sub("", _outside(text, (formula.outer for formula in found)))
    if not found or (not words and all(formula.inner == formula.outer for formula in found)):
        return _uncommented(text), ()
    if not words:
        return _uncommented(_kept(text, found)), ()
    if found[0].inner == found[0].outer and len(found) == 1 and "=" in words:
        return _uncommented(text), ()  # an equation around an environment
    chosen = [f for f in found if f.displayed or "=" in text[f.inner.start : f.inner.end]]
    chosen = chosen or list(_environments(text, found))
    if not chosen:
        raise AdgraphError("there is no equation in this text", hint="write $y = …$, or \\[ y = … \\]")
    count = f"{len(chosen)} formulas are" if len(chosen) > 1 else "1 formula is"
    return _uncommented(_kept(text, chosen)), (f"{count} read; the words around are not",)


def _uncommented(text: str) -> str:
    return _COMMENT.sub(lambda match: match["kept"] or " " * len(match[0]), text)


def _formulas(text: str) -> Iterable[FormulaPart]:
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
            pattern = r"(?<!\$)\$(?!\$)" if opening == "$" else re.escape(_CLOSING[opening])
            closing, displayed = re.compile(pattern), opening in ("$$", "\\[")
        end = _closed(closing, text, at)
        if opening == "$" and text[at : at + 1].isdecimal() and (end is None or text[end.start() - 1].isspace()):
            continue  # an amount of money
        if end is None:
            closed = _CLOSING.get(opening, f"\\end{{{match['name']}}}")
            raise AdgraphError(f"'{opening}' is never closed", Span(match.start(), at), f"add {closed}")
        inner = Span(match.start(), end.end()) if match["name"] else Span(at, end.start())
        yield FormulaPart(Span(match.start(), end.end()), inner, displayed)
        at = end.end()


def _environments(text: str, formulas: Iterable[FormulaPart]) -> Iterable[FormulaPart]:
    """The environments that stand in a text as they do within a formula."""
    for match in _INNER.finditer(_without(text, [formula.outer for formula in formulas])):
        if "=" in match[0]:
            yield FormulaPart(Span(*match.span()), Span(*match.span()), True)


def _closed(closing: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """Where a formula is closed: not by a dollar sign behind a backslash, unless that ends a line."""
    while (match := closing.search(text, at)) is not None:
        backslashes = match.start() - len(text[: match.start()].rstrip("\\"))
        if backslashes % 2 == 0 or not match[0].startswith("$"):
            return match
        at = match.end()
    return None


def _kept(text: str, formulas: list[FormulaPart]) -> str:
    """The text with only these formulas, each closed by a semicolon."""
    parts, at = [], 0
    for formula in formulas:
        parts.append(blanked(text[at : formula.inner.start]))
        parts.append(text[formula.inner.start : formula.inner.end])
        at = formula.inner.end
        if formula.outer.end > at:
            parts.append(";")
            at += 1
    parts.append(blanked(text[at:]))
    return "".join(parts)


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with blanks in the place of the spans."""
    for span in spans:
        text = text[: span.start] + blanked(text[span.start : span.end]) + text[span.end :]
    return text


def _outside(text: str, spans: Iterable[Span]) -> str:
    """The text outside the spans."""
    parts, at = [], 0
    for span in spans:
        parts.append(text[at : span.start])
        at = span.end
    parts.append(text[at:])
    return " ".join(parts)
