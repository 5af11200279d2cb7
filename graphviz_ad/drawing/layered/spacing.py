"""How far apart the columns stand: even along the spine, and wider where arrows climb high."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from graphviz_ad.core.record import Record

LEAST = 24.0  # between boxes of neighbouring columns
SLOPE = {False: 0.45, True: 0.75}  # of a gap for each pixel that an arrow climbs in it, beside numbers more,
SPARED = 18.0  # but for what it climbs beside its box,
WIDEST = {True: 60.0, False: 110.0}  # up to this; even gaps are all as wide as the widest
UNLIKE = 0.4  # the least share of the gap on the other side of labels
UNEVEN = 1.4  # a gap that must be so much wider than the others is alone in it


class Band(Record):
    """What a column takes along the direction of reading: its `middle`, the half of its widest item, and where it
    begins and ends."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        """Where items stand."""
        return (self.start + self.end) / 2


def bands(
    widths: Sequence[float],
    spine: Sequence[float],
    climbs: Sequence[float],
    between: float,
    even: bool,
    numbers: bool,
    wider: Sequence[float],
    steep: float = 1.0,
) -> list[Band]:
    """The columns, with the widths of their widest items and of their items of the spine, and how high arrows climb
    behind each, beside `numbers` or not. If `even`, the items of the spine are `between` or somewhat more apart. The
    gap behind a column is so many times `wider`; `steep` is how much of what climbs would have they are given."""
    gaps = [
        more * max(between, min(WIDEST[even], SLOPE[numbers] * climb - SPARED) * steep)
        for climb, more in zip(climbs, wider, strict=False)
    ]
    if even and gaps:
        common = max(gaps)
        wanted = [
            max(common, LEAST + (left + right) / 2 - (one + other) / 2)
            for (left, right), (one, other) in zip(pairwise(widths), pairwise(spine), strict=True)
        ]
        common = max((gap for gap in wanted if gap <= UNEVEN * common), default=common)
        steps = [
            max(common, gap) + (one + other) / 2 for gap, (one, other) in zip(wanted, pairwise(spine), strict=True)
        ]
    else:  # labels stand between two gaps, which are not too unlike each other
        gaps = [max(gap, UNLIKE * gaps[k ^ 1]) if k ^ 1 < len(gaps) else gap for k, gap in enumerate(gaps)]
        steps = [gap + (left + right) / 2 for gap, (left, right) in zip(gaps, pairwise(widths), strict=True)]
    middles = accumulate(steps, initial=widths[0] / 2)
    return [Band(middle - width / 2, middle + width / 2) for middle, width in zip(middles, widths, strict=True)]
