"""Derivatives in the reader's own names: ∂a/∂z = a(1 − a) where a = σ(z); which names, and when."""

from __future__ import annotations

from math import isclose
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graphviz_ad.algebra.elimination import in_variables
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.relation import Relation
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.diagram import Chain, Diagram
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Expression, Label
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.system import System
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.sources import SourceText
from tests.conftest import graph, plain, system
from tests.exact import exact
from tests.test_textbook import close, functions, points, slope

LOG_LOSS = "L=-(y*log(a)+(1-y)*log(1-a)); a=sigmoid(z); z=w*x+b"
SOFTMAX = "p_1=exp(z_1)/(exp(z_1)+exp(z_2)); p_2=exp(z_2)/(exp(z_1)+exp(z_2)); L=-(t_1*log(p_1)+t_2*log(p_2))"
THREE = "exp(z_1)+exp(z_2)+exp(z_3)"
SOFTMAX_OF_3 = (f"p_1=exp(z_1)/({THREE}); p_2=exp(z_2)/({THREE}); p_3=exp(z_3)/({THREE});"
                "L=-(t_1*log(p_1)+t_2*log(p_2)+t_3*log(p_3))")  # fmt: skip
SUM = "e_1=exp(z_1); e_2=exp(z_2); S=e_1+e_2; p_1=e_1/S; p_2=e_2/S; L=-(t_1*log(p_1)+t_2*log(p_2))"
SHIFTED = "m=max(z_1,z_2); e_1=exp(z_1-m); e_2=exp(z_2-m);" + SUM.partition("z_2);")[2]
ATTENTION = ("s_1=q*k_1; s_2=q*k_2; e_1=exp(s_1); e_2=exp(s_2); a_1=e_1/(e_1+e_2); a_2=e_2/(e_1+e_2);"
             "o=a_1*v_1+a_2*v_2")  # fmt: skip
LSTM = ("i=sigmoid(w_i*x+u_i*h_p+b_i); f=sigmoid(w_f*x+u_f*h_p+b_f); o=sigmoid(w_o*x+u_o*h_p+b_o);"
        "g=tanh(w_g*x+u_g*h_p+b_g); c=f*c_p+i*g; h=o*tanh(c)")  # fmt: skip
GRU = ("z=sigmoid(w_z*x+u_z*h+b_z); r=sigmoid(w_r*x+u_r*h+b_r); n=tanh(w_n*x+b_n+r*(u_n*h+c_n));"
       "k=(1-z)*n+z*h")  # fmt: skip


def made(source: str, **asked: Any) -> System:
    return read(SourceText(source, "text"), Request(**asked))[0]


def labels(system: System, full: bool = False) -> dict[str, str]:
    """What each arrow of the backward graph says."""
    diagram: Diagram = system.backward(full)
    found = {}
    for arrow in diagram.arrows:
        assert isinstance(arrow.label, Label)
        assert arrow.label.value is not None
        left = arrow.label.derivative
        found[f"{left.of}/{left.wrt}"] = write(arrow.label.value, Plain())
    return found


def results(system: System) -> dict[str, list[str]]:
    """The sides that each chain ends with, behind the performed factors."""
    return {f"{c.of}/{c.wrt}": [write(side, Plain()) for side in c.lines[0].results] for c in system.chains(False)}


