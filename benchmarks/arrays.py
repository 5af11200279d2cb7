"""Vectors and matrices beside others: `python -m benchmarks.arrays`.

Values and gradients of stacks of y = tanh(W x + b) beside HIPS autograd's, which traces each time: of a graph that is
there, and with the tracing of the Python function that it is; and the symbolic derivative of a network of
three layers beside that of SymPy's matrix expressions; ratios of medians of runs in turn.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from graphviz_ad.api import trace
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.point.arrays.values import array_values
from graphviz_ad.read.sources import SourceText

RUNS = 15


def stack(layers: int, size: int) -> str:
    """A stack of layers and the sum of squares of its last."""
    head = "; ".join(f"W_{k}: {size}x{size}; b_{k}: {size}" for k in range(1, layers + 1))
    lines = "; ".join(f"h_{k} = tanh(W_{k} h_{k - 1} + b_{k})" for k in range(1, layers + 1))
    return f"{head}; h_0: {size}; {lines}; L = ||h_{layers}||^2"


def function(layers: int, size: int) -> Callable[..., Any]:
    """The same as a Python function, with the shapes as annotations."""
    heads = ", ".join(f"W_{k}: ({size}, {size}), b_{k}: {size}" for k in range(1, layers + 1))
    lines = "".join(f"    h_{k} = np.tanh(W_{k} @ h_{k - 1} + b_{k})\n" for k in range(1, layers + 1))
    text = f"def f(h_0: {size}, {heads}):\n{lines}    L = np.sum(h_{layers}**2)\n    return L\n"
    space: dict[str, Any] = {"np": np, "__name__": "stack"}
    exec(text, space)
    made: Callable[..., Any] = space["f"]
    return made


def timed(*runs: Callable[[], object]) -> list[float]:
    """The median seconds of each, run in turn."""
    seconds: list[list[float]] = [[] for _ in runs]
    for _ in range(RUNS):
        for place, run in enumerate(runs):
            start = time.perf_counter()
            run()
            seconds[place].append(time.perf_counter() - start)
    return [statistics.median(each) for each in seconds]


def gradients(layers: int, size: int) -> list[float]:
    """Seconds of a graph's, with tracing, and autograd's."""
    import autograd
    import autograd.numpy as anp

    found, _ = read(SourceText(stack(layers, size), "text"), Request())
    graph = found.graph
    rng = np.random.default_rng(0)
    names = [graph.name(index) for index in graph.inputs()]
    shapes = {name: tuple(map(int, graph.nodes[graph.index(name)].type.shape)) for name in names}
    at: dict[str, Any] = {name: rng.normal(0, 0.1, shape) for name, shape in shapes.items()}

    def ours() -> object:
        values = array_values(graph, at)
        return array_adjoints(graph, graph.outputs[0], values)

    stacked = function(layers, size)

    def traced() -> object:
        made = trace(stacked)
        return array_adjoints(made, made.outputs[0], array_values(made, at))

    def loss(given: dict[str, np.ndarray]) -> object:
        h = given["h_0"]
        for k in range(1, layers + 1):
            h = anp.tanh(given[f"W_{k}"] @ h + given[f"b_{k}"])
        return anp.sum(h**2)

    theirs = autograd.value_and_grad(loss)
    bars = ours()
    _, expected = theirs(at)
    assert isinstance(bars, dict)
    np.testing.assert_allclose(bars[graph.index("W_1")], expected["W_1"], rtol=1e-9)
    return timed(ours, traced, lambda: theirs(at))


def symbolic() -> tuple[float, float]:
    sympy: Any = import_module("sympy")
    text = "W_1: 4x3; W_2: 5x4; W_3: 2x5; x: 3; t: 2; h_1 = W_1 x; h_2 = W_2 h_1; h_3 = W_3 h_2; L = ||h_3 - t||^2"

    def ours() -> object:
        found, _ = read(SourceText(text, "text"), Request())
        assert isinstance(found, ArraySystem)
        return found.chains(False)

    def theirs() -> object:
        matrix = sympy.MatrixSymbol
        a, b, c = matrix("A", 4, 3), matrix("B", 5, 4), matrix("C", 2, 5)
        x, t = matrix("x", 3, 1), matrix("t", 2, 1)
        e = c * b * a * x - t
        return [sympy.diff(e.T * e, symbol) for symbol in (a, b, c, x)]

    first, second = timed(ours, theirs)
    return first, second


def main() -> None:
    for layers, size in ((10, 100), (50, 100), (10, 10)):
        ours, traced, theirs = gradients(layers, size)
        operations = 3 * layers + 1
        print(
            f"{layers} layers of {size} × {size}: value and gradient {ours / operations * 1e6:.1f} µs an operation, "
            f"with tracing {traced / operations * 1e6:.1f}, autograd {theirs / operations * 1e6:.1f}, "
            f"ratios {ours / theirs:.2f} and {traced / theirs:.2f}"
        )
    ours, theirs = symbolic()
    print(f"three layers, symbolic: {ours * 1e3:.1f} ms, SymPy {theirs * 1e3:.1f} ms, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
