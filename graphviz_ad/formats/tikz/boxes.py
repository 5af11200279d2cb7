"""Boxes around what belongs together: they hang on the outermost of their nodes, and move with these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Shape, extent
from graphviz_ad.formats.tikz.nodes import NamedShape
from graphviz_ad.formats.tikz.paths import at


class HungBox:
    """A box and its places as TikZ finds them from its nodes. There are some: a box without any is of no use to it."""

    def __init__(self, outline: Shape, members: Sequence[NamedShape]) -> None:
        self.left, self.top, self.right, self.bottom = extent(outline)
        self.first = _outer(min, members)
        self.last = _outer(max, members)

    def corners(self) -> tuple[str, str]:
        """The left top and the right bottom corner."""
        return self.near((self.left, self.top)), _from(self.last, (self.right, self.bottom))

    def near(self, point: Point) -> str:
        """A place that moves with the left top corner."""
        return _from(self.first, point)


def members_of(outline: Shape, nodes: Iterable[NamedShape]) -> list[NamedShape]:
    """The nodes that stand in a box."""
    left, top, right, bottom = extent(outline)
    return [node for node in nodes if left < node.pill.x < right and top < node.pill.y < bottom]


TwoShapes = tuple[NamedShape, NamedShape]  # one that says how far to the right, and one that says how far down


def _outer(choose: Callable[..., NamedShape], members: Sequence[NamedShape]) -> TwoShapes:
    across = choose(members, key=lambda node: node.pill.x)
    down = choose(members, key=lambda node: node.pill.y)
    return (down, down) if across.pill.x == down.pill.x else (across, across) if across.pill.y == down.pill.y else (
        across, down)  # fmt: skip


def _from(nodes: TwoShapes, point: Point) -> str:
    across, down = nodes
    shift = f"[shift={{{at((point[0] - across.pill.x, point[1] - down.pill.y))}}}]"
    return f"({shift}{across.name}.center{'' if across is down else f' |- {down.name}.center'})"
