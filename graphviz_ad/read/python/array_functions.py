"""What functions of numpy's are on traced arrays: sums, norms, parts, concatenations, and those of matrices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphviz_ad.read.python.array_products import dot, inner, outer, product
from graphviz_ad.read.python.arrays import FUNCTIONS, METHODS, ArrayTracer, AxisNumbers, elementwise, made
from graphviz_ad.read.python.broadcasting import broadcast
from graphviz_ad.read.python.einsum import einsum
from graphviz_ad.read.python.joined import (
    above,
    beside,
    blocks,
    concatenated,
    padded,
    piled,
    repeated_rows,
    stretched_to,
)
from graphviz_ad.read.python.making import filled, flat, lifted, transposed
from graphviz_ad.read.python.masks import is_condition, put_where
from graphviz_ad.read.python.matrices import (
    cholesky,
    convolved,
    cross,
    diagonal,
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
from graphviz_ad.read.python.parts import entry, reshaped, split
from graphviz_ad.read.python.reductions import (
    accumulated,
    deviation,
    differences,
    largest,
    mean,
    multiplied,
    norm,
    smallest,
    total,
    variance,
)
from graphviz_ad.read.python.statistics import (
    MOVES,
    clipped,
    correlation,
    covariance,
    polynomial,
    powers,
    taken,
    windows,
)
from graphviz_ad.read.python.tape import TRACED, Tape


def repeated(x: Any, times: int, axis: int = 0) -> Any:
    """Each entry, row or column so many times."""
    places = [place for place in range(x.shape[axis % x.ndim]) for _ in range(times)]
    return entry(x, (slice(None),) * (axis % x.ndim) + (places,))


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
    if weights is None:
        return mean(x, axis)
    if axis is not None and x.ndim > 1:
        raise x.tape.refused("weights along an axis are not traced", "write w @ X / w.sum()")
    return total(x * weights) / (total(weights) if isinstance(weights, ArrayTracer) else sum(weights))


def chosen(condition: Any, x: Any, y: Any) -> Any:
    """np.where: one or the other, by a condition that is 1 or 0."""
    tape = next(part.tape for part in (condition, x, y) if type(part) in TRACED)
    condition = lifted(tape, condition)
    return elementwise("add", elementwise("mul", condition, x), elementwise("mul", 1 - condition, y))


def softmax(x: Any, axis: Any = None) -> Any:
    if x.ndim == 2 and axis not in (1, -1):
        raise x.tape.refused("softmax of a matrix without axis=1", "write axis=1 for one by rows")
    return made(x.tape, "softmax", (x.index,), x.shape)


def turned(x: Any, axes: Any = None) -> Any:
    """x.T, np.transpose(x); of one axis it is the same."""
    return x if x.ndim < 2 or axes in ((0, 1), [0, 1]) else transposed(x)


def swapped(x: Any, a: int, b: int) -> Any:
    return x if a % x.ndim == b % x.ndim else transposed(x)


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


def changed(x: Any, key: Any, value: Any) -> Any:
    """An array with something put into a part of it."""
    from graphviz_ad.read.python.slates import MAX_CELLS, slate_of

    if is_condition(key):
        return put_where(x, key, value)
    if x.size > MAX_CELLS:
        raise x.tape.refused(f"an array of {x.size} entries is changed", f"up to {MAX_CELLS:,} are traced")
    slate = slate_of(x)
    slate[key] = value
    return lifted(x.tape, slate)


def denied(x: Any) -> Any:
    """~x of a condition."""
    return _condition(x, 1 - x)


def both(x: Any, y: Any) -> Any:
    """x & y of two conditions."""
    return _condition(x, elementwise("mul", x, y))


def either(x: Any, y: Any) -> Any:
    """x | y of two conditions."""
    return _condition(x, elementwise("max", x, y))


def _condition(x: Any, made_of_it: Any) -> Any:
    if not is_condition(x):
        raise x.tape.refused("~, & and | are those of conditions, x > 0", "write - of numbers, or np.where")
    x.tape.conditions.add(made_of_it.index)
    return made_of_it


def tabled(tape: Tape, parts: Sequence[Any], move: Callable[[list[Any]], Any]) -> Any:
    """Arrays put together, or one in another form, as numpy does it to tables of their cells."""
    from graphviz_ad.read.python.slates import tabled

    return tabled(tape, parts, move)


def filled_like(x: Any, value: float) -> Any:
    """An array of one number that can be assigned to."""
    import numpy

    from graphviz_ad.read.python.slates import blank

    return blank(x.tape, numpy.full(x.shape, value), False)


def _with_one(axes: AxisNumbers, axis: int) -> AxisNumbers:
    """A shape with one more axis, of one entry."""
    place = axis % (len(axes) + 1)
    return (*axes[:place], 1, *axes[place:])


METHODS.update({
    "tabled": tabled, "elementwise": broadcast, "lifted": lifted, "@": product, "[]": entry,
    "sum": total, "mean": mean, "max": largest, "min": smallest, "dot": dot, "reshape": reshaped, "var": variance,
    "std": deviation, "prod": multiplied, "cumsum": accumulated,
    "transpose": turned, "flatten": flat, "ravel": flat, "copy": copied, "astype": of_type,
    "view": lambda x, *_: x, "squeeze": flat, "swapaxes": swapped,
    "clip": clipped, "put": changed, "not": denied, "and": both, "or": either,
    "item": lambda x, *at: entry(flat(x), at[0] if at else 0),
    "trace": of_square("trace", "the trace", False), "diagonal": diagonal,
})  # fmt: skip
FUNCTIONS.update({
    **{name: METHODS[name] for name in (
        "sum", "mean", "max", "min", "reshape", "var", "std", "prod", "cumsum", "trace", "ravel",
    )},
    "squeeze": flat,
    "amax": largest, "amin": smallest, "dot": dot, "inner": inner,
    "vdot": lambda x, y: dot(flat(x), flat(y)), "outer": outer, "norm": norm,
    "transpose": turned, "concatenate": concatenated, "hstack": beside, "vstack": above, "stack": piled,
    "column_stack": lambda parts: transposed(above(parts)),
    "inv": of_square("inv", "the inverse", True), "det": of_square("det", "the determinant", False), "slogdet": slogdet,
    "matrix_power": matrix_power, "kron": kronecker, "split": split, "array_split": split,
    "hsplit": lambda x, where: split(x, where, min(1, x.ndim - 1)),
    "cholesky": cholesky, "lstsq": least_squares, "convolve": convolved,
    "correlate": lambda x, y, mode="valid": convolved(x, y[::-1], mode),
    "diag": diagonal, "diagonal": diagonal, "solve": solved, "where": chosen, "copy": copied,
    "full_like": lambda x, value: value * filled(x.tape, x.shape), "append": lambda x, more, axis=0: concatenated(
        [x, more if getattr(more, "ndim", isinstance(more, list)) else [more]], axis
    ),
    "swapaxes": swapped, "tensordot": tensordot,
    "triu": lambda x, k=0: triangle(x, lambda row, column: column - row >= k),
    "tril": lambda x, k=0: triangle(x, lambda row, column: column - row <= k),
    "flip": lambda x, axis=0: entry(x, (slice(None),) * (axis % x.ndim) + (slice(None, None, -1),)),
    "tile": repeated_rows, "block": blocks, "multi_dot": multiplied_out, "pinv": pseudoinverse, "diff": differences,
    "broadcast_to": stretched_to, "repeat": repeated, "cross": cross, "average": average,
    "zeros_like": lambda x: filled_like(x, 0.0), "empty_like": lambda x: filled_like(x, float("nan")),
    "ones_like": lambda x: filled_like(x, 1.0),
    "shape": lambda x: x.shape, "ndim": lambda x: x.ndim, "size": lambda x: x.size,
    "expand_dims": lambda x, axis: reshaped(x, _with_one(x.shape, axis)), "atleast_1d": lambda x: x,
    "atleast_2d": lambda x: x if x.ndim == 2 else reshaped(x, 1, -1), "softmax": softmax, "einsum": einsum,
    "pad": padded, "cov": covariance, "corrcoef": correlation, "take": taken,
    **MOVES, "vander": powers, "polyval": polynomial, "ptp": lambda x, axis=None: largest(x, axis) - smallest(x, axis),
    "diagflat": lambda x: diagonal(flat(x)), "clip": clipped,
    "sliding_window_view": windows, "moveaxis": swapped,
})  # fmt: skip
