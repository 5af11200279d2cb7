"""The slopes of a value to both sides of a point, along one variable: what kinks leave of a derivative.

Beside a kink a system is as smooth as anywhere. So each node is followed a short way t > 0 from the point, as the first
coefficients of its power series in t; the partial derivatives of the table make them (A. Griewank and A. Walther,
*Evaluating Derivatives*, 2nd ed., SIAM 2008, chapters 13 and 14). What jumps at the point is not followed from its
value, but from its limit, which the first coefficient that is not 0 decides. Nothing here is a difference: the slopes
are exact but for rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import zip_longest
from math import isfinite, isnan

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.ops import OPS
from graphviz_ad.core.record import Record
from graphviz_ad.derive.edge_derivatives import rule
from graphviz_ad.point.switches import Switches, counting
from graphviz_ad.read.table import at_params
from graphviz_ad.read.table import functions as floats

PowerSeries = Sequence[float]  # the coefficients of t^0, t^1, …; the last that are 0 may be left out

ORDERS = (1, 2, 4, 6)  # how many coefficients are looked at, until all that jumps is decided
MANY = 2000  # nodes of which only the first coefficient is
ROUNDING = 1e-12  # how far from each other equal slopes may be, relative to what they are sums of


class Sides(Record):
    """The slopes of a value to the left and to the right of a point, None for one that does not exist; whether the
    value jumps there; the size of the numbers that the slopes are sums of, which rounding is relative to; and what the
    value comes near to from both sides, None where that is not the same."""

    left: float | None
    right: float | None
    jumps: bool
    size: float
    limit: float | None = None

    @property
    def is_smooth(self) -> bool:
        """Whether there is a derivative after all."""
        if self.jumps or self.left is None or self.right is None:
            return False
        return abs(self.right - self.left) <= ROUNDING * self.size

    def agree_with(self, slope: float) -> bool:
        """Whether this is the derivative."""
        return self.is_smooth and self.right is not None and abs(self.right - slope) <= ROUNDING * self.size


def sides(
    graph: Graph, found: Sequence[float], axis: int, inside: Sequence[int], switches: Switches, off: Collection[int]
) -> dict[int, Sides]:
    """The slopes by one node of the nodes `inside`, those that depend on it, in their order; all other nodes stay what
    they are found to be. Of the nodes, those that are switched off are `off`."""
    right, left = (_along(graph, found, axis, sign, inside, switches, off) for sign in (1.0, -1.0))
    scale = max((abs(found[index]) for index in (axis, *inside) if not isnan(found[index])), default=0.0)
    made = {}
    for index in inside:
        here = [side[index] for side in (left, right) if index in side]
        jumps = any(abs(series[0] - found[index]) > ROUNDING * scale for series, _ in here)
        values = [series[0] for series, _ in here]
        limit = values[0] if len(values) == 2 and abs(values[0] - values[1]) <= ROUNDING * scale else None
        slopes = [_coefficient(side[index][0], 1) if index in side else None for side in (left, right)]
        left_slope = None if slopes[0] is None else 0.0 - slopes[0]
        made[index] = Sides(left_slope, slopes[1], jumps, max((size for _, size in here), default=0.0), limit)
    return made


_Followed = dict[int, tuple[PowerSeries, float]]  # the series of each node that has one, and the size of its slope


def _along(
    graph: Graph,
    found: Sequence[float],
    axis: int,
    sign: float,
    inside: Sequence[int],
    switches: Switches,
    off: Collection[int],
) -> _Followed:
    """The nodes from the axis on, in one direction; none where it stays open which way something jumps."""
    for order in ORDERS if len(inside) <= MANY else ORDERS[:1]:
        followed, undecided = _to_order(graph, found, axis, sign, inside, switches, off, order)
        if not undecided or order == ORDERS[-1]:  # what is 0 in all of them is 0
            return followed
    return {}


def _to_order(
    graph: Graph,
    found: Sequence[float],
    axis: int,
    sign: float,
    inside: Sequence[int],
    switches: Switches,
    beyond: Collection[int],
    order: int,
) -> tuple[_Followed, bool]:
    made: _Followed = {axis: ((found[axis], sign), 1.0)}
    lost: set[int] = set()  # nodes that have no series
    undecided = False
    moving = set(inside)
    off = {arg for index in inside for arg in graph.nodes[index].args if arg in beyond and arg not in moving}
    for index in inside:
        op, args = str(graph.nodes[index].op), graph.nodes[index].args
        here = [made[arg] if arg in made else ((found[arg],), 0.0) for arg in args]
        series, sizes = [one for one, _ in here], [size for _, size in here]
        if switches.is_off(index, False, off):
            off.add(index)
            made[index] = ((0.0,), 0.0)
            continue
        try:
            values = {arg: made[arg][0][0] if arg in made else found[arg] for arg in args}
            read = counting(graph.nodes[index], values)
            if any(arg in lost or (isnan(found[arg]) and arg not in made) for arg in read):
                raise ValueError
            partials = [_partial(op, k, series, (), 0)[0] if size else 0.0 for k, size in enumerate(sizes)]
            size = sum(abs(partial) * size for partial, size in zip(partials, sizes, strict=True))
            grown = _lifted(op, series, order)
            if not all(map(isfinite, (*grown, size))):
                raise OverflowError
        except (ValueError, ZeroDivisionError, OverflowError):
            lost.add(index)
        else:
            made[index] = (grown, size)
            if switches.is_off(index, _vanishes(grown), off):
                off.add(index)
            undecided |= OPS[op].jumps and _vanishes(_difference(series))
    return made, undecided


def _coefficient(series: PowerSeries, place: int) -> float:
    return series[place] if place < len(series) else 0.0


def _vanishes(series: PowerSeries) -> bool:
    return not any(series)


def _difference(series: Sequence[PowerSeries]) -> PowerSeries:
    """The first argument less the second, or less 0."""
    left, right = series if len(series) == 2 else (series[0], ())
    return tuple(a - b for a, b in zip_longest(left, right, fillvalue=0.0))


def _lifted(op: str, args: Sequence[PowerSeries], order: int) -> PowerSeries:
    """An operation on series, to an order."""
    row = OPS[op]
    if row.jumps:
        first = next(filter(None, _difference(args)), 0.0)
        tie = (first, 0.0)[: len(args)]
        start = tuple(arg[0] for arg in args)
        return (float(floats[op](*(tie if start[0] == (*start, 0.0)[1] else start))),)
    if op in _ARITHMETIC:
        return _ARITHMETIC[op](args, order)
    made = [float(floats[op](*(arg[0] for arg in args)))]
    for place in range(1, order + 1):
        total = 0.0
        for k, arg in enumerate(args):
            if any(arg[1 : place + 1]):
                slope = _partial(op, k, args, made, place - 1)
                steps = range(1, place + 1)
                total += sum(j * _coefficient(arg, j) * _coefficient(slope, place - j) for j in steps)
        made.append(total / place)
    return made


def _partial(op: str, k: int, args: Sequence[PowerSeries], out: PowerSeries, order: int) -> PowerSeries:
    """A partial derivative of an operation on series, to an order; the value of the operation is known so far."""
    row = OPS[op]
    value = out or (float(_lifted(op, args, 0)[0]),)
    known = dict(zip(row.params, args, strict=True)) | {"out": value}
    if row.vanishes and row.vanishes[k] and _vanishes(known[row.vanishes[k]]):
        return (0.0,)
    made: PowerSeries = at_params(
        rule(op, k), known, lambda value: (float(value),), lambda op, *args: _lifted(op, args, order)
    )
    return made


def _sum(args: Sequence[PowerSeries], order: int) -> PowerSeries:
    return tuple(_coefficient(args[0], k) + _coefficient(args[1], k) for k in range(order + 1))


def _product(args: Sequence[PowerSeries], order: int) -> PowerSeries:
    left, right = args
    return tuple(
        sum(_coefficient(left, j) * _coefficient(right, k - j) for j in range(k + 1)) for k in range(order + 1)
    )


def _quotient(args: Sequence[PowerSeries], order: int) -> PowerSeries:
    above, under = args
    made: list[float] = []
    for k in range(order + 1):
        known = sum(_coefficient(under, j) * made[k - j] for j in range(1, k + 1))
        made.append((_coefficient(above, k) - known) / under[0])
    return made


_ARITHMETIC: dict[str, Callable[[Sequence[PowerSeries], int], PowerSeries]] = {
    "add": _sum,
    "sub": lambda args, order: _sum((args[0], tuple(-part for part in args[1])), order),
    "mul": _product,
    "div": _quotient,
    "neg": lambda args, order: tuple(-part for part in args[0]),
    "copy": lambda args, order: args[0],
}
