"""Local derivatives of vectors and matrices, over indices: of each vertex by each vertex that it reads.

Reverse accumulation as for numbers (`derive.edge_derivatives`), with tensors in the place of expressions: what is
computed element by element has its derivative in the table with a Kronecker delta, a product of indexed factors has the
product of the others, and what is neither is in `special`.
"""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.algebra.entries import entry_of
from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import Axes, IndexedFactor, IndexedTerm, Tensor
from graphviz_ad.algebra.multiples import Known, known_of
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, Node, Type
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.ops.arrays import ENTRY, ONES, is_array
from graphviz_ad.core.ops.row import CALLED, Shape
from graphviz_ad.core.record import Record
from graphviz_ad.derive.arrays.special import DERIVATIVES, entry, stacked
from graphviz_ad.derive.edge_derivatives import derivative, in_reading_order, reading_order
from graphviz_ad.derive.graph_view import GraphView, is_alone


class EdgeTensor(Record):
    """The derivative of one vertex by another, over the axes of the `left` and then of the `right` one; what each
    reading contributes to it; and what the left one says of itself."""

    of: int
    wrt: int
    left: Axes
    right: Axes
    total: Tensor
    contributions: tuple[Tensor, ...]
    multiples: tuple[Known, ...] = ()


def edge_tensors(graph_view: GraphView, indexed: IndexedAlgebra) -> dict[tuple[int, int], EdgeTensor]:
    """Every local derivative by its two nodes, in topological order of the first; only between active nodes."""
    found: dict[tuple[int, int], EdgeTensor] = {}
    with indexed.without_means():  # x and its mean are as independent here as any two that a vertex reads
        for node in graph_view.names:
            if node in graph_view.active and graph_view.graph.nodes[node].args:
                for edge in _Vertex(graph_view, indexed, node).edges():
                    found[node, edge.wrt] = edge
    return found


