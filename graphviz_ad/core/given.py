"""Values that are given: numbers, vectors and matrices as tuples of rows; an array of one entry is a number that knows
how many axes it was written with; and names of what stands in lists and dicts."""

from __future__ import annotations

from typing import Any

from graphviz_ad.core.names import Name, below, is_name

Path = tuple[str | int, ...]  # keys of dicts and places in lists, from 0


class PartName(Name):
    """The name of an array, or a number, that stands in a list or a dict: W_1 of params[0]["W"]."""

    __slots__ = ("of", "path")
    of: str
    path: Path

    def __new__(cls, of: str, path: Path) -> PartName:
        own, places = of, []
        for step in path:
            if isinstance(step, str) and is_name(step):
                own = step
            else:
                places.append(str(step + 1 if isinstance(step, int) else step))
        made = super().__new__(cls, below(Name(own), ",".join(places)) if places else own)
        made.of, made.path = of, path
        return made

    def __reduce__(self) -> tuple[type[PartName], tuple[str, Path]]:
        return PartName, (self.of, self.path)


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


def as_given(array: Any) -> Any:
    """An array of numpy's as values are given: a tuple of its parts; of one entry, a number that knows its axes."""
    if array.size == 1:
        return Single(array.item(), array.ndim) if array.ndim else float(array)
    return tuple(map(as_given, array)) if array.ndim > 1 else tuple(map(float, array))


def listed(value: Any) -> Any:
    """A value that is given, as nested lists."""
    if isinstance(value, tuple):
        return [*map(listed, value)]
    for _ in axes_given(value):
        value = [float(value) if isinstance(value, Single) else value]
    return value


def parts_given(value: Any) -> tuple[Any, ...]:
    """The parts of an array along its first axis."""
    return value if isinstance(value, tuple) else (Single(value, value.axes - 1),)
