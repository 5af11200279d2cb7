"""Derivatives by numerical differences, and how far they are off at each step: first truncation, then rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import nan
from typing import NamedTuple

from graphviz_ad.errors import AdgraphError
from graphviz_ad.graph import Graph
from graphviz_ad.notation.formula import Variable
from graphviz_ad.transform.diagram import Plot, Series
from graphviz_ad.transform.evaluate import values

Moved = Callable[[float], float]  # by how much an input is moved -> value of the output


class Difference(NamedTuple):
    """A difference quotient: its evaluations, the exponent of 2 of a good step, and how far off it then may be."""

    name: str
    quotient: Callable[[Moved, float], float]
    evaluations: int
    exponent: int
    tolerance: float


def _forward(f: Moved, h: float) -> float:
    return (f(h) - f(0.0)) / h


def _central(f: Moved, h: float) -> float:
    return (f(h) - f(-h)) / (2 * h)


def _extrapolated(f: Moved, h: float) -> float:
    """Central differences extrapolated to step 0 (L. F. Richardson, 1911)."""
    return (4 * _central(f, h / 2) - _central(f, h)) / 3


DIFFERENCES = (
    Difference("forward difference", _forward, 2, -26, 1e-5),
    Difference("central difference", _central, 2, -17, 1e-7),
    Difference("Richardson", _extrapolated, 4, -10, 1e-6),
)


def moved(graph: Graph, of: int, wrt: int, at: Mapping[str, float]) -> Moved:
    """The value of an output as a function of how far an input is moved."""
    name = graph.nodes[wrt].name or ""
    return lambda by: values(graph, {**at, name: at[name] + by})[of]


def error_plot(graph: Graph, of: int, wrt: int, at: Mapping[str, float], exact: float) -> Plot:
    """The error of each difference over the step, from 1 down to 2^-52 of the input's size. A difference that is exact,
    or that has no value, leaves a gap."""
    size = max(1.0, abs(at[graph.nodes[wrt].name or ""]))
    steps = [size * 2.0 ** (k / 2) for k in range(-104, 1)]
    f = moved(graph, of, wrt, at)
    series = tuple(
        Series(d.name, tuple((step, _error(d, f, step, exact)) for step in steps)) for d in DIFFERENCES
    )  # fmt: skip
    return Plot(Variable("h"), "error", series, logarithmic=True)


def _error(difference: Difference, f: Moved, step: float, exact: float) -> float:
    try:
        return abs(difference.quotient(f, step) - exact) or nan
    except AdgraphError:
        return nan