class _Vertex:
    """One vertex and the nodes between it and those that it reads, with their values and axes."""

    def __init__(self, graph_view: GraphView, indexed: IndexedAlgebra, root: int) -> None:
        self.view, self.indexed, self.root = graph_view, indexed, root
        self.nodes = graph_view.graph.nodes
        self.interior = sorted(graph_view.interior(root))
        self.values: dict[int, int] = {}
        for index in self.interior:
            for arg in self.nodes[index].args:
                if arg in graph_view.names:
                    self.values[arg] = indexed.variable(graph_view.names[arg], self.nodes[arg].type.shape)
            node, args = self.nodes[index], [self.values[arg] for arg in self.nodes[index].args]
            shapes = [self.nodes[arg].type.shape for arg in node.args]
            self.values[index] = value(indexed, node, operands(indexed, str(node.op), args, shapes))

    def edges(self) -> list[EdgeTensor]:
        """The derivative by each vertex that this one reads and that varies."""
        left = self.axes(self.root)
        adjoints: dict[int, list[tuple[int, Tensor]]] = {}
        place = reading_order(self.view, self.root)
        for index in reversed(self.interior):
            here = in_reading_order(adjoints.get(index, []))
            if index == self.root:
                over = self.axes(index)
                here = [self.indexed.identity(left, over)]
            if not here:
                continue
            over = here[0].axes[len(left) :]
            total = self.indexed.add(here, (*left, *over))
            for k, contribution in self.contributions(index, total, over):
                known = adjoints.setdefault(self.nodes[index].args[k], [])
                axes = known[0][1].axes if known else contribution.axes
                known.append((place[index, k], self.indexed.on_axes(contribution, axes)))
        reads = [leaf for leaf in self.view.reads(self.root) if leaf in adjoints]
        return [self.edge(leaf, left, in_reading_order(adjoints[leaf])) for leaf in reads]

    def edge(self, leaf: int, left: Axes, found: list[Tensor]) -> EdgeTensor:
        axes = found[0].axes
        total = self.indexed.add(found, axes)
        parts = tuple(map(self.indexed.normal, found))
        return EdgeTensor(self.root, leaf, left, axes[len(left) :], total, parts, self.multiples())

    def multiples(self) -> tuple[Known, ...]:
        """What the value of the vertex says of it, as y = x/‖x‖ does; of a derivative its formula says more."""
        name = self.view.names[self.root]
        if isinstance(name, DerivativeName):
            return ()
        variable = self.indexed.variable(name, self.nodes[self.root].type.shape)
        return known_of(self.indexed, variable, self.values[self.root])

    def axes(self, index: int) -> Axes:
        return self.indexed.axes(self.nodes[index].type.shape)

    def contributions(self, index: int, adjoint: Tensor, over: Axes) -> list[tuple[int, Tensor]]:
        """What a node hands to each operand that varies, by its place: the adjoint times the derivative by it."""
        node, found = self.nodes[index], []
        active = self.view.active
        rule = operation(node.op).factors
        if rule is not None:
            shapes = [self.nodes[arg].type.shape for arg in node.args]
            product = self.indexed.letters(rule(*shapes, **dict(node.type.attributes)), shapes, over)
            for which, (place, indices) in enumerate(product.factors):
                arg = node.args[place]
                if arg in active:
                    others = [f for other, f in enumerate(product.factors) if other != which]
                    factors = tuple(IndexedFactor(self.values[node.args[p]], i) for p, i in others)
                    by = self.axes(arg)
                    deltas = (*product.deltas, *zip(by, indices, strict=True))
                    local = Tensor((*over, *by), (IndexedTerm(self.indexed.algebra.one, factors, deltas),))
                    found.append((place, self.indexed.contract(adjoint, local, over)))
            return found
        for k, arg in enumerate(node.args):
            if arg in active:
                by = self.axes(arg)
                local = Tensor((*over, *by), self.local(index, k, over, by))
                found.append((k, self.indexed.contract(adjoint, local, over)))
        return found

    def local(self, index: int, k: int, over: Axes, by: Axes) -> tuple[IndexedTerm, ...]:
        """The derivative of what is no product of factors by its k-th operand."""
        node, algebra = self.nodes[index], self.indexed.algebra
        args = [self.values[arg] for arg in node.args]
        out = self.out(index)
        if isinstance(node.op, str) and node.op in DERIVATIVES:
            return DERIVATIVES[node.op](self.indexed, args[0], out, over, by)
        if node.op == ENTRY:
            return entry(self.indexed, self.nodes[node.args[0]].type.shape, _place(node), by)
        if node.op == "vcat":
            return stacked(self.indexed, [self.nodes[arg].type.shape for arg in node.args], k, over, by)
        partial = derivative(algebra, node.op, k, args, out, is_alone(self.view.graph, index, k))
        deltas = tuple(zip(over, by, strict=True)) if by else ()
        return (IndexedTerm(algebra.one, (IndexedFactor(partial, over),), deltas),)

    def out(self, index: int) -> int:
        """The value of a node, by its name if it has one and is a function: h, where 1 − h² is shorter than tanh."""
        node = self.nodes[index]
        form = operation(node.op).form
        own = not isinstance(self.view.names.get(index), DerivativeName)  # of a derivative its formula says more
        if index == self.root and own and (form in CALLED or node.op in DERIVATIVES):
            return self.indexed.variable(self.view.names[index], node.type.shape)
        return self.values[index]


def is_product(node: Node) -> bool:
    """Whether a node is a product of indexed factors."""
    return node.op not in (CONST, INPUT) and operation(node.op).factors is not None


def operands(indexed: IndexedAlgebra, op: str, args: Sequence[int], shapes: Sequence[Shape]) -> list[int]:
    """The values of operands; one that is the same in every place has its axes where it is read as an array."""
    found = []
    for made, shape in zip(args, shapes, strict=True):
        if len(shape) == 1 and not indexed.has_axes(made) and is_array(op):
            ones = indexed.atom(ONES, (), Type(shape, (("size", shape[0]),)))
            made = indexed.algebra.multiply(made, ones)
        found.append(made)
    return found


def _place(node: Node) -> tuple[int, ...]:
    """Which entry it is."""
    at = dict(node.type.attributes)["place"]
    assert isinstance(at, tuple)
    return at


def value(indexed: IndexedAlgebra, node: Node, args: list[int]) -> int:
    """A node over the values of its operands, as an expression of the pool."""
    if node.op == ONES:
        return indexed.algebra.one
    if is_product(node) and indexed.algebra.zero in args:
        return indexed.algebra.zero
    if node.op == ENTRY and (entry := entry_of(indexed, args[0], _place(node))) is not None:
        return entry
    if node.op not in (CONST, INPUT) and is_array(node.op):
        return indexed.atom(str(node.op), tuple(args), node.type)
    return indexed.algebra.node(node, args)
