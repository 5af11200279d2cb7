"""Diagrams in characters: nodes in boxes, labels on lines, in layers like those of the figure."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from graphviz_ad.notation.formula import Formula, Gate, Notation
from graphviz_ad.notation.unicode import Block, beside, columns
from graphviz_ad.notation.write import write
from graphviz_ad.ops import operation
from graphviz_ad.render.canvas import DOWN, LEFT, RIGHT, UP, Canvas, Pen
from graphviz_ad.render.layers import Extent, Layout, Link, Net, arrange
from graphviz_ad.render.tracks import Trunk, route
from graphviz_ad.transform.diagram import Diagram, Vertex

MAX_VERTICES = 150  # a larger diagram is listed: nobody could follow its arrows in characters


class Mark(NamedTuple):
    """A text, relative to the line of its item and to the beginning of its item."""

    row: int
    column: int
    text: str
    role: str


class Shape(NamedTuple):
    """A node or a label: its texts, and how far along the line comes to it and leaves it."""

    marks: tuple[Mark, ...]
    entry: int = 0
    exit: int = 0


def draw(diagram: Diagram, notation: Notation[Block], pen: Pen, width: int | None) -> Canvas | None:
    """The diagram from left to right or, where that is wider than it may be, from top to bottom; None where it does not
    fit either way."""
    if len(diagram.vertices) > MAX_VERTICES:
        return None
    drawn = (drawing(diagram, notation, pen, upright) for upright in (False, True))
    return next((canvas for canvas in drawn if width is None or canvas.width <= width), None)


def drawing(diagram: Diagram, notation: Notation[Block], pen: Pen, upright: bool) -> Canvas:
    """The diagram in one direction of reading. Backward ones have the places of forward ones, in the opposite order."""
    mirrored = diagram.kind == "backward"
    vertices = sorted(diagram.vertices, key=lambda vertex: vertex.node)
    arrows = sorted(diagram.arrows, key=lambda arrow: arrow.tail if mirrored else arrow.head)
    index = {vertex.node: number for number, vertex in enumerate(vertices)}
    left = {arrow.tail for arrow in arrows}
    numbers = any(vertex.value is not None for vertex in vertices)
    way = (_Upright if upright else _Level)(notation, pen, numbers)
    nodes = [way.node(vertex, vertex.node in left) for vertex in vertices]
    labels = [Shape(()) if arrow.label is None else way.label(arrow.label) for arrow in arrows]
    links = []
    for arrow, label in zip(arrows, labels, strict=True):
        ends = (arrow.head, arrow.tail) if mirrored else (arrow.tail, arrow.head)
        links.append(Link(index[ends[0]], index[ends[1]], way.extent(label)))
    layout = arrange([way.extent(shape) for shape in nodes], links, way.gap)
    return _drawn(_reversed(layout) if mirrored else layout, [*nodes, *labels], len(nodes), way)


def _reversed(layout: Layout) -> Layout:
    """The layout with its layers in the opposite order."""
    nets = tuple(tuple(Net(net.rights, net.lefts) for net in channel) for channel in reversed(layout.nets))
    return layout._replace(layers=layout.layers[::-1], nets=nets)


# ---- the two directions


class _Level:
    """From left to right: labels stand on their lines, numbers above and below their nodes."""

    gap = 1
    ways = (LEFT, RIGHT, UP, DOWN)  # back, on, and to both sides across

    def __init__(self, notation: Notation[Block], pen: Pen, numbers: bool) -> None:
        self.notation, self.pen = notation, pen
        self.apart = int(numbers)  # how far labels stand off nodes, so that they are not read with their numbers

    def node(self, vertex: Vertex, leaves: bool) -> Shape:
        box = _box(vertex, self.notation, self.pen, "right" if leaves else "")
        marks = _block(box, -box.axis, 0, vertex.role)
        for number, row, role in ((vertex.value, -box.axis - 1, "value"),
                                  (vertex.adjoint, len(box.lines) - box.axis, "adjoint")):  # fmt: skip
            if number is not None:
                block = write(number, self.notation)
                top = row - len(block.lines) + 1 if row < 0 else row
                marks += _block(block, top, (box.width - block.width) // 2, role)
        entry = -min(mark.column for mark in marks)
        if vertex.gate is None:
            return Shape(_moved(marks, 0, entry), entry, entry + box.width)
        gate = _gate(vertex.gate, self.notation)
        line = self.pen.joints[LEFT | RIGHT] * (1 + entry) + self.pen.heads[RIGHT]
        before = [*_block(gate, -gate.axis, 0, _gate_role(vertex.gate)), Mark(0, gate.width, line, "arrow")]
        start = gate.width + len(line)
        return Shape((*before, *_moved(marks, 0, start)), 0, start + box.width)

    def label(self, formula: Formula) -> Shape:
        block = write(formula, self.notation)
        return Shape(tuple(_block(block, -len(block.lines), self.apart, "label")), 0, self.apart + block.width + 1)

    def extent(self, shape: Shape) -> Extent:
        rows = [mark.row for mark in shape.marks] or [0]
        return Extent(-min(rows), max(0, *rows), max([shape.exit, *_ends(shape)]))

    def place(self, along: int, across: int) -> tuple[int, int]:
        """Row and column."""
        return across, along

    def tracks(self, trunks: Sequence[Trunk], enters: bool, follows: bool) -> tuple[list[int], int]:
        """How far behind a layer each track runs, and how far off the next layer is. What `enters` nodes ends in an
        arrow; what `follows` a label need not be long."""
        count, double = _tracks(trunks)
        apart = 2 + double
        first, least = (0, 1 if follows else 2) if enters else (1, 1)
        return [first + apart * number for number in range(count)], max(apart * count + 1, least)


class _Upright:
    """From top to bottom: labels and numbers stand to the right."""

    gap = 3
    ways = (UP, DOWN, LEFT, RIGHT)

    def __init__(self, notation: Notation[Block], pen: Pen, numbers: bool) -> None:
        self.notation, self.pen = notation, pen.upright()
        self.apart = int(numbers)  # how far labels stand off nodes, so that they are not read with their numbers

    def node(self, vertex: Vertex, leaves: bool) -> Shape:
        box = _box(vertex, self.notation, self.pen, "down" if leaves else "")
        marks = _centred(box, 0, vertex.role)
        right, row = max(_ends(Shape(tuple(marks)))) + 1, 0
        for number, role in ((vertex.value, "value"), (vertex.adjoint, "adjoint")):
            if number is not None:
                block = write(number, self.notation)
                marks += _block(block, row, right, role)
                row = max(row + len(block.lines), len(box.lines) - 1)
        if vertex.gate is None:
            return Shape(tuple(marks), 0, len(box.lines))
        gate = _gate(vertex.gate, self.notation)
        line = (self.pen.joints[UP | DOWN], self.pen.heads[DOWN])
        before = [*_centred(gate, 0, _gate_role(vertex.gate)),
                  *(Mark(len(gate.lines) + row, 0, sign, "arrow") for row, sign in enumerate(line))]  # fmt: skip
        start = len(gate.lines) + len(line)
        return Shape((*before, *_moved(marks, start, 0)), 0, start + len(box.lines))

    def label(self, formula: Formula) -> Shape:
        block = write(formula, self.notation)
        return Shape(tuple(_block(block, self.apart, 2, "label")), 0, self.apart + len(block.lines))

    def extent(self, shape: Shape) -> Extent:
        left = min((mark.column for mark in shape.marks), default=0)
        rows = max((mark.row for mark in shape.marks), default=-1) + 1
        return Extent(max(0, -left), max(0, max(_ends(shape), default=1) - 1), max(shape.exit, rows))

    def place(self, along: int, across: int) -> tuple[int, int]:
        """Row and column."""
        return along, across

    def tracks(self, trunks: Sequence[Trunk], enters: bool, follows: bool) -> tuple[list[int], int]:
        count, double = _tracks(trunks)
        first = int(self.pen.corners == "same")
        apart = 1 + double + first
        least = (1 if count or follows else 2) if enters else 0
        return [first + apart * number for number in range(count)], first * bool(count) + apart * count + least


_Way = _Level | _Upright


def _tracks(trunks: Sequence[Trunk]) -> tuple[int, bool]:
    """How many tracks there are, and whether a trunk is double."""
    count = 1 + max((trunk.track for trunk in trunks if trunk.track is not None), default=-1)
    return count, any(trunk.double for trunk in trunks)


# ---- what nodes look like


def _box(vertex: Vertex, notation: Notation[Block], pen: Pen, leaves: str) -> Block:
    """A node in its frame, with the place where a line leaves it to the right or down. Operations are bare."""
    label = write(vertex.label, notation)
    frame = pen.frames.get(vertex.role)
    if frame is None:
        return _bare(vertex.label, label, vertex.role)
    width = label.width + 2
    middle = frame.exit_right if leaves == "right" else frame.upright
    below = [frame.level] * width
    if leaves == "down":
        below[(width + 2) // 2 - 1] = frame.exit_down
    lines = (
        frame.corners[0] + frame.level * width + frame.corners[1],
        *(f"{frame.upright} {line} {middle if row == label.axis else frame.upright}"
          for row, line in enumerate(label.lines)),
        frame.corners[2] + "".join(below) + frame.corners[3],
    )  # fmt: skip
    return Block(lines, label.axis + 1)


def _gate(gate: Formula, notation: Notation[Block]) -> Block:
    return _bare(gate, write(gate, notation), _gate_role(gate))


def _bare(formula: Formula, label: Block, role: str) -> Block:
    """The sign of an operation in round brackets, unless it has some; a number as it is."""
    enclosed = isinstance(formula, Gate) and operation(formula.op).form in ("power", "root")
    if role == "constant":
        return beside(label, " ")  # apart from its line
    return label if enclosed or len(label.lines) > 1 else Block((f"({label.lines[0]})",))


def _gate_role(gate: Formula) -> str:
    return "operation" if isinstance(gate, Gate) else "constant"


# ---- texts


def _block(block: Block, row: int, column: int, role: str) -> list[Mark]:
    return [Mark(row + number, column, line, role) for number, line in enumerate(block.lines)]


def _centred(block: Block, row: int, role: str) -> list[Mark]:
    return _block(block, row, -(block.width // 2), role)


def _moved(marks: Sequence[Mark], rows: int, cells: int) -> tuple[Mark, ...]:
    return tuple(mark._replace(row=mark.row + rows, column=mark.column + cells) for mark in marks)


def _ends(shape: Shape) -> list[int]:
    """The columns behind the texts of a shape."""
    return [mark.column + columns(mark.text) for mark in shape.marks]


# ---- drawing


def _drawn(layout: Layout, shapes: Sequence[Shape], nodes: int, way: _Way) -> Canvas:
    """Layer by layer, and between them the lines on their tracks."""
    canvas, across = Canvas(way.pen), layout.across
    lengths = [max((layout.extents[item].length for item in layer), default=0) for layer in layout.layers]
    channels = [
        route([([across[item] for item in net.lefts], [across[item] for item in net.rights]) for net in channel])
        for channel in layout.nets
    ]
    tracks = [way.tracks(trunks, number % 2 == 1, lengths[number] > 0) for number, trunks in enumerate(channels)]
    gaps = [gap for _, gap in tracks]
    starts = list(accumulate((length + gap for length, gap in zip(lengths, gaps, strict=False)), initial=0))
    entry, exit_ = dict[int, int](), dict[int, int]()  # where along the line of each item comes in and goes out
    for layer, start, length in zip(layout.layers, starts, lengths, strict=True):
        for item in layer:
            entry[item], exit_[item] = start, start + length
            if item < len(shapes):
                shape, offset = shapes[item], 0
                if item < nodes:
                    offset = (length - layout.extents[item].length) // 2
                    entry[item], exit_[item] = start + offset + shape.entry, start + offset + shape.exit
                row, column = way.place(start + offset, across[item])
                for mark in shape.marks:
                    canvas.put(row + mark.row, column + mark.column, mark.text, mark.role)
            if item >= nodes:
                _stretch(canvas, way, start, start + length, across[item], item)
    for number, (net_of, trunks, (offsets, _)) in enumerate(zip(layout.nets, channels, tracks, strict=True)):
        end = starts[number] + lengths[number]
        places = [None if trunk.track is None else end + offsets[trunk.track] for trunk in trunks]
        onward = {trunk.onward: place for trunk, place in zip(trunks, places, strict=True) if trunk.onward is not None}
        for index, (trunk, place) in enumerate(zip(trunks, places, strict=True)):
            net = net_of[trunk.net]
            lefts = {across[item]: exit_[item] for item in net.lefts}
            rights = {across[item]: entry[item] - (item < nodes) for item in net.rights}
            if (came := onward.get(index)) is not None:
                lefts = {trunk.lefts[0]: came + 1}
            if trunk.onward is not None:
                rights = {trunk.rights[0]: 0}
            _trunk(canvas, way, trunk, place, lefts, rights, (number, trunk.net))
        for net in net_of:
            for item in net.rights:
                if item < nodes:
                    canvas.put(*way.place(entry[item] - 1, across[item]), way.pen.heads[way.ways[1]], "arrow")
    return canvas


def _stretch(canvas: Canvas, way: _Way, start: int, end: int, across: int, owner: object) -> None:
    """A straight piece of a line along."""
    for along in range(start, end):
        canvas.line(*way.place(along, across), way.ways[0] | way.ways[1], owner)


def _trunk(
    canvas: Canvas,
    way: _Way,
    trunk: Trunk,
    place: int | None,
    lefts: dict[int, int],
    rights: dict[int, int],
    owner: object,
) -> None:
    """A trunk with what comes to it and goes from it: `lefts` and `rights` say from where and how far."""
    back, on, up, down = way.ways
    if place is None:
        (across,) = trunk.lefts
        _stretch(canvas, way, lefts[across], rights[across], across, owner)
        return
    for along, rows in _halves(trunk, place):
        for across in range(rows[0], rows[-1] + 1):
            ways = (up if across > rows[0] else 0) | (down if across < rows[-1] else 0)
            canvas.line(*way.place(along, across), ways, owner)
        for across in rows:
            if across in trunk.lefts and not (along > place and across == trunk.stem):
                _stretch(canvas, way, lefts[across], along, across, owner)
            if across in trunk.lefts:
                canvas.line(*way.place(along, across), back, owner)
            if across in trunk.rights:
                canvas.line(*way.place(along, across), on, owner)
                if not (trunk.double and along == place and across == trunk.stem):
                    _stretch(canvas, way, along + 1, rights[across], across, owner)


def _halves(trunk: Trunk, place: int) -> Iterator[tuple[int, list[int]]]:
    """Where along a trunk runs, with the places across at which others meet it; a double trunk does so twice."""
    rows = sorted({*trunk.lefts, *trunk.rights})
    if not trunk.double:
        yield place, rows
        return
    yield place, [row for row in rows if row <= trunk.stem]
    yield place + 1, [row for row in rows if row >= trunk.stem]
