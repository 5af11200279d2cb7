"""Arrays that are filled entry by entry, y[i] = …, and those of three axes and more: tables of cells.

What is done to the table itself, parts, transposes, other shapes, numpy does to the cells. What is computed is computed
of vectors and matrices, one after the other along the first axis where there are more than two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from weakref import ref

import numpy
from numpy.lib.mixins import NDArrayOperatorsMixin

from graphviz_ad.read.python.array_methods import METHODS
from graphviz_ad.read.python.arrays import ArrayTracer
from graphviz_ad.read.python.cells import assembled, cells_of, content, whole_array
from graphviz_ad.read.python.many_axes import computed
from graphviz_ad.read.python.masks import is_condition, put_where
from graphviz_ad.read.python.tape import TABLES, Tape
from graphviz_ad.read.python.views import gives_a_view

MAX_CELLS = 10_000  # of a table
_VIEWS = frozenset({"reshape", "ravel", "transpose", "swapaxes", "squeeze", "view"})  # the same cells in another form
_CHANGES = frozenset({"sort", "put", "resize", "itemset", "partition", "flat", "place", "putmask", "copyto"})


class Changes:
    """What is known of cells that several tables share: how often one was assigned to, and the array that they are
    another form of, if it is still there."""

    def __init__(self) -> None:
        self.count = 0
        self.of: Callable[[], ArrayTracer | None] = lambda: None


class Slate(NDArrayOperatorsMixin):
    """A table of cells that can be assigned to. Parts of one share their cells, as those of numpy's arrays do."""

    __array_priority__ = 3000
    __class__ = property(lambda self: numpy.ndarray)
    dtype = numpy.dtype(float)

    def __init__(self, tape: Tape, cells: Any, changes: Changes | None = None) -> None:
        self.tape, self.cells = tape, cells
        self.changes = changes if changes is not None else Changes()
        self.known: tuple[int, Any] = (-1, None)

    def see(self, array: ArrayTracer) -> None:
        """Be another form of an array, of which it then has the entries."""
        self.changes.of = ref(array)

    def follow(self, form: Any) -> None:
        """Have the entries of an array that has been changed, in this form."""
        cells = cells_of(self.tape, form)
        if self.cells.flags.writeable:
            self.cells[...] = cells
        else:
            self.cells = cells
        self.changes.count += 1

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.cells.shape)

    @property
    def ndim(self) -> int:
        return int(self.cells.ndim)

    @property
    def size(self) -> int:
        return int(self.cells.size)

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[Any]:
        return (self[place] for place in range(len(self)))

    def __getitem__(self, key: Any) -> Any:
        if is_condition(key):
            return self.whole()[key]
        found = self.cells[METHODS["index"](key)]
        return Slate(self.tape, found, self.changes) if isinstance(found, numpy.ndarray) else content(found)

    def __setitem__(self, key: Any, value: Any) -> None:
        if is_condition(key):
            key, value = ..., put_where(self.whole(), key, value)
        key = METHODS["index"](key)
        if self.changes.of() is not None:
            text = "an array is changed that is another form of one"
            raise self.tape.refused(text, "assign to a copy of it: y = x[None].copy()")
        cells = cells_of(self.tape, value)
        try:
            if not isinstance(self.cells[key], numpy.ndarray):  # one entry
                self.cells[key] = cells.item()
            else:
                self.cells[key] = cells if cells.shape else cells[()]
        except (IndexError, ValueError) as error:
            hint = f"the array has the shape {self.shape}, what is assigned {cells.shape or 'is a number'}"
            raise self.tape.refused(str(error), hint) from None
        self.changes.count += 1

    def whole(self) -> Any:
        """A plain array if all is numbers, else a traced one; the table itself if it has more than two axes."""
        if self.known[0] != self.changes.count:
            self.known = self.changes.count, self if self.ndim > 2 else assembled(self.tape, self.cells)
        return self.known[1]

    def fill(self, value: Any) -> None:
        self[...] = value

    def copy(self) -> Slate:
        return Slate(self.tape, self.cells.copy())

    def _refuse_changing(self, name: str) -> None:
        """Raise AdgraphError for what would change cells and is not an assignment."""
        if name in _CHANGES:
            raise self.tape.refused(f"'{name}' changes an array", "assign to its entries: y[i] = …")

    @property
    def made(self) -> int | None:
        """The entry of the tape that it was last, if it was a traced array."""
        found = self.known[1]
        return found.index if isinstance(found, ArrayTracer) else None

    def matrices(self) -> dict[str, int]:
        """The traced matrices of which a table of more axes consists, by their places from 1; none if it does not."""
        found: dict[str, int] = {}
        for place in numpy.ndindex(self.shape[:-2]) if self.ndim > 2 and self.size <= MAX_CELLS else ():
            array = whole_array(self.cells[place])
            if array is None:
                return {}
            found[",".join(str(k + 1) for k in place)] = array.index
        return found

    # ---- numpy's protocols

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "T":
            return Slate(self.tape, self.cells.T, self.changes)
        if name in _VIEWS:
            return lambda *args, **options: Slate(self.tape, getattr(self.cells, name)(*args, **options), self.changes)
        self._refuse_changing(name)
        whole = self.whole()
        if whole is not self:
            return getattr(whole, name)
        return lambda *args, **options: self._computed(name, (self, *args), options)

    def __array__(self, *args: Any, **options: Any) -> Any:
        whole = self.whole()
        if type(whole) is not numpy.ndarray:
            raise self.tape.refused("an array of plain numbers is wanted of a traced one", "use functions of numpy")
        return numpy.array(whole, *args)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        into = options.pop("out", None)
        if method == "at":
            return self._added_at(ufunc, *inputs)
        parts = tuple(map(plain, inputs))
        if any(isinstance(part, Slate) for part in parts):
            name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
            made = self._computed(name, parts, options)
        else:
            made = getattr(ufunc, method)(*parts, **options)
        if into is None:
            return made
        into[0][...] = made
        return into[0]

    def _added_at(self, ufunc: Any, table: Any, places: Any, values: Any = ()) -> None:
        """np.add.at: one place after the other, since one may come twice."""
        for number, place in enumerate(places):
            table[place] = ufunc(table[place], values[number] if getattr(values, "shape", ()) else values)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        self._refuse_changing(function.__name__)
        if function is numpy.fill_diagonal:
            places = range(min(args[0].shape))
            args[0][places, places] = args[1]
            return None
        if type(args[0]) is Slate and args[0].ndim < 3 and gives_a_view(function.__name__, args[0]):
            return self._in_another_form(function, *args, **options)
        parts = tuple(map(plain, args))
        if _has_tables((parts, options)):
            if function.__module__ == "numpy.linalg" and function.__name__ in ("diagonal", "trace", "outer"):
                raise self.tape.refused(
                    f"numpy.linalg.{function.__name__} of an array of three axes", "take it of matrices"
                )
            return self._computed(function.__name__, parts, options)
        return function(*parts, **options)

    def _in_another_form(self, function: Any, table: Slate, *args: Any, **options: Any) -> Any:
        """The same cells, as numpy moves them."""
        found = function(table.cells, *args, **options)
        if isinstance(found, (list, tuple)):
            return [Slate(self.tape, part, table.changes) for part in found]
        return Slate(self.tape, found, table.changes)

    def _computed(self, name: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        return plain(computed(self.tape, lambda cells: Slate(self.tape, cells), name, args, options))

    def __repr__(self) -> str:
        return f"<traced of the shape {self.shape}>"


def plain(value: Any) -> Any:
    """What takes part in a computation: a table of up to two axes as the array that it is."""
    if isinstance(value, Slate):
        return value.whole()
    return type(value)(map(plain, value)) if type(value) in (list, tuple) else value


def _has_tables(parts: Any) -> bool:
    """Whether there is a table of more than two axes among arguments, also within lists."""
    if type(parts) is dict:
        parts = parts.values()
    elif type(parts) not in (list, tuple):
        return type(parts) is Slate
    return any(map(_has_tables, parts))


def slate_of(x: ArrayTracer) -> Slate:
    """A copy of a traced array that can be assigned to."""
    return Slate(x.tape, cells_of(x.tape, x))


def tabled(tape: Tape, parts: Sequence[Any], move: Callable[[list[Any]], Any]) -> Any:
    """Arrays put together, or one in another form, as numpy does it to their cells."""
    return METHODS["of cells"](tape, move([cells_of(tape, part) for part in parts]))


def blank(tape: Tape, made: Any, empty: bool) -> Any:
    """What np.zeros and its like make, as a table; whole numbers, which cut off what is put in, stay as they are."""
    if type(made) in TABLES or not made.shape or made.size > MAX_CELLS or made.dtype.kind != "f":
        return made
    return Slate(tape, (numpy.full(made.shape, numpy.nan) if empty else made).astype(object))


TABLES.add(Slate)
