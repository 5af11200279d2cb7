"""What a figure is arranged of: its groups, the order in which it is read, its rails, and the lanes of its labels."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graphviz_ad.core.diagram import Diagram, Region
from graphviz_ad.core.formula import Variable
from graphviz_ad.drawing.layered.arrangement import _as_read, arranged
from graphviz_ad.drawing.layered.coordinates import Room
from graphviz_ad.drawing.layered.fan import TAP, fan_of
from graphviz_ad.drawing.layered.fences import OUTSIDE, PADDING, UNDER, Fence, Titles, make_room
from graphviz_ad.drawing.layered.group_columns import grouped_layers
from graphviz_ad.drawing.layered.groups import groups_of
from graphviz_ad.drawing.layered.items import _out_of_groups, _sorted, items_of
from graphviz_ad.drawing.layered.search import Search
from graphviz_ad.drawing.layered.ties import ties_of
from graphviz_ad.drawing.layered.ways import joins_of, taps_of, ways_of
from graphviz_ad.drawing.placement import Box, Link, Size
from graphviz_ad.lesson.views import sheet_of
from tests.conftest import system
from tests.course_systems import recurrent
from tests.test_layered import arrows
from tests.test_places import standing


@pytest.mark.parametrize(
    ("regions", "found"),
    [
        ({"a": "1 2", "b": "3"}, ["a(1 2)", "b(3)"]),
        ({"inner": "1", "outer": "1 2"}, ["outer(1 2)", "inner(1) in outer"]),
        (
            {"inmost": "1", "inner": "1 2", "outer": "1 2 3"},
            ["outer(1 2 3)", "inner(1 2) in outer", "inmost(1) in inner"],
        ),
        ({"a": "1 2 3", "b": "3 4"}, ["b(3 4)"]),  # no box can be drawn of what shares only some with a smaller one
        ({"a": ""}, []),
    ],
)
def test_groups_and_those_that_they_stand_in(regions, found):
    made = groups_of([Diagram("forward", True, (), (), regions=tuple(
        Region(name, tuple(map(int, nodes.split()))) for name, nodes in regions.items()))])  # fmt: skip
    said = [
        f"{group.name}({' '.join(map(str, sorted(group.nodes)))})"
        + (f" in {made[group.parent].name}" if group.parent >= 0 else "")
        for group in made
    ]
    assert said == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0>2 1>2", [2, 0, 1]),  # from the result back
        ("1>2 0>2", [2, 1, 0]),  # through its operands as they are read
        ("0>2 1>3 2>4 3>4", [4, 2, 0, 3, 1]),
        ("0>1 0>2", [1, 0, 2]),  # from the first result, and then from the next
    ],
)
def test_nodes_as_they_are_read(text, found):
    ends = arrows(text)
    count = 1 + max(map(max, ends))
    nodes = [10 * number for number in range(count)]
    assert _as_read(nodes, ends) == {10 * number: place for place, number in enumerate(found)}


@pytest.mark.parametrize(
    ("source", "found"),
    [("u = sin(a); v = sin(b); y = u/v", "u v"), ("u = sin(a); v = sin(b); y = v/u", "v u")],
)
def test_operands_stand_as_they_are_read_whichever_is_known_first(source, found):
    (panel,) = sheet_of(system(source), ("forward-simplified",)).panels
    diagram = panel.content
    assert isinstance(diagram, Diagram)
    names = {vertex.node: vertex.label.name for vertex in diagram.vertices if isinstance(vertex.label, Variable)}
    columns = [" ".join(names[node] for node, *_ in column) for column in arranged([diagram]).columns]
    assert columns == [" ".join("ab"["uv".index(name)] for name in found.split()), found, "y"]


@pytest.mark.parametrize(
    ("text", "lengths", "found"),
    [
        ("0>3 1>2 2>3", [1, 1, 2, 2], 3),  # x·f(u): u and f are beside x
        ("0>1 0>2 1>2", [1, 2, 2], 0),  # x·f(x): f is made of x
        ("0>1 0>4 1>4 2>3 3>4", [1, 2, 1, 2, 2], 3),  # x·f(x)·g(u)
        ("0>2 1>2 2>3", [1, 1, 2, 2], 1),
    ],
)
def test_how_many_columns_stand_beside_what_is_read_there(text, lengths, found):
    ends, count = arrows(text), len(lengths)
    made = Search(range(count), lengths, ends, [True] * count, [None] * count, {}, True)
    assert made._beside(frozenset({0})) == found


def test_two_operands_that_are_one_have_a_way_each():
    """In x·u·x, and in x·x far away."""
    for source in ("u = sin(sin(a)); y = x*u*x", "u = sin(sin(a)); y = u + x*x", "y = (x*x)*sin(sin(x))"):
        (panel,) = sheet_of(system(source), ("forward",)).panels
        diagram = panel.content
        assert isinstance(diagram, Diagram)
        size = Size(20, 20)
        boxes = [Box(vertex.node, size, None if vertex.gate is None else size) for vertex in diagram.vertices]
        links = [Link(min(arrow.tail, arrow.head), max(arrow.tail, arrow.head)) for arrow in diagram.arrows]
        made = items_of(arranged([diagram]), boxes, links)
        for number, (chain, link) in enumerate(zip(made.chains, links, strict=True)):
            again = [other for other, same in zip(made.chains[:number], links, strict=False) if same == link]
            assert all(set(other[1:-1]).isdisjoint(chain[1:-1]) for other in again)


def test_what_all_steps_read_has_one_rail_with_a_tap_for_each():
    (panel,) = sheet_of(system(recurrent(4)), ("forward-simplified",)).panels
    diagram = panel.content
    assert isinstance(diagram, Diagram)
    boxes = [Box(vertex.node, Size(20, 20)) for vertex in diagram.vertices]
    links = [Link(arrow.tail, arrow.head) for arrow in diagram.arrows]
    made = items_of(arranged([diagram]), boxes, links)
    ways = sorted((chain[1:-1] for chain in made.chains if made.keys[chain[0]] == made.keys[0]), key=len)
    assert [len(way) for way in ways] == [0, 1, 2, 3]
    assert all(longer[: len(way)] == way for way, longer in pairwise(ways))


@pytest.mark.parametrize(
    ("text", "group", "found"),
    [
        ("0>1 1>2 3>1", {1, 3}, [0, 2, 3, 1]),  # 3 would stand above 0, but the spine is to enter their group
        ("0>1 1>2 3>4 4>2", {3, 4}, [0, 1, 2, 0, 1]),  # which does not keep another one from standing beside it,
        ("0>1 1>2 3>0", {0, 1, 3}, [1, 2, 3, 0]),  # or its own where it begins in there
    ],
)
def test_the_spine_begins_before_the_group_that_it_leads_to(text, group, found):
    ends, count = arrows(text), len(found)
    assert (
        grouped_layers([1] * count, ends, [True] * count, [frozenset(group)], (0, 1, 2)).columns([0] * count) == found
    )


@pytest.mark.parametrize(
    ("columns", "chains", "found"),
    [
        ("0|2|1", "0-2-1", {"0-2": 3, "2-1": 2}),
        ("0|1 4|2|3", "0-1 1-2 2-3 0-4-2", {"0-1": 5, "1-2": 5, "2-3": 5, "0-4": 5, "4-2": 3}),
    ],
)
def test_lines_on_long_ways_are_straight_first(columns, chains, found):
    """By how many boxes are on the longest way to where they begin, and from there on; rails are none."""
    ties = ties_of(standing(columns, chains).items, [])
    assert {f"{tie.tail}-{tie.head}": -tie.rank[2] for tie in ties} == found


def test_arrows_leave_their_rail_one_after_the_other():
    """Those that lead furthest down first, but none before the rail begins and has run along a little."""
    stand = standing("0|5 4|3 1 2", "0-5-3 0-5-1 0-5-2 0-4")
    fan = fan_of(stand, {5: {1, 2, 3}})
    start, end = stand.bands[1].start, stand.bands[1].end
    assert fan.leave == {(5, 2): start + TAP, (5, 1): end}


# ---- lanes of labels


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        ({"in": (2, 2)}, "( in )"),
        ({"up": (2, 0)}, "up ( )"),  # it leaves the group above
        ({"down": (2, 4)}, "( ) down"),
        ({"up": (0, 2), "in": (2, 2), "down": (4, 2)}, "up ( in ) down"),  # or comes from there
    ],
)
def test_the_label_of_an_arrow_that_leaves_a_group_stands_outside(ends, found):
    """Between columns with a group from 1 to 3: all lanes start inside."""
    names = ["(", *ends, ")"]
    lanes = {0: (1, 1), len(ends) + 1: (3, 3)} | dict(enumerate(ends.values(), 1))
    fence = Fence(0, [0], [len(ends) + 1])
    made = _out_of_groups(list(range(len(names))), lanes, dict(enumerate(map(float, range(5)))), [fence])
    assert " ".join(names[lane] for lane in made) == found


@pytest.mark.parametrize(
    ("gap", "found"),
    [
        ("b>C a>D", "aD bC"),  # they cross
        ("a>D b>C b>D", "aD bC bD"),
        ("r>D s>C", "rD sC"),  # rails run on straight: in their order
        ("a>t b>s", "bs at"),  # on either side
    ],
)
def test_lanes_between_two_columns(gap, found):
    """Boxes are a above b and C above D; r above s, and s above t are rails."""
    place = {"a": 0.1, "b": 0.2, "r": 0.1, "s": 0.2, "t": 0.3, "C": 0.1, "D": 0.2}
    number = {name: k for k, name in enumerate("abCDrst")}
    pairs = [pair.split(">") for pair in gap.split()]
    lanes = [(number[tail], number[head], k) for k, (tail, head) in enumerate(pairs)]
    made = _sorted(lanes, {number[name]: at for name, at in place.items()}, 4)
    assert " ".join("".join(pairs[lane]) for lane in made) == found


# ---- room


@pytest.mark.parametrize(
    ("title", "above", "share"),
    [
        (Size(0, 0), 0.0, 0.0),
        (Size(20, 10), 10 + UNDER, 0.0),  # narrower than its columns are apart
        (Size(70, 10), 10 + UNDER, 20.0),  # what is left of it, in both of them
    ],
)
def test_the_room_of_a_box_and_its_title(title, above, share):
    rooms, lengths = [Room(15, 15)] * 6, [20.0] * 2 + [0.0] * 4
    make_room([Fence(0, [2, 4], [3, 5])], [[2, 0, 3], [4, 1, 5]], Titles({0: title}), 30, False, rooms, lengths)
    assert rooms[2] == rooms[4] == Room(OUTSIDE, PADDING + above)
    assert rooms[3] == rooms[5] == Room(PADDING, OUTSIDE)
    assert lengths == [20.0, 20.0, share, 0.0, share, 0.0]


@pytest.mark.parametrize("last", [False, True])
def test_the_room_of_a_title_beside_arrows_that_run_down(last):
    rooms, lengths = [Room(15, 15)] * 6, [20.0] * 2 + [0.0] * 4
    titles = Titles({0: Size(70, 10)}, last)
    make_room([Fence(0, [2, 4], [3, 5])], [[2, 0, 3], [4, 1, 5]], titles, 30, True, rooms, lengths)
    beside = PADDING + (2 * 70 + UNDER - 30) / 2
    assert rooms[2].below == rooms[3].above == beside
    assert lengths[4 if last else 2] == 20 + 2 * (10 + UNDER)
    assert lengths[2 if last else 4] == 0


@pytest.mark.parametrize(
    ("columns", "chains", "tight"),
    [
        ("0 1 2 3 4 5 6|7", "3-7 0-7 1-7 2-7 4-7 5-7 6-7", {}),
        ("0 1 2 3 4 5 6 7 8|9", "4-9 0-9 1-9 2-9 3-9 5-9 6-9 7-9 8-9", {9: 3}),  # their heads would touch
        ("7|0 1 2 3 4 5 6", "7-3 7-0 7-1 7-2 7-4 7-5 7-6", {}),  # where they leave it they may be nearer
        ("9|0 1 2 3 4 5 6 7 8", "9-4 9-0 9-1 9-2 9-3 9-5 9-6 9-7 9-8", {9: 4}),
    ],
)
def test_a_box_has_room_for_so_many_arrows(columns, chains, tight):
    stand = standing(columns, chains)
    joins = joins_of(stand.items.chains)
    ways_of(stand, stand.items.chains, joins, taps_of(stand.items.chains, joins), False)
    assert stand.tight == tight
