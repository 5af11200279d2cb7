"""What functions of numpy's are on traced arrays: sums, norms, parts, concatenations, and those of matrices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphviz_ad.read.python.array_methods import FUNCTIONS, METHODS, elementwise
from graphviz_ad.read.python.array_products import dot, inner, outer, product
from graphviz_ad.read.python.arrays import ArrayTracer, made
from graphviz_ad.read.python.broadcasting import broadcast
from graphviz_ad.read.python.choosing import both, by_pieces, changed, chosen, denied, either, selected, stepped
from graphviz_ad.read.python.decided import DECIDED, array_of_entries, as_index, decided, median, ordered
from graphviz_ad.read.python.einsum import einsum
from graphviz_ad.read.python.joined import (
    above,
    beside,
    blocks,
    concatenated,
    piled,
    repeated_rows,
    stretched_alike,
    stretched_to,
)
from graphviz_ad.read.python.making import filled, flat, lifted, transposed
from graphviz_ad.read.python.masks import is_condition
from graphviz_ad.read.python.matrices import (
    cholesky,
    convolved,
    cross,
    kronecker,
    least_squares,
    matrix_power,
    multiplied_out,
    of_square,
    pseudoinverse,
    slogdet,
    solved,
    triangle,
)
from graphviz_ad.read.python.moving import MOVES, moving
from graphviz_ad.read.python.parts import entry, reshaped, split
from graphviz_ad.read.python.reductions import (
    accumulated,
    deviation,
    differences,
    largest,
    mean,
    multiplied,
    norm,
    products_so_far,
    smallest,
    total,
    variance,
)
from graphviz_ad.read.python.shaping import (
    along_axis,
    appended,
    dealt,
    diagonals,
    flipped,
    of_shape_alone,
    pads,
    repeated,
    side_by_side,
    traced_sum,
)
from graphviz_ad.read.python.statistics import clipped, correlation, covariance, polynomial, powers, taken, windows
from graphviz_ad.read.python.tape import Tape
from graphviz_ad.read.python.tape_values import value_on


def summed(x: Any, axis: Any = None, keepdims: bool = False, where: Any = None, initial: Any = None) -> Any:
    """np.sum, also of those entries where a condition holds."""
    whole = total(x if where is None else elementwise("mul", x, where), axis, keepdims)
    return whole if initial is None else whole + initial


def averaged(x: Any, axis: Any = None, keepdims: bool = False, where: Any = None) -> Any:
    """np.mean, also of those entries where a condition holds."""
    if where is None:
        return mean(x, axis, keepdims)
    counted = where if isinstance(where, ArrayTracer) else lifted(x.tape, where * 1.0)
    return summed(x, axis, keepdims, where) / total(
        elementwise("mul", counted, filled(x.tape, x.shape)), axis, keepdims
    )


def tensordot(x: Any, y: Any, axes: Any = 2) -> Any:
    """The sum over the last and the first axes."""
    tape = (x if hasattr(x, "tape") else y).tape
    if isinstance(axes, int):
        axes = (range(x.ndim - axes, x.ndim), range(axes))
    first, second = ([part] if isinstance(part, int) else list(part) for part in axes)
    if len(first) != len(second):
        raise tape.refused(f"numpy.tensordot over {len(first)} axes and {len(second)}", "as many are needed of each")
    left, right = (list(letters[: part.ndim]) for letters, part in (("abcdef", x), ("uvwxyz", y)))
    for one, other in zip(first, second, strict=True):
        right[other] = left[one]
    out = [letter for letter in (*left, *right) if not (letter in left and letter in right)]
    return einsum(f"{''.join(left)},{''.join(right)}->{''.join(out)}", x, y)


def average(x: Any, axis: Any = None, weights: Any = None) -> Any:
    """np.average: the mean, or with weights of the array's shape or along the axis."""
    if weights is None:
        return mean(x, axis)
    tape = (x if hasattr(x, "tape") else weights).tape
    x, weights = lifted(tape, x), lifted(tape, weights)
    if axis is not None and x.ndim == 2 and weights.ndim == 1 and weights.size == x.shape[axis % 2]:
        return dot(weights, x if axis % 2 == 0 else transposed(x)) / total(weights)
    if weights.shape != x.shape:
        text = f"an average of {x.shape} by weights of {weights.shape}"
        raise tape.refused(text, "weights have the shape of the array, or are one for each entry along axis=")
    return total(x * weights, axis) / total(weights, axis)


