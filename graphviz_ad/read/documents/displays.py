"""Displays in commands and environments of the writer's own, \\newenvironment{loss}{…} and \\be … \\ee: brought
to those that everyone has, each character in its place."""

from __future__ import annotations

import re
from contextlib import suppress

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.read.latex.macros import Macros, blanked, closed, defined

_DISPLAY = r"(?:equation|align|alignat|flalign|gather|multline|eqnarray|displaymath)\*?\s*\}"
_BEGINS, _ENDS = (re.compile(rf"\\{word}\s*\{{\s*{_DISPLAY}") for word in ("begin", "end"))
_ENVIRONMENT = re.compile(r"\\(?:re)?newenvironment\*?\s*\{(\w+)\*?\}(?:\s*\[[^\]]*\])*\s*(?=\{)")


def with_displays(text: str, macros: Macros) -> str:
    """The text with \\[ and \\] for what begins and ends a display, and blanks for the definitions of that."""
    own = [
        (name, sign)
        for sign, pattern in (("\\[", _BEGINS), ("\\]", _ENDS))
        for name, macro in macros.items()
        if not macro.count and pattern.search(macro.body)
    ]
    if own:
        with suppress(AdgraphError):
            _, text = defined(text)
    for name, sign in own:
        text = _put(text, rf"\\{name}(?![a-zA-Z])", sign)
    at = 0
    while (found := _ENVIRONMENT.search(text, at)) is not None:
        place = Span(*found.span())
        try:
            middle = closed(text, found.end(), place)
            last = closed(text, text.index("{", middle), place)
        except (AdgraphError, ValueError):
            at = found.end()
            continue
        is_display = _BEGINS.search(text, found.end(), middle) is not None
        text = text[: found.start()] + blanked(text[found.start() : last]) + text[last:]
        at = last
        if is_display:
            text = _put(text, rf"\\begin\{{{found[1]}\}}(?:\[[^\]\n]*\])?", "\\[")
            text = _put(text, rf"\\end\{{{found[1]}\}}", "\\]")
    return text


def _put(text: str, pattern: str, sign: str) -> str:
    """The text with a sign in the place of all that is matched, as long as that is."""
    return re.sub(pattern, lambda match: sign.ljust(len(match[0])), text)
