"""The adjoints of an output as a numbered list, each over those before it: (2) dL/dh = dL/dy · w by (1).

Where variables are alike, the line of the first stands for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial

from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import ChainLine, Factor, is_one, is_zero
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import UNNAMED
from graphviz_ad.core.reach import by_key
from graphviz_ad.core.record import Record
from graphviz_ad.derive.alike import alike
from graphviz_ad.derive.chain_system import ChainSystem, in_words, on_the_way
from graphviz_ad.derive.factors import factor, products_summed, total_by
from graphviz_ad.derive.folding import STEPS, step_from, templates
from graphviz_ad.derive.graph_view import GraphView

MANY = 12  # lines, up to which each variable has its own


class Adjoints(Record):
    """What a list is made from: a view; for an output the nodes on the way to it with their readers, the output's side
    first; and the line by a node of them, over the adjoints of its readers."""

    graph_view: GraphView
    readers: Callable[[int], Mapping[int, Sequence[int]]]
    line: Callable[[int, int, Sequence[int]], ChainLine]


def adjoints_of(system: ChainSystem) -> Adjoints:
    """What the list of a system of numbers is made from."""
    return Adjoints(system.graph_view, partial(_readers, system), partial(_line, system))


def _readers(system: ChainSystem, of: int) -> dict[int, list[int]]:
    """The nodes on the way with their readers, without those whose derivative by them is 0, unless all are so."""
    return {
        node: [reader for reader in readers if not is_zero(factor(system, (reader, node)).performed)] or readers
        for node, readers in on_the_way(system, of).items()
    }


def adjoint_list(made_from: Adjoints, of: Sequence[int], wrt: Sequence[int], folded: bool) -> tuple[Chain, ...]:
    """The lines of each output: those that others are made by in the order of backpropagation, then those that are
    asked for, sums at the end. Where there are many, and they may be `folded`, what is alike has one line; of outputs
    that are alike the first has lines."""
    view = made_from.graph_view
    folded = folded and sum(len(made_from.readers(output)) for output in of) > MANY
    names = view.names
    classes = alike(view.graph, view.active) if folded else [(output,) for output in of]
    lines: list[Chain] = []
    for members in classes:
        outputs = [output for output in of if output in members]
        if not outputs:
            continue
        made = list(_lines(made_from, outputs[0], wrt, folded, sum(chain.lines[0].mark > 0 for chain in lines)))
        if len(outputs) > 1 and made:
            others = in_words(*(names[output] for output in outputs[1:]))
            made[-1] = made[-1].replace(notes=(*made[-1].notes, f"likewise for the derivatives of {others}"))
        lines += made
    return tuple(lines)


def _lines(made_from: Adjoints, of: int, wrt: Sequence[int], folded: bool, last: int) -> Iterable[Chain]:
    """The lines of one output, numbered behind the last number of the output before it."""
    view = made_from.graph_view
    readers = made_from.readers(of)
    read_on = {reader for found in readers.values() for reader in found} - {of}
    kin = _kin(view, of, readers) if folded else {node: (node,) for node in readers}
    marks: dict[int, int] = {}
    for node in readers:
        if node in read_on and kin[node][0] not in marks:
            marks[kin[node][0]] = last = last + 1
    asked = [node for node in wrt if node in readers and node not in read_on and node == kin[node][0]]
    for node in (*marks, *sorted(asked, key=lambda node: len(readers[node]) > 1)):  # what is read once is a parameter
        by = sorted({marks[kin[reader][0]] for reader in readers[node] if reader != of} - {marks.get(node, 0)})
        like = tuple(view.names[other] for other in kin[node][1:])
        line = made_from.line(of, node, readers[node]).replace(mark=marks.get(node, 0), by=tuple(by), like=like)
        yield Chain(line.total.of or UNNAMED, line.total.wrt or UNNAMED, (line,))


def _kin(view: GraphView, of: int, readers: Mapping[int, Sequence[int]]) -> dict[int, tuple[int, ...]]:
    """Which of the nodes each has its line with; the first of them stands for all. Of a layer these are in the order of
    the graph, of steps in that of backpropagation."""
    kin: dict[int, tuple[int, ...]] = {}
    for members in alike(view.graph, view.active, of):
        here = tuple(node for node in members if node in readers)
        kin |= dict.fromkeys(here, here)
    kin |= {node: (node,) for node in readers if node not in kin}
    if len({members[0] for members in kin.values()}) <= MANY:
        return kin
    template = templates(view)

    def step(node: int) -> Hashable:
        own = view.names[node]
        read = ((str(template[reader]), str(step_from(own, view.names[reader]))) for reader in readers[node])
        return template[node], tuple(sorted(read))

    steps = by_key((step(node), node) for node in readers if len(kin[node]) == 1 and of not in readers[node])
    for nodes in steps.values():
        if len(nodes) >= STEPS:
            is_input = view.graph.nodes[nodes[0]].op == INPUT
            kin |= dict.fromkeys(nodes, tuple(sorted(nodes) if is_input else nodes))
    return kin


def _line(system: ChainSystem, of: int, node: int, readers: Sequence[int]) -> ChainLine:
    paths = tuple(
        _without_ones((*(() if reader == of else (_adjoint(system, of, reader),)), factor(system, (reader, node))))
        for reader in readers
    )
    _, performed = products_summed(paths)
    return ChainLine(total_by(system, of, node), node, paths, performed=performed)


def _adjoint(system: ChainSystem, of: int, node: int) -> Factor:
    total = total_by(system, of, node)
    return Factor(total, total, node)


def _without_ones(path: tuple[Factor, ...]) -> tuple[Factor, ...]:
    """The factors of a product; a one is none, unless it stands alone."""
    return tuple(one for one in path if not is_one(one.performed)) or path[:1]
