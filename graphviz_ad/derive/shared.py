"""Adjoints that several chains share, listed once, as backpropagation on paper does: (1) dL/dy = …, (2) dL/dh =
dL/dy · ∂y/∂h = …, and each of the other lines says which of these it is made by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.together import together
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import ChainLine, Derivative, Factor, Formula
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Symbol
from graphviz_ad.derive.chain import chain_of, without_paths
from graphviz_ad.derive.chain_system import (
    FEW,
    ChainSystem,
    EdgeDerivatives,
    on_the_way,
    system_of,
)
from graphviz_ad.derive.factors import factor, products_summed, shown, total_by
from graphviz_ad.derive.graph_view import GraphView
from graphviz_ad.derive.in_names import Names

TIMES = 2  # as many relations as differ are in the chains of what is listed
SHORT = 16  # symbols of an adjoint that is put into the lines which read it
RESULT = 30  # symbols of what a line makes, where no other line reads it


def listing(
    graph_view: GraphView,
    algebra: Algebra,
    local: EdgeDerivatives,
    of: Sequence[int],
    wrt: Sequence[int],
    symbol: Symbol,
    names: Names,
) -> tuple[Chain, ...] | None:
    """The lines for all outputs, a chain each, those that others refer to first; None where separate chains are easier
    to read: where there are few adjoints, or most of them stand in one chain alone."""
    system = system_of(graph_view, algebra, local, wrt, symbol, names)
    readers = {output: on_the_way(system, output) for output in of}
    in_chains = sum(system.reached[node].bit_count() for nodes in readers.values() for node in nodes)
    different = sum(map(len, readers.values()))
    if different < FEW or in_chains < TIMES * different:
        return None
    lines: list[Chain] = []
    mark = 0
    for output, readers_of in readers.items():
        listed = _Listed(system, output, readers_of, wrt, mark)
        lines += listed.chains()
        mark = listed.last
    return tuple(lines)


class _Adjoint(Record):
    """The derivative of an output by a node: how it is written, what it is over the variables of the system where that
    is short, and the number of its line, 0 where it has none."""

    total: Derivative
    value: int | None
    mark: int


class _Listed:
    """The lines of one output, numbered behind the last number of the output before it."""

    def __init__(
        self, system: ChainSystem, of: int, readers: Mapping[int, list[int]], wrt: Sequence[int], last: int
    ) -> None:
        self.system = system
        self.of = of
        self.wrt = wrt
        self.last = last
        self._readers = readers
        self._known: dict[int, _Adjoint] = {}

    def chains(self) -> Iterable[Chain]:
        """The adjoints that others are made by, in the order of backpropagation; then those that are asked for, in the
        order of the question."""
        read_on = {reader for readers in self._readers.values() for reader in readers}
        made = {node: self._line(node, node in read_on) for node in self._readers}
        yield from (made[node] for node in self._readers if node in read_on)
        for node in self.wrt:
            if node not in read_on or node == self.of:
                yield made[node] if node in made else without_paths(self.system, self.of, node)

    def _line(self, node: int, marked: bool) -> Chain:
        readers = self._readers[node]
        total = total_by(self.system, self.of, node)
        paths = tuple((*self._before(reader), factor(self.system, (reader, node))) for reader in readers)
        unperformed, performed = products_summed(paths)
        value = self._value(node, SHORT if marked else RESULT)
        marks = sorted({self._known[reader].mark for reader in readers if reader != self.of})
        self.last += marked
        self._known[node] = _Adjoint(total, value, self.last if marked else 0)
        results: tuple[Formula, ...] = () if value is None else (shown(self.system.algebra, value),)
        if value is None and len(paths) == 1 and self.system.local[readers[0], node].total == self.system.algebra.one:
            results = (paths[0][0].performed,)  # dL/ds · 1
        line = ChainLine(total, node, paths, unperformed, performed, results, by=tuple(marks))
        relies = any(self.system.local[reader, node].total in self.system.names.relying for reader in readers)
        notes = self.system.names.remarks if relies else ()
        return chain_of(line.replace(mark=self._known[node].mark), *notes)

    def _before(self, reader: int) -> tuple[Factor, ...]:
        """The adjoint of who reads a node: its symbol and, where it is short, what it is."""
        if reader == self.of:
            return ()
        adjoint = self._known[reader]
        short = None if adjoint.value is None else shown(self.system.algebra, adjoint.value)
        return (Factor(adjoint.total, short or adjoint.total, reader),)

    def _value(self, node: int, most: int) -> int | None:
        """An adjoint over the variables of the system; None where it is long, or one that it is made by is."""
        system, algebra = self.system, self.system.algebra
        terms = []
        for reader in self._readers[node]:
            before = algebra.one if reader == self.of else self._known[reader].value
            local = system.local[reader, node].total
            if before is None or local is None:
                return None
            terms.append(algebra.multiply(before, local))
        value = textbook(algebra, together(algebra, terms))
        return value if algebra.size[value] <= most else None
