"""A system of equations and what is asked of it: its diagrams, chains and numbers, and the panels they are shown in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, TypeVar

from graphviz_ad.core.diagram import Chain, Diagram, PageGraph, PageModel, Panel
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, variables
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import NOTHING_ASKED, Step
from graphviz_ad.derive.graph_view import find
from graphviz_ad.derive.parts import definitions
from graphviz_ad.lesson.backward import backward
from graphviz_ad.lesson.chained import Chained
from graphviz_ad.lesson.changes import changed
from graphviz_ad.lesson.forward import forward
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.sources import SourceText

if TYPE_CHECKING:  # what only some commands need is imported where they need it, to keep the start lean
    from graphviz_ad.lesson.circuit import Wires
    from graphviz_ad.lesson.dressing import Dressing
    from graphviz_ad.lesson.house_style import HouseStyle
    from graphviz_ad.lesson.plate import Plate
    from graphviz_ad.point.checking import Method
    from graphviz_ad.point.claims import Verdict
    from graphviz_ad.point.evaluation import Evaluation
    from graphviz_ad.point.traces import Trace


Lit = TypeVar("Lit")
_USUAL = (NOTHING_ASKED.adjoint, NOTHING_ASKED.hadamard, NOTHING_ASKED.transpose, NOTHING_ASKED.bold)


class System(Chained):
    """A graph and what is asked of it: its diagrams and chains, its numbers, and what is checked."""

    def forward(self, full: bool) -> Diagram:
        """The forward graph, in full or simplified."""
        return self._finished(self._with_numbers(forward(self.graph_views[full], self.request.constants), full))

    def backward(self, full: bool, step: Step | None = None) -> Diagram:
        """The backward graph, at a step of its making; without one, at the step that is asked for."""
        step = step or self.request.step
        local = self.figure_derivatives[full]
        diagram = backward(self.graph_views[full], self.algebra, local, self.request.symbol, step)
        if step == 3:
            diagram = diagram.replace(notes=diagram.notes + self._remarks(full))
        return self._finished(self._with_numbers(diagram, full) if step == 3 else diagram)

    def _remarks(self, full: bool) -> tuple[str, ...]:
        """On what the derivatives rely that stand on arrows."""
        relying = self.names[full].relying
        is_said = any(one.total in relying for one in self.edge_derivatives[full].values())
        return self.names[full].remarks if is_said else ()

    @property
    def repeats(self) -> bool:
        """Whether there are steps of which one stands for all, and that is asked."""
        return self._plate is not None

    def folded(self) -> Diagram:
        """The simplified forward graph with one step of a repetition or, where there is none, with its layers as one
        node each."""
        return self.overview() if self._plate is None else self.forward(False)

    def overview(self) -> Diagram:
        """The simplified forward graph with its layers and steps folded."""
        from graphviz_ad.derive.folding import folded
        from graphviz_ad.lesson.overview import overview

        made = overview(self.graph_views.simplified, folded(self.graph_views.simplified))
        return self._dressed(made)

    def circuit(self) -> Diagram:
        """The circuit of gates, with the values and gradients on its wires."""
        from graphviz_ad.lesson.circuit import circuit

        with self.errors_shown():
            return self._finished(circuit(self.operations, self._wires()))

    def _wires(self) -> "Wires":
        from graphviz_ad.lesson.circuit import NumberWires

        return NumberWires(self.graph, self.numbers.full)

    def edge_labelled(self) -> Diagram:
        """The simplified forward graph with its equations in the nodes and its derivatives on the arrows."""
        from graphviz_ad.lesson.circuit import edge_labelled

        numbers = self.numbers.simplified if self.shows_numbers else None
        made = edge_labelled(
            self.graph_views.simplified, self.algebra, self.figure_derivatives.simplified, self.request.symbol, numbers
        )
        return self._finished(made)

    def _with_numbers(self, diagram: Diagram, full: bool) -> Diagram:
        if not self.shows_numbers:
            return diagram
        from graphviz_ad.point.numbers import diagram_at

        return diagram_at(diagram, self.numbers[full])

    def _finished(self, diagram: Diagram) -> Diagram:
        """A diagram with what the reader says of its variables, and with one step of a repetition if that is asked."""
        diagram = self._dressed(diagram)
        if self._plate is not None:
            from graphviz_ad.lesson.plate import plated

            diagram = plated(diagram, self._plate)
        return diagram

    def _dressed(self, diagram: Diagram) -> Diagram:
        """A diagram with what the reader says of its variables."""
        if self._dressing is None:
            return diagram
        from graphviz_ad.lesson.dressing import dressed

        return dressed(diagram, self._dressing, self.graph_views.simplified.names)

    @cached_property
    def _plate(self) -> "Plate | None":
        if not self.request.fold:
            return None
        from graphviz_ad.lesson.plate import plate

        return plate(self.graph)

    @cached_property
    def house_style(self) -> "HouseStyle | None":
        """How formulas are written, where that is not the usual way."""
        asked = self.request
        if (asked.adjoint, asked.hadamard, asked.transpose, asked.bold) == _USUAL and asked.edges != "vjp":
            return None
        from graphviz_ad.lesson.house_style import house_style

        return house_style(self)

    def restyled(self, shown: Lit) -> Lit:
        """What is shown, as it is to be written."""
        if self.house_style is None:
            return shown
        from graphviz_ad.lesson.house_style import restyled

        made: Lit = restyled(shown, self.house_style)
        return made

    def marked(self, chains: tuple[Chain, ...]) -> tuple[Chain, ...]:
        """Chains, of which those are strong that are by the variables whose paths are shown."""
        if self._dressing is None:
            return chains
        from graphviz_ad.lesson.dressing import chain_dressed

        strong = {self.graph.name(node) for node in self._dressing.strong}
        return tuple(chain_dressed(chain, strong) for chain in chains)

    @cached_property
    def _dressing(self) -> "Dressing | None":
        asked = self.request.roles or self.request.groups or self.request.highlight
        if not asked and not any(map(str.isdigit, "".join(self.graph.places))):  # no steps, which are numbered
            return None
        from graphviz_ad.lesson.dressing import dressing

        made = dressing(self.graph, self.whole, self.request)
        return made if made.roles or made.regions or made.strong else None

    def traces(self, modes: Sequence[str], direction: str | None) -> "list[Trace]":
        """Evaluation traces: forward in the direction of a variable, by default the first; reverse from each output."""
        from graphviz_ad.point.traces import TracePoint, adjoint_trace, tangent_trace

        with self.errors_shown():
            local, found = self.operation_derivatives, values(self.graph, self.point())
            point = TracePoint(self.operations, self.algebra, local, found, self.request.digits)
            made = []
            if "forward" in modes:
                sources = [find(self.graph, direction)] if direction else self.wrt()[:1]
                made.append(tangent_trace(point, dict.fromkeys(sources, 1.0)))
            if "reverse" in modes:
                made += [adjoint_trace(point, output) for output in self.graph.outputs]
            return made

    @property
    def directions(self) -> int:
        """How many times forward mode runs for all derivatives."""
        return len(self.wrt())

    def methods(self, of: int, wrt: int) -> "list[Method]":
        """The derivative of one node with respect to an input: by hand, numerically, symbolically, automatically."""
        from graphviz_ad.point.checking import methods

        if self.graph.nodes[wrt].op != INPUT:
            name = self.graph.nodes[wrt].name
            raise AdgraphError(f"'{name}' is no input: its value cannot be moved", hint="choose inputs: --wrt")
        with self.errors_shown():
            values(self.graph, self.point())
            place = self.graph.outputs.index(of) * len(self.wrt()) + self.wrt().index(wrt)
            chain = self._chains.simplified[place]
            parts = definitions(self.algebra, variables(chain.result))
            return methods(self.graph, chain, of, wrt, self.point(), parts)

    def verdicts(self, claims: Iterable[SourceText]) -> "tuple[list[Verdict], tuple[str, ...]]":
        """What is said of a reader's claims, in order, and notes on how they were read."""
        from graphviz_ad.point.claims import Judge, settled
        from graphviz_ad.read.claims.reading import ClaimReader, Unread

        reader = ClaimReader(self.graph, [self.graph.name(index) for index in self.wrt()], self.request.functions)
        read = [claim for source in claims for claim in reader.read(source)]
        with self.errors_shown():
            given = {Name(name): value for name, value in self.point().items()}
            judge = Judge(self.graph, given, self.assumptions)
            each = ([claim] if isinstance(claim, Unread) else judge.verdicts(claim) for claim in read)
            found = settled([verdict for verdicts in each for verdict in verdicts])
        return found, tuple(dict.fromkeys((*reader.notes, *reader.unused_notes())))

    def error_plot(self, of: int, wrt: int, exact: float) -> Panel | None:
        """The errors of numerical differences over their step; None where there are none."""
        from graphviz_ad.point.differences import error_plot

        names = self.graph_views.simplified.names
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
            asked, reading = self.request.replace(of=(), wrt=wrt), self.reading.replace(whole=self.whole)
            # without names at need: its variables may be better ones
            return System(derivative, asked, reading, self.shows_numbers, names_at_need=False)

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
                plain_ones = before._chains.simplified
                if before.parts(plain_ones) or not all(chain.is_performed for chain in plain_ones):
                    # with y in it it is shorter
                    kept = self.derived(name, taken[::-1], kept=True)
                    said = zip(kept._chains.simplified, kept.chains(False), strict=True)
                    known |= {chain.wrt: (chain, *kept.parts([chain])) for plain, chain in said if plain.is_performed}
                for wrt in names[names.index(taken[-1]) :]:
                    found += known[wrt] if wrt in known else (zero(before.graph, wrt),)
        return found

    @cached_property
    def evaluation(self) -> "Evaluation":
        """The numbers of the system at its values."""
        return next(self.evaluations([self.request.at]))

    def evaluations(self, points: Iterable[Mapping[str, float]]) -> "Iterator[Evaluation]":
        """The numbers of the system at each of many points, which give values to the same names."""
        from graphviz_ad.point.evaluation import Evaluator, at_inputs

        with self.errors_shown():
            evaluator = Evaluator(self.graph_views.simplified, self.graph.outputs, self.wrt())
            usual, used_up = at_inputs(self.graph, self.request.at), self.used_up()
            names: dict[str, str] = {}
            for point in points:
                names = names or at_inputs(self.graph, {self.reading.given.get(name, name): name for name in point})
                found = evaluator.at({**usual, **{name: point[given] for name, given in names.items()}})
                yield found.replace(values={**used_up, **found.values}) if used_up else found

    def of_wholes(self, found: "Evaluation") -> "Evaluation":
        """Numbers as the function that was read has its arrays, of which there are none here."""
        return found

    def page_graph(self, full: bool, chains: tuple[Chain, ...]) -> PageGraph:
        """One of the two graphs of a page, from every side."""
        forward, backward = changed(self.forward(full), self.request), changed(self.backward(full, 3), self.request)
        view = self.graph_views[full]
        return PageGraph(forward, backward, chains, tuple(view.names), view.active)

    def page_model(self) -> PageModel:
        """The whole system, ready for a page."""
        from graphviz_ad.lesson.page_model import rules
        from graphviz_ad.lesson.starting_point import starting_point

        asked = self.request.replace(symbol="auto", groups={"none": ()})
        plain = System(self.graph, asked, self.reading, self.shows_numbers)
        simplified, full = (plain.page_graph(whole, plain._chains[whole]) for whole in (False, True))
        at, wrt = starting_point(self.graph, self.point()), tuple(self.wrt())
        symbol, digits = self.request.symbol, self.request.digits
        return PageModel(self.graph, simplified, full, wrt, symbol, rules(self.graph), at, digits)
