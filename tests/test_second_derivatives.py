"""Derivatives of derivatives: a derivative is a graph that can be drawn, evaluated and differentiated again."""

import math

import pytest
import sympy
from hypothesis import assume, given, settings

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, Variable
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.derive.differentiate import _accumulated, requested, with_derivative
from graphviz_ad.derive.graph_view import find
from graphviz_ad.notation.htmllike import HtmlLike, label
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.typst import Typst
from graphviz_ad.notation.unicode import Unicode
from graphviz_ad.notation.write import write
from graphviz_ad.point.at_kinks import gradient
from graphviz_ad.point.evaluate import values
from tests.conftest import graph, lines, plain, system
from tests.corpus import CASES
from tests.strategies import SYMBOLS, points, systems, value

REFERENCE = "y = 2x^3 + 3; z = y^2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dz/dx", "dz/dx"),
        ("d z/d x", "dz/dx"),
        ("∂z/∂x", "∂z/∂x"),
        (r"\partial z/\partial x", "∂z/∂x"),
        ("d^2z/dx^2", "d^2z/dx^2"),
        ("d²z/dx²", "d^2z/dx^2"),
        ("d2z/dx2", "d^2z/dx^2"),
        ("d^{2} z / d x^{2}", "d^2z/dx^2"),
        ("d^2 z/dx dx", "d^2z/dx^2"),
        ("∂^2z/∂x∂w_1", "∂^2z/∂x/∂w_1"),
        ("d^3y/dxdxdx", "d^3y/dx^3"),
    ],
)
def test_derivatives_as_they_are_asked_for(text, expected):
    assert str(requested(text, graph("y = w_1*x; z = y^2*w_2"))) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dq/dx", "there is no variable 'q'"),
        ("dz/dq", "'dz/dq' is not a derivative with respect to inputs"),
        ("dz/dy", "'dz/dy' is not a derivative with respect to inputs"),
        ("d^2z/dx", "'d^2z/dx' has order 2 above and 1 below"),
        ("dz/", "'dz/' has order 1 above and 0 below"),
    ],
)
def test_derivatives_that_are_none(text, message):
    with pytest.raises(AdgraphError) as error:
        requested(text, graph(REFERENCE))
    assert error.value.message == message


def derivative(symbol: str, of: str, wrts: str) -> DerivativeName:
    return DerivativeName(symbol, Name(of), tuple(map(Name, wrts)))


@pytest.mark.parametrize(
    ("name", "latex", "unicode"),
    [
        (derivative("d", "z", "x"), r"\frac{\mathrm{d}z}{\mathrm{d}x}", "dz|──|dx"),
        (derivative("d", "z", "xx"), r"\frac{\mathrm{d}^2z}{\mathrm{d}x^2}", "d²z|───|dx²"),
        (derivative("∂", "z", "xxy"), r"\frac{\partial^3z}{\partial x^2 \, \partial y}", " ∂³z |─────|∂x²∂y"),
    ],
)
def test_names_of_derivatives_are_set_as_fractions(name, latex, unicode):
    assert write(Variable(name), Latex()) == latex
    assert "|".join(write(Variable(name), Unicode()).lines) == unicode
    assert write(Variable(name), Plain()) == name
    assert "frac(" in write(Variable(name), Typst())
    assert "<HR/>" in label(write(Variable(name), HtmlLike()))


def test_names_with_superscripts_are_set_in_fractions_too():
    """Of the name of a derivative, no part is found again in its text: ^ is no order where it is in a name."""
    made = with_derivative(graph("L = h^{(t-1)}*x_{t-1}^2"), "L", ("h^{(t-1)}", "x_{t-1}"))
    name = made.name(made.outputs[0])
    assert name == "∂^2L/∂h^{(t-1)}/∂x_{t-1}"
    assert write(Variable(name), Latex()) == r"\frac{\partial^2L}{\partial h^{(t-1)} \, \partial x_{t-1}}"


def test_a_derivative_of_a_derivative_is_of_the_next_order():
    assert write(Derivative(derivative("d", "z", "x"), "x"), Plain()) == "d^2z/dx^2"
    assert write(Derivative(derivative("∂", "z", "x"), "y", True), Plain()) == "∂^2z/∂y/∂x"
    assert write(Derivative(derivative("d", "z", "x"), "y", True), Plain()) == "∂ dz/dx/∂y"  # partial, of a total one


@pytest.mark.parametrize(
    ("source", "order", "expected"),
    [
        (
            REFERENCE,
            2,
            [
                "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3)",
                "d^2z/dx^2 = 24*x*(2*x^3 + 3) + 72*x^4 = 24*x*(5*x^3 + 3)",
            ],
        ),
        ("y = sin(x)", 3, ["dy/dx = cos(x)", "d^2y/dx^2 = -sin(x)", "d^3y/dx^3 = -cos(x)"]),
        ("y = 3x", 3, ["dy/dx = 3", "d^2y/dx^2 = 0", "d^3y/dx^3 = 0"]),
        ("y = a*b", 2, ["∂y/∂a = b", "∂y/∂b = a", "∂^2y/∂a^2 = 0", "∂^2y/∂b/∂a = 1", "∂^2y/∂b^2 = 0"]),
        ("y = tanh(x)", 2, ["dy/dx = 1 - y^2 = 1 - tanh(x)^2", "d^2y/dx^2 = -2*tanh(x)*(1 - tanh(x)^2)"]),
    ],
)
def test_higher_derivatives(source, order, expected):
    here = system(source)
    found = [*here.chains(False), *(chain for k in range(2, order + 1) for chain in here.higher(k))]
    assert lines(found) == expected


