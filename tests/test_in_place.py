"""What is changed in its place changes what it is a part of, and nothing else, as numpy has it: of every expression of
numpy_expressions.txt, the result is changed and the operand looked at, and the operand is changed and the result looked
at."""

from __future__ import annotations

import copy
import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.python.tracing import trace
from tests.arrays_numpy import computed
from tests.test_numpy_alike import expressions

SHAPES = [((3,), (3,)), ((2, 3), (2, 3)), ((3, 3), (3,)), ((1, 3), (3,)), ((3, 1), (3, 1))]
MORE = ["+x", "x.copy()", "sum([x])", "0 + x", "sum([x, x])", "np.array(x)", "np.asarray(x)", "x.astype(float)", "x[:]",
        "x[...]", "copy.copy(x)", "copy.deepcopy(x)", "x.flatten()", "x.ravel()", "np.ravel(x)", "np.copy(x)",
        "x.sum(axis=0, keepdims=True)", "np.broadcast_arrays(x, y)[0]",
        "np.zeros(3) + x", "np.stack([x])[0]", "np.nan_to_num(x)"]  # fmt: skip
CHANGES = {
    "the result": "z = x.copy()\n    y = {}\n    y += 1\n    return x * 2, y * 3",
    "the operand": "z = x.copy()\n    y = {}\n    x += 1\n    return x * 2, y * 3",
    "the copy": "z = x.copy()\n    y = {}\n    z *= 2\n    return x * 2, y * 3, z * 4",
    "an array that is filled": "z = np.zeros(x.shape); z += x; x = z\n    y = {}\n    y += 1\n    return x * 2, y * 3",
    "what it is filled with": "z = np.zeros(x.shape); z[...] = x\n    y = {}\n    x += 1\n    return z * 2, y * 3",
    "an entry": "z = x.copy()\n    y = {}\n    y[0] = 7.0\n    return x * 2, y * 3",
}  # fmt: skip


OTHERS = {"x.std(axis=-1, ddof=1)", "np.var(x, ddof=1)"}  # 0/0 of one entry
OF_TRUTH = {"x > y", "x >= y", "x < y", "x <= y", "x == y", "x != y"}  # where numpy makes 7.0 true


def cases() -> list[str]:
    lines = [line for kind, line in (param.values for param in expressions()) if kind in ("one", "two")]
    return [*dict.fromkeys([*MORE, *lines])]


def changing(body: str, expression: str, shapes: Any) -> Callable[..., Any]:
    space: dict[str, Any] = {"np": np, "copy": copy}
    expression = re.sub(r"\by\b", "w", expression)
    exec(f"def f(x, w):\n    {body.format(expression)}", space)
    function: Callable[..., Any] = space["f"]
    function.__annotations__.update(zip("xw", shapes, strict=True))
    return function


def traced_values(function: Callable[..., Any], point: list[Any]) -> tuple[list[Any], bool] | None:
    """The values of what a traced function returns, and whether one may be in parts; None where it is refused."""
    try:
        source = trace(function)
    except AdgraphError as error:
        assert error.message
        return None
    graph = source.graph
    at = {str(graph.name(index)): np.reshape(point["xw".index(graph.name(index))], graph.nodes[index].type.shape)
          for index in graph.inputs()}  # fmt: skip
    found = computed(graph, at)
    return [np.ravel(found[str(graph.name(index))]) for index in graph.outputs], bool(source.wholes)


@pytest.mark.parametrize("expression", cases())
def test_what_is_changed_in_place_changes_what_numpy_changes(expression: str) -> None:
    for what, body in CHANGES.items():
        if expression in OTHERS or (what == "an entry" and expression in OF_TRUTH):
            continue
        for shapes in SHAPES:
            function = changing(body, expression, shapes)
            point = [np.random.default_rng(seed).uniform(0.2, 0.9, shape) for seed, shape in enumerate(shapes, 1)]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    wanted = function(*(part.copy() for part in point))
                except (ValueError, TypeError, IndexError, AttributeError, np.linalg.LinAlgError):
                    continue  # numpy refuses it, too
                if not all(isinstance(part, np.ndarray) for part in wanted):
                    continue  # a number, which nothing changes
                found = traced_values(function, point)
            if found is None or found[1]:
                continue
            for part in map(np.ravel, wanted):  # what is equal is one output
                near = [ours for ours in found[0] if ours.size == part.size and np.allclose(ours, part, rtol=1e-6)]
                assert near, f"{what}: {expression} of {shapes}: {part} is not among {found[0]}"
