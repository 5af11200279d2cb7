"""From sizes to a placement: items, their lines, their columns, and the ways of the arrows along them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import inf
from types import MappingProxyType

from graphviz_ad.core.diagram import Direction
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.layered.crowding import Climb, crowded
from graphviz_ad.drawing.layered.fences import Titles
from graphviz_ad.drawing.layered.folding import Folded, cuts, folded
from graphviz_ad.drawing.layered.items import FigureItems, items_of
from graphviz_ad.drawing.layered.net import ALL, ITSELF, OPERATION
from graphviz_ad.drawing.layered.routes import rounded, simplified
from graphviz_ad.drawing.layered.standing import FAR_ROOM, MOST_ROOM, Standing
from graphviz_ad.drawing.layered.ties import ties_of
from graphviz_ad.drawing.layered.ways import Way, joins_of, taps_of, ways_of
from graphviz_ad.drawing.placement import OPPOSITE, Area, Box, Link, Placement, Point, Size, Spacing

ROUNDS = 8  # in which room is made for arrows that are close to each other,
PATIENCE = 4600  # but fewer for so many items,
WORSE = 2  # and in which gaps become wider until so many more pairs are close than were before
TRIES = 5  # to be as wide as may be,
NARROWER = 12.0  # each for so much less,
WIDER = 1.1  # or so many times that where it cannot be folded into so little

NO_TITLES: Mapping[str, Size] = MappingProxyType({})


def layered(
    arrangement: Arrangement,
    boxes: Sequence[Box],
    links: Sequence[Link],
    direction: Direction,
    mirrored: bool,
    spacing: Spacing,
    titles: Mapping[str, Size] = NO_TITLES,
) -> Placement:
    """The layout in a direction; a `mirrored` one is that of the reversed arrows, its columns in the opposite order.
    What would be wider than the spacing's width is folded into rows where it can be. `titles` are the sizes of the
    names of groups."""
    if not boxes:
        return Placement(0, 0, (), (), (), ())
    items = items_of(arrangement, boxes, links)
    number = {key: place for place, key in enumerate(items.keys)}
    spine = [number[key] for key in arrangement.spine if key in number]
    upright = direction in ("tb", "bt")
    is_reversed = (OPPOSITE[direction] if mirrored else direction) in ("rl", "bt")
    sizes = {k: titles[name] for k, name in enumerate(arrangement.groups) if name in titles}
    named = Titles(sizes, is_reversed)

    def laid(made: Folded, may_widen: bool = False) -> _Laid:
        lines = ties_of(made.items, spine)
        standing = Standing(made.items, made.rows, links, lines, spine, spacing, upright, mirrored, named)
        return _Laid(standing, mirrored, may_widen)

    one_row = Folded(items, [range(len(items.columns))])
    laid_out = laid(one_row, may_widen=True)
    if spacing.width is not None and not upright and laid_out.standing.length_along > spacing.width:
        laid_out = whole = laid(one_row)
        joined = [(number[node, part, ALL], number[node, ITSELF, ALL]) for node, part, _ in items.keys
                  if part == OPERATION]  # fmt: skip
        fences = [*joined, *((fence.top[0], fence.top[-1]) for fence in items.fences)]
        for together in dict.fromkeys((tuple(fences), tuple(joined))):  # a group is parted only where it must be
            width = spacing.width
            for _ in range(TRIES):
                if laid_out.standing.length_along <= spacing.width or width <= 0:
                    break
                cut = cuts(items, whole.standing.bands, together, width, spacing.returns)
                while not cut and (width := width * WIDER) < laid_out.standing.length_along:
                    cut = cuts(items, whole.standing.bands, together, width, spacing.returns)
                if not cut:
                    break
                made = laid(folded(items, joined, cut))
                laid_out = min(laid_out, made, key=lambda laid: laid.standing.length_along)
                width -= max(NARROWER, made.standing.length_along - spacing.width)
    return _placement(laid_out, boxes, links, upright, is_reversed, mirrored)


class _Laid:
    """Items in their places, and the ways of the arrows."""

    def __init__(self, standing: Standing, mirrored: bool, may_widen: bool) -> None:
        self.standing, self.items = standing, standing.items
        self.joins = joins_of(self.items.chains)
        taps = taps_of(self.items.chains, self.joins)
        fewest = inf
        for tried in range(min(ROUNDS, max(1, PATIENCE // self.items.count))):
            self.ways = ways_of(standing, self.items.chains, self.joins, taps, mirrored)
            climbs = list(_climbs(self.items, self.ways, self.joins, standing))
            close = list(crowded(climbs))
            if not (close or standing.cramped or (may_widen and standing.pressed)) or len(close) > self.items.count:
                # that many stay so however wide the figure becomes
                break
            may_widen = may_widen and len(close) < fewest + WORSE
            fewest = min(fewest, len(close))
            if not standing.make_room(close, climbs, may_widen, MOST_ROOM if tried < ROUNDS / 2 else FAR_ROOM):
                break
        else:
            self.ways = ways_of(standing, self.items.chains, self.joins, taps, mirrored)


def _tight(standing: Standing) -> tuple[tuple[int, int], ...]:
    """The nodes with no room for all the tips at them or at their operations, each with how many more."""
    found: dict[int, int] = {}
    for item, lacking in standing.tight.items():
        node = standing.items.keys[item][0]
        found[node] = max(lacking, found.get(node, 0))
    return tuple(found.items())


def _climbs(items: FigureItems, ways: Sequence[Way], joins: Sequence[int], standing: Standing) -> Iterator[Climb]:
    """The parts of arrows between their items, each in its gap."""
    for line, way, join in zip(items.chains, ways, joins, strict=True):
        for (tail, before), (head, behind) in pairwise(zip(line[join:], way, strict=True)):
            start, end = before[-1], behind[0]
            if end[0] > start[0]:
                yield Climb(standing.column[tail], start, end, tail, head)


def _placement(
    laid: _Laid, boxes: Sequence[Box], links: Sequence[Link], upright: bool, is_reversed: bool, mirrored: bool
) -> Placement:
    """Everything in its place, in the coordinates of the figure."""
    standing, items = laid.standing, laid.items
    length, breadth = standing.length_along, standing.length_across

    def point(along: float, across: float) -> Point:
        along = length - along if is_reversed else along
        x, y = (across, along) if upright else (along, across)
        return round(x, 2), round(y, 2)

    def label(item: int, link: Link) -> Point:
        """The middle of a label: above its arrow, to the right of one that runs upright, or on it."""
        u, v = standing.centre(item)
        if link.through:
            return point(u, v)
        return point(u, v + link.width / 2 if upright else v - link.height / 2)

    def area(along: Area) -> Area:
        (x0, y0), (x1, y1) = point(along.left, along.top), point(along.right, along.bottom)
        return Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    corners = [simplified(list(chain(*way))) for way in laid.ways]
    splines = [tuple(point(*at) for at in rounded(way[::-1] if mirrored else way)) for way in corners]
    labels = [
        (0.0, 0.0) if at is None else label(line[at], link)
        for line, at, link in zip(items.chains, items.labels, links, strict=True)
    ]
    places = {key: point(*standing.centre(item)) for item, key in enumerate(items.keys)}
    return Placement(
        *((breadth, length) if upright else (length, breadth)),
        tuple(places[box.node, ITSELF, ALL] for box in boxes),
        tuple(places.get((box.node, OPERATION, ALL)) for box in boxes),
        tuple(splines),
        tuple(labels),
        frozenset(number for number, join in enumerate(laid.joins) if join),
        _tight(standing),
        tuple((number, area(along)) for number, along in standing.areas()),
        standing.seams() if standing.spacing.parted and not upright else (),
    )
