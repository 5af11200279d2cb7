"""What stands on the arrows between vectors and matrices: the derivative as a matrix, where it is one, and else what it
does with the adjoint of its left end, δ ↦ δ xᵀ (a vector–Jacobian product).

The derivative of a number has the shape of what it is taken by; that of a vector by a vector has a row for each entry
of the left and a column for each of the right one.
"""

from __future__ import annotations

from graphviz_ad.algebra.indexed import Factor, IndexedAlgebra, Tensor, Term
from graphviz_ad.algebra.matrix_form import matrix_form
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Expression, Formula, Pullback, Variable
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.derive.arrays.edge_tensors import EdgeTensor, edge_tensors
from graphviz_ad.derive.graph_view import GraphView

ADJOINTS = ("δ", "λ", "g", "G", "adjoint")  # names for an adjoint, the first that is not taken


class ArrayEdge(Record):
    """A derivative between two vertices as a tensor, and as it is written: `jacobian` where it is a matrix."""

    tensor: EdgeTensor
    jacobian: Graph | None
    value: Formula
    total: int = 0
    in_parts: bool = False

    @property
    def of(self) -> int:
        return self.tensor.of

    @property
    def wrt(self) -> int:
        return self.tensor.wrt

    def shown(self, algebra: Algebra) -> Formula:
        """What stands on the arrow."""
        return self.value


def array_edges(graph_view: GraphView, indexed: IndexedAlgebra) -> dict[tuple[int, int], ArrayEdge]:
    """Every local derivative by its two nodes."""
    adjoint = adjoint_name(graph_view)
    return {
        edge: _written(graph_view, indexed, tensor, adjoint)
        for edge, tensor in edge_tensors(graph_view, indexed).items()
    }


def adjoint_name(graph_view: GraphView) -> Name:
    """What the adjoint of an arrow's left end is called on it."""
    taken = {name.parts.base for name in graph_view.names.values()}
    return Name(next(letter for letter in ADJOINTS if letter not in taken))


def _written(graph_view: GraphView, indexed: IndexedAlgebra, edge: EdgeTensor, adjoint: Name) -> ArrayEdge:
    right = graph_view.graph.nodes[edge.wrt].type.shape
    jacobian = matrix_form(indexed, edge.total, is_row(right) and not edge.left)
    if jacobian is not None:
        return ArrayEdge(edge, jacobian, Expression(jacobian))
    shape = graph_view.graph.nodes[edge.of].type.shape
    delta = over(indexed.variable(adjoint, shape), edge.left, indexed)
    pulled = matrix_form(indexed, pulled_back(indexed, delta, edge), is_row(right))
    if pulled is None:
        names = graph_view.names
        raise AdgraphError(f"the derivative of {names[edge.of]} by {names[edge.wrt]} has no matrix notation")
    return ArrayEdge(edge, None, Pullback(Variable(adjoint), Expression(pulled)))


def is_row(shape: Shape) -> bool:
    """Whether a shape is that of a row."""
    return matrix(shape)[0] == 1 != matrix(shape)[1]


def over(value: int, axes: tuple[int, ...], indexed: IndexedAlgebra) -> Tensor:
    """An expression of the pool as a tensor over its axes."""
    return Tensor(axes, (Term(indexed.algebra.one, (Factor(value, axes),)),))


def pulled_back(indexed: IndexedAlgebra, adjoint: Tensor, edge: EdgeTensor) -> Tensor:
    """The adjoint of an arrow's left end, multiplied by the derivative on it: its part of that of the right end."""
    made = indexed.contract(indexed.on_axes(adjoint, edge.left), edge.total, edge.left)
    return indexed.on_axes(made, edge.right)
