"""Formulas and words in centred lines, as many in each as fit."""

from collections.abc import Iterable, Sequence

from graphviz_ad.drawing.panel import Drawing
from graphviz_ad.drawing.scene import Group, Set, Shape, Text

LEADING = 10.0  # between lines


def flow(sets: Iterable[tuple[Set, str]], gap: float, width: float) -> list[list[tuple[Set, str]]]:
    """What is set, each with its style, in lines of at most a width."""
    lines: list[list[tuple[Set, str]]] = []
    used = 0.0
    for content, style in sets:
        if lines and used + gap + content.width <= width:
            lines[-1].append((content, style))
            used += gap + content.width
        else:
            lines.append([(content, style)])
            used = content.width
    return lines


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
