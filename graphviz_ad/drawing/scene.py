"""Shapes with coordinates: what a figure is before any format. Lengths in pixels, y downwards."""

from collections.abc import Callable
from itertools import pairwise

from graphviz_ad.core.record import Record
from graphviz_ad.notation.setting import Settable

Point = tuple[float, float]


class Glyph(Record):
    """An outline at a place on the baseline."""

    outline: str
    x: float
    y: float


class Stroke(Record):
    """A horizontal line: the bar of a fraction or a root."""

    x: float
    y: float
    width: float
    thickness: float


class Outline(Record):
    """An empty box to be filled in, from its left top corner."""

    x: float
    y: float
    width: float
    height: float


class Set(Record):
    """A formula or words, typeset at a size: the box around a baseline at 0; glyphs, rules and frames placed from the
    left end of the baseline."""

    width: float
    ascent: float
    descent: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Stroke, ...]
    frames: tuple[Outline, ...]
    content: Settable | str
    size: float

    @property
    def height(self) -> float:
        return self.ascent + self.descent


Setter = Callable[[Settable | str, float], Set]


class Text(Record):
    """A typeset formula with the left end of its baseline at (x, y)."""

    x: float
    y: float
    set: Set
    style: str = "ink"


class Pill(Record):
    """A rectangle with round ends about a centre; a circle where it is as wide as high."""

    x: float
    y: float
    width: float
    height: float
    style: str


class Curve(Record):
    """A path of cubic Bézier segments."""

    points: tuple[Point, ...]
    style: str


class Tip(Record):
    """The head of an arrow: a triangle, its point first."""

    points: tuple[Point, Point, Point]
    style: str


Shape = Text | Pill | Curve | Tip


class Group(Record):
    """Shapes that are one thing to the reader, with the words that a tooltip shows. Its `key` is its own in a scene; it
    is of the vertex of a `node`, of an `arrow` by its place in a diagram, or the last of a panel of a view that it
    `ends`."""

    key: str
    title: str
    shapes: tuple[Shape, ...]
    node: int | None = None
    arrow: int | None = None
    ends: str = ""


class Break(Record):
    """Where a page ends: before which group of a scene, and how far down."""

    group: int
    y: float


class Scene(Record):
    """A figure: its size, its groups in drawing order, the outlines that its glyphs name, and its words. It is shown so
    many times `smaller`, and has pages where there are `breaks`."""

    width: float
    height: float
    groups: tuple[Group, ...]
    outlines: dict[str, str]
    title: str = ""
    description: str = ""
    smaller: float = 1.0
    breaks: tuple[Break, ...] = ()

    def pages(self) -> "tuple[Scene, ...]":
        """Each page as a scene of its own."""
        ends = (*self.breaks, Break(len(self.groups), self.height))
        made = []
        for start, end in pairwise((Break(0, 0.0), *ends)):
            groups = tuple(
                group.replace(shapes=tuple(moved(shape, 0, -start.y) for shape in group.shapes)) if start.y else group
                for group in self.groups[start.group : end.group]
            )
            made.append(self.replace(height=end.y - start.y, groups=groups, breaks=()))
        return tuple(made)


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """The shape elsewhere."""
    if isinstance(shape, Text):
        return Text(shape.x + dx, shape.y + dy, shape.set, shape.style)
    if isinstance(shape, Pill):
        return shape.replace(x=shape.x + dx, y=shape.y + dy)
    points = tuple((x + dx, y + dy) for x, y in shape.points)
    return shape.replace(points=points)


def extent(shape: Shape) -> tuple[float, float, float, float]:
    """The left, top, right and bottom of what is seen of a shape; of a curve, of its control points."""
    if isinstance(shape, Text):
        return shape.x, shape.y - shape.set.ascent, shape.x + shape.set.width, shape.y + shape.set.descent
    if isinstance(shape, Pill):
        return (shape.x - shape.width / 2, shape.y - shape.height / 2,
                shape.x + shape.width / 2, shape.y + shape.height / 2)  # fmt: skip
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    return min(xs), min(ys), max(xs), max(ys)
