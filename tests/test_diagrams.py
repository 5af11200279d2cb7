"""Which vertices and arrows the graphs have, and what stands on them."""

import json

import pytest

from graphviz_ad import draw
from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.errors import AdgraphError
from tests.conftest import plain, system


def arrows(diagram: Diagram) -> list[str]:
    names = {vertex.node: plain(vertex.label) for vertex in diagram.vertices}
    return [f"{names[a.tail]} → {names[a.head]}" + (f": {plain(a.label)}" if a.label else "") for a in diagram.arrows]


def vertices(diagram: Diagram) -> list[str]:
    return [f"{v.role} {plain(v.label)}" + (f" [{plain(v.gate)}]" if v.gate else "") for v in diagram.vertices]


@pytest.mark.parametrize(
    ("source", "nodes", "edges"),
    [
        ("y=sin(a*x+b)",
         ["input a", "input x", "input b", "operation *", "operation +", "output y [sin]"],
         ["a → *", "x → *", "* → +", "b → +", "+ → y"]),
        ("y=2x^3+3",
         ["input x", "constant 2", "operation ( )^3", "operation *", "constant 3", "output y [+]"],
         ["x → ( )^3", "2 → *", "( )^3 → *", "* → y", "3 → y"]),
        ("y = x", ["input x", "output y [=]"], ["x → y"]),
        ("y = x*x", ["input x", "output y [*]"], ["x → y", "x → y"]),
        ("c = 2*pi; y = c*x", ["input x", "variable c [2*pi]", "output y [*]"], ["c → y", "x → y"]),
        ("y = sqrt(2)*x", ["input x", "constant sqrt(2)", "output y [*]"], ["sqrt(2) → y", "x → y"]),
        ("y = |x| + sign(x)", ["input x", "operation abs", "operation sign", "output y [+]"],
         ["x → abs", "x → sign", "abs → y", "sign → y"]),
    ],
)  # fmt: skip
def test_full_forward_graph(source, nodes, edges):
    diagram = system(source).forward(True)
    assert sorted(vertices(diagram)) == sorted(nodes)
    assert arrows(diagram) == edges


def test_constants_folded_into_their_operations():
    diagram = system("y = 2*x + 3 - 1/x", constants="folded").forward(True)
    assert vertices(diagram) == ["input x", "operation 2 *", "operation + 3", "operation 1 /", "output y [-]"]


@pytest.mark.parametrize(
    ("source", "edges"),
    [
        ("y=sin(a*x+b); z=y^2", ["a → y", "x → y", "b → y", "y → z"]),
        ("y = x; z = y*x", ["x → y", "y → z", "x → z"]),
        ("y = x^2; z = w^2", ["x → y", "w → z"]),
    ],
)
def test_simplified_forward_graph(source, edges):
    assert arrows(system(source).forward(False)) == edges


@pytest.mark.parametrize(
    ("source", "edges"),
    [
        ("y=2x^3+3; z=y^2", ["z → y: dz/dy = 2*y", "y → x: dy/dx = 6*x^2"]),
        (
            "y=sin(a*x+b)",
            ["y → a: ∂y/∂a = x*cos(a*x + b)", "y → x: ∂y/∂x = a*cos(a*x + b)", "y → b: ∂y/∂b = cos(a*x + b)"],
        ),
        ("y = x*x", ["y → x: dy/dx = 2*x"]),
        ("y = x", ["y → x: dy/dx = 1"]),
        ("y = sign(x)", ["y → x: dy/dx = 0"]),
    ],
)
def test_simplified_backward_graph(source, edges):
    assert arrows(system(source).backward(False)) == edges


def test_full_backward_graph_names_the_values_and_says_what_they_are():
    diagram = system("y=sin(a*x+b); z=y^2").backward(True)
    assert arrows(diagram) == [
        "z → y: dz/dy = 2*y", "y → v_2: dy/dv_2 = cos(v_2)", "v_2 → v_1: ∂v_2/∂v_1 = 1", "v_2 → b: ∂v_2/∂b = 1",
        "v_1 → a: ∂v_1/∂a = x", "v_1 → x: ∂v_1/∂x = a",
    ]  # fmt: skip
    assert [plain(line) for line in diagram.legend] == ["v_1 = a*x", "v_2 = v_1 + b"]


