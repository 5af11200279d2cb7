"""A wrong expression at points, and what becomes of it where one of its parts is another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graphviz_ad.core.graph import CONST, INPUT, Graph, Node, needed_by
from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record
from graphviz_ad.point.balls import Ball, NoValueError, applied, differ, leaf
from graphviz_ad.point.missing_parts import Evidence, text
from graphviz_ad.point.mistakes import SLIP


class Change(Record):
    """A change that may mend a claim: what it says of the claim, and which node of it has what values at the points."""

    words: str
    node: int
    values: Iterable[Ball]
    kind: str = SLIP


class Patient:
    """The nodes of an expression, each place at which a variable or a number stands by itself, with their values at
    each point. Raises NoValueError where one has none."""

    def __init__(self, graph: Graph, evidence: Sequence[Evidence]) -> None:
        self.graph, self.evidence = graph, evidence
        self.nodes: list[Node] = []
        self.origin: list[int] = []  # of each node, in the graph
        self.root = self._planted()
        self.found = [self._through(one) for one in evidence]
        self._wanted: dict[int, list[Ball] | None] = {}

    def _planted(self) -> int:
        made: dict[int, int] = {}

        def keep(index: int, args: tuple[int, ...]) -> int:
            self.nodes.append(self.graph.nodes[index].replace(args=args))
            self.origin.append(index)
            return len(self.nodes) - 1

        for index, node in enumerate(self.graph.nodes):
            if node.args:
                made[index] = keep(index, tuple(made[arg] if arg in made else keep(arg, ()) for arg in node.args))
        (root,) = self.graph.outputs
        return made[root] if root in made else keep(root, ())

    def _through(self, point: Evidence) -> list[Ball]:
        found: list[Ball] = []
        for node in self.nodes:
            found.append(leaf(node, point.leaves) if node.op in (INPUT, CONST) else applied(node, found))
        return found

    def text(self, node: int) -> str:
        """A part as it was written."""
        return text(needed_by(self.graph.nodes, [self.origin[node]]))

    def values(self, node: int) -> Iterator[Ball]:
        """The values of a part."""
        return (found[node] for found in self.found)

    def applied(self, node: Node) -> Iterator[Ball]:
        """The values of an operation on other parts."""
        return (applied(node, found) for found in self.found)

    def leaf(self, name: Name) -> Iterator[Ball]:
        """The values of a variable."""
        return (one.leaves[name] for one in self.evidence)

    def wanted(self, node: int) -> list[Ball] | None:
        """What a part would have to be for the whole to be right; None where the whole is no sum of its multiples."""
        if node not in self._wanted:
            try:
                self._wanted[node] = self._solved(node)
            except NoValueError:
                self._wanted[node] = None
        return self._wanted[node]

    def _solved(self, node: int) -> list[Ball] | None:
        if node == self.root:
            return [one.value for one in self.evidence]
        solved = []
        for found, one in zip(self.found, self.evidence, strict=True):
            first, second = (self._changed(found, node, found[node] + more) for more in (1, 2))
            slope = first - found[self.root]
            if slope.contains(0) or differ(second - first, slope):
                return None
            solved.append(found[node] + (one.value - found[self.root]) / slope)
        return solved

    def is_mended(self, change: Change) -> bool:
        """Whether a change makes the whole right at every point; where too many digits cancel, nothing is said."""
        told = 0
        try:
            for value, found, one in zip(change.values, self.found, self.evidence, strict=True):
                differs = differ(self._changed(found, change.node, value), one.value)
                if differs:
                    return False
                told += differs is False
        except NoValueError:
            return False
        return told > len(self.evidence) // 2

    def _changed(self, found: Sequence[Ball], node: int, value: Ball) -> Ball:
        if not value.is_finite():
            raise NoValueError("a change")
        made, changed = list(found), {node}
        made[node] = value
        for index in range(node + 1, self.root + 1):
            if not changed.isdisjoint(self.nodes[index].args):
                made[index] = applied(self.nodes[index], made)
                changed.add(index)
        return made[self.root]
