"""Where the items of a figure stand: along the direction of the data (`u`) and across it (`v`), in one row or more."""

from collections.abc import Sequence
from itertools import pairwise

from graphviz_ad.drawing.layered.coordinates import UNIT, Alignment, Room, Tie
from graphviz_ad.drawing.layered.crowding import WIDER, Climb, steeper, wider
from graphviz_ad.drawing.layered.fences import Places, Titles, areas_of, make_room
from graphviz_ad.drawing.layered.folding import AIR, RETURN, way_back
from graphviz_ad.drawing.layered.items import FigureItems
from graphviz_ad.drawing.layered.spacing import Band, bands
from graphviz_ad.drawing.placement import Area, Link, Point, Size, Spacing
from graphviz_ad.drawing.scene import Pill

RAIL = 6.0  # air on each side of an arrow that passes a column
BENEATH = 3.0  # air beneath the arrow of a label
ENTRY = 16.0  # how long the beginning of a row is, where arrows come from the one before
MOST_ROOM = 60.0  # room is made between items that are nearer than this or, where that was not enough,
FAR_ROOM = 120.0  # than this
FEW, WIDE = 6, 1.4  # of so few pairs too close, in a gap so much wider, one of two that cross is made steeper


class Standing:
    """The places of items, which may be given more room. Its rows are in the direction of the data; `backwards`, the
    last of them is the first to be read."""

    def __init__(
        self,
        items: FigureItems,
        rows: Sequence[range],
        links: Sequence[Link],
        lines: Sequence[Tie],
        spine: Sequence[int],
        spacing: Spacing,
        upright: bool,
        backwards: bool,
        titles: Titles,
    ) -> None:
        self.columns, self.sizes, self.items = items.columns, items.sizes, items
        self.column = {item: number for number, found in enumerate(items.columns) for item in found}
        self.place = {item: at for found in items.columns for at, item in enumerate(found)}
        self.rows, self.spine, self.spacing = rows, frozenset(spine), spacing
        self.upright, self.backwards, self.titles = upright, backwards, titles
        self.row = [number for number, row in enumerate(rows) for _ in row]
        self.lines = [[line for line in lines if self._row(line.tail) == number == self._row(line.head)]
                      for number in range(len(rows))] if len(rows) > 1 else [list(lines)]  # fmt: skip
        self.alignments = [Alignment(self.columns[row.start : row.stop], self.lines[number], items.count)
                           for number, row in enumerate(rows)]  # fmt: skip
        self.shapes = [self._shape(size) for size in self.sizes]
        self.rounds = [max(0.0, shape - self.breadth(size) + 2 * size.numbers) / 2
                       for shape, size in zip(self.shapes, self.sizes, strict=True)]  # fmt: skip
        self.rooms, self.lengths = self._rooms(links)
        make_room(items.fences, self.columns, titles, spacing.columns, upright, self.rooms, self.lengths)
        self.wider = [1.0] * len(self.columns)
        self.tight: dict[int, int] = {}  # boxes with no room for all the tips at them: for how many more there is to be
        self.pressed: dict[int, float] = {}  # gaps with hooks at boxes: how many times as wide there is none
        self.cramped: dict[int, int] = {}  # rails that are to have more room above (negative) or below
        self.leave: dict[tuple[int, int], float] = {}  # so much later arrows leave a rail for another item, and
        self.reach: dict[tuple[int, int], float] = {}  # so much earlier they reach that
        self.level = [0.0] * items.count  # across, in its row
        for row in range(len(rows)):
            self._align(row)
        self._settle()

    def _row(self, item: int) -> int:
        return self.row[self.column[item]]

    def _settle(self) -> None:
        """Put the rows in their places."""
        self.across = list(self.level)
        made = [self._bands_of(number) for number in range(len(self.rows))]
        self.bands = []
        self.edges: list[tuple[float, float]] = []  # of what stands in each row, between arrows that come and go
        for (start, end), row in zip(self._beside([row[-1].end for row in made]), made, strict=True):
            left = end - row[-1].end if self.backwards else start
            self.bands += [Band(left + band.start, left + band.end) for band in row]
            self.edges.append((left, left + row[-1].end))
        self.middles = [band.middle for band in self.bands]
        self.low = [0.0] * len(self.rows)
        top = 0.0
        for number in list(range(len(self.rows)))[:: -1 if self.backwards else 1]:
            found = [item for column in self.rows[number] for item in self.columns[column]]
            for item in found:
                self.across[item] += top
            self.low[number] = max(self.across[item] + self.rooms[item].below for item in found)
            going = self._going(number - 1 if self.backwards else number)
            top = self.low[number] + 2 * AIR + RETURN * max(0, going - 1)
        self.length_across = max(self.low)
        self.pills = [
            Pill(*self.centre(item), self.length(size), self.breadth(size), "variable")
            for item, size in enumerate(self.sizes)
        ]

    def _beside(self, lengths: Sequence[float]) -> list[tuple[float, float]]:
        """Where rows of these lengths begin and end: all alike or, where that is too long, as they must, with room only
        for the arrows that come to them and go on from them."""
        margins = [AIR + RETURN * going if going else 0.0 for going in map(self._going, range(-1, len(lengths)))]
        length, most = max(lengths), max(margins)
        self.length_along = length + 2 * most
        if self.spacing.width is None or self.length_along <= self.spacing.width:
            return [(most, most + length)] * len(lengths)
        self.length_along = max(map(sum, zip(margins, lengths, margins[1:], strict=False)))
        if self.backwards:
            ends = [self.length_along - behind for behind in margins[1:]]
            return [(end - length, end) for end, length in zip(ends, lengths, strict=True)]
        return [(before, before + length) for before, length in zip(margins, lengths, strict=False)]

    def _going(self, row: int) -> int:
        """How many arrows go on behind a row."""
        return len(self.columns[self.rows[row].stop - 1]) if 0 <= row < len(self.rows) - 1 else 0

    def way_back(self, item: int, following: int) -> list[Point]:
        """The corners between the end of a row and the beginning of the next one, if the items are there."""
        if len(self.rows) == 1 or self._row(item) == self._row(following):
            return []
        column = self.columns[self.column[item]]
        end, start = (self.bands[self.column[item]].end, self.across[item]), (0.0, self.across[following])
        upper = self._row(following if self.backwards else item)
        edges = self.edges[self._row(following)][0], self.edges[self._row(item)][1]
        return way_back(self.place[item], len(column), end, start, edges, self.low[upper])

    def seams(self) -> tuple[float, ...]:
        """Between rows, above where arrows go on."""
        return tuple(low + AIR / 2 for low in sorted(self.low)[:-1])

    def areas(self) -> list[tuple[int, Area]]:
        """The boxes of groups, along and across."""
        places = Places(self.columns, self.row, self.middles, self.across, self.rooms, self.lengths, len(self.sizes))
        return areas_of(self.items.fences, places, self.titles, self.upright)

    # ---- sizes, along and across

    def length(self, size: Size) -> float:
        return size.height if self.upright else size.width

    def breadth(self, size: Size) -> float:
        return size.width if self.upright else size.height

    def _shape(self, size: Size) -> float:
        """How long the shape in a box is, along."""
        length, breadth = self.length(size), self.breadth(size)
        return length if size.length < length else breadth - 2 * size.numbers

    def centre(self, item: int) -> Point:
        return self.middles[self.column[item]], self.across[item]

    def side(self, item: int, sign: int) -> Point:
        """Where arrows to or from a box end: its centre or, in a long one, that of its round end."""
        return self.middles[self.column[item]] + sign * self.rounds[item], self.across[item]

    def beside(self, item: int, end: Point, to: Point) -> list[Pill]:
        """The boxes in the column of an item that stand between the heights of two points."""
        column, at, boxes = self.columns[self.column[item]], self.place[item], len(self.sizes)
        height, found = to[1], []
        below = height > end[1]
        for place in range(at + 1, len(column)) if below else range(at - 1, -1, -1):
            other = column[place]
            if other < boxes:
                pill = self.pills[other]
                if (pill.y - pill.height > height) if below else (pill.y + pill.height < height):
                    break
                found.append(pill)
        return found

    def _rooms(self, links: Sequence[Link]) -> tuple[list[Room], list[float]]:
        """The room of each item across the columns, and its length along them."""
        rooms = [Room(RAIL, RAIL)] * self.items.count
        lengths = [0.0] * self.items.count
        for item, size in enumerate(self.sizes):
            half = (self.breadth(size) + self.spacing.rows) / 2
            rooms[item] = Room(half, half)
            lengths[item] = self.length(size)
        for chain, label, link in zip(self.items.chains, self.items.labels, links, strict=True):
            if label is None:
                continue
            breadth, air = link.width if self.upright else link.height, self.spacing.above
            room = Room(breadth + air, BENEATH)
            if link.through:
                room = Room(breadth / 2 + air, breadth / 2 + air)
            elif self.upright:
                room = Room(air, breadth + air)
            rooms[chain[label]] = room
            lengths[chain[label]] = link.height if self.upright else link.width
        for row in self.rows[1:]:
            for item in self.columns[row.start]:
                lengths[item] = lengths[item] or ENTRY
        return rooms, lengths

    # ---- places

    def _align(self, number: int) -> None:
        """Put the items of a row in their places across."""
        found = [item for column in self.rows[number] for item in self.columns[column]]
        places = self.alignments[number].places(self.rooms)
        top = min(UNIT * places[item] - self.rooms[item].above for item in found)
        for item in found:
            self.level[item] = UNIT * places[item] - top

    def _bands_of(self, number: int) -> list[Band]:
        """The columns of a row, from 0 on."""
        row = self.rows[number]
        columns = self.columns[row.start : row.stop]
        widths = [max((self.lengths[item] for item in items), default=0.0) for items in columns]
        spine = [
            next((self.lengths[item] for item in items if item in self.spine), width)
            for items, width in zip(columns, widths, strict=True)
        ]
        climbs, level = [0.0] * (len(columns) - 1), self.level
        for line in self.lines[number]:
            climb, gap = abs(level[line.tail] - level[line.head]), self.column[line.tail] - row.start
            if climb > climbs[gap]:
                climbs[gap] = climb
        labelled = any(self.items.of_labels)
        numbered = any(size.numbers for size in self.sizes)
        between = self.spacing.columns / 2 if labelled else self.spacing.columns
        return bands(
            widths, spine, climbs, between, not labelled, numbered, self.wider[row.start : row.stop], self.spacing.steep
        )

    def make_room(
        self, close: Sequence[tuple[Climb, Climb]], climbs: Sequence[Climb], may_widen: bool, most: float
    ) -> bool:
        """More room beside rails that are cramped, and between arrows that are close to each other: one of two that
        cross is made steeper where it joins rails; else there is more room between the items that they join, where
        these are nearer than the most, and between the columns, if these may be wider apart and that helps. Whether
        there was anything to do."""
        moved = set(map(self._row, self.cramped))
        for rail, side in self.cramped.items():
            room = self.rooms[rail]
            self.rooms[rail] = Room(room.above + UNIT * (side < 0), room.below + UNIT * (side > 0))
        widened = dict(self.pressed) if may_widen else {}
        steep: set[tuple[int, int]] = set()
        are_few, boxes = len(close) <= FEW, len(self.sizes)
        for one, other in close:
            is_hopeless = one.is_hopeless(other)
            is_wide = are_few and (not may_widen or self.wider[one.gap] >= WIDE)
            if (is_wide or is_hopeless) and (found := steeper(one, other, climbs, boxes)) is not None:
                climb, late, early = found
                pair = climb.tail, climb.head
                if pair not in steep:  # already
                    self.leave[pair] = self.leave.get(pair, 0.0) + late
                    self.reach[pair] = self.reach.get(pair, 0.0) + early
                    steep.add(pair)
                continue
            if is_hopeless and max(one.tail, one.head, other.tail, other.head) < boxes:  # no rails to bend
                continue
            is_moved = False
            for upper, lower in ((one.tail, other.tail), (one.head, other.head)):
                if self.level[upper] > self.level[lower]:
                    upper, lower = lower, upper
                if 0 < self.level[lower] - self.level[upper] < most:
                    more = UNIT / 2 if most == MOST_ROOM else self._lacking(upper, lower) / 2
                    self.rooms[upper] = self.rooms[upper].replace(below=self.rooms[upper].below + more)
                    self.rooms[lower] = self.rooms[lower].replace(above=self.rooms[lower].above + more)
                    moved.add(self._row(upper))
                    is_moved = True
            if may_widen:
                times = WIDER if is_moved and one.gains(other) else wider(one, other)
                widened[one.gap] = max(widened.get(one.gap, 1.0), times)
        if not (moved or widened or steep):
            return False
        for gap, times in widened.items():
            self.wider[gap] *= times
        for row in moved:
            self._align(row)
        self._settle()
        return True

    def _lacking(self, upper: int, lower: int) -> float:
        """How much more room two items of a column have to take to be further apart than they are."""
        column = self.columns[self.column[upper]]
        between = column[self.place[upper] : self.place[lower] + 1]
        taken = sum(self.rooms[one].below + self.rooms[other].above for one, other in pairwise(between))
        return max(UNIT, self.level[lower] - self.level[upper] + 2 * UNIT - taken)
