"""What numpy asks of a traced array, by its two protocols: its ufuncs on it, and its other functions."""

from __future__ import annotations

from typing import Any

from graphviz_ad.read.python.array_table import FUNCTIONS, METHODS, elementwise
from graphviz_ad.read.python.numeric import called
from graphviz_ad.read.python.tape import TABLES
from graphviz_ad.read.python.untraced import hint_of, said_of
from graphviz_ad.read.python.views import Viewed, apart, gives_a_view

_FOLDED = {("add", "reduce"): "sum", ("maximum", "reduce"): "max", ("minimum", "reduce"): "min",
           ("multiply", "reduce"): "prod", ("add", "accumulate"): "cumsum",
           ("multiply", "accumulate"): "cumprod"}  # fmt: skip
_FINITE = {"isnan": False, "isinf": False, "isfinite": True}  # what takes part has values that are
_COMPARED = {name: name for name in ("greater", "greater_equal", "less", "less_equal", "equal", "not_equal")}


class NumpyProtocols(Viewed):
    """An array as numpy's functions take it."""

    __slots__ = ()

    def _computed(self, name: str, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """What a ufunc of numpy's is of arrays."""
        if method in ("reduce", "accumulate") and (name, method) in _FOLDED:
            kept = {key: value for key, value in options.items() if key in ("axis", "keepdims", "where")}
            kept.setdefault("axis", 0)
            return METHODS[_FOLDED[name, method]](self.lifted(inputs[0]), **kept)
        if method == "reduce" and name == "logaddexp":
            return elementwise("log", METHODS["sum"](elementwise("exp", inputs[0]), options.get("axis", 0)))
        if method == "outer":
            left, right = map(self.lifted, inputs)
            if name == "multiply" and getattr(left, "ndim", 0) == getattr(right, "ndim", 0) == 1:
                return FUNCTIONS["outer"](left, right)
            return ufunc(left.reshape(left.shape + (1,) * getattr(right, "ndim", 0)), right)
        if name in FUNCTIONS and method == "__call__" and not options:
            return FUNCTIONS[name](*map(self.lifted, inputs))
        if name in _FINITE and method == "__call__":
            import numpy

            return numpy.full(self.shape, _FINITE[name])
        if method != "__call__" or any(value is not None for value in options.values()):
            raise self.tape.refused(f"numpy.{name} with these options is not traced", "leave them out")
        if name == "matmul":
            return elementwise("@", *inputs)
        op = _COMPARED.get(name)
        function = called(name, elementwise) if op is None else lambda *args: elementwise(op, *args)
        if function is None:
            raise self.tape.refused(
                f"numpy.{name} is not in the table of operations", "write it with functions that are"
            )
        return function(*map(self.lifted, inputs))

    def _put_into(self, into: Any, value: Any) -> Any:
        """What is changed by out=, or by w /= x where w is an array of numpy's own."""
        if isinstance(into, Viewed):
            into.become(value)
        elif into.dtype == object and into.shape == value.shape:
            into[...] = METHODS["entries"](value)
        else:
            raise self.tape.refused(
                "an array of plain numbers is changed by a traced one", "write w = w / x for w /= x"
            )
        return into

    def lifted(self, value: Any) -> Any:
        """What takes part in an operation, on the tape."""
        return METHODS["lifted"](self.tape, value)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        if any(kind in TABLES for kind in types):
            return NotImplemented
        name = function.__name__
        made = FUNCTIONS.get(name)
        if made is None:
            known = called(name, elementwise)
            if known is None:
                raise self.tape.refused(f"numpy.{name} is not traced{said_of(name)}", hint_of(name))
            made = known
        if options.get("out", None) is not None or options.get("dtype", None) is not None:
            raise self.tape.refused(f"out= and dtype= of numpy.{name} are not traced", "leave them out")
        try:
            if isinstance(args[0], Viewed) and gives_a_view(name, args[0]):
                return args[0].seen(lambda whole: made(whole, *args[1:], **options))
            found = made(*args, **options)
            return found if name == "broadcast_arrays" else apart(found)
        except TypeError as error:
            raise self.tape.refused(f"numpy.{name}: {_plain(error)}", "leave the options out") from None


def _plain(error: TypeError) -> str:
    return str(error).partition("() ")[2] or str(error)
