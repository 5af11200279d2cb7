"""A grid of cells has all that is near a point, and patterns are compiled when they are first used."""

import pytest

from graphviz_ad.core.patterns import pattern
from graphviz_ad.drawing.nearby import CELL, Nearby
from graphviz_ad.drawing.placement import Area

BOXES = {
    "a node": Area(10, 10, 40, 40),
    "another": Area(30, 20, 70, 50),
    "a long arrow": Area(-5, 200, 20 * CELL, 201),
    "far": Area(9 * CELL, 9 * CELL, 9 * CELL + 1, 9 * CELL + 1),
}


@pytest.mark.parametrize(
    ("point", "near"),
    [
        ((35, 30), ["a node", "another"]),
        ((69, 49), ["another"]),
        ((15 * CELL, 200.5), ["a long arrow"]),
        ((-4, 200.5), ["a long arrow"]),
        ((9 * CELL, 9 * CELL), ["far"]),
    ],
)
def test_all_that_has_a_point_is_found_in_order(point, near):
    grid = Nearby()
    for name, box in BOXES.items():
        grid.add(box, name)
    assert [name for name in grid.at(point) if name in near] == near


def test_what_is_far_is_not_looked_at():
    grid = Nearby()
    for number in range(100):
        grid.add(Area(number * CELL, 0, number * CELL + 1, 1), number)
    assert grid.at((50 * CELL, 0)) == [50]
    assert grid.at((0, 50 * CELL)) == ()


def test_a_pattern_is_one_that_is_compiled():
    assert pattern(r"(\d+)x").match("12x")[1] == "12"
    assert [found[0] for found in pattern("a", 2).finditer("aA")] == ["a", "A"]
