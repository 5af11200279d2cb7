"""What there is for numbers, for vectors and matrices too: circuits, essays, rules, exercises, numbers in JSON."""

import json
from collections import defaultdict

import numpy as np
import pytest
from click.testing import CliRunner

from graphviz_ad.cli.main import main
from graphviz_ad.core.formula import Blank, Label, Pullback, RoundedArray
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.lesson.exercise import derivatives, exercise
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.read.sources import SourceText
from tests.array_systems import COURSE
from tests.test_array_traces import OF_NUMBERS, traced, value_of

DENSE = COURSE["dense"]
AT = ("--at", "W=[[1,2,3],[4,5,6]],x=[0.1,0.2,-0.1],b=[0.1,0],t=[1,0]")


def run(*args: str) -> tuple[int, str]:
    made = CliRunner().invoke(main, list(args))
    return made.exit_code, made.output


def dense(**asked: object) -> ArraySystem:
    at = {"W": ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), "x": (0.1, 0.2, -0.1), "b": (0.1, 0.0), "t": (1.0, 0.0)}
    found, _ = read(SourceText(DENSE, "text"), Request(at=at, **asked))
    assert isinstance(found, ArraySystem)
    return found


@pytest.mark.parametrize("name", OF_NUMBERS)
def test_what_flows_back_on_the_wires_of_a_variable_is_its_adjoint(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphviz_ad.point.arrays.numbers.SMALL", 10)
    found, values = traced(name)
    bars = array_adjoints(found.graph, found.graph.outputs[0], values)
    flows: dict[int, list[object]] = defaultdict(list)
    for wire in found.circuit().arrows:
        if wire.below is not None and wire.tail not in found.graph.outputs:
            flows[wire.tail].append(value_of(wire.below))
    for node, parts in flows.items():
        np.testing.assert_allclose(sum(parts), bars[node], rtol=1e-9, atol=1e-12)


def test_a_circuit_is_of_a_number() -> None:
    status, said = run("draw", COURSE["linear"], "--at", AT[1].rpartition(",t")[0], "--style", "circuit", "-o", "c.svg")
    assert (status, "a circuit shows the gradient of a number, and y is none" in said) == (1, True), said


@pytest.mark.parametrize(
    ("layout", "number"),
    [
        ("gradient", {"L,y": ((12.0,), (30.0,)), "y,x": ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))}),
        ("numerator", {"L,y": ((12.0, 30.0),), "y,x": ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))}),
        ("denominator", {"L,y": ((12.0,), (30.0,)), "y,x": ((1.0, 4.0), (2.0, 5.0), (3.0, 6.0))}),
    ],
)
def test_the_number_on_an_arrow_stands_as_its_formula(layout: str, number: dict[str, object]) -> None:
    """2yᵀ is a row, and Wᵀ the transpose."""
    at = {"W": ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), "x": (1.0, 1.0, 1.0)}
    found, _ = read(SourceText("W: 2x3; x: 3; y = W x; L = y^T y", "text"), Request(at=at, layout=layout))
    made = {
        f"{label.derivative.of},{label.derivative.wrt}": label.number.rows
        for arrow in found.backward(False).arrows
        if isinstance(label := arrow.label, Label) and isinstance(label.number, RoundedArray)
    }
    assert made == number


def test_an_essay_has_equations_in_its_nodes_and_jacobians_on_its_arrows() -> None:
    diagram = dense(digits=3).edge_labelled()
    nodes = {write(vertex.label, Plain()) for vertex in diagram.vertices}
    assert {"y = W*x + b = [0.3, 0.8]", "h = tanh(y) ≈ [0.291, 0.664]", "x = [0.1, 0.2, -0.1]"} <= nodes
    arrows = {write(arrow.label, Plain()) for arrow in diagram.arrows if arrow.label}
    assert arrows >= {
        "∂y/∂W : δ -> δ*x^T",
        "∂y/∂x = W = [[1, 2, 3], [4, 5, 6]]",
        "dh/dy = diag(1 - h^2) ≈ [[0.915, 0], [0, 0.559]]",
    }


def test_the_rule_behind_each_derivative() -> None:
    found = dense()
    said = [(write(step.operation, Plain()), step.rule, write(step.derivative, Plain())) for step in found.explained()]
    assert said == [
        ("L = 1/2*v_3", "constant multiple rule", "dL/dv_3 = 1/2"),
        ("v_3 = norm(v_2)^2", "derivative of a squared norm", "dv_3/dv_2 = 2*v_2"),
        ("v_2 = h - t", "difference rule", "∂v_2/∂h = I"),
        ("v_2 = h - t", "difference rule", "∂v_2/∂t = -I"),
        ("h = tanh(y)", "derivative of tanh", "dh/dy = diag(1 - h^2)"),
        ("y = v_1 + b", "sum rule", "∂y/∂v_1 = I"),
        ("y = v_1 + b", "sum rule", "∂y/∂b = I"),
        ("v_1 = W*x", "matrix product rule", "∂v_1/∂W : δ -> δ*x^T"),
        ("v_1 = W*x", "matrix product rule", "∂v_1/∂x = W"),
    ]


