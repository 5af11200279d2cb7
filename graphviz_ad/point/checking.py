"""One derivative in four ways: by hand (the chain multiplied out), numerically, symbolically, and automatically."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import isclose

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.errors import AdgraphError, count_of
from graphviz_ad.core.formula import Definition, Expression, Formula, Product, Sum, Variable
from graphviz_ad.core.graph import INPUT, Graph, needed_by
from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.edge_derivatives import edge_derivatives
from graphviz_ad.derive.graph_view import written_out
from graphviz_ad.derive.parts import whole
from graphviz_ad.point.at_kinks import AtKink, at_kinks, corner_at
from graphviz_ad.point.differences import DIFFERENCES, by_difference, moved, noise, size_of
from graphviz_ad.point.evaluate import Functions, adjoints, kinked, tangents, values
from graphviz_ad.point.kink_notes import notes

EXACT = 1e-9  # how far from each other derivatives without truncation may be
BESIDE_THE_KINK = "sees the slopes beside the kink"
OWN_AT_THE_KINK = "has what each operation takes at its kink"
SAFETY = 10  # how many times its estimate the error of a numerical derivative may be


class Method(Record):
    """A derivative by one method: its value (None where it has none), what it cost, and how far it may be from the
    others, relative to the size of the numbers it is made of. A numerical one has an estimate of its error. `at_kink`
    is why it may be another at a kink; nothing for one that may not."""

    name: str
    value: float | None
    cost: str
    tolerance: float
    remark: str = ""
    error: float = 0.0
    at_kink: str = ""

    @property
    def is_reference(self) -> bool:
        """Whether it is what the others are compared with."""
        return self.tolerance == 0


def methods(
    graph: Graph, chain: Chain, of: int, wrt: int, at: Mapping[str, float], parts: Sequence[Definition] = ()
) -> list[Method]:
    """The derivative of one node with respect to an input, by every method; `parts` are those that its chain is written
    with. The last is reverse mode, the reference."""
    found = values(graph, at)
    bars = adjoints(graph, of, found, {wrt})
    forward, here = _forward(graph, of, wrt, found), at_kink(graph, of, wrt, found)
    formulas = [_by_hand(graph, chain, found, parts), _symbolic(graph, of, wrt, found)]
    reverse = bars[wrt]
    if here is not None and here.is_another:  # the operations between have slopes beside their kinks that cancel
        formulas = [one.replace(at_kink=OWN_AT_THE_KINK if _is_own(one, here) else "") for one in formulas]
        forward, reverse = _taken(forward, here), here.taken
    return [
        formulas[0],
        *_numerical(graph, of, wrt, at, noise(graph, wrt, found, bars)),
        formulas[1],
        forward,
        Method("automatic, reverse mode", reverse, "1 sweep for each output", 0),
    ]


def _is_own(method: Method, here: AtKink) -> bool:
    """Whether a method finds what the derivatives in the table multiply to."""
    return method.value is not None and isclose(method.value, here.own, rel_tol=EXACT, abs_tol=EXACT)


def _taken(method: Method, here: AtKink) -> Method:
    return method.replace(value=here.taken) if _is_own(method, here) else method


def _forward(graph: Graph, of: int, wrt: int, found: Sequence[float]) -> Method:
    name = "automatic, forward mode"
    try:
        return Method(name, tangents(graph, found, {wrt: 1.0})[of], "1 sweep for each input", EXACT)
    except AdgraphError as refused:  # on the way to what counts for nothing
        return Method(name, None, "", EXACT, refused.message)


def at_kink(graph: Graph, of: int, wrt: int, found: Sequence[float]) -> AtKink | None:
    """The derivative of one node by another where there are kinks on the way at these values."""
    point = corner_at(graph, found, kinked(graph))
    own = {wrt: adjoints(graph, of, found, {wrt})[wrt]}
    return None if point is None else at_kinks(point, of, own).get(wrt)


def scale(graph: Graph, of: int, wrt: int, at: Mapping[str, float]) -> float:
    """The size of the numbers that a derivative is made of: what rounding is relative to."""
    found = values(graph, at)
    return max(1.0, abs(found[of]), *map(abs, adjoints(graph, of, found, {wrt})))


def agree(method: Method, reference: float, scale: float) -> bool:
    """Whether a method comes near enough to the reference: a numerical one as near as its error lets it."""
    if method.value is None:
        return True
    apart = EXACT * scale + SAFETY * method.error  # the reference has rounding of its own
    return isclose(method.value, reference, rel_tol=method.tolerance, abs_tol=apart)


def kinks_between(graph: Graph, of: int, wrt: int, at: Mapping[str, float], partial: bool) -> list[str] | None:
    """What there is to say of kinks at this point on the way from an input to a node: what is taken for the derivative
    there. None where there are none. Differences see the slopes beside a kink, and libraries have conventions."""
    found = values(graph, at)
    point, here = corner_at(graph, found, kinked(graph)), at_kink(graph, of, wrt, found)
    return None if point is None or here is None else notes(point, [here], partial)


def contradicted(methods: Sequence[Method], reference: float, scale: float) -> bool:
    """Whether the differences agree with each other and none with the reference: then that is wrong, kink or not."""
    seen = [method for method in methods if method.at_kink == BESIDE_THE_KINK and method.value is not None]
    return len(seen) > 1 and all(
        agree(method, other.value or 0.0, scale) and not agree(method, reference, scale)
        for method in seen
        for other in seen
    )


def _by_hand(graph: Graph, chain: Chain, found: Sequence[float], parts: Sequence[Definition]) -> Method:
    """The last side of the chain, evaluated."""
    known = {node.name: found[index] for index, node in enumerate(graph.nodes) if node.name is not None}
    name = "manual: the chain multiplied out"
    try:
        for part in parts:
            assert isinstance(part.variable, Variable)
            assert part.expression is not None
            known[part.variable.name], _ = _value(part.expression, known, graph.functions)
        value, operations = _value(chain.result, known, graph.functions)
    except KeyError:
        return Method(name, None, "", EXACT, "it is left in factors, or keeps names that have no value")
    except AdgraphError as refused:  # a part of the formula may be too large where the derivative is not
        return Method(name, None, "", EXACT, refused.message)
    return Method(name, value, count_of("operation", operations), EXACT)


def _value(side: Formula, known: Mapping[Name, float], functions: Functions) -> tuple[float, int]:
    """The value of a side, and how many operations it has. KeyError where it is no formula of known variables."""
    match side:
        case Expression(graph):
            found = values(graph, {name: known[name] for name in graph.input_names()}, functions)
            return found[graph.outputs[0]], sum(bool(node.args) for node in graph.nodes)
        case Sum(terms):
            parts = [_value(term, known, functions) for term in terms]
            return sum(value for value, _ in parts), sum(count for _, count in parts) + len(parts) - 1
        case Product(factors):
            total, count = 1.0, len(factors) - 1
            for factor in factors:
                value, operations = _value(factor, known, functions)
                total, count = total * value, count + operations
            return total, count
    raise KeyError(str(side))


def _numerical(graph: Graph, of: int, wrt: int, at: Mapping[str, float], noise: float) -> list[Method]:
    """Each difference quotient at a good step."""
    size = size_of(at[graph.name(wrt)])
    f = moved(graph, of, wrt, at)
    methods = []
    for difference in DIFFERENCES:
        name, cost = f"numerical, {difference.name}", f"{difference.evaluations} evaluations for each input"
        try:
            found = by_difference(difference, f, size, noise)
        except AdgraphError as refused:
            methods.append(Method(name, None, cost, difference.tolerance, refused.message))
        else:
            said = f"{cost}, step {found.step:.2g}"
            methods.append(Method(name, found.value, said, difference.tolerance, "", found.error, BESIDE_THE_KINK))
    return methods


@lru_cache(maxsize=1)
def _in_the_inputs(graph: Graph, of: int) -> tuple[Graph, dict[int, int | None]]:
    """The derivatives of a node written out in the inputs: one graph, and by each input the node that is its
    derivative, None where that is too long. They are made for all inputs at once, for they share most of what they are
    made of."""
    nodes = tuple(
        node if node.op == INPUT or index == of else node.replace(name=None) for index, node in enumerate(graph.nodes)
    )
    nodes = tuple(
        node.replace(name=Name("result")) if index == of and node.name is None else node
        for index, node in enumerate(nodes)
    )
    algebra = Algebra({node.name: rank for rank, node in enumerate(nodes) if node.name}, differentiated=True)
    local = edge_derivatives(written_out(Graph(nodes, (of,), graph.functions)), algebra)
    totals = {wrt: partial.total for (_, wrt), partial in local.items()}
    made = whole(algebra, [total for total in totals.values() if total is not None])
    place = iter(made.outputs)
    return made, {wrt: None if total is None else next(place) for wrt, total in totals.items()}


def _symbolic(graph: Graph, of: int, wrt: int, found: Sequence[float]) -> Method:
    """The derivative of the output written out in the inputs, as one expression."""
    name = "symbolic: one expression"
    written, here = _in_the_inputs(graph, of)
    if of == wrt or wrt not in here:
        return Method(name, 1.0 if of == wrt else 0.0, "0 operations", EXACT)
    derivative = here[wrt]
    if derivative is None:
        return Method(name, None, "", EXACT, "it is too long to write out")
    known = {node.name: found[index] for index, node in enumerate(graph.nodes) if node.name is not None}
    try:
        value, operations = _value(Expression(needed_by(written.nodes, [derivative])), known, graph.functions)
    except AdgraphError as refused:
        return Method(name, None, "", EXACT, refused.message)
    return Method(name, value, count_of("operation", operations), EXACT)