@pytest.mark.parametrize(
    ("source", "edge", "said"),
    [
        (LOG_LOSS, "L/a", "(a - y)/(a*(1 - a))"),
        (LOG_LOSS, "a/z", "a*(1 - a)"),
        ("h=tanh(u)", "h/u", "1 - h^2"),
        (SOFTMAX, "p_1/z_1", "p_1*(1 - p_1)"),
        (SOFTMAX, "p_1/z_2", "-p_1*p_2"),
        (SOFTMAX_OF_3, "p_2/z_2", "p_2*(1 - p_2)"),
        (SOFTMAX_OF_3, "p_2/z_3", "-p_2*p_3"),
        (SUM, "p_1/S", "-(p_1/S)"),
        (SUM, "p_1/e_1", "1/S"),
        (ATTENTION, "a_1/e_2", "-(a_1/(e_1 + e_2))"),
        (ATTENTION, "e_1/s_1", "e_1"),
        (LSTM, "i/w_i", "x*i*(1 - i)"),
        (LSTM, "f/u_f", "h_p*f * (1 - f)"),
        (LSTM, "g/w_g", "x*(1 - g^2)"),
        (LSTM, "c/f", "c_p"),
        (GRU, "z/w_z", "x*z*(1 - z)"),
        (GRU, "n/w_n", "x*(1 - n^2)"),
        ("y=(exp(x)-exp(-x))/(exp(x)+exp(-x))", "y/x", "1 - y^2"),
        ("r=sqrt(x^2+y^2)", "r/x", "x/r"),
        ("u=w*x; y=u*sigmoid(u)", "y/u", "(1 - y)*sigmoid(u) + y"),
        ("p=exp(-x^2/(2*s^2))/(s*sqrt(2*pi))", "p/s", "p*(x^2 - s^2)/s^3"),
        ("p=exp(-(w*x)); q=p^2", "p/w", "-x*p"),
        ("p=1/(1+exp(-(w*x+b)))", "p/w", "x*p*(1 - p)"),
        ("p=1/(1+exp(-w*x-b))", "p/w", "x*p*(1 - p)"),
        ("p=1/(1+exp(3-2*x))", "p/x", "2*p*(1 - p)"),
        ("p=1/(1+exp(-(u_0*x_0+u_1*x_1+c)/2))", "p/u_0", "x_0*p*(1 - p)/2"),
        ("h=(exp(w*x+b)-exp(-(w*x+b)))/(exp(w*x+b)+exp(-(w*x+b)))", "h/b", "1 - h^2"),
        ("q=2^(-(x+1))", "q/x", "-q*log(2)"),
        ("T=2*pi*sqrt(l/g)", "T/l", "T/(2*l)"),
        ("y=1/sqrt(1-v^2/c^2)", "y/v", "v*y^3/c^2"),
        ("y=1/(1+sqrt(x))", "y/x", "-(y^2/(2*sqrt(x)))"),
        # what a book leaves in the variable itself
        ("y=2x^3+3; z=y^2", "z/y", "2*y"),
        ("y=sin(2x+3)", "y/x", "2*cos(2*x + 3)"),
        ("y=exp(x)", "y/x", "exp(x)"),
        ("y=sin(x)/x", "y/x", "(x*cos(x) - sin(x))/x^2"),
        ("y=x*sigmoid(x)", "y/x", "sigmoid(x)*(1 + x - x*sigmoid(x))"),
        ("y=sqrt(x)", "y/x", "1/(2*sqrt(x))"),
        ("y=u/v", "y/v", "-(u/v^2)"),
        ("u=x^2-3; y=u*(x+1)", "u/x", "2*x"),
        ("y=x^3", "y/x", "3*x^2"),
        ("y=1/x", "y/x", "-(1/x^2)"),
    ],
)  # fmt: skip
def test_a_label_is_written_with_names_where_it_is_shorter(source, edge, said):
    assert labels(made(source))[edge] == said


