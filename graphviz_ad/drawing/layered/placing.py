"""From sizes to a placement: items, their lines, their columns, and the ways of the arrows along them."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graphviz_ad.core.diagram import Direction
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.layered.coordinates import UNIT, Room, Tie, aligned
from graphviz_ad.drawing.layered.crowding import Piece, crowded
from graphviz_ad.drawing.layered.items import items_of
from graphviz_ad.drawing.layered.net import ALL, ITSELF, OPERATION
from graphviz_ad.drawing.layered.routes import CLEAR, meets, ports, rounded, runs_into, simplified
from graphviz_ad.drawing.layered.spacing import Band, bands
from graphviz_ad.drawing.layered.ties import ties_of
from graphviz_ad.drawing.placement import OPPOSITE, Box, Link, Placement, Point, Size
from graphviz_ad.drawing.scene import Pill

TAP = 16.0  # so far an arrow that leaves a rail runs along it
RAIL = 6.0  # air on each side of an arrow that passes a column
LABEL = 6.0  # air above a label,
BENEATH = 3.0  # and beneath its arrow
BESIDE_NUMBERS = 3.0  # an arrow keeps so far from numbers, along
STUB = 8.0  # so far an arrow is level before it climbs beside numbers
NEAR = 5.0  # an arrow keeps so far from boxes
ROUNDS = 8  # in which room is made for arrows that are close to each other:
MOST_ROOM = 40.0  # between items that are nearer than this,
WIDER = 1.15  # and columns so much further apart in each


def layered(
    arrangement: Arrangement,
    boxes: Sequence[Box],
    links: Sequence[Link],
    direction: Direction,
    mirrored: bool,
    between: float,
    rows: float,
) -> Placement:
    """The layout in a direction, with so much between columns and rows; a `mirrored` one is that of the reversed
    arrows, its columns in the opposite order."""
    if not boxes:
        return Placement(0, 0, (), (), (), ())
    return _Placing(arrangement, boxes, links, direction, mirrored, between, rows).placement()


class _Placing:
    """The steps of a placement, and what they share. Here `u` runs along the direction of the data, `v` across."""

    def __init__(
        self,
        arrangement: Arrangement,
        boxes: Sequence[Box],
        links: Sequence[Link],
        direction: Direction,
        mirrored: bool,
        between: float,
        rows: float,
    ) -> None:
        self.boxes, self.links, self.mirrored = boxes, links, mirrored
        self.upright = direction in ("tb", "bt")
        self.reversed = (OPPOSITE[direction] if mirrored else direction) in ("rl", "bt")
        self.items = items_of(arrangement, boxes, links)
        self.column = {item: number for number, items in enumerate(self.items.columns) for item in items}
        number = {key: place for place, key in enumerate(self.items.keys)}
        self.spine = [number[key] for key in arrangement.spine if key in number]
        self.lines = ties_of(self.items, self.spine)
        self.rooms, self.lengths = self._rooms(rows)
        self.wider = [1.0] * len(self.items.columns)
        self._settle(between)
        for _ in range(ROUNDS):
            if not self._make_room(rows):
                break
            self._settle(between)

    def _settle(self, between: float) -> None:
        """Find all places, across and along."""
        places = aligned(self.items.columns, self.lines, self.rooms)
        top = min(UNIT * place - room.above for place, room in zip(places, self.rooms, strict=True))
        self.across = [UNIT * place - top for place in places]
        self.bands = self._bands(self.lines, between)
        self.joins = self._joins()
        ways = [self._way(chain, join) for chain, join in zip(self.items.chains, self.joins, strict=True)]
        self.ways = list(map(simplified, self._aimed(ways, self.joins)))

    def _make_room(self, rows: float) -> bool:
        """Room between arrows that are close to each other for long, if there are any: between the items that they
        join, where these are neighbours, and between the columns."""
        made = False
        wider = set()
        for one, other in crowded(self._pieces()):
            made = True
            wider.add(one.gap)
            for upper, lower in ((one.tail, other.tail), (one.head, other.head)):
                if self.across[upper] > self.across[lower]:
                    upper, lower = lower, upper
                if 0 < self.across[lower] - self.across[upper] < MOST_ROOM:
                    self.rooms[upper] = self.rooms[upper].replace(below=self.rooms[upper].below + UNIT / 2)
                    self.rooms[lower] = self.rooms[lower].replace(above=self.rooms[lower].above + UNIT / 2)
        for gap in wider:
            self.wider[gap] *= WIDER
        return made

    def _pieces(self) -> Iterator[Piece]:
        """The parts of arrows that climb, each in its gap."""
        middles = [band.middle for band in self.bands]
        for chain, way in zip(self.items.chains, self.ways, strict=True):
            for start, end in pairwise(way):
                if abs(start[1] - end[1]) > 1 and end[0] > start[0]:
                    gap = max(0, min(len(middles) - 2, bisect(middles, (start[0] + end[0]) / 2) - 1))
                    at = gap - self.column[chain[0]]
                    if 0 <= at < len(chain) - 1:
                        yield Piece(gap, start, end, chain[at], chain[at + 1])

    # ---- sizes, along and across

    def _along(self, size: Size) -> float:
        return size.height if self.upright else size.width

    def _across(self, size: Size) -> float:
        return size.width if self.upright else size.height

    def _rooms(self, rows: float) -> tuple[list[Room], list[float]]:
        """The room of each item across the columns, and its length along them."""
        rooms = [Room(RAIL, RAIL)] * self.items.count
        lengths = [0.0] * self.items.count
        for item, size in enumerate(self.items.sizes):
            half = (self._across(size) + rows) / 2
            rooms[item] = Room(half, half)
            lengths[item] = self._along(size)
        for chain, label, link in zip(self.items.chains, self.items.labels, self.links, strict=True):
            if label is None:
                continue
            breadth = link.width if self.upright else link.height
            room = Room(breadth + LABEL, BENEATH)
            if link.through:
                room = Room(breadth / 2 + LABEL, breadth / 2 + LABEL)
            elif self.upright:
                room = Room(LABEL, breadth + LABEL)
            rooms[chain[label]] = room
            lengths[chain[label]] = link.height if self.upright else link.width
        return rooms, lengths

    # ---- columns

    def _bands(self, lines: Sequence[Tie], between: float) -> list[Band]:
        columns = self.items.columns
        widths = [max((self.lengths[item] for item in items), default=0.0) for items in columns]
        spine = [
            next((self.lengths[item] for item in items if item in self.spine), width)
            for items, width in zip(columns, widths, strict=True)
        ]
        climbs = [0.0] * (len(columns) - 1)
        for line in lines:
            climb = abs(self.across[line.tail] - self.across[line.head])
            climbs[self.column[line.tail]] = max(climbs[self.column[line.tail]], climb)
        labelled = any(self.items.of_labels)
        numbered = any(size.numbers for size in self.items.sizes)
        return bands(widths, spine, climbs, between / 2 if labelled else between, not labelled, numbered, self.wider)

    # ---- arrows

    def placement(self) -> Placement:
        """Everything in its place."""
        length = max(band.end for band in self.bands)
        breadth = max(line + room.below for line, room in zip(self.across, self.rooms, strict=True))

        def point(along: float, across: float) -> Point:
            along = length - along if self.reversed else along
            x, y = (across, along) if self.upright else (along, across)
            return round(x, 2), round(y, 2)

        splines = [tuple(point(*at) for at in rounded(way[::-1] if self.mirrored else way)) for way in self.ways]
        labels = [
            (0.0, 0.0) if label is None else point(*self._label(chain, label, link))
            for chain, label, link in zip(self.items.chains, self.items.labels, self.links, strict=True)
        ]
        places = {key: point(*self._centre(item)) for item, key in enumerate(self.items.keys)}
        return Placement(
            *((breadth, length) if self.upright else (length, breadth)),
            tuple(places[box.node, ITSELF, ALL] for box in self.boxes),
            tuple(places.get((box.node, OPERATION, ALL)) for box in self.boxes),
            tuple(splines),
            tuple(labels),
            frozenset(number for number, join in enumerate(self.joins) if join),
        )

    def _centre(self, item: int) -> Point:
        return self.bands[self.column[item]].middle, self.across[item]

    def _joins(self) -> list[int]:
        """How many items at the beginning of each arrow are drawn with a longer one on the same rail."""
        chains = self.items.chains
        joins = [0] * len(chains)
        drawn: set[int] = set()
        for number in sorted(range(len(chains)), key=lambda number: -len(chains[number])):
            shared = [at for at, item in enumerate(chains[number]) if at and item in drawn]
            joins[number] = shared[-1] if shared else 0
            drawn.update(chains[number][1:-1])
        return joins

    def _way(self, chain: Sequence[int], join: int) -> list[Point]:
        """The corners of an arrow in the direction of the data, from where it leaves a longer one."""
        way = []
        for item in chain[join + 1 : -1]:
            band = self.bands[self.column[item]]
            way += [(band.start, self.across[item]), (band.end, self.across[item])]
        if join:
            band = self.bands[self.column[chain[join]]]
            way = [(band.end - TAP, self.across[chain[join]]), (band.end, self.across[chain[join]]), *way]
        else:
            way = [self._side(chain[0], 1), *way]
        way.append(self._side(chain[-1], -1))
        return way

    def _side(self, item: int, sign: int) -> Point:
        """Where arrows to or from a box end: its centre or, in a long one, that of its round end."""
        u, v = self._centre(item)
        size = self.items.sizes[item]
        return u + sign * max(0.0, self._shape(size) - self._across(size) + 2 * size.numbers) / 2, v

    def _shape(self, size: Size) -> float:
        """How long the shape in a box is, along."""
        return self._along(size) if size.length < self._along(size) else self._across(size) - 2 * size.numbers

    def _is_blocked(self, item: int, to: Point, sign: int) -> bool:
        """Whether an arrow would run into something beside its box, so that it has to be level there."""
        side = self._side(item, sign)
        if abs(to[1] - side[1]) < 0.01:
            return False
        column = self.items.columns[self.column[item]]
        beside = [self._pill(other) for other in column if other != item and self.items.box(other)]
        return runs_into(side, to, beside, NEAR) or meets(side, to, self._numbers(item))

    def _pill(self, item: int) -> Pill:
        """A box as a shape, with its numbers."""
        size = self.items.sizes[item]
        return Pill(*self._centre(item), self._along(size), self._across(size), "variable")

    def _numbers(self, item: int) -> list[tuple[float, float, float, float]]:
        """The room of the numbers on both sides of a shape."""
        (u, v), size = self._centre(item), self.items.sizes[item]
        half, outer = size.length / 2 + BESIDE_NUMBERS, self._across(size) / 2
        inner = outer - size.numbers
        return [(u - half, v - outer, u + half, v - inner), (u - half, v + inner, u + half, v + outer)]

    def _aimed(self, ways: Sequence[list[Point]], joins: Sequence[int]) -> list[list[Point]]:
        """The ways with those that begin or end at one box apart there."""
        at_ends: dict[tuple[int, int], list[int]] = {}
        for number, (chain, join) in enumerate(zip(self.items.chains, joins, strict=True)):
            at_ends.setdefault((chain[-1], -1), []).append(number)
            if not join:
                at_ends.setdefault((chain[0], 1), []).append(number)
        for (item, sign), numbers in at_ends.items():
            u, v = self._centre(item)
            size = self.items.sizes[item]
            across = self._across(size) - 2 * size.numbers
            margin = CLEAR - 0.05 if (sign < 0) != self.mirrored else -0.05  # arrows do not quite reach their heads
            pill = Pill(u, v, self._shape(size) + 2 * margin, across + 2 * margin, "variable")
            first, second = (0, 1) if sign > 0 else (-1, -2)
            others = [ways[number][second] for number in numbers]
            blocked = [other[1] > v for other in others if self._is_blocked(item, other, sign)]
            flat = [other[1] != v and (other[1] > v) in blocked for other in others]
            band = self.bands[self.column[item]]
            for number, is_flat, port in zip(numbers, flat, ports(pill, others, flat, sign), strict=True):
                ways[number][first] = port
                if is_flat:
                    half = sign * (max(self._shape(size), size.length) / 2 + STUB)
                    edge = max(band.end, u + half) if sign > 0 else min(band.start, u + half)
                    ways[number].insert(1 if sign > 0 else -1, (edge, port[1]))
        return list(ways)

    def _label(self, chain: Sequence[int], label: int, link: Link) -> Point:
        """The middle of a label: above its arrow, to the right of one that runs upright, or on it."""
        u, v = self._centre(chain[label])
        if link.through:
            return u, v
        return u, v + link.width / 2 if self.upright else v - link.height / 2
