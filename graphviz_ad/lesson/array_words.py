"""What signs mean that stand for vectors and matrices of zeros and ones, said where they are used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphviz_ad.core.diagram import Chain, Diagram
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.ops.arrays import BLOCK, UNIT
from graphviz_ad.core.record import Record

# What is said of each operation that has such a sign.
MEANINGS = {
    UNIT: "𝐞ₖ is a column with 1 in place k and 0 elsewhere",
    BLOCK: "𝐄ₖ is a matrix of zeros with a unit matrix in the rows from k on",
    "at_largest": "argmax(x) is 1 where the largest entry of x is, at the first of several, and 0 elsewhere",
}


def meanings(shown: object) -> tuple[str, ...]:
    """What the signs in formulas mean."""
    found = _operations(shown)
    return tuple(said for op, said in MEANINGS.items() if op in found)


def explained(diagram: Diagram) -> Diagram:
    """A diagram with what the signs in it mean."""
    shown = (*(vertex.label for vertex in diagram.vertices), *(arrow.room for arrow in diagram.arrows), *diagram.legend)
    return diagram.replace(notes=(*diagram.notes, *meanings(shown)))


def explained_once(chains: Iterable[Chain]) -> tuple[Chain, ...]:
    """Chains, of which the first that uses a sign says what it means."""
    known: set[str] = set()
    made = []
    for chain in chains:
        new = [said for said in meanings(chain.equations) if said not in known]
        known.update(new)
        made.append(chain.replace(notes=(*chain.notes, *new)) if new else chain)
    return tuple(made)


def _operations(shown: Any) -> set[object]:
    match shown:
        case Expression(graph) | (Graph() as graph):
            return {node.op for node in graph.nodes}
        case Record():
            return set().union(*(_operations(getattr(shown, field)) for field in shown.__match_args__))
        case tuple():
            return set().union(*map(_operations, shown))
    return set()
