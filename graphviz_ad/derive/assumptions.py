"""What a reader assumes of the inputs, t₁ + t₂ = 1: linear relations that derivatives are simplified by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import SUM
from graphviz_ad.algebra.relation import Relation
from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.formula import Equation, Expression
from graphviz_ad.core.graph import INPUT, Graph, Node
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.graph_view import find
from graphviz_ad.read import frontend, recognised

LIKE = "write a sum of inputs and what it is, such as t_1+t_2=1"
Linear = dict[int, Fraction]  # the coefficients of variables of a pool, and of its 1


class Assumption(Record):
    """Two sides over inputs that are equal."""

    text: str
    left: Graph
    right: Graph

    @property
    def said(self) -> str:
        """The assumption in one line of Unicode or, where it would take several, in plain characters."""
        from graphviz_ad.notation.plain import Plain
        from graphviz_ad.notation.unicode import Unicode
        from graphviz_ad.notation.write import write

        equation = Equation((Expression(self.left), Expression(self.right)))
        lines = write(equation, Unicode()).lines
        return lines[0] if len(lines) == 1 else write(equation, Plain())


def read_assumptions(texts: Sequence[str], graph: Graph) -> tuple[Assumption, ...]:
    """What a reader writes of the inputs of a graph. Raises AdgraphError, with its place in the text, for what is not a
    linear relation between them, and for what the others say or contradict."""
    found: list[Assumption] = []
    for text in texts:
        try:
            found.append(_read(text, graph))
            relations(Algebra(), found)
        except AdgraphError as error:
            error.source, error.origin = text, "--assume"
            raise
    return tuple(found)


def _read(text: str, graph: Graph) -> Assumption:
    left, equals, right = text.partition("=")
    if not equals or "=" in right or ";" in text:
        raise AdgraphError(f"'{text}' is not one equation", hint=LIKE)
    return Assumption(text, _side(left, 0, graph), _side(right, len(left) + 1, graph))


def _side(text: str, place: int, graph: Graph) -> Graph:
    """One side as a graph over the inputs, by the names that they have in the graph; `place` is where it begins."""
    place += len(text) - len(text.lstrip())
    try:
        if not text.strip():
            raise AdgraphError("a side is missing", Span(0, 0), LIKE)
        read = frontend(recognised(text))(text.strip()).graph
        nodes = (node.replace(name=_input(graph, node) if node.op == INPUT else None) for node in read.nodes)
        return Graph(tuple(nodes), read.outputs)
    except AdgraphError as error:
        start, end = error.span or (0, len(text.strip()))
        error.span = Span(place + start, place + end)
        raise


def _input(graph: Graph, node: Node) -> Name:
    """The name that an input of a side has in the graph."""
    try:
        index = find(graph, node.name or UNNAMED)
    except AdgraphError as error:
        error.span = node.span
        raise
    if graph.nodes[index].op != INPUT:
        raise AdgraphError(f"'{node.name}' is computed; assumptions are of inputs", node.span, LIKE)
    return graph.name(index)


def relations(algebra: Algebra, assumptions: Sequence[Assumption]) -> list[Relation]:
    """The assumptions, each solved for the last input that is left in it. Raises AdgraphError for one that leaves
    nothing to be solved for."""
    solved: dict[int, Linear] = {}
    for assumption in assumptions:
        variable, value = _solved(algebra, assumption, solved)
        solved = {known: _put_in(other, {variable: value}) for known, other in solved.items()}
        solved[variable] = value
    return [Relation(variable, _written(algebra, value), assumed=True) for variable, value in solved.items()]


def _solved(algebra: Algebra, assumption: Assumption, known: Mapping[int, Linear]) -> tuple[int, Linear]:
    """The last input of an assumption, and what it is by it."""
    left, right = (
        _linear(algebra, algebra.load(side), assumption.text) for side in (assumption.left, assumption.right)
    )
    total = _put_in(_plus(left, right, Fraction(-1)), known)
    variables = [part for part in total if part != algebra.one]
    if not variables:
        fault = "cannot hold" if total else "says nothing"
        beside = " beside what else is assumed" if known else " of an input"
        raise AdgraphError(f"'{assumption.text}' {fault}{beside}", hint=LIKE)
    variable = max(variables, key=lambda part: algebra.lead[part])
    number = total.pop(variable)
    return variable, {part: -other / number for part, other in total.items()}


def _linear(algebra: Algebra, index: int, text: str) -> Linear:
    """An expression as a sum of multiples of inputs and a number. Raises AdgraphError where it is none."""
    total: Linear = {}
    for part in algebra.summands(index):
        number, rest = algebra.coefficient(part)
        inside = algebra.terms[rest].op
        if inside == SUM:
            total = _plus(total, _linear(algebra, rest, text), Fraction(number))
        elif inside == INPUT or rest == algebra.one:
            total = _plus(total, {rest: Fraction(number)}, Fraction(1))
        else:
            raise AdgraphError(f"'{text}' is not linear in the inputs", hint=LIKE)
    return total


def _put_in(linear: Linear, known: Mapping[int, Linear]) -> Linear:
    """The sum with others in the place of variables."""
    total = {part: number for part, number in linear.items() if part not in known}
    for part in linear.keys() & known.keys():
        total = _plus(total, known[part], linear[part])
    return total


def _plus(one: Linear, other: Linear, times: Fraction) -> Linear:
    total = {part: one.get(part, Fraction(0)) + times * other.get(part, Fraction(0)) for part in {**one, **other}}
    return {part: number for part, number in total.items() if number}


def _written(algebra: Algebra, linear: Linear) -> int:
    return algebra.add(*(algebra.multiply(algebra.number(number), part) for part, number in linear.items()))
