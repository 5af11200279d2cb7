"""Systems of courses on deep learning, machine learning and matrix calculus in the spellings that people use: each in
text, LaTeX and Python gives the value of the first function, and where that is a number its gradient too."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphviz_ad.core.graph import Graph
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.point.arrays.values import array_values
from graphviz_ad.read.latex.reading import read as read_latex
from graphviz_ad.read.python.tracing import trace
from graphviz_ad.read.text.equations import read as read_text
from tests.arrays_numpy import computed
from tests.test_array_course import at_random, plain

BREADTH = [
    Path(__file__).with_name(f"{name}.txt") for name in ("array_breadth", "array_breadth_more", "array_breadth_unseen")
]
STEP = 1e-6


def systems() -> Iterator[tuple[str, list[list[str]]]]:
    """Each system of the files: its name, and its spellings in text, in LaTeX and in Python."""
    for block in (part for path in BREADTH for part in path.read_text(encoding="utf-8").split("\n### ")[1:]):
        name, _, rest = block.partition("\n")
        parts = [f"\n{part}\n".split("\nor\n") for part in re.split(r"\n---(?=\n)", f"\n{rest}\n")]
        yield name, [[spelling.strip() for spelling in part if spelling.strip()] for part in parts]


def spellings() -> Iterator[Any]:
    for name, (texts, latex, code) in systems():
        for language, found in (("text", texts), ("latex", latex), ("python", code)):
            for number, spelling in enumerate(found, 1):
                yield pytest.param(language, spelling, code[0], id=f"{name}-{language}-{number}")


def function_of(code: str) -> Callable[..., Any]:
    space: dict[str, Any] = {"np": np}
    exec(compile(code, "<system>", "exec", dont_inherit=True), space)
    made: Callable[..., Any] = space["f"]
    return made


def inputs_of(function: Callable[..., Any]) -> dict[str, Any]:
    """Values of the parameters, which depend on their names alone; of one of three axes, on those of its matrices."""
    given = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default is not parameter.empty:
            continue
        said = parameter.annotation
        axes = said if isinstance(said, tuple) else (said,) if isinstance(said, int) else ()
        given[name] = np.array(np.reshape(at_random(name, axes if axes[1:] != (1,) else axes[:1]), axes))
        for place in np.ndindex(axes[:-2]) if len(axes) > 2 else ():
            given[name][place] = at_random(name + ",".join(str(k + 1) for k in place), axes[-2:])
    return given


@cache
def expected(code: str) -> tuple[Any, dict[str, Any]]:
    """The value of a function, and its gradient by central differences if that is a number."""
    function = function_of(code)
    given = inputs_of(function)
    value = np.squeeze(function(**inputs_of(function)))
    slopes: dict[str, Any] = {}
    for name in given if value.shape == () else ():
        slopes[plain(name)] = np.zeros(given[name].shape)
        for place in np.ndindex(given[name].shape):
            ends = []
            for step in (STEP, -STEP):
                moved = inputs_of(function)
                moved[name][place] += step
                ends.append(float(np.squeeze(function(**moved))))
            slopes[plain(name)][place] = (ends[0] - ends[1]) / (2 * STEP)
    return value, slopes


def graph_of(language: str, spelling: str) -> Graph:
    if language == "python":
        return trace(function_of(spelling)).graph
    return (read_text if language == "text" else read_latex)(spelling).graph


@pytest.mark.parametrize(("language", "spelling", "code"), list(spellings()))
def test_a_spelling_says_what_the_function_does(language: str, spelling: str, code: str) -> None:
    value, slopes = expected(code)
    graph = graph_of(language, spelling)
    at = {str(graph.name(index)): at_random(str(graph.name(index)), graph.nodes[index].type.shape)
          for index in graph.inputs()}  # fmt: skip
    found = np.squeeze(computed(graph, at)[str(graph.name(graph.outputs[-1]))])
    assert found.shape == value.shape
    np.testing.assert_allclose(found, value, rtol=1e-8)
    if slopes:
        adjoints = array_adjoints(graph, graph.outputs[-1], array_values(graph, at))
        assert isinstance(adjoints, dict)
        for index in graph.inputs():
            name = plain(str(graph.name(index)))
            matrix = re.fullmatch(r"(\D+)(\d+(?:,\d+)*)", name) if name not in slopes else None
            place = tuple(int(k) - 1 for k in matrix[2].split(",")) if matrix else ()
            wanted = np.squeeze(slopes[matrix[1] if matrix else name][place])
            np.testing.assert_allclose(np.squeeze(adjoints.get(index, 0)), wanted, rtol=1e-4, atol=1e-6)
