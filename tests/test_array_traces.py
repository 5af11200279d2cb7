"""Traces of vectors and matrices: every formula makes the number beside it, and the numbers are derivatives."""

from unicodedata import normalize

import numpy as np
import pytest
from click.testing import CliRunner

import graphviz_ad.point.arrays.values as arrays
from graphviz_ad.cli.main import main
from graphviz_ad.core.formula import Definition, Expression, Formula, Rounded, RoundedArray, Sum, Variable
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.spoken import spoken
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.point.traces import Trace
from graphviz_ad.read.sources import SourceText
from tests.array_systems import COURSE
from tests.test_arrays import point, system

OF_NUMBERS = [name for name, text in COURSE.items() if not all(
    system(text).graph.nodes[output].type.shape for output in system(text).graph.outputs)]  # fmt: skip
DENSE = COURSE["dense"]
AT = ("--at", "W=[[1,2,3],[4,5,6]],x=[0.1,0.2,-0.1],b=[0.1,0],t=[1,0]")


def traced(name: str) -> tuple[ArraySystem, list[object]]:
    at = {key: tuple(map(_tuples, value)) if isinstance(value, list) else value
          for key, value in point(system(COURSE[name])).items()}  # fmt: skip
    found, _ = read(SourceText(COURSE[name], "text"), Request(at=at, digits=15))
    assert isinstance(found, ArraySystem)
    return found, arrays.array_values(found.graph, found.point())


def _tuples(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


class Names:
    """The numbers that the names of a trace have so far."""

    def __init__(self) -> None:
        self.known: dict[str, object] = {}

    def check(self, line: Definition) -> None:
        """Compare the formula of a line with its number, which its name has from then on."""
        number = value_of(line.number)
        if line.expression is not None:
            np.testing.assert_allclose(self.of(line.expression), number, rtol=1e-9, atol=1e-12)
        assert isinstance(line.variable, Variable)
        self.known[line.variable.name] = number

    def of(self, formula: Formula) -> object:
        match formula:
            case Variable(name):
                return self.known[name]
            case Sum(terms):
                return sum(self.of(term) for term in terms)
            case Expression(graph):
                return arrays.array_values(graph, self.known)[graph.outputs[0]]
        raise AssertionError(formula)


def value_of(number: Formula | None) -> object:
    """A number that is shown; of a vector one axis."""
    if isinstance(number, Rounded):
        return number.value
    assert isinstance(number, RoundedArray)
    made = np.array(number.rows)
    return made.ravel() if 1 in made.shape else made


def primal(trace: Trace) -> Names:
    names = Names()
    for step in trace.steps:
        names.check(step.primal)
    return names


@pytest.mark.parametrize("name", OF_NUMBERS)
def test_reverse(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphviz_ad.point.arrays.numbers.SMALL", 10)
    found, values = traced(name)
    (trace,) = found.traces(("reverse",), None)
    names = primal(trace)
    for step in reversed(trace.steps):
        for line in reversed(step.beside):
            names.check(line)
    for wrt in found.graph.inputs():
        bar = names.known.get(found.graph.name(wrt).accented("bar"))
        if bar is not None:
            np.testing.assert_allclose(bar, derivative(found.graph, found.graph.outputs[0], wrt, values), rtol=1e-9)


@pytest.mark.parametrize("name", COURSE)
def test_forward(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphviz_ad.point.arrays.numbers.SMALL", 10)
    found, values = traced(name)
    first = found.wrt()[0]
    (trace,) = found.traces(("forward",), None)
    names = primal(trace)
    for step in trace.steps:
        for line in step.beside:
            names.check(line)
    for output in found.graph.outputs:
        jacobian = derivative(found.graph, output, first, values)
        column = jacobian[(..., *(0,) * np.ndim(values[first]))]  # by the first entry
        np.testing.assert_allclose(names.known[found.graph.name(output).accented("dot")], column, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("asked", "said"), [
    (("--trace", "reverse"), "v̄₁xᵀ"),
    (("--trace", "reverse"), "reverse mode took 9 multiplications"),
    (("--trace", "forward", "--format", "latex"), r"\dot{v}_1 = \dot{W}x + W\dot{x}"),
    (("--trace", "forward"), "for all 13 entries"),
    (("--trace", "forward", "--direction-of", "x_2"), "⎢1⎥"),
    (("--trace", "forward", "--direction-of", "x_4"), "'x_4' is no entry of 'x'"),
    (("--trace", "forward", "--direction-of", "q"), "there is no variable 'q'"),
    (("--trace", "reverse", "--of", "h"), "h is no number, and reverse mode begins at one"),
])  # fmt: skip
def test_on_the_command_line(asked: tuple[str, ...], said: str) -> None:
    made = CliRunner().invoke(main, ["eval", DENSE, *AT, *asked])
    assert (said in made.output, "Traceback" in made.output) == (True, False), made.output


def test_in_a_figure() -> None:
    made = CliRunner().invoke(main, ["draw", DENSE, *AT, "--view", "trace", "-o", "-", "--format", "svg"])
    assert made.exit_code == 0, made.output
    assert "Reverse mode" in made.output


@pytest.mark.parametrize(("source", "said"), [
    ("x: 3; A: 3x3; q = x^T A x", "q̇ = v̇₂x + v₂ẋ"),
    ("t, p: 2; L = -t^T log(p)", "L̇ = v̇₂v₃ + v₂v̇₃"),
])  # fmt: skip
def test_a_row_times_a_column_has_no_transposes(source: str, said: str) -> None:
    at = "x=[1,2,3],A=[[1,2,3],[0,1,0],[2,0,1]]" if "A" in source else "t=[0,1],p=[0.2,0.8]"
    made = CliRunner().invoke(main, ["eval", source, "--at", at, "--trace", "forward"])
    assert normalize("NFC", said) in normalize("NFC", made.output), made.output


def test_a_large_array_equals_no_shape() -> None:
    rows = [[row + column for column in range(2)] for row in range(5)]
    made = CliRunner().invoke(main, ["eval", "V: 5x2; L = sum(V .* V)", "--at", f"V={rows}", "--trace", "reverse"])
    assert "V : 5×2, ‖·‖ ≈ 9.21954" in made.output, made.output
    assert "= 5×2" not in made.output
    assert "≈ 5×2" not in made.output
    large = RoundedArray((), 5, "5×2", 9.21954)
    assert spoken(Definition(Variable(Name("V")), number=large)) == (
        "V is an array, 5 by 2, whose norm is approximately 9.2195"
    )
    assert write(large, Latex()) == r"5{\times}2, \left\lVert \cdot\right\rVert \approx 9.2195"


def test_what_is_counted_is_said() -> None:
    """Each multiplication is by a derivative, and not of two numbers."""
    words = ["draw", DENSE, *AT, "--view", "trace", "-o", "-", "--format", "text"]
    assert "Reverse mode, 9 multiplications by local derivatives" in CliRunner().invoke(main, words).output
