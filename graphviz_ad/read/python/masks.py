"""Entries that a condition chooses, x[x > 0]: how many these are is not known, so they are the whole array beside its
condition, and what is done with them is done to all and counts where the condition holds."""

from __future__ import annotations

from typing import Any

from numpy.lib.mixins import NDArrayOperatorsMixin

from graphviz_ad.read.python.arrays import FUNCTIONS, ArrayTracer, elementwise
from graphviz_ad.read.python.tape import TABLES, Tape

_SUMS = frozenset({"sum", "mean"})


class Chosen(NDArrayOperatorsMixin):
    """The entries of an array where a condition of its shape holds."""

    __array_priority__ = 4000

    def __init__(self, whole: Any, where: ArrayTracer) -> None:
        self.of, self.where = whole, where

    @property
    def tape(self) -> Tape:
        return self.where.tape

    def sum(self, axis: Any = None) -> Any:
        return elementwise("mul", self.where, self.of).sum()

    def mean(self, axis: Any = None) -> Any:
        return self.sum() / self.where.sum()

    def _refused(self, what: str) -> Any:
        hint = "sums and means of them are traced; for the rest write np.where(condition, x, 0)"
        return self.tape.refused(f"{what} of the entries that a condition chooses, whose number is not known", hint)

    def whole(self) -> Any:
        raise self._refused("a vector")

    @property
    def ndim(self) -> int:
        return 1

    @property
    def shape(self) -> Any:
        raise self._refused("the shape")

    def __len__(self) -> int:
        raise self._refused("the number")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise self._refused(f"'{name}'")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if method == "reduce" and ufunc.__name__ == "add":
            return self.sum()
        if method != "__call__":
            raise self._refused(f"numpy.{ufunc.__name__}.{method}")
        return Chosen(ufunc(*(self.same(part) for part in inputs)), self.where)

    def same(self, part: Any) -> Any:
        """What takes part, for all entries. Raises AdgraphError for what was chosen by another condition."""
        if isinstance(part, Chosen):
            if part.where.index != self.where.index:
                raise self._refused("two kinds")
            return part.of
        if getattr(part, "shape", ()):
            raise self._refused(f"an array of the shape {part.shape} beside those")
        return part

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        name = function.__name__
        if name in _SUMS and args[0] is self:
            return getattr(self, name)()
        raise self._refused(f"numpy.{name}")


def chosen_by(x: ArrayTracer, key: Any) -> Chosen | None:
    """The entries that a key chooses, if it is a traced condition. Raises AdgraphError for one of another shape."""
    if not is_condition(key):
        return None
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
    assert kept is not None
    return FUNCTIONS["where"](where, kept.same(value), x)


TABLES.add(Chosen)
