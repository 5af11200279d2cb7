"""Operations on vectors and matrices: products of indexed factors, summed over the indices that the result has not
(Einstein's convention; S. Laue, M. Mitterreiter and J. Giesen, *Computing higher order derivatives of matrix and tensor
expressions*, NeurIPS 2018), and those that are none.

A vector is a column, its shape (n,); its transpose is a row, (1, n). An axis of size 1 has no index.
"""

from __future__ import annotations

from graphviz_ad.core.ops.row import Contraction, Op, Shape, row, shown, size_shown, together

ONES, EYE, UNIT, BLOCK, ENTRY = "ones", "eye", "unit", "block", "entry"
TOTAL, ROWSUM, INDEX_SUM = "total", "rowsum", "index_sum"


def matrix(shape: Shape) -> tuple[int | str, int | str]:
    """Rows and columns: a vector is a column, a number is 1 × 1."""
    rows, columns = (*shape, 1, 1)[:2]
    return rows, columns


def shape_of(rows: int | str, columns: int | str) -> Shape:
    """The shape of what has so many rows and columns."""
    return ((rows,) if columns == 1 else (rows, columns)) if (rows, columns) != (1, 1) else ()


def _many(count: int | str, what: str) -> str:
    return f"{size_shown(count)} {what}{'s' * (count != 1)}"


def _letters(shape: Shape, row: str, column: str) -> str:
    rows, columns = matrix(shape)
    return (row if rows != 1 else "") + (column if columns != 1 else "")


def _matmul(x: Shape, y: Shape) -> Contraction:
    (rows, inner), (other, columns) = matrix(x), matrix(y)
    if inner != other:
        raise ValueError(f"{shown(x)} times {shown(y)}: {_many(inner, 'column')} and {_many(other, 'row')} do not fit")
    return Contraction(((0, _letters(x, "i", "k")), (1, _letters(y, "k", "j"))), _letters((rows, columns), "i", "j"))


def _transpose(x: Shape) -> Contraction:
    rows, columns = matrix(x)
    return Contraction(((0, _letters(x, "i", "j")),), _letters((columns, rows), "j", "i"))


def _square(name: str, x: Shape) -> None:
    rows, columns = matrix(x)
    if rows != columns:
        raise ValueError(f"{name} needs a square matrix, not {shown(x)}")


def _diag(x: Shape) -> Contraction:
    if len(x) == 1:
        return Contraction(((0, "i"),), "ii")
    _square("diag", x)
    return Contraction(((0, "ii"),), "i")


def _trace(x: Shape) -> Contraction:
    _square("tr", x)
    return Contraction(((0, "ii"),), "")


def _square_shape(name: str, out: bool) -> object:
    def shape(x: Shape) -> Shape:
        _square(name, x)
        return x if out else ()

    return shape


def _stacked(x: Shape, y: Shape) -> Shape:
    (rows, columns), (more, others) = matrix(x), matrix(y)
    if columns != others:
        raise ValueError(f"{shown(x)} above {shown(y)}: {size_shown(columns)} and {_many(others, 'column')} do not fit")
    return shape_of(together(rows, more), columns)


def _same(x: Shape) -> Shape:
    return x


def _number(x: Shape) -> Shape:
    return ()


# fmt: off
ARRAYS: dict[str, Op] = {op.name: op for op in (
    # products
    row("matmul", params="x y", factors=_matmul, form="matrix product", sign="×",
        shape=lambda x, y: shape_of(matrix(x)[0], matrix(y)[1]) if _matmul(x, y) else (),
        rule="matrix product rule"),
    row("transpose", form="transpose", sign="⊤", rule="transpose",
        factors=_transpose,
        shape=lambda x: shape_of(*matrix(x)[::-1])),
    row(TOTAL, sign="sum", factors=lambda x: Contraction(((0, _letters(x, "i", "j")),), ""), shape=_number,
        rule="sum rule"),
    row(ROWSUM, factors=lambda x: Contraction(((0, _letters(x, "i", "j")),), _letters(x[:1], "i", "")),
        shape=lambda x: shape_of(matrix(x)[0], 1), rule="sum rule"),  # the sums of the rows, X 𝟏
    row("sqnorm", form="norm", sign="‖ ‖²", factors=lambda x: Contraction(((0, _letters(x, "i", "j")),) * 2, ""),
        shape=_number, rule="derivative of a squared norm"),
    row("diag", factors=_diag, shape=lambda x: (*x, *x) if len(x) == 1 else x[:1], rule="diagonal"),
    row("trace", sign="tr", factors=_trace, shape=_number, aliases=("tr",), rule="derivative of a trace"),
    row(ONES, params="", factors=lambda size: Contraction((), "i"), shape=lambda size: (size,), form="constant",
        sign="𝟏", rule="constant"),
    row(EYE, params="", factors=lambda size: Contraction((), "ii"), shape=lambda size: (size, size), form="constant",
        sign="I", rule="constant"),
    # others
    row(UNIT, params="", shape=lambda size, at: (size,), form="constant", sign="𝐞", rule="constant"),
    row(BLOCK, params="", shape=lambda rows, columns, at: shape_of(rows, columns), form="constant", sign="𝐄",
        rule="constant"),  # a unit matrix at the row `at` of zeros
    row(ENTRY, shape=lambda x, place: (), form="entry", sign="( )ₖ", rule="derivative of an entry"),  # x_1, W_12
    row(INDEX_SUM, form="index sum", sign="Σ", shape=lambda x, letters: (), rule="sum rule"),  # over entries
    row("vcat", params="x y", shape=_stacked, form="stack", sign="[ ; ]", rule="derivative of a concatenation"),
    row("largest", shape=_number, sign="max", rule="derivative of a maximum"),
    row("at_largest", shape=_same, sign="argmax", rule="constant"),
    row("norm", form="norm", sign="‖ ‖", shape=_number, rule="derivative of a norm"),
    row("softmax", shape=_same, rule="derivative of softmax"),
    row("log_softmax", shape=_same, rule="derivative of log-softmax", sign="log softmax"),
    row("inv", form="inverse", sign="( )⁻¹", shape=_square_shape("an inverse", True), rule="derivative of an inverse"),
    row("det", shape=_square_shape("det", False), rule="derivative of a determinant"),
    row("logdet", sign="log det", shape=_square_shape("log det", False), rule="derivative of a log-determinant"),
)}


def is_array(op: object) -> bool:
    """Whether an operation is one on vectors and matrices, and no other."""
    return op in ARRAYS
