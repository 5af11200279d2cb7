"""Arrays on a tape: those that are there, those of numbers, ones, transposes, and what stands one below the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from graphviz_ad.core.ops.arrays import EYE, ONES, matrix
from graphviz_ad.read.python.array_methods import AxisNumbers
from graphviz_ad.read.python.arrays import ArrayTracer, made, shape_at
from graphviz_ad.read.python.tape import TABLES, Tape, Tracer

_MASKED = -1e30
MAX_CONSTANT = 400  # entries of an array of numbers that is written out in the graph


def lifted(tape: Tape, value: Any) -> Any:
    """An array or a number on the tape. Raises AdgraphError for what is neither."""
    if isinstance(value, ArrayTracer):
        if value.tape is not tape:
            raise tape.refused("an array of another trace takes part", "keep no traced arrays between calls")
        return value
    if type(value) is Tracer:
        return value
    if type(value) in TABLES:
        value = value.whole()
        if isinstance(value, ArrayTracer):
            return value
    axes = getattr(value, "shape", None)
    if isinstance(value, (list, tuple)) and value:
        import numpy

        value = numpy.array(value, dtype=object)
        axes = value.shape
    if axes:
        return constant(tape, value, tuple(axes))
    index = tape.constant(value)
    if index is None:
        raise tape.refused(f"a {type(value).__name__} takes part with an array", "use numbers and arrays of numbers")
    return tape.number(index)


def constant(tape: Tape, value: Any, axes: AxisNumbers) -> Any:
    """An array of numbers: ones, a multiple of them, a unit matrix, else entry by entry."""
    if len(axes) > 2:
        raise tape.refused(f"an array of {len(axes)} axes", "vectors and matrices are traced")
    value = without_infinity(tape, value)
    entries = [entry for row in value.tolist() for entry in (row if isinstance(row, list) else [row])]
    numbers = all(type(entry) in (int, float, bool) for entry in entries)
    if numbers and len(set(entries)) == 1:
        ones = filled(tape, axes)
        return ones if entries[0] == 1 else entries[0] * ones
    square = len(axes) == 2 and axes[0] == axes[1]
    if numbers and square and all(e == (k % (axes[0] + 1) == 0) for k, e in enumerate(entries)):
        return made(tape, EYE, (), axes, size=axes[0])
    if len(entries) > MAX_CONSTANT:
        text = f"an array of {len(entries)} numbers takes part"
        raise tape.refused(text, "make it a parameter, and give its values: --at")
    if len(axes) == 1 or axes[1] == 1:
        return ArrayTracer(tape, stacked(tape, [lifted(tape, entry).index for entry in entries], 1), axes)
    rows = [value[place] for place in range(axes[0])]
    turned = [transposed(constant(tape, row, tuple(row.shape)).reshape(axes[1], 1)) for row in rows]
    return ArrayTracer(tape, stacked(tape, [row.index for row in turned], axes[1]), axes)


def without_infinity(tape: Tape, value: Any) -> Any:
    """A number, or an array of them, with −∞, by which scores of an attention are masked, as what has exponential 0."""
    is_plain = type(value) is float or (getattr(getattr(value, "dtype", None), "kind", "") == "f")
    if hasattr(value, "tape") or not is_plain or -math.inf not in (value if hasattr(value, "dtype") else [value]):
        return value
    tape.note("-inf is read as -10^30, whose exponential is 0, too")
    return max(value, _MASKED) if type(value) is float else value.clip(min=_MASKED)


def stacked(tape: Tape, parts: Sequence[int], columns: int) -> int:
    """Parts one below the other."""
    whole = parts[0]
    for part in parts[1:]:
        rows = matrix(shape_at(tape, whole))[0], matrix(shape_at(tape, part))[0]
        whole = made(tape, "vcat", (whole, part), (int(rows[0]) + int(rows[1]), columns)).index
    return whole


def filled(tape: Tape, axes: AxisNumbers) -> Any:
    """An array of ones."""
    rows, columns = (int(size) for size in matrix(axes))
    if 1 not in (rows, columns):
        left, right = ones(tape, rows), ones(tape, columns)
        return made(tape, "matmul", (left.index, transposed(right.reshape(columns, 1)).index), axes)
    if columns == 1 and rows == 1:
        return ArrayTracer(tape, lifted(tape, 1).index, axes)
    column = ones(tape, max(rows, columns))
    return ArrayTracer(tape, column.index if columns == 1 else transposed(column.reshape(columns, 1)).index, axes)


def ones(tape: Tape, size: int) -> Any:
    """A vector of so many ones."""
    return made(tape, ONES, (), (size,), size=size)


def transposed(x: ArrayTracer) -> Any:
    """The transpose of an array of two axes."""
    axes = x.shape[::-1]
    before = x.tape.args[x.index][0] if x.tape.ops[x.index] == "transpose" else None
    if before is not None or x.size == 1:
        return ArrayTracer(x.tape, x.index if before is None else before, axes)
    return made(x.tape, "transpose", (x.index,), axes)


def as_row(x: ArrayTracer) -> int:
    """The entry of the tape that is a vector as a row."""
    column = ArrayTracer(x.tape, x.index, (x.size, 1))
    return x.index if x.ndim == 2 and x.shape[0] == 1 else int(transposed(column).index)


def flat(x: ArrayTracer, order: str = "C") -> ArrayTracer:
    """A vector of one axis."""
    vector: ArrayTracer = x.reshape(-1, order=order)
    return vector
