"""Which derivatives are written with d, and which with ∂."""

from typing import Literal

from graphviz_ad.core.names import derivative_name
from graphviz_ad.derive.graph_view import Cut

Symbol = Literal["auto", "d", "partial"]


def is_partial(cut: Cut, node: int, symbol: Symbol) -> bool:
    """Whether a local derivative of a node is written with ∂: it reads several variables that vary, or is written so
    itself."""
    varying = sum(read in cut.active for read in cut.reads(node)) if symbol == "auto" else 0
    return is_written_partial(cut.names[node], varying, symbol)


def is_written_partial(name: str, varying: int, symbol: Symbol) -> bool:
    """The same by its name and how many varying nodes it reads."""
    if symbol != "auto":
        return symbol == "partial"
    inner = derivative_name(name)
    return (inner is not None and inner.symbol == "∂") or varying > 1
