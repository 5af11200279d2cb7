"""Groups in figures: what belongs together stands together, in a box with its name and with nothing else in it."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Curve, Pill, Scene, Text, extent
from graphviz_ad.lesson.views import sheet_of
from tests.conftest import system
from tests.course_systems import SYSTEMS

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
