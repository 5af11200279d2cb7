"""Local partial derivatives, as expressions: of each vertex with respect to each vertex that it reads.

Reverse accumulation over the nodes in between (A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM
2008, section 3.2), with expressions in the place of numbers.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Protocol, TypeVar

from graphviz_ad.algebra.alike import Likeness, Made, made_alike, ranks_of
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import WHERE
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.algebra.together import together
from graphviz_ad.core.formula import Expression, Formula
from graphviz_ad.core.functions import Operation, UserFunction, operation
from graphviz_ad.core.graph import INPUT, Builder, Graph
from graphviz_ad.core.numbers import spelling
from graphviz_ad.core.record import Record
from graphviz_ad.derive.fixed import fixed_values
from graphviz_ad.derive.graph_view import GraphView, is_alone, letter_of_parts
from graphviz_ad.derive.in_names import Names
from graphviz_ad.read.table import expression

T = TypeVar("T")
MAX_OPERATIONS = 1000  # of one equation whose derivative is written out; of a longer one, as many by as many variables
ONE_PIECE = 300  # operations of one equation whose derivative may be one piece, though it has wide products
MAX_WRITTEN = 80  # symbols of an expression that is written out
TOO_LONG = "a derivative that is too long to write out is left unperformed; names for parts of its equation would help"


class LocalDerivative(Protocol):
    """What a figure has to know of the derivative between two vertices, of numbers or of arrays."""

    @property
    def of(self) -> int: ...
    @property
    def wrt(self) -> int: ...
    @property
    def unwritten(self) -> str:
        """Why it is left unperformed; nothing where it is written."""

    def shown(self, algebra: Algebra) -> Formula | None:
        """What the derivative is, where it is written."""


class EdgeDerivative(Record):
    """The derivative of one vertex with respect to another: an expression of the pool and, where the variable is
    read several times, what each reading contributes. What is too long to be written in one piece is `in_parts` that
    have names; `total` is None where it is too long even for that."""

    of: int
    wrt: int
    total: int | None
    contributions: tuple[int, ...] = ()
    in_parts: bool = False

    @property
    def unwritten(self) -> str:
        return TOO_LONG if self.total is None else ""

    def shown(self, algebra: Algebra) -> Formula | None:
        """What the derivative is, where it is not too long to be written."""
        return None if self.total is None else Expression(to_graph(algebra, self.total))


def edge_derivatives(
    graph_view: GraphView, algebra: Algebra, names: Names | None = None
) -> dict[tuple[int, int], EdgeDerivative]:
    """Every local partial derivative by its two nodes, in topological order of the first; only between active nodes.
    They are over what the first reads, or in names."""
    found: dict[tuple[int, int], EdgeDerivative] = {}
    for node in graph_view.names:
        if node in graph_view.active and graph_view.graph.nodes[node].args:
            for partial in _of_node(graph_view, algebra, node, names):
                found[node, partial.wrt] = partial
    return found


def _of_node(graph_view: GraphView, algebra: Algebra, root: int, names: Names | None) -> list[EdgeDerivative]:
    reads = [leaf for leaf in graph_view.reads(root) if leaf in graph_view.active]
    interior = sorted(graph_view.interior(root))
    if len(interior) * len(reads) > MAX_OPERATIONS**2:
        return [EdgeDerivative(root, leaf, None) for leaf in reads]
    found: dict[int, EdgeDerivative] = {}
    if len(interior) <= ONE_PIECE:

        def made_here() -> Made:
            return _in_one_piece(graph_view, algebra, root, interior, reads)

        if algebra.conditions:  # which say what becomes of brackets in others, too
            made = made_here()
        else:
            made = made_alike(algebra, _shape(graph_view, algebra, root, interior, reads), made_here)
        found = {leaf: _named(algebra, root, leaf, group, names) for leaf, group in zip(reads, made, strict=True)}
    long = [leaf for leaf in reads if leaf not in found or found[leaf].total is None]
    if names is not None and (long or not names.knows(root)) and (own := names.own(root)) is not None:
        named = _with_own_name(graph_view, algebra, root, interior, reads, own)
        found |= {leaf: one for leaf, one in named.items() if _is_shorter(algebra, one, found.get(leaf))}
        long = [leaf for leaf in long if leaf not in found or found[leaf].total is None]
    if long:
        found |= _in_pieces(graph_view, algebra, root, interior, long, names)
    return [found[leaf] for leaf in reads]


def _in_one_piece(
    graph_view: GraphView, algebra: Algebra, root: int, interior: Sequence[int], reads: Sequence[int]
) -> Made:
    """The derivative of a vertex by each that it reads, and behind it what each reading contributes."""
    adjoints = _adjoints(graph_view, algebra, root, interior)
    return tuple(_collected(algebra, in_reading_order(adjoints[leaf])) for leaf in reads)


def _shape(
    graph_view: GraphView, algebra: Algebra, root: int, interior: Sequence[int], reads: Sequence[int]
) -> Likeness:
    """All that the derivatives of a vertex depend on, but for the names of what it reads; and these as variables."""
    graph, active, place = graph_view.graph, graph_view.active, dict[int, int]()
    variables: list[int] = []
    steps: list[object] = []
    for index in interior:
        node = graph.nodes[index]
        for arg in node.args:
            if arg in graph_view.names and arg not in place:
                place[arg] = len(place)
                variables.append(algebra.variable(graph_view.names[arg]))
                steps.append(arg in active)
        place[index] = len(place)
        special = tuple([
            (is_alone(graph, index, k), is_power_of_zero(graph, index, k), arg in active)
            for k, arg in enumerate(node.args)
        ])  # fmt: skip
        value = None if node.value is None else spelling(node.value)
        steps.append((algebra.spell(node.op), value, tuple([place[arg] for arg in node.args]), special))
    readings = tuple([place[leaf] for leaf in reads])
    return ("derivatives", tuple(steps), readings, ranks_of(algebra, variables)), variables


def _with_own_name(
    graph_view: GraphView, algebra: Algebra, root: int, interior: list[int], reads: Sequence[int], own: int
) -> dict[int, EdgeDerivative]:
    """The derivatives with the vertex's own name: w h(1 − h) of h, the logistic function of a long sum."""
    adjoints = _adjoints(graph_view, algebra, root, interior, own=own)
    made = {leaf: _collected(algebra, in_reading_order(adjoints[leaf])) for leaf in reads}
    return {leaf: _named(algebra, root, leaf, collected, None) for leaf, collected in made.items()}


