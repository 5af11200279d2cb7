"""The value of every node of a system of vectors and matrices, in arrays of numpy.

A vector is an array of one axis, whether it is a column or a row; an axis of size 1 is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.point.arrays.domains import singular, without_value
from graphviz_ad.point.arrays.logarithms import logarithms
from graphviz_ad.read.array_table import Array, numpy, of_operation

ArrayValue = float | Sequence[Any]  # a number, a vector, or the rows of a matrix


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
    try:
        return of_operation(node, *args)
    except np.linalg.LinAlgError:
        raise singular(node) from None


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
