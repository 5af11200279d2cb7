"""The chain rule from a backward graph: the product along each path, the sum over the paths, multiplied out."""

from math import log10

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.sums import factors_plus_first
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import ChainLine, Derivative, Factor, Formula
from graphviz_ad.core.names import UNNAMED, as_name
from graphviz_ad.core.reach import by_key
from graphviz_ad.core.request import NOTHING_ASKED, Symbol
from graphviz_ad.derive.chain_results import all_written, multiplied_out, products_along, results, without_zeros
from graphviz_ad.derive.chain_system import (
    ChainSystem,
    EdgeDerivatives,
    NextNodes,
    NodePair,
    in_words,
    outwards,
    paths_of,
    system_of,
    ways,
)
from graphviz_ad.derive.factors import factor, performed_sum, product, products_summed, shown, summed
from graphviz_ad.derive.graph_view import GraphView
from graphviz_ad.derive.in_names import Names
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

COUNTED = 10**15  # more paths than that are not said to the last one


def chains(
    graph_view: GraphView,
    algebra: Algebra,
    local: EdgeDerivatives,
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
    graph_view: GraphView, algebra: Algebra, local: EdgeDerivatives, of: int, wrt: int, symbol: Symbol = "auto"
) -> tuple[Derivative, int | None]:
    """The total derivative of a node with respect to another, and what it is, multiplied out as its chain is; None
    where a factor of it is too long to be written in one piece, or there are too many paths."""
    system = system_of(graph_view, algebra, local, [wrt], symbol)
    total, steps, count = ways(system, of, wrt)
    if of == wrt or not count:
        return total, algebra.one if of == wrt else algebra.zero
    paths = paths_of(steps, of, wrt) if count <= NOTHING_ASKED.max_paths else []
    if not paths or not all_written(system, paths) or any(local[edge].in_parts for path in paths for edge in path):
        return total, None
    products = products_along(system, paths)
    multiplied = multiplied_out(system, products)
    return total, algebra.add(*products) if multiplied is None else multiplied[1]


def without_paths(system: ChainSystem, of: int, wrt: int) -> Chain:
    """The chain by the variable itself, or by what it does not depend on."""
    algebra, names = system.algebra, system.graph_view.names
    value = algebra.one if of == wrt else algebra.zero
    note = "" if of == wrt else f"{in_words(names[of])} does not depend on {in_words(names[wrt])}"
    return chain_of(ChainLine(ways(system, of, wrt)[0], wrt, performed=shown(algebra, value)), note)


def _chain(system: ChainSystem, of: int, wrt: int, max_paths: int) -> Chain:
    total, steps, count = ways(system, of, wrt)
    if not count:
        return without_paths(system, of, wrt)
    if count > max_paths:
        return _factored(system, total, of, steps, count)
    return _performed(system, total, wrt, paths_of(steps, of, wrt))


def _performed(system: ChainSystem, total: Derivative, wrt: int, paths: list[list[NodePair]]) -> Chain:
    algebra = system.algebra
    made = tuple(tuple(factor(system, edge) for edge in path) for path in paths)
    line = ChainLine(
        total, wrt, made, unperformed=summed(product(factor.derivative for factor in path) for path in made)
    )
    if not all_written(system, paths):
        return chain_of(line, "a factor is too long to write out")
    products = products_along(system, paths)
    if len(paths) == len(paths[0]) == 1 and len(products) > 1:
        contributions = (factors_plus_first(algebra, term) for term in without_zeros(algebra, products))
        performed = summed(shown(algebra, term) for term in contributions)
    else:
        performed = performed_sum(made)
    line = line.replace(performed=performed)
    sides = results(system, wrt, products, paths)
    if sides is None:
        return chain_of(line, "the product is too long to multiply out")
    keys = (algebra.terms[part].key for part in algebra.below(sides[-1][-1]))
    left = [as_name(key) for key in keys if isinstance(key, str) and key in system.defined]
    short = f"written with {in_words(*left)}, for length" if left and system.names.write == "inputs" else ""
    line = line.replace(results=tuple(summed(shown(algebra, term) for term in side) for side in sides))
    parts = {term for side in sides for term in side} | {system.local[edge].total for path in paths for edge in path}
    return chain_of(line, short, *(system.names.remarks if parts & system.names.relying else ()))


def _factored(system: ChainSystem, total: Derivative, of: int, steps: NextNodes, count: int) -> Chain:
    """The adjoints in the order in which backpropagation computes them: each the sum over those who read the value."""
    names = system.graph_view.names
    readers = by_key((read, reader) for reader in sorted(steps) for read in steps[reader])
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
    return Chain(total.of or UNNAMED, total.wrt or UNNAMED, tuple(map(line, outwards(readers))), (note,))


def _many(count: int) -> str:
    """A number as far as anybody reads it; of one that is larger, how large at least."""
    return f"{count:,}" if count < COUNTED else f"more than 10^{int((count.bit_length() - 1) * log10(2))}"


def chain_of(line: ChainLine, *notes: str) -> Chain:
    """The chain of one line, with remarks where there are some."""
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
