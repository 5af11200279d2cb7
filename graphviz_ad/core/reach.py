"""Relations between nodes: what can be reached step by step, and pairs by their first ones."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def by_key(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The second ones of pairs by their first ones, all in their order."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def reached(starts: Iterable[int], onward: Callable[[int], Iterable[int]]) -> set[int]:
    """The starts and all that is reached from them; `onward` says what one leads to."""
    stack = list(starts)
    found = set(stack)
    while stack:
        new = [one for one in onward(stack.pop()) if one not in found]
        found.update(new)
        stack += new
    return found
