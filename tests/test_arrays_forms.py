"""Derivatives of vectors and matrices as a book writes them."""

import json
import re

import pytest
from click.testing import CliRunner

from graphviz_ad.cli.main import main
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.lesson.matrix_rules import matrix_rules
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.array_systems import COURSE
from tests.conftest import plain
from tests.test_arrays import check

DENSE = COURSE["dense"]
AT = ["--at", "W=[[1,2,3],[4,5,6]]", "--at", "x=[0.1,0.2,-0.1],b=[0,0.5],t=[1/2,0]"]


def system(text: str, **asked: object) -> ArraySystem:
    found, _ = read(SourceText(text, "text"), Request(**asked))
    assert isinstance(found, ArraySystem)
    return found


def labels(found: ArraySystem) -> dict[str, str]:
    arrows = found.backward(False, 3).arrows
    written = (re.split(" (?=[=:] )", write(arrow.label, Plain()), maxsplit=1) for arrow in arrows if arrow.label)
    return {derivative: value.removeprefix("= ") for derivative, value in written}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a, b: 3; y = log_softmax(a + b)", "I - 𝟏*exp(y)^T"),
        ("a: 3; y = log_softmax(a)", "I - 𝟏*softmax(a)^T"),
    ],
)
def test_a_softmax_is_the_exponential_of_its_logarithm_where_that_alone_has_a_name(source: str, said: str) -> None:
    assert set(labels(system(source)).values()) == {said}


def results(text: str, **asked: object) -> dict[str, str]:
    return {
        f"{chain.of} by {chain.wrt}": write(chain.lines[-1].sides[-1], Plain())
        for chain in system(text, **asked).chains(False)
    }