def _is_shorter(algebra: Algebra, one: EdgeDerivative, other: EdgeDerivative | None) -> bool:
    if one.total is None or other is None or other.total is None:
        return one.total is not None
    return algebra.size[one.total] < algebra.size[other.total]


def _in_pieces(
    graph_view: GraphView, algebra: Algebra, root: int, interior: list[int], leaves: list[int], names: Names | None
) -> dict[int, EdgeDerivative]:
    """The derivatives by some of what a vertex reads, those in parts that are too long to be written in one piece."""
    from graphviz_ad.derive.pieces import Pieces

    pieces = Pieces(algebra, letter_of_parts(graph_view.graph))
    contributions = _adjoints(graph_view, algebra, root, interior, pieces.hold)
    adjoints = {leaf: in_reading_order(found) for leaf, found in contributions.items()}
    whole = (
        _named(algebra, root, leaf, _collected(algebra, adjoints[leaf]), names)
        for leaf in leaves
        if pieces.are_whole(adjoints[leaf])
    )
    found = {partial.wrt: partial for partial in whole if partial.total is not None}
    long = [leaf for leaf in leaves if leaf not in found]
    totals = pieces.of([together(algebra, adjoints[leaf]) for leaf in long])
    return found | {
        leaf: EdgeDerivative(root, leaf, total, (total,), True) for leaf, total in zip(long, totals, strict=True)
    }


