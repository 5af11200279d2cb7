"""The factors of chains: the derivative on each arrow, and sums of products of them."""

from collections.abc import Iterable, Sequence

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Derivative, Expression, Factor, Formula, Product, Sum, is_zero
from graphviz_ad.derive.chain_system import ChainSystem, NodePair, ways
from graphviz_ad.derive.symbol import is_written_partial


def factor(system: ChainSystem, edge: NodePair) -> Factor:
    """The factor on an arrow; one that is too long to write out is left unperformed."""
    if edge not in system.factors:
        derivative, total = _leibniz(system, edge), system.local[edge].total
        performed = derivative if total is None else shown(system.algebra, total)
        system.factors[edge] = Factor(derivative, performed, edge[1], edge)
    return system.factors[edge]


def _leibniz(system: ChainSystem, edge: NodePair) -> Derivative:
    of, wrt = edge
    name = system.graph_view.names[of]
    partial = is_written_partial(name, len(system.reads[of]), system.symbol)
    return Derivative(name, system.graph_view.names[wrt], partial)


def products_summed(paths: Sequence[Sequence[Factor]]) -> tuple[Formula, Formula]:
    """The sum over paths of the products along them, unperformed and performed."""
    return (
        summed(product(factor.derivative for factor in path) for path in paths),
        performed_sum(paths),
    )


def performed_sum(paths: Sequence[Sequence[Factor]]) -> Formula:
    """The sum over paths of the products of what is performed; those that are 0 are left out, unless all are."""
    zeros = [factor.performed for path in paths for factor in path if is_zero(factor.performed)]
    left = [path for path in paths if not any(is_zero(factor.performed) for factor in path)]
    return summed(product(factor.performed for factor in path) for path in left) if left else zeros[0]


def product(factors: Iterable[Formula]) -> Formula:
    """A product; one factor is itself."""
    several = tuple(factors)
    return several[0] if len(several) == 1 else Product(several)


def summed(terms: Iterable[Formula]) -> Formula:
    """A sum; one term is itself."""
    several = tuple(terms)
    return several[0] if len(several) == 1 else Sum(several)


def shown(algebra: Algebra, index: int) -> Formula:
    """An expression of the pool as a formula."""
    return Expression(to_graph(algebra, index))


def total_by(system: ChainSystem, of: int, node: int) -> Derivative:
    """The derivative of an output by a node, as its chain has it; by one that nobody asks for it is a total one."""
    if node in system.bits:
        return ways(system, of, node)[0]
    names = system.graph_view.names
    return Derivative(names[of], names[node], system.symbol == "partial")
