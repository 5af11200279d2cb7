"""How a reader's book writes: adjoints, products entry by entry, transposes, bold letters, steps of recurrences."""

from unicodedata import normalize

import pytest
from click.testing import CliRunner

from graphviz_ad.cli.main import main
from graphviz_ad.core.diagram import Chains, Diagram
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.spoken import Spoken
from graphviz_ad.notation.typst import Typst
from graphviz_ad.notation.unicode import Unicode
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.array_systems import COURSE

DENSE = COURSE["dense"]
BATCH = "X: 5x2; W: 2x3; b: 3; T: 5x3; Y = X W + b; H = tanh(Y); L = 1/2 ||H - T||^2"
NUMBERS = "a = w*x + b; h = tanh(a); L = (h - t)^2"


def labels(text: str, view: str = "backward-simplified", **asked: object) -> list[str]:
    """What stands on the arrows, in their order."""
    found, _ = read(SourceText(text, "text"), Request(**asked))
    content = sheet_of(found, (view,)).panels[0].content
    assert isinstance(content, Diagram)
    return [normalize("NFC", write(arrow.label, Plain())) for arrow in content.arrows if arrow.label is not None]


def chains(text: str, **asked: object) -> list[str]:
    found, _ = read(SourceText(text, "text"), Request(**asked))
    content = sheet_of(found, ("chain",)).panels[0].content
    assert isinstance(content, Chains)
    return [normalize("NFC", write(equation, Plain())) for chain in content.chains for equation in chain.equations]


# The table of a dense layer in its columns for products with adjoints, of a vector and of a batch of rows.
@pytest.mark.parametrize(("text", "adjoint", "expected"), [
    (DENSE, "auto", ["δ_h = h - t", "δ_t = -(h - t)", "δ_y = δ_h .* (1 - h^2)", "∂L/∂W = δ_y*x^T", "δ_x = W^T*δ_y",
                     "∂L/∂b = δ_y"]),
    (DENSE, "bar", ["h̄ = h - t", "t̄ = -(h - t)", "ȳ = h̄ .* (1 - h^2)", "W̄ = ȳ*x^T", "x̄ = W^T*ȳ", "b̄ = ȳ"]),
    (BATCH, "d", ["dH = H - T", "dT = -(H - T)", "dY = dH .* (1 - H^2)", "dX = dY*W^T", "dW = X^T*dY",
                  "db = (dY)^T*𝟏"]),
    (DENSE, "nabla", ["∇_h L = h - t", "∇_t L = -(h - t)", "∇_y L = ∇_h L .* (1 - h^2)", "∇_W L = (∇_y L)*x^T",
                      "∇_x L = W^T*(∇_y L)", "∇_b L = ∇_y L"]),
    (DENSE, "partial", ["∂L/∂h = h - t", "∂L/∂t = -(h - t)", "∂L/∂y = ∂L/∂h .* (1 - h^2)", "∂L/∂W = ∂L/∂y*x^T",
                        "∂L/∂x = W^T*∂L/∂y", "∂L/∂b = ∂L/∂y"]),
])  # fmt: skip
def test_products_with_adjoints(text: str, adjoint: str, expected: list[str]) -> None:
    found = labels(text, edges="vjp", adjoint=adjoint)
    assert sorted(found) == sorted(normalize("NFC", label) for label in expected)


COLUMNS = ["δ_h = h - t", "δ_t = -(h - t)", "∂y/∂W : δ_y -> δ_y*x^T"]


# One name for one thing in each figure, whatever else is asked; rows are those of derivatives, δ is a column.
@pytest.mark.parametrize(("asked", "expected"), [
    ({"edges": "both", "adjoint": "delta"}, [
        *COLUMNS, "dh/dy = diag(1 - h^2) : δ_h -> δ_h .* (1 - h^2)", "∂y/∂x = W : δ_y -> W^T*δ_y",
        "∂y/∂b = I : δ_y -> δ_y",
    ]),
    ({"layout": "numerator", "adjoint": "delta"}, [*COLUMNS, "dh/dy = diag(1 - h^2)", "∂y/∂x = W", "∂y/∂b = I"]),
    ({"layout": "numerator", "edges": "vjp"}, [
        "δ_h = h - t", "δ_t = -(h - t)", "δ_y = δ_h .* (1 - h^2)", "∂L/∂W = δ_y*x^T", "δ_x = W^T*δ_y",
        "∂y/∂b : δ_y -> δ_y",
    ]),
    ({"layout": "numerator", "adjoint": "partial"}, [
        "∂L/∂h = (h - t)^T", "∂L/∂t = -(h - t)^T", "dh/dy = diag(1 - h^2)", "∂y/∂W : δ -> δ*x^T", "∂y/∂x = W",
        "∂y/∂b = I",
    ]),
    ({"edges": "index", "adjoint": "delta"}, [
        "∂L/∂h_i = h_i - t_i", "∂L/∂t_i = -(h_i - t_i)", "dh_i/dy_j = (1 - h_i^2)*[i = j]",
        "∂y_i/∂W_{j k} = x_k*[i = j]", "∂y_i/∂x_j = W_{i j}", "∂y_i/∂b_j = [i = j]",
    ]),
])  # fmt: skip
def test_names_of_adjoints_go_together(asked: dict[str, str], expected: list[str]) -> None:
    assert sorted(labels(DENSE, **asked)) == sorted(expected)


