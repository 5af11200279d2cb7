"""A system of equations between vectors and matrices: what differs from one between numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.names import Name
from graphviz_ad.derive.arrays.chain import ArrayChains, array_chains
from graphviz_ad.derive.arrays.conventions import Conventions
from graphviz_ad.derive.arrays.edges import ArrayEdge, adjoint_name, array_edges
from graphviz_ad.derive.graph_view import LONG
from graphviz_ad.lesson.system import Both, System
from graphviz_ad.point.evaluation import Evaluation, at_inputs


class ArraySystem(System):
    """A graph whose nodes have axes, and what is asked of it."""

    @cached_property
    def _long(self) -> int:
        return LONG

    def _first_names(self) -> tuple[Name, ...]:
        return (adjoint_name(self.graph_views[False]),)

    @cached_property
    def indexed(self) -> IndexedAlgebra:
        """The pool of its expressions, with indices."""
        return IndexedAlgebra(self.algebra)

    @cached_property
    def edge_derivatives(self) -> Both[dict[tuple[int, int], ArrayEdge]]:  # type: ignore[override]
        return Both(lambda full: array_edges(self.graph_views[full], self.indexed, self.conventions))

    @property
    def conventions(self) -> Conventions:
        """How derivatives are written."""
        return Conventions(self.request.layout, self.request.edges)

    def evaluations(self, points: Iterable[Mapping[str, Any]]) -> Iterator[Evaluation]:
        """The numbers of the system at each of many points."""
        from graphviz_ad.point.arrays.evaluation import array_evaluation

        with self.errors_shown():
            for point in points:
                at = at_inputs(self.graph, {**self.request.at, **point})
                yield array_evaluation(self.graph_views[False], self.graph.outputs, self.wrt(), at)

    def _make_chains(self, full: bool) -> tuple[Chain, ...]:
        edges = self.edge_derivatives[full]
        system = ArrayChains(self.graph_views[full], self.indexed, edges, self.request.symbol, self.conventions)
        return array_chains(system, self.graph.outputs, self.wrt())
