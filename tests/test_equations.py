"""Request equations: what is typed beside how it is read, and mistakes beside what is said about them."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.read.length import MAX_SOURCE
from graphviz_ad.read.text.equations import read as parse
from tests.conftest import graph, plain


def read_as(source: str) -> str:
    """The equations of a source, as adgraph writes them."""
    return "; ".join(plain(equation) for equation in equations(graph_view(graph(source), False)))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        # precedence
        ("y = -x^2", "y = -x^2"),
        ("y = (-x)^2", "y = (-x)^2"),
        ("y = 2^-x", "y = 2^(-x)"),
        ("y = 2^3^2", "y = 2^(3^2)"),
        ("y = x**-2", "y = x^(-2)"),
        ("y = 3*-x", "y = 3*(-x)"),
        ("y = -x*z", "y = -x*z"),
        ("y = +x", "y = x"),
        ("y = a - b - c", "y = a - b - c"),
        ("y = a - (b - c)", "y = a - (b - c)"),
        ("y = a/b/c", "y = a/b/c"),
        ("y = a/(b*c)", "y = a/(b*c)"),
        # products without a sign
        ("y = 2x^3+3", "y = 2*x^3 + 3"),
        ("y = 3(x+1)(x-1)", "y = 3*(x + 1)*(x - 1)"),
        ("y = 2 sin(2x+3) cos(2x+3)", "y = 2*sin(2*x + 3)*cos(2*x + 3)"),
        ("y = 2sin(x)", "y = 2*sin(x)"),
        ("y = x (x + 1)", "y = x*(x + 1)"),
        ("y = 2πr", "y = 2*pi*r"),
        ("y = 2e^x", "y = 2*e^x"),
        ("z = x^2y", "z = x^2*y"),
        # functions
        ("y = sin 2x", "y = sin(2*x)"),
        ("y = sin x cos x", "y = sin(x)*cos(x)"),
        ("y = sin x + 1", "y = sin(x) + 1"),
        ("y = sin x^2", "y = sin(x^2)"),
        ("y = sin^2 x", "y = sin(x)^2"),
        ("y = sin² x", "y = sin(x)^2"),
        ("y = sin^2(x) + cos(x)^2", "y = sin(x)^2 + cos(x)^2"),
        ("y = sin^-1 x", "y = arcsin(x)"),
        ("y = tanh⁻¹(x)", "y = artanh(x)"),
        ("y = sin -x", "y = sin(-x)"),
        ("y = sin x (x+1)", "y = sin(x)*(x + 1)"),
        ("y = sin 2(x+1)", "y = sin(2*(x + 1))"),
        ("y = ln x + log_2 x + log_{10}(x)", "y = ln(x) + log2(x) + log10(x)"),
        ("y = max(a, b, c)", "y = max(max(a, b), c)"),
        ("y = σ(x)", "y = sigmoid(x)"),
        ("y = σ x", "y = σ*x"),
        ("y = √x + ∛(x+1)", "y = sqrt(x) + cbrt(x + 1)"),
        # bars
        ("y = |x|", "y = abs(x)"),
        ("y = 2|x||z|", "y = 2*abs(x)*abs(z)"),
        ("y = |x - (|z| + 1)|", "y = abs(x - (abs(z) + 1))"),
        ("y = ||x| - 1|", "y = abs(abs(x) - 1)"),
        # signs and numbers
        ("y = a × b ÷ c · d − 1", "y = a*b/c*d - 1"),
        ("y = x² + x³ + x⁻¹ + xⁿ", "y = x^2 + x^3 + x^(-1) + x^n"),
        ("y = .5x + 1e-3 + 2.50", "y = 0.5*x + 0.001 + 2.50"),
        ("y = 1e-30 x", "y = 1e-30*x"),
        ("y = 1/2 x", "y = 1/2*x"),
        ("y = -3x", "y = -3*x"),
        ("y = x - -3", "y = x - (-3)"),
        # names
        ("y = w_1 x_{in} + w1", "y = w_1*x_in + w_1"),
        ("y = alpha + α", "y = alpha + alpha"),
        ("y = x' + x''", "y = x' + x''"),
        ("y = x₁ + x_1", "y = x_1 + x_1"),
        ("y_hat = w x", "y_hat = w*x"),
        ("y = loss + l*1", "y = loss + l*1"),
        ("y = beta gamma zeta lambda I S N E C Q", "y = beta*gamma*zeta*lambda*I*S*N*E*C*Q"),
        # statements
        ("z = y^2; y = x + 1", "y = x + 1; z = y^2"),
        ("# a comment\ny = x # another\n\nz = y\n", "y = x; z = y"),
        ("y = (x +\n 1)", "y = x + 1"),
        ("x^2 + 1", "y = x^2 + 1"),
        ("y + 1; x", "z = y + 1; f = x"),
        ("e = (a+b)*(b+1)", "e = (a + b)*(b + 1)"),
        ("y = e^x", "y = e^x"),
        ("\ufeffy = x", "y = x"),
        ("y = {x + 1}^{2}", "y = (x + 1)^2"),
        # a function that is a variable may be raised, where no bracket follows that might be its argument
        ("z = y^2; y(x) = 2x", "y = 2*x; z = y^2"),
        ("z = y²+1; y(x) = 2x", "y = 2*x; z = y^2 + 1"),
        ("z = y^(n+1)*y^-2; y(x) = 2x", "y = 2*x; z = y^(n + 1)*y^(-2)"),
        # words that Python has too
        ("y = lambda*x + 1", "y = lambda*x + 1"),
        ("# import os\ny = x # 1 if a else b", "y = x"),
        ("return = 2; y = returns*return", "return = 2; y = returns*return"),
    ],
)
def test_reads(typed, read):
    assert read_as(typed) == read


def test_what_was_written_is_kept():
    """x + x reads x twice, equal right sides are two nodes, and terms stay in their order."""
    assert [node.op for node in graph("y = x + x").nodes] == ["input", "add"]
    assert [node.op for node in graph("y = x*x; z = x*x").nodes] == ["input", "mul", "mul"]
    assert read_as("y = 3 + 2x + x*x") == "y = 3 + 2*x + x*x"


def test_inputs_come_in_the_order_in_which_they_are_read():
    nodes = graph("z = y + c; y = a*x + b")
    assert [nodes.nodes[index].name for index in nodes.inputs()] == ["c", "a", "x", "b"]


def test_outputs_are_what_no_equation_reads():
    nodes = graph("y = x^2; z = y + 1; w = sin(x)")
    assert [nodes.nodes[index].name for index in nodes.outputs] == ["z", "w"]


def test_e_and_pi_are_variables_where_they_are_named_so():
    assert [n.op for n in parse("y = e*x").graph.nodes] == ["input", "e", "mul"]
    assert [n.op for n in parse("y = e*x", Request(variables=("e",))).graph.nodes] == ["input", "input", "mul"]


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("y = ax + x", "'ax' is read as one name; write a*x for a product"),
        ("y = 1/2x", "'x' behind a quotient multiplies it; for the denominator write brackets: a/(b x)"),
        ("y = a(x + b)", "a(…) is read as the product a*(…)"),
        ("y = a*x", None),
        ("y = loss*w", None),
        ("y = 1/2 x", None),
    ],
)
def test_notes_on_ambiguous_spellings(typed, note):
    assert parse(typed).notes == (() if note is None else (note,))


@pytest.mark.parametrize(
    ("typed", "place", "message", "hint"),
    [
        ("", "", "there is no equation here", "try"),
        ("# only a comment", "", "there is no equation here", "try"),
        ("y = sine(x)", "sine", "unknown function 'sine'", "write sin(x)"),
        ("SIN(x)", "SIN", "unknown function 'SIN'", "did you mean 'sin'?"),
        ("z = y^2(x); y(x) = 2x", "^", "the power of 'y' may be read in two ways", "(y(…))^2"),
        ("z = y² (x+1); y(x) = 2x", "²", "the power of 'y' may be read in two ways", "(y(…))^2"),
        ("y = loss(x)", "loss", "unknown function 'loss'", "loss*(…)"),
        ("y = f(x) + f", "f", "'f' is a variable, and is applied like a function", "f*(…)"),
        ("σ = 2; y = σ(σ)", "σ", "'σ' is used as a function and as a variable", "σ*(…)"),
        ("y = σ(x) + σ", "σ", "'σ' is used as a function and as a variable", "another name"),
        ("sin = 2", "sin", "'sin' is a function and cannot be a variable too", "another name"),
        ("y = sin + 1", "sin", "'sin' is a function and needs an argument", "sin(x)"),
        ("y = sin(x, z)", "sin(x, z)", "'sin' takes 1 argument, not 2", "sin(x)"),
        ("y = atan2(x)", "atan2(x)", "'atan2' takes 2 arguments, not 1", "atan2(y, x)"),
        ("y = max(x)", "max(x)", "'max' takes 2 arguments, not 1", "max(x, y)"),
        ("y = sin()", "()", "an argument is missing", ""),
        ("y = exp^2(x", "(", "'(' is never closed", "add a ')'"),
        ("y = exp^-1 x + log2^-1 x", "^", "'log2' has no inverse here", "1/log2(…)"),
        ("y = sin^n x", "n", "the power of 'sin' is not a number", "(sin(…))^n"),
        ("y = x; x = y", "y", "these equations need each other: y → x → y", "no cycles"),
        ("y = y + 1", "y", "'y' is defined by itself", "another name"),
        ("y = 1; y = 2", "y", "'y' is defined twice", "another name"),
        ("w1 = 1; w_1 = 2", "w_1", "'w_1' is defined twice", "another name"),
        ("y == x", "==", "an equation has one =", "write ="),
        ("y = 0,5x", ",", "a ',' between '0' and '5'", "a decimal point"),
        ("2x = y", "2", "the left side of an equation is one variable", "name = expression"),
        ("f(2) = x^2", "f", "the left side is not a variable or a function of variables", "f = … or f(x) = …"),
        ("y =", "=", "an expression is missing after =", ""),
        ("y = x +", "+", "the equation ends too early", "operand is missing"),
        ("y = x + * 2", "*", "unexpected '*'", "operand is missing"),
        ("y = x_{} + 1", "_{}", "an empty script", "leave it out"),
        ("y = h_{ }^{(t)}", "_{ }", "an empty script", "leave it out"),
        ("y = (x", "(", "'(' is never closed", "add a ')'"),
        ("y = x)", ")", "')' closes nothing", "take it out"),
        ("y = (x]", "]", "'(' is closed by ']'", "write ')'"),
        ("y = ()", ")", "an operand is missing before ')'", ""),
        ("y = |x", "|", "'|' is never closed", "abs(x)"),
        ("y = 1..2", "..", "an ellipsis is not read here", "write every term"),
        ("y = 3 4", "4", "two numbers in a row", "a sign between"),
        ("y = x, z", ",", "unexpected ','", "; or a new line"),
        ("y = x @ z", "@", "'@' is a product of matrices, and nothing says that these are any", "write *"),
        ("y = x < z", "<", "a comparison '<' outside square brackets", "[x > 0]"),
        ("y = \\sin x", "\\", "unexpected character '\\'", "--from latex"),
        ("y = x \x00", "\x00", "unexpected character U+0000", "names"),
        ("y = x" + "²" * 51, "²" * 51, "a number of more than 50 characters", "m*10^n"),
        ("y = x²⁻", "²⁻", "this superscript is not a whole number", "x^(…)"),
        ("y = 1e999 x", "1e999", "a number beyond 10^±300", "other units"),
        ("y = " + "1" * 51, "1" * 51, "a number of more than 50 characters", "m*10^n"),
        ("y = " + "(" * 300 + "x" + ")" * 300, "(", "this is nested more than 100 deep", "names of their own"),
    ],
)  # fmt: skip
def test_mistakes_show_their_place(typed, place, message, hint):
    with pytest.raises(AdgraphError) as caught:
        parse(typed)
    error = caught.value
    assert error.message == message
    assert hint in error.hint
    assert error.span is None or typed[error.span.start : error.span.end] == place
    assert (error.span is None) == (message == "there is no equation here")


def test_an_error_points_at_the_line_and_column():
    with pytest.raises(AdgraphError) as caught:
        parse("y = x\nz = (y +\n  sine(y))")
    assert caught.value.render().splitlines() == [
        "line 3, column 3: unknown function 'sine'",
        "    sine(y))",
        "    ^^^^",
        "hint: write sin(x)",
    ]


def test_the_caret_stands_under_wide_and_combining_characters():
    with pytest.raises(AdgraphError) as caught:
        parse("变量 = x̂ @ 2")
    _, line, caret, _ = caught.value.render().splitlines()
    assert line == "  变量 = x̂ @ 2"
    assert caret == "  " + " " * len("bbaa = x ") + "^"  # two columns for each ideograph, none for the circumflex


def test_a_long_line_is_shown_around_the_mistake():
    with pytest.raises(AdgraphError) as caught:
        parse("y = " + "x + " * 1000 + "@" + " + x" * 1000)
    _, line, caret, _ = caught.value.render().splitlines()
    assert len(line) < 80
    assert line[caret.index("^")] == "@"


HOSTILE = {
    "nested brackets": "y = " + "(" * 20_000 + "x" + ")" * 20_000,
    "a chain of functions": "y = " + "sin " * 12_000 + "x",
    "minus signs": "y = " + "-" * 45_000 + "x",
    "a tower": "y = " + "9^" * 20_000 + "9",
    "a tower of nines": "y = 9**9**9**9",
    "a long sum": "y = " + "+".join(["x"] * 20_000),
    "a long product": "y = " + "*".join(f"(x+{n})" for n in range(5_000)),
    "many equations": ";".join(f"a{n + 1} = a{n} + 1" for n in range(2500)),
    "a megabyte": "y = " + "x + " * 300_000 + "x",
    "bars": "y = " + "|" * 40_000,
    "one name": "y = " + "a" * 40_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_enormous_inputs_end_in_a_graph_or_an_error(text):
    """Promptly, too; the bound is generous, since the machine may be busy: it is there to catch a hang."""
    started = time.process_time()
    try:
        assert parse(text).graph.nodes
    except AdgraphError as error:
        assert error.message
        assert len(error.render()) < 1000
    assert time.process_time() - started < 10


def test_what_is_too_long_is_refused_at_once():
    with pytest.raises(AdgraphError, match="characters are more than"):
        parse("x" * (MAX_SOURCE + 1))


@given(st.text(alphabet=string.printable + "αβσπ·×÷²³√|′₁", max_size=60))
def test_any_text_is_a_graph_or_an_error(text):
    try:
        parse(text)
    except AdgraphError as error:
        assert error.render()


def test_mutated_equations_are_graphs_or_errors():
    rng = random.Random(1)
    originals = ["y = sin(a*x + b); z = y^2", "p = 1/(1 + exp(-x))", "e = (a+b)*(b+1)", "y = |x|^2 + sin^2 x"]
    for _ in range(3000):
        text = list(rng.choice(originals))
        for _ in range(rng.randint(1, 4)):
            place = rng.randrange(len(text))
            text[place : place + rng.randint(0, 2)] = rng.choice(["", "(", ")", "|", "^", "=", ";", "x", "2", "²", "-"])
        try:
            parse("".join(text))
        except AdgraphError as error:
            assert error.render()


@pytest.mark.parametrize(
    ("source", "op", "text"),
    [
        ("y = a/(x - 1) + 2", "div", "a/(x - 1)"),
        # a variable that occurred before
        ("y = x + sin(2)*-x", "neg", "-x"),
        ("y = x + sin x", "sin", "sin x"),
        ("y = x + 2 - (1 - x)/x", "div", "(1 - x)/x"),
        ("y = x + sin 2 x", "mul", "2 x"),
        ("y = x + [x > 3]", "greater", "x > 3"),
        ("y = x*sin^2 x", "pow", "sin^2 x"),
        ("y = 3*(a/a)^2", "div", "a/a"),
        ("y = 3*(a/a)^2", "pow", "(a/a)^2"),
        ("y = (a)(b) + 1", "mul", "(a)(b)"),
        ("y = 2*((a) + b)", "add", "(a) + b"),
        ("y = |a - b|^2", "pow", "|a - b|^2"),
    ],
)
def test_the_place_of_an_operation_has_its_brackets(source, op, text):
    (node,) = [node for node in graph(source).nodes if node.op == op]
    assert source[node.span.start : node.span.end] == text


@pytest.mark.parametrize(
    ("source", "place", "hint"),
    [
        ("import os", "import os", "adgraph draw lesson.py:function"),
        ("y = x\nfrom math import sin", "from math import sin", "lesson.py:function"),
        ("def f(x): return x", "def f(", "lesson.py:function"),
        ("class Net(Module):", "class Net(", "lesson.py:function"),
        ("@jit\ny = x", "@jit", "lesson.py:function"),
        ("y = lambda x: x^2", "lambda x:", "lesson.py:function"),
        ("for i, j in pairs: y", "for i, j in pairs: y", "lesson.py:function"),
        ("while x > 0:", "while x > 0:", "lesson.py:function"),
        ("return x*y", "return x*y", "lesson.py:function"),
        ("y = x; print(y)", "print(", "lesson.py:function"),
        ("y = x if x > 0 else 0", "if x > 0 else", "{a if x > 0; b}"),
    ],
)
def test_a_line_of_python_is_no_product_of_words(source, place, hint):
    with pytest.raises(AdgraphError, match="this is Python, and equations are read here") as caught:
        parse(source)
    assert source[slice(*caught.value.span)] == place
    assert hint in caught.value.hint
