"""Names at a step: h_0 is h_{t-1} at t = 1, and a^{(2)} is a^{(l)} at l = 2."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.patterns import pattern
from graphviz_ad.read.text.ranges import Steps

_SCRIPT = pattern(r"_\{[^{}]*\}|_[^\W_]+|\^\{[^{}]*\}")


def _pattern(index: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){index}(?![^\W_])(?:\s*([-+−])\s*(\d+))?")


def has_index(text: str, index: str) -> bool:
    """Whether a name has this index below it, or in brackets above it."""
    return any(_pattern(index).search(script[0][1:]) for script in _SCRIPT.finditer(text))


def stepped(text: str, index: str, value: int) -> str:
    """The name at a step: h_0 of h_{t-1}, at 1."""

    def at(found: re.Match[str]) -> str:
        offset = int(found[2] or 0)
        return str(value + (offset if found[1] == "+" else -offset))

    return _rewritten(text, _pattern(index), at)


def offset(text: str, index: str) -> int:
    """What is added to the index of a name: −1 in h_{t-1}."""
    found = next(filter(None, (_pattern(index).search(script[0][1:]) for script in _SCRIPT.finditer(text))))
    return int(found[2] or 0) * (1 if found[1] == "+" else -1)


def general(text: str, index: str) -> str:
    """The name without what is added to its index: h_t of h_{t-1}."""
    return _rewritten(text, _pattern(index), lambda found: index)


def _rewritten(text: str, pattern: re.Pattern[str], made: Callable[[re.Match[str]], str]) -> str:
    def script(found: re.Match[str]) -> str:
        sign, inside = found[0][0], found[0][1:].removeprefix("{").removesuffix("}")
        inside, count = pattern.subn(made, inside)
        if not count:
            return found[0]
        return f"{sign}{inside}" if sign == "_" and inside.isalnum() else f"{sign}{{{inside}}}"

    return _SCRIPT.sub(script, text)


def whole_of(text: str) -> Parts:
    """The parts of a name without what stands below it and its label."""
    return Name(text).key.replace(subscript="", superscript="")


def names_of_steps(names: Iterable[str], steps: Steps) -> Iterable[str]:
    """x_1, x_2 and x_3 of x_t, and h_0 of h_{t-1}."""
    for name in names:
        if not name.startswith(("sum_", "prod_")) and has_index(name, steps.index):
            yield from (stepped(name, steps.index, value) for value in steps.values())