def softmax(x: Any, axis: Any = None) -> Any:
    """softmax of a vector, or of each row of a matrix."""
    if x.ndim == 2 and axis not in (1, -1):
        raise x.tape.refused("softmax of a matrix without axis=1", "write axis=1 for one by rows")
    return made(x.tape, "softmax", (x.index,), x.shape)


def turned(x: Any, *listed: Any, axes: Any = None) -> Any:
    """x.T, np.transpose(x); of one axis it is the same."""
    if listed:
        axes = listed[0] if len(listed) == 1 else listed
    order = tuple(range(x.ndim))[::-1] if axes is None else tuple(_axis_of(x, axis) for axis in axes)
    if sorted(order) != list(range(x.ndim)):
        raise x.tape.refused(f"the axes {axes} of an array of the shape {x.shape}", "write each of its axes once")
    return x if order == tuple(range(x.ndim)) else transposed(x)


def _axis_of(x: Any, axis: int) -> int:
    """An axis from 0. Raises AdgraphError for one that the array has not."""
    if not -x.ndim <= axis < x.ndim:
        raise x.tape.refused(f"an array of the shape {x.shape} has no axis {axis}", f"they are 0 to {x.ndim - 1}")
    return int(axis % x.ndim)


def swapped(x: Any, a: int, b: int) -> Any:
    """np.swapaxes of an array of two axes: itself or its transpose."""
    return x if _axis_of(x, a) == _axis_of(x, b) else transposed(x)


def copied(x: Any) -> Any:
    """A copy that can be assigned to."""
    from graphviz_ad.read.python.slates import MAX_CELLS, slate_of

    return slate_of(x) if x.size <= MAX_CELLS else x


def of_type(x: Any, dtype: Any, *_: Any) -> Any:
    """x.astype(float), which is x; and what a condition is as numbers."""
    import numpy

    if numpy.dtype(dtype).kind in "iub" and not is_condition(x):
        raise x.tape.refused(f"an array as one of {numpy.dtype(dtype)}", "rounding has no derivative: leave it out")
    return x


def listed(x: Any) -> list[Any]:
    """x.tolist()."""
    return [listed(part) if isinstance(part, ArrayTracer) else part for part in x]


def trapezoids(y: Any, x: Any = None, dx: float = 1.0) -> Any:
    """np.trapezoid of the values of a function."""
    tape = (y if hasattr(y, "tape") else x).tape
    y = lifted(tape, y)
    width = dx if x is None else differences(lifted(tape, x))
    return total((y[..., 1:] + y[..., :-1]) * width, -1) / 2 if y.shape[-1] > 1 else 0.0 * total(y, -1)


def tabled(tape: Tape, parts: Sequence[Any], move: Callable[[list[Any]], Any]) -> Any:
    """Arrays put together, or one in another form, as numpy does it to tables of their cells."""
    from graphviz_ad.read.python.slates import tabled

    return tabled(tape, parts, move)


def filled_like(x: Any, value: float) -> Any:
    """An array of one number that can be assigned to."""
    import numpy

    from graphviz_ad.read.python.slates import blank

    return blank(x.tape, numpy.full(x.shape, value), False)


def of_cells(tape: Tape, cells: Any) -> Any:
    """The array that a table of cells is; an empty one is one of numpy's own."""
    import numpy

    from graphviz_ad.read.python.slates import Slate, plain

    return plain(Slate(tape, cells)) if cells.size else numpy.zeros(cells.shape)


def of_numbers(tape: Tape, ufunc: Any, method: str, inputs: Sequence[Any], options: dict[str, Any]) -> Any:
    """A function of numpy's on traced numbers and arrays of numpy's own, which are traced from there on."""
    arrays = [lifted(tape, part) if getattr(part, "shape", ()) else part for part in inputs]
    whole = next(part for part in arrays if isinstance(part, ArrayTracer))
    return whole.__array_ufunc__(ufunc, method, *arrays, **options)


def entries(x: Any) -> Any:
    """The entries of an array as a table of numpy's."""
    import numpy

    found = numpy.empty(x.shape, object)
    for place in numpy.ndindex(x.shape):
        found[place] = entry(x, place)
    return found


