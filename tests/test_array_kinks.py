"""Where vectors and matrices have no derivative, or one that formulas do not show: what is taken, and what is said."""

import numpy as np
import pytest

from graphviz_ad import AdgraphError, AdgraphWarning, evaluate
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.point.arrays.values import array_values
from tests.test_arrays import system as system_of

# The system, a point, the gradient there, and a part of the note.
KINKS = [
    ("x: 2; y = ||x||", {"x": [0, 0]}, {"x": [0, 0]}, "‖x‖ has a kink at x = 0; the derivative taken: 0"),
    ("x: 2; n = ||x||; y = n^2", {"x": [0, 0]}, {"x": [0, 0]}, "in the equation of n: ‖x‖ has a kink"),
    ("X: 2x2; y = ||X||_F", {"X": np.zeros((2, 2))}, {"X": np.zeros((2, 2))}, "‖x‖ has a kink"),
    ("x: 2; y = ||x||_1", {"x": [0, -1]}, {"x": [0, -1]}, "abs(x) has a kink at 1 of 2 entries"),
    ("x: 2; y = sum(relu(x))", {"x": [0, 1]}, {"x": [0, 1]}, "relu(x) has a kink at 1 of 2 entries"),
    ("x: 2; y = sum(max(0, x))", {"x": [0, 1]}, {"x": [0, 1]}, "the derivative taken there: 0 where x = y"),
    ("x: 2; y = sum(max(x, 0))", {"x": [0, 1]}, {"x": [0, 1]}, "the derivative taken there: 0 where x = y"),
    ("x: 3; y = max(x)", {"x": [2, 5, 5]}, {"x": [0, 1, 0]}, "entry is there 2 times; the derivative taken: all"),
    ("x: 3; y = min(x)", {"x": [2, 1, 1]}, {"x": [0, 1, 0]}, "the smallest entry is there 2 times"),
    ("x: 2; y = ||x||_inf", {"x": [1, -1]}, {"x": [1, 0]}, "the largest entry is there 2 times"),
    ("x, z: 2; y = sum(max(x, z))", {"x": [0, 1], "z": [0, 1]}, {"x": [1, 1], "z": [0, 0]}, "where x = y, all of it"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "at", "gradient", "note"), KINKS)
def test_a_kink_has_a_derivative_that_is_said(system: str, at: dict, gradient: dict, note: str) -> None:
    with pytest.warns(AdgraphWarning) as caught:
        found = evaluate(system, at).gradient["y"]
    for name, expected in gradient.items():
        np.testing.assert_array_equal(found[name], expected)
    assert any(note in str(warning.message) for warning in caught)


# Points that are singular for a formula and not for the derivative.
SMOOTH = [
    ("x: 2; y = ||x||^2", {"x": [0, 0]}, {"x": [0, 0]}),
    ("x: 2; y = x^T x", {"x": [0, 0]}, {"x": [0, 0]}),
    ("X: 2x2; y = det(X)", {"X": [[1, 2], [2, 4]]}, {"X": [[4, -2], [-2, 1]]}),
    ("X: 3x3; y = det(X)", {"X": [[0, 0, 0], [0, 2, 0], [0, 0, 3]]}, {"X": [[6, 0, 0], [0, 0, 0], [0, 0, 0]]}),
    ("X: 3x3; y = det(X)", {"X": np.zeros((3, 3))}, {"X": np.zeros((3, 3))}),
    ("x: 3; y = max(x)", {"x": [2, 5, 4]}, {"x": [0, 1, 0]}),
]


@pytest.mark.parametrize(("system", "at", "gradient"), SMOOTH)
@pytest.mark.filterwarnings("error")
def test_a_derivative_that_exists_is_found(system: str, at: dict, gradient: dict) -> None:
    found = evaluate(system, at).gradient["y"]
    for name, expected in gradient.items():
        np.testing.assert_allclose(found[name], expected, atol=1e-12)


def test_an_exponent_of_0_has_a_derivative_and_its_base_none() -> None:
    gradient = evaluate("x: 2; b: scalar; y = x.^b; L = sum(y)", {"x": [1.0, 2.0], "b": 0}).gradient["L"]
    assert gradient == {"x": [0.0, 0.0], "b": pytest.approx(np.log(2))}


