"""Letters of variables among words that are set upright: m × n beneath a node, δ in a remark."""

import re
from unicodedata import lookup, name

_GREEK = re.compile(r"[α-ωϑϕ]")
_LETTER = re.compile(r"(?<![^\W\d_])[A-Za-zα-ωϑϕ](?![^\W\d_])")


def shape_text(shape: str) -> str:
    """A shape, its letters slanted."""
    return _LETTER.sub(lambda found: _slanted(found[0]), shape)


def note_text(note: str) -> str:
    """A remark, its Greek letters slanted."""
    return _GREEK.sub(lambda found: _slanted(found[0]), note)


def _slanted(letter: str) -> str:
    if letter == "h":  # which Unicode has by another name
        return "\N{PLANCK CONSTANT}"
    words = re.sub("(?:LATIN|GREEK) |LETTER ", "", name(letter))
    return lookup(f"MATHEMATICAL ITALIC {words}")
