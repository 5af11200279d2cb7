"""Characters that look like others, as word processors, web pages and other keyboards make them: read as what they look
like, each in its place, and said once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from graphviz_ad.core.patterns import pattern

_SIGNS = {
    "∗": "*", "＊": "*", "⁎": "*", "⨯": "*", "✕": "*", "＋": "+", "﹢": "+",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "－": "-", "﹣": "-", "˗": "-",
    "⁄": "/", "∕": "/", "／": "/", "＝": "=", "﹦": "=", "＜": "<", "＞": ">", "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥",
    "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}", "｜": "|", "∣": "|", "⎮": "|",
    "，": ",", "；": ";", "：": ":", "．": ".", "＾": "^", "ˆ": "^", "＿": "_", "＄": "$", "＼": "\\", "％": "%",
    "‘": "'", "’": "'", "‛": "'", "ʹ": "'", "´": "'", "∆": "Δ", "µ": "μ", "Ω": "Ω", "º": "°", "˚": "°",
    "ℯ": "e", "ⅇ": "e", "ⅆ": "d", "ℎ": "h", "𝜕": "∂", "𝝏": "∂", "⋯": "…", "∥": "‖",
    "∊": "ϵ", "≡": "=", "≔": "=", "≜": "=", "⩵": "=", "\u2062": "*",
}  # fmt: skip
_UNSEEN = "“”„‟«»\u200b\u200c\u2060\u2061\u00ad\ufeff"  # quotation marks, and what has no width
_QUOTED = pattern("[‘‚]([^‘’]*)[’‘]")  # single quotation marks, where ’ alone is a prime
# Cyrillic letters, and capital Greek ones that are no symbols of their own, by the Latin letters that they look like.
_TWINS = dict(zip("асеікорсухѕјһԁԛԝАВЕІКМНОРСТХЅЈ", "aceikopcyxsjhdqwABEIKMHOPCTXSJ", strict=True))
_GREEK_TWINS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True))
_WIDE_AND_ITALIC = ((0xFF10, 0xFF5A), (0x1D434, 0x1D467), (0x1D6E2, 0x1D71B), (0x1D7CE, 0x1D7FF))


def mended(text: str, notes: list[str], kept: str = "") -> str:
    """The text with each look-alike as what it looks like, but for those that are `kept`, no character more or less; a
    note says which."""
    if text.isascii():
        return text
    text = _QUOTED.sub(r" \1 ", text)
    table = {character: _plain(character) for character in set(text).difference(kept)}
    table |= _twins(text)
    changed = {character: plain for character, plain in table.items() if plain != character}
    if not changed:
        return text
    seen = dict.fromkeys(character for character in text if character in changed and changed[character] != " ")
    if seen:
        notes.append(f"{', '.join(f'{_shown(c)} is read as {changed[c]}' for c in seen)}")
    return text.translate({ord(character): plain for character, plain in changed.items()})


def _plain(character: str) -> str:
    """A character as it is typed."""
    if character in _SIGNS:
        return _SIGNS[character]
    if character in _UNSEEN:
        return " "
    code = ord(character)
    if any(first <= code <= last for first, last in _WIDE_AND_ITALIC):
        return unicodedata.normalize("NFKC", character)
    return character


def _twins(text: Iterable[str]) -> dict[str, str]:
    """The letters of other alphabets that are meant as Latin ones: all that are there look like Latin letters."""
    cyrillic = {c for c in text if "\u0400" <= c <= "\u052f"}
    found = {c: _TWINS[c] for c in cyrillic} if cyrillic <= _TWINS.keys() else {}
    return found | {c: twin for c, twin in _GREEK_TWINS.items() if c in text}


def _shown(character: str) -> str:
    """A look-alike by its name, since by its looks it is the other."""
    return f"'{character}' ({unicodedata.name(character, f'U+{ord(character):04X}').lower()})"
