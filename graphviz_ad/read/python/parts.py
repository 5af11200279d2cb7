"""Parts of traced arrays, x[0], X[:, 1], in other shapes, and put together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from graphviz_ad.core.ops.arrays import BLOCK, UNIT, matrix
from graphviz_ad.read.python.arrays import ArrayTracer, made
from graphviz_ad.read.python.making import as_row, flat, lifted, stacked, transposed
from graphviz_ad.read.python.tape import Tape, Tracer


def entry(x: ArrayTracer, key: Any) -> Any:
    """x[0], X[0, 1], X[:, 0], x[1:3], x[:, None]; entries are counted from 0."""
    keys = key if isinstance(key, tuple) else (key,)
    if any(part is Ellipsis for part in keys):
        raise x.tape.refused("an index ... is not traced", "write : for each axis")
    plain = [part for part in keys if part is not None]
    if len(plain) > x.ndim:
        raise x.tape.refused(f"{len(plain)} indices of an array of the shape {x.shape}", "write one for each axis")
    plain += [slice(None)] * (x.ndim - len(plain))
    made_of: Any = x
    axes: list[int] = []
    for axis in reversed(range(x.ndim)):
        made_of, kept = _along(made_of, axis if made_of.ndim == x.ndim else 0, plain[axis])
        if kept is not None:
            axes.insert(0, kept)
    if not axes:
        return x.tape.number(made_of.index)
    if None in keys:
        return _with_new_axes(made_of, keys)
    return made_of


def _along(x: Any, axis: int, key: Any) -> tuple[Any, int | None]:
    """A part along one axis, and how many entries that has; None for one entry."""
    tape: Tape = x.tape
    size = x.shape[axis]
    if isinstance(key, slice):
        start, stop, step = key.indices(size)
        if step != 1 or stop <= start:
            raise tape.refused("a slice with a step, or of nothing, is not traced", "write x[0:2]")
        if (start, stop) == (0, size):
            return x, size
        many = stop - start
        if many == 1:
            block = made(tape, UNIT, (), (size, 1), size=size, at=start + 1)
        else:
            block = made(tape, BLOCK, (), (size, many), rows=size, columns=many, at=start + 1)
        if axis == 1:
            return made(tape, "matmul", (x.index, block.index), (x.shape[0], many)), many
        rest = x.shape[1:]
        return made(tape, "matmul", (transposed(block).index, x.index), (many, *rest)), many
    if type(key) is Tracer:
        key = key.__index__()
    if not hasattr(key, "__index__") or isinstance(key, bool):
        raise tape.refused("an index that is an array or a condition is not traced", "write X[0], X[:, 1] or np.where")
    place = key.__index__()
    if not -size <= place < size:
        raise tape.refused(f"index {place} of an axis of {size} entries", f"the last one is {size - 1}")
    if size == 1:
        rest = tuple(n for at, n in enumerate(x.shape) if at != axis)
        return (flat(x) if rest and x.shape[0] == 1 else ArrayTracer(tape, x.index, rest)), None
    unit = made(tape, UNIT, (), (size,), size=size, at=place % size + 1)
    if x.ndim == 1:
        return ArrayTracer(tape, made(tape, "matmul", (as_row(unit), x.index), ()).index, ()), None
    if axis == 1:
        return made(tape, "matmul", (x.index, unit.index), x.shape[:1]), None
    return made(tape, "matmul", (transposed(x).index, unit.index), x.shape[1:]), None


def _with_new_axes(x: ArrayTracer, keys: Sequence[Any]) -> Any:
    if x.ndim != 1 or len(keys) != 2:
        raise x.tape.refused("an array of three axes", "vectors and matrices are traced")
    return reshaped(x, (1, -1) if keys[0] is None else (-1, 1))


def reshaped(x: ArrayTracer, *axes: Any, order: str = "C") -> Any:
    """The same entries as a column, a row or a vector."""
    wanted = tuple(axes[0]) if len(axes) == 1 and isinstance(axes[0], (tuple, list)) else axes
    known = math.prod(n for n in wanted if n != -1)
    wanted = tuple(x.size // known if n == -1 and known else n for n in wanted)
    if wanted == x.shape:
        return x
    if math.prod(wanted) != x.size:
        raise x.tape.refused(f"an array of the shape {x.shape} as one of {wanted}", "both need as many entries")
    vector = 1 in matrix(x.shape)
    if vector and len(wanted) in (1, 2) and 1 in matrix(wanted):
        is_row, to_row = x.ndim == 2 and x.shape[0] == 1, len(wanted) == 2 and wanted[0] == 1
        if is_row == to_row or x.size == 1:
            return ArrayTracer(x.tape, x.index, wanted)
        if x.tape.ops[x.index] == "transpose":
            return ArrayTracer(x.tape, x.tape.args[x.index][0], wanted)
        return made(x.tape, "transpose", (x.index,), wanted)
    if len(wanted) == 1 and order == "C":
        rows = [entry(x, place) for place in range(x.shape[0])]
        return ArrayTracer(x.tape, stacked(x.tape, [row.index for row in rows], 1), wanted)
    raise x.tape.refused(f"an array of the shape {x.shape} as one of {wanted}", "rows, columns and vectors are traced")


def concatenated(parts: Sequence[Any], axis: Any = 0) -> Any:
    """Arrays one behind the other."""
    tape = next(part.tape for part in parts if isinstance(part, (ArrayTracer, Tracer)))
    found = [lifted(tape, part) for part in parts]
    if any(not isinstance(part, ArrayTracer) for part in found) or len({part.ndim for part in found}) > 1:
        raise tape.refused("arrays with different numbers of axes are put together", "use arrays of one kind")
    first = found[0]
    if axis is None or (first.ndim == 1 and axis not in (0, -1)):
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
    return concatenated(parts, 0 if getattr(parts[0], "ndim", 1) == 1 else 1)


def above(parts: Sequence[Any]) -> Any:
    tape = next(part.tape for part in parts if isinstance(part, ArrayTracer))
    return concatenated([x if x.ndim == 2 else reshaped(x, 1, -1) for x in (lifted(tape, part) for part in parts)], 0)


def piled(parts: Sequence[Any], axis: int = 0) -> Any:
    tape = next(part.tape for part in parts if isinstance(part, (ArrayTracer, Tracer)))
    found = [lifted(tape, part) for part in parts]
    if all(isinstance(part, Tracer) and type(part) is Tracer for part in found):
        return ArrayTracer(tape, stacked(tape, [part.index for part in found], 1), (len(found),))
    return above(found) if axis == 0 else transposed(above(found))