METHODS.update({
    "value": value_on, "array": array_of_entries, "index": as_index,
    **{name: decided(name) for name in ("argmax", "argmin", "argsort", "nonzero", "any", "all")},
    "ufunc": of_numbers, "entries": entries,
    "tabled": tabled, "of cells": of_cells, "elementwise": broadcast, "lifted": lifted, "@": product, "[]": entry,
    "sum": summed, "mean": averaged, "max": largest, "min": smallest, "dot": dot, "reshape": reshaped, "var": variance,
    "std": deviation, "prod": multiplied, "cumsum": accumulated,
    "transpose": turned, "flatten": flat, "ravel": flat, "copy": copied, "astype": of_type,
    "view": lambda x, *_: x, "squeeze": of_shape_alone("squeeze"), "swapaxes": swapped, "repeat": repeated,
    "cumprod": products_so_far, "tolist": listed,
    "clip": clipped, "put": changed, "not": denied, "and": both, "or": either,
    "item": lambda x, *at: entry(flat(x), at[0] if at else 0),
    "trace": traced_sum, "diagonal": diagonals("diagonal"),
})  # fmt: skip
FUNCTIONS.update({
    **{name: moving(name) for name in MOVES},
    **{name: decided(name) for name in DECIDED}, "sort": ordered, "median": median,
    **{name: METHODS[name] for name in (
        "sum", "mean", "max", "min", "reshape", "var", "std", "prod", "cumsum", "trace", "ravel", "squeeze", "repeat",
        "cumprod",
    )},
    "amax": largest, "amin": smallest, "dot": dot, "inner": inner,
    "vdot": lambda x, y: dot(flat(x), flat(y)), "outer": outer, "norm": norm,
    "transpose": turned, "concatenate": concatenated, "hstack": beside, "vstack": above, "stack": piled,
    "column_stack": side_by_side,
    "inv": of_square("inv", "the inverse", True), "det": of_square("det", "the determinant", False), "slogdet": slogdet,
    "matrix_power": matrix_power, "kron": kronecker, "split": split, "array_split": dealt,
    "hsplit": lambda x, where: split(x, where, min(1, x.ndim - 1)),
    "cholesky": cholesky, "lstsq": least_squares, "convolve": convolved,
    "correlate": lambda x, y, mode="valid": convolved(x, y[::-1], mode),
    "diag": diagonals("diag"), "diagonal": diagonals("diagonal"), "solve": solved, "where": chosen, "copy": copied,
    "full_like": lambda x, value: value * filled(x.tape, x.shape), "append": appended, "select": selected,
    "piecewise": by_pieces,
    "swapaxes": swapped, "tensordot": tensordot,
    "triu": lambda x, k=0: triangle(x, lambda row, column: column - row >= k),
    "tril": lambda x, k=0: triangle(x, lambda row, column: column - row <= k),
    "flip": flipped,
    "broadcast_arrays": stretched_alike, "apply_along_axis": along_axis,
    "tile": repeated_rows, "block": blocks, "multi_dot": multiplied_out, "pinv": pseudoinverse, "diff": differences,
    "broadcast_to": stretched_to, "cross": cross, "average": average, "matrix_transpose": turned,
    "vector_norm": lambda x, **options: norm(x if "axis" in options else flat(x), **options),
    "matrix_norm": norm, "concat": concatenated, "nan_to_num": lambda x, *_, **__: x,
    "zeros_like": lambda x: filled_like(x, 0.0), "empty_like": lambda x: filled_like(x, float("nan")),
    "ones_like": lambda x: filled_like(x, 1.0),
    "shape": lambda x: x.shape, "ndim": lambda x: x.ndim, "size": lambda x: x.size,
    "expand_dims": of_shape_alone("expand_dims"), "atleast_1d": lambda x: x,
    "atleast_2d": of_shape_alone("atleast_2d"), "softmax": softmax, "einsum": einsum,
    "pad": pads, "cov": covariance, "corrcoef": correlation, "take": taken,
    "vander": powers, "polyval": polynomial, "ptp": lambda x, axis=None: largest(x, axis) - smallest(x, axis),
    "diagflat": lambda x, k=0: FUNCTIONS["diag"](flat(x), k), "clip": clipped, "heaviside": stepped,
    "logical_and": both, "logical_or": either, "logical_not": denied,
    "trapezoid": trapezoids, "vecdot": lambda x, y: total(elementwise("mul", x, y), -1),
    "sliding_window_view": windows, "moveaxis": swapped,
})  # fmt: skip
