"""Evaluation traces: the tables of the survey by Baydin et al., and their numbers against the gradient."""

import math

import pytest

from graphviz_ad.core.formula import Product, Rounded, Sum
from graphviz_ad.core.names import Name
from graphviz_ad.formats import tables
from graphviz_ad.point.traces import trace_table
from tests.conftest import plain, system
from tests.corpus import CASES

SURVEY = "y = log(x_1) + x_1*x_2 - sin(x_2)"
POINT = {"x_1": 2.0, "x_2": 5.0}


def lines(mode: str, source: str = SURVEY, at: dict[str, float] = POINT, direction: str | None = None) -> list[str]:
    (trace,) = system(source, at=at, digits=4).traces([mode], direction)
    return [" | ".join([plain(step.primal), *map(plain, step.beside)]) for step in trace.steps]


def test_the_tangent_trace_of_the_survey():
    # A. G. Baydin et al., Automatic differentiation in machine learning: a survey, JMLR 18 (2018), table 2
    assert lines("forward") == [
        "x_1 = 2 | x\u0307_1 = 1",
        "x_2 = 5 | x\u0307_2 = 0",
        "v_1 = log(x_1) = log(2) ≈ 0.6931 | v\u0307_1 = x\u0307_1*(1/x_1) = 1*(1/2) = 0.5",
        "v_2 = x_1*x_2 = 2*5 = 10 | v\u0307_2 = x\u0307_1*x_2 + x\u0307_2*x_1 = 1*5 + 0*2 = 5",
        "v_3 = v_1 + v_2 = 0.6931 + 10 ≈ 10.69 | v\u0307_3 = v\u0307_1 + v\u0307_2 = 0.5 + 5 = 5.5",
        "v_4 = sin(x_2) = sin(5) ≈ -0.9589 | v\u0307_4 = x\u0307_2*cos(x_2) = 0*cos(5) = 0",
        "y = v_3 - v_4 = 10.69 - (-0.9589) ≈ 11.65 | y\u0307 = v\u0307_3 + v\u0307_4*(-1) = 5.5 + 0*(-1) = 5.5",
    ]


def test_the_adjoint_trace_of_the_survey():
    # the same, table 3, to be read upwards
    assert [line.partition(" | ")[2] for line in lines("reverse")] == [
        "",
        "",
        "x\u0304_1 = x\u0304_1 + v\u0304_1*(1/x_1) = 5 + 1*(1/2) = 5.5",
        "x\u0304_1 = v\u0304_2*x_2 = 1*5 = 5 | x\u0304_2 = x\u0304_2 + v\u0304_2*x_1 = -0.2837 + 1*2 ≈ 1.716",
        "v\u0304_1 = v\u0304_3 = 1 | v\u0304_2 = v\u0304_3 = 1",
        "x\u0304_2 = v\u0304_4*cos(x_2) = -1*cos(5) ≈ -0.2837",
        "v\u0304_3 = y\u0304 = 1 | v\u0304_4 = y\u0304*(-1) = 1*(-1) = -1 | y\u0304 = 1",
    ]


def test_a_value_is_not_said_twice():
    primal = [line.partition(" | ")[0] for line in lines("forward", "a = -x; b = -a; z = b", {"x": 2.0})]
    assert primal == ["x = 2", "a = -x = -2", "b = -a = -(-2) = 2", "z = b = 2"]


def test_the_direction_may_be_chosen():
    assert lines("forward", direction="x_2")[-1].endswith("≈ 1.716")


