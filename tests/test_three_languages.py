"""The same system as text, in LaTeX and as a Python function: the same values and gradients, and those of differences."""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.request import Request
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.point.arrays.values import array_values
from graphviz_ad.read.python.tracing import trace
from graphviz_ad.read.sources import SourceText


def dense(W: (2, 3), x: 3, b: 2, t: 2):
    h = np.tanh(W @ x + b)
    return 0.5 * np.sum((h - t) ** 2)


def batch(X: (5, 3), W: (3, 2), b: 2, T: (5, 2)):
    return np.sum((np.maximum(X @ W + b, 0) - T) ** 2)


def mahalanobis(x: 3, m: 3, S: (3, 3)):
    return (x - m) @ np.linalg.inv(S) @ (x - m) + np.log(np.linalg.det(S))


def attention(Q: (4, 3), K: (5, 3), V: (5, 2)):
    S = Q @ K.T / np.sqrt(3)
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return np.sum((E / E.sum(axis=1, keepdims=True) @ V) ** 2)


def recurrent(W: (2, 3), U: (2, 2), x1: 3, x2: 3, h0: 2):
    h = h0
    for x in (x1, x2):
        h = np.tanh(W @ x + U @ h)
    return h @ h


def samples(w: 2, x1: 2, x2: 2, y1, y2):
    return sum((y - w @ x) ** 2 for x, y in ((x1, y1), (x2, y2)))


def normalised(x: 4):
    c = x - x.mean()
    return np.sum((c / np.sqrt(np.mean(c**2) + 1)) ** 3)


def powers(A: (3, 3), x: 3):
    return x @ np.linalg.matrix_power(A, 2) @ x


def correlation(x: 4, y: 4):
    a, b = x - np.mean(x), y - np.mean(y)
    return a @ b / np.sqrt((a @ a) * (b @ b))


SYSTEMS = [
    (dense, "W: 2x3; x: 3; b, t: 2; h = tanh(W x + b); L = 1/2 ||h - t||^2",
     r"\mathbf{h} = \tanh(\mathbf{W}\mathbf{x} + \mathbf{b}), L = \tfrac12\lVert\mathbf{h} - \mathbf{t}\rVert^2"),
    (batch, "X: 5x3; W: 3x2; b: 2; T: 5x2; L = ||relu(X W + b) - T||^2",
     r"\mathbf{X} \in \mathbb{R}^{5\times3}, \mathbf{W} \in \mathbb{R}^{3\times2}, \mathbf{b} \in \mathbb{R}^2, "
     r"\mathbf{T} \in \mathbb{R}^{5\times2}, L = \|\mathrm{ReLU}(\mathbf{X}\mathbf{W} + \mathbf{b}) - \mathbf{T}\|_F^2"),
    (mahalanobis, "x, m: 3; S: 3x3; d = (x - m)^T S^-1 (x - m) + logdet(S)",
     r"d = (\mathbf{x} - \mathbf{m})^\top\mathbf{S}^{-1}(\mathbf{x} - \mathbf{m}) + \log|\mathbf{S}|"),
    (attention, "Q: 4x3; K: 5x3; V: 5x2; L = ||softmax(Q K^T / sqrt(3)) V||^2",
     r"\mathbf{V} \in \mathbb{R}^{5\times2}, \mathbf{Q} \in \mathbb{R}^{4\times3}, "
     r"L = \|\operatorname{softmax}\left(\frac{\mathbf{Q}\mathbf{K}^\top}{\sqrt3}\right)\mathbf{V}\|^2"),
    (recurrent, "W: 2x3; U: 2x2; x_t: 3; h_0: 2; h_t = tanh(W x_t + U h_{t-1}), t = 1..2; L = ||h_2||^2",
     r"\mathbf{W} \in \mathbb{R}^{2\times3}, \mathbf{h}_t = \tanh(\mathbf{W}\mathbf{x}_t + \mathbf{U}\mathbf{h}_{t-1}), "
     r"t = 1,2, L = \|\mathbf{h}_2\|^2"),
    (samples, "w, x_i: 2; y_i: scalar; L = sum_{i=1}^2 (y_i - w^T x_i)^2",
     r"\mathbf{w} \in \mathbb{R}^2, L = \sum_{i=1}^{2} (y_i - \mathbf{w}^\top\mathbf{x}_i)^2"),
    (normalised, "x: 4; μ = mean(x); σ^2 = mean((x - μ).^2); s = sum(((x - μ)/sqrt(σ^2 + 1)).^3)",
     r"\mathbf{x} \in \mathbb{R}^4, \mu = \frac14\sum_i x_i, \sigma^2 = \frac14\sum_i(x_i - \mu)^2, "
     r"s = \sum_i\left(\frac{x_i - \mu}{\sqrt{\sigma^2 + 1}}\right)^3"),
    (powers, "A: 3x3; x: 3; q = x^T A^2 x",
     r"\mathbf{x} \in \mathbb{R}^3, q = \mathbf{x}^\top\mathbf{A}^2\mathbf{x}"),
    (correlation, "x, y: 4; a = x - mean(x); b = y - mean(y); r = a^T b / sqrt((a^T a) (b^T b))",
     r"\mathbf{x}, \mathbf{y} \in \mathbb{R}^4, \mathbf{a} = \mathbf{x} - \operatorname{mean}(\mathbf{x}), \mathbf{b} = "
     r"\mathbf{y} - \operatorname{mean}(\mathbf{y}), r = \frac{\mathbf{a}\cdot\mathbf{b}}{\|\mathbf{a}\|\|\mathbf{b}\|}"),
]  # fmt: skip


