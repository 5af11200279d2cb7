"""Which nodes of a graph are vertices of a figure, and what they are called there."""

from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from operator import attrgetter

from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node, needed_by
from graphviz_ad.core.names import Name
from graphviz_ad.core.reach import reached
from graphviz_ad.core.record import Record

LONG = 50  # symbols of an equation that is written out, though it repeats some of its parts
_LETTERS = "vuwqstpr"
PART = 5  # symbols of a part that is then given a name instead of being repeated
TOGETHER = ("add", "mul")  # operations that a figure shows as one node where they follow each other,
MOST = 12  # with up to so many operands


class GraphView(Record):
    """The vertices of a graph with their names, in topological order: all values of the full graph, the variables of
    the simplified graph and the parts that its equations would else repeat at length. `active` are the nodes that
    depend on a variable of differentiation; `definitions` keeps the right side of each equation, and `read` what each
    vertex reads, once it is asked for. `joined` are sums and products that are shown as a part of the larger one that
    alone reads them."""

    graph: Graph
    full: bool
    names: dict[int, Name]
    active: frozenset[int]
    definitions: dict[int, Graph]
    read: dict[int, list[int]]
    joined: frozenset[int] = frozenset()

    def operands(self, node: int) -> list[int]:
        """The operands of a node and of those joined with it, in order."""
        found: list[int] = []
        stack = list(reversed(self.graph.nodes[node].args))
        while stack:
            arg = stack.pop()
            if arg in self.joined:
                stack.extend(reversed(self.graph.nodes[arg].args))
            else:
                found.append(arg)
        return found

    def reads(self, node: int) -> list[int]:
        """The vertices that a vertex reads directly, in the order in which it reads them."""
        if node not in self.read:
            between = self.interior(node, leaves=True)
            self.read[node] = [index for index in between if index in self.names and index != node]
        return self.read[node]

    def reads_in_two_ways(self, node: int, read: int) -> bool:
        """Whether a vertex reads another both directly and through others: its derivative has a partial one in it."""
        direct = [other for other in self.reads(node) if other in self.active]
        if read not in direct:
            return False
        others = [other for other in direct if other != read]
        return read in reached(others, lambda other: [one for one in self.reads(other) if one in self.active])

    def interior(self, node: int, leaves: bool = False) -> list[int]:
        """The nodes between a vertex and the vertices that it reads, itself the first; with those if `leaves`."""
        seen = {node: None}
        stack = list(reversed(self.graph.nodes[node].args))
        while stack:
            index = stack.pop()
            if index not in seen and (leaves or index not in self.names):
                seen[index] = None
                if index not in self.names:
                    stack.extend(reversed(self.graph.nodes[index].args))
        return list(seen)


def graph_view(
    graph: Graph, full: bool, wrt: Collection[str] = (), long: int = LONG, together: bool = False
) -> GraphView:
    """The view of the full or the simplified graph; differentiation is with respect to `wrt`, by default all inputs.
    Equations of more than `long` symbols have names for what they repeat. In a full one sums of sums and products of
    products may stand `together`."""
    made = _graph_view(graph, full, wrt, parts(graph, long))
    if not (full and together):
        return made
    joined = _joined(graph, made.names)
    names = {node: name for node, name in made.names.items() if node not in joined}
    return made.replace(names=names, definitions={}, read={}, joined=joined)


def _joined(graph: Graph, names: Collection[int]) -> frozenset[int]:
    """The results without a name that only a larger sum reads, of sums, and only a larger product, of products."""
    nodes = graph.nodes
    readers = Counter(arg for node in nodes for arg in node.args)
    count = [2] * len(nodes)  # operands of each
    found: set[int] = set()
    for index, node in enumerate(nodes):
        for arg in node.args if node.op in TOGETHER else ():
            alone = readers[arg] == 1 and nodes[arg].name is None and nodes[arg].op == node.op
            if alone and arg in names and count[index] + count[arg] - 1 <= MOST:
                found.add(arg)
                count[index] += count[arg] - 1
    return frozenset(found)


def written_out(graph: Graph) -> GraphView:
    """The view of the variables alone, each of whose equations goes down to the variables that it reads."""
    return _graph_view(graph, False, (), set())


def _graph_view(graph: Graph, full: bool, wrt: Collection[str], repeated: set[int]) -> GraphView:
    wanted = {find(graph, name) for name in wrt} or set(graph.inputs())
    named = {index for index, node in enumerate(graph.nodes) if node.name is not None}
    varies = _depends(graph, named | repeated)
    names: dict[int, Name] = {}
    letter, count = _free_letter(graph), 0
    for index, node in enumerate(graph.nodes):
        if node.name is not None:
            names[index] = node.name
        elif index in varies and node.op not in (CONST, INPUT):
            count += 1
            if full or index in repeated:
                names[index] = Name(f"{letter}_{count}")
    return GraphView(graph, full, names, frozenset(_depends(graph, wanted)), {}, {})


