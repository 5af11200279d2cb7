"""One diagram as a drawing: vertices sized by their labels, laid out, arrows cut to the shapes they join."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from graphviz_ad.core.diagram import Arrow, Diagram, Direction, Vertex
from graphviz_ad.core.formula import Formula, Gate
from graphviz_ad.core.functions import operation
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.curves import between, triangle, with_tip
from graphviz_ad.drawing.layered.arrangement import Arrangement, arranged
from graphviz_ad.drawing.layered.placing import layered
from graphviz_ad.drawing.layered.routes import CLEAR, radius_for
from graphviz_ad.drawing.placement import Box, Link, Size
from graphviz_ad.drawing.scene import Curve, Group, Pill, Point, Set, Shape, Text, Tip, extent, moved
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.write import write

NOTE = 12.5  # of remarks
SIGN = 14.0  # of the sign in an operation
AXIS = 0.25  # height of the maths axis above the baseline, of the size
RADIUS = 19.0  # of a variable
OPERATION = 13.5  # radius of an operation
PADDING = 7.0  # between a name and its circle
MARK = 13.0  # size of the numbers at a node
MARK_GAP = 3.0  # between a node and its numbers
COLUMNS = 36.0  # between columns
ROWS = 22.0  # between the nodes of a column
WIRE_COLUMNS = 20.0  # between those of nodes and of the numbers at wires
WIRE = 14.0  # size of the numbers at a wire
WIRE_GAP = 4.0  # between a wire and its numbers
LABEL = 9.0  # room on each side of an arrow's label
TIP, TIP_WIDTH = 8.5, 6.8

Setter = Callable[[Settable | str, float], Set]


class Drawing(Record):
    """Groups with the size of the area that they fill, from (0, 0)."""

    width: float
    height: float
    groups: tuple[Group, ...]


class _Node(Record):
    vertex: Vertex
    shape: tuple[float, float]
    size: Size
    label: Set
    sign: Set | None = None
    sign_size: Size | None = None
    above: Set | None = None  # the value
    below: Set | None = None  # the adjoint


def formulas(diagram: Diagram) -> list[tuple[Settable | str, float]]:
    """All that is typeset in a drawing of the diagram, with its size."""
    jobs: list[tuple[Settable | str, float]] = []
    for vertex in diagram.vertices:
        jobs.append((vertex.label, _label_size(vertex)))
        if vertex.gate is not None:
            jobs.append((vertex.gate, _gate_size(vertex.gate)))
        jobs += [(number, MARK) for number in (vertex.value, vertex.adjoint) if number is not None]
    for arrow in diagram.arrows:
        labels = (arrow.label, arrow.room, arrow.below)
        jobs += [(label, WIRE if arrow.through else MATHS) for label in labels if label is not None]
    return jobs


def draw(
    diagram: Diagram,
    setter: Setter,
    direction: Direction,
    prefix: str,
    room: Diagram,
    arrangement: Arrangement | None = None,
) -> Drawing:
    """The diagram drawn, in the room of the complete one. `prefix` begins the keys of its groups; the `arrangement` is
    that of the figure that it is a part of."""
    mirrored = diagram.kind == "backward"
    vertices, arrows = _ordered(room)
    busy = _busy(arrows)
    nodes = {vertex.node: _node(vertex, setter, direction, busy[vertex.node]) for vertex in vertices}
    boxes, links = boxes_and_links(room, setter, direction)
    columns = WIRE_COLUMNS if any(link.through for link in links) else COLUMNS
    placement = layered(arrangement or arranged([room]), boxes, links, direction, mirrored, columns, ROWS)
    pills = [_pill(node, centre) for node, centre in zip(nodes.values(), placement.centres, strict=True)]
    gates = [
        None if centre is None else _gate_pill(node, centre)
        for node, centre in zip(nodes.values(), placement.operations, strict=True)
    ]
    ends = _ends(arrows, nodes, pills, gates, mirrored)
    lines = [between(way, *pair, CLEAR) for way, pair in zip(placement.splines, ends, strict=True)]
    tipless = placement.joined if mirrored else ()

    def groups(vertices: list[Vertex], arrows: list[Arrow]) -> list[Group]:
        made = [
            _arrow(
                arrow,
                f"{prefix}a{number}",
                lines[number],
                placement.labels[number],
                setter,
                direction,
                number not in tipless,
            )
            for number, arrow in enumerate(arrows)
        ]
        return made + [
            _vertex(_node(vertex, setter, direction, busy[vertex.node]), pill, gate, direction, prefix)
            for vertex, pill, gate in zip(vertices, pills, gates, strict=True)
        ]

    complete = groups(vertices, arrows)
    return cropped(complete if diagram is room else groups(*_ordered(diagram)), complete)


def boxes_and_links(diagram: Diagram, setter: Setter, direction: Direction) -> tuple[list[Box], list[Link]]:
    """What is to be placed in a drawing of the diagram."""
    vertices, arrows = _ordered(diagram)
    busy = _busy(arrows)
    nodes = [_node(vertex, setter, direction, busy[vertex.node]) for vertex in vertices]
    boxes = [Box(node.vertex.node, node.size, node.sign_size) for node in nodes]
    return boxes, _links(arrows, setter, direction)


def _ordered(diagram: Diagram) -> tuple[list[Vertex], list[Arrow]]:
    """Vertices and arrows in the order of the forward graph, so that its mirror image has the same rows."""
    mirrored = diagram.kind == "backward"
    vertices = sorted(diagram.vertices, key=lambda vertex: vertex.node)
    return vertices, sorted(diagram.arrows, key=lambda arrow: arrow.tail if mirrored else arrow.head)


# ---- vertices


def _label_size(vertex: Vertex) -> float:
    return SIGN if isinstance(vertex.label, Gate) else MATHS


def _gate_size(gate: Formula) -> float:
    return SIGN if isinstance(gate, Gate) else MATHS


def _busy(arrows: Iterable[Arrow]) -> Counter[int]:
    """How many arrows meet a node on its busier side."""
    arrows = list(arrows)
    return Counter(arrow.tail for arrow in arrows) | Counter(arrow.head for arrow in arrows)


def _node(vertex: Vertex, setter: Setter, direction: Direction, busy: int) -> _Node:
    label = setter(vertex.label, _label_size(vertex))
    numbered = vertex.value is not None or vertex.adjoint is not None
    width, height = shape = _extent(vertex.role, label, busy, numbered)
    above, below = (None if number is None else setter(number, MARK) for number in (vertex.value, vertex.adjoint))
    marks = [mark for mark in (above, below) if mark is not None]
    room = length = 0.0
    if marks and direction in ("tb", "bt"):  # as much room on either side, so that the node stays in the middle
        room, length = MARK_GAP + max(mark.width for mark in marks), max(mark.height for mark in marks)
        width += 2 * room
    elif marks:
        room, length = MARK_GAP + max(mark.height for mark in marks), max(mark.width for mark in marks)
        width = max(width, length)
        height += 2 * room
    size = Size(width, height, room, length)
    if vertex.gate is None:
        return _Node(vertex, shape, size, label, above=above, below=below)
    sign = setter(vertex.gate, _gate_size(vertex.gate))
    role = "operation" if isinstance(vertex.gate, Gate) else "constant"
    return _Node(vertex, shape, size, label, sign, Size(*_extent(role, sign, busy, False)), above, below)


def _extent(role: str, content: Set, busy: int, numbered: bool) -> tuple[float, float]:
    """Width and height of the shape around a label, large enough for the tips of so many arrows."""
    if role == "constant":
        return content.width + 8, content.height + 8
    radius, padding = (OPERATION, 5.0) if role == "operation" else (RADIUS, PADDING)
    height = max(2 * radius, content.height + 2 * padding - 2, 2 * radius_for(busy, numbered))
    return max(height, content.width + 2 * padding), height


def _pill(node: _Node, centre: Point) -> Pill:
    return Pill(*centre, *node.shape, node.vertex.role)


def _gate_pill(node: _Node, centre: Point) -> Pill:
    assert node.sign_size is not None
    role = "operation" if isinstance(node.vertex.gate, Gate) else "constant"
    return Pill(*centre, node.sign_size.width, node.sign_size.height, role)


def _vertex(node: _Node, pill: Pill, gate: Pill | None, direction: Direction, prefix: str) -> Group:
    shapes: list[Shape] = []
    title = write(node.vertex.label, Plain())
    if gate is not None and node.sign is not None and node.vertex.gate is not None:
        line = between(((gate.x, gate.y),) * 2 + ((pill.x, pill.y),) * 2, gate, pill, CLEAR)
        shapes += [*_arrow_shapes(line), *_shape(gate), _centred(node.sign, gate, node.vertex.gate)]
        title = f"{title}, made by {write(node.vertex.gate, Plain())}"
    shapes += [*_shape(pill), _centred(node.label, pill, node.vertex.label), *_marks(node, pill, direction)]
    numbers = (("value", node.vertex.value), ("adjoint", node.vertex.adjoint))
    title += "".join(f", {word} {write(number, Plain())}" for word, number in numbers if number is not None)
    return Group(f"{prefix}n{node.vertex.node}", f"{_ROLES[node.vertex.role]} {title}", tuple(shapes))


_ROLES = {"input": "input", "variable": "variable", "output": "output", "operation": "operation",
          "constant": "constant"}  # fmt: skip


def _marks(node: _Node, pill: Pill, direction: Direction) -> list[Text]:
    """The value above a node and the adjoint below it; to its left and right where arrows run upright."""
    marks = []
    for content, side, style in ((node.above, -1, "value-text"), (node.below, 1, "adjoint-text")):
        if content is None:
            continue
        if direction in ("tb", "bt"):
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


# ---- arrows


def _ends(
    arrows: Iterable[Arrow],
    nodes: dict[int, _Node],
    pills: Sequence[Pill],
    gates: Sequence[Pill | None],
    mirrored: bool,
) -> list[tuple[Pill, Pill]]:
    """The shapes that each arrow leads from and to; forward, to the operation that makes its head."""
    place = {node: number for number, node in enumerate(nodes)}
    pairs = ((place[arrow.tail], place[arrow.head]) for arrow in arrows)
    return [(pills[tail], (None if mirrored else gates[head]) or pills[head]) for tail, head in pairs]


def _links(arrows: Sequence[Arrow], setter: Setter, direction: Direction) -> list[Link]:
    """All labels of a figure have one height about the maths axis, so that their fractions stand in line."""
    labels = [arrow.room or arrow.label for arrow in arrows]
    rooms = [None if label is None else setter(label, MATHS) for label in labels]
    half = max((max(s.ascent - MATHS * AXIS, s.descent + MATHS * AXIS) for s in rooms if s is not None), default=0)
    links = []
    for arrow, room in zip(arrows, rooms, strict=True):
        width, height = (0.0, 0.0) if room is None else (room.width + 2 * LABEL, 2 * half + 7)
        if arrow.through:
            width, height = _wire_size(arrow, setter, direction)
        links.append(Link(min(arrow.tail, arrow.head), max(arrow.tail, arrow.head), width, height, arrow.through))
    return links


def _wire_size(arrow: Arrow, setter: Setter, direction: Direction) -> tuple[float, float]:
    """The room for what stands on the two sides of a wire."""
    sets = [setter(formula, WIRE) for formula in (arrow.label, arrow.below) if formula is not None]
    width, height = max(content.width for content in sets), max(content.height for content in sets)
    if direction in ("tb", "bt"):
        return 2 * (WIRE_GAP + width), height + 2 * LABEL
    return width + 2 * LABEL, 2 * (WIRE_GAP + height)


def _wire_texts(arrow: Arrow, setter: Setter, centre: Point, direction: Direction) -> Iterable[Text]:
    """The value above a wire and the gradient below; beside one that runs upright, to the left and to the right."""
    x, y = centre
    upright = direction in ("tb", "bt")
    for formula, side, style in ((arrow.label, -1, "value-text"), (arrow.below, 1, "adjoint-text")):
        if formula is None:
            continue
        content = setter(formula, WIRE)
        if upright:
            yield Text(x + WIRE_GAP if side > 0 else x - WIRE_GAP - content.width, y + WIRE * AXIS, content, style)
        else:
            baseline = y + WIRE_GAP + content.ascent if side > 0 else y - WIRE_GAP - content.descent
            yield Text(x - content.width / 2, baseline, content, style)


def _arrow(
    arrow: Arrow,
    key: str,
    line: tuple[Point, ...],
    label: Point,
    setter: Setter,
    direction: Direction,
    tipped: bool,
) -> Group:
    shapes: list[Shape] = list(_arrow_shapes(line)) if tipped else [Curve(line, "arrow")]
    title = "arrow"
    if arrow.through:
        shapes += _wire_texts(arrow, setter, label, direction)
        numbers = (("value", arrow.label), ("gradient", arrow.below))
        title = ", ".join(f"{word} {write(number, Plain())}" for word, number in numbers if number is not None)
    elif arrow.label is not None:
        content, room = setter(arrow.label, MATHS), setter(arrow.room or arrow.label, MATHS)
        # A step of a figure begins where its last step does, so that the fraction does not move.
        shapes.append(Text(label[0] - room.width / 2, label[1] + MATHS * AXIS, content, "label-text"))
        title = write(arrow.label, Plain())
    return Group(key, title, tuple(shapes))


def _arrow_shapes(line: tuple[Point, ...]) -> tuple[Shape, ...]:
    shaft, end = with_tip(line, TIP)
    return Curve(shaft, "arrow"), Tip(triangle(shaft[-1], end, TIP_WIDTH), "arrow-tip")


def straight(x0: float, y0: float, x1: float, y1: float, style: str) -> Curve:
    """A straight line."""
    return Curve(((x0, y0), (x0, y0), (x1, y1), (x1, y1)), style)


def cropped(groups: Sequence[Group], room: Sequence[Group] = ()) -> Drawing:
    """A drawing of the groups, moved so that what is seen begins at (0, 0): of them or of what is to have room."""
    corners = [extent(shape) for group in room or groups for shape in group.shapes]
    if not corners:
        return Drawing(0, 0, ())
    left, top = min(c[0] for c in corners), min(c[1] for c in corners)
    right, bottom = max(c[2] for c in corners), max(c[3] for c in corners)
    return Drawing(right - left, bottom - top, shifted(Drawing(0, 0, tuple(groups)), -left, -top))


def shifted(drawing: Drawing, dx: float, dy: float) -> tuple[Group, ...]:
    """The groups of a drawing elsewhere."""
    return tuple(
        Group(group.key, group.title, tuple(moved(shape, dx, dy) for shape in group.shapes)) for group in drawing.groups
    )
