"""Plots in characters, for a terminal."""

from math import isfinite

from graphviz_ad.core.diagram import Plot
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

WIDTH, HEIGHT = 61, 15  # in characters
MARKS = "●·○"


def characters(plot: Plot) -> list[str]:
    """The lines of a plot in characters; the first series lies on top."""
    series = [*map(plot.placed, plot.series)]
    xs = [x for points in series for x, _ in points]
    ys = [y for points in series for _, y in points if isfinite(y)] or [0.0]
    low, high, left, right = min(ys), max(ys), min(xs), max(xs)
    rows = [[" "] * WIDTH for _ in range(HEIGHT)]

    def row(y: float) -> int:
        return round((high - y) / ((high - low) or 1.0) * (HEIGHT - 1))

    if low <= 0 <= high and not plot.logarithmic:
        rows[row(0.0)] = ["─"] * WIDTH
    for number, points in reversed(list(enumerate(series))):
        for x, y in points:
            if isfinite(y):
                rows[row(y)][round((x - left) / ((right - left) or 1.0) * (WIDTH - 1))] = MARKS[number % len(MARKS)]
    labels = {0: _number(plot, high), HEIGHT - 1: _number(plot, low)}
    if low <= 0 <= high and not plot.logarithmic:
        labels[row(0.0)] = "0"
    return [
        *_framed(rows, labels, _number(plot, left), _number(plot, right)),
        _names(plot, max(map(len, labels.values()))),
    ]


def _number(plot: Plot, value: float) -> str:
    return f"{10.0**value:.1e}" if plot.logarithmic else f"{value:.3g}"


def _framed(rows: list[list[str]], labels: dict[int, str], first: str, last: str) -> list[str]:
    margin = max(map(len, labels.values()))
    lines = [f"{labels.get(number, ''):>{margin}} ┤{''.join(line)}".rstrip() for number, line in enumerate(rows)]
    return [*lines, f"{'':>{margin}}  {first}{last:>{WIDTH - len(first)}}"]


def _names(plot: Plot, margin: int) -> str:
    names = [line.name if isinstance(line.name, str) else write(line.name, Plain()) for line in plot.series]
    marked = (f"{MARKS[n % len(MARKS)]} {name}" for n, name in enumerate(names))
    return f"{'':>{margin}}  {'   '.join(marked)}"
