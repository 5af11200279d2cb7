"""Graphs that are not drawn in characters, listed: by layers, as a tree, or arrow by arrow."""

from collections import deque
from collections.abc import Iterator, Sequence

from graphviz_ad.core.diagram import Diagram, Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Equality, Formula, Variable, sign_before
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.layered.net import ITSELF
from graphviz_ad.formats.terminal.rows import INDENT, WIDTH, Line, Look, block_lines, formula_rows, one_block
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.unicode import Block, beside, columns
from graphviz_ad.notation.write import write

MAX_LINES = 10_000
MAX_VERTICES = 150  # a larger diagram is listed: nobody could follow its arrows in characters
_NARROW = 20  # columns: less than that beside something is worse than the whole width beneath it
_UNNAMED = 4  # times as far in may a tree go on with what has no name, of which one could not tell where it goes on


def is_drawable(diagram: Diagram) -> bool:
    """Whether anybody could follow its arrows in characters."""
    return len(diagram.vertices) <= MAX_VERTICES


def listed(diagram: Diagram, width: int | None, look: Look, arrangement: Arrangement | None) -> Iterator[Line]:
    """A diagram by the layers of its figure, if it has one that is known; a forward graph that is a tree, or whose
    operations have no names, as a tree."""
    layers = _layers(diagram, arrangement)
    if diagram.kind == "backward":
        yield from _arrows(diagram, layers, width, look)
    elif layers and _is_shared(diagram) and not diagram.full:
        yield from _readers(diagram, layers, width, look)
    else:
        yield from _tree(diagram, width or WIDTH, look)


def _layers(diagram: Diagram, arrangement: Arrangement | None) -> list[list[Vertex]]:
    """The vertices of each layer, from that which is read first, as they stand there."""
    vertices = {vertex.node: vertex for vertex in diagram.vertices}
    columns = () if arrangement is None else arrangement.columns
    found = [[vertices[node] for node, part, _ in column if part == ITSELF and node in vertices] for column in columns]
    return list(filter(None, found[::-1] if diagram.kind == "backward" else found))


def _is_shared(diagram: Diagram) -> bool:
    """Whether something is read more than once."""
    tails = [arrow.tail for arrow in diagram.arrows]
    return len(set(tails)) < len(tails)


def _readers(diagram: Diagram, layers: Sequence[Sequence[Vertex]], width: int | None, look: Look) -> Iterator[Line]:
    """Layer by layer what each node reads, in the order in which it does."""
    names = {vertex.node: _one_line(vertex.label, look) for vertex in diagram.vertices}
    reads = diagram.reads()
    for number, layer in enumerate(layers):
        yield from [Line("")] * bool(number)
        yield from _listing(f"Layer {number + 1}: ", [names[vertex.node] for vertex in layer], width)
        for vertex in layer:
            said = names[vertex.node] + "".join(_numbers(vertex, look).lines)
            if reads[vertex.node]:
                yield from _listing(f"{INDENT}{said}{look.back}", [names[node] for node in reads[vertex.node]], width)
            elif vertex.value is not None:
                yield Line(f"{INDENT * 2}{said}")


def _listing(lead: str, names: Sequence[str], width: int | None) -> Iterator[Line]:
    """Names behind words, in as many lines as they need."""
    margin = columns(INDENT + lead)
    line = INDENT + lead
    for place, name in enumerate(names):
        word = name + "," * (place < len(names) - 1)
        if width is not None and columns(line) > margin and columns(f"{line} {word}") > width:
            yield Line(line)
            line = " " * margin
        line += word if columns(line) == margin else f" {word}"
    yield Line(line)


def _arrows(diagram: Diagram, layers: Sequence[Sequence[Vertex]], width: int | None, look: Look) -> Iterator[Line]:
    """One arrow after the other: from, to, and its label; layer by layer, where there are any with several nodes."""
    names = {vertex.node: write(vertex.label, look.notation) for vertex in diagram.vertices}
    ends = [beside(names[arrow.tail], look.arrow, names[arrow.head]) for arrow in diagram.arrows]
    widest = max((block.width for block in ends), default=0)
    labels = [arrow.label for arrow in diagram.arrows]
    beneath = width is not None and width > _NARROW and _is_narrow(labels, width - widest - 3, look)
    leaving: dict[int, list[int]] = {vertex.node: [] for vertex in diagram.vertices}
    for number, arrow in enumerate(diagram.arrows):
        leaving[arrow.tail].append(number)
    begun = False
    for place, layer in enumerate(layers or [diagram.vertices]):
        if len(layers) > 2 and any(len(other) > 1 for other in layers):
            yield from [Line("")] * begun
            yield from _listing(f"Layer {place + 1}: ", [_one_line(vertex.label, look) for vertex in layer], width)
            begun = True
        for number in (number for vertex in layer for number in leaving[vertex.node]):
            yield from [Line("")] * begun
            begun = True
            yield from _arrow(ends[number], labels[number], widest, beneath, width, look)
    joined = {node for arrow in diagram.arrows for node in (arrow.tail, arrow.head)}
    for vertex in diagram.vertices:
        if vertex.node not in joined:
            yield from one_block(names[vertex.node])
    if any(vertex.value is not None for vertex in diagram.vertices):
        yield Line("")
        for vertex in diagram.vertices:
            yield from one_block(beside(names[vertex.node], _numbers(vertex, look)))


def _arrow(
    end: Block, label: Formula | None, widest: int, beneath: bool, width: int | None, look: Look
) -> Iterator[Line]:
    """An arrow with its label beside or beneath it."""
    if label is None or beneath:
        yield from one_block(end)
        yield from block_lines(
            [] if label is None else [beside(INDENT * 2, row) for row in formula_rows(label, width, look, 4)]
        )
        return
    margin = beside(end, " " * (widest - end.width + 3))
    first, *others = formula_rows(label, width, look, margin.width)
    yield from block_lines([beside(margin, first), *(beside(" " * margin.width, row) for row in others)])


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
    long = [label for label in labels if label is not None and write(label, look.notation).width > room - len(INDENT)]
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
    reads = diagram.reads()
    read = {arrow.tail for arrow in diagram.arrows}
    shown: set[int] = set()
    deep: deque[int] = deque()
    deepest = max(width, 2 * _NARROW) - len(INDENT) - len(" (see below)")
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
        too_far = bool(lead) and len(lead) + columns(label) > most  # what begins a tree stands there, however long
        elsewhere = bool(reads[node]) and (node in shown or too_far)
        where = "above" if node in shown else "below"
        remark = f" (see {where})" if elsewhere else "".join(_numbers(vertex, look).lines)
        yield Line(f"{INDENT}{lead}{label}{remark}")
        if elsewhere:
            deep.append(node)
            continue
        shown.add(node)
        if vertex.gate is not None:  # the operation that makes a variable stands below it
            yield Line(f"{INDENT}{below}{look.last}{_one_line(vertex.gate, look)}")
            below += " " * len(look.last)
        for place, child in enumerate(reversed(reads[node])):
            branch, trunk = (look.last, " " * len(look.last)) if place == 0 else (look.branch, look.trunk)
            stack.append((child, below + branch, below + trunk))


def _one_line(formula: Formula, look: Look) -> str:
    block = write(formula, look.notation)
    return block.lines[0] if len(block.lines) == 1 else write(formula, Plain())
