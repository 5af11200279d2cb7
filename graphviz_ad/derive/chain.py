"""The chain rule from a backward graph: the product along each path, the sum over the paths, multiplied out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from math import log10

from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.algebra.together import together
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import ChainLine, Derivative, Expression, Factor, Formula, Product, Sum, Variable
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import UNNAMED, DerivativeName, Name, as_name
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import NOTHING_ASKED, Symbol
from graphviz_ad.derive.edge_derivatives import MAX_OPERATIONS, MAX_WRITTEN, EdgeDerivative
from graphviz_ad.derive.graph_view import GraphView, definition
from graphviz_ad.derive.in_names import Names
from graphviz_ad.derive.symbol import is_written_partial
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

FEW = 12  # relations, with which chains stay chains, and are not listed together
READABLE = 30  # signs of a result over the inputs that is read beside one over variables
COUNTED = 10**15  # more paths than that are not said to the last one

Edge = tuple[int, int]
Locals = dict[Edge, EdgeDerivative]
Steps = Mapping[int, Sequence[int]]  # from each node on the paths of a chain, the nodes that it reads on the way


class ChainSystem(Record):
    """What every chain of one view needs: `reads` has the varying nodes that each node reads, `reached` which variables
    of differentiation those are, as bits; `defined` are the variables that are not inputs, `values` those of them that
    are not too long, written out in the inputs. `factors` and `lines` keep what many chains have in common, once it is
    made."""

    graph_view: GraphView
    algebra: Algebra
    local: Locals
    symbol: Symbol
    reads: Mapping[int, Sequence[int]]
    bits: Mapping[int, int]
    reached: Mapping[int, int]
    values: dict[str, int]
    defined: frozenset[Name]
    names: Names
    factors: dict[Edge, Factor]
    lines: dict[tuple[int, int, tuple[int, ...]], ChainLine]


def chains(
    graph_view: GraphView,
    algebra: Algebra,
    local: Locals,
    of: list[int],
    wrt: list[int],
    symbol: Symbol = "auto",
    max_paths: int = NOTHING_ASKED.max_paths,
    names: Names | None = None,
) -> tuple[Chain, ...]:
    """The chain of each of the nodes `of` with respect to each of the nodes `wrt`; its results are over the inputs, or
    as names are asked for."""
    system = system_of(graph_view, algebra, local, wrt, symbol, names)
    return tuple(_chain(system, output, source, max_paths) for output in of for source in wrt)


def total_derivative(
    graph_view: GraphView, algebra: Algebra, local: Locals, of: int, wrt: int, symbol: Symbol = "auto"
) -> tuple[Derivative, int | None]:
    """The total derivative of a node with respect to another, and what it is, multiplied out as its chain is; None
    where a factor of it is too long to be written in one piece, or there are too many paths."""
    system = system_of(graph_view, algebra, local, [wrt], symbol)
    total, steps, count = ways(system, of, wrt)
    if of == wrt or not count:
        return total, algebra.one if of == wrt else algebra.zero
    paths = _paths(steps, of, wrt) if count <= NOTHING_ASKED.max_paths else []
    if not paths or not _all_written(system, paths) or any(local[edge].in_parts for path in paths for edge in path):
        return total, None
    products = _products(system, paths)
    multiplied = _multiplied(system, products)
    return total, algebra.add(*products) if multiplied is None else multiplied[1]


def system_of(
    graph_view: GraphView,
    algebra: Algebra,
    local: Locals,
    wrt: Sequence[int],
    symbol: Symbol,
    names: Names | None = None,
) -> ChainSystem:
    names = names or Names(graph_view, algebra)
    defined = frozenset(name for node, name in graph_view.names.items() if graph_view.graph.nodes[node].op != INPUT)
    reads, bits = _reads(local), {source: 1 << place for place, source in enumerate(wrt)}
    values = _written_out(graph_view, algebra)
    reached = _reached(reads, bits)
    return ChainSystem(graph_view, algebra, local, symbol, reads, bits, reached, values, defined, names, {}, {})


def _reads(local: Locals) -> dict[int, list[int]]:
    """The varying nodes that each node reads; both in topological order."""
    reads: dict[int, list[int]] = {}
    for of, read in local:
        reads.setdefault(of, []).append(read)
    return reads


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


def _chain(system: ChainSystem, of: int, wrt: int, max_paths: int) -> Chain:
    names = system.graph_view.names
    total, steps, count = ways(system, of, wrt)
    if of == wrt:
        return _said(ChainLine(total, wrt, performed=_shown(system.algebra, system.algebra.one)))
    if not count:
        zero = ChainLine(total, wrt, performed=_shown(system.algebra, system.algebra.zero))
        return _said(zero, f"{names[of]} does not depend on {names[wrt]}")
    if count > max_paths:
        return _factored(system, total, of, steps, count)
    return _multiplied_out(system, total, wrt, _paths(steps, of, wrt))


def ways(system: ChainSystem, of: int, wrt: int) -> tuple[Derivative, Steps, int]:
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


# ---- paths


def _steps(system: ChainSystem, of: int, wrt: int) -> Steps:
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


def _count_paths(steps: Steps, of: int, wrt: int) -> int:
    count = {wrt: 1}
    for node in sorted(steps):
        if node != wrt:
            count[node] = sum(count[read] for read in steps[node])
    return count[of]


def _paths(steps: Steps, of: int, wrt: int) -> list[list[Edge]]:
    """Every path as the pairs of nodes along it, in the order in which the nodes are read."""
    done: list[list[Edge]] = []
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


# ---- what is said


def _multiplied_out(system: ChainSystem, total: Derivative, wrt: int, paths: list[list[Edge]]) -> Chain:
    algebra = system.algebra
    made = tuple(tuple(factor(system, edge) for edge in path) for path in paths)
    line = ChainLine(
        total, wrt, made, unperformed=_sum(_product(factor.derivative for factor in path) for path in made)
    )
    if not _all_written(system, paths):
        return _said(line, "a factor is too long to write out")
    products = _products(system, paths)
    if len(paths) == len(paths[0]) == 1 and len(products) > 1:
        performed = _sum(_shown(algebra, term) for term in _without_zeros(algebra, products))
    else:
        performed = _sum(_product(factor.performed for factor in path) for path in made)
    line = line.replace(performed=performed)
    sides = _results(system, wrt, products, paths)
    if sides is None:
        return _said(line, "the product is too long to multiply out")
    keys = (algebra.terms[part].key for part in algebra.below(sides[-1][-1]))
    left = [as_name(key) for key in keys if isinstance(key, str) and key in system.defined]
    short = f"written with {_listed(left)}, for length" if left and system.names.write == "inputs" else ""
    line = line.replace(results=tuple(_sum(_shown(algebra, term) for term in side) for side in sides))
    parts = {term for side in sides for term in side} | {system.local[edge].total for path in paths for edge in path}
    return _said(line, short, *(system.names.remarks if parts & system.names.relying else ()))


def _all_written(system: ChainSystem, paths: list[list[Edge]]) -> bool:
    return all(system.local[edge].total is not None for path in paths for edge in path)


def _products(system: ChainSystem, paths: list[list[Edge]]) -> list[int]:
    """The product along each path; of a single arrow, what each reading contributes to its derivative."""
    local = system.local
    if len(paths) == len(paths[0]) == 1:
        return list(local[paths[0][0]].contributions)
    return [system.algebra.multiply(*(local[edge].total or 0 for edge in path)) for path in paths]


def _results(system: ChainSystem, wrt: int, products: list[int], paths: list[list[Edge]]) -> list[list[int]] | None:
    """What the products make, side after side, each a sum of terms: over the variables, where something cancels between
    the factors, and over the inputs, where that is short enough to be read; or as is asked for. None where all of
    it is too long."""
    algebra, write = system.algebra, system.names.write
    multiplied = None if write == "names" else _multiplied(system, products)
    unnamed = any(_has_unnamed(system, product) for product in products)
    if multiplied is not None and (write == "inputs" or unnamed):  # v₁ is no name of the reader's
        return [_without_zeros(algebra, multiplied[0]), [multiplied[1]]]
    if write == "inputs":
        return None
    over_variables = _over_variables(system, wrt, products, paths)
    if multiplied is None:
        return None if _is_long(algebra, [over_variables]) else [[over_variables]]
    written, result = multiplied
    if length(algebra, result) > READABLE // 2:
        other = textbook(algebra, algebra.substitute(over_variables, system.values))
        result = min(result, other, key=partial(length, algebra))
    over_inputs = length(algebra, result)
    if _occurrences(algebra, over_variables) < sum(_occurrences(algebra, part) for part in _factors_of(system, paths)):
        return [[over_variables], [result]] if over_inputs <= READABLE else [[over_variables]]
    if over_inputs > max(READABLE, 2 * length(algebra, over_variables)):
        return [[over_variables]]
    return [_without_zeros(algebra, written), [result]]


def _has_unnamed(system: ChainSystem, root: int) -> bool:
    """Whether an expression has values in it that have no name of the reader's."""
    algebra, places = system.algebra, system.graph_view.graph.places
    leaves = (algebra.terms[part] for part in algebra.below(root))
    return any(leaf.op == INPUT and leaf.key not in places for leaf in leaves)


