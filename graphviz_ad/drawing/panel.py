"""One diagram as a drawing: its vertices laid out, its arrows cut to the shapes that they join."""

from collections.abc import Container, Iterable, Mapping, Sequence

from graphviz_ad.core.diagram import Arrow, Diagram, Direction, Vertex
from graphviz_ad.core.record import Record
from graphviz_ad.drawing import operands
from graphviz_ad.drawing.curves import arrow_shapes, between
from graphviz_ad.drawing.layered.arrangement import Arrangement, arranged
from graphviz_ad.drawing.layered.placing import layered
from graphviz_ad.drawing.layered.routes import CLEAR
from graphviz_ad.drawing.placement import Area, Box, Link, Placement, Point, Spacing, is_upright
from graphviz_ad.drawing.regions import NAME, DrawnPart, regions, title_sizes
from graphviz_ad.drawing.scene import (
    Curve,
    Group,
    Pill,
    Setter,
    Shape,
    Text,
    extent,
    moved,
)
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.slanted import shape_text
from graphviz_ad.drawing.vertices import (
    AXIS,
    MARK,
    SHAPE,
    DrawnVertex,
    busy,
    gate_pill_of,
    group_of,
    label_size,
    node_of,
    pill_of,
)
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.write import write

NOTE = 12.5  # of remarks
USUAL = Spacing(36.0, 22.0)
COMPACT = Spacing(24.0, 14.0, 5.0, 0.6)
DENSE = Spacing(18.0, 8.0, 4.0, 0.5, above=3.0)
STEEP = DENSE.replace(steep=0.3)  # rather than in rows
GROWTH = 8  # how often nodes grow where there is no room for all the tips at them
WIRES = 20 / 36  # what columns of nodes and of the numbers at wires are apart, of that
WIRE = 14.0  # size of the numbers at a wire
WIRE_GAP = 4.0  # between a wire and its numbers


class Seam(Record):
    """Where a drawing may be parted: its upper part ends at the `top`, the lower one begins at the `bottom`, which is
    above that where they stand side by side. Only arrows go on."""

    top: float
    bottom: float


class Drawing(Record):
    """Groups with the size of the area that they fill, from (0, 0), what is remarked of them, and what of them is said
    to those who do not see them. It may be parted at its `seams`, so that a part is on the next page."""

    width: float
    height: float
    groups: tuple[Group, ...]
    remarks: tuple[str, ...] = ()
    said: str = ""
    seams: tuple[Seam, ...] = ()


def formulas(diagram: Diagram) -> list[tuple[Settable | str, float]]:
    """All that is typeset in a drawing of the diagram, with its size."""
    jobs: list[tuple[Settable | str, float]] = list(operands.signs_of(diagram))
    jobs += [(region.name, NAME) for region in diagram.regions if region.name]
    for vertex in diagram.vertices:
        jobs.append((vertex.label, label_size(vertex.label)))
        if vertex.gate is not None:
            jobs.append((vertex.gate, label_size(vertex.gate)))
        jobs += [(number, MARK) for number in (vertex.value, vertex.adjoint) if number is not None]
        jobs += [(shape_text(vertex.shape), SHAPE)] if vertex.shape else []
    for arrow in diagram.arrows:
        labels = (arrow.label, arrow.room, arrow.below)
        jobs += [(label, WIRE if arrow.through else MATHS) for label in labels if label is not None]
    return jobs


class _Pen(Record):
    """What formulas are typeset with, the way of reading, and what the keys of groups begin with."""

    setter: Setter
    direction: Direction
    prefix: str


class _Places(Record):
    """Where all of a figure stands: the shapes of its vertices and of the operations before them, by their order, and
    the lines of its arrows with the centres of their labels and, by number, the signs of operands at their ends. Those
    that are `tipless` end in another. `counts` are the arrows that each vertex has room for on a side."""

    counts: Mapping[int, int]
    pills: Sequence[Pill]
    gates: Sequence[Pill | None]
    lines: Sequence[tuple[Point, ...]]
    labels: Sequence[Point]
    signs: Mapping[int, Text]
    tipless: Container[int]


