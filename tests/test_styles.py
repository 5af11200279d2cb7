"""Circuits and edge-labelled graphs, against the numbers of the notes that they are drawn in the manner of."""

import math

import pytest
from hypothesis import given, settings

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.drawing.curves import sample
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Curve, Text, extent
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from tests.conftest import system
from tests.scenes import collisions
from tests.strategies import points, systems


def wires(text: str, at: dict[str, float], digits: int = 5) -> list[str]:
    """Each wire as `value / gradient`."""
    diagram = system(text, at=at, digits=digits).circuit()
    return [f"{write(a.label, Plain())} / {write(a.below, Plain())}" for a in diagram.arrows if a.label and a.below]


# The circuits of A. Karpathy's and J. Johnson's notes for Stanford's CS231n, "Backpropagation, Intuitions".
CIRCUITS = [
    ("q = x + y; f = q*z", {"x": -2, "y": 5, "z": -4}, 3,
     ["-2 / -4", "5 / -4", "q = 3 / -4", "-4 / 3", "-12 / 1"]),
    ("f = 1/(1 + exp(-(w0*x0 + w1*x1 + w2)))", {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}, 2,
     ["2 / -0.2", "-1 / 0.39", "-3 / -0.39", "-2 / -0.59", "-2 / 0.2", "6 / 0.2", "4 / 0.2", "-3 / 0.2", "1 / 0.2",
      "-1 / -0.2", "0.37 / -0.53", "1.4 / -0.53", "0.73 / 1"]),
    ("f = 2*(x*y + max(z, w))", {"x": 3, "y": -4, "z": 2, "w": -1}, 3,
     ["3 / -8", "-4 / 6", "2 / 2", "-1 / 0", "-12 / 2", "2 / 2", "-10 / 2", "-20 / 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "digits", "expected"), CIRCUITS)
def test_circuits_of_the_notes(text, at, digits, expected):
    assert wires(text, at, digits) == expected


def test_gradients_add_up_at_forks():
    diagram = system("y = x*x + 3x", at={"x": 2}).circuit()
    flows = [arrow.below.value for arrow in diagram.arrows if arrow.tail == 0]
    assert flows == [2, 2, 3]  # of x*x each factor, and 3; dy/dx = 7


@given(systems(), points)
@settings(max_examples=40, deadline=None)
def test_the_gradients_of_a_variables_wires_are_its_adjoint(pairs, at):
    text = "; ".join(pair.text for pair in pairs)
    here = system(text, of=(f"y{len(pairs)}",), at=at)
    adjoints = here.numbers.full.adjoints
    diagram = here.circuit()
    for node in here.graph_views.full.names:
        flows = [arrow.below.value for arrow in diagram.arrows if arrow.tail == node and arrow.below is not None]
        if flows and adjoints[node] is not None:
            assert math.isclose(sum(flows), adjoints[node], rel_tol=1e-9, abs_tol=1e-9 * max(1, *map(abs, flows)))


def test_a_circuit_is_of_one_output():
    with pytest.raises(AdgraphError, match="the gradient of one output, not of y, z") as error:
        system("y = 2x; z = 3x", at={"x": 1}).circuit()
    assert error.value.hint == "choose one: --of"


@pytest.mark.parametrize("direction", ["lr", "rl", "tb", "bt"])
def test_a_wire_runs_between_its_numbers(direction):
    sheet = sheet_of(system("q = x + y; f = q*z", at={"x": -2, "y": 5, "z": -4}), ["circuit"])
    scene = compose(sheet, direction)
    for group in scene.groups:
        if "gradient" not in group.title:
            continue
        (way,) = (shape for shape in group.shapes if isinstance(shape, Curve))
        value, gradient = (extent(shape) for shape in group.shapes if isinstance(shape, Text))
        axis = 1 if direction in ("lr", "rl") else 0
        middle = [p[axis] for p in sample(way.points, 2) if value[1 - axis] <= p[1 - axis] <= value[3 - axis]]
        assert middle
        assert all(value[axis + 2] < p < gradient[axis] for p in middle)


def labelled(text: str, **asked) -> tuple[list[str], list[str]]:
    """The labels of the nodes and of the edges."""
    diagram = system(text, **asked).edge_labelled()
    nodes, edges = ([write(x.label, Plain()) for x in part if x.label] for part in (diagram.vertices, diagram.arrows))
    return nodes, edges


# C. Olah, "Calculus on Computational Graphs: Backpropagation" (2015): e = (a + b)(b + 1) at a = 2, b = 1.
def test_the_graph_of_the_essay():
    nodes, edges = labelled("c = a + b; d = b + 1; e = c*d", at={"a": 2, "b": 1})
    assert nodes == ["a = 2", "b = 1", "c = a + b = 3", "d = b + 1 = 2", "e = c*d = 6"]
    assert edges == ["∂c/∂a = 1", "∂c/∂b = 1", "dd/db = 1", "∂e/∂c = d = 2", "∂e/∂d = c = 3"]


def test_without_values_it_has_formulas_alone():
    nodes, edges = labelled("c = a + b; d = b + 1; e = c*d")
    assert nodes == ["a", "b", "c = a + b", "d = b + 1", "e = c*d"]
    assert edges[-1] == "∂e/∂d = c"


DRAWN = [
    ("y=sin(a*x+b); z=y**2", {"a": 2, "x": 0.5, "b": -1}),
    ("y=sigmoid(w*x+b); L=(y-t)^2", {"w": 1, "x": 2, "b": 0, "t": 1}),
    ("a=x^2; b=a*x; c=a+b*x; d=c*a; f=d+x", {"x": 1.5}),
    ("c = 2*pi; y = c*x/(1 + x)", {"x": 0.25}),
    ("y = max(0, x)*max(x, w)", {"x": 2, "w": 3}),
    ("y = 3", {"x": 1}),
    ("y = x", {"x": 1}),
]


@pytest.mark.parametrize("style", ["circuit", "colah"])
@pytest.mark.parametrize("direction", ["lr", "rl", "tb", "bt"])
@pytest.mark.parametrize(("text", "at"), DRAWN)
def test_nothing_is_in_anothers_way(style, direction, text, at):
    assert collisions(compose(sheet_of(system(text, at=at), [style]), direction)) == []
