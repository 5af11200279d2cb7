"""The forward graph of a large system in few vertices, and the equations that stand for all of them."""

from __future__ import annotations

from graphviz_ad.core.diagram import Arrow, Diagram, Vertex
from graphviz_ad.core.formula import Definition, Equality, Equation, Expression, Likewise, Several, Variable
from graphviz_ad.core.graph import INPUT
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.folding import NodeParts, families
from graphviz_ad.derive.functions import definitions
from graphviz_ad.derive.graph_view import GraphView, definition
from graphviz_ad.lesson.forward import role

MANY = 8  # equations, up to which each is said


def overview(graph_view: GraphView, parts: NodeParts) -> Diagram:
    """The forward diagram of a simplified view, with a vertex for each part."""
    place = {node: members[0] for members in parts for node in members}
    vertices = tuple(_vertex(graph_view, members) for members in parts)
    ends = ((place[read], place[node]) for node in graph_view.names for read in graph_view.reads(node))
    arrows = tuple(Arrow(*pair) for pair in dict.fromkeys(ends) if pair[0] != pair[1])
    return Diagram("forward", False, vertices, arrows)


def _vertex(graph_view: GraphView, members: tuple[int, ...]) -> Vertex:
    names = tuple(graph_view.names[node] for node in members)
    label = Variable(names[0]) if len(names) == 1 else Several(names)
    return Vertex(members[0], role(graph_view, members[-1]), label)


def said_once(graph_view: GraphView) -> tuple[Equality, ...]:
    """The equations of a view; where there are many, those that are alike once."""
    said = equations(graph_view)
    if len(said) <= MANY:
        return said
    made: list[Equality] = list(definitions(graph_view.graph))
    for members in sorted(tuple(sorted(members)) for members in families(graph_view)):
        node, *others = members
        if graph_view.graph.nodes[node].op != INPUT:
            sides = Variable(graph_view.names[node]), Expression(definition(graph_view, node))
            like = tuple(graph_view.names[other] for other in others)
            made.append(Equation((*sides, Likewise(like))) if like else Definition(*sides))
    return tuple(made)
