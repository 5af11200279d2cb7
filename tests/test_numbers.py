"""Numbers: values, gradients and edges at a point, on figures and in the chain; published ones with their source."""

import json
import math
from pathlib import Path

import autograd
import pytest
from hypothesis import assume, given

from graphviz_ad import evaluate
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Expression, Label, Rounded
from graphviz_ad.core.graph import CONST
from graphviz_ad.core.ops import OPS
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.at_kinks import gradient
from graphviz_ad.point.evaluate import adjoints, check_constants, local, slopes, tangents, values
from graphviz_ad.point.evaluation import Edge
from graphviz_ad.read.table import functions
from tests.conftest import graph, lines, plain, system
from tests.corpus import CASES
from tests.strategies import points, systems

REFERENCE = "y = 2x^3 + 3; z = y^2"

PUBLISHED = [
    # the reference text, section 2.2
    (REFERENCE, {"x": 0.5}, {"y": 3.25, "z": 10.5625}, {"x": 9.75}),
    # A. G. Baydin et al., Automatic differentiation in machine learning: a survey, JMLR 18 (2018), tables 2 and 3
    ("y = log(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5}, {"y": 11.652}, {"x1": 5.5, "x2": 1.716}),
    # CS231n, backpropagation notes: the circuit f = (x + y)z
    ("q = x + y; f = q*z", {"x": -2, "y": 5, "z": -4}, {"q": 3, "f": -12}, {"x": -4, "y": -4, "z": 3}),
    # CS231n, backpropagation notes: the sigmoid neuron (gradients to two digits)
    ("f = 1/(1 + exp(-(w0*x0 + w1*x1 + w2)))", {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}, {"f": 0.73},
     {"w0": -0.20, "x0": 0.39, "w1": -0.39, "x1": -0.59, "w2": 0.20}),
    # C. Olah, Calculus on computational graphs
    ("c = a + b; d = b + 1; e = c*d", {"a": 2, "b": 1}, {"c": 3, "d": 2, "e": 6}, {"a": 2, "b": 5}),
    # A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed., chapter 1: table 1.2 and the adjoints of table 1.4
    ("y = (sin(x1/x2) + x1/x2 - exp(x2))*(x1/x2 - exp(x2))", {"x1": 1.5, "x2": 0.5}, {"y": 2.0167},
     {"x1": 3.0118, "x2": -13.7239}),
]  # fmt: skip

PRODUCT = "*".join("u" * 20)


def close(found: float, published: float) -> bool:
    """Equal to as many digits as are published; one of them is made of rounded intermediate values."""
    digits = len(repr(published).partition(".")[2])
    return abs(found - published) < 0.8 * 10**-digits


@pytest.mark.parametrize(("source", "at", "expected", "partials"), PUBLISHED)
def test_published_numbers(source, at, expected, partials):
    found = system(source, at=at).evaluation
    assert all(close(found.values[name], value) for name, value in expected.items())
    (row,) = found.gradient.values()
    assert row.keys() == partials.keys()
    assert all(close(row[name], value) for name, value in partials.items())


def test_the_reference_is_exact():
    found = system(REFERENCE, at={"x": 0.5}).evaluation
    assert found.gradient == {"z": {"x": 9.75}}
    assert found.edges == (Edge("y", "x", 1.5), Edge("z", "y", 6.5))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_gradients_equal_autograds(case):
    here = graph(case.text)
    names = list(case.at)
    places = tuple(range(len(names)))
    expected = autograd.grad(lambda *point: case.python(**dict(zip(names, point, strict=True))), places)
    found = system(case.text, at=case.at).evaluation.gradient[here.nodes[here.outputs[0]].name]
    for name, partial in zip(names, expected(*map(float, case.at.values())), strict=True):
        assert math.isclose(found[name], float(partial), rel_tol=1e-8, abs_tol=1e-10), name


@given(systems(), points)
def test_forward_reverse_and_numerical_derivatives_agree(pairs, at):
    here = graph("; ".join(pair.text for pair in pairs))
    inputs = list(here.inputs())
    assume(inputs)
    found = values(here, at)
    for output in here.outputs:
        bars = adjoints(here, output, found)
        for source in inputs:
            forward = tangents(here, found, {source: 1.0})[output]
            assert math.isclose(forward, bars[source], rel_tol=1e-9, abs_tol=1e-9 * max(1, *map(abs, bars)))
            name, step = here.nodes[source].name, 1e-5
            above, below = (values(here, {**at, name: at[name] + sign * step})[output] for sign in (1, -1))
            scale = max(1, abs(above), *map(abs, bars))
            assert math.isclose((above - below) / (2 * step), bars[source], rel_tol=1e-4, abs_tol=1e-5 * scale)


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.partials], ids=lambda op: op.name)
def test_compiled_derivatives_are_those_of_the_table(op):
    args = [low + 0.37 * (high - low) for low, high in op.sample]
    out = functions[op.name](*args)
    for k, slope in enumerate(slopes(op.name)):
        known = dict(zip((*op.params, "out"), (*args, out), strict=True))
        assert math.isclose(slope(*args, out), values(graph(f"r = {op.partials[k]}"), known)[-1], abs_tol=1e-12)


