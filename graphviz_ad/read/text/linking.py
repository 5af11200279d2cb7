"""Equations linked into one graph: names resolved, the order found, mistakes between equations reported."""

from collections.abc import Callable, Container, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, INPUT, Builder, Function, Graph, Node
from graphviz_ad.core.names import GREEK, Name
from graphviz_ad.core.ops import CONSTANTS, beginning
from graphviz_ad.read.text.equation import Spelling, Statement, ordered

_FREE_NAMES = tuple(map(Name, ("y", "z", "f", "g", "h", "u", "v", "w", "result")))


def link(
    equations: list[Statement],
    functions: tuple[Function, ...],
    variables: frozenset[str],
    notes: list[str],
    shaped: Callable[[Sequence[Node]], tuple[list[Node], list[int]]] | None = None,
) -> Graph:
    """The graph of a system, its nodes `shaped` where they have axes. Its outputs are the variables that no equation
    reads."""
    spelling = Spelling()
    defined = _definitions(equations, spelling)
    read = {spelling(node.name) for e in equations for node in e.nodes if node.op == INPUT and node.name}
    _check_calls(equations, read.union(defined), spelling)
    _name_expressions(equations, defined, read)
    constants: dict[str, str] = {spelling(name): op.name for name, op in CONSTANTS.items()}
    for known in [*defined, *map(spelling, variables)]:
        constants.pop(known, None)
    if "e" in constants and any(_has_e_apart(equation) for equation in equations):
        notes.append("e is read as Euler's number, 2.718…; a variable needs another name, or an equation: e = …")
    builder = Builder()
    index: dict[Name, int] = {}
    for equation in equations:  # inputs first, in order of appearance
        for node in equation.nodes:
            name = spelling(node.name or "")
            if node.op == INPUT and name not in index and name not in defined and name not in constants:
                index[name] = builder.add(INPUT, (), None, name, node.span)
    _note_long_names(list(index), notes)
    reads = {
        name: [(spelling(node.name or ""), node.span) for node in equation.nodes if node.op == INPUT]
        for name, equation in defined.items()
    }
    for name in ordered(reads):
        _copy(builder, name, defined[name], index, constants, spelling)
    if shaped is not None:
        builder.nodes, place = shaped(builder.nodes)
        index = {name: place[node] for name, node in index.items()}
    used = {arg for node in builder.nodes for arg in node.args}
    outputs = tuple(index[name] for name in defined if index[name] not in used)
    return builder.build(outputs, functions)


def _definitions(equations: list[Statement], spelling: Spelling) -> dict[Name, Statement]:
    defined: dict[Name, Statement] = {}
    for equation in equations:
        if equation.name is not None:
            name = spelling(equation.name)
            if name in defined:
                raise AdgraphError(
                    f"'{equation.name}' is defined twice", equation.span, "give one of the two another name"
                )
            defined[name] = equation
    return defined


def _name_expressions(equations: list[Statement], defined: dict[Name, Statement], read: Container[Name]) -> None:
    """Give each equation that is an expression alone a name that nothing has."""
    free = iter(name for name in _FREE_NAMES if name not in defined and name not in read)
    for equation in equations:
        if equation.name is None:
            name = next(free, None)
            if name is None:
                raise AdgraphError("no name is left for this expression", equation.span, "write name = expression")
            defined[name] = equation


def _check_calls(equations: list[Statement], variables: Container[str], spelling: Spelling) -> None:
    for equation in equations:
        for called, span in equation.called.items():
            if spelling(called) in variables:
                raise AdgraphError(
                    f"'{called}' is used as a function and as a variable",
                    span,
                    f"give the variable another name, or write {called}*(…) for a product",
                )


def _copy(
    builder: Builder,
    name: Name,
    equation: Statement,
    index: dict[Name, int],
    constants: dict[str, str],
    spelling: Spelling,
) -> None:
    """Append the nodes of an equation, its variables replaced by the nodes that define them."""

    def defined(node: Node) -> int:
        read = spelling(node.name or "")
        return builder.add(constants[read], (), None, None, node.span) if read in constants else index[read]

    root = builder.inline(equation.nodes, defined)[equation.root]
    if equation.nodes[equation.root].op == INPUT and builder.nodes[root].name is not None:
        root = builder.add("copy", (root,), None, None, equation.span)
    builder.rename(root, name)
    index[name] = root


def _note_long_names(inputs: list[Name], notes: list[str]) -> None:
    """Say so where an input such as `ax` may have been meant as a product."""
    for name in inputs:
        letters = name.isascii() and name.isalpha() and name not in GREEK and 2 <= len(name) <= 4
        function = beginning(name)
        if function and name != function and name[len(function)] != "_":
            notes.append(f"'{name}' is read as one name; write {function}({name[len(function) :]}) for the function")
        elif letters and (len(name) == 2 or any(letter in inputs for letter in name)):
            notes.append(f"'{name}' is read as one name; write {'*'.join(name)} for a product")


def _has_e_apart(equation: Statement) -> bool:
    """Whether e stands otherwise than as in e^x: as a factor, or squared."""
    places = {place for place, node in enumerate(equation.nodes) if node.op == INPUT and node.name == "e"}
    return equation.root in places or any(
        arg in places and not (node.op == "pow" and spot == 0 and equation.nodes[node.args[1]].op != CONST)
        for node in equation.nodes
        for spot, arg in enumerate(node.args)
    )
