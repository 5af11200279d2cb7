"""What a function returns, as entries of a tape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name, is_name
from graphviz_ad.read.python.assembly import Result
from graphviz_ad.read.python.recording import Stack
from graphviz_ad.read.python.tape import TABLES, TRACED, Tape, Tracer


def results_of(result: Any, tape: Tape, name: str | None = None) -> list[Result]:
    """The nodes of a result, out of tuples, lists, arrays and dicts, whose keys are names."""
    if type(result) is Tracer:
        own = tape.constant(result) or 0
        if own not in tape.inputs:
            tape.axes.pop(own, None)  # of an array of one entry, which the function made a number of
        return [(name, own)]
    if type(result) in TABLES:
        result = result.whole()
    if type(result) in TRACED:
        if result.index not in tape.inputs:
            tape.axes[result.index] = result.shape
        return [(name, result.index)]
    if type(result) in TABLES:  # of more than two axes
        found = results_of(list(result), tape, name)
        tape.stacks.append(Stack(Name(name or ""), result.shape, tuple(index for _, index in found)))
        return found
    if hasattr(result, "__dataclass_fields__") or hasattr(result, "_fields"):  # a dataclass, or a NamedTuple
        names = getattr(result, "_fields", None) or result.__dataclass_fields__
        result = {key: getattr(result, key) for key in names}
    if isinstance(result, Mapping):
        return [found for key, value in result.items() for found in results_of(value, tape, _keyed(key, name))]
    if getattr(result, "shape", None) == () and hasattr(result, "item"):
        return results_of(result.item(), tape, name)
    if getattr(result, "size", 1) == 0:
        raise AdgraphError("the function returns an array without entries", hint="is a slice in it empty?")
    if hasattr(result, "dtype") and any(tape.leaves[index].type.shape for index in tape.inputs):
        from graphviz_ad.read.python.making import lifted

        return [(name, lifted(tape, result).index)]  # np.array([x[0], x[1]]) is a vector
    if isinstance(result, (tuple, list)) or hasattr(result, "tolist"):
        parts = list(result)
        names = [f"{name}_{n}" if name and len(parts) > 1 else name for n in range(1, len(parts) + 1)]
        return [found for key, value in zip(names, parts, strict=True) for found in results_of(value, tape, key)]
    index = None if result is None or isinstance(result, str) else tape.constant(result)
    if index is None:
        kind = "nothing" if result is None else f"a {type(result).__name__}"
        raise AdgraphError(f"the function returns {kind}", hint="return a number, or a tuple, list or dict of numbers")
    return [(name, index)]


def _keyed(key: Any, name: str | None) -> str | None:
    """The name of a value in a dict of that name: that of its key, where it can be one."""
    text = str(key) if isinstance(key, (str, int)) else ""
    whole = f"{name}_{text}" if name and text else text
    return whole if is_name(whole) else None
