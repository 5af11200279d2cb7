"""A reader's own answer on a page of vectors and matrices: what is typed, and what the page says of it."""

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText

DENSE = "W: 2x3; x: 3; t: 2; y = W x; h = tanh(y); L = ||h - t||^2"
TWO_LAYERS = ("x: 4; W_1: 5x4; b_1: 5; W_2: 3x5; y: 3; "
              "h = relu(W_1 x + b_1); p = softmax(W_2 h); L = -y^T log(p)")  # fmt: skip
FORM = "A: 3x3; x: 3; f = x^T A x"


def of(source: str, **asked: object) -> ArraySystem:
    found, _ = read(SourceText(source, "text"), Request(**asked))
    assert isinstance(found, ArraySystem)
    return found


RIGHT, WRONG = "right", "wrong"
CLAIMS = [
    (DENSE, {}, [
        ("dL/dx = W^T*(2*(h-t).*(1-h^2))", RIGHT, "It agrees at 6 points"),
        ("dL/dx = 2 Wᵀ diag(1-h.^2) (h-t)", RIGHT, ""),
        ("∂L/∂x = W^{T} ∂L/∂y", RIGHT, ""),
        ("dL/dy = 2*(h-t)*(1-h⊙h)", RIGHT, ""),  # of two columns, as the command line reads it
        ("dL/dW = ((h-t) ⊙ (1 - tanh(y)^2)) x^T", WRONG, "The factor 2 is missing."),
        ("dL/dt = 2(h-t)", WRONG, "The sign is wrong."),
        ("dL/dh = (2*(h-t))^T", WRONG, "It is 1 × 2, and right is 2. Transposed it would fit (^T)."),
        ("dh/dy = diag(1 - h^2)", RIGHT, ""),
        ("L = (h-t)^T (h-t) = ‖h-t‖^2", RIGHT, ""),
        ("2*((h-t) ⊙ (1 - h^2)) x^T", RIGHT, ""),  # of the derivative that is chosen, by W
        ("g = 2(h-t); dL/dh = g", RIGHT, ""),
    ]),
    (TWO_LAYERS, {"assume": ("sum(y) = 1",)}, [
        ("dL/dh = W_2^T (p - y)", RIGHT, ""),  # which it is only if y adds up to 1
        ("dL/db_1 = W_2^T (p - y) .* [h > 0]", RIGHT, ""),
        ("dL/dp = -y ./ p", RIGHT, ""),
        ("dp/dh = (diag(p) - p p^T) W_2", RIGHT, ""),
        ("dL/dW_2 = h (p - y)^T", WRONG, "Transposed it would fit"),
    ]),
    (FORM, {}, [("df/dx = 2 A x", WRONG, ""), ("df/dx = (A + A^T) x", RIGHT, ""), ("df/dA = x x^T", RIGHT, "")]),
    (FORM, {"assume": ("A = A^T",)}, [("df/dx = 2 A x", RIGHT, "")]),
    (FORM, {"layout": "numerator"}, [("df/dx = (A + A^T) x", WRONG, ""), ("df/dx = x^T(A + A^T)", RIGHT, "")]),
    ("X: 3x3; f = log(det(X))", {}, [
        ("df/dX = X^{-T}", RIGHT, ""), ("df/dX = (X^-1)^T", RIGHT, ""),
        ("df/dX = inv(X)", WRONG, "It is the transpose."),
    ]),
    ("A: 4x3; V: 3x2; s = sum(A V)", {}, [
        ("ds/dV = A^T ones(4, 2)", RIGHT, ""), ("ds/dA = ones(4) (V ones(2))^T", RIGHT, ""),
        ("ds/dV = A^T 𝟏", WRONG, ""),
    ]),
    ("X: 5x3; w: 3; y: 5; b; z = X w + b*ones(5); L = ||z - y||^2/5", {}, [
        ("dL/dw = 2/5 X^T (z - y)", RIGHT, ""), ("dL/db = 2/5*sum(z - y)", RIGHT, ""), ("dz/db = 𝟏", RIGHT, ""),
        ("dL/db = 2/5 𝟏^T (z - y)", RIGHT, ""),
        ("dz/dw = 2 I X", WRONG, "The factor 2 is too much."),
        ("dL/dz = 1/5 (z - y)", WRONG, "The factor 2 is missing."),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "asked", "claims"), CLAIMS)
def test_an_answer_of_vectors_and_matrices_is_judged(visit, source, asked, claims):
    page, found = visit(of(source, **asked)), []
    for claim, _, _ in claims:
        page.fill("#answer", claim)
        said = page.locator("#verdicts p").last
        found.append((claim, said.get_attribute("class"), " ".join(said.inner_text().split("\n")[1:])))
    assert [(claim, kind) for claim, kind, _ in found] == [(claim, kind) for claim, kind, _ in claims]
    for (claim, _, more), (_, _, expected) in zip(found, claims, strict=True):
        assert expected in more, claim


@pytest.mark.parametrize(
    ("claim", "said", "mark"),
    [
        ("dL/dx = W t", "2 × 3 times 2 is no product: the left one transposed would fit (^T).", "t"),
        ("dL/dx = W x + x", "2 and 3 do not fit entry by entry.", "+"),
        ("dL/dh = (h - t)/h", "A division by a vector or a matrix is ./, entry by entry.", "/"),
        ("dL/dW = q x^T", "There is no variable “q”.", "q"),
        ("dL/dW = inv(W)", "An inverse is of a square matrix, and this is 2 × 3.", "i"),
        ("dL/dx = (W", "A “)” is missing.", " "),
        ("dL/dx = ones(1e9)", "The sizes of ones(n) are whole numbers up to 100.", "o"),
        ("dL/dx", "A claim says what something is: write an =.", " "),
        ("dh/dW = 1", "This derivative has more than two axes, and no matrix is equal to it.", " "),
    ],
)
def test_what_is_not_read_shows_its_place(visit, claim, said, mark):
    page = visit(of(DENSE))
    page.fill("#answer", claim)
    assert page.inner_text("#verdicts strong") == said
    assert page.locator("#verdicts p").get_attribute("class") == "unread"
    assert page.locator("#verdicts mark").text_content() == mark


def test_inputs_that_are_not_what_is_assumed_are_said(visit):
    """As on the command line: the formulas beside the numbers would not hold."""
    page = visit(of(FORM, assume=("A = A^T",)))
    assert "These inputs" not in page.inner_text("body")  # it begins with a symmetric one
    page.click("#opener")
    page.get_by_label("A, row 1, column 2").fill("7")
    assert "These inputs are not what is assumed: A = A^T." in page.inner_text("body")


def test_the_command_line_says_the_same(run):
    for source, asked, claims in CLAIMS[:2]:
        options = [word for name, values in asked.items() for value in values for word in (f"--{name}", value)]
        for claim, kind, _ in claims[:4]:
            made = run("check", source, *options, "--claim", claim)
            assert made.exit_code == (0 if kind == RIGHT else 1), claim


def test_a_system_of_letters_has_no_field(visit):
    page = visit(of("W: m x n; x: n; y = W x"))
    assert page.locator("#answer >> visible=true").count() == 0
    with pytest.raises(AdgraphError):
        of("W: 2x3; x: 2; y = W x")
