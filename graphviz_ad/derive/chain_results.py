"""What a chain makes: the products along its paths multiplied out, over the variables and over the inputs."""

from collections.abc import Iterable
from functools import partial

from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.sums import are_one_sum
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.together import together
from graphviz_ad.core.graph import INPUT
from graphviz_ad.derive.chain_system import ChainSystem, NodePair
from graphviz_ad.derive.edge_derivatives import MAX_WRITTEN

READABLE = 30  # signs of a result over the inputs that is read beside one over variables


def results(system: ChainSystem, wrt: int, products: list[int], paths: list[list[NodePair]]) -> list[list[int]] | None:
    """What the products make, side after side, each a sum of terms: over the variables, where something cancels between
    the factors, and over the inputs, where that is short enough to be read; or as is asked for. None where all of
    it is too long."""
    algebra, write = system.algebra, system.names.write
    multiplied = None if write == "names" else multiplied_out(system, products)
    unnamed = any(_has_unnamed(system, product) for product in products)
    if multiplied is not None and (write == "inputs" or unnamed):  # v₁ is no name of the reader's
        return _sides(algebra, *multiplied)
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
    return _sides(algebra, written, result)


def _sides(algebra: Algebra, written: list[int], result: int) -> list[list[int]]:
    """What the products make, and what that is in the form of a book, where that does not only order it."""
    terms = without_zeros(algebra, written)
    return [[result]] if are_one_sum(algebra, terms, [result]) else [terms, [result]]


def _has_unnamed(system: ChainSystem, root: int) -> bool:
    """Whether an expression has values in it that have no name of the reader's."""
    algebra, places = system.algebra, system.graph_view.graph.places
    leaves = (algebra.terms[part] for part in algebra.below(root))
    return any(leaf.op == INPUT and leaf.key not in places for leaf in leaves)


def _over_variables(system: ChainSystem, wrt: int, products: list[int], paths: list[list[NodePair]]) -> int:
    """The sum of the products over the variables; of a single arrow, what stands on it."""
    if len(paths) == len(paths[0]) == 1:
        return system.local[paths[0][0]].total or 0
    return system.names.total(wrt, textbook(system.algebra, together(system.algebra, products)))


def _factors_of(system: ChainSystem, paths: list[list[NodePair]]) -> list[int]:
    """The factors of the paths; of a single arrow, what each reading contributes."""
    if len(paths) == len(paths[0]) == 1:
        return products_along(system, paths)
    return [system.local[edge].total or 0 for path in paths for edge in path]


def _occurrences(algebra: Algebra, root: int) -> int:
    """How often an expression has a variable in it."""
    counted: dict[int, int] = {}
    for index in algebra.below(root):
        term = algebra.terms[index]
        counted[index] = sum(counted[arg] for arg in term.args) if term.op != INPUT else 1
    return counted[root]


def multiplied_out(system: ChainSystem, products: list[int]) -> tuple[list[int], int] | None:
    """The products written over the inputs, or over the variables where that is too long, and their sum; None where
    both are too long."""
    algebra, names = system.algebra, system.names
    inserted = [algebra.substitute(product, system.values) for product in products]
    result = names.assuming(textbook(algebra, together(algebra, inserted)))
    written = [textbook(algebra, product) for product in inserted]
    if _is_long(algebra, written):
        written = [result]  # much of it cancels
    if _is_long(algebra, written):
        written, result = products, names.assuming(textbook(algebra, together(algebra, products)))
    return None if _is_long(algebra, written) else (written, result)


def _is_long(algebra: Algebra, terms: Iterable[int]) -> bool:
    return sum(algebra.size[term] for term in terms) > MAX_WRITTEN


def all_written(system: ChainSystem, paths: list[list[NodePair]]) -> bool:
    """Whether no derivative along some paths is too long to be written."""
    return all(system.local[edge].total is not None for path in paths for edge in path)


def products_along(system: ChainSystem, paths: list[list[NodePair]]) -> list[int]:
    """The product along each path; of a single arrow, what each reading contributes to its derivative."""
    local = system.local
    if len(paths) == len(paths[0]) == 1:
        return list(local[paths[0][0]].contributions)
    return [system.algebra.multiply(*(local[edge].total or 0 for edge in path)) for path in paths]


def without_zeros(algebra: Algebra, terms: list[int]) -> list[int]:
    """The terms that are not 0; the first if all are."""
    return [term for term in terms if term != algebra.zero] or terms[:1]
