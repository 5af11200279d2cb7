"""Where the parts of figures stand: every rule over the systems of courses, those of the gallery, and random ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.drawing import panel
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.layered.arrangement import Arrangement, arrangements
from graphviz_ad.drawing.layered.placing import layered
from graphviz_ad.drawing.scene import Group, Pill
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.lesson.exercise import exercise
from graphviz_ad.lesson.frames import frames
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.conftest import system
from tests.course_systems import SYSTEMS, random_system
from tests.placement_rules import (
    Picture,
    can_be_in_order,
    crossings,
    disagreeing,
    hooked,
    not_mirrored,
    picture,
    violations,
)
from tests.scenes import boxes_and_links

GALLERY = {
    path.parent.name: path.read_text("utf-8")
    for path in sorted((Path(__file__).parent.parent / "gallery").glob("*/source.adg"))
    if path.parent.name != "20-abstract"  # whose functions have to be declared
}
CROWDED = {"network of 25 equations", "network 4-3-3-2", "softmax of six", "recurrence of 6"}  # in the benchmark
COURSES = {name: source for name, source in SYSTEMS.items() if name not in CROWDED}
SEEDS = (*range(24), 32, 57, 59, 73, 138, 150, 154, 189, 196, 198, 264, 271, 285, 307, 313, 368, 374, 406, 452, 464,
         598, 5058, 5074, 5101, 5126)  # fmt: skip
RANDOM = {f"random {seed}": random_system(seed) for seed in SEEDS}  # an index means nothing in them
ALL = COURSES | GALLERY | RANDOM
VIEWS = ("forward", "forward-simplified", "backward", "backward-simplified")
PAIRS = (("forward", "backward"), ("forward-simplified", "backward-simplified"))


@lru_cache
def figure(
    source: str, at: float | None = None
) -> tuple[Mapping[str, Diagram], Mapping[bool, Arrangement], Typesetter]:
    system, _ = read(SourceText(source, "text"), Request())
    if at is not None:
        names = [system.graph.name(node) for node in system.graph.inputs()]
        system, _ = read(SourceText(source, "text"), Request(at=dict.fromkeys(names, str(at))))
    shown = {each.view: each.content for each in sheet_of(system, VIEWS).panels if isinstance(each.content, Diagram)}
    setter = Typesetter()
    setter.prepare(Job(*job) for diagram in shown.values() for job in panel.formulas(diagram))
    return shown, arrangements(list(shown.values())), setter


def pictures(source: str, direction: str = "lr", at: float | None = None) -> dict[str, Picture]:
    shown, arranged, setter = figure(source, at)
    return {view: picture(diagram, setter, arranged[diagram.full], direction) for view, diagram in shown.items()}


def against_rules(name: str, source: str, direction: str = "lr", at: float | None = None) -> list[tuple[str, str, str]]:
    shown, arranged, _ = figure(source, at)
    # Full and simplified have the same rows, so that either keeps the other from having operands in order.
    together = all(map(can_be_in_order, shown.values()))
    return [
        (view, rule, said)
        for view, made in pictures(source, direction, at).items()
        for rule, said in violations(made, arranged[made.diagram.full])
        if (rule != "order" or together) and (rule != "siblings" or name not in RANDOM)
    ]


@pytest.mark.parametrize("name", ALL)
def test_the_rules_are_kept(name):
    """Operands in order, a straight and even spine, no small tilt, tips and arrows apart, nothing touched, and labels
    in the middle of one side."""
    assert against_rules(name, ALL[name]) == []


@pytest.mark.parametrize("spacing", [panel.COMPACT, panel.STEEP])
@pytest.mark.parametrize("name", COURSES | GALLERY)
def test_no_arrow_has_a_hook_at_its_box_in_close_print(name, spacing):
    """A gap is wider where an arrow would bend beside its box; without labels all gaps are, so less."""
    shown, arranged, setter = figure(ALL[name])
    for diagram in shown.values() if spacing is panel.COMPACT else [shown["backward"], shown["backward-simplified"]]:
        assert hooked(picture(diagram, setter, arranged[diagram.full], spacing=spacing)) == []


@pytest.mark.parametrize("direction", ["rl", "tb", "bt"])
@pytest.mark.parametrize("name", ["sine", "squared error", "two products", "softmax of three", "gated unit", "diamond"])
def test_the_rules_are_kept_in_other_directions(name, direction):
    assert against_rules(name, SYSTEMS[name], direction) == []


@pytest.mark.parametrize("name", ALL)
def test_panels_agree(name):
    """Backward is the mirror of forward, and the simplified graph has the order of the full one."""
    shown = pictures(ALL[name])
    assert [said for one, other in PAIRS for said in not_mirrored(shown[one], shown[other])] == []
    assert disagreeing(shown["forward"], shown["forward-simplified"]) == []


def columns(shown: Picture) -> list[list[int]]:
    """The nodes of each column from top to bottom."""
    found: dict[int, list[tuple[float, int]]] = {}
    for node, pill in shown.nodes.items():
        found.setdefault(round(pill.x), []).append((pill.y, node))
    return [[node for _, node in sorted(found[x])] for x in sorted(found)]


@pytest.mark.parametrize(
    "name", ["sine", "squared error", "softmax of three", "gated unit", "three diamonds", "random 0", "random 4",
             "random 32", "random 138"]
)  # fmt: skip
def test_directions_values_steps_and_exercises_change_no_arrangement(name):
    source = ALL[name]
    shown = {view: columns(made) for view, made in pictures(source).items()}
    for direction in ("rl", "tb", "bt"):
        assert {view: columns(made) for view, made in pictures(source, direction).items()} == shown
    assert {view: columns(made) for view, made in pictures(source, at=0.5).items()} == shown
    asked = exercise(sheet_of(system(source), VIEWS), "all")[0]
    assert {panel.view: places(panel.content) for panel in asked.panels} == {
        panel.view: places(panel.content) for panel in sheet_of(system(source), VIEWS).panels
    }


@pytest.mark.parametrize("name", ["sine", "random 0", "random 4"])
def test_steps_stand_as_the_whole_does(name):
    """Each frame of a figure's making has the panels' shapes where the last one has them."""
    scenes = [compose(frame.sheet) for frame in frames(sheet_of(system(ALL[name]), VIEWS))]
    whole = {group.key: centre(group) for group in scenes[-1].groups if "n" in group.key}
    for scene in scenes:
        assert (scene.width, scene.height) == (scenes[-1].width, scenes[-1].height)
        for group in scene.groups:
            if group.key in whole and group.key[2:3] == "n":
                assert centre(group) == whole[group.key]


def centre(group: Group) -> tuple[float, float] | None:
    """Where the shape of a vertex stands."""
    return next(((shape.x, shape.y) for shape in group.shapes if isinstance(shape, Pill)), None)


def places(diagram: Diagram) -> list[list[object]]:
    """The columns in which a diagram alone is arranged."""
    return [list(column) for column in arrangements([diagram])[diagram.full].columns]


@pytest.mark.parametrize(
    "name", ["star", "step of a descent", "two products", "three products", "sum of 8", "product of 8", "fan of 8",
             "quotient", "neuron with a loss", "chain of 15", "two residual blocks", "attention"]
)  # fmt: skip
def test_trees_and_stars_have_no_crossing(name):
    assert [crossings([line.points for line in made.lines]) for made in pictures(SYSTEMS[name]).values()] == [0] * 4


@pytest.mark.parametrize(
    ("source", "full", "simplified"),
    [
        # what several read goes a column ahead
        ("y = b*u*sin(u); z = b*u", 0, 0),
        ("y = v*v*exp(b)*b*sin(v); z = v + sin(b)", 0, 0),
        # what shares no column in one graph may stand in any order in the other one
        (SYSTEMS["advantage"], 0, 0),
        # several beginnings
        ("y = (a + x) + sin(x); z = x + sin(a); L = z*x", 1, 0),
        # a rail for each reader
        ("y_0 = sin(x) + u; y_1 = (u + u)*u^2; y_2 = u^2; y_3 = exp(q)*u - y_1; y_4 = u + y_1*y_2", 0, 0),
    ],
)  # fmt: skip
def test_no_more_arrows_cross_than_must(source, full, simplified):
    _, made, _ = figure(source)
    assert (made[True].crossings, made[False].crossings) == (full, simplified)


def test_what_several_read_stands_ahead_of_all_beside_it_where_operands_are_then_in_order():
    """Else sin(x) could not stand above exp(q₀)·x."""
    made = pictures(random_system(5058))["forward"]
    place = {str(vertex.label.name): made.nodes[vertex.node].x for vertex in made.diagram.vertices
             if vertex.role == "input"}  # fmt: skip
    assert place["x"] < place["q_0"]


def test_a_column_more_is_not_worth_two_crossings():
    """The strike price K stands with what is read beside it."""
    made = pictures(SYSTEMS["price of an option"])["forward-simplified"]
    inputs = {round(made.nodes[vertex.node].x) for vertex in made.diagram.vertices if vertex.role == "input"}
    assert len(inputs) == 1


def test_a_node_that_many_arrows_leave_grows():
    """Else two arrows from x to one sum ran together, and the gap became many times as wide."""
    made = pictures(random_system(5101))["forward"]
    size = {str(vertex.label.name): made.nodes[vertex.node] for vertex in made.diagram.vertices
            if vertex.role != "operation"}  # fmt: skip
    assert size["x"].width > size["q_1"].width
    assert size["y_3"].x - size["x"].x < 800


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("q = (a - b)/(c - d)", "a b c d"),
        ("y = c*d + p*q", "c d p q"),
        ("y = w_1*x_1 + w_2*x_2", "w_1 x_1 w_2 x_2"),
        ("f = x*y + sin(x)", "x y"),
        ("L = a*b + c*d + learning_rate*w + x", "a b c d learning_rate w x"),
        ("y = b + a*x", "b a x"),
    ],
)
def test_operands_stand_as_they_are_read(source, rows):
    shown = pictures(source)["forward"]
    names = {vertex.label.name: shown.nodes[vertex.node].y for vertex in shown.diagram.vertices
             if vertex.role == "input"}  # fmt: skip
    assert " ".join(sorted(names, key=names.__getitem__)) == rows


@pytest.mark.parametrize(
    ("source", "view", "spine"),
    [
        ("y = sin(a*x + b); z = y^2", "forward", "x v_1 v_2 y z"),
        ("y = sin(a*x + b); z = y^2", "backward-simplified", "x y z"),
        ("a = w*x + b; y = sigmoid(a); L = (y - t)^2", "forward-simplified", "x a y L"),
        ("h_1 = tanh(w*x_1 + u*h_0); h_2 = tanh(w*x_2 + u*h_1)", "forward-simplified", "h_0 h_1 h_2"),
        ("p = 1/(1 + exp(-x))", "backward", "x v_1 v_2 v_3 p"),
    ],
)
def test_the_spine_is_the_way_of_the_data(source, view, spine):
    system, _ = read(SourceText(source, "text"), Request())
    made = pictures(source)[view]
    names = system.graph_views[made.diagram.full].names
    place = {names[node]: pill for node, pill in made.nodes.items() if node in names}
    assert len({place[name].y for name in spine.split()}) == 1
    along = [place[name].x for name in spine.split()]
    assert along == sorted(along, reverse=made.diagram.kind == "backward")


@pytest.mark.parametrize(
    ("name", "view", "rows"),
    [
        ("network 2-2-1", "forward-simplified", ["x_1 z_11 a_11", "z_12 a_12"]),
        ("network 2-2-1", "forward", ["z_11 a_11", "z_12 a_12"]),
        ("48-overview", "forward", ["z_11 a_11 z_21 a_21 z_31", "z_12 a_12 z_22 a_22 z_32",
                                    "z_13 a_13 z_23 a_23 z_33", "z_14 a_14 z_24 a_24 z_34"]),
    ],
)  # fmt: skip
def test_the_units_of_layers_of_one_size_stand_in_rows(name, view, rows):
    made = pictures(ALL[name])[view]
    height = {str(vertex.label.name): made.nodes[vertex.node].y for vertex in made.diagram.vertices
              if vertex.role in ("variable", "input", "output")}  # fmt: skip
    assert [len({height[unit] for unit in row.split()}) for row in rows] == [1] * len(rows)


def test_an_operand_that_is_read_twice_with_another_between_goes_around_it():
    """In w·x·w the second arrow from w is below that from x."""
    made = pictures("y = exp(exp(w))*w*x*w")["forward"]
    at_product = [line for line in made.lines if line.head == made.diagram.vertices[-1].node]
    names = [line.tail for line in sorted(at_product, key=lambda line: line.points[-1][1])]
    w, x = (vertex.node for vertex in made.diagram.vertices if vertex.role == "input")
    assert names[1:] == [w, x, w]


def test_a_weight_that_several_steps_read_is_one_rail_with_taps():
    made = pictures(SYSTEMS["recurrence of 3"])["backward-simplified"]
    weights = [vertex.node for vertex in made.diagram.vertices if vertex.label.name == "w"]
    tips = [line.tip for line in made.lines if line.head in weights]
    assert (len(tips), tips.count(None)) == (3, 1)  # that from h₂ ends where it joins the one from h₃


@pytest.mark.parametrize(
    ("source", "signs"),
    [
        ("y = " + " + ".join(f"x_{k}" for k in range(1, 9)), ["+"]),
        ("y = a*b*c*d", ["×"]),
        ("y = a + b - c + d", ["+", "−", "+"]),
        ("y = (a + b)*(c + d)*f", ["+", "+", "×"]),
        ("s = a + b; y = s + c", ["+", "+"]),  # what has a name stays a node
        ("y = a + b + c; z = (a + b)*y", ["+", "+", "×"]),
        ("y = " + " + ".join(f"x_{k}" for k in range(30)), ["+"] * 3),  # a dozen at a node
    ],
)
def test_sums_and_products_are_one_node(source, signs):
    from graphviz_ad.notation.plain import Plain
    from graphviz_ad.notation.write import write

    shown, _, _ = figure(source)
    gates = [vertex.gate or vertex.label for vertex in shown["forward"].vertices if vertex.role != "input"]
    assert sorted(write(gate, Plain()).replace("*", "×").replace("-", "−") for gate in gates) == sorted(signs)


def test_the_rules_can_be_broken():
    """A node moved onto its neighbour's arrow, a tip moved to another, a label below its arrow: each is found."""
    made = pictures(SYSTEMS["neuron"])["backward-simplified"]
    _, arranged, _ = figure(SYSTEMS["neuron"])

    def broken(changed: Picture) -> set[str]:
        return {rule for rule, _ in violations(changed, arranged[False])}

    first, second, *rest = made.lines
    lowered = first._replace(label=tuple(x + 60 * (k % 2) for k, x in enumerate(first.label)))
    assert "labels" in broken(made._replace(lines=[lowered, second, *rest]))
    assert "tips" in broken(made._replace(lines=[first, second._replace(tip=first.tip, head=first.head), *rest]))
    node = made.lines[0].tail
    moved = {**made.nodes, node: made.nodes[node].replace(y=made.nodes[node].y + 3)}
    assert "spine" in broken(made._replace(nodes=moved))
    bent = first._replace(curve=((0, 0), (0, 0), (90, 4), (90, 4)))
    assert "tilt" in broken(made._replace(lines=[bent, second, *rest]))


