"""Derivatives by numerical differences, and how far they are off at each step: first truncation, then rounding.

Each difference has a step that is good for most functions. Where the function changes faster than that, it is made
smaller until the difference is steady. What is left of truncation is estimated from smaller steps (L. F. Richardson,
1911), what rounding does from the adjoints: every operation is off by half a unit in its last place (S. Linnainmaa,
*Taylor expansion of the accumulated rounding error*, BIT 16, 1976, pp. 146-160).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import frexp, inf, isfinite, isnan, nan

from graphviz_ad.core.diagram import Plot, Series
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Variable
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.graph_view import varying
from graphviz_ad.point.evaluate import values

Moved = Callable[[float], float]  # by how much an input is moved -> value of the output


class Difference(Record):
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


ROUNDING = 2.0**-53  # of one operation, relative
SMALLEST = -50  # exponent of 2 of the smallest step, relative to the input's size

DIFFERENCES = (
    Difference("forward difference", _forward, 2, -26, 1e-5),
    Difference("central difference", _central, 2, -17, 1e-7),
    Difference("Richardson", _extrapolated, 4, -10, 1e-6),
)


def moved(graph: Graph, of: int, wrt: int, at: Mapping[str, float]) -> Moved:
    """The value of an output as a function of how far an input is moved; steps that are halved meet the same points
    again, so what was found is kept."""
    name = graph.name(wrt)
    return cache(lambda by: values(graph, {**at, name: at[name] + by})[of])


class Found(Record):
    """A derivative by differences: its value, the step, and an estimate of how far off it is."""

    value: float
    step: float
    error: float


def by_difference(difference: Difference, f: Moved, size: float, noise: float) -> Found:
    """The derivative at the usual step or, where that is not good enough, at the smaller one at which the estimated
    error is the smallest part of it. Raises AdgraphError where the function has no value at any of them."""
    best: Found | None = None
    refused: AdgraphError | None = None
    for exponent in range(difference.exponent, SMALLEST, -2):
        step = size * 2.0**exponent
        try:
            value, half, quarter = (difference.quotient(f, step / part) for part in (1, 2, 4))
        except AdgraphError as error:
            refused = refused or error
            continue
        if not all(map(isfinite, (value, half, quarter))):
            refused = refused or AdgraphError("a difference is too large for a floating-point number")
            continue
        found = Found(value, step, max(abs(value - half), abs(half - quarter)) + noise / step)
        if found.error <= difference.tolerance * abs(value):
            return found
        if best is None or found.error * abs(best.value) < best.error * abs(value):
            best = found
    if best is None:
        raise refused or AssertionError("no step was tried")
    return best


def size_of(value: float) -> float:
    """The size of an input, of which steps are a part: a power of 2, so that what is added to it is not rounded."""
    return 2.0 ** (frexp(max(1.0, abs(value)))[1] - 1)


def noise(graph: Graph, wrt: int, found: Sequence[float], bars: Sequence[float]) -> float:
    """How far rounding may move an output, to first order: `bars` are its adjoints."""
    varies = varying(graph, {wrt})
    return ROUNDING * sum(
        abs(bar * value)
        for index, (bar, value) in enumerate(zip(bars, found, strict=True))
        if varies[index] and index != wrt
    )


def error_plot(graph: Graph, of: int, wrt: int, at: Mapping[str, float], exact: float) -> Plot | None:
    """The error of each difference over the step, from 1 down to 2^-52 of the input's size. A difference that is exact,
    or that has no value, leaves a gap; None where nothing else is left."""
    size = max(1.0, abs(at[graph.name(wrt)]))
    steps = [size * 2.0 ** (k / 2) for k in range(-104, 1)]
    f = moved(graph, of, wrt, at)
    series = tuple(
        Series(d.name, tuple((step, _error(d, f, step, exact)) for step in steps)) for d in DIFFERENCES
    )  # fmt: skip
    if all(isnan(error) for line in series for _, error in line.points):
        return None
    return Plot(Variable(Name("h")), "error", series, logarithmic=True)


def _error(difference: Difference, f: Moved, step: float, exact: float) -> float:
    try:
        error = abs(difference.quotient(f, step) - exact)
    except AdgraphError:
        return nan
    return error if 0 < error < inf else nan
