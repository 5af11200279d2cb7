"""What stands beneath the panels: their usual captions, the reader's own, or nothing."""

from collections.abc import Sequence

from graphviz_ad.core.diagram import Panel
from graphviz_ad.core.errors import AdgraphError

NONE = "none"


def captioned(panels: Sequence[Panel], captions: Sequence[str]) -> tuple[Panel, ...]:
    """The panels with the captions that are asked for: in their order, or by the name of a view, VIEW=TEXT, and without
    one for VIEW=none. Raises AdgraphError for more captions than panels."""
    if tuple(captions) == (NONE,):
        return tuple(panel.replace(caption="") for panel in panels)
    views = {panel.view for panel in panels}
    by_view: dict[str, str] = {}
    in_order: list[str] = []
    for text in captions:
        view, equals, words = text.partition("=")
        if equals and view.strip() in views:
            by_view[view.strip()] = "" if words.strip() == NONE else words.strip()
        else:
            in_order.append(text)
    if len(in_order) > len(panels):
        hint = "by their views: " + ", ".join(f"{panel.view}=TEXT" for panel in panels)
        raise AdgraphError(f"there are {len(in_order)} captions, and {len(panels)} panels", hint=hint)
    said = dict(enumerate(in_order))
    return tuple(
        panel.replace(caption=by_view.get(panel.view, said.get(number, panel.caption)))
        for number, panel in enumerate(panels)
    )