def called(name: str) -> str:
    """A name as Python has it: x1 of x_1 and of a bold one."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name))


def inputs(function: Callable[..., Any]) -> dict[str, Any]:
    """Values for the parameters of a function; square matrices that are no singular ones."""
    random = np.random.default_rng(2)
    found: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        shape = () if parameter.annotation is parameter.empty else np.atleast_1d(eval(str(parameter.annotation)))
        value = random.uniform(0.3, 1.2, tuple(shape))
        found[name] = value + 3 * np.eye(shape[0]) if len(shape) == 2 and shape[0] == shape[1] else value
    return found


def graph_of(language: str, source: str, function: Callable[..., Any], at: dict[str, Any]) -> Graph:
    if language == "python":
        return trace(function).graph
    system, _ = read(SourceText(source, language), Request())
    names = {called(str(system.graph.name(index))): str(system.graph.name(index)) for index in system.graph.inputs()}
    shapes = {names[name]: np.shape(value) for name, value in at.items()}
    return read(SourceText(source, language), Request(shapes=shapes))[0].graph


@pytest.mark.parametrize("language", ["text", "latex", "python"])
@pytest.mark.parametrize(("function", "text", "latex"), SYSTEMS, ids=[function.__name__ for function, *_ in SYSTEMS])
def test_values_and_gradients(function: Callable[..., Any], text: str, latex: str, language: str) -> None:
    at = inputs(function)
    graph = graph_of(language, {"text": text, "latex": latex}.get(language, ""), function, at)
    given = {str(graph.name(index)): at[called(str(graph.name(index)))].tolist() for index in graph.inputs()}
    assert sorted(map(called, given)) == sorted(at)
    found = array_values(graph, given)
    (output,) = graph.outputs
    assert found[output] == pytest.approx(float(function(**at)), rel=1e-9)
    for index in graph.inputs():
        name = called(str(graph.name(index)))
        slopes = np.zeros(np.shape(at[name]))
        for place in np.ndindex(*slopes.shape):
            step = np.zeros(slopes.shape)
            step[place] = 1e-6
            ends = [function(**{**at, name: at[name] + sign * step}) for sign in (1, -1)]
            slopes[place] = (ends[0] - ends[1]) / 2e-6
        np.testing.assert_allclose(derivative(graph, output, index, found), slopes, rtol=1e-5, atol=1e-7)
