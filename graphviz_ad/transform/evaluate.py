"""Values of a graph at a point, and adjoints by reverse accumulation. Loops over the flat graph; nothing recurses."""

from collections.abc import Mapping

from graphviz_ad.errors import AdgraphError
from graphviz_ad.graph import CONST, INPUT, Graph, Node
from graphviz_ad.ops import OPS
from graphviz_ad.transform.partials import rule


def values(graph: Graph, at: Mapping[str, float]) -> list[float]:
    """The value of every node. Raises AdgraphError for an input without a value and outside an operation's domain."""
    missing = [name for index in graph.inputs() if (name := graph.nodes[index].name) is not None and name not in at]
    if missing:
        raise AdgraphError(f"no value is given for {', '.join(missing)}")
    found: list[float] = []
    for node in graph.nodes:
        if node.op == INPUT:
            found.append(float(at[node.name or ""]))
        elif node.op == CONST:
            found.append(float(node.value or 0))
        else:
            found.append(_finite(node, [found[arg] for arg in node.args]))
    return found


def check_constants(graph: Graph) -> None:
    """Raise AdgraphError where a part without variables has no value, such as 1/0; one that is too large is let be."""
    found: dict[int, float] = {}
    for index, node in enumerate(graph.nodes):
        if node.op == CONST:
            found[index] = float(node.value or 0)
        elif node.op != INPUT and all(arg in found for arg in node.args):
            try:
                found[index] = _apply(node, [found[arg] for arg in node.args])
            except OverflowError:
                continue


def gradient(graph: Graph, output: int, at: Mapping[str, float]) -> dict[str, float]:
    """The derivative of an output with respect to each input (A. Griewank and A. Walther, section 3.2)."""
    found = values(graph, at)
    adjoints = [0.0] * len(graph.nodes)
    adjoints[output] = 1.0
    for index in range(output, -1, -1):
        node, adjoint = graph.nodes[index], adjoints[index]
        if adjoint and node.args:
            known = dict(zip(OPS[node.op].params, (found[arg] for arg in node.args), strict=True))
            known["out"] = found[index]
            for k, arg in enumerate(node.args):
                if _varies(graph.nodes[arg]):
                    local = rule(node.op, k)
                    adjoints[arg] += adjoint * values(local, known)[local.outputs[0]]
    return {graph.nodes[index].name or "": adjoints[index] for index in graph.inputs()}


def _varies(node: Node) -> bool:
    return bool(node.args) or node.op == INPUT


def _apply(node: Node, args: list[float]) -> float:
    try:
        return float(OPS[node.op].function(*args))
    except (ValueError, ZeroDivisionError):
        op = OPS[node.op]
        shown = ", ".join(f"{param} = {arg:g}" for param, arg in zip(op.params, args, strict=True))
        raise AdgraphError(f"{op.name} is not defined at {shown}", node.span, f"it needs {op.domain}") from None


def _finite(node: Node, args: list[float]) -> float:
    try:
        return _apply(node, args)
    except OverflowError:
        raise AdgraphError(f"{node.op} is too large for a floating-point number", node.span) from None
