"""A repetition as a plate: one of its steps is shown, in a box that says how many there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graphviz_ad.core.diagram import Arrow, Diagram, Region
from graphviz_ad.core.formula import Variable
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.record import Record
from graphviz_ad.derive.steps import alike_steps, steps
from graphviz_ad.lesson.words import listed


class Plate(Record):
    """What the variables of the step that is shown are, of all others, and what is said of it."""

    shown: frozenset[int]
    hidden: frozenset[int]
    times: int
    note: str


def plate(graph: Graph) -> Plate | None:
    """The last of the steps of a graph that are alike, if several are; of layers, whatever the number of inputs."""
    found = steps(graph)
    if found is None:
        return None
    same = max(alike_steps(graph, found, set if found.word == "layer" else list), key=len)
    if len(same) < 2:
        return None
    last = same[-1]
    hidden = {node for k, nodes in found.nodes.items() if k < last for node in nodes}
    size = "" if any(set(same) <= set(each) for each in alike_steps(graph, found)) else " but for the number of inputs"
    note = f"{found.word} {last} is shown; the {len(same) - 1} before it {_are(same[1:])} like it{size}"
    if others := [k for k in sorted(found.nodes) if k not in same]:
        note += f", {found.word}{'s' * (len(others) > 1)} {listed(map(str, others))} {_are(others)} not"
    return Plate(frozenset(found.nodes[last]), frozenset(hidden), len(same), note)


def _are(numbers: Sequence[int]) -> str:
    return "is" if len(numbers) == 1 else "are"


class _Parted(Record):
    """The nodes of the step that is drawn, those at its edge that stand as they are, and those that are left out."""

    shown: set[int]
    edge: set[int]
    gone: set[int]


def plated(diagram: Diagram, plate: Plate) -> Diagram:
    """A diagram with one step. Of the others there is only what that step reads, as it stands; what reads all of them
    reads that one."""
    parted = _parted(diagram, plate)
    edge, gone = parted.edge, parted.gone
    nodes = {vertex.node for vertex in diagram.vertices}
    here = nodes - gone
    dropped = {
        vertex.label for vertex in diagram.vertices if vertex.node in gone and isinstance(vertex.label, Variable)
    }

    def is_drawn(arrow: Arrow) -> bool:
        tail, head = sorted((arrow.tail, arrow.head))
        return {tail, head} <= here and head not in edge and (tail not in edge or head in parted.shown)

    regions = [region.replace(nodes=inside) for region in diagram.regions
               if not region.by_itself and (inside := tuple(filter(here.__contains__, region.nodes)))]  # fmt: skip
    own = plate.shown & nodes
    step = Region(f"× {plate.times}", tuple(sorted(own)), tuple(sorted(parted.shown - own)), times=plate.times)
    return diagram.replace(
        vertices=tuple(
            vertex.replace(gate=None) if vertex.node in edge else vertex
            for vertex in diagram.vertices
            if vertex.node in here
        ),
        arrows=tuple(filter(is_drawn, diagram.arrows)),
        legend=tuple(line for line in diagram.legend if line.sides[0] not in dropped),
        regions=(*regions, step),
        notes=(*diagram.notes, plate.note),
    )


def _parted(diagram: Diagram, plate: Plate) -> _Parted:
    reads = {node: {*found} for node, found in diagram.reads().items()}
    readers = {node: {*found} for node, found in diagram.readers().items()}
    bare = {vertex.node for vertex in diagram.vertices if vertex.role in ("operation", "constant")}
    shown = _with_operations(plate.shown, bare, readers)
    hidden = _with_operations(plate.hidden, bare, readers)
    edge = {node for node in hidden if readers.get(node, set()) & shown}
    gone = hidden - edge
    inputs = {node for node, found in reads.items() if not found}
    for node in sorted(bare - shown):  # what a hidden step is put together with, v_2*a_2
        if reads[node] & hidden and reads[node] <= gone | edge | inputs:
            gone.add(node)
    for node in sorted(readers, reverse=True):  # what only these read
        if readers[node] and readers[node] <= gone | edge and not reads[node]:
            gone.add(node)
    return _Parted(shown, edge, gone)


def _with_operations(nodes: Collection[int], bare: Collection[int], readers: dict[int, set[int]]) -> set[int]:
    """Nodes with the operations and numbers that only they read."""
    found = set(nodes)
    for node in sorted(bare, reverse=True):
        if readers[node] and readers[node] <= found:
            found.add(node)
    return found
