"""What stands on the arrows between vectors and matrices: the derivative as a matrix, where it is one, and else what it
does with the adjoint of its left end, δ ↦ δ xᵀ (a vector–Jacobian product).

The derivative of a number has the shape of what it is taken by; that of a vector by a vector has a row for each entry
of the left and a column for each of the right one.
"""

from __future__ import annotations

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import IndexedFactor, IndexedTerm, Tensor
from graphviz_ad.algebra.matrix_form import matrix_form
from graphviz_ad.algebra.multiples import with_multiples
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.formula import Equation, Expression, Formula, Pullback, Variable
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.derive.arrays.conventions import Conventions, is_row
from graphviz_ad.derive.arrays.edge_tensors import EdgeTensor, edge_tensors
from graphviz_ad.derive.arrays.index_form import index_form
from graphviz_ad.derive.graph_view import GraphView

UNWRITTEN = "a derivative without matrix notation is left unperformed; names for parts of its equation would help"
ADJOINTS = ("δ", "λ", "g", "G", "adjoint")  # names for an adjoint, the first that is not taken


class ArrayEdge(Record):
    """A derivative between two vertices as a tensor, and as it is written: `jacobian` where it is a matrix; no `value`
    where it has no notation."""

    tensor: EdgeTensor
    jacobian: Graph | None
    value: Formula | None

    @property
    def of(self) -> int:
        return self.tensor.of

    @property
    def wrt(self) -> int:
        return self.tensor.wrt

    @property
    def unwritten(self) -> str:
        return UNWRITTEN if self.value is None else ""

    def shown(self, algebra: Algebra) -> Formula | None:
        """What stands on the arrow."""
        return self.value


def array_edges(
    graph_view: GraphView, indexed: IndexedAlgebra, conventions: Conventions
) -> dict[tuple[int, int], ArrayEdge]:
    """Every local derivative by its two nodes."""
    writer = EdgeWriter(graph_view, indexed, conventions)
    return {edge: writer.written(tensor) for edge, tensor in edge_tensors(graph_view, indexed).items()}


def adjoint_name(graph_view: GraphView) -> Name:
    """What the adjoint of an arrow's left end is called on it."""
    taken = {name.parts.base for name in graph_view.names.values()}
    return Name(next(letter for letter in ADJOINTS if letter not in taken))


class EdgeWriter:
    """Writes the derivatives of one view."""

    def __init__(self, graph_view: GraphView, indexed: IndexedAlgebra, conventions: Conventions) -> None:
        self.view, self.indexed, self.conventions = graph_view, indexed, conventions
        self.adjoint = adjoint_name(graph_view)

    def written(self, edge: EdgeTensor) -> ArrayEdge:
        """A derivative as the conventions have it, over indices where it has no matrix notation, if it has that."""
        jacobian = matrix_form(self.indexed, edge.total, multiples=edge.multiples)
        form = self.conventions.edges
        if form == "index" and self.has_entries(edge) and (entries := self.over_indices(edge)) is not None:
            return ArrayEdge(edge, jacobian, entries)
        if jacobian is None or (form == "vjp" and edge.left):
            ways = self.over_indices, self.pullback
            made = (way(edge) for way in (ways if form == "jacobian" else ways[::-1]))
            return ArrayEdge(edge, jacobian, next((value for value in made if value is not None), None))
        left, right = self.shape(edge.of), self.shape(edge.wrt)
        ends = self.view.names[edge.of], self.view.names[edge.wrt]
        turned = self.conventions.is_turned_on_arrow(left, right, ends)
        oriented = matrix_form(self.indexed, edge.total, turned, edge.multiples)
        assert oriented is not None  # as it has a form that is not turned
        shown = Expression(oriented)
        if form == "both" and edge.left and (pulled := self.pullback(edge)) is not None:
            return ArrayEdge(edge, jacobian, Equation((shown, pulled)))
        return ArrayEdge(edge, jacobian, shown)

    def shape(self, node: int) -> Shape:
        return self.view.graph.nodes[node].type.shape

    def has_entries(self, edge: EdgeTensor) -> bool:
        """Whether it is a derivative of or by an array, or over arrays."""
        below, indexed = self.indexed.algebra.below, self.indexed
        parts = (part for term in edge.total.terms for part in below(term.coefficient))
        return bool(edge.total.axes) or any(indexed.atom_of(part) is not None for part in parts)

    def over_indices(self, edge: EdgeTensor) -> Formula | None:
        """The derivative of an entry by an entry."""
        names, total = self.view.names, with_multiples(self.indexed, edge.total, edge.multiples)
        reads = [read for read in self.view.reads(edge.of) if read in self.view.active]
        ends = names[edge.of], names[edge.wrt]
        brackets = self.conventions.brackets
        return index_form(self.indexed, *ends, len(edge.left), total, len(reads) > 1, brackets)

    def pullback(self, edge: EdgeTensor) -> Pullback | None:
        """What it does with an adjoint, δ ↦ δ xᵀ; None where that has no matrix notation."""
        delta = over(self.indexed.adjoint(self.adjoint, self.shape(edge.of)), edge.left, self.indexed)
        pulled = pulled_back(self.indexed, delta, edge)
        made = matrix_form(self.indexed, pulled, is_row(self.shape(edge.wrt)), edge.multiples)
        return None if made is None else Pullback(Variable(self.adjoint), Expression(made))


def over(value: int, axes: tuple[int, ...], indexed: IndexedAlgebra) -> Tensor:
    """An expression of the pool as a tensor over its axes."""
    return Tensor(axes, (IndexedTerm(indexed.algebra.one, (IndexedFactor(value, axes),)),))


def pulled_back(indexed: IndexedAlgebra, adjoint: Tensor, edge: EdgeTensor) -> Tensor:
    """The adjoint of an arrow's left end, multiplied by the derivative on it: its part of that of the right end."""
    made = indexed.contract(indexed.on_axes(adjoint, edge.left), edge.total, edge.left)
    return indexed.on_axes(made, edge.right)
