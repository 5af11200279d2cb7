"""Boxes around vertices that belong together: thin, with round corners and a name, and nothing foreign inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from graphviz_ad.core.diagram import Region
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.curves import at
from graphviz_ad.drawing.layered.fences import PADDING, UNDER
from graphviz_ad.drawing.placement import Area, Point, Size
from graphviz_ad.drawing.scene import (
    Curve,
    Group,
    Pill,
    Set,
    Setter,
    Shape,
    Text,
    extent,
)

NAME = 13.0  # size of a region's name
PLACES = (0.0, 1.0, 0.5, 0.25, 0.75)  # where it may stand, from left to right
NEAR = 4.0  # between the points of an arrow that are looked at
RADIUS = 10.0  # of its corners
ROUND = 0.5523  # of the radius: the arms of a quarter of a circle as a Bézier segment


class DrawnPart(Record):
    """Something drawn, and the nodes that it is of: a vertex, or an arrow by its ends."""

    nodes: frozenset[int]
    group: Group


def title_sizes(found: Sequence[Region], setter: Setter) -> dict[str, Size]:
    """How large the names of regions are, by name."""
    sets = {region.name: setter(region.name, NAME) for region in found if region.name}
    return {name: Size(content.width, content.height) for name, content in sets.items()}


def regions(
    found: Sequence[Region],
    areas: Mapping[str, Sequence[Area]],
    parts: Sequence[DrawnPart],
    prefix: str,
    setter: Setter,
) -> tuple[list[Group], tuple[str, ...]]:
    """The boxes of those regions that have an area in the layout, one for each row in which they stand, and a remark on
    each of the others, and on those in which something foreign stands nevertheless."""
    around = [(part.nodes, box) for part in parts if (box := _around(part.group)) is not None]
    curves = [shape for part in parts for shape in part.group.shapes if isinstance(shape, Curve)]
    made: list[Group] = []
    remarks: list[str] = []
    for number in sorted(range(len(found)), key=lambda number: -len(found[number].nodes)):  # the inner ones last
        region = found[number]
        members = {*region.nodes, *region.operations}
        boxes = areas.get(region.name, ())
        if not boxes or any(_meets(box, other) for box in boxes for nodes, other in around if not nodes & members):
            remarks += [] if region.by_itself else [f"no box for {region.name}: what is not of it stands among it"]
            continue
        shapes: list[Shape] = [Curve(_outline(box), "region") for box in boxes]
        if region.name:
            shapes += [_title(box, setter(region.name, NAME), curves) for box in boxes]
        made.append(Group(f"{prefix}r{number}", region.name, tuple(shapes)))
    return made, tuple(remarks)


def _title(box: Area, label: Set, curves: Iterable[Curve]) -> Text:
    """The name of a box under its upper edge: to the left, to the right or between, where no arrow runs through it."""
    left, room = box.left + PADDING, box.right - box.left - 2 * PADDING - label.width
    under = box.top + 2 * UNDER + label.height
    strip = Area(box.left, box.top, box.right, under)
    taken = [x for curve in curves for x, y in _along(curve, strip) if box.top < y < under]

    def struck(x: float) -> int:
        return sum(x - UNDER < place < x + label.width + UNDER for place in taken)

    x = min((left + room * share for share in PLACES), key=struck) if room > 0 else left
    return Text(x, box.top + UNDER + label.ascent, label, "region-text")


def _along(curve: Curve, strip: Area) -> Iterator[Point]:
    """Points near each other on those segments of a curve that may come into a strip."""
    for start in range(0, len(curve.points) - 3, 3):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = curve.points[start : start + 4]
        if max(y0, y1, y2, y3) <= strip.top or min(y0, y1, y2, y3) >= strip.bottom:
            continue
        if max(x0, x1, x2, x3) < strip.left or min(x0, x1, x2, x3) > strip.right:
            continue
        count = max(2, ceil((abs(x3 - x0) + abs(y3 - y0)) / NEAR))
        yield from (at(curve.points[start : start + 4], number / count) for number in range(count + 1))


def _meets(one: Area, other: Area) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _around(group: Group) -> Area | None:
    """The box of a vertex, or of the label of an arrow, which may have none."""
    corners = [extent(shape) for shape in group.shapes if isinstance(shape, Pill | Text)]
    if not corners:
        return None
    lefts, tops, rights, bottoms = zip(*corners, strict=True)
    return Area(min(lefts), min(tops), max(rights), max(bottoms))


def _outline(box: Area) -> tuple[Point, ...]:
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
