"""The ways of all arrows of a diagram and the places of their labels, found together."""

from collections import Counter
from collections.abc import Sequence

from graphviz_ad.core.diagram import Direction
from graphviz_ad.drawing.curves import between
from graphviz_ad.drawing.edge_path import Box, Obstacles, direct, route, settled
from graphviz_ad.drawing.lanes import Taken, lanes
from graphviz_ad.drawing.placement import Link, Placement
from graphviz_ad.drawing.scene import Pill, Point

APART = 18.0  # between two arrows with the same ends, in the middle of their way
CLEAR = 1.5  # between an arrow and the shape that it points at
ROUNDS = 2  # in which arrows that are not simple find their lanes beside each other
SETTLINGS = 3  # rounds in which labels find their places


def ways(
    links: Sequence[Link],
    placement: Placement,
    pills: Sequence[Pill],
    gates: Sequence[Pill | None],
    marks: Sequence[Box],
    direction: Direction,
) -> tuple[list[tuple[Point, ...]], list[Point]]:
    """The way of each arrow, cut to the shapes at its ends, and the centre of its label."""
    ends = [(pills[link.tail], gates[link.head] or pills[link.head]) for link in links]
    if placement.clear:
        lines = [between(way, *pair, CLEAR) for way, pair in zip(placement.splines, ends, strict=True)]
        return lines, list(placement.labels)
    shapes = [pill for pill in (*pills, *gates) if pill is not None]
    first = [
        Box(*centre, link.width, link.height, link.through) if link.width else None
        for link, centre in zip(links, placement.labels, strict=True)
    ]
    bows = _bows(links)
    flip = direction in ("tb", "bt")
    centres = [((tail.x, tail.y), (head.x, head.y)) for tail, head in ends]

    def routed(boxes: Sequence[Box | None]) -> tuple[list[tuple[Point, ...]], list[int]]:
        """The way of each arrow, and the arrows that meet something on it or have no simple one."""
        obstacles = Obstacles(shapes, (*marks, *filter(None, boxes)))
        found = placement.splines
        simple = [
            direct(tail, head, box, spline, direction, obstacles, bow)
            for (tail, head), box, spline, bow in zip(ends, boxes, found, bows, strict=True)
        ]
        crooked = [number for number, way in enumerate(simple) if way is None]
        made = {number: way for number, way in enumerate(simple) if way is not None}
        taken = Taken()
        for number, way in made.items():
            taken.put(number, lanes(way, flip))
        for number in crooked * ROUNDS:
            (tail, head), box = ends[number], boxes[number]
            made[number] = route(tail, head, box, found[number], direction, obstacles, taken.beside(number))
            taken.put(number, lanes(made[number], flip))
        astray = [
            number for number in crooked
            if boxes[number] != first[number]
            or obstacles.met_by(made[number], (*ends[number], boxes[number])) is not None
        ]  # fmt: skip
        return [made[number] for number in range(len(simple))], astray

    boxes = settled(first, centres, [*shapes, *marks], direction)
    drawn, astray = routed(boxes)
    for _ in range(SETTLINGS):
        back = {number for number in astray if boxes[number] != first[number]}
        if not back:
            break
        boxes = [first[number] if number in back else box for number, box in enumerate(boxes)]
        drawn, astray = routed(boxes)
    if astray:
        there = routed(first)
        if len(there[1]) < len(astray):
            boxes, (drawn, _) = first, there
    lines = [between(way, tail, head, CLEAR) for way, (tail, head) in zip(drawn, ends, strict=True)]
    labels = [(box.x, box.y) if box else centre for box, centre in zip(boxes, placement.labels, strict=True)]
    return lines, labels


def _bows(links: Sequence[Link]) -> list[float]:
    """How far each arrow bows aside, so that those with the same ends lie apart."""
    count = Counter((link.tail, link.head) for link in links)
    seen: Counter[tuple[int, int]] = Counter()
    bows = []
    for link in links:
        ends = (link.tail, link.head)
        bows.append((seen[ends] - (count[ends] - 1) / 2) * APART)
        seen[ends] += 1
    return bows