# ---- what is decided where arithmetic ends


@pytest.mark.parametrize(
    ("x", "n", "slope"),
    [(0.0, 0.0, 0), (-0.0, 0.0, 0), (-2.0, 0.0, 0), (3.0, 0.0, 0), (0.0, 1.0, 1), (0.0, 2.0, 0), (-2.0, 1.0, 1)],
)
def test_the_slope_of_a_power_by_its_base(x, n, slope):
    """x^0 is 1, at 0 too, and its slope is 0, though n x^(n-1) has no value there."""
    power = graph("y = x^n")
    found = values(power, {"x": x, "n": n})
    assert local(power, len(found) - 1, 0, found) == slope
    assert adjoints(power, len(found) - 1, found, [power.index("x")])[power.index("x")] == slope
    assert tangents(power, found, {power.index("x"): 1.0})[-1] == slope


@pytest.mark.parametrize(
    ("source", "at", "message", "hint"),
    [
        ("y = log(u)", -1, "log(u) is not defined at u = -1", "it needs u > 0"),
        ("y = log(u - 1); z = y^2", 0.5, "log(u - 1) is not defined at u - 1 = -0.5", "it needs u - 1 > 0"),
        ("y = arcsin(2u)", 1, "arcsin(2*u) is not defined at 2*u = 2", "it needs -1 ≤ 2*u ≤ 1"),
        ("y = 1/u", 0, "1/u is not defined at u = 0", "the denominator must not be 0"),
        ("y = u/(u - 1)", 1, "u/(u - 1) is not defined at u = 1, u - 1 = 0", "the denominator must not be 0"),
        (
            "y = u^0.5",
            -1,
            "u^0.5 is not defined at u = -1",
            "the base must be positive, or the exponent an integer; 0 has no negative powers",
        ),
        (
            "y = u^-1",
            0,
            "u^(-1) is not defined at u = 0",
            "the base must be positive, or the exponent an integer; 0 has no negative powers",
        ),
        ("y = u*log(-1)", 0, "log(-1) is not defined", "log(x) needs x > 0"),
        ("y = exp(u)", 1000, "exp(u) is too large for a floating-point number at u = 1000", "choose another point"),
        ("y = u*u", 1e200, "u*u is too large for a floating-point number at u = 1e+200", "choose another point"),
        ("y = sqrt(u)", 0, "the derivative of sqrt(u) has no value at u = 0", "it needs u > 0"),
        ("y = u^(1/3)", 0, "the derivative of u^(1/3) has no value at u = 0", "the base must be positive"),
        (
            "y = hypot(u, 0*u)",
            0,
            "the derivative of hypot(u, 0*u) has no value at u = 0, 0*u = 0",
            "it needs (u, 0*u) ≠ (0, 0)",
        ),
        (f"y = log({'u + ' * 20}u)", -1, "log(…) is not defined at … = -21", "it needs … > 0"),
        # a factor that is 0 switches nothing off, as a bracket does
        ("y = (1 - 1)*log(u) + [u > 0]", -1, "log(u) is not defined at u = -1", "it needs u > 0"),
        # an argument of 40 characters, and of 41
        (
            f"y = log(-{'*'.join('u' * 20)})",
            1,
            f"log(-{PRODUCT}) is not defined at -{PRODUCT} = -1",
            f"it needs -{PRODUCT} > 0",
        ),
        (f"y = log({PRODUCT}*u)", -1, "log(…) is not defined at … = -1", "it needs … > 0"),
        # 30 additions, which would have 2^30 terms
        (
            f"f(x) = x + x; y = log({'f(' * 30}u{')' * 30})",
            -1,
            "log(…) is not defined at … = -1.07374e+09",
            "it needs … > 0",
        ),
    ],
)
def test_where_there_is_no_number(source, at, message, hint):
    """The operation is shown as it was written, with the reader's names."""
    with pytest.raises(AdgraphError) as caught:
        _ = system(source, at={"u": at}).evaluation
    assert (caught.value.message, caught.value.hint) == (f"in the equation of y: {message}", hint)


