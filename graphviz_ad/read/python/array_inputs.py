"""Parameters that are arrays, as inputs of the graph; those of three axes and more as their matrices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import INPUT, Node, Type
from graphviz_ad.core.names import Name, below
from graphviz_ad.read.python.array_functions import tabled
from graphviz_ad.read.python.arrays import ArrayTracer, AxisNumbers, graph_shape
from graphviz_ad.read.python.tape import Stack, Tape

MAX_MATRICES = 64  # that an array of several axes is made of


def array_input(tape: Tape, name: Name, axes: AxisNumbers) -> Any:
    """A parameter that is an array."""
    if len(axes) > 2:
        return _of_matrices(tape, name, axes)
    index = tape.leaf(Node(INPUT, (), None, name, None, Type(graph_shape(axes))), None)
    tape.inputs.append(index)
    tape.axes[index] = axes
    return ArrayTracer(tape, index, axes)


def _of_matrices(tape: Tape, name: Name, axes: AxisNumbers) -> Any:
    """An array of more axes, of one input for each of its matrices: T_1, T_2 of T."""
    import numpy

    names = list(matrices_of(name, axes))
    if len(names) > MAX_MATRICES:
        text = f"'{name}' of the shape {axes} is {len(names)} matrices"
        raise AdgraphError(text, hint=f"up to {MAX_MATRICES} are traced; take fewer along the first axes")
    tape.notes[f"'{name}' has {len(axes)} axes and is drawn as its matrices {names[0]} … {names[-1]}"] = None
    parts = [array_input(tape, part, axes[-2:]) for part in names]
    tape.stacks.append(Stack(name, axes, tuple(part.index for part in parts)))
    return tabled(tape, parts, lambda cells: numpy.stack(cells).reshape(axes))


def matrices_of(name: Name, axes: AxisNumbers) -> Iterator[Name]:
    """The names of the matrices of an array of several axes, counted from 1."""
    for place in product(*(range(1, size + 1) for size in axes[:-2])):
        yield below(name, ",".join(map(str, place)))
