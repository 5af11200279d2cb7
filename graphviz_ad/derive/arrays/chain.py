"""The chain rule of vectors and matrices: for a number, from its last factor to the first, (∂y/∂x)ᵀ ∂L/∂y, so that each
gradient has the shape of its variable; for a vector, the product of the Jacobians in their order.

Where a derivative is no matrix, what it does with the adjoint that comes to it stands in its place: ∂L/∂y xᵀ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import Tensor
from graphviz_ad.algebra.matrix_form import matrix_form, written
from graphviz_ad.algebra.words import Words
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import (
    ChainLine,
    Derivative,
    Expression,
    Formula,
    Product,
    Pullback,
    Sum,
    Transposed,
    Variable,
)
from graphviz_ad.core.graph import CONST, Graph, Node
from graphviz_ad.core.names import DerivativeName, derivative_of
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.reach import reached
from graphviz_ad.core.request import Symbol
from graphviz_ad.derive.arrays.conventions import Conventions, is_row
from graphviz_ad.derive.arrays.edges import ArrayEdge, adjoint_name, over, pulled_back
from graphviz_ad.derive.chain import without_repeats
from graphviz_ad.derive.chain_system import NodePair, in_words, paths_of
from graphviz_ad.derive.graph_view import GraphView
from graphviz_ad.derive.symbol import is_written_partial

ZERO, ONE = (Expression(Graph((Node(CONST, (), value),), (0,))) for value in (0, 1))
UNWRITABLE = "this derivative has no matrix notation"


class ArrayChains:
    """What every chain of one view needs."""

    def __init__(
        self,
        graph_view: GraphView,
        indexed: IndexedAlgebra,
        edges: Mapping[NodePair, ArrayEdge],
        symbol: Symbol,
        conventions: Conventions,
        shapes: bool = False,
    ) -> None:
        self.graph_view, self.indexed, self.edges, self.symbol = graph_view, indexed, edges, symbol
        self.conventions, self.shapes = conventions, shapes
        self.multiples = tuple(dict.fromkeys(known for edge in edges.values() for known in edge.tensor.multiples))
        self._adjoints: dict[int, dict[int, Tensor]] = {}

    def adjoints(self, of: int) -> dict[int, Tensor]:
        """The derivative of a vertex by each of those that it depends on, accumulated from it down."""
        if of not in self._adjoints:
            self._adjoints[of] = _accumulated(self, of)
        return self._adjoints[of]


def _accumulated(system: ArrayChains, of: int) -> dict[int, Tensor]:
    indexed, nodes = system.indexed, system.graph_view.graph.nodes
    left, own = (indexed.axes(nodes[of].type.shape) for _ in range(2))
    parts: dict[int, list[Tensor]] = {of: [indexed.identity(left, own)]}
    found: dict[int, Tensor] = {}
    for node in sorted(system.graph_view.names, reverse=True):
        if node not in parts:
            continue
        axes = parts[node][0].axes
        found[node] = indexed.add(reversed(parts[node]), axes)  # the readers in their order, steps in that of time
        for read in reads(system, node):
            edge = system.edges[node, read].tensor
            here = indexed.on_axes(found[node], (*left, *edge.left))
            made = indexed.contract(here, edge.total, edge.left)
            known = parts.setdefault(read, [])
            known.append(indexed.on_axes(made, known[0].axes if known else made.axes))
    return found


def array_chains(system: ArrayChains, of: Sequence[int], wrt: Sequence[int]) -> tuple[Chain, ...]:
    """The chain of each of the nodes `of` with respect to each of the nodes `wrt`."""
    return tuple(_chain(system, output, source) for output in of for source in wrt)


def _chain(system: ArrayChains, of: int, wrt: int) -> Chain:
    names = system.graph_view.names
    total = Derivative(names[of], names[wrt], is_partial(system, of, wrt))
    paths = _paths(system, of, wrt)
    if of == wrt or not paths:
        note = () if of == wrt else (f"{in_words(names[of])} does not depend on {in_words(names[wrt])}",)
        return Chain(names[of], names[wrt], (ChainLine(total, wrt, performed=ONE if of == wrt else ZERO),), note)
    return _multiplied(system, total, of, wrt, paths)


def is_partial(system: ArrayChains, of: int, wrt: int | None = None) -> bool:
    """Whether a derivative over all paths is written with ∂: of several inputs, or of what is a partial derivative; but
    not where the partial one is a part of it."""
    if system.symbol != "auto":
        return system.symbol == "partial"
    name = system.graph_view.names[of]
    if isinstance(name, DerivativeName):
        return name.symbol == "∂"
    if wrt is not None and system.graph_view.reads_in_two_ways(of, wrt):
        return False
    below = reached([of], lambda node: reads(system, node))
    return sum(not system.graph_view.graph.nodes[node].args for node in below) > 1


def reads(system: ArrayChains, node: int) -> list[int]:
    """What a vertex reads that varies."""
    return [wrt for of, wrt in system.edges if of == node]


def _paths(system: ArrayChains, of: int, wrt: int) -> list[list[NodePair]]:
    """Every path as the pairs of nodes along it, in the order in which the nodes are read."""
    return paths_of({node: reads(system, node) for node in system.graph_view.names}, of, wrt)


def _multiplied(system: ArrayChains, total: Derivative, of: int, wrt: int, paths: list[list[NodePair]]) -> Chain:
    nodes = system.graph_view.graph.nodes
    number = not nodes[of].type.shape
    line = ChainLine(total, wrt)
    if _are_matrices(system, paths):
        line = line.replace(
            unperformed=_sum([_unperformed(system, path, number) for path in paths]),
            performed=_sum(_without_zeros([_performed(system, path, number) for path in paths])),
        )
    elif number:
        line = line.replace(unperformed=by_readers(system, of, wrt))
    result, names = _result(system, of, wrt), system.graph_view.names
    if result is None:
        return Chain(names[of], names[wrt], (line,), (UNWRITABLE,))
    return Chain(names[of], names[wrt], (without_repeats(line.replace(results=(result,))),))


def _are_matrices(system: ArrayChains, paths: list[list[NodePair]]) -> bool:
    """Whether the derivatives on all paths can be multiplied as matrices: of numbers and columns, by these; by a matrix
    only where a number is differentiated, at the end of a path from a number."""
    nodes, edges = system.graph_view.graph.nodes, system.edges
    for path in paths:
        number = not nodes[path[0][0]].type.shape
        for edge in path:
            left, right = _shapes(system, edge)
            fits = len(left) < 2 and not is_row(right) and (len(right) < 2 or (not left and number))
            if edges[edge].jacobian is None or not fits:
                return False
    return True


def _factors(system: ArrayChains, path: list[NodePair], number: bool) -> list[NodePair]:
    """The factors along a path, in the order in which they are multiplied; numbers stand before all, and the matrix
    that a number in the middle is differentiated by behind all, since what is before it makes a number."""
    numbers = [edge for edge in path if not any(_shapes(system, edge))]
    others = [edge for edge in path if edge not in numbers]
    behind = [edge for edge in others if _is_of_matrix(system, edge)]
    vectors = [edge for edge in others if edge not in behind]
    return [*numbers, *(vectors[::-1] if system.conventions.is_reversed(number) else vectors), *behind]


def _is_of_matrix(system: ArrayChains, edge: NodePair) -> bool:
    """Whether it is the derivative of a number by a matrix."""
    left, right = _shapes(system, edge)
    return not left and len(right) == 2


def _shapes(system: ArrayChains, edge: NodePair) -> tuple[Shape, Shape]:
    nodes = system.graph_view.graph.nodes
    return nodes[edge[0]].type.shape, nodes[edge[1]].type.shape


def _unperformed(system: ArrayChains, path: list[NodePair], number: bool) -> Formula:
    edges = _factors(system, path, number)
    factors = tuple(_leibniz(system, edge, number) for edge in edges)
    if len(factors) == 1:
        return factors[0]
    return Product(factors, True, tuple(_shape(system, edge, number) for edge in edges) if system.shapes else ())


def _shape(system: ArrayChains, edge: NodePair, number: bool) -> str:
    """The shape of a factor as it stands in a chain; nothing of a number."""
    left, right = _shapes(system, edge)
    if not left and not right:
        return ""
    rows, columns = (matrix(left)[0], matrix(right)[0]) if left else matrix(right)
    if len(right) < 2 and system.conventions.is_turned_in_chain(left, right, number):
        rows, columns = columns, rows
    return f"{rows}×{columns}"


def _leibniz(system: ArrayChains, edge: NodePair, number: bool) -> Formula:
    names = system.graph_view.names
    several = len(reads(system, edge[0]))
    derivative = Derivative(names[edge[0]], names[edge[1]], is_written_partial(names[edge[0]], several, system.symbol))
    marked = system.conventions.is_marked(*_shapes(system, edge), number)
    return Transposed(derivative) if marked else derivative


def _performed(system: ArrayChains, path: list[NodePair], number: bool) -> Formula:
    words = Words(system.indexed)
    factors = []
    if any(not system.edges[edge].tensor.total.terms for edge in path):
        return ZERO
    for edge in _factors(system, path, number):
        tensor = system.edges[edge].tensor
        made = written(words, tensor.total, tensor.multiples)
        assert made is not None
        turned = system.conventions.is_turned_in_chain(*_shapes(system, edge), number)
        factors.append(words.transpose(made) if turned else made)
    if len(factors) > 1 and _is_of_matrix(system, path[-1]):
        factors = [words.product(factors[:-1]), factors[-1]]
    return Expression(words.graph(words.product(factors) if len(factors) > 1 else factors[0]))


def by_readers(system: ArrayChains, of: int, wrt: int) -> Formula | None:
    """The sum over those who read a variable: each with the derivative of the number by it, not yet performed; None
    where one of them has no notation."""
    terms: list[Formula | None] = []
    for reader, read in system.edges:
        if read == wrt and reader in system.adjoints(of):
            edge = system.edges[reader, read]
            terms.append(_at_once(system, edge) if reader == of else _of_reader(system, of, edge))
    said = [term for term in terms if term is not None]
    return _sum(said) if len(said) == len(terms) else None


def _at_once(system: ArrayChains, edge: ArrayEdge) -> Formula | None:
    """The derivative of a number by what it reads itself."""
    turned = system.conventions.is_turned(*_shapes(system, (edge.of, edge.wrt)))
    made = matrix_form(system.indexed, edge.tensor.total, turned, edge.tensor.multiples)
    return None if made is None else Expression(made)


def _of_reader(system: ArrayChains, of: int, edge: ArrayEdge) -> Formula | None:
    """What a reader hands to a variable: ∂L/∂y xᵀ."""
    indexed, view = system.indexed, system.graph_view
    reader, read = edge.tensor.of, edge.tensor.wrt
    symbol = "∂" if is_partial(system, of, reader) else "d"
    name = derivative_of(view.names[of], view.names[reader], symbol)
    shape, own = (view.graph.nodes[node].type.shape for node in (reader, read))
    is_a_row = system.conventions.layout == "numerator" and len(shape) == 1
    adjoint = over(indexed.variable(name, (1, *shape) if is_a_row else shape), edge.tensor.left, indexed)
    pulled = pulled_back(indexed, adjoint, edge.tensor)
    made = matrix_form(indexed, pulled, system.conventions.is_turned((), own), edge.tensor.multiples)
    return None if made is None else Expression(made)


def total_form(system: ArrayChains, of: int, wrt: int) -> Graph | None:
    """What all paths make together, as a matrix; None where it has no such notation."""
    nodes = system.graph_view.graph.nodes
    turned = system.conventions.is_turned(nodes[of].type.shape, nodes[wrt].type.shape)
    return matrix_form(system.indexed, system.adjoints(of)[wrt], turned, system.multiples)


def _result(system: ArrayChains, of: int, wrt: int) -> Formula | None:
    """What all paths make together."""
    nodes = system.graph_view.graph.nodes
    shape, left = nodes[wrt].type.shape, nodes[of].type.shape
    made = total_form(system, of, wrt)
    if made is not None:
        return Expression(made)
    total = system.adjoints(of)[wrt]
    delta = adjoint_name(system.graph_view)
    axes = total.axes[: sum(size != 1 for size in left)]
    adjoint = over(system.indexed.adjoint(delta, left), axes, system.indexed)
    contracted = system.indexed.contract(adjoint, total, axes)
    pulled = matrix_form(system.indexed, contracted, is_row(shape), system.multiples)
    return None if pulled is None else Pullback(Variable(delta), Expression(pulled))


def _without_zeros(terms: Sequence[Formula]) -> Sequence[Formula]:
    """Terms but for those that vanish, if there are others."""
    return [term for term in terms if term != ZERO] or terms[:1]


def _sum(terms: Sequence[Formula]) -> Formula:
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))
