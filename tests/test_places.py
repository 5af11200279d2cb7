"""Where the items of a figure stand, of hand-made ones: boxes of 20, columns 30 and boxes 10 apart."""

from __future__ import annotations

import pytest

from graphviz_ad.drawing.layered.coordinates import Room
from graphviz_ad.drawing.layered.fences import Titles
from graphviz_ad.drawing.layered.folding import AIR, RETURN, folded, way_back
from graphviz_ad.drawing.layered.items import FigureItems
from graphviz_ad.drawing.layered.standing import BENEATH, ENTRY, RAIL, Standing
from graphviz_ad.drawing.layered.ties import ties_of
from graphviz_ad.drawing.placement import Link, Size, Spacing

SPACING = Spacing(30, 10)


def standing(columns: str, chains: str, link: Link | None = None, cut: tuple[int, ...] = (), upright: bool = False):
    """`0 1|2 3|4` are columns, the first items boxes; `0-3-4 1-2` are those of two arrows. Where there is a link, each
    arrow has its label at its second item. The figure is cut into rows behind some columns."""
    stand = [list(map(int, column.split())) for column in columns.split("|")]
    ways = [list(map(int, chain.split("-"))) for chain in chains.split()]
    boxes = 1 + max(end for way in ways for end in (way[0], way[-1]))
    labels = [None if link is None else 1] * len(ways)
    of_labels = [link is not None and number % 2 == 1 for number in range(len(stand))]
    items = FigureItems(stand, of_labels, [(item, -1, -1) for item in range(boxes)], [Size(20, 20)] * boxes, ways,
                        labels, 1 + max(map(max, stand)))  # fmt: skip
    made = folded(items, [], cut)
    links = [link or Link(way[0], way[-1]) for way in ways]
    spacing = SPACING.replace(width=1.0 if cut else None)
    spine = ways[0]
    return Standing(
        made.items, made.rows, links, ties_of(made.items, spine), spine, spacing, upright, False, Titles({})
    )


@pytest.mark.parametrize(
    ("item", "height", "found"),
    [
        (0, 60, [1, 2]),  # down to where the third stands,
        (0, 20, [1]),  # or not so far,
        (0, 5, []),
        (0, 300, [1, 2, 3]),
        (3, 30, [2, 1]),  # and up
        (3, -300, [2, 1, 0]),
        (1, 30, []),  # level
        (3, 300, []),
    ],
)
def test_boxes_that_an_arrow_may_run_into(item, height, found):
    """Four in a column: at 0, 30, 60 and 90, but for their beginning."""
    stand = standing("0 1 2 3|4", "0-4 1-4 2-4 3-4")
    top = stand.across[0]
    assert [stand.across[box] - top for box in range(4)] == [0, 30, 60, 90]
    end = stand.centre(item)
    pills = [stand.pills[box] for box in found]
    assert stand.beside(item, end, (end[0] + 50, top + height)) == pills


@pytest.mark.parametrize(
    ("link", "upright", "room", "length"),
    [
        (None, False, Room(RAIL, RAIL), 0.0),  # a rail
        (Link(0, 1, 30, 12), False, Room(12 + 6, BENEATH), 30.0),  # a label above its arrow,
        (Link(0, 1, 30, 12), True, Room(6, 30 + 6), 12.0),  # beside one that runs down,
        (Link(0, 1, 30, 12, through=True), False, Room(6 + 6, 6 + 6), 30.0),  # or on it
        (Link(0, 1, 30, 12, through=True), True, Room(15 + 6, 15 + 6), 12.0),
    ],
)
def test_the_room_of_a_rail_and_of_a_label(link, upright, room, length):
    stand = standing("0|2|1", "0-2-1", link, upright=upright)
    assert (stand.rooms[2], stand.lengths[2]) == (room, length)
    assert (stand.rooms[0], stand.lengths[0]) == (Room(15, 15), 20.0)


def test_a_row_begins_with_short_lines_where_arrows_come_from_the_one_before():
    """An input of the next row stands there at its own size."""
    stand = standing("0|1 3|2", "0-1-2 3-2", cut=(1,))
    (first, second) = ([stand.columns[at] for at in row] for row in stand.rows)
    assert (first, second) == ([[0], [1], [4]], [[5, 3], [2]])
    assert [stand.lengths[item] for item in (4, 5, 3)] == [0.0, ENTRY, 20.0]


def test_an_arrow_goes_on_in_the_next_row():
    """Out to the right, back between the rows, and in from the left."""
    stand = standing("0|1|2", "0-1 1-2", cut=(1,))
    assert [list(stand.columns[at]) for row in stand.rows for at in row] == [[0], [1], [3], [4], [2]]
    (left, _), (_, right) = stand.edges[1], stand.edges[0]
    upper, lower = stand.across[3], stand.across[4]
    channel = stand.low[0] + AIR
    assert stand.way_back(3, 4) == [(right + AIR, upper), (right + AIR, channel), (left - AIR, channel),
                                    (left - AIR, lower)]  # fmt: skip
    assert stand.way_back(0, 1) == []  # in one row
    assert stand.seams() == (stand.low[0] + AIR / 2,)
    assert lower - stand.low[0] == 2 * AIR + stand.rooms[2].above


def test_two_arrows_that_go_on_are_nested():
    """The upper one is further to the right, and further down between the rows, and reaches its place from nearer."""
    stand = standing("0 1|2 3|4 5|6 7", "0-2 1-3 2-4 3-5 4-6 5-7", cut=(1,))
    assert [list(stand.columns[at]) for row in stand.rows for at in row] == [
        [0, 1], [2, 3], [8, 10], [9, 11], [4, 5], [6, 7],
    ]  # fmt: skip
    (left, _), (_, right), low = stand.edges[1], stand.edges[0], stand.low[0]
    near, far = AIR, AIR + RETURN
    assert stand.way_back(8, 9)[1:3] == [(right + far, low + far), (left - near, low + far)]
    assert stand.way_back(10, 11)[1:3] == [(right + near, low + near), (left - far, low + near)]


def test_two_arrows_that_go_on_in_a_row_above_are_nested():
    upper, lower = (way_back(at, 2, (100, 70 + 30 * at), (0, 30 * at), (0, 100), 40) for at in (0, 1))
    near, far = AIR, AIR + RETURN
    assert upper[1:3] == [(100 + near, 40 + far), (-far, 40 + far)]
    assert lower[1:3] == [(100 + far, 40 + near), (-near, 40 + near)]


def test_between_three_rows_there_are_two_seams():
    stand = standing("0|1|2|3", "0-1 1-2 2-3", cut=(1, 2))
    assert stand.seams() == (stand.low[0] + AIR / 2, stand.low[1] + AIR / 2)


def test_rails_are_no_boxes_to_run_into():
    stand = standing("0 4 1|2 3", "0-2 1-3")
    end = stand.centre(0)
    assert stand.beside(0, end, (end[0] + 50, end[1] + 90)) == [stand.pills[1]]
