"""Sums of what has different shapes: a number goes to each entry, a vector to each row."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Node
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import shown
from graphviz_ad.read.arrays.maker import ArrayMaker, ShapeRule


def added(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """The sum or the difference of two operands, of one shape or one repeated. Raises AdgraphError for others."""
    args = _with_columns(maker, node, args)
    left, right = map(maker.shape, args)
    if maker.sizes.same(left, right):
        return maker.add(str(node.op), args, node)
    for place, shape, other in ((0, left, right), (1, right, left)):
        if shape == ():
            maker.needs_declaration(node, args[place], args[1 - place])
            name = maker.builder.nodes[args[place]].name
            if name is not None:
                maker.notes.append(f"the number '{name}' goes to each entry")
            many = maker.filled(node, args[place], other)
            return maker.add(str(node.op), (many, args[1]) if place == 0 else (args[0], many), node)
    return by_rows(maker, node, args)


def _with_columns(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> tuple[int, ...]:
    """X_i, which is a row, beside a column of as many entries: X_i - μ is of columns."""
    shapes = [maker.shape(arg) for arg in args]
    if sorted(map(len, shapes)) != [1, 2]:
        return args
    place = 0 if len(shapes[0]) == 2 else 1
    row = args[place]
    if row not in maker.rows or not maker.sizes.may_be(shapes[place][1], shapes[1 - place][0]):
        return args
    maker.notes.append(f"a row of a matrix beside the column '{maker.name_of(args[1 - place])}' is taken as a column")
    turned = maker.transposed(node, (row,))
    return (turned, args[1]) if place == 0 else (args[0], turned)


def by_rows(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """A vector added to each row of a matrix, X W + b, if only that fits."""
    for place in (0, 1):
        whole, vector = maker.shape(args[place]), maker.shape(args[1 - place])
        if len(whole) == 2 and 1 not in whole and len(vector) in (1, 2) and 1 in matrix(vector):
            entries = vector[0] if len(vector) == 1 else matrix(vector)[1]
            is_row = len(vector) == 2
            rows_fit, columns_fit = maker.sizes.may_be(entries, whole[1]), maker.sizes.may_be(entries, whole[0])
            surely_both = entries == whole[0] == whole[1]
            if rows_fit and not is_row and surely_both:
                name = maker.name_of(args[1 - place])
                text = f"'{name}' may be added to each row or to each column of {shown(whole)}"
                raise AdgraphError(text, node.span, f"write ones({entries}) {name}^T or {name} ones({entries})^T")
            if rows_fit and (is_row or entries != whole[0] or not columns_fit):
                maker.sizes.unify(entries, whole[1])
                row = args[1 - place] if is_row else maker.add("transpose", (args[1 - place],), node)
                rows = maker.add("matmul", (maker.ones(node, whole[0]), row), node)
                maker.notes.append(f"'{maker.name_of(args[1 - place])}' is added to each row")
                return maker.add(str(node.op), (args[0], rows) if place == 0 else (rows, args[1]), node)
            if len(vector) == 1 and isinstance(columns := maker.sizes.resolved(whole[1]), int):
                text = f"shapes {shown(maker.shape(args[0]))} and {shown(maker.shape(args[1]))} do not go together"
                raise AdgraphError(text, node.span, f"what is added to each row has {columns} entries")
    return maker.add(str(node.op), args, node)


SUMS: Mapping[str, ShapeRule] = {"add": added, "sub": added}
