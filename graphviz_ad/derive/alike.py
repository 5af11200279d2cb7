"""Variables that are alike: those of a layer, whose equations differ in their indices alone, and which are read alike.

Nodes get colours, and nodes of one colour are parted as long as what they read, or who reads them, differs in colour
(as in the partition refinement of R. Paige and R. Tarjan, 1987; here in rounds). What is left in one class has formulas
that differ in names alone, and derivatives that do too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable

from graphviz_ad.core.graph import CONST, Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.numbers import spelling
from graphviz_ad.core.reach import by_key

COMMUTATIVE = ("add", "mul")
ROUNDS = 64  # of parting; what only a longer way tells apart is left together

ReadingPlace = tuple[int, int]  # a node, and the place at which it reads; that does not matter where it is NOWHERE
NOWHERE = -1


def alike(graph: Graph, active: Collection[int], root: int | None = None) -> list[tuple[int, ...]]:
    """The classes of a graph's variables, each in the order of the graph; most have one member. Those that are `active`
    are not like others; nor is the `root`, if the derivatives are those of one output."""
    operands = _operands(graph)
    readers: dict[int, list[ReadingPlace]] = {node: [] for node in operands}
    depth = dict.fromkeys(operands, 0)
    for node, args in operands.items():
        is_ordered = graph.nodes[node].op not in COMMUTATIVE
        for place, arg in enumerate(args):
            readers[arg].append((node, place if is_ordered else NOWHERE))
            depth[node] = max(depth[node], depth[arg] + 1)
    outputs = set(graph.outputs)
    colour = _numbered({
        node: (*_facts(graph, node), depth[node], node in outputs, node in active, node == root) for node in operands
    })  # fmt: skip
    for _ in range(ROUNDS):
        before = len(set(colour.values()))
        colour = _numbered({
            node: (colour[node], _in_order(graph, node, [colour[arg] for arg in args]),
                   tuple(sorted((colour[reader], place) for reader, place in readers[node])))
            for node, args in operands.items()
        })  # fmt: skip
        if len(set(colour.values())) == before:
            break
    classes = by_key((colour[node], node) for node in operands if graph.nodes[node].name is not None)
    return [tuple(members) for members in classes.values()]


def _operands(graph: Graph) -> dict[int, list[int]]:
    """What each node reads; sums of sums and products of products are one where the inner one has no other reader."""
    nodes = graph.nodes
    readers = Counter(arg for node in nodes for arg in node.args)
    found: dict[int, list[int]] = {}
    for index, node in enumerate(nodes):
        args: list[int] = []
        for arg in node.args:
            inner = nodes[arg]
            is_part = node.op in COMMUTATIVE and inner.op == node.op and inner.name is None and readers[arg] == 1
            args += found.pop(arg) if is_part else [arg]
        found[index] = args
    return found


def _facts(graph: Graph, node: int) -> tuple[Hashable, ...]:
    """What a node is by itself."""
    here = graph.nodes[node]
    value = spelling(here.value) if here.op == CONST else None
    return here.op, value, kind(here.name), here.type.shape, here.type.attributes


def kind(name: Name | None) -> Hashable:
    """What names have in common that differ in the numbers of their indices alone."""
    return None if name is None else name.parts.without_numbers


def _in_order(graph: Graph, node: int, colours: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(colours) if graph.nodes[node].op in COMMUTATIVE else colours)


def _numbered(facts: dict[int, tuple[Hashable, ...]]) -> dict[int, int]:
    """A number for each of what differs."""
    numbers: dict[Hashable, int] = {}
    return {node: numbers.setdefault(fact, len(numbers)) for node, fact in facts.items()}
