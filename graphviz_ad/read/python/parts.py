"""Parts of traced arrays, x[0], X[:, 1], in other shapes, and put together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from graphviz_ad.core.ops.arrays import BLOCK, ENTRY, UNIT, matrix
from graphviz_ad.read.python.array_table import METHODS
from graphviz_ad.read.python.arrays import ArrayTracer, made
from graphviz_ad.read.python.joined import above, piled
from graphviz_ad.read.python.making import flat, stacked, transposed
from graphviz_ad.read.python.masks import chosen_by
from graphviz_ad.read.python.tape import Tape, Tracer

MAX_PLACES = 64  # of an axis that are taken at once
MAX_RESHAPED = 400  # entries of an array of another shape


def entry(x: ArrayTracer, key: Any) -> Any:
    """x[0], X[0, 1], X[:, 0], x[1:3], x[:, None]; entries are counted from 0."""
    if (chosen := chosen_by(x, key)) is not None:
        return chosen
    key = METHODS["index"](key)
    keys = _without_dots(x, key if isinstance(key, tuple) else (key,))
    new = any(part is None for part in keys)
    if any(getattr(part, "ndim", 0) > 1 for part in keys):  # a table of places, or of what is true
        return _tabled(x, lambda cells: cells[keys])
    if new and not (x.ndim == 1 and len(keys) == 2):
        return _tabled(x, lambda cells: cells[keys])
    listed = [part for part in map(places_in, keys) if part is not None]
    if len(listed) > 1:
        return _paired(x, listed, len(keys))
    plain = [part for part in keys if part is not None]
    if len(plain) > x.ndim:
        raise x.tape.refused(f"{len(plain)} indices of an array of the shape {x.shape}", "write one for each axis")
    if any(isinstance(part, slice) and not range(*part.indices(x.shape[axis])) for axis, part in enumerate(plain)):
        return _tabled(x, lambda cells: cells[keys])
    is_several = any(isinstance(part, slice) or places_in(part) is not None for part in plain)
    if x.ndim == len(plain) == 2 and not new and 1 not in x.shape and not is_several:
        at = tuple(_place(x, axis, part) for axis, part in enumerate(plain))
        return x.tape.number(made(x.tape, ENTRY, (x.index,), (), place=at).index)
    for axis, part in enumerate(plain):
        holds = not isinstance(part, (ArrayTracer, Tracer)) and getattr(getattr(part, "dtype", None), "kind", "") == "b"
        if holds and len(part) != x.shape[axis]:
            text = f"a condition of {len(part)} entries along an axis of {x.shape[axis]}"
            raise x.tape.refused(text, "both need as many")
    plain += [slice(None)] * (x.ndim - len(plain))
    made_of: Any = x
    axes: list[int] = []
    for axis in reversed(range(x.ndim)):
        made_of, kept = _along(made_of, axis if made_of.ndim == x.ndim else 0, plain[axis])
        if kept is not None:
            axes.insert(0, kept)
    if not axes:
        return x.tape.number(made_of.index)
    return reshaped(made_of, (1, -1) if keys[0] is None else (-1, 1)) if new else made_of


def _along(x: Any, axis: int, key: Any) -> tuple[Any, int | None]:
    """A part along one axis, and how many entries that has; None for one entry."""
    tape: Tape = x.tape
    size = x.shape[axis]
    if isinstance(key, slice):
        start, stop, step = key.indices(size)
        if step != 1:
            return gathered(x, axis, range(start, stop, step))
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
    if (places := places_in(key)) is not None:
        return gathered(x, axis, places)
    place = _place(x, axis, key)
    if size == 1:
        rest = tuple(n for at, n in enumerate(x.shape) if at != axis)
        return (flat(x) if rest and x.shape[0] == 1 else ArrayTracer(tape, x.index, rest)), None
    if x.ndim == 1:
        of, at = _entry_of(tape, x.index, place)
        return made(tape, ENTRY, (of,), (), place=at), None
    unit = made(tape, UNIT, (), (size,), size=size, at=place)
    if axis == 1:
        return made(tape, "matmul", (x.index, unit.index), x.shape[:1]), None
    return made(tape, "matmul", (transposed(x).index, unit.index), x.shape[1:]), None


def _entry_of(tape: Tape, vector: int, place: int) -> tuple[int, tuple[int, ...]]:
    """What an entry of a vector is an entry of, and where: of the matrix, where it is a row or a column, W[1][2]."""
    if tape.ops[vector] != "matmul":
        return vector, (place,)
    matrix, unit = tape.args[vector]
    if tape.ops[unit] != UNIT:
        return vector, (place,)
    at = int(str(dict(tape.types[unit].attributes)["at"]))
    is_row = tape.ops[matrix] == "transpose"
    return (tape.args[matrix][0], (at, place)) if is_row else (matrix, (place, at))


def _place(x: Any, axis: int, key: Any) -> int:
    """The place of an entry along an axis, counted from 1."""
    size: int = x.shape[axis]
    if type(key) is Tracer:
        key = key.__index__()
    if not hasattr(key, "__index__") or isinstance(key, bool):
        raise x.tape.refused(f"a {type(key).__name__} is no index", "write X[0], X[:, 1] or np.where")
    place = int(key.__index__())
    if not -size <= place < size:
        raise x.tape.refused(f"index {place} of an axis of {size} entries", f"the last one is {size - 1}")
    return place % size + 1


def _without_dots(x: ArrayTracer, keys: tuple[Any, ...]) -> tuple[Any, ...]:
    """The keys with : for each axis that X[..., 0] leaves out."""
    at = next((place for place, part in enumerate(keys) if part is Ellipsis), None)
    if at is None:
        return keys
    rest = (slice(None),) * (x.ndim - sum(part is not None for part in keys) + 1)
    return (*keys[:at], *rest, *keys[at + 1 :])


def places_in(key: Any) -> list[int] | None:
    """The places that a list or an array of whole numbers names; None for another key."""
    if isinstance(key, (ArrayTracer, Tracer)):
        return None
    if hasattr(key, "dtype") and key.ndim == 1 and key.dtype.kind == "b":
        return [int(place) for place in key.nonzero()[0]]
    listed = key.tolist() if hasattr(key, "dtype") and key.shape else key
    whole = isinstance(listed, (list, range)) and all(map(_is_whole, listed))
    return [int(place) for place in listed] if whole else None


def _is_whole(place: Any) -> bool:
    """Whether an index is a whole number, of Python's or of numpy's."""
    return type(place) is int or (hasattr(place, "dtype") and place.dtype.kind in "iu" and not place.shape)


def gathered(x: ArrayTracer, axis: int, places: Sequence[int]) -> tuple[Any, int]:
    """The entries, rows or columns at some places, in their order."""
    if not 0 < len(places) <= MAX_PLACES:
        raise x.tape.refused(f"{len(places)} places of an axis at once", f"from 1 to {MAX_PLACES} are traced")
    parts = [_along(x, axis, place)[0] for place in places]
    if x.ndim == 1:
        return ArrayTracer(x.tape, stacked(x.tape, [part.index for part in parts], 1), (len(parts),)), len(parts)
    return (above(parts) if axis == 0 else transposed(above(parts))), len(parts)


def _paired(x: ArrayTracer, listed: list[list[int]], count: int) -> Any:
    """P[[0, 1], [2, 0]]: an entry for each pair."""
    if len(listed) != x.ndim or count != x.ndim or len(set(map(len, listed))) > 1:
        raise x.tape.refused("indices of different lengths", "write as many for each axis")
    return piled([entry(x, pair) for pair in zip(*listed, strict=True)])


def _tabled(x: ArrayTracer, move: Callable[[Any], Any]) -> Any:
    """An array in another form, as numpy does it to its cells."""
    return METHODS["tabled"](x.tape, (x,), lambda cells: move(cells[0]))


def reshaped(x: ArrayTracer, *axes: Any, order: str = "C") -> Any:
    """The same entries as a column, a row or a vector."""
    wanted = tuple(axes[0]) if len(axes) == 1 and isinstance(axes[0], (tuple, list)) else axes
    known = math.prod(n for n in wanted if n != -1)
    wanted = tuple(x.size // known if n == -1 and known else n for n in wanted)
    if wanted == x.shape:
        return x
    if math.prod(wanted) != x.size:
        raise x.tape.refused(f"an array of the shape {x.shape} as one of {wanted}", "both need as many entries")
    if order != "C" or len(wanted) > 2:
        return _tabled(x, lambda cells: cells.reshape(wanted, order=order))
    vector = 1 in matrix(x.shape)
    if vector and len(wanted) in (1, 2) and 1 in matrix(wanted):
        is_row, to_row = x.ndim == 2 and x.shape[0] == 1, len(wanted) == 2 and wanted[0] == 1
        if is_row == to_row or x.size == 1:
            return ArrayTracer(x.tape, x.index, wanted)
        if x.tape.ops[x.index] == "transpose":
            return ArrayTracer(x.tape, x.tape.args[x.index][0], wanted)
        return made(x.tape, "transpose", (x.index,), wanted)
    if len(wanted) in (1, 2) and x.size <= MAX_RESHAPED:
        rows = [x] if x.ndim == 1 else list(x)
        line = x if x.ndim == 1 else ArrayTracer(x.tape, stacked(x.tape, [row.index for row in rows], 1), (x.size,))
        width = wanted[-1]
        return line if len(wanted) == 1 else above([line[at : at + width] for at in range(0, x.size, width)])
    raise x.tape.refused(f"an array of the shape {x.shape} as one of {wanted}", "rows, columns and vectors are traced")


def split(x: ArrayTracer, where: Any, axis: int = 0) -> list[Any]:
    """np.split: parts of one size, or cut at places."""
    size = x.shape[axis]
    cuts = list(where) if isinstance(where, (list, tuple)) else None
    if cuts is None and (not isinstance(where, int) or where < 1 or size % where):
        raise x.tape.refused(f"{size} entries do not make {where} equal parts", "give the places to cut at, [2, 4]")
    places = cuts if cuts is not None else [size // where * k for k in range(1, where)]
    ends = list(zip([0, *places], [*places, size], strict=True))
    return [entry(x, slice(*end) if axis % x.ndim == 0 else (slice(None), slice(*end))) for end in ends]
