"""Whether values are what is assumed of them, since formulas that rely on it would be wrong at others."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.derive.arrays.assumptions import ArrayAssumptions
from graphviz_ad.read.array_table import Array, numpy


def check_assumed(graph: Graph, found: Sequence[Array], assumed: ArrayAssumptions) -> None:
    """Raises AdgraphError for values of which something else is assumed."""
    np = numpy()
    for name, total in assumed.sums.items():
        here = float(np.sum(found[graph.places[name]]))
        if not np.isclose(here, total):
            raise AdgraphError(f"the entries of {name} add up to {here:g}, not to {total} as is assumed",
                               hint=f"other values (--at), or without --assume 'sum({name}) = {total}'")  # fmt: skip
    for name, total in assumed.rows.items():
        rows = np.sum(np.reshape(found[graph.places[name]], graph.nodes[graph.places[name]].type.shape), 1)
        if not np.allclose(rows, total):
            place = int(np.argmax(abs(rows - total)))
            raise AdgraphError(f"row {place + 1} of {name} adds up to {rows[place]:g}, not to {total} as is assumed",
                               hint=f"other values (--at), or without --assume 'rowsum({name}) = {total}'")  # fmt: skip
    for name in sorted(assumed.symmetric):
        here = found[graph.places[name]]
        if not np.allclose(here, np.transpose(here)):
            raise AdgraphError(f"{name} is not symmetric at its values, as is assumed",
                               hint=f"other values (--at), or without --assume '{name} = {name}^T'")  # fmt: skip
