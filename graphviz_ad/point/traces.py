"""Evaluation traces at a point: the primal beside the tangent trace of forward mode or the adjoint trace of reverse.

The tables are those of A. G. Baydin et al., *Automatic differentiation in machine learning: a survey*, JMLR 18 (2018),
tables 2 and 3: dots are tangents, bars adjoints, and an adjoint that is read again is added to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import isnan

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.diagram import Cell, Table
from graphviz_ad.core.formula import Definition, Expression, Formula, Product, Rounded, Sum, Variable
from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.core.names import Name
from graphviz_ad.core.reach import reached
from graphviz_ad.core.record import Record
from graphviz_ad.derive.chain_system import EdgeDerivatives
from graphviz_ad.derive.graph_view import GraphView, definition
from graphviz_ad.point.at_kinks import derivatives, tangents_at_kinks
from graphviz_ad.point.evaluation import slopes
from graphviz_ad.point.numbers import known_number, put


class TraceLine(Record):
    """One line of the evaluation trace, and what belongs to it of the other trace."""

    primal: Definition
    beside: tuple[Definition, ...]


class Trace(Record):
    """The lines of a trace in the order of evaluation, and how many of its products are with a local derivative.
    A tangent trace is read downwards, an adjoint trace upwards."""

    mode: str
    steps: tuple[TraceLine, ...]
    multiplications: int


class TracePoint:
    """A point, and what the traces there have in common: each line of the primal trace, and the local derivatives."""

    def __init__(
        self, graph_view: GraphView, algebra: Algebra, local: EdgeDerivatives, found: Sequence[float], digits: int
    ) -> None:
        self.graph_view, self.found, self.digits = graph_view, found, digits
        self.slopes, _ = slopes(graph_view, found)
        self._algebra, self._local = algebra, local
        self._values = {name: found[node] for node, name in graph_view.names.items()}
        self._derivatives: dict[tuple[int, int], tuple[Formula | None, Formula | None]] = {}

    def name(self, node: int) -> Name:
        return self.graph_view.names[node]

    def derivative(self, edge: tuple[int, int]) -> tuple[Formula | None, Formula | None]:
        """A local derivative as a formula and with numbers; None where it is 1, or too long to write."""
        if edge not in self._derivatives:
            self._derivatives[edge] = self._derivative(edge)
        return self._derivatives[edge]

    def _derivative(self, edge: tuple[int, int]) -> tuple[Formula | None, Formula | None]:
        total = self._local[edge].total
        number = known_number(self.slopes[edge], self.digits)
        if total is None:
            return number, number
        if total == self._algebra.one:
            return None, None
        formula = Expression(to_graph(self._algebra, total))
        return formula, put(formula, self._values, self.digits) or number

    @cached_property
    def primal(self) -> Mapping[int, Definition]:
        """The line of each node: v₂ = x₁x₂ = 2 · 5 = 10."""
        return {node: self._primal(node) for node in self.graph_view.names}

    def _primal(self, node: int) -> Definition:
        variable, value = Variable(self.name(node)), known_number(self.found[node], self.digits)
        if self.graph_view.graph.nodes[node].op in (INPUT, CONST):
            return Definition(variable, number=value)
        formula = Expression(definition(self.graph_view, node))
        return Definition(variable, formula, put(formula, self._values, self.digits), value)


def tangent_trace(point: TracePoint, seed: Mapping[int, float]) -> Trace:
    """The primal trace beside the tangent trace in the direction of the seed (inputs by index)."""
    graph_view, found, digits = point.graph_view, point.found, point.digits
    dots, others = tangents_at_kinks(graph_view.graph, found, seed)
    steps, count = [], 0
    for node in graph_view.names:
        dot = Variable(point.name(node).accented("dot"))
        value = Rounded(dots[node], digits)
        if graph_view.graph.nodes[node].op == INPUT:
            steps.append(TraceLine(point.primal[node], (Definition(dot, number=value),)))
            continue
        edges = [(node, read) for read in graph_view.reads(node) if read in graph_view.active]
        terms, numbers = [], []
        for edge in edges:
            formula, number = point.derivative(edge)
            terms.append(_times(formula, Variable(point.name(edge[1]).accented("dot"))))
            numbers.append(_times(number, Rounded(dots[edge[1]], digits)))
            count += formula is not None
        line = _line(dot, terms, numbers, value)
        if any(isnan(point.slopes[edge]) for edge in edges):  # a branch is switched off
            line = Definition(dot, line.expression, None, None if isnan(found[node]) else value)
        if node in others:  # not what the line says: the slopes beside the kinks before it are another
            line = Definition(dot, number=value)
        steps.append(TraceLine(point.primal[node], (line,)))
    return Trace("forward", tuple(steps), count)


def adjoint_trace(point: TracePoint, output: int) -> Trace:
    """The primal trace beside the adjoint trace of an output: beside each line, what it adds to those that it reads."""
    graph_view, digits = point.graph_view, point.digits
    behind = reached([output], lambda node: [read for read in graph_view.reads(node) if read in graph_view.active])
    so_far: dict[int, float] = {output: 1.0}
    beside: dict[int, list[Definition]] = {}
    count, last = 0, dict[int, tuple[int, int]]()
    for node in sorted(behind, reverse=True):
        bar = Variable(point.name(node).accented("bar"))
        lines = beside.setdefault(node, [])
        if node == output:
            lines.append(Definition(bar, number=Rounded(1.0, digits)))
        for read in reversed([read for read in graph_view.reads(node) if read in graph_view.active]):
            edge = (node, read)
            formula, number = point.derivative(edge)
            target = Variable(point.name(read).accented("bar"))
            terms, numbers = [_times(formula, bar)], [_times(number, Rounded(so_far[node], digits))]
            if read in so_far:
                terms.insert(0, target)
                numbers.insert(0, Rounded(so_far[read], digits))
            flow = so_far[node] * point.slopes[edge]
            is_off = isnan(flow)
            so_far[read] = so_far.get(read, 0.0) + (0.0 if is_off else flow)
            shown = _line(target, terms, numbers, Rounded(so_far[read], digits))
            lines.append(Definition(target, shown.expression) if is_off else shown)
            count += formula is not None
            last[read] = node, len(lines) - 1
    inputs = [node for node in last if graph_view.graph.nodes[node].op == INPUT]
    for read, total in derivatives(graph_view.graph, output, point.found, so_far, inputs).items():
        if total != so_far[read]:  # kinks on the way cancel: the last that is added to it says what it is
            node, place = last[read]
            bar = Variable(point.name(read).accented("bar"))
            beside[node][place] = Definition(bar, number=Rounded(total, digits))
    steps = tuple(TraceLine(point.primal[node], tuple(reversed(beside.get(node, [])))) for node in graph_view.names)
    return Trace("reverse", steps, count)


def trace_table(trace: Trace) -> Table:
    """The primal trace in order beside the other; an adjoint trace is read upwards."""
    other = "tangent trace" if trace.mode == "forward" else "adjoint trace (read upwards)"
    rows: list[tuple[Cell, ...]] = []
    for step in trace.steps:
        first, *more = step.beside or ("",)
        rows.append((step.primal, first))
        rows += [("", line) for line in more]
    return Table(("primal trace", other), tuple(rows))


def _times(derivative: Formula | None, factor: Formula) -> Formula:
    return factor if derivative is None else Product((factor, derivative))


def _line(left: Variable, terms: Sequence[Formula], numbers: Sequence[Formula], value: Rounded) -> Definition:
    if not terms:
        return Definition(left, number=value)
    substituted = numbers[0] if len(numbers) == 1 else Sum(tuple(numbers))
    single = isinstance(substituted, Rounded)  # a number by itself
    return Definition(left, terms[0] if len(terms) == 1 else Sum(tuple(terms)), None if single else substituted, value)
