"""Names in, structure out: what a name consists of, which spellings are one, and names of derivatives and functions."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.names import DerivativeName, Index, Name, Parts, as_name, derivative_of
from graphviz_ad.core.request import Request
from graphviz_ad.derive.differentiate import requested, with_derivative
from graphviz_ad.read.text.equations import read
from tests.conftest import graph, system


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("x", Parts("x")),
        ("w_1", Parts("w", "1")),
        ("w1", Parts("w", "1")),
        ("w_{ij}", Parts("w", "ij")),
        ("x_{in}", Parts("x", "in")),
        ("x_{t-1}", Parts("x", "t-1")),
        ("theta", Parts("θ")),
        ("x_alpha", Parts("x", "α")),
        ("y_hat", Parts("y", accents=("hat",))),
        ("y_hat_1", Parts("y", "1", accents=("hat",))),
        ("x\u0302", Parts("x", accents=("hat",))),
        ("h^{(t)}", Parts("h", "", "(t)")),
        ("f''", Parts("f", primes=2)),
        ("x_in_1", Parts("x", "in,1")),
        ("\U0001d430", Parts("\U0001d430")),
        ("<b>", Parts("<b>")),
    ],
)
def test_parts(text, parts):
    assert Name(text).parts == parts


@pytest.mark.parametrize(
    ("text", "numbers", "others"),  # the others are those that differ in these numbers alone
    [
        ("x", (), []),
        ("h_2", (2,), ["h_3", "h_10"]),
        ("w_{12,3}", (12, 3), ["w_{4,5}"]),
        ("a_1^{(2)}", (2, 1), ["a_2^{(1)}"]),
        ("x_{t-1}", (1,), ["x_{t-2}"]),
        ("x1", (1,), ["x_2"]),
    ],
)
def test_numbers_in_names(text, numbers, others):
    parts = Name(text).parts
    assert parts.numbers == numbers
    assert all(Name(other).parts.without_numbers == parts.without_numbers for other in others)
    assert Name("y_1").parts.without_numbers != parts.without_numbers


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("x", ()),
        ("w_1", (Index("1"),)),
        ("w_{ij}", (Index("ij"),)),
        ("w_{i j}", (Index("i"), Index("j"))),
        ("w_{1,j}", (Index("1"), Index("j"))),
        ("w_in_1", (Index("in"), Index("1"))),
        ("x_{t-1}", (Index("t", -1),)),
        ("x_{t + 2, j}", (Index("t", 2), Index("j"))),
        ("x_{t−1}", (Index("t", -1),)),
        ("x_{n*m}", (Index("n*m"),)),
    ],
)
def test_indices(text, indices):
    assert Name(text).parts.indices == indices


@pytest.mark.parametrize(
    ("text", "layer"),
    [
        ("h^{(t)}", Index("t")),
        ("h^{(t-1)}", Index("t", -1)),
        ("W^{[1]}", Index("1")),
        ("x^{*}", None),
        ("x^{(]}", None),
        ("x^{()}", None),
        ("x", None),
    ],
)
def test_layers(text, layer):
    assert Name(text).parts.layer == layer


@pytest.mark.parametrize(("text", "style"), [("\U0001d430", "mathbf"), ("ℒ", "mathcal"), ("w", ""), ("loss", "")])
def test_styles(text, style):
    assert Name(text).parts.style == style


@pytest.mark.parametrize(
    ("latex", "text", "parts"),
    [
        (r"\hat{y}_i", "y_hat_i", Parts("y", "i", accents=("hat",))),
        (r"\mathbf{w}", "\U0001d430", Parts("\U0001d430")),
        (r"h^{(t-1)}", "h^{(t-1)}", Parts("h", "", "(t-1)")),
        (r"W^{[1]}_{ij}", "W_{i j}^{[1]}", Parts("W", "i j", "[1]")),
        (r"x_{t-1}", "x_{t-1}", Parts("x", "t-1")),
        (r"y'", "y'", Parts("y", primes=1)),
        (r"\theta", "θ", Parts("θ")),
    ],
)
def test_names_in_latex(latex, text, parts):
    made = system(f"z = 2{latex}", "latex").graph
    name = made.name(next(made.inputs()))
    assert (name, name.parts) == (text, parts)


@pytest.mark.parametrize(
    ("one", "other"),
    [("w1", "w_1"), ("alpha", "α"), ("w_ij", "w_{i j}"), ("y_hat", "y\u0302"), ("x_{t - 1}", "x_{t-1}")],
)
def test_spellings_of_one_name(one, other):
    assert Name(one).key == Name(other).key


@pytest.mark.parametrize(("one", "other"), [("φ", "ϕ"), ("ε_1", "epsilon1")])
def test_the_two_forms_of_a_letter_are_loosely_one(one, other):
    assert Name(one).key != Name(other).key
    assert Name(one).loose_key == Name(other).loose_key


NAMES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["x", "w", "loss", "theta", "α", "\U0001d430", "y\u0302", "h_hat"]),
    st.sampled_from(["", "_1", "_{t-1}", "_{i j}", "_in", "_{1,j}"]),
    st.sampled_from(["", "^{(t-1)}", "^{[1]}"]),
    st.sampled_from(["", "'", "''"]),
)


@given(NAMES)
def test_a_name_that_is_read_is_the_same_name(text):
    """Its text, its place in a graph and in a file of pickles keep all of it."""
    made = graph(f"result = {text}")
    name = made.name(next(made.inputs()))
    assert name == text
    assert name.parts == Name(text).parts
    assert Name(str(name)).key == name.key
    assert pickle.loads(pickle.dumps(name)).parts == name.parts


# ---- derivatives


@pytest.mark.parametrize(
    ("symbol", "of", "wrts", "text"),
    [
        ("d", "z", "x", "dz/dx"),
        ("d", "z", "x x", "d^2z/dx^2"),
        ("d", "z", "x y", "d^2z/dx/dy"),
        ("∂", "f", "x x y", "∂^3f/∂x^2/∂y"),
        ("d", "loss", "w", "d loss/dw"),
        ("∂", "h^{(t)}", "x_1 x_2", "∂^2h^{(t)}/∂x_1/∂x_2"),
    ],
)
def test_the_name_of_a_derivative_knows_of_what_and_by_what(symbol, of, wrts, text):
    name = DerivativeName(symbol, Name(of), tuple(map(Name, wrts.split())))
    assert name == text
    assert (name.symbol, name.of, list(name.wrts)) == (symbol, of, wrts.split())
    again = pickle.loads(pickle.dumps(name))
    assert (again, again.of, again.wrts) == (name, name.of, name.wrts)


@pytest.mark.parametrize("text", ["dz/dx", "d^2z/dx^2", "∂^2z/∂x/∂y", "∂^2z/∂x∂y", "d z / d x"])
def test_what_is_asked_for_is_the_name_of_what_is_made(text):
    whole = graph("z = x^3*y^2")
    asked = requested(text, whole)
    made = with_derivative(whole, asked.of, asked.wrts, symbol="d" if asked.symbol == "d" else "partial")
    name = made.name(made.outputs[0])
    assert isinstance(name, DerivativeName)
    assert (name, name.of, name.wrts) == (asked, asked.of, asked.wrts)


@pytest.mark.parametrize("text", ["x", "delta", "d_{a/d b}", "w_{d/dx}", "dx"])
def test_a_readers_name_is_never_a_derivative(text):
    made = graph(f"z = {text}")
    assert not isinstance(made.name(next(made.inputs())), DerivativeName)


def test_derivatives_of_derivatives():
    first = derivative_of(Name("z"), Name("x"), "d")
    assert derivative_of(first, Name("x"), "d") == "d^2z/dx^2"
    assert derivative_of(first, Name("y"), "∂") == "∂ dz/dx/∂y"  # partial, of a total one


def test_a_name_stays_what_it_is():
    name = derivative_of(Name("z"), Name("x"), "d")
    assert as_name(name) is name
    assert not isinstance(as_name(str(name)), DerivativeName)


@pytest.mark.parametrize(
    ("name", "dotted"),
    [
        (Name("x"), "x\u0307"),
        (Name("v_1"), "v\u0307_1"),
        (Name("theta"), "theta\u0307"),
        (Name("loss"), "loss\u0307"),
        (Name("h^{(t)}"), "h\u0307^{(t)}"),
        (DerivativeName("d", Name("y"), (Name("x"), Name("x"))), "y\u0307''"),  # in Lagrange's notation
    ],
)
def test_names_with_a_dot(name, dotted):
    assert name.accented("dot") == dotted


# ---- functions


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("f(x)", UserFunction(Name("f"), 1)),
        ("f'(x)", UserFunction(Name("f"), 1, (1,))),
        ("f''(x)", UserFunction(Name("f"), 1, (1, 1))),
        ("f(x, y)", UserFunction(Name("f"), 2)),
        ("f_{,1}(x, y)", UserFunction(Name("f"), 2, (1,))),
        ("f_{,2,1}(x, y)", UserFunction(Name("f"), 2, (1, 2))),
    ],
)
def test_a_call_of_a_user_defined_function_is_an_operation_of_its_own_type(text, function):
    made = read(f"z = {text}", Request(functions=("f",))).graph
    assert [node.op for node in made.nodes if node.args] == [function]


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("f(x) = a*x; y = f(2*b)", ["b", "a"]),
        ("f(x) = a*x; y = f(2*x)", ["x", "a"]),  # x is a variable outside
        ("g(x) = x^2; f(g_1) = g(3*g_1) + x; y = f(x)", ["x"]),
    ],
)
def test_parameters_are_no_variables(text, inputs):
    made = graph(text)
    assert [made.name(index) for index in made.inputs()] == inputs
