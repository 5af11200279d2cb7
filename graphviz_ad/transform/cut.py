"""Which nodes of a graph are vertices of a figure, and what they are called there."""

from collections.abc import Collection
from typing import NamedTuple

from graphviz_ad.errors import AdgraphError, did_you_mean
from graphviz_ad.graph import CONST, INPUT, Graph, needed_by
from graphviz_ad.notation.names import loose_key, name_key, parse_name


class Cut(NamedTuple):
    """The cut nodes of a graph with their names, in topological order: all values of the full graph, the variables of
    the simplified graph. `active` are the nodes that depend on a variable of differentiation."""

    graph: Graph
    full: bool
    names: dict[int, str]
    active: frozenset[int]

    def reads(self, node: int) -> list[int]:
        """The cut nodes that a cut node reads directly, in the order in which it reads them."""
        return [index for index in self.interior(node, leaves=True) if index in self.names and index != node]

    def interior(self, node: int, leaves: bool = False) -> list[int]:
        """The nodes between a cut node and the cut nodes that it reads, itself the first; with those if `leaves`."""
        seen = {node: None}
        stack = list(reversed(self.graph.nodes[node].args))
        while stack:
            index = stack.pop()
            if index not in seen and (leaves or index not in self.names):
                seen[index] = None
                if index not in self.names:
                    stack.extend(reversed(self.graph.nodes[index].args))
        return list(seen)


def cut(graph: Graph, full: bool, wrt: Collection[str] = ()) -> Cut:
    """The cut of the full or the simplified graph; differentiation is with respect to `wrt`, by default all inputs."""
    wanted = {find(graph, name) for name in wrt} or set(graph.inputs())
    varies = _depends(graph, {index for index, node in enumerate(graph.nodes) if node.name is not None})
    names: dict[int, str] = {}
    letter, count = _free_letter(graph), 0
    for index, node in enumerate(graph.nodes):
        if node.name is not None:
            names[index] = node.name
        elif index in varies and node.op not in (CONST, INPUT):
            count += 1
            if full:
                names[index] = f"{letter}_{count}"
    return Cut(graph, full, names, frozenset(_depends(graph, wanted)))


def find(graph: Graph, name: str) -> int:
    """The node of a variable, by any spelling of its name. Raises AdgraphError where there is none."""
    if name in graph.places:
        return graph.places[name]
    for key in (name_key, loose_key):
        wanted = key(name)
        for known, index in graph.places.items():
            if key(known) == wanted:
                return index
    known_names = list(graph.places)
    raise AdgraphError(
        f"there is no variable '{name}'",
        hint=did_you_mean(name, known_names) or f"there are {', '.join(known_names[:12])}",
    )


def ancestors(graph: Graph, outputs: Collection[str]) -> Graph:
    """The part of a graph that the named variables depend on; they are its outputs."""
    return needed_by(graph.nodes, [find(graph, name) for name in outputs], graph.functions)


def _depends(graph: Graph, sources: set[int]) -> set[int]:
    found = set(sources)
    for index, (_, args, _, _, _) in enumerate(graph.nodes):
        if not found.isdisjoint(args):
            found.add(index)
    return found


def varying(graph: Graph, wrt: Collection[int] | None = None) -> list[bool]:
    """Whether each node depends on one of `wrt`, by default on an input."""
    fixed: set[int] = set()
    for index, (op, args, _, _, _) in enumerate(graph.nodes):
        if fixed.issuperset(args) and (op != INPUT if wrt is None else index not in wrt):
            fixed.add(index)
    return [index not in fixed for index in range(len(graph.nodes))]


def _free_letter(graph: Graph) -> str:
    """The letter for values without a name of their own: v, as in the literature, or one that is not taken."""
    names = [node.name for node in graph.nodes if node.name]
    return next((letter for letter in "vuwqstpr" if not any(_is_base(letter, name) for name in names)), "value")


def _is_base(letter: str, name: str) -> bool:
    return name[0] == letter and parse_name(name).base == letter