def draw(
    diagram: Diagram,
    setter: Setter,
    direction: Direction,
    prefix: str,
    room: Diagram,
    arrangement: Arrangement | None = None,
    spacing: Spacing = USUAL,
) -> Drawing:
    """The diagram drawn, in the room of the complete one. `prefix` begins the keys of its groups; the `arrangement` is
    that of the figure that it is a part of. Of a row that is longer than the spacing's width several are made."""
    pen, mirrored = _Pen(setter, direction, prefix), room.kind == "backward"
    vertices, arrows = room.ordered()
    arrangement = arrangement or arranged([room])
    counts, nodes, placement = _placed(room, pen, arrangement, spacing)
    pills = [pill_of(node, centre) for node, centre in zip(nodes.values(), placement.centres, strict=True)]
    gates = [
        None if centre is None else gate_pill_of(node, centre)
        for node, centre in zip(nodes.values(), placement.operations, strict=True)
    ]
    ends = _ends(arrows, nodes, pills, gates, mirrored)
    lines = [between(way, *pair, CLEAR) for way, pair in zip(placement.splines, ends, strict=True)]
    unclear = operands.out_of_order(room, arrows, [line[-1][0 if is_upright(pen.direction) else 1] for line in lines])
    shapes = [*pills, *(gate for gate in gates if gate is not None)]
    signs = operands.signs_at(unclear, lines, [area for _, area in placement.areas], shapes, setter)
    tipless = placement.joined if mirrored else ()
    places = _Places(counts, pills, gates, lines, placement.labels, signs, tipless)
    complete = _groups(vertices, arrows, places, pen)
    shown = complete if diagram is room else _groups(*diagram.ordered(), places, pen)
    of = [frozenset((arrow.tail, arrow.head)) for arrow in arrows] + [frozenset((each.node,)) for each in vertices]
    areas: dict[str, list[Area]] = {}
    for number, area in placement.areas:
        areas.setdefault(arrangement.groups[number], []).append(area)
    around, remarks = regions(room.regions, areas, list(map(DrawnPart, of, complete)), prefix, setter)
    said = operands.in_words(unclear, arrows, vertices)
    return cropped([*around, *shown], [*around, *complete], placement.seams).replace(remarks=remarks, said=said)


def _placed(
    room: Diagram, pen: _Pen, arrangement: Arrangement, spacing: Spacing
) -> tuple[Mapping[int, int], dict[int, DrawnVertex], Placement]:
    """The vertices of a diagram and where they stand; they grow where there is no room for all the tips at them, so
    that it is also said how many arrows each has room for."""
    vertices, arrows = room.ordered()
    counts, titles = busy(arrows), title_sizes(room.regions, pen.setter)
    for _ in range(GROWTH):
        nodes = {vertex.node: node_of(vertex, pen.setter, pen.direction, counts[vertex.node]) for vertex in vertices}
        boxes = [Box(node, drawn.size, drawn.sign_size) for node, drawn in nodes.items()]
        links = links_of(arrows, pen.setter, pen.direction, spacing.label)
        apart = spacing.columns * (WIRES if any(link.through for link in links) else 1)
        space, mirrored = spacing.replace(columns=apart), room.kind == "backward"
        placement = layered(arrangement, boxes, links, pen.direction, mirrored, space, titles)
        if not placement.tight:
            break
        counts.update(dict(placement.tight))
    return counts, nodes, placement


def _groups(vertices: Sequence[Vertex], arrows: Sequence[Arrow], places: _Places, pen: _Pen) -> list[Group]:
    """All that is drawn of arrows and vertices, in their places."""
    made = [_arrow(arrow, number, places, pen) for number, arrow in enumerate(arrows)]
    drawn = [
        group_of(node_of(vertex, pen.setter, pen.direction, places.counts[vertex.node]), pill, gate, pen.direction,
                 pen.prefix)
        for vertex, pill, gate in zip(vertices, places.pills, places.gates, strict=True)
    ]  # fmt: skip
    return made + drawn


# ---- arrows


def _ends(
    arrows: Iterable[Arrow],
    nodes: dict[int, DrawnVertex],
    pills: Sequence[Pill],
    gates: Sequence[Pill | None],
    mirrored: bool,
) -> list[tuple[Pill, Pill]]:
    """The shapes that each arrow leads from and to; forward, to the operation that makes its head."""
    place = {node: number for number, node in enumerate(nodes)}
    pairs = ((place[arrow.tail], place[arrow.head]) for arrow in arrows)
    return [(pills[tail], (None if mirrored else gates[head]) or pills[head]) for tail, head in pairs]


