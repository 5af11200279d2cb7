"""adgraph check: one derivative in four ways, and through other libraries."""

import math
import re
from pathlib import Path

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.derive.chain import chains
from graphviz_ad.point.at_kinks import at_kinks
from graphviz_ad.point.checking import BESIDE_THE_KINK, EXACT, Method, agree, contradicted, methods, scale
from graphviz_ad.point.differences import ROUNDING, Found, noise
from graphviz_ad.point.evaluate import adjoints, values
from graphviz_ad.point.libraries import LIBRARIES, gradient_by
from tests.conftest import graph, system
from tests.corpus import CASES

SMOOTH = "y=-(max(-x,0)+log1p(exp(-abs(x))))"  # at 0 too
REFERENCE = "y=2x^3+3; z=y^2"


def test_the_reference_in_every_way():
    methods = system(REFERENCE, at={"x": 0.5}).methods(*_ends(REFERENCE, "z", "x"))
    assert [method.name for method in methods] == [
        "manual: the chain multiplied out",
        "numerical, forward difference",
        "numerical, central difference",
        "numerical, Richardson",
        "symbolic: one expression",
        "automatic, forward mode",
        "automatic, reverse mode",
    ]
    errors = [abs(method.value - 9.75) for method in methods]
    assert [errors[k] for k in (0, 4, 5, 6)] == [0, 0, 0, 0]
    assert 1e-8 < errors[1] < 1e-5
    assert errors[1] > errors[2] > errors[3]


def test_the_chains_of_a_system_are_made_once_for_all_pairs(run, monkeypatch):
    made = []
    monkeypatch.setattr("graphviz_ad.lesson.chained.chains", lambda *given: made.append(given) or chains(*given))
    assert run("check", "p=a*b; q=a-b", "--at", "a=2,b=3").stdout.count("automatic, reverse mode") == 4
    assert len(made) == 1


def test_no_point_of_a_difference_is_evaluated_twice(monkeypatch):
    points = []
    monkeypatch.setattr(
        "graphviz_ad.point.differences.values", lambda graph, at: points.append(at["x"]) or values(graph, at)
    )
    system("y = sin(x^2)", at={"x": 1000.0}).methods(*_ends("y = sin(x^2)", "y", "x"))
    assert len(points) == len(set(points)) > 10


def _ends(source: str, of: str, wrt: str) -> tuple[int, int]:
    here = graph(source)
    return here.index(of), here.index(wrt)


def test_noise_is_what_rounding_makes_of_each_value_that_varies():
    """Of 3x and of y, each by what y changes with it; not of numbers, nor of x itself."""
    here = graph("y = (3*x + 100)*2")
    found, (x,) = values(here, {"x": 2.0}), here.inputs()
    made = noise(here, x, found, adjoints(here, here.outputs[0], found, {x}))
    assert made / ROUNDING == pytest.approx(2 * 6 + 2 * 106 + 212)


def test_a_method_without_a_value_contradicts_nothing():
    def seen(*values):
        return [Method("difference", value, "", EXACT, at_kink=BESIDE_THE_KINK) for value in values]

    assert agree(Method("manual", None, "", EXACT), 1.0, 1.0)
    assert not contradicted(seen(2.0, None), 1.0, 1.0)
    assert contradicted(seen(2.0, None, 2.0), 1.0, 1.0)


def _sum(letter: str) -> str:
    return "(" + " + ".join(f"{letter}_{{{k}}}" for k in range(42)) + ")"


