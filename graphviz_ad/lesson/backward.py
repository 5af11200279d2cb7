"""Backward graphs: from the outputs to the inputs, each arrow with the derivative of its left end by its right."""

from __future__ import annotations

from typing import Literal

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import present
from graphviz_ad.core.diagram import Arrow, Diagram, Vertex
from graphviz_ad.core.formula import Derivative, Equation, Expression, Formula, Variable, variables
from graphviz_ad.derive.edge_derivatives import Partial
from graphviz_ad.derive.equations import unnamed
from graphviz_ad.derive.functions import derivatives
from graphviz_ad.derive.graph_view import Cut
from graphviz_ad.derive.symbol import Symbol, is_written_partial
from graphviz_ad.lesson.forward import role

Step = Literal[1, 2, 3]

TOO_LONG = "a derivative that is too long to write out is left unperformed; names for parts of its equation would help"


def backward(
    cut: Cut, algebra: Algebra, local: dict[tuple[int, int], Partial], symbol: Symbol = "auto", step: Step = 3
) -> Diagram:
    """The backward diagram of a cut, made in three steps.

    1: the symbol d/d on each arrow; 2: the left variable above, the right variable below; 3: the derivative performed.
    """
    order = sorted((node for node in cut.names if node in cut.active or node in cut.graph.outputs), reverse=True)
    vertices = tuple(Vertex(node, role(cut, node), Variable(cut.names[node])) for node in order)
    arrows = []
    for node in order:
        reads = [read for read in cut.reads(node) if read in cut.active]
        partial = is_written_partial(cut.names[node], len(reads), symbol)
        for wrt in reads:
            last = performed(cut, algebra, local[node, wrt], partial)
            label = {1: Derivative(None, None, partial), 2: unperformed(cut, local[node, wrt], partial), 3: last}[step]
            arrows.append(Arrow(node, wrt, label, last))
    too_long = any(partial.total is None for partial in local.values())
    mentioned = {cut.names[node] for node in order}.union(*(variables(arrow.room) for arrow in arrows if arrow.room))
    legend, notes = unnamed(cut, mentioned) + derivatives(cut.graph), (TOO_LONG,) if too_long else ()
    return Diagram("backward", cut.full, vertices, tuple(arrows), legend, notes)


def unperformed(cut: Cut, local: Partial, partial: bool) -> Derivative:
    """d(left)/d(right)."""
    return Derivative(cut.names[local.of], cut.names[local.wrt], partial)


def performed(cut: Cut, algebra: Algebra, local: Partial, partial: bool) -> Formula:
    """d(left)/d(right) and what it is, if that is not too long to write out."""
    left = unperformed(cut, local, partial)
    return left if local.total is None else Equation((left, Expression(present(algebra, local.total))))