@pytest.mark.parametrize(
    ("source", "at", "value", "partial"),
    [
        ("y = x^2", 0.0, 0, 0),
        ("y = x^2", -3.0, 9, -6),
        ("y = 0^x", 0.0, 1, None),  # 0^0 is 1, as math.pow has it
        ("y = 0*sqrt(x)", 0.0, 0, 0),  # nothing of the root reaches y: its infinite slope does not matter
        ("y = abs(x)", 0.0, 0, 0),
        ("y = max(x, 0)", 0.0, 0, 0),
        ("y = max(0, x)", 0.0, 0, 0),
        ("y = min(x, 0)", 0.0, 0, 0),
        ("y = min(0, x)", 0.0, 0, 0),
        ("y = max(min(x, 1), 0)", 1.0, 1, 0),
        ("y = max(x, x)", 0.0, 0, 1),
        ("c = 0; y = max(x, c)", 0.0, 0, 0),
        ("y = relu(x)", 0.0, 0, 0),
        ("y = sigmoid(x)", -800.0, 0, 0),
        ("y = tanh(x)", 400.0, 1, 0),
    ],
)
def test_what_is_decided_at_the_edges(source, at, value, partial):
    here = graph(source)
    assert values(here, {"x": at})[here.outputs[0]] == pytest.approx(value, abs=1e-300)
    if partial is not None:
        assert gradient(here, here.outputs[0], {"x": at})["x"] == pytest.approx(partial, abs=1e-300)


def test_missing_values_are_all_named():
    with pytest.raises(AdgraphError, match=r"no values are given for a, b(?s:.)*--at a=…,b=…"):
        _ = system("y = a*x + b", at={"x": 1.0}).evaluation


def test_what_nothing_reaches_has_the_slope_0():
    (edge,) = system("y = 0*sin(x)", at={"x": 1.0}).evaluation.edges
    assert edge == Edge("y", "x", 0.0)


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ("y = sqrt(x)", 0.0, "the derivative of sqrt(x) has no value at x = 0"),
        ("y = (1 - x^2)^0.5", 1.0, "the derivative of (1 - x^2)^0.5 has no value at 1 - x^2 = 0"),
    ],
)
def test_adjoints_say_where_there_is_no_slope(source, at, said):
    here = graph(source)
    with pytest.raises(AdgraphError) as caught:
        adjoints(here, here.outputs[0], values(here, {"x": at}))
    assert caught.value.message == f"in the equation of y: {said}"


def test_a_derivative_that_no_float_holds_is_an_error():
    here = graph("y = 1e200*(1e200*x)")
    with pytest.raises(AdgraphError, match="a derivative of y is too large for a floating-point number"):
        adjoints(here, here.outputs[0], values(here, {"x": 1e-200}))


def test_a_graph_with_2_to_the_40_paths_has_its_gradient_at_once():
    source = "; ".join(["x1 = x + x*x", *(f"x{n + 1} = x{n} + x{n}*x{n}/(1 + x{n})" for n in range(1, 40))])
    found = system(source, at={"x": 0.01}).evaluation
    assert found.gradient["x40"]["x"] > 0


def test_a_hundred_thousand_operations():
    from graphviz_ad.read.python.tracing import trace

    def long(x, a, b):
        for _ in range(33_000):
            x = math.sin(x) * a + b
        return x

    here = trace(long).graph
    at = {"x": 0.3, "a": 0.9, "b": 0.1}
    found = values(here, at)
    assert found[here.outputs[0]] == long(**at)
    x, a, b = 0.3, 0.9, 0.1
    slope = 1.0
    by_b = 0.0
    for _ in range(33_000):
        by_b = by_b * math.cos(x) * a + 1
        slope *= math.cos(x) * a
        x = math.sin(x) * a + b
    bars = adjoints(here, here.outputs[0], found)
    assert math.isclose(bars[here.index("b")], by_b, rel_tol=1e-9)
    assert math.isclose(bars[here.index("x")], slope, abs_tol=1e-12)


# ---- numbers as they are written


