"""The normal form: expressions beside what a textbook makes of them, and SymPy as the judge of their values."""

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.algebra.together import together
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.numbers import add_numbers, multiply_numbers, power_number
from graphviz_ad.core.ops import NONNEGATIVE, POSITIVE, UNKNOWN
from graphviz_ad.point.evaluate import values
from tests.conftest import graph, normal, plain
from tests.strategies import Pair, expressions, points, value


@pytest.mark.parametrize(
    ("written", "form"),
    [
        # products: numbers, variables, sums, functions
        ("2*(2x^3 + 3)*6*x^2", "12*x^2*(2*x^3 + 3)"),
        ("2*sin(2x + 3)*2*cos(2x + 3)", "4*sin(2*x + 3)*cos(2*x + 3)"),
        ("sin(x)*(x + 1)*x*3", "3*x*(x + 1)*sin(x)"),
        ("(1 - tanh(x))*x*(x + 1)", "x*(x + 1)*(1 - tanh(x))"),
        ("x*sqrt(2)*pi", "sqrt(2)*pi*x"),
        ("x*log(2)", "x*log(2)"),
        ("(x^(n - 1))*n", "n*x^(n - 1)"),
        ("x*0", "0"),
        ("x*1", "x"),
        # powers of one base
        ("x*x", "x^2"),
        ("x^2*x^3", "x^5"),
        ("x*x^(x - 1)", "x^x"),
        ("(x^2)^3", "x^6"),
        ("(2x)^3", "8*x^3"),
        ("(x^2)^(-1)", "1/x^2"),
        ("(1/x)^2", "1/x^2"),
        ("exp(x)*exp(x)", "exp(2*x)"),
        ("exp(x)*exp(-x)", "1"),
        ("x^0", "1"),
        ("1/x^2", "1/x^2"),
        ("x/x^3", "1/x^2"),
        ("2^3", "8"),
        ("(1/2)^2", "1/4"),
        # what is not safe is left alone
        ("x/x", "x/x"),
        ("x^2/x", "x^2/x"),
        ("sqrt(x^2)", "sqrt(x^2)"),
        ("sqrt(x)*sqrt(x)", "sqrt(x)^2"),
        ("exp(log(x))", "exp(log(x))"),
        ("(x^2)^(1/2)", "(x^2)^(1/2)"),
        ("(x^(1/2))^2", "(x^(1/2))^2"),  # x, but where x is negative
        ("(x^n)^2", "(x^n)^2"),
        ("x^(1/2)*x^(1/2)", "x^(1/2)*x^(1/2)"),
        ("1/(1/x)", "1/(1/x)"),
        ("(x^(-2))^(-3)", "1/(1/x^2)^3"),
        ("exp(x)/exp(x)", "1"),
        # a root is undone and a power cancelled where the base has a sign
        ("(x + exp(w))^(1/2) * (x + exp(w))^(1/2)", "(x + exp(w))^(1/2)*(x + exp(w))^(1/2)"),  # x may be negative
        ("(x^2 + exp(w))^(1/2) * (x^2 + exp(w))^(1/2)", "x^2 + exp(w)"),  # none is, and one is positive
        ("(x^2 + y^2)/(x^2 + y^2)", "(x^2 + y^2)/(x^2 + y^2)"),  # none is, but all may be 0
        ("(x^3 + exp(w))/(x^3 + exp(w))", "(x^3 + exp(w))/(x^3 + exp(w))"),
        ("(exp(x) - 2)/(exp(x) - 2)", "(exp(x) - 2)/(exp(x) - 2)"),
        ("(2*exp(x))^(1/2) * (2*exp(x))^(1/2)", "2*exp(x)"),
        ("(x*exp(w))^(1/2) * (x*exp(w))^(1/2)", "(x*exp(w))^(1/2)*(x*exp(w))^(1/2)"),
        ("(1 + x^2)^n * (1 + x^2)^(-n)", "1"),
        ("abs(x)^(1/2) * abs(x)^(1/2)", "abs(x)^(1/2)*abs(x)^(1/2)"),
        ("sigmoid(x)/sigmoid(x)", "1"),
        ("pi*x/pi", "x"),
        # roots of constants are one root
        ("sqrt(2)*sqrt(pi)*x", "sqrt(2*pi)*x"),
        ("x/(sqrt(2)*y*sqrt(pi))", "x/(sqrt(2*pi)*y)"),
        ("sqrt(2)*sqrt(8)*x", "4*x"),
        ("x/(sqrt(2)*sqrt(8))", "x/4"),
        ("sqrt(2)*x/sqrt(pi)", "sqrt(2)*x/sqrt(pi)"),
        ("sqrt(2)*sqrt(x)", "sqrt(2)*sqrt(x)"),
        # sums: like terms; what was written keeps its order, what is collected is ordered
        ("3 + 2x^3", "3 + 2*x^3"),
        ("2x + 3x", "5*x"),
        ("x + 1 + x^2 + x", "x^2 + 2*x + 1"),
        ("x - x", "0"),
        ("x + 1 - (x + 1)", "0"),
        ("a - (b - c)", "a - b + c"),
        ("sin(x) + 2sin(x)", "3*sin(x)"),
        ("-(x + 1)", "-(x + 1)"),
        ("-x - y", "-x - y"),
        ("2(x + 1)", "2*(x + 1)"),
        # numbers
        ("1/2 x + 1/3 x", "5*x/6"),
        ("0.1x + 0.2x", "0.3*x"),
        ("0.1*3", "0.3"),
        ("0.5*(1/3)*x", "x/6"),
        ("x/4", "x/4"),
        ("-x/2", "-(x/2)"),
        # a minus in front: on the first factor, in a sum that has one, else before the fraction
        ("-2x*y", "-2*x*y"),
        ("a - x*y", "a - x*y"),
        ("a - 2/x", "a - 2/x"),
        ("-(-1 + t)*x", "x*(1 - t)"),
        ("-(-1 + t)/(1 - y)", "(1 - t)/(1 - y)"),
        ("-(-1 - t)/y", "-((-1 - t)/y)"),  # without a term that would have no minus
        ("-(-1 + t)^2/y", "-((-1 + t)^2/y)"),
        ("-y/(-1 + t)", "-(y/(-1 + t))"),
        ("-(-1 + t)*(-1 + s)", "(1 - t)*(-1 + s)"),  # once
        ("-(a*b - 1)*x", "-x*(a*b - 1)"),  # begins without a minus
        ("-(1 - t)*x", "-x*(1 - t)"),
        ("-(-x/3 + t)/y", "(x/3 - t)/y"),
        ("-(-s*t + 1)/y", "(s*t - 1)/y"),
        ("-(-1 + t/2)*x", "x*(1 - t/2)"),
        ("-(-b*(-1 + x) + t)/y", "-((b*(1 - x) + t)/y)"),  # is written without its minus anyway
        ("2.50x", "2.50*x"),
        ("2.0x", "2*x"),
        ("log(1) + exp(0) + sin(0)", "1"),
        ("log(e)*x", "x"),
        ("sqrt(16)", "4"),
        ("sqrt(2)", "sqrt(2)"),
        ("sqrt(2)^2*x", "2*x"),
        ("(x/sqrt(2))^2", "x^2/2"),
        ("sqrt(2)^3", "sqrt(2)^3"),
        ("tan(4)", "tan(4)"),
        # towers and long numbers are not multiplied out
        ("9**9**9**9", "9^(9^387420489)"),
        ("10^60 * 10^60", "10^60*10^60".replace("10^60", "1" + "0" * 60)),
        ("x*2^1000", "2^1000*x"),
    ],
)
def test_textbook_form(written, form):
    assert normal(written) == form


