"""A system of equations between vectors and matrices: what differs from one between numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any, NoReturn

from graphviz_ad.core.diagram import Chain, Diagram, PageModel
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.given import listed
from graphviz_ad.derive.arrays.edges import array_edges
from graphviz_ad.lesson.array_chained import ArrayChained
from graphviz_ad.lesson.transforms import Both
from graphviz_ad.point.evaluation import Evaluation, at_inputs
from graphviz_ad.read.sources import SourceText

if TYPE_CHECKING:  # what only some commands need is imported where they need it, to keep the start lean
    from graphviz_ad.derive.explain import Explained
    from graphviz_ad.lesson.circuit import Wires
    from graphviz_ad.point.arrays.checking import ArrayMethod
    from graphviz_ad.point.arrays.numbers import ArrayNumbers
    from graphviz_ad.point.claims import Verdict
    from graphviz_ad.point.traces import Trace


class ArraySystem(ArrayChained):
    """A graph whose nodes have axes, and what is asked of it."""

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
            chain = self._chains.simplified[place]
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


def _refuse(what: str) -> NoReturn:
    raise AdgraphError(
        f"{what} is for systems of numbers", hint="draw, show, derive and eval take vectors and matrices"
    )
