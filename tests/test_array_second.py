"""Second derivatives of numbers by vectors: Hessians as books write them, and as numbers say."""

import numpy as np
import pytest
from click.testing import CliRunner

import graphviz_ad.point.arrays.values as arrays
from graphviz_ad.cli.main import main
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.read.sources import SourceText
from tests.array_systems import COURSE
from tests.test_array_traces import OF_NUMBERS
from tests.test_arrays import point, system


def higher(text: str, *wrt: str, assume: tuple[str, ...] = ()) -> dict[str, str]:
    found, _ = read(SourceText(text, "text"), Request(wrt=wrt, assume=assume))
    assert isinstance(found, ArraySystem)
    return {write(chain.lines[0].total, Plain()): write(chain.result, Plain()) for chain in found.higher(2)}


@pytest.mark.parametrize(("text", "wrt", "second"), [
    ("W: 2x3; x: 3; y = W x; L = ||y||^2", "x", "2*W^T*W"),
    ("A: 3x3; x: 3; q = x^T A x", "x", "A + A^T"),
    (COURSE["ridge"], "x", "2*λ*I + 2*A^T*A"),
    (COURSE["logistic regression"], "w", "X^T*diag(p .* (1 - p))*X"),
    ("a, x: 3; y = a^T x", "x", "0"),
    ("x: 3; y = sum(exp(x))", "x", "diag(exp(x))"),
    ("z: 3; y = logsumexp(z)", "z", None),
])  # fmt: skip
def test_in_matrix_notation(text: str, wrt: str, second: str | None) -> None:
    (made,) = higher(text, wrt).values()
    assert second is None or made == second


def test_of_cross_entropy() -> None:
    made = higher(COURSE["cross-entropy"], "z", assume=("sum(t) = 1",))
    assert made == {"d^2L/dz^2": "diag(p) - p*p^T"}


def test_of_several_variables() -> None:
    text = "A: 2x3; x: 3; y: 2; λ: scalar; s = λ y^T A x"
    assert higher(text) == {
        "∂^2s/∂λ^2": "0", "∂^2s/∂y/∂λ": "A*x", "∂^2s/∂A/∂λ": "y*x^T", "∂^2s/∂x/∂λ": "A^T*y",
        "∂^2s/∂y^2": "0", "∂^2s/∂x/∂y": "λ*A", "∂^2s/∂x^2": "0",
    }  # fmt: skip  # by A and a vector there would be three axes


def test_which_is_the_row_is_said() -> None:
    made = CliRunner().invoke(main, ["derive", "A: 2x3; x: 3; y: 2; s = y^T A x", "--order", "2", "--wrt", "x,y"])
    assert made.exit_code == 0
    assert "a row for each entry of x, a column for each of y" in made.output


def test_assumptions_are_said() -> None:
    args = ["derive", COURSE["cross-entropy"], "--order", "2", "--wrt", "z", "--assume", "sum(t) = 1"]
    assert CliRunner().invoke(main, args).output.count("sum(t) = 1 is assumed") == 2


@pytest.mark.parametrize("name", OF_NUMBERS)
def test_they_are_differences_of_gradients(name: str) -> None:
    found = system(COURSE[name])
    graph, at = found.graph, point(found)
    values = arrays.array_values(graph, at)
    named = {graph.name(index): values[index] for index in graph.places.values()}
    try:
        chains = found.higher(2)
    except AdgraphError:  # of matrices alone
        assert all(len(graph.nodes[index].type.shape) == 2 for index in graph.inputs())
        return
    for chain in chains:
        assert isinstance(chain.of, DerivativeName)
        output, first, second = graph.places[chain.of.of], graph.places[chain.of.wrts[0]], graph.places[chain.wrt]
        expected = differences(found, output, first, second, at)
        result = chain.result
        if not isinstance(result, Expression):  # it has no matrix notation
            continue
        known = dict(named)
        for node in result.graph.nodes:
            if node.op == INPUT and isinstance(node.name, DerivativeName):
                known[node.name] = derivative(
                    graph, graph.places[node.name.of], graph.places[node.name.wrts[0]], values
                )
        made = arrays.array_values(result.graph, known)[result.graph.outputs[0]]
        expected = np.reshape(expected, [size for size in expected.shape if size != 1])
        np.testing.assert_allclose(np.broadcast_to(made, expected.shape), expected, rtol=1e-4, atol=1e-6)


def differences(found: ArraySystem, output: int, first: int, second: int, at: dict[str, object]) -> object:
    graph, name = found.graph, found.graph.name(second)
    base = np.array(at[name], dtype=float)
    ends = {}
    for place in np.ndindex(*base.shape):
        for step in (1e-5, -1e-5):
            moved = base.copy()
            moved[place] += step
            values = arrays.array_values(graph, {**at, name: moved.tolist()})
            ends[place, step] = derivative(graph, output, first, values)
    shape = np.shape(next(iter(ends.values())))
    made = np.zeros((*shape, *base.shape))
    for place in np.ndindex(*base.shape):
        made[(..., *place)] = (ends[place, 1e-5] - ends[place, -1e-5]) / 2e-5
    return made
