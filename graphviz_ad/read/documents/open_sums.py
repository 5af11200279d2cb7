r"""Sums to an n that has no value, and sums without bounds: taken with three terms, so that what is stated of them can
be judged. \frac{1}{n} \sum_{i=1}^n x_i is \frac{1}{3} \sum_{i=1}^3 x_i then, and so is all that is compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from graphviz_ad.core.names import Name

SIZE = 3  # how many terms are taken
FREE = "ijklmn"  # letters that are indices where they stand in scripts
PUT_IN = (2, 1, 3)  # for the first, second and third index that is free
_SUM = re.compile(
    r"\\(?P<sign>sum|prod)(?![a-zA-Z])\s*(?:\\(?:no)?limits)?\s*_\s*(?:\{\s*(?P<below>[^{}]*?)\s*\}|(?P<one>[a-zA-Z]))"
    r"(?:\s*\^\s*(?:\{\s*(?P<above>[^{}]*?)\s*\}|(?P<letter>\w)))?"
)
_INDEX = re.compile(r"[a-zA-Z]")
_BEGIN = re.compile(r"[a-zA-Z]\s*=\s*[01]")
_TOKEN = re.compile(
    r"\\(?:text|mathrm|operatorname|mathbf|mbox)\s*\{[^{}]*\}|\\[a-zA-Z]+|_\s*\{[^{}]*\}|_?[a-zA-Z](?!\()"
)
_LETTERS = re.compile(r"(?<![a-zA-Z\\])[a-zA-Z](?![a-zA-Z])")


def bounds(texts: Iterable[str]) -> frozenset[str]:
    """The letters that say how many terms a sum has."""
    return frozenset(
        letter
        for text in texts
        for match in _SUM.finditer(text)
        for letter in _LETTERS.findall(match["above"] or match["letter"] or "")
    )


def is_open(text: str) -> bool:
    """Whether a text has a sum without bounds, or to a letter."""
    return any(_is_open(match) for match in _SUM.finditer(text))


def _is_open(match: re.Match[str]) -> bool:
    below, above = match["below"] or match["one"] or "", match["above"] or match["letter"]
    if above is None:
        return _INDEX.fullmatch(below) is not None
    return bool(_LETTERS.search(above)) and _BEGIN.fullmatch(below) is not None


def closed(text: str, letters: Collection[str]) -> str:
    """The text with a few terms in each sum that is open, and with that number for the letters that are how many."""
    made: list[str] = []
    at = 0
    for match in _SUM.finditer(text):
        made += [_put(text[at : match.start()], letters), _sum(match, letters)]
        at = match.end()
    return "".join((*made, _put(text[at:], letters)))


def _sum(match: re.Match[str], letters: Collection[str]) -> str:
    below, above = match["below"] or match["one"] or "", match["above"] or match["letter"]
    if above is None:
        if not _INDEX.fullmatch(below):
            return match[0]
        below, above = f"{below}=1", str(SIZE)
    for letter in letters:
        above = re.sub(rf"(?<![a-zA-Z\\]){letter}(?![a-zA-Z])", str(SIZE), above)
    return rf"\{match['sign']}_{{{below}}}^{{{above}}} "


def _put(text: str, letters: Collection[str]) -> str:
    for letter in letters:
        text = re.sub(rf"(?<=_){letter}(?![a-zA-Z])|(?<=_\{{){letter}(?=\}})", str(SIZE), text)
    return _TOKEN.sub(lambda match: f"{{({SIZE})}}" if match[0] in letters else match[0], text)


def free_indices(names: Iterable[str], texts: Iterable[str]) -> dict[str, int]:
    """What stands for each index of names that no sum runs over: 2, 1, 3."""
    bound = {(match["below"] or match["one"] or "")[:1] for text in texts for match in _SUM.finditer(text)}
    found: dict[str, int] = {}
    for name in names:
        parts = Name(name).parts
        for script in (parts.subscript, parts.superscript.strip("()[]")):
            for letter in script if script and all(one in FREE for one in script) else "":
                if letter not in bound and letter not in found and len(found) < len(PUT_IN):
                    found[letter] = PUT_IN[len(found)]
    return found
