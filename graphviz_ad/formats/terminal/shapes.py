"""What nodes and labels look like in characters, in the two directions of reading."""

from collections.abc import Iterator, Sequence

from graphviz_ad.core.diagram import KINDS, Arrow, Vertex
from graphviz_ad.core.formula import Formula, Gate
from graphviz_ad.core.functions import operation
from graphviz_ad.core.record import Record
from graphviz_ad.formats.terminal.canvas import DOWN, LEFT, RIGHT, UP, Pen
from graphviz_ad.formats.terminal.channels import Trunk
from graphviz_ad.formats.terminal.coordinates import Extent
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.unicode import Block, beside, columns
from graphviz_ad.notation.write import write


class Mark(Record):
    """A text, relative to the line of its item and to the beginning of its item."""

    row: int
    column: int
    text: str
    role: str


class TextShape(Record):
    """A node or a label: its texts, and how far along the line comes to it and leaves it."""

    marks: tuple[Mark, ...]
    entry: int = 0
    exit: int = 0


class _Shapes:
    """What shapes are made with in either direction, and how far apart they stand."""

    def __init__(self, notation: Notation[Block], pen: Pen, gap: int, numbers: bool) -> None:
        self.notation, self.pen, self.gap = notation, pen, gap
        self.apart = int(numbers)  # how far labels stand off nodes, so that they are not read with their numbers

    def label_blocks(self, arrow: Arrow) -> list[Block]:
        """What stands above and below the line of an arrow, and the longest label that is to have room there."""
        formulas = (arrow.label, arrow.below, arrow.room)
        return [Block(("",)) if formula is None else write(formula, self.notation) for formula in formulas]


