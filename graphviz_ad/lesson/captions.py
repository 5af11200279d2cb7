"""What stands beneath the panels: their usual captions, the reader's own, or nothing."""

from graphviz_ad.core.diagram import Sheet
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request

NONE = "none"


def captioned(sheet: Sheet, request: Request) -> Sheet:
    """The sheet with the captions that are asked for: of its panels in their order, or by the name of a view,
    VIEW=TEXT, and without one for VIEW=none. Raises AdgraphError for more captions than panels."""
    panels = sheet.panels
    if request.captions == (NONE,):
        return sheet.replace(panels=tuple(panel.replace(caption="") for panel in panels))
    views = {panel.view for panel in panels}
    by_view: dict[str, str] = {}
    in_order: list[str] = []
    for text in request.captions:
        view, equals, words = text.partition("=")
        if equals and view.strip() in views:
            by_view[view.strip()] = "" if words.strip() == NONE else words.strip()
        else:
            in_order.append(text)
    if len(in_order) > len(panels):
        hint = "by their views: " + ", ".join(f"{panel.view}=TEXT" for panel in panels)
        raise AdgraphError(f"there are {len(in_order)} captions, and {len(panels)} panels", hint=hint)
    said = dict(enumerate(in_order))
    named = (
        panel.replace(caption=by_view.get(panel.view, said.get(number, panel.caption)))
        for number, panel in enumerate(panels)
    )
    return sheet.replace(panels=tuple(named))
