"""A figure in words: formulas as they are read out, and what is said of a sheet."""

import re
from itertools import combinations

import pytest

from graphviz_ad.core.diagram import Panel, Plot, Series, Sheet, Table
from graphviz_ad.core.formula import (
    Blank,
    Derivative,
    Equation,
    Expression,
    Gate,
    Product,
    Rounded,
    Sum,
    Variable,
)
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.names import GREEK, DerivativeName, Name
from graphviz_ad.core.ops import OPS
from graphviz_ad.lesson.views import DEFAULT_VIEWS, VIEWS, sheet_of
from graphviz_ad.lesson.words import describe
from graphviz_ad.notation.setting import Continued, Sign
from graphviz_ad.notation.spoken import spoken
from tests.conftest import graph, system, valued
from tests.test_drawing import EXAMPLES

X, Y = Variable("x"), Variable("y")


def said(source: str) -> str:
    """An expression in words."""
    return spoken(Expression(graph(source)))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("2x^3 + 3", "2 x cubed plus 3"),
        ("a*x + b", "a x plus b"),
        ("12x^2*(2x^3 + 3)", "12 x squared times the quantity 2 x cubed plus 3"),
        ("(a + b)*(b + 1)", "the quantity a plus b, times the quantity b plus 1"),
        ("4sin(2x+3)cos(x)", "4 sine of the quantity 2 x plus 3, times cosine of x"),
        ("sin(x)^2", "sine squared of x"),
        ("sin(x^2)", "sine of x squared"),
        ("log(x)^2", "the logarithm of x, squared"),
        ("(x*cos(x) - sin(x))/x^2",
         "the quantity x times cosine of x, minus sine of x, end of quantity, over x squared"),
        ("1/2*x", "one half times x"),
        ("-(a/b)", "minus a over b"),
        ("x^n", "x to the power n"),
        ("x^(n+1)", "x to the power of the quantity n plus 1"),
        ("x^-2", "x to the power minus 2"),
        ("(-2)^x", "the quantity minus 2, to the power x"),
        ("sqrt(x) + cbrt(y)", "the square root of x, plus the cube root of y"),
        ("abs(x - 1)", "the absolute value of the quantity x minus 1"),
        ("max(0, x)", "the maximum of 0 and x"),
        ("[x > 0]", "1 if x is greater than 0, else 0"),
        ("1 + a*b*[x > 0]", "1 plus a b times the quantity 1 if x is greater than 0, else 0, end of quantity"),
        ("[x > 0]^2/y", "the quantity 1 if x is greater than 0, else 0, end of quantity, squared over y"),
        ("-[x > 0]", "minus the quantity 1 if x is greater than 0, else 0, end of quantity"),
        ("max([x > 0], y)", "the maximum of the quantity 1 if x is greater than 0, else 0, end of quantity, and y"),
        ("[[x > 0] > y]",
         "1 if the quantity 1 if x is greater than 0, else 0, end of quantity, is greater than y, else 0"),
        ("1*exp(0.5 + 1)", "1 times the exponential of the quantity 0.5 plus 1"),
        ("2e^x", "2 e to the power x"),
        ("2.5e-20*x", "2.5 times 10 to the power minus 20, times x"),
        ("w_1*x_1", "w sub 1 times x sub 1"),
        ("theta + y_hat + x'' + h^{(t-1)}", "theta plus y hat plus x double prime plus h super t minus 1"),
        ("rate*x", "rate times x"),
        ("Sigma + σ + ε", "capital sigma plus sigma plus epsilon"),
    ],
)  # fmt: skip
def test_expressions_are_read_out(source, words):
    assert said(source) == words


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (Derivative("z", "x"), "the derivative of z with respect to x"),
        (Derivative("z", "x", True), "the partial derivative of z with respect to x"),
        (Derivative(None, None), "a derivative"),
        (Product((Derivative("z", "y"), Derivative("y", "x"))),
         "the derivative of z with respect to y times the derivative of y with respect to x"),
        (Sum((X, Y)), "x plus y"),
        (Continued(Y), "plus y"),
        (Equation((X, Y)), "x is y"),
        (Equation((Derivative("z", "x"), X, Y)), "the derivative of z with respect to x is x, which is y"),
        (Equation((X, Rounded(1 / 3, 3))), "x is approximately 0.333"),
        (Rounded(-0.5, 3), "minus 0.5"),
        (Blank(X), "blank"),
        (Blank(X, filled=True), "x"),
        (Sign("="), "is"),
        (Sign("≈"), "is approximately"),
        (Gate("mul"), "times"),
        (Gate("mul", right=graph("2")), "times 2"),
        (Gate("pow", right=graph("2")), "squared"),
        (Gate("pow"), "to the power"),
        (Gate("sqrt"), "the square root"),
        (Gate("abs"), "the absolute value"),
        (Gate("sin"), "sine"),
        (Gate(UserFunction(Name("f"), 1)), "f"),
        (Gate(UserFunction(Name("f"), 2, (1, 2))),
         "the partial derivative of f with respect to its first and second arguments"),
    ],
)  # fmt: skip
def test_every_shape_is_read_out(formula, words):
    assert spoken(formula) == words


