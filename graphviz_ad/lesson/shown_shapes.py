"""The shapes of vectors and matrices in diagrams, where they do not stand below their names."""

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.request import Request
from graphviz_ad.notation.unicode import RAISED_NAMES

_RAISED = RAISED_NAMES | {"×": "ˣ"}


def with_shapes(diagram: Diagram, request: Request) -> Diagram:
    """The diagram with its shapes as sets, ∈ ℝ²ˣ³, or without them."""
    as_sets = request.shown_shapes == "set"
    vertices = (
        v.replace(shape=f"∈ ℝ{_raised(v.shape)}" if as_sets else "") if v.shape else v for v in diagram.vertices
    )
    return diagram.replace(vertices=tuple(vertices))


def _raised(shape: str) -> str:
    """A shape as an exponent: ²ˣ³, ᵐˣⁿ; in brackets where it has signs that cannot be raised."""
    return "".join(map(_RAISED.__getitem__, shape)) if set(shape) <= _RAISED.keys() else f"^{{{shape}}}"
