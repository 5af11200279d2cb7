"""Equations with several sides, y = f(x) = x^2: names of one thing, and expressions that have to be equal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import product
from math import isclose, isfinite

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops import CONSTANTS, FUNCTIONS
from graphviz_ad.core.record import Record
from graphviz_ad.read.table import functions, through
from graphviz_ad.read.text.callables import head_params
from graphviz_ad.read.text.nesting import split
from graphviz_ad.read.text.tokens import Token

_POINTS = tuple(product((0.31, 0.73, 1.37, 2.19, -0.57, -1.43), (0.17, 0.29)))
_ENOUGH = 3  # points at which the sides have values


class Further(Record):
    """A further side of the equation of a variable: its tokens."""

    of: Name
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)


class Parted(Record):
    """Statements with two sides each, and the further sides of their variables."""

    statements: list[list[Token]]
    further: tuple[Further, ...] = ()


def parted(statements: Sequence[list[Token]], asked: Collection[str], notes: list[str]) -> Parted:
    """The statements, those with several sides divided. Of several names of one thing those stay that are read
    elsewhere or `asked` for, else the first."""
    made: list[list[Token]] = []
    further: list[Further] = []
    for number, tokens in enumerate(statements):
        if sum(token.text == "=" for token in tokens) < 2:
            made.append(tokens)
            continue
        sides = split(tokens, lambda token: token.text == "=")
        if len(sides) < 3 or not all(sides):
            made.append(tokens)
            continue
        others = [token.text for k, other in enumerate(statements) if k != number for token in other]
        divided, rest = _divided(sides, {*others, *asked}, notes)
        made += divided
        further += rest
    return Parted(made, tuple(further))


def _divided(
    sides: list[list[Token]], read: Collection[str], notes: list[str]
) -> tuple[list[list[Token]], list[Further]]:
    heads = 0
    while heads < len(sides) - 1 and _is_head(sides[heads]):
        heads += 1
    if not heads:  # the parser says what is wrong with the first
        return [[*sides[0], _sign(sides[1][0]), *sides[1]]], []
    names, (defining, *rest) = sides[:heads], sides[heads:]
    kept = [head for head in names if head[0].text in read] or names[:1]
    if len(names) > 1 and len(kept[0]) > 1 and kept == names[:1] == [kept[0]]:
        kept = [kept[0]]
    first_is_plain = len(names[0]) == 1 and len(kept[0]) > 1
    if first_is_plain and names[0] not in kept:  # y = f(x) = x^2, where f is read elsewhere: both are wanted
        kept = [names[0], *kept]
    dropped = [head for head in names if head not in kept]
    for head in dropped:
        notes.append(f"{_shown(head)} is another name of {_shown(kept[0])}")
    definition = kept[-1]
    made = [[*definition, _sign(defining[0]), *defining]]
    made += [[*head, _sign(definition[0]), *definition] for head in kept[:-1]]
    return made, [Further(Name(definition[0].text), tuple(side)) for side in rest]


def _is_head(tokens: list[Token]) -> bool:
    """Whether a side is a name, or a function of names."""
    if tokens[0].kind != "name" or tokens[0].text in CONSTANTS or tokens[0].text in FUNCTIONS:
        return False
    place = tokens[-1]
    return len(tokens) == 1 or head_params([*tokens, _sign(place), place]) is not None


def _sign(token: Token) -> Token:
    return Token("operator", "=", token.span, False)


def _shown(head: Sequence[Token]) -> str:
    return "".join(token.text + ", " * (token.kind == "comma") for token in head).replace(",, ", ", ")


# ---- whether they are equal


def check_equal(
    graph: Graph, further: Sequence[tuple[Further, Name]], at: Mapping[str, float], notes: list[str]
) -> None:
    """Raise AdgraphError for a further side, a variable of the graph by its second name, that differs from the variable
    that it is a side of: at points, and at the values of the inputs where they are given."""
    inputs = list(graph.inputs())
    points = [[start + step * place for place in range(len(inputs))] for start, step in _POINTS] if inputs else [[]]
    given = {Name(name).key: value for name, value in at.items()}
    for side, name in further:
        of, other = _place(graph, side.of), _place(graph, name)
        if of is None or other is None:  # of a function that nothing calls
            notes.append(f"a further side of {side.of} was not compared with the first: nothing reads it")
            continue
        compared = [found for point in points if (found := _values(graph, point)) is not None]
        pairs = [
            (found[of], found[other], found) for found in compared if isfinite(found[of]) and isfinite(found[other])
        ]
        wrong = next((pair for pair in pairs if not isclose(pair[0], pair[1], rel_tol=1e-6, abs_tol=1e-9)), None)
        if wrong is not None and not _equal_there(graph, given, of, other):
            where = ", ".join(f"{graph.name(index)} = {wrong[2][index]:g}" for index in inputs[:4])
            message = f"the sides differ: {side.of} is {wrong[0]:g}, and this {wrong[1]:g}"
            raise AdgraphError(message + (f", at {where}" if where else ""), side.span, "correct it, or take it out")
        if wrong is None and len(pairs) < min(_ENOUGH, len(points)):
            notes.append(f"a further side of {side.of} was not compared with the first: it has no value to be compared")


def _place(graph: Graph, name: Name) -> int | None:
    return next((place for known, place in graph.places.items() if known.key == name.key), None)


def _equal_there(graph: Graph, given: Mapping[Parts, float], of: int, other: int) -> bool:
    """Whether two nodes are equal at the given values, as y = x^2 = 9 is beside x = 3."""
    inputs = list(graph.inputs())
    if not inputs or not all(graph.name(index).key in given for index in inputs):
        return False
    found = _values(graph, [given[graph.name(index).key] for index in inputs])
    return found is not None and isclose(found[of], found[other], rel_tol=1e-3, abs_tol=1e-6)


def _values(graph: Graph, point: Sequence[float]) -> list[float] | None:
    """The value of each node, nan where it has none; None where a function is not known."""
    if any(isinstance(node.op, UserFunction) for node in graph.nodes):
        return None
    return through(graph, point, float, lambda op, *args: _value(functions[op], args))


def _value(function: Callable[..., float], args: Sequence[float]) -> float:
    try:
        made = function(*args)
        return made if isinstance(made, (int, float)) else float("nan")
    except (ValueError, ZeroDivisionError, OverflowError):
        return float("nan")
