"""Forward graphs in two manners of the literature, with the derivatives on them.

The circuits are those of the Stanford CS231n notes on backpropagation: gates, and on each wire the value above and the
gradient below. The edge-labelled graphs are those of C. Olah's essay *Calculus on Computational Graphs* (2015): each
node with its equation, and on each edge the derivative of its end by its beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.diagram import Arrow, Diagram, Shown, Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Definition, Expression, Gate, Rounded, Variable, is_number, variables
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.request import Symbol
from graphviz_ad.derive.edge_derivatives import LocalDerivative
from graphviz_ad.derive.graph_view import GraphView, definition
from graphviz_ad.derive.parts import definitions
from graphviz_ad.derive.symbol import is_partial
from graphviz_ad.lesson.backward import labelled
from graphviz_ad.lesson.forward import forward, role
from graphviz_ad.point.evaluate import local
from graphviz_ad.point.numbers import Numbers, known_number, numbered


class Wires(Protocol):
    """The numbers on the wires of a circuit: values, and what flows back."""

    @property
    def digits(self) -> int: ...

    def value(self, node: int) -> Shown | None:
        """The value of a node, as it is shown; nothing where it has none."""

    def flow(self, head: int, k: int) -> Shown | None:
        """What a gate hands back to its k-th operand; nothing to a constant."""


class NumberWires:
    """The wires between numbers."""

    def __init__(self, graph: Graph, numbers: Numbers) -> None:
        self.graph, self.numbers, self.digits = graph, numbers, numbers.digits

    def value(self, node: int) -> Shown | None:
        return known_number(self.numbers.found[node], self.digits)

    def flow(self, head: int, k: int) -> Shown | None:
        if self.numbers.adjoints[self.graph.nodes[head].args[k]] is None:
            return None
        bar = self.numbers.adjoints[head]
        return Rounded(bar * local(self.graph, head, k, self.numbers.found) if bar else 0.0, self.digits)


def circuit(graph_view: GraphView, wires: Wires) -> Diagram:
    """The circuit of a full view with one output. A variable that a gate makes is named on its wires; the gradient of a
    wire is what flows back through it, so that those of a variable that is read several times add up to its adjoint.
    Raises AdgraphError where there are several outputs, or one with entries."""
    outputs = graph_view.graph.outputs
    names = ", ".join(graph_view.names[output] for output in outputs)
    if len(outputs) > 1:
        raise AdgraphError(f"a circuit shows the gradient of one output, not of {names}", hint="choose one: --of")
    if graph_view.graph.nodes[outputs[0]].type.shape:
        hint = f"add L = sum({names}), or choose a number: --of"
        raise AdgraphError(f"a circuit shows the gradient of a number, and {names} is none", hint=hint)
    plain = forward(graph_view, "folded")
    vertices = [_gate(vertex) for vertex in plain.vertices]
    arrows = []
    for head in graph_view.names:
        for k, arg in enumerate(graph_view.graph.nodes[head].args):
            if arg in graph_view.names:
                arrows.append(_wire(graph_view, wires, head, k))
            elif any(vertex.node == arg for vertex in vertices):
                arrows.append(Arrow(arg, head))
    end = len(graph_view.graph.nodes)
    vertices.append(Vertex(end, "output", Variable(graph_view.names[outputs[0]])))
    arrows.append(Arrow(outputs[0], end, wires.value(outputs[0]), None, Rounded(1.0, wires.digits), True))
    return Diagram("forward", True, tuple(vertices), tuple(arrows))


def _gate(vertex: Vertex) -> Vertex:
    """A variable that an operation makes as that operation, or as the number that it is."""
    match vertex.gate:
        case Gate():
            return Vertex(vertex.node, "operation", vertex.gate)
        case Expression():
            return Vertex(vertex.node, "constant", vertex.gate)
    return vertex.replace(role="input") if vertex.role == "output" else vertex


def _wire(graph_view: GraphView, wires: Wires, head: int, k: int) -> Arrow:
    graph = graph_view.graph
    tail = graph.nodes[head].args[k]
    number, name = wires.value(tail), graph.nodes[tail].name
    named = name is not None and graph.nodes[tail].op != INPUT
    value = Definition(Variable(graph_view.names[tail]), number=number) if named else number
    return Arrow(tail, head, value, None, wires.flow(head, k), True)


def edge_labelled(
    graph_view: GraphView,
    algebra: Algebra,
    partials: Mapping[tuple[int, int], LocalDerivative],
    symbol: Symbol = "auto",
    numbers: Numbers | None = None,
) -> Diagram:
    """The edge-labelled graph of a simplified view; with numbers, each equation and each derivative ends in its own,
    and the adjoint stands below its node."""
    vertices, arrows = [], []
    for node, name in graph_view.names.items():
        is_input = graph_view.graph.nodes[node].op == INPUT
        label = Definition(Variable(name), None if is_input else Expression(definition(graph_view, node)))
        adjoint = None
        if numbers is not None:
            if label.expression is None or not is_number(label.expression):
                label = label.replace(number=Rounded(numbers.found[node], numbers.digits))
            bar = numbers.adjoints[node]
            adjoint = None if bar is None else Rounded(bar, numbers.digits)
        vertices.append(Vertex(node, role(graph_view, node), label, None, None, adjoint))
        for read in graph_view.reads(node):
            shown = None
            if (node, read) in partials:
                shown = labelled(graph_view, algebra, partials[node, read], is_partial(graph_view, node, symbol))
                if numbers is not None:
                    shown = numbered(
                        shown, numbers.slopes[node, read], numbers.digits, (node, read) not in numbers.others
                    )
            arrows.append(Arrow(read, node, shown, shown))
    labels = [arrow.label for arrow in arrows if arrow.label is not None]
    legend = definitions(algebra, set().union(*map(variables, labels)))
    return Diagram("forward", False, tuple(vertices), tuple(arrows), legend)
