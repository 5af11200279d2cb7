"""One derivative in four ways: by hand (the chain multiplied out), numerically, symbolically, and automatically."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose
from typing import NamedTuple

from graphviz_ad.errors import AdgraphError
from graphviz_ad.graph import INPUT, Graph
from graphviz_ad.notation.formula import Expression, Formula, Product, Sum
from graphviz_ad.transform.algebra import Algebra
from graphviz_ad.transform.cut import cut
from graphviz_ad.transform.diagram import Chain
from graphviz_ad.transform.differences import DIFFERENCES, moved
from graphviz_ad.transform.evaluate import adjoints, tangents, values
from graphviz_ad.transform.partials import partials
from graphviz_ad.transform.present import present


class Way(NamedTuple):
    """A derivative found in one way: its value (None where it has none), what it cost, and how far it may be from the
    others, relative to the size of the numbers it is made of."""

    name: str
    value: float | None
    cost: str
    tolerance: float
    remark: str = ""


def ways(graph: Graph, chain: Chain, of: int, wrt: int, at: Mapping[str, float]) -> list[Way]:
    """The derivative of one node with respect to an input, in every way. The last is reverse mode, the reference."""
    found = values(graph, at)
    return [
        _by_hand(graph, chain, found),
        *_numerical(graph, of, wrt, at),
        _symbolic(graph, of, wrt, found),
        Way("automatic, forward mode", tangents(graph, found, {wrt: 1.0})[of], "1 sweep for each input", 1e-9),
        Way("automatic, reverse mode", adjoints(graph, of, found, {wrt})[wrt], "1 sweep for each output", 0),
    ]


def agree(way: Way, reference: float, scale: float) -> bool:
    """Whether a way comes near enough to the reference."""
    return way.value is None or isclose(way.value, reference, rel_tol=way.tolerance, abs_tol=way.tolerance * scale)


def _by_hand(graph: Graph, chain: Chain, found: Sequence[float]) -> Way:
    """The last side of the chain, evaluated."""
    known = {node.name: found[index] for index, node in enumerate(graph.nodes) if node.name is not None}
    side = chain.equations[-1].sides[-1]
    name = "manual: the chain multiplied out"
    try:
        value, operations = _value(side, known)
    except KeyError:
        return Way(name, None, "", 1e-9, "it is left in factors, or keeps names that have no value")
    return Way(name, value, _counted(operations), 1e-9)


def _value(side: Formula, known: Mapping[str, float]) -> tuple[float, int]:
    """The value of a side, and how many operations it has. KeyError where it is no formula of known variables."""
    match side:
        case Expression(graph):
            names = {node.name for node in graph.nodes if node.op == INPUT and node.name}
            found = values(graph, {name: known[name] for name in names})
            return found[graph.outputs[0]], sum(bool(node.args) for node in graph.nodes)
        case Sum(terms):
            parts = [_value(term, known) for term in terms]
            return sum(value for value, _ in parts), sum(count for _, count in parts) + len(parts) - 1
        case Product(factors):
            total, count = 1.0, len(factors) - 1
            for factor in factors:
                value, operations = _value(factor, known)
                total, count = total * value, count + operations
            return total, count
    raise KeyError(str(side))


def _counted(operations: int) -> str:
    return f"{operations} operation{'' if operations == 1 else 's'}"


def _numerical(graph: Graph, of: int, wrt: int, at: Mapping[str, float]) -> list[Way]:
    """Each difference quotient at a good step."""
    size = max(1.0, abs(at[graph.nodes[wrt].name or ""]))
    found = []
    for name, quotient, evaluations, exponent, tolerance in DIFFERENCES:
        step = size * 2.0**exponent
        title, cost = f"numerical, {name}", f"{evaluations} evaluations for each input, step {step:.2g}"
        try:
            found.append(Way(title, quotient(moved(graph, of, wrt, at), step), cost, tolerance))
        except AdgraphError as error:
            found.append(Way(title, None, cost, tolerance, error.message))
    return found


def _symbolic(graph: Graph, of: int, wrt: int, found: Sequence[float]) -> Way:
    """The derivative of the output written out in the inputs, as one expression."""
    nodes = tuple(
        node if node.op == INPUT or index == of else node._replace(name=None) for index, node in enumerate(graph.nodes)
    )
    nodes = tuple(
        node._replace(name="result") if index == of and node.name is None else node for index, node in enumerate(nodes)
    )
    whole = cut(Graph(nodes, (of,), graph.functions), False)
    algebra = Algebra({node.name: rank for rank, node in enumerate(nodes) if node.name}, differentiated=True)
    name = "symbolic: one expression"
    if of == wrt or (of, wrt) not in (here := partials(whole, algebra)):
        return Way(name, 1.0 if of == wrt else 0.0, "0 operations", 1e-9)
    total = here[of, wrt].total
    if total is None:
        return Way(name, None, "", 1e-9, "it is too long to write out")
    known = {node.name: found[index] for index, node in enumerate(graph.nodes) if node.name is not None}
    value, operations = _value(Expression(present(algebra, total)), known)
    return Way(name, value, _counted(operations), 1e-9)
