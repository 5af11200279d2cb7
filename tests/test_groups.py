"""Groups in figures: what belongs together stands together, in a box with its name and with nothing else in it."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.layered.arrangement import arranged
from graphviz_ad.drawing.layered.net import ALL
from graphviz_ad.drawing.scene import Curve, Pill, Scene, Text, extent
from graphviz_ad.drawing.widths import in_width
from graphviz_ad.lesson.views import sheet_of
from tests.conftest import system
from tests.course_systems import SYSTEMS, recurrent

GRAPHS = ("forward", "forward-simplified", "backward", "backward-simplified")
CELL = SYSTEMS["memory cell"]  # f, i, o, g; c_t = f*c + i*g; h_t = o*tanh(c_t)
NETWORK = SYSTEMS["network 2-2-1"]
Box = tuple[float, float, float, float]


def drawn(source: str, view: str, groups: dict[str, tuple[str, ...]], direction: str = "lr", **asked):
    """The diagram of a view with groups, and its scene."""
    sheet = sheet_of(system(source, groups=groups, **asked), (view,))
    (panel,) = sheet.panels
    assert isinstance(panel.content, Diagram)
    return panel.content, compose(sheet, direction)


def boxes(scene: Scene) -> dict[str, list[Box]]:
    found: dict[str, list[Box]] = {}
    for group in scene.groups:
        for shape in group.shapes:
            if isinstance(shape, Curve) and shape.style == "region":
                found.setdefault(group.title, []).append(extent(shape))
    return found


def remarks(scene: Scene) -> list[str]:
    texts = [shape.set.content for group in scene.groups for shape in group.shapes if isinstance(shape, Text)]
    return [text for text in texts if isinstance(text, str) and text.startswith("no box")]


def holds(outer: Box, inner: Box) -> bool:
    return outer[0] < inner[0] and outer[1] < inner[1] and outer[2] > inner[2] and outer[3] > inner[3]


def meets(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def faults(diagram: Diagram, scene: Scene) -> list[str]:
    """What is not as a box with a name promises."""
    found = remarks(scene)
    shown = {name: made[0] for name, made in boxes(scene).items()}
    arrows = sorted(diagram.arrows, key=lambda arrow: arrow.tail if diagram.kind == "backward" else arrow.head)
    parts: list[tuple[str, set[int], Box]] = []
    for group in scene.groups:
        kind, number = group.key[2:3], group.key[3:]
        nodes = {int(number)} if kind == "n" else set()
        if kind == "a" and number.isdigit():
            nodes = {arrows[int(number)].tail, arrows[int(number)].head}
        if nodes:
            parts += [(group.title, nodes, extent(one)) for one in group.shapes if isinstance(one, Pill | Text)]
    for region in diagram.regions:
        members = {*region.nodes, *region.operations}
        if region.name not in shown:
            found.append(f"no box for {region.name}")
            continue
        for title, nodes, box in parts:
            if nodes <= members and not holds(shown[region.name], box):
                found.append(f"{title} is not in {region.name}")
            if not nodes & members and meets(shown[region.name], box):
                found.append(f"{title} stands in {region.name}")
    for (one, box), (other, beside) in combinations(shown.items(), 2):
        if meets(box, beside) and not holds(box, beside) and not holds(beside, box):
            found.append(f"{one} cuts {other}")
    return found


@pytest.mark.parametrize("direction", ["lr", "tb", "rl", "bt"])
@pytest.mark.parametrize("view", GRAPHS)
@pytest.mark.parametrize(
    ("source", "groups"),
    [
        (CELL, {"cell": ("f", "i", "g", "o", "c_t")}),
        (CELL, {"cell": ("f", "i", "g", "o", "c_t"), "gates": ("f", "i", "o")}),
        (NETWORK, {"hidden": ("z_11", "a_11", "z_12", "a_12"), "output": ("z_21", "a_21", "L")}),
        (NETWORK, {"one": ("z_11", "a_11"), "other": ("z_12", "a_12")}),
        (SYSTEMS["recurrence of 3"], {"step": ("x_2", "h_2")}),
        (SYSTEMS["softmax of three"], {"softmax": ("e", "s", "p")}),
        (SYSTEMS["residual block"], {"block": ("h", "f"), "parameters": ("w_1", "b_1")}),
    ],
)  # fmt: skip
def test_a_box_holds_what_belongs_together_and_nothing_else(source, groups, view, direction):
    assert faults(*drawn(source, view, groups, direction)) == []


@pytest.mark.parametrize("seed", range(12))
def test_any_variables_can_stand_in_a_box(seed):
    random = Random(seed)
    name = random.choice(sorted(name for name in SYSTEMS if name not in ("network of 25 equations", "network 4-3-3-2")))
    names = [str(node.name) for node in system(SYSTEMS[name]).graph.nodes if node.name is not None]
    groups = {"some": tuple(random.sample(names, random.randint(1, max(1, len(names) // 2))))}
    for view in GRAPHS:
        assert (name, groups, view, faults(*drawn(SYSTEMS[name], view, groups))) == (name, groups, view, [])


def test_with_numbers_and_for_a_page():
    at = dict.fromkeys(("x", "h", "c", *(f"{kind}_{gate}" for kind in "wub" for gate in "fioc")), 1.0)
    groups = {"cell": ("f", "i", "g", "o", "c_t")}
    diagram, scene = drawn(CELL, "forward", groups, at=at)
    assert faults(diagram, scene) == []
    assert len(boxes(scene)["cell"]) == 1


# ---- by themselves


def steps_of(source: str) -> dict[str, tuple[str, ...]]:
    """The boxes that the full graph of a system has by itself."""
    (panel,) = sheet_of(system(source), ("forward",)).panels
    assert isinstance(panel.content, Diagram)
    names = system(source).graph.nodes
    return {region.name: tuple(str(names[node].name) for node in region.nodes) for region in panel.content.regions}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (SYSTEMS["recurrence of 3"], {"step 1": "h_1 x_1", "step 2": "h_2 x_2", "step 3": "h_3 x_3"}),
        ("h_t = tanh(w*h_{t-1} + x_t), t = 1..2; L = h_2^2", {"step 1": "h_1 x_1", "step 2": "h_2 x_2"}),
        ("h_t = tanh(w*h_{t-1}), t = 1..2; y_t = v*h_t + c, t = 1..2; L = y_1 + y_2",
         {"step 1": "h_1 y_1", "step 2": "h_2 y_2"}),  # what a step computes beside
        (NETWORK, {"layer 1": "a_11 a_12 z_11 z_12", "layer 2": "a_21 z_21"}),
        ("z1 = w1*x + b1; a1 = sigmoid(z1); z2 = w2*a1 + b2; a2 = sigmoid(z2); L = (a2 - y)^2",
         {"layer 1": "a1 z1", "layer 2": "a2 z2"}),
        ("z^{(1)} = w^{(1)}*x; a^{(1)} = tanh(z^{(1)}); z^{(2)} = w^{(2)}*a^{(1)}; a^{(2)} = tanh(z^{(2)})",
         {"layer 1": "a^{(1)} z^{(1)}", "layer 2": "a^{(2)} z^{(2)}"}),
        (SYSTEMS["softmax of three"], {}),  # which is no repetition, though it has p_1, p_2, p_3
        (SYSTEMS["attention"], {}),
        (SYSTEMS["three diamonds"], {}),  # y_1 is not of one step with a_1
        ("v_1 = a*x; v_2 = v_1 + b; v_3 = sin(v_2)", {}),  # names for one thing after the other
        (SYSTEMS["chain of 15"], {}),  # one operation is no step to be boxed
        ("y_1 = x + 1; y_2 = y_1*y_1", {}),
        ("y_0 = sin(x)*x^2; y_1 = y_0^2; y_2 = y_1^2; y_3 = exp(x)*y_2", {}),  # mostly unlike each other
    ],
)  # fmt: skip
def test_steps_and_layers_have_boxes_by_themselves(source, found):
    assert {name: " ".join(sorted(nodes)) for name, nodes in steps_of(source).items()} == found


@pytest.mark.parametrize(
    ("source", "has_boxes"),
    [
        (SYSTEMS["recurrence of 2"], True),
        ("y_0 = sin(v)*c*q_0; y_1 = (v + y_0) + v*p_1; y_2 = y_1*y_0 + y_0", False),  # the spine would enter from below
        ("y_0 = exp(w)*w; y_1 = exp(y_0)*w*x*w", False),  # x could not stand between the arrows from w
    ],
)
def test_boxes_that_nobody_asked_for_cost_neither_a_straight_spine_nor_order(source, has_boxes):
    (panel,) = sheet_of(system(source), ("forward",)).panels
    assert isinstance(panel.content, Diagram)
    assert panel.content.regions
    assert bool(arranged([panel.content]).groups) == has_boxes


def test_a_simplified_graph_has_no_boxes_of_one_variable():
    diagram, _ = drawn(SYSTEMS["recurrence of 3"], "forward-simplified", {})
    assert diagram.regions == ()


@pytest.mark.parametrize("groups", [{"none": ()}, {"loss": ("L",)}])
def test_who_asks_for_groups_or_for_none_has_no_others(groups):
    diagram, scene = drawn(SYSTEMS["recurrence of 3"], "forward", groups)
    assert [region.name for region in diagram.regions] == [name for name, members in groups.items() if members]
    assert faults(diagram, scene) == []


@pytest.mark.parametrize("view", GRAPHS)
@pytest.mark.parametrize("name", ["recurrence of 4", "network 2-2-1", "network 2-3-2", "two residual blocks"])
def test_boxes_of_steps_hold_what_belongs_to_them(name, view):
    assert faults(*drawn(SYSTEMS[name], view, {})) == []


@pytest.mark.parametrize("width", ["8cm", "10cm", "12cm"])
@pytest.mark.parametrize("name", ["recurrence of 3", "recurrence of 4"])
def test_boxes_in_rows_hold_each_vertex_of_theirs(name, width):
    """In each row; inputs that stand in the row of their readers are in the box there, and no box is empty."""
    sheet = sheet_of(system(SYSTEMS[name]), ("forward",))
    (panel,) = sheet.panels
    assert isinstance(panel.content, Diagram)
    scene = in_width(sheet, Request(max_width=width), None)
    shapes = {int(group.key[3:]): [extent(shape) for shape in group.shapes if isinstance(shape, Pill)]
              for group in scene.groups if group.key[2] == "n" and group.key[3:].isdigit()}  # fmt: skip
    around = boxes(scene)
    for region in panel.content.regions if around else ():
        pills = [pill for node in region.nodes if node in shapes for pill in shapes[node]]
        assert all(any(holds(box, pill) for box in around[region.name]) for pill in pills)
        assert all(any(holds(box, pill) for pill in pills) for box in around[region.name])


def test_steps_keep_the_spine_straight():
    """A state enters its first step from the left."""
    diagram, scene = drawn(SYSTEMS["recurrence of 3"], "forward", {})
    names = {vertex.node: vertex.label for vertex in diagram.vertices}
    places = {
        str(getattr(names[int(group.key[3:])], "name", "")): shape
        for group in scene.groups
        if group.key[2] == "n" and group.key[3:].isdigit()
        for shape in group.shapes
        if isinstance(shape, Pill) and shape.style != "output-ring"
    }
    assert len({round(places[name].y) for name in ("h_0", "h_1", "h_2", "h_3", "L")}) == 1


@pytest.mark.parametrize("n", [3, 4, 6])
def test_a_weight_of_all_steps_has_one_rail_with_a_tap_for_each(n):
    (panel,) = sheet_of(system(SYSTEMS[f"recurrence of {n}"]), ("forward-simplified",)).panels
    assert isinstance(panel.content, Diagram)
    rails = [item for column in arranged([panel.content]).columns for item in column if item[1] >= 0]
    assert {reader for _, _, reader in rails} == {ALL}


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        (SYSTEMS["recurrence of 4"], {"fold": True, "groups": {}}),
        ("h = tanh(w*x + u*k + b); y = v*h + c; L = (y - d)^2", {"groups": {"step": ("x", "h", "y")}}),
        ("y = a*b*c; L = y^2", {"groups": {"part": ("b", "y")}}),
    ],
)
def test_the_label_of_an_arrow_that_leaves_a_box_above_or_below_stands_outside(source, asked):
    diagram, scene = drawn(source, "backward-simplified", **asked)
    ((box,),) = boxes(scene).values()
    centres = {group.key: shape.y for group in scene.groups for shape in group.shapes if isinstance(shape, Pill)}
    arrows = sorted(diagram.arrows, key=lambda arrow: arrow.tail)
    leaving = 0
    for number, arrow in enumerate(arrows):
        inside = [box[1] < centres[f"p0n{node}"] < box[3] for node in (arrow.tail, arrow.head)]
        (label,) = [shape for group in scene.groups if group.key == f"p0a{number}" for shape in group.shapes
                    if isinstance(shape, Text)]  # fmt: skip
        if inside.count(True) == 1:
            leaving += 1
            assert not meets(box, extent(label)), label.set.content
    assert leaving


def test_in_a_circuit_a_box_has_the_operations_of_its_own_variables():
    """A gate that makes a variable of another step is none of those that only this one reads."""
    at = {"w": 0.5, "u": 0.3, "x_1": 1.0, "x_2": 2.0, "h_0": 0.1}
    source = "h_1 = tanh(w*x_1 + u*h_0); h_2 = tanh(w*x_2 + u*h_1); L = h_2^2"
    (panel,) = sheet_of(system(source, at=at), ["circuit"]).panels
    held = [{*region.nodes, *region.operations} for region in panel.content.regions]
    assert [region.name for region in panel.content.regions] == ["step 1", "step 2"]
    assert not held[0] & held[1]
    assert all(len(nodes) == 5 for nodes in held)  # x, two products, their sum and tanh


@pytest.mark.parametrize("n", [3, 4])
def test_what_all_steps_read_climbs_into_the_last_as_into_the_one_before(n):
    """So that its box is no higher."""
    found = boxes(compose(sheet_of(system(recurrent(n)), ("forward",))))
    heights = {name: round(bottom - top) for name, ((_, top, _, bottom),) in found.items()}
    assert heights[f"step {n}"] == heights[f"step {n - 1}"]