def test_explained_on_the_command_line() -> None:
    status, said = run("derive", DENSE, "--explain", "--wrt", "x")
    assert (status, "matrix product rule" in said) == (0, True)


def test_an_exercise_hides_arrays_as_it_hides_numbers() -> None:
    sheet = sheet_of(dense(), ("circuit", "backward-simplified", "chain", "trace"))
    assert len(derivatives(sheet)) > 6
    empty, filled = exercise(sheet, "all")
    circuit, backward = (panel.content for panel in empty.panels[:2])
    assert all(isinstance(wire.below, Blank) for wire in circuit.arrows if wire.below is not None)
    assert not any(isinstance(vertex.adjoint, RoundedArray) for vertex in backward.vertices)
    values = [arrow.label.value for arrow in backward.arrows if arrow.label]
    assert all(isinstance(value.made if isinstance(value, Pullback) else value, Blank) for value in values)
    assert len(empty.panels) == len(filled.panels)


def test_an_exercise_is_drawn_with_its_answers(tmp_path) -> None:
    empty, answers = tmp_path / "e.svg", tmp_path / "a.svg"
    status, said = run("draw", DENSE, *AT, "--blank", "all", "--view", "backward-simplified,chain", "-o", str(empty),
                       "--answers", str(answers))  # fmt: skip
    assert status == 0, said
    sizes = [path.read_text().partition("viewBox")[2][:40] for path in (empty, answers)]
    assert sizes[0] == sizes[1]


def test_numbers_in_the_json_of_a_figure(tmp_path) -> None:
    path = tmp_path / "f.json"
    status, said = run("draw", DENSE, *AT, "--view", "backward-simplified,circuit", "-o", str(path))
    assert status == 0, said
    backward, circuit = json.loads(path.read_text())["panels"]
    nodes = {node["label"]["plain"]: node for node in backward["nodes"]}
    assert nodes["x"]["value"] == [0.1, 0.2, -0.1]
    assert nodes["x"]["adjoint"] == pytest.approx([0.836387, 0.559074, 0.281761], rel=1e-5)
    labels = {edge["derivative"]["plain"]: (edge["value"]["plain"], edge.get("number")) for edge in backward["edges"]}
    assert labels["∂y/∂x"] == ("W", [[1, 2, 3], [4, 5, 6]])
    assert labels["∂y/∂W"] == ("δ -> δ*x^T", None)
    assert labels["dh/dy"][0] == "diag(1 - h^2)"
    assert any(edge["wire"]["value"] == [[1, 2, 3], [4, 5, 6]] for edge in circuit["edges"])


def test_a_large_array_in_json_is_its_shape_and_norm(tmp_path) -> None:
    path = tmp_path / "f.json"
    row = ",".join(["3"] * 25)
    status, said = run("draw", "x: 25; y = 2 x", "--at", f"x=[{row}]", "--view", "backward-simplified", "-o", str(path))
    assert status == 0, said
    (panel,) = json.loads(path.read_text())["panels"]
    assert panel["nodes"][1]["value"] == {"shape": "25", "norm": 15.0}


@pytest.mark.parametrize(("source", "said"), [
    (COURSE["entries"], "𝐞ₖ is a column with 1 in place k and 0 elsewhere"),
    (COURSE["concatenation"], "𝐄ₖ is a matrix of zeros with a unit matrix in the rows from k on"),
    (COURSE["maximum"], "argmax(x) is 1 where the largest entry of x is, at the first of several, and 0 elsewhere"),
])  # fmt: skip
def test_signs_are_explained_where_they_are_used(source: str, said: str) -> None:
    status, output = run("derive", source)
    assert (status, " ".join(output.split()).count(said)) == (0, 1)  # by the first chain alone
    found, _ = read(SourceText(source, "text"), Request())
    assert said in found.backward(True).notes
    assert said not in dense().backward(False).notes


@pytest.mark.parametrize(("step", "said"), [("1", False), ("2", False), ("3", True)])
def test_a_letter_is_explained_where_it_stands(run, step, said):
    found = run("show", "W: 2x3; x: 3; y = W x; L = ||y||^2", "--view", "backward-simplified", "--step", step).output
    assert ("the adjoint of the node an arrow" in found) is ("δ ↦" in found) is said


@pytest.mark.parametrize(("suffix", "shapes"), [
    ("json", ['"shape": "2×3"', '"shape": "3"']), ("mmd", [r"\text{2×3}", r"\text{3}"]), ("dot", [">2×3<", ">3<"]),
    ("dot2tex", ["scriptsize 2", "scriptsize 3"]), ("txt", ["2×3"]),
])  # fmt: skip
def test_shapes_stand_in_every_format(suffix: str, shapes: list[str], tmp_path) -> None:
    path = tmp_path / f"f.{suffix}"
    status, said = run("draw", DENSE, "--view", "backward-simplified", "-o", str(path))
    assert status == 0, said
    assert [shape for shape in shapes if shape not in path.read_text()] == []


def test_words_of_inverses_and_of_what_an_arrow_does() -> None:
    said = " ".join(run("draw", "S: 3x3; d: 3; y = S^-1 d", "--alt")[1].split())
    assert "y is S inverse times d" in said
    assert "turns delta into" in said
