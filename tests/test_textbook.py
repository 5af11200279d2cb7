"""The textbook form: the shortest of several honest forms, measured in signs and symbols."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mpf

from graphviz_ad.algebra.candidates import candidates
from graphviz_ad.algebra.identities import folded
from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.algebra.together import together
from graphviz_ad.algebra.worth_trying import worth_trying
from graphviz_ad.derive.edge_derivatives import edge_derivatives
from graphviz_ad.derive.graph_view import graph_view
from tests.conftest import graph, lines, plain, system
from tests.exact import exact


def form(written: str, differentiated: bool = True) -> str:
    """The textbook form of an expression, on one line."""
    algebra = Algebra(differentiated=differentiated)
    return plain(to_graph(algebra, textbook(algebra, algebra.load(graph("result = " + written)))))


@pytest.mark.parametrize(
    ("written", "shortest"),
    [
        # like terms and common factors; what is multiplied out collects something
        ("3*(x - 2y + 4) + 5*(2x + y)", "13*x - y + 12"),
        ("2x*(x + 1) + x^2 - 3", "3*x^2 + 2*x - 3"),
        ("12x^2*(2x^3 + 3)", "12*x^2*(2*x^3 + 3)"),
        ("24x*(2x^3 + 3) + 72x^4", "24*x*(5*x^3 + 3)"),
        ("90*(3x - 4)^5*(x + 2)^2 + 10*(3x - 4)^6*(x + 2)", "20*(3*x - 4)^5*(x + 2)*(6*x + 7)"),
        ("4x*(2x^2 + 1)", "4*x*(2*x^2 + 1)"),
        ("(12x^2 - 4x)/(4x^3 - 2x^2)", "(6*x - 2)/(2*x^2 - x)"),
        ("0.3*(x + 2) + 0.2*(x - 1)", "0.5*x + 0.4"),
        ("p*t*v + p*t*w + p*u*v + p*u*w - t", "p*(v + w)*(t + u) - t"),  # what p is multiplied by is factored, too
        # a common denominator, what cancels
        ("-p/a + (1 - p)/(1 - a)", "(a - p)/(a*(1 - a))"),
        ("2x/(x^2 + 1) - 2x*(x^2 - 1)/(x^2 + 1)^2", "4*x/(x^2 + 1)^2"),
        ("1/(y*(1 + x^2/y^2))", "y/(y^2 + x^2)"),
        ("1/(x + 1) - 1/(x - 1)", "2/(1 - x^2)"),
        ("1/((1 + x^2/4)*2)", "2/(4 + x^2)"),
        # powers and roots of one base
        ("x^(1/2)/x^(1/2)", "1"),
        ("sqrt(x) + x/(2sqrt(x))", "3*sqrt(x)/2"),
        ("sqrt(1 - x^2) - x^2/sqrt(1 - x^2)", "(1 - 2*x^2)/sqrt(1 - x^2)"),
        ("(1 + x^2)/sqrt(1 + x^2)", "sqrt(1 + x^2)"),
        ("x/(2 + sqrt(x + 1)) + 1/x", "x/(2 + sqrt(x + 1)) + 1/x"),  # nothing was divided by 3 - x
        ("1/(x*sqrt(x)^3)", "1/(x^2*sqrt(x))"),
        ("1/sqrt(1 - x^2)^3", "1/sqrt(1 - x^2)^3"),
        # a minus in front of what is negative, e^x behind the variables
        ("(-x - 1)*exp(-x)", "-(x + 1)*exp(-x)"),
        ("(a*(x - m)^2 - a*s^2)/(a*s^3)", "((x - m)^2 - s^2)/s^3"),
        ("-cos(x)*exp(-x) - 2*sin(x)*exp(-x)", "-exp(-x)*(cos(x) + 2*sin(x))"),
        ("e^(-a)*x*y", "x*y*e^(-a)"),
        ("1/sqrt(x^2/9 + 1)/3", "1/sqrt(x^2 + 9)"),
        ("1/(x + sqrt(x^2 + 1)) + x/((x + sqrt(x^2 + 1))*sqrt(x^2 + 1))", "1/sqrt(x^2 + 1)"),
        ("(x^2 + 1)^(3/2) + 3x^2*(x^2 + 1)^(1/2)", "(x^2 + 1)^(1/2)*(4*x^2 + 1)"),
        # exponentials
        ("exp(a)/(exp(a) + exp(b)) - exp(a)^2/(exp(a) + exp(b))^2", "exp(a + b)/(exp(a) + exp(b))^2"),
        ("1 - exp(a - c)/(exp(a - c) + exp(b - c)) - exp(b - c)/(exp(a - c) + exp(b - c))", "0"),
        ("1 - (exp(x) - exp(-x))^2/(exp(x) + exp(-x))^2", "4/(exp(x) + exp(-x))^2"),
        ("exp(-x)/(1 + exp(-x))^2", "exp(-x)/(1 + exp(-x))^2"),
        ("-t*exp(-t*z)/(1 + exp(-t*z))", "-(t/(exp(t*z) + 1))"),
        ("2x*exp(-x^2/2) - x^3*exp(-x^2/2)", "x*(2 - x^2)*exp(-(x^2/2))"),
        ("(u*exp(a) - t*exp(b) - t*exp(c) - t*exp(d))/(exp(a) + exp(b) + exp(c) + exp(d))",
         "(u + t)*exp(a)/(exp(a) + exp(b) + exp(c) + exp(d)) - t"),
        ("(exp(x) + 1)*exp(-x) + exp(-x)", "2*exp(-x) + 1"),
        # functions as atoms
        ("x*(-p/sigmoid(z) + (1 - p)/(1 - sigmoid(z)))*sigmoid(z)*(1 - sigmoid(z))", "x*(sigmoid(z) - p)"),
        ("2sin(x) + 4x*cos(x) - x^2*sin(x)", "(2 - x^2)*sin(x) + 4*x*cos(x)"),
        ("log(1 - a) - log(a)", "log((1 - a)/a)"),
        # identities
        ("sin(u)^2 + cos(u)^2", "1"),
        ("1 + sin(u)^2/cos(u)^2", "sec(u)^2"),
        ("1 + tan(u)^2", "sec(u)^2"),
        ("sec(u)^2 - 1", "tan(u)^2"),
        ("-sin(x)/cos(x)", "-tan(x)"),
        ("(sec(x)*tan(x) + sec(x)^2)/(sec(x) + tan(x))", "sec(x)"),
        ("cos(x)/(1 + cos(x)) + sin(x)^2/(1 + cos(x))^2", "1/(1 + cos(x))"),
        ("1 - cosh(x)^2/sinh(x)^2", "-(1/sinh(x)^2)"),
        ("abs(u)^2 + u^2", "2*u^2"),
        ("2*abs(u)*sign(u)", "2*u"),
        ("3*abs(u)^2*sign(u)", "3*u*abs(u)"),
        ("sign(u)/abs(u)", "1/u"),
        ("2*u*sign(u)", "2*abs(u)"),
        ("2*relu(u)*greater(u, 0)", "2*relu(u)"),
        ("2*max(0, u)*greater(u, 0)", "2*max(0, u)"),
        ("sigmoid(u) + sigmoid(-u)", "1"),
        # what a book leaves as it is
        ("sigmoid(x)*(1 - sigmoid(x))", "sigmoid(x)*(1 - sigmoid(x))"),
        ("-2*tanh(x)*(1 - tanh(x)^2)", "-2*tanh(x)*(1 - tanh(x)^2)"),
        ("4sin(2x + 3)*cos(2x + 3)", "4*sin(2*x + 3)*cos(2*x + 3)"),
        ("cos(x)^2 - sin(x)^2", "cos(x)^2 - sin(x)^2"),
        ("2x*sin(x) + x^2*cos(x)", "2*x*sin(x) + x^2*cos(x)"),
        ("n*x^(n - 1)", "n*x^(n - 1)"),
        # within functions and exponents
        ("exp(cos(3*(x - 2y + 4) + 5*(2x + y)))", "exp(cos(13*x - y + 12))"),
        ("x^(2*(n + 1) + 3*(n - 1))", "x^(5*n - 1)"),
        ("exp(-x + 1)", "exp(-x + 1)"),  # an argument stays as it was written
        ("sin(x^2 + 2x + 1)", "sin(x^2 + 2*x + 1)"),
    ],
)  # fmt: skip
def test_the_shortest_form(written, shortest):
    assert form(written) == shortest


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("sin(x)/cos(x)", "tan(x)"),
        ("sin(x)^3/cos(x)^2", "sin(x)*tan(x)^2"),
        ("cos(x)/sin(x)^2", "cot(x)*csc(x)"),
        ("y*sin(x)/cos(y)", "y*sin(x)*sec(y)"),
        ("sec(x)/tanh(x)", "sec(x)/tanh(x)"),  # beneath a line only sin and cos are others
    ],
)
def test_quotients_of_functions_are_one_function(written, shown):
    algebra = Algebra()
    assert plain(to_graph(algebra, folded(algebra, algebra.load(graph("result = " + written)), True))) == shown


@pytest.mark.parametrize("written", ["x/x", "x^2/x", "sqrt(x)*sqrt(x)", "1/(1/x)", "(x^2 - 1)/(x - 1)"])
def test_outside_of_derivatives_nothing_is_cancelled(written):
    algebra = Algebra()
    assert form(written, differentiated=False) == plain(to_graph(algebra, algebra.load(graph("result = " + written))))


def test_what_is_past_the_bounds_stays():
    long = " + ".join(f"(x + {n})*(y + {n})" for n in range(100))
    assert form(long) == form(long, differentiated=False)
    assert form("(a + b + c + d)^40 - (a + b + c)^40") == "(a + b + c + d)^40 - (a + b + c)^40"


# ---- properties

_FUNCTIONS = (
    "sin({})", "cos({})", "tan({})", "sec({})", "tanh({})", "cosh({})", "sinh({})", "exp({})", "exp(-({}))",
    "exp(2*({}))", "sigmoid({})", "sigmoid(-({}))", "abs({})", "sign({})", "relu({})", "greater({}, 0)", "sqrt({})",
    "({})^(1/2)", "({})^(3/2)", "cbrt({})", "({})^2", "({})^3", "1/({})", "1/({})^2", "-({})", "log({})", "({})^a",
    "2^({})", "1/sqrt(1 - ({})^2)", "1/(1 + ({})^2)",
)  # fmt: skip
_PAIRS = ("({}) + ({})", "({}) - ({})", "({}) * ({})", "({}) / ({})")
_leaves = st.sampled_from(["x", "y", "a", "1", "2", "3", "1/2", "0.5", "x", "x + 1", "1 - x", "x - y", "x^2", "2x + 1"])
expressions = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(lambda f, u: f.format(u), st.sampled_from(_FUNCTIONS), inner),
        st.builds(lambda f, u, v: f.format(u, v), st.sampled_from(_PAIRS), inner, inner),
    ),
    max_leaves=7,
)
coordinates = st.one_of(st.integers(-2, 2).map(Fraction), st.fractions(-3, 3, max_denominator=7))
points = st.fixed_dictionaries(dict.fromkeys("xya", coordinates))


# Functions as they are differentiated: quotients of sums of exponentials and powers, and what goes round them.
_atoms = (
    "x", "y", "x^2", "exp(x)", "exp(-x)", "exp(y)", "exp(x*y)", "sin(x)", "cos(x)", "tan(x)", "sigmoid(x)", "tanh(x)",
    "log(x)", "sqrt(x)", "sqrt(1 + x^2)", "abs(x)", "x^a", "2^x", "cosh(x)", "sinh(x)", "1", "2",
)  # fmt: skip
_sums = st.lists(st.sampled_from(_atoms), min_size=1, max_size=3).map(" + ".join)
_quotients = st.builds("({})*({})/({})".format, _sums, _sums, _sums) | st.builds("({})/({})^2".format, _sums, _sums)
functions = st.builds(
    lambda f, u: f.format(u),
    st.sampled_from(
        ("{}", "log({})", "sqrt({})", "arctan({})", "exp({})", "({})^2", "sigmoid({})", "1/({})", "({})*x")
    ),
    _sums | _quotients,
)


def loaded(text: str) -> tuple[Algebra, int]:
    algebra = Algebra({"x": 0, "y": 1, "a": 2}, differentiated=True)
    return algebra, algebra.load(graph("result = " + text))


def slope(text: str) -> tuple[Algebra, int]:
    """The derivative with respect to x, as the quotient rule and its like leave it."""
    algebra = Algebra({"x": 0, "y": 1, "a": 2}, differentiated=True)
    here = graph_view(graph(f"result = {text} + 0*x"), False)
    (of,) = (node for node, name in here.names.items() if name == "result")
    found = edge_derivatives(here, algebra)[of, here.graph.index("x")]
    assume(not algebra.parts)  # it is not in pieces
    return algebra, together(algebra, found.contributions)


given_expressions = expressions.map(loaded) | functions.map(slope)


def close(found: mpf | None, wanted: mpf) -> bool:
    return found is not None and abs(found - wanted) <= mpf(10) ** -45 * max(1, abs(wanted))


@given(given_expressions, st.lists(points, min_size=3, max_size=3))
@settings(max_examples=100)
def test_every_candidate_has_the_value_of_the_expression(loaded, at):
    """To 50 digits, wherever the expression is defined: a candidate is singular at no other point."""
    algebra, root = loaded
    if not worth_trying(algebra, root):
        return
    original = to_graph(algebra, root)
    forms = {form.index for form in candidates(algebra, root, 1000)}
    for point in at:
        wanted = exact(original, point)
        if wanted is not None:
            for index in forms:
                assert close(exact(to_graph(algebra, index), point), wanted), plain(to_graph(algebra, index))


@given(given_expressions, st.lists(points, min_size=3, max_size=3))
@settings(max_examples=100)
def test_the_textbook_form_is_no_longer_and_has_the_same_value(loaded, at):
    algebra, root = loaded
    shortest = textbook(algebra, root)
    assert length(algebra, shortest) <= length(algebra, root)
    original, made = to_graph(algebra, root), to_graph(algebra, shortest)
    for point in at:
        wanted = exact(original, point)
        if wanted is not None:
            assert close(exact(made, point), wanted), plain(made)


@given(st.sampled_from([loaded, slope]), expressions | functions)
def test_the_textbook_form_is_its_own_and_always_the_same(load, text):
    algebra, root = load(text)
    shortest = textbook(algebra, root)
    assert textbook(algebra, shortest) == shortest
    again, other = load(text)
    assert plain(to_graph(again, textbook(again, other))) == plain(to_graph(algebra, shortest))


# ---- what it costs


@pytest.mark.parametrize(
    ("source", "imported"),
    [("y = sin(a*x+b); z = y**2", False), ("y = 2x^3+3; z = y^2", False), ("f = (x^2-1)/(x^2+1)", True)],
)
def test_polynomials_are_imported_only_where_something_is_to_be_shortened(source, imported):
    code = (
        "import sys; from graphviz_ad import draw\n"
        f"draw({source!r}).svg(); print('flint' in sys.modules)"
    )  # fmt: skip
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(imported)


# ---- where the form is used

CROSS_ENTROPY = "L=-(y*log(a)+(1-y)*log(1-a)); a=sigmoid(z); z=w*x+b"
ATTENTION = "s_1=q*k_1; s_2=q*k_2; e_1=exp(s_1); e_2=exp(s_2); a_1=e_1/(e_1+e_2); a_2=e_2/(e_1+e_2); o=a_1*v_1+a_2*v_2"
SOFTMAX = "p_1=exp(z_1)/(exp(z_1)+exp(z_2))"


@pytest.mark.parametrize(
    ("source", "of", "wrt", "shown"),
    [
        (CROSS_ENTROPY, "L", "a", "(a - y)/(a*(1 - a))"),
        (CROSS_ENTROPY, "a", "z", "sigmoid(z)*(1 - sigmoid(z))"),
        ("L=log(1-sigmoid(z))", "L", "z", "-sigmoid(z)"),
        (ATTENTION, "a_1", "e_1", "e_2/(e_1 + e_2)^2"),
        (ATTENTION, "a_1", "e_2", "-(e_1/(e_1 + e_2)^2)"),
        (SOFTMAX, "p_1", "z_1", "exp(z_1 + z_2)/(exp(z_1) + exp(z_2))^2"),
        ("y=(exp(x)-exp(-x))/(exp(x)+exp(-x))", "y", "x", "4/(exp(x) + exp(-x))^2"),
        ("f=(x^2-1)/(x^2+1)", "f", "x", "4*x/(x^2 + 1)^2"),
        ("f=arctan(x/y)", "f", "x", "y/(x^2 + y^2)"),
        ("f=arctan(x/y)", "f", "y", "-(x/(x^2 + y^2))"),
        ("y=abs(x)^2", "y", "x", "2*x"),
        ("y=(x^(1/2))^2", "y", "x", "1"),
        ("y=5*(3*x-4)^6*(x+2)^2", "y", "x", "20*(x + 2)*(3*x - 4)^5*(6*x + 7)"),
        ("y=log(exp(a-c)+exp(b-c))+c", "y", "c", "0"),
    ],
)
def test_the_derivatives_on_edges(source, of, wrt, shown):
    here = system(source, write="inputs")
    places = {name: node for node, name in here.graph_views.simplified.names.items()}
    total = here.edge_derivatives.simplified[places[of], places[wrt]].total
    assert plain(to_graph(here.algebra, total)) == shown


@pytest.mark.parametrize(
    ("source", "chain"),
    [
        (CROSS_ENTROPY, "∂L/∂w = ∂L/∂a*da/dz*∂z/∂w = (a - y)/(a*(1 - a)) * sigmoid(z)*(1 - sigmoid(z)) * x"
                        " = x*(sigmoid(w*x + b) - y)"),
        (CROSS_ENTROPY, "∂L/∂b = ∂L/∂a*da/dz*∂z/∂b = (a - y)/(a*(1 - a)) * sigmoid(z)*(1 - sigmoid(z)) * 1"
                        " = sigmoid(w*x + b) - y"),
        ("L=-(y*log(sigmoid(z))+(1-y)*log(1-sigmoid(z)))",
         "∂L/∂z = -y*(1 - sigmoid(z)) + (1 - y)*sigmoid(z) = sigmoid(z) - y"),
        ("a=sigmoid(z); L=log(1-a)", "dL/dz = dL/da*da/dz = -(1/(1 - a)) * sigmoid(z)*(1 - sigmoid(z)) = -sigmoid(z)"),
        ("u=x^2-3; y=u*(x+1)",
         "dy/dx = ∂y/∂u*du/dx + ∂y/∂x = (x + 1) * 2*x + u = 2*x*(x + 1) + (x^2 - 3) = 3*x^2 + 2*x - 3"),
        ("y=2x^3+3; z=y^2", "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3)"),
        ("y=sin(2x+3); z=y^2", "dz/dx = dz/dy*dy/dx = 2*y * 2*cos(2*x + 3) = 4*sin(2*x + 3)*cos(2*x + 3)"),
        ("e=(a+b)*(b+1)", "∂e/∂b = (b + 1) + (a + b) = a + 2*b + 1"),
    ],
)  # fmt: skip
def test_chains_over_the_inputs(source, chain):
    assert chain in lines(system(source, write="inputs").chains(False))


def test_what_cancels_over_the_inputs_is_written_out():
    """The sum of four paths has 200 symbols, its shortest form 30."""
    (shown,) = (line for line in lines(system(ATTENTION, write="inputs").chains(False)) if line.startswith("∂o/∂q"))
    assert shown.endswith(" = (v_1 - v_2)*(k_1 - k_2)*exp(q*k_1 + q*k_2)/(exp(q*k_1) + exp(q*k_2))^2")


def test_second_derivatives():
    assert lines(system("y=2x^3+3; z=y^2").higher(2))[-1] == "d^2z/dx^2 = 24*x*(2*x^3 + 3) + 72*x^4 = 24*x*(5*x^3 + 3)"
