"""A system of equations and what is asked of it: its diagrams, chains and numbers, and the panels they are shown in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, TypeVar

from graphviz_ad.algebra.factor_order import factor_ranks
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.diagram import Chain, Diagram, PageGraph, PageModel, Panel
from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.formula import Derivative, Formula, variables
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import UNNAMED, DerivativeName, Name
from graphviz_ad.core.request import NOTHING_ASKED, Request, Step
from graphviz_ad.derive.assumptions import Assumption, read_assumptions
from graphviz_ad.derive.chain import FEW, chains
from graphviz_ad.derive.edge_derivatives import EdgeDerivative, edge_derivatives
from graphviz_ad.derive.equations import unnamed
from graphviz_ad.derive.graph_view import LONG, GraphView, find, graph_view, parts, varying
from graphviz_ad.derive.in_names import Names
from graphviz_ad.derive.parts import definitions
from graphviz_ad.lesson.backward import backward
from graphviz_ad.lesson.forward import forward
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.bindings import check_assumed
from graphviz_ad.point.evaluate import adjoints, values
from graphviz_ad.read.sources import SourceText

if TYPE_CHECKING:  # what only some commands need is imported where they need it, to keep the start lean
    from graphviz_ad.derive.explain import Explained
    from graphviz_ad.point.checking import Method
    from graphviz_ad.point.claims import Verdict
    from graphviz_ad.point.evaluation import Evaluation
    from graphviz_ad.point.numbers import Kinks, Numbers
    from graphviz_ad.point.traces import Trace


T = TypeVar("T")


class Both(dict[bool, T]):
    """What there is of the full and of the simplified graph, each made when it is first asked for."""

    def __init__(self, make: Callable[[bool], T]) -> None:
        self._make = make

    def __missing__(self, full: bool) -> T:
        self[full] = made = self._make(full)
        return made


class System:
    """A graph and what is asked of it; what several views need is made once, when the first needs it."""

    def __init__(self, graph: Graph, request: Request = NOTHING_ASKED, source: SourceText | None = None) -> None:
        self.graph = graph
        self.source = source or SourceText("", "text")
        self.shows_numbers = bool(request.at)
        self.request = request
        self.whole = graph  # of the source, where `graph` may be a part of it
        self.names_at_need = True  # for parts of an equation whose derivative would else be too long
        self.decided = False  # whether the values that are given decided what the graph is
        self.given: Mapping[str, str] = {}  # the names that were given values, each with its spelling in the graph
        self.called_with: Mapping[str, float] = {}  # the values of a Python function's parameters

    @property
    def has_axes(self) -> bool:
        """Whether there are vectors or matrices in it."""
        return any(node.type.shape for node in self.graph.nodes)

    @cached_property
    def graph_views(self) -> "Both[GraphView]":
        return Both(lambda full: graph_view(self.graph, full, self.request.wrt, self._long, together=True))

    @cached_property
    def operations(self) -> GraphView:
        """The view of the full graph with each operation by itself, as it is evaluated."""
        return graph_view(self.graph, True, self.request.wrt, self._long)

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
        self._check_powers()
        return Both(lambda full: edge_derivatives(self.graph_views[full], self.algebra, self.names[full]))

    @cached_property
    def names(self) -> "Both[Names]":
        """Which variables derivatives are written with."""
        return Both(lambda full: Names(self.graph_views[full], self.algebra, self.request.write, self.assumptions))

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What the reader assumes of the inputs."""
        found = read_assumptions(self.request.assume, self.whole)
        if self.shows_numbers:
            check_assumed(found, self.point())
        return found

    def _check_powers(self) -> None:
        """Raise AdgraphError for (−2)^x where it is to be differentiated by x."""
        if not any(node.op == "pow" for node in self.graph.nodes):
            return
        from graphviz_ad.point.domain_errors import check_powers

        with self.errors_shown():
            check_powers(self.graph, self.graph_views[False].active)

    def forward(self, full: bool) -> Diagram:
        return self._with_numbers(forward(self.graph_views[full], self.request.constants), full)

    def backward(self, full: bool, step: Step | None = None) -> Diagram:
        step = step or self.request.step
        local = self.edge_derivatives[full]
        diagram = backward(self.graph_views[full], self.algebra, local, self.request.symbol, step)
        if step == 3 and any(one.total in self.names[full].relying for one in local.values()):
            diagram = diagram.replace(notes=diagram.notes + self.names[full].remarks)
        return self._with_numbers(diagram, full) if step == 3 else diagram

    def circuit(self) -> Diagram:
        """The circuit of gates, with the values and gradients on its wires."""
        from graphviz_ad.lesson.circuit import circuit

        with self.errors_shown():
            return circuit(self.operations, self.numbers[True])

    def edge_labelled(self) -> Diagram:
        """The simplified forward graph with its equations in the nodes and its derivatives on the arrows."""
        from graphviz_ad.lesson.circuit import edge_labelled

        numbers = self.numbers[False] if self.shows_numbers else None
        return edge_labelled(
            self.graph_views[False], self.algebra, self.edge_derivatives[False], self.request.symbol, numbers
        )

    def _with_numbers(self, diagram: Diagram, full: bool) -> Diagram:
        if not self.shows_numbers:
            return diagram
        from graphviz_ad.point.numbers import diagram_at

        return diagram_at(diagram, self.numbers[full])

    @cached_property
    def numbers(self) -> "dict[bool, Numbers]":
        """The numbers of the full and of the simplified graph at the values that are given."""
        from graphviz_ad.point.at_kinks import derivatives, with_limits
        from graphviz_ad.point.evaluation import at_inputs, slopes
        from graphviz_ad.point.numbers import Numbers

        with self.errors_shown():
            graph, outputs = self.graph, self.graph.outputs
            found = values(graph, at_inputs(graph, self.request.at))
            bars: list[float | None] = [None] * len(found)
            if len(outputs) == 1:
                known = adjoints(graph, outputs[0], found, self.wrt())
                moving = [index for index, varies in enumerate(varying(graph, self.wrt())) if varies]
                for index, bar in derivatives(graph, outputs[0], found, known, moving).items():
                    bars[index] = bar
            digits = self.request.digits
            return {full: Numbers(with_limits(graph, found), bars, edges, digits, others) for full in (True, False)
                    for edges, others in [slopes(self.graph_views[full], found)]}  # fmt: skip

    def traces(self, modes: Sequence[str], direction: str | None) -> "list[Trace]":
        """Evaluation traces: forward in the direction of a variable, by default the first; reverse from each output."""
        from graphviz_ad.point.evaluation import at_inputs
        from graphviz_ad.point.traces import adjoint_trace, tangent_trace

        with self.errors_shown():
            graph_view, algebra, local, digits = (
                self.operations,
                self.algebra,
                self.operation_derivatives,
                self.request.digits,
            )
            found = values(self.graph, at_inputs(self.graph, self.request.at))
            made = []
            if "forward" in modes:
                sources = [find(self.graph, direction)] if direction else self.wrt()[:1]
                made.append(tangent_trace(graph_view, algebra, local, found, dict.fromkeys(sources, 1.0), digits))
            if "reverse" in modes:
                made += [
                    adjoint_trace(graph_view, algebra, local, found, output, digits) for output in self.graph.outputs
                ]
            return made

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
                    and self.graph_views[False].reads_in_two_ways(places[of], places[wrt]))  # fmt: skip

    def used_up(self) -> dict[str, float]:
        """The parameters of a Python function that only its branches, counts and indices depend on."""
        names = {node.name for node in self.whole.nodes}
        return {name: value for name, value in self.called_with.items() if name not in names}

    def missing(self) -> list[str]:
        """The inputs without a value."""
        point = self.point()
        return [name for index in self.graph.inputs() if (name := self.graph.name(index)) not in point]

    def methods(self, of: int, wrt: int) -> "list[Method]":
        """The derivative of one node with respect to an input: by hand, numerically, symbolically, automatically."""
        from graphviz_ad.point.checking import methods

        if self.graph.nodes[wrt].op != INPUT:
            name = self.graph.nodes[wrt].name
            raise AdgraphError(f"'{name}' is no input: its value cannot be moved", hint="choose inputs: --wrt")
        with self.errors_shown():
            values(self.graph, self.point())
            place = self.graph.outputs.index(of) * len(self.wrt()) + self.wrt().index(wrt)
            chain = self._chains(False)[place]
            parts = definitions(self.algebra, variables(chain.result))
            return methods(self.graph, chain, of, wrt, self.point(), parts)

    def verdicts(self, claims: Iterable[SourceText]) -> "tuple[list[Verdict], tuple[str, ...]]":
        """What is said of a reader's claims, in order, and notes on how they were read."""
        from graphviz_ad.point.claims import Judge
        from graphviz_ad.read.claims.reading import ClaimReader

        reader = ClaimReader(self.graph, [self.graph.name(index) for index in self.wrt()], self.request.functions)
        read = [claim for source in claims for claim in reader.read(source)]
        with self.errors_shown():
            given = {Name(name): value for name, value in self.point().items()}
            judge = Judge(self.graph, given, self.assumptions)
            found = [verdict for claim in read for verdict in judge.verdicts(claim)]
        return found, tuple(dict.fromkeys((*reader.notes, *reader.unused_notes())))

    def error_plot(self, of: int, wrt: int, exact: float) -> Panel | None:
        """The errors of numerical differences over their step; None where there are none."""
        from graphviz_ad.point.differences import error_plot

        names = self.graph_views[False].names
        left = write(Derivative(names[of], names[wrt], self.is_partial(names[of], names[wrt])), Plain())
        with self.errors_shown():
            content = error_plot(self.graph, of, wrt, self.point(), exact)
        if content is None:
            return None
        return Panel("plot", f"Error of the numerical {left}: truncation to the right, rounding to the left", content)

    def derived(self, of: str, wrts: Sequence[str], kept: bool = False) -> "System":
        """The system of a derivative of an output, the last of `wrts` taken first; over its variables if they are
        `kept`."""
        from graphviz_ad.derive.differentiate import with_derivative

        self._check_powers()
        with self.errors_shown():
            derivative = with_derivative(self.graph, of, wrts, kept, self.request.wrt, self.request.symbol)
            here = {node.name for node in derivative.nodes}
            wrt = tuple(name for name in self.request.wrt if self.graph.nodes[find(self.graph, name)].name in here)
            made = System(derivative, self.request.replace(of=(), wrt=wrt), self.source)
            made.shows_numbers, made.whole = self.shows_numbers, self.whole
            made.names_at_need = False  # its variables may be better ones
            return made

    def higher(self, order: int) -> list[Chain]:
        """The derivatives of an order of each output, mixed ones once: each as the chain of the one before, with the
        parts that it is written with behind it."""
        from graphviz_ad.derive.differentiate import zero

        found: list[Chain] = []
        names = [self.graph.name(index) for index in self.wrt()]
        for output in self.graph.outputs:
            for taken in combinations_with_replacement(names, order - 1):
                name = self.graph.name(output)
                before = self.derived(name, taken[::-1])
                known = {chain.wrt: (chain, *before.parts([chain])) for chain in before.chains(False)}
                plain_ones = before._chains(False)
                if before.parts(plain_ones) or not all(
                    chain.is_performed for chain in plain_ones
                ):  # with y in it it is shorter
                    kept = self.derived(name, taken[::-1], kept=True)
                    said = zip(kept._chains(False), kept.chains(False), strict=True)
                    known |= {chain.wrt: (chain, *kept.parts([chain])) for plain, chain in said if plain.is_performed}
                for wrt in names[names.index(taken[-1]) :]:
                    found += known[wrt] if wrt in known else (zero(before.graph, wrt),)
        return found

    def explained(self) -> "list[Explained]":
        """The rule behind each local derivative of the full graph, from the outputs to the inputs."""
        from graphviz_ad.derive.explain import steps

        return steps(self.operations, self.algebra, self.operation_derivatives, self.request.symbol)

    def chains(self, full: bool) -> tuple[Chain, ...]:
        return self._chains_at(self._chains(full), full)

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

        point = corner_at(self.graph, self.numbers[False].found, kinked(self.graph))
        if point is None:
            return {}
        own = {line.node: bars[line.node] for line in chain.lines if line.node is not None}
        found = at_kinks(point, find(self.graph, chain.of), own)
        partial = len(self.wrt()) > 1
        return {node: (here, note) for node, here in found.items() if (note := beside(point, here, partial))}

    def listing(self, full: bool) -> tuple[Chain, ...]:
        """The chains as they are read one after the other: adjoints that many of them share are listed once."""
        found = self._listing(full)
        return self.chains(full) if found is None else self._chains_at(found, full)

    def _listing(self, full: bool) -> tuple[Chain, ...] | None:
        graph_view, local = self.graph_views[full], self.edge_derivatives[full]
        if len(self.wrt()) == 1 or len(graph_view.names) <= FEW:
            return None
        from graphviz_ad.derive.shared import listing

        wrt, names = self.wrt(), self.names[full]
        return listing(graph_view, self.algebra, local, self.graph.outputs, wrt, self.request.symbol, names)

    def parts(self, chains: Iterable[Chain], full: bool = False, said: Collection[Formula] = ()) -> tuple[Chain, ...]:
        """What the parts without a name of their own are that chains are written with, but those that are `said`, as
        one more: values of the graph, and parts of derivatives that are too long to be written in one piece."""
        equations = [equation for chain in chains for equation in chain.equations]
        return self._said_of(set().union(*map(variables, equations)), full, said)

    def _said_of(self, mentioned: set[Name], full: bool, said: Collection[Formula] = ()) -> tuple[Chain, ...]:
        parts = definitions(self.algebra, mentioned)
        values = unnamed(self.graph_views[full], mentioned.union(*map(variables, parts)))
        wanted = tuple(line for line in (*values, *parts) if line.sides[0] not in said)
        return (Chain(UNNAMED, UNNAMED, wanted),) if wanted else ()

    def _chains(self, full: bool) -> tuple[Chain, ...]:
        return self._made_chains[full]

    @cached_property
    def _made_chains(self) -> "Both[tuple[Chain, ...]]":
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

    @cached_property
    def evaluation(self) -> "Evaluation":
        """The numbers of the system at its values."""
        return next(self.evaluations([self.request.at]))

    def evaluations(self, points: Iterable[Mapping[str, float]]) -> "Iterator[Evaluation]":
        """The numbers of the system at each of many points, which give values to the same names."""
        from graphviz_ad.point.evaluation import Evaluator, at_inputs

        with self.errors_shown():
            evaluator = Evaluator(self.graph_views[False], self.graph.outputs, self.wrt())
            usual, used_up = at_inputs(self.graph, self.request.at), self.used_up()
            names: dict[str, str] = {}
            for point in points:
                names = names or at_inputs(self.graph, {self.given.get(name, name): name for name in point})
                found = evaluator.at({**usual, **{name: point[given] for name, given in names.items()}})
                yield found.replace(values={**used_up, **found.values}) if used_up else found

    def wrt(self) -> list[int]:
        """The nodes to differentiate by."""
        return [*self._wrt]

    @cached_property
    def _wrt(self) -> list[int]:
        return [find(self.graph, name) for name in self.request.wrt] or list(self.graph.inputs())

    @contextmanager
    def errors_shown(self) -> Iterator[None]:
        """Let errors of the mathematics show their place in the source."""
        try:
            yield
        except AdgraphError as error:
            error.source = error.source or self.source.text or None
            error.origin = error.origin or self.source.origin
            raise

    def page_model(self) -> PageModel:
        """The whole system, ready for a page."""
        from graphviz_ad.lesson.page_model import rules
        from graphviz_ad.lesson.starting_point import starting_point

        plain = System(self.graph, self.request.replace(symbol="auto"), self.source)
        plain.shows_numbers, plain.whole = self.shows_numbers, self.whole
        simplified, full = (
            PageGraph(
                plain.forward(whole),
                plain.backward(whole, 3),
                plain._chains(whole),
                tuple(graph_view.names),
                graph_view.active,
            )
            for whole, graph_view in ((whole, plain.graph_views[whole]) for whole in (False, True))
        )
        at, wrt = starting_point(self.graph, self.point()), tuple(self.wrt())
        symbol, digits = self.request.symbol, self.request.digits
        return PageModel(self.graph, simplified, full, wrt, symbol, rules(self.graph), at, digits)
