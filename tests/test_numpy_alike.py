"""What numpy's functions are on traced arrays is what they are on arrays: for every expression of numpy_expressions.txt
and arrays of many shapes, the value is numpy's, or there is an error that says why not. None is misread."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.python.tracing import trace
from tests.arrays_numpy import computed

EXPRESSIONS = Path(__file__).with_name("numpy_expressions.txt")
SHAPES: dict[str, list[tuple[tuple[int, ...], ...]]] = {
    "one": [((3,),), ((2, 3),), ((3, 3),), ((3, 1),), ((1, 3),), ((1,),), ((1, 1),), ((2, 3, 2),)],
    "two": [
        ((3,), (3,)), ((2, 3), (3,)), ((3,), (2, 3)), ((2, 3), (2, 3)), ((2, 3), (3, 2)), ((3, 1), (3,)),
        ((3, 1), (1, 3)), ((3, 1), (3, 1)), ((1, 3), (3, 1)), ((1, 3), (3,)), ((3, 3), (3,)), ((3, 3), (3, 3)),
        ((2, 3), (2, 1)), ((2, 3), (1, 3)), ((2, 3, 2), (2,)), ((2, 3, 2), (2, 2)), ((2, 3, 2), (3, 2)),
        ((2, 3, 2), (2, 2, 3)), ((2, 3, 2), (2, 3, 2)), ((1,), (3,)), ((3,), ()), ((2, 3), ()),
    ],
}  # fmt: skip
# What a graph does not say twice: one array that is returned several times is one output.
ONCE = {"np.stack([x, x])", "np.array([x, x])", "np.concat([x, x])", "np.concatenate([x, x])", "np.vstack([x, x])",
        "np.vstack((x, x, x))", "np.stack([x, x], axis=1)", "np.append(x, x, axis=0)", "np.repeat(x, 2, axis=0)",
        "x[[1, 0, 1]]", "np.broadcast_to(x, (2,) + x.shape)", "np.r_[x, x]", "np.c_[x, x]",
        "np.stack([v for v in x])"}  # fmt: skip
NOT_NUMBERS = {"np.var(x, ddof=1)", "x.std(axis=-1, ddof=1)"}  # 0/0 of one entry


def expressions() -> Iterator[Any]:
    for block in EXPRESSIONS.read_text(encoding="utf-8").split("### ")[1:]:
        kind, *lines = block.split("\n")
        yield from (pytest.param(kind, line, id=line) for line in filter(None, lines))


def function_of(expression: str, shapes: tuple[tuple[int, ...], ...]) -> Any:
    space: dict[str, Any] = {"np": np}
    names = "xy"[: len(shapes)]
    exec(f"def f({', '.join(names)}):\n    return {expression}", space)
    function = space["f"]
    function.__annotations__.update({name: shape for name, shape in zip(names, shapes, strict=True) if shape})
    return function


def point_of(shapes: tuple[tuple[int, ...], ...]) -> list[Any]:
    return [np.random.default_rng(seed).uniform(0.2, 0.9, shape) if shape else 0.4
            for seed, shape in enumerate(shapes, 1)]  # fmt: skip


def values_of(function: Any, point: list[Any]) -> list[Any] | None:
    """The values of what a traced function returns; None where it is refused."""
    try:
        source = trace(function)
    except AdgraphError as error:
        assert error.message
        return None
    graph, at = source.graph, {}
    for index in graph.inputs():
        name = str(graph.name(index))
        base, _, below = name.partition("_")
        value = point["xy".index(base)]
        places = tuple(int(k) - 1 for k in below.strip("{}").split(",")) if below else ()
        at[name] = np.reshape(value[places] if places else value, graph.nodes[index].type.shape)
    found = computed(graph, at)
    outputs = [str(graph.name(index)) for index in graph.outputs]
    for whole in source.wholes:
        if set(whole.parts) == set(outputs) and len(outputs) > 1:
            return [np.concatenate([np.ravel(found[part]) for part in whole.parts]).reshape(whole.axes)]
    return [found[name] for name in outputs]


def results(value: Any) -> list[Any]:
    """What a function returns, one array after the other."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [np.array(part, float) for part in value]
    return [np.array(value, float)]


@pytest.mark.parametrize(("kind", "expression"), list(expressions()))
def test_a_function_of_numpy_is_what_it_is_of_arrays(kind: str, expression: str) -> None:
    for shapes in SHAPES[kind]:
        if expression in NOT_NUMBERS and 1 in shapes[0]:
            continue
        function, point = function_of(expression, shapes), point_of(shapes)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                wanted = results(function(*(np.array(part) if np.shape(part) else part for part in point)))
            except (ValueError, TypeError, IndexError, AttributeError, np.exceptions.AxisError, np.linalg.LinAlgError):
                continue  # numpy refuses it, too
            found = values_of(function, point)
        if found is None or expression in ONCE:
            continue
        ours, theirs = (np.concatenate([np.ravel(part) for part in parts]) for parts in (found, wanted))
        if len(found) == len(wanted):
            assert [np.squeeze(part).shape for part in found] == [np.squeeze(part).shape for part in wanted], shapes
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, err_msg=f"{expression} of {shapes}")


# How many expressions are traced of an array of each shape: less is a loss, more is to be written down here.
def test_most_are_traced() -> None:
    lines = [param.values for param in expressions()]
    traced = [values_of(function_of(line, ((2, 3),)), point_of(((2, 3),))) is not None
              for kind, line in lines if kind == "one"]  # fmt: skip
    assert sum(traced) > 0.7 * len(traced)
