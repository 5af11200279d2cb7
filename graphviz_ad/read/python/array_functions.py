"""What functions of numpy's are on traced arrays: sums, norms, parts, concatenations, and those of matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphviz_ad.core.graph import INPUT, Node, Type
from graphviz_ad.core.names import Name
from graphviz_ad.read.python.array_products import dot, outer, product
from graphviz_ad.read.python.arrays import FUNCTIONS, METHODS, ArrayTracer, Axes, elementwise, graph_shape, made
from graphviz_ad.read.python.broadcasting import broadcast
from graphviz_ad.read.python.einsum import einsum
from graphviz_ad.read.python.making import filled, flat, lifted, transposed
from graphviz_ad.read.python.parts import above, beside, concatenated, entry, piled, reshaped
from graphviz_ad.read.python.reductions import largest, mean, norm, smallest, total, variance
from graphviz_ad.read.python.tape import Tape


def array_input(tape: Tape, name: Name, axes: Axes) -> ArrayTracer:
    """A parameter that is an array."""
    index = tape.leaf(Node(INPUT, (), None, name, None, Type(graph_shape(axes))), None)
    tape.inputs.append(index)
    return ArrayTracer(tape, index, axes)


def _square(x: Any, what: str) -> None:
    if x.ndim != 2 or x.shape[0] != x.shape[1]:
        raise x.tape.refused(f"{what} of an array of the shape {x.shape}", "it is that of a square matrix")


def of_square(op: str, what: str, out: bool) -> Callable[[Any], Any]:
    def function(x: Any) -> Any:
        _square(x, what)
        return made(x.tape, op, (x.index,), x.shape if out else ())

    return function


def slogdet(x: Any) -> Any:
    _square(x, "the determinant")
    x.tape.note("the sign of a determinant is taken for 1")
    return 1.0, made(x.tape, "logdet", (x.index,), ())


def diagonal(x: Any, k: int = 0) -> Any:
    if k:
        raise x.tape.refused("a diagonal beside the main one is not traced", "leave k out")
    if x.ndim == 1:
        return made(x.tape, "diag", (x.index,), (x.size, x.size))
    _square(x, "the diagonal")
    return made(x.tape, "diag", (x.index,), x.shape[:1])


def solved(a: Any, b: Any) -> Any:
    tape = (a if isinstance(a, ArrayTracer) else b).tape
    a, b = lifted(tape, a), lifted(tape, b)
    return product(of_square("inv", "the inverse", True)(a), b)


def chosen(condition: Any, x: Any, y: Any) -> Any:
    """np.where: one or the other, by a condition that is 1 or 0."""
    return elementwise("add", elementwise("mul", condition, x), elementwise("mul", 1 - condition, y))


def softmax(x: Any, axis: Any = None) -> Any:
    if x.ndim == 2 and axis not in (1, -1):
        raise x.tape.refused("softmax of a matrix without axis=1", "write axis=1 for one by rows")
    return made(x.tape, "softmax", (x.index,), x.shape)


def turned(x: Any, axes: Any = None) -> Any:
    """x.T, np.transpose(x); of one axis it is the same."""
    return x if x.ndim < 2 or axes in ((0, 1), [0, 1]) else transposed(x)


METHODS.update({
    "elementwise": broadcast, "@": product, "[]": entry,
    "sum": total, "mean": mean, "max": largest, "min": smallest, "dot": dot, "reshape": reshaped, "var": variance,
    "std": lambda x, axis=None, ddof=0: elementwise("sqrt", variance(x, axis, ddof)),
    "transpose": turned, "flatten": flat, "ravel": flat, "copy": lambda x: x, "astype": lambda x, *_: x,
    "squeeze": flat, "trace": of_square("trace", "the trace", False), "diagonal": diagonal,
})  # fmt: skip
FUNCTIONS.update({
    **{name: METHODS[name] for name in ("sum", "mean", "max", "min", "reshape", "var", "std", "trace", "ravel")},
    "squeeze": flat,
    "amax": largest, "amin": smallest, "dot": dot, "inner": dot, "vdot": dot, "outer": outer, "norm": norm,
    "transpose": turned, "concatenate": concatenated, "hstack": beside, "vstack": above, "stack": piled,
    "column_stack": lambda parts: transposed(above(parts)),
    "inv": of_square("inv", "the inverse", True), "det": of_square("det", "the determinant", False), "slogdet": slogdet,
    "diag": diagonal, "diagonal": diagonal, "solve": solved, "where": chosen, "copy": lambda x: x,
    "zeros_like": lambda x: elementwise("mul", 0, filled(x.tape, x.shape)),
    "ones_like": lambda x: filled(x.tape, x.shape),
    "shape": lambda x: x.shape, "ndim": lambda x: x.ndim, "size": lambda x: x.size,
    "expand_dims": lambda x, axis: reshaped(x, (1, -1) if axis == 0 else (-1, 1)), "atleast_1d": lambda x: x,
    "atleast_2d": lambda x: x if x.ndim == 2 else reshaped(x, 1, -1), "softmax": softmax, "einsum": einsum,
})  # fmt: skip