@pytest.mark.parametrize(
    ("contributions", "form"),
    [
        ("cos(x)/x; -sin(x)/x^2", "(x*cos(x) - sin(x))/x^2"),
        ("x^x; x^x*log(x)", "x^x*(log(x) + 1)"),
        ("exp(x); x*exp(x)", "(x + 1)*exp(x)"),
        ("1/x; 1/x^2", "1/x + 1/x^2"),
        ("1/(x + 1); -x/(x + 1)^2", "1/(x + 1)^2"),
        ("2x*sin(x); x^2*cos(x)", "2*x*sin(x) + x^2*cos(x)"),
        ("b + 1; a + b", "2*b + a + 1"),
        ("0; y", "y"),
        # a root that is divided by is not 0, and its square what is under it
        ("1/sqrt(x); sqrt(x)^2", "1/sqrt(x) + x"),
        ("1/sqrt(x); sqrt(x)^3", "1/sqrt(x) + sqrt(x)^3"),
        ("y/sqrt(x); sqrt(x)^4", "y/sqrt(x) + x^2"),
        ("sqrt(x)^2; y", "sqrt(x)^2 + y"),
        # a sum is no function that terms could have in common
        ("x*(w + 1); w + 1", "x*(w + 1) + w + 1"),
        ("x*(w + 1); y*(w + 1)", "x*(w + 1) + y*(w + 1)"),
        ("x*y; x", "x*y + x"),
        ("x^2*y; x^2", "x^2*y + x^2"),
        ("2^y*x; 2^y", "2^y*(x + 1)"),
        ("pi*x; pi", "pi*(x + 1)"),
        ("sin(x); x*sin(x)", "(x + 1)*sin(x)"),
        ("sin(x)*cos(x); x*cos(x)*sin(x)", "(x + 1)*sin(x)*cos(x)"),  # in the order of the first
        ("tanh(sin(x)/x)", "tanh(sin(x)/x)"),  # one alone stays as it is
        # a denominator: of all, and with a variable in it; fractions are made whole
        ("sin(x)/x; cos(x)", "sin(x)/x + cos(x)"),
        ("sin(w)/pi; cos(w)/pi", "sin(w)/pi + cos(w)/pi"),
        ("sin(x)/w; cos(x)/(w*v)", "(v*sin(x) + cos(x))/(w*v)"),
        ("2*sin(x)/(3w); cos(x)/(4w)", "(8*sin(x) + 3*cos(x))/(12*w)"),
        ("0.5*sin(x)/w; cos(x)/w", "(0.5*sin(x) + cos(x))/w"),
        ("x^(1/2)*sin(x)/x; cos(x)/x", "(x^(1/2)*sin(x) + cos(x))/x"),
        ("(tan(sin(y)) + x)/w; -x/w", "tan(sin(y))/w"),  # what is left above the line is no sum
    ],
)
def test_contributions_collected(contributions, form):
    algebra = Algebra(differentiated=True)
    parts = [algebra.load(graph(part)) for part in contributions.split(";")]
    assert plain(to_graph(algebra, together(algebra, parts))) == form


