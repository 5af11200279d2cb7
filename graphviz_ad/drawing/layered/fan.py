"""Where arrows leave a rail that they share: one after the other, those to one side beside each other."""

from collections.abc import Collection, Mapping, Sequence
from math import hypot

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.routes import runs_into
from graphviz_ad.drawing.layered.standing import Standing
from graphviz_ad.drawing.placement import Point

TAP = 16.0  # so far an arrow that leaves a rail runs along it
STEP = 8.0  # it does so this much after the one that leads further across, or more,
BESIDE = 6.5  # so that they climb so far apart
NEAR = 5.0  # an arrow keeps so far from boxes

ItemPair = tuple[int, int]  # an item and the one behind it on the way of an arrow


class Fan(Record):
    """Where arrows leave a rail for another item, and where they reach that, if it is a rail too: along. Those in
    `cramped` cannot be reached beside the others: on the side of so much."""

    leave: dict[ItemPair, float]
    reach: dict[ItemPair, float]
    cramped: dict[int, int]


def fan_of(standing: Standing, taps: Mapping[int, Collection[int]]) -> Fan:
    """The fans at all rails that several arrows leave to one side: those that lead far across first, else one that
    leads to what is near along, and not so far across, would cross the other one."""
    fan = Fan({}, {}, {})
    for item, found in taps.items():
        v = standing.across[item]
        for side in (-1, 1):
            near = [(far, to) for to in found if (far := side * (standing.across[to] - v)) > 0]
            if len(near) > 1:
                near.sort(reverse=True)
                _spread(standing, item, near, fan)
    return fan


def _spread(standing: Standing, item: int, near: Sequence[tuple[float, int]], fan: Fan) -> None:
    """Those to one side, with how far across they lead: in the column of the rail or, where they would run into a box
    there, behind it."""
    v, band = standing.across[item], standing.bands[standing.column[item]]
    gap = standing.bands[standing.column[near[0][1]]].start - band.end
    flattest = min(far / hypot(far, _begin(standing, to) - band.end) for far, to in near)
    wanted, steps = max(STEP, BESIDE / flattest), len(near) - 1
    step = min(wanted, max(0.0, band.end - band.start - TAP) / steps)
    for first, between in ((band.end - steps * step, step), (band.end, min(wanted, gap / 2 / steps))):
        last = reach = first
        furthest = near[0][0]
        for number, (far, to) in enumerate(near):
            beside = last + (reach - last) * far / furthest if number else 0.0  # the one that leads further
            last, furthest = first + number * between, far
            begin, there = _begin(standing, to), standing.across[to]
            middle = standing.bands[standing.column[to]].middle - standing.lengths[to] / 2  # of it or of its label
            reach = max(begin, min(beside + between, middle))
            if _runs_into(standing, to, (reach, there), (last, v)):
                if reach > begin:
                    fan.cramped[to] = 1 if there < v else -1
                reach = begin
            fan.leave[item, to], fan.reach[item, to] = last, reach
        ways = (((fan.leave[item, to], v), (fan.reach[item, to], standing.across[to])) for _, to in near)
        if not any(_runs_into(standing, item, *way) for way in ways):
            break


def _begin(standing: Standing, item: int) -> float:
    """Where a rail begins, or the middle of a box's round end, at which arrows aim: along."""
    band = standing.bands[standing.column[item]]
    if item >= len(standing.sizes):
        return band.start
    size = standing.sizes[item]
    return band.middle - max(0.0, standing.length(size) - standing.breadth(size)) / 2


def _runs_into(standing: Standing, item: int, end: Point, to: Point) -> bool:
    """Whether an arrow would run into something beside an item."""
    return runs_into(end, to, standing.beside(item, end, to), NEAR)
