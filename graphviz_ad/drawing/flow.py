"""Things side by side, in as many lines as they need."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def flow(things: Iterable[tuple[T, float]], gap: float, room: float) -> list[list[T]]:
    """Things, each with its width, in lines of at most so much room, with a gap between two."""
    lines: list[list[T]] = []
    used = 0.0
    for thing, width in things:
        used += gap + width
        if not lines or used > room:
            lines.append([])
            used = width
        lines[-1].append(thing)
    return lines
