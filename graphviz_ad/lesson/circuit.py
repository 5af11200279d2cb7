"""Forward graphs in two manners of the literature, with the derivatives on them.

The circuits are those of the Stanford CS231n notes on backpropagation: gates, and on each wire the value above and the
gradient below. The edge-labelled graphs are those of C. Olah's essay *Calculus on Computational Graphs* (2015): each
node with its equation, and on each edge the derivative of its end by its beginning.
"""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.diagram import Arrow, Diagram, Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Definition, Expression, Gate, Rounded, Variable, is_number, variables
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.request import Symbol
from graphviz_ad.derive.edge_derivatives import EdgeDerivative
from graphviz_ad.derive.graph_view import GraphView, definition
from graphviz_ad.derive.parts import definitions
from graphviz_ad.derive.symbol import is_partial
from graphviz_ad.lesson.backward import labelled
from graphviz_ad.lesson.forward import forward, role
from graphviz_ad.point.evaluate import local
from graphviz_ad.point.numbers import Numbers, known_number, numbered


def circuit(graph_view: GraphView, numbers: Numbers) -> Diagram:
    """The circuit of a full view with one output. A variable that a gate makes is named on its wires; the gradient of a
    wire is what flows back through it, so that those of a variable that is read several times add up to its adjoint.
    Raises AdgraphError where there are several outputs."""
    if len(graph_view.graph.outputs) > 1:
        names = ", ".join(graph_view.names[output] for output in graph_view.graph.outputs)
        raise AdgraphError(f"a circuit shows the gradient of one output, not of {names}", hint="choose one: --of")
    plain = forward(graph_view, "folded")
    vertices = [_gate(vertex) for vertex in plain.vertices]
    arrows = []
    for head in graph_view.names:
        for k, arg in enumerate(graph_view.graph.nodes[head].args):
            if arg in graph_view.names:
                arrows.append(_wire(graph_view, numbers, head, k))
            elif any(vertex.node == arg for vertex in vertices):
                arrows.append(Arrow(arg, head))
    for count, output in enumerate(graph_view.graph.outputs):
        end = len(graph_view.graph.nodes) + count
        vertices.append(Vertex(end, "output", Variable(graph_view.names[output])))
        shown = Rounded(numbers.found[output], numbers.digits), Rounded(1.0, numbers.digits)
        arrows.append(Arrow(output, end, shown[0], None, shown[1], True))
    return Diagram("forward", True, tuple(vertices), tuple(arrows))


def _gate(vertex: Vertex) -> Vertex:
    """A variable that an operation makes as that operation, or as the number that it is."""
    match vertex.gate:
        case Gate():
            return Vertex(vertex.node, "operation", vertex.gate)
        case Expression():
            return Vertex(vertex.node, "constant", vertex.gate)
    return vertex.replace(role="input") if vertex.role == "output" else vertex


def _wire(graph_view: GraphView, numbers: Numbers, head: int, k: int) -> Arrow:
    graph = graph_view.graph
    tail = graph.nodes[head].args[k]
    number = known_number(numbers.found[tail], numbers.digits)
    value: Rounded | Definition | None = number
    name = graph.nodes[tail].name
    if name is not None and graph.nodes[tail].op != INPUT:
        value = Definition(Variable(name), number=number)
    if numbers.adjoints[tail] is None:  # a constant
        return Arrow(tail, head, value, through=True)
    bar = numbers.adjoints[head]
    flow = bar * local(graph, head, k, numbers.found) if bar else 0.0
    return Arrow(tail, head, value, None, Rounded(flow, numbers.digits), True)


def edge_labelled(
    graph_view: GraphView,
    algebra: Algebra,
    partials: Mapping[tuple[int, int], EdgeDerivative],
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
