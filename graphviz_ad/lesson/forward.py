"""Forward graphs: from the inputs through the operations to the outputs."""

from __future__ import annotations

from typing import Literal

from graphviz_ad.core.diagram import Arrow, Diagram, Role, Vertex
from graphviz_ad.core.formula import Expression, Gate, Variable
from graphviz_ad.core.graph import INPUT, needed_by
from graphviz_ad.core.ops import operation
from graphviz_ad.derive.equations import definition, unnamed
from graphviz_ad.derive.graph_view import Cut

Constants = Literal["node", "folded"]


def forward(cut: Cut, constants: Constants = "node") -> Diagram:
    """The forward diagram of a cut. In the full graph a constant is a node of its own or, `folded`, part of the
    operation that reads it; an exponent always is."""
    if not cut.full:
        vertices = tuple(Vertex(node, role(cut, node), Variable(name)) for node, name in cut.names.items())
        arrows = tuple(Arrow(read, node) for node in cut.names for read in cut.reads(node))
        return Diagram("forward", False, vertices, arrows, unnamed(cut, cut.names.values()))
    return _full(cut, constants)


def role(cut: Cut, node: int) -> Role:
    """What a cut node is in a figure."""
    if cut.graph.nodes[node].name is None:
        return "operation" if cut.full else "variable"
    if cut.graph.nodes[node].op == INPUT:
        return "input"
    return "output" if node in cut.graph.outputs else "variable"


def _full(cut: Cut, constants: Constants) -> Diagram:
    nodes = cut.graph.nodes
    vertices: list[Vertex] = []
    arrows: list[Arrow] = []
    constant: set[int] = set()
    for index, name in cut.names.items():
        node = nodes[index]
        if not cut.reads(index):
            gate = None if node.op == INPUT else Expression(definition(cut, index))
            vertices.append(Vertex(index, role(cut, index), Variable(name), gate))
            continue
        folded = {k: needed_by(nodes, [arg]) for k, arg in enumerate(node.args) if _is_folded(cut, index, k, constants)}
        sign = Gate(node.op, folded.get(0), folded.get(1))
        for k, arg in enumerate(node.args):
            if k in folded:
                continue
            if arg not in cut.names and arg not in constant:
                constant.add(arg)
                vertices.append(Vertex(arg, "constant", Expression(needed_by(nodes, [arg]))))
            arrows.append(Arrow(arg, index))
        if node.name is None:
            vertices.append(Vertex(index, "operation", sign))
        else:
            vertices.append(Vertex(index, role(cut, index), Variable(name), sign))
    return Diagram("forward", True, tuple(vertices), tuple(arrows))


def _is_folded(cut: Cut, index: int, k: int, constants: Constants) -> bool:
    node = cut.graph.nodes[index]
    if len(node.args) != 2 or node.args[k] in cut.names:
        return False
    op = operation(node.op)
    return (constants == "folded" and op.form != "function") or (op.form == "power" and k == 1)
