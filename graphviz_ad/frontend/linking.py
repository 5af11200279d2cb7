"""Equations linked into one graph: names resolved, the order found, mistakes between equations reported."""

from collections.abc import Container
from typing import NamedTuple

from graphviz_ad.errors import AdgraphError, Span
from graphviz_ad.graph import INPUT, Builder, Graph, Node
from graphviz_ad.notation.names import GREEK, Name, parse_name
from graphviz_ad.ops import CONSTANTS

_FREE_NAMES = ("y", "z", "f", "g", "h", "u", "v", "w", "result")


class Equation(NamedTuple):
    """One equation: the variable it defines (None if it has none) and its right side as nodes of its own.

    Variables of the right side are inputs; `called` are names that stand before a bracket, with their places.
    """

    name: str | None
    span: Span
    nodes: tuple[Node, ...]
    root: int
    called: dict[str, Span]


def link(equations: list[Equation], variables: frozenset[str], notes: list[str]) -> Graph:
    """The graph of a system. Its outputs are the variables that no equation reads."""
    spelling = _Spelling()
    defined = _definitions(equations, spelling)
    read = {spelling(node.name) for e in equations for node in e.nodes if node.op == INPUT and node.name}
    _check_calls(equations, read.union(defined), spelling)
    free = iter(name for name in _FREE_NAMES if name not in defined and name not in read)
    for equation in equations:
        if equation.name is None:
            name = next(free, None)
            if name is None:
                raise AdgraphError("no name is left for this expression", equation.span, "write name = expression")
            defined[name] = equation
    constants = {spelling(name): op.name for name, op in CONSTANTS.items()}
    for name in [*defined, *map(spelling, variables)]:
        constants.pop(name, None)

    builder = Builder()
    index: dict[str, int] = {}
    for equation in equations:  # inputs first, in order of appearance
        for node in equation.nodes:
            name = spelling(node.name or "")
            if node.op == INPUT and name not in index and name not in defined and name not in constants:
                index[name] = builder.add(INPUT, (), None, name, node.span)
    _note_long_names(list(index), notes)
    for name, equation in _ordered(defined, spelling):
        _copy(builder, name, equation, index, constants, spelling)
    used = {arg for node in builder.nodes for arg in node.args}
    outputs = tuple(index[name] for name in defined if index[name] not in used)
    return builder.build(outputs)


class _Spelling:
    """Names that look the same are the same: `w1` and `w_1`, `alpha` and `α`. The first spelling stays."""

    def __init__(self) -> None:
        self.first: dict[Name, str] = {}

    def __call__(self, name: str) -> str:
        return self.first.setdefault(parse_name(name), name)


def same_name(a: str, b: str) -> bool:
    """Whether two spellings are one name."""
    return parse_name(a) == parse_name(b)


def _definitions(equations: list[Equation], spelling: _Spelling) -> dict[str, Equation]:
    defined: dict[str, Equation] = {}
    for equation in equations:
        if equation.name is not None:
            name = spelling(equation.name)
            if name in defined:
                raise AdgraphError(
                    f"'{equation.name}' is defined twice", equation.span, "give one of the two another name"
                )
            defined[name] = equation
    return defined


def _check_calls(equations: list[Equation], variables: Container[str], spelling: "_Spelling") -> None:
    for equation in equations:
        for called, span in equation.called.items():
            if spelling(called) in variables:
                raise AdgraphError(
                    f"'{called}' is used as a function and as a variable",
                    span,
                    f"give the variable another name, or write {called}*(…) for a product",
                )


def _ordered(defined: dict[str, Equation], spelling: _Spelling) -> list[tuple[str, Equation]]:
    """The equations, each behind those that it reads; otherwise as they were written."""
    done: list[tuple[str, Equation]] = []
    state: dict[str, int] = {}  # 1 while its own reads are being visited, 2 when done
    for start in defined:
        stack = [start]
        while stack:
            name = stack[-1]
            if state.get(name) is None:
                state[name] = 1
                reads = [(spelling(n.name), n) for n in defined[name].nodes if n.op == INPUT and n.name]
                for read, node in reversed(reads):
                    if read not in defined:
                        continue
                    if state.get(read) == 1:
                        raise _cycle(read, [n for n in stack if state.get(n) == 1], node)
                    if read not in state:
                        stack.append(read)
                continue
            stack.pop()
            if state[name] == 1:
                state[name] = 2
                done.append((name, defined[name]))
    return done


def _cycle(name: str, path: list[str], node: Node) -> AdgraphError:
    loop = path[path.index(name) :]
    if len(loop) == 1:
        return AdgraphError(f"'{name}' is defined by itself", node.span, "give the new value another name")
    circle = " → ".join([*loop, name])
    return AdgraphError(
        f"these equations need each other: {circle}",
        node.span,
        "a computational graph has no cycles; give one of the values another name",
    )


def _copy(
    builder: Builder,
    name: str,
    equation: Equation,
    index: dict[str, int],
    constants: dict[str, str],
    spelling: _Spelling,
) -> None:
    """Append the nodes of an equation, its variables replaced by the nodes that define them."""
    here: list[int] = []
    for node in equation.nodes:
        if node.op != INPUT:
            here.append(builder.add(node.op, tuple(here[arg] for arg in node.args), node.value, None, node.span))
        elif (read := spelling(node.name or "")) in constants:
            here.append(builder.add(constants[read], (), None, None, node.span))
        else:
            here.append(index[read])
    root = here[equation.root]
    if equation.nodes[equation.root].op == INPUT and builder.nodes[root].name is not None:
        root = builder.add("copy", (root,), None, None, equation.span)
    builder.rename(root, name)
    index[name] = root


def _note_long_names(inputs: list[str], notes: list[str]) -> None:
    """Say so where an input such as `ax` may have been meant as a product."""
    for name in inputs:
        letters = name.isalpha() and name not in GREEK and 2 <= len(name) <= 4
        if letters and any(letter in inputs for letter in name):
            notes.append(f"'{name}' is read as one name; write {'*'.join(name)} for a product")
