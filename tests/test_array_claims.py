"""Claims on derivatives of vectors and matrices: which are right, which are wrong, and what is said of them."""

import json

import pytest
from click.testing import CliRunner

from graphviz_ad.cli.main import main
from graphviz_ad.core.formula import Derivative, Equation, Expression, Pullback
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.claims import array_judge
from graphviz_ad.point.claims import Verdict
from graphviz_ad.read.sources import SourceText
from tests.array_systems import COURSE

DENSE = COURSE["dense"]  # y = W x + b; h = tanh(y); L = 1/2 ||h - t||^2
SQUARES = "W: 2x3; x: 3; y = W x; L = ||y||^2"
SOFTMAX = COURSE["softmax"]  # p = softmax(z)
ENTROPY = COURSE["cross-entropy"]
LETTERS = "W: m x n; x: n; y = W x; L = ||y||^2"


def run(*args: str) -> tuple[int, str]:
    found = CliRunner().invoke(main, args)
    return found.exit_code, found.output


def judged(source: str, claim: str, language: str = "text", **asked: object) -> list[Verdict]:
    found, _ = read(SourceText(source, "text"), Request(**asked))
    assert isinstance(found, ArraySystem)
    verdicts, _ = found.verdicts([SourceText(claim, language)])
    return verdicts


@pytest.mark.parametrize(("source", "claim", "how"), [
    # any derivative of the system
    (DENSE, "dy/dx = W", "by algebra"),
    (DENSE, "dL/dW = ((h - t) .* (1 - h^2)) x^T", "by algebra"),
    (DENSE, "dL/dx = W^T ((h - t) .* (1 - h^2))", "by algebra"),
    (DENSE, "dh/dx = diag(1 - h^2) W", "by algebra"),
    (DENSE, "dh/dy = diag(1 - h^2)", "random points"),
    (SOFTMAX, "dp/dz = diag(p) - p p^T", "by algebra"),
    (SOFTMAX, "dp/dz = (eye(3) - p ones(3)^T) diag(p)", "random points"),
    (DENSE, "dL/dh_1 = h_1 - t_1", "random points"),
    (DENSE, "∂y/∂xᵀ = W", "by algebra"),
    (DENSE, "dL/dt = 0 - (h - t)", "by algebra"),
    (DENSE, "dx/dt = 0; db/dt = 0", "random points"),
    # with other derivatives, and with names of the reader's own
    (DENSE, "dL/dx = W^T dL/dy", "by algebra"),
    (DENSE, "dL/dx = (dy/dx)^T (dh/dy)^T dL/dh", "by algebra"),
    (DENSE, "dL/db = dL/dy", "by algebra"),
    (DENSE, "delta = (h - t) .* (1 - h^2); dL/dW = delta x^T", "by algebra"),
    (DENSE, "dL/dW = δ_y x^T", "by algebra"),
    (DENSE, "dL/dy = h_bar .* (1 - h^2)", "by algebra"),
    # ∇
    (DENSE, "∇_W L = ((h - t) .* (1 - h^2)) x^T", "by algebra"),
    (DENSE, "∇_h L = h - t = dL/dh", "by algebra"),
    # what a derivative does that is no matrix
    (DENSE, "dy/dW : δ ↦ δ xᵀ", "random points"),
    (DENSE, "dy/dW : g -> g x^T", "random points"),
    (DENSE, "dy/dW = δ x^T", "random points"),
    # entries
    (DENSE, "dy_i/dW_jk = [i = j] x_k", "for every entry"),
    (DENSE, "∂y_i/∂W_jk = δ_ij x_k", "for every entry"),
    (DENSE, "dL/dW_ij = (h_i - t_i) (1 - h_i^2) x_j", "for every entry"),
    (DENSE, "dL/dx_j = sum_i dL/dy_i W_ij", "for every entry"),
    (DENSE, "dL/dx_j = sum_i (h_i - t_i) (1 - h_i^2) W_ij", "for every entry"),
    (DENSE, "delta = (h - t) .* (1 - h^2); dL/dW_jk = delta_j x_k", "for every entry"),
    (SOFTMAX, "dp_i/dz_j = p_i ([i = j] - p_j)", "for every entry"),
    (SOFTMAX, "dp_i/dz_i = p_i (1 - p_i)", "for every entry"),
    # signs as they are printed
    ("z: 4; L = max(z) - z_2", "dL/dz = argmax(z) - e_2", "by algebra"),
    ("z: 4; p = softmax(z); L = -log(p_3)", "dL/dz = p - e_3", "by algebra"),
    # second derivatives
    (SQUARES, "d^2L/dx dx^T = 2 W^T W", "random points"),
    (SQUARES, "∇²_x L = 2 W^T W", "random points"),
    ("A: 2x3; x: 3; y: 2; s = y^T A x", "d^2s/dy dx^T = A; d^2s/dx dy^T = A^T; d^2s/dx dx^T = 0", "random points"),
    (DENSE, "d^2L/dh dh^T = I", "random points"),
    # letters for sizes
    (LETTERS, "dL/dx = 2 W^T y", "random points"),
    (LETTERS, "dy_i/dx_j = W_ij", "for every entry"),
])  # fmt: skip
def test_right(source: str, claim: str, how: str) -> None:
    for verdict in judged(source, claim):
        assert (verdict.verdict, how in verdict.how) == ("right", True), verdict


