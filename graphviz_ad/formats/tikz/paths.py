"""Curves of a scene as paths of TikZ: their corners, and lines and curves where there are no corners to be had."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Pill
from graphviz_ad.formats.tikz.styles import number

NEAR = 0.1  # pixels that nobody sees
BLUNT = 0.7  # pixels by which a corner stands off the line between its neighbours at least
ONE = 6.0  # pixels between two corners that are those of one curve, which something cut

PathPiece = tuple[Point, ...]  # a line by its end, a curve by its controls and its end


def at(point: Point, digits: int = 0) -> str:
    """A place as TikZ has it."""
    return f"({number(point[0], digits)},{number(point[1], digits)})"


def whole(point: Point, origin: Point) -> tuple[int, int]:
    """A place in whole pixels from an origin."""
    return round(point[0] - origin[0]), round(point[1] - origin[1])


def pieces(points: Sequence[Point]) -> list[PathPiece]:
    """A spline's beginning and its pieces; lines that go on in one direction are one."""
    made: list[PathPiece] = [(points[0],)]
    for k in range(0, len(points) - 1, 3):
        start, *controls, end = points[k : k + 4]
        if hypot(end[0] - start[0], end[1] - start[1]) < NEAR / 2:
            continue
        straight = all(_between(control, start, end) for control in controls)
        if straight and len(made) > 1 and len(made[-1]) == 1 and _between(start, made[-2][-1], end):
            made.pop()
        made.append((end,) if straight else (*controls, end))
    return made


def path(points: Sequence[Point]) -> list[str]:
    """A spline as it is, step by step: lines and curves."""
    made = pieces(points)
    if len(made) > 6 and all(len(piece) == 1 for piece in made):
        return ["plot coordinates {", *(at(piece[0], 1) for piece in made), "}"]
    drawn = [f"-- {at(piece[0], 1)}" if len(piece) == 1
             else ".. controls {} and {} .. {}".format(*(at(point, 1) for point in piece))
             for piece in made[1:]]  # fmt: skip
    return [at(made[0][0], 1), *drawn]


def corners(points: Sequence[Point]) -> list[Point]:
    """The ends of a spline, and between them the corners that its curves round off."""
    made = [points[0]]
    for k in range(0, len(points) - 1, 3):
        start, first, second, end = points[k : k + 4]
        if not (_between(first, start, end) and _between(second, start, end)):
            corner = _crossing(start, first, second, end)
            made += [corner] if corner else []
        made.append(end)
    return _united(made)


def _crossing(start: Point, first: Point, second: Point, end: Point) -> Point | None:
    """Where the tangents at the two ends of a curve meet."""
    (ax, ay), (bx, by) = (first[0] - start[0], first[1] - start[1]), (second[0] - end[0], second[1] - end[1])
    turn = ax * by - ay * bx
    if abs(turn) < 1e-3 * hypot(ax, ay) * hypot(bx, by) or not turn:
        return None
    along = ((end[0] - start[0]) * by - (end[1] - start[1]) * bx) / turn
    return start[0] + along * ax, start[1] + along * ay


def _united(points: list[Point]) -> list[Point]:
    """The points with two that are near each other, and at neither end, as one where the lines beside them meet."""
    made = _sharp(points)
    for k in range(len(made) - 3):
        before, one, other, after = made[k : k + 4]
        if hypot(other[0] - one[0], other[1] - one[1]) < ONE:
            corner = _crossing(before, one, other, after)
            if corner is not None and hypot(corner[0] - one[0], corner[1] - one[1]) < ONE:
                return _united([*made[: k + 1], corner, *made[k + 3 :]])
    return made


def _sharp(points: Sequence[Point]) -> list[Point]:
    """The points without those that are on the way between their neighbours."""
    made = [points[0]]
    for place, point in enumerate(points[1:], 1):
        if place < len(points) - 1 and hypot(point[0] - made[-1][0], point[1] - made[-1][1]) < BLUNT:
            continue
        while len(made) > 1 and off_line(made[-1], made[-2], point) < BLUNT:
            made.pop()
        made.append(point)
    return made


def off_line(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the stretch between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = max(0.0, min(1.0, share(point, start, end)))
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def share(point: Point, start: Point, end: Point) -> float:
    """How much of the way from start to end there is before the place next to a point."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    return ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / ((dx * dx + dy * dy) or 1)


def gap(pill: Pill, point: Point) -> float:
    """How far a point is outside a shape, as TikZ has it; inside, below 0."""
    radius = 0.0 if pill.style == "constant" else min(pill.width, pill.height) / 2
    dx = abs(point[0] - pill.x) - (pill.width / 2 - radius)
    dy = abs(point[1] - pill.y) - (pill.height / 2 - radius)
    return hypot(max(0.0, dx), max(0.0, dy)) + min(0.0, max(dx, dy)) - radius


def border(pill: Pill, towards: Point) -> Point:
    """Where TikZ has a line from the middle of a shape to another place meet its border: of a long one it takes the
    rectangle around it."""
    dx, dy = towards[0] - pill.x, towards[1] - pill.y
    if is_round(pill):
        reach = pill.width / 2 / (hypot(dx, dy) or 1)
    else:
        reach = min(pill.width / 2 / (abs(dx) or 1e-9), pill.height / 2 / (abs(dy) or 1e-9))
    return pill.x + reach * dx, pill.y + reach * dy


def is_round(pill: Pill) -> bool:
    """Whether a shape is a circle."""
    return pill.style != "constant" and abs(pill.width - pill.height) < NEAR


def _between(point: Point, start: Point, end: Point) -> bool:
    """Whether a point lies on the line from start to end."""
    (x, y), (dx, dy) = (point[0] - start[0], point[1] - start[1]), (end[0] - start[0], end[1] - start[1])
    length = hypot(dx, dy) or 1
    return abs(x * dy - y * dx) < NEAR / 2 * length and -NEAR * length <= x * dx + y * dy <= (length + NEAR) * length