@pytest.mark.parametrize(
    ("value", "digits", "plain", "latex", "exact"),
    [
        (9.75, 5, "9.75", "9.75", True),
        (1 / 3, 5, "0.33333", "0.33333", False),
        (-2.0, 5, "-2", "-2", True),
        (10.5625, 5, "10.563", "10.563", False),  # a half goes up
        (123456.0, 3, "123000", "123000", False),
        (1.5e-13, 5, "1.5e-13", r"1.5 \cdot 10^{-13}", True),
        (-0.0, 5, "0", "0", True),
        (0.1 + 0.2, 5, "0.3", "0.3", True),
    ],
)
def test_rounded_numbers(value, digits, plain, latex, exact):
    number = Rounded(value, digits)
    assert write(number, Plain()) == plain
    assert write(number, Latex()) == latex
    assert number.exact is exact


@pytest.mark.parametrize(
    ("source", "at", "expected"),
    [
        (REFERENCE, {"x": 0.5},
         "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3) = 12*0.5^2 * (2*0.5^3 + 3) = 9.75"),
        ("y = sin(2x+3); z = y^2", {"x": 0.5},
         "dz/dx = dz/dy*dy/dx = 2*y * 2*cos(2*x + 3) = 4*sin(2*x + 3)*cos(2*x + 3) = 4 * sin(2*0.5 + 3)*cos(2*0.5 + 3)"
         " ≈ 1.9787"),
        ("y = 3x", {"x": 2.0}, "dy/dx = 3"),
        ("y = -x^2", {"x": -2.0}, "dy/dx = -2*x = -2*(-2) = 4"),
    ],
)  # fmt: skip
def test_the_numbers_put_into_the_chain(source, at, expected):
    assert lines(system(source, at=at).chains(False)) == [expected]


def test_in_print_a_power_of_a_number_has_a_dot_behind_it():
    (chain,) = system(REFERENCE, at={"x": 0.5}).chains(False)
    assert write(chain.equations[0].sides[4], Latex()) == r"12 \cdot 0.5^2 \cdot (2 \cdot 0.5^3 + 3)"


def test_a_factored_chain_has_the_number_of_each_adjoint():
    source = "u = x*x; v = u*x; y = u*v*x"
    (chain,) = system(source, at={"x": 2.0}, max_paths=1).chains(False)
    assert [plain(line).rpartition(" = ")[2] for line in chain.equations] == ["8", "32", "192"]


def test_numbers_at_nodes_and_arrows():
    asked = system("y = 2x^3 + 3; z = y^2", at={"x": 0.5})
    backward = asked.backward(False)
    numbers = {plain(v.label): (v.value.value, v.adjoint.value) for v in backward.vertices}
    assert numbers == {"z": (10.5625, 1.0), "y": (3.25, 6.5), "x": (0.5, 9.75)}
    assert [plain(arrow.label) for arrow in backward.arrows] == ["dz/dy = 2*y = 6.5", "dy/dx = 6*x^2 = 1.5"]
    full = asked.backward(True)
    assert all(isinstance(arrow.label, Label) and arrow.label.value is not None for arrow in full.arrows)
    constants = [vertex for vertex in asked.forward(True).vertices if vertex.role == "constant"]
    assert [vertex.value for vertex in constants] == [None, None]


@given(systems(), points)
def test_many_points_of_a_system_are_as_one_after_the_other(pairs, at):
    source = "; ".join(pair.text for pair in pairs)
    moved = {name: value * 1.25 for name, value in at.items()}
    try:
        one_by_one = [system(source, at=point).evaluation for point in (at, moved)]
    except AdgraphError:
        assume(False)
    assert list(system(source).evaluations([at, moved])) == one_by_one


def test_several_outputs_have_no_common_adjoint():
    diagram = system("p = x^2; q = 3x", at={"x": 1.0}).forward(False)
    assert {vertex.adjoint for vertex in diagram.vertices} == {None}


def test_a_number_is_not_repeated():
    (arrow,) = system("y = 3x", at={"x": 1.0}).backward(False).arrows
    assert plain(arrow.label) == "dy/dx = 3"
    side = arrow.label.sides[-1]
    assert isinstance(side, Expression)
    assert side.graph.nodes[0].op == CONST


# ---- adgraph eval


def test_eval_as_text(run):
    assert run("eval", REFERENCE, "--at", "x=0.5").stdout.splitlines() == [
        "  variable     value",
        "  x              0.5",
        "  y             3.25",
        "  z          10.5625",
        "",
        "  dz/dx         9.75",
    ]


