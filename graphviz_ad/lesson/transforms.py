"""A graph and what is asked of it: its views, their derivatives and numbers, each made when it is first needed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from graphviz_ad.algebra.factor_order import factor_ranks
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.given import listed
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.core.whole_array import WholeArray
from graphviz_ad.derive.assumptions import Assumption, read_assumptions
from graphviz_ad.derive.edge_derivatives import EdgeDerivative, LocalDerivative, edge_derivatives
from graphviz_ad.derive.graph_view import LONG, GraphView, find, graph_view, parts, varying
from graphviz_ad.derive.in_names import Names
from graphviz_ad.point.evaluate import adjoints, values
from graphviz_ad.read.sources import SourceText

if TYPE_CHECKING:
    from graphviz_ad.point.numbers import Numbers

T = TypeVar("T")


class Both(dict[bool, T]):
    """What there is of the full and of the simplified graph, by whether it is the full one; each made when it is first
    asked for."""

    def __init__(self, make: Callable[[bool], T]) -> None:
        self._make = make

    def __missing__(self, full: bool) -> T:
        self[full] = made = self._make(full)
        return made

    @property
    def full(self) -> T:
        return self[True]

    @property
    def simplified(self) -> T:
        return self[False]


class HowRead(Record):
    """How a graph came to be: its source; the `whole` graph of that, where it is a part of one; notes on how that was
    read; the names that were `given` values, each with its spelling in the graph; what a Python function was
    `called_with`, by its parameters, and its `wholes`, arrays that the graph has in another form."""

    source: SourceText = SourceText("", "text")
    whole: Graph | None = None
    notes: tuple[str, ...] = ()
    given: Mapping[str, str] = {}
    called_with: Mapping[str, float] = {}
    wholes: tuple[WholeArray, ...] = ()


NO_SOURCE = HowRead()


class Transforms:
    """A graph and what is asked of it; what several views need is made once, when the first needs it."""

    def __init__(
        self,
        graph: Graph,
        request: Request = NOTHING_ASKED,
        reading: HowRead = NO_SOURCE,
        shows_numbers: bool | None = None,
        names_at_need: bool = True,
    ) -> None:
        """A graph shows its numbers where it has values, unless it is said; it has `names_at_need`, for parts of an
        equation whose derivative would else be too long."""
        self.graph = graph
        self.request = request
        self.reading = reading
        self.shows_numbers = bool(request.at) if shows_numbers is None else shows_numbers
        self.names_at_need = names_at_need

    @property
    def whole(self) -> Graph:
        """The graph of the source, of which this one may be a part."""
        return self.reading.whole or self.graph

    @property
    def decided(self) -> bool:
        """Whether the values that are given decided what the graph is: a Python function that asks for a value has a
        note on it, and one that uses a value up has it not in its graph."""
        return self.reading.source.language == "python" and bool(self.reading.notes or self.used_up())

    @property
    def has_adjoints(self) -> bool:
        """Whether its outputs are numbers, the derivatives of which are accumulated from them on."""
        return True

    @property
    def has_axes(self) -> bool:
        """Whether there are vectors or matrices in it."""
        return any(node.type.shape for node in self.graph.nodes)

    @cached_property
    def graph_views(self) -> "Both[GraphView]":
        """What of the graph is shown, with all its operations and with its variables alone."""
        return Both(lambda full: graph_view(self.graph, full, self._varied, self._long, together=True))

    @property
    def _varied(self) -> tuple[str, ...]:
        """The names of what is differentiated by; none: of all inputs."""
        return self.request.wrt

    @cached_property
    def operations(self) -> GraphView:
        """The view of the full graph with each operation by itself, as it is evaluated."""
        return graph_view(self.graph, True, self._varied, self._long)

    @cached_property
    def operation_derivatives(self) -> dict[tuple[int, int], EdgeDerivative]:
        """The local derivatives of each operation by itself."""
        self._check_powers()
        names = Names(self.operations, self.algebra, self.request.write, self.assumptions)
        return edge_derivatives(self.operations, self.algebra, names)

    @cached_property
    def _long(self) -> int:
        """From how many symbols on an equation has names for what it repeats: from the first on where its derivative
        would be too long to be written out."""
        if not self.names_at_need or parts(self.graph, 0) == parts(self.graph, LONG):
            return LONG
        local = edge_derivatives(graph_view(self.graph, False, self.request.wrt), self._new_algebra())
        return 0 if any(partial.total is None or partial.in_parts for partial in local.values()) else LONG

    @property
    def size(self) -> int:
        """How many nodes the full graph has, each operation by itself, but for its constants."""
        return len(self.operations.names)

    @cached_property
    def algebra(self) -> Algebra:
        """The pool of all its expressions."""
        return self._new_algebra()

    def _new_algebra(self) -> Algebra:
        names = [*self._first_names(), *(node.name for node in self.graph.nodes if node.name is not None)]
        functions = sorted(
            (node.span or Span(0, 0), node.op.name) for node in self.graph.nodes if isinstance(node.op, UserFunction)
        )
        names += [name for _, name in functions]
        return Algebra({name: rank for rank, name in enumerate(names)}, True, factor_ranks(self.graph))

    def _first_names(self) -> tuple[Name, ...]:
        """Names that stand before all others in products."""
        return ()

    @cached_property
    def edge_derivatives(self) -> "Both[dict[tuple[int, int], EdgeDerivative]]":
        """The derivative of each node by each that it reads, by the two."""
        self._check_powers()
        return Both(lambda full: edge_derivatives(self.graph_views[full], self.algebra, self.names[full]))

    @property
    def figure_derivatives(self) -> "Both[Mapping[tuple[int, int], LocalDerivative]]":
        """What stands on the arrows of backward graphs."""
        return Both(self.edge_derivatives.__getitem__)

    @cached_property
    def names(self) -> "Both[Names]":
        """Which variables derivatives are written with."""
        return Both(lambda full: Names(self.graph_views[full], self.algebra, self.request.write, self.assumptions))

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What the reader assumes of the inputs."""
        found = read_assumptions(self.request.assume, self.whole)
        if self.shows_numbers:
            from graphviz_ad.point.bindings import check_assumed

            check_assumed(found, self.point())
        return found

    def _check_powers(self) -> None:
        """Raise AdgraphError for (−2)^x where it is to be differentiated by x."""
        if not any(node.op == "pow" for node in self.graph.nodes):
            return
        from graphviz_ad.point.domain_errors import check_powers

        with self.errors_shown():
            check_powers(self.graph, self.graph_views.simplified.active)

    @cached_property
    def numbers(self) -> "Both[Numbers]":
        """The numbers of the full and of the simplified graph at the values that are given."""
        from graphviz_ad.point.at_kinks import derivatives, with_limits
        from graphviz_ad.point.evaluation import slopes
        from graphviz_ad.point.numbers import Numbers

        with self.errors_shown():
            graph, outputs = self.graph, self.graph.outputs
            found = values(graph, self.point())
            bars: list[float | None] = [None] * len(found)
            if len(outputs) == 1:
                known = adjoints(graph, outputs[0], found, self.wrt())
                moving = [index for index, varies in enumerate(varying(graph, self.wrt())) if varies]
                for index, bar in derivatives(graph, outputs[0], found, known, moving).items():
                    bars[index] = bar

        def of(full: bool) -> Numbers:
            with self.errors_shown():
                edges, others = slopes(self.graph_views[full], found)
            return Numbers(with_limits(graph, found), bars, edges, self.request.digits, others)

        return Both(of)

    def wrt(self) -> list[int]:
        """The nodes to differentiate by."""
        return [*self._wrt]

    @cached_property
    def _wrt(self) -> list[int]:
        return [find(self.graph, name) for name in self._varied] or list(self.graph.inputs())

    def point(self) -> dict[str, float]:
        """The values of the inputs, by their names in the graph."""
        from graphviz_ad.point.evaluation import at_inputs

        return at_inputs(self.graph, self.request.at)

    def is_partial(self, of: Name, wrt: Name) -> bool:
        """Whether a derivative is written with ∂, as its chain has it: of several inputs, or of a partial one; but not
        the total derivative whose sum has the partial one in it."""
        if self.request.symbol != "auto":
            return self.request.symbol == "partial"
        if isinstance(of, DerivativeName):
            return of.symbol == "∂"
        if len(self._wrt) <= 1:
            return False
        places = self.graph.places
        return not (of in places and wrt in places
                    and self.graph_views.simplified.reads_in_two_ways(places[of], places[wrt]))  # fmt: skip

    def used_up(self) -> dict[str, Any]:
        """The parameters of a Python function that only its branches, counts and indices depend on; arrays as lists."""
        names = {node.name for node in self.whole.nodes}
        return {name: listed(value) for name, value in self.reading.called_with.items() if name not in names}

    def missing(self) -> list[str]:
        """The inputs without a value."""
        point = self.point()
        return [name for index in self.graph.inputs() if (name := self.graph.name(index)) not in point]

    @contextmanager
    def errors_shown(self) -> Iterator[None]:
        """Let errors of the mathematics show their place in the source."""
        try:
            yield
        except AdgraphError as error:
            source = self.reading.source
            error.source = error.source or source.text or None
            error.origin = error.origin or source.origin
            raise