@given(systems(), points)
@settings(max_examples=60)
def test_second_derivatives_are_sympys(pairs, at):
    whole = graph("; ".join(pair.text for pair in pairs))
    names = [whole.nodes[index].name for index in whole.inputs()]
    assume(names)
    (name, oracle) = (f"y{len(pairs)}", pairs[-1].oracle)
    for first in names[:2]:
        found = with_derivative(whole, name, (first,))
        slope = sympy.diff(oracle, SYMBOLS[first])
        here = {n: at[n] for n in names}
        try:
            expected = {n: value(sympy.diff(slope, SYMBOLS[n]), at) for n in names}
        except TypeError:  # complex, or no number
            return
        got = gradient(found, found.outputs[0], here)
        scale = max(1.0, *map(abs, expected.values()))
        for n in names:
            assert math.isclose(got.get(n, 0.0), expected[n], rel_tol=1e-7, abs_tol=1e-7 * scale)


@pytest.mark.parametrize("case", CASES[::6], ids=lambda case: case.name)
def test_reverse_accumulation_gives_the_same_derivative(case):
    """What is done where a chain would be too long: the adjoints as a graph."""
    here = graph(case.text)
    (of,) = here.outputs
    expected = gradient(here, of, case.at)
    for source in here.inputs():
        name = here.nodes[source].name
        made = _accumulated(here, of, source, False)
        found = values(made, case.at)[made.outputs[0]]
        assert math.isclose(found, expected[name], rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("source", "of", "expected"),
    [
        ("z = sin(a*x + b)", "∂²z/∂x∂a", "cos(a*x + b) - a*x*sin(a*x + b)"),
        ("y = 2x^3 + 3; z = y^2", "d^2z/dx^2", "24*x*(2*x^3 + 3) + 72*x^4"),
        ("z = x*exp(x)", "d^2z/dx^2", "exp(x) + exp(x) + x*exp(x)"),
    ],
)
def test_a_derivative_is_one_expression(source, of, expected):
    made = system(source, of=(of,)).graph
    assert [node.name for node in made.nodes if node.args and node.name] == [str(requested(of, graph(source)))]
    found = values(made, {"a": 0.3, "x": 0.7, "b": 0.2})[made.outputs[0]]
    wanted = values(graph(expected), {"a": 0.3, "x": 0.7, "b": 0.2})[-1]
    assert math.isclose(found, wanted, rel_tol=1e-12)


@given(systems(), points)
@settings(max_examples=40)
def test_mixed_derivatives_do_not_depend_on_their_order(pairs, at):
    whole = graph("; ".join(pair.text for pair in pairs))
    names = [whole.nodes[index].name for index in whole.inputs()][:2]
    assume(len(names) == 2)
    one, other = (with_derivative(whole, f"y{len(pairs)}", wrts) for wrts in (names, names[::-1]))
    found = [values(made, {n: at[n] for n in names} | at)[made.outputs[0]] for made in (one, other)]
    assert math.isclose(*found, rel_tol=1e-7, abs_tol=1e-7)


def test_adjoints_have_names_of_their_own():
    here = graph(REFERENCE)
    made = _accumulated(here, find(here, "z"), find(here, "x"), False)
    assert [node.name for node in made.nodes if node.name] == ["x", "y", "dz/dy", "dz/dx"]


def test_a_chain_that_is_too_long_is_accumulated():
    steps = (f"x_{k} = sin(x_{k - 1})*x_{k - 2} + 1" for k in range(3, 10))
    text = "; ".join(["x_1 = sin(x)*x", "x_2 = x_1*x", *steps])  # 89 paths
    here = graph(text)
    made = with_derivative(here, "x_9", ("x",))
    assert "dx_9/dx_5" in {node.name for node in made.nodes}
    expected = gradient(here, find(here, "x_9"), {"x": 0.7})["x"]
    assert math.isclose(values(made, {"x": 0.7})[made.outputs[0]], expected, rel_tol=1e-12)


LONG = "y = sigmoid(a*tanh(b*x) + c); z = y^2*exp(x)"


