"""Functions of numpy's that move the entries of arrays and compute nothing: numpy does it to tables of their cells, so
that arrays of any number of axes and all options are its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy

from graphviz_ad.read.python.array_methods import METHODS
from graphviz_ad.read.python.cells import Held, cells_of, content
from graphviz_ad.read.python.tape import TABLES, TRACED, Tape, Tracer

MOVES = frozenset({
    "append", "array_split", "atleast_1d", "atleast_2d", "atleast_3d", "block", "broadcast_arrays", "broadcast_to",
    "column_stack", "compress", "concatenate", "copy", "delete", "diag", "diagflat", "diagonal", "dsplit", "dstack",
    "expand_dims", "flip", "fliplr", "flipud", "hsplit", "hstack", "insert", "matrix_transpose", "moveaxis", "pad",
    "permute_dims", "ravel", "repeat", "reshape", "resize", "roll", "rollaxis", "rot90", "split", "squeeze", "stack",
    "swapaxes", "take", "take_along_axis", "tile", "transpose", "tril", "triu", "vsplit", "vstack",
})  # fmt: skip


def moved(tape: Tape, name: str, args: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
    """What numpy makes of the cells. Raises AdgraphError, in numpy's words, for shapes that do not go together."""
    function: Callable[..., Any] = getattr(numpy, name)
    given = [_cells(tape, part) for part in args]
    named = {key: _cells(tape, part) for key, part in options.items()}
    try:
        found = function(*given, **named)
    except (ValueError, IndexError, TypeError) as error:
        shapes = " and ".join(dict.fromkeys(str(part.shape) for part in _arrays(args)))
        raise tape.refused(f"numpy.{name} of {shapes}: {error}", "check the shapes and the axis") from None
    return _traced(tape, found)


def tape_in(parts: Any) -> Tape:
    """The tape of the first traced array or number among arguments."""
    found: Tape = next(part.tape for part in _arrays(parts, numbers=True))
    return found


def _arrays(parts: Any, numbers: bool = False) -> list[Any]:
    """The traced arrays among arguments, also within lists."""
    if type(parts) in TABLES or (type(parts) in TRACED and (numbers or type(parts) is not Tracer)):
        return [parts]
    inside = parts.values() if isinstance(parts, dict) else parts if isinstance(parts, (list, tuple)) else ()
    return [array for part in inside for array in _arrays(part, numbers)]


def _cells(tape: Tape, part: Any) -> Any:
    if type(part) in TABLES or type(part) in TRACED:
        return cells_of(tape, part)
    if isinstance(part, (list, tuple)) and _arrays(part, numbers=True):
        return type(part)([_cells(tape, one) for one in part])
    return part


def _traced(tape: Tape, found: Any) -> Any:
    if isinstance(found, (list, tuple)):
        return type(found)([_traced(tape, one) for one in found])
    if isinstance(found, numpy.ndarray) and found.shape:
        return METHODS["of cells"](tape, found if found.dtype == object else found.astype(object))
    only = found.item() if isinstance(found, numpy.ndarray) else found
    return content(only) if type(only) is Held else only


def moving(name: str) -> Callable[..., Any]:
    """The function of that name on traced arrays."""

    def move(*args: Any, **options: Any) -> Any:
        return moved(tape_in((args, options)), name, args, options)

    return move
