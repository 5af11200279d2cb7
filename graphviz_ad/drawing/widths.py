"""A sheet in the width that was asked for: in slightly smaller letters, in rows, in the smallest letters, in both, with
the least air, and at last in letters that are barely smaller than those."""

from collections.abc import Iterator

from graphviz_ad.core.diagram import AS_IT_IS, Fit, Sheet
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.layered.asked import asked_order
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.drawing.size import BARELY, HEIGHTS, MARGIN, SIZES, TINY, page_height, room_of
from graphviz_ad.drawing.typeset import Typesetter

HAIR = 0.5  # pixels
SLIGHTLY = 1.2  # so many times smaller letters are better than rows;
FEW = 2  # rows from which no more arrows go on are better than still smaller letters;
MANY = 6  # rows from which more go on are worse than nothing


def in_width(sheet: Sheet, request: Request, setter: Typesetter | None, has_pages: bool = False) -> Scene:
    """The scene of a sheet. If nobody has fitted the sheet yet, and a width is asked for: the first scene that keeps it
    and the height of what is called so, a slide or a page, else the lowest that keeps the width, else the narrowest.
    What keeps its width and is higher than a page stands on as few as can be in a format that has pages."""
    setter = setter or Typesetter()
    room, above = room_of(request.size, request.max_width), asked_order(request)

    def made(fit: Fit) -> Scene:
        return compose(sheet.replace(fit=fit), request.direction, setter, room, above)

    if sheet.fit != AS_IT_IS:
        return compose(sheet, request.direction, setter, room, above, bool(request.max_width))
    scenes = {AS_IT_IS: made(AS_IT_IS)}
    least = SIZES[request.size].text / SIZES[request.size].least
    for fit in _fits(_excess(scenes[AS_IT_IS], request), least) if request.max_width else ():
        if any(_is_kept_in_both(scene, request) for scene in scenes.values()):
            break
        scenes[fit] = made(fit)
    kept = {fit: scene for fit, scene in scenes.items() if is_kept(scene, request)}
    if not kept:
        fit, narrow = min(scenes.items(), key=lambda made: _width(made[1]))
        excess = _times_as_wide(narrow, request)
        if not request.max_width or excess > BARELY:
            return narrow
        barely = fit.replace(smaller=fit.smaller * min(excess + TINY, BARELY))
        kept = {barely: made(barely)}
        if not is_kept(kept[barely], request):
            return narrow
    low = min(kept.values(), key=lambda scene: (not _is_kept_in_both(scene, request), scene.height / scene.smaller))
    if not has_pages or sheet.is_whole or _share(low, request) <= 1:
        return low
    parted = [made(fit.replace(height=fit.smaller * _height(request), parted=True, cut=True)) for fit in kept]
    return min(parted, key=lambda scene: (max(1.0, _share(scene, request)), len(scene.breaks)))


def _fits(excess: float, least: float) -> Iterator[Fit]:
    """What is tried, one after the other, for a sheet that is so many times as large as it may be."""
    slightly, most = min(SLIGHTLY, least), least
    if excess <= slightly:
        yield Fit(smaller=excess)
    yield Fit(folds=True, returns=FEW)
    if slightly < excess <= most:
        yield Fit(smaller=excess)
    yield Fit(smaller=most, folds=True, returns=FEW)
    yield Fit(smaller=most, folds=True)
    yield Fit(smaller=most, dense=True)
    yield Fit(smaller=most, folds=True, returns=FEW, dense=True)
    yield Fit(smaller=most, folds=True, returns=MANY, dense=True)


def is_kept(scene: Scene, request: Request) -> bool:
    """Whether a scene is no wider than is asked."""
    return _width(scene) <= room_of(request.size, request.max_width) + 2 * MARGIN + HAIR


def is_too_high(scene: Scene, request: Request) -> bool:
    """Whether a page of a scene is higher than the page or slide whose width is asked for."""
    return request.max_width in HEIGHTS and _share(scene, request) > 1


def _is_kept_in_both(scene: Scene, request: Request) -> bool:
    return is_kept(scene, request) and not is_too_high(scene, request)


def _share(scene: Scene, request: Request) -> float:
    """How much of the height of a page the highest page of a scene has."""
    highest = max(page.height for page in scene.pages())
    return highest / scene.smaller / (_height(request) + HAIR)


def _height(request: Request) -> float:
    return page_height(request.size, request.max_width)


def _width(scene: Scene) -> float:
    return scene.width / scene.smaller


def _times_as_wide(scene: Scene, request: Request) -> float:
    return _width(scene) / (room_of(request.size, request.max_width) + 2 * MARGIN)


def _excess(scene: Scene, request: Request) -> float:
    """How many times as large a scene is as it may be, at least 1."""
    wide = _times_as_wide(scene, request)
    high = scene.height / _height(request) if request.max_width in HEIGHTS else 1.0
    return max(1.0, wide, high)
