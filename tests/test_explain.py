"""adgraph derive --explain: the rule behind each step."""

from pathlib import Path

import pytest

from graphviz_ad.derive.explain import steps
from tests.conftest import plain, system


def explained(source: str, **asked: object) -> list[str]:
    here = system(source, **asked)
    found = steps(here.graph_views.full, here.algebra, here.edge_derivatives.full)
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
    assert "= 2y · 1 · 2 · 3x² = 12x²(2x³ + 3)" in out
    assert run("derive", "y = x", "--explain", "--format", "typst").exit_code == 2
    assert "| $y = x^2$ | power rule |" in run("derive", "y=x^2", "--explain", "--format", "markdown").stdout


@pytest.mark.parametrize("source", ["y=2x^3+3; z=y^2", "y=x^2", "e=(a+b)*(b+1)", "y=sin(a*x+b*c); z=y^2+exp(b)*x"])
@pytest.mark.parametrize("options", [(), ("--order", "2"), ("--format", "latex")])
def test_an_explanation_ends_as_the_derivation_does(run, source, options):
    plain, explained = (run("derive", source, *options, *more).stdout for more in ((), ("--explain",)))
    lines = [line for line in plain.splitlines() if not line.startswith("\\")]
    assert [line for line in explained.splitlines() if not line.startswith("\\")][-len(lines) :] == lines


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("y=sin(a*x+b*c); z=y^2", ["v₂ = bc"]),  # which is no step, since no a is in it
        ("y=a*x+b*c*d", ["v₃ = bcd"]),
        ("y=a*x", []),
    ],
)
def test_what_a_step_reads_is_said_where_it_is_no_step_itself(run, source, said):
    lines = [line.strip() for line in run("derive", source, "--explain", "--wrt", "a").stdout.splitlines()]
    assert [line for line in lines if line.startswith("v") and line.count("  ") == 0 and "─" not in line] == said


def test_the_values_of_a_full_chain_are_said(run):
    """In the terminal, in a figure without a legend, in the last of its frames, and in an exercise."""
    source = "y=sin(a*x+b*c); z=y^2"
    for words in (("derive", "--graph", "full"), ("show", "--view", "chain-full")):
        lines = [line.strip() for line in run(words[0], source, "--wrt", "a", *words[1:]).stdout.splitlines()]
        assert lines[-3:] == ["v₁ = ax", "v₂ = bc", "v₃ = v₁ + v₂"]
    beside = run("show", source, "--wrt", "a", "--view", "backward,chain-full").stdout
    assert beside.count("v₂ = bc") == 1
    asked = ("draw", source, "--wrt", "a", "--view")
    for more in (("chain-full", "--frames", "frames/", "--format", "text"), ("chain-full", "-o", "a.txt"),
                 ("backward,chain-full", "--blank", "derivatives", "-o", "b.txt")):  # fmt: skip
        assert run(*asked, *more).exit_code == 0
    files = (Path("a.txt"), Path("b.txt"), max(Path("frames").iterdir()))
    assert all("v₂ = bc" in file.read_text("utf-8") for file in files)
