"""The figures and the chains of a system of vectors and matrices, with what each relies on that is assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.core.diagram import Chain, Diagram
from graphviz_ad.core.formula import Formula, Label, Pullback, variables
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Step
from graphviz_ad.derive.arrays.assumptions import ArrayAssumptions, Key, array_assumptions, relying
from graphviz_ad.derive.arrays.chain import ArrayChains, array_chains
from graphviz_ad.derive.arrays.conventions import Conventions, is_row
from graphviz_ad.derive.arrays.edges import ArrayEdge, adjoint_name, array_edges
from graphviz_ad.derive.arrays.index_form import KRONECKER
from graphviz_ad.derive.arrays.known_sums import know_sums
from graphviz_ad.derive.assumptions import Assumption
from graphviz_ad.derive.edge_derivatives import LocalDerivative
from graphviz_ad.derive.graph_view import LONG
from graphviz_ad.lesson.array_words import explained, explained_once
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.transforms import Both
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

LAYOUTS = {
    "numerator": "numerator layout: a gradient by a vector is a row",
    "denominator": "denominator layout: the derivative of a vector by a vector is the transposed Jacobian",
}


class ArrayChained(System):
    """A graph whose nodes have axes: its figures and chains."""

    @cached_property
    def _long(self) -> int:
        return LONG

    def _first_names(self) -> tuple[Name, ...]:
        return (adjoint_name(self.graph_views.simplified),)

    @cached_property
    def indexed(self) -> IndexedAlgebra:
        """The pool of its expressions, with indices, and what is assumed of their entries."""
        made, assumed = IndexedAlgebra(self.algebra), self.array_assumptions
        for name, total in assumed.sums.items():
            shape = self.graph.nodes[self.graph.places[name]].type.shape
            made.sums[made.variable(name, shape)] = self.algebra.number(total)
        for name, total in assumed.rows.items():
            shape = self.graph.nodes[self.graph.places[name]].type.shape
            made.along[made.variable(name, shape)] = {1: self.algebra.number(total)}
        made.symmetric.update(assumed.symmetric)
        know_sums(made, self.graph_views.simplified)
        return made

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """None of numbers: what is assumed of entries is in `array_assumptions`."""
        return ()

    @cached_property
    def array_assumptions(self) -> ArrayAssumptions:
        """What is assumed of vectors and matrices. Raises AdgraphError for relations that are not read."""
        return array_assumptions(self.graph, self.request.assume)

    @property
    def conventions(self) -> Conventions:
        """How derivatives are written."""
        columns = frozenset() if self.house_style is None else self.house_style.columns
        request = self.request
        return Conventions(request.layout, request.edges, columns, request.adjoint == "delta")

    @cached_property
    def _varied(self) -> tuple[str, ...]:
        """Without a word, all inputs but those that are sizes: d where Q is m × d."""
        sizes = {size for node in self.graph.nodes for size in node.type.shape}
        names = [self.graph.name(node) for node in self.graph.inputs()]
        return self.request.wrt or (tuple(name for name in names if name not in sizes) if sizes & {*names} else ())

    # ---- figures and chains

    @cached_property
    def array_edges(self) -> Both[dict[tuple[int, int], ArrayEdge]]:
        """The local derivatives as tensors, and as they are written."""
        with self.errors_shown():
            return Both(lambda full: array_edges(self.graph_views[full], self.indexed, self.conventions))

    @property
    def figure_derivatives(self) -> Both[Mapping[tuple[int, int], LocalDerivative]]:
        return Both(self.array_edges.__getitem__)

    def _remarks(self, full: bool) -> tuple[str, ...]:
        """What the labels of arrows rely on."""
        made = self._relying(lambda it: {pair: _said(edge.value) for pair, edge in it.array_edges[full].items()})
        return tuple(dict.fromkeys(said for remarks in made.values() for said in remarks))

    def _relying(self, made: Callable[[ArrayChained], Mapping[Key, object]]) -> Mapping[Key, tuple[str, ...]]:
        """On which relations that are assumed each result relies: it would be another without them."""
        assumed = self.request.assume
        rests = {said.strip(): tuple(other for other in assumed if other != said) for said in assumed}
        systems = {
            said: type(self)(self.graph, self.request.replace(assume=rest, at=())) for said, rest in rests.items()
        }
        return relying(made(self), {said: made(system) for said, system in systems.items()}) if systems else {}

    def backward(self, full: bool, step: Step | None = None) -> Diagram:
        diagram = explained(super().backward(full, step))
        labels = [arrow.label for arrow in diagram.arrows if isinstance(arrow.label, Label)]
        pulled = next((side for label in labels for side in label.sides if isinstance(side, Pullback)), None)
        if (said := LAYOUTS.get(self.request.layout)) is not None:
            diagram = diagram.replace(notes=(*diagram.notes, said))
        said_names = set[Name]().union(*map(variables, labels)) - set(self.graph.places)
        if any(name.parts.base == KRONECKER for name in said_names):
            diagram = diagram.replace(notes=(*diagram.notes, "δᵢⱼ is 1 where i = j, and 0 elsewhere"))
        if pulled is None or (self.house_style is not None and self.house_style.names_moved):
            return diagram
        has_rows = any(is_row(node.type.shape) for node in self.graph.nodes if node.name is not None)
        column = (", in its shape" if has_rows else ", a column") * (self.request.layout == "numerator")
        said = f"{self._first_names()[0]}: the adjoint of the node an arrow starts at{column}"
        return diagram.replace(notes=(*diagram.notes, said))

    def array_chains(self, full: bool) -> ArrayChains:
        """What the chains of a view need."""
        views, edges = self.graph_views[full], self.array_edges[full]
        shapes = self.request.shown_shapes != "none"
        return ArrayChains(views, self.indexed, edges, self.request.symbol, self.conventions, shapes)

    def _make_chains(self, full: bool) -> tuple[Chain, ...]:
        return self._remarked(lambda it: array_chains(it.array_chains(full), it.graph.outputs, it.wrt()))

    def _remarked(self, made: Callable[[ArrayChained], Sequence[Chain]]) -> tuple[Chain, ...]:
        """Chains, each with what is assumed that it relies on, and with what that does not mean."""
        symmetric = self.array_assumptions.symmetric
        with self.errors_shown():
            found = made(self)
            remarks = self._relying(lambda it: {(chain.of, chain.wrt): _sides(chain) for chain in made(it)})
        return explained_once(
            chain.replace(notes=(*chain.notes, *remarks.get((chain.of, chain.wrt), ()), *moved))
            for chain in found
            for moved in [(f"the entries of {chain.wrt} are moved one by one",) * (chain.wrt in symmetric)]
        )

    @property
    def has_adjoints(self) -> bool:
        return not any(self.graph.nodes[output].type.shape for output in self.graph.outputs)

    def adjoints(self) -> tuple[Chain, ...]:
        """The adjoints of numbers as a numbered list; the chains where an output is a vector."""
        if not self.has_adjoints:
            return self.listing(False)
        from graphviz_ad.derive.adjoint_list import adjoint_list
        from graphviz_ad.derive.arrays.adjoints import array_adjoints_of

        def listed(system: ArrayChained) -> tuple[Chain, ...]:
            made_from = array_adjoints_of(system.array_chains(False))
            return adjoint_list(made_from, system.graph.outputs, system.wrt(), not self.shows_numbers)

        return self._chains_at(self._remarked(listed), False)


def _said(*formulas: Formula | None) -> tuple[str, ...]:
    """Formulas as they are read; their graphs may have their leaves in another order."""
    return tuple(write(formula, Plain()) for formula in formulas if formula is not None)


def _sides(chain: Chain) -> tuple[str, ...]:
    return _said(*(side for line in chain.lines for side in line.sides))
