"""Repetitions as plates: one step is shown, in a box that says how many there are, and every formula of it is right."""

from __future__ import annotations

import pytest

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.derive.steps import steps
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.layered.arrangement import arranged
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from tests.conftest import graph, system
from tests.course_systems import SYSTEMS
from tests.test_groups import boxes, faults

SUMMED = ("h_t = tanh(w*x_t + u*h_{t-1} + b), t = 1..3; y_t = v*h_t, t = 1..3; L_t = (y_t - d_t)^2, t = 1..3; "
          "L = L_1 + L_2 + L_3")  # fmt: skip
LAYERS = "z1 = w1*x + b1; a1 = sigmoid(z1); z2 = w2*a1 + b2; a2 = sigmoid(z2); L = (a2 - y)^2"
GRAPHS = ("forward", "forward-simplified", "backward", "backward-simplified")


def folded(source: str, view: str, **asked: object) -> Diagram:
    (panel,) = sheet_of(system(source, fold=True, **asked), (view,)).panels
    assert isinstance(panel.content, Diagram)
    return panel.content


def arrows(diagram: Diagram) -> set[str]:
    names = {vertex.node: write(vertex.label, Plain()) for vertex in diagram.vertices}
    return {f"{names[arrow.tail]} → {names[arrow.head]}" for arrow in diagram.arrows}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (SYSTEMS["recurrence of 3"], "w → h_3, x_3 → h_3, u → h_3, h_2 → h_3, b → h_3, h_3 → L, t → L"),
        (SYSTEMS["recurrence of 6"], "w → h_6, x_6 → h_6, u → h_6, h_5 → h_6, b → h_6, h_6 → L, t → L"),
        (SUMMED, "w → h_3, x_3 → h_3, u → h_3, h_2 → h_3, b → h_3, h_3 → y_3, v → y_3, y_3 → L_3, d_3 → L_3, L_3 → L"),
        (LAYERS, "w2 → z2, a1 → z2, b2 → z2, z2 → a2, a2 → L, y → L"),
    ],
)
def test_one_step_is_shown_with_what_it_reads(source, found):
    assert arrows(folded(source, "forward-simplified")) == set(found.split(", "))


BESIDE = "; ".join(f"h_{t} = tanh(u*h_{t - 1} + w*x_{t}); y_{t} = v*h_{t}; q_{t} = a_{t}^2" for t in (1, 2))


@pytest.mark.parametrize(
    ("source", "word", "found"),
    [
        (SYSTEMS["recurrence of 3"], "step", ["x_1 h_1", "x_2 h_2", "x_3 h_3"]),
        (SUMMED, "step", ["x_1 d_1 h_1 y_1 L_1", "x_2 d_2 h_2 y_2 L_2", "x_3 d_3 h_3 y_3 L_3"]),
        (LAYERS, "layer", ["z1 a1", "z2 a2"]),
        (
            "h_0 = tanh(w*x_0 + u*s); h_1 = tanh(w*x_1 + u*h_0); h_2 = tanh(w*x_2 + u*h_1); L = h_2^2",
            "step",
            ["x_0 h_0", "x_1 h_1", "x_2 h_2"],
        ),
        # not q, which reads nothing of the step, and not x_2, which is read beside it
        (f"{BESIDE}; L = y_1 + y_2 + q_1*q_2*x_2", "step", ["x_1 h_1 y_1", "h_2 y_2"]),
    ],
)
def test_a_step_has_what_is_computed_of_it_and_its_data(source, word, found):
    here = graph(source)
    made = steps(here)
    assert (made.word, [" ".join(map(here.name, nodes)) for nodes in made.nodes.values()]) == (word, found)


@pytest.mark.parametrize(("source", "name"), [(SYSTEMS["recurrence of 3"], "× 3"), (LAYERS, "× 2"), (SUMMED, "× 3")])
@pytest.mark.parametrize("view", GRAPHS)
def test_its_box_says_how_many_there_are(source, name, view):
    diagram = folded(source, view)
    (panel,) = sheet_of(system(source, fold=True), (view,)).panels
    scene = compose(sheet_of(system(source, fold=True), (view,)))
    assert panel.content == diagram
    assert list(boxes(scene)) == [name]
    assert faults(diagram, scene) == []
    assert diagram.notes[-1].endswith("before it are like it" if name == "× 3" else "before it is like it")


