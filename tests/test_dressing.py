"""What a reader says of variables: what inputs are, which paths are shown, what stands in a box."""

import re

import pytest

from graphviz_ad.core.diagram import Chains, Diagram
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Curve, Pill, Scene, Text, extent
from graphviz_ad.drawing.theme import SHIPPED, theme
from graphviz_ad.formats import find, formats
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.options.readers import groups, roles
from graphviz_ad.options.values import OptionError
from graphviz_ad.pipeline import render
from tests.conftest import system
from tests.course_systems import SYSTEMS

NEURON = SYSTEMS["neuron with a loss"]  # z = w_1*x_1 + w_2*x_2 + b; a = sigmoid(z); L = (a - y)^2
GRAPHS = ("forward", "forward-simplified", "backward", "backward-simplified")


def sheet(source: str = NEURON, views=GRAPHS, **asked):
    return sheet_of(system(source, **asked), views)


def places(scene: Scene) -> list[tuple[str, float, float]]:
    """Of vertices, from the first on."""
    found = [
        (group.key, shape.x, shape.y)
        for group in scene.groups
        for shape in group.shapes
        if isinstance(shape, Pill) and group.node is not None
    ]
    return [(key, round(x - found[0][1], 6), round(y - found[0][2], 6)) for key, x, y in found]


# ---- roles


def test_a_name_stands_for_all_that_have_it_with_an_index():
    (panel, *_) = sheet(roles={"w": "parameter", "b": "parameter", "x_1": "data", "y": "target"}).panels
    found = {str(vertex.label.name): vertex.role for vertex in panel.content.vertices if vertex.is_input}
    assert found == {
        "w_1": "parameter", "w_2": "parameter", "b": "parameter", "x_1": "data", "x_2": "input", "y": "target",
    }  # fmt: skip


def test_roles_move_nothing():
    asked = {"w": "parameter", "b": "parameter", "x": "data", "y": "target"}
    assert places(compose(sheet(roles=asked))) == places(compose(sheet()))


def test_roles_have_a_key():
    """Above the panels, once; of those that are in them, in the look of their vertices."""

    def keys(**asked) -> list[tuple[str, str]]:
        groups = [group for group in compose(sheet(**asked)).groups if group.key.startswith("key-")]
        return [(group.title, group.shapes[0].style) for group in groups]

    assert keys(roles={"w": "parameter", "y": "target"}) == [("parameter", "parameter"), ("target", "target")]
    assert keys() == []
    tikz = render(sheet(roles={"y": "target"}), find("tikz"), Request())
    assert "{target};" in tikz


def test_a_view_may_be_without_a_caption():
    panels = sheet(views=("forward", "chain"), captions=("How", "chain=none")).panels
    assert [panel.caption for panel in panels] == ["How", ""]


@pytest.mark.parametrize("name", SHIPPED)
def test_parameters_and_targets_are_told_apart_without_colour(name):
    styles = theme(name).styles
    looks = {role: (styles[role].fill, styles[role].dash) for role in ("input", "parameter", "target")}
    assert len({dash for _, dash in looks.values()}) > 1
    assert looks["parameter"] != looks["input"] != looks["target"] != looks["parameter"]


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [
        ("q", "data", "there is no variable 'q'"),
        ("z", "data", "'z' has an equation; parameters, data and targets are inputs"),
        ("w", "weight", "there is no role 'weight'"),
    ],
)
def test_roles_that_there_are_not(name, role, said):
    with pytest.raises(AdgraphError, match=re.escape(said)):
        sheet(roles={name: role})


@pytest.mark.parametrize(
    ("text", "found"), [("w,b: parameter", {"w": "parameter", "b": "parameter"}), ("t : target", {"t": "target"})]
)
def test_roles_are_read(text, found):
    assert roles((text,)) == found


@pytest.mark.parametrize(("text", "said"), [("w", "write"), (": data", "write"), ("w: dta", "did you mean 'data'")])
def test_roles_that_cannot_be_read(text, said):
    with pytest.raises(OptionError, match=said):
        roles((text,))


@pytest.mark.parametrize("name", ["dot", "mermaid", "json", "text", "tikz", "html", "svg"])
def test_every_format_shows_roles(name):
    here = system("y = w*x", roles={"w": "parameter"})
    made = str(render(sheet_of(here, ("forward",)), formats()[name], here.request))
    assert name == "text" or "arameter" in made or "#efe7f7" in made


