"""The values of what is on a tape with arrays, where a branch, a comparison or an index asks for one."""

from __future__ import annotations

from typing import Any

from graphviz_ad.core.graph import CONST, INPUT, NUMBER, Node
from graphviz_ad.read.array_table import numpy, of_operation
from graphviz_ad.read.python.tape import Tape


def value_on(tape: Tape, index: int) -> Any:
    """The value of an entry, a number or an array of numpy's; None where something that it is made of has none."""
    known, stack = tape.computed, [index]
    with numpy().errstate(all="ignore"):
        while stack:
            waiting = [arg for arg in tape.args[stack[-1]] if arg not in known]
            if not waiting:
                at = stack.pop()
                known[at] = _computed(tape, at)
            stack += waiting
    return known[index]


def _computed(tape: Tape, index: int) -> Any:
    op, args = tape.ops[index], [tape.computed[arg] for arg in tape.args[index]]
    if op == INPUT:
        given = tape.given_arrays.get(index)
        return tape.number_given(index) if given is None else _without_ones(given)
    if op == CONST:
        return float(tape.leaves[index].value or 0)
    if any(arg is None for arg in args):
        return None
    try:
        return of_operation(Node(op, (), type=tape.types.get(index, NUMBER)), *args)
    except numpy().linalg.LinAlgError:
        return numpy().full(tape.shapes.get(index, ()), numpy().nan)


def _without_ones(given: Any) -> Any:
    """An array as the operations have it: an axis of one entry is none."""
    found = numpy().array(given, float)
    return found.reshape(-1) if 1 in found.shape else found
