"""What becomes of the calls of functions that a source defines: a definition is written out where it is called, unless
it is to be kept as an operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT, Builder, Function, Node, needed_nodes
from graphviz_ad.core.names import UNNAMED, Name, Parts
from graphviz_ad.core.reach import by_key
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.callables import Callables
from graphviz_ad.read.text.equation import Spelling, Statement, ordered

MAX_OPERATIONS = 20_000  # of a system whose functions are written out
_PARAMETER = "parameter"  # a node of a definition that reads a parameter, not a variable of that name


class Resolved(Record):
    """Equations without definitions, the functions that are kept, the parameters of functions that are variables."""

    equations: list[Statement]
    functions: tuple[Function, ...]
    params: frozenset[str]


def resolve(equations: list[Statement], callables: Callables) -> Resolved:
    """The equations without those that define functions, whose calls are written out or kept.

    A function that is never called, or only with its own parameters as they stand, f(x) = …; y = f(x)^2, is a variable.
    """
    spelling = Spelling()
    heads = {spelling(e.name): e for e in equations if e.params is not None and e.name is not None}
    calls = _calls(equations, spelling)
    plain = _variables(heads, calls, callables.keep, spelling)
    equations = [e if e.params is None or spelling(e.name or "") in plain else _bound(e) for e in equations]
    equations = [_as_variables(e, plain, spelling) for e in equations]
    heads = {name: e for e in equations if e.params is not None and e.name and (name := spelling(e.name)) not in plain}
    others = [e.replace(params=None) for e in equations if e.params is None or spelling(e.name or "") in plain]
    params = frozenset(p for e in equations if e.params and spelling(e.name or "") in plain for p in e.params)
    for equation in equations:
        _check_reads(equation, heads, spelling)
    if callables.keep:
        return Resolved(others, tuple(_kept(name, head) for name, head in heads.items()), params)
    reads = {
        name: [(called, node.span) for node in head.nodes if (called := _function_of(node, spelling))]
        for name, head in heads.items()
    }
    _check_length(others, heads, ordered(reads), spelling)
    return Resolved([_written_out(equation, heads, spelling) for equation in others], (), params)


def _check_length(
    equations: Sequence[Statement], heads: Mapping[Name, Statement], order: Sequence[Name], spelling: Spelling
) -> None:
    """Raise AdgraphError for a system that is too long when its functions are written out, before they are."""
    length: dict[Name, int] = {}

    def of(node: Node) -> int:
        if node.op in (INPUT, _PARAMETER):
            return 0
        return length.get(_function_of(node, spelling), 1)

    for name in order:
        length[name] = min(sum(map(of, heads[name].nodes)), MAX_OPERATIONS + 1)
    total = 0
    for equation in equations:
        for node in equation.nodes if any(of(node) > 1 for node in equation.nodes) else ():
            total += of(node)
            if total > MAX_OPERATIONS:
                raise AdgraphError(
                    f"written out, this has more than {MAX_OPERATIONS:,} operations",
                    node.span,
                    "keep the functions as operations: --keep-functions",
                )


def _calls(equations: Sequence[Statement], spelling: Spelling) -> dict[Name, list[tuple[Statement, Node]]]:
    return by_key(
        (called, (equation, node))
        for equation in equations
        for node in equation.nodes
        if (called := _function_of(node, spelling))
    )


def _variables(
    heads: Mapping[Name, Statement], calls: Mapping[Name, list[tuple[Statement, Node]]], keep: bool, spelling: Spelling
) -> set[Name]:
    """The functions that are variables. In the body of a function that is none, a parameter is no variable either."""
    found = {name for name in heads if not (keep and calls.get(name))}
    made = [(name, equation, node) for name, here in calls.items() for equation, node in here]
    inside = by_key((spelling(call[1].name or ""), call) for call in made)
    while made:
        name, equation, node = made.pop()
        if name in found and not _is_as_defined(heads[name], equation, node, found, spelling):
            found.discard(name)
            made += inside.get(name, ())  # its parameters are no variables now
    return found


def _is_as_defined(head: Statement, equation: Statement, call: Node, plain: set[Name], spelling: Spelling) -> bool:
    """Whether a call has for its arguments the parameters of the function, as they stand and not as parameters here."""
    params = [spelling(param) for param in head.params or ()]
    args = [equation.nodes[arg] for arg in call.args]
    bound = equation.params is not None and spelling(equation.name or "") not in plain
    inside = {spelling(param) for param in equation.params or ()} if bound else set()
    return not inside & set(params) and params == [spelling(a.name or "") if a.op == INPUT else "" for a in args]


def _as_variables(equation: Statement, plain: set[Name], spelling: Spelling) -> Statement:
    """The equation with f instead of f(x) for functions that are variables."""
    if not any(_function_of(node, spelling) in plain for node in equation.nodes):
        return equation
    nodes = tuple(
        Node(INPUT, (), None, name, node.span) if (name := _function_of(node, spelling)) in plain else node
        for node in equation.nodes
    )
    called = {name: span for name, span in equation.called.items() if spelling(name) not in plain}
    return _pruned(equation.replace(nodes=nodes, called=called))


def _function_of(node: Node, spelling: Spelling) -> Name:
    """The user-defined function that a node calls; nothing where it calls none."""
    return spelling(node.op.name) if isinstance(node.op, UserFunction) else UNNAMED


def _bound(head: Statement) -> Statement:
    """The definition where its parameters are no variables, so that no other name is taken for one."""
    keys = {param.key for param in head.params or ()}
    return head.replace(
        nodes=tuple(
            node.replace(op=_PARAMETER) if node.op == INPUT and (node.name or UNNAMED).key in keys else node
            for node in head.nodes
        )
    )


def _check_reads(equation: Statement, heads: Mapping[Name, Statement], spelling: Spelling) -> None:
    for node in equation.nodes:
        if node.op == INPUT and (name := spelling(node.name or "")) in heads:
            params_of = ", ".join(heads[name].params or ())
            raise AdgraphError(f"'{name}' is a function and needs arguments", node.span, f"write {name}({params_of})")


def _kept(name: Name, head: Statement) -> Function:
    """A definition that is kept: its body may read nothing but its parameters."""
    assert head.params is not None
    builder = Builder()
    inputs = {param.key: builder.add(INPUT, (), None, param) for param in head.params}
    for node in head.nodes:
        if node.op == INPUT:
            raise AdgraphError(
                f"'{name}' reads '{node.name}', which is not one of its parameters",
                node.span,
                f"make it one, {name}({', '.join((*head.params, node.name or ''))}) = …, or do not keep functions",
            )
    nodes = (node.replace(op=INPUT) if node.op == _PARAMETER else node for node in head.nodes)
    place = builder.inline(nodes, lambda node: inputs[(node.name or UNNAMED).key])
    return Function(name, head.params, builder.build((place[head.root],)))


class _Copy(Record):
    """An equation or a body that is being written out: the places of its parameters, and those of its nodes so far."""

    equation: Statement
    params: dict[Parts, int]
    here: list[int]


def _written_out(equation: Statement, heads: Mapping[Name, Statement], spelling: Spelling) -> Statement:
    """The equation with the bodies of functions in the place of their calls; an argument is made once."""
    if not any(_function_of(node, spelling) in heads for node in equation.nodes):
        return equation
    builder = Builder()
    variables: dict[Parts, int] = {}
    called = dict(equation.called)
    copies = [_Copy(equation, {}, [])]
    while True:
        copy = copies[-1]
        of, params, here = copy.equation, copy.params, copy.here
        if len(here) == len(of.nodes):
            copies.pop()
            if not copies:
                break
            copies[-1].here.append(here[of.root])
            continue
        node = of.nodes[len(here)]
        name = _function_of(node, spelling)
        args = tuple(here[arg] for arg in node.args)
        if node.op == _PARAMETER:
            here.append(params[(node.name or UNNAMED).key])
        elif node.op == INPUT:
            key = (node.name or UNNAMED).key
            if key not in variables:
                variables[key] = builder.add(INPUT, (), None, node.name, node.span)
            here.append(variables[key])
        elif name in heads:
            called.update(heads[name].called)
            keys = (param.key for param in heads[name].params or ())
            copies.append(_Copy(heads[name], dict(zip(keys, args, strict=True)), []))
        else:
            here.append(builder.add(node.op, args, node.value, None, node.span, node.type))
    called = {name: span for name, span in called.items() if spelling(name) not in heads}
    return equation.replace(nodes=tuple(builder.nodes), root=here[of.root], called=called)


def _pruned(equation: Statement) -> Statement:
    """The equation without nodes that its right side does not need, each variable once."""
    builder = Builder()
    place: dict[int, int] = {}
    variables: dict[Parts, int] = {}
    for index in sorted(needed_nodes(equation.nodes, [equation.root])):
        node = equation.nodes[index]
        key = node.name.key if node.op == INPUT and node.name else None
        if key is not None and key in variables:
            place[index] = variables[key]
            continue
        args = tuple(place[arg] for arg in node.args)
        place[index] = builder.add(node.op, args, node.value, node.name, node.span, node.type)
        if key is not None:
            variables[key] = place[index]
    return equation.replace(nodes=tuple(builder.nodes), root=place[equation.root])
