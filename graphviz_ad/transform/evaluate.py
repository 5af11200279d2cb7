"""Values of a graph at a point, and adjoints by reverse accumulation. Loops over the flat graph; nothing recurses."""

from collections.abc import Mapping

from graphviz_ad.errors import AdgraphError
from graphviz_ad.graph import CONST, INPUT, Function, Graph, Node
from graphviz_ad.ops import is_own, operation, own
from graphviz_ad.transform.partials import rule


def values(graph: Graph, at: Mapping[str, float], functions: tuple[Function, ...] = ()) -> list[float]:
    """The value of every node; `functions` are definitions beside the graph's own. Raises AdgraphError for an input
    without a value, outside an operation's domain, and for a function that has no definition."""
    known = {function.name: function for function in (*graph.functions, *functions)}
    missing = [name for index in graph.inputs() if (name := graph.nodes[index].name) is not None and name not in at]
    if missing:
        raise AdgraphError(f"no value is given for {', '.join(missing)}")
    found: list[float] = []
    for node in graph.nodes:
        if node.op == INPUT:
            found.append(float(at[node.name or ""]))
        elif node.op == CONST:
            found.append(float(node.value or 0))
        elif is_own(node.op):
            found.append(_own_value(node, [found[arg] for arg in node.args], known))
        else:
            found.append(_finite(node, [found[arg] for arg in node.args]))
    return found


def _own_value(node: Node, args: list[float], known: Mapping[str, Function]) -> float:
    """The value of a function of the reader's own, or of its first derivative, by its definition."""
    applied = own(node.op)
    function = known.get(applied.name)
    if function is None:
        raise AdgraphError(f"'{applied.name}' is abstract and has no value", node.span, "define it, such as f(u) = u^2")
    at = dict(zip(function.params, args, strict=True))
    if not applied.wrt:
        return values(function.body, at, tuple(known.values()))[function.body.outputs[0]]
    if len(applied.wrt) > 1:
        raise AdgraphError(f"a higher derivative of '{applied.name}' has no value here", node.span, "write it out")
    slopes = gradient(function.body, function.body.outputs[0], at, tuple(known.values()))
    return slopes[function.params[applied.wrt[0] - 1]]


def check_constants(graph: Graph) -> None:
    """Raise AdgraphError where a part without variables has no value, such as 1/0; one that is too large is let be."""
    found: dict[int, float] = {}
    for index, node in enumerate(graph.nodes):
        if node.op == CONST:
            found[index] = float(node.value or 0)
        elif node.op != INPUT and not is_own(node.op) and all(arg in found for arg in node.args):
            try:
                found[index] = _apply(node, [found[arg] for arg in node.args])
            except OverflowError:
                continue


def gradient(
    graph: Graph, output: int, at: Mapping[str, float], functions: tuple[Function, ...] = ()
) -> dict[str, float]:
    """The derivative of an output with respect to each input (A. Griewank and A. Walther, section 3.2)."""
    functions = (*graph.functions, *functions)
    found = values(graph, at, functions)
    adjoints = [0.0] * len(graph.nodes)
    adjoints[output] = 1.0
    for index in range(output, -1, -1):
        node, adjoint = graph.nodes[index], adjoints[index]
        if adjoint and node.args:
            known = dict(zip(operation(node.op).params, (found[arg] for arg in node.args), strict=True))
            known["out"] = found[index]
            for k, arg in enumerate(node.args):
                if _varies(graph.nodes[arg]):
                    local = rule(node.op, k)
                    adjoints[arg] += adjoint * values(local, known, functions)[local.outputs[0]]
    return {graph.nodes[index].name or "": adjoints[index] for index in graph.inputs()}


def _varies(node: Node) -> bool:
    return bool(node.args) or node.op == INPUT


def _apply(node: Node, args: list[float]) -> float:
    try:
        return float(operation(node.op).function(*args))
    except (ValueError, ZeroDivisionError):
        op = operation(node.op)
        shown = ", ".join(f"{param} = {arg:g}" for param, arg in zip(op.params, args, strict=True))
        raise AdgraphError(f"{op.name} is not defined at {shown}", node.span, f"it needs {op.domain}") from None


def _finite(node: Node, args: list[float]) -> float:
    try:
        return _apply(node, args)
    except OverflowError:
        raise AdgraphError(f"{node.op} is too large for a floating-point number", node.span) from None
