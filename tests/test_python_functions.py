"""Functions as people write them, of python_functions.txt: the values of what each returns are those that it has
without adgraph, its gradients are central differences, and the edges multiplied along all paths give the same."""

from __future__ import annotations

import copy
import inspect
import json
import re
import sys
import types
import warnings
import zlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphviz_ad import evaluate

SYSTEMS = dict(
    block.split("\n", 1)
    for block in Path(__file__).with_name("python_functions.txt").read_text(encoding="utf-8").split("### ")[1:]
)


def given(name: str, spec: str) -> dict[str, Any]:
    """Values of parameters, which depend on the name of the function alone."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    return {key: _drawn(rng, *said.groups()) if (said := _SPEC.fullmatch(value)) else json.loads(value[4:])
            for key, value in (part.split("=") for part in spec.split())}  # fmt: skip


_SPEC = re.compile(r"([\dx.]+)([+ps]*)(?:i(\d+))?")


def _drawn(rng: np.random.Generator, dims: str, kind: str, below: str | None) -> Any:
    shape = () if dims == "." else tuple(map(int, dims.split("x")))
    if below:
        return rng.integers(0, int(below), shape)
    if kind == "s":
        root = rng.normal(size=(shape[0], shape[0]))
        return np.round(root @ root.T + shape[0] * np.eye(shape[0]), 3)
    made = rng.uniform(0.4, 1.6, shape) if kind else rng.normal(size=shape)
    made = made / made.sum() if kind == "p" else np.round(made, 3)
    return made if shape else float(made)


def flat(result: Any) -> list[Any]:
    """What a function returns, one array after the other."""
    if hasattr(result, "__dataclass_fields__"):
        result = vars(result)
    if isinstance(result, dict):
        result = list(result.values())
    return [a for part in result for a in flat(part)] if isinstance(result, (list, tuple)) else [np.asarray(result)]


def differences(run: Callable[..., list[Any]], key: str, at: Any) -> list[Any]:
    """The derivatives of each result by one parameter, by central differences, twice extrapolated."""
    at = np.asarray(at, float)
    found: list[Any] = []
    for place in np.ndindex(at.shape):
        slopes = []
        for step in (1e-3, 5e-4, 2.5e-4):
            moved = []
            for sign in (step, -step):
                here = at.copy()
                here[place] += sign
                moved.append(run(**{key: here if here.shape else float(here)}))
            slopes.append([(after - before) / (2 * step) for after, before in zip(*moved, strict=True)])
        a, b, c = slopes
        found.append([(64 * z - 20 * y + x) / 45 for x, y, z in zip(a, b, c, strict=True)])
    results = zip(*found, strict=True)
    return [np.moveaxis(np.array(of), 0, -1).reshape(of[0].shape + at.shape) for of in results]


def along_paths(found: Any, output: str) -> dict[str, Any]:
    """The derivatives of an output by all that it reads, from the edges."""
    values = {name: np.asarray(value, float) for name, value in found.values.items()}
    reads = defaultdict(list)
    for edge in found.edges:
        reads[edge.of].append(edge)
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in order:
            for edge in reads[name]:
                visit(edge.wrt)
            order[name] = None

    visit(output)
    own = values[output]
    bars: dict[str, Any] = {output: np.eye(own.size).reshape(own.shape * 2)}
    for name in reversed(order):
        for edge in reads[name]:
            slope = np.asarray(edge.value, float)
            assert slope.shape == values[name].shape + values[edge.wrt].shape
            bars[edge.wrt] = bars.get(edge.wrt, 0.0) + np.tensordot(bars[name], slope, values[name].ndim)
    return bars


@pytest.mark.parametrize("head", SYSTEMS)
def test_a_function_is_what_it_is_without_adgraph(head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, spec = head.split(";")
    module = types.ModuleType(f"functions_of_{name}")
    monkeypatch.setitem(sys.modules, module.__name__, module)  # where dataclasses look
    exec(compile(SYSTEMS[head], "<system>", "exec", dont_inherit=True), vars(module))
    function, point = vars(module)[name], given(name, spec)
    defaults = {key: parameter.default for key, parameter in inspect.signature(function).parameters.items()}

    def run(**moved: Any) -> list[Any]:
        return flat(function(**{key: copy.deepcopy(value) for key, value in {**point, **moved}.items()}))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = run()
        found = evaluate(function, point)
        assert len(found.gradient) == len(wanted)
        for (output, slopes), value in zip(found.gradient.items(), wanted, strict=True):
            assert np.shape(found.values[output]) == value.shape
            np.testing.assert_allclose(found.values[output], value, rtol=1e-9, atol=1e-12)
            paths = along_paths(found, output)
            for key, slope in slopes.items():
                start = point.get(key, defaults.get(key))
                if start is None or np.asarray(start).dtype.kind != "f":  # within lists and dicts; or it only counts
                    continue
                number = list(found.gradient).index(output)
                numerical = differences(run, key, start)[number]
                assert np.shape(slope) == numerical.shape
                np.testing.assert_allclose(slope, numerical, rtol=3e-6, atol=3e-6)
                np.testing.assert_allclose(paths.get(key, np.zeros_like(numerical)), numerical, rtol=3e-6, atol=3e-6)
