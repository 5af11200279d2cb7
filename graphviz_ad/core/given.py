"""Values that are given: numbers, vectors and matrices as tuples of rows; an array of one entry is a number that knows
how many axes it was written with."""

from __future__ import annotations

from typing import Any


class Single(float):
    """The one entry of an array: [0.5] has one axis, [[0.5]] two."""

    __slots__ = ("axes",)
    axes: int

    def __new__(cls, value: float, axes: int) -> Single:
        made = super().__new__(cls, value)
        made.axes = axes
        return made


def axes_given(value: Any) -> tuple[int, ...]:
    """The shape that a value is written in, (3, 1) of [[1], [2], [3]]; none for a number."""
    if isinstance(value, tuple):
        return (len(value), *axes_given(value[0]))
    return (1,) * value.axes if isinstance(value, Single) else ()


def parts_given(value: Any) -> tuple[Any, ...]:
    """The parts of an array along its first axis."""
    return value if isinstance(value, tuple) else (Single(value, value.axes - 1),)
