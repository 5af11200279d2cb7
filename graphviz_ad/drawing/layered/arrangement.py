"""What all graphs of a figure have in common: the column of each vertex, the order in each column, and the spine.

It is made of what the graphs are, not of how large anything is, so that labels, numbers and directions change nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from graphviz_ad.core.diagram import Diagram, Vertex
from graphviz_ad.core.formula import Definition, Gate, Variable
from graphviz_ad.core.likely import likelihood
from graphviz_ad.core.names import as_name
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.asked import Above, from_top
from graphviz_ad.drawing.layered.layers import Ends
from graphviz_ad.drawing.layered.net import ALL, ITSELF, OPERATION, Item
from graphviz_ad.drawing.layered.order import Wish
from graphviz_ad.drawing.layered.search import Search, Tried
from graphviz_ad.drawing.layered.spine import spine

if TYPE_CHECKING:
    from graphviz_ad.drawing.layered.groups import Cluster

BEFORE = 3.0  # more likely than any input, and than one with the name of a state
DEAREST = 1.2  # so many times the crossings, and two more each, groups by themselves may cost


class Arrangement(Record):
    """The items of each column from top to bottom, the vertices of the spine, how often arrows cross, and the names of
    the groups whose fences are among the items."""

    columns: tuple[tuple[Item, ...], ...]
    spine: tuple[Item, ...]
    crossings: int
    groups: tuple[str, ...] = ()


def arrangements(diagrams: Sequence[Diagram], above: Sequence[Above] = ()) -> dict[bool, Arrangement]:
    """The arrangement of the full graphs and that of the simplified ones, which have the same rows: those of the one
    or of the other, whatever spares crossings. Names that are asked to be `above` others are, where they share a
    column. The last ones are remembered: a figure is shown in several formats."""
    return {**_arrangements(tuple(diagrams), tuple(above))}


@lru_cache(maxsize=2)
def _arrangements(diagrams: Sequence[Diagram], above: Sequence[Above]) -> dict[bool, Arrangement]:
    shown = {kind: [diagram for diagram in diagrams if diagram.full is kind] for kind in (True, False)}
    made = {kind: arranged(found, above=above) for kind, found in shown.items() if found}
    if len(made) < 2:
        return made
    best = made | {False: arranged(shown[False], made[True])}
    for kind, rather, is_loose in (
        (False, made[False], False),
        (True, None, False),
        (False, None, True),
        (True, None, True),
    ):
        if _crossings(best) == _crossings(made):  # as few as there are with rows of its own
            break
        best = min(best, made | {kind: arranged(shown[kind], made[not kind], (), rather, is_loose)}, key=_crossings)
    return best


def _crossings(made: Mapping[bool, Arrangement]) -> int:
    return sum(arrangement.crossings for arrangement in made.values())


def arranged(
    diagrams: Sequence[Diagram],
    like: Arrangement | None = None,
    above: Sequence[Above] = (),
    rather: Arrangement | None = None,
    is_loose: bool = False,
) -> Arrangement:
    """The arrangement of all that the diagrams show, with its rows in the order that they have in another one and, of
    what shares no column there, in any order (`is_loose`), in the one that it would `rather` have, or as it is read.
    Raises AdgraphError where there is too much to place."""
    vertices: dict[int, Vertex] = {}
    reads: dict[tuple[int, int, int], None] = {}  # the ends of each arrow, and which of those with the same ends it is
    for diagram in diagrams:
        for vertex in diagram.vertices:
            if vertex.node not in vertices or vertices[vertex.node].gate is None:
                vertices[vertex.node] = vertex
        ends = [(min(arrow.tail, arrow.head), max(arrow.tail, arrow.head)) for arrow in diagram.arrows]
        drawn: Counter[Ends] = Counter()
        for end in sorted(ends, key=lambda end: end[1]):
            reads[(end[0], end[1], drawn[end])] = None
            drawn[end] += 1
    full = any(diagram.full for diagram in diagrams)
    nodes = sorted(vertices)
    number = {node: place for place, node in enumerate(nodes)}
    ends = sorted(((number[tail], number[head]) for tail, head, _ in reads), key=lambda end: end[1])
    made = {head for _, head in ends}
    lengths = [2 if full and _has_operation(vertices[node], number[node] in made) else 1 for node in nodes]
    named = [vertices[node].role not in ("operation", "constant") for node in nodes]
    bases = [_base(vertices[node]) for node in nodes]
    asked = from_top(vertices, above) if above else {}
    order = _as_read(nodes, ends)
    if rather is not None:
        order = _from_top_to_bottom(rather, order)
    wishes = {node: (0, place) for node, place in
              (asked if like is None else _from_top_to_bottom(like, order)).items()}  # fmt: skip
    if like is not None and is_loose:
        wishes = _in_columns(like)
    way = _spine([vertices[node] for node in nodes], lengths, ends, like)
    groups = _groups_of(diagrams)
    best = Search(nodes, lengths, ends, named, bases, wishes, like is None, groups, way).found()
    if groups and all(region.by_itself for diagram in diagrams for region in diagram.regions):  # not asked for
        is_free = full and like is None
        without = Search(nodes, lengths, ends, named, bases, wishes, like is None)
        if _is_cut(best, [nodes[k] for k in way]) or _is_too_dear(best, without, len(groups), is_free):
            best, groups = without.found(), ()
    on_spine = tuple((nodes[k], part, ALL) for k in way for part in (OPERATION, ITSELF)[2 - lengths[k] :])
    columns = tuple(tuple(best.items[k] for k in column) for column in best.columns)
    return Arrangement(columns, on_spine, best.crossings, tuple(group.name for group in groups))


def _is_cut(best: Tried, spine: Sequence[int]) -> bool:
    """Whether groups cut the spine."""
    from graphviz_ad.drawing.layered.groups import is_cut

    return is_cut(spine, [[best.items[k] for k in column] for column in best.columns])


def _is_too_dear(best: Tried, without: Search, groups: int, is_free: bool) -> bool:
    """Whether so many groups cost too many crossings, or put operands out of order that, `is_free`, could stand in
    order."""
    is_out_of_order = is_free and best.cost[1] > 0
    few = ceil((best.crossings - 2 * groups) / DEAREST)  # too dear if there are fewer without groups
    if few <= 0 and not is_out_of_order:
        return False
    found = without.found(moving=False, fewer_than=max(few, 1))
    return found.crossings < few or (is_out_of_order and found.cost == (0, 0))


def _groups_of(diagrams: Sequence[Diagram]) -> tuple["Cluster", ...]:
    if not any(diagram.regions for diagram in diagrams):
        return ()
    from graphviz_ad.drawing.layered.groups import groups_of

    return groups_of(diagrams)


def _as_read(nodes: Sequence[int], ends: Sequence[Ends]) -> dict[int, int]:
    """The place of each node in a walk from the results back through the operands."""
    before: list[list[int]] = [[] for _ in nodes]
    read = {tail for tail, _ in ends}
    for tail, head in ends:
        before[head].append(tail)
    stack = [number for number in range(len(nodes)) if number not in read][::-1]
    found: dict[int, int] = {}
    while stack:
        number = stack.pop()
        if nodes[number] not in found:
            found[nodes[number]] = len(found)
            stack.extend(reversed(before[number]))
    return found


def _from_top_to_bottom(like: Arrangement, read: Mapping[int, int]) -> dict[int, int]:
    """All nodes in one order that has those of each column of an arrangement as they stand there, and else as read."""
    below: dict[int, set[int]] = {node: set() for node in read}
    for column in like.columns:
        stand = [node for node, part, _ in column if part == ITSELF and node in read]
        for upper, lower in pairwise(stand):
            below[upper].add(lower)
    waiting = Counter(lower for lowers in below.values() for lower in lowers)
    ready = [(place, node) for node, place in read.items() if not waiting[node]]
    heapify(ready)
    found: dict[int, int] = {}
    while ready:
        _, node = heappop(ready)
        found[node] = len(found)
        for lower in below[node]:
            waiting[lower] -= 1
            if not waiting[lower]:
                heappush(ready, (read[lower], lower))
    known = {node for column in like.columns for node, part, _ in column if part == ITSELF}
    return {node: place for node, place in found.items() if node in known}


def _in_columns(like: Arrangement) -> dict[int, Wish]:
    """Each node in the list of its column of an arrangement."""
    return {
        node: (number, at)
        for number, column in enumerate(like.columns)
        for at, (node, part, _) in enumerate(column)
        if part == ITSELF
    }


def _spine(
    vertices: Sequence[Vertex], lengths: Sequence[int], ends: Sequence[Ends], like: Arrangement | None
) -> list[int]:
    """The vertices of the spine; if there is a choice, that of another arrangement."""
    made = {head for _, head in ends}
    bases = [_base(vertex) for number, vertex in enumerate(vertices) if number in made]
    states = {base for base in bases if base is not None and bases.count(base) > 1}
    wanted = {node for node, *_ in like.spine} if like is not None else set()
    likely = [
        (0.0 if number in made else _likelihood(vertex) + (_base(vertex) in states)) + 10.0 * (vertex.node in wanted)
        for number, vertex in enumerate(vertices)
    ]
    # What begins with a number is a way of no data.
    counted = [length if number in made or vertex.role != "constant" else length - len(vertices) * 2
               for number, (vertex, length) in enumerate(zip(vertices, lengths, strict=True))]  # fmt: skip
    return spine(counted, ends, likely, [_is_product(vertex) for vertex in vertices])


def _has_operation(vertex: Vertex, is_made: bool) -> bool:
    """Whether a full graph shows the operation before a vertex, in this diagram or in its mirror image."""
    return vertex.gate is not None or (is_made and vertex.role in ("variable", "output"))


def _likelihood(vertex: Vertex) -> float:
    """How likely data come in at a vertex; most likely at one that stands for steps before."""
    if vertex.role == "constant":
        return -1.0
    if not vertex.is_input:
        return BEFORE
    base = _base(vertex)
    return 1.0 if base is None else likelihood(base)


def _base(vertex: Vertex) -> str | None:
    """The first part of a vertex's name."""
    label = vertex.label.variable if isinstance(vertex.label, Definition) else vertex.label
    return as_name(label.name).parts.base if isinstance(label, Variable) else None


def _is_product(vertex: Vertex) -> bool:
    gate = vertex.label if isinstance(vertex.label, Gate) else vertex.gate
    return isinstance(gate, Gate) and gate.op == "mul"
