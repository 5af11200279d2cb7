"""What is worked on once for all expressions that differ only in their variables."""

from functools import partial

import pytest

from graphviz_ad.algebra.alike import made_alike, once_for_all
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Expression
from graphviz_ad.derive import edge_derivatives
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.typeset import TYPST, Typesetter
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.read.text.equations import read
from tests.conftest import system


def loaded(algebra, *texts):
    return [algebra.load(read(f"result = {text}").graph) for text in texts]


def written(algebra, index):
    return write(Expression(to_graph(algebra, index)), Plain())


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("sin(a*x)", "sin(b*y)", True),
        ("a^2 + x", "b^2 + y", True),
        ("a*x + a", "b*y + b", True),
        ("a*x + a", "b*y + y", False),  # another variable
        ("sin(a*x)", "cos(b*y)", False),
        ("a/2", "b/3", False),
        ("a/2", "0.5b", False),  # spelled otherwise
        ("a*(x + 1)", "f*(y + 1)", False),  # f would look like a function: f · (y + 1) has one sign more
        ("a*(x + 1)", "rate*(y + 1)", False),  # a word
        ("a^2 + x", "y^2 + b", False),  # b came before y
    ],
)
def test_what_is_alike_is_made_once(first, second, alike):
    algebra = Algebra({name: rank for rank, name in enumerate(("a", "x", "b", "f", "rate", "y"))})
    one, other = loaded(algebra, first, second)
    made = []

    def work(index):
        made.append(index)
        return algebra.multiply(index, algebra.number(3))

    assert once_for_all(algebra, "work", [one], lambda: work(one)) == algebra.multiply(one, algebra.number(3))
    assert once_for_all(algebra, "work", [other], lambda: work(other)) == algebra.multiply(other, algebra.number(3))
    assert made == ([one] if alike else [one, other])


def test_factors_keep_the_order_of_their_own():
    algebra = Algebra({name: rank for rank, name in enumerate("axby")}, factors={"a": 0, "x": 1, "y": 0, "b": 1})
    one, other = loaded(algebra, "(a + x)*(a + x)", "(b + y)*(b + y)")
    assert once_for_all(algebra, "product", [one], lambda: algebra.multiply(*loaded(algebra, "a", "x"))) != one
    made = once_for_all(algebra, "product", [other], lambda: algebra.multiply(*loaded(algebra, "b", "y")))
    assert written(algebra, made) == "y*b"


@pytest.mark.parametrize(
    "text",
    [
        "({0} + {1})*({0} - {1}) + {1}^2",
        "exp({0})/(exp({0}) + exp({1}))",
        "({0}*{1} + {0})/{0}",
        "sin({0})^2 + cos({0})^2 + {1}",
        "2*({0} + {1}) + 3*{0}",
    ],
)
def test_the_textbook_form_of_one_that_is_alike_is_its_own(text):
    """The form that is looked up is the one that would be found."""
    names = {name: rank for rank, name in enumerate("axby")}
    algebra = Algebra(names, differentiated=True)
    one, other = loaded(algebra, text.format("a", "x"), text.format("b", "y"))
    textbook(algebra, one)
    alone = Algebra(names, differentiated=True)
    (here,) = loaded(alone, text.format("b", "y"))
    assert written(algebra, textbook(algebra, other)) == written(alone, textbook(alone, here))


@pytest.mark.parametrize("text", ["x", "1 + sin(x)/(2*y)", "-s_2^2", "exp(x) - 1/y"])
def test_a_width_that_is_measured_is_that_of_what_is_set(text):
    formula = Expression(read(f"result = {text}").graph)
    assert Typesetter().widths([write(formula, TYPST)], MATHS) == pytest.approx([Typesetter()(formula, MATHS).width])


def quotient(algebra, index):
    return ((algebra.multiply(index, algebra.power(index, algebra.minus_one)),),)


def reciprocal(algebra, index):
    return ((algebra.apply("div", algebra.one, index),),)


@pytest.mark.parametrize("divided", [("a",), ("b",), ("a", "b"), ()])
def test_what_was_divided_by_matters_where_somebody_asks(divided):
    """x/x is 1 where x has been divided by, which is not the same for all that are alike."""
    algebra = Algebra({"a": 0, "b": 1}, differentiated=True)
    variables = {name: algebra.variable(name) for name in "ab"}
    algebra.divide(variables[name] for name in divided)
    for name, index in variables.items():
        made = made_alike(algebra, (("x/x",), [index]), partial(quotient, algebra, index))[0][0]
        assert (made == algebra.one) is (name in divided)


def test_what_is_divided_by_is_for_all_that_are_alike():
    algebra = Algebra({"a": 0, "b": 1}, differentiated=True)
    for name in "ab":
        index = algebra.variable(name)
        made_alike(algebra, (("1/x",), [index]), partial(reciprocal, algebra, index))
        assert algebra.is_divisor(index)


@pytest.mark.parametrize("graph", ["full", "simplified"])
def test_derivatives_of_steps_that_are_alike_are_those_of_each(graph, monkeypatch):
    """Each with a shape of its own, they are what they are when one is made for all."""
    source = "; ".join(f"y_{k} = sin(y_{k - 1}*w)/(y_{k - 1} + b) + y_{k - 1}/b + ln(w)*y_{k - 1}" for k in range(1, 6))

    def derivatives():
        made = system(source)
        local = made.edge_derivatives[graph == "full"]
        return {edge: local[edge].shown(made.algebra) for edge in local}

    known = derivatives()
    monkeypatch.setattr(edge_derivatives, "made_alike", lambda algebra, shape, make: make())
    assert derivatives() == known
