"""How often arrows cross where Graphviz's dot lays out the same boxes (needs pygraphviz, for this comparison alone)."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from graphviz_ad.drawing.curves import sample
from graphviz_ad.drawing.placement import Box, Link
from tests.placement_rules import crossings


def dot_crossings(boxes: Sequence[Box], links: Sequence[Link], between: float, rows: float) -> int:
    """Crossings of dot's splines, from left to right."""
    from pygraphviz import AGraph

    graph: Any = AGraph(directed=True, strict=False, rankdir="LR", ranksep=str(between / 72), nodesep=str(rows / 72))
    operations = {box.node for box in boxes if box.operation is not None}
    for box in boxes:
        graph.add_node(box.node, shape="box", fixedsize="true", label="",
                       width=str(box.size.width / 72), height=str(box.size.height / 72))  # fmt: skip
        if box.operation is not None:
            graph.add_node(f"o{box.node}", shape="box", fixedsize="true", label="",
                           width=str(box.operation.width / 72), height=str(box.operation.height / 72))  # fmt: skip
            graph.add_edge(f"o{box.node}", box.node, weight="8")
    for link in links:
        head = f"o{link.head}" if link.head in operations else link.head
        graph.add_edge(link.tail, head, headclip="false", tailclip="false", arrowhead="none", label=_blank(link))
    graph.layout("dot")
    ways = []
    for edge in graph.edges():
        said = edge.attr["pos"].replace("\\\r\n", "").replace("\\\n", "").split()
        points = [tuple(map(float, point.split(","))) for point in said if point[0] not in "es"]
        ways.append(sample(tuple((x, y) for x, y in points), 4))
    return crossings(ways)


def _blank(link: Link) -> str:
    if not link.width:
        return ""
    return (f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{ceil(link.width)}" HEIGHT="{ceil(link.height)}">'
            "<TR><TD></TD></TR></TABLE>>")  # fmt: skip
