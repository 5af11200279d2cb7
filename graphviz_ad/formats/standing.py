"""What stands above what, and what in which box, for formats that other programs lay out."""

from collections.abc import Mapping, Sequence

from graphviz_ad.core.diagram import Diagram, Region
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request

OUTSIDE = -1  # of all boxes
MOST = 400  # vertices, of which an order is made
Column = tuple[tuple[int, bool], ...]  # from top to bottom, nodes and the operations before them


class Nested(Record):
    """The boxes within each box, by their numbers, and the innermost one of each node."""

    within: Mapping[int, Sequence[int]]
    of: Mapping[int, int]


def nested(regions: Sequence[Region]) -> Nested:
    """How boxes are within each other: each in the innermost one that has all of it."""
    members = [{*region.nodes, *region.operations} for region in regions]
    by_size = sorted(range(len(regions)), key=lambda number: -len(members[number]))
    within: dict[int, list[int]] = {number: [] for number in (OUTSIDE, *by_size)}
    of: dict[int, int] = {}
    for number in by_size:
        holders = {of.get(node, OUTSIDE) for node in members[number]}
        within[holders.pop() if len(holders) == 1 else OUTSIDE].append(number)
        of |= dict.fromkeys(members[number], number)
    return Nested(within, of)


def columns_of(diagrams: Sequence[Diagram], request: Request) -> Mapping[bool, Sequence[Column]]:
    """The columns of the full and of the simplified graphs, in the order that is asked for; none of what is
    too large to be looked at."""
    from graphviz_ad.drawing.layered.arrangement import arrangements
    from graphviz_ad.drawing.layered.asked import asked_order
    from graphviz_ad.drawing.layered.net import ITSELF, OPERATION

    if max((len(diagram.vertices) for diagram in diagrams), default=0) > MOST:
        return {True: (), False: ()}
    return {
        full: [tuple((node, part == OPERATION) for node, part, _ in column if part in (ITSELF, OPERATION))
               for column in made.columns]
        for full, made in arrangements(diagrams, asked_order(request)).items()
    }  # fmt: skip
