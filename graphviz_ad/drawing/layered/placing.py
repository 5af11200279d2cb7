"""From sizes to a placement: columns, order, lines, and the ways of the arrows along them."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from graphviz_ad.core.diagram import Direction
from graphviz_ad.drawing.layered.alignment import Room, aligned
from graphviz_ad.drawing.layered.columns import columns
from graphviz_ad.drawing.layered.order import ordered
from graphviz_ad.drawing.placement import OPPOSITE, Link, Placement, Point, Size, parts

RAIL = 6.0  # air on each side of an arrow that passes a column
LABEL = 3.0  # air above and below an arrow with its label
SLOPE = 0.3  # how wide a gap is for each pixel that an arrow climbs in it,
WIDEST = 90.0  # up to this


def layered(
    sizes: Sequence[Size], links: Sequence[Link], direction: Direction, mirrored: bool, ranksep: float, nodesep: float
) -> Placement:
    """The layout in a direction; a `mirrored` one is that of the reversed arrows, its columns in the opposite order.
    Raises AdgraphError where there is too much to place."""
    if not sizes:
        return Placement(0, 0, (), (), (), ())
    upright = direction in ("tb", "bt")
    ends = [(link.head, link.tail) if mirrored else (link.tail, link.head) for link in links]
    graph = columns(len(sizes), ends, [link.width > 0 for link in links])
    order = ordered(graph)
    rooms, lengths = _rooms(len(graph.before), sizes, links, graph.labels, upright, nodesep)
    lines = aligned(order, graph, rooms, len(sizes))
    top = min(line - room.above for line, room in zip(lines, rooms, strict=True))
    lines = [line - top for line in lines]
    edges = _edges(order, graph.behind, lines, lengths, ranksep / 2 if any(graph.labels) else ranksep)
    length = edges[-1][1]
    breadth = max(line + room.below for line, room in zip(lines, rooms, strict=True))
    column = {item: number for number, items in enumerate(order) for item in items}
    reversed_ = (OPPOSITE[direction] if mirrored else direction) in ("rl", "bt")

    def point(along: float, across: float) -> Point:
        along = length - along if reversed_ else along
        x, y = (across, along) if upright else (along, across)
        return round(x, 2), round(y, 2)

    def middle(item: int) -> float:
        return sum(edges[column[item]]) / 2

    def ends_of(vertex: int) -> tuple[float, float]:
        """Where arrows end and begin at a vertex: at the middle of its operation, and of itself."""
        size, centre = sizes[vertex], middle(vertex)
        if not size.gate:
            return centre, centre
        half = lengths[vertex] / 2
        return centre - half + size.gate / 2, centre + half - (2 * half - size.gate - size.gap) / 2

    joins = _joins(graph.chains, graph.rails)
    splines, labels = [], []
    for (tail, head), chain, label, join, link in zip(ends, graph.chains, graph.labels, joins, links, strict=True):
        stops = [(edges[column[item]], lines[item]) for item in chain]
        start = (edges[column[chain[join - 1]]][1], lines[chain[join - 1]]) if join else (ends_of(tail)[1], lines[tail])
        out = start[0] if join else edges[column[tail]][1]
        finish = ends_of(head)[0], lines[head]
        way = [point(*at) for at in _way(start, out, stops[join:], finish, edges[column[head]][0])]
        splines.append(tuple(way[::-1] if mirrored else way))
        labels.append((0.0, 0.0) if label is None else point(middle(label), _beside(lines[label], link, upright)))
    centres = [parts(point(middle(item), lines[item]), size, direction) for item, size in enumerate(sizes)]
    vertices, gates = tuple(vertex for _, vertex in centres), tuple(gate for gate, _ in centres)
    width, height = (breadth, length) if upright else (length, breadth)
    joined = frozenset(number for number, join in enumerate(joins) if join)
    return Placement(width, height, vertices, gates, tuple(splines), tuple(labels), True, joined)


def _joins(chains: Sequence[Sequence[int]], rails: frozenset[int]) -> list[int]:
    """How many bends at the beginning of each arrow are drawn with a longer one on the same rail."""
    joins = [0] * len(chains)
    drawn: set[int] = set()
    for number in sorted(range(len(chains)), key=lambda number: -len(chains[number])):
        rail = [item for item in chains[number] if item in rails]
        joins[number] = len(rail) if rail and rail[0] in drawn else 0
        drawn.update(rail)
    return joins


def _rooms(
    count: int,
    sizes: Sequence[Size],
    links: Sequence[Link],
    labels: Sequence[int | None],
    upright: bool,
    nodesep: float,
) -> tuple[list[Room], list[float]]:
    """The room of each item across the columns, and its length along them."""
    rooms = [Room(RAIL, RAIL)] * count
    lengths = [0.0] * count
    for item, size in enumerate(sizes):
        half = (size.width if upright else size.height) / 2 + nodesep / 2
        rooms[item] = Room(half, half)
        lengths[item] = size.height if upright else size.width
    for label, link in zip(labels, links, strict=True):
        if label is None:
            continue
        breadth = link.width if upright else link.height
        beside = (breadth / 2, breadth / 2) if link.through else (0.0, breadth) if upright else (breadth, 0.0)
        rooms[label] = Room(beside[0] + LABEL, beside[1] + LABEL)
        lengths[label] = link.height if upright else link.width
    return rooms, lengths


def _beside(line: float, link: Link, upright: bool) -> float:
    """The middle of a label across the columns: above its arrow, to the right of one that runs upright, or on it."""
    if link.through:
        return line
    return line + link.width / 2 if upright else line - link.height / 2


def _edges(
    order: Sequence[Sequence[int]],
    behind: Sequence[Sequence[int]],
    lines: Sequence[float],
    lengths: Sequence[float],
    least: float,
) -> list[tuple[float, float]]:
    """Where each column begins and ends; the gap behind it is the wider, the higher its arrows climb."""
    widths = [max(lengths[item] for item in items) for items in order]
    climbs = [max((abs(lines[head] - lines[item]) for item in items for head in behind[item]), default=0.0)
              for items in order]  # fmt: skip
    gaps = [max(least, min(WIDEST, SLOPE * climb)) for climb in climbs]
    starts = accumulate((width + gap for width, gap in zip(widths, gaps, strict=True)), initial=0.0)
    return [(start, start + width) for start, width in zip(starts, widths, strict=False)]


def _way(
    begin: Point, out: float, stops: Sequence[tuple[tuple[float, float], float]], finish: Point, into: float
) -> Iterator[Point]:
    """Bézier segments to a centre, level in each column and smooth between two."""
    yield begin
    here = out, begin[1]
    yield from (begin, here, here)
    for (start, end), line in [*stops, ((into, finish[0]), finish[1])]:
        bend = (here[0] + start) / 2
        yield from ((bend, here[1]), (bend, line), (start, line))
        yield from ((start, line), (end, line), (end, line))
        here = end, line
