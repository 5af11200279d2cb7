"""What arrows run into, or run beside for too long; and that nothing could stand nearer to what it is joined to."""

from __future__ import annotations

from math import hypot
from random import Random

import pytest

from graphviz_ad.drawing.layered.coordinates import Alignment, Room, Tie
from graphviz_ad.drawing.layered.crowding import Climb, crowded
from graphviz_ad.drawing.layered.routes import _apart, runs_into
from graphviz_ad.drawing.scene import Pill


def distance(point: tuple[float, float], pill: Pill) -> float:
    """From a point to the line in the middle of a shape, whose round ends are about its ends."""
    radius = min(pill.width, pill.height) / 2
    across, down = pill.width / 2 - radius, pill.height / 2 - radius
    return hypot(max(0.0, abs(point[0] - pill.x) - across), max(0.0, abs(point[1] - pill.y) - down)) - radius


@pytest.mark.parametrize("seed", range(12))
def test_a_line_runs_into_a_shape_where_one_of_its_points_is_too_near(seed):
    """Round, long and high shapes, anywhere beside lines in any direction."""
    random = Random(seed)
    for _ in range(40):
        a, b = ((random.uniform(-80, 80), random.uniform(-80, 80)) for _ in range(2))
        size = random.choice(((20, 20), (50, 20), (20, 50)))
        pill, margin = Pill(random.uniform(-60, 60), random.uniform(-60, 60), *size, "variable"), random.choice((0, 5))
        points = ((a[0] + (b[0] - a[0]) * k / 400, a[1] + (b[1] - a[1]) * k / 400) for k in range(401))
        least = min(distance(point, pill) for point in points)
        if abs(least - margin) > 0.01:
            assert runs_into(a, b, [pill], margin) == (least < margin), (a, b, pill, margin)


def test_of_several_shapes_one_is_enough():
    near, far = Pill(50, 0, 20, 20, "variable"), Pill(50, 90, 20, 20, "variable")
    assert runs_into((0, 0), (100, 0), [far, near], 0)
    assert not runs_into((0, 0), (100, 0), [far], 0)


@pytest.mark.parametrize("along", [0, 500])
@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        (((0, 0), (100, 0)), ((0, 4), (100, 4)), True),
        (((0, 0), (100, 0)), ((90, 4), (190, 4)), False),  # not for long
        (((0, 0), (50, 0)), ((60, 4), (110, 4)), False),  # one behind the other
        (((0, 0), (100, 0)), ((60, 4), (160, 4)), True),
        (((0, 0), (50, 200)), ((0, 60), (50, 260)), False),  # as steep, 15 apart
        (((0, 0), (50, 200)), ((0, 20), (50, 220)), True),  # 5 apart
        (((0, 200), (50, 0)), ((0, 220), (50, 20)), True),
    ],
)
def test_arrows_run_together_where_both_are_near_for_long(one, other, close, along):
    first, second = (Climb(0, *((u + along, v) for u, v in ends), tail, tail + 1)
                     for tail, ends in ((1, one), (3, other)))  # fmt: skip
    assert bool(list(crowded([first, second]))) == bool(list(crowded([second, first]))) == close


@pytest.mark.parametrize(
    ("wanted", "fixed", "found"),
    [
        ([-10, 0, 10], "", [-10, 0, 10]),
        ([0, 0], "", [-3, 3]),  # six apart
        ([0, 0, 0], "", [-6, 0, 6]),
        ([0, 2, 20], "", [-2, 4, 20]),
        ([0, 2, 20], "0", [0, 6, 20]),  # the first one stays
        ([0, 2, 20], "1", [-4, 2, 20]),
        ([18, 30], "", [14, 20]),  # 20 is as far as they may go
        ([-30, -18], "", [-20, -14]),
        ([30], "", [20]),
    ],
)
def test_places_are_moved_apart_as_little_as_need_be(wanted, fixed, found):
    assert _apart(wanted, [str(k) in fixed.split() for k in range(len(wanted))], 6, 20) == pytest.approx(found)


@pytest.mark.parametrize("seed", [*range(30), 82, 703, 1353, 1869])  # of these, not all move in the first sweep
def test_nothing_could_move_nearer_to_what_it_is_joined_to(seed):
    """Of items in a few columns, some of which take much room, and some of whose lines need not be straight."""
    random = Random(seed)
    count, gaps = random.randint(2, 7), random.randint(2, 5) - 1
    columns = [list(range(first, first + count)) for first in range(0, count * (gaps + 1), count)]
    pairs = {(random.choice(columns[gap]), random.choice(columns[gap + 1]))
             for gap in [random.randrange(gaps) for _ in range(random.randint(2, 3 * count))]}  # fmt: skip
    ties = [Tie(tail, head, (random.random(),), random.choice((1.0, 1.5, 2.0)), random.random() < 0.3)
            for tail, head in sorted(pairs)]  # fmt: skip
    rooms = [Room(random.choice((6, 12, 20)), random.choice((6, 12, 30))) for column in columns for _ in column]
    made = Alignment(columns, ties, len(rooms))
    made.places(rooms)
    made.failed = {1: {}, -1: {}}  # all is tried again
    assert not any(made._moved(block, sign) for block in made.order for sign in (1, -1))