@pytest.mark.parametrize(("asked", "legend", "notes"), [
    ({"adjoint": "delta"}, ["δ_h = ∂L/∂h  likewise for t, y"], []),
    ({"adjoint": "delta", "layout": "numerator"}, ["δ_h = (∂L/∂h)^T  likewise for t, y"],
     ["numerator layout: a gradient by a vector is a row"]),
    ({"adjoint": "partial", "layout": "numerator"}, [],
     ["numerator layout: a gradient by a vector is a row", "δ: the adjoint of the node an arrow starts at, a column"]),
    ({"edges": "index"}, [], ["δᵢⱼ is 1 where i = j, and 0 elsewhere"]),
    ({"edges": "index", "adjoint": "delta"}, [], []),
])  # fmt: skip
def test_every_sign_of_adjoints_is_said(asked: dict[str, str], legend: list[str], notes: list[str]) -> None:
    found, _ = read(SourceText(DENSE, "text"), Request(**asked))
    content = sheet_of(found, ("backward-simplified",)).panels[0].content
    assert isinstance(content, Diagram)
    assert [write(line, Plain()) for line in content.legend] == legend
    assert list(content.notes) == notes


def test_a_number_beside_a_named_adjoint_is_a_column() -> None:
    at = {"W": ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), "x": (0.1, 0.2, -0.1), "b": (0.0, 0.5), "t": (0.5, 0.0)}
    shown = labels(DENSE, layout="numerator", adjoint="delta", at=at, digits=2)
    assert "δ_h = h - t ≈ [-0.3, 0.86]" in shown
    rows = labels(DENSE, layout="numerator", at=at, digits=2)
    assert "∂L/∂h = (h - t)^T ≈ [[-0.3, 0.86]]" in rows


def test_what_is_read_twice_has_no_adjoint_of_one_arrow() -> None:
    text = "A: 2x2; B: 2x2; x: 2; u = A x; v = B x; L = u^T v"
    assert {"∂u/∂x : δ_u -> A^T*δ_u", "∂v/∂x : δ_v -> B^T*δ_v"} <= set(labels(text, edges="vjp"))
    once = "A: 2x2; x: 2; y = A x + x; L = ||y||^2"  # by one arrow of the simplified graph, by two of the full one
    assert "δ_x = A^T*δ_y + δ_y" in labels(once, edges="vjp")
    assert sum(label.startswith("∂") and ":" in label for label in labels(once, "backward", edges="vjp")) == 2


RIDGE = COURSE["ridge"].replace("L = ||A x - b||^2", "r = A x - b; L = ||r||^2")


@pytest.mark.parametrize("text", [RIDGE, "a, b: scalar; r = a*x - b; L = r^2 + λ*x^2"])
@pytest.mark.parametrize(("adjoint", "named"), [("delta", "δ_x"), ("bar", "x̄"), ("d", "dx"), ("nabla", "∇_x L")])
def test_an_adjoint_is_over_all_paths(text: str, adjoint: str, named: str) -> None:
    """L reads x, and r, which reads x: the derivative on the arrow is a part of that over all paths."""
    on_arrow = [label for label in labels(text, adjoint=adjoint) if label.startswith("∂L/∂x")]
    assert on_arrow == ["∂L/∂x = 2*λ*x"]
    (by_x,) = (chain for chain in chains(text, adjoint=adjoint) if chain.startswith(normalize("NFC", f"{named} = ")))
    assert " + ∂L/∂x = " in by_x
    assert by_x.count(normalize("NFC", named)) == 1


def test_the_derivative_over_all_paths_is_not_the_partial_one_in_it() -> None:
    (by_x,) = (chain for chain in chains(RIDGE) if "L/dx" in chain)
    assert by_x == "dL/dx = (∂r/∂x)^T*∂L/∂r + ∂L/∂x = 2*A^T*r + 2*λ*x"


def test_only_adjoints_have_the_shape_of_columns_among_rows() -> None:
    text = "x: 3; W: 2x3; s = ||x||^2; y = s W x; L = ||y||^2"
    found = labels(text, layout="numerator", adjoint="delta")
    assert "ds/dx = 2*x^T" in found
    assert "δ_y = 2*y" in found


