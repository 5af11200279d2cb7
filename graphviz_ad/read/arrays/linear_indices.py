"""Indices that are computed: 2i-1, i-k+1, 4-i, as multiples of letters and a number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graphviz_ad.core.patterns import pattern

_LETTER = r"[^\W\d_]"
_TERM = pattern(rf"([-+]?)(?:(\d*)\*?({_LETTER})|(\d+))")
LINEAR = rf"(?:(?:\d*\*?{_LETTER}|\d+)(?:[-+](?:\d*\*?{_LETTER}|\d+))*)"


def linear(part: str) -> tuple[dict[str, int], int] | None:
    """How often each letter is taken, and the number; None for what is no such index."""
    if not re.fullmatch(LINEAR, part):
        return None
    letters: dict[str, int] = {}
    number = 0
    for sign, times, letter, alone in _TERM.findall(part):
        factor = -1 if sign == "-" else 1
        if letter:
            letters[letter] = letters.get(letter, 0) + factor * int(times or 1)
        else:
            number += factor * int(alone)
    return {letter: times for letter, times in letters.items() if times}, number


def spelled(letters: Mapping[str, int], number: int) -> str:
    """2*i+k-1; a letter with + comes first, since shifted ones are i+k-1."""
    terms = [
        f"{times:+d}*{letter}" if abs(times) != 1 else f"{'-' if times < 0 else '+'}{letter}"
        for letter, times in sorted(letters.items(), key=lambda found: found[1] < 0)
    ]
    if not terms or terms[0].startswith("-"):
        return f"{number}{''.join(terms)}"
    return "".join(terms).removeprefix("+") + (f"{number:+d}" if number else "")


def at_value(part: str, letter: str, value: int | str) -> str:
    """An index with a value, or another letter, for one of its letters."""
    found = linear(part)
    if found is None or letter not in found[0]:
        return part
    letters, number = dict(found[0]), found[1]
    times = letters.pop(letter)
    if isinstance(value, str):
        letters[value] = letters.get(value, 0) + times
    else:
        number += times * value
    return spelled({name: count for name, count in letters.items() if count}, number)


def allowed(times: int, number: int, size: int) -> tuple[int, int]:
    """The first and the last value with which a multiple of an index and a number is a place among so many."""
    if times < 0:
        return -((size - number) // -times), (number - 1) // -times
    return -((number - 1) // times), (size - number) // times
