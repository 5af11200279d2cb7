"""The operations of the table on arrays of numpy.

A vector is an array of one axis, whether it is a column or a row; an axis of size 1 is none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation, operation
from graphviz_ad.core.graph import Node
from graphviz_ad.core.ops.arrays import is_array
from graphviz_ad.read.table import at_params, definition, functions

Array = Any  # of numpy, which has no types for operations like these; or a float


@cache
def numpy() -> Any:
    """The library. Raises AdgraphError where it is not installed."""
    try:
        return import_module("numpy")
    except ModuleNotFoundError:
        hint = 'pip install "graphviz-ad[arrays]"'
        raise AdgraphError("numbers of vectors and matrices need numpy, which is not here", hint=hint) from None


def of_operation(node: Node, *args: Array) -> Array:
    """What the operation of a node makes of the values that it reads."""
    return _VALUES[str(node.op)](numpy(), node, *args) if is_array(node.op) else applied(node.op, *args)


def applied(op: Operation, *args: Array) -> Array:
    """An operation of the table on arrays, entry by entry: Python's, composed, numpy's, or that on floats."""
    np = numpy()
    row, composed = operation(op), definition(op)
    if not args:
        return functions[row.name]()
    if row.generic is not None:
        return row.generic(*args)
    for name in row.numeric_names:
        function = getattr(np, name, None)
        if function is not None:
            return function(*args)
    if row.function is not None:
        return np.vectorize(row.function, otypes=[float])(*args)
    assert composed is not None
    return at_params(composed, dict(zip(row.params, args, strict=True)), float, applied)


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