@pytest.mark.parametrize(
    ("source", "value", "cost"),
    [
        (f"y = x*{_sum('a')}; z = y*{_sum('b')}", 42.0**2, 41 + 1 + 41),
        (f"y = x*{_sum('a')}; z = y*{_sum('b')} + x*{_sum('c')}", 42.0**2 + 42, 41 + 1 + 41 + 1 + 41),
    ],
)
def test_what_is_too_long_to_multiply_out_is_counted_as_it_stands(source, value, cost):
    asked = system(source, wrt=("x",))
    (chain,) = asked.chains(False)
    assert chain.notes == ("the product is too long to multiply out",)
    found = graph(source)
    by_hand = methods(
        found, chain, found.outputs[0], found.places["x"], dict.fromkeys(map(found.name, found.inputs()), 1.0)
    )[0]
    assert (by_hand.value, by_hand.cost) == (value, f"{cost} operations")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_formulas_agree_in_every_way(case):
    asked = system(case.text, at=case.at)
    (of,) = asked.graph.outputs
    for wrt in asked.wrt():
        methods = asked.methods(of, wrt)
        reference = methods[-1].value
        size = scale(asked.graph, of, wrt, asked.point())
        for method in methods:
            assert agree(method, reference, size), (method, reference)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_other_libraries_agree(case, library):
    """autograd and SymPy come with the tests; torch, jax and tensorflow take part where they are installed."""
    pytest.importorskip(LIBRARIES[library].package)
    asked = system(case.text, at=case.at)
    (of,) = asked.graph.outputs
    (expected,) = asked.evaluation.gradient.values()
    try:
        found = gradient_by(library, asked.graph, of, asked.point())
    except AdgraphError as error:
        assert "is not run through" in error.message
        return
    for name, partial in found.items():
        assert math.isclose(partial, expected[name], rel_tol=1e-7, abs_tol=1e-9), name


@pytest.mark.parametrize("name", ["f", "sin"])
def test_a_library_has_no_user_defined_functions(run, name):
    """Nor is one taken for the library's, where its name is that of an operation."""
    result = run(
        "check", f"{name}(u) = u^2; y = 3{name}(2x)", "--keep-functions", "--at", "x=0.5", "--with", "autograd"
    )
    assert f"'{name}' is not run through autograd" in result.stdout


def test_check_prints_a_table_and_agrees(run):
    result = run("check", REFERENCE, "--at", "x=0.5", "--with", "autograd,sympy")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["dz/dx", "value", "error", "cost"]
    assert [line[-1] for line in lines[-2:]] == ["0.0e+00", "0.0e+00"]
    assert "step 1.5e-08" in result.stdout


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("y = relu(x)", ["in the equation of y: relu(x) has a kink at x = 0; the derivative taken: 0 at x = 0; "
                         "to the left dy/dx is 0, to the right dy/dx is 1",
                         "numerical, forward difference sees the slopes beside the kink: 1 against 0",
                         "numerical, central difference sees the slopes beside the kink: 0.5 against 0",
                         "numerical, Richardson sees the slopes beside the kink: 0.5 against 0"]),
        ("y = abs(x)", ["in the equation of y: abs(x) has a kink at x = 0; the derivative taken: 0 at x = 0; "
                        "to the left dy/dx is -1, to the right dy/dx is 1",
                        "numerical, forward difference sees the slopes beside the kink: 1 against 0"]),
    ],
)  # fmt: skip
def test_differences_see_the_slopes_beside_a_kink(run, source, said):
    result = run("check", source, "--at", "x=0")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [f"adgraph: note: {note}" for note in said]


def test_check_fails_where_the_ways_disagree(run, monkeypatch):
    monkeypatch.setattr("graphviz_ad.point.checking.tangents", lambda graph, found, seed: [7.0] * len(found))
    for source, at in (
        ("y = x^2", "x=1"),
        ("y = relu(x)", "x=0"),
    ):  # a kink excuses no method but those that look beside it
        result = run("check", source, "--at", at)
        assert result.exit_code == 1
        assert "adgraph: automatic, forward mode disagrees: 7 against" in result.stderr


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ("y = exp(x)", "x=709", "a difference is too large for a floating-point number"),
        ("y = 1/x^4", "x=1e62", "x^5 is too large for a floating-point number at x = 1e+62"),
    ],
)
def test_a_way_that_leaves_the_numbers_says_so_and_disagrees_with_none(run, source, at, said):
    result = run("check", source, "--at", at)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"—  {said}" in " ".join(result.stdout.split()).replace("— ", "—  ")


