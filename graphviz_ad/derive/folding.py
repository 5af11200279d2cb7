"""A large system in few parts: what is alike is one, and so are the steps of a recurrence and what they read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping

from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.core.likely import is_parameter
from graphviz_ad.core.names import Name
from graphviz_ad.core.numbers import spelling
from graphviz_ad.core.reach import by_key, reached
from graphviz_ad.derive.alike import alike, kind
from graphviz_ad.derive.graph_view import GraphView, definition

FEW = 12  # parts that need no further folding
STEPS = 3  # so many of a recurrence are folded
ACROSS = 6  # parts on the longest way that need no further folding

NodeParts = list[tuple[int, ...]]


def folded(graph_view: GraphView, few: int = FEW) -> NodeParts:
    """The vertices of a simplified view in parts, each in the order of the graph. Layers are folded always; steps with
    what lies between them, inputs that are read alike, and what is made of one part alone, σ(z), where there are still
    more than a `few` parts, or more across than a page holds."""
    layers = _layers(graph_view)
    parts = _without_circles(graph_view, families(graph_view, few))
    if len(parts) > few or len(parts) < len(layers):  # what the steps of a recurrence read
        parts = _inputs_of_a_kind(graph_view, parts)
    if len(parts) > few:
        parts = _parameters(graph_view, parts)
    parts = _made_of_one(graph_view, parts)
    return sorted(tuple(sorted(members)) for members in parts)


def families(graph_view: GraphView, few: int = 0) -> NodeParts:
    """The vertices with those together whose equations are alike: of a layer or, if there are still more than a `few`,
    of the steps of a recurrence."""
    parts = _layers(graph_view)
    return _steps(graph_view, parts) if len(parts) > few else parts


def _layers(graph_view: GraphView) -> NodeParts:
    parts = alike(graph_view.graph, graph_view.active)
    return parts + [(node,) for node in set(graph_view.names).difference(*parts)]  # which have names of our own


# ---- steps


def _steps(graph_view: GraphView, parts: NodeParts) -> NodeParts:
    """With the steps of each recurrence together: variables whose equations differ in the number of the step alone."""
    template = templates(graph_view)
    alone = (node for node, *others in parts if not others and graph_view.graph.nodes[node].op != INPUT)
    found = by_key((template[node], node) for node in alone)
    joined = {node: nodes[0] for nodes in found.values() if len(nodes) >= STEPS for node in nodes}
    return _merged(parts, joined)


def templates(graph_view: GraphView) -> dict[int, Hashable]:
    """The equation of each vertex with the numbers of its names relative to its own: equal for the steps of a
    recurrence."""
    numbers: dict[Hashable, int] = {}
    return {node: _template(graph_view, node, numbers) for node in graph_view.names}


def _template(graph_view: GraphView, node: int, numbers: dict[Hashable, int]) -> Hashable:
    name = graph_view.names[node]
    if graph_view.graph.nodes[node].op == INPUT:
        return kind(name), None
    made: list[int] = []
    for each in definition(graph_view, node).nodes:
        value = spelling(each.value) if each.op == CONST else None
        leaf = None if each.name is None else (kind(each.name), step_from(name, each.name))
        fact = each.op, tuple(made[arg] for arg in each.args), value, leaf
        made.append(numbers.setdefault(fact, len(numbers)))
    return kind(name), made[-1]


def step_from(name: Name, other: Name) -> int | None:
    """How many steps another name is behind a name, by the last numbers among their indices."""
    own, there = _number(name), _number(other)
    return None if own is None or there is None else there - own


def _number(name: Name) -> int | None:
    """The last number among the indices of a name."""
    return next(reversed(name.parts.numbers), None)


def _without_circles(graph_view: GraphView, parts: NodeParts) -> NodeParts:
    """With parts that read each other in a circle as one."""
    place = {node: number for number, members in enumerate(parts) for node in members}
    reads = _reads(graph_view, parts, place)
    below = [reached([number], reads.__getitem__) for number in range(len(parts))]
    joined = {
        node: parts[min([number, *(other for other in below[number] if number in below[other])])][0]
        for number, members in enumerate(parts)
        for node in members
    }
    return _merged(parts, joined)


def _made_of_one(graph_view: GraphView, parts: NodeParts) -> NodeParts:
    """With each part that is made of one other alone, and is all that reads it, together with that, where the longest
    way has too many."""
    parts = sorted(parts)
    place = {node: number for number, members in enumerate(parts) for node in members}
    reads = _reads(graph_view, parts, place)
    readers = Counter(read for found in reads for read in found)
    length: list[int] = []
    for found in reads:
        length.append(1 + max((length[read] for read in found), default=0))
    if max(length) <= ACROSS:
        return parts
    joined: dict[int, int] = {}
    for number, found in enumerate(reads):
        (only, *others) = found or (number,)
        is_input = graph_view.graph.nodes[parts[only][0]].op == INPUT
        if not others and only != number and readers[only] == 1 and not is_input and parts[only][0] not in joined:
            joined |= dict.fromkeys(parts[number], parts[only][0])
    return _merged(parts, joined)


def _reads(graph_view: GraphView, parts: NodeParts, place: Mapping[int, int]) -> list[set[int]]:
    """The other parts that each part reads, by their numbers."""
    return [
        {place[read] for node in members for read in graph_view.reads(node)} - {number}
        for number, members in enumerate(parts)
    ]


# ---- inputs


def _inputs_of_a_kind(graph_view: GraphView, parts: NodeParts) -> NodeParts:
    """With inputs of one kind as one part that are read by the same parts: x_1 … x_9 by the steps of a recurrence."""
    return _joined_by(graph_view, parts, lambda node: kind(graph_view.names[node]))


def _parameters(graph_view: GraphView, parts: NodeParts) -> NodeParts:
    """With the parameters as one part that are read by the same parts: w, u and b."""
    return _joined_by(graph_view, parts, lambda node: -1 if is_parameter(graph_view.names[node]) else node)


def _joined_by(graph_view: GraphView, parts: NodeParts, what: Callable[[int], Hashable]) -> NodeParts:
    place = {node: number for number, members in enumerate(parts) for node in members}
    readers: dict[int, set[int]] = {number: set() for number in range(len(parts))}
    for node in graph_view.names:
        for read in graph_view.reads(node):
            readers[place[read]].add(place[node])
    firsts: dict[Hashable, int] = {}
    joined: dict[int, int] = {}
    for number, members in enumerate(parts):
        if graph_view.graph.nodes[members[0]].op == INPUT:
            fact = frozenset(readers[number]), what(members[0])
            joined |= dict.fromkeys(members, firsts.setdefault(fact, members[0]))
    return _merged(parts, joined)


def _merged(parts: NodeParts, joined: Mapping[int, int]) -> NodeParts:
    """With the parts as one whose nodes are joined to one node."""
    made: dict[int, list[int]] = {}
    for members in parts:
        made.setdefault(joined.get(members[0], members[0]), []).extend(members)
    return [tuple(members) for members in made.values()]
