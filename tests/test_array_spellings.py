"""However a system is spelled, its derivative is that of the book, and what numbers say."""

import pytest

from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.arrays.claims import array_judge
from graphviz_ad.read.sources import SourceText
from tests.array_spellings import SPELLINGS
from tests.test_arrays import check
from tests.test_arrays_forms import results, system

LETTERS = "x: n;"  # sizes without numbers


@pytest.mark.parametrize(("form", "text"), SPELLINGS)
def test_a_spelling_has_the_form_of_the_book(form: str, text: str) -> None:
    first = text.split(":", 1)[0]
    found = results(text)
    assert [value for key, value in found.items() if key.endswith(f" by {first}")][-1] == form


@pytest.mark.parametrize("text", [text for _, text in SPELLINGS if not text.startswith(LETTERS)])
def test_a_spelling_is_what_numbers_say(text: str) -> None:
    check(text, 1)


@pytest.mark.parametrize(("text", "layouts"), [
    ("s: scalar; x: 3; y = s x", ("x", "x", "x^T")),
    ("s: scalar; x: 3; y = s x^T", ("x^T", "x^T", "x")),
    ("s: scalar; X: 3x2; y = s X", ("X", "X", "X")),
])  # fmt: skip
def test_a_derivative_by_a_number_has_the_shape_of_what_is_differentiated(text: str, layouts: tuple[str, ...]) -> None:
    for layout, form in zip(("gradient", "numerator", "denominator"), layouts, strict=True):
        assert results(text, layout=layout)["y by s"] == form
        (verdict,) = array_judge(system(text, layout=layout).graph, layout).verdicts(
            SourceText(f"dy/ds = {form}", "text")
        )
        assert verdict.is_right


@pytest.mark.parametrize(("text", "sides"), [
    ("q: scalar; x: 3; s = q^2; y = s x; L = ||y||^2", "∂L/∂q = ds/dq*(∂y/∂s)^T*dL/dy = 4*q*x^T*y"),
    ("x: n; μ = 1^T x/n; c = x - μ; v = c^T c/n",
     "dv/dx = (∂c/∂x)^T*dv/dc + dμ/dx*(∂c/∂μ)^T*dv/dc = 2*c/n - 2*𝟏*𝟏^T*c/n^2 = 2*c/n"),
    ("x: 3; c: 3; k = exp(-||x - c||^2/(2 s^2))", "∂k/∂x = -(k/s^2)*(x - c)"),  # said once
    ("x: 3; s = norm(x); y = s x; L = ||y||^2",
     "dL/dx = ds/dx*(∂y/∂s)^T*dL/dy + (∂y/∂x)^T*dL/dy = 2*x*x^T*y/s + 2*s*y = 2*(x^T*y)*x/s + 2*s*y"),
    ("W: 2x3; x: 3; t: 2; y = W x; L = y^T y - 2 t^T y + t^T t", "∂L/∂x = (∂y/∂x)^T*∂L/∂y = 2*W^T*(y - t)"),
])  # fmt: skip
def test_lines_of_chains(text: str, sides: str) -> None:
    lines = [write(chain.lines[-1], Plain()) for chain in system(text).chains(False)]
    assert sides in lines