@pytest.mark.parametrize(
    ("source", "asked", "derivative", "sides"),
    [
        (LOG_LOSS, {"wrt": ("w",)}, "L/w", ["x*(a - y)", "x*(sigmoid(w*x + b) - y)"]),
        (LOG_LOSS, {"wrt": ("b",)}, "L/b", ["a - y", "sigmoid(w*x + b) - y"]),
        ("L=-(y*log(a)+(1-y)*log(1-a)); a=sigmoid(z)", {"wrt": ("z",)}, "L/z", ["a - y", "sigmoid(z) - y"]),
        ("L=-(y*log(sigmoid(z))+(1-y)*log(1-sigmoid(z)))", {"wrt": ("z",)}, "L/z", ["sigmoid(z) - y"]),
        ("a=sigmoid(z); L=log(1-a)", {}, "L/z", ["-a", "-sigmoid(z)"]),
        ("L=log(1-sigmoid(z))", {}, "L/z", []),
        ("L=((y_1-w*x_1)^2+(y_2-w*x_2)^2)/2", {"wrt": ("w",)}, "L/w", []),  # no side that only turns a sum round
        (SOFTMAX, {"wrt": ("z_1",), "assume": ("t_1+t_2=1",)}, "L/z_1",
         ["p_1 - t_1", "exp(z_1)/(exp(z_1) + exp(z_2)) - t_1"]),
        (SOFTMAX, {"wrt": ("z_2",)}, "L/z_2",
         ["p_2*(t_1 + t_2) - t_2", "(t_1*exp(z_2) - t_2*exp(z_1))/(exp(z_1) + exp(z_2))"]),
        (SOFTMAX_OF_3, {"wrt": ("z_1",), "assume": ("t_1+t_2+t_3=1",), "write": "names"}, "L/z_1", ["p_1 - t_1"]),
        (SOFTMAX_OF_3, {"wrt": ("z_3",), "write": "names"}, "L/z_3", ["p_3*(t_1 + t_2 + t_3) - t_3"]),
        (SUM, {"wrt": ("z_1",), "write": "names"}, "L/z_1", ["p_1*(t_1 + t_2) - t_1"]),
        (SUM, {"wrt": ("z_1",), "write": "names", "assume": ("t_1+t_2=1",)}, "L/z_1", ["p_1 - t_1"]),
        (SHIFTED, {"wrt": ("z_1",)}, "L/z_1", ["p_1*(t_1 + t_2) - t_1"]),
        (SHIFTED, {"wrt": ("z_2",), "assume": ("t_1+t_2=1",)}, "L/z_2", ["p_2 - t_2"]),
        (ATTENTION, {"wrt": ("q",), "write": "names"}, "o/q", ["a_1*a_2*(v_1 - v_2)*(k_1 - k_2)"]),
        (ATTENTION, {"wrt": ("k_1",), "write": "names"}, "o/k_1", ["q*a_1*(v_1 - o)"]),
        ("p_1=sigmoid(z); p_2=1-p_1; L=-(t*log(p_1)+(1-t)*log(p_2))", {"wrt": ("z",)}, "L/z",
         ["p_1 - t", "sigmoid(z) - t"]),
        ("L=log(s)+(x-m)^2/(2*s^2); s=exp(r)", {"wrt": ("r",), "write": "names"}, "L/r", ["(s^2 - (x - m)^2)/s^2"]),
        ("p=exp(x)*(t+u)", {"wrt": ("x",), "assume": ("2*(t+u)=2",)}, "p/x", ["exp(x)"]),
        ("y=a*x; z=y*a", {"wrt": ("a",)}, "z/a", ["a*x + a*x", "2*a*x"]),  # 2y says less
        ("p=1/(1+(k/v)^n)", {"wrt": ("k",)}, "p/k", []),  # nothing that divides by k
        # what is assumed, in functions and exponents too
        ("L=sqrt(a+b)*x", {"wrt": ("x",), "assume": ("a+b=1",)}, "L/x", []),
        ("L=x^n+x^m", {"wrt": ("x",), "assume": ("n+m=3", "n=1")}, "L/x", ["1 + 2*x"]),
        # the reference text's
        ("y=2x^3+3; z=y^2", {}, "z/x", ["12*x^2*(2*x^3 + 3)"]),
        ("y=sin(2x+3); z=y^2", {}, "z/x", ["4*sin(2*x + 3)*cos(2*x + 3)"]),
        ("p=a+b; q=b+1; z=p*q", {}, "z/b", ["(b + 1) + (a + b)", "a + 2*b + 1"]),
        # all over what is asked for
        ("y=2x^3+3; z=y^2", {"write": "names"}, "z/x", ["12*x^2*y"]),
        (LOG_LOSS, {"wrt": ("b",), "write": "inputs"}, "L/b", ["sigmoid(w*x + b) - y"]),
    ],
)  # fmt: skip
def test_a_chain_ends_over_the_variables_and_over_the_inputs(source, asked, derivative, sides):
    assert results(made(source, **asked))[derivative] == sides


