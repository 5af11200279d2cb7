"""A block of a document, given by its host: the words behind its name, and what stands in it; and its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.record import Record
from graphviz_ad.documents.asking import Spot
from graphviz_ad.documents.embed import Embedded, embed
from graphviz_ad.documents.sources import chosen, formulas_of
from graphviz_ad.documents.store import Store
from graphviz_ad.options.asked import AskedError

BUILDS = ("svg", "pdf", "png")  # formats that one document has in several builds
_OF_PANELS = ("steps", "steps-full", "trace")  # views of several, which their captions tell apart


class Wanted(Record):
    """How the figures of a host are made: formats, options that all have where they ask for no other, a folder for
    them, and whether Python functions may be run."""

    formats: Sequence[str] = ("svg",)
    usual: Mapping[str, str] = {}
    store: Store | None = None
    allow_python: bool = False


def under_a_caption(items: Mapping[str, str]) -> dict[str, str]:
    """The options of a figure whose document has a caption for it: a single panel then has none of its own."""
    view = items.get("view", "")
    is_single = view and "," not in view and view not in _OF_PANELS
    return {**items, "captions": "none"} if is_single and not {"caption", "captions"} & set(items) else {**items}


def figure(spot: Spot, wanted: Wanted) -> Embedded:
    """The figure that a block asks for, with the words that it says for it. Raises AdgraphError, with its place."""
    usual = tuple(item for item in wanted.usual.items() if item[0] not in dict(spot.items))
    try:
        source = chosen(spot, (), wanted.allow_python, formulas_of(spot.place.path, ()))
    except AdgraphError as error:
        raise error.placed(spot.place._replace(elsewhere=True)) from None
    origin = spot.place._replace(elsewhere=True) if spot.choice else spot.begins
    try:
        made = embed(source, (*spot.items, *usual), wanted.formats, origin, store=wanted.store, elsewhere=BUILDS)
    except AskedError as error:
        raise error.placed(spot.place_of(error.key)) from None
    return made if spot.alt is None else made.replace(alt=spot.alt)


def line_of(text: str, document: str) -> int:
    """The line of a document in which a block of text begins, for a host that does not say; 0 where it is not there
    once and no more often."""
    if not text.strip() or document.count(text) != 1:
        return 0
    return document.count("\n", 0, document.index(text)) + 1
