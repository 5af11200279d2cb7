"""What is alike: found by form, and true by number; what is folded; and every line of a list of adjoints."""

from math import prod

import pytest

from graphviz_ad.core.formula import Expression, Factor
from graphviz_ad.core.graph import INPUT
from graphviz_ad.derive.alike import alike
from graphviz_ad.derive.folding import folded
from graphviz_ad.lesson.system import System
from graphviz_ad.point.evaluate import adjoints, values
from tests.conftest import system
from tests.course_systems import SYSTEMS, network, random_system, recurrent, softmax

MANY = [*SYSTEMS.values(), *(random_system(seed) for seed in range(40))]


def groups(source: str) -> list[str]:
    here = system(source).graph
    found = alike(here, set(here.inputs()))
    return [" ".join(here.name(node) for node in members) for members in found if len(members) > 1]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (softmax(3), ["z_1 z_2 z_3", "t_1 t_2 t_3", "e_1 e_2 e_3", "p_1 p_2 p_3"]),
        (
            network(2, 2, 1),
            ["w_111 w_112 w_121 w_122", "x_1 x_2", "b_11 b_12", "w_211 w_212", "z_11 z_12", "a_11 a_12"],
        ),
        ("y = x_1*x_2", ["x_1 x_2"]),
        ("y = x_1 + x_2 + x_3", ["x_1 x_2 x_3"]),  # a sum in a sum
        ("y = x_1 - x_2", []),  # which is which matters
        ("y = x_1/x_2", []),
        ("y = x_1*a + x_2*b", []),  # read by what differs
        ("y = x_1 + x_2*x_3", ["x_2 x_3"]),
        ("y = 2*x_1 + 3*x_2", []),
        ("y = 2*x_1 + 2*x_2", ["x_1 x_2"]),
        ("y = a*b", []),  # names of their own
        ("y_1 = a*b; y_2 = b*a", ["y_1 y_2"]),
        ("y_1 = a/b; y_2 = b/a", []),
        ("y_1 = sin(x_1); y_2 = sin(x_2)", ["x_1 x_2", "y_1 y_2"]),
        ("y_1 = sin(x_1); y_2 = cos(x_2)", []),
        ("h_1 = tanh(h_0); h_2 = tanh(h_1); h_3 = tanh(h_2)", []),  # steps are not a layer
    ],
)
def test_what_is_alike(source, found):
    assert groups(source) == found


def test_inputs_that_are_not_asked_for_are_not_like_those_that_are():
    here = system("y = x_1 + x_2").graph
    assert [len(members) for members in alike(here, {here.index("x_1"), here.index("y")})] == [1, 1, 1]


@pytest.mark.parametrize("source", MANY)
def test_what_is_alike_has_equal_derivatives_where_it_has_equal_values(source):
    here = system(source).graph
    for output in here.outputs:
        classes = alike(here, set(range(len(here.nodes))), output)
        point = {here.name(node): 0.3 + 0.07 * place for place, members in enumerate(classes) for node in members}
        found = values(here, {name: value for name, value in point.items() if here.nodes[here.index(name)].op == INPUT})
        bars = dict(enumerate(adjoints(here, output, found, list(here.inputs()))))
        for members in classes:
            assert len({round(found[node], 9) for node in members}) == 1
            assert len({None if bars[node] is None else round(bars[node], 9) for node in members}) == 1


# ---- folding


def parts(source: str) -> list[str]:
    here = system(source).graph_views.simplified
    return [" ".join(here.names[node] for node in members) for members in folded(here)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (recurrent(6), "w|x_1 x_2 x_3 x_4 x_5 x_6|u|h_0|b|t|h_1 h_2 h_3 h_4 h_5 h_6|L"),
        (SYSTEMS["memory cell"],
         "w_f u_f b_f|x|h|w_i u_i b_i|w_o u_o b_o|w_c u_c b_c|c|f|i|o|g|c_t|h_t"),
        ("z = w*x + b; y = sigmoid(z)", "w|x|b|z|y"),  # it is small
        ("y = 2*x_1 + 3*x_2", "x_1|x_2|y"),  # so is this, though both are x with a number
        ("a = sin(x); b = exp(a); c = cos(b); d = tanh(c); e = sin(d)", "x|a|b|c|d|e"),  # six across
        ("a = sin(x); b = exp(a); c = cos(b); d = tanh(c); e = sin(d); f = exp(e)", "x|a b|c d|e f"),  # seven: by twos
        ("; ".join(f"z_{k} = u*h_{k - 1} + x_{k}; h_{k} = tanh(z_{k})" for k in range(1, 7)) + "; L = h_6^2",
         "u|h_0|x_1 x_2 x_3 x_4 x_5 x_6|z_1 h_1 z_2 h_2 z_3 h_3 z_4 h_4 z_5 h_5 z_6 h_6|L"),
    ],
)  # fmt: skip
def test_what_is_folded(source, found):
    assert parts(source) == found.split("|")


@pytest.mark.parametrize("source", MANY)
def test_a_folded_graph_has_every_variable_once_and_no_circle(source):
    here = system(source).graph_views.simplified
    found = folded(here)
    assert sorted(node for members in found for node in members) == sorted(here.names)
    diagram = system(source).overview()
    assert all(arrow.tail < arrow.head for arrow in diagram.arrows)
    assert {vertex.node for vertex in diagram.vertices} == {members[0] for members in found}


# ---- adjoints


def value_of(factor: Factor, here: System, known: dict[str, float], bars: list[float | None]) -> float:
    if factor.arrow is None:
        return bars[factor.node] or 0.0
    assert isinstance(factor.performed, Expression)
    graph = factor.performed.graph
    return values(graph, {graph.name(node): known[graph.name(node)] for node in graph.inputs()})[graph.outputs[0]]


@pytest.mark.parametrize("source", MANY)
def test_every_line_of_a_list_is_true_by_number(source):
    here = system(source)
    graph = here.graph
    point = {graph.name(node): 0.4 + 0.05 * k for k, node in enumerate(graph.inputs())}
    found = values(graph, point)
    known = {str(name): found[node] for node, name in here.graph_views.simplified.names.items()}
    for chain in here.adjoints():
        (line,) = chain.lines
        bars = adjoints(graph, graph.index(chain.of), found, list(graph.inputs()))
        said = sum(prod(value_of(factor, here, known, bars) for factor in path) for path in line.paths)
        assert said == pytest.approx(bars[line.node], rel=1e-9, abs=1e-12)