@pytest.mark.parametrize(("adjoint", "of_a", "of_w"), [
    ("auto", "dL/da", "dL/dw"),
    ("delta", "δ_a", "dL/dw"),
    ("bar", "ā", "w̄"),
    ("d", "da", "dw"),
    ("nabla", "∇_a L", "∇_w L"),
    ("partial", "∂L/∂a", "∂L/∂w"),
])  # fmt: skip
def test_adjoints_of_numbers(adjoint: str, of_a: str, of_w: str) -> None:
    many = "a = w*x + b; h = tanh(a); o = v*h; p = u*h; L = o*p"
    found = chains(many, adjoint=adjoint, max_paths=1, wrt=("w",))
    left = [line.split(" = ")[0].replace("∂L/∂", "dL/d") for line in found]
    assert left[-2:] == [normalize("NFC", form).replace("∂L/∂", "dL/d") for form in (of_a, of_w)]
    assert f" = {normalize('NFC', of_a)}" in found[-1].replace("(", "") or adjoint == "auto"


@pytest.mark.parametrize(("notation", "expected"), [
    (Latex(), "\\delta_{y}"), (Typst(), "delta), b: italic(y)"), (Unicode(), "δ"), (Spoken(), "the adjoint of y"),
])  # fmt: skip
def test_notations_have_adjoints(notation: object, expected: str) -> None:
    found, _ = read(SourceText(DENSE, "text"), Request(edges="vjp"))
    content = sheet_of(found, ("backward-simplified",)).panels[0].content
    assert isinstance(content, Diagram)
    said = [str(write(arrow.label, notation)) for arrow in content.arrows if arrow.label is not None]
    assert any(expected in line or expected.replace("{y}", "y") in line for line in said)
    assert len(content.legend) == 1  # δ_h = ∂L/∂h, likewise for the others


@pytest.mark.parametrize(("asked", "expected"), [
    ({}, "W^{\\top}((h - t) \\odot (1 - h^2))"),
    ({"hadamard": "circ"}, "W^{\\top}((h - t) \\circ (1 - h^2))"),
    ({"transpose": "T"}, "W^{\\mathrm{T}}((h - t) \\odot (1 - h^2))"),
    ({"transpose": "prime"}, "W^{\\prime}((h - t) \\odot (1 - h^2))"),
    ({"bold": "auto"}, "\\mathbf{W}^{\\top}((\\mathbf{h} - \\mathbf{t}) \\odot (1 - \\mathbf{h}^2))"),
])  # fmt: skip
def test_signs_and_letters(asked: dict[str, object], expected: str) -> None:
    found, _ = read(SourceText(DENSE, "text"), Request(**asked))
    made = next(chain for chain in found.restyled(found.listing(False)) if chain.wrt in ("x", "𝐱"))
    written = write(made.lines[-1].result, Latex())
    assert written.replace("^\\top", "^{\\top}").replace("^\\prime", "^{\\prime}").replace(" ", "") == expected.replace(
        " ", ""
    )


def test_bold_letters_are_left_out() -> None:
    text = (
        r"$\mathbf{W} \in \mathbb{R}^{2 \times 3}$, $\mathbf{x} \in \mathbb{R}^3$, $\mathbf{y} = \mathbf{W}\mathbf{x}$"
    )
    made = CliRunner().invoke(main, ["derive", text, "--bold", "off", "--wrt", r"\mathbf{x}", "--format", "latex"])
    assert made.exit_code == 0, made.output
    assert "\\mathbf" not in made.output
    clash = CliRunner().invoke(main, ["derive", text + r", $z = x \mathbf{y}$", "--bold", "off"])
    assert clash.exit_code == 1
    assert "would be written alike" in clash.output


@pytest.mark.parametrize(("args", "said"), [
    (["derive", "u=x^2; v=u*y; w=3x", "--adjoint", "delta"], "of one output: --of"),
    (["derive", "W: 2x3; x: 3; y = W x", "--adjoint", "bar"], "of a number; this output has entries"),
    (["derive", "y=x^2", "--unroll", "3"], "there is no earlier step on a right side"),
    (["derive", "h_t = tanh(u h_{t-1}), t = 1..T"], "--unroll 3"),
])  # fmt: skip
def test_what_is_not_possible(args: list[str], said: str) -> None:
    made = CliRunner().invoke(main, args)
    assert made.exit_code == 1
    assert said in made.output


@pytest.mark.parametrize("text", [
    "h_t = tanh(w x_t + u h_{t-1} + b)",
    "h_t = tanh(w x_t + u h_{t-1} + b), t = 1..T",
    "h_t = tanh(w x_t + u h_{t-1} + b), t = 1..7",
    r"$h_t = \tanh(w x_t + u h_{t-1} + b)$",
])  # fmt: skip
def test_unrolled(text: str) -> None:
    found, _ = read(SourceText(text, "latex" if "$" in text else "text"), Request(unroll=3))
    said = "h_1=tanh(w*x_1+u*h_0+b); h_2=tanh(w*x_2+u*h_1+b); h_3=tanh(w*x_3+u*h_2+b)"
    expected, _ = read(SourceText(said, "text"), Request())
    assert chains_of(found) == chains_of(expected)


def chains_of(system: object) -> list[str]:
    return [write(equation, Plain()) for chain in system.chains(False) for equation in chain.equations]
