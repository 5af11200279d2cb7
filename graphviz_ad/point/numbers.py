"""Numbers put into figures and chains: the value and the adjoint of each node, the derivative on each arrow, and the
multiplied-out chain with the values of its variables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import isnan, nan

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.diagram import Arrow, Chain, Diagram, Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import ChainLine, Expression, Formula, Label, Product, Rounded, Sum, is_number
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.core.record import TYPE_CHECKING, Record
from graphviz_ad.point.evaluate import Functions, values

if TYPE_CHECKING:
    from graphviz_ad.point.at_kinks import AtKink

MAX_NODES = 60  # of an expression that is shown with numbers in it


class Numbers(Record):
    """A graph at a point: the value of every node, its adjoint (None where it depends on no input, and all None if
    there are several outputs), and the derivative of each vertex with respect to each that it reads; no number in a
    branch that is switched off. `others` are the derivatives that are not what their formulas say, for kinks."""

    found: Sequence[float]
    adjoints: Sequence[float | None]
    slopes: Mapping[tuple[int, int], float]
    digits: int
    others: Collection[tuple[int, int]] = ()


def diagram_at(diagram: Diagram, numbers: Numbers) -> Diagram:
    """The diagram with the numbers at its nodes and on its arrows."""
    vertices = tuple(_vertex(vertex, numbers) for vertex in diagram.vertices)
    arrows = tuple(_arrow(arrow, numbers) for arrow in diagram.arrows)
    return diagram.replace(vertices=vertices, arrows=arrows)


def _vertex(vertex: Vertex, numbers: Numbers) -> Vertex:
    if vertex.role == "constant":
        return vertex
    value, bar = (known_number(one, numbers.digits)
                  for one in (numbers.found[vertex.node], numbers.adjoints[vertex.node]))  # fmt: skip
    return vertex.replace(value=value, adjoint=bar)


def _arrow(arrow: Arrow, numbers: Numbers) -> Arrow:
    slope = numbers.slopes.get((arrow.tail, arrow.head))
    if not isinstance(arrow.label, Label) or slope is None:
        return arrow
    holds = (arrow.tail, arrow.head) not in numbers.others
    label, room = (one and numbered(one, slope, numbers.digits, holds) for one in (arrow.label, arrow.room))
    return arrow.replace(label=label, room=room)


def known_number(value: float | None, digits: int) -> Rounded | None:
    """A number as it is shown; nothing where there is none, as in a branch that is switched off."""
    return None if value is None or isnan(value) else Rounded(value, digits)


def numbered(label: Label, value: float, digits: int, holds: bool = True) -> Label:
    """The label of an arrow with its number; once, where it is that number, and none where it is not performed. The
    number alone where the formula does not hold at this point."""
    if label.value is None or is_number(label.value) or isnan(value):
        return label
    if not holds:
        return label.replace(value=Rounded(value, digits))
    return label.replace(number=Rounded(value, digits))


Kinks = Mapping[
    int, tuple["AtKink", str]
]  # derivatives with kinks on the way, by their nodes, and what is said of each


def chain_at(
    chain: Chain, known: Mapping[Name, float], derivatives: Mapping[int, float], digits: int, at_kinks: Kinks
) -> Chain:
    """The chain with its numbers: the values of the variables put into each result, and what that makes. Where kinks
    make the derivative another, the result does not hold there, and a note has the number.

    `derivatives` has the number of each derivative that is a line, by the node that it is by."""
    others = {node for node, (here, _) in at_kinks.items() if here.is_another}
    lines = (
        line if line.node in others else _line_at(line, known, derivatives, digits)
        for line in chain.lines
    )  # fmt: skip
    notes = (note for _, note in at_kinks.values())
    return chain.replace(equations=tuple(lines), notes=(*chain.notes, *notes))


def _line_at(line: ChainLine, known: Mapping[Name, float], derivatives: Mapping[int, float], digits: int) -> ChainLine:
    substituted = put(line.result, known, digits)
    ends = is_number(line.result if substituted is None else substituted)
    assert line.node is not None
    return line.replace(substituted=substituted, number=None if ends else Rounded(derivatives[line.node], digits))


def part_values(algebra: Algebra, known: Mapping[Name, float], functions: Functions) -> dict[Name, float]:
    """The values of the named parts of long derivatives, as far as they have one."""
    found: dict[Name, float] = {}
    for name, index in algebra.parts.items():
        graph = to_graph(algebra, index)
        wanted = [node.name for node in graph.nodes if node.name]
        try:
            point = {str(each): found[each] if each in found else known[each] for each in wanted}
            found[name] = values(graph, point, functions)[graph.outputs[0]]
        except (KeyError, AdgraphError):  # of another view, or beyond what numbers can be
            continue
    return found


def put(side: Formula, known: Mapping[Name, float], digits: int) -> Formula | None:
    """A side with numbers for its variables; None where that would be too long, or nothing but a number."""
    match side:
        case Expression(graph):
            return _expression(graph, known, digits) if _says_more(graph, known) else None
        case Sum(terms) | Product(terms):
            parts = [_expression(t.graph, known, digits) if isinstance(t, Expression) else None for t in terms]
            found = [part for part in parts if part is not None]
            return type(side)(tuple(found)) if len(found) == len(terms) else None
    return None


def _says_more(graph: Graph, known: Mapping[Name, float]) -> bool:
    """Whether an expression with its numbers says more than its value: 2 · 3 and −(−2) do, a copy and −2 do not."""
    ops = {node.op for node in graph.nodes if node.args}
    if not ops <= {"copy", "neg"}:
        return True
    return "neg" in ops and any(known.get(node.name or UNNAMED, 0) < 0 for node in graph.nodes if node.op == INPUT)


def _expression(graph: Graph, known: Mapping[Name, float], digits: int) -> Expression | None:
    read = [known.get(node.name or UNNAMED, nan) for node in graph.nodes if node.op == INPUT]
    if len(graph.nodes) > MAX_NODES or any(map(isnan, read)):
        return None
    nodes = tuple(
        Node(CONST, (), Rounded(known[node.name or UNNAMED], digits).shown) if node.op == INPUT else node
        for node in graph.nodes
    )
    return Expression(Graph(nodes, graph.outputs))
