"""What is changed in its place changes what it is a part of, and nothing else, as numpy has it: of every expression of
numpy_expressions.txt, the result is changed and the operand looked at, and the operand is changed and the result looked
at."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.python.tracing import trace
from tests.test_numpy_alike import expressions, point_of, results, values_of

SHAPES = [((3,), (3,)), ((2, 3), (2, 3)), ((3, 3), (3,)), ((1, 3), (3,)), ((3, 1), (3, 1))]
MORE = ["+x", "x.copy()", "sum([x])", "0 + x", "sum([x, x])", "np.array(x)", "np.asarray(x)", "x.astype(float)", "x[:]",
        "x[...]", "copy.copy(x)", "copy.deepcopy(x)", "x.flatten()", "x.ravel()", "np.ravel(x)", "np.copy(x)",
        "x.sum(axis=0, keepdims=True)", "np.zeros(3) + x", "np.stack([x])[0]", "np.nan_to_num(x)"]  # fmt: skip
CHANGES = {
    "the result": "z = x.copy()\n    y = {}\n    y += 1\n    return x * 2, y * 3",
    "the operand": "z = x.copy()\n    y = {}\n    x += 1\n    return x * 2, y * 3",
    "the copy": "z = x.copy()\n    y = {}\n    z *= 2\n    return x * 2, y * 3, z * 4",
    "an array that is filled": "z = np.zeros(x.shape); z += x; x = z\n    y = {}\n    y += 1\n    return x * 2, y * 3",
    "what it is filled with": "z = np.zeros(x.shape); z[...] = x\n    y = {}\n    x += 1\n    return z * 2, y * 3",
    "an entry": "z = x.copy()\n    y = {}\n    y[0] = 7.0\n    return x * 2, y * 3",
}  # fmt: skip


def cases() -> list[Any]:
    lines = [line for kind, line in (param.values for param in expressions()) if kind in ("one", "two")]
    return [pytest.param(line, id=line) for line in dict.fromkeys([*MORE, *lines])]


def changing(body: str, expression: str, shapes: Any) -> Any:
    import copy

    space: dict[str, Any] = {"np": np, "copy": copy}
    names = "xy"[: 2 if "y" in expression.replace("numpy", "").replace("copy", "") else 1]
    exec(f"def f(x, w):\n    {body.format(expression.replace('y', 'w') if names == 'xy' else expression)}", space)
    function = space["f"]
    function.__annotations__.update({name: shape for name, shape in zip("xw", shapes, strict=True)})
    return function
