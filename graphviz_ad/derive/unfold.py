"""Functions that are kept as operations, written out for their numbers: a graph without them. Nothing recurses, and a
call that several definitions make with the same arguments is made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT, Builder, Function, Graph, Node
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.core.record import Record

MAX_OPERATIONS = 50_000  # of a graph that is written out


class Unfolded(Record):
    """A graph without user-defined functions, and where each node of the original is in it."""

    graph: Graph
    place: list[int]


class _Call(Record):
    """A body that is being written out: its nodes and root, the places of its parameters and of its nodes so far."""

    nodes: Sequence[Node]
    root: int
    params: Mapping[Name, int]
    here: list[int]
    key: tuple[UserFunction, tuple[int, ...]]


def unfolded(graph: Graph, functions: Mapping[str, Function]) -> Unfolded:
    """The graph with the bodies of functions in the place of their calls. Raises AdgraphError for a function without a
    definition, and for what is too long."""
    builder = Builder()
    made: dict[tuple[UserFunction, tuple[int, ...]], int] = {}  # calls: of the same arguments, one value
    place: list[int] = []
    for top in graph.nodes:
        args = tuple(place[arg] for arg in top.args)
        if not isinstance(top.op, UserFunction):
            place.append(builder.add(top.op, args, top.value, top.name, top.span))
            continue
        calls = [_called(top.op, args, functions, top.span)]
        while calls:
            call = calls[-1]
            if len(call.here) == len(call.nodes):
                calls.pop()
                made[call.key] = call.here[call.root]
                continue
            node = call.nodes[len(call.here)]
            args_here = tuple(call.here[arg] for arg in node.args)
            if node.op == INPUT:
                call.here.append(call.params[node.name or UNNAMED])
            elif not isinstance(node.op, UserFunction):
                call.here.append(builder.add(node.op, args_here, node.value, None, node.span))
            elif (node.op, args_here) in made:
                call.here.append(made[node.op, args_here])
            else:
                calls.append(_called(node.op, args_here, functions, node.span))
            if len(builder.nodes) > MAX_OPERATIONS:
                raise AdgraphError(
                    f"the value of '{top.op.name}' takes more than {MAX_OPERATIONS:,} operations",
                    top.span,
                    "nest its definitions less deep; formulas are made without values",
                )
        place.append(builder.add("copy", (made[top.op, args],), None, top.name, top.span))
    return Unfolded(builder.build(tuple(place[output] for output in graph.outputs)), place)


def _called(
    applied: UserFunction, args: tuple[int, ...], functions: Mapping[str, Function], span: Span | None
) -> _Call:
    function = functions.get(applied.name)
    if function is None:
        raise AdgraphError(f"'{applied.name}' is abstract and has no value", span, "define it, such as f(u) = u^2")
    body = _derivative(function, applied) if applied.wrt else function.body
    params = dict(zip(function.params, args, strict=True))
    return _Call(body.nodes, body.outputs[0], params, [], (applied, args))


def alone(applied: UserFunction, functions: tuple[Function, ...]) -> Graph:
    """A graph of one call, of inputs with the names of the function's parameters."""
    known = {function.name: function.params for function in functions}
    params = known.get(applied.name) or applied.params
    inputs = tuple(Node(INPUT, (), None, param) for param in params)
    call = Node(applied, tuple(range(len(params))))
    return Graph((*inputs, call), (len(params),), functions)


@cache
def _derivative(function: Function, applied: UserFunction) -> Graph:
    """The derivative of a definition with respect to its parameters at some places, as a graph over them."""
    from graphviz_ad.derive.differentiate import with_derivative

    body, name = function.body, function.name
    while name in function.params:
        name = Name(f"{name}'")
    whole = Graph((*body.nodes, Node("copy", body.outputs, None, name)), (len(body.nodes),))
    return with_derivative(whole, name, [function.params[place - 1] for place in applied.wrt])
