"""The ways of arrows: level in their lanes, straight between them, with bends of one radius.

Here `u` runs along the direction of the data and `v` across it.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import acos, asin, atan2, copysign, cos, hypot, pi, sin, tan

from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Pill

RADIUS = 12.0  # of bends, as far as there is room for them, between two of them, or between one and
TIP = 9.0  # the tip, which is straight
TIPS = 6.5  # between the ends of two arrows at one node
STEEPEST = 1.45  # the angle, from level, at which an arrow should still meet a node,
OVER = 0.3  # more where many are on one side of a level one,
STEEPEST_BESIDE = 1.05  # and less beside numbers
FLAT = 0.3  # the angle, from level, of the place where a flat one meets a node
LEVEL = 0.6  # so near to the centre an arrow may be level
ABOUT = 1.0001  # so many times as much is certainly more, however it is rounded
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

    for number, (a, b, c) in enumerate(zip(points, points[1:], points[2:], strict=False)):
        before, after = hypot(b[0] - a[0], b[1] - a[1]), hypot(c[0] - b[0], c[1] - b[1])
        out, into = ((b[0] - a[0]) / before, (b[1] - a[1]) / before), ((c[0] - b[0]) / after, (c[1] - b[1]) / after)
        turn = _turn(out, into)
        room = before if number == 0 else before / 2, max(after / 2, after - TIP) if c is last else after / 2
        reach = min(RADIUS * tan(turn / 2), *room)
        arm = reach * (1 - 4 / 3 * tan(turn / 4) / tan(turn / 2)) if turn > 0.01 else 0.0
        straight((b[0] - out[0] * reach, b[1] - out[1] * reach))
        end = b[0] + into[0] * reach, b[1] + into[1] * reach
        made.extend(((b[0] - out[0] * arm, b[1] - out[1] * arm), (b[0] + into[0] * arm, b[1] + into[1] * arm), end))
    straight(last)
    return made


def _turn(one: Point, other: Point) -> float:
    """The angle between two directions."""
    return acos(max(-1.0, min(1.0, one[0] * other[0] + one[1] * other[1])))


def ports(
    pill: Pill, others: Sequence[Point], flat: Sequence[bool], sign: int, steepest: float = pi / 2
) -> list[Point]:
    """Where on a shape's round side arrows from or to other places end: each as if it aimed at the centre, at the
    `steepest` place, but all far enough apart, and level where that can be. A `flat` one is level anyway for a while.
    The `sign` says which side it is along `u`."""
    x, y, width, height = pill.x, pill.y, pill.width, pill.height
    radius = min(width, height) / 2
    face = height / 2 - radius  # of its flat side, in either direction
    heights = [to[1] for to in others]
    order = sorted(range(len(others)), key=heights.__getitem__)
    beside = [heights[k] - y for k in order]
    nearly = face + LEVEL * radius
    level = [-nearly <= offset <= nearly and beside.count(offset) == 1 for offset in beside]
    wanted = []
    for k, offset, is_level in zip(order, beside, level, strict=True):
        beyond = abs(offset) - face
        if beyond > 0:  # so far around its round end
            if is_level:
                angle = asin(beyond / radius)
            elif flat[k]:
                angle = FLAT
            else:
                ahead = sign * (others[k][0] - x)
                angle = atan2(beyond, ahead if ahead > 1.0 else 1.0)
                angle = angle if angle < steepest else steepest
            offset = copysign(face + radius * angle, offset)
        wanted.append(offset)
    most = face + radius * (STEEPEST_BESIDE if any(flat) else STEEPEST + OVER)
    least = 2 * radius * asin(min(1.0, TIPS / 2 / radius))
    made: list[Point] = [(x, y)] * len(others)
    shift = width / 2 - radius  # of a long shape's round end
    for k, place in zip(order, _apart(wanted, level, least, most), strict=True):
        far = abs(place)
        if far > face:
            angle = (far - face) / radius
            made[k] = x + sign * (shift + radius * cos(angle)), y + copysign(face + radius * sin(angle), place)
        else:
            made[k] = x + sign * (shift + radius), y + place
    return made


def radius_for(count: int, beside_numbers: bool) -> float:
    """The radius of a round side at which so many arrows can end apart."""
    steepest = STEEPEST_BESIDE if beside_numbers else STEEPEST
    return TIPS / 2 / sin(steepest / (count - 1)) - CLEAR if count > 2 else 0.0


def _apart(wanted: Sequence[float], fixed: Sequence[bool], least: float, most: float) -> list[float]:
    """Rising places moved as little as they must be to be so far apart (by pooling neighbours), up to the most on
    either side; fixed ones stay."""
    last = len(wanted) - 1
    if -most <= wanted[0] and wanted[-1] <= most and not [a for a, b in pairwise(wanted) if b - a < least]:
        return list(wanted)  # as most are
    least = min(least, 2 * most / max(1, last))
    for number, (place, stays) in enumerate(zip(wanted, fixed, strict=True)):
        if stays:
            least = min(least, (most + place) / max(1, number), (most - place) / max(1, last - number))
    pools: list[tuple[float, list[float], list[float]]] = []  # the mean of each, of its fixed places if it has any
    for number, (place, stays) in enumerate(zip(wanted, fixed, strict=True)):
        mean = place - number * least
        values, chosen = [mean], [mean] if stays else []
        while pools and pools[-1][0] > mean:
            _, before, stay = pools.pop()
            values, chosen = before + values, stay + chosen
            mean = sum(chosen or values) / len(chosen or values)
        pools.append((mean, values, chosen))
    low, high = -most, most - last * least
    means = [place for mean, values, _ in pools for place in [max(low, min(high, mean))] * len(values)]
    return [mean + number * least for number, mean in enumerate(means)]


def runs_into(a: Point, b: Point, pills: Iterable[Pill], margin: float) -> bool:
    """Whether a straight line comes nearer to one of the shapes than a margin."""
    (u, v), (u1, v1) = a, b
    low, high = (v - margin, v1 + margin) if v < v1 else (v1 - margin, v + margin)
    left, right = (u - margin, u1 + margin) if u < u1 else (u1 - margin, u + margin)
    along, across = u1 - u, v1 - v
    square = ABOUT * (along * along + across * across)
    for pill in pills:
        x, y, width, height = pill.x, pill.y, pill.width / 2, pill.height / 2
        if low - height < y < high + height and left - width <= x <= right + width:
            beside = along * (y - v) - across * (x - u)  # of its centre, times the line's length
            reach = margin + (width if width > height else height)
            if beside * beside <= reach * reach * square and _reaches(a, b, pill, margin):
                return True
    return False


def _reaches(a: Point, b: Point, pill: Pill, margin: float) -> bool:
    """Whether a straight line comes so near to a shape, whose round ends are about the ends of a line in its middle."""
    if pill.width == pill.height:
        return _distance((pill.x, pill.y), a, b) < pill.width / 2 + margin
    radius = min(pill.width, pill.height) / 2
    x, y = max(0.0, pill.width / 2 - radius), max(0.0, pill.height / 2 - radius)
    c, d = (pill.x - x, pill.y - y), (pill.x + x, pill.y + y)
    if _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0:
        return True
    near = min(_distance(a, c, d), _distance(b, c, d), _distance(c, a, b), _distance(d, a, b))
    return near < radius + margin


def _side(a: Point, b: Point, point: Point) -> float:
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])


def _distance(point: Point, a: Point, b: Point) -> float:
    """From a point to a straight line that ends."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    part = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square if square else 0.0
    part = 0.0 if part < 0.0 else min(part, 1.0)
    return hypot(point[0] - a[0] - part * dx, point[1] - a[1] - part * dy)


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