# ---- paths


def strong(diagram: Diagram) -> set[str]:
    names = {vertex.node: str(getattr(vertex.label, "name", "·")) for vertex in diagram.vertices}
    return {f"{names[arrow.tail]}{names[arrow.head]}" for arrow in diagram.arrows if arrow.strong}


def test_every_path_from_a_variable_is_strong_and_so_is_its_chain():
    _, forward, _, backward, chain = sheet(views=(*GRAPHS, "chain"), highlight=("w_1",)).panels
    assert strong(forward.content) == {"w_1z", "za", "aL"}
    assert strong(backward.content) == {"La", "az", "zw_1"}
    assert isinstance(chain.content, Chains)
    assert [str(one.wrt) for one in chain.content.chains if one.strong] == ["w_1"]


def test_a_path_is_heavier_in_print_and_its_chain_has_a_bar():
    styles = theme("print").styles
    assert styles["strong"].width > 2 * styles["arrow"].width
    scene = compose(sheet(views=("chain",), highlight=("w_1",)))
    assert len([shape for group in scene.groups for shape in group.shapes if isinstance(shape, Curve)]) == 1


def test_a_path_through_what_is_folded_is_strong():
    (panel,) = sheet(SYSTEMS["recurrence of 6"], views=("overview",), highlight=("x_3",)).panels
    assert sum(arrow.strong for arrow in panel.content.arrows) == 2


# ---- boxes


def boxes(scene: Scene) -> dict[str, tuple[float, float, float, float]]:
    return {
        group.title: extent(shape)
        for group in scene.groups
        for shape in group.shapes
        if isinstance(shape, Curve) and shape.style == "region"
    }


def remarks(scene: Scene) -> list[str]:
    texts = [shape.set.content for group in scene.groups for shape in group.shapes if isinstance(shape, Text)]
    return [text for text in texts if isinstance(text, str) and text.startswith("no box")]


@pytest.mark.parametrize("view", GRAPHS)
def test_a_box_holds_what_belongs_together_and_nothing_else(view):
    scene = compose(sheet(views=(view,), groups={"neuron": ("z", "a")}))
    assert remarks(scene) == []
    ((left, top, right, bottom),) = boxes(scene).values()
    members = {"z", "a"}
    for group in scene.groups:
        for pill in (shape for shape in group.shapes if isinstance(shape, Pill)):
            name = group.title.split()[1].rstrip(",")
            inside = left < pill.x < right and top < pill.y < bottom
            assert inside == (name in members) or pill.style == "operation"


def test_boxes_stand_in_each_other_but_cut_none():
    inner = compose(sheet(views=("forward-simplified",), groups={"neuron": ("z", "a", "L", "y"), "end": ("a",)}))
    assert list(boxes(inner)) == ["neuron", "end"]


def test_groups_that_overlap_are_refused_with_what_they_share():
    groups = {"one": ("b", "c"), "two": ("c", "d")}
    with pytest.raises(AdgraphError, match="the groups 'one' and 'two' share c: neither has its own box"):
        sheet("b = sin(a); c = sin(b); d = sin(c)", ("forward-simplified",), groups=groups)


@pytest.mark.parametrize(("text", "found"), [
    ("cell: f,i,g", {"cell": ("f", "i", "g")}),
    ("a b: x", {"a b": ("x",)}),
    ("none", {"none": ()}),
])  # fmt: skip
def test_groups_are_read(text, found):
    assert groups((text,)) == found


@pytest.mark.parametrize("text", ["f,i", "cell:"])
def test_groups_that_cannot_be_read(text):
    with pytest.raises(OptionError, match="write"):
        groups((text,))


def test_groups_are_clusters_in_dot_and_listed_in_json():
    here = system(NEURON, groups={"neuron <1>": ("z", "a")})
    made = {name: str(render(sheet_of(here, ("forward",)), formats()[name], here.request)) for name in ("dot", "json")}
    assert "neuron &lt;1&gt;" in made["dot"]
    assert '"name": "neuron <1>"' in made["json"].replace("\\u003c", "<").replace("\\u003e", ">")
