"""Which derivatives are written with d, and which with ∂."""

from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.request import Symbol
from graphviz_ad.derive.graph_view import GraphView


def is_partial(graph_view: GraphView, node: int, symbol: Symbol) -> bool:
    """Whether a local derivative of a node is written with ∂: it reads several variables that vary, or is written so
    itself."""
    varying = sum(read in graph_view.active for read in graph_view.reads(node)) if symbol == "auto" else 0
    return is_written_partial(graph_view.names[node], varying, symbol)


def is_written_partial(name: Name, varying: int, symbol: Symbol) -> bool:
    """The same by its name and how many varying nodes it reads."""
    if symbol != "auto":
        return symbol == "partial"
    return (isinstance(name, DerivativeName) and name.symbol == "∂") or varying > 1
