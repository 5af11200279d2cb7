"""Python functions of arrays: their graphs give what they give."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from graphviz_ad import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.read.python.tracing import trace
from tests import array_functions
from tests.arrays_numpy import at_random, computed

ZEROS = np.zeros((2, 3))
FUNCTIONS = [f for f in vars(array_functions).values() if isinstance(f, FunctionType)]


def values(graph: Graph, seed: int = 3) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values of the inputs of a graph, and those of all its variables."""
    shapes = {str(graph.name(index)): graph.nodes[index].type.shape for index in graph.inputs()}
    at = at_random(shapes, seed)
    return at, computed(graph, at)


def called(function: Callable[..., Any], at: dict[str, Any]) -> Any:
    """What a function itself gives at these values."""
    shapes = {}
    for name, parameter in inspect.signature(function).parameters.items():
        said = parameter.annotation
        if name in at and isinstance(said, tuple):
            shapes[name] = said
    given = {name: np.reshape(at[name], shapes[name]) if name in shapes else at[name] for name in
             inspect.signature(function).parameters if name in at}  # fmt: skip
    return function(**given)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_a_graph_gives_what_the_function_gives(function: Callable[..., Any]) -> None:
    graph = trace(function).graph
    at, found = values(graph)
    expected = called(function, at)
    if isinstance(expected, dict):
        for name, value in expected.items():
            np.testing.assert_allclose(np.squeeze(found[name]), np.squeeze(value), rtol=1e-9)
        return
    value = found[str(graph.name(graph.outputs[0]))]
    np.testing.assert_allclose(np.squeeze(value), np.squeeze(expected), rtol=1e-9)
    assert np.squeeze(value).shape == np.squeeze(expected).shape


@pytest.mark.parametrize("entry", [
    lambda W=ZEROS: W[1, 2], lambda W=ZEROS: W[1][2], lambda W=ZEROS: W[:, 2][1], lambda W=ZEROS: W.T[2][1],
])  # fmt: skip
def test_an_entry_is_one_however_it_is_taken(entry: Callable[..., Any]) -> None:
    graph = trace(entry).graph
    assert [node.op for node in graph.nodes if node.args] == ["entry"]
    assert dict(graph.nodes[graph.outputs[0]].type.attributes)["place"] == (2, 3)


def test_attributes_of_an_object_are_inputs() -> None:
    net = array_functions.Net()
    graph = trace(net.forward).graph
    assert {str(graph.name(i)): graph.nodes[i].type.shape for i in graph.inputs()} == {
        "W": (2, 3),
        "x": (3,),
        "b": (2,),
    }
    at, found = values(graph)
    np.testing.assert_allclose(found["forward"], 2 * np.tanh(at["W"] @ at["x"] + at["b"]))
    assert isinstance(net.W, np.ndarray)  # the object is left as it was


def test_names_of_variables_are_kept() -> None:
    graph = trace(array_functions.dense).graph
    assert [str(node.name) for node in graph.nodes if node.name] == ["W", "x", "b", "t", "y", "h", "dense"]


def test_a_loop_has_versions() -> None:
    graph = trace(array_functions.recurrent).graph
    named = [str(node.name) for node in graph.nodes if node.name and node.args]
    assert named == ["h_1", "h_2", "h_3", "h_4"]


def test_a_softmax_by_hand_is_one() -> None:
    graph = trace(array_functions.softmax_by_hand).graph
    assert [node.op for node in graph.nodes].count("softmax") == 1
    assert all(node.op != "largest" for node in graph.nodes)


def test_shapes_and_values_make_arrays() -> None:
    def plain(W, x):
        return W @ x

    for source in (
        trace(plain, shapes={"W": (2, 3), "x": (3,)}),
        trace(plain, {"W": ((1, 2, 3), (4, 5, 6)), "x": (1, 2, 3)}),
    ):
        assert [source.graph.nodes[i].type.shape for i in source.graph.inputs()] == [(2, 3), (3,)]


def test_broadcasting_is_noted() -> None:
    notes = trace(array_functions.batch).notes
    assert any("broadcasting makes 4 × 2 of a vector, the same in each row" in note for note in notes)


