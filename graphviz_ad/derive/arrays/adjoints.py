"""The lines of a list of adjoints between vectors and matrices: ∂L/∂x = Wᵀ ∂L/∂y, each over those of its readers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from graphviz_ad.core.formula import ChainLine, Derivative, Expression, Formula
from graphviz_ad.core.reach import by_key, reached
from graphviz_ad.derive.adjoint_list import Adjoints
from graphviz_ad.derive.arrays.chain import ArrayChains, by_readers, is_partial, reads, total_form
from graphviz_ad.derive.chain import without_repeats
from graphviz_ad.derive.chain_system import outwards
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write


def array_adjoints_of(system: ArrayChains) -> Adjoints:
    """What the list of a system of vectors and matrices is made from; of each output that is a number."""
    return Adjoints(system.graph_view, partial(_readers, system), partial(_line, system))


def _readers(system: ArrayChains, of: int) -> dict[int, list[int]]:
    """The nodes that an output depends on and that vary, from the output on, with their readers on the way."""
    on_the_way = sorted(reached([of], lambda node: reads(system, node)))
    readers = by_key((read, node) for node in on_the_way for read in reads(system, node))
    return {node: readers[node] for node in outwards(readers)}


def _line(system: ArrayChains, of: int, node: int, readers: Sequence[int]) -> ChainLine:
    """A derivative over those by its readers, and what all of it makes where that is no longer."""
    names = system.graph_view.names
    total = Derivative(names[of], names[node], is_partial(system, of, node))
    over_readers, whole = by_readers(system, of, node), total_form(system, of, node)
    made = None if whole is None else Expression(whole)
    if over_readers is None:
        return ChainLine(total, node, performed=made)
    results = () if made is None or _length(made) > _length(over_readers) else (made,)
    return without_repeats(ChainLine(total, node, performed=over_readers, results=results))


def _length(formula: Formula) -> int:
    return len(write(formula, Plain()))
