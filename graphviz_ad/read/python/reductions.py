"""Sums, means, maxima and norms of traced arrays, of all entries or along an axis."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial, reduce
from itertools import accumulate
from typing import Any

from graphviz_ad.read.python.array_methods import elementwise
from graphviz_ad.read.python.arrays import ArrayTracer, made
from graphviz_ad.read.python.joined import piled
from graphviz_ad.read.python.making import flat, ones, stacked, transposed
from graphviz_ad.read.python.parts import entry, reshaped

MAX_ROWS = 20  # whose maxima are taken
MAX_FACTORS = 64  # of a product of entries


def total(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The sum of all entries, or along an axis."""
    whole = _total(x, axis, keepdims)
    known = x.tape.idioms.get(x.index, ("", 0, None))
    if known[0] == "exp" and known[2] == _axis(x, axis):
        x.tape.idioms[whole.index] = ("sum", *known[1:])
    return whole


def _total(x: Any, axis: Any, keepdims: bool) -> Any:
    axis = _axis(x, axis)
    if axis is None:
        found = _squared(x)
        whole = made(x.tape, "total" if found is None else "sqnorm", (x.index if found is None else found,), ())
        return ArrayTracer(x.tape, whole.index, (1,) * x.ndim) if keepdims else whole
    rows, columns = x.shape
    if axis == 1:
        if columns == 1:
            return ArrayTracer(x.tape, x.index, (rows, 1) if keepdims else (rows,))
        return made(x.tape, "matmul", (x.index, ones(x.tape, columns).index), (rows, 1) if keepdims else (rows,))
    if rows == 1:
        return x if keepdims else flat(x)
    column = made(x.tape, "matmul", (transposed(x).index, ones(x.tape, rows).index), (columns,))
    return transposed(column.reshape(columns, 1)) if keepdims else column


def _squared(x: ArrayTracer) -> int | None:
    """What an entry of the tape is the square of, if it is one."""
    if x.tape.ops[x.index] != "pow":
        return None
    base, power = x.tape.args[x.index]
    leaf = x.tape.leaves.get(power)
    return base if leaf is not None and leaf.value == 2 else None


def _axis(x: ArrayTracer, axis: Any) -> int | None:
    """An axis from 0; None for all of them."""
    if axis is None or (axis in (0, -1) and x.ndim == 1):
        return None
    whole = isinstance(axis, tuple) and all(type(place) is int and -x.ndim <= place < x.ndim for place in axis)
    if whole and sorted(place % x.ndim for place in axis) == list(range(x.ndim)):
        return None
    if not isinstance(axis, int) or not -x.ndim <= axis < x.ndim:
        raise x.tape.refused(f"an array of the shape {x.shape} has no axis {axis}", "leave axis= out")
    return axis % x.ndim


