"""What a reader says of a system's variables, in its diagrams: what inputs are, which belong together, which path is
shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from graphviz_ad.core.diagram import KINDS, Chain, Diagram, Region, Vertex, VertexRole
from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.formula import Several
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.reach import reached
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.derive.graph_view import find
from graphviz_ad.derive.steps import steps


class Dressing(Record):
    """What is said of the nodes of a graph."""

    roles: Mapping[int, VertexRole]
    regions: tuple[Region, ...]
    strong: frozenset[int]


def dressing(graph: Graph, whole: Graph, request: Request) -> Dressing:
    """What a request says, by the nodes of a graph that may be a part of the whole. A name stands for all that have it
    with an index, w for w_1 and w_2, where there is no variable of that name alone. Raises AdgraphError for a name that
    there is not, and for groups that overlap."""

    def here(name: str) -> list[int]:
        found = (whole.name(node) for node in _named(whole, name))
        return [graph.places[known] for known in found if known in graph.places]

    roles = {node: _role(graph, node, said) for name, said in request.roles.items() for node in here(name)}
    asked = (
        Region(name, tuple(dict.fromkeys(node for member in members for node in here(member))))
        for name, members in request.groups.items()
        if members
    )
    regions = _apart(graph, tuple(asked)) if request.groups else steps_of(graph)
    strong = frozenset(node for name in request.highlight for node in here(name))
    return Dressing(roles, regions, strong)


def _apart(graph: Graph, regions: tuple[Region, ...]) -> tuple[Region, ...]:
    """The regions. Raises AdgraphError for two that share some of their variables: each has a box of its own."""
    for one, other in combinations(regions, 2):
        nodes, others = {*one.nodes}, {*other.nodes}
        if nodes & others and not (nodes <= others or others <= nodes):
            shared = ", ".join(graph.name(node) for node in sorted(nodes & others))
            raise AdgraphError(f"the groups '{one.name}' and '{other.name}' share {shared}: neither has its own box",
                               hint="a group stands beside another, or all of it in the other")  # fmt: skip
    return regions


def steps_of(graph: Graph) -> tuple[Region, ...]:
    """The steps of a recurrence, or the layers of a network, which have boxes by themselves."""
    found = steps(graph)
    if found is None:
        return ()
    return tuple(Region(f"{found.word} {number}", nodes, by_itself=True) for number, nodes in found.nodes.items())


def _named(graph: Graph, name: str) -> list[int]:
    """The variables of a name."""
    base = Name(name).key
    if base not in {other.key for other in graph.places}:
        indexed = [
            node for other, node in graph.places.items() if other.key.replace(subscript="", superscript="") == base
        ]
        if indexed:
            return indexed
    return [find(graph, name)]


def _role(graph: Graph, node: int, said: str) -> VertexRole:
    if graph.nodes[node].op != INPUT:
        raise AdgraphError(f"'{graph.name(node)}' has an equation; parameters, data and targets are inputs")
    for kind in KINDS:
        if kind == said:
            return kind
    hint = did_you_mean(said, list(KINDS)) or f"there are {', '.join(KINDS)}"
    raise AdgraphError(f"there is no role '{said}'", hint=hint)


# ---- diagrams


def dressed(diagram: Diagram, dress: Dressing, names: Mapping[int, Name]) -> Diagram:
    """A diagram with what is said of its vertices; `names` are those of the graph's variables."""
    held = {vertex.node: _held(vertex, names) for vertex in diagram.vertices}
    regions = tuple(
        region.replace(nodes=tuple(sorted(found)), operations=tuple(sorted(_operations(diagram, found, names))))
        for region in dress.regions
        if (found := {node for node, inside in held.items() if inside and inside <= set(region.nodes)})
    )
    regions = _worth_a_box(regions, {vertex.node for vertex in diagram.vertices if vertex.is_input})
    path = _path(diagram, [node for node, inside in held.items() if inside & dress.strong])
    vertices = tuple(
        _in_role(vertex, held[vertex.node], dress.roles).replace(strong=vertex.node in path)
        for vertex in diagram.vertices
    )
    arrows = tuple(
        arrow.replace(strong=True) if {arrow.tail, arrow.head} <= path else arrow for arrow in diagram.arrows
    )
    return diagram.replace(vertices=vertices, arrows=arrows, regions=regions)


def _worth_a_box(regions: tuple[Region, ...], inputs: Collection[int]) -> tuple[Region, ...]:
    """The regions without those by themselves in which a figure shows but one thing that is made, or that are alone."""
    large = [region for region in regions
             if not region.by_itself or len({*region.nodes, *region.operations}.difference(inputs)) > 1]  # fmt: skip
    return tuple(large) if len(large) > 1 or not all(region.by_itself for region in large) else ()


def _operations(diagram: Diagram, region: set[int], names: Collection[int]) -> set[int]:
    """The operations and constants that only the vertices of a region read; not those of a circuit that make a variable
    of another."""
    readers = diagram.readers()
    found = set(region)
    for vertex in sorted(diagram.vertices, key=lambda vertex: -vertex.node):
        is_unnamed = vertex.role == "constant" or (vertex.role == "operation" and vertex.node not in names)
        if is_unnamed and readers[vertex.node] and found.issuperset(readers[vertex.node]):
            found.add(vertex.node)
    return found - region


def _held(vertex: Vertex, names: Mapping[int, Name]) -> set[int]:
    """The variables that a vertex is: several, where they are folded."""
    if isinstance(vertex.label, Several):
        places = {name: node for node, name in names.items()}
        return {places[name] for name in vertex.label.names}
    return {vertex.node}


def _in_role(vertex: Vertex, held: Collection[int], roles: Mapping[int, VertexRole]) -> Vertex:
    said = {roles.get(node, "input") for node in held}
    return vertex.replace(role=said.pop()) if vertex.role == "input" and len(said) == 1 else vertex


def _path(diagram: Diagram, start: Iterable[int]) -> set[int]:
    """The vertices on a way from some of them to an output."""
    return reached(start, diagram.readers().__getitem__)


def chain_dressed(chain: Chain, strong: Collection[Name]) -> Chain:
    """A chain that is strong where it is by a variable whose paths are shown."""
    by = {chain.wrt, *(name for line in chain.lines for name in line.like)}
    return chain.replace(strong=True) if by & set(strong) else chain
