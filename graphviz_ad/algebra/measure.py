"""How long an expression of the pool is to a reader."""

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Expression
from graphviz_ad.notation.signs import Signs
from graphviz_ad.notation.write import write


def length(algebra: Algebra, index: int) -> int:
    """The signs and symbols of an expression as it is written."""
    if index not in algebra.lengths:
        algebra.lengths[index] = write(Expression(to_graph(algebra, index)), Signs())
    return algebra.lengths[index]
