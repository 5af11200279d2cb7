"""Forward graphs: from the inputs through the operations to the outputs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from graphviz_ad.graph import INPUT, Graph, Node, needed_by
from graphviz_ad.notation.formula import Equation, Expression, Gate, Variable
from graphviz_ad.ops import operation
from graphviz_ad.transform.cut import Cut
from graphviz_ad.transform.diagram import Arrow, Diagram, Role, Vertex
from graphviz_ad.transform.functions import definitions

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


def equations(cut: Cut) -> tuple[Equation, ...]:
    """What each variable that is not an input is, as it was written, over the cut nodes that it reads; before them the
    functions that are kept."""
    return definitions(cut.graph) + tuple(
        Equation((Variable(name), Expression(definition(cut, node))))
        for node, name in cut.names.items()
        if cut.graph.nodes[node].op != INPUT
    )


def unnamed(cut: Cut, mentioned: Collection[str]) -> tuple[Equation, ...]:
    """What the cut nodes without a name of their own are that are mentioned, and those that these mention in turn."""
    wanted: set[int] = set()
    for node in reversed(cut.names):
        if cut.graph.nodes[node].name is None and (node in wanted or cut.names[node] in mentioned):
            wanted.add(node)
            wanted.update(cut.reads(node))
    return tuple(
        Equation((Variable(name), Expression(definition(cut, node))))
        for node, name in cut.names.items()
        if node in wanted and cut.graph.nodes[node].name is None
    )


def definition(cut: Cut, root: int) -> Graph:
    """The right side of a cut node's equation: a graph whose inputs are the cut nodes that it reads."""
    interior = set(cut.interior(root))
    kept = sorted(interior.union(cut.reads(root)))
    place = {old: new for new, old in enumerate(kept)}
    nodes = []
    for old in kept:
        node = cut.graph.nodes[old]
        if old in interior:
            nodes.append(node._replace(args=tuple(place[arg] for arg in node.args), name=None))
        else:
            nodes.append(Node(INPUT, (), None, cut.names[old]))
    return Graph(tuple(nodes), (place[root],))
