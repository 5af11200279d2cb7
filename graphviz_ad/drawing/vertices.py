"""Vertices as they are drawn: their shapes, sized by their labels, the operations before them, and their numbers."""

from collections import Counter
from collections.abc import Iterable
from math import sqrt

from graphviz_ad.core.diagram import Arrow, Direction, Vertex
from graphviz_ad.core.formula import Definition, Formula, Gate, RoundedArray
from graphviz_ad.core.functions import operation
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.curves import arrow_shapes, between
from graphviz_ad.drawing.layered.routes import CLEAR, radius_for
from graphviz_ad.drawing.placement import Point, Size, is_upright
from graphviz_ad.drawing.scene import Group, Pill, Set, Setter, Shape, Text
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.slanted import shape_text
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

SIGN = 14.0  # of the sign in an operation
AXIS = 0.25  # height of the maths axis above the baseline, of the size
RADIUS = 19.0  # of a variable
OPERATION = 13.5  # radius of an operation
PADDING = 7.0  # between a name and its circle
CORNER = 2.0  # between the corners of what is tall and the round end beside them
MARK = 13.0  # size of the numbers at a node
SHAPE = 10.0  # size of its shape
MARK_GAP = 3.0  # between a node and its numbers


class DrawnVertex(Record):
    """A vertex with the sizes of its shape and of its box, and what is set in it: its label, the sign of the operation
    before it, its value above and its adjoint below."""

    vertex: Vertex
    shape: tuple[float, float]
    size: Size
    label: Set
    sign: Set | None = None
    sign_size: Size | None = None
    above: Set | None = None
    below: Set | None = None


def mark_size(mark: Formula | str) -> float:
    """The size at which a number at a node is set, or its shape."""
    return SHAPE if isinstance(mark, str) else MARK


def label_size(label: Formula) -> float:
    """The size at which the sign of an operation, a name or the value of a constant is set."""
    return SIGN if isinstance(label, Gate) else MATHS


def busy(arrows: Iterable[Arrow]) -> Counter[int]:
    """How many arrows meet a node on its busier side."""
    arrows = list(arrows)
    return Counter(arrow.tail for arrow in arrows) | Counter(arrow.head for arrow in arrows)


def node_of(vertex: Vertex, setter: Setter, direction: Direction, busy: int) -> DrawnVertex:
    """A vertex as it is drawn, where so many arrows meet it on one side."""
    label = setter(vertex.label, label_size(vertex.label))
    numbered = vertex.value is not None or vertex.adjoint is not None or bool(vertex.shape)
    bracketed = isinstance(vertex.label, Definition) and isinstance(vertex.label.number, RoundedArray)
    width, height = shape = _extent(vertex.role, label, busy, numbered, bracketed)
    below_it = vertex.adjoint if vertex.adjoint is not None else shape_text(vertex.shape) or None
    above, below = (None if mark is None else setter(mark, mark_size(mark)) for mark in (vertex.value, below_it))
    marks = [mark for mark in (above, below) if mark is not None]
    room = length = 0.0
    if marks and is_upright(direction):  # as much room on either side, so that the node stays in the middle
        room, length = MARK_GAP + max(mark.width for mark in marks), max(mark.height for mark in marks)
        width += 2 * room
    elif marks:
        room, length = MARK_GAP + max(mark.height for mark in marks), max(mark.width for mark in marks)
        width = max(width, length)
        height += 2 * room
    size = Size(width, height, room, length)
    if vertex.gate is None:
        return DrawnVertex(vertex, shape, size, label, above=above, below=below)
    sign = setter(vertex.gate, label_size(vertex.gate))
    sign_size = Size(*_extent(vertex.gate_role, sign, busy, False))
    return DrawnVertex(vertex, shape, size, label, sign, sign_size, above, below)


