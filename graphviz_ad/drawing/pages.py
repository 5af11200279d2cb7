"""Whether a sheet stands on pages: it is drawn, and what is drawn for that is not drawn again."""

from graphviz_ad.core.diagram import Fit, Sheet
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import laid_out
from graphviz_ad.drawing.layered.asked import asked_order
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.drawing.size import MARGIN, SIZES, page_height, room_of, smaller_room
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.lesson.choice import Squeeze, Stand

HAIR = 0.5  # pixels


def standing(request: Request, setter: Typesetter) -> Stand:
    """What fits sheets to the pages of a request."""
    size, width = request.size, request.max_width
    room, above = room_of(size, width), asked_order(request)

    def drawn(sheet: Sheet, fit: Fit) -> Scene:
        return laid_out(sheet.replace(fit=fit), request.direction, setter, room, above, bool(width))

    def stand(sheet: Sheet, squeeze: Squeeze, pages: int) -> Fit | None:
        smaller = SIZES[size].text / SIZES[size].least if squeeze.is_smaller else 1.0
        height = page_height(size, width) * smaller
        fit = Fit(smaller, squeeze.folds, height)
        if squeeze.folds and drawn(sheet, fit.replace(folds=False)).height > pages * height:
            return None  # rows make no graph less high
        scene = drawn(sheet, fit)
        widest = smaller_room(room, smaller) + 2 * MARGIN + HAIR
        found = scene.pages()
        stands = scene.width <= widest and all(page.height <= height + HAIR for page in found)
        return fit if stands and len(found) <= pages else None

    return stand