def test_names_of_values_avoid_the_reader_s():
    assert [plain(line) for line in system("y = sin(v*x)").backward(True).legend] == ["u_1 = v*x"]


@pytest.mark.parametrize(
    ("step", "labels"),
    [
        (1, ["d/d", "d/d"]),
        (2, ["dz/dy", "dy/dx"]),
        (3, ["dz/dy = 2*y", "dy/dx = 6*x^2"]),
    ],
)
def test_the_backward_graph_is_made_in_three_steps(step, labels):
    diagram = system("y=2x^3+3; z=y^2").backward(False, step)
    assert [plain(arrow.label) for arrow in diagram.arrows] == labels
    assert [plain(arrow.room) for arrow in diagram.arrows] == ["dz/dy = 2*y", "dy/dx = 6*x^2"]


def test_with_respect_to_some_inputs_the_others_are_parameters():
    diagram = system("y=sin(a*x+b); z=y^2", wrt=("x",)).backward(False)
    assert arrows(diagram) == ["z → y: dz/dy = 2*y", "y → x: dy/dx = a*cos(a*x + b)"]


def test_only_what_an_output_depends_on():
    asked = system("y = x^2; z = w^2; q = y + w", of=("y",))
    assert arrows(asked.forward(False)) == ["x → y"]


def test_several_outputs():
    diagram = system("s = a + b; p = s*a; q = s*b").backward(False)
    assert [v for v in vertices(diagram) if v.startswith("output")] == ["output q", "output p"]


def test_an_input_that_nothing_reads_is_still_a_vertex():
    from graphviz_ad.core.graph import Graph, Node
    from graphviz_ad.core.names import Name
    from graphviz_ad.lesson.system import System

    x, t, y = map(Name, "xty")
    nodes = (Node("input", (), None, x), Node("input", (), None, t), Node("sin", (0,), None, y))
    asked = System(Graph(nodes, (2,)))
    assert "input t" in vertices(asked.forward(False))
    assert [c.notes for c in asked.chains(False)] == [(), ("y does not depend on t",)]


@pytest.mark.parametrize("asked", [{"wrt": ("q",)}, {"of": ("q",)}])
def test_a_variable_that_is_not_there(asked):
    with pytest.raises(AdgraphError, match="there is no variable 'q'"):
        system("y = x", **asked)


def test_variables_are_found_by_any_spelling():
    assert arrows(system("y = alpha*w1", wrt=("α", "w_1")).backward(False))[0] == "y → alpha: ∂y/∂ alpha = w1"


@pytest.mark.parametrize(
    ("source", "views"),
    [
        ("y = sin(x); z = cos(y)", ["forward", "forward-simplified", "backward", "chain"]),
        ("s = a + b; p = s*a; q = s*b", ["forward", "forward-simplified", "backward", "chain"]),
        ("y = sin(2x); z = y^2", ["forward", "forward-simplified", "backward", "backward-simplified", "chain"]),
        ("y = sin(2x)", ["forward", "backward", "chain"]),
        ("x", ["forward", "backward", "chain"]),
    ],
)
def test_a_graph_that_is_the_same_simplified_is_drawn_once(run, source, views):
    """Unless it is asked for."""
    for at in ([], ["--at", ",".join(f"{name}=2" for name in "abx" if name in source)]):
        out = run("draw", source, *at, "-o", "-", "--format", "json").stdout
        assert [panel["view"] for panel in json.loads(out)["panels"]] == views
    asked = run("draw", source, "--view", "backward,backward-simplified", "-o", "-", "--format", "json").stdout
    assert len(json.loads(asked)["panels"]) == 2
    words = run("draw", source, "--alt").stdout
    assert words.count("Backward graph") == 1
    assert ("Simplified backward graph" in words) == ("backward-simplified" in views)
    assert ("Simplified backward graph" in run("show", source).stdout) == ("backward-simplified" in views)
    assert len(draw(source)._sheet.panels) == len(views)
    assert len(draw(source, views=["backward", "backward-simplified"])._sheet.panels) == 2
