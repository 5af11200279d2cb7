"""The parts of the layered layout, each by itself."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from math import cos, hypot, inf, sin
from random import Random

import pytest

from graphviz_ad.drawing.layered import order
from graphviz_ad.drawing.layered.coordinates import UNIT, Room, Tie, aligned
from graphviz_ad.drawing.layered.crowding import WIDER, Climb, crowded, steeper, wider
from graphviz_ad.drawing.layered.group_columns import grouped_layers
from graphviz_ad.drawing.layered.layers import Layers, shared
from graphviz_ad.drawing.layered.order import Layering, crossings, disorder, ordered
from graphviz_ad.drawing.layered.ordering import Ordering
from graphviz_ad.drawing.layered.routes import TIPS, meets, ports, radius_for, rounded, runs_into, simplified
from graphviz_ad.drawing.layered.search import Search
from graphviz_ad.drawing.layered.spacing import bands
from graphviz_ad.drawing.layered.spine import spine
from graphviz_ad.drawing.scene import Pill


def arrows(text: str) -> list[tuple[int, int]]:
    """0>2 1>2"""
    return [(int(tail), int(head)) for tail, _, head in (word.partition(">") for word in text.split())]


def count(ends: list[tuple[int, int]]) -> int:
    return max(map(max, ends)) + 1


@pytest.mark.parametrize(
    ("text", "named", "found"),
    [
        ("0>1 1>2", "", [0, 1, 2]),
        ("0>2 1>2 2>4 3>4", "", [0, 0, 1, 1, 2]),  # what is read once is beside its reader
        ("0>1 1>2 2>5 3>4 4>5", "4", [0, 1, 2, 1, 2, 3]),  # with all that it is made of
        ("0>1 1>2 2>5 0>4 3>4 4>5", "4", [0, 1, 2, 0, 1, 3]),  # unless something else holds that to the left
        ("0>1 1>2 2>5 0>4 3>4 4>5", "", [0, 1, 2, 1, 2, 3]),  # but what has no name stays with its equation
    ],
)
def test_layers(text, named, found):
    ends = arrows(text)
    names = [str(vertex) in named.split() for vertex in range(count(ends))]
    assert Layers([1] * count(ends), ends, names).columns([0] * count(ends)) == found


def test_a_vertex_with_its_operation_takes_two_columns():
    assert Layers([1, 2, 1], arrows("0>1 1>2"), [True] * 3).columns([0] * 3) == [0, 1, 3]


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        ("0>2 1>2 0>4 3>4", [1, 0, 0, 0, 0]),  # w₁x, w₂x
        ("0>1 0>2", [0, 0, 0]),  # nothing is read beside it
        ("0>2 1>2 0>3 1>3", [0, 0, 0, 0]),  # what is read beside it is read elsewhere too
        ("1>2 0>3 2>3 0>4", [0, 0, 0, 0, 0]),  # and here it is computed: h x, h = f(u)
    ],
)
def test_what_is_read_in_several_places_beside_what_is_read_there_alone(ends, found):
    assert shared(len(found), arrows(ends)) == found


def test_what_is_shared_may_stand_one_column_ahead():
    ends = arrows("0>2 1>2 0>4 3>4")
    assert Layers([1] * 5, ends, [True] * 5).columns(shared(5, ends)) == [0, 1, 2, 1, 2]


@pytest.mark.parametrize(
    ("text", "data", "products", "found"),
    [
        ("0>2 1>2 2>4 3>4", {}, {2}, [1, 2, 4]),  # wx + b: the last factor
        ("0>2 1>2 2>4 3>4", {}, set(), [0, 2, 4]),  # of a sum, the first
        ("0>2 1>2 2>4 3>4", {0: 2.0}, {2}, [0, 2, 4]),  # what is likely to be data
        ("0>3 1>3 2>3", {}, set(), [1, 3]),  # the middle of several
        ("0>1 2>3 3>4 4>5 1>5", {0: 9.0}, set(), [2, 3, 4, 5]),  # first of all, the longest
        ("0>1 0>2 0>3", {}, set(), [0, 2]),  # to the middle one of several results
    ],
)
def test_the_spine(text, data, products, found):
    ends = arrows(text)
    vertices = range(count(ends))
    assert spine([1] * len(vertices), ends, [data.get(v, 0.0) for v in vertices], [v in products for v in vertices]) \
        == found  # fmt: skip


def layering(text: str, columns: str, wish: dict[int, int] | None = None) -> Layering:
    ends = arrows(text)
    before: list[list[int]] = [[] for _ in range(count(ends))]
    behind: list[list[int]] = [[] for _ in range(count(ends))]
    for tail, head in ends:
        before[head].append(tail)
        behind[tail].append(head)
    found = [[int(item) for item in column.split()] for column in columns.split("|")]
    wishes = [None if wish is None or item not in wish else (0, wish[item]) for item in range(count(ends))]
    return Layering(found, before, behind, wishes)


@pytest.mark.parametrize(
    ("text", "columns", "least"),
    [
        ("0>4 1>4 2>5 3>5 4>6 5>6", "0 1 2 3|4 5|6", 0),  # a tree
        ("0>3 1>3 2>3", "2 0 1|3", 0),  # a star
        ("0>2 1>3 0>3 1>2", "0 1|2 3", 1),  # two that read the same two: it cannot be drawn without
        ("0>3 1>4 2>5", "0 1 2|5 3 4", 0),
        ("0>4 1>4 1>5 2>5 3>6 0>6", "0 1 2 3|4 5 6", 0),
    ],
)
def test_crossings_are_few(text, columns, least):
    made = layering(text, columns)
    assert crossings(ordered(made), made) == least
    assert sorted(map(sorted, ordered(made))) == sorted(map(sorted, made.columns))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("0>4 1>4 2>5 3>5 4>6 5>6", "3 2 1 0|5 4|6"),  # (a − b)/(c − d)
        ("0>3 1>3 2>3", "2 0 1|3"),
        ("1>2 0>2", "0 1|2"),  # as they are read, not as they are numbered
    ],
)
def test_operands_are_brought_into_order(text, columns):
    made = layering(text, columns)
    assert disorder(ordered(made), made) == 0


@pytest.mark.parametrize(
    ("items", "most", "beginnings"),
    [
        (2, inf, 10),  # some as it is read, and some by chance
        (4, inf, 2),  # 36 arrows cross, however they stand
        (4, 36, 2),
        (4, 30, 1),  # fewer are known elsewhere
    ],
)
def test_no_more_beginnings_are_tried_than_may_be_of_use(monkeypatch, items, most, beginnings):
    tried = []
    improved = order._improved
    monkeypatch.setattr(order, "_improved", lambda *given: tried.append(given) or improved(*given))
    left, right = range(items), range(items, 2 * items)
    made = layering(
        " ".join(f"{tail}>{head}" for tail in left for head in right),
        "|".join(" ".join(map(str, column)) for column in (left, right)),
    )
    assert crossings(ordered(made, most), made) == (items * (items - 1) // 2) ** 2
    assert len(tried) == beginnings


def test_a_search_for_fewer_crossings_than_there_are_finds_none():
    ends = [(tail, head) for head in (3, 4, 5) for tail in (0, 1, 2)]  # no plane has these
    searched = partial(Search, range(6), [1] * 6, ends, [True] * 6, [None] * 6, {}, True)
    best = searched().found(moving=False)
    assert best.crossings > 0
    assert searched().found(moving=False, fewer_than=best.crossings + 1).crossings == best.crossings
    assert not searched().found(moving=False, fewer_than=best.crossings).columns


def test_wishes_are_granted():
    made = layering("0>2 1>3", "0 1|2 3", {0: 2, 1: 1})
    assert ordered(made) == [[1, 0], [3, 2]]
    crossed = layering("0>2 1>3", "0 1|2 3", {0: 2, 1: 1, 2: 1, 3: 2})
    assert ordered(crossed) == [[1, 0], [2, 3]]
    assert crossings(ordered(crossed), crossed) == 1


def stand(text: str, columns: str, urgent: str = "") -> list[int]:
    made = layering(text, columns)
    ties = [Tie(tail, head, (f"{tail}>{head}" not in urgent.split(),), 1.0)
            for tail, heads in enumerate(made.behind) for head in heads]  # fmt: skip
    return aligned(made.columns, ties, [Room(12, 12)] * len(made.before))


@pytest.mark.parametrize(
    ("text", "columns", "urgent", "found"),
    [
        ("0>1 1>2", "0|1|2", "", [0, 0, 0]),
        ("0>3 1>3 2>3", "0 1 2|3", "1>3", [0, 4, 8, 4]),  # the urgent one is straight
        ("0>3 1>3 2>3", "0 1 2|3", "2>3", [0, 4, 8, 8]),
        ("0>4 1>4 2>5 3>5 4>6 5>6", "0 1 2 3|4 5|6", "1>4 2>5 4>6", [0, 4, 8, 12, 4, 8, 4]),
    ],
)
def test_places_across(text, columns, urgent, found):
    assert stand(text, columns, urgent) == found


def test_what_is_joined_comes_near_though_something_stands_in_its_way():
    """Both lower items move down together, towards what they are joined to."""
    places = stand("0>3 1>4 2>5", "0 1 2|3 4 5", "")
    assert places[:3] == places[3:]


def test_places_are_whole_units():
    """So that no line tilts by less than one."""
    assert UNIT == 6
    assert all(isinstance(place, int) for place in stand("0>2 1>2 2>3", "0 1|2|3"))


@pytest.mark.parametrize(
    ("widths", "spine", "climbs", "even", "gaps"),
    [
        ([38, 27, 27], [38, 27, 27], [0, 0], True, [36, 36]),
        ([38, 38, 27], [38, 27, 27], [0, 0], True, [36, 36]),  # something wider beside the spine
        ([38, 27, 27], [38, 27, 27], [140, 0], True, [45, 45]),  # all as wide as the one in which arrows climb
        ([38, 27, 27], [38, 27, 27], [900, 0], True, [60, 60]),
        ([38, 27, 27], [38, 27, 27], [900, 0], False, [110, 44]),  # about labels
    ],
)
def test_gaps_along_the_spine(widths, spine, climbs, even, gaps):
    made = bands(widths, spine, climbs, 36, even, False, [1.0] * 3)
    between = [b.middle - a.middle - (one + other) / 2 for (a, b), (one, other) in zip(
        pairwise(made), pairwise(spine), strict=True)]  # fmt: skip
    assert between == pytest.approx(gaps)


@pytest.mark.parametrize(
    ("points", "found"),
    [
        ([(0, 0), (10, 0), (20, 0)], [(0, 0), (20, 0)]),
        ([(0, 0), (0, 0), (10, 10), (20, 20), (30, 20)], [(0, 0), (20, 20), (30, 20)]),
        ([(0, 0), (10, 0), (5, 0)], [(0, 0), (10, 0), (5, 0)]),  # a way back is a corner
    ],
)
def test_a_way_has_only_its_corners(points, found):
    assert simplified(points) == found


def test_corners_are_round_and_ends_stay():
    way = rounded([(0, 0), (100, 0), (100, 100)])
    assert (way[0], way[-1]) == ((0, 0), (100, 100))
    assert len(way) % 3 == 1
    (x, y), (end_x, end_y) = way[3], way[6]
    assert (x, y, end_x, end_y) == pytest.approx((88, 0, 100, 12))


@pytest.mark.parametrize("end", [(20, 0), (5, 0)])
def test_a_way_straight_on_or_back_has_no_bend(end):
    way = rounded([(0, 0), (10, 0), end])
    assert way[-1] == end
    assert {round(y, 6) for _, y in way} == {0}


def test_a_bend_right_behind_the_tail_is_as_round_and_leaves_the_tip_straight():
    way = rounded([(0, 0), (14, 0), (14, 100), (35, 100)])
    assert (way[3], way[6]) == (pytest.approx((2, 0)), pytest.approx((14, 12)))
    assert way[12] == pytest.approx((26, 100))  # 9 before the tip


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("sign", [1, -1])
def test_arrows_end_apart_and_in_their_order(count, sign):
    pill = Pill(0, 0, 38, 38, "variable")
    others = [(sign * 80, 60.0 * (k - count // 2)) for k in range(count)]
    found = ports(pill, others, [False] * count, sign)
    assert all(hypot(x, y) == pytest.approx(19) and sign * x > 0 for x, y in found)
    assert [y for _, y in found] == sorted(y for _, y in found)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= TIPS - 0.01 for a, b in pairwise(found))
    assert found[count // 2][1] == pytest.approx(0)  # the level one stays level


def test_on_a_flat_side_arrows_are_level_where_they_can_be():
    pill = Pill(0, 0, 38, 120, "variable")
    found = ports(pill, [(-80, -30.0), (-80, 20.0)], [False, False], -1)
    assert found == [pytest.approx((-19, -30)), pytest.approx((-19, 20))]


def test_two_arrows_between_the_same_ends_are_side_by_side():
    found = ports(Pill(0, 0, 38, 38, "variable"), [(80, 0.0), (80, 0.0)], [False, False], 1)
    assert [round(y, 2) for _, y in found] == [-3.25, 3.25]


def test_an_arrow_may_leave_further_to_the_front_than_where_it_aims():
    aimed, forward = (
        ports(Pill(0, 0, 40, 40, "variable"), [(10, 90.0)], [False], 1, *most)[0] for most in ((), (0.6,))
    )
    assert aimed == pytest.approx((20 * 10 / hypot(10, 90), 20 * 90 / hypot(10, 90)))
    assert forward == pytest.approx((20 * cos(0.6), 20 * sin(0.6)))


def test_nodes_grow_with_their_arrows():
    assert radius_for(2, False) == 0 < radius_for(8, False) < radius_for(12, False) < radius_for(12, True)


@pytest.mark.parametrize(("end", "found"), [((40, 40), True), ((40, 0), False), ((8, 40), False), ((-40, -40), False)])
def test_a_line_meets_a_box(end, found):
    assert meets((0, 0), end, [(10, 10, 20, 20)]) is found


@pytest.mark.parametrize(
    ("middle", "away"),
    [
        ((4, 3), (-0.6, 0.8)),  # beside the line, on either side
        ((4, 3), (0.6, -0.8)),
        ((8, 6), (0.8, 0.6)),  # behind its end
        ((0, 0), (-0.8, -0.6)),  # before its beginning
    ],
)
@pytest.mark.parametrize(("distance", "found"), [(2.9, True), (3.1, False)])
def test_a_line_keeps_a_margin_from_a_round_shape(middle, away, distance, found):
    shape = Pill(middle[0] + distance * away[0], middle[1] + distance * away[1], 4, 4, "variable")
    assert runs_into((0, 0), (8, 6), [shape], 1) is found


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ((5.9, -20), (5.9, 20), True),  # past a round end
        ((6.1, -20), (6.1, 20), False),
        ((1, -20), (2, 20), True),  # across
        ((-20, 2.9), (20, 2.9), True),  # along
        ((-20, 3.1), (20, 3.1), False),
        ((1, 4), (2, 20), False),  # not as far as that
        ((5.3, 2.3), (6.3, 20), False),  # beside the corner that it has not
        ((5.3, 2.4), (15.9, 7.2), False),  # straight away from its middle
    ],
)
def test_a_line_keeps_a_margin_from_a_long_shape(start, end, found):
    """Ten long and four high, its ends round, with a margin of one."""
    assert runs_into(start, end, [Pill(0, 0, 10, 4, "variable")], 1) is found


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        (((0, 0), (200, 5)), ((0, 5), (200, 10)), True),  # beside each other
        (((0, 0), (200, 0)), ((0, 9), (200, 9)), False),  # far enough apart
        (((0, 0), (200, 35)), ((0, 35), (200, 0)), False),  # they cross at 20 degrees,
        (((0, 0), (200, 24)), ((0, 24), (200, 0)), True),  # and at 14
        (((46, 234), (98, 624)), ((28, 329), (98, 504)), True),  # as steep as x and h climb in an LSTM cell
        (((150, 0), (350, 100)), ((150, 5), (350, 105)), True),  # wherever the gap is
        (((0, 0), (200, 5)), ((180, 5), (380, 10)), False),  # not for long
        (((0, 0), (100, 5)), ((100, 5), (200, 10)), False),  # one behind the other
    ],
)
def test_arrows_that_cross_run_together_only_at_a_small_angle(one, other, close):
    pair = [Climb(0, start, end, tail, tail + 1) for tail, (start, end) in ((1, one), (3, other))]
    assert bool(list(crowded(pair))) is close


ALIKE = Climb(0, (0, 0), (60, 420), 1, 2), Climb(0, (0, 70), (60, 350), 3, 4)


@pytest.mark.parametrize(
    ("other", "hopeless"),
    [
        (ALIKE[1], True),  # at no width do they cross at 18 degrees
        (ALIKE[1].replace(start=(0, 190), end=(60, 350)), False),  # it climbs much less
        (ALIKE[1].replace(start=(0, 350), end=(60, 70)), False),  # the other way
        (ALIKE[1].replace(end=(60, 490)), False),  # they do not cross
        (ALIKE[1].replace(tail=1), False),  # they cross near to where both begin
    ],
)
def test_two_that_climb_alike_cross_at_a_small_angle_in_any_gap(other, hopeless):
    assert ALIKE[0].is_hopeless(other) == hopeless
    if hopeless:
        assert all(list(crowded(one.stretched(times) for one in (ALIKE[0], other))) for times in (1, 2, 4, 8))


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        (((0, 0), (200, 24)), ((0, 24), (200, 0)), 1.0),  # flat ones cross at a smaller angle in a wider gap
        (((0, 0), (50, 90)), ((0, 5), (50, 95)), WIDER),  # steep ones beside each other
        (((46, 234), (98, 624)), ((28, 329), (98, 504)), WIDER),
    ],
)
def test_how_much_wider_a_gap_becomes_at_once(one, other, times):
    first, second = (Climb(0, start, end, tail, tail + 1) for tail, (start, end) in ((1, one), (3, other)))
    assert wider(first, second) == times


@pytest.mark.parametrize("seed", range(20))
def test_what_is_known_of_an_order_is_what_a_new_count_says(seed):
    random = Random(seed)
    columns = [list(range(first, first + 6)) for first in range(0, 24, 6)]
    behind = [random.sample(range(6), random.randint(0, 4)) if item < 18 else [] for item in range(24)]
    behind = [[6 * (item // 6 + 1) + other for other in found] for item, found in enumerate(behind)]
    before = [[item for item in range(24) if other in behind[item]] for other in range(24)]
    made = Ordering([random.sample(items, 6) for items in columns], before, behind)
    for number in (1, 2, 0, 3):
        at_first = made.crossings()
        made.exchange([{} for _ in before])
        assert made.crossings() == Ordering(made.columns, before, behind).crossings() <= at_first
        made.put(number, random.sample(made.columns[number], 6))
        assert made.crossings() == Ordering(made.columns, before, behind).crossings()


def test_groups_stand_as_if_the_later_read_all_of_the_earlier():
    ends = arrows("0>2 1>2 2>5 3>5 4>6 5>6 5>8 7>8")
    groups = [frozenset({0, 1, 2}), frozenset({3, 5}), frozenset({7, 8})]
    pairs = [(tail, head) for one, other in ((0, 1), (0, 2), (1, 2)) for tail in groups[one] for head in groups[other]]
    named = [vertex % 2 == 0 for vertex in range(9)]
    plain = Layers([1] * 9, sorted({*ends, *pairs}), named)
    for ahead in ([0] * 9, [int(vertex == 3) for vertex in range(9)]):
        assert grouped_layers([1] * 9, ends, named, groups, ()).columns(ahead) == plain.columns(ahead)


FLAT, STEEP = ((0, 0), (60, -144)), ((0, 100), (60, -200))  # which cross at 11 degrees


@pytest.mark.parametrize(
    ("boxes", "beside", "late", "early"),
    [
        (0, [], True, True),  # it joins rails
        (4, [], True, False),  # it comes from a rail: the fourth item and those after it are none
        (9, [], None, None),  # boxes
        (4, [((0, 160), (60, -90))], None, None),  # what it would cross then and does not cross now
    ],
)
def test_one_of_two_arrows_that_cross_becomes_steeper_along_its_rails(boxes, beside, late, early):
    flat, steep = Climb(0, *FLAT, 1, 2), Climb(0, *STEEP, 4, 3 if boxes else 5)
    others = [Climb(0, *ends, 6, 7) for ends in beside]
    assert list(crowded([flat, steep])) == [(steep, flat)] or list(crowded([flat, steep])) == [(flat, steep)]
    found = steeper(flat, steep, [flat, steep, *others], boxes)
    assert (found is not None and found[0]) == (steep if late is not None else False)
    if found is not None:
        assert (found[1] > 0, found[2] > 0) == (late, early)
        (u, v), (u1, v1) = steep.start, steep.end
        made = steep.replace(start=(u + found[1], v), end=(u1 - found[2], v1))
        assert not list(crowded([flat, made]))


def test_the_less_steep_of_two_steep_arrows_stays_level_until_the_other_has_crossed_it():
    upper, lower = Climb(0, (0, 0), (110, 612), 9, 2), Climb(0, (0, 60), (120, 563), 8, 3)  # from rails to boxes
    climb, late, early = steeper(upper, lower, [upper, lower], 8)
    assert (climb, early) == (lower, 0)
    assert late > 60 / upper.slope  # where the other one is as far across


def test_arrows_that_do_not_cross_become_no_steeper():
    one, other = (Climb(0, (0, v), (60, v - 150), tail, tail + 1) for v, tail in ((0, 1), (4, 3)))
    assert list(crowded([one, other]))
    assert steeper(one, other, [one, other], 0) is None
