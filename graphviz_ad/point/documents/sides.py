"""Sides of statements, read with the names that derivatives have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graphviz_ad.core.errors import Span
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.differentiate import accumulated, with_derivative
from graphviz_ad.point.documents.expressions import expression_of, put_in
from graphviz_ad.point.documents.tokens import is_computed
from graphviz_ad.read.claims.derivatives import DerivativeReader
from graphviz_ad.read.claims.reading import ClaimReader, Side
from graphviz_ad.read.documents.derivatives import Rewriter
from graphviz_ad.read.documents.naming import TERM, Taken


class NotCheckedError(Exception):
    """Why a statement is not checked."""


class Variant(Record):
    """How a statement may be read: how far d/dx reaches; whether f(…) may be a product; and whether a function without
    brackets is of the next factor alone."""

    extent: str = TERM
    calls: bool = True
    short: bool = False


class ReadSide(Record):
    """A side that was read; what its variables are at the bar behind it; and how its numbers are rounded."""

    side: Side
    bar: Mapping[str, str]
    decimals: int | None
    precision: float
    is_about: bool
    has_derivatives: bool
    is_operator: bool  # d/dx (x^2 + 1), and nothing else
    has_others: bool  # in what is differentiated there is more than x

    def tolerance(self, value: float) -> float:
        """How far a number as it is printed may be from the exact one: a unit of its last place."""
        if self.decimals is None:
            return abs(value) * 0.01 if self.is_about else 0.0
        return 1.01 * 10.0**-self.decimals


class SideReader(ClaimReader):
    """Reads sides with the names that rewriters gave derivatives, and functions at a place written out."""

    def __init__(self, graph: Graph, rewriters: Iterable[Rewriter], functions: Sequence[str]) -> None:
        super().__init__(graph, [graph.name(index) for index in graph.inputs()])
        self.aliases = {name: one for rewriter in rewriters for name, one in rewriter.derivatives.items()}
        self.graph = graph

    def _derivatives(self) -> DerivativeReader:
        reader = DerivativeReader(self.known, self._no_variable, self.only)
        reader.found |= self.aliases
        return reader

    def take(self, taken: Taken) -> None:
        """Give a function, or a derivative, at a place a name, which stands for what it is there."""
        if taken.wrts:
            if is_computed(self.graph, taken):
                graph = with_derivative(self.graph, taken.of, taken.wrts, kept=True)
            else:
                graph = accumulated(self.graph, taken.of, taken.wrts)
            graph = expression_of(graph, graph.outputs[0])
        else:
            graph = expression_of(self.graph, self.graph.places[taken.of])
        put = {name: self.side(tokens).graph for name, tokens in taken.args}
        made = put_in(graph, put)
        self.defined[taken.name.key] = Side(made, made, Span(0, 0))

    def expanded(self, graph: Graph) -> Graph:
        """A graph over the inputs of the system, its variables and derivatives written out."""
        put: dict[Name, Graph] = {}
        for node in graph.nodes:
            name = node.name
            if node.op != INPUT or name is None:
                continue
            if isinstance(name, DerivativeName):
                made = accumulated(self.graph, name.of, name.wrts)
                put[name] = expression_of(made, made.outputs[0])
            elif name in self.graph.places and self.graph.nodes[self.graph.places[name]].args:
                put[name] = expression_of(self.graph, self.graph.places[name])
        return put_in(graph, put)
