"""Backward graphs: from the outputs to the inputs, each arrow with the derivative of its left end by its right."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.diagram import Arrow, Diagram, Vertex
from graphviz_ad.core.formula import Derivative, Equation, Label, Variable, variables
from graphviz_ad.core.request import Step, Symbol
from graphviz_ad.derive.edge_derivatives import LocalDerivative
from graphviz_ad.derive.equations import unnamed
from graphviz_ad.derive.functions import derivatives
from graphviz_ad.derive.graph_view import GraphView
from graphviz_ad.derive.parts import definitions
from graphviz_ad.derive.symbol import is_written_partial
from graphviz_ad.lesson.forward import role, shape


def backward(
    graph_view: GraphView,
    algebra: Algebra,
    local: Mapping[tuple[int, int], LocalDerivative],
    symbol: Symbol = "auto",
    step: Step = 3,
) -> Diagram:
    """The backward diagram of a view, made in three steps.

    1: the symbol d/d on each arrow; 2: the left variable above, the right variable below; 3: the derivative performed.
    """
    order = sorted(
        (node for node in graph_view.names if node in graph_view.active or node in graph_view.graph.outputs),
        reverse=True,
    )
    vertices = tuple(
        Vertex(node, role(graph_view, node), Variable(graph_view.names[node]), shape=shape(graph_view, node))
        for node in order
    )
    arrows = []
    for node in order:
        reads = [read for read in graph_view.reads(node) if read in graph_view.active]
        partial = is_written_partial(graph_view.names[node], len(reads), symbol)
        for wrt in reads:
            last = labelled(graph_view, algebra, local[node, wrt], partial)
            arrows.append(Arrow(node, wrt, _at_step(last, step), last))
    unwritten = tuple(dict.fromkeys(partial.unwritten for partial in local.values() if partial.unwritten))
    mentioned = {graph_view.names[node] for node in order}.union(
        *(variables(arrow.room) for arrow in arrows if arrow.room)
    )
    parts = definitions(algebra, mentioned)
    mentioned = mentioned.union(*map(variables, parts))
    legend = unnamed(graph_view, mentioned) + parts + derivatives(graph_view.graph)
    return Diagram("backward", graph_view.full, vertices, tuple(arrows), legend, unwritten)


def labelled(graph_view: GraphView, algebra: Algebra, local: LocalDerivative, partial: bool) -> Label:
    """d(left)/d(right) and what it is, if that is not too long to write out."""
    derivative = Derivative(graph_view.names[local.of], graph_view.names[local.wrt], partial)
    value = local.shown(algebra)
    if isinstance(value, Equation):  # a derivative of entries, or a matrix and what it does
        left, *sides = value.sides
        return Label(left, sides[0]) if isinstance(left, Derivative) else Label(derivative, left, sides[0])
    return Label(derivative, value)


def _at_step(label: Label, step: Step) -> Label:
    """A label as it is at a step of its making."""
    if step == 1:
        return Label(Derivative(None, None, label.derivative.partial))
    return Label(label.derivative) if step == 2 else label
