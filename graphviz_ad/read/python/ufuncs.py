"""What numpy asks of a traced number: its functions on it, and its options, which are none."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.python.numeric import called

Refused = Callable[[str, str], AdgraphError]  # makes the error for what cannot be traced, of a message and a hint
_DEFAULTS = (("keepdims", False), ("axis", 0), ("casting", "same_kind"), ("subok", True))
_UFUNC_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "less": operator.lt, "less_equal": operator.le, "greater": operator.gt, "greater_equal": operator.ge,
    "equal": operator.eq, "not_equal": operator.ne,
}  # fmt: skip


def without_defaults(refused: Refused, name: str, method: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """A method as numpy calls it, with options that are None."""
    for key, value in options.items():
        if value is not None and (key, value) not in _DEFAULTS:
            raise refused(f"{key}= of {name} is not traced", "leave it out")
    return method(*(arg for arg in args if arg is not None))


def ufunc_called(
    refused: Refused,
    apply: Callable[..., Any],
    name: str,
    method: str,
    inputs: tuple[Any, ...],
    options: dict[str, Any],
) -> Any:
    """A function of numpy with traced numbers among its inputs; `apply` does an operation of the table."""
    set_options = [key for key, value in options.items() if value is not None and (key, value) not in _DEFAULTS]
    if set_options:
        raise refused(f"{set_options[0]}= of numpy.{name} is not traced", "leave it out")
    if method == "reduce" and name in ("add", "multiply", "maximum", "minimum"):
        return inputs[0]
    if method != "__call__":
        raise refused(f"numpy.{name}.{method} is not traced", "write the operation out")
    inputs = tuple(arg.item() if getattr(arg, "shape", None) == () else arg for arg in inputs)
    function = _UFUNC_COMPARISONS.get(name) or called(name, apply)
    if function is None:
        raise refused(f"numpy.{name} is not in the table of operations", "write it with functions that are")
    if any(getattr(arg, "shape", ()) or isinstance(arg, (list, tuple)) for arg in inputs):
        import numpy

        return numpy.frompyfunc(function, len(inputs), 1)(*(numpy.asarray(arg, dtype=object) for arg in inputs))
    return function(*inputs)
