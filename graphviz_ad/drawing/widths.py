"""A sheet in the width that was asked for: in slightly smaller letters, in rows, in the smallest letters, in both, and
at last with the least air."""

from collections.abc import Iterator

from graphviz_ad.core.diagram import AS_IT_IS, Fit, Sheet
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.layered.asked import asked_order
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.drawing.size import HEIGHTS, MARGIN, SIZES, UNITS, page_height, room_of
from graphviz_ad.drawing.typeset import Typesetter

HAIR = 0.5  # pixels
WIDE = 1.5  # so many times the room of its size a figure is wide before a note says so
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
        return min(scenes.values(), key=_width)
    low = min(kept.values(), key=lambda scene: (not _is_kept_in_both(scene, request), scene.height / scene.smaller))
    if not has_pages or sheet.is_whole or _share(low, request) <= 1:
        return low
    parted = [made(fit.replace(height=fit.smaller * _height(request), parted=True)) for fit in kept]
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


def _excess(scene: Scene, request: Request) -> float:
    """How many times as large a scene is as it may be, at least 1."""
    wide = scene.width / (room_of(request.size, request.max_width) + 2 * MARGIN)
    high = scene.height / _height(request) if request.max_width in HEIGHTS else 1.0
    return max(1.0, wide, high)


# ---- what is said


def remark(sheet: Sheet, scene: Scene, request: Request) -> str:
    """What is to be said of how large a scene is, if anything."""
    if scene.breaks and sheet.fit == AS_IT_IS and not is_too_high(scene, request):
        return f"{sheet.name} has {len(scene.breaks) + 1} pages"
    if not request.max_width:
        is_wide = scene.width / scene.smaller > WIDE * room_of(request.size, "")
        wide = f"{sheet.name} is {_centimetres(scene.width, scene, request):.0f} cm wide"
        return f"{wide}; --max-width page folds it into rows" if is_wide else ""
    if not is_kept(scene, request):
        return _too_wide(sheet, scene, request)
    if is_too_high(scene, request):
        return _too_high(sheet, scene, request)
    return ""


def _centimetres(pixels: float, scene: Scene, request: Request) -> float:
    return pixels / scene.smaller * SIZES[request.size].points / UNITS["cm"]


def _too_wide(sheet: Sheet, scene: Scene, request: Request) -> str:
    """Why a figure is wider than it may be."""
    cause = "a formula is as wide, or too many arrows go on from column to column for it to be folded into rows"
    if request.direction in ("tb", "bt"):
        cause = "what stands side by side is so wide; from left to right (--direction lr) a figure is folded into rows"
    wide = (f"{sheet.name} is {_centimetres(scene.width, scene, request):.1f} cm wide, more than --max-width "
            f"{request.max_width}")  # fmt: skip
    return (f"{wide}: {cause}; "
            "draw fewer views (--view), one output (--of), or make all of it smaller (--size)")  # fmt: skip


def _too_high(sheet: Sheet, scene: Scene, request: Request) -> str:
    """That a figure is higher than what it is for."""
    high, most = (_centimetres(pixels, scene, request) for pixels in (
        scene.height, scene.smaller * page_height(request.size, request.max_width)))  # fmt: skip
    return (f"{sheet.name} is {high:.1f} cm high, and a {request.max_width} has room for {most:.1f}: "
            "draw fewer views (--view), one output (--of), or what is alike once (--fold)")  # fmt: skip
