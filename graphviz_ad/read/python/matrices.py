"""Functions of traced matrices: inverses, determinants, powers, diagonals, triangles, and products of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from graphviz_ad.core.ops.arrays import EYE
from graphviz_ad.read.python.array_products import product
from graphviz_ad.read.python.array_table import elementwise
from graphviz_ad.read.python.arrays import ArrayTracer, made
from graphviz_ad.read.python.joined import concatenated, padded, piled
from graphviz_ad.read.python.making import MAX_CONSTANT, lifted, transposed

MAX_POWER = 10  # of a matrix that is multiplied out
MAX_BLOCKS = 20  # of a product of Kronecker
MAX_FACTORED = 6  # rows of a matrix whose factor of Cholesky is written out


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


def pseudoinverse(x: Any) -> Any:
    """np.linalg.pinv of a matrix whose columns, or rows, are independent."""
    if x.ndim != 2:
        raise x.tape.refused(f"a pseudoinverse of an array of the shape {x.shape}", "it is that of a matrix")
    tall = x.shape[0] >= x.shape[1]
    x.tape.note(f"the pseudoinverse is that of a matrix whose {'columns' if tall else 'rows'} are independent")
    turned = transposed(x)
    inverted = of_square("inv", "the inverse", True)(product(turned, x) if tall else product(x, turned))
    return product(inverted, turned) if tall else product(turned, inverted)


def least_squares(a: Any, b: Any, rcond: Any = None) -> tuple[Any, ...]:
    """np.linalg.lstsq: the solution, and nothing of what else it gives."""
    tape = (a if isinstance(a, ArrayTracer) else b).tape
    return product(pseudoinverse(lifted(tape, a)), b), None, None, None


def cholesky(x: Any) -> Any:
    """The lower triangle L of x = L Lᵀ, entry by entry."""
    _square(x, "a factor of Cholesky")
    size = x.shape[0]
    if size > MAX_FACTORED:
        text = f"a factor of Cholesky of {x.shape} is not traced"
        raise x.tape.refused(text, f"its entries are written out, up to {MAX_FACTORED} × {MAX_FACTORED}")
    x.tape.note("the factor of Cholesky is written out entry by entry; the lower triangle of its matrix is read")
    rows: list[list[Any]] = [[0.0] * size for _ in range(size)]
    for column in range(size):
        for row in range(column, size):
            left = x[row, column]
            for k in range(column):
                left = left - rows[row][k] * rows[column][k]
            rows[row][column] = left / rows[column][column] if row > column else elementwise("sqrt", left)
    return lifted(x.tape, rows)


def convolved(x: Any, y: Any, mode: str = "full") -> Any:
    """np.convolve: one vector turned round and moved along the other."""
    tape = (x if isinstance(x, ArrayTracer) else y).tape
    x, y = lifted(tape, x), lifted(tape, y)
    if y.size > x.size:
        x, y = y, x
    pad = {"full": (y.size - 1, y.size - 1), "same": ((y.size - 1) - (y.size - 1) // 2, (y.size - 1) // 2)}
    before, after = pad.get(mode, (0, 0))
    longer, turned = padded(x, (before, after)), y[::-1]
    return piled([product(longer[at : at + y.size], turned) for at in range(longer.size - y.size + 1)])


def multiplied_out(parts: Any) -> Any:
    """np.linalg.multi_dot."""
    return reduce(product, parts)


def matrix_power(x: Any, n: int) -> Any:
    """X @ X @ …, of the inverse where n is negative."""
    _square(x, "a power")
    base = x if n >= 0 else of_square("inv", "the inverse", True)(x)
    if not 0 <= abs(n) <= MAX_POWER:
        raise x.tape.refused(f"the power {n} of a matrix is not traced", f"powers up to {MAX_POWER} are")
    return reduce(product, [base] * abs(n)) if n else made(x.tape, EYE, (), x.shape, size=x.shape[0])


def kronecker(x: Any, y: Any) -> Any:
    """np.kron of matrices: a block for each entry of the first; of vectors a part."""
    tape = (x if isinstance(x, ArrayTracer) else y).tape
    x, y = lifted(tape, x), lifted(tape, y)
    if x.ndim != y.ndim or x.size > MAX_BLOCKS:
        raise tape.refused(f"numpy.kron of {x.shape} and {y.shape} is not traced", "use two small ones of one kind")
    if x.ndim == 1:
        return concatenated([entry * y for entry in x])
    return concatenated([concatenated([entry * y for entry in row], 1) for row in x])


def triangle(x: Any, keeps: Callable[[int, int], bool]) -> Any:
    """What np.triu and np.tril leave of a matrix."""
    if x.ndim != 2 or x.size > MAX_CONSTANT:
        raise x.tape.refused(f"a triangle of an array of the shape {x.shape}", "it is that of a small matrix")
    rows, columns = x.shape
    return x * [[float(keeps(row, column)) for column in range(columns)] for row in range(rows)]


def cross(a: Any, b: Any) -> Any:
    """The vector product."""
    tape = (a if isinstance(a, ArrayTracer) else b).tape
    a, b = lifted(tape, a), lifted(tape, b)
    if a.shape != (3,) or b.shape != (3,):
        raise tape.refused(f"the vector product of {a.shape} and {b.shape}", "it is that of two vectors of three")
    return piled([a[k] * b[m] - a[m] * b[k] for k, m in ((1, 2), (2, 0), (0, 1))])