def test_what_cannot_be_placed_is_refused(monkeypatch):
    monkeypatch.setattr("graphviz_ad.drawing.layered.net.MAX_ITEMS", 100)
    steps = "; ".join(f"y_{k} = sin(y_{k - 1})*a + b" for k in range(1, 41))
    with pytest.raises(AdgraphError, match="so many long arrows") as caught:
        figure(steps)
    assert "--of" in caught.value.hint


def long_memory(steps: int) -> str:
    """So many steps of a memory cell with the same weights and biases: from boxes to boxes, two pairs of arrows climb
    alike and cross."""
    gates = {"f": "sigmoid", "i": "sigmoid", "o": "sigmoid", "g": "tanh"}
    return "; ".join(
        "; ".join(f"{g}_{t} = {f}(w_{g}*x_{t} + u_{g}*h_{t - 1} + b_{g})" for g, f in gates.items())
        + f"; c_{t} = f_{t}*c_{t - 1} + i_{t}*g_{t}; h_{t} = o_{t}*tanh(c_{t})"
        for t in range(1, steps + 1)
    )


def convolved(count: int) -> str:
    """Two layers that share their weights over so many values: the wider a gap is, the more arrows run together."""
    read = {"a": ("x", count - 2), "b": ("a", count - 4)}
    lines = [f"{to}_{i} = relu(" + " + ".join(f"k_{{{to},{n}}}*{of}_{i + n}" for n in (0, 1, 2)) + f" + g_{to})"
             for to, (of, most) in read.items() for i in range(1, most + 1)]  # fmt: skip
    return "; ".join([*lines, "y = " + " + ".join(f"b_{i}" for i in range(1, count - 3))])


@pytest.mark.parametrize(
    ("source", "most"),
    [
        (SYSTEMS["memory cell"], 1400),
        (SYSTEMS["network of 25 equations"], 5000),
        (long_memory(3), 5000),
        (convolved(7), 6500),
    ],
)
def test_a_few_arrows_that_cross_do_not_make_a_figure_many_times_as_wide(source, most):
    shown, _, setter = figure(source)
    forward = shown["forward"]
    boxes, links = boxes_and_links(forward, setter, "lr")
    placed = layered(arrangements([forward])[True], boxes, links, "lr", False, panel.USUAL)
    assert placed.width < most


@pytest.mark.parametrize(
    ("seed", "least"),
    [
        (166, 5),  # the simplified graph has the rows of the full one, and else its own
        (8, 9),  # the full one has those of the simplified one
        (138, 0),  # the simplified one is like the full one in its columns alone
        (151, 2),  # the full one
        (3, 0),  # what has no more crossings than each by itself
    ],
)
def test_full_and_simplified_have_the_rows_that_spare_crossings(seed, least):
    _, made, _ = figure(random_system(seed))
    assert sum(arrangement.crossings for arrangement in made.values()) == least
