"""Why vectors and matrices have no value at a point: which entry, and what the operation needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Node

_ANOTHER = "choose another point"


def singular(node: Node) -> AdgraphError:
    """The error of the inverse of a singular matrix."""
    hint = f"{_ANOTHER}, or write (A + λ I)^-1"
    return AdgraphError("a singular matrix has no inverse: its determinant is 0", node.span, hint)


def without_value(np: Any, node: Node, args: Sequence[Any], made: Any) -> AdgraphError:
    """The error of an operation that has no value, or none in one of its entries."""
    if not args:
        return AdgraphError(f"'{node.name}' has no value at this point", node.span, _ANOTHER)
    if node.op == "logdet":
        text = f"the determinant is {_shown(np.linalg.det(args[0]))} at this point, and its logarithm needs one above 0"
        return AdgraphError(text, node.span, f"{_ANOTHER}; of a symmetric matrix, one with eigenvalues above 0")
    row = operation(node.op)
    places = np.argwhere(~np.isfinite(np.atleast_1d(made)))
    place = tuple(places[0])
    at = f" at entry {','.join(str(k + 1) for k in place)}" if np.ndim(made) else " at this point"
    inside = [_shown(np.broadcast_to(arg, np.shape(np.atleast_1d(made)))[place]) for arg in args
              if np.ndim(arg) in (0, np.ndim(made))]  # fmt: skip
    if len(inside) < len(args):
        return AdgraphError(f"'{row.sign}' has no value{at}", node.span, _ANOTHER)
    if np.any(np.isinf(np.atleast_1d(made)[place])) and row.name not in ("div", "log", "pow"):
        return AdgraphError(f"{row.name}({', '.join(inside)}){at} is too large", node.span, _ANOTHER)
    said = f" {row.sign} ".join(inside) if len(inside) == 2 else f"{row.name}({inside[0]})"
    needs = f"{row.name}({', '.join(row.params)}) needs {row.domain}; " if row.domain else ""
    return AdgraphError(f"{said} has no value,{at}", node.span, f"{needs}{_ANOTHER}")


def without_derivative(np: Any, node: Node, args: Sequence[Any], made: Any) -> AdgraphError:
    """The error of an operation that has a value and no derivative."""
    row, places = operation(node.op), np.argwhere(~np.isfinite(np.atleast_1d(made)))
    if len(args) != 1 or np.ndim(args[0]) != np.ndim(made):
        return AdgraphError(f"'{row.sign}' has no derivative at this point", node.span, _ANOTHER)
    place = tuple(places[0])
    at = f", at entry {','.join(str(k + 1) for k in place)}" if np.ndim(made) else ""
    inside = _shown(np.atleast_1d(args[0])[place])
    return AdgraphError(f"{row.name}({inside}) has no derivative{at}", node.span, _ANOTHER)


def _shown(number: Any) -> str:
    return f"{float(number):g}".replace("-", "−")
