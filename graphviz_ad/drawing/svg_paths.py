"""Paths of SVG in few characters: relative steps in parts of a pixel, straight parts as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from graphviz_ad.core.patterns import pattern
from graphviz_ad.drawing.placement import Point

PathPlace = tuple[int, int]  # in parts of a pixel, so that rounding does not add up
Command = tuple[str, Sequence[int]]  # its letter, and its lengths
_STRAIGHT = 1.0  # how far a control point may be from a straight line, in parts
_COMMAND = pattern(r"([a-df-zA-DF-Z])([^a-df-zA-DF-Z]*)")  # an e is of a number
_DIGITS = 2  # of a pixel, at most
_REPEATED = frozenset("cl")  # commands that are not said again
_TWO_POINTS = pattern(r"(\.\d+) (?=\.)")  # a second point begins a second number


def curve(points: Sequence[Point], digits: int = 1) -> str:
    """A path of cubic Bézier segments, to so many digits."""
    places = _rounded(points, digits)
    return _written([("M", places[0]), *_joined(_steps(places))], digits)


def polygon(points: Sequence[Point], digits: int = 1) -> str:
    """A closed path of straight lines."""
    places = _rounded(points, digits)
    lines = (_line(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(places))
    return _written([("M", places[0]), *filter(None, lines), ("z", ())], digits)


@lru_cache(maxsize=1 << 11)  # each figure of a document has the same letters
def outline(path: str) -> str:
    """A glyph in relative steps, as Typst writes it with y upwards, to hundredths and with y downwards."""
    return _written(_outlined(path), _DIGITS)


def _rounded(points: Sequence[Point], digits: int) -> list[PathPlace]:
    return [(round(10**digits * x), round(10**digits * y)) for x, y in points]


def _outlined(path: str) -> Iterator[Command]:
    x = y = 0.0
    begun = (x, y)
    for command, numbers in _COMMAND.findall(path):
        if command in "zZ":
            yield "z", ()
            x, y = begun
            continue
        lengths = [*map(float, numbers.split())]
        if command == "M":
            x = y = 0.0
        elif command in "hv":
            lengths.insert(command == "h", 0.0)
        lengths[1::2] = [-length for length in lengths[1::2]]
        x0, y0 = round(100 * x), round(100 * y)
        steps = [round(100 * (origin + length)) - rounded
                 for length, origin, rounded in zip(lengths, (x, y) * 3, (x0, y0) * 3, strict=False)]  # fmt: skip
        x, y = x + lengths[-2], y + lengths[-1]
        if command in "mM":
            begun = x, y
        if command in "hvl":
            yield from filter(None, [_line(*steps)])
        elif (command, x, y) != ("M", 0, 0):  # where Typst begins, before it goes to where the outline does
            yield command, steps


def _steps(places: Sequence[PathPlace]) -> Iterator[tuple[PathPlace, ...]]:
    """Each segment from its start: a line as one step, a curve as its three points."""
    for start in range(0, len(places) - 3, 3):
        (x0, y0), *others = places[start : start + 4]
        steps = [(x - x0, y - y0) for x, y in others]
        yield tuple(steps[-1:]) if _is_straight(steps) else tuple(steps)


def _is_straight(steps: Sequence[PathPlace]) -> bool:
    """Whether the control points of a segment lie on the line to its end, between the two."""
    x, y = steps[-1]
    square = x * x + y * y
    return all(
        abs(x * dy - y * dx) <= _STRAIGHT * square**0.5 and 0 <= x * dx + y * dy <= square for dx, dy in steps[:-1]
    )


def _joined(steps: Iterable[tuple[PathPlace, ...]]) -> Iterator[Command]:
    """The steps as commands; lines that go on in one direction along an axis are one."""
    x = y = 0
    for step in (*steps, ()):
        if len(step) == 1 and (step[0][0] * y == step[0][1] * x == 0) and step[0][0] * x + step[0][1] * y >= 0:
            x, y = x + step[0][0], y + step[0][1]
            continue
        yield from filter(None, [_line(x, y)])
        x, y = step[0] if len(step) == 1 else (0, 0)
        if len(step) == 3:
            yield "c", [length for place in step for length in place]


def _line(x: int, y: int) -> Command | None:
    """A line; one along an axis is shorter."""
    if x and y:
        return "l", (x, y)
    return ("h", (x,)) if x else ("v", (y,)) if y else None


def _written(commands: Iterable[Command], digits: int) -> str:
    part = 10 ** (_DIGITS - digits)  # in hundredths
    written, last = [], ""
    for name, lengths in commands:
        written.append(" " if name == last and name in _REPEATED else name)
        written.append(" ".join([_hundredths(part * length) for length in lengths]))
        last = name
    return _TWO_POINTS.sub(r"\1", "".join(written).replace(" -", "-"))


@lru_cache(maxsize=1 << 14)
def _hundredths(length: int) -> str:
    """So many hundredths as `n` writes a length."""
    whole, rest = divmod(abs(length), 100)
    fraction = f".{rest:02}".rstrip("0") if rest else ""
    return ("-" if length < 0 else "") + (f"{whole}{fraction}" if whole or not rest else fraction)


def n(value: float, digits: int = 2) -> str:
    """A length, to so many digits behind the point, without a zero before it."""
    text = f"{round(value, digits) + 0.0:.8g}"  # + 0.0 makes -0.0 zero
    return text.replace("0.", ".", 1) if -1 < value < 1 else text


def place(x: float, y: float) -> str:
    """Attributes of a place; nothing at the origin."""
    return "".join(f' {name}="{said}"' for name, said in (("x", n(x)), ("y", n(y))) if said != "0")
