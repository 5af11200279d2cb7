"""Strips of a sheet below each other, with a new page before each that the last one has no room for."""

from collections.abc import Callable, Sequence

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.panel import Drawing, Seam, shifted
from graphviz_ad.drawing.scene import Break, Group
from graphviz_ad.drawing.size import MARGIN


class Strip(Record):
    """What is not parted: its height, how far it is from what stands above it, and its groups from a height on."""

    height: float
    gap: float
    groups: Callable[[float], Sequence[Group]]


def parted(drawing: Drawing) -> list[tuple[float, Drawing]]:
    """The parts of a drawing at its seams, each as wide as the whole and from a height of 0 on, with what is between it
    and the one before."""
    starts = [Seam(0, 0.0, 0.0), *drawing.seams]
    ends = [*((seam.group, seam.top) for seam in drawing.seams), (len(drawing.groups), drawing.height)]
    made = []
    for seam, (last, end) in zip(starts, ends, strict=True):
        part = drawing.replace(height=end - seam.bottom, groups=drawing.groups[seam.group : last], seams=())
        made.append((seam.bottom - seam.top, part.replace(groups=shifted(part, 0, -seam.bottom))))
    return made


def on_pages(strips: Sequence[Strip], top: float, page: float) -> tuple[list[Group], list[Break], float]:
    """The groups of all strips from the top on, where the pages of that height end, and where the last strip does; on
    one page however high where it is 0."""
    groups: list[Group] = []
    breaks: list[Break] = []
    end, start = top, 0.0
    for number, strip in enumerate(strips):
        y = end + strip.gap if number else top
        if number and page and y + strip.height + MARGIN - start > page:
            start = end + MARGIN
            breaks.append(Break(len(groups), start))
            y = start + MARGIN
        groups += strip.groups(y)
        end = y + strip.height
    return groups, breaks, end
