"""The arrays of a function that its graph has in parts, or in another form."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.whole_array import WholeArray
from graphviz_ad.read.python.tape import Tape


def wholes(tape: Tape, graph: Graph, names: Mapping[int, Name]) -> tuple[WholeArray, ...]:
    """Those of three axes and more, and of n × 1, which is a vector of n. `names` has those of entries of the tape."""
    found: dict[tuple[int, ...], WholeArray] = {}
    for stack in tape.stacks:
        parts = tuple(names.get(index) or tape.name_of(index) for index in stack.matrices)
        name = stack.name or (graph.name(graph.outputs[-1]).partition("_")[0] if names else "")
        if stack.matrices not in found and name not in graph.places and all(parts):
            found[stack.matrices] = WholeArray(Name(name), stack.axes, tuple(filter(None, parts)))
    among = {part for whole in found.values() for part in whole.parts}
    alone = {index: name for index, name in names.items() if index in tape.axes and name not in among}
    shapes = {index: graph.nodes[graph.places[name]].type.shape for index, name in alone.items()}
    single = (WholeArray(name, tape.axes[index], (name,)) for index, name in alone.items())
    return (*found.values(), *(whole for whole, shape in zip(single, shapes.values(), strict=True)
                               if whole.axes != shape))  # fmt: skip
