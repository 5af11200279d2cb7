"""adgraph check: one derivative in four ways, and through other libraries."""

import math
from pathlib import Path

import pytest

from graphviz_ad.errors import AdgraphError
from graphviz_ad.transform.checking import agree
from graphviz_ad.transform.libraries import LIBRARIES, gradient_by
from tests.conftest import graph, system
from tests.corpus import CASES

REFERENCE = "y=2x^3+3; z=y^2"


def test_the_reference_in_every_way():
    ways = system(REFERENCE, at={"x": 0.5}).ways(*_ends(REFERENCE, "z", "x"))
    assert [way.name for way in ways] == [
        "manual: the chain multiplied out",
        "numerical, forward difference",
        "numerical, central difference",
        "numerical, Richardson",
        "symbolic: one expression",
        "automatic, forward mode",
        "automatic, reverse mode",
    ]
    errors = [abs(way.value - 9.75) for way in ways]
    assert [errors[k] for k in (0, 4, 5, 6)] == [0, 0, 0, 0]
    assert 1e-8 < errors[1] < 1e-5
    assert errors[1] > errors[2] > errors[3]


def _ends(source: str, of: str, wrt: str) -> tuple[int, int]:
    here = graph(source)
    return here.index(of), here.index(wrt)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_formulas_agree_in_every_way(case):
    asked = system(case.text, at=case.at)
    (of,) = asked.graph.outputs
    for wrt in asked.wrt():
        ways = asked.ways(of, wrt)
        reference = ways[-1].value
        scale = max(
            1.0,
            abs(asked.numbers[False].found[of]),
            *(abs(bar) for bar in asked.numbers[False].adjoints if bar is not None),
        )
        for way in ways:
            exact = not way.name.startswith("numerical")
            assert agree(way, reference, scale if exact else 1e3 * scale), (way, reference)


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


def test_check_prints_a_table_and_agrees(run):
    result = run("check", REFERENCE, "--at", "x=0.5", "--with", "autograd,sympy")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["dz/dx", "value", "error", "cost"]
    assert [line[-1] for line in lines[-2:]] == ["0.0e+00", "0.0e+00"]
    assert "step 1.5e-08" in result.stdout


def test_check_fails_where_the_ways_disagree(run):
    result = run("check", "y = relu(x)", "--at", "x=0")
    assert result.exit_code == 1
    assert "numerical, central difference disagrees: 0.5 against 0" in result.stderr
    assert "relu(x) has a kink at x = 0" in result.stderr


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