@pytest.mark.parametrize(("claim", "how"), [
    (r"\frac{\partial L}{\partial W} = ((h - t) \odot (1 - h^2)) x^\top", "by algebra"),
    (r"\frac{\partial y_i}{\partial W_{jk}} = \delta_{ij} x_k", "for every entry"),
    (r"\frac{\partial L}{\partial x_j} = \sum_k \frac{\partial L}{\partial y_k} W_{kj}", "for every entry"),
    (r"\nabla_{W} L = \delta_y x^\top", "by algebra"),
    (r"\frac{\partial y}{\partial x^\top} = W", "by algebra"),
    (r"\nabla^2_h L = I", "random points"),
])  # fmt: skip
def test_right_in_latex(claim: str, how: str) -> None:
    (verdict,) = judged(DENSE, claim, "latex")
    assert (verdict.verdict, how in verdict.how) == ("right", True), verdict


@pytest.mark.parametrize(("source", "claim", "layout", "off"), [
    (DENSE, "dL/dW = (h - t) x^T", "gradient", "entry "),
    (DENSE, "dL/dx = (h - t)^T diag(1 - h^2) W", "gradient",
     "it is 1 × 3, and the derivative 3: it is the gradient as a row, as numerator layout has it (--layout numerator)"),
    (DENSE, "dL/dh = h - t", "numerator",
     "it is 2, and the derivative 1 × 2: it is the gradient as a column, as gradient layout has it "
     "(--layout gradient)"),
    (DENSE, "dy/dx = W^T", "gradient",
     "it is 3 × 2, and the derivative 2 × 3: it is the transposed Jacobian, as denominator layout has it "
     "(--layout denominator)"),
    (DENSE, "dy/dx = W", "denominator",
     "it is 2 × 3, and the derivative 3 × 2: it is the transposed Jacobian, as numerator layout has it "
     "(--layout numerator)"),
    (DENSE, "dL/dW = x ((h - t) .* (1 - h^2))^T", "gradient",
     "it is 3 × 2, and the derivative 2 × 3: its transpose is right; a gradient has the shape of its variable"),
    ("A: 2x3; Y = t A", "dY/dt = A^T", "gradient",
     "its transpose is right; the derivative by a number has the shape of what is differentiated"),
    ("A: 3x3; x: 3; y = A x", "dy/dx = A^T", "gradient",  # a transposition that shapes do not show
     "it is the transposed Jacobian, as denominator layout has it (--layout denominator)"),
    (DENSE, "dL/dx = dL/dy W", "gradient",
     "2 times 2 × 3: 1 column and 2 rows do not fit; in numerator layout it is right (--layout numerator)"),
    (DENSE, "dL/dx = W W x", "gradient",
     "W W x: 2 × 3 times 2 × 3: 3 columns and 2 rows do not fit (W^T would fit)"),
    (DENSE, "dL/dW = 3", "gradient", "it is a number, and the derivative 2 × 3"),
    (DENSE, "dy_i/dW_jk = [i = k] x_j", "gradient", "i = 1, j = 1, k = 2: claimed 0, right "),
    (DENSE, "dy/dW : δ ↦ x δ^T", "gradient", "it is 3 × 2, and W 2 × 3"),
    (DENSE, "dy/dW : δ ↦ 2 δ x^T", "gradient", "entry "),
    (DENSE, "d^2L/dx dx^T = 2 W^T W", "gradient", "entry "),
    ("x: 2; A: 3x2; y: 3; L = y^T A x", "d^2L/dy dx^T = A^T", "gradient", "it is the transpose of what is right"),
    ("a: 4; h = relu(a)", "dh/da = I", "gradient", "entry "),  # points have both signs
])  # fmt: skip
def test_wrong(source: str, claim: str, layout: str, off: str) -> None:
    (verdict,) = judged(source, claim, layout=layout)
    assert (verdict.verdict, off in verdict.off) == ("wrong", True), verdict


