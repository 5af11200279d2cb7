"""Whether a sheet stands on pages: it is drawn, and what is drawn for that is not drawn again."""

from graphviz_ad.core.diagram import Fit, Sheet
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import laid_out
from graphviz_ad.drawing.layered.asked import asked_order
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.drawing.size import BARELY, MARGIN, SIZES, TINY, page_height, room_of, smaller_room
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.lesson.choice import PageFit, Squeeze, Stand

HAIR = 0.5  # pixels


def standing(request: Request, setter: Typesetter) -> Stand:
    """What fits sheets to the pages of a request."""
    size, width = request.size, request.max_width
    room, above = room_of(size, width), asked_order(request)

    def drawn(sheet: Sheet, fit: Fit) -> Scene:
        return laid_out(sheet.replace(fit=fit), request.direction, setter, room, above, bool(width))

    def stands(sheet: Sheet, squeeze: Squeeze, smaller: float, folds: bool) -> tuple[PageFit, bool]:
        """How a sheet stands on pages, and whether it is only too wide, so that rows are of use."""
        height, widest = page_height(size, width) * smaller, smaller_room(room, smaller) + 2 * MARGIN
        fit = Fit(smaller, folds, height, squeeze.returns, squeeze.parted, squeeze.dense)
        scene = drawn(sheet, fit)
        pages = scene.pages()
        wide, high = scene.width / (widest + HAIR), max(page.height for page in pages) / (height + HAIR)
        return PageFit(fit, len(pages), max(wide, high)), wide > 1 and (squeeze.parted or high <= 1)

    def stand(sheet: Sheet, squeeze: Squeeze) -> PageFit:
        smaller = SIZES[size].text / SIZES[size].least if squeeze.is_smaller else 1.0
        found, is_long = stands(sheet, squeeze, smaller, folds=False)
        if squeeze.folds and is_long:
            found, is_long = stands(sheet, squeeze, smaller, folds=True)
        if squeeze.dense and (is_long or found.fit.folds) and 1 < found.excess <= BARELY:
            found, _ = stands(sheet, squeeze, smaller * min(found.excess + TINY, BARELY), found.fit.folds)
        return found

    return stand
