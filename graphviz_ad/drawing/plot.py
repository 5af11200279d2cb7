"""A plot as a drawing: lines in a frame, ticks at round numbers, and above it the names of the lines."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from math import ceil, floor, isfinite, log10

from graphviz_ad.core.diagram import Plot
from graphviz_ad.core.formula import Expression, Formula, Rounded
from graphviz_ad.core.graph import CONST, Graph, Node
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.panel import Drawing, cropped, straight
from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Curve, Group, Setter, Shape, Text
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.write import write

WIDTH, HEIGHT = 420.0, 260.0
SIZE = 13.0
TICKS = 6  # about so many on an axis
TICK = 5.0  # its length
GAP = 6.0  # between a tick and its number
SAMPLE = 26.0  # of a line beside its name
STYLES = ("series-1", "series-2", "series-3")


class _Axis(Record):
    """An axis from its lowest to its highest tick; in powers of ten if the plot is logarithmic."""

    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Where a value stands: 0 at the lowest tick, 1 at the highest."""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def formulas(plot: Plot) -> Iterable[tuple[Settable | str, float]]:
    """All that is typeset in a drawing of the plot, with its size."""
    yield from ((name, SIZE) for name in (plot.x, plot.y, *(series.name for series in plot.series)))
    for axis in _axes(plot):
        yield from ((_number(tick, plot.logarithmic), SIZE) for tick in axis.ticks)


def draw(plot: Plot, setter: Setter, prefix: str) -> Drawing:
    """The plot drawn. `prefix` begins the keys of its groups."""
    across, up = _axes(plot)

    def at(x: float, y: float) -> Point:
        return across.place(x) * WIDTH, HEIGHT - up.place(y) * HEIGHT

    groups = [Group(f"{prefix}axes", "", (*_frame(across, up, plot.logarithmic), *_numbers(plot, across, up, setter)))]
    for number, series in enumerate(plot.series):
        runs = [list(run) for seen, run in groupby(plot.placed(series), lambda p: isfinite(p[1])) if seen]
        lines = tuple(_polyline([at(*point) for point in run], _style(number)) for run in runs if len(run) > 1)
        groups.append(Group(f"{prefix}s{number}", _words(series.name), lines))
    return cropped([*groups, Group(f"{prefix}names", "", tuple(_names(plot, setter)))])


@cache
def _axes(plot: Plot) -> tuple[_Axis, _Axis]:
    points = [point for series in plot.series for point in plot.placed(series) if isfinite(point[1])]
    xs, ys = [x for x, _ in points] or [0.0, 1.0], [y for _, y in points] or [0.0, 1.0]
    across, up = (_Axis(_ticks(min(values), max(values), plot.logarithmic)) for values in (xs, ys))
    return across, up


def _ticks(low: float, high: float, whole: bool) -> tuple[float, ...]:
    """Round numbers from below the lowest value to above the highest; whole ones, if they are exponents."""
    rough = max(high - low, abs(high) * 1e-9, 1e-300) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough * 0.999)
    step = max(1, ceil(rough)) if whole else step
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(k * step for k in range(first, max(last, first + 1) + 1))


def _number(tick: float, logarithmic: bool) -> Formula:
    if not logarithmic:
        return Rounded(tick, 6)
    nodes = (Node(CONST, (), 10), Node(CONST, (), round(tick)), Node("pow", (0, 1)))
    return Expression(Graph(nodes, (2,)))


def _frame(across: _Axis, up: _Axis, logarithmic: bool) -> Iterable[Shape]:
    """The box around the lines, its ticks, and the axes through zero where they lie inside."""
    corners = [(0.0, 0.0), (WIDTH, 0.0), (WIDTH, HEIGHT), (0.0, HEIGHT), (0.0, 0.0)]
    yield _polyline(corners, "rule")
    for tick in across.ticks:
        x = across.place(tick) * WIDTH
        yield straight(x, HEIGHT, x, HEIGHT + TICK, "rule")
    for tick in up.ticks:
        y = HEIGHT - up.place(tick) * HEIGHT
        yield straight(-TICK, y, 0, y, "rule")
    if 0 < across.place(0.0) < 1 and not logarithmic:
        yield straight(across.place(0.0) * WIDTH, 0, across.place(0.0) * WIDTH, HEIGHT, "grid")
    if 0 < up.place(0.0) < 1 and not logarithmic:
        yield straight(0, HEIGHT * (1 - up.place(0.0)), WIDTH, HEIGHT * (1 - up.place(0.0)), "grid")


def _numbers(plot: Plot, across: _Axis, up: _Axis, setter: Setter) -> Iterable[Shape]:
    """The numbers at the ticks and the names of the axes."""
    below = HEIGHT + TICK + GAP
    for tick in across.ticks:
        content = setter(_number(tick, plot.logarithmic), SIZE)
        yield Text(across.place(tick) * WIDTH - content.width / 2, below + content.ascent, content, "legend-text")
    widest = 0.0
    for tick in up.ticks:
        content = setter(_number(tick, plot.logarithmic), SIZE)
        y = HEIGHT - up.place(tick) * HEIGHT + (content.ascent - content.descent) / 2
        yield Text(-TICK - GAP - content.width, y, content, "legend-text")
        widest = max(widest, content.width)
    name = setter(plot.x, SIZE)
    yield Text((WIDTH - name.width) / 2, below + SIZE + GAP + name.ascent, name, "caption-text")
    name = setter(plot.y, SIZE)
    if name.width:
        yield Text(-TICK - GAP - widest - 14 - name.width, HEIGHT / 2 + name.ascent / 2, name, "caption-text")


def _names(plot: Plot, setter: Setter) -> Iterable[Shape]:
    """Each line's name beside a sample of it, in a row above the plot."""
    sets = [setter(series.name, SIZE) for series in plot.series]
    tallest = max((content.descent + SIZE / 4 for content in sets), default=0.0)
    x, y = 0.0, -14 - tallest
    for number, content in enumerate(sets):
        yield straight(x, y, x + SAMPLE, y, _style(number))
        yield Text(x + SAMPLE + GAP, y + SIZE / 4, content, "ink-text")
        x += SAMPLE + GAP + content.width + 1.4 * SAMPLE


def _polyline(points: list[Point], style: str) -> Curve:
    first, *rest = points
    spline = [first]
    for point in rest:
        spline += [spline[-1], point, point]
    return Curve(tuple(spline), style)


def _style(number: int) -> str:
    return STYLES[number % len(STYLES)]


def _words(name: Formula | str) -> str:
    return name if isinstance(name, str) else write(name, Plain())