@pytest.mark.parametrize(("claim", "layout"), [
    ("dL/dx = dL/dy W", "numerator"), ("dL/dx = 2 y^T W", "numerator"), ("dy/dx = W", "numerator"),
    ("dL/dx = dy/dx dL/dy", "denominator"), ("dy/dx = W^T", "denominator"), ("dL/dx = 2 W^T y", "denominator"),
])  # fmt: skip
def test_the_layout_is_the_readers(claim: str, layout: str) -> None:
    (verdict,) = judged(SQUARES, claim, layout=layout)
    assert verdict.is_right


@pytest.mark.parametrize(("claim", "right"), [
    ("dL/dx = W", "W^T*((h - t) .* (1 - h^2))"),
    ("dy_i/dW_jk = 1", "δ_{i j}*x_k"),
    ("dy/dW : δ ↦ δ", "δ -> δ*x^T"),
    ("d^2L/dx dx^T = W^T W", "W^T*diag((2*t .* h - 3*h^2 + 1) .* (1 - h^2))*W"),
])  # fmt: skip
def test_what_is_right_is_said(claim: str, right: str) -> None:
    (verdict,) = judged(DENSE, claim)
    assert verdict.derivative == right


def test_what_is_assumed_of_a_sum_is_named() -> None:
    (verdict,) = judged(ENTROPY, "dL/dz = p - t")
    assert verdict.notes == ("it is right where the entries of t add up to 1: --assume 'sum(t) = 1'",)
    (verdict,) = judged(ENTROPY, "dL/dz = p - t", assume=("sum(t) = 1",))
    assert (verdict.is_right, verdict.notes) == (True, ("with sum(t) = 1",))


def test_what_is_right_of_symmetric_matrices_is_named() -> None:
    form = "A: 3x3; x: 3; f = x^T A x"
    (verdict,) = judged(form, "df/dx = 2 A x")
    assert (verdict.is_right, verdict.derivative) == (False, "(A + A^T)*x")
    assert verdict.notes == ("it is right where A is symmetric: --assume 'A = A^T'",)
    (verdict,) = judged(form, "df/dx = 2 A x", assume=("A = A^T",))
    assert (verdict.is_right, verdict.notes) == (True, ("with A = A^T",))


