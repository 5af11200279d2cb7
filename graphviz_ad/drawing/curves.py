"""Bézier splines cut where they meet the shapes at their ends, and the heads of arrows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import hypot

from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Curve, Pill, Shape, Tip

CurvePoints = tuple[Point, ...]
TIP, TIP_WIDTH = 8.5, 6.8
STRONGER = 1.5  # the tip of a strong arrow, beside that of others
_PRECISION = 11  # halvings: to a tenth of a pixel or less


def inside(pill: Pill, point: Point, margin: float = 0) -> bool:
    """Whether a point lies in a pill grown by a margin; around a bare constant, in its rectangle."""
    radius = 0 if pill.style == "constant" else min(pill.width, pill.height) / 2
    dx = max(0.0, abs(point[0] - pill.x) - (pill.width / 2 - radius))
    dy = max(0.0, abs(point[1] - pill.y) - (pill.height / 2 - radius))
    return hypot(dx, dy) <= radius + margin


def between(points: CurvePoints, tail: Pill, head: Pill, margin: float) -> CurvePoints:
    """The part of a spline outside the shapes at its ends, `margin` away from the head."""
    outside_tail = _from(points, lambda p: inside(tail, p))
    return _from(outside_tail[::-1], lambda p: inside(head, p, margin))[::-1]


def between_heights(points: CurvePoints, top: float, bottom: float) -> list[CurvePoints]:
    """The parts of a spline between two heights, from its start to its end; each segment of it only rises or falls."""

    def outside(point: Point) -> bool:
        return not top <= point[1] < bottom

    parts: list[CurvePoints] = []
    for k in range(0, len(points) - 1, 3):
        segment = points[k : k + 4]
        if all(map(outside, sample(segment))):
            continue
        piece = _from(_from(segment, outside)[::-1], outside)[::-1]
        if parts and parts[-1][-1] == piece[0]:
            parts[-1] += piece[1:]
        else:
            parts.append(piece)
    return parts


def with_tip(points: CurvePoints, length: float) -> tuple[CurvePoints, Point]:
    """The spline ended a length before its end, to make room for the arrow's tip, and that end."""
    end = points[-1]
    return _from(points[::-1], lambda p: hypot(p[0] - end[0], p[1] - end[1]) < length)[::-1], end


def triangle(base: Point, end: Point, width: float) -> tuple[Point, Point, Point]:
    """The tip of an arrow from its base to its end."""
    dx, dy = end[0] - base[0], end[1] - base[1]
    length = hypot(dx, dy) or 1
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    return end, (base[0] + nx, base[1] + ny), (base[0] - nx, base[1] - ny)


def arrow_shapes(line: tuple[Point, ...], style: str = "arrow") -> tuple[Shape, ...]:
    """An arrow along a spline."""
    size = STRONGER if style == "strong" else 1
    shaft, end = with_tip(line, size * TIP)
    return Curve(shaft, style), Tip(triangle(shaft[-1], end, size * TIP_WIDTH), f"{style}-tip")


def sample(points: CurvePoints, spacing: float = 8) -> list[Point]:
    """Points along a spline, about a spacing apart."""
    found = [points[0]]
    for k in range(0, len(points) - 1, 3):
        segment = points[k : k + 4]
        reach = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(segment))
        steps = max(1, int(reach / spacing))
        found += [at(segment, step / steps) for step in range(1, steps + 1)]
    return found


def _from(points: CurvePoints, hidden: Callable[[Point], bool]) -> CurvePoints:
    """The spline from where it comes out of hiding."""
    for k in range(0, len(points) - 1, 3):
        segment = points[k : k + 4]
        steps = [step / 8 for step in range(1, 9)]
        out = next((t for t in steps if not hidden(at(segment, t))), None)
        if out is None:
            continue
        if not hidden(points[k]):
            return points[k:]
        low, high = out - 1 / 8, out
        for _ in range(_PRECISION):
            middle = (low + high) / 2
            low, high = (middle, high) if hidden(at(segment, middle)) else (low, middle)
        return (*_after(segment, high), *points[k + 4 :])
    return points[-4:]


def _mix(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _after(segment: CurvePoints, t: float) -> CurvePoints:
    """The part of a segment after t (de Casteljau)."""
    a, b, c, d = segment
    ab, bc, cd = _mix(a, b, t), _mix(b, c, t), _mix(c, d, t)
    abc, bcd = _mix(ab, bc, t), _mix(bc, cd, t)
    return _mix(abc, bcd, t), bcd, cd, d


def at(segment: CurvePoints, t: float) -> Point:
    """The point of a segment at so much of its parameter, from 0 to 1."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = segment
    s = 1 - t
    a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy
