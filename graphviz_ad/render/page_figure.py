"""The figures of a page: every step of a backward graph in one picture, its labels as groups that the page shows and
hides, and places for the numbers that the page computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from graphviz_ad.drawing.layout import Direction
from graphviz_ad.drawing.panel import MARK, Drawing, draw, formulas
from graphviz_ad.drawing.scene import Curve, Group, Pill, Point, Set, Shape, Text, extent
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.notation.formula import Derivative, Equation, Formula, Relation, Rounded
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.render.pieces import Pieces, is_text, middle, n, tenth
from graphviz_ad.render.svg import escape
from graphviz_ad.transform.diagram import Arrow, Diagram, Vertex

SPACE = MATHS * 0.28  # around an equals sign
MARGIN = 10.0
SLOT = 46.0, 11.0  # the size of a number on an arrow
SLOT_GAP = 5.0
AIR = 4.0  # above and below labels, for the numbers on the arrows


class Figure(NamedTuple):
    """A picture: its size and the inside of its <svg>."""

    width: float
    height: float
    body: str


class Label(NamedTuple):
    """What an arrow says: the derivative unperformed, with d and with ∂, and what it is, where that is known."""

    ordinary: Derivative
    partial: Derivative
    value: Formula | None

    @property
    def is_partial(self) -> bool:
        """Whether the derivative is one of those that need ∂."""
        return self.chosen.partial

    chosen: Derivative = Derivative(None, None)


def label(arrow: Arrow) -> Label:
    """The label of an arrow of a backward graph, taken apart."""
    sides = arrow.label.sides if isinstance(arrow.label, Equation) else (arrow.label,)
    chosen = sides[0]
    assert isinstance(chosen, Derivative)
    value = sides[1] if len(sides) > 1 else None
    return Label(chosen._replace(partial=False), chosen._replace(partial=True), value, chosen)


def in_order(diagram: Diagram) -> Diagram:
    """The diagram with its arrows in the order in which they are drawn, so that each has the number of its place."""
    mirrored = diagram.kind == "backward"
    return diagram._replace(arrows=tuple(sorted(diagram.arrows, key=lambda a: a.tail if mirrored else a.head)))


def jobs(diagram: Diagram, digits: int) -> Iterator[tuple[Formula | str, float]]:
    """All that is typeset in a figure of the diagram."""
    yield from formulas(_roomy(diagram, digits))
    yield Relation("="), MATHS
    for vertex in diagram.vertices:
        yield from ((number, MARK) for number in (vertex.value, vertex.adjoint) if number is not None)
    for arrow in diagram.arrows if diagram.kind == "backward" else ():
        said = label(arrow)
        for derivative in (said.ordinary, said.partial):
            yield Derivative(None, None, derivative.partial), MATHS
            yield derivative, MATHS
        if said.value is not None:
            yield said.value, MATHS


def _roomy(diagram: Diagram, digits: int) -> Diagram:
    """The diagram with room for the longest labels, and at the nodes for numbers."""
    number = Rounded(float("-0." + "8" * digits), digits)
    adjoint = number if diagram.kind == "backward" else None
    vertices = (
        vertex if vertex.role == "constant" else vertex._replace(value=number, adjoint=adjoint)
        for vertex in diagram.vertices
    )
    return diagram._replace(vertices=tuple(vertices), arrows=tuple(map(_room, diagram.arrows)))


def _room(arrow: Arrow) -> Arrow:
    """An arrow with room for its longest label: ∂ is wider than d."""
    if arrow.label is None:
        return arrow
    said = label(arrow)
    widest: Formula = said.partial if said.value is None else Equation((said.partial, said.value))
    return arrow._replace(label=widest, room=widest)


def figure(diagram: Diagram, pieces: Pieces, direction: Direction, digits: int) -> Figure:
    """The picture of a diagram, which is `in_order`."""

    def airy(content: Formula | str, size: float) -> Set:
        made = pieces.setter(content, size)
        if isinstance(content, (Equation, Derivative)):
            return made._replace(ascent=made.ascent + AIR, descent=made.descent + AIR)
        return made

    roomy = _roomy(diagram, digits)
    drawing = draw(roomy, airy, direction, "", roomy)
    made = _Drawn(drawing, diagram, pieces)
    vertices = {vertex.node: vertex for vertex in diagram.vertices}
    parts = [
        made.arrow(group, diagram.arrows[int(group.key[1:])]) for group in drawing.groups if group.key[0] == "a"
    ] + [made.vertex(group, vertices[int(group.key[1:])]) for group in drawing.groups if group.key[0] == "n"]
    width, height = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN + made.below
    return Figure(width, height, f'<g transform="translate({n(MARGIN)} {n(MARGIN)})">{"".join(parts)}</g>')


def fraction_width(said: Label, pieces: Pieces) -> float:
    """How wide the fraction of a label is, with d or with ∂."""
    return max(pieces.setter(derivative, MATHS).width for derivative in (said.ordinary, said.partial))


def label_width(said: Label, pieces: Pieces) -> float:
    """How wide a label is."""
    parts = () if said.value is None else (pieces.setter(part, MATHS).width for part in (Relation("="), said.value))
    return fraction_width(said, pieces) + sum(SPACE + part for part in parts)


class _Drawn:
    """The groups of a drawing as SVG."""

    def __init__(self, drawing: Drawing, diagram: Diagram, pieces: Pieces) -> None:
        self.pieces = pieces
        self.taken = [
            (box, group.key) for group in drawing.groups for shape in group.shapes
            if not is_text(shape, "label-text") for box in _boxes(shape)
        ]  # fmt: skip
        for group in drawing.groups:
            for shape in group.shapes:
                if isinstance(shape, Text) and shape.style == "label-text":
                    said = label(diagram.arrows[int(group.key[1:])])
                    self.taken += [(box, "") for box in self.label_boxes(said, shape)]
        self.height, self.below = drawing.height, 0.0

    # ---- vertices

    def vertex(self, group: Group, vertex: Vertex) -> str:
        shapes = "".join(self.shape(shape) for shape in group.shapes)
        role = "" if vertex.role == "constant" else f' data-node="{vertex.node}"'
        title = escape(group.title.split(", value ")[0])
        for word, known in (("value", vertex.value), ("adjoint", vertex.adjoint)):
            place = [shape for shape in group.shapes if is_text(shape, f"{word}-text")]
            shapes += "".join(self.slot(word, *middle(shape), known, MARK) for shape in place)
        return f'<g class="node"{role}><title>{title}</title>{shapes}</g>'

    def shape(self, shape: Shape) -> str:
        if isinstance(shape, Text):
            if shape.style in ("value-text", "adjoint-text", "label-text"):
                return ""
            return self.pieces.use(shape.set, round(shape.x, 1), round(shape.y, 1), shape.style)
        if isinstance(shape, Pill):
            if shape.width == shape.height:
                centre = f'cx="{tenth(shape.x)}" cy="{tenth(shape.y)}"'
                return f'<circle class="{shape.style}" {centre} r="{tenth(shape.width / 2)}"/>'
            x, y = shape.x - shape.width / 2, shape.y - shape.height / 2
            radius = min(shape.width, shape.height) / 2
            return (
                f'<rect class="{shape.style}" x="{tenth(x)}" y="{tenth(y)}" width="{tenth(shape.width)}" '
                f'height="{tenth(shape.height)}" rx="{tenth(radius)}"/>'
            )
        if isinstance(shape, Curve):
            return f'<path class="{shape.style}" d="{relative("c", shape.points, 3)}"/>'
        return f'<path d="{relative("l", shape.points, 1)}z"/>'

    def slot(self, word: str, x: float, y: float, known: object, size: float) -> str:
        """A place for a number about its middle, with the number that is known already."""
        inside = ""
        if isinstance(known, Rounded):
            content = self.pieces.setter(known, size)
            inside = self.pieces.use(content, -content.width / 2, (content.ascent - content.descent) / 2)
        return f'<g class="{word}" transform="translate({tenth(x)} {tenth(y)})"{f">{inside}</g>" if inside else "/>"}'

    # ---- arrows

    def arrow(self, group: Group, arrow: Arrow) -> str:
        line = "".join(self.shape(shape) for shape in group.shapes)
        ends = f'data-of="{arrow.tail}" data-wrt="{arrow.head}"'
        texts = [shape for shape in group.shapes if isinstance(shape, Text)]
        if not texts:
            return f'<g class="edge" {ends}>{line}</g>'
        said = label(arrow)
        written: Formula = said.chosen if said.value is None else Equation((said.chosen, said.value))
        chosen = "wants-partial" if said.is_partial else "wants-ordinary"
        return (
            f'<g class="edge {chosen}" {ends}><title>{escape(write(written, Plain()))}</title>{line}'
            f"{self.label(said, texts[0])}{self.number_on(arrow, group, texts[0])}</g>"
        )

    def label(self, said: Label, text: Text) -> str:
        """The label's parts: the fraction, and what the derivative is. The script adds the other symbols."""
        setter = self.pieces.setter
        width, fraction = fraction_width(said, self.pieces), setter(said.chosen, MATHS)
        symbol = "partial" if said.is_partial else "ordinary"
        parts = [self.pieces.use(fraction, (width - fraction.width) / 2, style=f"fraction {symbol}")]
        if said.value is not None:
            equals, value = setter(Relation("="), MATHS), setter(said.value, MATHS)
            place = width + 2 * SPACE + equals.width
            parts += [
                self.pieces.use(equals, width + SPACE, style="performed"),
                self.pieces.use(value, place, style="performed"),
            ]
        return f'<g class="label-text" transform="translate({tenth(text.x)} {tenth(text.y)})">{"".join(parts)}</g>'

    def label_boxes(self, said: Label, text: Text) -> Iterator[Bounds]:
        """What the two sides of a label take: a fraction is higher than most derivatives."""
        fraction, right = self.pieces.setter(said.partial, MATHS), text.x + text.set.width
        yield text.x, text.y - fraction.ascent, text.x + fraction.width, text.y + fraction.descent
        if said.value is not None:
            value = self.pieces.setter(said.value, MATHS)
            yield right - value.width - 2 * SPACE, text.y - value.ascent, right, text.y + value.descent

    def number_on(self, arrow: Arrow, group: Group, text: Text) -> str:
        """The place of the number on an arrow: on its line, below its label's middle if nothing stands there."""
        (curve,) = (shape for shape in group.shapes if isinstance(shape, Curve))
        others = (box for box, key in self.taken if key != group.key)
        x, y = _free_place(curve, middle(text), others)
        self.taken.append(((x - SLOT[0] / 2, y - SLOT[1] / 2, x + SLOT[0] / 2, y + SLOT[1] / 2), ""))
        self.below = max(self.below, y + SLOT[1] - self.height)
        known = arrow.label.sides[2] if isinstance(arrow.label, Equation) and len(arrow.label.sides) > 2 else None
        return self.slot("slope", x, y, known, MARK)


def relative(command: str, points: Sequence[Point], count: int) -> str:
    """A path of one command, every `count` points relative to the last before them, in tenths: a third shorter."""
    tens = [(round(10 * x), round(10 * y)) for x, y in points]
    steps = []
    for start in range(1, len(tens), count):
        x0, y0 = tens[start - 1]
        steps += [length / 10 for x, y in tens[start : start + count] for length in (x - x0, y - y0)]
    first = f"M{tenth(tens[0][0] / 10)} {tenth(tens[0][1] / 10)}"
    return (first + command + " ".join(map(tenth, steps))).replace(" -", "-")


# ---- places for numbers

Bounds = tuple[float, float, float, float]


def _boxes(shape: Shape) -> Iterator[Bounds]:
    """What a shape takes of the picture, as boxes; a curve as those of its parts."""
    if isinstance(shape, Curve):
        points = list(_along(shape.points, 10))
        for (x, y), (to_x, to_y) in pairwise(points):
            yield min(x, to_x) - 2, min(y, to_y) - 2, max(x, to_x) + 2, max(y, to_y) + 2
    else:
        yield extent(shape)


def _along(points: Sequence[Point], steps: int) -> Iterator[Point]:
    """Points along a path of Bézier segments."""
    for start in range(0, len(points) - 3, 3):
        (a, b), (c, d), (e, f), (g, h) = points[start : start + 4]
        for step in range(steps + 1):
            t = step / steps
            p, q, r, s = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            yield p * a + q * c + r * e + s * g, p * b + q * d + r * f + s * h


def _free_place(curve: Curve, near: Point, taken: Iterable[Bounds]) -> Point:
    """A place for a number on a curve, or else a little below or above it; of those that are free the nearest to a
    point."""
    width, height = SLOT
    points = list(_along(curve.points, 16))
    away = height / 2 + SLOT_GAP
    beside = [(x, y + dy, 3 * abs(dy)) for x, y in points for dy in (0, 3, away, -away)]
    nearest = sorted(beside, key=lambda place: place[2] + abs(place[0] - near[0]) + abs(place[1] - near[1]))
    ranked = [(x, y) for x, y, _ in nearest]
    reach = [min(x for x, _ in ranked) - width, min(y for _, y in ranked) - height,
             max(x for x, _ in ranked) + width, max(y for _, y in ranked) + height]  # fmt: skip
    close = [b for b in taken if b[0] < reach[2] and b[2] > reach[0] and b[1] < reach[3] and b[3] > reach[1]]
    free = (place for place in ranked if not any(_touch(place, box) for box in close))
    return next(free, ranked[0])


def _touch(place: Point, box: Bounds) -> bool:
    """Whether a number about a place would touch a box."""
    x, y, (width, height) = *place, SLOT
    return (
        box[0] < x + width / 2
        and box[2] > x - width / 2
        and box[1] < y + height / 2 + 1
        and box[3] > y - height / 2 - 1
    )