def test_where_all_differences_agree_with_each_other_and_not_with_our_own_it_is_ours_that_is_wrong(run, monkeypatch):
    def wrong(point, of, own, stops=()):
        return {wrt: here.replace(taken=0.0, sides=None) for wrt, here in at_kinks(point, of, own, stops).items()}

    monkeypatch.setattr("graphviz_ad.point.checking.at_kinks", wrong)
    result = run("check", SMOOTH, "--at", "x=0")
    assert result.exit_code == 1
    for name in ("forward difference", "central difference", "Richardson"):
        assert f"adgraph: numerical, {name} disagrees: 0.5" in result.stderr


def test_kinks_that_cancel_excuse_the_formulas_and_nothing_else(run, monkeypatch):
    result = run("check", SMOOTH, "--at", "x=0")
    values = dict(re.split(r"\s{2,}", line.strip())[:2] for line in result.stdout.splitlines()[1:])
    assert result.exit_code == 0
    assert values["automatic, reverse mode"] == values["automatic, forward mode"] == "0.5"
    assert values["numerical, forward difference"] == values["numerical, Richardson"] == "0.5"
    assert result.stderr.splitlines() == [
        "adgraph: note: dy/dx = 0.5 at x = 0, the slope to both sides; "
        "what is taken at the kinks of max(-x, 0) and abs(x) would make it 0",
        "adgraph: note: manual: the chain multiplied out has what each operation takes at its kink: 0 against 0.5",
        "adgraph: note: symbolic: one expression has what each operation takes at its kink: 0 against 0.5",
    ]
    monkeypatch.setattr("graphviz_ad.point.checking._value", lambda *given: (7.0, 1))
    result = run("check", SMOOTH, "--at", "x=0")
    assert result.exit_code == 1
    assert "adgraph: manual: the chain multiplied out disagrees: 7 against 0.5" in result.stderr


def test_a_kink_that_is_not_on_the_way_excuses_nothing(run, monkeypatch):
    monkeypatch.setattr("graphviz_ad.point.checking.by_difference", lambda *args: Found(7.0, 1e-8, 0.0))
    result = run("check", "y = abs(x) + a^2", "--at", "x=0,a=1", "--wrt", "a")
    assert result.exit_code == 1
    assert "kink" not in result.stderr
    assert "adgraph: numerical, forward difference disagrees: 7 against 2" in result.stderr


@pytest.mark.parametrize("library", [name for name in LIBRARIES if name not in ("autograd", "sympy")])
def test_a_library_that_is_missing_is_named(run, library):
    from importlib.util import find_spec

    if find_spec(LIBRARIES[library].package) is None:
        result = run("check", "y = x^2", "--at", "x=1", "--with", library)
        assert result.exit_code == 0
        assert f"{library} is not installed (pip install {LIBRARIES[library].package})" in result.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["y = x^2"], 1, "no value is given for x"),
        (["y = 2"], 1, "there is no input to differentiate by"),
        (["y = x^2", "--at", "x=1", "--with", "theano"], 2, "'theano' is not one of autograd, torch"),
        ([REFERENCE, "--at", "x=1", "--wrt", "y"], 1, "'y' is no input: its value cannot be moved"),
        (["y = log(x)", "--at", "x=-1"], 1, "log(x) is not defined at x = -1"),
    ],
)
def test_mistakes(run, words, status, said):
    result = run("check", *words)
    assert result.exit_code == status
    assert said in result.stderr


def test_the_v_of_truncation_and_rounding():
    asked = system("y = exp(x)", at={"x": 1})
    forward, central, richardson = (
        line.points for line in asked.error_plot(*_ends("y = exp(x)", "y", "x"), math.e).content.series
    )
    for points, order in ((forward, 1), (central, 2), (richardson, 4)):
        error = dict(points)
        assert math.isclose(error[2.0**-4] / error[2.0**-5], 2**order, rel_tol=0.1)  # truncation: O(h^order)
    best = [min(points, key=lambda p: p[1])[0] for points in (forward, central, richardson)]
    assert best[0] < best[1] < best[2]
    assert dict(forward)[2.0**-52] > 1e-2  # rounding


