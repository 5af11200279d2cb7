"""Paths of SVG in few characters: relative steps in parts of a pixel, straight parts as lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from graphviz_ad.drawing.scene import Point

Place = tuple[int, int]  # in parts of a pixel, so that rounding does not add up
Command = tuple[str, Sequence[Place]]  # its letter, and its steps
_STRAIGHT = 1.0  # how far a control point may be from a straight line, in parts
_COMMAND = re.compile(r"([a-df-zA-DF-Z])([^a-df-zA-DF-Z]*)")  # an e is of a number


def curve(points: Sequence[Point], digits: int = 1) -> str:
    """A path of cubic Bézier segments, to so many digits."""
    places = _rounded(points, digits)
    return _written([("M", places[:1]), *_joined(_steps(places))], digits)


def polygon(points: Sequence[Point], digits: int = 1) -> str:
    """A closed path of straight lines."""
    places = _rounded(points, digits)
    lines = (_line(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(places))
    return _written([("M", places[:1]), *filter(None, lines), ("z", ())], digits)


def outline(path: str, digits: int = 2) -> str:
    """A path in relative steps, as Typst writes it, to so many digits."""
    return _written(_outlined(path, digits), digits)


def _rounded(points: Sequence[Point], digits: int) -> list[Place]:
    return [(round(10**digits * x), round(10**digits * y)) for x, y in points]


def _outlined(path: str, digits: int) -> Iterator[Command]:
    here = begun = (0.0, 0.0)
    for command, numbers in _COMMAND.findall(path):
        lengths = [float(number) for number in numbers.split()]
        if command in "zZ":
            yield "z", ()
            here = begun
            continue
        across, down = {"h": (lengths, [0.0]), "v": ([0.0], lengths)}.get(command, (lengths[::2], lengths[1::2]))
        origin = (0.0, 0.0) if command == "M" else here
        ends = [(origin[0] + dx, origin[1] + dy) for dx, dy in zip(across, down, strict=True)]
        (x0, y0), *places = _rounded([origin, *ends], digits)
        here = ends[-1]
        begun = here if command in "mM" else begun
        made = [(x - x0, y - y0) for x, y in places]
        if command in "hvl":
            yield from filter(None, [_line(*made[0])])
        elif (command, here) != ("M", (0.0, 0.0)):  # where Typst begins, before it goes to where the outline does
            yield command, made


def _steps(places: Sequence[Place]) -> Iterator[tuple[Place, ...]]:
    """Each segment from its start: a line as one step, a curve as its three points."""
    for start in range(0, len(places) - 3, 3):
        (x0, y0), *others = places[start : start + 4]
        steps = [(x - x0, y - y0) for x, y in others]
        yield tuple(steps[-1:]) if _is_straight(steps) else tuple(steps)


def _is_straight(steps: Sequence[Place]) -> bool:
    """Whether the control points of a segment lie on the line to its end, between the two."""
    x, y = steps[-1]
    square = x * x + y * y
    return all(
        abs(x * dy - y * dx) <= _STRAIGHT * square**0.5 and 0 <= x * dx + y * dy <= square for dx, dy in steps[:-1]
    )


def _joined(steps: Iterable[tuple[Place, ...]]) -> Iterator[Command]:
    """The steps as commands; lines that go on in one direction along an axis are one."""
    x = y = 0
    for step in (*steps, ()):
        if len(step) == 1 and (step[0][0] * y == step[0][1] * x == 0) and step[0][0] * x + step[0][1] * y >= 0:
            x, y = x + step[0][0], y + step[0][1]
            continue
        yield from filter(None, [_line(x, y)])
        x, y = step[0] if len(step) == 1 else (0, 0)
        if len(step) == 3:
            yield "c", step


def _line(x: int, y: int) -> Command | None:
    return ("l", [(x, y)]) if x or y else None


def _written(commands: Iterable[Command], digits: int) -> str:
    return "".join(_command(*command, digits) for command in commands).replace(" -", "-")


def _command(name: str, places: Sequence[Place], digits: int) -> str:
    """A command with its lengths; a line along an axis is shorter."""
    if name == "l" and 0 in places[0]:
        (x, y), name = places[0], "v" if places[0][0] == 0 else "h"
        return name + n((x or y) / 10**digits)
    return name + " ".join(n(length / 10**digits) for place in places for length in place)


def n(value: float, digits: int = 2) -> str:
    """A length, to so many digits behind the point, without a zero before it."""
    text = f"{round(value, digits) + 0.0:.8g}"  # + 0.0 makes -0.0 zero
    return text.replace("0.", ".", 1) if -1 < value < 1 else text


def place(x: float, y: float) -> str:
    """Attributes of a place; nothing at the origin."""
    return "".join(f' {name}="{said}"' for name, said in (("x", n(x)), ("y", n(y))) if said != "0")