def _adjoints(
    graph_view: GraphView,
    algebra: Algebra,
    root: int,
    interior: Sequence[int],
    held: Callable[[int], int] = int,
    own: int | None = None,
) -> dict[int, list[tuple[int, int]]]:
    """What each reading of each node contributes to the derivative of a vertex by it, with its place in reading order.
    An adjoint that several operands of its node read is first `held`; the vertex is `own`, its variable, if given."""
    nodes = graph_view.graph.nodes
    value: dict[int, int] = {}
    for index in interior:
        for arg in nodes[index].args:
            if arg in graph_view.names:
                value[arg] = algebra.variable(graph_view.names[arg])
        value[index] = algebra.node(nodes[index], [value[arg] for arg in nodes[index].args])
    if own is not None:
        value[root] = own
    place = reading_order(graph_view, root)
    adjoints: dict[int, list[tuple[int, int]]] = {root: [(0, algebra.one)]}  # each with its place in reading order
    for index in reversed(interior):
        if index not in adjoints:
            continue
        node, adjoint = nodes[index], algebra.add(*in_reading_order(adjoints[index]))
        args = [value[arg] for arg in node.args]
        if sum(arg in graph_view.active for arg in node.args) > 1:
            adjoint = held(adjoint)
        for k, arg in enumerate(node.args):
            if arg in graph_view.active:
                alone = is_alone(graph_view.graph, index, k)
                is_zero = is_power_of_zero(graph_view.graph, index, k)
                local = algebra.zero if is_zero else derivative(algebra, node.op, k, args, value[index], alone)
                adjoints.setdefault(arg, []).append((place[index, k], algebra.multiply(adjoint, local)))
    return adjoints


def reading_order(graph_view: GraphView, root: int) -> dict[tuple[int, int], int]:
    """The place of each operand of the nodes between, from left to right: (node, which operand) -> place."""
    nodes = graph_view.graph.nodes
    place: dict[tuple[int, int], int] = {}
    stack = [(root, k) for k in reversed(range(len(nodes[root].args)))]
    while stack:
        index, k = stack.pop()
        place[index, k] = len(place)
        arg = nodes[index].args[k]
        if arg not in graph_view.names and (arg, 0) not in place:
            stack.extend((arg, j) for j in reversed(range(len(nodes[arg].args))))
    return place


def in_reading_order(contributions: Iterable[tuple[int, T]]) -> list[T]:
    """Contributions, each with its place, in the order in which the value is read."""
    return [made for _, made in sorted(contributions, key=lambda pair: pair[0])]


def _collected(algebra: Algebra, contributions: Sequence[int]) -> tuple[int, ...]:
    """The sum of what readings contribute, as a textbook writes it, and behind it the contributions."""
    return textbook(algebra, together(algebra, contributions)), *contributions


def _named(algebra: Algebra, of: int, wrt: int, collected: Sequence[int], names: Names | None) -> EdgeDerivative:
    """A derivative that was collected, in names, if it is not too long to be written."""
    total, *contributions = collected
    if names is not None:
        total = names.local(of, wrt, total)
    if algebra.size[total] > MAX_WRITTEN:
        return EdgeDerivative(of, wrt, None)
    if algebra.terms[total].op == WHERE:  # its branches say all that the brackets of the contributions do
        contributions = [total]
    return EdgeDerivative(of, wrt, total, tuple(contributions))


def derivative(algebra: Algebra, op: Operation, k: int, args: list[int], out: int, alone: bool = False) -> int:
    """The derivative of an operation with respect to its k-th argument, at the given arguments and value; if `alone`,
    where no other argument depends on an input."""
    known = dict(zip(operation(op).params, args, strict=True)) | {"out": out}
    return algebra.load(rule(op, k, alone), known)


def is_power_of_zero(graph: Graph, index: int, k: int) -> bool:
    """Whether a node is 0^b, differentiated by b: that is 0 wherever it has a derivative, though it has a log 0."""
    node = graph.nodes[index]
    return node.op == "pow" and k == 1 and fixed_values(graph).get(node.args[0]) == 0


@cache
def rule(op: Operation, k: int, alone: bool = False) -> Graph:
    """The k-th partial derivative of an operation of the table, as a graph over its parameters and `out`; if `alone`,
    where no other argument depends on an input."""
    if isinstance(op, UserFunction):
        return _rule_of(op, k)
    row = operation(op)
    return expression((row.alone if alone and row.alone else row.partials)[k])


def _rule_of(function: UserFunction, k: int) -> Graph:
    """The derivative of a user-defined function is a function of its own, over the same arguments."""
    builder = Builder()
    args = tuple(builder.add(INPUT, (), None, param) for param in function.params)
    differentiated = function.replace(wrt=tuple(sorted((*function.wrt, k + 1))))
    return builder.build((builder.add(differentiated, args),))