def test_the_plot_is_written(run):
    result = run("check", "y=exp(x)", "--at", "x=1", "--plot", "err.svg")
    assert (result.exit_code, result.stderr) == (0, "err.svg\n")
    assert "<title>Richardson</title>" in Path("err.svg").read_text("utf-8")


@pytest.mark.parametrize(("name", "said"), [("err.xyz", "Unknown format 'xyz'"), ("err", "has no extension")])
def test_a_plot_needs_a_format(run, name, said):
    result = run("check", "y=exp(x)", "--at", "x=1", "--plot", name)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_dot_has_no_plots(run):
    result = run("check", "y=exp(x)", "--at", "x=1", "--plot", "err.dot")
    assert result.exit_code == 1
    assert "DOT has no place for a plot" in result.stderr


def test_where_there_is_no_error_nothing_is_plotted_and_said_so(run):
    result = run("check", "y = 0*x", "--at", "x=1", "--plot", "err.svg")
    said = "adgraph: note: y by x has no error to show: every difference that has a value is exact\n"
    assert (result.exit_code, result.stderr) == (0, said)
    assert not Path("err.svg").exists()
    assert run("check", "y = 0*x; z = exp(x)", "--at", "x=1", "--plot", "err.svg").stderr == said + "err.svg\n"
    assert Path("err.svg").read_text("utf-8").count("<title>Richardson</title>") == 1


# ---- differences far from 1


@pytest.mark.parametrize(
    ("source", "x"),
    [
        ("y = x^2", 1e4),
        ("y = x^10", 1e3),
        ("y = (x - 1000)^2", 1000),
        ("y = x^2", 0),
        ("y = cos(x)", math.pi),
        ("y = exp(x/100)", 700),
        ("y = exp(x)", 700),
        ("y = exp(-x^2)", 5),
        ("y = sin(x)", 1e6),
        ("y = sin(x)", -1e8),
        ("y = sin(x)", 1e12),
        ("y = sin(x*x)", 1000),
        ("y = silu(x) + tan(x)", 48672694.98623401),
        ("y = cos(1000x)", 1),
        ("y = sin(100x)", 1),
        ("y = 1/x", 1e-3),
        ("y = x^3", 1e-6),
        ("y = abs(x)", 1e-12),
        ("y = log(x)", 1e-8),
        ("y = sqrt(x)", 1e-9),
        ("y = x^(1/3)", 1e-7),
        ("y = arcsin(x)", 0.9999999),
        ("y = tanh(50x)", 0.3),
        ("y = 1e12 + x", 1),
        ("y = (1e12 + x) - 1e12", 1),
        ("y = arctan(x)/abs(x)", 9.505039035640945e-08),
        ("y = gelu(x)", -12),
    ],
)
def test_a_correct_derivative_is_no_mismatch_wherever_it_is(source, x):
    asked = system(source, at={"x": x})
    of, wrt = _ends(source, "y", "x")
    methods = asked.methods(of, wrt)
    size = scale(asked.graph, of, wrt, asked.point())
    assert [method.name for method in methods if not agree(method, methods[-1].value, size)] == []
    assert [method.name for method in methods if method.value is None] == []


@pytest.mark.parametrize(
    ("source", "x"), [("y = x^2", 1e4), ("y = sin(x)", 1e6), ("y = exp(x)", 700), ("y = 1/x", 1e-3)]
)
def test_a_wrong_derivative_is_a_mismatch(source, x):
    """One that is off by a thousandth is told from the right one by every method."""
    asked = system(source, at={"x": x})
    of, wrt = _ends(source, "y", "x")
    methods = asked.methods(of, wrt)
    size = scale(asked.graph, of, wrt, asked.point())
    assert not any(agree(method, methods[-1].value * 1.001, size) for method in methods)


def test_a_kink_is_a_mismatch_at_every_step():
    methods = system("y = abs(x - 1)", at={"x": 1}).methods(*_ends("y = abs(x - 1)", "y", "x"))
    assert [method.value for method in methods if not agree(method, 0.0, 1.0)] == [1.0]
