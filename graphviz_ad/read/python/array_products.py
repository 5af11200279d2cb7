"""Products of traced arrays: x @ y, dot, outer."""

from __future__ import annotations

from typing import Any

from graphviz_ad.read.python.array_methods import elementwise
from graphviz_ad.read.python.arrays import ArrayTracer, made
from graphviz_ad.read.python.making import as_row, flat, lifted, transposed
from graphviz_ad.read.python.tape import Tape, Tracer


def product(x: Any, y: Any) -> Any:
    """x @ y."""
    tape: Tape = (x if isinstance(x, (ArrayTracer, Tracer)) else y).tape
    if not type(x) is type(y) is ArrayTracer or x.tape is not y.tape:
        x, y = lifted(tape, x), lifted(tape, y)
    if not (isinstance(x, ArrayTracer) and isinstance(y, ArrayTracer)):
        number = x if not isinstance(x, ArrayTracer) else y
        name = tape.name_of(number.index)
        if name is None:
            raise tape.refused("@ of a number", "write * for a multiple")
        raise tape.refused(
            f"@ of '{name}', which is a number", f"say its shape: --shape {name}=3, or annotate it, {name}: 3"
        )
    inner = x.shape[-1], y.shape[0]
    if inner[0] != inner[1]:
        fits = [
            f"{word}.T would fit"
            for word, shape, other in (("the second transposed, .T", y.shape[::-1], x.shape[-1]),)
            if len(shape) == 2 and shape[0] == other
        ]
        fits += ["the first transposed, .T, would fit"] if x.ndim == 2 and x.shape[0] == y.shape[0] else []
        text = f"@ of arrays of the shapes {x.shape} and {y.shape}: {inner[0]} and {inner[1]} do not fit"
        wanted = f"({x.shape[-1]},)" if y.ndim == 1 else f"({x.shape[-1]}, {y.shape[-1]})"
        fits.append(f"the second of the shape {wanted} would fit")
        raise tape.refused(text, fits[0].replace(", .T.T", ", .T,"))
    if x.ndim == y.ndim == 1:
        return (
            made(tape, "sqnorm", (x.index,), ())
            if x.index == y.index
            else made(tape, "matmul", (as_row(x), y.index), ())
        )
    if y.ndim == 1:
        return made(tape, "matmul", (x.index, y.index), x.shape[:1])
    if x.ndim == 1:
        return made(tape, "matmul", (transposed(y).index, x.index), y.shape[1:])
    return made(tape, "matmul", (x.index, y.index), (x.shape[0], y.shape[1]))


def dot(x: Any, y: Any) -> Any:
    """np.dot: the product x @ y, of a number a multiple."""
    tape = (x if isinstance(x, (ArrayTracer, Tracer)) else y).tape
    x, y = lifted(tape, x), lifted(tape, y)
    both = isinstance(x, ArrayTracer) and isinstance(y, ArrayTracer)
    return product(x, y) if both else elementwise("mul", x, y)


def outer(x: Any, y: Any) -> Any:
    """np.outer: all products of an entry of x and one of y, in the shape (entries of x, entries of y)."""
    tape = (x if isinstance(x, (ArrayTracer, Tracer)) else y).tape
    x, y = lifted(tape, x), lifted(tape, y)
    return made(tape, "matmul", (flat(x).index, as_row(flat(y))), (x.size, y.size))


def inner(x: Any, y: Any) -> Any:
    """np.inner: the sum over the last axes, x yᵀ of matrices."""
    tape = (x if isinstance(x, (ArrayTracer, Tracer)) else y).tape
    x, y = lifted(tape, x), lifted(tape, y)
    return dot(x, transposed(y) if getattr(y, "ndim", 0) == 2 else y)
