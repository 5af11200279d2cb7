"""What can be reached, step by step."""

from collections.abc import Callable, Iterable


def reached(starts: Iterable[int], onward: Callable[[int], Iterable[int]]) -> set[int]:
    """The starts and all that is reached from them; `onward` says what one leads to."""
    stack = list(starts)
    found = set(stack)
    while stack:
        new = [one for one in onward(stack.pop()) if one not in found]
        found.update(new)
        stack += new
    return found