def links_of(arrows: Sequence[Arrow], setter: Setter, direction: Direction, beside: float) -> list[Link]:
    """What is to be placed of arrows: all labels of a figure have one height about the maths axis, so that their
    fractions stand in line."""
    labels = [arrow.room or arrow.label for arrow in arrows]
    rooms = [None if label is None else setter(label, MATHS) for label in labels]
    half = max((max(s.ascent - MATHS * AXIS, s.descent + MATHS * AXIS) for s in rooms if s is not None), default=0)
    links = []
    for arrow, room in zip(arrows, rooms, strict=True):
        width, height = (0.0, 0.0) if room is None else (room.width + 2 * beside, 2 * half + 7)
        if arrow.through:
            width, height = _wire_size(arrow, setter, direction, beside)
        links.append(Link(min(arrow.tail, arrow.head), max(arrow.tail, arrow.head), width, height, arrow.through))
    return links


def _wire_size(arrow: Arrow, setter: Setter, direction: Direction, beside: float) -> tuple[float, float]:
    """The room for what stands on the two sides of a wire."""
    sets = [setter(formula, WIRE) for formula in (arrow.label, arrow.below) if formula is not None]
    width, height = max(content.width for content in sets), max(content.height for content in sets)
    if is_upright(direction):
        return 2 * (WIRE_GAP + width), height + 2 * beside
    return width + 2 * beside, 2 * (WIRE_GAP + height)


def _wire_texts(arrow: Arrow, centre: Point, pen: _Pen) -> Iterable[Text]:
    """The value above a wire and the gradient below; beside one that runs upright, to the left and to the right."""
    x, y = centre
    for formula, side, style in ((arrow.label, -1, "value-text"), (arrow.below, 1, "adjoint-text")):
        if formula is None:
            continue
        content = pen.setter(formula, WIRE)
        if is_upright(pen.direction):
            yield Text(x + WIRE_GAP if side > 0 else x - WIRE_GAP - content.width, y + WIRE * AXIS, content, style)
        else:
            baseline = y + WIRE_GAP + content.ascent if side > 0 else y - WIRE_GAP - content.descent
            yield Text(x - content.width / 2, baseline, content, style)


def _arrow(arrow: Arrow, number: int, places: _Places, pen: _Pen) -> Group:
    """All that is drawn of an arrow."""
    line, label = places.lines[number], places.labels[number]
    style = "strong" if arrow.strong else "arrow"
    shapes: list[Shape] = [Curve(line, style)] if number in places.tipless else list(arrow_shapes(line, style))
    if arrow.through:
        shapes += _wire_texts(arrow, label, pen)
    elif arrow.label is not None:
        content, room = pen.setter(arrow.label, MATHS), pen.setter(arrow.room or arrow.label, MATHS)
        # A step of a figure begins where its last step does, so that the fraction does not move.
        shapes.append(Text(label[0] - room.width / 2, label[1] + MATHS * AXIS, content, "label-text"))
    if number in places.signs:
        shapes.append(places.signs[number])
    return Group(f"{pen.prefix}a{number}", arrow_title(arrow), tuple(shapes), arrow=number)


def arrow_title(arrow: Arrow) -> str:
    """What is said of an arrow where it is pointed at."""
    if arrow.through:
        numbers = (("value", arrow.label), ("gradient", arrow.below))
        return ", ".join(f"{word} {write(number, Plain())}" for word, number in numbers if number is not None)
    return "arrow" if arrow.label is None else write(arrow.label, Plain())


def straight(x0: float, y0: float, x1: float, y1: float, style: str) -> Curve:
    """A straight line."""
    return Curve(((x0, y0), (x0, y0), (x1, y1), (x1, y1)), style)


def cropped(groups: Sequence[Group], room: Sequence[Group] = (), seams: Sequence[float] = ()) -> Drawing:
    """A drawing of the groups, moved so that what is seen begins at (0, 0): of them or of what is to have room."""
    corners = [extent(shape) for group in room or groups for shape in group.shapes]
    if not corners:
        return Drawing(0, 0, ())
    left, top = min(c[0] for c in corners), min(c[1] for c in corners)
    right, bottom = max(c[2] for c in corners), max(c[3] for c in corners)
    moved_seams = tuple(Seam(seam - top, seam - top) for seam in seams)
    return Drawing(right - left, bottom - top, shifted(Drawing(0, 0, tuple(groups)), -left, -top), seams=moved_seams)


def shifted(drawing: Drawing, dx: float, dy: float) -> tuple[Group, ...]:
    """The groups of a drawing elsewhere."""
    return tuple(
        group.replace(shapes=tuple(moved(shape, dx, dy) for shape in group.shapes)) for group in drawing.groups
    )
