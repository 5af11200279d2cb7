"""Systems and their derivatives as statements of a symbolic system: what `adgraph derive --format maxima` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import ChainLine, Definition, Equality, Expression, Formula
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.record import Record
from graphviz_ad.derive.equations import equations
from graphviz_ad.lesson.system import System
from graphviz_ad.notation.dialects import Dialect
from graphviz_ad.notation.symbolic import Symbolic
from graphviz_ad.notation.write import write
from graphviz_ad.read.composing import in_dialect


def written(systems: Sequence[System], chains: Sequence[Chain], dialect: Dialect) -> str:
    """The equations of systems, and behind them their derivatives, each assigned to a name such as dz_dx."""
    if any(isinstance(node.op, UserFunction) for system in systems for node in system.graph.nodes):
        raise AdgraphError(f"functions that stay operations are not written in {dialect.name}", hint="write them out")
    names = [node.name for system in systems for node in system.graph.nodes if node.name is not None]
    notation = Symbolic(dialect, names)
    lines = [dialect.comment.format("equations")]
    inputs = [system.graph.name(index) for system in systems for index in system.graph.inputs()]
    if dialect.head:
        spelled = list(dict.fromkeys(map(notation.variable, inputs)))
        lines = [dialect.head, *_declared(spelled)]
    lines += [_line(one, notation) for system in systems for one in equations(system.graph_views.simplified)]
    lines += [_line(one, notation) for chain in chains for one in chain.equations if isinstance(one, Definition)]
    for chain in chains:
        lines += [_line(one, notation) for one in chain.lines]
        lines += [dialect.comment.format(in_line(note).replace("*", " ")) for note in chain.notes]
    return "\n".join(dict.fromkeys(lines)) + "\n"


def _declared(names: Sequence[str]) -> Iterator[str]:
    """Symbols of SymPy."""
    if len(names) == 1:
        yield f'{names[0]} = symbols("{names[0]}")'
    elif names:
        yield f'{", ".join(names)} = symbols("{" ".join(names)}")'


def _line(equation: Equality, notation: Symbolic) -> str:
    """An equation as a statement that assigns."""
    dialect = notation.dialect
    left = equation.total if isinstance(equation, ChainLine) else equation.sides[0]
    shown = write(composed(_last(equation), dialect), notation)
    return dialect.assign.format(write(left, notation), shown) + dialect.end


def _last(equation: Equality) -> Formula:
    """The side that says most: the result of a chain."""
    if isinstance(equation, ChainLine):
        return equation.results[-1] if equation.results else equation.sides[-1]
    return equation.sides[1]


def composed(formula: Formula, dialect: Dialect) -> Formula:
    """A formula with what a language has no function for made of others, by its definition."""
    if isinstance(formula, Expression):
        return Expression(in_dialect(formula.graph, dialect))
    changed = {
        field: tuple(composed(part, dialect) for part in value)
        for field in formula.__match_args__
        if isinstance(value := getattr(formula, field), tuple)
        and value
        and all(isinstance(one, Record) for one in value)
    }
    return formula.replace(**changed) if changed else formula
