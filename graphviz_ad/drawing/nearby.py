"""What is near a point: a grid of cells, so that not all of a figure is looked through for each of its points."""

from collections.abc import Sequence
from itertools import product
from typing import Generic, TypeVar

from graphviz_ad.drawing.placement import Area, Point

CELL = 60.0  # about as large as a node

T = TypeVar("T")


class Nearby(Generic[T]):
    """Things by the areas in which they are."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[T]] = {}

    def add(self, area: Area, thing: T) -> None:
        columns, rows = _cells(area.left, area.right), _cells(area.top, area.bottom)
        for cell in product(columns, rows):
            self._cells.setdefault(cell, []).append(thing)

    def at(self, point: Point) -> Sequence[T]:
        """What may be there, in the order in which it was added: all whose area the point is in are among it."""
        return self._cells.get((int(point[0] // CELL), int(point[1] // CELL)), ())


def _cells(low: float, high: float) -> range:
    return range(int(low // CELL), int(high // CELL) + 1)
