"""What functions of numpy's are on traced arrays: sums, norms, parts, concatenations, and those of matrices."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from graphviz_ad.core.graph import INPUT, Node, Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import BLOCK, UNIT, matrix
from graphviz_ad.read.python.arrays import (
    FUNCTIONS,
    METHODS,
    ArrayTracer,
    Axes,
    as_row,
    elementwise,
    filled,
    graph_shape,
    lifted,
    made,
    ones,
    product,
    stacked,
    transposed,
)
from graphviz_ad.read.python.einsum import einsum
from graphviz_ad.read.python.tape import Tape, Tracer

MAX_ROWS = 20  # whose maxima are taken


def array_input(tape: Tape, name: Name, axes: Axes) -> ArrayTracer:
    """A parameter that is an array."""
    index = tape.leaf(Node(INPUT, (), None, name, None, Type(graph_shape(axes))), None)
    tape.inputs.append(index)
    return ArrayTracer(tape, index, axes)


def dot(x: Any, y: Any) -> Any:
    tape = (x if isinstance(x, (ArrayTracer, Tracer)) else y).tape
    x, y = lifted(tape, x), lifted(tape, y)
    both = isinstance(x, ArrayTracer) and isinstance(y, ArrayTracer)
    return product(x, y) if both else elementwise("mul", x, y)


def outer(x: Any, y: Any) -> Any:
    tape = (x if isinstance(x, (ArrayTracer, Tracer)) else y).tape
    x, y = lifted(tape, x), lifted(tape, y)
    return made(tape, "matmul", (flat(x).index, as_row(flat(y))), (x.size, y.size))


def flat(x: ArrayTracer) -> ArrayTracer:
    """A vector of one axis."""
    vector: ArrayTracer = reshaped(x, -1)
    return vector


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
    if isinstance(axis, tuple) and len(axis) == x.ndim:
        return None
    if not isinstance(axis, int) or not -x.ndim <= axis < x.ndim:
        raise x.tape.refused(f"an array of the shape {x.shape} has no axis {axis}", "leave axis= out")
    return axis % x.ndim


def mean(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    which = _axis(x, axis)
    return total(x, axis, keepdims) / (x.size if which is None else x.shape[which])


def variance(x: Any, axis: Any = None, ddof: int = 0) -> Any:
    which = _axis(x, axis)
    count = x.size if which is None else x.shape[which]
    return total((x - mean(x, axis, True)) ** 2, axis) / (count - ddof)


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
    return -largest(-x, axis, keepdims)


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:  # noqa: A002
    """The Euclidean norm, of a matrix that of Frobenius; or the sum of magnitudes of a vector."""
    if axis is not None and _axis(x, axis) is not None:
        return elementwise("sqrt", total(x**2, axis, keepdims))
    if ord == 1 and x.ndim == 1:
        return total(abs(x))
    if ord not in (None, "fro") and not (ord == 2 and x.ndim == 1):
        raise x.tape.refused(f"the norm {ord!r} is not traced", "there are the Euclidean one, and 1 of vectors")
    found = made(x.tape, "norm", (x.index,), ())
    return ArrayTracer(x.tape, found.index, (1,) * x.ndim) if keepdims else found


# ---- parts


def entry(x: ArrayTracer, key: Any) -> Any:
    """x[0], X[0, 1], X[:, 0], x[1:3], x[:, None]; entries are counted from 0."""
    keys = key if isinstance(key, tuple) else (key,)
    if any(part is Ellipsis for part in keys):
        raise x.tape.refused("an index ... is not traced", "write : for each axis")
    plain = [part for part in keys if part is not None]
    if len(plain) > x.ndim:
        raise x.tape.refused(f"{len(plain)} indices of an array of the shape {x.shape}", "write one for each axis")
    plain += [slice(None)] * (x.ndim - len(plain))
    made_of: Any = x
    axes: list[int] = []
    for axis in reversed(range(x.ndim)):
        made_of, kept = _along(made_of, axis if made_of.ndim == x.ndim else 0, plain[axis])
        if kept is not None:
            axes.insert(0, kept)
    if not axes:
        return x.tape.number(made_of.index)
    if None in keys:
        return _with_new_axes(made_of, keys)
    return made_of


def _along(x: Any, axis: int, key: Any) -> tuple[Any, int | None]:
    """A part along one axis, and how many entries that has; None for one entry."""
    tape: Tape = x.tape
    size = x.shape[axis]
    if isinstance(key, slice):
        start, stop, step = key.indices(size)
        if step != 1 or stop <= start:
            raise tape.refused("a slice with a step, or of nothing, is not traced", "write x[0:2]")
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
    if type(key) is Tracer:
        key = key.__index__()
    if not hasattr(key, "__index__") or isinstance(key, bool):
        raise tape.refused("an index that is an array or a condition is not traced", "write X[0], X[:, 1] or np.where")
    place = key.__index__()
    if not -size <= place < size:
        raise tape.refused(f"index {place} of an axis of {size} entries", f"the last one is {size - 1}")
    if size == 1:
        rest = tuple(n for at, n in enumerate(x.shape) if at != axis)
        return (flat(x) if rest and x.shape[0] == 1 else ArrayTracer(tape, x.index, rest)), None
    unit = made(tape, UNIT, (), (size,), size=size, at=place % size + 1)
    if x.ndim == 1:
        return ArrayTracer(tape, made(tape, "matmul", (as_row(unit), x.index), ()).index, ()), None
    if axis == 1:
        return made(tape, "matmul", (x.index, unit.index), x.shape[:1]), None
    return made(tape, "matmul", (transposed(x).index, unit.index), x.shape[1:]), None


def _with_new_axes(x: ArrayTracer, keys: Sequence[Any]) -> Any:
    if x.ndim != 1 or len(keys) != 2:
        raise x.tape.refused("an array of three axes", "vectors and matrices are traced")
    return reshaped(x, (1, -1) if keys[0] is None else (-1, 1))


def reshaped(x: ArrayTracer, *axes: Any, order: str = "C") -> Any:
    """The same entries as a column, a row or a vector."""
    wanted = tuple(axes[0]) if len(axes) == 1 and isinstance(axes[0], (tuple, list)) else axes
    known = math.prod(n for n in wanted if n != -1)
    wanted = tuple(x.size // known if n == -1 and known else n for n in wanted)
    if wanted == x.shape:
        return x
    if math.prod(wanted) != x.size:
        raise x.tape.refused(f"an array of the shape {x.shape} as one of {wanted}", "both need as many entries")
    vector = 1 in matrix(x.shape)
    if vector and len(wanted) in (1, 2) and 1 in matrix(wanted):
        is_row, to_row = x.ndim == 2 and x.shape[0] == 1, len(wanted) == 2 and wanted[0] == 1
        if is_row == to_row or x.size == 1:
            return ArrayTracer(x.tape, x.index, wanted)
        if x.tape.ops[x.index] == "transpose":
            return ArrayTracer(x.tape, x.tape.args[x.index][0], wanted)
        return made(x.tape, "transpose", (x.index,), wanted)
    if len(wanted) == 1 and order == "C":
        rows = [entry(x, place) for place in range(x.shape[0])]
        return ArrayTracer(x.tape, stacked(x.tape, [row.index for row in rows], 1), wanted)
    raise x.tape.refused(f"an array of the shape {x.shape} as one of {wanted}", "rows, columns and vectors are traced")


def concatenated(parts: Sequence[Any], axis: Any = 0) -> Any:
    """Arrays one behind the other."""
    tape = next(part.tape for part in parts if isinstance(part, (ArrayTracer, Tracer)))
    found = [lifted(tape, part) for part in parts]
    if any(not isinstance(part, ArrayTracer) for part in found) or len({part.ndim for part in found}) > 1:
        raise tape.refused("arrays with different numbers of axes are put together", "use arrays of one kind")
    first = found[0]
    if axis is None or (first.ndim == 1 and axis not in (0, -1)):
        raise tape.refused(f"axis {axis} of arrays of the shape {first.shape}", "leave it out")
    along = axis % first.ndim
    others = {part.shape[:along] + part.shape[along + 1 :] for part in found}
    if len(others) > 1:
        said = " and ".join(str(part.shape) for part in found)
        raise tape.refused(f"arrays of the shapes {said} are put together", "all but one axis need one size")
    sizes = sum(part.shape[along] for part in found)
    if along == 0:
        columns = first.shape[1] if first.ndim == 2 else 1
        return ArrayTracer(tape, stacked(tape, [part.index for part in found], columns), (sizes, *first.shape[1:]))
    turned = [transposed(part) for part in found]
    whole = ArrayTracer(tape, stacked(tape, [part.index for part in turned], first.shape[0]), (sizes, first.shape[0]))
    return transposed(whole)


def beside(parts: Sequence[Any]) -> Any:
    return concatenated(parts, 0 if getattr(parts[0], "ndim", 1) == 1 else 1)


def above(parts: Sequence[Any]) -> Any:
    tape = next(part.tape for part in parts if isinstance(part, ArrayTracer))
    return concatenated([x if x.ndim == 2 else reshaped(x, 1, -1) for x in (lifted(tape, part) for part in parts)], 0)


def piled(parts: Sequence[Any], axis: int = 0) -> Any:
    tape = next(part.tape for part in parts if isinstance(part, (ArrayTracer, Tracer)))
    found = [lifted(tape, part) for part in parts]
    if all(isinstance(part, Tracer) and type(part) is Tracer for part in found):
        return ArrayTracer(tape, stacked(tape, [part.index for part in found], 1), (len(found),))
    return above(found) if axis == 0 else transposed(above(found))


# ---- matrices


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


METHODS.update({
    "[]": entry,
    "sum": total, "mean": mean, "max": largest, "min": smallest, "dot": dot, "reshape": reshaped, "var": variance,
    "std": lambda x, axis=None, ddof=0: elementwise("sqrt", variance(x, axis, ddof)),
    "transpose": lambda x: x.T, "flatten": flat, "ravel": flat, "copy": lambda x: x, "astype": lambda x, *_: x,
    "squeeze": flat, "trace": of_square("trace", "the trace", False), "diagonal": diagonal,
})  # fmt: skip
FUNCTIONS.update({
    **{name: METHODS[name] for name in ("sum", "mean", "max", "min", "reshape", "var", "std", "trace", "ravel")},
    "squeeze": flat,
    "amax": largest, "amin": smallest, "dot": dot, "inner": dot, "vdot": dot, "outer": outer, "norm": norm,
    "transpose": lambda x: x.T, "concatenate": concatenated, "hstack": beside, "vstack": above, "stack": piled,
    "column_stack": lambda parts: transposed(above(parts)),
    "inv": of_square("inv", "the inverse", True), "det": of_square("det", "the determinant", False), "slogdet": slogdet,
    "diag": diagonal, "diagonal": diagonal, "solve": solved, "where": chosen, "copy": lambda x: x,
    "zeros_like": lambda x: elementwise("mul", 0, filled(x.tape, x.shape)),
    "ones_like": lambda x: filled(x.tape, x.shape),
    "shape": lambda x: x.shape, "ndim": lambda x: x.ndim, "size": lambda x: x.size,
    "expand_dims": lambda x, axis: reshaped(x, (1, -1) if axis == 0 else (-1, 1)), "atleast_1d": lambda x: x,
    "atleast_2d": lambda x: x if x.ndim == 2 else reshaped(x, 1, -1), "softmax": softmax, "einsum": einsum,
})  # fmt: skip
