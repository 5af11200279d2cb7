"""Covariances and correlations of traced arrays, and what moves their entries: rolled, taken, seen through a window."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy

from graphviz_ad.read.python.array_products import product
from graphviz_ad.read.python.array_table import METHODS, elementwise
from graphviz_ad.read.python.arrays import ArrayTracer
from graphviz_ad.read.python.joined import concatenated, piled
from graphviz_ad.read.python.making import flat, lifted, transposed
from graphviz_ad.read.python.parts import entry, reshaped
from graphviz_ad.read.python.reductions import mean
from graphviz_ad.read.python.tape import TABLES


def covariance(x: Any, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: int | None = None) -> Any:
    """np.cov: of variables that are rows, or columns where `rowvar` is False."""
    of = next(part for part in (x, y) if isinstance(part, ArrayTracer) or type(part) in TABLES)
    rows = _variables(lifted(of.tape, x), rowvar)
    if y is not None:
        rows = concatenated([rows, _variables(lifted(of.tape, y), rowvar)])
    if rows.shape[1] < 2:
        raise of.tape.refused(f"the covariance of one observation, {x.shape}", "rows are variables, or rowvar=False")
    centred = rows - mean(rows, 1, True)
    less = ddof if ddof is not None else int(not bias)
    found = product(centred, transposed(centred)) / (rows.shape[1] - less)
    return found if rows.shape[0] > 1 else found[0, 0]


def _variables(x: Any, rowvar: bool) -> Any:
    """The variables as rows."""
    return reshaped(x, 1, -1) if x.ndim == 1 else x if rowvar else transposed(x)


def correlation(x: Any, y: Any = None, rowvar: bool = True) -> Any:
    """np.corrcoef."""
    found = covariance(x, y, rowvar, bias=True)
    if not isinstance(found, ArrayTracer):
        return found / found
    deviations = elementwise("sqrt", found.diagonal())
    return found / (reshaped(deviations, -1, 1) * reshaped(deviations, 1, -1))


def taken(x: Any, places: Any, axis: Any = None) -> Any:
    """np.take: entries by their places."""
    whole = flat(x) if axis is None else x
    along = 0 if axis is None else axis % x.ndim
    return entry(whole, (slice(None),) * along + (places,))


def powers(x: Any, n: int | None = None, increasing: bool = False) -> Any:
    """np.vander: the powers of a vector as columns."""
    count = x.size if n is None else n
    columns = [x**k if k else x * 0 + 1 for k in range(count)]
    return transposed(piled(columns if increasing else columns[::-1]))


def polynomial(coefficients: Any, x: Any) -> Any:
    """np.polyval, by Horner's rule."""
    return reduce(lambda whole, coefficient: whole * x + coefficient, coefficients, 0)


def clipped(x: Any, least: Any = None, most: Any = None, *, min: Any = None, max: Any = None) -> Any:  # noqa: A002  # numpy's names
    """x.clip(0, 1), whose limits have names, too."""
    lower, upper = least if min is None else min, most if max is None else max
    above = x if lower is None else elementwise("max", x, lower)
    return above if upper is None else elementwise("min", above, upper)


def windows(x: Any, size: Any, axis: Any = None) -> Any:
    """np.lib.stride_tricks.sliding_window_view of a vector, or along an axis."""
    view = numpy.lib.stride_tricks.sliding_window_view
    return METHODS["tabled"](x.tape, (x,), lambda cells: view(cells[0], size, axis))
