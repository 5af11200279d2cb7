"""Two expressions compared where a condition holds, and whether they are equal on one side of a kink alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from math import isclose, isfinite
from random import Random

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record
from graphviz_ad.point.evaluate import values

LEAST, MOST, TRIES = 4, 16, 400
FEW = 3  # values that what is constant between its jumps has at most


class PairOfValues(Record):
    """The values of two expressions at a point."""

    point: Mapping[Name, float]
    left: float
    right: float

    @property
    def is_equal(self) -> bool:
        return isclose(self.left, self.right, rel_tol=1e-9, abs_tol=1e-9)


def pairs(left: Graph, right: Graph, condition: Graph | None = None, holds: bool = True) -> list[PairOfValues]:
    """The values at random points, where a condition is as it should be; none where there are too few points."""
    found = [*islice(_pairs(left, right, condition, holds), MOST)]
    return found if len(found) >= LEAST else []


def _pairs(left: Graph, right: Graph, condition: Graph | None, holds: bool) -> Iterator[PairOfValues]:
    graphs = [graph for graph in (left, right, condition) if graph is not None]
    names = dict.fromkeys(name for graph in graphs for name in graph.input_names())
    random = Random(0)
    for number in range(TRIES):
        size = (0.9, 4.0, 40.0)[number % 3]
        point = {name: random.uniform(-size, size) for name in names}
        try:
            one, other, *given = (
                values(graph, {name: point[name] for name in graph.input_names()})[graph.outputs[0]] for graph in graphs
            )
        except (AdgraphError, ArithmeticError):
            continue
        if isfinite(one) and isfinite(other) and all((value != 0) == holds for value in given):
            yield PairOfValues(point, one, other)


def is_equal_in_part(found: list[PairOfValues]) -> bool:
    """Whether they are equal at some points and not at others, and not only where both are 0."""
    return any(one.is_equal and one.left for one in found) and not all(one.is_equal for one in found)


def steps(found: list[PairOfValues]) -> list[float]:
    """The values that a left side has, where these are few; else none."""
    seen = sorted({round(one.left, 9) for one in found})
    return seen if len(seen) <= FEW else []
