"""The fences of a figure's groups: which of its items they are, the room that they take, and the boxes they make."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.coordinates import Room
from graphviz_ad.drawing.layered.net import BOTTOM, TOP, Item
from graphviz_ad.drawing.placement import Area, Size

PADDING = 9.0  # between a box and what is in it
BESIDE = 5.0  # between a box and one in it
OUTSIDE = 5.0  # between it and the air of what is not
UNDER = 4.0  # above and under a title

NO_TITLE = Size(0, 0)


class Fence(Record):
    """The items of a group's fences, from column to column."""

    group: int
    top: list[int]
    bottom: list[int]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The two items of each column."""
        return zip(self.top, self.bottom, strict=True)


class Titles(Record):
    """The sizes of groups' titles, by number; in an upright figure they stand in the group's first column or, `last`,
    in its last."""

    sizes: Mapping[int, Size]
    last: bool = False


def fences_in(columns: Sequence[Sequence[Item]], drawn: Container[Item]) -> dict[int, list[tuple[Item, Item]]]:
    """The fences of each group, in the columns from the first to the last in which something of it is drawn."""
    found: dict[int, list[tuple[tuple[Item, Item], bool]]] = {}
    for items in columns:
        place = {item: at for at, item in enumerate(items) if item[1] in (TOP, BOTTOM)}
        for item in items:
            if item[1] == TOP:
                end = (item[0], BOTTOM, item[2])
                inner = items[place[item] + 1 : place[end]]
                found.setdefault(item[0], []).append(((item, end), any(here in drawn for here in inner)))
    made = {}
    for group, rows in found.items():
        full = [number for number, (_, is_full) in enumerate(rows) if is_full]
        if full:
            made[group] = [pair for pair, _ in rows[full[0] : full[-1] + 1]]
    return made


def make_room(
    fences: Sequence[Fence], columns: Sequence[Sequence[int]], titles: Titles, between: float, upright: bool,
    rooms: list[Room], lengths: list[float],
) -> None:  # fmt: skip
    """Give fences the room of their boxes, and of their titles; `between` is what columns are apart."""
    column = {item: number for number, found in enumerate(columns) for item in found}
    for fence in reversed(fences):  # the inner ones first
        title = titles.sizes.get(fence.group, NO_TITLE)
        above = below = PADDING
        if upright:
            inside = [_inner(columns[column[top]], top, bottom) for top, bottom in fence.pairs()]
            breadth = max(sum(rooms[item].above + rooms[item].below for item in found) for found in inside)
            above = below = PADDING + max(0.0, 2 * title.width + UNDER - breadth) / 2  # beside an arrow in the middle
            at = -1 if titles.last else 0
            length = max((lengths[item] for item in inside[at]), default=0.0)
            lengths[fence.top[at]] = length + 2 * (title.height + UNDER)
        elif title.height:
            above += title.height + UNDER
            share = (title.width - between * (len(fence.top) - 1)) / len(fence.top)
            for item in fence.top:
                lengths[item] = max(0.0, share)
        for item in fence.top:
            rooms[item] = Room(OUTSIDE, above)
        for item in fence.bottom:
            rooms[item] = Room(below, OUTSIDE)


class Places(Record):
    """Where the items of a figure stand: their columns, the row and the middle of each, and how far across and how
    large each item is; so many of them, the first, are boxes."""

    columns: Sequence[Sequence[int]]
    row: Sequence[int]
    middles: Sequence[float]
    across: Sequence[float]
    rooms: Sequence[Room]
    lengths: Sequence[float]
    boxes: int


def areas_of(fences: Sequence[Fence], places: Places, titles: Titles, upright: bool) -> list[tuple[int, Area]]:
    """The boxes of each group, one in each row in which something of it stands, along and across."""
    column = {item: number for number, found in enumerate(places.columns) for item in found}
    made: dict[int, tuple[int, Area]] = {}  # by the first item of the fence
    for fence in reversed(fences):
        title = titles.sizes.get(fence.group, NO_TITLE)
        for _, pairs in groupby(fence.pairs(), key=lambda pair: places.row[column[pair[0]]]):
            found = [(column[top], item) for top, bottom in pairs
                     for item in (top, *_inner(places.columns[column[top]], top, bottom))]  # fmt: skip
            if all(item >= places.boxes for _, item in found):  # what was in it stands in the next row
                continue
            area = _around(found, frozenset(fence.top), places, upright)
            for _, item in found:
                if item in made:  # a box in this one
                    area = _wider(area, made[item][1])
            if upright:
                more = title.height + UNDER
                area = area.replace(right=area.right + more) if titles.last else area.replace(left=area.left - more)
            made[found[0][1]] = fence.group, area
    return list(made.values())


def _around(found: Sequence[tuple[int, int]], own: Container[int], places: Places, upright: bool) -> Area:
    """The box around items, each with its column, among them its `own` fence, which has the room of its title."""
    inner = [(at, item) for at, item in found if item not in own] or found
    wide = inner if upright else found
    above = places.rooms[found[0][1]].below
    return Area(
        min(places.middles[at] - places.lengths[item] / 2 for at, item in wide) - PADDING,
        min(places.across[item] - places.rooms[item].above for _, item in inner) - above,
        max(places.middles[at] + places.lengths[item] / 2 for at, item in wide) + PADDING,
        max(places.across[item] + places.rooms[item].below for _, item in inner) + (above if upright else PADDING),
    )


def _wider(one: Area, inner: Area) -> Area:
    """A box that runs beside the one in it."""
    return one.replace(left=min(one.left, inner.left - BESIDE), right=max(one.right, inner.right + BESIDE))


def _inner(column: Sequence[int], top: int, bottom: int) -> Sequence[int]:
    """The items of a column between two of its fences."""
    return column[column.index(top) + 1 : column.index(bottom)]
