"""The chains of a system: one by one, listed together, and as a list of adjoints; and what they are written with."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import Formula, variables
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.derive.chain import chains
from graphviz_ad.derive.chain_system import FEW, system_of
from graphviz_ad.derive.equations import unnamed
from graphviz_ad.derive.graph_view import find
from graphviz_ad.derive.parts import definitions
from graphviz_ad.lesson.transforms import Both, Transforms
from graphviz_ad.point.evaluate import adjoints

if TYPE_CHECKING:
    from graphviz_ad.derive.explain import Explained
    from graphviz_ad.point.numbers import Kinks


class Chained(Transforms):
    """A graph, what is asked of it, and its chains."""

    def chains(self, full: bool) -> tuple[Chain, ...]:
        """The chains, with their numbers, where there are any."""
        return self._chains_at(self._chains[full], full)

    def _chains_at(self, found: tuple[Chain, ...], full: bool) -> tuple[Chain, ...]:
        """Chains with their numbers, where there are any."""
        if not self.shows_numbers:
            return found
        from graphviz_ad.point.numbers import chain_at, part_values

        with self.errors_shown():
            numbers = self.numbers[full]
            named = {name: numbers.found[node] for node, name in self.graph_views[full].names.items()}
            named |= part_values(self.algebra, named, self.graph.functions)
            bars = {
                of: dict(enumerate(adjoints(self.graph, find(self.graph, of), numbers.found, self.wrt())))
                for of in {chain.of for chain in found}
            }
            return tuple(
                chain_at(chain, named, bars[chain.of], numbers.digits, self._at_kinks(chain, bars[chain.of]))
                for chain in found
            )

    def _at_kinks(self, chain: Chain, bars: Mapping[int, float]) -> "Kinks":
        """What is said of the derivatives in a chain by nodes with kinks between, by the node; nothing of those that
        are what the chain makes of them and have no other slope beside."""
        from graphviz_ad.point.at_kinks import at_kinks, corner_at
        from graphviz_ad.point.evaluate import kinked
        from graphviz_ad.point.kink_notes import beside

        point = corner_at(self.graph, self.numbers.simplified.found, kinked(self.graph))
        if point is None:
            return {}
        own = {line.node: bars[line.node] for line in chain.lines if line.node is not None}
        found = at_kinks(point, find(self.graph, chain.of), own)
        partial = len(self.wrt()) > 1
        return {node: (here, note) for node, here in found.items() if (note := beside(point, here, partial))}

    def listing(self, full: bool) -> tuple[Chain, ...]:
        """The chains as they are read one after the other: adjoints that many of them share are listed once."""
        found = self._listings[full]
        return self.chains(full) if found is None else self._chains_at(found, full)

    @cached_property
    def _listings(self) -> "Both[tuple[Chain, ...] | None]":
        return Both(self._listing)

    def _listing(self, full: bool) -> tuple[Chain, ...] | None:
        graph_view, local = self.graph_views[full], self.edge_derivatives[full]
        if len(self.wrt()) == 1 or len(graph_view.names) <= FEW:
            return None
        from graphviz_ad.derive.shared import listing

        wrt, names = self.wrt(), self.names[full]
        return listing(graph_view, self.algebra, local, self.graph.outputs, wrt, self.request.symbol, names)

    def adjoints(self) -> tuple[Chain, ...]:
        """The adjoints as a numbered list; what is alike has one line, but where numbers tell it apart."""
        from graphviz_ad.derive.adjoint_list import adjoint_list, adjoints_of

        wrt, local = self.wrt(), self.edge_derivatives.simplified
        here = system_of(
            self.graph_views.simplified, self.algebra, local, wrt, self.request.symbol, self.names.simplified
        )
        return self._chains_at(adjoint_list(adjoints_of(here), self.graph.outputs, wrt, not self.shows_numbers), False)

    def explained(self) -> "list[Explained]":
        """The rule behind each local derivative of the full graph, from the outputs to the inputs."""
        from graphviz_ad.derive.explain import steps

        return steps(self.operations, self.algebra, self.operation_derivatives, self.request.symbol)

    def parts(self, chains: Iterable[Chain], full: bool = False, said: Collection[Formula] = ()) -> tuple[Chain, ...]:
        """What the parts without a name of their own are that chains are written with, but those that are `said`, as
        one more: values of the graph, and parts of derivatives that are too long to be written in one piece."""
        mentioned = set[Name]().union(*(variables(equation) for chain in chains for equation in chain.equations))
        parts = definitions(self.algebra, mentioned)
        values = unnamed(self.graph_views[full], mentioned.union(*map(variables, parts)))
        wanted = tuple(line for line in (*values, *parts) if line.sides[0] not in said)
        return (Chain(UNNAMED, UNNAMED, wanted),) if wanted else ()

    @cached_property
    def _chains(self) -> "Both[tuple[Chain, ...]]":
        return Both(self._make_chains)

    def _make_chains(self, full: bool) -> tuple[Chain, ...]:
        return chains(
            self.graph_views[full],
            self.algebra,
            self.edge_derivatives[full],
            list(self.graph.outputs),
            self.wrt(),
            self.request.symbol,
            self.request.max_paths,
            self.names[full],
        )
