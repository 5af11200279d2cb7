"""Parts of vectors and matrices, x[1:3] and W_2, and functions along an axis: sum(X, axis=0) of each column."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, Node
from graphviz_ad.core.ops.arrays import BLOCK, ENTRY, matrix
from graphviz_ad.core.ops.row import AxisSize, shown
from graphviz_ad.read.arrays.maker import ArrayMaker, ShapeRule
from graphviz_ad.read.arrays.sizes import is_open
from graphviz_ad.read.arrays.terms import ALONG, ELEMENT, PART

MAX_ROWS = 20  # whose largest entries are taken

# ---- parts


def part(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """x[1:3], W[2, :]: what stands from one place to another along each axis."""
    axes = dict(node.type.attributes)["axes"]
    assert isinstance(axes, tuple)
    shape, name = maker.shape(args[0]), maker.name_of(args[0])
    if len(axes) != len(shape):
        needed = "no entries" if not shape else "one index" if len(shape) == 1 else "two indices, W[2, :]"
        text = f"'{name}' is {shown(shape)} and has {needed}"
        raise AdgraphError(text, node.span, "write one index, or one part, for each axis")
    made = args[0]
    for axis, places in enumerate(axes):
        if places is not None:
            made = cut(maker, node, made, axis if len(shape) == 2 else 0, places, name)
    return made


def cut(maker: ArrayMaker, node: Node, index: int, axis: int, places: tuple[int, int | None], name: str) -> int:
    """What stands from one place to another along an axis."""
    size = matrix(maker.shape(index))[axis]
    if is_open(size) and places[1] is not None:
        return _block(maker, node, index, axis, size, places[0], places[1])
    if not isinstance(size, int):
        raise AdgraphError(f"a part of '{name}', which has {size} entries", node.span, "give its size in digits")
    first, last = places[0], places[1] if places[1] is not None else size
    if not 1 <= first <= last <= size:
        what = f"entry {first}" if first == last else f"entries {first} to {last}"
        axis_of = "" if len(maker.shape(index)) < 2 else " rows" if axis == 0 else " columns"
        text = f"'{name}' has {size}{axis_of or ' entries'} and no {what}"
        raise AdgraphError(text, node.span, f"they are counted from 1 to {size}, and both ends belong to a part")
    return index if (first, last) == (1, size) else _block(maker, node, index, axis, size, first, last)


def _block(maker: ArrayMaker, node: Node, index: int, axis: int, size: AxisSize, first: int, last: int) -> int:
    if first == last and len(maker.shape(index)) == 1:
        return maker.add(ENTRY, (index,), node, place=(first,))
    if first == last:
        block = maker.unit(node, size, first)
    else:
        block = maker.add(BLOCK, (), node, rows=size, columns=last - first + 1, at=first)
    if axis == 1:
        return maker.add("matmul", (index, block), node)
    return maker.add("matmul", (maker.add("transpose", (block,), node), index), node)


def row(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """W_2, the second row of a matrix."""
    place = int(str(dict(node.type.attributes)["indices"]))
    name = maker.name_of(args[0])
    maker.notes.append(f"'{name}_{place}' is row {place} of '{name}', 1 × {matrix(maker.shape(args[0]))[1]}")
    made = cut(maker, node, args[0], 0, (place, place), name)
    maker.rows.add(made)
    return made


# ---- along an axis


def along(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """A function of each row, axis 1, or of each column, axis 0; axes are counted from 0, as in Python."""
    attributes = dict(node.type.attributes)
    of, axis = str(attributes["of"]), attributes["axis"]
    shape, name = maker.shape(args[0]), maker.name_of(args[0])
    if len(shape) != 2 and not (len(shape) == 1 and axis in (0, -1)):
        maker.needs_shape(node, args[0], f"{of} along an axis")
        text = f"{of} along axis {axis} of {name!r}, which is {shown(shape)}"
        raise AdgraphError(text, node.span, f"leave axis= out: {of}({name})" if shape else "declare a matrix")
    if axis not in (0, 1, -1):
        raise AdgraphError(f"a matrix has no axis {axis}", node.span, "axis=0 is of each column, axis=1 of each row")
    each = args[0] if axis != 0 or len(shape) == 1 else maker.transposed(node, args)
    if len(shape) == 1:
        each = maker.transposed(node, args)
    made = ALONG_ROWS[of](maker, node, each)
    if of in _SAME_SHAPE:
        return made if each == args[0] else maker.transposed(node, (made,))
    return made


def _sum(maker: ArrayMaker, node: Node, rows: int) -> int:
    return maker.add("matmul", (rows, maker.ones(node, maker.shape(rows)[1])), node)


def _number(maker: ArrayMaker, node: Node, value: int) -> int:
    return maker.builder.add(CONST, (), value, None, node.span)


def _count(maker: ArrayMaker, node: Node, rows: int) -> int:
    size = matrix(maker.shape(rows))[1]
    if is_open(size):
        return _number(maker, node, 1)  # until it is known
    if not isinstance(size, int):
        raise AdgraphError("a mean over a size that is a letter", node.span, "give the size in digits")
    return _number(maker, node, size)


def _mean(maker: ArrayMaker, node: Node, rows: int) -> int:
    return maker.add("div", (_sum(maker, node, rows), _count(maker, node, rows)), node)


def _squares(maker: ArrayMaker, node: Node, rows: int) -> int:
    return _sum(maker, node, maker.add("pow", (rows, _number(maker, node, 2)), node))


def _variance(maker: ArrayMaker, node: Node, rows: int) -> int:
    ones = maker.ones(node, maker.shape(rows)[1])
    means = maker.add("matmul", (_mean(maker, node, rows), maker.add("transpose", (ones,), node)), node)
    squares = _squares(maker, node, maker.add("sub", (rows, means), node))
    return maker.add("div", (squares, _count(maker, node, rows)), node)


def _root(of: Callable[[ArrayMaker, Node, int], int]) -> Callable[[ArrayMaker, Node, int], int]:
    return lambda maker, node, rows: maker.add("sqrt", (of(maker, node, rows),), node)


def _logsumexp(maker: ArrayMaker, node: Node, rows: int) -> int:
    return maker.add("log", (_sum(maker, node, maker.add("exp", (rows,), node)),), node)


def largest_of_rows(maker: ArrayMaker, node: Node, rows: int) -> int:
    """The largest entry of each row."""
    count = matrix(maker.shape(rows))[0]
    if not isinstance(count, int) or count > MAX_ROWS:
        text = f"the largest entries of {count} rows or columns"
        raise AdgraphError(text, node.span, f"up to {MAX_ROWS} are read, their number in digits")
    each = [cut(maker, node, rows, 0, (place, place), "") for place in range(1, count + 1)]
    return maker.stacked(node, [maker.add("largest", (one,), node) for one in each])


def _smallest(maker: ArrayMaker, node: Node, rows: int) -> int:
    return maker.add("neg", (largest_of_rows(maker, node, maker.add("neg", (rows,), node)),), node)


# What is taken of each row of a matrix.
ALONG_ROWS: Mapping[str, Callable[[ArrayMaker, Node, int], int]] = {
    "sum": _sum, "mean": _mean, "var": _variance, "std": _root(_variance), "norm": _root(_squares),
    "max": largest_of_rows, "min": _smallest, "logsumexp": _logsumexp,
    "softmax": lambda maker, node, rows: maker.add("softmax", (rows,), node),
    "log_softmax": lambda maker, node, rows: maker.add("log_softmax", (rows,), node),
}  # fmt: skip
_SAME_SHAPE = frozenset({"softmax", "log_softmax"})

PARTS: Mapping[str, ShapeRule] = {PART: part, ELEMENT: row, ALONG: along}
