"""Kinks and jumps: what is taken there, the slopes beside them, and kinks that are none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.point.at_kinks import AtKink, at_kinks, corner_at, gradient
from graphviz_ad.point.evaluate import adjoints, kinked, values
from graphviz_ad.point.kink_notes import notes
from tests.conftest import graph, system
from tests.exact import DIGITS, exact

IDENTITY = "y = relu({name}) - relu(-{name})"
LONG = "v_" + "a" * 36
LOG_SIGMOID = "y = -(max(-x, 0) + log1p(exp(-abs(x))))"


# ---- what is taken


@pytest.mark.parametrize(
    ("source", "at", "derivative"),
    [
        # the slopes to both sides agree
        (LOG_SIGMOID, 0.0, 0.5),
        ("y = relu(x) - relu(-x)", 0.0, 1),
        ("y = max(x, 2x) + min(x, 2x)", 0.0, 3),
        ("y = abs(x)^2 + x", 0.0, 1),
        ("y = x*abs(x)", 0.0, 0),
        ("y = sign(x)*sin(x) + abs(x) - 2*relu(x)", 0.0, None),
        ("y = sign(x)*sin(x) - abs(x)", 0.0, 0),
        ("y = [x >= 1]*x^2 + [x < 1]*(2x - 1)", 1.0, 2),
        ("y = [x > 1]*x^2 + [x <= 1]*(2x - 1)", 1.0, 2),
        ("y = max(x^3, x)", 0.0, None),
        ("y = [x^2 > 0]*x", 0.0, 1),
        ("y = sign(x^4)*sin(3x)", 0.0, 3),
        ("y = [cos(x) < 1]*x", 0.0, 1),
        ("y = [x^2*exp(x) >= 0]*x", 0.0, 1),
        ("y = max(abs(x), -abs(x)) - abs(x) + x", 0.0, 1),
        ("y = max(max(x, 0), max(-x, 0)) - abs(x)", 0.0, 0),
        ("y = elu(x)", 0.0, 1),
        ("y = softsign(x)", 0.0, 1),
        ("u = relu(x); v = relu(-x); y = u - v", 0.0, 1),
        ("f(u) = max(u, 0); y = f(x) - f(-x)", 0.0, 1),
        # they do not: as relu has it, 0 beside a number
        ("y = relu(x)", 0.0, 0),
        ("y = max(x, 0)", 0.0, 0),
        ("y = max(0, x)", 0.0, 0),
        ("y = min(x, 0)", 0.0, 0),
        ("y = min(0, x)", 0.0, 0),
        ("y = max(min(x, 1), 0)", 1.0, 0),
        ("y = max(min(x, 1), 0)", 0.0, 0),
        ("c = 0; y = max(x, c)", 0.0, 0),
        ("y = max(x, log(1))", 0.0, 0),
        ("y = abs(x)", 0.0, 0),
        ("y = x*[x > 0]", 0.0, 0),
        # what lies beside is taken for what is smooth, and the table for the rest
        ("u = -(max(-x, 0) + log1p(exp(-abs(x)))); y = u + abs(x)", 0.0, 0.5),
        # a tie everywhere
        ("y = max(x, x)", 0.0, 1),
        ("y = min(x, x)", 2.0, 1),
        # jumps
        ("y = sign(x)", 0.0, 0),
        ("y = x + [x > 0]", 0.0, 1),
    ],
)
def test_the_derivative_at_a_point(source, at, derivative):
    here = graph(source)
    left, right = _differences(here, {"x": Fraction(at)}, "x") if "f(" not in source else (None, None)
    found = system(source, at={"x": at}).evaluation.gradient["y"]["x"]
    if derivative is None:  # it is between the slopes
        assert min(left, right) - 1e-12 <= found <= max(left, right) + 1e-12
        return
    assert found == pytest.approx(derivative, abs=1e-12)
    if left is not None and right is not None and abs(left - right) < mpf(10) ** -20:
        assert found == pytest.approx(float(left), abs=1e-12)


@pytest.mark.parametrize(
    ("source", "at", "taken"),
    [
        ("y = max(x, z)", {"x": 1.0, "z": 1.0}, {"x": 1, "z": 0}),  # all of it to the first
        ("y = min(x, z)", {"x": 1.0, "z": 1.0}, {"x": 1, "z": 0}),
        ("y = max(x, z) + min(x, z)", {"x": 1.0, "z": 1.0}, {"x": 1, "z": 1}),  # it is x + z
        ("y = abs(x - z) - max(x, z) + min(x, z)", {"x": 1.0, "z": 1.0}, {"x": 0, "z": 0}),  # it is 0
        ("y = abs(x)*z", {"x": 0.0, "z": 0.0}, {"x": 0, "z": 0}),
        ("y = abs(x*z)", {"x": 0.0, "z": 2.0}, {"x": 0, "z": 0}),
        ("y = abs(x*z) + z", {"x": 0.0, "z": 0.0}, {"x": 0, "z": 1}),
    ],
)
def test_partial_derivatives_along_each_axis(source, at, taken):
    here = graph(source)
    assert gradient(here, here.outputs[0], at) == pytest.approx(taken)


@pytest.mark.parametrize(
    ("source", "value", "second"),
    [
        (LOG_SIGMOID, 0.5, -0.25),
        ("y = x*abs(x)", 0, None),  # 2|x|
        ("y = abs(x)", 0, None),  # it jumps from -1 to 1
        ("y = relu(x)^3", 0, 0),
        ("y = relu(x)^2 + relu(-x)^2", 0, 2),
    ],
)
def test_a_derivative_whose_formula_does_not_hold_at_a_point_is_its_limit_there(source, value, second):
    found = system(source).derived("y", ["x"]).evaluations([{"x": 0.0}])
    numbers = next(found)
    assert numbers.values["dy/dx"] == pytest.approx(value)
    if second is not None:
        assert numbers.gradient["dy/dx"]["x"] == pytest.approx(second)


def test_derivatives_by_variables_that_are_computed():
    """Each on its own axis: as a function of v the kinks of abs(v) and of max cancel, whatever v is made of."""
    whole = system("v = abs(x); y = abs(v - 1) - max(v - 1, 0) - max(1 - v, 0) + v", at={"x": 1.0}, wrt=("v",))
    assert whole.evaluation.gradient == {"y": {"v": 1.0}}


# ---- the slopes beside, against differences at 50 digits


def _differences(here, at, name):
    """The slopes to the left and to the right by differences; None where the value jumps."""
    step = Fraction(1, 10**25)
    with mp.workdps(DIGITS + 30):
        there = exact(here, at)
        moved = [exact(here, {**at, name: at[name] + sign * step}) for sign in (-1, 1)]
        if there is None or None in moved:
            return None, None
        if any(abs(one - there) > mpf(10) ** -15 for one in moved):
            return None, None
        left, right = (sign * (one - there) * 10**25 for sign, one in zip((-1, 1), moved, strict=True))
        return left, right


_LEAVES = st.sampled_from(["x", "z", "0", "1", "2", "-1", "x", "z", "(x - 1)", "(x - z)", "x*z", "x^2"])
_UNARY = st.sampled_from(
    ["abs({})", "relu({})", "sign({})", "-({})", "sin({})", "tanh({})", "({})^2", "exp(-({})^2)", "abs({})", "[{} > 0]",
     "[{} <= 0]", "[0 >= {}]", "log1p(exp(-abs({})))", "softplus({})"]
)  # fmt: skip
_PAIRS = st.sampled_from(
    ["({}) + ({})", "({}) - ({})", "({})*({})", "max({}, {})", "min({}, {})", "max({}, {})", "min({}, {})",
     "[{} < {}]*x", "[{} >= {}]*z"]
)  # fmt: skip
_EXPRESSIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(str.format, _UNARY, inner),
        st.builds(str.format, _PAIRS, inner, inner),
        st.builds("({}) - ({})".format, inner, inner),
    ),
    max_leaves=7,
)


@settings(max_examples=400)
@given(_EXPRESSIONS, st.sampled_from([0, 1, -1]), st.sampled_from([0, 1]))
def test_slopes_beside_a_point_are_those_of_differences(text, x, z):
    here = graph(f"y = {text} + 0*x + 0*z")
    at = {"x": Fraction(x), "z": Fraction(z)}
    numbers = {name: float(value) for name, value in at.items()}
    found = values(here, numbers)
    (output,) = here.outputs
    corner = corner_at(here, found, kinked(here))
    bars = adjoints(here, output, found)
    own = {index: bars[index] for index in here.inputs()}
    known = {} if corner is None else at_kinks(corner, output, own)
    for index in here.inputs():
        name = here.name(index)
        left, right = _differences(here, at, name)
        beside = known.get(index) or AtKink(output, index, own[index], own[index], None, ())
        if left is None or right is None:
            assert beside.sides is not None, text
            assert beside.sides.jumps, text
            continue
        if beside.sides is not None:
            assert not beside.sides.jumps, text
            assert beside.sides.left == pytest.approx(float(left), abs=1e-9), text
            assert beside.sides.right == pytest.approx(float(right), abs=1e-9), text
        if abs(left - right) < mpf(10) ** -9:
            assert beside.derivative == pytest.approx(float(left), abs=1e-9), text


# ---- what is said


def _said(source: str, **at: float) -> list[str]:
    return list(system(source, at=at).evaluation.notes)


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ("y = relu(x)", {"x": 0},
         ["in the equation of y: relu(x) has a kink at x = 0; the derivative taken: 0 at x = 0; "
          "to the left dy/dx is 0, to the right dy/dx is 1"]),
        ("y = max(-x, 0)", {"x": 0},
         ["in the equation of y: max(-x, 0) has a kink at -x = 0; the derivative taken: 0 where -x = 0; "
          "to the left dy/dx is -1, to the right dy/dx is 0"]),
        ("y = max(x, z)", {"x": 1, "z": 1},
         ["in the equation of y: max(x, z) has a kink at x = 1, z = 1; "
          "the derivative taken: where x = z, all of it to x",
          "∂y/∂x is taken to be 1 at x = 1; to the left it is 0, to the right it is 1",
          "∂y/∂z is taken to be 0 at z = 1; to the left it is 0, to the right it is 1"]),
        (LOG_SIGMOID, {"x": 0},
         ["dy/dx = 0.5 at x = 0, the slope to both sides; what is taken at the kinks of max(-x, 0) and abs(x) "
          "would make it 0"]),
        (IDENTITY.format(name="preactivation"), {"preactivation": 0},
         ["dy/d preactivation = 1 at preactivation = 0, the slope to both sides; what is taken at the kinks of "
          "relu(preactivation) and relu(-preactivation) would make it 0"]),
        ("y = relu(x) - relu(-x) + abs(x) - abs(2x)/2", {"x": 0},
         ["dy/dx = 1 at x = 0, the slope to both sides; what is taken at the kinks of relu(x), relu(-x), abs(x) and "
          "abs(2*x) would make it 0"]),
        (IDENTITY.format(name=LONG), {LONG: 0},
         [f"dy/d{LONG} = 1 at {LONG} = 0, the slope to both sides; what is taken at the kinks of 2 operations "
          "would make it 0"]),
        ("y = [x > 0]", {"x": 0},
         ["in the equation of y: [x > 0] has a kink at x = 0; the derivative taken: 0 where x = 0, where the value "
          "jumps between 0 and 1", "dy/dx is taken to be 0 at x = 0, where y jumps"]),
        ("y = sign(x)^2", {"x": 0},  # though it is 1 to both sides
         ["in the equation of y: sign(x) has a kink at x = 0; the derivative taken: 0 at x = 0, where the value jumps",
          "dy/dx is taken to be 0 at x = 0, where y jumps"]),
        ("y = [1 <= x] + x", {"x": 1},
         ["in the equation of y: [1 <= x] has a kink at x = 1; the derivative taken: 0 where 1 = x, where the value "
          "jumps between 0 and 1", "dy/dx is taken to be 1 at x = 1, where y jumps"]),
        # x^0 is 1, and its slope 0, at 0 too
        ("y = x*abs(x)^n", {"x": 0, "n": 0}, []),  # y is x
        ("y = abs(x)*x^n", {"x": 0, "n": 0},
         ["in the equation of y: abs(x) has a kink at x = 0; the derivative taken: 0 at x = 0; "
          "to the left ∂y/∂x is -1, to the right ∂y/∂x is 1"]),
        # nothing where a kink leaves no trace, or is not there
        ("y = abs(x)^2", {"x": 0}, []),
        ("y = relu(x)", {"x": 1}, []),
        ("y = max(a, b)", {"a": 0, "b": 1}, []),
        ("y = a*b", {"a": 0, "b": 0}, []),
    ],
)  # fmt: skip
def test_what_is_said(source, at, said):
    assert _said(source, **at) == said


def test_too_many_kinks_are_not_looked_beside_and_that_is_said(monkeypatch):
    monkeypatch.setattr("graphviz_ad.point.at_kinks.MANY", -1)
    assert _said("y = relu(x)*2", x=0)[-1] == (
        "dy/dx is taken to be 0 at x = 0; there are too many kinks for the slopes beside them"
    )


@pytest.mark.parametrize(("many", "looked"), [(13, ["a"]), (14, ["a", "b"]), (27, ["a", "b"]), (28, ["a", "b", "c"])])
def test_slopes_are_looked_for_input_by_input_until_that_takes_too_long(monkeypatch, many, looked):
    monkeypatch.setattr("graphviz_ad.point.at_kinks.MANY", many)
    here = graph("y = relu(a) + relu(b) + relu(c)")
    corner = corner_at(here, values(here, dict.fromkeys("abc", 0.0)), kinked(here))
    found = at_kinks(corner, here.outputs[0], dict.fromkeys(here.inputs(), 0.0))
    assert [here.name(node) for node, one in found.items() if one.sides is not None] == looked


def test_a_derivative_that_no_longer_reads_its_variable_has_no_limit_by_it():
    whole = system("y = abs(a)*x", of=("∂y/∂x",), at={"a": 0, "x": 1})
    assert whole.evaluation.values["∂y/∂x"] == 0


def test_only_kinks_on_the_way_are_said():
    whole = system("y = abs(x) + a^2", at={"x": 0, "a": 1}, wrt=("a",))
    assert whole.evaluation.notes == ()


def test_notes_are_about_what_varies():
    here = graph("y = relu(x) + max(x, z)")
    found = values(here, {"x": 0.0, "z": 0.0})
    corner = corner_at(here, found, kinked(here))
    assert corner is not None
    beside = at_kinks(corner, here.outputs[0], {here.index("x"): 1.0}).values()
    assert len(notes(corner, beside, True)) == 3


# ---- figures, chains and traces


def test_no_figure_and_no_chain_says_a_formula_is_what_it_is_not(run):
    shown = run("show", LOG_SIGMOID, "--at", "x=0", "--view", "backward-simplified,chain", "--width", "200").stdout
    assert "── = 0.5" in shown  # on the arrow
    assert "= 0.5" not in shown.partition("Chain rule")[2].partition("(dy/dx")[0]
    assert "(dy/dx = 0.5 at x = 0, the slope to both sides" in shown


def test_a_chain_at_a_kink_says_both_slopes(run):
    shown = run("derive", "y = abs(x)", "--at", "x=0").stdout
    assert "= sgn(x) = sgn(0) = 0" in shown
    assert "(dy/dx is taken to be 0 at x = 0; to the left it is -1, to the right it is 1)" in shown


def test_traces_end_in_the_derivative(run):
    result = run("eval", LOG_SIGMOID, "--at", "x=0", "--trace", "both")
    forward, reverse = result.stdout.split("\n\n  primal")
    assert forward.rstrip().endswith(" · (−1) = −0.5 · (−1) = 0.5")
    assert any(line.endswith(" = 0.5") and "·" not in line for line in reverse.splitlines())
    assert "the slope to both sides" in result.stderr


# ---- branches that a bracket switches off


@pytest.mark.parametrize(
    ("source", "at", "value", "derivative"),
    [
        ("y = [x >= 0]*x + [x < 0]*sqrt(-x)", 1.0, 1, 1),
        ("y = [x >= 0]*x + [x < 0]*sqrt(-x)", -4.0, 2, -0.25),
        ("y = [x >= 0]*x + [x < 0]*sqrt(-x)", 0.0, 0, 1),
        ("y = x + [x < -1]*sqrt(x)", 0.0, 0, 1),
        ("y = [x >= 0]*x + sqrt(-x)*2*[x < 0]", 1.0, 1, 1),
        ("y = x - [x < 0]*sqrt(-x)", 1.0, 1, 1),
        ("y = x + [x < 0]/sqrt(-x)", 1.0, 1, 1),
        ("y = x + [x > 1]*sin(x)/x", 0.0, 0, 1),
        ("y = x + [x > 1]*log(x - 1)^2*x", 1.0, 1, 1),
        ("y = x + (1 - [x > -1])*log(-x)", 1.0, 1, 1),
        ("y = x + ([x < 0] + 2*[x < -1])*log(-x)", 1.0, 1, 1),
        ("y = x + [x < 0]*[x < 1]*exp(log(-x))", 1.0, 1, 1),
        ("s = [x < 0]; y = x + s*log(-x)", 1.0, 1, 1),
        ("y = x + [x < 0]*exp(1000x)", 1.0, 1, 1),
        ("f(u) = [u < 0]*sqrt(-u); y = f(x) + x", 1.0, 1, 1),
    ],
)
def test_a_branch_that_is_switched_off_needs_no_value(run, source, at, value, derivative):
    found = system(source, at={"x": at}, keep_functions=True).evaluation
    assert found.values["y"] == pytest.approx(value)
    assert found.gradient["y"]["x"] == pytest.approx(derivative)
    for trace in ("forward", "reverse"):
        assert run("eval", source, "--at", f"x={at}", "--trace", trace).exit_code == 0
    checked = run("check", source, "--at", f"x={at}").stdout
    assert checked.count(f"{derivative:g}") >= 2 + (at != 0), checked  # both modes of AD, and differences
    assert "nan" not in run("show", source, "--at", f"x={at}").stdout.lower()


def test_a_library_that_needs_a_number_there_disagrees_with_nobody(run):
    result = run("check", "y = [x >= 0]*x + [x < 0]*sqrt(-x)", "--at", "x=1", "--with", "autograd,sympy")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "it needs a number in the branch that is switched off" in result.stdout


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("y = x*0*sqrt(-x)", "sqrt(-x) is not defined at -x = -1"),  # no bracket: the 0 is a number's
        ("y = (x - 1)*sqrt(-x)", "sqrt(-x) is not defined at -x = -1"),
        ("y = (x - 1)*[x > 0]*sqrt(-x)", "sqrt(-x) is not defined at -x = -1"),  # the bracket is on
        ("y = [x > 0]*sqrt(-x)", "sqrt(-x) is not defined at -x = -1"),
        ("y = sign(x - 1)*sqrt(-x)", "sqrt(-x) is not defined at -x = -1"),
        ("y = [x < 0] + sqrt(-x)", "sqrt(-x) is not defined at -x = -1"),
        ("s = sqrt(-x); y = [x < 0]*s", "sqrt(-x) is not defined at -x = -1"),  # a variable has a value
    ],
)
def test_what_is_not_switched_off_needs_one(source, message):
    with pytest.raises(AdgraphError) as caught:
        _ = system(source, at={"x": 1.0}).evaluation
    assert caught.value.message.endswith(message)


# ---- powers


@pytest.mark.parametrize(
    ("source", "at", "gradient_there"),
    [
        ("y = 0^b", {"b": 2.0}, {"b": 0}),
        ("y = (1 - 1)^b + b", {"b": 0.5}, {"b": 1}),
        ("y = x^b", {"x": 0.0, "b": 2.0}, {"x": 0, "b": 0}),
        ("y = x^b", {"x": 0.0, "b": 1.0}, {"x": 1, "b": 0}),
    ],
)
def test_powers_of_0_do_not_change_with_a_positive_exponent(source, at, gradient_there):
    assert system(source, at=at).evaluation.gradient["y"] == pytest.approx(gradient_there)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["derive", "y = (-2)^x"], "in the equation of y: (-2)^x has no real derivative by x"),
        (["derive", "y = x + (1 - 3)^(x*n)"], "(1 - 3)^(x*n) has no real derivative by x*n"),
        (["derive", "c = -2; y = c^n"], "c^n has no real derivative by n"),
        (["draw", "y = (-2)^x", "-o", "-"], "(-2)^x has no real derivative by x"),
        (["eval", "y = (-2)^x", "--at", "x=2"], "(-2)^x has no real derivative by x at x = 2"),
        (["eval", "y = x^n", "--at", "x=-2,n=3"], "x^n has no real derivative by n at x = -2, n = 3"),
        (["eval", "y = 0^b", "--at", "b=0"], "the derivative of 0^b has no value at b = 0"),
    ],
)
def test_powers_of_negative_numbers_have_no_derivative_by_their_exponents(run, words, message):
    result = run(*words)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "^^" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["derive", "y = 0^b"], "= 0"),
        (["derive", "y = (-2)^n*x", "--wrt", "x"], "(−2)ⁿ"),
        (["eval", "y = x^n", "--at", "x=-2,n=3", "--wrt", "x"], "12"),
    ],
)
def test_and_all_others(run, words, said):
    result = run(*words)
    assert result.exit_code == 0
    assert said in result.stdout


# ---- brackets as they were written


@pytest.mark.parametrize("bracket", ["[x < 1]", "[x <= 1]", "[x > 1]", "[x >= 1]", "[1 < x]", "[1 > x]"])
def test_a_bracket_is_printed_as_it_was_written(run, bracket):
    assert f"= {bracket}\n".replace("<=", "≤").replace(">=", "≥") in run("derive", f"y = {bracket}*x").stdout
    said = run("eval", f"y = {bracket}*x", "--at", "x=1").stderr
    assert f"in the equation of y: {bracket} has a kink at x = 1" in said


@pytest.mark.parametrize("format_name", ["text", "latex", "markdown", "typst"])
def test_no_format_turns_it_round(run, format_name):
    written = run("derive", "y = [x < 1]*x", "--format", format_name).stdout
    assert "1 >" not in written
    assert "greater" not in written
    assert "less(" not in written