@pytest.mark.parametrize(("claim", "said"), [
    ("dL/dq = 3", "there is no variable 'q'"),
    ("dL/dW = q x^T", "there is no variable 'q'"),
    ("dL/dW", "here is no ="),
    ("dL/dW =", "an expression is missing after ="),
    ("= W", "an expression is missing before ="),
    ("∇L = h - t", "∇ does not say by what"),
    ("dL/dh_7 = 1", "'h_7' has no entry 7"),
    ("dy_i/dW_j = 1", "'W' has 2 axes, and 'W_j' 1 indices"),
    ("dy_i/dx_i = 1", "the index i runs over 2 entries and over 3"),
    ("dy_i/dx_j = sum_j W_ij", "the index j is summed over, and is that of the derivative"),
    ("dL/dx = (W", "'(' is never closed"),
    ("dy_i/dx_j = sum_k [i = k] W_kj", "the index k of a condition is summed over"),
    ("dy_i/dW_jk = [i = j] x_l", "hint: write sum_l …\n"),
    ("d^2L/dh dx^T = 0", "h depends on x"),
])  # fmt: skip
def test_what_is_no_claim(claim: str, said: str) -> None:
    status, output = run("check", DENSE, "--claim", claim)
    assert (status, said in output, "Traceback" in output) == (1, True, False), output


@pytest.mark.parametrize(("claim", "how"), [
    ("dy/dW = W", "dy/dW is no matrix; claim what it does, δ ↦ δ x^T, or its entries, dy_i/dW_jk = …"),
    ("dy/dW = 3", "dy/dW is no matrix; claim what it does, δ ↦ δ x^T, or its entries, dy_i/dW_jk = …"),
    ("d^2y/dx dx^T = 0", "y is no number, and a second derivative of it has three axes or more; "
     "take that of a number: add L = sum(y)"),
    ("d^2L/dW dW = 0", "∂L/∂W is a matrix, and its derivative has three axes or more; "
     "take second derivatives by vectors: --wrt"),
])  # fmt: skip
def test_a_derivative_that_is_no_matrix_is_not_compared_with_one(claim: str, how: str) -> None:
    (verdict,) = judged(DENSE, claim)
    assert (verdict.verdict, verdict.how) == ("not checked", how)


def test_as_json() -> None:
    status, output = run("check", DENSE, "--claim", "dy/dx = W^T", "--format", "json")
    (claim,) = json.loads(output)["claims"]
    assert (status, claim["verdict"], claim["derivative"]) == (1, "wrong", "W")


@pytest.mark.parametrize(
    "name", [name for name in COURSE if name not in ("maximum", "blocks", "entries", "concatenation")]
)
def test_what_adgraph_derives_is_right_when_claimed(name: str) -> None:
    found, _ = read(SourceText(COURSE[name], "text"), Request())
    judge = array_judge(found.graph)
    for chain in found.chains(False):
        result = chain.result
        if isinstance(result, Expression) and not has_units(result):
            claim = write(Equation((Derivative(chain.of, chain.wrt, True), result)), Latex())
            (verdict,) = judge.verdicts(SourceText(claim, "latex"))
            assert verdict.is_right, (claim, verdict.off, verdict.how)
        assert isinstance(result, (Expression, Pullback))


def has_units(result: Expression) -> bool:
    return any(node.op in ("unit", "block", "at_largest") for node in result.graph.nodes)


@pytest.mark.parametrize(("claim", "verdict", "note"), [
    ("∂L/∂W = 2 W", "right", "judged as the partial derivative ∂L/∂W, with h held fixed"),
    ("∂L/∂W_ij = 2 W_ij", "right", "judged as the partial derivative ∂L/∂W_ij, with h held fixed"),
    ("∂L/∂W = 2 (h .* (1 - h^2)) x^T + 2 W", "right", ""),
    ("dL/dW = 2 W", "wrong", "it is right for the partial derivative ∂L/∂W, with h held fixed"),
    ("∂L/∂W = 3 W", "wrong", ""),
])  # fmt: skip
def test_partial_derivatives_hold_what_is_between_fixed(claim: str, verdict: str, note: str) -> None:
    (found,) = judged("x: 3; W: 3x3; h = tanh(W x); L = h^T h + ||W||^2", claim)
    assert (found.verdict, "; ".join(found.notes)) == (verdict, note)