class Level(_Shapes):
    """From left to right: labels stand on their lines, numbers above and below their nodes."""

    ways = (LEFT, RIGHT, UP, DOWN)  # back, on, and to both sides across

    def node(self, vertex: Vertex, leaves: bool) -> TextShape:
        box = _box(vertex, self.notation, self.pen, "right" if leaves else "")
        marks = _block(box, -box.axis, 0, vertex.role)
        if vertex.value is not None:
            above = write(vertex.value, self.notation)
            marks += _block(above, -box.axis - len(above.lines), (box.width - above.width) // 2, "value")
        row = len(box.lines) - box.axis
        for block, role in _beneath(vertex, self.notation):
            marks += _block(block, row, (box.width - block.width) // 2, role)
            row += len(block.lines)
        entry = -min(mark.column for mark in marks)
        if vertex.gate is None:
            return TextShape(_moved(marks, 0, entry), entry, entry + box.width)
        gate = _bare(vertex.gate, write(vertex.gate, self.notation), vertex.gate_role)
        line = self.pen.joints[LEFT | RIGHT] * (1 + entry) + self.pen.heads[RIGHT]
        before = [*_block(gate, -gate.axis, 0, vertex.gate_role), Mark(0, gate.width, line, "arrow")]
        start = gate.width + len(line)
        return TextShape((*before, *_moved(marks, 0, start)), 0, start + box.width)

    def label(self, arrow: Arrow) -> TextShape:
        above, below, room = self.label_blocks(arrow)
        marks = _block(above, -len(above.lines), self.apart, _label_role(arrow)) if above.width else []
        marks += _block(below, 1, self.apart, "adjoint") if below.width else []
        width = max(above.width, below.width, room.width)
        return TextShape(tuple(marks), 0, self.apart + width + 1 if width else 0)

    def extent(self, shape: TextShape) -> Extent:
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


class Upright(_Shapes):
    """From top to bottom: labels and numbers stand to the right."""

    ways = (UP, DOWN, LEFT, RIGHT)

    def __init__(self, notation: Notation[Block], pen: Pen, gap: int, numbers: bool) -> None:
        super().__init__(notation, pen.upright(), gap, numbers)

    def node(self, vertex: Vertex, leaves: bool) -> TextShape:
        box = _box(vertex, self.notation, self.pen, "down" if leaves else "")
        marks = _centred(box, 0, vertex.role)
        right, row = max(_ends(TextShape(tuple(marks)))) + 1, 0
        beside_box = [] if vertex.value is None else [(write(vertex.value, self.notation), "value")]
        for block, role in (*beside_box, *_beneath(vertex, self.notation)):
            marks += _block(block, row, right, role)
            row = max(row + len(block.lines), len(box.lines) - 1)
        if vertex.gate is None:
            return TextShape(tuple(marks), 0, len(box.lines))
        gate = _bare(vertex.gate, write(vertex.gate, self.notation), vertex.gate_role)
        line = (self.pen.joints[UP | DOWN], self.pen.heads[DOWN])
        before = [*_centred(gate, 0, vertex.gate_role),
                  *(Mark(len(gate.lines) + row, 0, sign, "arrow") for row, sign in enumerate(line))]  # fmt: skip
        start = len(gate.lines) + len(line)
        return TextShape((*before, *_moved(marks, start, 0)), 0, start + len(box.lines))

    def label(self, arrow: Arrow) -> TextShape:
        marks: list[Mark] = []
        *labels, room = self.label_blocks(arrow)
        for block, role in zip(labels, (_label_role(arrow), "adjoint"), strict=True):
            marks += _block(block, self.apart + len(marks), 2, role) if block.width else []
        rows = max(len(marks), len(room.lines) if arrow.room else 0)
        return TextShape(tuple(marks), 0, self.apart + rows if rows else 0)

    def extent(self, shape: TextShape) -> Extent:
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


LineRun = Level | Upright


def _tracks(trunks: Sequence[Trunk]) -> tuple[int, bool]:
    """How many tracks there are, and whether a trunk is double."""
    count = 1 + max((trunk.track for trunk in trunks if trunk.track is not None), default=-1)
    return count, any(trunk.double for trunk in trunks)


# ---- what nodes look like


def _box(vertex: Vertex, notation: Notation[Block], pen: Pen, leaves: str) -> Block:
    """A node in its frame, with the place where a line leaves it to the right or down. Operations are bare."""
    label = write(vertex.label, notation)
    frame = pen.frames.get("input" if vertex.role in KINDS else vertex.role)
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


def _beneath(vertex: Vertex, notation: Notation[Block]) -> Iterator[tuple[Block, str]]:
    """What stands below a node: its shape, and its adjoint."""
    if vertex.shape:
        yield Block((notation.symbol(vertex.shape).lines[0].replace("*", "x"),)), "shape"  # 2×3, or 2x3 in ASCII
    if vertex.adjoint is not None:
        yield write(vertex.adjoint, notation), "adjoint"


def _bare(formula: Formula, label: Block, role: str) -> Block:
    """The sign of an operation in round brackets, unless it has some; a number as it is."""
    enclosed = isinstance(formula, Gate) and operation(formula.op).form in ("power", "root")
    if role == "constant":
        return beside(label, " ")  # apart from its line
    return label if enclosed or len(label.lines) > 1 else Block((f"({label.lines[0]})",))


def _label_role(arrow: Arrow) -> str:
    """A wire has the value that runs through it."""
    return "value" if arrow.through else "label"


# ---- texts


def _block(block: Block, row: int, column: int, role: str) -> list[Mark]:
    return [Mark(row + number, column, line, role) for number, line in enumerate(block.lines)]


def _centred(block: Block, row: int, role: str) -> list[Mark]:
    return _block(block, row, -(block.width // 2), role)


def _moved(marks: Sequence[Mark], rows: int, cells: int) -> tuple[Mark, ...]:
    return tuple(mark.replace(row=mark.row + rows, column=mark.column + cells) for mark in marks)


def _ends(shape: TextShape) -> list[int]:
    """The columns behind the texts of a shape."""
    return [mark.column + columns(mark.text) for mark in shape.marks]
