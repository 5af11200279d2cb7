"""A sheet in words: what a lecturer would say of a figure to those who do not see it."""

from collections.abc import Iterable

from graphviz_ad.core.diagram import Cell, Chain, Chains, Diagram, Panel, Plot, Region, Sheet, Table, Vertex
from graphviz_ad.core.formula import Definition, Formula, Gate, Label
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.spoken import spoken
from graphviz_ad.notation.unicode import on_the_line
from graphviz_ad.notation.write import write


def title_of(sheet: Sheet) -> str:
    """What a sheet is called in plain text: by its title, its equations or its name."""
    return sheet.title or equations_in_line(sheet) or sheet.name


def equations_in_line(sheet: Sheet) -> str:
    """The equations of a sheet, in one line of plain text."""
    return "; ".join(write(equation, Plain()) for equation in sheet.equations)


def describe(sheet: Sheet) -> str:
    """The equations, what depends on what, and every derivative and chain that the sheet shows."""
    said = [_sentence("; ".join(map(spoken, sheet.equations)))] if sheet.equations else []
    return " ".join([*said, *(_sentence(part) for panel in sheet.panels for part in _panel(panel))])


def _cell(cell: Cell) -> str:
    """A cell in words: text as it is, a number in full, a formula as it is spoken."""
    if isinstance(cell, str):
        return cell
    return repr(cell) if isinstance(cell, float) else spoken(cell)


def _panel(panel: Panel) -> Iterable[str]:
    """What is said of a panel: its caption with the first of it, then the rest."""
    first, *rest = [said for said in _said(panel.content) if said] or [""]
    yield ": ".join(filter(None, (panel.caption, first)))
    yield from rest


def _said(content: Diagram | Chains | Table | Plot) -> list[str]:
    match content:
        case Diagram():
            return _diagram(content)
        case Chains(chains):
            return [said for chain in chains for said in _chain(chain)]
        case Table(_, rows):
            return ["; ".join(", ".join(filter(None, map(_cell, row))) for row in rows if row)]
        case Plot(x, _, series):
            return ["; ".join(f"{_cell(line.name)} over {_cell(x)}" for line in series)]


def _chain(chain: Chain) -> list[str]:
    """Its equations, and its remarks, whose small letters are words: s₁ is s sub 1."""
    return [*map(spoken, chain.equations), *(on_the_line(note, " sub {}", " super {}") for note in chain.notes)]


def _name(vertex: Vertex) -> str:
    return spoken(vertex.called)


# ---- diagrams


def _diagram(diagram: Diagram) -> list[str]:
    said = [_dependencies(diagram)] if diagram.kind == "forward" else []
    labels = (vertex.label for vertex in diagram.vertices)
    defined = (label for label in labels if isinstance(label, Definition) and len(label.sides) > 1)
    said.append("; ".join(map(spoken, defined)))  # that say more than a name
    said.append("; ".join(_together(region, diagram) for region in diagram.regions))
    said += [_derivatives(diagram), _wires(diagram)]
    if diagram.legend:
        said.append("here " + "; ".join(map(spoken, diagram.legend)))
    return [*said, "; ".join(filter(None, map(_numbers, diagram.vertices))), *diagram.notes]


def _dependencies(diagram: Diagram) -> str:
    """What each variable depends on, and through which operations."""
    vertices = {vertex.node: vertex for vertex in diagram.vertices}
    reads = diagram.reads()
    return "; ".join(
        _dependency(vertex, vertices, reads)
        for vertex in diagram.vertices
        if vertex.role in ("variable", "output") and (reads[vertex.node] or vertex.gate)
    )


def _dependency(vertex: Vertex, vertices: dict[int, Vertex], reads: dict[int, list[int]]) -> str:
    """What one variable depends on: the variables before it or, if there are none, the constants; and the operations
    on the way."""
    variables: dict[str, None] = {}
    constants: dict[str, None] = {}
    operations = []
    stack, seen = [vertex.node], set()
    while stack:
        node = stack.pop()
        here = vertices[node]
        if node in seen:
            continue
        seen.add(node)
        if node != vertex.node and here.role != "operation":
            (constants if here.role == "constant" else variables)[_name(here)] = None
            continue
        sign = here.gate if node == vertex.node else here.label
        operations += [spoken(sign)] if sign is not None else []
        stack += reversed(reads[node])
    name = _name(vertex)
    if not (variables or constants):
        return f"{name} is {listed(operations)}"
    through = [*dict.fromkeys(reversed(operations))]
    way = f", through the operation{'s' * (len(through) > 1)} {listed(through)}" if through else ""
    return f"{name} depends on {listed(variables or constants)}{way}"


def _together(region: Region, diagram: Diagram) -> str:
    """What belongs together; what stands for several is so many times."""
    members = listed(_name(vertex) for vertex in diagram.vertices if vertex.node in region.nodes)
    return (
        f"a group of {members} stands for {region.times}" if region.times else f"the group {region.name} has {members}"
    )


def _derivatives(diagram: Diagram) -> str:
    """The label of each arrow; where no derivative has its variables yet, which variables an arrow joins."""
    names = {vertex.node: _name(vertex) for vertex in diagram.vertices}
    labels = [
        f"from {names[arrow.tail]} to {names[arrow.head]}, {spoken(arrow.label)}"
        if isinstance(arrow.label, Label) and arrow.label.derivative.of is None
        else spoken(arrow.label)
        for arrow in diagram.arrows
        if arrow.label is not None and not arrow.through
    ]
    return "; ".join(labels)


def _wires(diagram: Diagram) -> str:
    """The value and the gradient of each wire of a circuit."""
    names = {vertex.node: _name(vertex) for vertex in diagram.vertices}
    said = []
    for arrow in diagram.arrows:
        shown = _both(("the value", arrow.label), ("the gradient", arrow.below))
        said += [f"the wire from {names[arrow.tail]} to {names[arrow.head]} has {shown}"] * arrow.through
    return "; ".join(said)


def _numbers(vertex: Vertex) -> str:
    """The value and the adjoint of a node, where it has them."""
    said = _both(("the value", vertex.value), ("the adjoint", vertex.adjoint))
    name = _name(vertex)
    what = "the operation " if isinstance(vertex.label, Gate) and not name.startswith("the ") else ""
    return f"{what}{name} has {said}" if said else ""


def _both(*numbers: tuple[str, Formula | None]) -> str:
    """Numbers with what they are, of those that there are."""
    return " and ".join(f"{what} {spoken(number)}" for what, number in numbers if number is not None)


# ---- sentences


def listed(words: Iterable[str]) -> str:
    """a, b and c."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _sentence(words: str) -> str:
    """Words with a full stop; a sentence that begins with an article begins with a capital."""
    start = words[:1].upper() if words.startswith(("the ", "here ", "a partial", "a deriv", "a group")) else words[:1]
    return f"{start}{words[1:]}."
