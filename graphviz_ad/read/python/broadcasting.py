"""Operations on traced arrays element by element, with numpy's broadcasting; and softmax where it is written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphviz_ad.core.graph import CONST
from graphviz_ad.read.python.array_methods import AxisNumbers
from graphviz_ad.read.python.arrays import ArrayTracer, graph_shape, made
from graphviz_ad.read.python.known_numbers import CONSTANTS
from graphviz_ad.read.python.making import as_row, filled, lifted, ones
from graphviz_ad.read.python.tape import Tape, Tracer

_PLAIN = frozenset({"add", "mul", "tanh", "sigmoid", "relu"})  # operations that are no step of a softmax
_CONDITIONS = frozenset({"greater", "greater_equal", "less", "less_equal", "equal", "not_equal"})
_KEEPS_NUMBERS = frozenset({"add", "sub"})  # operations that want arrays of one shape


def broadcast(op: str, *args: Any) -> Any:
    """An operation of the table on arrays, with numpy's broadcasting."""
    if not args:  # a constant of the table
        return CONSTANTS[op]
    tape = next(arg.tape for arg in args if isinstance(arg, (ArrayTracer, Tracer)))
    found = [lifted(tape, arg) for arg in args]
    if op in _PLAIN and all(type(part) is ArrayTracer and part.shape == found[0].shape for part in found):
        return made(tape, op, tuple(part.index for part in found), found[0].shape)
    axes = _common_axes(tape, op, [part.shape if isinstance(part, ArrayTracer) else () for part in found])
    if not axes:
        return tape.add(op, tuple(part.index for part in found))
    shifted = _is_softmax(tape, op, found)
    if shifted is not None:
        tape.note("an exponential divided by the sum of such is drawn as softmax")
        return made(tape, "softmax", (shifted,), axes)
    places = tuple(_stretched(tape, op, part, axes) for part in found)
    whole = made(tape, op, places, axes)
    if op in _CONDITIONS:
        tape.conditions.add(whole.index)
    _note_idiom(tape, op, found, whole.index)
    return whole


def _is_softmax(tape: Tape, op: str, parts: Sequence[Any]) -> int | None:
    """The array whose softmax a quotient is: exp(z − max z) divided by its sum."""
    if op != "div":
        return None
    above, below = (tape.idioms.get(part.index, ("", 0, None)) for part in parts)
    return above[1] if (above[0], below[0]) == ("exp", "sum") and above[1:] == below[1:] else None


def _note_idiom(tape: Tape, op: str, parts: Sequence[Any], index: int) -> None:
    """Remember z − max z, and its exponential."""
    first = tape.idioms.get(parts[0].index, ("", 0, None))
    if op == "sub" and (of := tape.idioms.get(parts[1].index)) is not None and of[:2] == ("max", parts[0].index):
        tape.idioms[index] = ("shifted", *of[1:])
    elif op == "exp" and first[0] == "shifted":
        tape.idioms[index] = ("exp", *first[1:])


def _common_axes(tape: Tape, op: str, shapes: Sequence[AxisNumbers]) -> AxisNumbers:
    """The shape of what is computed element by element. Raises AdgraphError where the shapes do not go together."""
    axes: list[int] = []
    for place in range(1, max(map(len, shapes), default=0) + 1):
        sizes = {shape[-place] for shape in shapes if len(shape) >= place} - {1}
        if len(sizes) > 1:
            with_axes = [shape for shape in shapes if shape]
            said = " and ".join(str(shape) for shape in with_axes)
            raise tape.refused(f"{op} of arrays of the shapes {said}", _fitting(with_axes))
        axes.insert(0, next(iter(sizes), 1))
    if len(axes) > 2:
        raise tape.refused(f"an array of {len(axes)} axes", "vectors and matrices are traced")
    return tuple(axes)


def _fitting(shapes: Sequence[AxisNumbers]) -> str:
    one, other = shapes[0], shapes[-1]
    if one == other[::-1]:
        return "a transpose would fit: .T"
    matrix, vector = sorted((one, other), key=len, reverse=True)
    if len(matrix) == 2 and len(vector) == 1:
        column = "; [:, None] behind the vector adds it to each column" if vector[0] == matrix[0] else ""
        return f"arrays of one shape go together; what goes to each row has the shape ({matrix[1]},){column}"
    return "arrays of one shape go together, or those with axes of 1"


def _stretched(tape: Tape, op: str, part: Any, axes: AxisNumbers) -> int:
    """A part in the shape of the whole: a number in each place, a vector in each row or column."""
    if not isinstance(part, ArrayTracer) or part.size == 1:
        if op not in _KEEPS_NUMBERS:
            return int(part.index)
        return (
            int(broadcast("mul", tape.number(part.index), filled(tape, axes)).index)
            if not _is_one(tape, part)
            else int(filled(tape, axes).index)
        )
    if graph_shape(part.shape) == graph_shape(axes) and (part.ndim == 2 or len(axes) == 1 or axes[1] == 1):
        return part.index
    if part.ndim == 2 and part.shape == axes:
        return part.index
    if part.ndim == 2 and part.shape[1] == 1:
        row = as_row(ones(tape, axes[1]))
        tape.note(f"broadcasting makes {axes[0]} × {axes[1]} of a column")
        return int(made(tape, "matmul", (part.index, row), axes).index)
    row = as_row(part)
    if axes[0] == 1:
        return row
    tape.note(f"broadcasting makes {axes[0]} × {axes[1]} of a vector, the same in each row")
    return int(made(tape, "matmul", (ones(tape, axes[0]).index, row), axes).index)


def _is_one(tape: Tape, part: Any) -> bool:
    leaf = tape.leaves.get(part.index)
    return leaf is not None and leaf.op == CONST and leaf.value == 1