def test_inputs_keep_the_labels_as_they_were():
    assert labels(made("a=sigmoid(z); z=w*x+b", write="inputs"))["a/z"] == "sigmoid(z)*(1 - sigmoid(z))"


def test_a_derivative_may_be_the_variable_that_it_is_taken_by():
    assert labels(made("u=sin(x); y=u*sin(x)", write="names"))["y/u"] == "u"


def test_values_that_are_not_as_assumed_are_an_error(run):
    asked = ("derive", "a=2x+y; L=a^2", "--assume", "x+y=1", "--at")
    assert run(*asked, "x=0.5,y=0.5").exit_code == 0
    assert "are not what is assumed: x + y = 1, but the left side is 1.2" in run(*asked, "x=0.5,y=0.7").stderr


def test_what_is_assumed_is_said_where_it_was_used():
    chains = {c.wrt: c for c in made(SOFTMAX, assume=("t_1+t_2=1",)).chains(False)}
    assert chains["z_1"].notes == ("with t₁ + t₂ = 1",)
    assert chains["t_1"].notes == ()


@pytest.mark.parametrize(
    ("assumed", "message", "column"),
    [
        ("t_1+q=1", "there is no variable 'q'", 5),
        ("t_1 = 1 - q", "there is no variable 'q'", 11),
        ("t_1 + p_2 = 1", "'p_2' is computed; assumptions are of inputs", 7),
        ("t_1*t_2=1", "'t_1*t_2=1' is not linear in the inputs", None),
        ("t_1", "'t_1' is not one equation", None),
        ("=1", "a side is missing", 1),
        ("1=2", "'1=2' cannot hold of an input", None),
        ("t_1=t_1", "'t_1=t_1' says nothing of an input", None),
    ],
)  # fmt: skip
def test_what_cannot_be_assumed_says_why(assumed, message, column):
    with pytest.raises(AdgraphError) as error:
        made(SOFTMAX, assume=(assumed,)).chains(False)
    assert error.value.message == message
    assert error.value.origin == "--assume"
    assert (error.value.span.start + 1 if error.value.span else None) == column


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("2t_1+2t_2=2", "'2t_1+2t_2=2' says nothing beside what else is assumed"),
        ("t_1+t_2=2", "'t_1+t_2=2' cannot hold beside what else is assumed"),
    ],
)
def test_assumptions_go_together(second, message):
    with pytest.raises(AdgraphError, match=message.replace("+", r"\+")):
        made(SOFTMAX, assume=("t_1+t_2=1", second)).chains(False)


def test_values_for_which_what_is_assumed_is_false_are_refused():
    at = {"z_1": 0.0, "z_2": 1.0, "t_1": 0.5, "t_2": 0.6}
    with pytest.raises(AdgraphError, match=r"t₁ \+ t₂ = 1, but the left side is 1.1"):
        made(SOFTMAX, at=at, assume=("t_1+t_2=1",)).chains(False)


# ---- each label and each side is what it says, at random points


def value_of(formula: Expression, known: dict[str, float]) -> float:
    graph = formula.graph
    return values(graph, {n: known[n] for i in graph.inputs() if (n := graph.name(i))})[graph.outputs[0]]


def slope_and_value(text: str) -> tuple[Algebra, int, Relation]:
    """The derivative of a function by x, and the function as a variable f."""
    algebra, contributions = slope(text)
    value = algebra.load(graph(f"result = {text}"))
    return algebra, textbook(algebra, contributions), Relation(algebra.variable(Name("f")), value)


