"""Where a figure goes on in a further row, or on a further page."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter

import pytest

from graphviz_ad.drawing.layered.folding import AIR, RETURN, cuts
from graphviz_ad.drawing.layered.items import FigureItems
from graphviz_ad.drawing.layered.spacing import Band
from graphviz_ad.drawing.paging import _seams_between, _Unit, with_seams
from graphviz_ad.drawing.panel import Drawing, Seam
from graphviz_ad.drawing.placement import Size
from graphviz_ad.drawing.scene import Curve, Group, Pill

ONE = AIR + RETURN  # what a row takes beside it where an arrow goes on


@pytest.mark.parametrize(
    ("more", "joined", "width", "most", "found"),
    [
        ("", [], 200, 4, []),  # they fit
        ("", [], 100 + 2 * ONE, 4, [5]),  # a row as full as can be, and what is left in the last one
        ("", [], 60 + 2 * ONE, 4, [3, 6]),
        ("", [(3, 4)], 60 + 2 * ONE, 4, [2, 5]),  # what belongs together stays so
        ("", [], 19 + ONE, 4, []),  # it cannot be
        # A row that is somewhat emptier is better than one more arrow that goes on,
        ("4>6", [], 100 + 2 * ONE, 4, [4]),
        ("3>6", [], 104 + 2 * ONE, 4, [3]),
        ("2>7", [], 116 + 2 * ONE, 4, [5]),  # but not one that is half empty.
        ("0>9", [], 104 + 2 * ONE, 2, [5]),
        ("0>9", [], 104 + 2 * ONE, 1, []),  # no two may go on
    ],
)
def test_rows_are_few_and_full_and_few_arrows_go_on(more, joined, width, most, found):
    """Ten boxes of 20 side by side, each read by the next one, and one of them by a later one too."""
    columns = [[number] for number in range(10)]
    chains = [list(pair) for pair in pairwise(range(10))]
    if more:
        tail, head = map(int, more.split(">"))
        rails = range(10, 10 + head - tail - 1)
        chains.append([tail, *rails, head])
        for at, rail in enumerate(rails, tail + 1):
            columns[at].append(rail)
    keys = [(number, -1, -1) for number in range(10)]
    stand = FigureItems(columns, [False] * 10, keys, [Size(20, 20)] * 10, chains, [None] * len(chains), 20)
    assert cuts(stand, [Band(20 * k, 20 * k + 20) for k in range(10)], joined, width, most) == found


# ---- pages


@pytest.mark.parametrize(
    ("stand", "found"),
    [
        ("0-10 20-30", "15-15"),  # in the middle where nothing stands
        ("20-30 40-60 0-10", "15-15 35-35"),  # in any order
        ("0-20 10-30", "20-10"),  # side by side: the upper part ends below where the lower one begins
        ("0-50 10-20 60-80", "20-0 55-55"),
        ("0-50", ""),
    ],
)
def test_a_drawing_may_be_parted_between_what_stands_in_it(stand, found):
    units = [_Unit((), *map(float, word.split("-"))) for word in stand.split()]
    seams = [Seam(*map(float, word.split("-"))) for word in found.split()]
    assert sorted(_seams_between(units), key=attrgetter("top")) == sorted(seams, key=attrgetter("top"))


def stack(heights: str, *seams: float) -> Drawing:
    """Vertices by where their shapes begin and end, arrows with ~ before them, and the seams that there are."""
    groups, lowest = [], 0.0
    for number, word in enumerate(heights.split()):
        spans = [tuple(map(float, span.split("-"))) for span in word.lstrip("~").split("+")]
        lowest = max(lowest, spans[-1][1])
        if word.startswith("~"):
            ((top, low),) = spans
            groups.append(Group(f"a{number}", "", (Curve(((0, top), (0, top), (0, low), (0, low)), "arrow"),)))
            continue
        shapes = tuple(Pill(0, (top + low) / 2, 20, low - top, "variable") for top, low in spans)
        groups.append(Group(f"n{number}", "", shapes, node=number))
    return Drawing(20, lowest, tuple(groups), seams=tuple(Seam(seam, seam) for seam in seams))


@pytest.mark.parametrize(
    ("heights", "seams", "page", "beneath", "found"),
    [
        ("0-30 40-70 80-100", [], 100, 0, []),  # it stands on one page
        ("0-30 40-70 80-100", [], 100, 10, [75]),  # which has to hold its caption too
        ("0-30 40-70 80-100", [], 50, 0, [35, 75]),
        ("0-30 40-70 80-100", [35], 70, 0, [35]),  # nothing is parted that fits
        ("0-30 40-70 80-100", [35], 50, 0, [35, 75]),
        ("0-30 40-70 75-100 110-135 140-165", [105], 72.5, 0, [72.5, 105]),
        ("0-30 40-70 75-100 110-135 140-165", [72.5], 72.5, 0, [72.5, 137.5]),
        ("0-30 40-70", [], 35, 0, [35]),
        ("0-30 40-70 80-300", [], 50, 0, [35, 75]),  # as far as it can be
        # Late on the page, but where few arrows pass, and nothing stands side by side.
        ("0-30 40-50 55-60 65-100", [], 70, 0, [62.5]),
        ("0-30 40-50 55-60 65-100 ~58-64", [], 70, 0, [52.5]),
        ("0-30 40-50 55-60 65-100 ~56-61", [], 70, 0, [62.5]),
        ("0-30 40-50 55-60 65-100 ~51-64", [], 70, 0, [62.5]),  # no page is half empty for that
        ("0-10 15-100", [], 90, 0, [12.5]),  # if it need not be
        ("0-40 42-60 50-68 70-100", [], 65, 0, [41]),
        ("0-5+5-25+25-30 40-45+45-65+65-70", [], 50, 0, [35]),  # not between a vertex and its numbers
        ("0-300", [], 50, 0, []),  # it cannot be
    ],
)
def test_a_part_higher_than_a_page_is_parted(heights, seams, page, beneath, found):
    made = with_seams(stack(heights, *seams), page, beneath)
    assert [seam.top for seam in made.seams] == found
