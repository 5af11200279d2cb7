"""Text: equations, graphs as trees and lists of arrows, chains; formulas in two dimensions."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graphviz_ad.errors import AdgraphError
from graphviz_ad.notation.formula import Equation, Formula, sign_before
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.unicode import Block, Unicode, beside
from graphviz_ad.notation.write import broken, write
from graphviz_ad.render import Format, Options, register, tables
from graphviz_ad.render.plots import characters
from graphviz_ad.transform.diagram import Chain, Chains, Diagram, Plot, Sheet, Table

MAX_LINES = 5000
_INDENT = "  "


class Line(NamedTuple):
    """A line of output and what it is: "heading", "note" or nothing in particular."""

    text: str
    role: str = ""


def text(sheet: Sheet, options: Options) -> str:
    """The sheet as plain text, in lines of any length."""
    return "".join(f"{line.text}\n" for line in lines(sheet))


def lines(sheet: Sheet, width: int | None = None) -> Iterator[Line]:
    """The sheet line by line; a chain longer than `width` columns goes on in a further line."""
    if sheet.equations:
        yield from (Line("Equations", "heading"), Line(""))
    for equation in sheet.equations:
        yield from _block(write(equation, Unicode()))
    for number, panel in enumerate(sheet.panels):
        yield from [Line("")] * bool(number or sheet.equations)
        yield from (Line(panel.caption, "heading"), Line(""))
        match panel.content:
            case Diagram():
                yield from _diagram(panel.content)
            case Chains(chains):
                yield from chain_lines(chains, width)
            case Table():
                yield from map(Line, tables.text(panel.content, 6).splitlines())
            case Plot():
                yield from (Line(_INDENT + line) for line in characters(panel.content))


def chain_lines(chains: Sequence[Chain], width: int | None = None) -> Iterator[Line]:
    """Chains, an equation below the other, with blank lines between."""
    for number, chain in enumerate(chains):
        if number:
            yield Line("")
        for equation in chain.equations:
            yield from _equation(equation, width)
        for note in chain.notes:
            yield Line(f"{_INDENT}({note})", "note")


def _block(block: Block) -> Iterator[Line]:
    return (Line((_INDENT + line).rstrip()) for line in block.lines)


def _equation(equation: Equation, width: int | None) -> Iterator[Line]:
    """An equation, in several lines where it is longer than the width: broken before = and, in long sums, before +."""
    left = write(equation.sides[0], Unicode())
    room = width and width - len(_INDENT)
    line, indent = left, left.width
    for side in equation.sides[1:]:
        whole = write(side, Unicode())
        fits = room is None or indent + 3 + whole.width <= room
        for number, part in enumerate([whole] if fits else [write(p, Unicode()) for p in broken(side)]):
            sign, margin = ("", indent + 3) if number else (f" {sign_before(side)} ", indent)
            longer = beside(line, sign, part)
            if room and (longer.width > room or not (fits or number)) and line.width > margin:
                yield from _block(line)
                longer = beside(" " * margin, sign, part)
            line = longer
    yield from _block(line)


def _diagram(diagram: Diagram) -> Iterator[Line]:
    yield from _tree(diagram) if diagram.kind == "forward" else _arrows(diagram)
    if diagram.legend:
        yield Line("")
        legend = [write(line, Unicode()) for line in diagram.legend]
        for block in legend:
            yield from _block(block)
    for note in diagram.notes:
        yield Line(f"{_INDENT}({note})", "note")


def _arrows(diagram: Diagram) -> Iterator[Line]:
    """One arrow after the other: from, to, and its label."""
    label = {vertex.node: write(vertex.label, Unicode()) for vertex in diagram.vertices}
    ends = [beside(label[arrow.tail], " → ", label[arrow.head]) for arrow in diagram.arrows]
    widest = max((block.width for block in ends), default=0)
    for number, (end, arrow) in enumerate(zip(ends, diagram.arrows, strict=True)):
        if number:
            yield Line("")
        padding = " " * (widest - end.width + 3)
        yield from _block(end if arrow.label is None else beside(end, padding, write(arrow.label, Unicode())))
    joined = {node for arrow in diagram.arrows for node in (arrow.tail, arrow.head)}
    for vertex in diagram.vertices:
        if vertex.node not in joined:
            yield from _block(label[vertex.node])


def _tree(diagram: Diagram) -> Iterator[Line]:
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
        yield Line(f"{_INDENT}{lead}{_one_line(vertex.label)}{' (see above)' if again else ''}")
        if again:
            continue
        shown.add(node)
        if vertex.gate is not None:  # the operation that makes a variable stands below it
            yield Line(f"{_INDENT}{below}└─ {_one_line(vertex.gate)}")
            below += "   "
        for place, child in enumerate(reversed(reads[node])):
            branch, trunk = ("└─ ", "   ") if place == 0 else ("├─ ", "│  ")
            stack.append((child, below + branch, below + trunk))
    raise AdgraphError(
        f"a graph of more than {MAX_LINES:,} nodes is not listed",
        hint="show one output (--of), or the chain alone: adgraph derive",
    )


def _one_line(formula: Formula) -> str:
    block = write(formula, Unicode())
    return block.lines[0] if len(block.lines) == 1 else write(formula, Plain())


register(Format("text", (".txt",), "plain text, with formulas in two dimensions", from_sheet=text))
