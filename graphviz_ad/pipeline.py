"""From a source to files, as one line: read, transform, draw, render."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graphviz_ad.errors import AdgraphError, did_you_mean
from graphviz_ad.frontend import Source
from graphviz_ad.frontend.equations import parse
from graphviz_ad.graph import Graph
from graphviz_ad.render import Format, Options
from graphviz_ad.transform.algebra import Algebra
from graphviz_ad.transform.backward import Step, Symbol, backward
from graphviz_ad.transform.chain import MAX_PATHS, chains
from graphviz_ad.transform.cut import Cut, ancestors, cut, find
from graphviz_ad.transform.diagram import Chain, Diagram, Panel, Sheet
from graphviz_ad.transform.forward import Constants, equations, forward
from graphviz_ad.transform.partials import partials


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a system. `of` and `wrt` are variables (by default all outputs and all inputs); `step` is the
    step at which the backward graphs are shown."""

    of: tuple[str, ...] = ()
    wrt: tuple[str, ...] = ()
    symbol: Symbol = "auto"
    step: Step = 3
    constants: Constants = "node"
    max_paths: int = MAX_PATHS


@dataclass(frozen=True)
class System:
    """A graph and what is asked of it; what each view needs is made once, when it is needed."""

    graph: Graph
    request: Request = field(default_factory=Request)

    @cached_property
    def full(self) -> Cut:
        return cut(self.graph, True, self.request.wrt)

    @cached_property
    def simplified(self) -> Cut:
        return cut(self.graph, False, self.request.wrt)

    @cached_property
    def algebra(self) -> Algebra:
        names = [node.name for node in self.graph.nodes if node.name is not None]
        return Algebra({name: rank for rank, name in enumerate(names)})

    def forward(self, full: bool) -> Diagram:
        return forward(self.full if full else self.simplified, self.request.constants)

    def backward(self, full: bool, step: Step | None = None) -> Diagram:
        here = self.full if full else self.simplified
        return backward(here, self.algebra, partials(here, self.algebra), self.request.symbol, step or self.request.step)

    def chains(self, full: bool) -> tuple[Chain, ...]:
        here = self.full if full else self.simplified
        wrt = [find(self.graph, name) for name in self.request.wrt] or list(self.graph.inputs())
        return chains(here, self.algebra, partials(here, self.algebra), list(self.graph.outputs), wrt,
                      self.request.symbol, self.request.max_paths)


def read(text: str, request: Request) -> tuple[System, tuple[str, ...]]:
    """The system of a source text, and the notes on how it was read."""
    source: Source = parse(text, frozenset(request.wrt))
    graph = ancestors(source.graph, request.of) if request.of else source.graph
    system = System(graph, request)
    for name in request.wrt:
        find(source.graph, name)
    return system, source.notes


_ = (Format, Options, Callable, Sequence, AdgraphError, did_you_mean, Panel, Sheet, equations)
