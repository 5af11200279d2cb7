"""Traced arrays put together: one behind the other, one beside the other, in blocks, repeated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphviz_ad.read.python.array_methods import METHODS, elementwise
from graphviz_ad.read.python.arrays import ArrayTracer
from graphviz_ad.read.python.making import filled, flat, lifted, stacked, transposed
from graphviz_ad.read.python.tape import TABLES, Tape, Tracer


def concatenated(parts: Sequence[Any], axis: Any = 0) -> Any:
    """Arrays one behind the other."""
    tape = next(part.tape for part in parts if isinstance(part, (ArrayTracer, Tracer)))
    found = [lifted(tape, part) for part in parts if getattr(part, "size", 1) or type(part) in TABLES]
    if any(not isinstance(part, ArrayTracer) for part in found) or len({part.ndim for part in found}) > 1:
        said = " and ".join(str(getattr(part, "shape", "a number")) for part in found)
        text = f"arrays with different numbers of axes are put together: {said}"
        raise tape.refused(text, "use arrays of one kind: [:, None] makes a column of a vector, [None] a row")
    first = found[0]
    if axis is None:
        return concatenated([flat(part) for part in found])
    if not -first.ndim <= axis < first.ndim:
        raise tape.refused(f"axis {axis} of arrays of the shape {first.shape}", "leave it out")
    along = axis % first.ndim
    others = {part.shape[:along] + part.shape[along + 1 :] for part in found}
    if len(others) > 1:
        said = " and ".join(str(part.shape) for part in found)
        raise tape.refused(f"arrays of the shapes {said} are put together", "all but one axis need one size")
    sizes = sum(part.shape[along] for part in found)
    if along == 0:
        columns = first.shape[1] if first.ndim == 2 else 1
        return ArrayTracer(tape, stacked(tape, [part.index for part in found], columns), (sizes, *first.shape[1:]))
    turned = [transposed(part) for part in found]
    whole = ArrayTracer(tape, stacked(tape, [part.index for part in turned], first.shape[0]), (sizes, first.shape[0]))
    return transposed(whole)


def beside(parts: Sequence[Any]) -> Any:
    """np.hstack."""
    return concatenated(parts, 0 if getattr(parts[0], "ndim", 1) == 1 else 1)


def above(parts: Sequence[Any]) -> Any:
    """np.vstack: vectors are rows."""
    tape = next(part.tape for part in parts if isinstance(part, ArrayTracer))
    return concatenated([x if x.ndim == 2 else x.reshape(1, -1) for x in (lifted(tape, part) for part in parts)], 0)


def padded(x: ArrayTracer, width: Any, mode: str = "constant", constant_values: float = 0) -> Any:
    """np.pad, with numbers: so many before and behind, along each axis."""
    if mode != "constant":
        raise x.tape.refused(f"np.pad with mode={mode!r} is not traced", "pad with numbers")
    both = (width, width) if isinstance(width, int) else tuple(width)
    widths = [both] * x.ndim if isinstance(both[0], int) else list(both)
    whole = x
    for axis, around in enumerate(widths):
        for place, count in enumerate(around):
            if count:
                shape = (*whole.shape[:axis], count, *whole.shape[axis + 1 :])
                edge = elementwise("mul", constant_values, filled(x.tape, shape))
                whole = concatenated([edge, whole] if place == 0 else [whole, edge], axis)
    return whole


def array_of(tape: Tape, parts: Sequence[Any]) -> Any:
    """np.array of a list: of arrays, one a row; of numbers, or of lists of them, their entries."""
    found = [lifted(tape, part) if type(part) in TABLES and part.ndim < 3 else part for part in parts]
    several = any(isinstance(part, ArrayTracer) or type(part) in TABLES for part in found)
    return piled(found) if several else lifted(tape, found)


def _as_rows(tape: Tape, part: Any) -> Any:
    """A part of a block, a vector as one row."""
    array = lifted(tape, part)
    return array if array.ndim == 2 else array.reshape(1, -1)


def blocks(rows: Sequence[Any]) -> Any:
    """np.block: lists of arrays beside each other, one list below the other."""
    if not isinstance(rows[0], (list, tuple)):
        return beside(rows)
    tape = next(part.tape for row in rows for part in row if hasattr(part, "tape"))
    lines = [beside([_as_rows(tape, part) for part in row]) for row in rows]
    return lines[0] if len(lines) == 1 else concatenated(lines, 0)


def repeated_rows(x: ArrayTracer, times: Any) -> Any:
    """np.tile: the array so many times behind each other, or along each axis."""
    many = (times,) if isinstance(times, int) else tuple(times)
    if len(many) == 1:
        return concatenated([x] * many[0], x.ndim - 1)
    rows, columns = many[-2:]
    line = x if x.ndim == 2 else x.reshape(1, -1)
    wide = line if columns == 1 else concatenated([line] * columns, 1)
    return wide if rows == 1 else concatenated([wide] * rows, 0)


def stretched_to(x: ArrayTracer, axes: Any) -> Any:
    """np.broadcast_to."""
    wanted = (axes,) if isinstance(axes, int) else tuple(axes)
    if len(wanted) > 2:
        import numpy

        return METHODS["tabled"](x.tape, (x,), lambda cells: numpy.broadcast_to(cells[0], wanted))
    return x if x.shape == wanted else x * filled(x.tape, wanted)


def stretched_alike(*parts: Any) -> tuple[Any, ...]:
    """np.broadcast_arrays."""
    import numpy

    axes = numpy.broadcast_shapes(*(getattr(part, "shape", ()) for part in parts))
    tape = next(part.tape for part in parts if hasattr(part, "tape"))
    return tuple(array.seen(lambda whole: stretched_to(whole, axes)) if isinstance(array, ArrayTracer) else array
                 for array in (lifted(tape, part) for part in parts))  # fmt: skip


def piled(parts: Sequence[Any], axis: int = 0) -> Any:
    """np.stack: arrays of one shape along a new axis."""
    tape = next(part.tape for part in parts if isinstance(part, (ArrayTracer, Tracer)) or type(part) in TABLES)
    shapes = dict.fromkeys(tuple(getattr(part, "shape", ())) for part in parts)
    if len(shapes) > 1:
        said = " and ".join(str(shape) if shape else "a number" for shape in shapes)
        raise tape.refused(f"arrays of the shapes {said} are stacked", "all need one shape")
    if any(getattr(part, "ndim", 0) > 1 for part in parts):
        import numpy

        return METHODS["tabled"](tape, parts, lambda cells: numpy.stack(cells, axis))
    found = [lifted(tape, part) for part in parts]
    if all(isinstance(part, Tracer) and type(part) is Tracer for part in found):
        return ArrayTracer(tape, stacked(tape, [part.index for part in found], 1), (len(found),))
    return above(found) if axis == 0 else transposed(above(found))
