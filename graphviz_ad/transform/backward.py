"""Backward graphs: from the outputs to the inputs, each arrow with the derivative of its left end by its right."""

from __future__ import annotations

from typing import Literal

from graphviz_ad.notation.formula import Derivative, Equation, Expression, Formula, Variable, variables
from graphviz_ad.notation.names import derivative_name
from graphviz_ad.transform.algebra import Algebra
from graphviz_ad.transform.cut import Cut
from graphviz_ad.transform.diagram import Arrow, Diagram, Vertex
from graphviz_ad.transform.forward import role, unnamed
from graphviz_ad.transform.functions import derivatives
from graphviz_ad.transform.partials import Partial
from graphviz_ad.transform.present import present

Step = Literal[1, 2, 3]
Symbol = Literal["auto", "d", "partial"]

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


def is_partial(cut: Cut, node: int, symbol: Symbol) -> bool:
    """Whether a local derivative of a node is written with ∂: it reads several variables that vary, or is written so
    itself."""
    varying = sum(read in cut.active for read in cut.reads(node)) if symbol == "auto" else 0
    return is_written_partial(cut.names[node], varying, symbol)


def is_written_partial(name: str, varying: int, symbol: Symbol) -> bool:
    """The same by its name and how many varying nodes it reads."""
    if symbol != "auto":
        return symbol == "partial"
    inner = derivative_name(name)
    return (inner is not None and inner.symbol == "∂") or varying > 1


def unperformed(cut: Cut, local: Partial, partial: bool) -> Derivative:
    """d(left)/d(right)."""
    return Derivative(cut.names[local.of], cut.names[local.wrt], partial)


def performed(cut: Cut, algebra: Algebra, local: Partial, partial: bool) -> Formula:
    """d(left)/d(right) and what it is, if that is not too long to write out."""
    left = unperformed(cut, local, partial)
    return left if local.total is None else Equation((left, Expression(present(algebra, local.total))))