def _over_variables(system: ChainSystem, wrt: int, products: list[int], paths: list[list[Edge]]) -> int:
    """The sum of the products over the variables; of a single arrow, what stands on it."""
    if len(paths) == len(paths[0]) == 1:
        return system.local[paths[0][0]].total or 0
    return system.names.total(wrt, textbook(system.algebra, together(system.algebra, products)))


def _factors_of(system: ChainSystem, paths: list[list[Edge]]) -> list[int]:
    """The factors of the paths; of a single arrow, what each reading contributes."""
    if len(paths) == len(paths[0]) == 1:
        return _products(system, paths)
    return [system.local[edge].total or 0 for path in paths for edge in path]


def _occurrences(algebra: Algebra, root: int) -> int:
    """How often an expression has a variable in it."""
    counted: dict[int, int] = {}
    for index in algebra.below(root):
        term = algebra.terms[index]
        counted[index] = sum(counted[arg] for arg in term.args) if term.op != INPUT else 1
    return counted[root]


def _multiplied(system: ChainSystem, products: list[int]) -> tuple[list[int], int] | None:
    """The products written over the inputs, or over the variables where that is too long, and their sum; None where
    both are too long."""
    algebra, names = system.algebra, system.names
    inserted = [algebra.substitute(product, system.values) for product in products]
    result = names.assuming(textbook(algebra, together(algebra, inserted)))
    written = [textbook(algebra, product) for product in inserted]
    if _is_long(algebra, written) and algebra.size[result] <= MAX_WRITTEN:
        written = [result]  # much of it cancels
    if _is_long(algebra, written):
        written, result = products, names.assuming(textbook(algebra, together(algebra, products)))
    return None if _is_long(algebra, written) else (written, result)


