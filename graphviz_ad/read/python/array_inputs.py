"""Parameters that are arrays, as inputs of the graph; those of three axes and more as their matrices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.given import as_given
from graphviz_ad.core.graph import INPUT, Node, Type
from graphviz_ad.core.names import Name, below
from graphviz_ad.read.python.array_functions import tabled
from graphviz_ad.read.python.array_methods import AxisNumbers
from graphviz_ad.read.python.arrays import ArrayTracer, graph_shape
from graphviz_ad.read.python.recording import Stack
from graphviz_ad.read.python.tape import Tape

MAX_MATRICES = 64  # that an array of several axes is made of


def array_input(tape: Tape, name: Name, axes: AxisNumbers, value: Any = None) -> Any:
    """A parameter that is an array, with its value where it is given one, or has one by default; of three axes and more
    its matrices may be given by their places."""
    if len(axes) > 2:
        return _of_matrices(tape, name, axes, value)
    index = tape.leaf(Node(INPUT, (), None, name, None, Type(graph_shape(axes))), None)
    tape.inputs.append(index)
    tape.axes[index] = axes
    if value is not None:
        tape.given_arrays[index] = as_given(value) if hasattr(value, "dtype") else value
    return ArrayTracer(tape, index, axes)


def _of_matrices(tape: Tape, name: Name, axes: AxisNumbers, value: Any) -> Any:
    """An array of more axes, of one input for each of its matrices: T_1, T_2 of T."""
    import numpy

    names = list(matrices_of(name, axes))
    if len(names) > MAX_MATRICES:
        text = f"'{name}' of the shape {axes} is {len(names)} matrices"
        raise AdgraphError(text, hint=f"up to {MAX_MATRICES} are traced; take fewer along the first axes")
    tape.notes[f"'{name}' has {len(axes)} axes and is drawn as its matrices {names[0]} … {names[-1]}"] = None
    places = list(numpy.ndindex(*axes[:-2]))
    if isinstance(value, Mapping):
        values = [value.get(tuple(at + 1 for at in place)) for place in places]
    else:
        values = [None if value is None else numpy.asarray(value)[place] for place in places]
    parts = [array_input(tape, part, axes[-2:], of) for part, of in zip(names, values, strict=True)]
    tape.stacks.append(Stack(name, axes, tuple(part.index for part in parts)))
    return tabled(tape, parts, lambda cells: numpy.stack(cells).reshape(axes))


def default_of(value: Any) -> Any:
    """The array that is the value of a parameter where it is given none; None where its entries are no numbers."""
    import numpy

    is_known = hasattr(value, "dtype") and value.dtype.kind in "biuf" and numpy.isfinite(value).all()
    return value if is_known else None


def matrices_of(name: Name, axes: AxisNumbers) -> Iterator[Name]:
    """The names of the matrices of an array of several axes, counted from 1."""
    for place in product(*(range(1, size + 1) for size in axes[:-2])):
        yield below(name, ",".join(map(str, place)))
