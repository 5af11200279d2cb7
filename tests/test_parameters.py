"""Parameters of Python functions that count, index or choose a branch, and so are used up; defaults that are values."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from graphviz_ad import AdgraphError, AdgraphWarning, chain, draw, evaluate, show, trace
from graphviz_ad.read.python.tracing import trace as traced
from tests.conftest import plain

FUNCTIONS = """
def loop(x, n):
    for _ in range(n):
        x = x * x
    return x

def relu_prime(z):
    if z > 0:
        return 1.0
    return 0.0

def scaled(x, a=2.0):
    return a * x

def picked(x, k):
    return [1, x, x**2][k]

def partly(x, n):
    for _ in range(n):
        x = x * n
    return x

def whole(x, n):
    return x ** int(n)

def unused(x, t):
    return 2 * x

def mode(x, kind="sum", flag=None, n=3):
    return x * n if kind == "sum" and flag is None else x

def gated(x, a):
    return a * x if x > 0 else x * x

def power(x, n):
    return 1.0 if n == 0 else x * power(x, n - 1)
"""


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("c.py").write_text(FUNCTIONS)


@pytest.mark.parametrize("command", ["eval", "derive", "draw", "show", "check"])
@pytest.mark.parametrize(
    ("function", "options"),
    [
        ("loop", "--at x=2,n=3"),
        ("loop", "--at x=2,n=1 --wrt x"),
        ("picked", "--at x=2,k=2"),
        ("partly", "--at x=2,n=2"),
        ("whole", "--at x=2,n=2"),
        ("unused", "--at x=2,t=2"),
        ("scaled", "--at x=3 --wrt a"),
        ("scaled", "--at x=3,a=1"),
        ("mode", "--at x=3,n=2"),
        ("mode", "--at x=3,flag=2"),
        ("mode", "--at x=3,kind=2"),
        ("mode", "--at x=3 --wrt n"),
        ("gated", "--at x=-3,a=2"),
        ("power", "--at x=3,n=2"),
        ("relu_prime", "--at z=2 --wrt z"),
    ],
)
def test_every_command_takes_the_value(run, command, function, options):
    result = run(command, f"c.py:{function}", *options.split())
    assert (result.exit_code, result.stderr.count("adgraph: ")) == (0, result.stderr.count("adgraph: note: "))


@pytest.mark.parametrize("command", ["eval", "derive", "draw", "show"])
def test_also_where_no_input_is_left(run, command):
    assert run(command, "c.py:relu_prime", "--at", "z=2").exit_code == 0
    hint = "hint: differentiate by a parameter, --wrt z"
    assert run("check", "c.py:relu_prime", "--at", "z=2").stderr.splitlines()[-1] == hint


@pytest.mark.parametrize(
    ("words", "values", "gradient"),
    [
        ("c.py:loop --at x=2,n=3", {"n": 3, "x": 2, "x_1": 4, "x_2": 16, "x_3": 256}, {"x_3": {"x": 1024}}),
        ("c.py:loop --at x=2,n=3 --of x_2", {"n": 3, "x": 2, "x_1": 4, "x_2": 16}, {"x_2": {"x": 32}}),
        ("c.py:loop --at x=2,n=0", {"n": 0, "x": 2, "loop": 2}, {"loop": {"x": 1}}),
        ("c.py:scaled --at x=3 --wrt a", {"a": 2, "x": 3, "scaled": 6}, {"scaled": {"a": 3}}),
        ("c.py:scaled --at x=3", {"x": 3, "scaled": 6}, {"scaled": {"x": 2}}),
        ("c.py:relu_prime --at z=-2", {"z": -2, "relu_prime": 0}, {"relu_prime": {}}),
        ("c.py:relu_prime --at z=2 --wrt z", {"z": 2, "relu_prime": 1}, {"relu_prime": {"z": 0}}),
        ("c.py:partly --at x=2,n=2", {"x": 2, "n": 2, "x_1": 4, "x_2": 8}, {"x_2": {"x": 4, "n": 8}}),
    ],
)
def test_what_the_values_give(run, words, values, gradient):
    found = json.loads(run("eval", *words.split(), "--format", "json").stdout)
    assert (found["values"], found["gradient"]) == (values, gradient)


def test_the_hint_can_be_followed(run):
    """Step by step, as a reader would."""
    assert "hint: give it a value, --at n=3, or a default, n=3" in run("eval", "c.py:loop").stderr
    assert "hint: give them: --at x=…" in run("eval", "c.py:loop", "--at", "n=3").stderr
    assert run("eval", "c.py:loop", "--at", "n=3,x=2").exit_code == 0
    assert "n_1=3" not in run("eval", "c.py:picked").stderr


@pytest.mark.parametrize(
    ("function", "hint"),
    [
        (lambda x, k, m: x * [1, 2][k + m], "give it a value, --at k=3,m=3, or a default, k=3,m=3"),
        (lambda x, k, m: [1, x][2 * m], "give it a value, --at m=3, or a default, m=3"),
    ],
)
def test_the_hint_names_what_the_number_is_made_of(function, hint):
    with pytest.raises(AdgraphError) as caught:
        traced(function)
    assert caught.value.hint == hint


def test_a_number_that_is_not_whole_does_not_count(run):
    result = run("eval", "c.py:loop", "--at", "x=2,n=2.5")
    assert result.exit_code == 1
    assert "2.5 is no whole number: it cannot count or index" in result.stderr


@pytest.mark.parametrize("command", ["eval", "derive", "draw", "show", "check"])
@pytest.mark.parametrize(
    "function", ["loop --at x=2,n=3 --wrt n", "picked --at x=2,k=1 --wrt x,k", "whole --at n=2,x=1 --wrt n"]
)
def test_there_is_no_derivative_by_what_counts(run, command, function):
    """0 would be wrong: x^(2^n) does depend on n."""
    name, *options = function.split()
    result = run(command, f"c.py:{name}", *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there is no derivative with respect to '" in result.stderr
    assert "': it only counts, or is an index" in result.stderr
    assert [path.name for path in Path().iterdir()] == ["c.py"]


def test_what_counts_is_noted_and_what_is_unused_too(run):
    code = "range(n)" if sys.version_info >= (3, 11) else "for _ in range(n)"
    assert run("eval", "c.py:loop", "--at", "x=2,n=3").stderr == (
        f"adgraph: note: c.py, line 3: {code}: 3 is used as a whole number, which is not differentiated\n"
    )
    assert run("eval", "c.py:unused", "--at", "x=2,t=3").stderr == "adgraph: note: the result does not depend on t\n"


def test_a_parameter_that_does_not_exist_is_named(run):
    result = run("eval", "c.py:loop", "--at", "m=2,x=1")
    assert "'loop' has no parameter 'm'" in result.stderr
    result = run("eval", "c.py:loop", "c.py:unused", "--at", "x=2,n=3,t=1,m=2")
    assert "--at, line 1, column 1: there is no variable 'm' to be given a value" in result.stderr


@pytest.mark.parametrize("name", ["theta", "θ", r"\theta"])
@pytest.mark.parametrize("scale", ["φ", "ϕ", r"\phi", "phi"])
def test_the_values_are_for_names_in_any_spelling(run, name, scale):
    Path("c.py").write_text("def f(theta, n, φ=1.0): return φ * theta ** int(n)\n", "utf-8")
    words = ["eval", "c.py:f", "--at", f"{name}=2,n=2", "--wrt", f"{name},{scale}", "--format", "json"]
    assert json.loads(run(*words).stdout)["gradient"] == {"f": {"theta": 4, "φ": 4}}
    assert json.loads(run(*words[:3], f"{name}=2,n=1,{scale}=3", "--format", "json").stdout)["values"]["f"] == 6


def test_several_sources_share_the_values(run):
    result = run("eval", "c.py:loop", "c.py:scaled", "q = x*y", "--at", "x=2,n=1,y=3")
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines() if line.startswith(("  n", "  y", "  q"))] == [
        ["n", "1"], ["y", "3"], ["q", "6"]
    ]  # fmt: skip
    assert run("eval", "c.py:loop", "n = 2y", "--at", "x=2,n=1,y=3").exit_code == 0


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("c.py:loop --at x=0:2:1,n=1", ["n,x,x_1,dx_1/dx", "1.0,0.0,0.0,0.0", "1.0,1.0,1.0,2.0", "1.0,2.0,4.0,4.0"]),
        ("c.py:loop --at x=3,n=0:1", ["n,x,loop,x_1,d loop/dx,dx_1/dx", "0.0,3.0,3.0,,1.0,", "1.0,3.0,,9.0,,6.0"]),
        ("c.py:gated --at x=-1:1:2,a=5",
         ["a,x,gated,∂ gated/∂x,∂ gated/∂a", "5.0,-1.0,1.0,-2.0,", "5.0,1.0,5.0,5.0,1.0"]),
        ("c.py:scaled --at x=0:1 --wrt a", ["a,x,scaled,d scaled/da", "2.0,0.0,0.0,0.0", "2.0,1.0,2.0,1.0"]),
    ],
)  # fmt: skip
def test_a_range_has_a_row_for_each_point_whatever_the_function_does_there(run, words, rows):
    result = run("eval", *words.split(), "--format", "csv")
    assert result.stdout.splitlines() == rows
    for form in ("text", "markdown", "latex"):
        assert run("eval", *words.split(), "--format", form).exit_code == 0


# ---- from the library


def loop(x, n):
    for _ in range(n):
        x = x * x
    return x


def scaled(x, a=2.0):
    return a * x


def test_the_library_takes_the_same_values():
    with pytest.warns(AdgraphWarning, match="is used as a whole number"):
        assert evaluate(loop, {"x": 2, "n": 2}).values == {"n": 2, "x": 2, "x_1": 4, "x_2": 16}
    with pytest.warns(AdgraphWarning):
        assert evaluate(Path("c.py:loop"), {"x": 2, "n": 2}).gradient == {"x_2": {"x": 32}}
    with pytest.warns(AdgraphWarning):
        assert "4x³" in str(chain(loop, at={"x": 2, "n": 2}))
    with pytest.warns(AdgraphWarning):
        draw(loop, "a.svg", at={"x": 2, "n": 2})
    assert evaluate(scaled, {"x": 3}, wrt="a").gradient == {"scaled": {"a": 3}}
    assert "= 3" in str(chain(scaled, wrt="a", at={"x": 3}))
    assert plain(trace(scaled, wrt="a")) == "a*x"


def test_a_figure_without_values_has_no_numbers(capsys):
    """A default is a value where there are values, and else nothing."""
    show(scaled, wrt="a")
    assert " 2\n" not in capsys.readouterr().out
    assert str(chain(scaled, wrt="a")).split("=")[-1].strip().startswith("x")


def test_no_derivative_by_what_counts_in_the_library():
    with pytest.raises(AdgraphError, match="there is no derivative with respect to 'n'"):
        evaluate(loop, {"x": 2, "n": 2}, wrt="n")
