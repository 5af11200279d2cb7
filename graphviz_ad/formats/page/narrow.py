"""The layout of a figure for a narrow screen: downwards, or without the numbers on arrows, where it is larger so."""

from __future__ import annotations

from collections.abc import Callable

from graphviz_ad.core.diagram import Diagram, Direction
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.panel import Drawing
from graphviz_ad.drawing.placement import is_upright
from graphviz_ad.drawing.scene import Pill

PHONE = 360.0, 380.0  # the room for a figure
WORTH = 1.1  # so much larger it is without the numbers that are then said of an arrow that is pointed at


class NarrowDrawing(Record):
    """A drawing, its direction, and whether it is `brief`: without numbers on arrows."""

    drawing: Drawing
    direction: Direction
    brief: bool

    @property
    def size(self) -> float:
        """How large it is where it fills the screen."""
        return min(PHONE[0] / self.drawing.width, PHONE[1] / self.drawing.height)


def narrow(
    made: Drawing, direction: Direction, roomy: Diagram, brief: Diagram, draw: Callable[[Diagram, Direction], Drawing]
) -> NarrowDrawing:
    """The drawing that was made of the `roomy` diagram, or another one that is larger on a narrow screen."""
    found = [NarrowDrawing(made, direction, False)]
    if brief != roomy:
        found.append(NarrowDrawing(draw(brief, direction), direction, True))
    if not is_upright(direction) and PHONE[0] / _side_by_side(made) > max(one.size for one in found):
        found += [NarrowDrawing(draw(diagram, "tb"), "tb", diagram != roomy)
                  for diagram in (roomy, brief)[: len(found)]]  # fmt: skip
    return max(found, key=lambda one: one.size / (WORTH if one.brief else 1.0))


def _side_by_side(drawing: Drawing) -> float:
    """How wide an upright figure is at least: as the nodes of a column of this one beside each other."""
    columns: dict[float, float] = {}
    for shape in (shape for group in drawing.groups for shape in group.shapes):
        if isinstance(shape, Pill) and shape.style != "output-ring":
            columns[shape.x] = columns.get(shape.x, 0.0) + shape.width
    return max(columns.values(), default=1.0)
