"""Strips of a sheet below each other, with a new page before each that the last one has no room for."""

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from math import inf

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.curves import between_heights
from graphviz_ad.drawing.panel import Drawing, shifted
from graphviz_ad.drawing.scene import Break, Curve, Group, Shape, extent
from graphviz_ad.drawing.size import MARGIN


class Strip(Record):
    """What is not parted: its height, how far it is from what stands above it, and its groups from a height on."""

    height: float
    gap: float
    groups: Callable[[float], Sequence[Group]]


def parted(drawing: Drawing) -> list[tuple[float, Drawing]]:
    """The parts of a drawing at its seams, each as wide as the whole and from a height of 0 on, with what is between it
    and the one before; arrows that go on from part to part are cut."""
    starts = [0.0, *(seam.bottom for seam in drawing.seams)]
    ends = [*(seam.top for seam in drawing.seams), drawing.height]
    gaps = [0.0, *(seam.bottom - seam.top for seam in drawing.seams)]
    cuts = [(seam.top + seam.bottom) / 2 for seam in drawing.seams]
    groups: list[list[Group]] = [[] for _ in starts]
    for group in drawing.groups:
        for again, (number, part) in enumerate(_by_part(group, cuts)):
            groups[number].append(part.replace(key=f"{group.key}-{again}") if again else part)
    return [
        (gap, drawing.replace(height=end - start, groups=shifted(Drawing(0, 0, tuple(found)), 0, -start), seams=()))
        for gap, start, end, found in zip(gaps, starts, ends, groups, strict=True)
    ]


def _by_part(group: Group, cuts: Sequence[float]) -> Iterator[tuple[int, Group]]:
    """What of a group is above, between and below the cuts, with the number of its part."""
    shapes: dict[int, list[Shape]] = {}
    for shape in group.shapes:
        for number, piece in _pieces(shape, cuts):
            shapes.setdefault(number, []).append(piece)
    for number in sorted(shapes) or [0]:
        yield number, group.replace(shapes=tuple(shapes.get(number, ())))


def _pieces(shape: Shape, cuts: Sequence[float]) -> Iterator[tuple[int, Shape]]:
    """A shape, or of a curve that is cut its pieces, each with the number of its part."""
    _, top, _, bottom = extent(shape)
    first, last = bisect(cuts, top), bisect(cuts, bottom)
    if first == last or not isinstance(shape, Curve):
        yield bisect(cuts, (top + bottom) / 2), shape
        return
    edges = (-inf, *cuts, inf)
    for number in range(first, last + 1):
        if points := between_heights(shape.points, edges[number], edges[number + 1]):
            yield number, shape.replace(points=points)


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