def test_what_two_traces_have_in_common_is_made_and_set_once(monkeypatch):
    forward, reverse = system(SURVEY, at=POINT).traces(["forward", "reverse"], None)
    assert all(one.primal is other.primal for one, other in zip(forward.steps, reverse.steps, strict=True))
    tables_of_both, known = [trace_table(forward), trace_table(reverse)], {}
    alone = [tables.text(table, 6) for table in tables_of_both]
    counted, block = [], tables.block
    monkeypatch.setattr(tables, "block", lambda cell, *more: counted.append(cell) or block(cell, *more))
    assert [tables.text(table, 6, None, known) for table in tables_of_both] == alone
    for step in forward.steps:
        assert sum(cell is step.primal for cell in counted) == 1


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case.name)
def test_both_traces_end_in_the_gradient(case):
    asked = system(case.text, at=case.at)
    (partials,) = asked.evaluation.gradient.values()
    (reverse,) = asked.traces(["reverse"], None)
    last: dict[str, float] = {}
    for step in reversed(reverse.steps):  # upwards
        for line in reversed(step.beside):
            assert isinstance(line.sides[-1], Rounded)
            last[plain(line.sides[0])] = line.sides[-1].value
    for name, partial in partials.items():
        assert math.isclose(last.get(Name(name).accented("bar"), 0.0), partial, rel_tol=1e-9, abs_tol=1e-12)
        (forward,) = asked.traces(["forward"], name)
        end = next(
            step for step in reversed(forward.steps) if step.beside[0].sides[0].name == _output(asked).accented("dot")
        )
        assert math.isclose(end.beside[0].sides[-1].value, partial, rel_tol=1e-9, abs_tol=1e-12)


def _output(asked) -> Name:
    (output,) = asked.graph.outputs
    return asked.graph.name(output)


def test_eval_prints_the_traces(run):
    result = run("eval", SURVEY, "--at", "x_1=2,x_2=5", "--trace", "both", "--digits", "4")
    assert "x̄₂ = x̄₂ + v̄₂ · x₁ = −0.2837 + 1 · 2 ≈ 1.716" in result.stdout
    assert result.stderr.splitlines() == [
        "adgraph: forward mode took 5 multiplications by local derivatives; for all 2 inputs, 2 · 5 = 10",
        "adgraph: reverse mode took 5 multiplications by local derivatives",
    ]
    latex = run("eval", SURVEY, "--at", "x_1=2,x_2=5", "--trace", "reverse", "--format", "latex").stdout
    assert r"$\bar{x}_1 = \bar{v}_2 \cdot x_2 = 1 \cdot 5 = 5$" in latex


def test_a_trace_is_at_one_point(run):
    result = run("eval", "y = x", "--at", "x=0:1", "--trace", "forward")
    assert result.exit_code == 2
    assert "A trace is a table at one point" in result.stderr


def test_a_parameter_adds_nothing_to_a_tangent():
    (trace,) = system("y = a*x", at={"a": 2.0, "x": 3.0}, wrt=("x",)).traces(["forward"], None)
    (tangent,) = trace.steps[-1].beside
    assert plain(tangent) == "y\u0307 = x\u0307*a = 1*2 = 2"


def test_where_kinks_cancel_a_line_has_the_slope_alone():
    """relu(x) - relu(-x) is x, whose slope at 0 no sum of what is taken for relu there makes."""
    identity = "y = relu(x) - relu(-x)"
    assert lines("reverse", identity, {"x": 0.0})[1] == "v_1 = relu(x) = relu(0) = 0 | x\u0304 = 1"
    assert lines("forward", identity, {"x": 0.0})[-1] == "y = v_1 - v_3 = 0 - 0 = 0 | y\u0307 = 1"


LOSS = "z = w*x+b; a = sigmoid(z); L = -(t*log(a)+(1-t)*log(1-a))"


@pytest.mark.parametrize(
    ("source", "at", "forward", "reverse"),
    [
        (SURVEY, {"x_1": 2, "x_2": 5}, 5, 5),
        ("y = a*x", {"a": 1, "x": 2}, 2, 2),
        (LOSS, {"w": 1, "x": 1, "b": 0.1, "t": 1}, 12, 12),  # with tangents that are 0, and derivatives that are −1
        ("y = a*x; z = y + 1", {"a": 1, "x": 2}, 2, 2),  # a derivative that is 1 is not written
    ],
)
def test_every_product_that_is_printed_is_counted_and_no_other(source, at, forward, reverse):
    for trace in system(source, at=at).traces(["forward", "reverse"], None):
        printed = 0
        for line in (line for step in trace.steps for line in step.beside if len(line.sides) > 2):
            performed = line.sides[1]
            terms = performed.terms if isinstance(performed, Sum) else (performed,)
            printed += sum(isinstance(term, Product) for term in terms)
        assert trace.multiplications == printed == {"forward": forward, "reverse": reverse}[trace.mode]
