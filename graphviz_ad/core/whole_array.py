"""Arrays as a Python function has them, where its graph has them otherwise: of three axes and more as their matrices,
and n × 1 as a vector of n."""

from __future__ import annotations

from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record


class WholeArray(Record):
    """An array, its axes, and the nodes of the graph that are its parts, one after the other; one alone is itself."""

    name: Name
    axes: tuple[int, ...]
    parts: tuple[Name, ...]
