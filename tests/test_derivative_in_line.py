"""A derivative in a line of a document."""

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.documents.derivative import derivative
from graphviz_ad.read.sources import SourceText

SYSTEM = SourceText("y = 2a x^3 + 3b; z = y^2", "text")


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("dz/dx", r"\frac{\mathrm{d}z}{\mathrm{d}x} = 12ax^2(2ax^3 + 3b)"),
        ("∂z/∂x", r"\frac{\partial z}{\partial x} = 12ax^2(2ax^3 + 3b)"),
        ("∂z/dx", r"\frac{\partial z}{\partial x} = 12ax^2(2ax^3 + 3b)"),  # by the first symbol
        ("d2z/dx2", r"\frac{\mathrm{d}^2z}{\mathrm{d}x^2} = 24ax(5ax^3 + 3b)"),
        (r"\partial z/\partial x", r"\frac{\partial z}{\partial x} = 12ax^2(2ax^3 + 3b)"),
        (" d z / d x ", r"\frac{\mathrm{d}z}{\mathrm{d}x} = 12ax^2(2ax^3 + 3b)"),
        ("dy/da", r"\frac{\mathrm{d}y}{\mathrm{d}a} = 2x^3"),
        ("dz/dy", r"\frac{\mathrm{d}z}{\mathrm{d}y} = 2(2ax^3 + 3b)"),  # by a variable between
        ("d^2z/dx^2", r"\frac{\mathrm{d}^2z}{\mathrm{d}x^2} = 24ax(5ax^3 + 3b)"),
        ("∂²z/∂a∂x", r"\frac{\partial^2z}{\partial a \, \partial x} = 48ax^5 + 36x^2b"),
        ("∂²z/∂x∂a", r"\frac{\partial^2z}{\partial x \, \partial a} = 48ax^5 + 36x^2b"),
    ],
)
def test_a_derivative_of_a_system(words, latex):
    assert derivative(SYSTEM, (), words) == latex


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("z", "'z' is not a derivative\nhint: write dz/dx"),
        ("dq/dx", "there is no variable 'q'"),
        ("dz/dq", "there is no variable 'q'"),
        ("dx/dz", "x does not depend on z"),
        ("dy/dz", "y does not depend on z"),
        ("dx/da", "x does not depend on a"),
        ("dz/dx^2", "'dz/dx^2' has order 1 above and 2 below"),
        ("d^2z/dy^2", "'d^2z/dy^2' is not a derivative with respect to inputs"),
        ("d^2z/dx", "'d^2z/dx' has order 2 above and 1 below"),
    ],
)
def test_what_is_no_derivative_of_it(words, said):
    with pytest.raises(AdgraphError) as caught:
        derivative(SYSTEM, (), words)
    assert str(caught.value).startswith(said)


def test_options_say_how_the_source_is_read():
    kept = SourceText("f(u) = u^2; y = f(3x)", "text")
    assert derivative(kept, [("keep-functions", ""), ("view", "forward")], "dy/dx").endswith("= 3 \\, f'(3x)")