def _is_long(algebra: Algebra, terms: Iterable[int]) -> bool:
    return sum(algebra.size[term] for term in terms) > MAX_WRITTEN


def _listed(names: Iterable[Name]) -> str:
    """Names as a text in Unicode has them: s₁, s₂."""
    from graphviz_ad.notation.unicode import Unicode

    return ", ".join(write(Variable(name), Unicode()).lines[0] for name in names)


def _without_zeros(algebra: Algebra, terms: list[int]) -> list[int]:
    return [term for term in terms if term != algebra.zero] or terms[:1]


def _factored(system: ChainSystem, total: Derivative, of: int, steps: Steps, count: int) -> Chain:
    """The adjoints in the order in which backpropagation computes them: each the sum over those who read the value."""
    names = system.graph_view.names
    readers: dict[int, list[int]] = {}
    for reader in sorted(steps):
        for read in steps[reader]:
            readers.setdefault(read, []).append(reader)
    partial = total.partial and system.symbol != "auto"  # adjoints are total derivatives

    def adjoint(node: int) -> Factor:
        derivative = Derivative(names[of], names[node], partial)
        return Factor(derivative, derivative, node)

    def line(node: int) -> ChainLine:
        key = of, node, tuple(readers[node])
        if key not in system.lines:
            paths = tuple(
                (*(() if reader == of else (adjoint(reader),)), factor(system, (reader, node)))
                for reader in readers[node]
            )
            made = ChainLine(adjoint(node).derivative, node, paths, *products_summed(paths))
            system.lines[key] = without_repeats(made)
        return system.lines[key]

    note = f"{_many(count)} paths: factored, adjoint by adjoint, in the order of backpropagation"
    return Chain(total.of or UNNAMED, total.wrt or UNNAMED, tuple(map(line, sorted(readers, reverse=True))), (note,))


def _many(count: int) -> str:
    """A number as far as anybody reads it; of one that is larger, how large at least."""
    return f"{count:,}" if count < COUNTED else f"more than 10^{int((count.bit_length() - 1) * log10(2))}"


def _said(line: ChainLine, *notes: str) -> Chain:
    said = tuple(note for note in notes if note)
    return Chain(line.total.of or UNNAMED, line.total.wrt or UNNAMED, (without_repeats(line),), said)


def without_repeats(line: ChainLine) -> ChainLine:
    """The line without the sides that only repeat the side before them."""
    before = [write(line.total, Plain())]

    def new(side: Formula | None) -> Formula | None:
        if side is None or (text := write(side, Plain())) == before[-1]:
            return None
        before.append(text)
        return side

    unperformed, performed = new(line.unperformed), new(line.performed)
    results = tuple(side for side in line.results if new(side) is not None)
    return line.replace(unperformed=unperformed, performed=performed, results=results)


def _leibniz(system: ChainSystem, edge: Edge) -> Derivative:
    of, wrt = edge
    name = system.graph_view.names[of]
    partial = is_written_partial(name, len(system.reads[of]), system.symbol)
    return Derivative(name, system.graph_view.names[wrt], partial)


def factor(system: ChainSystem, edge: Edge) -> Factor:
    """The factor on an arrow; one that is too long to write out is left unperformed."""
    if edge not in system.factors:
        derivative, total = _leibniz(system, edge), system.local[edge].total
        performed = derivative if total is None else _shown(system.algebra, total)
        system.factors[edge] = Factor(derivative, performed, edge[1], edge)
    return system.factors[edge]


def _shown(algebra: Algebra, index: int) -> Formula:
    return Expression(to_graph(algebra, index))


def products_summed(paths: Sequence[Sequence[Factor]]) -> tuple[Formula, Formula]:
    """The sum over paths of the products along them, unperformed and performed."""
    return (
        _sum(_product(factor.derivative for factor in path) for path in paths),
        _sum(_product(factor.performed for factor in path) for path in paths),
    )


def _product(factors: Iterable[Formula]) -> Formula:
    several = tuple(factors)
    return several[0] if len(several) == 1 else Product(several)


def _sum(terms: Iterable[Formula]) -> Formula:
    several = tuple(terms)
    return several[0] if len(several) == 1 else Sum(several)
