"""Formulas from the open literature, typed, in LaTeX and as Python functions: values and gradients against autograd."""

import math

import autograd
import pytest

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.point.at_kinks import gradient
from graphviz_ad.point.evaluate import values
from graphviz_ad.read import frontend
from graphviz_ad.read.python.tracing import trace
from tests.corpus import CASES, Case


def independent(case: Case) -> tuple[float, dict[str, float]]:
    """The value and the gradient that autograd finds."""
    names = list(case.at)

    def by_position(*numbers: float) -> float:
        return case.python(**dict(zip(names, numbers, strict=True)))

    point = tuple(case.at.values())
    partials = autograd.grad(by_position, tuple(range(len(names))))(*point)
    return float(by_position(*point)), {name: float(p) for name, p in zip(names, partials, strict=True)}


def check(case: Case, graph: Graph) -> None:
    value, partials = independent(case)
    spelling = {Name(name).key: name for name in case.at}
    inputs = {graph.nodes[index].name: spelling[graph.name(index).key] for index in graph.inputs()}
    assert len(inputs) == len(case.at)
    at = {here: case.at[there] for here, there in inputs.items()}
    (output,) = graph.outputs
    assert math.isclose(values(graph, at)[output], value, rel_tol=1e-9, abs_tol=1e-12)
    for here, partial in gradient(graph, output, at).items():
        assert math.isclose(partial, partials[inputs[here]], rel_tol=1e-8, abs_tol=1e-10), here


@pytest.mark.parametrize("language", ["text", "latex"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_formulas(case, language):
    check(case, frontend(language)(getattr(case, language)).graph)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_functions(case):
    source = trace(case.python, case.at)
    check(case, source.graph)


def test_there_are_as_many_as_promised():
    assert len({case.name for case in CASES}) == len(CASES) >= 140
    assert all(case.source for case in CASES)
