"""The numbers at a point as a table: each variable with its value, each derivative with its own."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graphviz_ad.core.diagram import Cell, Table
from graphviz_ad.core.formula import Derivative, Variable
from graphviz_ad.core.names import Name, as_name
from graphviz_ad.lesson.system import System
from graphviz_ad.point.evaluation import Evaluation

EVERY_DIGIT = 17
NameLists = tuple[tuple[Name, ...], ...]  # of a variable, or of a derivative and by what


def column(system: System, found: Evaluation, digits: int) -> Table:
    """Each variable with its value and, below a line, each derivative with its own; arrays to so many digits."""
    names = names_of(found)
    cells = [_cell(value, digits) for value in numbers_of(found)]
    rows = [*zip(head(names, partial(system, names)), cells, strict=True)]
    return Table(("variable", "value"), (*rows[: len(found.values)], None, *rows[len(found.values) :]))


def names_of(found: Evaluation) -> NameLists:
    """The names of what `numbers_of` has, in its order."""
    derivatives = ((as_name(of), as_name(wrt)) for of, row in found.gradient.items() for wrt in row)
    return (*((as_name(name),) for name in found.values), *derivatives)


def numbers_of(found: Evaluation) -> tuple[Any, ...]:
    """The value of each variable and each derivative: a number, or the rows of an array."""
    return (*found.values.values(), *(value for row in found.gradient.values() for value in row.values()))


def partial(system: System, names: NameLists) -> set[tuple[str, ...]]:
    """The derivatives that are partial ones."""
    derivatives = [name for name in names if len(name) > 1]
    by = Counter(of for of, _ in derivatives)
    several = len(derivatives) and system.request.symbol == "auto" and len(system.wrt()) < max(by.values())
    return {name for name in derivatives if system.is_partial(*name) or (several and by[name[0]] > 1)}


def head(names: NameLists, partials: set[tuple[str, ...]]) -> tuple[Cell, ...]:
    """Each variable and each derivative as it is written; `partials` are the derivatives with ∂."""
    return tuple(
        Derivative(name[0], name[1], name in partials) if len(name) > 1 else Variable(name[0]) for name in names
    )


def _cell(value: float | list[Any], digits: int) -> Cell:
    """A value as it stands in a table."""
    if not isinstance(value, list):
        return value
    from graphviz_ad.point.arrays.numbers import nested_number

    return nested_number(value, digits)
