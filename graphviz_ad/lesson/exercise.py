"""Exercises: a sheet with boxes in the place of answers, and the same sheet completed."""

from __future__ import annotations

from random import Random

from graphviz_ad.core.diagram import Arrow, Cell, Chains, Diagram, Panel, Sheet, Table, Vertex
from graphviz_ad.core.formula import (
    Blank,
    ChainLine,
    Definition,
    Derivative,
    Equality,
    Formula,
    Label,
    Product,
    Pullback,
    Rounded,
    RoundedArray,
    Sum,
    Transposed,
)
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Which

_NUMBERS = (Rounded, RoundedArray)


class _Blanks(Record):
    """What is to be filled in: these derivatives (None: every one), every other number if `all`; and whether it is."""

    derivatives: frozenset[object] | None
    all: bool
    filled: bool

    def box(self, answer: Formula) -> Blank:
        return Blank(answer, self.filled)

    def has(self, key: object) -> bool:
        return self.derivatives is None or key in self.derivatives


def exercise(sheet: Sheet, which: Which, seed: int = 0) -> tuple[Sheet, Sheet]:
    """The sheet to be filled in, and its answers with every shape in the same place.

    `derivatives` leaves out those on arrows, and the adjoints, gradients, chains and traces that would give them away;
    `all` the values of what is computed, too; a number so many of the derivatives, chosen by the seed. A derivative
    that stands in several panels is left out in each.
    """
    chosen = _chosen(sheet, which, seed) if isinstance(which, int) else None
    empty, filled = (
        sheet.replace(panels=tuple(_panel(panel, _Blanks(chosen, which == "all", filled)) for panel in sheet.panels))
        for filled in (False, True)
    )
    return empty, filled


def derivatives(sheet: Sheet) -> list[object]:
    """The derivatives that may be left out, each once."""
    return list(dict.fromkeys(key for d in sheet.diagrams for arrow in d.arrows if (key := _key(arrow)) is not None))


def _chosen(sheet: Sheet, count: int, seed: int) -> frozenset[object]:
    keys = derivatives(sheet)
    return frozenset(Random(seed).sample(keys, min(count, len(keys))))


def _key(arrow: Arrow) -> object:
    """What makes two arrows ask for the same derivative; None where there is none to ask for."""
    if isinstance(arrow.label, Label):
        return arrow.label.derivative if arrow.label.value is not None else None
    return ("wire", arrow.tail, arrow.head, arrow.below) if arrow.below is not None else None


def _panel(panel: Panel, blanks: _Blanks) -> Panel:
    match panel.content:
        case Diagram(vertices=vertices, arrows=arrows):
            given = {vertex.node for vertex in vertices if vertex.is_input}
            content: Diagram | Chains | Table = panel.content.replace(
                vertices=tuple(_vertex(vertex, blanks) for vertex in vertices),
                arrows=tuple(_arrow(arrow, blanks, arrow.tail in given) for arrow in arrows),
            )
        case Chains(chains):
            content = Chains(tuple(
                chain.replace(equations=tuple(_equation(equation, blanks) for equation in chain.equations))
                for chain in chains
            ))  # fmt: skip
        case Table(head, rows) if panel.view.startswith("trace"):
            content = Table(head, tuple(row and _trace_line(row, blanks) for row in rows))
        case _:
            return panel
    return panel.replace(content=content)


def _vertex(vertex: Vertex, blanks: _Blanks) -> Vertex:
    value, label = vertex.value, vertex.label
    if blanks.all and not vertex.is_input:
        value = blanks.box(value) if isinstance(value, _NUMBERS) else value
        label = _number_in_box(label, blanks)
    adjoint = blanks.box(vertex.adjoint) if isinstance(vertex.adjoint, _NUMBERS) else vertex.adjoint
    return vertex.replace(label=label, value=value, adjoint=adjoint)


def _arrow(arrow: Arrow, blanks: _Blanks, given: bool) -> Arrow:
    if arrow.through:
        below = blanks.box(arrow.below) if arrow.below is not None and blanks.has(_key(arrow)) else arrow.below
        label = _number_in_box(arrow.label, blanks) if blanks.all and arrow.label and not given else arrow.label
        return arrow.replace(label=label, below=below)
    if not isinstance(arrow.label, Label) or _key(arrow) is None or not blanks.has(_key(arrow)):
        return arrow
    label = arrow.label.replace(value=_derivative(arrow.label.value, blanks), number=_box(arrow.label.number, blanks))
    return arrow.replace(label=label, room=label)


def _equation(equation: Equality, blanks: _Blanks) -> Equality:
    """A line of a chain, or what a part is that the answers are written with."""
    if isinstance(equation, ChainLine):
        return _line(equation, blanks)
    assert isinstance(equation, Definition)
    return equation.replace(expression=_box(equation.expression, blanks))


def _line(line: ChainLine, blanks: _Blanks) -> ChainLine:
    unperformed = line.unperformed
    return line.replace(
        unperformed=unperformed if unperformed is None or _is_leibniz(unperformed) else blanks.box(unperformed),
        performed=_derivative(line.performed, blanks),
        results=tuple(_derivative(result, blanks) for result in line.results),
        substituted=_box(line.substituted, blanks),
        number=_box(line.number, blanks),
    )


def _trace_line(row: tuple[Cell, ...], blanks: _Blanks) -> tuple[Cell, ...]:
    """A line of a trace: of the primal, what is computed; of the other, all right sides."""
    primal, beside = row
    if blanks.all and isinstance(primal, Definition) and primal.expression is not None:
        primal = primal.replace(substituted=_box(primal.substituted, blanks), number=_box(primal.number, blanks))
    if isinstance(beside, Definition):
        boxes = {part: _box(getattr(beside, part), blanks) for part in ("expression", "substituted", "number")}
        beside = beside.replace(**boxes)
    return primal, beside


def _is_leibniz(formula: Formula) -> bool:
    """Whether it says nothing but derivatives as Leibniz writes them; ∂L/∂y xᵀ would give away what is asked for."""
    match formula:
        case Product(parts) | Sum(parts):
            return all(map(_is_leibniz, parts))
        case Transposed(inside):
            return _is_leibniz(inside)
    return isinstance(formula, Derivative)


def _derivative(answer: Formula | None, blanks: _Blanks) -> Formula | None:
    """A derivative in a box; of one that is no matrix, what becomes of δ."""
    if isinstance(answer, Pullback):
        return answer.replace(made=blanks.box(answer.made))
    return _box(answer, blanks)


def _box(answer: Formula | None, blanks: _Blanks) -> Blank | None:
    return None if answer is None else blanks.box(answer)


def _number_in_box(formula: Formula, blanks: _Blanks) -> Formula:
    """A number, or a definition that ends in one, with a box for the number."""
    if isinstance(formula, Definition) and isinstance(formula.number, _NUMBERS):
        return formula.replace(number=blanks.box(formula.number))
    return blanks.box(formula) if isinstance(formula, _NUMBERS) else formula
