"""Forward graphs: from the inputs through the operations to the outputs."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.diagram import Arrow, Diagram, Vertex, VertexRole
from graphviz_ad.core.formula import Expression, Gate, Variable
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import INPUT, needed_by
from graphviz_ad.core.ops.row import shown
from graphviz_ad.core.request import Constants
from graphviz_ad.derive.equations import unnamed
from graphviz_ad.derive.graph_view import GraphView, definition


def forward(graph_view: GraphView, constants: Constants = "node") -> Diagram:
    """The forward diagram of a view. In the full graph a constant is a node of its own or, `folded`, part of the
    operation that reads it; an exponent always is."""
    if not graph_view.full:
        sizes = _sizes(graph_view)
        vertices = tuple(
            Vertex(node, role(graph_view, node), Variable(name), shape=shape(graph_view, node))
            for node, name in graph_view.names.items()
            if node not in sizes
        )
        arrows = tuple(
            Arrow(read, node) for node in graph_view.names for read in graph_view.reads(node) if read not in sizes
        )
        return Diagram("forward", False, vertices, arrows, unnamed(graph_view, graph_view.names.values()))
    return _full(graph_view, constants)


def _sizes(graph_view: GraphView) -> set[int]:
    """The inputs that are the sizes of others, and no variables: d where Q is m × d."""
    nodes = graph_view.graph.nodes
    letters = {size for node in nodes for size in node.type.shape}
    return {node for node, name in graph_view.names.items() if name in letters and nodes[node].op == INPUT}


def shape(graph_view: GraphView, node: int) -> str:
    """The shape of a vector or a matrix as it stands at its vertex; nothing for a number."""
    sizes = graph_view.graph.nodes[node].type.shape
    return shown(sizes).replace(" ", "") if sizes else ""


def role(graph_view: GraphView, node: int) -> VertexRole:
    """What a vertex is in a figure."""
    if graph_view.graph.nodes[node].name is None:
        return "operation" if graph_view.full else "variable"
    if graph_view.graph.nodes[node].op == INPUT:
        return "input"
    return "output" if node in graph_view.graph.outputs else "variable"


def _full(graph_view: GraphView, constants: Constants) -> Diagram:
    nodes = graph_view.graph.nodes
    vertices: list[Vertex] = []
    arrows: list[Arrow] = []
    constant: set[int] = set()
    for index, name in graph_view.names.items():
        node = nodes[index]
        if not graph_view.reads(index):
            gate = None if node.op == INPUT else Expression(definition(graph_view, index))
            vertices.append(
                Vertex(index, role(graph_view, index), Variable(name), gate, shape=shape(graph_view, index))
            )
            continue
        args = graph_view.operands(index)
        folded = {
            k: needed_by(nodes, [arg])
            for k, arg in enumerate(args)
            if _is_folded(graph_view, index, args, k, constants)
        }
        of_arrays = len(args) > 1 and all(nodes[arg].type.shape for arg in args)
        sign = Gate(node.op, folded.get(0), folded.get(1), of_arrays)
        for k, arg in enumerate(args):
            if k in folded:
                continue
            if arg not in graph_view.names and arg not in constant:
                constant.add(arg)
                vertices.append(Vertex(arg, "constant", Expression(needed_by(nodes, [arg]))))
            arrows.append(Arrow(arg, index))
        if node.name is None:
            vertices.append(Vertex(index, "operation", sign))
        else:
            sizes = shape(graph_view, index)
            vertices.append(Vertex(index, role(graph_view, index), Variable(name), sign, shape=sizes))
    return Diagram("forward", True, tuple(vertices), tuple(arrows))


def _is_folded(graph_view: GraphView, index: int, args: Sequence[int], k: int, constants: Constants) -> bool:
    if len(args) != 2 or args[k] in graph_view.names:
        return False
    op = operation(graph_view.graph.nodes[index].op)
    return (constants == "folded" and op.form != "function") or (op.form == "power" and k == 1)