def test_variables_are_ordered_by_rank():
    algebra = Algebra({"a": 0, "b": 1})
    assert plain(to_graph(algebra, algebra.load(graph("b + 1 + (a + b)")))) == "a + 2*b + 1"
    assert plain(to_graph(algebra, algebra.load(graph("b*a*2")))) == "2*a*b"


@pytest.mark.parametrize(
    ("one", "other"),
    [("(x + 1)*x*2", "2*x*(1*x + 1)"), ("2*x - x", "x"), ("x + 0*y", "x"), ("3*x*y/3", "y*x"), ("exp(x)^2", "exp(2x)")],
)
def test_equal_expressions_have_equal_indices(one, other):
    algebra = Algebra({"x": 0, "y": 1})
    assert algebra.load(graph(one)) == algebra.load(graph(other))


@pytest.mark.parametrize(
    ("written", "size", "degree", "algebraic", "sign"),
    [
        ("0", 1, 0, True, UNKNOWN),
        ("1", 1, 0, True, POSITIVE),
        ("-1", 1, 0, True, UNKNOWN),
        ("x", 1, 1, True, UNKNOWN),
        ("x + 1", 3, 1, True, UNKNOWN),
        ("2x*y", 4, 2, True, UNKNOWN),
        ("x^3", 3, 3, True, UNKNOWN),
        ("x^4", 3, 4, True, NONNEGATIVE),
        ("x^6", 3, 6, True, NONNEGATIVE),
        ("x^2 + x*y^3 + 1", 10, 4, True, UNKNOWN),
        ("x^2 + y^2", 7, 2, True, NONNEGATIVE),
        ("x^2 + 1", 5, 2, True, POSITIVE),
        ("2x^2", 5, 2, True, NONNEGATIVE),
        ("1/x", 3, -1, True, UNKNOWN),
        ("2^x", 3, 0, True, POSITIVE),
        ("(x^2)^n", 5, 0, True, UNKNOWN),  # 0 to a power below 0 is nothing
        ("exp(x)^(-3)", 4, 0, False, POSITIVE),
        ("x*exp(y)", 4, 1, False, UNKNOWN),
        ("tanh(x)", 2, 0, False, UNKNOWN),
        ("abs(x)", 2, 0, False, NONNEGATIVE),
        ("sin(x + y*x) + 1", 8, 0, False, UNKNOWN),
    ],
)  # fmt: skip
def test_what_is_known_of_an_expression(written, size, degree, algebraic, sign):
    algebra = Algebra()
    index = algebra.load(graph(written))
    found = algebra.size[index], algebra.degree[index], algebra.algebraic[index], algebra.sign[index]
    assert found == (size, degree, algebraic, sign)


