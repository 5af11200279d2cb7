"""A system of equations between vectors and matrices: what differs from one between numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any, NoReturn

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.core.diagram import Chain, Diagram, PageModel
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Formula, Label, Pullback, variables
from graphviz_ad.core.given import listed
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
from graphviz_ad.point.evaluation import Evaluation, at_inputs
from graphviz_ad.read.sources import SourceText

if TYPE_CHECKING:  # what only some commands need is imported where they need it, to keep the start lean
    from graphviz_ad.derive.explain import Explained
    from graphviz_ad.lesson.circuit import Wires
    from graphviz_ad.point.arrays.checking import ArrayMethod
    from graphviz_ad.point.arrays.numbers import ArrayNumbers
    from graphviz_ad.point.claims import Verdict
    from graphviz_ad.point.traces import Trace


LAYOUTS = {
    "numerator": "numerator layout: a gradient by a vector is a row",
    "denominator": "denominator layout: the derivative of a vector by a vector is the transposed Jacobian",
}


class ArraySystem(System):
    """A graph whose nodes have axes, and what is asked of it."""

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

    def _relying(self, made: Callable[[ArraySystem], Mapping[Key, object]]) -> Mapping[Key, tuple[str, ...]]:
        """On which relations that are assumed each result relies: it would be another without them."""
        assumed = self.request.assume
        rests = {said.strip(): tuple(other for other in assumed if other != said) for said in assumed}
        systems = {
            said: ArraySystem(self.graph, self.request.replace(assume=rest, at=())) for said, rest in rests.items()
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
        said = f"{self._first_names()[0]}: the adjoint of an arrow's left end{column}"
        return diagram.replace(notes=(*diagram.notes, said))

    def array_chains(self, full: bool) -> ArrayChains:
        """What the chains of a view need."""
        views, edges = self.graph_views[full], self.array_edges[full]
        shapes = self.request.shown_shapes != "none"
        return ArrayChains(views, self.indexed, edges, self.request.symbol, self.conventions, shapes)

    def _make_chains(self, full: bool) -> tuple[Chain, ...]:
        return self._remarked(lambda it: array_chains(it.array_chains(full), it.graph.outputs, it.wrt()))

    def _remarked(self, made: Callable[[ArraySystem], Sequence[Chain]]) -> tuple[Chain, ...]:
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

        def listed(system: ArraySystem) -> tuple[Chain, ...]:
            made_from = array_adjoints_of(system.array_chains(False), system.wrt())
            return adjoint_list(made_from, system.graph.outputs, system.wrt(), not self.shows_numbers)

        return self._chains_at(self._remarked(listed), False)

    # ---- numbers

    @cached_property
    def array_numbers(self) -> Both[ArrayNumbers]:
        """The numbers of the full and of the simplified graph at the values that are given."""
        from graphviz_ad.point.arrays.adjoints import array_adjoints
        from graphviz_ad.point.arrays.assumed import check_assumed
        from graphviz_ad.point.arrays.numbers import ArrayNumbers
        from graphviz_ad.point.arrays.values import array_values

        with self.errors_shown():
            found = array_values(self.graph, self.point())
            check_assumed(self.graph, found, self.array_assumptions)
            outputs = self.graph.outputs
            one = len(outputs) == 1 and not self.graph.nodes[outputs[0]].type.shape
            bars = array_adjoints(self.graph, outputs[0], found) if one else {}
        digits, form, views = self.request.digits, self.conventions, self.graph_views
        return Both(lambda full: ArrayNumbers(self.graph, found, bars, frozenset(views[full].names), digits, form))

    def _with_numbers(self, diagram: Diagram, full: bool) -> Diagram:
        if not self.shows_numbers:
            return diagram
        from graphviz_ad.point.arrays.numbers import diagram_at

        with self.errors_shown():
            return diagram_at(diagram, self.array_numbers[full])

    def _chains_at(self, found: tuple[Chain, ...], full: bool) -> tuple[Chain, ...]:
        if not self.shows_numbers:
            return found
        from graphviz_ad.point.arrays.numbers import chain_at

        with self.errors_shown():
            return tuple(chain_at(chain, self.array_numbers[full]) for chain in found)

    def _listing(self, full: bool) -> None:
        return None

    def evaluations(self, points: Iterable[Mapping[str, Any]]) -> Iterator[Evaluation]:
        """The numbers of the system at each of many points."""
        from graphviz_ad.point.arrays.evaluation import array_evaluation

        with self.errors_shown():
            for point in points:
                at = at_inputs(self.graph, {**self.request.at, **point})
                found = array_evaluation(self.graph_views.simplified, self.graph.outputs, self.wrt(), at)
                unread = {name: listed(point.get(name, value)) for name, value in self.used_up().items()}
                yield found.replace(values={**unread, **found.values}) if unread else found

    def of_wholes(self, found: Evaluation) -> Evaluation:
        """Numbers as the function that was read has its arrays."""
        if not self.reading.wholes:
            return found
        from graphviz_ad.point.arrays.wholes import whole_evaluation

        shapes = {
            str(name): self.graph.nodes[node].type.shape for node, name in self.graph_views.simplified.names.items()
        }
        return whole_evaluation(found, self.reading.wholes, shapes, [*map(self.graph.name, self.wrt())])

    # ---- what there is of numbers alone

    def _wires(self) -> Wires:
        return self.array_numbers.full

    def edge_labelled(self) -> Diagram:
        """The simplified forward graph with its equations in the nodes and its derivatives on the arrows."""
        from graphviz_ad.lesson.circuit import edge_labelled

        views, edges = self.graph_views.simplified, self.figure_derivatives.simplified
        made = edge_labelled(views, self.algebra, edges, self.request.symbol)
        if self.shows_numbers:
            from graphviz_ad.point.arrays.numbers import equations_at

            with self.errors_shown():
                made = equations_at(made, self.array_numbers.simplified)
        return self._finished(made)

    def traces(self, modes: Sequence[str], direction: str | None) -> list[Trace]:
        """Evaluation traces: forward in the direction of one entry of an input, by default the first; reverse from each
        output."""
        from graphviz_ad.derive.arrays.edge_tensors import edge_tensors
        from graphviz_ad.point.arrays.traces import ArrayPoint, array_adjoint_trace, array_tangent_trace, seeds_of
        from graphviz_ad.point.arrays.values import array_values

        with self.errors_shown():
            found, view = array_values(self.graph, self.point()), self.operations
            here = ArrayPoint(view, self.indexed, edge_tensors(view, self.indexed), found, self.request.digits)
            made = []
            if "forward" in modes:
                made.append(array_tangent_trace(here, seeds_of(view, found, direction, self.wrt()[0])))
            if "reverse" in modes:
                made += [array_adjoint_trace(here, output) for output in self.graph.outputs]
            return made

    @property
    def directions(self) -> int:
        """How many entries all that is differentiated by has, for each of which forward mode runs once."""
        sizes = (size for node in self.wrt() for size in [self.graph.nodes[node].type.shape])
        return sum(prod(size for size in shape if isinstance(size, int)) for shape in sizes)

    def array_methods(self, of: int, wrt: int, libraries: Sequence[str] = ()) -> list[ArrayMethod]:
        """The derivative of one node with respect to an input: by hand, numerically, automatically."""
        from graphviz_ad.point.arrays.checking import array_methods

        place = self.graph.outputs.index(of) * len(self.wrt()) + self.wrt().index(wrt)
        shapes = (self.graph.nodes[node].type.shape for node in (of, wrt))
        turned = self.conventions.is_turned(*shapes)
        with self.errors_shown():
            chain = self._chains(False)[place]
            return array_methods(self.graph_views.simplified, chain, of, wrt, self.point(), turned, libraries)

    def methods(self, of: int, wrt: int) -> NoReturn:
        _refuse("a comparison of methods")

    def verdicts(self, claims: Iterable[SourceText]) -> tuple[list[Verdict], tuple[str, ...]]:
        """What is said of a reader's claims, in order."""
        from graphviz_ad.point.arrays.claims import ArrayJudge
        from graphviz_ad.point.claims import settled

        with self.errors_shown():
            names = [self.graph.name(node) for node in self.wrt()]
            judge = ArrayJudge(self.array_chains(False), self.array_assumptions, names)
            found = settled([one for source in claims for one in judge.each(source)])
            return found, tuple(dict.fromkeys(judge.notes))

    def derived(self, of: object, wrts: object, kept: bool = False) -> NoReturn:
        _refuse("a system of derivatives")

    def higher(self, order: int) -> list[Chain]:
        """The second derivatives of each output, mixed ones once: each the chain of a gradient, which is a vector or a
        number. Raises AdgraphError where there is none that is a matrix."""
        from graphviz_ad.derive.arrays.differentiate import second_derivatives

        if order > 2:
            raise AdgraphError(
                "derivatives of vectors of the third order have three axes", hint="--order 2, or declare numbers"
            )
        return list(self._remarked(lambda it: second_derivatives(it.array_chains(False), it.graph.outputs, it.wrt())))

    def explained(self) -> list[Explained]:
        """The rule behind each local derivative of the full graph, from the outputs to the inputs."""
        from graphviz_ad.derive.explain import steps

        with self.errors_shown():
            edges = array_edges(self.operations, self.indexed, self.conventions)
        return steps(self.operations, self.algebra, edges, self.request.symbol)

    def page_model(self) -> PageModel:
        """The whole system, for a page; where it computes nothing, with the numbers at the values that are given."""
        from graphviz_ad.lesson.array_page_model import computed, silent
        from graphviz_ad.lesson.page_model import not_typed
        from graphviz_ad.point.arrays.values import fitting

        why_not = not_typed(self.graph)
        asked = self.request.replace(symbol="auto", groups={"none": ()})
        plain = ArraySystem(self.graph, asked, self.reading, self.shows_numbers and bool(why_not))
        simplified, full = (plain.page_graph(whole, plain.chains(whole)) for whole in (False, True))
        model = PageModel(
            self.graph, simplified, full, tuple(self.wrt()), self.request.symbol, {}, {}, self.request.digits
        )
        if why_not:
            return silent(model, why_not, self.shows_numbers)
        with self.errors_shown():
            inputs = self.graph.inputs() if self.shows_numbers else ()
            at: dict[str, Any] = {
                self.graph.name(node): fitting(self.graph.nodes[node], self.point()) for node in inputs
            }
        return computed(model, self.conventions, self.array_assumptions, at)


def _said(*formulas: Formula | None) -> tuple[str, ...]:
    """Formulas as they are read; their graphs may have their leaves in another order."""
    return tuple(write(formula, Plain()) for formula in formulas if formula is not None)


def _sides(chain: Chain) -> tuple[str, ...]:
    return _said(*(side for line in chain.lines for side in line.sides))


def _refuse(what: str) -> NoReturn:
    raise AdgraphError(
        f"{what} is for systems of numbers", hint="draw, show, derive and eval take vectors and matrices"
    )