def test_eval_as_json(run):
    found = json.loads(run("eval", REFERENCE, "--at", "x=1/2", "--format", "json").stdout)
    assert found == {
        "values": {"x": 0.5, "y": 3.25, "z": 10.5625},
        "gradient": {"z": {"x": 9.75}},
        "edges": [{"of": "y", "wrt": "x", "value": 1.5}, {"of": "z", "wrt": "y", "value": 6.5}],
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--at", "x=pi/4", "--format", "csv"], "variable,value\nx,0.7853981633974483\ny,0.7071067811865475\n"),
        (
            ["--at", "x=0", "--format", "markdown"],
            "| variable | value |\n| :-- | --: |\n| $x$ | $0$ |\n| $y$ | $0$ |\n",
        ),
        (
            ["--at", "x=0:1:0.5", "--digits", "3"],
            "    x       y   dy/dx\n    0       0       1\n  0.5   0.479   0.878\n",
        ),
        (["--at", "x=0:1:0.5", "--format", "csv"], "x,y,dy/dx\n0.0,0.0,1.0\n0.5,0.479425538604203,"),
        (["--at", "x=1e-9", "--format", "latex"], "\\begin{tabular}{lr}\n  \\toprule\n  variable & value \\\\\n"),
    ],
)
def test_eval_in_other_formats(run, words, expected):
    assert run("eval", "y = sin(x)", *words).stdout.startswith(expected)


def test_eval_of_a_python_function_at_several_points(run):
    Path("c.py").write_text("def relu(x):\n    y = x if x > 0 else 0 * x\n    return y + 0.0\n")
    out = run("eval", "c.py:relu", "--at", "x=-1:1", "--format", "json").stdout
    assert [each["gradient"] for each in json.loads(out)] == [
        {"relu": {"x": 0.0}},
        {"relu": {"x": 0.0}},
        {"relu": {"x": 1.0}},
    ]


@pytest.mark.parametrize(
    ("body", "times"),
    [
        ("return x**2", 1),  # it is the same system at each point
        ("return x if x > 1 else -x", 3),  # here the point decides what the system is
    ],
)
def test_a_file_is_read_once_unless_the_values_decide(run, body, times):
    Path("f.py").write_text(f"with open('read', 'a') as log:\n    log.write('.')\n\ndef y(x):\n    {body}\n")
    result = run("eval", "f.py:y", "--at", "x=1:3")
    assert len(result.stdout.splitlines()) == 4
    assert Path("read").read_text() == "." * times


def test_standard_input_is_read_once(run):
    rows = run("eval", "-", "--at", "x=1:3", "--format", "csv", stdin="y = x^2").stdout.splitlines()
    assert rows == ["x,y,dy/dx", "1.0,1.0,2.0", "2.0,4.0,4.0", "3.0,9.0,6.0"]


