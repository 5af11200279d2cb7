"""What a page of vectors and matrices has beside its figures: what it computes by, or why it computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphviz_ad.core.diagram import PageArrays, PageModel
from graphviz_ad.derive.arrays.assumptions import ArrayAssumptions
from graphviz_ad.derive.arrays.conventions import Conventions
from graphviz_ad.lesson.page_model import rules
from graphviz_ad.lesson.starting_point import labels

WITH_NUMBERS = "The numbers are those at the values that were given."
WITHOUT_NUMBERS = "For numbers, make the page with values: --at."


def silent(model: PageModel, why: str, has_numbers: bool) -> PageModel:
    """A page that computes nothing, with the reason."""
    return model.replace(silent=f"{why} {WITH_NUMBERS if has_numbers else WITHOUT_NUMBERS}", fixed=has_numbers)


def computed(model: PageModel, says: Conventions, assumed: ArrayAssumptions, at: Mapping[str, Any]) -> PageModel:
    """A page that computes, beginning with these values."""
    places = model.graph.places
    arrays = PageArrays(
        _turned_on_arrows(model, says),
        _turned_in_chains(model, says),
        tuple(labels(model.graph)),
        tuple((places[name], total) for name, total in assumed.sums.items()),
        tuple((places[name], total) for name, total in assumed.rows.items()),
        tuple(sorted(places[name] for name in assumed.symmetric)),
        assumed.said,
    )
    return model.replace(rules=rules(model.graph), at=dict(at), arrays=arrays)


def _turned_on_arrows(model: PageModel, says: Conventions) -> frozenset[tuple[int, int]]:
    """Which derivatives of a page's arrows stand transposed."""
    nodes = model.graph.nodes
    ends = {(arrow.tail, arrow.head) for view in (model.simplified, model.full) for arrow in view.backward.arrows}
    return frozenset(
        (left, right)
        for left, right in ends
        for above, below in [(nodes[left], nodes[right])]
        if says.is_turned_on_arrow(above.type.shape, below.type.shape, (above.name, below.name))
    )


def _turned_in_chains(model: PageModel, says: Conventions) -> frozenset[tuple[int, int]]:
    """Which derivatives of a page's chains stand transposed."""
    nodes = model.graph.nodes
    return frozenset(
        (left, right)
        for left in model.graph.outputs
        for right, node in enumerate(nodes)
        if says.is_turned(nodes[left].type.shape, node.type.shape)
    )
