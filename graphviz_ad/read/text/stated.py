"""Values that a source states beside its equations, x = -2: of inputs, as if they were given with --at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, INPUT, Node, folded
from graphviz_ad.core.names import UNNAMED, Name, Parts
from graphviz_ad.core.ops import CONSTANTS, OPS
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.equation import Statement


class Stated(Record):
    """The equations that are none of a value, and the values by their names."""

    others: list[Statement]
    at: Mapping[str, float]


def without_counts(equations: Sequence[Statement], counted: Collection[str]) -> list[Statement]:
    """The equations without those of what only counts, as the n of x_n."""
    counts = {Name(name).key for name in counted}
    return [e for e in equations if not (e.name is not None and e.name.key in counts and _is_number(e))]


def stated(equations: Sequence[Statement]) -> Stated:
    """The values among the equations. Where an input has none, numbers stay constants of the system: no result could be
    computed."""
    if not any(map(_is_number, equations)):
        return Stated([*equations], {})
    defined = {e.name.key for e in equations if e.name is not None}
    read = {key for e in equations for key in _reads(e)}
    numbers = [e for e in equations if e.name is not None and e.params is None and e.name.key in read and _is_number(e)]
    if not numbers or not (read - {Name(name).key for name in CONSTANTS}) <= defined:
        return Stated([*equations], {})
    _check_once(numbers)
    keys = {e.name.key for e in numbers if e.name is not None}
    if any(e.name is not None and e.name.key in keys and e not in numbers for e in equations):
        return Stated([*equations], {})
    return Stated([e for e in equations if e not in numbers], {str(e.name): _value(e) for e in numbers})


def _check_once(numbers: Sequence[Statement]) -> None:
    known: set[Parts] = set()
    for equation in numbers:
        key = (equation.name or UNNAMED).key
        if key in known:
            raise AdgraphError(f"'{equation.name}' has two values", equation.span, "give it one")
        known.add(key)


def _reads(equation: Statement) -> set[Parts]:
    params = {param.key for param in equation.params or ()}
    return {node.name.key for node in equation.nodes if node.op == INPUT and node.name is not None} - params


def _is_number(equation: Statement) -> bool:
    """Whether the right side is a number as it is written: signed, or a quotient of numbers or of a constant."""
    return (
        len(equation.nodes) <= 4
        and equation.params is None
        and all(
            node.op in (CONST, "neg", "div", "mul") or (node.op == INPUT and node.name in CONSTANTS)
            for node in equation.nodes
        )
    )


def _value(equation: Statement) -> float:
    def leaf(node: Node) -> float:
        return _called(CONSTANTS[node.name or ""].name) if node.op == INPUT else float(node.value or 0)

    return folded(equation.nodes, leaf, lambda node, args: _called(str(node.op), *args))[equation.root]


def _called(op: str, *args: float) -> float:
    function = OPS[op].function
    assert function is not None
    return function(*args)
