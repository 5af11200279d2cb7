"""Arrays that the object of a method has, in its attributes, lists, dicts and parts, are inputs of the graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from graphviz_ad.read.python.tracing import trace
from tests.arrays_numpy import computed

RANDOM = np.random.default_rng(4)


class Lists:
    """As Nielsen has them."""

    def __init__(self) -> None:
        sizes = [3, 4, 2]
        self.biases = [RANDOM.normal(size=(rows, 1)) for rows in sizes[1:]]
        self.weights = [RANDOM.normal(size=(rows, columns)) for columns, rows in pairwise(sizes)]

    def feedforward(self, a: Any) -> Any:
        for b, w in zip(self.biases, self.weights, strict=True):
            a = 1 / (1 + np.exp(-(np.dot(w, a) + b)))
        return a


class Dictionary:
    """As courses in Japan and at Stanford have them."""

    def __init__(self) -> None:
        self.params = {"W1": RANDOM.normal(size=(3, 4)), "b1": RANDOM.normal(size=4)}
        self.rate = 0.5

    def feedforward(self, x: Any) -> Any:
        return np.maximum(self.params["W1"].T @ x + self.params["b1"], 0) * self.rate


@dataclass
class Layer:
    W: Any
    b: Any
    name: str = "layer"

    def __call__(self, x: Any) -> Any:
        return np.tanh(self.W @ x + self.b)


class Parts:
    def __init__(self) -> None:
        self.layers = [Layer(RANDOM.normal(size=(4, 3)), np.ones(4)), Layer(RANDOM.normal(size=(2, 4)), np.ones(2))]
        self.last = Layer(RANDOM.normal(size=(5, 2)), np.ones(5))

    def feedforward(self, x: Any) -> Any:
        for layer in self.layers:
            x = layer(x)
        return self.last(x)


# The object, and what its arrays are called.
OBJECTS: list[tuple[Any, dict[str, Callable[[Any], Any]]]] = [
    (Lists(), {
        "weights_1": lambda it: it.weights[0], "weights_2": lambda it: it.weights[1],
        "biases_1": lambda it: it.biases[0], "biases_2": lambda it: it.biases[1],
    }),
    (Dictionary(), {"W1": lambda it: it.params["W1"], "b1": lambda it: it.params["b1"]}),
    (Parts(), {
        "W_1": lambda it: it.layers[0].W, "b_1": lambda it: it.layers[0].b,
        "W_2": lambda it: it.layers[1].W, "b_2": lambda it: it.layers[1].b,
        "W_{last}": lambda it: it.last.W, "b_{last}": lambda it: it.last.b,
    }),
]  # fmt: skip


@pytest.mark.parametrize(("owner", "arrays"), OBJECTS, ids=[type(owner).__name__ for owner, _ in OBJECTS])
def test_arrays_of_an_object_are_inputs(owner: Any, arrays: dict[str, Callable[[Any], Any]]) -> None:
    function = owner.feedforward
    (parameter,) = function.__func__.__code__.co_varnames[1:2]
    x = np.array([0.3, -0.2, 0.7]).reshape((3, 1) if isinstance(owner, Lists) else 3)
    graph = trace(function, shapes={parameter: (3,)}).graph if x.ndim == 1 else trace(_of_columns(owner)).graph
    names = {str(graph.name(index)) for index in graph.inputs()}
    assert names == {*arrays, parameter}
    at = {parameter: x, **{name: value(owner) for name, value in arrays.items()}}
    found = computed(graph, at)[str(graph.name(graph.outputs[-1]))]
    np.testing.assert_allclose(np.squeeze(found), np.squeeze(function(x)), rtol=1e-12)


def _of_columns(owner: Any) -> Any:
    owner.feedforward.__func__.__annotations__["a"] = (3, 1)
    return owner.feedforward


def test_values_of_an_object_may_be_given_by_these_names() -> None:
    net = Dictionary()
    at = {"W_1": ((1.0, 2.0, 3.0, 4.0),) * 3, "b_1": (0.0,) * 4, "x": (1.0, 1.0, 1.0)}
    assert trace(net.feedforward, at).graph.places.keys() >= {"W1", "b1", "x"}
    with pytest.raises(Exception, match="no parameter 'V'"):
        trace(net.feedforward, {**at, "V": (1.0, 2.0)})


def test_an_object_that_is_called_has_inputs_as_its_method_has() -> None:
    layer, x = Layer(RANDOM.normal(size=(2, 3)), np.array([0.5, -0.5])), np.array([1.0, 2.0, 3.0])
    graph = trace(layer, shapes={"x": (3,)}).graph
    assert {str(graph.name(index)) for index in graph.inputs()} == {"W", "b", "x"}
    assert str(graph.name(graph.outputs[-1])) == "Layer"
    np.testing.assert_allclose(computed(graph, {"x": x, "W": layer.W, "b": layer.b})["Layer"], layer(x), rtol=1e-12)
