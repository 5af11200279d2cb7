"""Formulas and words in centred lines."""

from collections.abc import Sequence

from graphviz_ad.drawing.panel import Drawing
from graphviz_ad.drawing.scene import Group, Set, Shape, Text

LEADING = 10.0  # between lines


def stacked(lines: Sequence[list[tuple[Set, str]]], gap: float, key: str, title: str) -> Drawing:
    """The lines below each other, each in the middle, as one group."""
    widths = [sum(content.width for content, _ in line) + gap * (len(line) - 1) for line in lines]
    width = max(widths, default=0)
    shapes: list[Shape] = []
    y = 0.0
    for line, used in zip(lines, widths, strict=True):
        x = (width - used) / 2
        ascent, descent = (max(getattr(content, side) for content, _ in line) for side in ("ascent", "descent"))
        for content, style in line:
            shapes.append(Text(x, y + ascent, content, style))
            x += content.width + gap
        y += ascent + descent + LEADING
    return Drawing(width, y - LEADING if lines else 0, (Group(key, title, tuple(shapes)),) if lines else ())
