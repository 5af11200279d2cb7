"""What is said of how large a figure is: why it is larger than it may be, and what to do, which has been tried."""

from collections.abc import Iterator
from math import ceil, floor

from graphviz_ad.core.diagram import AS_IT_IS, Chains, Diagram, Fit, Panel, Sheet
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.layered.asked import asked_order
from graphviz_ad.drawing.placement import is_upright
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.drawing.size import MARGIN, SIZES, UNITS, USUAL_WIDTHS, page_height, room_of, width_in_points
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.drawing.widths import MANY, in_width, is_kept, is_too_high
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

WIDE = 1.5  # so many times the room of its size a figure without pages is wide before anything is said
SHOWN = 60  # signs of a formula
ALL = 10**6  # arrows that go on


def remark(
    sheet: Sheet, scene: Scene, request: Request, setter: Typesetter | None = None, has_pages: bool = False
) -> str:
    """What is to be said of how large a scene is, if anything."""
    setter = setter or Typesetter()
    if scene.breaks and sheet.fit == AS_IT_IS and not is_too_high(scene, request):
        return f"{sheet.name} has {len(scene.breaks) + 1} pages"
    if not request.max_width:
        return _of_any_width(sheet, scene, request, setter, has_pages)
    if not is_kept(scene, request):
        cause, ways = _cause(sheet, request, setter), _ways_to_be_narrower(sheet, scene, request, setter)
        wide = _centimetres(scene.width, scene, request)
        return f"{sheet.name} is {wide:.1f} cm wide, more than --max-width {request.max_width}: {cause}; {ways}"
    if is_too_high(scene, request):
        high = _centimetres(max(page.height for page in scene.pages()), scene, request)
        room = _centimetres(scene.smaller * page_height(request.size, request.max_width), scene, request)
        ways = " or ".join(_ways_to_be_less_high(sheet, request, setter, has_pages))
        return f"{sheet.name} is {high:.1f} cm high, and a {request.max_width} has room for {room:.1f}: {ways}"
    return ""


def _centimetres(pixels: float, scene: Scene, request: Request) -> float:
    return pixels / scene.smaller * SIZES[request.size].points / UNITS["cm"]


def _of_any_width(sheet: Sheet, scene: Scene, request: Request, setter: Typesetter, has_pages: bool) -> str:
    """That a figure of which nobody asked how wide it is does not fit where figures of its size stand; of one that is
    printed also where it is a little larger than a page."""
    if sheet.fit != AS_IT_IS:  # it has been fitted, and what is to be said of that is said there
        return ""
    page = USUAL_WIDTHS[request.size].replace("screen", "page")
    wide = scene.width / scene.smaller / (room_of(request.size, "") + (2 * MARGIN if has_pages else 0))
    high = scene.height / scene.smaller / page_height(request.size, page if request.size != "screen" else "")
    if wide <= (1 if has_pages else WIDE) and (high <= 1 or not has_pages):
        return ""
    width, height = (_centimetres(pixels, scene, request) for pixels in (scene.width, scene.height))
    if not has_pages:
        return f"{sheet.name} is {width:.0f} cm wide; --max-width {page} folds it into rows"
    folded = request.replace(max_width=page)
    count = len(in_width(sheet, folded, setter, has_pages=True).pages())
    made = f"--max-width {page} makes {count} pages of it" if count > 1 else f"--max-width {page} fits it to one"
    return f"{sheet.name} is {width:.0f} cm wide and {height:.0f} cm high, larger than a page; {made}"


# ---- too wide


