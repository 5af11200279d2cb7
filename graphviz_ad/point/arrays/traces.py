"""Evaluation traces of vectors and matrices at a point: values beside what each operation hands to its operands, a
vector–Jacobian product (reverse), or makes of their tangents, a Jacobian–vector product (forward)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.matrix_form import matrix_form
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Definition, Expression, Formula, Sum, Variable
from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.arrays.conventions import is_row
from graphviz_ad.derive.arrays.edge_tensors import EdgeTensor
from graphviz_ad.derive.arrays.edges import over, pulled_back
from graphviz_ad.derive.graph_view import GraphView, definition, find
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.point.arrays.numbers import number_of
from graphviz_ad.point.traces import Trace, TraceLine
from graphviz_ad.read.array_table import Array, numpy
from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_parts

TensorsOnEdges = Mapping[tuple[int, int], EdgeTensor]


class ArrayPoint(Record):
    """The operations of a graph by themselves, their derivatives, and the values at a point."""

    view: GraphView
    indexed: IndexedAlgebra
    edges: TensorsOnEdges
    found: Sequence[Array]
    digits: int

    def name(self, node: int) -> Name:
        return self.view.names[node]

    def reads(self, node: int) -> list[int]:
        """The operands of a vertex that vary."""
        return [read for read in self.view.reads(node) if (node, read) in self.edges]

    def number(self, node: int, value: Array) -> Formula:
        return number_of(value, self.digits, self.view.graph.nodes[node].type.shape)

    def primal(self, node: int) -> Definition:
        """v₁ = W x and its value."""
        value = self.number(node, self.found[node])
        if self.view.graph.nodes[node].op in (INPUT, CONST):
            return Definition(Variable(self.name(node)), number=value)
        return Definition(Variable(self.name(node)), Expression(definition(self.view, node)), None, value)

    def handed(self, node: int, read: int) -> Formula | None:
        """What the adjoint of a node becomes: Wᵀ v̄; None where that has no matrix notation."""
        edge, shape = self.edges[node, read], self.view.graph.nodes[node].type.shape
        bar = over(self.indexed.variable(self.name(node).accented("bar"), shape), edge.left, self.indexed)
        turned = is_row(self.view.graph.nodes[read].type.shape)
        made = matrix_form(self.indexed, pulled_back(self.indexed, bar, edge), turned)
        return None if made is None else Expression(made)

    def moved(self, node: int, read: int) -> Formula | None:
        """What the tangent of an operand becomes: W ẋ."""
        edge, shape = self.edges[node, read], self.view.graph.nodes[read].type.shape
        dot = over(self.indexed.variable(self.name(read).accented("dot"), shape), edge.right, self.indexed)
        total = self.indexed.contract(edge.total, dot, edge.right)
        made = matrix_form(self.indexed, total, is_row(self.view.graph.nodes[node].type.shape))
        return None if made is None else Expression(made)


def array_adjoint_trace(point: ArrayPoint, output: int) -> Trace:
    """The primal trace beside the adjoint trace of a number: beside each line, what it adds to those that it reads."""
    graph, np = point.view.graph, numpy()
    if graph.nodes[output].type.shape:
        name = point.name(output)
        raise AdgraphError(f"{name} is no number, and reverse mode begins at one", hint=f"add L = sum({name}), or --of")
    so_far: dict[int, Array] = {output: 1.0}
    beside: dict[int, list[Definition]] = {}
    stops, count = frozenset(point.view.names), 0
    for node in sorted(point.view.names, reverse=True):
        if node not in so_far:
            continue
        lines = beside.setdefault(node, [])
        if node == output:
            lines.append(Definition(_marked(point, node, "bar"), number=point.number(node, 1.0)))
        bars = array_adjoints(graph, node, point.found, so_far[node], stops)
        for read in reversed(point.reads(node)):
            target, handed = _marked(point, read, "bar"), point.handed(node, read)
            added = bars.get(read, np.zeros(np.shape(point.found[read])))
            value = so_far[read] + added if read in so_far else added
            formula = handed if read not in so_far or handed is None else Sum((target, handed))
            lines.append(Definition(target, formula, None, point.number(read, value)))
            so_far[read] = value
            count += handed != _marked(point, node, "bar")
    steps = (TraceLine(point.primal(node), tuple(reversed(beside.get(node, [])))) for node in point.view.names)
    return Trace("reverse", tuple(steps), count)


def array_tangent_trace(point: ArrayPoint, seeds: Mapping[int, Array]) -> Trace:
    """The primal trace beside the tangent trace in the direction of the seeds, by input."""
    graph, np = point.view.graph, numpy()
    dots: dict[int, Array] = {}
    steps, count = [], 0
    for node in point.view.names:
        shape = np.shape(point.found[node])
        target = _marked(point, node, "dot")
        if graph.nodes[node].op == INPUT:
            dots[node] = seeds.get(node, np.zeros(shape) if shape else 0.0)
            steps.append(TraceLine(point.primal(node), (Definition(target, number=point.number(node, dots[node])),)))
            continue
        terms, total = [], np.zeros(shape) if shape else 0.0
        for read in point.reads(node):
            moved = point.moved(node, read)
            local = derivative(graph, node, read, point.found, frozenset(point.view.names))
            axes = np.ndim(dots[read])
            total = total + (np.tensordot(local, dots[read], axes) if axes else local * dots[read])
            terms.append(moved)
            count += moved != _marked(point, read, "dot")
        dots[node] = total if shape else float(total)
        said = [term for term in terms if term is not None]
        formula = None if len(said) < len(terms) or not said else said[0] if len(said) == 1 else Sum(tuple(said))
        steps.append(
            TraceLine(point.primal(node), (Definition(target, formula, None, point.number(node, dots[node])),))
        )
    return Trace("forward", tuple(steps), count)


def _marked(point: ArrayPoint, node: int, accent: str) -> Formula:
    return Variable(point.name(node).accented(accent))


def seeds_of(view: GraphView, found: Sequence[Array], direction: str | None, first: int) -> dict[int, Array]:
    """The tangents of the inputs that move: of a number 1, of a vector its first entry or that which is named, x_2."""
    graph, np = view.graph, numpy()
    node, place = first, None
    if direction:
        shapes = {graph.name(index): graph.nodes[index].type.shape for index in graph.inputs()}
        element = Vocabulary(shapes, ()).element(direction)
        node = find(graph, direction if element is None else element.of)
        parts = index_parts(element.indices) if element is not None else []
        if len(parts) == 1 and np.ndim(found[node]) == 2:
            parts = list(parts[0])
        place = tuple(int(part) - 1 for part in parts if part.isdecimal()) if parts else None
        if place is not None and (
            len(place) != np.ndim(found[node])
            or not all(0 <= k < size for k, size in zip(place, found[node].shape, strict=True))
        ):
            raise AdgraphError(f"'{direction}' is no entry of '{graph.name(node)}'", hint="entries are counted from 1")
    if not np.ndim(found[node]):
        return {node: 1.0}
    made = np.zeros(np.shape(found[node]))
    made[place or (0,) * made.ndim] = 1.0
    return {node: made}
