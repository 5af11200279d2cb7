"""What is said of an order that was asked for and does nothing."""

from graphviz_ad.core.diagram import Sheet
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.layered.arrangement import Arrangement, arrangements
from graphviz_ad.drawing.layered.asked import asked_order, named
from graphviz_ad.drawing.layered.net import ITSELF


def remark_on_order(sheet: Sheet, request: Request) -> str:
    """Which variables share no column in any graph of a sheet, so that neither could be put above the other."""
    above = asked_order(request)
    if not above:
        return ""
    nodes = named(vertex for diagram in sheet.diagrams for vertex in diagram.vertices)
    made = arrangements(sheet.diagrams, above).values()
    apart = [
        f"{upper} and {lower}"
        for upper, lower in above
        if (ends := nodes.keys() & {Name(upper).key, Name(lower).key})
        and len(ends) == 2
        and not any(_share_a_column(arrangement, {nodes[key] for key in ends}) for arrangement in made)
    ]
    return f"{', '.join(apart)} share no column, so that --order and --pin do nothing for them" if apart else ""


def _share_a_column(arrangement: Arrangement, nodes: set[int]) -> bool:
    """Whether these stand in one column somewhere, or pass through it."""
    return any(
        nodes <= {node for node, part, _ in column if part == ITSELF or part >= 0} for column in arrangement.columns
    )
