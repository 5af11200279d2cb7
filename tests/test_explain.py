"""adgraph derive --explain: the rule behind each step."""

import pytest

from graphviz_ad.derive.explain import steps
from tests.conftest import plain, system


def explained(source: str, **asked: object) -> list[str]:
    here = system(source, **asked)
    found = steps(here.graph_views[True], here.algebra, here.edge_derivatives[True])
    return [f"{plain(step.operation)}: {step.rule}: {plain(step.derivative)}" for step in found]


def test_the_reference_step_by_step():
    assert explained("y = 2x^3 + 3; z = y^2") == [
        "z = y^2: power rule: dz/dy = 2*y",
        "y = v_2 + 3: sum rule, the derivative of a constant is 0: dy/dv_2 = 1",
        "v_2 = 2*v_1: constant multiple rule: dv_2/dv_1 = 2",
        "v_1 = x^3: power rule: dv_1/dx = 3*x^2",
    ]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("y = a*b", "y = a*b: product rule: ∂y/∂a = b"),
        ("y = a/b", "y = a/b: quotient rule: ∂y/∂b = -(a/b^2)"),
        ("y = 1/x", "y = 1/x: reciprocal rule: dy/dx = -(1/x^2)"),
        ("y = 2^x", "y = 2^x: derivative of an exponential: dy/dx = y*log(2)"),
        ("y = sin(x)", "y = sin(x): derivative of sin: dy/dx = cos(x)"),
        ("y = x*x", "y = x*x: product rule, both factors the same: dy/dx = 2*x"),
        ("y = a - x", "y = a - x: difference rule: ∂y/∂x = -1"),
    ],
)
def test_rules_by_what_varies(source, line):
    assert line in explained(source)


def test_parameters_are_constants():
    assert explained("y = a*x", wrt=("x",)) == ["y = a*x: constant multiple rule: dy/dx = a"]


def test_derive_explains(run):
    out = run("derive", "y=2x^3+3; z=y^2", "--explain").stdout
    assert "constant multiple rule" in out
    assert out.rstrip().splitlines()[-2].endswith("= 2y · 1 · 2 · 3x² = 12x²(2x³ + 3)")
    assert run("derive", "y = x", "--explain", "--format", "typst").exit_code == 2
    assert "| $y = x^2$ | power rule |" in run("derive", "y=x^2", "--explain", "--format", "markdown").stdout
