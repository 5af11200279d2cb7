"""What a derivative that a reader names may mean: the total one, over every path, or the partial one of an equation.

They are one where a variable does not read another both directly and through others. As everywhere, d is the total
derivative and ∂ the partial one where there are both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from graphviz_ad.algebra.factor_order import factor_ranks
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.record import Record
from graphviz_ad.derive.assumptions import Assumption, relations
from graphviz_ad.derive.differentiate import accumulated
from graphviz_ad.derive.graph_view import GraphView, definition, written_out
from graphviz_ad.derive.in_names import Names
from graphviz_ad.derive.over_names import over_names


class Reading(Record):
    """A derivative as a graph, found by reverse accumulation, and `source`, the graph that it is the derivative of;
    `said` says which reading it is, where there are two."""

    graph: Graph
    source: Graph
    said: str = ""


class Readings:
    """The derivatives of one system, each by its name."""

    def __init__(self, graph: Graph, assumptions: Sequence[Assumption] = ()) -> None:
        self.graph = graph
        self._assumptions = assumptions
        self._known: dict[DerivativeName, tuple[Reading, ...]] = {}
        self._expressions: dict[DerivativeName, int | None] = {}

    def of(self, name: DerivativeName) -> tuple[Reading, ...]:
        """What is meant and, where the same symbols may mean another thing, that."""
        if name not in self._known:
            self._known[name] = self._made(name)
        return self._known[name]

    def _made(self, name: DerivativeName) -> tuple[Reading, ...]:
        places, view = self.graph.places, self.view
        of, wrts = places[name.of], [places[wrt] for wrt in dict.fromkeys(name.wrts)]
        total = Reading(accumulated(self.graph, name.of, name.wrts), self.graph)
        reads = view.reads(of) if self.graph.nodes[of].args else []
        if not set(reads).issuperset(wrts) or not any(view.reads_in_two_ways(of, wrt) for wrt in wrts):
            return (total,)
        equation = self._equation(of)
        held = ", ".join(view.names[read] for read in reads if read not in wrts)
        d, partial = (DerivativeName(symbol, name.of, name.wrts) for symbol in "d∂")
        both = (
            total.replace(said=f"the total derivative {d}, over every path"),
            Reading(
                accumulated(equation, name.of, name.wrts),
                equation,
                f"the partial derivative {partial}, with {held} held fixed",
            ),
        )
        return both if name.symbol == "d" else both[::-1]

    def _equation(self, of: int) -> Graph:
        """The equation of a variable alone: what it reads are inputs."""
        graph = definition(self.view, of)
        (root,) = graph.outputs
        name = self.view.names[of]
        nodes = (node.replace(name=name) if index == root else node for index, node in enumerate(graph.nodes))
        return Graph(tuple(nodes), (root,), self.graph.functions)

    @cached_property
    def view(self) -> GraphView:
        """The variables of the system."""
        return written_out(self.graph)

    # ---- in algebra

    @cached_property
    def algebra(self) -> Algebra:
        """The pool of all expressions."""
        names = [node.name for node in self.graph.nodes if node.name is not None]
        names += [node.op.name for node in self.graph.nodes if isinstance(node.op, UserFunction)]
        return Algebra({name: rank for rank, name in enumerate(names)}, True, factor_ranks(self.graph))

    @cached_property
    def over_inputs(self) -> dict[str, int]:
        """The variables written out in the inputs."""
        made = self.algebra.loaded(self.graph)
        return {name: made[index] for name, index in self.graph.places.items() if self.graph.nodes[index].op != INPUT}

    @cached_property
    def assumed(self) -> dict[str, int]:
        """The inputs that the reader assumes something of, each with the expression in others that it equals."""
        found = relations(self.algebra, self._assumptions)
        return {str(self.algebra.terms[one.variable].key): one.value for one in found}

    def expression(self, name: DerivativeName) -> int | None:
        """A derivative over the variables; None where it is too long."""
        if name not in self._expressions:
            before = accumulated(self.of(name)[0].source, name.of, name.wrts[1:])
            of = before.places[name.of] if len(name.wrts) == 1 else before.outputs[0]
            wrt = before.places.get(name.wrts[0])
            made = self.algebra.zero if wrt is None else over_names(before, self.algebra, of, wrt)
            if made is not None and name.wrts[0] in self.graph.places:
                made = self._names.total(self.graph.places[name.wrts[0]], made)
            self._expressions[name] = made
        return self._expressions[name]

    @cached_property
    def _names(self) -> Names:
        return Names(self.view, self.algebra, "auto", self._assumptions)


def named_derivatives(*graphs: Graph) -> list[DerivativeName]:
    """The derivatives that expressions name, each once."""
    names = (node.name for graph in graphs for node in graph.nodes)
    return list(dict.fromkeys(name for name in names if isinstance(name, DerivativeName)))