@pytest.mark.parametrize("source", [SYSTEMS["recurrence of 3"], LAYERS, SUMMED])
@pytest.mark.parametrize("view", ["backward", "backward-simplified"])
def test_derivatives_are_those_of_the_whole_graph(source, view):
    """The step that is shown is one of the system, so that each of its labels is true."""
    (panel,) = sheet_of(system(source), (view,)).panels
    assert isinstance(panel.content, Diagram)
    whole = {(arrow.tail, arrow.head): arrow.label for arrow in panel.content.arrows}
    shown = {(arrow.tail, arrow.head): arrow.label for arrow in folded(source, view).arrows}
    assert shown.items() <= whole.items()
    assert len(shown) < len(whole)


def rnn(first: str, last: int = 4) -> str:
    later = "; ".join(f"h_{t} = tanh(w*x_{t} + u*h_{t - 1})" for t in range(2, last + 1))
    return f"{first}; {later}; L = (h_{last} - t)^2"


@pytest.mark.parametrize(
    ("source", "name", "said"),
    [
        (rnn("h_1 = tanh(w*x_1 + u*h_0)"), "× 4", "step 4 is shown; the 3 before it are like it"),
        (rnn("h_1 = tanh(u*s + w*x_1)"), "× 4", "step 4 is shown; the 3 before it are like it"),
        (rnn("h_1 = tanh(w*x_1)"), "× 3", "step 4 is shown; the 2 before it are like it, step 1 is not"),
        (rnn("h_1 = tanh(w*x_1 + u*h_0 + b)"), "× 3", "step 4 is shown; the 2 before it are like it, step 1 is not"),
        ("s_1 = a*x_1; s_2 = a*x_2 + b*s_1; s_3 = a*x_3 + b*s_2 + c*s_1; s_4 = a*x_4 + b*s_3 + c*s_2; y = s_4^2", "× 2",
         "step 4 is shown; the 1 before it is like it, steps 1 and 2 are not"),
        ("c_1 = f_1*c_0; f_2 = sigmoid(c_1); c_2 = f_2*c_1; f_3 = sigmoid(c_2); c_3 = f_3*c_2; L = c_3^2", "× 2",
         "step 3 is shown; the 1 before it is like it, step 1 is not"),
        ("h_1 = tanh(2*h_0 + x_1); h_2 = tanh(3*h_1 + x_2); h_3 = tanh(3*h_2 + x_3); L = h_3^2", "× 2",
         "step 3 is shown; the 1 before it is like it, step 1 is not"),
        (SYSTEMS["network 4-3-3-2"], "× 2",
         "layer 2 is shown; the 1 before it is like it but for the number of inputs, layer 3 is not"),
    ],
)  # fmt: skip
def test_it_is_said_which_steps_are_like_the_one_that_is_shown(source, name, said):
    diagram = folded(source, "forward-simplified")
    assert (diagram.regions[-1].name, diagram.notes[-1]) == (name, said)


def test_two_steps_that_differ_are_no_repetition():
    with pytest.raises(AdgraphError, match="repeats the one before"):
        folded(rnn("h_1 = tanh(w*x_1)", last=2), "backward")


@pytest.mark.parametrize("view", GRAPHS)
def test_the_step_before_stands_where_it_stood(view):
    """The spine goes on from step to step, x_4 beside it as in the whole figure."""
    diagram = folded(rnn("h_1 = tanh(w*x_1)"), view)
    spine = arranged([diagram]).spine
    names = {vertex.node: write(vertex.label, Plain()) for vertex in diagram.vertices if vertex.role != "operation"}
    assert next(names[node] for node, _, _ in spine if node in names) == "h_3"


def test_what_repeats_nothing_is_folded_by_what_is_alike():
    labels = [
        write(vertex.label, Plain()) for vertex in folded(SYSTEMS["softmax of three"], "forward-simplified").vertices
    ]
    assert "p_1, ..., p_3" in labels or any("p_1" in label and "p_3" in label for label in labels)


def test_where_nothing_can_be_folded_it_is_said():
    with pytest.raises(AdgraphError, match="repeats the one before"):
        folded(SYSTEMS["softmax of three"], "backward")
