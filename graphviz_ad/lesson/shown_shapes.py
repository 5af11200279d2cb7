"""The shapes of vectors and matrices in diagrams, where they do not stand below their names."""

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.request import Request

_RAISED = str.maketrans("0123456789×", "⁰¹²³⁴⁵⁶⁷⁸⁹ˣ")


def with_shapes(diagram: Diagram, request: Request) -> Diagram:
    """The diagram with its shapes as sets, ∈ ℝ²ˣ³, or without them."""
    as_sets = request.shown_shapes == "set"
    vertices = (
        v.replace(shape=f"∈ ℝ{v.shape.translate(_RAISED)}" if as_sets else "") if v.shape else v
        for v in diagram.vertices
    )
    return diagram.replace(vertices=tuple(vertices))
