"""Arrows that nothing simple leads past the labels of a figure run in lanes."""

import pytest
from graphviz_ad.drawing.edge_path import Box, Obstacles
from graphviz_ad.drawing.lanes import Lane, Taken, laned, lanes

from graphviz_ad.drawing.scene import Pill

TAIL, HEAD = Pill(0, 0, 38, 38, "variable"), Pill(400, 0, 38, 38, "variable")
WALL = Box(200, 0, 120, 60)  # in the way of a straight arrow
BELOW = ((0, 0), (150, 45), (250, 45), (400, 0))  # Graphviz's way: under the wall


def way(obstacles: list[Box], found=BELOW, label: Box | None = None, lines=(), taken=(), flip: bool = False):
    runs = Taken()
    runs.put(0, taken)
    return next(laned(TAIL, HEAD, label, lines, found, obstacles, runs.beside(1), flip))


def middle(points) -> float:
    """Where the way crosses the middle of the figure."""
    return next(lane.line for lane in lanes(points, False) if lane.start <= 200 <= lane.end)


def test_a_way_past_a_wall_is_level_beside_it_and_meets_nothing():
    made = way([WALL])
    assert (made[0], made[-1]) == ((0, 0), (400, 0))
    assert middle(made) >= 35
    assert Obstacles([TAIL, HEAD], [WALL]).met_by(made, (TAIL, HEAD)) is None


def test_it_takes_the_side_that_graphviz_found():
    above = tuple((x, -y) for x, y in BELOW)
    assert middle(way([WALL], above)) <= -35


def test_between_two_walls_it_stays_in_its_lane():
    assert 35 <= middle(way([WALL, Box(200, 90, 120, 60)])) <= 55


def test_it_keeps_away_from_another_arrow():
    alone = middle(way([WALL]))
    assert abs(middle(way([WALL], taken=(Lane(140, 260, alone),))) - alone) >= 10


@pytest.mark.parametrize("lines", [(30.0, -30.0), (-30.0, 30.0)])
def test_it_runs_along_its_own_label_best_on_the_first_line(lines):
    assert middle(way([], label=WALL, lines=lines)) == lines[0]


def test_from_top_to_bottom():
    tail, head = (Pill(pill.y, pill.x, pill.width, pill.height, pill.style) for pill in (TAIL, HEAD))
    wall = Box(WALL.y, WALL.x, WALL.height, WALL.width)
    made = next(laned(tail, head, None, (), [(y, x) for x, y in BELOW], [wall], Taken().beside(0), True))
    assert [(y, x) for x, y in made] == list(way([WALL]))
