"""Which product a product is: what stands side by side, *, ·, ⊙, ⟨a, b⟩, and quotients."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, Node
from graphviz_ad.core.ops.arrays import ONES, matrix
from graphviz_ad.core.ops.row import OPEN, Shape, shown
from graphviz_ad.read.arrays.maker import ArrayMaker, ShapeRule
from graphviz_ad.read.arrays.sizes import is_open
from graphviz_ad.read.arrays.terms import CONCAT, CROSS, DOT, INNER, KRON, ODIV, ODOT, OUTER, STAR

MAX_BLOCKS = 20  # of a product of Kronecker


def matmul(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """The product of matrices and vectors, or a multiple of one. Raises AdgraphError for shapes that do not fit."""
    left, right = args
    if maker.shape(left) and not maker.shape(right):
        maker.needs_declaration(node, right, left, column(maker, left))
    elif maker.shape(right) and not maker.shape(left) and (maker.is_state(left) or maker.is_capital(left)):
        maker.needs_declaration(node, left, right, (OPEN, matrix(maker.shape(right))[0]))
    if len(maker.shape(left)) == 2 and maker.builder.nodes[right].op == CONST and maker.builder.nodes[right].value == 1:
        maker.notes.append(f"the 1 behind '{maker.name_of(left)}' is a vector of ones")
        right = maker.ones(node, maker.shape(left)[1])
        args = left, right
    if not maker.shape(left) or not maker.shape(right):
        return multiple(maker, node, args)
    if len(maker.shape(left)) == 1 and len(maker.shape(right)) == 2 and is_open(maker.shape(right)[0]):
        a, b = (maker.name_of(arg) for arg in args)
        text = f"a column before a matrix, {shown(maker.shape(left))} and {shown(maker.shape(right))}"
        raise AdgraphError(text, node.span, f"write {a}^T {b}, or {b} {a}; for a row declare {a}: 1x3")
    if len(maker.shape(left)) == len(maker.shape(right)) == 1:
        a, b = (maker.name_of(arg) for arg in args)
        text = f"two columns side by side, {shown(maker.shape(left))} and {shown(maker.shape(right))}"
        raise AdgraphError(text, node.span, f"write {a}^T {b}, {a} {b}^T or {a} .* {b}")
    return maker.add("matmul", args, node)


def column(maker: ArrayMaker, left: int) -> Shape:
    """The shape of a column that can stand behind a matrix."""
    columns = matrix(maker.shape(left))[1]
    return (columns,) if columns != 1 else ()


def multiple(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """A multiple, its number in front."""
    left, right = args
    turned = (right, left) if maker.shape(left) and not maker.shape(right) else args
    return maker.add("mul", turned, node)


def star(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """*: whichever product fits."""
    left, right = map(maker.shape, args)
    if left and not right:
        maker.needs_declaration(node, args[1], args[0], column(maker, args[0]))
    if not left or not right:
        return multiple(maker, node, args)
    product = maker.sizes.may_be(matrix(left)[1], matrix(right)[0])
    alike = maker.sizes.same(left, right)
    if product and alike and not any(_is_ones(maker, arg) for arg in args):
        a, b = map(maker.name_of, args)
        text = f"* may be two products here, of {shown(left)} and {shown(right)}"
        raise AdgraphError(text, node.span, f"write {a} {b} or {a} .* {b}")
    return maker.add("mul" if alike and not product else "matmul", args, node)


def _is_ones(maker: ArrayMaker, index: int) -> bool:
    """Whether all entries are 1, so that a product entry by entry would be none: 𝟏𝟏ᵀ * X."""
    node = maker.builder.nodes[index]
    return node.op == ONES or (node.op in ("matmul", "transpose") and all(_is_ones(maker, arg) for arg in node.args))


def cross(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """×: of two vectors of three entries the vector product; else as *."""
    shapes = [maker.shape(arg) for arg in args]
    if shapes != [(3,), (3,)]:
        if [*map(len, shapes)] == [1, 1] and shapes[0] != shapes[1] and not any(map(is_open, (*shapes[0], *shapes[1]))):
            text = f"× of two vectors, {shown(shapes[0])} and {shown(shapes[1])}"
            raise AdgraphError(text, node.span, "both need 3 entries; u v^T and u^T v are other products")
        return star(maker, node, args)
    left, right = ([maker.entry(node, arg, place) for place in (1, 2, 3)] for arg in args)
    pairs = ((1, 2), (2, 0), (0, 1))
    products = [
        (maker.add("mul", (left[k], right[m]), node), maker.add("mul", (left[m], right[k]), node)) for k, m in pairs
    ]
    return maker.stacked(node, [maker.add("sub", pair, node) for pair in products])


def dot(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """·: the scalar product of two columns; of matrices their product."""
    left, right = map(maker.shape, args)
    if len(left) == len(right) == 1:
        if not maker.sizes.same(left, right):
            text = f"the dot product of {shown(left)} and {shown(right)}"
            raise AdgraphError(text, node.span, "both need as many entries")
        return maker.add("matmul", (maker.add("transpose", args[:1], node), args[1]), node)
    return matmul(maker, node, args)


def inner(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """⟨a, b⟩; of matrices that of all their entries."""
    left, right = map(maker.shape, args)
    if len(left) == len(right) == 2 and maker.sizes.same(left, right):
        return maker.add("total", (maker.add("mul", args, node),), node)
    if len(left) == 2 or len(right) == 2:
        text = f"the inner product of {shown(left)} and {shown(right)}"
        raise AdgraphError(text, node.span, "both need one shape")
    return dot(maker, node, args)


def odot(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """⊙ and ⊘: entry by entry."""
    left, right = map(maker.shape, args)
    for place, shape, other in ((0, left, right), (1, right, left)):
        if not shape and other:
            maker.needs_declaration(node, args[place], args[1 - place])
    return maker.add("mul" if node.op == ODOT else "div", args, node)


def concatenated(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """u ⊕ v: one below the other."""
    left, right = map(maker.shape, args)
    if len(left) > 1 or len(right) > 1 or not (left or right):
        a, b = map(maker.name_of, args)
        text = f"⊕ of {shown(left)} and {shown(right)}"
        raise AdgraphError(text, node.span, f"it is read of vectors; write [{a}; {b}], [{a}, {b}] or {a} + {b}")
    maker.notes.append(f"{maker.name_of(args[0])} ⊕ {maker.name_of(args[1])} is one below the other")
    return maker.add("vcat", args, node)


def outer(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """⊗ of two columns: u vᵀ."""
    left, right = map(maker.shape, args)
    if len(left) == len(right) == 1:
        return maker.add("matmul", (args[0], maker.add("transpose", args[1:], node)), node)
    if len(left) == len(right) == 2:
        return kronecker(maker, node, args)
    text = f"⊗ of {shown(left)} and {shown(right)}"
    raise AdgraphError(text, node.span, "it is read of two vectors, u v^T, and of two matrices; else write kron(A, b)")


def kronecker(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """kron(A, B): a block a_ij B for each entry of A."""
    left, right = map(maker.shape, args)
    if not left or not right:
        return multiple(maker, node, args)
    rows, columns = matrix(left)
    if not isinstance(rows, int) or not isinstance(columns, int) or rows * columns > MAX_BLOCKS:
        text = f"the product of Kronecker of {shown(left)} and {shown(right)}"
        hint = f"it is read where the first has up to {MAX_BLOCKS} entries, its sizes in digits"
        raise AdgraphError(text, node.span, hint)
    lines = [
        [maker.add("mul", (maker.entry(node, args[0], i, j), args[1]), node) for j in range(1, columns + 1)]
        for i in range(1, rows + 1)
    ]
    return maker.stacked(node, [maker.beside(node, line) for line in lines])


def div(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """A quotient, entry by entry. Raises AdgraphError where it may be meant otherwise."""
    left, right = map(maker.shape, args)
    if right and (spelled := dict(node.type.attributes)):
        above, below = spelled["above"], spelled["below"]
        text = f"'{below}' behind the / may stand below it, or its last part behind the quotient"
        raise AdgraphError(text, node.span, f"write ({above}) / ({below}), or brackets around the quotient")
    if len(right) == 2 and 1 not in right and len(left) == 2:
        a, b = map(maker.name_of, args)
        text = f"a quotient of matrices, {shown(left)} and {shown(right)}"
        raise AdgraphError(text, node.span, f"write {a} ./ {b}, or {a} {b}^-1")
    if left and right:
        maker.notes.append("a quotient of vectors is taken entry by entry")
    return maker.add("div", args, node)


PRODUCTS: Mapping[str, ShapeRule] = {
    "matmul": matmul, STAR: star, DOT: dot, INNER: inner, ODOT: odot, ODIV: odot, OUTER: outer, CROSS: cross,
    CONCAT: concatenated, KRON: kronecker, "div": div,
}  # fmt: skip