@pytest.mark.parametrize(
    ("written", "by", "form"),
    [
        ("x*cos(x) + 2", {"x": "y + 1"}, "(y + 1)*cos(y + 1) + 2"),
        ("x^2 + z", {"x": "2*y"}, "4*y^2 + z"),
        ("x - y", {"x": "y", "y": "x"}, "y - x"),  # at once
        ("a + 1", {"x": "y"}, "a + 1"),
    ],
)
def test_variables_replaced(written, by, form):
    algebra = Algebra()
    values = {name: algebra.load(graph(text)) for name, text in by.items()}
    assert plain(to_graph(algebra, algebra.substitute(algebra.load(graph(written)), values))) == form


@pytest.mark.parametrize(
    ("function", "a", "b", "result"),
    [
        (add_numbers, Fraction(1, 2), Fraction(1, 2), 1),
        (add_numbers, Decimal("0.1"), Decimal("0.2"), Decimal("0.3")),
        (add_numbers, Decimal("0.5"), Fraction(1, 3), Fraction(5, 6)),
        (multiply_numbers, Decimal("0.5"), 2, 1),
        (multiply_numbers, Fraction(2, 3), 6, 4),
        (multiply_numbers, 10**60, 10**60, None),
        (power_number, Fraction(2, 3), -2, Fraction(9, 4)),
        (power_number, Decimal("0.1"), 3, Decimal("0.001")),
        (power_number, 0, -1, None),
        (power_number, 2, 10**9, None),
    ],
)
def test_numbers_stay_exact(function, a, b, result):
    assert function(a, b) == result
    assert type(function(a, b)) is type(result)


@given(expressions, points)
def test_the_normal_form_has_the_value_of_the_expression(pair: Pair, at: dict[str, float]):
    algebra = Algebra()
    form = to_graph(algebra, algebra.load(graph(f"result = {pair.text}")))
    assert evaluated(form, at) == pytest.approx(value(pair.oracle, at), rel=1e-8, abs=1e-9)


@given(expressions)
def test_the_normal_form_is_its_own_normal_form(pair: Pair):
    """Making it a second time changes nothing but, at most, the order in which it is stored."""
    algebra = Algebra()
    once = algebra.load(graph(f"result = {pair.text}"))
    assert algebra.load(to_graph(algebra, once)) == once


def evaluated(form: Graph, at: dict[str, float]) -> float:
    return values(form, at)[form.outputs[0]]


@pytest.mark.parametrize("join", ["+", "*"])
def test_the_time_is_linear_in_the_size(join):
    """A generous bound, to catch a quadratic growth, not a slow machine."""
    started = time.process_time()
    algebra = Algebra()
    algebra.load(graph("y = " + join.join(f"sin(x + {n})" for n in range(3000))))
    assert time.process_time() - started < 20
