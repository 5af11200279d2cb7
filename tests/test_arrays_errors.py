"""What is wrong with vectors and matrices: the place, both shapes, and what would fit."""

import pytest

from graphviz_ad import AdgraphError
from graphviz_ad.read import frontend, recognised

W = "W: 2x3; x: 3; b: 2; "

# The source, what is said, a part of the hint, and what the caret is under.
MISTAKES = [
    # products that do not fit
    ("W: 2x3; x: 2; y = W x", "2 × 3 times 2: 3 columns and 2 rows do not fit", "W", "W x"),
    ("W: 2x3; x: 4; y = W x", "2 × 3 times 4: 3 columns and 4 rows do not fit", "check the declared shapes", "W x"),
    ("A: 2x3; B: 2x3; C = A B", "2 × 3 times 2 × 3: 3 columns and 2 rows do not fit", "B^T would fit", "A B"),
    ("A: 2x3; B: 2x4; C = A @ B", "2 × 3 times 2 × 4: 3 columns and 2 rows do not fit", "A^T would fit", "A @ B"),
    ("W: 2x3; x: 3; y = W^T x", "3 × 2 times 3: 2 columns and 3 rows do not fit", "the transpose of the first", "W^T x"),
    ("a: 3; b: 3; y = a b", "two columns side by side, 3 and 3", "write a^T b, a b^T or a .* b", "a b"),
    ("a: 3; b: 2; y = a^T b", "1 × 3 times 2: 3 columns and 2 rows do not fit", "", "a^T b"),
    ("a: 3; b: 2; y = a · b", "the dot product of 3 and 2", "both need as many entries", "a · b"),
    ("A, B: 2x2; C = A*B", "* may be two products here, of 2 × 2 and 2 × 2", "write A B or A .* B", "A*B"),
    ("A: 2x3; B: 4x5; C = A*B", "2 × 3 times 4 × 5: 3 columns and 4 rows do not fit", "check", "A*B"),
    ("a: 3; b: 2; y = a .* b", "shapes 3 and 2 do not go together", "check the declared shapes", "a .* b"),
    ("A: 2x3; B: 3x2; y = A ⊙ B", "shapes 2 × 3 and 3 × 2 do not go together", "B^T would fit", "A ⊙ B"),
    ("x: 3; A: 2x2; q = x^T A x", "1 × 3 times 2 × 2: 3 columns and 2 rows do not fit", "", "x^T A"),
    ("x: 3; y = 2^T x", "the transpose of the number 2", "1^T for one of ones", "2"),
    ("x: 3; A: 3x3; z = x^T A x / x^T x", "'x^T x' behind the / may stand below it, or its last part behind the quotient",
     "write (x^T A x) / (x^T x)", "x^T A x / x^T"),
    ("x: 3; z = x / x^T x + 1", "'x^T x' behind the / may stand below it", "write (x) / (x^T x)", "x / x^T"),
    ("A: 5x6; B: 2x2; K = A ⊗ B", "the product of Kronecker of 5 × 6 and 2 × 2", "up to 20 entries", "A ⊗ B"),
    ("A: 2x3; v: 3; M = A ⊗ v", "⊗ of 2 × 3 and 3", "u v^T, and of two matrices", "A ⊗ v"),
    # sums that do not fit
    ("W: 2x3; x: 3; b: 3; y = W x + b", "shapes 2 and 3 do not go together", "check the declared shapes", "W x + b"),
    ("A: 2x3; B: 3x2; C = A + B", "shapes 2 × 3 and 3 × 2 do not go together", "B^T would fit", "A + B"),
    ("X: 3x2; W: 2x3; b: 3; Y = X W + b", "'b' may be added to each row or to each column of 3 × 3",
     "write ones(3) b^T or b ones(3)^T", "X W + b"),
    ("X: 4x3; W: 3x2; b: 4; Y = X W + b", "shapes 4 × 2 and 4 do not go together", "", "X W + b"),
    ("x: 3; y: 2; L = ||x - y||^2", "shapes 3 and 2 do not go together", "check", "x - y"),
    ("a: 3; b: 1x3; c = a + b", "shapes 3 and 1 × 3 do not go together", "b^T would fit", "a + b"),
    ("x: 2; W: 2x3; y = x W", "2 times 2 × 3: 1 column and 2 rows do not fit", "x^T would fit", "x W"),
    ("A: 2x3; B: 2x3; C = A B^T B^T", "2 × 2 times 3 × 2: 2 columns and 3 rows do not fit", "the second", "A B^T B^T"),
    ("x: 3; y: 4; z = [x; y] + x", "shapes 7 and 3 do not go together", "check", "[x; y] + x"),
    ("A: 2x3; B: 4x5; z = [A, B; A, B]", "2 × 3 beside 4 × 5: 2 and 4 rows do not fit", "[A; B]", "[A, B; A, B]"),
    # powers
    ("A: 2x3; y = A^-1", "an inverse needs a square matrix, not 2 × 3", "check", "A^-1"),
    ("A: 3x3; y = A^0.5", "this power of a matrix, 3 × 3, is not read", "write A .^ … entry by entry", "A^0.5"),
    ("A: 3x3; y = A^100", "this power of a matrix, 3 × 3, is not read", "products are read up to A^10", "A^100"),
    ("A: 3x3; k: scalar; y = A^k", "this power of a matrix, 3 × 3, is not read", "write A .^ …", "A^k"),
    # names without a shape
    ("W: 2x3; y = W x", "'x' has no shape", "declare it, x: 3, or x: scalar", "W x"),
    ("W: 2x3; x: 3; y = W x + b", "'b' has no shape", "declare it, b: 2, or b: scalar", "W x + b"),
    ("x: 3; L = ||x - t||^2", "'t' has no shape", "declare it, t: 3, or t: scalar", "x - t"),
    ("x: 3; L = ||t||^2 + x^T x", "a norm of 't', which has no shape", "declare it: t: vector", "||t||"),
    ("x: 3; y = x .* z", "'z' has no shape", "declare it, z: 3, or z: scalar", "x .* z"),
    ("x: 3; y = x^T x + sum(z)", "a sum of 'z', which has no shape", "declare it: z: vector", "sum(z)"),
    ("x: 3; y = z^T x", "'z' has no shape", "declare it: z: vector, or z: scalar", "z^T"),
    ("x: 3; y = x ⊙ softmax(z)", "softmax of a number", "declare its argument as a vector", "softmax(z)"),
    # declarations
    ("W: 2x3; W: 3x2; y = W", "'W' has two shapes", "declare it once", "W"),
    ("W: 2y3; y = W", "'2y3' is not a shape", "write W: 2x3", "2y3"),
    ("W: 2x3x4; y = W", "'2x3x4' is not a shape", "write W: 2x3", "2x3x4"),
    ("x: 0; y = x", "'0' is not a shape", "write W: 2x3", "0"),
    ("x: -3; y = x", "'-3' is not a shape", "write W: 2x3", "-3"),
    ("x: 2.5; y = x", "'2.5' is not a shape", "write W: 2x3", "2.5"),
    ("W: 100000x3; y = W", "an axis of 100000 entries", "up to 10,000", "100000x3"),
    ("W: 9999999999999999999999x3; y = W", "an axis of 9999999999999999999999 entries", "up to 10,000",
     "9999999999999999999999x3"),
    ("W: 2x3; x: 3; y: 3; y = W x", "'y' is declared as 3 and defined as 2", "take the declaration out", "W x"),
    ("W: 2x3; x: 3; y: scalar; y = W x", "'y' is declared as a number and defined as 2", "take the declaration out", "W x"),
    ("W: m x n; x: m; y = W x", "m × n times m: n columns and m rows do not fit", "W", "W x"),
    ("W: matrix; x: 3; z: 4; y = W x; u = W z", "? × 3 times 4: 3 columns and 4 rows do not fit", "check", "W z"),
    ("W: 2x3; x: 3", "there are declarations here and no equation", "write =", ""),
    # functions
    ("X: 2x3; y = diag(X)", "diag needs a square matrix, not 2 × 3", "as many rows as columns", "diag(X)"),
    ("x: 3; s = sum x", "'sum' needs brackets here", "write sum(x)", "sum"),
    ("x: 3; s = norm(x, 3)", "the norm of index 3 is not read", "‖x‖_inf", "norm"),
    ("X: 2x3; y = det(X)", "det needs a square matrix, not 2 × 3", "", "det(X)"),
    ("X: 2x3; y = inv(X)", "an inverse needs a square matrix, not 2 × 3", "", "inv(X)"),
    ("X: 2x3; y = X^-1", "an inverse needs a square matrix, not 2 × 3", "", "X^-1"),
    ("X: 2x3; y = tr(X)", "tr needs a square matrix, not 2 × 3", "", "tr(X)"),
    ("x: 3; y = det(x)", "det needs a square matrix, not 3", "declare its argument as a matrix", "det(x)"),
    ("x: 3; y = logdet(x)", "log det needs a square matrix, not 3", "declare its argument as a matrix", "logdet(x)"),
    ("x: 3; y = dot(x)", "'dot' takes 2 arguments, not 1", "write dot(u, v)", "dot(x)"),
    ("x: 3; y = softmax(x, x)", "'softmax' takes 1 argument, not 2", "write softmax(x)", "softmax(x, x)"),
    ("x: 3; y = norm(x, 3)", "the norm of index 3 is not read", "‖x‖_1", "norm"),
    ("x: 3; y = ||x||_3", "the norm of index 3 is not read", "‖x‖_1", "||_3"),
    ("x: 3; y = ||x", "'‖' is never closed", "write ||x|| or norm(x)", "||"),
    ("x: 3; y = I", "nothing says how large I is here", "write eye(3)", "I"),
    ("x: 3; y = ones(0)^T x", "ones(…) needs a number of entries", "write ones(3)", "0"),
    ("x: 3; y = ones(x)^T x", "ones(…) needs a number of entries", "write ones(3)", "x"),
    # powers and quotients
    ("A: 2x2; s = sum(A^2)", "a sum over the power of a matrix, 2 × 2, may be two things", "write sum(A .^ 2)", "sum(A^2)"),
    ("x: 3; y = 2^x + x^x", "an exponent of the shape 3", "write .^", "x^x"),
    ("A, B: 2x2; C = A/B", "a quotient of matrices, 2 × 2 and 2 × 2", "write A ./ B, or A B^-1", "A/B"),
    ("x: 3; y: 2; z = x/y", "shapes 3 and 2 do not go together", "check", "x/y"),
    # blocks
    ("A: 2x3; B: 3x2; C = [A; B]", "2 × 3 above 3 × 2: 3 and 2 columns do not fit", "", "[A; B]"),
    ("A: 2x3; B: 3x2; C = [A, B]", "2 × 3 beside 3 × 2: 2 and 3 rows do not fit", "write [A; B]", "[A, B]"),
    ("x: 3; y = x^T [x; x", "'[' is never closed", "add a ']'", "["),
    ("A: 2x3; B: 2x4; C = [A; B]", "2 × 3 above 2 × 4: 3 and 4 columns do not fit", "write [A, B]", "[A; B]"),
    ("x: 2; y = [1, 2; 3] x", "rows of 2 and of 1 numbers", "each row of a matrix has as many", "[1, 2; 3]"),
    ("X: 4x3; W: 3x2; b: 4; Y = X W + b", "shapes 4 × 2 and 4 do not go together",
     "what is added to each row has 2 entries", "X W + b"),
    ("x: 3; y = ⊙ x", "unexpected '⊙'", "an operand is missing before it", "⊙"),
    ("x: 3; y = softmx(x)", "unknown function 'softmx'", "did you mean 'softmax'?", "softmx"),
    ("x: 3; y = sum(x) sum", "'sum' is a function and needs an argument", "write sum(x)", "sum"),
    ("W: 2x3; y = W[1, 2, 3]", "3 indices of 'W'", "W[i, j]", "W[1, 2, 3]"),
    ("x: 3; y = x[1:2]", "a part of a vector is not read", "[x_1; x_2]", ":"),
    ("x: 3; y_i = x_j", "the index j is neither summed over nor on the left side", "or y_j = …", "x_j"),
    (r"\mathbf{y} = \mathbf{W}\mathbf{x}, \mathbf{W} \in \mathbb{R}^{2\times 3}, \mathbf{x} \in \mathbb{R}^2",
     "2 × 3 times 2: 3 columns and 2 rows do not fit", r"\mathbf{W}^T would fit", r"\mathbf{W}\mathbf{x}"),
    # indices
    ("x: 3; f = x_4", "'x' is 3 and has no entry 4", "entries are counted from 1 to 3", "x_4"),
    ("x: 3; f = x_0", "'x' is 3 and has no entry 0", "entries are counted from 1 to 3", "x_0"),
    ("W: 2x3; f = W_32", "'W' is 2 × 3 and has no entry 32", "entries are counted", "W_32"),
    ("W: 2x3; f = sum_i W_i", "'W' is 2 × 3 and its entries have two indices, not i", "write W_ij", "W_i"),
    ("x: 3; f = sum_{i,j} x_ij", "'x' is 3 and its entries have one index, not ij", "write x_i", "x_ij"),
    ("x: 3; f = x_i^2", "the index i is neither summed over nor on the left side", "write sum_i", "x_i^2"),
    ("x: 3; f = sum_j x_i", "the index j does not occur in what is summed", "write x_j", "sum_j x_i"),
    ("x: 3; y: 2; f = sum_i x_i y_i", "the index i runs over 3 entries and over 2", "as many entries", "x_i y_i"),
    ("x: 3; f = sum_{i=1}^4 x_i", "the sum goes up to 4, and the index i has 3 entries", "write sum_i", "sum_{i=1}^4 x_i"),
    ("x: 3; f = sum_{i=0}^2 x_i", "entries are counted from 1", "write sum_{i=1}", "sum_{i=0}"),
    ("x: 3; f = sum_i x", "the index i does not occur in what is summed", "sum(x)", "sum_i x"),
    ("x: 3; w: 3; f = sum_i x_i w", "'w' has no index here, and its shape is 3", "write w_i", "x_i w"),
    ("x: 3; f = sum_i", "a sum of nothing", "write what is added behind it", "sum_i"),
    ("A: 2x3; B: 3x4; D: 4x5; C_ij = sum_k A_ik B_kl D_lj", "three indices at once", "a name of its own", "C_ij"),
    ("a, b, c: 3; y_ij = a_i b_j c_k", "three indices at once: i, j, k", "a name of its own", "y_ij"),
    ("x: 10000; y: 10000; A = x y^T", "an array of 10000 × 10000 has 100,000,000 entries", "up to 20,000,000", "x y^T"),
    ("W: 10000x10000; y = W", "an array of 10000 × 10000 has 100,000,000 entries", "up to 20,000,000", "10000x10000"),
    ("x: 3; f = softmax(x_i)", "softmax of an entry", "write it of the whole vector", "softmax(x_i)"),
    ("x: 3; y = x[0]", "'x' is 3 and has no entry 0", "entries are counted from 1 to 3", "x[0]"),
    ("W: 2x3; y = W[3, 1]", "'W' is 2 × 3 and has no entry 3,1", "entries are counted from 1 to 2", "W[3, 1]"),
    ("x: 3; s = <x, x", "'<' opens no inner product", "write <x, y>", "<"),
    ("x, y: 3; s = sum_i x_i^T y_i", "the transpose of an entry, which is a number", "declare x_i: 3", "x_i^T"),
    ("x: 3; p = prod_j x_i", "the product is over j, and the index is i", "write prod_i x_i", "prod_j x_i"),
    ("x: 4; f = sum_i x_i x_{i+1}", "the index i+1 of 'x_{i+1}', beside i, is not read", "a second vector", "x_{i+1}"),
    (r"\mathbf{x} \in \mathbb{R}^4, f = \sum_i (x_{i+1} - x_i)^2", "the index i+1", "a second vector", "x_{i+1}"),
    ("x: 100; p = prod(x)", "the product of the entries of 100", "up to 64 are read", "prod(x)"),
    ("x: 3; f = sum_i t_i x_i", "'t_i' has an index, and 't' has no shape", "declare it, t: vector", "t_i"),
    ("x: 3; y_i = x_i + c_i", "'c_i' has an index, and 'c' has no shape", "declare it, c: vector", "c_i"),
    ("x: 3; f = max_j x_i", "the maximum is over j, and the index is i", "write max_i x_i", "max_j x_i"),
    (r"L = \langle \mathbf{A}, \mathbf{x} \rangle", "the inner product of ? × ? and ?", "one shape", None),
    # LaTeX
    (r"\mathbf{y} = \mathbf{x}\mathbf{W}", "a column before a matrix, ? and ? × ?", r"\mathbb{R}^{1 \times 3}", r"\mathbf{x}\mathbf{W}"),
    (r"\mathbf{y} = \mathbf{W}\mathbf{x} + \mathbf{W}", "shapes ? and ? × ? do not go together", "check", None),
    (r"x \in \mathbb{R}^{2\times}, y = x", r"'2\times' is not a shape", r"write \mathbb{R}^{2 \times 3}", r"{2\times}"),
    (r"\newcommand{\W}{\mathbf{W}} W \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^2, y = W x",
     "2 × 3 times 2: 3 columns and 2 rows do not fit", "W^T would fit", "W x"),
    (r"W \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^2, y = W x", "2 × 3 times 2: 3 columns and 2 rows do not fit", "", "W x"),
    (r"\mathbf{y} = \mathbf{W} x + \mathbf{b}", "'x' has no shape",
     r"declare it, x \in \mathbb{R}^{n}, or x \in \mathbb{R}", r"\mathbf{W} x"),
    (r"W \in \mathbb{R}^{2 \times 3}, y = W x", "'x' has no shape",
     r"declare it, x \in \mathbb{R}^{3}, or x \in \mathbb{R}", "W x"),
    (r"\mathbf{y} = \mathbf{a} \mathbf{b}", "two columns side by side", "write", r"\mathbf{a} \mathbf{b}"),
    (r"L = \|\mathbf{x} - \mathbf{y}", "'‖' is never closed", "", r"\|"),
    (r"x \in \mathbb{R}^{2 \times 3 \times 4}, y = x", "an array of 3 axes", "vectors and matrices are read", r"{2 \times 3 \times 4}"),
    (r"x \in \mathbb{R}^3, L = \sum x_i", "a sum without an index", r"write \sum_i x_i", r"\sum"),
    (r"\mathbf{z} = \begin{bmatrix} \mathbf{x} \\ \mathbf{h}", "'[' is never closed", "", ""),
    (r"\mathbf{y} = \mathbf{W} \mathbf{x}^", "a power is missing before the end", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("source", "message", "hint", "marked"), MISTAKES)
def test_a_mistake_shows_both_shapes_and_its_place(source: str, message: str, hint: str, marked: str | None) -> None:
    with pytest.raises(AdgraphError) as caught:
        frontend(recognised(source))(source)
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    if marked:
        assert error.span is not None
        assert error.source is not None
        assert error.source[error.span.start : error.span.end] == marked