def test_a_kink_of_what_does_not_vary_is_not_said() -> None:
    assert evaluate("x: 2; y = x + relu(ones(2) - ones(2))", {"x": [1, 2]}).notes == ()


def test_the_derivative_of_a_determinant_is_that_of_differences() -> None:
    matrix = np.random.default_rng(5).normal(size=(4, 4))
    found = np.array(evaluate("X: 4x4; y = det(X)", {"X": matrix}).gradient["y"]["X"])
    np.testing.assert_allclose(found, np.linalg.det(matrix) * np.linalg.inv(matrix).T)


@pytest.mark.parametrize(
    ("system", "at", "message"),
    [
        ("X: 2x2; y = X^-1", {"X": [[1, 2], [2, 4]]}, "a singular matrix has no inverse"),
        (
            "X: 2x2; y = logdet(X)",
            {"X": [[1, 2], [2, 4]]},
            "the determinant is 0 at this point, and its logarithm needs one above 0",
        ),
        ("X: 2x2; y = log(det(X))", {"X": [[0, 1], [1, 0]]}, "the determinant is −1 at this point"),
        ("x: 2; y = log(x)", {"x": [0, 1]}, "log(0) has no value, at entry 1"),
        ("x: 2; y = 1/x", {"x": [0, 1]}, "1 ÷ 0 has no value, at entry 1"),
        ("x: 2; y = x/||x||", {"x": [0, 0]}, "0 ÷ 0 has no value, at entry 1"),
        ("x: 2; y = sqrt(x)", {"x": [-1, 1]}, "sqrt(−1) has no value, at entry 1"),
        ("x: 2; y = sum(sqrt(x))", {"x": [0, 1]}, "sqrt(0) has no derivative, at entry 1"),
        ("x: 2; y = sqrt(x^T x)", {"x": [0, 0]}, "sqrt(0) has no derivative"),
        ("x: 2; y = x .^ 0.5", {"x": [1, 0]}, "'^' has no derivative at this point"),
        ("x: 2; y = exp(x)", {"x": [1000, 1]}, "exp(1000) at entry 1 is too large"),
    ],
)
def test_what_has_no_value_or_derivative_says_so(system: str, at: dict, message: str) -> None:
    with pytest.raises(AdgraphError) as caught:
        evaluate(system, at)
    assert message in caught.value.message
    assert caught.value.span is not None


@pytest.mark.parametrize(("text", "at", "value", "slopes"), [
    ("x: 3; f = logsumexp(x)", {"x": [1000, 0, 999]}, 1000 + np.log1p(np.exp(-1)), [0.7310585786, 0, 0.2689414214]),
    ("x: 3; f = logsumexp(x)", {"x": [-1000, -1001, -1002]}, -1000 + np.log(1 + np.exp(-1) + np.exp(-2)),
     [0.6652409558, 0.2447284711, 0.0900305732]),
    ("x: 3; f = sum(log(softmax(x)))", {"x": [1000, 0, 999]}, -1999 - 3 * np.log1p(np.exp(-1)) + 998,
     [1 - 3 * 0.7310585786, 1, 1 - 3 * 0.2689414214]),
    ("x: 2; f = sum(log(sigmoid(x)))", {"x": [-1000, 1000]}, -1000, [1, 0]),
    ("x: 2; f = sum(x .^ 0)", {"x": [0, 1]}, 2, [0, 0]),
])  # fmt: skip
def test_what_leaves_the_range_of_numbers_on_the_way(
    text: str, at: dict[str, list[float]], value: float, slopes: list[float]
) -> None:
    found = system_of(text)
    values = array_values(found.graph, at)
    (of,) = found.graph.outputs
    assert values[of] == pytest.approx(value, rel=1e-12)
    assert array_adjoints(found.graph, of, values)[found.graph.index("x")] == pytest.approx(slopes, abs=1e-9)


def test_a_variable_that_is_too_large_is_an_error() -> None:
    with pytest.raises(AdgraphError, match="too large"):
        array_values(system_of("x: 2; s = sum(exp(x)); f = log(s)").graph, {"x": [1000, 0]})