def test_nothing_is_printed_where_one_point_has_no_value(run):
    result = run("eval", "y = log(x)", "--at", "x=1:-1:-0.5", "--format", "csv")
    assert result.exit_code == 1
    assert "log(x) is not defined at x = 0" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["y = a*x + b"], "no values are given for a, x, b\nhint: give them: --at a=…,x=…,b=…"),
        (["y = log(x)", "--at", "x=-1"], "line 1, column 5: in the equation of y: log(x) is not defined at x = -1"),
        (
            ["y = x", "--at", "x=1:2:0"],
            "the range of x, 'x=1:2:0', has the step 0; write x=0.5, or a range, x=-2:2:0.5",
        ),
        (["y = x", "--at", "x=1:0"], "the range of x, 'x=1:0', is empty: a step of 1 does not lead from 1 to 0."),
        (["y = x", "--at", "x=1:2:1e-9"], "the range of x, 'x=1:2:1e-9', has more than 100,000 values."),
        (["y = x", "--at", "x=-1e300:1e300:1e-300"], "has more than 100,000 values."),
        (
            ["y = a*x", "--at", "x=0:99999,a=0:99999"],
            "100,000 of x times 100,000 of a are 10,000,000,000 rows, more than "
            "the 100,000 that are computed; give fewer values, or a larger step (first:last:step).",
        ),
        (["y = x", "--at", "x=1,x=2"], "'x' has two values."),
        (
            ["y = x", "--at", "x=1:2:3:4"],
            "'x=1:2:3:4' is not a value of x; write x=0.5, or a range, x=-2:2:0.5 (first:",
        ),
        (["y = x", "--at", "t="], "'t=' is not a value of t; write t=0.5, or a range, t=-2:2:0.5 (first:last:step)."),
        (["y = x", "--at", "x=1::2"], "'x=1::2' is not a value of x"),
        (["y = x", "--at", "=3"], "'=3' is not a value; write x=0.5"),
        (["y = x", "--at", "x=0,5"], "a number has a point, 0.5, and a comma separates values."),
        (["y = x", "--at", "x=y=3"], "'y=3' is not a number"),
        (["y = x", "--at", "x=1;2"], "'1;2' is not a number"),
        (["y = x", "--at", "x=1e999"], "a number beyond 10^±300"),
        (["y = x", "--at", "x=exp(1000)"], "the value of x: exp(1000) is too large for a floating-point number"),
    ],
)
def test_mistakes(run, words, said):
    result = run("eval", *words)
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("x=abc", ["--at, line 1, column 3: the value of x: 'abc' is not a number", "  x=abc", "    ^^^",
                   "hint: write a value, such as x=0.5 or x=pi/4"]),
        ("x=1/0", ["--at, line 1, column 3: the value of x: 1/0 is not defined", "  x=1/0", "    ^^^",
                   "hint: the denominator must not be 0"]),
        ("b=1, x = 0 : a :1", ["--at, line 1, column 9: the value of x: 'a' is not a number", "  x = 0 : a :1",
                               "          ^", "hint: write a value, such as x=0.5 or x=pi/4"]),
        (r"x=\pi\2", [r"--at, line 1, column 6: the value of x: unknown command '\2'", r"  x=\pi\2", "       ^^"]),
    ],
)  # fmt: skip
def test_a_value_that_is_none_is_shown_with_its_place(run, given, said):
    result = run("eval", "y = x", "--at", given)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[: len(said)] == [f"adgraph: {said[0]}", *said[1:]]


@pytest.mark.parametrize(("given", "value"), [("pi/4", "0.785398"), (r"\frac{1}{2}", "0.5"), (r"\pi", "3.14159")])
def test_a_value_is_an_expression(run, given, value):
    assert run("eval", "y = x", "--at", f"x={given}").stdout.split()[3] == value


def test_a_range_is_for_eval(run):
    assert "a range of 'x' is for adgraph eval" in run("draw", "y = x", "--at", "x=0:1").stderr


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ("y = w_1^2", ["w1=1,w_1=2"], "'w1' or 'w_1' has two values"),
        ("y = θ", [r"\theta=1", "θ=2"], "'θ' has two values"),
        ("y = θ", [r"\theta=1", "theta=2"], "'θ' or 'theta' has two values"),
    ],
)
def test_two_spellings_of_a_name_do_not_have_a_value_each(run, source, at, said):
    result = run("eval", source, *(word for given in at for word in ("--at", given)))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"adgraph: {said}\nhint: give it one\n"


def test_nor_in_the_library():
    with pytest.raises(AdgraphError, match="'w1' or 'w_1' has two values"):
        evaluate("y = w_1", {"w1": 1, "w_1": 2})


@pytest.mark.parametrize("command", ["eval", "check"])
def test_a_total_derivative_is_written_as_in_its_chain(run, command):
    """L = uw is read from w directly and through u: ∂L/∂w is u alone."""
    printed = run(command, "u=w*x; L=u*w", "--at", "w=2,x=3").stdout
    assert ("dL/dw" in printed, "∂L/∂x" in printed, "∂L/∂w" in printed) == (True, True, False)
    chain = run("derive", "u=w*x; L=u*w", "--wrt", "w").stdout
    assert chain.splitlines()[0].split() == ["dL", "∂L", "du", "∂L"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("y = x/0", "a division by 0"),
        ("y = x/(1 - 1)", "a division by 0"),
        ("y = log(1 - 1)*x", "in the equation of y: log(1 - 1) is not defined"),
        ("y = sqrt(-2) + x", "in the equation of y: sqrt(-2) is not defined"),
        ("y = 0/0 + x", "in the equation of y: 0/0 is not defined"),
        ("y = exp(1000)*x + x/0", "a division by 0"),
        ("y = exp(1000)*x", None),  # too large is no matter of where it is defined
        ("y = x/(2 - 1)", None),
        ("y = 0/x", None),
        ("y = 2/4*x", None),
    ],
)
def test_a_part_without_variables_has_a_value(source, message):
    if message is None:
        check_constants(graph(source))
    else:
        with pytest.raises(AdgraphError) as caught:
            check_constants(graph(source))
        assert caught.value.message == message
