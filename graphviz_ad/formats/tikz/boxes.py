"""Boxes around what belongs together: they are about all of their nodes, and stretch where one is moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Shape, extent
from graphviz_ad.formats.tikz.nodes import NamedShape
from graphviz_ad.formats.tikz.paths import at


class StretchedBox:
    """A box and its places as TikZ finds them from its nodes. There are some: a box without any is of no use to it."""

    def __init__(self, name: str, outline: Shape, members: Sequence[NamedShape]) -> None:
        self.name, self.members = name, members
        self.left, self.top, self.right, self.bottom = extent(outline)

    def middles(self) -> list[str]:
        """The middles of its nodes, which all others of its places go by."""
        places = [f"({node.name}.center)" for node in self.members]
        return places if len(places) > 1 else places * 2

    def corners(self) -> tuple[str, str]:
        """The left top and the right bottom corner."""
        last = (max(node.pill.x for node in self.members), max(node.pill.y for node in self.members))
        return self.near((self.left, self.top)), self._from("south east", last, (self.right, self.bottom))

    def near(self, point: Point) -> str:
        """A place that moves with the left top corner."""
        first = (min(node.pill.x for node in self.members), min(node.pill.y for node in self.members))
        return self._from("north west", first, point)

    def _from(self, corner: str, here: Point, point: Point) -> str:
        return f"([shift={{{at((point[0] - here[0], point[1] - here[1]))}}}]{self.name}.{corner})"


def members_of(outline: Shape, nodes: Iterable[NamedShape]) -> list[NamedShape]:
    """The nodes that stand in a box."""
    left, top, right, bottom = extent(outline)
    return [node for node in nodes if left < node.pill.x < right and top < node.pill.y < bottom]
