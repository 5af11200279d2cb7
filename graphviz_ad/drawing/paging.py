"""Strips of a sheet below each other, with a new page before each that the last one has no room for."""

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import inf

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.curves import between_heights
from graphviz_ad.drawing.panel import Drawing, Seam, shifted
from graphviz_ad.drawing.placement import Point
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
    groups: list[list[Group]] = [[] for _ in starts]
    for group in drawing.groups:
        for again, (number, part) in enumerate(_by_part(group, drawing.seams)):
            groups[number].append(part.replace(key=f"{group.key}-{again}") if again else part)
    return [
        (start - before, drawing.replace(height=end - start,
                                         groups=shifted(Drawing(0, 0, tuple(found)), 0, -start), seams=()))
        for before, start, end, found in zip([0.0, *ends], starts, ends, groups, strict=False)
    ]  # fmt: skip


def _by_part(group: Group, seams: Sequence[Seam]) -> Iterator[tuple[int, Group]]:
    """What of a group is above, between and below the seams, with the number of its part; a vertex stays whole."""
    middles = [(seam.top + seam.bottom) / 2 for seam in seams]
    shapes: dict[int, list[Shape]] = {}
    for unit in _units(group):
        first, last = bisect(middles, unit.top), bisect(middles, unit.bottom)
        for shape in unit.shapes:
            if unit.is_line and isinstance(shape, Curve) and first < last:
                for number, points in _pieces(shape, seams):
                    shapes.setdefault(number, []).append(shape.replace(points=points))
            else:
                shapes.setdefault(bisect(middles, unit.middle), []).append(shape)
    for number in sorted(shapes) or [0]:
        yield number, group.replace(shapes=tuple(shapes.get(number, ())))


def _pieces(curve: Curve, seams: Sequence[Seam]) -> Iterator[tuple[int, tuple[Point, ...]]]:
    """The pieces of a curve, each with the number of its part."""
    tops, bottoms = [-inf, *(seam.bottom for seam in seams)], [*(seam.top for seam in seams), inf]
    for number, (top, bottom) in enumerate(zip(tops, bottoms, strict=True)):
        for points in between_heights(curve.points, top, bottom):
            yield number, points


class _Unit(Record):
    """Shapes that are not parted, but for a curve that stands alone, and the heights between which they are."""

    shapes: tuple[Shape, ...]
    top: float
    bottom: float

    @property
    def is_line(self) -> bool:
        return len(self.shapes) == 1 and isinstance(self.shapes[0], Curve)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def _units(group: Group) -> Iterator[_Unit]:
    """A vertex with its numbers; each shape of an arrow."""
    for shapes in (group.shapes,) if group.node is not None else ((shape,) for shape in group.shapes):
        corners = [extent(shape) for shape in shapes]
        yield _Unit(shapes, min(corner[1] for corner in corners), max(corner[3] for corner in corners))


def with_seams(drawing: Drawing, page: float, beneath: float) -> Drawing:
    """A drawing with more seams where a part of it is higher than a page, whose last one has to hold what stands
    `beneath` the drawing: where few arrows pass, and between what stands above and below. Where that stands side by
    side, each is whole in its part, and the arrows between are in both."""
    starts = [0.0, *(seam.bottom for seam in drawing.seams)]
    ends = [*(seam.top for seam in drawing.seams), drawing.height + beneath]
    if all(end - start <= page for start, end in zip(starts, ends, strict=True)):
        return drawing
    units = [unit for group in drawing.groups for unit in _units(group)]
    lines = [unit for unit in units if unit.is_line]
    possible = _seams_between([unit for unit in units if not unit.is_line])
    passing = {seam: sum(line.top < seam.top and seam.bottom < line.bottom for line in lines) for seam in possible}
    made = list(drawing.seams)
    for start, end in zip(starts, ends, strict=True):
        while end - start > page:
            found = [seam for seam in possible if start < seam.bottom and seam.top <= start + page]
            late = [seam for seam in found if seam.top > start + page / 2] or found
            if not late:
                break
            made.append(min(late, key=lambda seam: (max(0.0, seam.top - seam.bottom), passing[seam], -seam.top)))
            start = made[-1].bottom
    return drawing.replace(seams=tuple(sorted(made, key=lambda seam: seam.top)))


def _seams_between(units: Sequence[_Unit]) -> list[Seam]:
    """The places between units from top to bottom: in the middle where nothing stands between heights; else from where
    the lower ones begin to where the upper ones end."""
    stand = sorted(units, key=lambda unit: unit.middle)
    lows = list(accumulate((unit.bottom for unit in stand), max))
    tops = list(accumulate((unit.top for unit in reversed(stand)), min))[::-1]
    return [Seam((low + top) / 2, (low + top) / 2) if low < top else Seam(low, top)
            for low, top in zip(lows, tops[1:], strict=False)]  # fmt: skip


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