def test_a_second_derivative_that_is_too_long_is_written_over_the_variables():
    """d²z/dx² in the inputs alone has hundreds of symbols; with y in it, it is two terms."""
    (chain,) = system(LONG, wrt=("x",)).higher(2)
    (equation,) = chain.equations
    assert [plain(side) for side in equation.sides[:2]] == ["d^2z/dx^2", "∂ dz/dx/∂y * dy/dx + ∂ dz/dx/∂x"]
    assert chain.notes == ("the product is too long to multiply out",)
    at = {"x": 0.7, "a": 1.1, "b": 0.8, "c": -0.3}
    expected = sympy.diff(sympy.sympify("(1/(1 + exp(-(a*tanh(b*x) + c))))**2*exp(x)"), "x", 2)
    y = values(graph(LONG), at)[find(graph(LONG), "y")]
    shown = values(graph("r = " + plain(equation.sides[-1])), at | {"y": y})[-1]
    assert math.isclose(shown, float(expected.evalf(subs=at)), rel_tol=1e-10)


def test_its_value_follows():
    at = {"x": 0.7, "a": 1.1, "b": 0.8, "c": -0.3}
    (chain,) = system(LONG, wrt=("x",), at=at, digits=12).higher(2)
    expected = system(LONG, of=("d^2z/dx^2",), at=at).evaluation.values["d^2z/dx^2"]
    assert math.isclose(float(plain(chain.equations[-1].sides[-1])), expected, rel_tol=1e-10)


@given(systems(), points)
@settings(max_examples=40)
def test_derivatives_over_the_variables_are_the_same(pairs, at):
    whole = graph("; ".join(pair.text for pair in pairs))
    names = [whole.nodes[index].name for index in whole.inputs()]
    assume(names)
    written, kept = (with_derivative(whole, f"y{len(pairs)}", names[:1] * 2, kept) for kept in (False, True))
    found = [values(made, {n: at[n] for n in names})[made.outputs[0]] for made in (written, kept)]
    assert math.isclose(*found, rel_tol=1e-7, abs_tol=1e-7)


# ---- the command


@pytest.mark.parametrize("view", ["forward", "backward", "backward-simplified", "chain", "trace", "circuit", "colah"])
def test_a_derivative_is_drawn(run, view):
    words = [
        "--of",
        "d z/d x",
        "--at",
        "x=0.5",
        "--view",
        view,
        "-o",
        "a.svg",
        "-o",
        "a.json",
        "-o",
        "a.txt",
        "-o",
        "a.dot",
    ]
    assert run("draw", REFERENCE, *words).exit_code == 0


def test_a_derivative_has_a_file_name(run):
    assert run("draw", REFERENCE, "--of", "dz/dx").stdout == "dz_dx.svg\n"


def test_a_derivative_is_evaluated(run):
    assert '"dz/dx": 9.75' in run("eval", REFERENCE, "--of", "dz/dx", "--at", "x=0.5", "--format", "json").stdout
    assert run("eval", REFERENCE, "--of", "d^2z/dx^2", "--at", "x=0.5", "--format", "csv").stdout == (
        "variable,value\nx,0.5\nd^2z/dx^2,43.5\nd^3z/dx^3,132.0\n"
    )


def test_a_derivative_is_checked(run):
    assert run("check", REFERENCE, "--of", "dz/dx", "--at", "x=0.5").exit_code == 0


def test_a_derivative_is_drawn_by_itself(run):
    result = run("draw", REFERENCE, "--of", "dz/dx,y")
    assert result.exit_code == 1
    assert result.stderr.startswith("adgraph: a derivative is drawn by itself\nhint: leave out y")


@pytest.mark.parametrize(
    ("source", "asked", "expected"),
    [
        ("y = a*x^2", {"wrt": ("x",)}, ["d^2y/dx^2 = 2*a"]),  # a is a parameter
        ("y = a*x^2", {}, ["∂^2y/∂a^2 = 0", "∂^2y/∂x/∂a = 2*x", "∂^2y/∂x^2 = 2*a"]),
        ("y = a*b*x^2", {"wrt": ("x", "b")}, ["∂^2y/∂x^2 = 2*a*b", "∂^2y/∂b/∂x = 2*a*x", "∂^2y/∂b^2 = 0"]),
        ("y = a*x^2", {"wrt": ("x",), "symbol": "partial"}, ["∂^2y/∂x^2 = 2*a"]),
        ("y = a*x^2", {"symbol": "d"}, ["d^2y/da^2 = 0", "d^2y/dx/da = 2*x", "d^2y/dx^2 = 2*a"]),
        ("y = a*x^3", {"of": ("dy/dx",), "wrt": ("x",)}, ["d^3y/dx^3 = 6*a"]),
    ],
)
def test_inputs_that_are_not_named_are_parameters_of_higher_derivatives_too(source, asked, expected):
    assert lines(system(source, **asked).higher(2)) == expected


def test_a_parameter_makes_no_partial_derivative_of_a_chain_that_is_too_long():
    long = system("h = tanh(u*x+b); a = sigmoid(w*h+b); L = (a-t)^2*exp(h)", wrt=("b",))
    assert lines(long.higher(2))[0].startswith("d^2L/db^2 = ")


def test_what_cancels_makes_a_second_derivative_short_enough():
    loss = system("z = w*x+b; a = sigmoid(z); L = -(t*log(a)+(1-t)*log(1-a))", wrt=("b",))
    assert lines(loss.higher(2))[0].endswith(" = sigmoid(w*x + b)*(1 - sigmoid(w*x + b))")