def definition(graph_view: GraphView, root: int) -> Graph:
    """The right side of a vertex's equation, made once: a graph whose inputs are the vertices that it reads."""
    known = graph_view.definitions
    if root not in known:
        known[root] = _definition(graph_view, root)
    return known[root]


def _definition(graph_view: GraphView, root: int) -> Graph:
    interior = set(graph_view.interior(root))
    kept = sorted(interior.union(graph_view.reads(root)))
    place = {old: new for new, old in enumerate(kept)}
    nodes = []
    for old in kept:
        node = graph_view.graph.nodes[old]
        if old in interior:
            nodes.append(node.replace(args=tuple(place[arg] for arg in node.args), name=None))
        else:
            nodes.append(Node(INPUT, (), None, graph_view.names[old], None, node.type))
    return Graph(tuple(nodes), (place[root],))


def parts(graph: Graph, long: int) -> set[int]:
    """The results without a name that are read several times in an equation that would have more than so many symbols
    if each were written out. With names for them, all equations together are no longer than the graph."""
    nodes = graph.nodes
    readers = Counter(arg for node in nodes for arg in node.args)
    if not any(readers[index] > 1 and node.args and node.name is None for index, node in enumerate(nodes)):
        return set()
    written: list[int] = []  # symbols of each node, up to the next names
    for node in nodes:
        written.append(min(long, sum(written[arg] if nodes[arg].name is None else 1 for arg in node.args)) + 1)
    if max(written, default=0) <= long:
        return set()
    inside = [symbols > long for symbols in written]
    for index in range(len(nodes) - 1, -1, -1):
        if inside[index]:  # so is all that its equation is made of
            for arg in nodes[index].args:
                inside[arg] = inside[arg] or nodes[arg].name is None
    found: set[int] = set()
    for index, node in enumerate(nodes):
        written[index] = 1 + sum(1 if arg in found or nodes[arg].name else written[arg] for arg in node.args)
        if inside[index] and node.name is None and readers[index] > 1 and written[index] >= PART:
            found.add(index)
    return found


def find(graph: Graph, name: str) -> int:
    """The node of a variable, by any spelling of its name. Raises AdgraphError where there is none."""
    wanted = Name(name)
    if wanted in graph.places:
        return graph.places[wanted]
    for key in attrgetter("key"), attrgetter("loose_key"):
        for known, index in graph.places.items():
            if key(known) == key(wanted):
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
    for index, node in enumerate(graph.nodes):
        if not found.isdisjoint(node.args):
            found.add(index)
    return found


def varying(graph: Graph, wrt: Collection[int] | None = None) -> list[bool]:
    """Whether each node depends on one of `wrt`, by default on an input."""
    fixed: set[int] = set()
    for index, node in enumerate(graph.nodes):
        if fixed.issuperset(node.args) and (node.op != INPUT if wrt is None else index not in wrt):
            fixed.add(index)
    return [index not in fixed for index in range(len(graph.nodes))]


@lru_cache(maxsize=16)
def _depending(graph: Graph) -> list[bool]:
    """Whether each node depends on an input."""
    return varying(graph)


def is_alone(graph: Graph, index: int, k: int) -> bool:
    """Whether the table has another derivative for a node by its k-th argument since no other depends on an input."""
    node = graph.nodes[index]
    others = node.args[:k] + node.args[k + 1 :]
    return bool(operation(node.op).alone) and not any(map(_depending(graph).__getitem__, others))


def _free_letter(graph: Graph) -> str:
    """The letter for values without a name of their own: v, as in the literature, or one that is not taken."""
    names = [node.name for node in graph.nodes if node.name]
    return next((letter for letter in _LETTERS if not any(_is_base(letter, name) for name in names)), "value")


def letter_of_parts(graph: Graph) -> str:
    """The letter for parts of what is too long to be written in one piece: the next that is not taken, neither in the
    functions that are kept."""
    names = [node.name for node in graph.nodes if node.name]
    names += [name for function in graph.functions for name in (function.name, *function.params)]
    taken = _free_letter(graph)
    free = (letter for letter in _LETTERS if not any(_is_base(letter, name) for name in names))
    return next((letter for letter in free if letter != taken), "part")


def _is_base(letter: str, name: Name) -> bool:
    return name[0] == letter and name.parts.base == letter
