"""What depends on values is refused without them, and decided by them where they are given, which a note says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from graphviz_ad import evaluate
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.python.tracing import trace

X = np.array([0.1, -0.2, 0.4, 0.3])


def branches(x):
    return x.sum() if x[0] > 0 else (x**2).sum()


def halves(x):
    while np.linalg.norm(x) > 0.3:
        x = x / 2
    return x.sum()


def largest(x):
    return x[np.argmax(x)] ** 2


def product_above_0(x):
    return np.prod(x[x > 0])


def middle(x):
    return np.median(x)


def second(x):
    return np.sort(x)[1]


def checked(x):
    assert np.all(np.abs(x) < 1)
    return x.sum()


def top(x):
    return x[np.argsort(x)[-2:]].sum()


DECIDED: list[tuple[Callable[..., Any], list[float], str]] = [
    (branches, [1, 1, 1, 1], "0.1 > 0 is true"),
    (halves, [0.5, 0.5, 0.5, 0.5], "> 0.3 is false"),
    (largest, [0, 0, 0.8, 0], "this is 2 at these values"),
    (product_above_0, [0.12, 0, 0.03, 0.04], "this is [True, False, True, True]"),
    (middle, [0.5, 0, 0, 0.5], "the order of the entries is [1, 0, 3, 2]"),
    (second, [1, 0, 0, 0], "the order of the entries"),
    (checked, [1, 1, 1, 1], "this is True"),
    (top, [0, 0, 1, 1], "this is [1, 0, 3, 2]"),
]


@pytest.mark.parametrize(("function", "gradient", "note"), DECIDED, ids=lambda case: getattr(case, "__name__", ""))
def test_values_decide(function: Callable[..., Any], gradient: list[float], note: str) -> None:
    with pytest.warns(match="at these values|is true|is false"):
        found = evaluate(function, {"x": X})
    assert found.gradient[function.__name__]["x"] == pytest.approx(gradient)
    source = trace(function, {"x": tuple(X)})
    assert any(note in said for said in source.notes)


@pytest.mark.parametrize("function", [case[0] for case in DECIDED])
def test_without_values_it_is_refused_and_the_hint_says_so(function: Callable[..., Any]) -> None:
    with pytest.raises(AdgraphError) as caught:
        trace(function, shapes={"x": (4,)})
    assert "--at" in caught.value.hint


def embedded(table, y):
    return table[y].sum()


def one_hot(table, y):
    return (np.eye(3)[y] @ table).sum()


def filled(table, y):
    chosen = np.zeros((2, 3))
    chosen[np.arange(2), y] = 1
    return (chosen @ table).sum()


@pytest.mark.parametrize("function", [embedded, one_hot, filled])
def test_whole_numbers_that_are_given_choose(function: Callable[..., Any]) -> None:
    with pytest.warns(match="are used as whole numbers"):
        found = evaluate(function, {"table": np.arange(6.0).reshape(3, 2), "y": np.array([2, 0])})
    assert found.gradient[function.__name__]["table"] == [[1, 1], [0, 0], [1, 1]]
    assert "y" not in found.gradient[function.__name__]
    with pytest.raises(AdgraphError, match="no whole numbers: they cannot index"):
        evaluate(function, {"table": np.arange(6.0).reshape(3, 2), "y": np.array([0.5, 0.0])})


WEIGHTS = np.array([1.0, 2.0])


def test_a_default_is_the_value_of_an_array() -> None:
    def f(x, w=WEIGHTS):
        return x @ w

    found = evaluate(f, {"x": np.array([3.0, 4.0])})
    assert found.values["f"] == 11
    assert found.gradient["f"]["w"] == [3, 4]
    assert evaluate(f, {"x": np.array([3.0, 4.0]), "w": np.array([0.0, 1.0])}).values["f"] == 4


class Layer:
    def __init__(self) -> None:
        self.W = np.array([[1.0, 2.0], [3.0, 4.0]])

    def __call__(self, x):
        return (self.W @ x).sum()

    def forward(self, x):
        return self(x)


def test_attributes_have_the_values_of_the_object() -> None:
    found = evaluate(Layer().forward, {"x": np.array([1.0, 1.0])})
    assert found.values["forward"] == 10
    assert found.gradient["forward"]["W"] == [[1, 1], [1, 1]]


def test_float_of_a_traced_number_is_the_number() -> None:
    def f(x):
        return float(x @ x) if isinstance(float("2"), float) else np.zeros(2, dtype=float)

    assert evaluate(f, {"x": np.array([1.0, 2.0])}).gradient["f"]["x"] == [2, 4]
    assert "float" not in f.__globals__
