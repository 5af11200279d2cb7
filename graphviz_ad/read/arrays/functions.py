"""Functions of vectors and matrices: means, norms, those of square matrices, powers and blocks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, Node
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import shown
from graphviz_ad.read.arrays.maker import ArrayMaker, ShapeRule
from graphviz_ad.read.arrays.sizes import is_open
from graphviz_ad.read.arrays.terms import BARS, BESIDE, COLUMNS, ENTRIES, MEAN, RAISED, VEC

MAX_COLUMNS = 20  # of a matrix that vec takes apart
MAX_FACTORS = 64  # of a product of entries
MAX_POWER = 10  # of a matrix that is multiplied out


def mean(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    whole = total(maker, node, args)
    counts = []
    for size in matrix(maker.shape(args[0])):
        if isinstance(size, int):
            counts.append(maker.builder.add(CONST, (), size, None, node.span))
        elif is_open(size):
            counts.append(maker.builder.add(CONST, (), 1, None, node.span))  # until it is known
        else:
            raise AdgraphError("a mean over a size that is a letter", node.span, "give the size in digits")
    rows, columns = (maker.builder.nodes[count].value for count in counts)
    assert isinstance(rows, int)
    assert isinstance(columns, int)
    return maker.add("div", (whole, maker.builder.add(CONST, (), rows * columns, None, node.span)), node)


def total(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    maker.needs_shape(node, args[0], "a sum")
    if args[0] in maker.powers:
        name = maker.name_of(maker.powers[args[0]])
        text = f"a sum over the power of a matrix, {shown(maker.shape(args[0]))}, may be two things"
        raise AdgraphError(text, node.span, f"write sum({name} .^ 2) of its entries, or sum({name} {name})")
    return maker.add("total", args, node) if maker.shape(args[0]) else args[0]


def norm(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    maker.needs_shape(node, args[0], "a norm")
    return maker.add("norm", args, node) if maker.shape(args[0]) else maker.add("abs", args, node)


def bars(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """|x|, of a number; of a vector entry by entry; of a square matrix the determinant."""
    shape = maker.shape(args[0])
    if len(shape) == 2 and maker.sizes.may_be(*shape):
        maker.notes.append("bars around a square matrix are its determinant; entry by entry it is abs(X)")
        return maker.add("det", args, node)
    if shape and dict(node.type.attributes).get("length"):
        text = (
            "bars around a vector below a fraction bar, a power or with an arrow are its norm; by entries it is abs(x)"
        )
        maker.notes.append(text)
        return maker.add("norm", args, node)
    if shape:
        maker.notes.append("bars around a vector are taken entry by entry; its norm is ||x||")
    return maker.add("abs", args, node)


def logarithm(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """log, entry by entry; of a determinant an operation of its own."""
    inner = maker.builder.nodes[args[0]]
    if inner.op == "det" and inner.name is None:
        return maker.add("logdet", inner.args, node)
    return maker.elementwise(node, args)


def of_square(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    maker.needs_shape(node, args[0], operation(str(node.op)).sign)
    if not maker.shape(args[0]) and node.op in ("trace", "det"):
        return args[0]
    if not maker.shape(args[0]) and node.op == "inv":  # of 1 × 1
        return maker.add("div", (maker.builder.add(CONST, (), 1, None, node.span), args[0]), node)
    if not maker.shape(args[0]) and node.op == "logdet":
        return maker.add("log", args, node)
    rows, columns = matrix(maker.shape(args[0]))
    if len(maker.shape(args[0])) < 2 or not maker.sizes.may_be(rows, columns):
        names = {"inv": "an inverse", "logdet": "log det", "trace": "tr"}
        what = names.get(str(node.op), str(node.op))
        text = f"{what} needs a square matrix, not {shown(maker.shape(args[0]))}"
        is_matrix = len(maker.shape(args[0])) == 2
        hint = "one with as many rows as columns" if is_matrix else "declare its argument as a matrix"
        raise AdgraphError(text, node.span, hint)
    return maker.add(str(node.op), args, node)


def diag(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    maker.needs_shape(node, args[0], "diag")
    if not maker.shape(args[0]):
        raise AdgraphError("diag of a number", node.span, "declare its argument as a vector")
    if len(maker.shape(args[0])) == 2:
        return of_square(maker, node, args)
    return maker.add("diag", args, node)


def softmax(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    shape = maker.shape(args[0])
    if not shape:
        raise AdgraphError(f"{node.op} of a number", node.span, "declare its argument as a vector")
    if 1 not in matrix(shape):
        maker.notes.append(f"{operation(str(node.op)).sign} of a matrix is taken row by row")
    return maker.add(str(node.op), args, node)


def row_sums(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """rowsum(X), a column."""
    if len(shape := maker.shape(args[0])) < 2:
        raise AdgraphError(f"rowsum is of a matrix, not of {shown(shape)}", node.span, "write sum(x) of a vector")
    return maker.add("rowsum", args, node)


def largest(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    maker.needs_shape(node, args[0], "a maximum")
    if not maker.shape(args[0]):
        raise AdgraphError("the maximum of one number", node.span, "write max(x, y), or declare x as a vector")
    return maker.add(str(node.op), args, node)


def power(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    base, exponent = args
    value, inner = maker.builder.nodes[exponent].value, maker.builder.nodes[base]
    if maker.shape(exponent):
        if not maker.shape(base) and isinstance(node.op, str):
            maker.notes.append("a power with a vector above is taken entry by entry")
            return maker.add("pow", args, node)
        text = f"an exponent of the shape {shown(maker.shape(exponent))}"
        raise AdgraphError(text, node.span, "write .^ for powers entry by entry")
    if inner.op == "norm" and value == 2 and inner.name is None:
        return maker.add("sqnorm", inner.args, node)
    shape = maker.shape(base)
    if len(shape) == 2 and inner.op == "diag" and maker.shape(exponent) == ():
        return maker.add("diag", (maker.add("pow", (inner.args[0], exponent), node),), node)
    if len(shape) == 2 and 1 not in shape and value == -1:
        return maker.add("inv", (base,), node)
    if len(shape) == 2 and maker.sizes.may_be(*shape) and inner.op != "sub":
        if isinstance(value, int) and 1 <= abs(value) <= MAX_POWER:
            whole = base if value > 0 else maker.add("inv", (base,), node)
            return multiplied(maker, node, whole, abs(value))
        name = maker.name_of(base)
        text = f"this power of a matrix, {shown(shape)}, is not read"
        raise AdgraphError(
            text, node.span, f"write {name} .^ … entry by entry; products are read up to {name}^{MAX_POWER}"
        )
    if shape:
        maker.notes.append(f"a power of '{maker.name_of(base)}' is taken entry by entry")
    return maker.add("pow", args, node)


def multiplied(maker: ArrayMaker, node: Node, base: int, times: int) -> int:
    """A^3 of a square matrix: A A A, as A^-1 is its inverse."""
    name = maker.name_of(base)
    maker.notes.append(f"a power of the matrix {name} is the product {name} {name} …; entry by entry it is .^")
    made = base
    for _ in range(times - 1):
        made = maker.add("matmul", (made, base), node)
    maker.powers[made] = base
    return made


def raised(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    return maker.add("pow", args, node)


def columns(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """[A, B]: beside each other. Columns of different lengths can only stand one below the other."""
    args = tuple(_ones_beside(maker, node, arg, other) for arg, other in zip(args, args[::-1], strict=True))
    left, right = map(maker.shape, args)
    if len(left) == len(right) == 1 and left != right:
        maker.notes.append(f"[{maker.name_of(args[0])}, {maker.name_of(args[1])}] is one column below the other")
        return maker.add("vcat", args, node)
    try:
        return maker.beside(node, args)
    except AdgraphError:
        a, b = map(maker.name_of, args)
        text = f"{shown(left)} beside {shown(right)}: {matrix(left)[0]} and {matrix(right)[0]} rows do not fit"
        raise AdgraphError(text, node.span, f"write [{a}; {b}] for one below the other") from None


def features(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """Concat(H_1, H_2) of heads: matrices beside each other, vectors one below the other."""
    if all(len(maker.shape(arg)) == 2 for arg in args):
        maker.notes.append("Concat of matrices stands beside each other; one below the other is [A; B]")
        return columns(maker, node, args)
    return maker.add("vcat", args, node)


def _ones_beside(maker: ArrayMaker, node: Node, arg: int, other: int) -> int:
    """The column of ones that the number 1 is beside a matrix, [X, 1]."""
    number, shape = maker.builder.nodes[arg], maker.shape(other)
    if number.op != CONST or number.value != 1 or len(shape) != 2 or shape[0] == 1:
        return arg
    maker.notes.append(f"the 1 beside '{maker.name_of(other)}' is a column of ones")
    return maker.ones(node, shape[0])


def vec(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """The columns of a matrix, one below the other."""
    shape = maker.shape(args[0])
    if len(shape) < 2:
        return args[0]
    columns = shape[1]
    if is_open(columns):
        return maker.add("matmul", (args[0], maker.ones(node, columns)), node)  # until it is known
    if not isinstance(columns, int) or columns > MAX_COLUMNS:
        text = f"vec of {columns} columns"
        raise AdgraphError(text, node.span, f"it is read of up to {MAX_COLUMNS} columns, their number in digits")
    units = (maker.unit(node, columns, at) for at in range(1, columns + 1))
    return maker.stacked(node, [maker.add("matmul", (args[0], unit), node) for unit in units])


def entries_multiplied(maker: ArrayMaker, node: Node, args: tuple[int, ...]) -> int:
    """prod(x), the product of all entries."""
    maker.needs_shape(node, args[0], "a product")
    rows, columns = matrix(maker.shape(args[0]))
    if is_open(rows) or is_open(columns):
        return maker.add("total", args, node)  # until it is known
    if not isinstance(rows, int) or not isinstance(columns, int) or rows * columns > MAX_FACTORS:
        text = f"the product of the entries of {shown(maker.shape(args[0]))}"
        raise AdgraphError(text, node.span, f"up to {MAX_FACTORS} are read, the sizes in digits")
    places = [(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)]
    factors = [maker.entry(node, args[0], row, column) for row, column in places]
    return reduce(lambda before, factor: maker.add("mul", (before, factor), node), factors)


FUNCTIONS: Mapping[str, ShapeRule] = {
    "pow": power, RAISED: raised, "transpose": ArrayMaker.transposed, MEAN: mean, "total": total, "norm": norm,
    BARS: bars, "log": logarithm,
    **dict.fromkeys(("inv", "det", "logdet", "trace"), of_square), "diag": diag, "softmax": softmax,
    "log_softmax": softmax, "largest": largest, "at_largest": largest, "rowsum": row_sums, ENTRIES: entries_multiplied,
    COLUMNS: columns, BESIDE: features, VEC: vec,
}  # fmt: skip
