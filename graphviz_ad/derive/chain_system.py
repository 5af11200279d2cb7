"""What all chains of one view need: what reads what, what is reached, and the paths between two nodes."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.formula import ChainLine, Derivative, Factor, Variable
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.reach import by_key
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Symbol
from graphviz_ad.derive.edge_derivatives import MAX_OPERATIONS, MAX_WRITTEN, EdgeDerivative
from graphviz_ad.derive.graph_view import GraphView, definition
from graphviz_ad.derive.in_names import Names
from graphviz_ad.notation.write import write

FEW = 12  # relations, with which chains stay chains, and are not listed together

NodePair = tuple[int, int]
EdgeDerivatives = dict[NodePair, EdgeDerivative]
NextNodes = Mapping[int, Sequence[int]]  # from each node on the paths of a chain, the nodes that it reads on the way


class ChainSystem(Record):
    """What every chain of one view needs: `reads` has the varying nodes that each node reads, `reached` which variables
    of differentiation those are, as bits; `defined` are the variables that are not inputs, `values` those of them that
    are not too long, written out in the inputs. `factors` and `lines` keep what many chains have in common, once it is
    made."""

    graph_view: GraphView
    algebra: Algebra
    local: EdgeDerivatives
    symbol: Symbol
    reads: Mapping[int, Sequence[int]]
    bits: Mapping[int, int]
    reached: Mapping[int, int]
    values: dict[str, int]
    defined: frozenset[Name]
    names: Names
    factors: dict[NodePair, Factor]
    lines: dict[tuple[int, int, tuple[int, ...]], ChainLine]


def system_of(
    graph_view: GraphView,
    algebra: Algebra,
    local: EdgeDerivatives,
    wrt: Sequence[int],
    symbol: Symbol,
    names: Names | None = None,
) -> ChainSystem:
    names = names or Names(graph_view, algebra)
    defined = frozenset(name for node, name in graph_view.names.items() if graph_view.graph.nodes[node].op != INPUT)
    reads, bits = by_key(local), {source: 1 << place for place, source in enumerate(wrt)}
    values = _written_out(graph_view, algebra)
    reached = _reached(reads, bits)
    return ChainSystem(graph_view, algebra, local, symbol, reads, bits, reached, values, defined, names, {}, {})


def _reached(reads: Mapping[int, Sequence[int]], bits: Mapping[int, int]) -> dict[int, int]:
    """Which of the nodes that have bits each node depends on."""
    reached = dict(bits)
    for node, here in reads.items():
        found = reached.get(node, 0)
        for read in here:
            found |= reached.get(read, 0)
        reached[node] = found
    return reached


def _written_out(graph_view: GraphView, algebra: Algebra) -> dict[str, int]:
    """The variables written out in the inputs, as far as they are not too long."""
    values: dict[str, int] = {}
    for node, name in graph_view.names.items():
        if graph_view.graph.nodes[node].op == INPUT:
            continue
        here = definition(graph_view, node)
        if len(here.nodes) <= MAX_OPERATIONS:
            value = algebra.load(here, values)
            if algebra.size[value] <= MAX_WRITTEN:
                values[name] = value
    return values


def ways(system: ChainSystem, of: int, wrt: int) -> tuple[Derivative, NextNodes, int]:
    """The derivative of one node by another, the steps of its paths, and how many paths there are."""
    names = system.graph_view.names
    total = Derivative(names[of], names[wrt], _is_partial_in_all(system, of))
    if of == wrt or not system.reached.get(of, 0) & system.bits[wrt]:
        return total, {}, 0
    steps = _steps(system, of, wrt)
    count = _count_paths(steps, of, wrt)
    if count > 1 and (of, wrt) in system.local and system.symbol == "auto":
        total = Derivative(total.of, total.wrt)  # the total derivative is not the partial one that is part of it
    return total, steps, count


def _is_partial_in_all(system: ChainSystem, of: int) -> bool:
    if system.symbol != "auto":
        return system.symbol == "partial"
    name = system.graph_view.names[of]
    if isinstance(name, DerivativeName):
        return name.symbol == "∂"
    found, stack, leaves = {of}, [of], 0
    while stack and leaves < 2:
        node = stack.pop()
        leaves += not system.graph_view.graph.nodes[node].args
        for read in system.reads.get(node, ()):
            if read not in found:
                found.add(read)
                stack.append(read)
    return leaves > 1


def on_the_way(system: ChainSystem, of: int) -> dict[int, list[int]]:
    """The nodes on the paths from an output to what is differentiated by, in the order of backpropagation; with each
    the nodes on these paths that read it, in the order of the graph."""
    readers: dict[int, list[int]] = {}
    stack = [of]
    while stack:
        reader = stack.pop()
        for read in system.reads.get(reader, ()):
            if system.reached.get(read, 0):
                stack += [] if read in readers else [read]
                readers.setdefault(read, []).append(reader)
    return {node: sorted(readers[node]) for node in outwards(readers)}


def outwards(readers: Mapping[int, Iterable[int]]) -> list[int]:
    """Nodes behind all that read them: by how many steps they are from the output at most, those with as many in the
    order of the graph, so that y_1 stands before y_2."""
    steps: dict[int, int] = {}
    for node in sorted(readers, reverse=True):
        steps[node] = 1 + max(steps.get(reader, 0) for reader in readers[node])
    return sorted(readers, key=lambda node: (steps[node], node))


def in_words(*names: Name) -> str:
    """Names as a remark has them: s₁, s₂."""
    from graphviz_ad.notation.unicode import Unicode

    return ", ".join(write(Variable(name), Unicode()).lines[0] for name in names)


# ---- paths


def _steps(system: ChainSystem, of: int, wrt: int) -> NextNodes:
    """The nodes on the paths from a node down to `wrt`."""
    bit = system.bits[wrt]
    steps: dict[int, list[int]] = {}
    stack = [of]
    while stack:
        node = stack.pop()
        if node not in steps:
            steps[node] = [] if node == wrt else [r for r in system.reads[node] if system.reached.get(r, 0) & bit]
            stack.extend(steps[node])
    return steps


def _count_paths(steps: NextNodes, of: int, wrt: int) -> int:
    count = {wrt: 1}
    for node in sorted(steps):
        if node != wrt:
            count[node] = sum(count[read] for read in steps[node])
    return count[of]


def paths_of(steps: NextNodes, of: int, wrt: int) -> list[list[NodePair]]:
    """Every path as the pairs of nodes along it, in the order in which the nodes are read."""
    done: list[list[NodePair]] = []
    path: list[int] = []
    stack = [(of, 0)]
    while stack:
        node, depth = stack.pop()
        del path[depth:]
        path.append(node)
        if node == wrt:
            done.append(list(pairwise(path)))
        stack.extend((read, depth + 1) for read in reversed(steps[node]))
    return done
