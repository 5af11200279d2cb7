"""The ways of arrows along the places of items, each as the corners that it has at each of them."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import ceil, dist
from operator import itemgetter

from graphviz_ad.drawing.layered.fan import NEAR, TAP, Fan, fan_of
from graphviz_ad.drawing.layered.routes import CLEAR, meets, ports, runs_into
from graphviz_ad.drawing.layered.standing import Standing
from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Pill

BESIDE_NUMBERS = 3.0  # an arrow keeps so far from numbers, along
LEAST_STUB, STUB = 8.0, 14.0  # so far a flat arrow is level before it climbs, but in the nearer half of the gap
APART, EXITS = 6.1, 5.5  # so far apart tips at one box are at least, and so far where arrows leave it
FORWARD = {False: (1.2, 0.9, 0.6, 0.4), True: (1.2, 0.9, 0.7, 0.6)}  # where one leaves a box, or reaches it
ROOMIER = {True: (1.2, 1.4, 1.7, 2.0), False: (1.2, 1.4, 1.7)}  # so many times as wide may a gap become for that, in a
# figure with labels or without, of which all gaps are alike
HEAD = 3.5  # half as wide is the head of an arrow
MORE = 8  # arrows, at most, that a box is at once to have more room for

Way = list[list[Point]]
Taps = Mapping[int, Collection[int]]


def joins_of(chains: Sequence[Sequence[int]]) -> list[int]:
    """How many items at the beginning of each arrow are drawn with a longer one on the same rail."""
    joins = [0] * len(chains)
    drawn: set[int] = set()
    for number in sorted(range(len(chains)), key=lambda number: -len(chains[number])):
        shared = [at for at, item in enumerate(chains[number]) if at and item in drawn]
        joins[number] = shared[-1] if shared else 0
        drawn.update(chains[number][1:-1])
    return joins


def taps_of(chains: Sequence[Sequence[int]], joins: Sequence[int]) -> dict[int, set[int]]:
    """The items at which arrows leave a longer one, each with all that follow there."""
    following: dict[int, set[int]] = {chain[join]: set() for chain, join in zip(chains, joins, strict=True) if join}
    for chain, join in zip(chains, joins, strict=True):
        for item, to in pairwise(chain[join or 1 :]):  # what comes before is a part of another arrow
            if item in following:
                following[item].add(to)
    return following


def ways_of(
    standing: Standing, chains: Sequence[Sequence[int]], joins: Sequence[int], taps: Taps, mirrored: bool
) -> list[Way]:
    """The way of each arrow in the direction of the data, from where it leaves a longer one; those that begin or end at
    one box apart there."""
    fan = fan_of(standing, taps)
    ways = [_way(standing, chain, join, fan) for chain, join in zip(chains, joins, strict=True)]
    at_ends: dict[tuple[int, int], list[Way]] = {}
    for way, chain, join in zip(ways, chains, joins, strict=True):
        at_ends.setdefault((chain[-1], -1), []).append(way)
        if not join:
            at_ends.setdefault((chain[0], 1), []).append(way)
    standing.tight, standing.pressed, standing.cramped = {}, {}, fan.cramped
    for (item, sign), beside in at_ends.items():
        is_head = (sign < 0) != mirrored
        found = _aim(standing, item, sign, beside, is_head)
        if len(found) == 1:
            continue
        found.sort(key=itemgetter(1))
        nearest = min(map(dist, found, found[1:]))
        if nearest < (APART if is_head else EXITS):
            standing.tight[item] = _lacking(len(found), nearest)
    return ways


def _lacking(count: int, nearest: float) -> int:
    """For how many more arrows there has to be room at a box, so that those that end there are apart."""
    return min(MORE, max(1, ceil(count * (APART / max(nearest, 1.0) - 1))))


def _way(standing: Standing, chain: Sequence[int], join: int, fan: Fan) -> Way:
    way = [] if join else [[standing.side(chain[0], 1)]]
    steps = list(pairwise(chain))
    for number in range(join or 1, len(steps)):
        coming, following = steps[number - 1 : number + 1]
        item = following[0]
        v, band = standing.across[item], standing.bands[standing.column[item]]
        end = fan.leave.get(following, band.end)
        start = end - TAP
        if number != join:
            start = fan.reach.get(coming, band.start) - standing.reach.get(coming, 0.0)
        end += standing.leave.get(following, 0.0)
        way.append([(start, v), (end, v), *standing.way_back(*following)])
    way.append([standing.side(chain[-1], -1)])
    return way


def _aim(standing: Standing, item: int, sign: int, ways: Sequence[Way], is_head: bool) -> list[Point]:
    """Bring the ends of arrows on one side of a box apart; where they are."""
    u, v = standing.centre(item)
    size = standing.sizes[item]
    margin = CLEAR - 0.05 if is_head else -0.05  # arrows do not quite reach their heads
    length = standing.shapes[item] + 2 * margin
    others = [way[1][0] if sign > 0 else way[-2][-1] for way in ways]
    if len(ways) == 1 and others[0][1] == v:  # as most are
        port = u + sign * length / 2, v
        ways[0][0 if sign > 0 else -1] = [port]
        return [port]
    pill = Pill(u, v, length, standing.breadth(size) - 2 * size.numbers + 2 * margin, "variable")
    side = standing.side(item, sign)
    numbers = _numbers(standing, item)
    near = [standing.beside(item, side, to) for to in others]
    flat = [False] * len(others)
    if numbers or any(near):
        blocked = [_runs_into(side, to, pills) or meets(side, to, numbers)
                   for to, pills in zip(others, near, strict=True)]  # fmt: skip
        flat = _flat(v, others, blocked)
    found = ports(pill, others, flat, sign)
    if any(near):
        late = [not then and _runs_into(end, to, pills)
                for end, to, pills, then in zip(found, others, near, flat, strict=True)]  # fmt: skip
        if any(late):
            flat = _flat(v, others, [now or then for now, then in zip(late, blocked, strict=True)])
            found = ports(pill, others, flat, sign)
    numbers = [(left - HEAD * is_head, top, right + HEAD * is_head, bottom) for left, top, right, bottom in numbers]

    def forward(others: Sequence[Point]) -> list[Point] | None:
        """Where all leave the box further to the front, or reach it, and run into nothing."""
        for angle in FORWARD[is_head]:
            ends = ports(pill, others, [False] * len(others), sign, angle)
            if not any(_runs_into(*way) or meets(*way[:2], numbers) for way in zip(ends, others, near, strict=True)):
                return ends
        return None

    if any(flat) and (ends := forward(others)) is not None:
        found, flat = ends, [False] * len(others)
    elif any(flat):
        gap = standing.column[item] - (sign < 0)
        for times in ROOMIER[any(standing.items.of_labels)]:
            if forward([(side[0] + times * (to[0] - side[0]), to[1]) for to in others]) is not None:
                standing.pressed[gap] = max(standing.pressed.get(gap, 1.0), times)
                break
    for way, is_flat, port in zip(ways, flat, found, strict=True):
        corners = [port]
        if is_flat:
            half = max(standing.shapes[item], size.length) / 2
            corners.append((_corner(standing, item, sign, u + sign * half), port[1]))
        way[0 if sign > 0 else -1] = corners[::sign]
    return found


def _corner(standing: Standing, item: int, sign: int, edge: float) -> float:
    """Where an arrow that is level at the edge of a shape begins to climb, or ends to."""
    column = standing.column[item]
    band, beyond = standing.bands[column], standing.bands[column + sign]
    if sign > 0:
        return max(band.end, edge + LEAST_STUB, min(edge + STUB, (band.end + beyond.start) / 2))
    return min(band.start, edge - LEAST_STUB, max(edge - STUB, (band.start + beyond.end) / 2))


def _flat(v: float, others: Sequence[Point], blocked: Sequence[bool]) -> list[bool]:
    """Which arrows have to be level at a box: all that lead to the side of its middle where one is blocked."""
    sides = {to[1] > v for to, is_blocked in zip(others, blocked, strict=True) if is_blocked}
    return [to[1] != v and (to[1] > v) in sides for to in others]


def _runs_into(end: Point, to: Point, pills: Sequence[Pill]) -> bool:
    """Whether an arrow would run into something beside its box."""
    return abs(to[1] - end[1]) >= 0.01 and runs_into(end, to, pills, NEAR)


def _numbers(standing: Standing, item: int) -> list[tuple[float, float, float, float]]:
    """The room of the numbers on both sides of a shape, if it has any."""
    (u, v), size = standing.centre(item), standing.sizes[item]
    if not size.numbers:
        return []
    half, outer = size.length / 2 + BESIDE_NUMBERS, standing.breadth(size) / 2
    inner = outer - size.numbers
    return [(u - half, v - outer, u + half, v - inner), (u - half, v + inner, u + half, v + outer)]
