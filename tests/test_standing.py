"""What stands above what, and in which box, in formats that other programs lay out: DOT and Mermaid."""

import re
from itertools import pairwise

import pygraphviz
import pytest

from graphviz_ad.core.diagram import Region
from graphviz_ad.core.formula import Variable
from graphviz_ad.formats import formats
from graphviz_ad.formats.standing import OUTSIDE, nested
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import render
from tests.conftest import system
from tests.course_systems import SYSTEMS


def written(source: str, view: str, name: str, **asked) -> str:
    here = system(source, **asked)
    return str(render(sheet_of(here, (view,)), formats()[name], here.request))


def places(source: str, view: str, **asked) -> dict[str, tuple[float, float]]:
    """Where dot puts the variables, y upwards."""
    drawn = pygraphviz.AGraph(string=written(source, view, "dot", **asked)).draw(format="plain", prog="dot").decode()
    words = [line.split() for line in drawn.splitlines()]
    found = {line[1]: (float(line[2]), float(line[3])) for line in words if line[0] == "node"}
    (panel,) = sheet_of(system(source), (view,)).panels
    return {vertex.label.name: found[f"p0_{vertex.node}"] for vertex in panel.content.vertices
            if isinstance(vertex.label, Variable)}  # fmt: skip


@pytest.mark.parametrize("view", ["forward", "forward-simplified", "backward", "backward-simplified"])
@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("quotient", "a b c d"),
        ("two products", "c d p q"),
        ("star", "a b c d"),
        ("sum of 8", "x_1 x_2 x_3 x_4 x_5 x_6 x_7 x_8"),
    ],
)
@pytest.mark.parametrize("direction", ["lr", "tb"])
def test_dot_draws_operands_in_the_order_of_the_source(name, order, view, direction):
    found = places(SYSTEMS[name], view, direction=direction)
    for one, other in pairwise(order.split()):
        (x, y), (later_x, later_y) = found[one], found[other]
        assert y > later_y if direction == "lr" else x < later_x


@pytest.mark.parametrize("direction", ["lr", "tb"])
def test_dot_draws_variables_in_the_order_that_is_asked_for(direction):
    found = places(SYSTEMS["star"], "forward", direction=direction, stacked=("d", "b", "a"))
    for one, other in pairwise("dba"):
        (x, y), (later_x, later_y) = found[one], found[other]
        assert y > later_y if direction == "lr" else x < later_x


def test_mermaid_has_variables_in_the_order_that_is_asked_for():
    made = written(SYSTEMS["star"], "forward", "mermaid", stacked=("d", "b", "a"))
    assert [made.index(f"$${name}$$") for name in "dba"] == sorted(made.index(f"$${name}$$") for name in "dba")


@pytest.mark.parametrize(
    ("regions", "within", "of"),
    [
        ({}, {OUTSIDE: []}, {}),
        ({"a": (1, 2), "b": (3,)}, {OUTSIDE: [0, 1], 0: [], 1: []}, {1: 0, 2: 0, 3: 1}),
        ({"inner": (1,), "outer": (1, 2)}, {OUTSIDE: [1], 1: [0], 0: []}, {1: 0, 2: 1}),
    ],
)
def test_boxes_in_boxes(regions, within, of):
    found = nested([Region(name, nodes) for name, nodes in regions.items()])
    assert (found.within, found.of) == (within, of)


NESTED = {"cell": ("z", "a", "L"), "unit": ("z", "a")}
SOURCE = "z = w*x + b; a = tanh(z); L = (a - t)^2"


def test_a_box_in_another_is_a_cluster_in_a_cluster():
    graph = pygraphviz.AGraph(string=written(SOURCE, "forward-simplified", "dot", groups=NESTED))
    (panel,) = graph.subgraphs()
    (cell,) = [each for each in panel.subgraphs() if str(each.name).startswith("cluster")]
    (unit,) = [each for each in cell.subgraphs() if str(each.name).startswith("cluster")]
    assert (cell.graph_attr["label"], unit.graph_attr["label"]) == ("cell", "unit")
    assert len(unit.nodes()) == 2


def test_boxes_are_subgraphs_in_mermaid():
    made = written(SOURCE, "forward-simplified", "mermaid", groups=NESTED)
    lines = [line.strip() for line in made.splitlines()]
    assert [line for line in lines if re.match("subgraph|end$", line)] == [
        'subgraph p0 ["Simplified forward graph"]', 'subgraph p0b0 ["cell"]', 'subgraph p0b1 ["unit"]',
        "end", "end", "end",
    ]  # fmt: skip
    inner = lines[lines.index('subgraph p0b1 ["unit"]') :]
    assert ["$$z$$" in inner[1], "$$a$$" in inner[2], inner[3] == "end"] == [True] * 3


def test_steps_have_boxes_by_themselves_in_every_graph_of_text():
    for name, box in (("dot", "label=<layer 1>"), ("mermaid", '["layer 1"]')):
        assert box in written(SYSTEMS["network 2-2-1"], "forward-simplified", name)
