"""Text: equations, graphs and chains, with formulas in two dimensions.

Graphs are drawn in boxes; those that are wider than the terminal are listed, as a tree or arrow by arrow.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from math import inf

from graphviz_ad.core.diagram import Chain, Chains, Diagram, Plot, Sheet, Table, Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Equality, Equation, Formula, Variable, sign_before
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.formats import Maker, tables
from graphviz_ad.formats.terminal import canvas
from graphviz_ad.formats.terminal.boxes import MAX_VERTICES, draw
from graphviz_ad.formats.terminal.canvas import Pen, Run
from graphviz_ad.formats.terminal.plots import characters
from graphviz_ad.notation.ascii import Ascii, spelled
from graphviz_ad.notation.breaking import Measure, rows
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.unicode import Block, Unicode, beside, columns, ruler, touching
from graphviz_ad.notation.write import write

MAX_LINES = 10_000
WIDTH = 80  # where no terminal says how wide it is
_DIGITS = 6
_INDENT = "  "
_LEAST = 8  # columns of a side of an equation, however narrow the terminal is
_NARROW = 20  # columns: less than that beside something is worse than the whole width beneath it
_UNNAMED = 4  # times as far in may a tree go on with what has no name, of which one could not tell where it goes on
_SPARE = 0, 2, 4, 8, 16  # columns that are tried around a fraction whose numerator takes several lines


class Line(Record):
    """A line of output and what it is: "heading", "note" or nothing in particular. In a line of a drawing `runs` says
    it piece by piece."""

    text: str
    role: str = ""
    runs: tuple[Run, ...] = ()


class Look(Record):
    """What text is made of: a notation, the pen of drawings, the arrow and the branches of lists, and what
    characters of other texts are exchanged."""

    notation: Unicode
    pen: Pen
    arrow: str
    last: str
    branch: str
    trunk: str
    exchanged: Callable[[str], str] = str


UNICODE = Look(Unicode(), canvas.UNICODE, " → ", "└─ ", "├─ ", "│  ")
ASCII = Look(Ascii(), canvas.ASCII, " -> ", "`- ", "|- ", "|  ", spelled)


def text(sheet: Sheet, request: Request) -> str:
    """The sheet as plain text."""
    return "".join(f"{line.text}\n" for line in lines(sheet, WIDTH, parted=False))


def lines(sheet: Sheet, width: int | None = None, look: Look = UNICODE, parted: bool = True) -> Iterator[Line]:
    """The sheet line by line. A graph wider than the width is listed, a longer chain goes on in a further line, and a
    table is parted into its columns, if it may be: in a file it need not."""
    for line in _lines(sheet, width, look, parted):
        yield line if line.runs else line.replace(text=look.exchanged(line.text))


def _lines(sheet: Sheet, width: int | None, look: Look, parted: bool) -> Iterator[Line]:
    if sheet.equations:
        yield from (Line("Equations", "heading"), Line(""))
    for equation in sheet.equations:
        yield from _blocks(_rows(equation, width, look))
    for number, panel in enumerate(sheet.panels):
        yield from [Line("")] * bool(number or sheet.equations)
        yield from (Line(panel.caption, "heading"), Line("")) if panel.caption else ()
        match panel.content:
            case Diagram():
                yield from _diagram(panel.content, width, look)
            case Chains(chains):
                yield from chain_lines(chains, width, look)
            case Table():
                yield from _table(panel.content, width if parted else None, look)
            case Plot():
                yield from (Line(_INDENT + line) for line in characters(panel.content))


def chain_lines(chains: Sequence[Chain], width: int | None = None, look: Look = UNICODE) -> Iterator[Line]:
    """Chains, an equation below the other, with blank lines between."""
    for number, chain in enumerate(chains):
        if number:
            yield Line("")
        for equation in chain.equations:
            yield from _blocks(_rows(equation, width, look))
        for note in chain.notes:
            yield Line(f"{_INDENT}({note})", "note")


def _block(block: Block) -> Iterator[Line]:
    return (Line((_INDENT + line).rstrip()) for line in block.lines)


def _blocks(rows: Sequence[Block]) -> Iterator[Line]:
    """Lines of formulas, with room between two that would touch."""
    for number, row in enumerate(rows):
        if number and touching(rows[number - 1], row):
            yield Line("")
        yield from _block(row)


def _rows(formula: Formula, width: int | None, look: Look, before: int = 0) -> list[Block]:
    """A formula in as many lines as the width makes it need, behind so many columns of something else."""
    equation = formula if isinstance(formula, Equality) else Equation((formula,))
    left = write(equation.sides[0], look.notation).width
    page = Measure(max(width - len(_INDENT) - before, left + 3 + _LEAST) if width else inf, left, 3, 2)
    made: list[Block] = []
    for spare in _SPARE:  # what stands around a fraction takes room too
        made = _made(equation, page, look, look.notation.within(page.width - page.indent(1) - spare))
        if max(row.width for row in made) <= page.width:
            break
    return made


def _made(equation: Equality, page: Measure, look: Look, notation: Unicode) -> list[Block]:
    made = [write(equation.sides[0], notation)]
    for number, row in enumerate(rows(equation, page, notation, ruler(notation))):
        margin = int(page.indent(row.level)) - bool(row.level)  # a part begins with a space of its own
        line = beside(" " * margin) if number else made.pop()
        for part in row.parts:
            sign = "" if row.level else f" {look.exchanged(sign_before(part))} "
            line = beside(line, sign, write(part, notation))
        made.append(line)
    return made


def _table(table: Table, width: int | None, look: Look) -> Iterator[Line]:
    """A table; one that is wider than the width column by column."""
    made = tables.text(table, _DIGITS, look.notation).splitlines()
    if width is None or all(columns(line) <= width for line in made):
        yield from map(Line, made)
        return
    for number, head in enumerate(table.head):
        yield from [Line("")] * bool(number)
        for cell in (head, *(row[number] for row in table.rows if row)):
            if isinstance(cell, Equality):
                yield from _blocks(_rows(cell, width, look))
            elif cell != "":
                yield from _block(tables.block(cell, _DIGITS, look.notation))


def _diagram(diagram: Diagram, width: int | None, look: Look) -> Iterator[Line]:
    drawn = draw(diagram, look.notation, look.pen, width and width - len(_INDENT))
    if drawn is not None:
        yield from map(_drawn, drawn.rows())
    elif diagram.kind == "forward":
        yield from _tree(diagram, width or WIDTH, look)
    else:
        yield from _arrows(diagram, width, look)
    if diagram.legend:
        yield Line("")
        for equation in diagram.legend:
            yield from _blocks(_rows(equation, width, look))
    for note in diagram.notes:
        yield Line(f"{_INDENT}({note})", "note")


def _drawn(runs: tuple[Run, ...]) -> Line:
    runs = ((_INDENT, ""), *runs) if runs else ()
    return Line("".join(text for text, _ in runs), runs=runs)


def _arrows(diagram: Diagram, width: int | None, look: Look) -> Iterator[Line]:
    """One arrow after the other: from, to, and its label."""
    names = {vertex.node: write(vertex.label, look.notation) for vertex in diagram.vertices}
    ends = [beside(names[arrow.tail], look.arrow, names[arrow.head]) for arrow in diagram.arrows]
    widest = max((block.width for block in ends), default=0)
    labels = [arrow.label for arrow in diagram.arrows]
    beneath = width is not None and width > _NARROW and _is_narrow(labels, width - widest - 3, look)
    for number, (end, arrow) in enumerate(zip(ends, diagram.arrows, strict=True)):
        if number:
            yield Line("")
        label = arrow.label
        if label is None or beneath:
            yield from _block(end)
            yield from _blocks(
                [] if label is None else [beside(_INDENT * 2, row) for row in _rows(label, width, look, 4)]
            )
            continue
        margin = beside(end, " " * (widest - end.width + 3))
        first, *others = _rows(label, width, look, margin.width)
        yield from _blocks([beside(margin, first), *(beside(" " * margin.width, row) for row in others)])
    joined = {node for arrow in diagram.arrows for node in (arrow.tail, arrow.head)}
    for vertex in diagram.vertices:
        if vertex.node not in joined:
            yield from _block(names[vertex.node])
    if any(vertex.value is not None for vertex in diagram.vertices):
        yield Line("")
        for vertex in diagram.vertices:
            yield from _block(beside(names[vertex.node], _numbers(vertex, look)))


def _numbers(vertex: Vertex, look: Look) -> Block:
    """The value and the adjoint of a node, behind its name."""
    parts: list[Block | str] = [""]
    if vertex.value is not None:
        parts += [f" {look.exchanged(sign_before(vertex.value))} ", write(vertex.value, look.notation)]
    if vertex.adjoint is not None:
        parts += [", adjoint ", write(vertex.adjoint, look.notation)]
    return beside(*parts)


def _is_narrow(labels: Sequence[Formula | None], room: int, look: Look) -> bool:
    """Whether labels that do not fit beside what they are labels of had better stand beneath it."""
    long = [label for label in labels if label is not None and write(label, look.notation).width > room - len(_INDENT)]
    return any(
        isinstance(label, Equality) and write(label.sides[0], look.notation).width > room - _NARROW for label in long
    )


def check_size(diagram: Diagram) -> None:
    """Raise AdgraphError for a forward graph that is too large to be drawn, and too long to be listed."""
    read = {arrow.tail for arrow in diagram.arrows}
    outputs = sum(vertex.node not in read for vertex in diagram.vertices)
    if len(diagram.vertices) <= MAX_VERTICES or outputs + len(diagram.arrows) <= MAX_LINES:
        return
    raise AdgraphError(
        f"a listing of more than {MAX_LINES:,} lines is not shown",
        hint="show one output (--of), or take the numbers alone: adgraph eval",
    )


def _tree(diagram: Diagram, width: int, look: Look) -> Iterator[Line]:
    """The outputs, below each what it is made of. What stands there a second time is only named, and what stands too
    far in goes on in a tree of its own."""
    check_size(diagram)
    vertices = {vertex.node: vertex for vertex in diagram.vertices}
    reads: dict[int, list[int]] = {node: [] for node in vertices}
    for arrow in diagram.arrows:
        reads[arrow.head].append(arrow.tail)
    read = {arrow.tail for arrow in diagram.arrows}
    shown: set[int] = set()
    deep: deque[int] = deque()
    deepest = max(width, 2 * _NARROW) - len(_INDENT) - len(" (see below)")
    stack = [(node, "", "") for node in reversed(vertices) if node not in read]
    while stack or deep:
        while deep and not stack:
            if (node := deep.popleft()) not in shown:
                yield Line("")
                stack.append((node, "", ""))
        if not stack:
            return
        node, lead, below = stack.pop()
        vertex = vertices[node]
        label = _one_line(vertex.label, look)
        most = deepest if isinstance(vertex.label, Variable) else _UNNAMED * deepest
        elsewhere = bool(reads[node]) and (node in shown or len(lead) + columns(label) > most)
        where = "above" if node in shown else "below"
        remark = f" (see {where})" if elsewhere else "".join(_numbers(vertex, look).lines)
        yield Line(f"{_INDENT}{lead}{label}{remark}")
        if elsewhere:
            deep.append(node)
            continue
        shown.add(node)
        if vertex.gate is not None:  # the operation that makes a variable stands below it
            yield Line(f"{_INDENT}{below}{look.last}{_one_line(vertex.gate, look)}")
            below += " " * len(look.last)
        for place, child in enumerate(reversed(reads[node])):
            branch, trunk = (look.last, " " * len(look.last)) if place == 0 else (look.branch, look.trunk)
            stack.append((child, below + branch, below + trunk))


def _one_line(formula: Formula, look: Look) -> str:
    block = write(formula, look.notation)
    return block.lines[0] if len(block.lines) == 1 else write(formula, Plain())


MAKER = Maker(from_sheet=text)
