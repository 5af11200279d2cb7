"""What depends on values and has no derivative: which entry is the largest, whether all are above 0, which one an array
of whole numbers chooses. Where values are given, they decide, a note says so, and what follows from that is drawn."""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy

from graphviz_ad.read.python.array_methods import METHODS
from graphviz_ad.read.python.arrays import ArrayTracer
from graphviz_ad.read.python.location import is_readers
from graphviz_ad.read.python.moving import tape_in
from graphviz_ad.read.python.tape import TABLES, Tape, Tracer
from graphviz_ad.read.python.tape_values import value_on
from graphviz_ad.read.python.untraced import hint_of, said_of

DECIDED = ("argmax", "argmin", "argsort", "nonzero", "flatnonzero", "argwhere", "count_nonzero", "any", "all",
           "allclose", "isclose", "array_equal", "bincount", "searchsorted",
           "digitize")  # fmt: skip
_SUBSCRIPTS = ("BINARY_SUBSCR", "STORE_SUBSCR")
_NB_SUBSCR = 26  # the operator [] among those of BINARY_OP, from Python 3.14 on


def known(x: Any) -> Any:
    """The value of a traced array or number, in its own shape; None where something that it is made of has none."""
    found = value_on(x.tape, x.index)
    return found if found is None or not isinstance(x, ArrayTracer) else numpy.reshape(found, x.shape)


def decided(name: str) -> Callable[..., Any]:
    """A function of numpy's that answers by values."""

    def function(*args: Any, **options: Any) -> Any:
        tape = tape_in([*args, *options.values()])
        given = [_known_in(tape, name, arg) for arg in args]
        named = {key: _known_in(tape, name, arg) for key, arg in options.items()}
        found = getattr(numpy, name)(*given, **named)
        return _said(tape, found)

    return function


def ordered(x: Any, axis: Any = -1, name: str = "sort") -> Any:
    """np.sort: the entries in the order of their values."""
    if x.ndim != 1 and axis is not None:
        raise x.tape.refused(f"numpy.{name} of an array of the shape {x.shape} is not traced", "take it row by row")
    line = x.reshape(-1)
    order = numpy.argsort(_known_in(x.tape, name, line), kind="stable")
    return line[_said(x.tape, order, "the order of the entries")]


def median(x: Any, axis: Any = None) -> Any:
    """np.median: the entry in the middle, or the mean of two."""
    line = ordered(x, axis if x.ndim > 1 else None, "median")
    middle = line.size // 2
    return line[middle] if line.size % 2 else (line[middle - 1] + line[middle]) / 2


def _known_in(tape: Tape, name: str, arg: Any) -> Any:
    """The value of an argument. Raises AdgraphError where it has none."""
    if isinstance(arg, (list, tuple)):
        return type(arg)(_known_in(tape, name, part) for part in arg)
    whole = arg.whole() if type(arg) in TABLES else arg
    if not isinstance(whole, (ArrayTracer, Tracer)):
        return whole
    found = known(whole)
    if found is None:
        raise tape.refused(
            f"numpy.{name} is not traced{said_of(name)}",
            f"give values, --at {_without_value(tape, whole.index)}, and what they decide is drawn; {hint_of(name)}",
        )
    tape.compared.add(whole.index)
    return found


def _without_value(tape: Tape, index: int) -> str:
    """What is to be given a value, for a hint."""
    made_of = tape.reads([index])
    inputs = (index for index in tape.inputs if index in made_of and value_on(tape, index) is None)
    return ",".join(f"{tape.name_of(index)}=…" for index in inputs)


def _said(tape: Tape, found: Any, what: str = "this") -> Any:
    """A result that values have decided, which a note says."""
    text = str(found.tolist() if hasattr(found, "tolist") else found)
    text = text if len(text) < 40 else f"an array of {' × '.join(map(str, numpy.shape(found)))}"
    tape.note(f"{what} is {text} at these values, and what follows from that is drawn")
    return found


# ---- indices


def as_index(key: Any) -> Any:
    """A key with plain whole numbers, and what is true or false, in the place of traced ones."""
    if isinstance(key, tuple):
        return tuple(map(as_index, key))
    if isinstance(key, list) and any(isinstance(part, Tracer) for part in key):
        return [part.__index__() if isinstance(part, Tracer) else part for part in key]
    whole = key.whole() if type(key) in TABLES and type(key).__name__ == "Slate" else key
    if not isinstance(whole, ArrayTracer):
        return _whole_numbers(whole) if whole is not key else key
    tape, found = whole.tape, known(whole)
    if found is None:
        hint = f"give values, --at {_without_value(tape, whole.index)}, and what they choose is drawn"
        raise tape.refused("an index that is an array or a condition is not traced", f"{hint}; or write np.where")
    if whole.index in tape.conditions:
        tape.compared.add(whole.index)
        return _said(tape, found != 0)
    if numpy.any(found != numpy.round(found)):
        raise tape.refused(f"{found.tolist()} are no whole numbers: they cannot index", "give whole values")
    tape.counted.add(whole.index)
    tape.note(f"{found.astype(int).tolist()} are used as whole numbers, which are not differentiated")
    return found.astype(int)


def _whole_numbers(key: Any) -> Any:
    """An array that was filled with whole numbers, as one of those."""
    is_whole = getattr(getattr(key, "dtype", None), "kind", "") == "f" and not numpy.any(key != numpy.round(key))
    return key.astype(int) if is_whole else key


def array_of_entries(x: ArrayTracer) -> Any:
    """What numpy is given that wants an array of its own: whole numbers for an index, A[y], else the traced entries."""
    return as_index(x) if _is_indexing(sys._getframe(2)) else METHODS["entries"](x)


def _is_indexing(frame: FrameType | None) -> bool:
    """Whether what the reader's code does is to index."""
    if frame is None or not is_readers(frame):
        return False
    op, arg = frame.f_code.co_code[frame.f_lasti : frame.f_lasti + 2]
    return dis.opname[op] in _SUBSCRIPTS or (dis.opname[op] == "BINARY_OP" and arg == _NB_SUBSCR)
