"""Boxes around vertices that belong together: thin, with round corners and a name, and nothing foreign inside."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.diagram import Region
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.scene import Curve, Group, Pill, Point, Set, Setter, Text, extent

NAME = 13.0  # size of a region's name
PADDING = 9.0  # between a box and what is in it
RADIUS = 10.0  # of its corners
ROUND = 0.5523  # of the radius: the arms of a quarter of a circle as a Bézier segment


class Rectangle(Record):
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rectangle) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class DrawnPart(Record):
    """Something drawn, and the nodes that it is of: a vertex, or an arrow by its ends."""

    nodes: frozenset[int]
    group: Group


def regions(
    found: Sequence[Region], parts: Sequence[DrawnPart], prefix: str, setter: Setter
) -> tuple[list[Group], tuple[str, ...]]:
    """The boxes of those regions that can have one, and a remark on each of the others, in whose box something foreign
    would stand, or half of another box."""
    around = [(part.nodes, box) for part in parts if (box := _around(part.group)) is not None]
    boxes: dict[int, tuple[set[int], Rectangle]] = {}
    made: list[Group] = []
    remarks: list[str] = []
    for number in sorted(range(len(found)), key=lambda number: len(found[number].nodes)):  # the inner ones first
        region = found[number]
        label = setter(region.name, NAME) if region.name else None
        for members in ({*region.nodes, *region.operations}, set(region.nodes)):
            within = [box for nodes, box in (*around, *boxes.values()) if nodes <= members]
            box = _box(within, label)
            if not any(box.meets(other) for nodes, other in (*around, *boxes.values()) if not nodes <= members):
                boxes[number] = members, box
                words = [Text(box.left + PADDING, box.top + 4 + label.ascent, label, "region-text")] if label else []
                made.append(Group(f"{prefix}r{number}", region.name, (Curve(_outline(box), "region"), *words)))
                break
        else:
            remarks.append(f"no box for {region.name}: what is not of it stands among it")
    return made[::-1], tuple(remarks)


def _box(inner: Sequence[Rectangle], label: Set | None) -> Rectangle:
    """The box around others, with room for its label."""
    left, right = min(one.left for one in inner) - PADDING, max(one.right for one in inner) + PADDING
    if label is not None:
        more = max(0.0, label.width + 2 * PADDING - (right - left)) / 2
        left, right = left - more, right + more
    top = min(one.top for one in inner) - PADDING - (label.height + 4 if label is not None else 0)
    return Rectangle(left, top, right, max(one.bottom for one in inner) + PADDING)


def _around(group: Group) -> Rectangle | None:
    """The box of a vertex, or of the label of an arrow, which may have none."""
    corners = [extent(shape) for shape in group.shapes if isinstance(shape, Pill | Text)]
    if not corners:
        return None
    return Rectangle(min(c[0] for c in corners), min(c[1] for c in corners), max(c[2] for c in corners),
               max(c[3] for c in corners))  # fmt: skip


def _outline(box: Rectangle) -> tuple[Point, ...]:
    """The way around a box, from the left end of its top."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    arm = RADIUS * (1 - ROUND)
    corners = (
        ((right - RADIUS, top), (right - arm, top), (right, top + arm), (right, top + RADIUS)),
        ((right, bottom - RADIUS), (right, bottom - arm), (right - arm, bottom), (right - RADIUS, bottom)),
        ((left + RADIUS, bottom), (left + arm, bottom), (left, bottom - arm), (left, bottom - RADIUS)),
        ((left, top + RADIUS), (left, top + arm), (left + arm, top), (left + RADIUS, top)),
    )
    points: list[Point] = [(left + RADIUS, top)]
    for start, *curve in corners:
        points += [points[-1], start, start, *curve]
    return (*points, points[-1], (left + RADIUS, top), (left + RADIUS, top))
