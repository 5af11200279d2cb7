"""Diagrams in rows, like text: a row ends with a variable through which all goes on, and the next begins with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.reach import reached
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.layered.net import ITSELF

Tree = TypeVar("Tree")


def folded(diagram: Diagram, arrangement: Arrangement, draw: Callable[[Diagram], Tree | None]) -> tuple[Tree, ...]:
    """The rows of a diagram, each with as much as can be drawn in one; none where that cannot be done."""
    parts = _parts(diagram, arrangement)
    rows: list[Tree] = []
    while parts:
        longest, count = None, 0
        while count < len(parts) and (row := draw(_united(diagram, parts[: count + 1]))) is not None:
            longest, count = row, count + 1
        if longest is None:
            return ()
        rows.append(longest)
        del parts[:count]
    return tuple(rows)


def _parts(diagram: Diagram, arrangement: Arrangement) -> list[set[int]]:
    """The vertices between two of the spine through which all goes that goes on, with both, in the order of reading."""
    whole = {vertex.node for vertex in diagram.vertices}
    named = {vertex.node for vertex in diagram.vertices if vertex.role not in ("operation", "constant")}
    reads = diagram.reads()
    parts, known = [], set[int]()
    fold: set[int] = set()
    for node in (node for node, part, _ in arrangement.spine if part == ITSELF and node in named):
        before = reached(reads[node], reads.__getitem__)
        beyond = whole - before - {node}
        if before and beyond and all(before.isdisjoint(reads[other]) for other in beyond):
            parts.append((before - known) | fold | {node})
            known, fold = before, {node}
    parts.append((whole - known) | fold)
    return parts[::-1] if diagram.kind == "backward" else parts


def _united(diagram: Diagram, parts: Sequence[set[int]]) -> Diagram:
    """The diagram of some parts. What makes the first variable of a row is in the row before."""
    kept = set[int]().union(*parts)
    arrows = tuple(arrow for arrow in diagram.arrows if arrow.tail in kept and arrow.head in kept)
    made = {arrow.head for arrow in arrows}
    vertices = tuple(
        vertex if vertex.node in made or vertex.role not in ("variable", "output") else vertex.replace(gate=None)
        for vertex in diagram.vertices
        if vertex.node in kept
    )
    return diagram.replace(vertices=vertices, arrows=arrows)
