"""What may be missing in a claim: derivatives on the way, factors and terms of what is right; in words, and values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.graph import Function, Graph, needed_nodes
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.graph_view import GraphView, definition, varying
from graphviz_ad.derive.over_names import over_names
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.balls import Ball, NoValueError, primitive, values

MAX_SHOWN = 60  # characters of a part that is named
MAX_INNER = 30  # derivatives on the way that may have been forgotten


class Evidence(Record):
    """A point: the values of the leaves of a claim, and the right value."""

    leaves: Mapping[Name, Ball]
    value: Ball


class Part(Record):
    """What may be missing: how it is called, the factor 2x, its values at the points, and what it is by itself, 2x."""

    words: str
    values: tuple[Ball, ...]
    name: str


class Asked(Record):
    """What is asked of which system; `right` is that in the pool, None where it is no derivative or too long.
    `functions` are definitions of the reader's functions."""

    graph: Graph
    functions: tuple[Function, ...]
    view: GraphView
    algebra: Algebra
    derivative: DerivativeName | None
    right: int | None


class MissingParts(Record):
    """All that may be missing: derivatives on the way, variables as factors, as terms (`names`), the factors of what is
    right, and its terms, as it is written and with a sum of each product multiplied out."""

    inner: tuple[Part, ...]
    variables: tuple[Part, ...]
    names: tuple[Part, ...]
    factors: tuple[Part, ...]
    terms: tuple[Part, ...]

    @property
    def others(self) -> tuple[Part, ...]:
        """What else may be missing as a factor."""
        return (*self.factors, *self.variables)


def parts(asked: Asked, evidence: Sequence[Evidence]) -> MissingParts:
    """What may be missing in an answer to what is asked."""
    inner = tuple(islice(_inner(asked, evidence), MAX_INNER))
    names = [name for name in asked.view.names.values() if all(name in one.leaves for one in evidence)]
    known = [(name, tuple(one.leaves[name] for one in evidence)) for name in names]
    variables, more = (
        tuple(Part(f"the {kind} {name}", values, name) for name, values in known) for kind in ("factor", "term")
    )
    return MissingParts(inner, variables, more, tuple(_own_factors(asked, evidence)), tuple(_terms(asked, evidence)))


def text(graph: Graph) -> str:
    """An expression on one line."""
    said = write(Expression(graph), Plain())
    return said if len(said) <= MAX_SHOWN else f"{said[:MAX_SHOWN]}…"


def _inner(asked: Asked, evidence: Sequence[Evidence]) -> Iterator[Part]:
    """The derivatives on the way to what is differentiated by: of variables by variables that they read, then of what
    is inside an equation."""
    if asked.derivative is None or len(asked.derivative.wrts) > 1:
        return
    graph, view = asked.graph, asked.view
    of, wrt = (graph.places[name] for name in (asked.derivative.of, asked.derivative.wrts[0]))
    varies, needed = varying(graph, {wrt}), needed_nodes(graph.nodes, (of,))
    on_the_way = [index for index in reversed(view.names) if varies[index] and index in needed]
    for node in on_the_way:
        reads = [read for read in view.reads(node) if varies[read]]
        for read in reads:
            if (node, read) != (of, wrt) and not view.reads_in_two_ways(node, read):
                symbol = "∂" if len(view.reads(node)) > 1 else "d"
                name = DerivativeName(symbol, view.names[node], (view.names[read],))
                yield from _derived(asked, node, read, evidence, f"the inner derivative {name} = {{}}")
    for node in on_the_way:
        for inside in view.interior(node)[1:] if graph.nodes[node].args else ():
            if not graph.nodes[inside].args:
                continue
            part = text(definition(view, inside))
            for read in set(view.interior(inside, leaves=True)).intersection(on_the_way):
                words = f"the inner derivative of {part} by {view.names[read]}, {{}},"
                yield from _derived(asked, inside, read, evidence, words)


def _derived(asked: Asked, of: int, wrt: int, evidence: Sequence[Evidence], words: str) -> Iterator[Part]:
    found = over_names(asked.graph, asked.algebra, of, wrt)
    if found is not None:
        yield from _part(asked, found, evidence, words)


def _own_factors(asked: Asked, evidence: Sequence[Evidence]) -> Iterator[Part]:
    """The factors of what is right, if it has several, and the bases of its powers."""
    if asked.right is None:
        return
    algebra = asked.algebra
    term = algebra.terms[asked.right]
    if term.op == POWER:
        yield from _part(asked, term.args[0], evidence, "the factor {}")
    for factor in term.args if term.op == PRODUCT else ():
        yield from _part(asked, factor, evidence, "the factor {}")
        if algebra.terms[factor].op == POWER:
            yield from _part(asked, algebra.terms[factor].args[0], evidence, "the factor {}")


def _terms(asked: Asked, evidence: Sequence[Evidence]) -> Iterator[Part]:
    if asked.right is None:
        return
    found = dict.fromkeys((*asked.algebra.summands(asked.right), *_multiplied_out(asked.algebra, asked.right)))
    for term in found if len(found) > 1 else ():
        yield from _part(asked, term, evidence, "the term {}")


def _multiplied_out(algebra: Algebra, index: int) -> Iterator[int]:
    for term in algebra.summands(index):
        parts = algebra.factors(term)
        for one in (part for part in parts if algebra.terms[part].op == SUM):
            rest = [part for part in parts if part != one]
            yield from (algebra.multiply(*rest, inside) for inside in algebra.terms[one].args)


def _part(asked: Asked, index: int, evidence: Sequence[Evidence], words: str) -> Iterator[Part]:
    """An expression of the pool; none for 1 and 0, and where it has no value."""
    algebra = asked.algebra
    if index in (algebra.one, algebra.zero):
        return
    graph = to_graph(algebra, index)
    try:
        made = primitive(graph, asked.functions).graph
        found = tuple(values(made, one.leaves)[made.outputs[0]] for one in evidence)
    except (NoValueError, KeyError):  # a name without a value here
        return
    name = text(graph)
    yield Part(words.format(name), found, name)