@pytest.mark.parametrize("name", OPS)
def test_every_operation_has_words(name):
    """Letters, digits and commas: no sign that a voice would swallow."""
    op = OPS[name]
    words = [spoken(Gate(name))]
    if op.form in ("function", "bars", "root", "iverson"):
        words.append(said(f"{name}({', '.join('xyz'[: len(op.params)])})"))
        assert words[-1] != words[0]
    assert all(re.fullmatch(r"[A-Za-z0-9 ,-]+", w) for w in words), words


def test_every_function_has_a_name_of_its_own():
    said = [op.spoken or op.sign for op in OPS.values() if op.form in ("function", "bars")]
    assert len(set(said)) == len(said)


def test_every_greek_letter_has_a_name():
    assert all(spoken(Variable(letter)).isascii() for letter in GREEK.values())


DIFFERENT = [
    "a + b*c", "(a + b)*c", "a*(b + c)", "a/b*c", "a/(b*c)", "a/(b + c)", "a/b + c", "(a + b)/c", "a + b/c",
    "a^(b+c)", "a^b + c", "a^(b*c)", "a^b*c", "(a*b)^c", "a*b^c", "a^(b^c)", "(a^b)^c", "-a^2", "(-a)^2",
    "sin(a + b)", "sin(a) + b", "sin(a*b)", "sin(a)*b", "sin(a)^2", "sin(a^2)", "sin(a)/b", "sin(a/b)",
    "log(a)^2", "log(a^2)", "a - (b - c)", "a - b - c", "(a/b)^2", "a/b^2", "a^2/b", "sqrt(a + b)", "sqrt(a) + b",
    "max(a, b) + c", "max(a, b + c)", "((a + b)*c + a)*b", "(a + b)*c + a*b", "((a + b)/c + a)*b", "(-2)^a", "-2^a",
]  # fmt: skip


def test_what_differs_sounds_different():
    words = {source: said(source) for source in DIFFERENT}
    assert not [pair for pair in combinations(DIFFERENT, 2) if words[pair[0]] == words[pair[1]]]


# ---- sheets


def alt(source: str, *views: str, **asked: object) -> str:
    return describe(sheet_of(system(source, **asked), views))


def test_a_figure_as_a_lecturer_reads_it_out():
    assert alt("y=2x^3+3; z=y^2", "forward", "forward-simplified", "backward-simplified", "chain") == (
        "y is 2 x cubed plus 3; z is y squared. "
        "Forward graph: y depends on x, through the operations cubed, times and plus; "
        "z depends on y, through the operation squared. "
        "Simplified forward graph: y depends on x; z depends on y. "
        "Simplified backward graph: the derivative of z with respect to y is 2 y; "
        "the derivative of y with respect to x is 6 x squared. "
        "Chain rule: the derivative of z with respect to x is the derivative of z with respect to y times the "
        "derivative of y with respect to x, which is 2 y times 6 x squared, which is 12 x squared times the quantity "
        "2 x cubed plus 3."
    )