PARTS = (
    "sigmoid({u})", "tanh({u})", "exp({u})", "exp(-{u})", "sqrt(1+({u})^2)", "{u}*{v}", "{u}/(1+exp({v}))", "{u}+{v}",
    "exp({u})/(exp({u})+exp({v}))", "{u}/({u}^2+1)", "log(1+exp({u}))", "{u}*sigmoid({u})", "{u}-{v}", "({u})^2-3",
    "(exp({u})-exp(-{u}))/(exp({u})+exp(-{u}))", "1/(1+{u}^2)", "max({u},{v})", "abs({u})^3",
)  # fmt: skip


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Up to five equations of such parts, each of inputs and of variables before it."""
    known = ["x", "w", "b"]
    lines = []
    for number in range(1, draw(st.integers(2, 5)) + 1):
        u, v = (draw(st.sampled_from(known)) for _ in range(2))
        lines.append(f"y_{number}={draw(st.sampled_from(PARTS)).format(u=u, v=v)}")
        known.append(f"y_{number}")
    return "; ".join(lines)


@given(sources(), st.sampled_from(["auto", "names"]),
       st.tuples(*[st.floats(-2, 2).filter(lambda x: abs(x) > 0.05) for _ in "xwb"]))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_names_change_no_value(source, write, point):
    at = dict(zip("xwb", point, strict=True))
    system, plainly = made(source, write=write), made(source, write="inputs")
    graph = system.graph
    known = {n: v for n, v in zip((node.name for node in graph.nodes), values(graph, at), strict=True) if n}
    derivatives, plain_ones = system.edge_derivatives.simplified, plainly.edge_derivatives.simplified
    for (edge, here), before in zip(derivatives.items(), plain_ones.values(), strict=True):
        assume(here.total is not None and before.total is not None)
        named, plain = (shown(s, e) for s, e in ((system, here.total), (plainly, before.total)))
        assert isclose(value_of(named, known), value_of(plain, known), rel_tol=1e-7, abs_tol=1e-9), edge
    for chain, other in zip(system.chains(False), plainly.chains(False), strict=True):
        for side in sides(chain):
            for reference in sides(other)[-1:]:
                assert isclose(value_of(side, known), value_of(reference, known), rel_tol=1e-6, abs_tol=1e-8)


@given(functions.map(slope_and_value), st.lists(points, min_size=3, max_size=3))
@settings(max_examples=60, deadline=None)
def test_every_form_in_names_is_the_derivative(made, at):
    """To 50 digits, wherever the derivative is defined: with the value put back for the name."""
    algebra, derivative, relation = made
    original = to_graph(algebra, derivative)
    for form in in_variables(algebra, derivative, [relation]):
        written = to_graph(algebra, algebra.replaced(form.index, {relation.variable: relation.value}))
        for point in at:
            wanted = exact(original, point)
            if wanted is not None:
                assert close(exact(written, point), wanted), plain(to_graph(algebra, form.index))


def shown(system: System, index: int | None) -> Expression:
    assert index is not None
    return Expression(to_graph(system.algebra, index))


def sides(chain: Chain) -> list[Expression]:
    return [side for side in chain.lines[0].results if isinstance(side, Expression)]


def long_sum(count):
    return " + ".join(f"w_{k}*x_{k}" for k in range(1, count + 1))


@pytest.mark.parametrize("count", [12, 22, 60, 300])
@pytest.mark.parametrize(
    ("function", "derivative"),
    [
        ("sigmoid({})", "w_1*h * (1 - h)"),
        ("tanh({})", "w_1*(1 - h^2)"),
        ("exp({})", "w_1*h"),
        ("sqrt({})", "w_1/(2*h)"),
    ],
)
def test_a_derivative_of_a_long_formula_has_the_name_of_its_variable(count, function, derivative):
    """However long the sum is: no part of it needs a name that the reader has not given."""
    made = system(f"h = {function.format(long_sum(count))}")
    graph, local = made.graph, made.edge_derivatives.simplified
    partial = local[graph.outputs[0], graph.places["x_1"]]
    assert write(partial.shown(made.algebra), Plain()) == derivative
    assert not partial.in_parts


def test_a_long_formula_is_written_in_inputs_where_that_is_asked_for(run):
    asked = ("--wrt", "x_1", "--write", "inputs", "--format", "markdown")
    assert "w_1 \\, \\exp(w_1x_1 + w_2x_2" in run("derive", f"h = exp({long_sum(12)})", *asked).output