# The table of a dense layer: y = W x + b, h = tanh(y), L = ½‖h − t‖².
LAYOUTS = {
    "gradient": {"∂L/∂h": "h - t", "dh/dy": "diag(1 - h^2)", "∂y/∂x": "W", "∂y/∂W": ": δ -> δ*x^T", "∂y/∂b": "I"},
    "numerator": {"∂L/∂h": "(h - t)^T", "dh/dy": "diag(1 - h^2)", "∂y/∂x": "W", "∂y/∂b": "I"},
    "denominator": {"∂L/∂h": "h - t", "dh/dy": "diag(1 - h^2)", "∂y/∂x": "W^T", "∂y/∂b": "I"},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_of_a_dense_layer(layout: str) -> None:
    found = system(DENSE, layout=layout)
    written = labels(found)
    assert {key: written[key] for key in LAYOUTS[layout]} == LAYOUTS[layout]
    notes = " ".join(found.backward(False, 3).notes)
    assert (f"{layout} layout" in notes) is (layout != "gradient")  # a reader of a figure sees which it is


@pytest.mark.parametrize(("name", "wrt", "row"), [
    ("ridge", "x", "2*(A*x - b)^T*A + 2*λ*x^T"),
    ("ridge", "b", "-2*(A*x - b)^T"),
    ("quadratic form", "x", "x^T*(A + A^T)"),
    ("logistic regression", "w", "(p - t)^T*X"),
])  # fmt: skip
def test_rows_of_the_numerator_layout(name: str, wrt: str, row: str) -> None:
    found = results(COURSE[name], layout="numerator")
    assert found[next(key for key in found if key.endswith(f" by {wrt}"))] == row


def test_what_an_arrow_moves_stands_last_in_a_scalar_product() -> None:
    label = labels(system(COURSE["logistic regression"], edges="vjp"))["∂p/∂b"]
    assert label == ": δ -> (p .* (1 - p))^T*δ"


@pytest.mark.parametrize(("layout", "chain"), [
    ("gradient", "W^T*((h - t) .* (1 - h^2))"),
    ("numerator", "((h - t) .* (1 - h^2))^T*W"),
    ("denominator", "W^T*((h - t) .* (1 - h^2))"),
])  # fmt: skip
def test_chains_of_a_dense_layer(layout: str, chain: str) -> None:
    found = results(DENSE, layout=layout)
    assert found["L by x"] == chain
    assert found["L by W"] == "((h - t) .* (1 - h^2))*x^T"


@pytest.mark.parametrize(("edges", "expected"), [
    ("vjp", {"∂L/∂h": "h - t", "dh/dy": ": δ -> δ .* (1 - h^2)", "∂y/∂x": ": δ -> W^T*δ", "∂y/∂b": ": δ -> δ"}),
    ("both", {"∂y/∂x": "W : δ -> W^T*δ"}),
    ("index", {"∂y_i/∂W_{j k}": "δ_{i j}*x_k", "∂y_i/∂x_j": "W_{i j}",
               "dh_i/dy_j": "δ_{i j}*(1 - h_i^2)"}),
])  # fmt: skip
def test_forms_of_edges(edges: str, expected: dict[str, str]) -> None:
    found = labels(system(DENSE, edges=edges))
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(("name", "expected"), [
    ("ridge", {"∂L/∂x_i": "2*sum_j A_{j i}*(sum_k A_{j k}*x_k - b_j) + 2*λ*x_i",
               "∂L/∂A_{i j}": "2*x_j*(sum_k A_{i k}*x_k - b_i)", "∂L/∂λ": "sum_i x_i^2"}),
    ("quadratic form", {"∂q/∂x_i": "sum_j A_{i j}*x_j + sum_j x_j*A_{j i}", "∂q/∂A_{i j}": "x_i*x_j"}),
    ("skip", {"∂y_i/∂x_j": "δ_{i j} + W_{i j}*(1 - tanh(sum_k W_{i k}*x_k)^2)"}),
    ("layer norm", {"∂y_i/∂v": "-(y_i/(2*v))"}),
    ("inverse", {"dY_{i j}/dX_{k l}": "-Y_{i k}*Y_{l j}"}),
    ("determinant", {"dd/dX": "d*inv(X)^T"}),  # an entry of an inverse has no name
])  # fmt: skip
def test_entries_that_are_sums(name: str, expected: dict[str, str]) -> None:
    found = labels(system(COURSE[name], edges="index"))
    assert {key: found.get(key) for key in expected} == expected


def test_shares_add_up_to_1_whatever_they_are_of() -> None:
    assert results("a: 3; y = a/sum(a); L = sum(y)")["L by a"] == "0"


def test_a_chain_without_matrix_notation_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphviz_ad.derive.arrays.chain.matrix_form", lambda *_: None)
    (chain,) = system("W: 2x3; x: 3; y = W x; z = y .* y", wrt=("x",)).chains(False)
    assert chain.notes == ("this derivative has no matrix notation",)


def test_sums_that_share_no_index_have_signs_of_their_own() -> None:
    found = labels(system("s: scalar; A: 2x3; x: 3; B: 2x4; z: 4; y = s*((A x) .* (B z))", edges="index"))
    assert found["∂y_i/∂s"] == "(sum_j B_{i j}*z_j)*sum_j A_{i j}*x_j"
    assert found["∂y_i/∂x_j"] == "s*A_{i j}*sum_k B_{i k}*z_k"


def test_an_entry_of_a_diagonal_matrix_is_0_beside_the_diagonal() -> None:
    found = labels(system("x: 3; A: 3x3; Y = exp(diag(x)) .* A", edges="index"))
    assert found["∂Y_{i j}/∂A_{k l}"] == "δ_{i k}*δ_{j l}*exp(δ_{i j}*x_i)"


@pytest.mark.parametrize(("value", "derivative"), [
    ("sum(t B) + tr(t A)", "sum(B) + trace(A)"),
    ("tr(t A) + sum(t B)", "trace(A) + sum(B)"),
    ("tr(t A) + tr(t B)", "trace(A + B)"),
])  # fmt: skip
def test_a_trace_and_a_sum_of_all_entries_are_not_added_up_as_one(value: str, derivative: str) -> None:
    assert results(f"A, B: 3x3; t: scalar; y = {value}")["y by t"] == derivative


def test_a_trace_is_a_sum_along_the_diagonal() -> None:
    found = labels(system("X: 3x3; s = tr(X)^2", edges="index"))
    assert found["ds/dX_{i j}"] == "2*δ_{i j}*sum_k X_{k k}"


@pytest.mark.parametrize(("centred", "by_matrix", "by_centre"), [
    ("m = X^T ones(4)/4; C = X - ones(4) m^T", "C*diag(v)", "0"),  # the columns of C add up to 0
    ("m = X^T ones(4); C = X - ones(4) m^T", "(I - 𝟏*𝟏^T)*C*diag(v)", "-1*(C^T*𝟏 .* v)"),  # and of a sum they do not
])  # fmt: skip
def test_a_mean_that_is_subtracted_adds_nothing_to_a_variance(centred: str, by_matrix: str, by_centre: str) -> None:
    source = f"X: 4x3; {centred}; V = C .* C; v = V^T ones(4)/4; L = sum(v .* v)"
    assert results(source)["L by X"] == by_matrix
    assert results(source, wrt=("m",))["L by m"] == by_centre


@pytest.mark.parametrize(("notation", "expected"), [
    (Plain(), "∂L/∂b_i = -2*(sum_j A_{i j}*x_j - b_i)"),
    (Latex(), r"\frac{\partial L}{\partial b_i} = -2(\sum_{j} A_{ij}x_j - b_i)"),
])  # fmt: skip
def test_a_sum_over_indices_is_set(notation: Notation[str], expected: str) -> None:
    found = system(COURSE["ridge"], edges="index")
    edge = found.array_edges.simplified[found.graph.index("L"), found.graph.index("b")]
    assert edge.value is not None
    assert write(edge.value, notation) == expected


def test_letters_of_entries_are_no_word() -> None:
    found = system("W_1: 2x3; x: 3; y = W_1 x", edges="index")
    edge = found.array_edges[False][found.graph.index("y"), found.graph.index("W_1")]
    assert edge.value is not None
    assert write(edge.value, Latex()) == r"\frac{\partial y_i}{\partial W_{1,jk}} = \delta_{ij}x_k"


@pytest.mark.parametrize(("text", "shown"), [
    ("z: 2; y = 1 - z", "1 - z"), ("z: 2; y = 2 + z", "2 + z"), ("z: 2; y = ones(2) - z", "1 - z"),
    ("z: 2; m: scalar; y = z - m", "z - m*𝟏"), ("A: 2x2; y = A - 1", "A - 𝟏*𝟏^T"),
])  # fmt: skip
def test_a_number_in_every_place_is_written_as_it_is_typed(text: str, shown: str) -> None:
    assert write(sheet_of(system(text), ("chain",)).equations[-1], Plain()) == f"y = {shown}"


def full_chain(text: str, wrt: str) -> list[str]:
    (chain,) = (chain for chain in system(text).chains(True) if chain.wrt == wrt)
    return [write(side, Plain()) for side in chain.lines[-1].sides]


@pytest.mark.parametrize(("text", "wrt", "sides"), [
    (DENSE, "b", ["diag(1 - h^2)*v_2", "v_2 .* (1 - h^2)"]),
    (DENSE, "t", ["-v_2"]),
    ("x: 3; λ: scalar; L = ||x||^2 + λ ||x||^2", "λ", ["v_2"]),
])  # fmt: skip
def test_no_factor_is_one(text: str, wrt: str, sides: list[str]) -> None:
    assert full_chain(text, wrt)[2:] == sides


def test_equal_numbers_of_a_chain_are_all_multiplied() -> None:
    """2 of ‖y‖², 2 of s² and the half of the root."""
    text = "x: 3; s, t: scalar; y = x/sqrt(s^2 + 1); L = ||y||^2/t"
    assert full_chain(text, "s")[2:] == ["-(2*s*y^T*y/(t*v_3^2))", "-(2*s*L/v_3^2)"]
    check(text, 4)


def test_what_came_down_a_chain_stands_first() -> None:
    (chain,) = system("A: 3x3; B = A .^ 3; L = sum(B)").chains(False)
    assert [write(side, Plain()) for side in chain.lines[-1].sides[-2:]] == ["3*(dL/dB .* A.^2)", "3*A.^2"]


def test_values_that_only_adjoints_mention_are_in_the_legend() -> None:
    found = system("S: 3x3; x: 3; L = x^T S^-1 x + logdet(S)")
    chains = found.chains(True)
    said = {
        write(part.variable, Plain())
        for part in [line for chain in found.parts(chains, True, set()) for line in chain.equations]
    }
    mentioned = set(
        re.findall(
            r"v_\d+", " ".join(write(side, Plain()) for chain in chains for line in chain.lines for side in line.sides)
        )
    )
    assert mentioned <= said


def test_where_there_is_no_matrix_jacobians_are_said_by_their_entries() -> None:
    found = labels(system(DENSE, edges="jacobian"))
    assert {key: found.get(key) for key in ("∂y/∂x", "∂y_i/∂W_{j k}", "dh/dy")} == {
        "∂y/∂x": "W", "∂y_i/∂W_{j k}": "δ_{i j}*x_k", "dh/dy": "diag(1 - h^2)",
    }  # fmt: skip


BOOK = [
    ("least squares", "L by W", "2*(y - t)*x^T"),
    ("least squares", "L by x", "2*W^T*(y - t)"),
    ("quadratic form", "q by x", "(A + A^T)*x"),
    ("softmax", "p by z", "diag(p) - p*p^T"),
    ("logistic regression", "L by w", "X^T*(p - t)"),
    ("logistic regression", "L by b", "𝟏^T*(p - t)"),
    ("two layers", "L by W_1", "(W_2^T*(y - t) .* (1 - h^2))*x^T"),
    ("weight decay", "J by W_2", "2*(o - t)*h^T + λ*W_2"),
    ("batched network", "L by W_1", "2*X^T*((Y - T)*W_2^T .* (1 - H^2))"),
    ("skip", "y by x", "I + diag(1 - tanh(W*x)^2) @ W"),
    ("attention", "O by Q", "δ -> (A .* (δ*V^T - rowsum(A .* δ*V^T)*𝟏^T))*K/2"),
    ("attention", "O by V", "δ -> A^T*δ"),
    ("normalised", "y by x", "(I - y*y^T)/norm(x)"),
    ("layer norm", "y by x", "1/sqrt(v)*(I - 𝟏*𝟏^T/4 - y*y^T/4)"),
    ("log determinant", "d by X", "2*inv(X)^T"),
    ("inverse", "Y by X", "δ -> -Y^T @ δ @ Y^T"),
    ("traces", "t by X", "A^T"),
]


@pytest.mark.parametrize(("name", "derivative", "result"), BOOK, ids=lambda part: str(part)[:20])
def test_results_as_in_a_book(name: str, derivative: str, result: str) -> None:
    assert results(COURSE[name])[derivative] == result


ATTENTION = (
    "X: 4x6; T: 4x5; W_Q, W_K: 6x3; W_V: 6x5; Q = X W_Q; K = X W_K; V = X W_V; S = Q K^T; A = softmax(S); O = A V; "
    "L = 1/2 ||O - T||^2"
)
WITHIN = "A .* ((O - T)*V^T - rowsum(A .* (O - T)*V^T)*𝟏^T)"


@pytest.mark.parametrize(("text", "asked", "derivative", "result"), [
    (ATTENTION, {}, "L by W_Q", f"X^T*({WITHIN})*K"),
    (ATTENTION, {}, "L by W_K", f"X^T*({WITHIN})^T*Q"),
    (ATTENTION, {}, "L by X", f"({WITHIN})*K*W_Q^T + ({WITHIN})^T*Q*W_K^T + A^T*(O - T)*W_V^T"),
    ("A: 2x4; x: 4; h = max(A) + x; L = ||h||^2", {"layout": "numerator"}, "L by A", "2*(𝟏^T*h)*at_largest(A)"),
])  # fmt: skip
def test_results_of_longer_chains(text: str, asked: dict[str, str], derivative: str, result: str) -> None:
    assert results(text, **asked)[derivative] == result


def test_a_size_is_no_variable() -> None:
    text = "Q: m x d; K: n x d; S = Q K^T / sqrt(d)"
    assert labels(system(text)) == {"∂S/∂Q": ": δ -> δ*K/sqrt(d)", "∂S/∂K": ": δ -> δ^T*Q/sqrt(d)"}
    assert [plain(vertex.label) for vertex in system(text).forward(False).vertices] == ["Q", "K", "S"]
    assert "S by d" in results(text, wrt=("d",))  # unless a reader asks


NORMAL = "(I - 𝟏*𝟏^T/4 - y*y^T/4)"


@pytest.mark.parametrize("text", [
    "x: 4; y = (x - mean(x)) / std(x)",
    "x: 4; y = (x - mean(x)) / sqrt(var(x))",
    "x: 4; y = (x - mean(x)) / sqrt(mean((x - mean(x)).^2))",
    "x: 4; ε: scalar; y = (x - mean(x)) / sqrt(var(x) + ε)",
    "x: 4; μ = mean(x); v = mean((x - μ).^2); y = (x - μ)/sqrt(v)",
    "x: 4; μ = mean(x); v = var(x); y = (x - μ)/sqrt(v)",
    "x: 4; μ = mean(x); v = var(x); ε: scalar; y = (x - μ)/sqrt(v + ε)",
])  # fmt: skip
def test_normalization_ends_as_in_a_book_however_it_is_written(text: str) -> None:
    found = results(text)["y by x"]
    assert re.fullmatch(r"1/sqrt\(.*\)\*" + re.escape(NORMAL), found)


def test_softmax_and_cross_entropy_fold_where_the_targets_add_up_to_one() -> None:
    text = COURSE["softmax regression"]
    assert results(text)["L by b"] == "(𝟏^T*t)*p - t"
    assert results(text, assume=("sum(t) = 1",))["L by b"] == "p - t"
    assert results(text, assume=("sum(t) = 1",))["L by W"] == "(p - t)*x^T"


def test_what_is_assumed_is_said_of_each_chain_that_relies_on_it() -> None:
    status, said = run("derive", COURSE["softmax regression"], "--assume", "sum(t) = 1", "--wrt", "W,x,b,t")
    assert (status, said.count("sum(t) = 1 is assumed")) == (0, 3)  # not by t
    shown = run("show", COURSE["softmax regression"], "--assume", "sum(t) = 1", "--view", "backward-simplified")[1]
    assert "is assumed" not in shown  # no label does
    text, both = "A: 3x3; x, b: 3; f = 1/2 x^T A x - b^T x", ("--assume", "A = A^T", "--assume", "sum(b) = 1")
    status, said = run("derive", text, *both)
    assert (status, said.count("A = A^T is assumed"), said.count("sum(b) = 1 is assumed")) == (0, 1, 0)
    assert "A = A^T is assumed" in run("show", text, *both, "--view", "backward-simplified")[1]
    assert "A = A^T is assumed" in run("show", text, *both, "--view", "adjoints")[1]


BATCH = "X: 5x4; W: 4x3; T: 5x3; P = softmax(X W); L = -sum(T .* log(P))"


@pytest.mark.parametrize("assumed", ["rowsum(T) = 1", "T 1 = 1", "T 𝟏 = 𝟏"])
def test_rows_may_add_up_to_one(assumed: str) -> None:
    assert results(BATCH)["L by W"] == "X^T*(diag(T*𝟏) @ P - T)".replace(" @ ", "*")
    assert results(BATCH, assume=(assumed,))["L by W"] == "X^T*(P - T)"
    check(BATCH.replace("log(P)", "P"), 0)  # the rows of P add up to 1 by themselves


def test_rows_that_add_up_to_one_are_checked() -> None:
    with pytest.raises(AdgraphError, match="'t' is no matrix"):
        results("t, z: 3; L = -t^T log(softmax(z))", assume=("rowsum(t) = 1",))
    status, said = run("derive", "X: 2x2; T: 2x2; L = -sum(T .* log(softmax(X)))", "--assume", "rowsum(T) = 1",
                       "--at", "X=[[1,2],[3,4]]", "--at", "T=[[1,0],[1,1]]")  # fmt: skip
    assert (status, "row 2 of T adds up to 2, not to 1 as is assumed" in said) == (1, True)
    status, said = run("check", BATCH, "--claim", "dL/dW = X^T (P - T)")
    assert "it is right where each row of T adds up to 1: --assume 'rowsum(T) = 1'" in said


@pytest.mark.parametrize(("text", "derivative", "result"), [
    ("X: 5x3; C = X^T X/5; f = logdet(C)", "f by X", "2/5*X*C^-1"),
    ("X: 3x4; G = X X^T; f = ||G - I||^2", "f by X", "4*(G - I)*X"),
    ("A: 3x3; b, x: 3; f = 1/2 x^T A x + b^T x", "f by x", "(A + A^T)*x/2 + b"),
    ("W: 3x4; x: 4; z = W x; y = z/||z||", "y by x", "(I - y*y^T)*W/norm(z)"),
    ("W: 3x4; x: 4; y = W x/||W x||", "y by x", "(I - y*y^T)*W/norm(W*x)"),
    ("x: 4; μ = mean(x); v = mean(x.^2) - μ^2; y = (x - μ)/sqrt(v)", "y by x", f"1/sqrt(v)*{NORMAL}"),
    ("x: 4; ε: scalar; μ = mean(x); v = mean(x.^2) - μ^2; y = (x - μ)/sqrt(v + ε)", "y by x",
     f"1/sqrt(v + ε)*{NORMAL}"),
    ("x, g, b: 4; μ = mean(x); v = var(x); y = (x - μ)/sqrt(v); z = g .* y + b", "z by x",
     f"1/sqrt(v)*diag(g) @ {NORMAL}"),
    ("x, g: 4; r = sqrt(mean(x.^2)); n = x/r; y = g .* n", "y by x", "1/r*diag(g) @ (I - n*n^T/4)"),
    ("S: 3x3; x, μ: 3; l = -1/2 logdet(S) - 1/2 (x - μ)^T S^-1 (x - μ)", "l by S",
     "(inv(S)^T*(x - μ)*(x - μ)^T @ inv(S)^T - inv(S)^T)/2"),
    ("R: 4x5; U: 4x2; V: 5x2; L = ||R - U V^T||^2", "L by V", "-2*(R - U*V^T)^T*U"),
    ("X: 5x3; μ: 3; L = ||X - ones(5) μ^T||^2", "L by μ", "2*(5*μ - X^T*𝟏)"),
    ("y, x: 5; β: scalar; L = ||y - β x||^2", "L by β", "-2*x^T*(y - β*x)"),
    ("x: 5; μ, σ: scalar; l = -5 log(σ) - sum((x - μ).^2)/(2σ^2)", "l by μ", "𝟏^T*(x - μ)/σ^2"),
    ("θ, a: 4; J = a^T softmax(θ)", "J by θ", "softmax(θ) .* (a - J*𝟏)"),
    ("A: 3x3; B = A .^ 3; L = sum(B)", "L by A", "3*A.^2"),  # A² is A A
    ("u: 3; y = max((u^T u) ones(5))", "y by u", "2*u"),
    ("s: scalar; y = [s ones(2); s ones(3)]", "y by s", "𝐄_{1}*𝟏 + 𝐄_{3}*𝟏"),
    ("a: scalar; x, y: 2; R = [a, -a; a, a]; L = y^T R x", "L by a", "y^T*x + (x_1*y_2 - x_2*y_1)"),
    ("t: scalar; y = tr(t eye(3))", "y by t", "3"),
    ("x: 3; t: scalar; y = tr(t diag(x))", "y by t", "𝟏^T*x"),
    ("A: 3x3; b, x, w: 3; y = b^T A^-1 diag(x) A w", "y by b", "A^-1*(A*w .* x)"),  # is no A⁻¹A
    ("A: 3x3; x, y, b: 3; f = y^T A x - x^T A y + b^T y", "f by y", "(A - A^T)*x + b"),
    ("U: 4x2; s: 2; V: 3x2; A: 4x3; L = ||A - U diag(s) V^T||^2", "L by s",
     "-2*rowsum(U^T .* V^T*(A - U*diag(s)*V^T)^T)"),
    ("a, b, c: scalar; W: 2x3; y = W [a; b; c]", "y by b", "W*𝐞_{2}"),
    ("x: 3; s, t: scalar; y = x/sqrt(s^2 + t^2); L = ||y||^2/sqrt(2s^2 + 2t^2)", "L by x",
     "2*y/(sqrt(2*s^2 + 2*t^2)*sqrt(s^2 + t^2))"),  # √2 is no fraction
    ("K: 4x4; s: scalar; C = K + s^2 eye(4); L = logdet(C)", "L by s", "2*s*trace(C^-1)"),
    ("W: 2x4; x: 4; a = σ(W x)", "a by W", "δ -> (δ .* a .* (1 - a))*x^T"),
    ("W: 2x4; x: 4; h: 2; r = σ(W x); y = r .* h", "y by x", "diag(h .* r .* (1 - r))*W"),  # 1 − r behind its r
    ("x: 3; y = sin(2x)", "y by x", "2*diag(cos(2*x))"),
    ("A: 2x3; B: 4x5; t: scalar; y = sum(t B) + sum(t A)", "y by t", "sum(B) + sum(A)"),
    ("X: 4x3; w: 3; y: 4; L = sum(log(1 + exp(-y .* (X w))))", "L by y", "-X*w ./ (exp(y .* X*w) + 1)"),
    ("X: 4x3; Y = X ./ (sqrt(sum(X.^2, axis=1)) 1^T); S = Y Y^T", "S by X",
     "δ -> diag(1 ./ sqrt(X^2*𝟏)) @ (δ - diag(rowsum(Y .* δ*Y)) + δ^T - diag(rowsum(Y .* δ^T*Y)))*Y"),
    ("B: 2x4; D: 3x2; ε: 2; h: 4; x: 3; s = B h; L = ||x - D (exp(s/2) .* ε)||^2 - sum(1 + s - exp(s))/2", "L by B",
     "((exp(s) - 1)/2 - D^T*(x - D*(ε .* exp(s/2))) .* ε .* exp(s/2))*h^T"),
])  # fmt: skip
def test_more_results_as_in_a_book(text: str, derivative: str, result: str) -> None:
    assert results(text)[derivative] == result
    check(text, 4)  # a point at which all have a value


GAUSS = "mu: 3; S: 3x3; x: 3; l = -1/2 logdet(S) - 1/2 (x - mu)^T inv(S) (x - mu)"


@pytest.mark.parametrize(("text", "assumed", "derivative", "result"), [
    ("A: 3x3; x: 3; f = x^T A x", "A = A^T", "f by x", "2*A*x"),
    ("A: 3x3; x: 3; f = x^T A x", "A symmetric", "f by A", "x*x^T"),
    ("A: 3x3; x: 3; b: 3; f = 1/2 x^T A x - b^T x", "A^T = A", "f by x", "A*x - b"),
    ("A: 3x3; x: 3; f = x^T A x / (x^T x)", "A = Aᵀ", "f by x", "2*(A*x - f*x)/(x^T*x)"),
    (GAUSS, "S = S^T", "l by mu", "S^-1*(x - mu)"),
    ("A: 3x3; f = tr(A A)", "A = A^T", "f by A", "2*A"),
])  # fmt: skip
def test_what_is_symmetric_is_its_transpose(text: str, assumed: str, derivative: str, result: str) -> None:
    assert results(text, assume=(assumed,))[derivative] == result


@pytest.mark.parametrize(("said", "message"), [
    ("B = B^T", "there is no variable 'B'"),
    ("x = x^T", "'x' is no square matrix, which alone may be symmetric"),
    ("A = x^T", "'A = x^T' is not read"),
    ("A > 0", "'A > 0' is not read"),
])  # fmt: skip
def test_assumptions_that_are_none(said: str, message: str) -> None:
    with pytest.raises(AdgraphError, match=re.escape(message)):
        results("A: 3x3; x: 3; f = x^T A x", assume=(said,))


@pytest.mark.parametrize(("text", "assumed", "at", "message"), [
    ("A: 2x2; x: 2; f = x^T A x", "A = A^T", ("A=[[1,2],[3,4]]", "x=[1,1]"), "A is not symmetric at its values"),
    ("z: 2; t: 2; L = -t^T log(softmax(z))", "sum(t) = 1", ("z=[1,2]", "t=[3,4]"), "the entries of t add up to 7, not to 1"),
])  # fmt: skip
def test_values_that_are_not_what_is_assumed(text: str, assumed: str, at: tuple[str, ...], message: str) -> None:
    status, said = run("derive", text, "--assume", assumed, *(part for one in at for part in ("--at", one)))
    assert status == 1
    assert message in said


@pytest.mark.parametrize("adjoint", ["nabla", "partial"])
def test_rows_are_not_said_to_be_what_makes_columns(adjoint: str) -> None:
    asked = ("--layout", "numerator", "--edges", "vjp", "--adjoint", adjoint, "--view", "backward-simplified")
    status, said = run("draw", DENSE, *asked, "-o", "-", "--format", "txt")
    assert status == 0
    assert "δ ↦ Wᵀδ" in said
    assert "L = Wᵀδ" not in said
    assert "δ: the adjoint of the node an arrow starts at, a column" in said


def test_an_adjoint_has_the_shape_of_its_row() -> None:
    found = system("x: 3; W: 3x2; r = x^T W; L = ||r||^2", layout="numerator")
    assert "δ: the adjoint of the node an arrow starts at, in its shape" in found.backward(False, 3).notes


def test_contributions_stand_in_the_order_of_time() -> None:
    found = results(COURSE["linear bptt"])
    assert found["L by U"] == "2*U^T*(h_2 - t)*h_0^T + 2*(h_2 - t)*h_1^T"


def run(*args: str) -> tuple[int, str]:
    made = CliRunner().invoke(main, list(args))
    return made.exit_code, made.output


def test_evaluation_as_nested_lists() -> None:
    status, said = run("eval", DENSE, *AT, "--format", "json")
    data = json.loads(said)
    assert status == 0
    assert data["values"]["y"] == pytest.approx([0.2, 1.3])
    assert data["gradient"]["L"]["x"] == pytest.approx([0.5965, 0.5275, 0.4585], rel=1e-3)
    edges = {(edge["of"], edge["wrt"]): edge["value"] for edge in data["edges"]}
    assert edges["y", "x"] == [[1, 2, 3], [4, 5, 6]]
    assert edges["y", "W"][1][1] == pytest.approx([0.1, 0.2, -0.1])  # [left axes, then right axes]


def test_check_has_three_ways() -> None:
    status, said = run("check", DENSE, *AT, "--wrt", "x")
    assert status == 0
    assert said.count("by hand, the chain") == said.count("central difference") == said.count("reverse mode") == 1


@pytest.mark.parametrize(("claim", "status", "said"), [
    ("dL/dW = ((h - t) .* (1 - h^2)) x^T", 0, "right: by algebra"),
    ("dh/dy = diag(1 - tanh(y)^2)", 0, "right: at 8 random points"),
    ("dL/dW = (h - t) x^T", 1, "wrong: entry"),
    ("dy/dx = W^T", 1, "it is 3 × 2, and the derivative 2 × 3"),
    ("dL/dx = W (h - t)", 1, "wrong: W (h - t): 2 × 3 times 2: 3 columns and 2 rows do not fit"),
])  # fmt: skip
def test_claims(claim: str, status: int, said: str) -> None:
    found, output = run("check", DENSE, "--claim", claim)
    assert (found, said in output) == (status, True), output


@pytest.mark.parametrize(("args", "said"), [
    (("derive", DENSE, "--order", "3"), "derivatives of vectors of the third order have three axes"),
    (("derive", DENSE, "--order", "2", "--wrt", "W"), "dL/dW is a matrix, and its derivative has three axes or more"),
    (("derive", COURSE["linear"], "--order", "2"), "y is no number, and a second derivative of it has three axes"),
    (("eval", DENSE, *AT[:2]), "no value for 'x'"),
    (("eval", DENSE, *AT, "--at", "W=[[1,2],[3,4]]"), "two values"),
    (("eval", DENSE, "--at", "W=[1,2]", *AT[2:]), "'W' is declared as 2 × 3 and given as 2"),
    (("eval", "X: 2x2; Y = X^-1", "--at", "X=[[1,2],[2,4]]"), "a singular matrix has no inverse"),
    (("eval", "x: 2; y = x / ||x||", "--at", "x=[0,0]"), "0 ÷ 0 has no value, at entry 1"),
    (("eval", "x: 2; n = sum(sqrt(x))", "--at", "x=[0,1]"), "sqrt(0) has no derivative, at entry 1"),
    (("derive", DENSE, "--assume", "t > 1"), "'t > 1' is not read"),
])  # fmt: skip
def test_errors_say_what_there_is(args: tuple[str, ...], said: str) -> None:
    status, output = run(*args)
    assert (status != 0, said in output, "Traceback" in output) == (True, True, False), output


# A table of a course: what each operation does with the adjoint of its result.
@pytest.mark.parametrize(("operation", "pulled"), [
    ("W*x", ["δ -> δ*x^T", "δ -> W^T*δ"]),
    ("Q*K^T", ["δ -> δ*K", "δ -> δ^T*Q"]),
    ("a^T*b", ["δ -> δ*b", "δ -> δ*a"]),
    ("x^T*A*x", ["δ -> δ*(A + A^T)*x", "δ -> δ*x*x^T"]),
    ("softmax(z)", ["δ -> p .* (δ - (p^T*δ)*𝟏)"]),
    ("X^-1", ["δ -> -Y^T @ δ @ Y^T"]),
    ("det(X)", ["δ -> δ*y*inv(X)^T"]),
    ("X^T", ["δ -> δ^T"]),
    ("(x - μ*𝟏)/sqrt(v)", ["δ -> 1/sqrt(v)*(δ - (𝟏^T*δ)*𝟏/n - (y^T*δ)*y/n)"]),
])  # fmt: skip
def test_the_cheat_sheet_of_matrices(operation: str, pulled: list[str]) -> None:
    found = [row for row in matrix_rules().rows if row is not None]
    rows = [[cell if isinstance(cell, str) else write(cell, Plain()) for cell in row] for row in found]
    place = next(number for number, row in enumerate(rows) if row[1] == operation)
    assert [row[3] for row in rows[place : place + len(pulled)]] == pulled


def test_the_cheat_sheet_of_matrices_says_what_its_signs_mean() -> None:
    shown = CliRunner().invoke(main, ["rules", "matrices"]).output
    key = [line for line in shown.splitlines() if line.startswith("  ")][-4:]
    assert [line.split()[-1] for line in key] == ["δ", "𝟏", "𝐄ₖ", "argmax(x)"], key


def test_shapes_stand_beneath_nodes_in_the_terminal() -> None:
    shown = CliRunner().invoke(main, ["show", DENSE, "--view", "backward-simplified"]).output
    lines = shown.splitlines()
    (frame,) = [number for number, line in enumerate(lines) if line.endswith("│ W │")]
    assert lines[frame + 2].endswith("2×3")
    plain = CliRunner().invoke(main, ["show", DENSE, "--view", "forward-simplified", "--ascii"]).output
    assert "2x3" in plain


@pytest.mark.parametrize("view", ["forward", "circuit"])
def test_shapes_stand_as_they_are_asked_for(view: str) -> None:
    shown = {form: CliRunner().invoke(main, ["show", DENSE, *AT, "--view", view, "--shapes", form]).output
             for form in ("below", "none", "set")}  # fmt: skip
    assert "2×3" in shown["below"]
    assert "ℝ²ˣ³" in shown["set"]
    assert not any(sign in shown["none"] for sign in ("2×3", "ℝ"))
