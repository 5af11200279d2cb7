"""Exercises: boxes in the place of answers, and the same figure with the answers in them."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from graphviz_ad.core.diagram import Chains, Diagram, Sheet
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Scene, Text
from graphviz_ad.lesson.exercise import exercise
from graphviz_ad.lesson.views import DEFAULT_VIEWS, sheet_of
from tests.conftest import plain, system, valued
from tests.scenes import collisions
from tests.strategies import systems
from tests.test_cli import files

REFERENCE = "y=2x^3+3; z=y^2"


def said(sheet: Sheet) -> list[str]:
    """Every derivative on an arrow and every chain."""
    found = []
    for panel in sheet.panels:
        if isinstance(panel.content, Diagram):
            found += [plain(arrow.label) for arrow in panel.content.arrows if arrow.label]
        if isinstance(panel.content, Chains):
            found += [plain(line) for chain in panel.content.chains for line in chain.equations]
    return found


def test_boxes_stand_for_what_is_to_be_found():
    empty, answers = exercise(sheet_of(system(REFERENCE), ["backward-simplified", "chain"]), "derivatives")
    assert said(empty) == ["dz/dy = ____", "dy/dx = ____", "dz/dx = dz/dy*dy/dx = ____ = ____"]
    assert said(answers) == ["dz/dy = 2*y", "dy/dx = 6*x^2", "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3)"]


@pytest.mark.parametrize(
    ("which", "values", "adjoints"), [("derivatives", 0, 3), ("all", 2, 3), (1, 0, 3)]
)  # fmt: skip
def test_numbers_at_nodes(which, values, adjoints):
    empty, _ = exercise(sheet_of(system(REFERENCE, at={"x": 0.5}), ["forward-simplified"]), which)
    (diagram,) = (panel.content for panel in empty.panels)
    assert [plain(vertex.value) for vertex in diagram.vertices].count("____") == values
    assert [plain(vertex.adjoint) for vertex in diagram.vertices].count("____") == adjoints


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_so_many_of_the_derivatives(count):
    sheet = sheet_of(system("y=sin(a*x+b); z=y**2"), ["backward"])
    empty, _ = exercise(sheet, count, seed=7)
    boxes = [line for line in said(empty) if "____" in line]
    assert len(boxes) == min(count, 6)
    assert exercise(sheet, count, seed=7)[0] == empty
    if count < 6:
        assert any(exercise(sheet, count, seed=seed)[0] != empty for seed in range(5))


def test_a_derivative_is_left_out_wherever_it_stands():
    for seed in range(6):
        empty, _ = exercise(sheet_of(system(REFERENCE), DEFAULT_VIEWS), 1, seed)
        full, simplified = (
            {plain(a.label).partition(" = ")[0] for a in panel.content.arrows if "____" in plain(a.label)}
            for panel in empty.panels
            if panel.view.startswith("backward")
        )
        assert ("dz/dy" in full) == ("dz/dy" in simplified)


def places(scene: Scene) -> list[object]:
    """Where everything stands: shapes with the boxes of their formulas, without what is in them."""
    return [
        (s.x, s.y, s.set.width, s.set.height, s.set.frames, s.style) if isinstance(s, Text) else s
        for group in scene.groups
        for s in group.shapes
    ]


@given(systems())
@settings(max_examples=25)
def test_the_answers_stand_where_the_boxes_are(pairs):
    here = valued("; ".join(pair.text for pair in pairs))
    empty, answers = (compose(sheet) for sheet in exercise(sheet_of(here, [*DEFAULT_VIEWS, "circuit", "trace"]), "all"))
    assert places(empty) == places(answers)
    assert (empty.width, empty.height) == (answers.width, answers.height)


@pytest.mark.parametrize("which", ["derivatives", "all", 2])
def test_nothing_is_in_the_way_of_a_box(which):
    sheet = sheet_of(system("y=sin(a*x+b); z=y**2", at={"a": 2, "x": 0.5, "b": -1}), DEFAULT_VIEWS)
    assert collisions(compose(exercise(sheet, which)[0])) == []


# ---- the command


def test_an_exercise_and_its_answers(run):
    result = run(
        "draw", REFERENCE, "--blank", "derivatives", "-o", "sheet.svg", "-o", "sheet.json", "--answers", "a.svg"
    )
    assert (result.exit_code, result.stdout) == (0, "sheet.svg\nsheet.json\na.svg\n")
    assert "6*x^2" not in Path("sheet.svg").read_text("utf-8")
    assert "6*x^2" not in Path("sheet.json").read_text("utf-8")
    assert "dy/dx = 6*x^2" in Path("a.svg").read_text("utf-8")


@pytest.mark.parametrize("extension", ["svg", "dot", "json", "txt"])
def test_no_format_gives_the_answers_away(run, extension):
    secret = "y = sin(7331*x)"
    run("draw", secret, "--view", "backward-simplified,chain", "--blank", "all", "-o", f"e.{extension}")
    words = Path(f"e.{extension}").read_text("utf-8")
    assert "cos" not in words
    assert "7331" in words or extension == "svg"  # its equation is said


def test_an_exercise_as_text(run):
    result = run("draw", REFERENCE, "--blank", "1", "--view", "backward-simplified", "-o", "-", "--format", "text")
    assert "______" in result.stdout


def test_answers_of_several_sources_go_into_a_folder(run):
    result = run("draw", "y=x^2", "z=x^3", "--view", "backward", "--blank", "all", "-o", "e/", "--answers", "a/")
    assert result.exit_code == 0
    assert files() == ["a/y-backward.svg", "a/z-backward.svg", "e/y-backward.svg", "e/z-backward.svg"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--answers", "a.svg"], "Answers are those of an exercise: --blank derivatives."),
        (["--blank", "some"], "'some' is not derivatives, all or a number of derivatives."),
        (["--blank", "0"], "'0' is not derivatives, all or a number of derivatives."),
        (["--blank", "1", "-o", "e.svg", "--answers", "e.svg"], "do not both go into e.svg"),
    ],
)
def test_wrong_uses(run, words, message):
    result = run("draw", REFERENCE, *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert files() == []


def test_json_of_an_exercise_says_blank(run):
    run("draw", REFERENCE, "--view", "backward-simplified", "--blank", "derivatives", "-o", "e.json")
    (panel,) = json.loads(Path("e.json").read_text("utf-8"))["panels"]
    assert [edge["value"]["plain"] for edge in panel["edges"]] == ["____", "____"]


DENSE = "W: 2x3; x: 3; b, t: 2; y = W x + b; L = ||y - t||^2"


def test_what_a_derivative_that_is_no_matrix_does():
    """The reader knows that something becomes of δ, and is told nowhere what."""
    empty, answers = exercise(sheet_of(system(DENSE), ["backward-simplified", "chain"]), "derivatives")
    assert "∂y/∂W : δ -> ____" in said(empty)
    assert "∂y/∂W : δ -> δ*x^T" in said(answers)
    assert "∂L/∂W = ____ = ____" in said(empty)
    assert not [line for line in said(empty) if "x^T" in line]


def test_derivatives_as_leibniz_writes_them_are_no_answers():
    empty, _ = exercise(sheet_of(system(DENSE), ["chain"]), "derivatives")
    assert [line for line in said(empty) if line.startswith("∂L/∂x = ") and line.count("∂") > 2]
