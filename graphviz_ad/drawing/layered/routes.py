"""The ways of arrows: level in their lanes, straight between them, with bends of one radius.

Here `u` runs along the direction of the data and `v` across it.
"""

import itertools
from collections.abc import Iterable, Sequence
from math import hypot, pi, tan

from graphviz_ad.drawing.curves import inside
from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Pill

RADIUS = 12.0  # of bends
TIPS = 7.0  # between the tips of two arrows at one node
SPREADS = [0.0, *(0.1 * k for k in range(1, 16))]  # shares of its radius by which arrows aim beside a node's centre
MOST = 0.9  # of its radius: no arrow aims farther from the centre
LEVEL = 0.6  # so near to the centre an arrow may be level
CLEAR = 1.5  # between an arrow and the shape that it points at


def simplified(points: Sequence[Point]) -> list[Point]:
    """The way without points that are on a straight line between their neighbours."""
    made: list[Point] = []
    for point in points:
        if made and hypot(point[0] - made[-1][0], point[1] - made[-1][1]) < 0.01:
            continue
        while len(made) > 1 and _is_straight(made[-2], made[-1], point):
            made.pop()
        made.append(point)
    return made


def _is_straight(a: Point, b: Point, c: Point) -> bool:
    cross = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    forth = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return abs(cross) < 0.01 and forth > 0


def rounded(points: Sequence[Point]) -> list[Point]:
    """Bézier segments along the way, its corners rounded."""
    first, last = points[0], points[-1]
    made = [first]

    def straight(to: Point) -> None:
        made.extend((made[-1], to, to))

    for a, b, c in zip(points, points[1:], points[2:], strict=False):
        before, after = hypot(b[0] - a[0], b[1] - a[1]), hypot(c[0] - b[0], c[1] - b[1])
        out, into = ((b[0] - a[0]) / before, (b[1] - a[1]) / before), ((c[0] - b[0]) / after, (c[1] - b[1]) / after)
        turn = _turn(out, into)
        reach = min(RADIUS * tan(min(turn, 0.95 * pi) / 2), before / 2, after / 2)
        arm = reach * (1 - 4 / 3 * tan(turn / 4) / tan(turn / 2)) if turn > 0.01 else 0.0
        straight((b[0] - out[0] * reach, b[1] - out[1] * reach))
        end = b[0] + into[0] * reach, b[1] + into[1] * reach
        made.extend(((b[0] - out[0] * arm, b[1] - out[1] * arm), (b[0] + into[0] * arm, b[1] + into[1] * arm), end))
    straight(last)
    return made


def _turn(one: Point, other: Point) -> float:
    """The angle between two directions."""
    from math import acos

    return acos(max(-1.0, min(1.0, one[0] * other[0] + one[1] * other[1])))


def aims(pill: Pill, others: Sequence[Point], flat: Sequence[bool]) -> list[float]:
    """How far from a shape's centre, across, each arrow from or to another place ends, so that all are apart there.
    Arrows that can be level are; the others aim at the centre, or as far beside it as they must. A `flat` one is level
    beside the shape."""
    reach = pill.height / 2
    order = sorted(range(len(others)), key=lambda k: others[k][1])
    beside = [others[k][1] - pill.y for k in order]
    level = [abs(offset) <= LEVEL * reach for offset in beside]
    middle = next((at for at, offset in enumerate(beside) if abs(offset) < 0.01), None)
    if middle is None:
        middle = next((at for at, is_level in enumerate(level) if is_level), None)
    centre = (len(order) - 1) / 2 if middle is None else middle
    found = [0.0] * len(others)
    for spread in SPREADS:
        for at, k in enumerate(order):
            found[k] = beside[at] if level[at] else max(-MOST, min(MOST, spread * (at - centre))) * reach
        tips = [tip(pill, (others[k][0], pill.y + found[k]) if flat[k] else others[k], found[k]) for k in order]
        if all(hypot(a[0] - b[0], a[1] - b[1]) >= TIPS for a, b in itertools.pairwise(tips)):
            break
    return found


def tip(pill: Pill, origin: Point, aim: float) -> Point:
    """Where an arrow from an origin meets the shape that it points at, beside its centre."""
    (x0, y0), (x1, y1) = origin, (pill.x, pill.y + aim)
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        if inside(pill, (x0 + (x1 - x0) * middle, y0 + (y1 - y0) * middle), CLEAR):
            high = middle
        else:
            low = middle
    return x0 + (x1 - x0) * low, y0 + (y1 - y0) * low


def meets(a: Point, b: Point, boxes: Iterable[tuple[float, float, float, float]]) -> bool:
    """Whether a straight line meets a box, given by left, top, right and bottom."""
    return any(_meets(a, b, box) for box in boxes)


def _meets(a: Point, b: Point, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    low, high = 0.0, 1.0
    for start, delta, least, most in ((a[0], b[0] - a[0], left, right), (a[1], b[1] - a[1], top, bottom)):
        if abs(delta) < 1e-9:
            if not least < start < most:
                return False
            continue
        one, other = (least - start) / delta, (most - start) / delta
        low, high = max(low, min(one, other)), min(high, max(one, other))
    return low < high
