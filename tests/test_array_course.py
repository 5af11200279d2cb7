"""A course beyond single numbers, as lecturers type it: each system in text, LaTeX and as a Python function gives one
value, all dimensions different."""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from graphviz_ad.core.graph import Graph
from graphviz_ad.read.latex.reading import read as read_latex
from graphviz_ad.read.python.tracing import trace
from graphviz_ad.read.text.equations import read as read_text
from tests.arrays_numpy import computed

COURSE = Path(__file__).with_name("array_course.txt")


def systems() -> Iterator[Any]:
    """Each system of the file: its text, its LaTeX ("" for none), and its function."""
    for block in COURSE.read_text(encoding="utf-8").split("\n### ")[1:]:
        name, _, rest = block.partition("\n")
        yield pytest.param(*(part.strip() for part in rest.split("\n---\n")), id=name)


GREEK = {"mu": "μ", "pi": "π", "eps": "ε", "Sigma": "Σ", "theta": "θ"}


def plain(name: str) -> str:
    """W1 of 𝐖_1 and W^{(1)}."""
    letters = unicodedata.normalize("NFKC", name).replace("_vec", "").replace("lambda", "λ")
    letters = re.sub(r"[_{}^()\[\]]", "", letters)
    return GREEK.get(letters, letters)


def at_random(name: str, shape: tuple[int, ...]) -> Any:
    """Values that depend on the name alone; a square matrix is positive definite."""
    made = np.random.default_rng(crc32(plain(name).encode())).uniform(0.2, 0.9, shape)
    square = len(shape) == 2 and shape[0] == shape[1]
    return made @ made.T / 2 + 1.5 * np.eye(shape[0]) + 0.1 * np.triu(made) if square else made


def value(graph: Graph) -> Any:
    """The value of what is computed last."""
    inputs = {str(graph.name(index)): graph.nodes[index].type.shape for index in graph.inputs()}
    at = {name: at_random(name, shape) for name, shape in inputs.items()}
    return np.squeeze(computed(graph, at)[str(graph.name(graph.outputs[-1]))])


def called(function: Callable[..., Any]) -> Any:
    """What the function itself gives."""
    given = {}
    for name, parameter in inspect.signature(function).parameters.items():
        said = parameter.annotation
        axes = said if isinstance(said, tuple) else (said,) if isinstance(said, int) else ()
        shape = axes if len(axes) < 2 or axes[1] != 1 else axes[:1]
        given[name] = np.reshape(at_random(name, shape), axes)
    return np.squeeze(function(**given))


@pytest.mark.parametrize(("text", "latex", "code"), list(systems()))
def test_three_languages_say_one_thing(text: str, latex: str, code: str) -> None:
    space: dict[str, Any] = {"np": np}
    exec(compile(code, "<system>", "exec", dont_inherit=True), space)
    expected = called(space["f"])
    graphs = [read_text(text).graph, trace(space["f"]).graph, *([read_latex(latex).graph] if latex else [])]
    for graph in graphs:
        found = value(graph)
        np.testing.assert_allclose(found, expected, rtol=1e-9)
        assert found.shape == expected.shape
