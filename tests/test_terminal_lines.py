"""Lines between the layers of a figure in text, and its rows."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.formula import Variable
from graphviz_ad.drawing.layered.arrangement import arranged
from graphviz_ad.formats.terminal.channels import Trunk, route
from graphviz_ad.formats.terminal.folding import folded
from graphviz_ad.lesson.views import sheet_of
from tests.conftest import system


def routed(nets: str) -> list[Trunk]:
    """`4>0 2>5`: lines that come in at row 4 and go out at row 0, …"""
    return route([((int(tail),), (int(head),)) for tail, _, head in (net.partition(">") for net in nets.split())])


def crossed(one: Trunk, other: Trunk, is_left: bool) -> int:
    """How often two lines cross if the trunk of one is left of the other's."""
    left, right = (one, other) if is_left else (other, one)
    top, bottom = left.span
    high, low = right.span
    return sum(high < row < low for row in left.rights) + sum(top < row < bottom for row in right.lefts)


@pytest.mark.parametrize(
    ("nets", "tracks"),
    [
        ("1>5 3>7", [1, 0]),  # so they do not cross
        ("3>7 1>5", [0, 1]),
        ("5>1 7>3", [0, 1]),
        ("2>4 4>0", [1, 0]),  # though they cross: in row 4 one has to end before the other begins
        ("4>0 0>3 2>5", [2, 1, 0]),  # the first and the last cross once either way, and let the second choose
        ("1>2 4>6 6>0 2>3", [2, 2, 0, 1]),  # on as few tracks as can be
        ("1>3 4>6", [0, 1]),  # one beneath the other: not so near that they seem to be one
        ("1>3 5>7", [0, 0]),
        ("1>1 0>2", [None, 0]),  # straight on, through the other
    ],
)
def test_trunks_stand_side_by_side(nets, tracks):
    assert [trunk.track for trunk in routed(nets)] == tracks


def test_of_two_trunks_the_one_that_crosses_less_often_there_is_left():
    """For all rows: what comes in or goes out between the ends of a trunk beyond it crosses it."""
    for lefts, rights in product(permutations(range(5), 2), repeat=2):
        one, other = routed(" ".join(f"{2 * tail}>{2 * head}" for tail, head in zip(lefts, rights, strict=True)))[:2]
        if one.track is None or other.track is None or one.track == other.track or one.onward or other.onward:
            continue
        is_left = one.track < other.track
        may_change = not set(one.lefts + other.lefts) & set(one.rights + other.rights)
        assert not may_change or crossed(one, other, is_left) <= crossed(one, other, not is_left), (one, other)
        assert one.rights != other.lefts or not is_left
        assert other.rights != one.lefts or is_left


# ---- rows


@pytest.mark.parametrize(
    ("view", "most", "rows"),
    [
        ("forward-simplified", 9, ["x w x_1 x_2 x_3 x_4 y"]),
        ("forward-simplified", 4, ["x x_1 x_2 x_3", "w x_3 x_4 y"]),
        ("forward-simplified", 3, ["x x_1 x_2", "x_2 x_3", "w x_3 x_4", "x_4 y"]),
        ("forward-simplified", 2, []),  # in no row with two is all that makes x₄
        ("backward-simplified", 4, ["y x_4 x_3 w", "x_3 x_2 x_1 x"]),
    ],
)
def test_a_row_holds_as_much_as_can_be_drawn_and_the_next_begins_with_its_end(view, most, rows):
    source = "x_1 = sin(x); x_2 = exp(x_1); x_3 = sin(x_2); x_4 = x_3*w; y = x_4^2"
    (panel,) = sheet_of(system(source), (view,)).panels
    assert isinstance(panel.content, Diagram)

    def names(diagram: Diagram) -> list[str] | None:
        found = [vertex.label.name for vertex in diagram.vertices if isinstance(vertex.label, Variable)]
        return found if len(found) <= most else None

    assert [" ".join(row) for row in folded(panel.content, arranged([panel.content]), names)] == rows
