"""The value of every node of a system of vectors and matrices, in arrays of numpy.

A vector is an array of one axis, whether it is a column or a row; an axis of size 1 is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation, operation
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.core.ops.arrays import is_array, matrix
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.point.arrays.domains import singular, without_value
from graphviz_ad.point.arrays.logarithms import logarithms
from graphviz_ad.read.table import definition, through
from graphviz_ad.read.table import functions as floats

Array = Any  # of numpy, which has no types for operations like these; or a float
ArrayValue = float | Sequence[Any]  # a number, a vector, or the rows of a matrix


@cache
def numpy() -> Any:
    """The library. Raises AdgraphError where it is not installed."""
    try:
        return import_module("numpy")
    except ModuleNotFoundError:
        hint = 'pip install "graphviz-ad[arrays]"'
        raise AdgraphError("numbers of vectors and matrices need numpy, which is not here", hint=hint) from None


def array_values(graph: Graph, at: Mapping[str, ArrayValue]) -> list[Array]:
    """The value of each node at a point. Raises AdgraphError for an input without a value, or with one of another
    shape, and for what has no value there."""
    np = numpy()
    found: list[Array] = []
    at_once = logarithms(graph)
    inside = {inner for one in at_once.values() for inner in one.inside}
    with np.errstate(all="ignore"):
        for index, node in enumerate(graph.nodes):
            args = [found[arg] for arg in node.args]
            made = _value(np, node, args, at)
            if index in at_once and not np.isfinite(made).all():
                made = at_once[index].value(np, found[at_once[index].operand])
            if index not in inside and not np.isfinite(made).all():
                raise without_value(np, node, args, made)
            found.append(made)
    return found


def _value(np: Any, node: Node, args: Sequence[Array], at: Mapping[str, ArrayValue]) -> Array:
    if node.op == INPUT:
        return given(np, node, at)
    if node.op == CONST:
        return float(node.value or 0)
    if is_array(node.op):
        try:
            return _VALUES[str(node.op)](np, node, *args)
        except np.linalg.LinAlgError:
            raise singular(node) from None
    return applied(node.op, *args)


def given(np: Any, node: Node, at: Mapping[str, ArrayValue]) -> Array:
    """The value that an input is given, as an array of its shape."""
    value = fitting(node, at)
    if not node.type.shape:
        return float(value)
    made = np.array(value, dtype=float)
    return made.reshape(-1) if 1 in matrix(node.type.shape) else made


def fitting(node: Node, at: Mapping[str, ArrayValue]) -> Any:
    """The value that an input is given, as it is given. Raises AdgraphError for none, and for one of another shape."""
    if node.name is None or node.name not in at:
        raise AdgraphError(f"no value for '{node.name}'", hint=f"--at {node.name}={_example(node.type.shape)}")
    value: Any = at[node.name]
    try:
        sizes = _sizes(value)
    except ValueError:
        raise AdgraphError(f"the value of '{node.name}' has rows of different lengths", hint="mend them") from None
    if not node.type.shape:
        if not sizes:
            return value
        raise AdgraphError(f"'{node.name}' is a number, and is given {value!r}", hint=f"--at {node.name}=0.5")
    wanted, axes = matrix(node.type.shape), len(sizes)
    here = wanted[:1] if axes == 1 and wanted[1] == 1 else wanted[1:] if axes == 1 and wanted[0] == 1 else wanted
    if len(here) != axes or any(isinstance(size, int) and size != n for size, n in zip(here, sizes, strict=True)):
        text = f"'{node.name}' is {shown(node.type.shape)}, and is given {shown(sizes)}"
        raise AdgraphError(text, hint=f"--at '{node.name}={_example(node.type.shape)}'")
    return value


def _sizes(value: Any) -> Shape:
    """The sizes of nested lists, or of an array. Raises ValueError where rows differ."""
    if hasattr(value, "shape"):
        return tuple(value.shape)
    if not isinstance(value, (list, tuple)):
        return ()
    inner = {_sizes(part) for part in value}
    if len(inner) > 1:
        raise ValueError("rows of different lengths")
    return (len(value), *(inner.pop() if inner else ()))


def _example(shape: Shape) -> str:
    rows, columns = (size if isinstance(size, int) else 2 for size in matrix(shape))
    row = "[" + ",".join(str(1 + k) for k in range(columns)) + "]"
    if not shape:
        return "0.5"
    return "[" + ",".join(str(1 + k) for k in range(rows)) + "]" if columns == 1 else f"[{','.join([row] * rows)}]"


def applied(op: Operation, *args: Array) -> Array:
    """An operation of the table on arrays, entry by entry: Python's, composed, numpy's, or that on floats."""
    np = numpy()
    row, composed = operation(op), definition(op)
    if not args:
        return floats[row.name]()
    if row.generic is not None:
        return row.generic(*args)
    for name in row.numeric_names:
        function = getattr(np, name, None)
        if function is not None:
            return function(*args)
    if row.function is not None:
        return np.vectorize(row.function, otypes=[float])(*args)
    assert composed is not None
    known = dict(zip(row.params, args, strict=True))
    inputs = [known[composed.nodes[index].name or ""] for index in composed.inputs()]
    return through(composed, inputs, float, applied)[composed.outputs[0]]


def _matmul(np: Any, node: Node, x: Array, y: Array) -> Array:
    return np.multiply.outer(x, y) if not has_inner(node, x, y) else x @ y


def has_inner(node: Node, x: Array, y: Array) -> bool:
    """Whether two factors share an index: a column times a row has none."""
    axes = getattr(x, "ndim", 0) + getattr(y, "ndim", 0)
    return axes - len([size for size in node.type.shape if size != 1]) == 2


def _softmax(np: Any, node: Node, x: Array) -> Array:
    power = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return power / np.sum(power, axis=-1, keepdims=True)


def _log_softmax(np: Any, node: Node, x: Array) -> Array:
    moved = x - np.max(x, axis=-1, keepdims=True)
    return moved - np.log(np.sum(np.exp(moved), axis=-1, keepdims=True))


def _sized(node: Node) -> int:
    size = dict(node.type.attributes)["size"]
    if not isinstance(size, int):
        raise AdgraphError(f"the size {size} is a letter", node.span, "declare sizes in digits for numbers")
    return size


def _unit(np: Any, node: Node) -> Array:
    at = int(str(dict(node.type.attributes)["at"]))
    return np.eye(1, _sized(node), at - 1)[0]


def _block(np: Any, node: Node) -> Array:
    attributes = dict(node.type.attributes)
    return np.eye(*node.type.shape, 1 - int(str(attributes["at"])))


def place_of(node: Node) -> tuple[int, ...]:
    """Where the entry is that a node takes, counted from 0."""
    at = dict(node.type.attributes)["place"]
    assert isinstance(at, tuple)
    return tuple(place - 1 for place in at)


def _stacked(np: Any, node: Node, x: Array, y: Array) -> Array:
    row = (-1, *node.type.shape[1:])
    return np.concatenate([np.reshape(x, row), np.reshape(y, row)])


def _at_largest(np: Any, node: Node, x: Array) -> Array:
    made = np.zeros_like(x)
    made.flat[np.argmax(x)] = 1.0
    return made


def constant(node: Node) -> Array:
    """The value of an operation without operands: ones, a unit matrix, or a part of one."""
    return _VALUES[str(node.op)](numpy(), node)


_VALUES: dict[str, Callable[..., Array]] = {
    "matmul": _matmul,
    "transpose": lambda np, node, x: np.transpose(x),
    "total": lambda np, node, x: float(np.sum(x)),
    "rowsum": lambda np, node, x: np.sum(x, axis=1),
    "sqnorm": lambda np, node, x: float(np.sum(x * x)),
    "diag": lambda np, node, x: np.diag(x),
    "trace": lambda np, node, x: float(np.trace(x)),
    "ones": lambda np, node: np.ones(_sized(node)),
    "eye": lambda np, node: np.eye(_sized(node)),
    "unit": _unit,
    "block": _block,
    "entry": lambda np, node, x: float(x[place_of(node)]),
    "vcat": _stacked,
    "largest": lambda np, node, x: float(np.max(x)),
    "at_largest": _at_largest,
    "norm": lambda np, node, x: float(np.sqrt(np.sum(x * x))),
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "inv": lambda np, node, x: np.linalg.inv(x),
    "det": lambda np, node, x: float(np.linalg.det(x)),
    "logdet": lambda np, node, x: float(np.log(np.linalg.det(x))),
}
