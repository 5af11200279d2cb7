"""Points at which formulas are compared: random, the same each time, in the intervals in which formulas tend to have
values; and far away, for the other side of a kink."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random

from graphviz_ad.core.names import Name

SamplePoint = Mapping[Name, Fraction]
PART = 8  # of 1: short to read, and floats hold it exactly
BITS = 48  # of a fraction of which nobody has thought: sin(8πx) is 0 at all that are short
# Intervals, for all inputs of a point at once: what needs the logarithm of each is defined nowhere else.
INTERVALS = ((-3, 3), (0, 1), (0, 4), (-1, 1), (1, 4), (-4, 0), (0, 12), (-20, 20))
WIDE = (*INTERVALS, (8, 40), (-40, -8), (40, 400), (-400, -40))
SIZES = tuple(Fraction(10) ** k for k in (1, 2, 3, -1, -2, 4, 5, -3, 6, 7))


def points(names: Sequence[Name], given: Mapping[Name, Fraction]) -> Iterator[SamplePoint]:
    """Points without end, with values for all names, short and long ones in turn; those that are given stay."""
    random = Random(len(names))
    while True:
        for low, high in INTERVALS:
            for number in (_short, _long):
                yield {name: given.get(name, number(random, low, high)) for name in names}


def elsewhere(random: Random, point: SamplePoint, names: Collection[Name]) -> SamplePoint:
    """A point with other values for some names, anywhere."""
    return {
        name: random.choice((_short, _long))(random, *random.choice(WIDE)) if name in names else value
        for name, value in point.items()
    }


def far_points(names: Sequence[Name], times: int) -> Iterator[SamplePoint]:
    """Points of every size: so many with all inputs far away, and as many with one of them."""
    random = Random(len(names))
    for _ in range(times):
        for size in SIZES:
            yield {name: size * _short(random, -3, 3) for name in names}
            far = random.choice(names)
            yield {name: (size if name == far else 1) * _short(random, -3, 3) for name in names}


def _short(random: Random, low: int, high: int) -> Fraction:
    """A number in an interval, an odd part so that it is none of those at which formulas meet by chance."""
    return Fraction(2 * random.randrange(low * PART // 2, high * PART // 2) + 1, PART)


def _long(random: Random, low: int, high: int) -> Fraction:
    return low + (high - low) * Fraction(random.getrandbits(BITS), 2**BITS)