def test_what_the_unnamed_values_are_is_said():
    assert alt("y=sin(2x)", "backward").endswith("is 2. Here v sub 1 is 2 x.")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"groups": {"neuron": ("h_1", "h_2")}}, "The group neuron has h sub 1 and h sub 2."),
        ({"groups": {"× 3": ("h_1", "h_2")}}, "The group × 3 has h sub 1 and h sub 2."),  # a name says no number
        ({"fold": True}, "A group of x sub 3 and h sub 3 stands for 3."),
    ],
)
def test_groups_are_said(asked, said):
    source = "; ".join(f"h_{k} = tanh(w*x_{k} + u*h_{k - 1})" for k in (1, 2, 3))
    assert said in describe(sheet_of(system(source, **asked), ["forward-simplified"]))


def test_the_numbers_at_the_nodes_are_said():
    assert alt("y=x^2", "forward", at={"x": 0.5}).endswith(
        "x has the value 0.5 and the adjoint 1; y has the value 0.25 and the adjoint 1."
    )


def test_a_derivative_without_variables_is_told_by_its_ends():
    assert alt("y=x^2", "steps").startswith(
        "y is x squared. 1. A d/d between each pair of nodes: from y to x, a derivative. 2. "
    )


def test_constants_are_told_where_nothing_else_is():
    assert alt("y=3", "forward") == "y is 3. Forward graph: y is 3."


def test_remarks_are_said():
    assert "does not depend on" in alt("y = x^2; z = w", "chain")


def test_tables_and_plots_are_said():
    table = Table(("x", "y"), ((X, 0.5), None, ("", Expression(graph("x^2")))))
    plot = Plot(X, Y, (Series(Expression(graph("x^2")), ((0.0, 0.0),)),))
    assert describe(Sheet("s", (), (Panel("t", "A table", table), Panel("p", "A plot", plot)))) == (
        "A table: x, 0.5; x squared. A plot: x squared over x."
    )


@pytest.mark.parametrize("source", EXAMPLES)
def test_every_figure_has_words_that_end(source):
    words = describe(sheet_of(valued(source), tuple(VIEWS)))
    assert words.endswith(".")
    assert not re.search(r"  | ,|,,|;;|\.\.|: ;|None|Phrase", words)


def test_circuits_and_edge_labelled_graphs_say_what_they_show():
    circuit = describe(sheet_of(system("q = x + y; f = q*z", at={"x": -2, "y": 5, "z": -4}), ["circuit"]))
    assert "the wire from plus to times has the value q is 3 and the gradient minus 4" in circuit
    labelled = describe(sheet_of(system("c = a + b; e = c*b", at={"a": 2, "b": 1}), ["colah"]))
    assert "c is a plus b, which is 3; e is c b, which is 3." in labelled
    assert "the partial derivative of e with respect to c is b, which is 1" in labelled
    assert "c has the adjoint 1" in labelled


def test_derivatives_of_higher_order():
    x, y, z = map(Name, "xyz")
    assert spoken(Variable(DerivativeName("d", z, (x, x)))) == "the second derivative of z with respect to x"
    assert (
        spoken(Variable(DerivativeName("∂", z, (x, x, y))))
        == "the third partial derivative of z with respect to x and y"
    )


def test_the_words_are_those_of_the_svg():
    from html import unescape

    from graphviz_ad.core.request import Request
    from graphviz_ad.formats import formats
    from graphviz_ad.pipeline import render

    sheet = sheet_of(system("y=sin(a*x+b); z=y^2"), DEFAULT_VIEWS)
    svg = render(sheet, formats()["svg"], Request())
    assert unescape(re.search("<desc[^>]*>(.*?)</desc>", str(svg), re.DOTALL)[1]) == describe(sheet)


def test_an_operation_with_an_article_stands_by_itself():
    words = describe(sheet_of(system("y = log(x)*a + 1", at={"x": 2, "a": 3}), ["forward"]))
    assert "; the logarithm has the value 0.69315 and the adjoint 3; the operation times has the value" in words
