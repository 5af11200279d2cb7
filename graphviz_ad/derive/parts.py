"""Named parts, u₁ = …: what they are, listed beneath what is written with them.

A part is a variable of the pool; `Algebra.parts` has what each stands for, over variables and the parts before it.
`pieces` makes them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Definition, Expression, Variable
from graphviz_ad.core.graph import INPUT, Builder, Graph, Node, needed_by
from graphviz_ad.core.names import UNNAMED, Name


def definitions(algebra: Algebra, mentioned: Collection[str]) -> tuple[Definition, ...]:
    """What the parts are that are mentioned, and those that these mention in turn."""
    wanted = _needed(algebra, mentioned)
    return tuple(
        Definition(Variable(name), Expression(to_graph(algebra, index)))
        for name, index in algebra.parts.items()
        if name in wanted
    )


def whole(algebra: Algebra, roots: Sequence[int]) -> Graph:
    """Expressions as one graph without parts, with an output for each; what several pieces read is in it once."""
    wanted = _needed(algebra, set().union(*(_names(algebra, root) for root in roots)))
    builder, place = Builder(), dict[Name, int]()

    def leaf(node: Node) -> int:
        name = node.name or UNNAMED
        if name not in place:
            place[name] = builder.keep(node)
        return place[name]

    def written(index: int) -> int:
        graph = to_graph(algebra, index)
        return builder.inline(graph.nodes, leaf)[graph.outputs[0]]

    for name, index in algebra.parts.items():
        if name in wanted:
            place[name] = written(index)
    return needed_by(builder.nodes, [written(root) for root in roots])


def _needed(algebra: Algebra, mentioned: Collection[str]) -> set[str]:
    """The names of parts that are mentioned, and all names that these mention in turn."""
    wanted: set[str] = set(mentioned)
    for name in reversed(algebra.parts):
        if name in wanted:
            wanted.update(_names(algebra, algebra.parts[name]))
    return wanted


def _names(algebra: Algebra, root: int) -> set[str]:
    """The names of the variables in an expression."""
    terms = (algebra.terms[index] for index in algebra.below(root))
    return {str(term.key) for term in terms if term.op == INPUT}
