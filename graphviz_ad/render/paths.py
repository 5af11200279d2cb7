"""Paths of SVG in few characters: relative steps in tenths of a pixel, straight parts as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graphviz_ad.drawing.scene import Point

Place = tuple[int, int]  # in tenths of a pixel, so that rounding does not add up
_STRAIGHT = 1.0  # how far a control point may be from a straight line, in tenths


def curve(points: Sequence[Point]) -> str:
    """A path of cubic Bézier segments."""
    tens = [(round(10 * x), round(10 * y)) for x, y in points]
    return _tight(_start(tens[0]) + "".join(_joined(_steps(tens))))


def polygon(points: Sequence[Point]) -> str:
    """A closed path of straight lines."""
    tens = [(round(10 * x), round(10 * y)) for x, y in points]
    lines = (_line(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(tens))
    return _tight(_start(tens[0]) + "".join(lines) + "z")


def _start(place: Place) -> str:
    return f"M{_tenth(place[0])} {_tenth(place[1])}"


def _steps(tens: Sequence[Place]) -> Iterator[tuple[Place, ...]]:
    """Each segment from its start: a line as one step, a curve as its three points."""
    for start in range(0, len(tens) - 3, 3):
        (x0, y0), *others = tens[start : start + 4]
        steps = [(x - x0, y - y0) for x, y in others]
        yield tuple(steps[-1:]) if _is_straight(steps) else tuple(steps)


def _is_straight(steps: Sequence[Place]) -> bool:
    """Whether the control points of a segment lie on the line to its end, between the two."""
    x, y = steps[-1]
    square = x * x + y * y
    return all(
        abs(x * dy - y * dx) <= _STRAIGHT * square**0.5 and 0 <= x * dx + y * dy <= square for dx, dy in steps[:-1]
    )


def _joined(steps: Iterator[tuple[Place, ...]]) -> Iterator[str]:
    """The steps as commands; lines that go on in one direction along an axis are one."""
    x = y = 0
    for step in (*steps, ()):
        if len(step) == 1 and (step[0][0] * y == step[0][1] * x == 0) and step[0][0] * x + step[0][1] * y >= 0:
            x, y = x + step[0][0], y + step[0][1]
            continue
        yield _line(x, y)
        x, y = step[0] if len(step) == 1 else (0, 0)
        if len(step) == 3:
            yield "c" + " ".join(_tenth(length) for place in step for length in place)


def _line(x: int, y: int) -> str:
    if y == 0:
        return f"h{_tenth(x)}" if x else ""
    return f"v{_tenth(y)}" if x == 0 else f"l{_tenth(x)} {_tenth(y)}"


def _tenth(tens: int) -> str:
    text = f"{tens / 10:.8g}"
    return text.replace("0.", ".", 1) if -10 < tens < 10 else text


def _tight(path: str) -> str:
    return path.replace(" -", "-")