@pytest.mark.parametrize(
    ("function", "message", "hint"),
    [
        (lambda W, x: W @ x.reshape(1, 3), "@ of arrays of the shapes (2, 3) and (1, 3): 3 and 1 do not fit",
         "the second transposed, .T, would fit"),
        (lambda W, x: W.T @ x, "@ of arrays of the shapes (3, 2) and (3,): 2 and 3 do not fit",
         "the first transposed, .T, would fit"),
        (lambda W, x: W * x[:2], "mul of arrays of the shapes (2, 3) and (2,)", "go together"),
        (lambda W, x: W + W.T, "add of arrays of the shapes (2, 3) and (3, 2)", "a transpose would fit: .T"),
        (lambda W, x: np.linalg.inv(W), "the inverse of an array of the shape (2, 3)", "square matrix"),
        (lambda W, x: np.linalg.det(x), "the determinant of an array of the shape (3,)", "square matrix"),
        (lambda W, x: np.linalg.eigvalsh(W), "numpy.eigvalsh is not traced: eigenvalues", "power iteration"),
        (lambda W, x: x[5], "index 5 of an axis of 3 entries", "the last one is 2"),
        (lambda W, x: x[0, 1], "2 indices of an array of the shape (3,)", "one for each axis"),
        (lambda W, x: W.sum(axis=2), "an array of the shape (2, 3) has no axis 2", "leave axis= out"),
        (lambda W, x: np.i0(x), "numpy.i0 is not traced", "sums"),
        (lambda W, x: np.sort(x), "numpy.sort is not traced: the order of entries", "np.max"),
        (lambda W, x: np.argmax(x), "numpy.argmax is not traced: an index has no derivative", "np.max"),
        (lambda W, x: np.einsum("ij,i->j", W, x), "the index i runs over 2 entries and over 3", "as many"),
        (lambda W, x: np.einsum("ii->i", W), "the diagonal of an array of the shape (2, 3)", "square matrix"),
        (lambda W, x: np.einsum("iij->ij", W), "einsum of 'iij->ij' with an array of the shape (2, 3)", "one letter"),
        (lambda W, x: x if x > 0 else -x, "an array is asked whether it is true", "np.where"),
        (lambda W, x: np.concatenate([W, x]), "arrays with different numbers of axes are put together", "one kind"),
        (lambda W, x: np.concatenate([W, W.T]), "arrays of the shapes (2, 3) and (3, 2) are put together", "one size"),
        (lambda W, x: x.reshape(2, 2), "an array of the shape (3,) as one of (2, 2)", "as many entries"),
        (lambda W, x: W @ 2, "@ of a number", "write * for a multiple"),
        (lambda W, x: np.stack([W, W.T]), "arrays of the shapes (2, 3) and (3, 2) are stacked", "one shape"),
        (lambda W, x: np.transpose(x, (1, 0)), "an array of the shape (3,) has no axis 1", "0 to 0"),
        (lambda W, x: np.swapaxes(W, 0, 2), "an array of the shape (2, 3) has no axis 2", "0 to 1"),
        (lambda W, x: W.transpose(0, 0), "the axes (0, 0) of an array of the shape (2, 3)", "each of its axes once"),
        (lambda W, x: np.apply_along_axis(np.sum, 5, x), "an array of the shape (3,) has no axis 5", "0 to 0"),
        (lambda W, x: np.piecewise(x, [x < 0], [1, 2, 3]), "np.piecewise of 1 conditions and 3 functions", "the rest"),
        (lambda W, x: W @ "x", "a str takes part with an array", "arrays of numbers"),
        (lambda W, x: W[2:2], "the function returns an array without entries", "slice"),
        (lambda W, x: W[[0, 1], [0]], "indices of different lengths", "as many for each axis"),
        (lambda W, x: W[[0, 2]], "index 2 of an axis of 2 entries", "the last one is 1"),
        (lambda W, x: np.split(x, 2), "3 entries do not make 2 equal parts", "[2, 4]"),
        (lambda W, x: np.linalg.matrix_power(W, 2), "a power of an array of the shape (2, 3)", "square matrix"),
        (lambda W, x: np.cross(W, x), "the vector product of (2, 3) and (3,)", "vectors of three"),
        (lambda W, x: x[x > 0] @ x, "the entries that a condition chooses are asked for", "np.where"),
        (lambda W, x: len(x[x > 0]), "the entries that a condition chooses are asked for", "sums and means"),
        (lambda W, x: np.max(x[x > 0]), "the entries that a condition chooses are asked for", "np.where"),
        (lambda W, x: W[x > 0], "a condition of the shape (3,) chooses among an array of the shape (2, 3)", "one shape"),
        (lambda W, x: x[x > 0] + x[x > 1], "the entries that a condition chooses are asked for", "np.where"),
        (lambda W, x: x[x], "an index that is an array or a condition is not traced", "np.where"),
        (lambda W, x: x[np.array([True, False])], "a condition of 2 entries along an axis of 3", "as many"),
        (lambda W, x: x.astype(int), "an array as one of int64", "rounding has no derivative"),
        (lambda W, x: np.array(x, dtype=int), "an array as one of int64", "rounding has no derivative"),
        (lambda W, x: x % 2, "a remainder is not in the table", "between two jumps"),
        (lambda W, x: x // 2, "a remainder is not in the table", "between two jumps"),
        (lambda W, x: np.stack([W, W]).sum(axis=3), "an array of the shape (2, 2, 3) has no axis 3", "0 to 2"),
        (lambda W, x: np.stack([W, W]) @ W, "@ of arrays of the shapes (2, 3) and (2, 3)", ".T, would fit"),
        (lambda W, x: np.cov(x, np.ones(4)), "arrays of the shapes (1, 3) and (1, 4) are put together", "one size"),
        (lambda W, x: np.take(x, [5]), "index 5 of an axis of 3 entries", "the last one is 2"),
        (lambda W, x: np.tensordot(W, x, axes=([0], [0])), "the index a runs over 2 entries and over 3", "as many"),
        (lambda W, x: ~x, "~, & and | are those of conditions", "np.where"),
        (lambda W, x: np.linalg.norm(W, 2), "the norm 2 is not traced", "Euclidean"),
        (lambda W, x: W @ np.arange(200.0).reshape(3, -1) if False else W + np.arange(6.0).reshape(2, 3)[:, :2],
         "add of arrays of the shapes (2, 3) and (2, 2)", "go together"),
        (lambda W, x: x.foo(), "'foo' of an array is not traced", "functions of numpy"),
        (lambda W, x: np.linalg.inv(np.outer(x, x)[None]), "numpy.inv of an array of three axes is not traced", "X[0]"),
        (lambda W, x: x @ np.linspace(0, 1, 500) , "an array of 500 numbers takes part", "--at"),
    ],
)  # fmt: skip
def test_what_is_not_traced(function: Callable[..., Any], message: str, hint: str) -> None:
    with pytest.raises(AdgraphError) as caught:
        trace(function, shapes={"W": (2, 3), "x": (3,)})
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("shapes", "at", "message"),
    [
        ({"W": (2, 3), "x": (4,)}, {}, "@ of arrays of the shapes (2, 3) and (4,): 3 and 4 do not fit"),
        ({"q": (2,)}, {}, "'plain' has no parameter 'q'"),
        ({"W": ("m", 3), "x": (3,)}, {}, "'W' is m × 3"),
    ],
)
def test_shapes_that_do_not_fit(shapes: dict[str, Any], at: dict[str, Any], message: str) -> None:
    def plain(W, x):
        return W @ x

    with pytest.raises(AdgraphError) as caught:
        trace(plain, at, shapes=shapes)
    assert message in caught.value.message


def _put(shape: Any, key: Any, value: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def filled(W, x):
        y = np.zeros(shape)
        y[key] = value(W, x)
        return y

    return filled


def _changed(change: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def changed(W, x):
        y = np.zeros(3)
        y[0] = x[0]
        change(y, x)
        return y

    return changed


@pytest.mark.parametrize(
    ("function", "message", "hint"),
    [
        (_put(2, 2, lambda W, x: x[0]), "index 2 is out of bounds", "the array has the shape (2,)"),
        (_put(2, slice(None), lambda W, x: x), "could not broadcast", "what is assigned (3,)"),
        (_put(2, 0, lambda W, x: x), "can only convert an array of size 1", "what is assigned (3,)"),
        (_put(3, 0, lambda W, x: "a"), "a str is put into an array", "put numbers and arrays in"),
        (_changed(lambda y, x: y.sort()), "'sort' changes an array", "y[i] = …"),
        (_changed(lambda y, x: np.copyto(y, x)), "'copyto' changes an array", "y[i] = …"),
        (_changed(lambda y, x: np.linalg.inv(np.stack([x, x])[None])), "numpy.inv of an array of three axes", "X[0]"),
        (lambda W, x: W.mean(axis=(0, 2)), "an array of the shape (2, 3) has no axis (0, 2)", "leave axis= out"),
        (lambda W, x: np.linalg.cholesky(W), "a factor of Cholesky of an array of the shape (2, 3)", "square"),
        (lambda W, x: np.pad(x, 1, mode="mean"), "numpy.pad of (3,)", "check the shapes"),
    ],
)
def test_what_cannot_be_put_into_an_array(function: Callable[..., Any], message: str, hint: str) -> None:
    with pytest.raises(AdgraphError) as caught:
        trace(function, shapes={"W": (2, 3), "x": (3,)})
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_what_is_filled_has_its_name_and_its_rows_stay_whole() -> None:
    def product(W, x):
        y = np.zeros((2, 3))
        y[1] = W[0]
        y[0] = x
        return y

    graph = trace(product, shapes={"W": (2, 3), "x": (3,)}).graph
    assert [str(graph.name(index)) for index in graph.outputs] == ["y"]
    assert sum(node.op == "vcat" for node in graph.nodes) == 1


def test_whole_numbers_are_no_place_for_traced_ones() -> None:
    def cut_off(x):
        y = np.zeros(3, dtype=int)
        y[0] = x[0]
        return y

    with pytest.raises(AdgraphError, match="a traced number cannot count or index"):
        trace(cut_off, shapes={"x": (3,)})
