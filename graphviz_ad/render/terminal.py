"""Text: equations, graphs and chains, with formulas in two dimensions.

Graphs are drawn in boxes; those that are wider than the terminal are listed, as a tree or arrow by arrow.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from graphviz_ad.errors import AdgraphError
from graphviz_ad.notation.ascii import Ascii, spelled
from graphviz_ad.notation.formula import Equation, Formula, Notation, sign_before
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.unicode import Block, Unicode, beside, columns
from graphviz_ad.notation.write import broken, write
from graphviz_ad.render import Format, Options, canvas, register, tables
from graphviz_ad.render.boxes import draw
from graphviz_ad.render.canvas import Pen, Run
from graphviz_ad.render.plots import characters
from graphviz_ad.render.wrapping import pieces
from graphviz_ad.transform.diagram import Chain, Chains, Diagram, Plot, Sheet, Table

MAX_LINES = 5000
WIDTH = 80  # where no terminal says how wide it is
_DIGITS = 6
LEAST = 12  # columns for a label in a list
_INDENT = "  "


class Line(NamedTuple):
    """A line of output and what it is: "heading", "note" or nothing in particular. In a line of a drawing `runs` says
    it piece by piece."""

    text: str
    role: str = ""
    runs: tuple[Run, ...] = ()


class Look(NamedTuple):
    """What text is made of: a notation, the pen of drawings, the arrow and the branches of lists, the sign of a product
    that goes on in a new line, and what characters of other texts are exchanged."""

    notation: Notation[Block]
    pen: Pen
    arrow: str
    last: str
    branch: str
    trunk: str
    times: str = "· "
    exchanged: Callable[[str], str] = str


UNICODE = Look(Unicode(), canvas.UNICODE, " → ", "└─ ", "├─ ", "│  ")
ASCII = Look(Ascii(), canvas.ASCII, " -> ", "`- ", "|- ", "|  ", "* ", spelled)


def text(sheet: Sheet, options: Options) -> str:
    """The sheet as plain text."""
    return "".join(f"{line.text}\n" for line in lines(sheet, WIDTH, parted=False))


def lines(sheet: Sheet, width: int | None = None, look: Look = UNICODE, parted: bool = True) -> Iterator[Line]:
    """The sheet line by line. A graph wider than the width is listed, a longer chain goes on in a further line, and a
    table is parted into its columns, if it may be: in a file it need not."""
    for line in _lines(sheet, width, look, parted):
        yield line if line.runs else line._replace(text=look.exchanged(line.text))


def _lines(sheet: Sheet, width: int | None, look: Look, parted: bool) -> Iterator[Line]:
    if sheet.equations:
        yield from (Line("Equations", "heading"), Line(""))
    for equation in sheet.equations:
        yield from _equation(equation, width, look)
    for number, panel in enumerate(sheet.panels):
        yield from [Line("")] * bool(number or sheet.equations)
        yield from (Line(panel.caption, "heading"), Line(""))
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
            yield from _equation(equation, width, look)
        for note in chain.notes:
            yield Line(f"{_INDENT}({note})", "note")


def _block(block: Block) -> Iterator[Line]:
    return (Line((_INDENT + line).rstrip()) for line in block.lines)


def _equation(equation: Equation, width: int | None, look: Look) -> Iterator[Line]:
    """An equation, in several lines where it is longer than the width."""
    for block in _broken(equation, width and width - len(_INDENT), look):
        yield from _block(block)


def _broken(equation: Equation, room: int | None, look: Look) -> Iterator[Block]:
    """The lines of an equation: broken before = and, in what is long, before + and between factors."""
    line = write(equation.sides[0], look.notation)
    indent = line.width
    for side in equation.sides[1:]:
        whole = write(side, look.notation)
        fits = room is None or indent + 3 + whole.width <= room
        for number, part in enumerate([whole] if fits else _parts(side, max(1, (room or 0) - indent - 3), look)):
            sign, margin = ("", indent + 3) if number else (f" {look.exchanged(sign_before(side))} ", indent)
            longer = beside(line, sign, part)
            if room and (longer.width > room or not (fits or number)) and line.width > margin:
                yield line
                longer = beside(" " * margin, sign, part)
            line = longer
    yield line


def _parts(side: Formula, room: int, look: Look) -> Iterator[Block]:
    """What may stand in lines of its own."""
    for part in broken(side):
        flat = Block((look.exchanged(re.sub(r" ?\* ?", " * ", write(part, Plain()))),))
        yield from pieces(write(part, look.notation), flat, room, look.times)


def _table(table: Table, width: int | None, look: Look) -> Iterator[Line]:
    """A table; one that is wider than the width column by column."""
    made = tables.text(table, _DIGITS, look.notation).splitlines()
    if width is None or all(columns(line) <= width for line in made):
        yield from map(Line, made)
        return
    for number, head in enumerate(table.head):
        yield from [Line("")] * bool(number)
        for cell in (head, *(row[number] for row in table.rows if row)):
            if isinstance(cell, Equation):
                yield from _equation(cell, width, look)
            elif cell != "":
                yield from _block(tables.block(cell, _DIGITS, look.notation))


def _diagram(diagram: Diagram, width: int | None, look: Look) -> Iterator[Line]:
    drawn = draw(diagram, look.notation, look.pen, width and width - len(_INDENT))
    if drawn is not None:
        yield from map(_drawn, drawn.rows())
    elif diagram.kind == "forward":
        yield from _tree(diagram, look)
    else:
        yield from _arrows(diagram, width, look)
    if diagram.legend:
        yield Line("")
        for equation in diagram.legend:
            yield from _equation(equation, width, look)
    for note in diagram.notes:
        yield Line(f"{_INDENT}({note})", "note")


def _drawn(runs: tuple[Run, ...]) -> Line:
    runs = ((_INDENT, ""), *runs) if runs else ()
    return Line("".join(text for text, _ in runs), runs=runs)


def _arrows(diagram: Diagram, width: int | None, look: Look) -> Iterator[Line]:
    """One arrow after the other: from, to, and its label."""
    label = {vertex.node: write(vertex.label, look.notation) for vertex in diagram.vertices}
    ends = [beside(label[arrow.tail], look.arrow, label[arrow.head]) for arrow in diagram.arrows]
    widest = max((block.width for block in ends), default=0)
    room = width and max(LEAST, width - len(_INDENT) - widest - 3)
    for number, (end, arrow) in enumerate(zip(ends, diagram.arrows, strict=True)):
        if number:
            yield Line("")
        if arrow.label is None:
            yield from _block(end)
            continue
        equation = arrow.label if isinstance(arrow.label, Equation) else Equation((arrow.label,))
        for place, block in enumerate(_broken(equation, room, look)):
            start = Block((" " * end.width,)) if place else end
            yield from _block(beside(start, " " * (widest - end.width + 3), block))
    joined = {node for arrow in diagram.arrows for node in (arrow.tail, arrow.head)}
    for vertex in diagram.vertices:
        if vertex.node not in joined:
            yield from _block(label[vertex.node])


def _tree(diagram: Diagram, look: Look) -> Iterator[Line]:
    """The outputs, below each what it is made of. What stands there a second time is only named."""
    vertices = {vertex.node: vertex for vertex in diagram.vertices}
    reads: dict[int, list[int]] = {node: [] for node in vertices}
    for arrow in diagram.arrows:
        reads[arrow.head].append(arrow.tail)
    read = {arrow.tail for arrow in diagram.arrows}
    shown: set[int] = set()
    stack = [(node, "", "") for node in reversed(vertices) if node not in read]
    for _ in range(MAX_LINES):
        if not stack:
            return
        node, lead, below = stack.pop()
        vertex, again = vertices[node], node in shown and bool(reads[node])
        yield Line(f"{_INDENT}{lead}{_one_line(vertex.label, look)}{' (see above)' if again else ''}")
        if again:
            continue
        shown.add(node)
        if vertex.gate is not None:  # the operation that makes a variable stands below it
            yield Line(f"{_INDENT}{below}{look.last}{_one_line(vertex.gate, look)}")
            below += " " * len(look.last)
        for place, child in enumerate(reversed(reads[node])):
            branch, trunk = (look.last, " " * len(look.last)) if place == 0 else (look.branch, look.trunk)
            stack.append((child, below + branch, below + trunk))
    raise AdgraphError(
        f"a graph of more than {MAX_LINES:,} nodes is not listed",
        hint="show one output (--of), or the chain alone: adgraph derive",
    )


def _one_line(formula: Formula, look: Look) -> str:
    block = write(formula, look.notation)
    return block.lines[0] if len(block.lines) == 1 else write(formula, Plain())


register(Format("text", (".txt",), "plain text, with formulas in two dimensions", from_sheet=text))
