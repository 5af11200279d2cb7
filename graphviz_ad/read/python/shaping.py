"""Traced arrays in other forms: flipped, repeated, appended, padded, cut, and their diagonals; each by an operation of
its own where there is one, else by the cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphviz_ad.read.python.joined import concatenated, padded, piled
from graphviz_ad.read.python.making import flat, lifted, transposed
from graphviz_ad.read.python.matrices import diagonal, of_square
from graphviz_ad.read.python.moving import moved
from graphviz_ad.read.python.parts import entry, reshaped, split
from graphviz_ad.read.python.reductions import total


def repeated(x: Any, times: Any, axis: int | None = None) -> Any:
    """Each entry, row or column so many times."""
    if not isinstance(times, int):
        return moved(x.tape, "repeat", (x, times, axis), {})
    whole, along = (flat(x), 0) if axis is None else (x, axis % x.ndim)
    places = [place for place in range(whole.shape[along]) for _ in range(times)]
    return entry(whole, (slice(None),) * along + (places,))


def flipped(x: Any, axis: Any = None) -> Any:
    """np.flip: along an axis, along several, or along all."""
    over = range(x.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    turned_ones = {place % x.ndim for place in over}
    return entry(x, tuple(slice(None, None, -1 if place in turned_ones else 1) for place in range(x.ndim)))


def appended(x: Any, more: Any, axis: int | None = None) -> Any:
    """np.append: all entries behind all entries, or along an axis."""
    tape = (x if hasattr(x, "tape") else more).tape
    if axis is not None:
        return concatenated([x, more], axis)
    parts = [lifted(tape, part if getattr(part, "shape", None) or isinstance(part, list) else [part])
             for part in (x, more)]  # fmt: skip
    return concatenated([flat(part) for part in parts])


def of_shape_alone(name: str) -> Callable[..., Any]:
    """A function of numpy's that gives an array another shape, which numpy says."""

    def function(x: Any, *args: Any, **options: Any) -> Any:
        import numpy

        try:
            shape = getattr(numpy, name)(numpy.empty(x.shape), *args, **options).shape
        except ValueError as error:
            raise x.tape.refused(f"numpy.{name} of {x.shape}: {error}", "leave the axis out") from None
        return reshaped(x, shape) if shape else x.tape.number(x.index)

    return function


def side_by_side(parts: Sequence[Any]) -> Any:
    """np.column_stack: vectors as columns, and matrices, beside each other."""
    tape = next(part.tape for part in parts if hasattr(part, "tape"))
    arrays = [lifted(tape, part) for part in parts]
    return concatenated([x if x.ndim == 2 else reshaped(x, -1, 1) for x in arrays], 1)


def diagonals(name: str) -> Callable[..., Any]:
    """np.diag and np.diagonal; those beside the main one, and of what is not square, by their cells."""

    def function(x: Any, *args: Any, **options: Any) -> Any:
        others = any(args) or any(options.values())
        square = x.ndim == 2 and x.shape[0] == x.shape[1]
        if others or not (square or (x.ndim == 1 and name == "diag")):
            return moved(x.tape, name, (x, *args), options)
        return diagonal(x)

    return function


def traced_sum(x: Any, offset: int = 0) -> Any:
    """np.trace."""
    if x.ndim == 2 and x.shape[0] == x.shape[1] and not offset:
        return of_square("trace", "the trace", False)(x)
    return total(moved(x.tape, "diagonal", (x, offset), {}))


def pads(x: Any, width: Any, mode: str = "constant", **options: Any) -> Any:
    """np.pad; what numpy does by other rules than constants, numpy does to the cells."""
    if mode == "constant" and x.ndim <= 2 and not isinstance(options.get("constant_values", 0), (tuple, list)):
        return padded(x, width, mode, **options)
    return moved(x.tape, "pad", (x, width, mode), options)


def along_axis(function: Callable[..., Any], axis: int, x: Any, *more: Any) -> Any:
    """np.apply_along_axis: what a function makes of each row, or of each column."""
    if not -x.ndim <= axis < x.ndim:
        raise x.tape.refused(f"an array of the shape {x.shape} has no axis {axis}", f"they are 0 to {x.ndim - 1}")
    if x.ndim == 1:
        return function(x, *more)
    by_rows = axis % x.ndim == 1
    found = piled([function(line, *more) for line in (x if by_rows else transposed(x))])
    return found if by_rows or found.ndim == 1 else transposed(found)


def dealt(x: Any, where: Any, axis: int = 0) -> list[Any]:
    """np.array_split, whose parts need not be of one size."""
    return (
        split(x, where, axis)
        if not isinstance(where, int)
        else list(moved(x.tape, "array_split", (x, where, axis), {}))
    )
