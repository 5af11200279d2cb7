"""Numbers of vectors and matrices put into figures and chains: small ones as arrays, larger ones by shape and norm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.diagram import Arrow, Chain, Diagram, Shown, Vertex
from graphviz_ad.core.formula import ChainLine, Definition, Formula, Label, Pullback, Rounded, RoundedArray, is_number
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.core.record import Record
from graphviz_ad.derive.arrays.conventions import Conventions
from graphviz_ad.point.arrays.adjoints import handed
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.read.array_table import Array, numpy

SMALL = 4  # rows and columns of an array that is shown entry by entry


class ArrayNumbers(Record):
    """A graph at a point: the value of every node, and the adjoint of each that the one output depends on."""

    graph: Graph
    found: Sequence[Array]
    adjoints: Mapping[int, Array]
    stops: frozenset[int]
    digits: int
    conventions: Conventions

    def value(self, node: int) -> Shown | None:
        """The value of a node, as it is shown."""
        return number_of(self.found[node], self.digits, self.graph.nodes[node].type.shape)

    def flow(self, head: int, k: int) -> Shown | None:
        """What a node hands back to its k-th operand; nothing to what does not vary."""
        operand = self.graph.nodes[head].args[k]
        if operand not in self.adjoints or head not in self.adjoints:
            return None
        made = handed(numpy(), self.graph, head, k, self.found, self.adjoints[head])
        return number_of(made, self.digits, self.graph.nodes[operand].type.shape)


def number_of(value: Array, digits: int, shape: Shape = ()) -> Rounded | RoundedArray:
    """A value as it is shown; one of a row's shape as a row."""
    np = numpy()
    if np.ndim(value) == 0:
        return Rounded(float(value), digits)
    is_row = bool(shape) and matrix(shape)[0] == 1
    rows = value if np.ndim(value) == 2 else value[None, :] if is_row else value[:, None]
    if max(rows.shape) > SMALL:
        return RoundedArray((), digits, shown(value.shape).replace(" ", ""), float(np.sqrt(np.sum(value * value))))
    return RoundedArray(tuple(tuple(map(float, row)) for row in rows), digits)


def nested_number(value: Sequence[object], digits: int) -> Formula | str:
    """Nested lists as a cell of a table: an array, or what it is where it has more than two axes."""
    made = numpy().array(value)
    return number_of(made, digits) if made.ndim <= 2 else f"{made.ndim} axes, {shown(made.shape)}"


def diagram_at(diagram: Diagram, numbers: ArrayNumbers) -> Diagram:
    """The diagram with the numbers at its nodes and on its arrows."""
    vertices = tuple(_vertex(vertex, numbers) for vertex in diagram.vertices)
    return diagram.replace(vertices=vertices, arrows=tuple(_arrow(arrow, numbers) for arrow in diagram.arrows))


def equations_at(diagram: Diagram, numbers: ArrayNumbers) -> Diagram:
    """The same of one whose nodes are equations, and whose arrows go forward."""
    vertices = tuple(
        _vertex(vertex, numbers).replace(value=None, label=vertex.label.replace(number=numbers.value(vertex.node)))
        if isinstance(vertex.label, Definition)
        else vertex
        for vertex in diagram.vertices
    )
    turned = (_arrow(arrow.replace(tail=arrow.head, head=arrow.tail), numbers) for arrow in diagram.arrows)
    back = tuple(arrow.replace(tail=arrow.head, head=arrow.tail) for arrow in turned)
    return diagram.replace(vertices=vertices, arrows=back)


def _vertex(vertex: Vertex, numbers: ArrayNumbers) -> Vertex:
    if vertex.role == "constant":
        return vertex
    shape = numbers.graph.nodes[vertex.node].type.shape
    bar = numbers.adjoints.get(vertex.node)
    return vertex.replace(
        value=number_of(numbers.found[vertex.node], numbers.digits, shape),
        adjoint=None if bar is None else number_of(bar, numbers.digits, shape),
    )


def _arrow(arrow: Arrow, numbers: ArrayNumbers) -> Arrow:
    label, room = (_numbered(one, arrow, numbers) for one in (arrow.label, arrow.room))
    return arrow.replace(label=label, room=room)


def _numbered(label: object, arrow: Arrow, numbers: ArrayNumbers) -> object:
    """A label with its number, where it is a matrix that is performed and small."""
    if (
        not isinstance(label, Label)
        or label.value is None
        or isinstance(label.value, Pullback)
        or is_number(label.value)
    ):
        return label
    value = derivative(numbers.graph, arrow.tail, arrow.head, numbers.found, numbers.stops)
    if label.number is not None or numpy().ndim(value) > 2:
        return label
    left, right = (numbers.graph.nodes[node] for node in (arrow.tail, arrow.head))
    turned = numbers.conventions.is_turned_on_arrow(left.type.shape, right.type.shape, (left.name, right.name))
    return label.replace(number=_laid_out(value, turned, numbers))


def chain_at(chain: Chain, numbers: ArrayNumbers) -> Chain:
    """The chain with the number that each line makes, where its derivative is a matrix."""
    return chain.replace(
        equations=tuple(_line(line, numbers) if isinstance(line, ChainLine) else line for line in chain.equations)
    )


def _line(line: ChainLine, numbers: ArrayNumbers) -> ChainLine:
    if line.node is None or isinstance(line.result, Pullback) or is_number(line.result):
        return line
    of = numbers.graph.index(str(line.total.of))
    value = derivative(numbers.graph, of, line.node, numbers.found)
    turned = numbers.conventions.is_turned(*(numbers.graph.nodes[node].type.shape for node in (of, line.node)))
    return line.replace(number=_laid_out(value, turned, numbers))


def _laid_out(value: Array, turned: bool, numbers: ArrayNumbers) -> Rounded | RoundedArray:
    """A derivative as it stands: a row or transposed, where the layout has it so."""
    value = value.T if turned and numpy().ndim(value) == 2 else value
    return number_of(value, numbers.digits, (1, 2) if turned else ())
