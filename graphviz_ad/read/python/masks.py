"""Entries that a condition chooses, x[x > 0]: how many these are is not known, so they are the whole array beside its
condition, and what is done with them is done to all and counts where the condition holds."""

from __future__ import annotations

from typing import Any

from numpy.lib.mixins import NDArrayOperatorsMixin

from graphviz_ad.read.python.array_methods import FUNCTIONS, METHODS, elementwise
from graphviz_ad.read.python.arrays import ArrayTracer
from graphviz_ad.read.python.tape import TABLES, Tape

_SUMS = frozenset({"sum", "mean"})


class Chosen(NDArrayOperatorsMixin):
    """The entries of an array where a condition of its shape holds."""

    __array_priority__ = 4000
    made = None  # no entry of the tape is this

    def __init__(self, whole: Any, where: ArrayTracer) -> None:
        self.of, self.where = whole, where

    @property
    def tape(self) -> Tape:
        return self.where.tape

    def sum(self, axis: Any = None) -> Any:
        return elementwise("mul", self.where, self.of).sum()

    def mean(self, axis: Any = None) -> Any:
        return self.sum() / self.where.sum()

    def whole(self) -> Any:
        """The entries that are chosen, where values say which. Raises AdgraphError where they do not."""
        if self.tape.given_arrays:
            return self.of[METHODS["index"](self.where)]
        hint = "sums and means of them are traced; give values, --at, for the rest, or write np.where(condition, x, 0)"
        raise self.tape.refused("the entries that a condition chooses are asked for: it depends on values", hint)

    def matrices(self) -> dict[str, int]:
        return {}

    @property
    def ndim(self) -> int:
        return 1

    @property
    def shape(self) -> Any:
        return self.whole().shape

    def __len__(self) -> int:
        return len(self.whole())

    def __iter__(self) -> Any:
        return iter(self.whole())

    def __getitem__(self, key: Any) -> Any:
        return self.whole()[key]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.whole(), name)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if method == "reduce" and ufunc.__name__ == "add":
            return self.sum()
        if method == "__call__" and all(map(self._is_beside, inputs)):
            return Chosen(ufunc(*(self.same(part) for part in inputs)), self.where)
        return getattr(ufunc, method)(*map(_plain, inputs), **options)

    def _is_beside(self, part: Any) -> bool:
        """Whether something may take part for all entries: a number, or what was chosen by the same condition."""
        if isinstance(part, Chosen):
            return part.where.index == self.where.index
        return not getattr(part, "shape", ())

    def same(self, part: Any) -> Any:
        """What takes part, for all entries."""
        if not self._is_beside(part):
            raise self.tape.refused(f"an array of the shape {part.shape} beside entries that a condition chooses",
                                    "choose those of both by one condition")  # fmt: skip
        return part.of if isinstance(part, Chosen) else part

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        name = function.__name__
        if name in _SUMS and args[0] is self and not options:
            return getattr(self, name)()
        return function(*map(_plain, args), **options)


def _plain(part: Any) -> Any:
    """Arguments with the entries that are chosen, in the place of what chooses them."""
    if isinstance(part, (list, tuple)):
        return type(part)(map(_plain, part))
    return part.whole() if isinstance(part, Chosen) else part


def chosen_by(x: ArrayTracer, key: Any) -> Any:
    """The entries that a key chooses, or the rows where values say which, if it is a traced condition; None for another
    key. Raises AdgraphError for a condition of another shape."""
    if not is_condition(key):
        return None
    if key.shape == x.shape[:1] and x.tape.given_arrays:  # rows
        return x[METHODS["index"](key)]
    if key.shape != x.shape:
        text = f"a condition of the shape {key.shape} chooses among an array of the shape {x.shape}"
        raise x.tape.refused(text, "both need one shape")
    return Chosen(x, key)


def is_condition(key: Any) -> bool:
    """Whether a key is a traced condition, x > 0."""
    return isinstance(key, ArrayTracer) and key.index in key.tape.conditions


def put_where(x: Any, where: ArrayTracer, value: Any) -> Any:
    """The array with a value in its place where a condition holds."""
    kept = chosen_by(x, where)
    if not isinstance(kept, Chosen):
        raise x.tape.refused("something is put into rows that a condition chooses", "write np.where(c[:, None], …, x)")
    return FUNCTIONS["where"](where, kept.same(value), x)


TABLES.add(Chosen)