def mean(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """np.mean, of all entries or along an axis."""
    which = _axis(x, axis)
    return total(x, axis, keepdims) / (x.size if which is None else x.shape[which])


def variance(x: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """np.var: the mean of squares of what differs from the mean, over `ddof` entries fewer."""
    which = _axis(x, axis)
    count = x.size if which is None else x.shape[which]
    return total((x - mean(x, axis, True)) ** 2, axis, keepdims) / (count - ddof)


def deviation(x: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """np.std: the root of the variance."""
    return elementwise("sqrt", variance(x, axis, ddof, keepdims))


def multiplied(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The product of the entries, of all or along an axis."""
    along = _axis(x, axis)
    if x.size > MAX_FACTORS:
        raise x.tape.refused(f"the product of {x.size} entries", f"up to {MAX_FACTORS} are traced")
    whole = flat(x) if along is None else x if along == 0 else transposed(x)
    found = reduce(partial(elementwise, "mul"), list(whole))
    return found if not keepdims else _kept(x, found, along)


def products_so_far(x: Any, axis: Any = None) -> Any:
    """np.cumprod: the products up to each entry."""
    along = _axis(x, axis)
    if x.size > MAX_FACTORS:
        raise x.tape.refused(f"the products of {x.size} entries", f"up to {MAX_FACTORS} are traced")
    whole = flat(x) if along is None else x if along == 0 else transposed(x)
    found = piled(list(accumulate(whole, partial(elementwise, "mul"))))
    return transposed(found) if along == 1 else found


def _kept(x: ArrayTracer, found: Any, along: int | None) -> Any:
    """A result with the axis that it was taken along."""
    if along is None:
        return ArrayTracer(x.tape, found.index, (1,) * x.ndim)
    return reshaped(found, *(1 if place == along else size for place, size in enumerate(x.shape)))


def accumulated(x: Any, axis: Any = None) -> Any:
    """The sums up to each entry: a triangle of ones times the array."""
    along = _axis(x, axis)
    if x.ndim == 2 and along is None:
        x, along = flat(x), 0
    size = x.shape[along or 0]
    triangle = [[1.0] * (row + 1) + [0.0] * (size - row - 1) for row in range(size)]
    return transposed(triangle @ transposed(x)) if along == 1 else triangle @ x


def differences(x: Any, n: int = 1, axis: int = -1) -> Any:
    """np.diff: each entry less the one before it."""
    for _ in range(n):
        before = (slice(None),) * (axis % x.ndim)
        later, earlier = (*before, slice(1, None)), (*before, slice(None, -1))
        x = x[later] - x[earlier]
    return x


def largest(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The largest entry of all, or along an axis."""
    along = _axis(x, axis)
    if along is None:
        found = made(x.tape, "largest", (x.index,), ())
        if x.ndim == 1:
            x.tape.idioms[found.index] = ("max", x.index, None)
        return ArrayTracer(x.tape, found.index, (1,) * x.ndim) if keepdims else found
    many = x.shape[1 - along]
    if many > MAX_ROWS:
        raise x.tape.refused(f"the maxima of {many} rows or columns", f"up to {MAX_ROWS} are traced")
    lines = [entry(x, place if along == 1 else (slice(None), place)) for place in range(many)]
    column = stacked(x.tape, [made(x.tape, "largest", (line.index,), ()).index for line in lines], 1)
    if along == 1:
        x.tape.idioms[column] = ("max", x.index, 1)
    whole = ArrayTracer(x.tape, column, (many,))
    return whole if not keepdims else reshaped(whole, (-1, 1) if along == 1 else (1, -1))


def smallest(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The smallest entry of all, or along an axis."""
    return -largest(-x, axis, keepdims)


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:  # noqa: A002  # numpy's name
    """The Euclidean norm, of a matrix that of Frobenius; or of a vector the sum of magnitudes, or the largest."""
    of_vectors = x.ndim == 1 or (axis is not None and not isinstance(axis, tuple))
    if of_vectors and ord in _NORMS_BY_ENTRIES:
        return _NORMS_BY_ENTRIES[ord](abs(x), axis, keepdims)
    if not of_vectors and ord in _NORMS_BY_LINES:
        return largest(total(abs(x), _NORMS_BY_LINES[ord]))
    if ord not in (None, 2) if of_vectors else ord not in (None, "fro"):
        hint = "there are the Euclidean one, 1 and infinity; the largest singular value has no operation"
        raise x.tape.refused(f"the norm {ord!r} is not traced", hint)
    if _axis(x, axis) is not None:
        return elementwise("sqrt", total(x**2, axis, keepdims))
    found = made(x.tape, "norm", (x.index,), ())
    return ArrayTracer(x.tape, found.index, (1,) * x.ndim) if keepdims else found


_NORMS_BY_ENTRIES: dict[Any, Callable[..., Any]] = {1: total, math.inf: largest, -math.inf: smallest}
_NORMS_BY_LINES = {1: 0, math.inf: 1}  # of a matrix: the largest sum of a column, of a row
