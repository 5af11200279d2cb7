"""Regular expressions that are compiled when they are first used: of those that a module has, a command uses few."""

import re

TYPE_CHECKING = False  # as in typing

if TYPE_CHECKING:
    from typing import Any


def pattern(text: str, flags: int = 0) -> "re.Pattern[str]":
    """What `re.compile` makes, but not yet."""
    made: Any = _Pattern(text, flags)
    found: re.Pattern[str] = made
    return found


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self._asked = text, flags

    def __getattr__(self, method: str) -> "Any":
        found = getattr(re.compile(*self._asked), method)
        setattr(self, method, found)
        return found