def _cause(sheet: Sheet, request: Request, setter: Typesetter) -> str:
    """Why a figure is wider than it may be: the one panel of it that is, and what in that."""

    def kept(made: Sheet) -> bool:
        return is_kept(in_width(made, request, setter), request)

    panels = [sheet.part(panel).replace(head=(), title="") for panel in sheet.panels]
    wide = next((panel for panel in panels if not kept(panel)), None)
    if wide is None:
        above = {"title": sheet.replace(title=""), "equations": sheet.replace(head=()),
                 "title and its equations": sheet.replace(title="", head=())}  # fmt: skip
        which = next((name for name, rest in above.items() if rest != sheet and kept(rest)), None)
        return f"its {which} above the panels" if which else "its panels agree in their rows, and are less wide alone"
    (panel,) = wide.panels
    if isinstance(panel.content, Diagram):
        return f"in the view {panel.view} {_cause_in(wide, panel.content, request, setter)}"
    return "a formula of its chains is as wide" if isinstance(panel.content, Chains) else "its table is as wide"


def _cause_in(sheet: Sheet, diagram: Diagram, request: Request, setter: Typesetter) -> str:
    if is_upright(request.direction):
        return "so much stands side by side"
    room, above = room_of(request.size, request.max_width), asked_order(request)
    least = SIZES[request.size].text / SIZES[request.size].least
    in_rows = sheet.replace(fit=Fit(least, folds=True, returns=ALL, dense=True))
    scene = compose(in_rows, request.direction, setter, room, above, is_strict=True)
    if is_kept(scene, request):
        return f"more arrows go on from column to column than the {MANY} that join two rows"
    labels = [label for arrow in diagram.arrows if (label := arrow.room or arrow.label) is not None]
    if not labels:
        return "two columns and the arrows between them are as wide"
    said = max((write(label, Plain()) for label in labels), key=len)
    return f"an arrow with its formula is as wide, {said if len(said) <= SHOWN else f'{said[:SHOWN]}…'}"


def _ways_to_be_narrower(sheet: Sheet, scene: Scene, request: Request, setter: Typesetter) -> str:
    """What makes a figure keep its width, each of it tried; and the width that it would keep."""

    def is_enough(made: Sheet, asked: Request) -> bool:
        return is_kept(in_width(made, asked, setter), asked)

    ways = []
    narrow = [panel for panel in sheet.panels if is_enough(sheet.part(panel), request)] if sheet.panels[1:] else []
    if narrow and len(narrow) == len(sheet.panels):
        ways.append("write a figure for each view (-o FOLDER/)")
    elif narrow and is_enough(sheet.replace(panels=(*narrow,), room=()), request):
        ways.append(f"draw its other views (--view {','.join(map(_view, narrow))})")
    other = "lr" if is_upright(request.direction) else "tb"
    if is_enough(sheet, request.replace(direction=other)):
        ways.append(f"turn it (--direction {other})")
    if request.size in ("slide", "poster") and is_enough(sheet, request.replace(size="paper")):
        ways.append("make it smaller (--size paper)")
    for more in (1, 1.05, 1.2, 1.5):
        wide = f"{ceil(10 * more * _centimetres(scene.width, scene, request)) / 10}cm"
        if is_enough(sheet, request.replace(max_width=wide)):
            ways.append(f"give it more room (--max-width {wide})")
            break
    return ", or ".join(ways)


def _view(panel: Panel) -> str:
    """The view that has a panel, as --view names it."""
    return panel.view.partition("-")[0] if panel.view.startswith(("step-", "trace-")) else panel.view


# ---- too high


def _ways_to_be_less_high(sheet: Sheet, request: Request, setter: Typesetter, has_pages: bool) -> Iterator[str]:
    """What brings a figure onto pages or slides, each of it tried; or what asks no more for it."""
    if not has_pages and not sheet.is_whole:
        paged = in_width(sheet, request, setter, has_pages=True)
        if not is_too_high(paged, request):
            yield f"a PDF has {len(paged.pages())} of them (-o {sheet.name}.pdf)"
    parts = [in_width(sheet.part(panel), request, setter, has_pages) for panel in sheet.panels]
    if len(parts) > 1 and all(is_kept(part, request) and not is_too_high(part, request) for part in parts):
        yield "write a figure for each view (-o FOLDER/)"
    points = width_in_points(request.max_width) or 0.0
    yield f"ask for its width alone (--max-width {floor(10 * points / UNITS['cm']) / 10}cm)"