def _extent(role: str, content: Set, busy: int, numbered: bool, bracketed: bool = False) -> tuple[float, float]:
    """Width and height of the shape around a label, large enough for the tips of so many arrows; one that is
    `bracketed` ends in a matrix."""
    if role == "constant":
        return content.width + 8, content.height + 8
    radius, padding = (OPERATION, 5.0) if role == "operation" else (RADIUS, PADDING)
    height = max(2 * radius, content.height + 2 * padding - 2, 2 * radius_for(busy, numbered))
    if bracketed:  # corners must not stand where the ends are round
        padding = max(padding, height / 2 - sqrt(max(0.0, height**2 - content.height**2)) / 2 + CORNER)
    return max(height, content.width + 2 * padding), height


def pill_of(node: DrawnVertex, centre: Point) -> Pill:
    """The shape of a vertex in its place."""
    return Pill(*centre, *node.shape, node.vertex.role)


def gate_pill_of(node: DrawnVertex, centre: Point) -> Pill:
    """The shape of the operation before a vertex in its place."""
    assert node.sign_size is not None
    return Pill(*centre, node.sign_size.width, node.sign_size.height, node.vertex.gate_role)


def group_of(node: DrawnVertex, pill: Pill, gate: Pill | None, direction: Direction, prefix: str) -> Group:
    """All that is drawn of a vertex, with the operation that makes it and the arrow between them."""
    shapes: list[Shape] = []
    if gate is not None and node.sign is not None and node.vertex.gate is not None:
        line = between(((gate.x, gate.y),) * 2 + ((pill.x, pill.y),) * 2, gate, pill, CLEAR)
        style = "strong" if node.vertex.strong else "arrow"
        shapes += [*arrow_shapes(line, style), *_shape(gate), _centred(node.sign, gate, node.vertex.gate)]
    shapes += [*_shape(pill), _centred(node.label, pill, node.vertex.label), *_marks(node, pill, direction)]
    number = node.vertex.node
    return Group(f"{prefix}n{number}", vertex_title(node.vertex), tuple(shapes), number)


def vertex_title(vertex: Vertex) -> str:
    """What is said of a vertex where it is pointed at."""
    made = f", made by {write(vertex.gate, Plain())}" if vertex.gate is not None else ""
    numbers = (("value", vertex.value), ("adjoint", vertex.adjoint))
    said = "".join(f", {word} {write(number, Plain())}" for word, number in numbers if number is not None)
    return f"{vertex.role} {write(vertex.label, Plain())}{made}{said}"


def _marks(node: DrawnVertex, pill: Pill, direction: Direction) -> list[Text]:
    """The value above a node and the adjoint below it; to its left and right where arrows run upright."""
    marks = []
    below = "adjoint-text" if node.vertex.adjoint is not None else "legend-text"
    for content, side, style in ((node.above, -1, "value-text"), (node.below, 1, below)):
        if content is None:
            continue
        if is_upright(direction):
            away = pill.width / 2 + MARK_GAP
            x = pill.x + away if side > 0 else pill.x - away - content.width
            marks.append(Text(x, pill.y + (content.ascent - content.descent) / 2, content, style))
        else:
            away = pill.height / 2 + MARK_GAP
            baseline = pill.y + away + content.ascent if side > 0 else pill.y - away - content.descent
            marks.append(Text(pill.x - content.width / 2, baseline, content, style))
    return marks


def _shape(pill: Pill) -> tuple[Shape, ...]:
    """What is drawn of a vertex: nothing for a bare number, two rings for an output."""
    if pill.style == "constant":
        return ()
    if pill.style == "output":
        inner = Pill(pill.x, pill.y, pill.width - 6, pill.height - 6, "output-ring")
        return pill, inner
    return (pill,)


def _centred(content: Set, pill: Pill, formula: Formula) -> Text:
    """A label in the middle of its shape: signs by the maths axis, names by what is seen of them."""
    sign = isinstance(formula, Gate) and operation(formula.op).form != "root"
    rise = SIGN * AXIS if sign else (content.ascent - content.descent) / 2
    style = pill.style if pill.style in ("operation", "constant") else "ink"
    return Text(pill.x - content.width / 2, pill.y + rise, content, f"{style}-text")
