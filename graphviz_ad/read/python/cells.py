"""Arrays as tables of cells, each a number, a traced one, or a place in a traced array; and the array that a table of
one or two axes is, made of as few parts as there are: whole rows and columns that stand together stay so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy

from graphviz_ad.core.record import Record
from graphviz_ad.read.python.arrays import ArrayTracer
from graphviz_ad.read.python.joined import concatenated
from graphviz_ad.read.python.making import flat, lifted, stacked, transposed
from graphviz_ad.read.python.parts import entry
from graphviz_ad.read.python.tape import TABLES, Tape, Tracer


class Held(Record):
    """A place in a traced array, counted from 0."""

    array: Any
    place: tuple[int, ...]


def cells_of(tape: Tape, value: Any) -> Any:
    """What is assigned or put together, cell by cell."""
    if type(value) in TABLES:
        return value.cells
    if isinstance(value, ArrayTracer):
        value = value.again()  # what is taken now does not change with it
        cells = numpy.empty(value.shape, object)
        for place in numpy.ndindex(value.shape):
            cells[place] = Held(value, place)
        return cells
    if isinstance(value, (list, tuple)) and value:
        return numpy.stack([cells_of(tape, part) for part in value])
    if hasattr(value, "dtype"):
        return numpy.asarray(value).astype(object)
    single = numpy.empty((), object)
    single[()] = value
    if type(value) is not Tracer and tape.constant(value) is None:
        raise tape.refused(f"a {type(value).__name__} is put into an array", "put numbers and arrays in")
    return single


def content(cell: Any) -> Any:
    """What stands in a cell: a number, or a traced one."""
    return entry(cell.array, cell.place) if type(cell) is Held else cell


def assembled(tape: Tape, cells: Any) -> Any:
    """The array that cells of one or two axes are: of plain numbers if all of them are, else a traced one."""
    if not any(type(cell) in (Held, Tracer) for cell in cells.flat):
        return cells.astype(float)
    if cells.ndim == 1:
        return _line(tape, cells)
    if 1 in cells.shape:
        return _line(tape, cells.reshape(-1)).reshape(cells.shape)
    by_rows, by_columns = (_groups(table) for table in (cells, cells.T))
    if _count(by_columns) < _count(by_rows):
        return transposed(_of_groups(tape, by_columns))
    return _of_groups(tape, by_rows)


def whole_array(cells: Any) -> ArrayTracer | None:
    """The traced array whose cells these are, each in its place; None where there is none."""
    first = cells.flat[0] if cells.size else None
    if type(first) is not Held or first.array.shape != cells.shape:
        return None
    array: ArrayTracer = first.array
    return array if all(_is_at(cells[place], array, place) for place in numpy.ndindex(cells.shape)) else None


def _is_one(array: ArrayTracer, other: ArrayTracer) -> bool:
    """Whether two arrays are the same entry of the tape in the same form."""
    return array is other or (array.index == other.index and array.shape == other.shape)


def _is_at(cell: Any, array: ArrayTracer, place: tuple[int, ...]) -> bool:
    """Whether a cell is that place in an array."""
    return type(cell) is Held and _is_one(cell.array, array) and cell.place == place


def _line(tape: Tape, cells: Sequence[Any]) -> Any:
    """A vector."""
    parts = [_of_run(tape, run) for run in _runs(cells)]
    if len(parts) == 1 and isinstance(parts[0], ArrayTracer):
        return flat(parts[0])
    return ArrayTracer(tape, stacked(tape, [part.index for part in parts], 1), (len(cells),))


def _runs(cells: Sequence[Any]) -> list[list[Any]]:
    """Cells that stand together in an array, or are plain numbers, as one."""
    found: list[list[Any]] = []
    for cell in cells:
        if found and _follows(found[-1], cell):
            found[-1].append(cell)
        else:
            found.append([cell])
    return found


def _follows(run: Sequence[Any], cell: Any) -> bool:
    """Whether a cell goes on where a run ends: one place further along the same axis."""
    last = run[-1]
    if type(cell) is not Held or type(last) is not Held or not _is_one(cell.array, last.array):
        return type(cell) not in (Held, Tracer) and type(last) not in (Held, Tracer)
    step = tuple(now - before for before, now in zip(last.place, cell.place, strict=True))
    before = run[-2] if len(run) > 1 else None
    same = before is None or step == tuple(b - a for a, b in zip(before.place, last.place, strict=True))
    return same and sorted(step) == [0] * (len(step) - 1) + [1]


def _of_run(tape: Tape, run: Sequence[Any]) -> Any:
    first = run[0]
    if type(first) is not Held:
        return lifted(tape, first if len(run) == 1 else numpy.array(run, float))
    ends = zip(first.place, run[-1].place, strict=True)
    key = tuple(a if a == b else slice(a, b + 1) for a, b in ends)
    return entry(first.array, key)


class _Rows(Record):
    """Rows of a table that are rows of one array, from `start` on; without an array, rows of their own."""

    array: Any
    start: int
    rows: tuple[Any, ...]


def _is_whole_row(row: Any) -> bool:
    """Whether the cells of a row are those of one array, each in its place."""
    (first, *_), array = row[0].place, row[0].array
    return all(_is_at(cell, array, (first, k)) for k, cell in enumerate(row))


def _groups(cells: Any) -> list[_Rows]:
    """The rows of a table, those that stand together in an array as one group."""
    found: list[_Rows] = []
    for row in cells:
        first = row[0]
        whole = type(first) is Held and first.array.shape[1:] == row.shape and _is_whole_row(row)
        last = found[-1] if found else None
        if whole and last is not None and _goes_on(last, first):
            found[-1] = last.replace(rows=(*last.rows, row))
        else:
            found.append(_Rows(first.array if whole else None, first.place[0] if whole else 0, (row,)))
    return found


def _goes_on(last: _Rows, first: Held) -> bool:
    """Whether a row that begins with a cell follows others in their array."""
    one = last.array is not None and _is_one(last.array, first.array)
    return one and first.place[0] == last.start + len(last.rows)


def _count(groups: Sequence[_Rows]) -> int:
    """How many parts a table is made of."""
    return sum(1 if group.array is not None else len(_runs(group.rows[0])) for group in groups)


def _of_groups(tape: Tape, groups: Sequence[_Rows]) -> Any:
    """Rows one below the other."""
    parts = [
        _line(tape, group.rows[0]).reshape(1, -1)
        if group.array is None
        else entry(group.array, slice(group.start, group.start + len(group.rows))).reshape(len(group.rows), -1)
        for group in groups
    ]
    return parts[0] if len(parts) == 1 else concatenated(parts, 0)