@pytest.mark.parametrize(
    ("claim", "says_so"),
    [
        ("dL/dx = dL/dy W", True),
        ("dL/dx = 2 dL/dy W", False),  # it fits there, and is wrong there too
    ],
)
def test_a_layout_is_named_where_a_side_is_right_in_it(claim, says_so):
    (verdict,) = judged(DENSE, claim)
    assert "do not fit" in verdict.off
    assert ("in numerator layout it is right" in verdict.off) is says_so


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("dy/dx^T = W", "right"),  # by a row: it stands so in each layout
        ("dy/dx^T = W^T", "wrong"),
        ("dy/dx = W^T", "right"),
        ("dy/dx = W", "wrong"),
    ],
)
def test_derivatives_by_rows_are_alike_in_each_layout(claim, verdict):
    assert [one.verdict for one in judged(DENSE, claim, layout="denominator")] == [verdict]


@pytest.mark.parametrize(
    ("source", "claim", "partial"),
    [
        ("x: 3; L = x^T x", "dL/dx = 2x", False),
        ("x: 3; L = x^T x", "∂L/∂x = 2x", True),  # as it is claimed
        (DENSE, "dL/dx = W^T dL/dy", True),  # one of several inputs
    ],
)
def test_what_is_claimed_is_shown_as_a_partial_derivative(source, claim, partial):
    (verdict,) = judged(source, claim)
    left = verdict.equation.sides[0]
    assert isinstance(left, Derivative)
    assert left.partial is partial


GRADIENTS = "W: 3x4; x: 4; b, t: 3; z = W x + b; p = softmax(z); L = -t^T log(p)"


@pytest.mark.parametrize("claim", [
    "grad_W L = (p - t) x^T", "grad_W(L) = (p - t) x^T", "grad(L, W) = (p - t) x^T", r"\nabla_{W} L = (p - t) x^\top",
    r"\operatorname{grad}_W L = (p - t) x^\top", "∇_W L = (p - t) x^T", "dW = (p - t) x^T", "δ_z = p - t",
    r"\delta_z = p - t", "δ_x = W^T δ_z", "∇_x L = W^T grad_z L",
])  # fmt: skip
def test_gradients_as_books_write_them(claim: str) -> None:
    status, said = run("check", GRADIENTS, "--assume", "sum(t) = 1", "--claim", claim)
    assert (status, "right: " in said) == (0, True), said


@pytest.mark.parametrize(("claim", "said"), [
    ("grad_W L = 2 (p - t) x^T", "wrong: the factor 2 is too much: entry"),
    ("grad_W L = (t - p) x^T", "wrong: the sign is wrong: entry"),
    ("grad_W L = x (p - t)^T", "its transpose is right"),
    ("δ_x = W δ_z", "(W^T would fit)"),
    ("grad L = p - t", "grad does not say by what"),
])  # fmt: skip
def test_gradients_that_are_wrong(claim: str, said: str) -> None:
    status, output = run("check", GRADIENTS, "--assume", "sum(t) = 1", "--claim", claim)
    assert (status, said in " ".join(output.split())) == (1, True), output


@pytest.mark.parametrize("claim", ["grad_w L = 2 z x", "grad(L, w) = 2 z x", "∇_w L = 2 z x", r"\nabla_w L = 2 z x"])
def test_gradients_of_numbers(claim: str) -> None:
    status, output = run("check", "z = w*x; L = z^2", "--claim", claim)
    assert (status, "right: by algebra" in output) == (0, True), output


def test_what_is_on_an_arrow_is_right_as_a_partial_derivative() -> None:
    text = "U: 2x2; h_0: 2; h_1 = tanh(U h_0); h_2 = tanh(U h_1)"
    status, output = run("check", text, "--claim", "∂h_2/∂U : δ ↦ (δ .* (1 - h_2^2)) h_1^T")
    assert (status, "with h_1 held fixed" in " ".join(output.split())) == (0, True), output


def test_a_variable_d_beside_derivatives() -> None:
    text = "S: 3x3; d: 3; q = d^T S^-1 d"
    status, output = run("check", text, "--claim", "dq/dS = -S^-T d d^T S^-T")
    assert (status, "right: " in output) == (0, True), output
