"""The point that a page begins with."""

import pytest

from graphviz_ad.lesson.starting_point import labels, starting_point
from tests.conftest import system

CROSS_ENTROPY = "s=exp(z_1)+exp(z_2); p_1=exp(z_1)/s; p_2=exp(z_2)/s; L=-(t_1*log(p_1)+t_2*log(p_2))"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("y=w*x+b; a=sigmoid(y); L=(a-t)^2", ["t"]),
        ("a=sigmoid(w*x+b); L=(t-a)**2", ["t"]),
        ("a=w*x; L=abs(a-t)", ["t"]),
        ("a=w*x; e=a-t; L=e^2+0.1*w^2", ["t"]),
        ("z=w*x+b; a=sigmoid(z); L=-(y*log(a)+(1-y)*log(1-a))", ["y"]),
        (CROSS_ENTROPY, ["t_1", "t_2"]),
        ("L=x*log(x)", []),  # an entropy
        ("y=(x-m)^2", []),  # both are inputs
        ("y=a-b; z=sin(y)", []),
        ("a=w*x; y=a-b; z=sin(y)", []),  # a difference, but no loss of one
        ("a=w*x; L=(a-t)^2+t", []),  # read elsewhere too
        ("y=1-x; z=y*x", []),
        ("m=(x_1+x_2)/2; v=(x_1-m)^2+(x_2-m)^2", []),
    ],
)
def test_labels_are_what_is_only_compared(source, expected):
    graph = system(source).graph
    assert [graph.name(index) for index in labels(graph)] == expected


@pytest.mark.parametrize(
    ("source", "given", "expected"),
    [
        ("y=w*x+b; a=sigmoid(y); L=(a-t)^2", {}, {"w": 0.5, "x": 1.5, "b": -0.5, "t": 1}),
        ("y=w*x+b; a=sigmoid(y); L=(a-t)^2", {"x": 2, "t": 0.25}, {"w": 0.5, "x": 2, "b": 1.5, "t": 0.25}),
        (CROSS_ENTROPY, {}, {"z_1": 0.5, "z_2": 1.5, "t_1": 1, "t_2": 0}),
        ("y=log(x)+log(a)+log(b)", {}, {"x": 0.5, "a": 1.5, "b": 2}),  # -0.5 has no logarithm
        ("a=sqrt(x); L=(a-t)^0.5", {}, {"x": 2, "t": 1}),  # a label stays one where another input can give way
    ],
)
def test_all_inputs_have_values_at_which_there_is_a_derivative(source, given, expected):
    assert starting_point(system(source).graph, given) == expected


def test_where_there_is_no_number_there_is_no_point():
    assert starting_point(system("y=f(x)", functions=("f",)).graph, {}) == {}
