"""Arrays that remember how they were made: what a function of numpy's does to its parameters, on the same flat tape as
numbers. An array of one axis is a column in the graph, as one of n × 1 is; one of 1 × n is a row.

This is imported only for functions that have such parameters, and numpy by nobody but the reader.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from graphviz_ad.core.functions import shape_made
from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.arrays import matrix, shape_of
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.python.array_methods import METHODS, AxisNumbers, elementwise
from graphviz_ad.read.python.limits import too_many
from graphviz_ad.read.python.numeric import called
from graphviz_ad.read.python.numpy_protocols import NumpyProtocols
from graphviz_ad.read.python.tape import TABLES, TRACED, Tape
from graphviz_ad.read.python.untraced import hint_of, said_of
from graphviz_ad.read.python.views import VIEW_METHODS, apart

_ENTRYWISE = frozenset({"tanh", "sin", "cos", "sinh", "cosh"})  # of numpy's and of the table, and no steps of a softmax


@lru_cache(maxsize=1024)
def _of_shape(shape: Shape) -> Type:
    return Type(shape)


@lru_cache(maxsize=1024)
def graph_shape(axes: AxisNumbers) -> Shape:
    """The shape that an array has in the graph."""
    return shape_of(*matrix(axes)) if axes else ()


def _infix(op: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    alike = op in ("add", "mul")  # which no steps of a softmax are, nor conditions

    def forward(self: Any, other: Any) -> Any:
        if alike and type(other) is ArrayTracer and other.shape == self.shape and other.tape is self.tape:
            return made(self.tape, op, (self.index, other.index), self.shape)
        return NotImplemented if type(other) in TABLES else elementwise(op, self, other)

    return forward, (lambda self, other: elementwise(op, other, self))


def _in_place(op: str) -> Callable[[Any, Any], Any]:
    def changed(self: Any, other: Any) -> Any:
        if type(other) in TABLES and other.ndim > self.ndim:
            return NotImplemented
        self.become(elementwise(op, self, other))
        return self

    return changed


def _ndarray() -> type:
    import numpy

    return numpy.ndarray


class ArrayTracer(NumpyProtocols):
    """An array on a tape."""

    __slots__ = ()
    __class__ = property(lambda self: _ndarray())  # so that isinstance(x, np.ndarray) holds
    __array_priority__ = 2000
    __hash__ = None  # type: ignore[assignment]  # how Python says that there is none

    # ---- what numpy's arrays say of themselves

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return math.prod(self.shape)

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self) -> Iterator[Any]:
        return (self[place] for place in range(len(self)))

    def __repr__(self) -> str:
        return f"<traced {self.tape.name_of(self.index) or f'v_{self.index}'} of the shape {self.shape}>"

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __bool__(self) -> bool:
        if self.size == 1 and self.index not in self.tape.conditions:
            return bool(self.tape.number(self.index))
        raise self.tape.refused("an array is asked whether it is true", "use np.where, np.maximum or np.abs")

    def __getattr__(self, name: str) -> Any:
        method = METHODS.get(name)
        if method is not None:
            if name in VIEW_METHODS:
                return lambda *args, **options: self.seen(lambda whole: method(whole, *args, **options))
            return lambda *args, **options: apart(method(self, *args, **options))
        if not name.startswith("_") and (function := called(name, elementwise)) is not None:
            return lambda *args: function(self, *args)
        if name.startswith("__"):
            raise AttributeError(name)
        raise self.tape.refused(f"'{name}' of an array is not traced{said_of(name)}", hint_of(name))

    @property
    def T(self) -> Any:  # noqa: N802  # numpy's name
        return self.seen(METHODS["transpose"])

    mT = T  # noqa: N815

    @property
    def flat(self) -> Any:
        return METHODS["ravel"](self)

    @property
    def real(self) -> ArrayTracer:
        return self

    @property
    def dtype(self) -> Any:
        import numpy

        return numpy.dtype(float)

    # ---- operators

    __add__, _radd = _infix("add")
    __sub__, __rsub__ = _infix("sub")
    __mul__, __rmul__ = _infix("mul")
    __truediv__, __rtruediv__ = _infix("div")
    __pow__, __rpow__ = _infix("pow")
    __matmul__, __rmatmul__ = _infix("@")
    __gt__, __lt__ = _infix("greater")[0], _infix("less")[0]
    __ge__, __le__ = _infix("greater_equal")[0], _infix("less_equal")[0]
    __iadd__, __isub__, __imul__ = _in_place("add"), _in_place("sub"), _in_place("mul")
    __itruediv__, __ipow__ = _in_place("div"), _in_place("pow")

    def __eq__(self, other: object) -> Any:
        return elementwise("equal", self, other)

    def __ne__(self, other: object) -> Any:
        return elementwise("not_equal", self, other)

    def __radd__(self, other: Any) -> Any:
        return self.again() if type(other) is int and other == 0 else self._radd(other)  # sum() begins with 0

    def __neg__(self) -> Any:
        return elementwise("neg", self)

    def __pos__(self) -> Any:
        return self.again()

    def __abs__(self) -> Any:
        return elementwise("abs", self)

    def __invert__(self) -> Any:
        return METHODS["not"](self)

    def __and__(self, other: Any) -> Any:
        return METHODS["and"](self, other)

    def __or__(self, other: Any) -> Any:
        return METHODS["or"](self, other)

    __rand__, __ror__ = __and__, __or__

    def __mod__(self, other: Any) -> Any:
        raise self.tape.refused("a remainder is not in the table of operations", "write the part between two jumps")

    __rmod__ = __floordiv__ = __rfloordiv__ = __divmod__ = __mod__

    def __getitem__(self, key: Any) -> Any:
        return self.seen(lambda whole: METHODS["[]"](whole, key), key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self.become(METHODS["put"](self, key, value))

    # ---- numpy's protocols

    def __array__(self, *args: Any, **options: Any) -> Any:
        return METHODS["array"](self)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if any(type(part) in TABLES for part in inputs):
            return NotImplemented
        into = options.pop("out", None)
        if into is not None:
            return self._put_into(into[0], self.__array_ufunc__(ufunc, method, *inputs, **options))
        name = ufunc.__name__
        if name in _ENTRYWISE and method == "__call__" and not options and type(inputs[0]) is ArrayTracer:
            return made(self.tape, name, (inputs[0].index,), inputs[0].shape)
        return apart(self._computed(name, ufunc, method, *inputs, **options))


# What operations on arrays are of one entry, which is a number in the graph.
_OF_ONE: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("trace", "det", "largest", "total", "diag", "transpose", "rowsum"), lambda x: x),
    "inv": lambda x: 1 / x, "logdet": lambda x: x.log(), "norm": abs, "sqnorm": lambda x: x * x,
    "softmax": lambda x: x / x, "log_softmax": lambda x: x - x,
}  # fmt: skip


def made(tape: Tape, op: str, args: tuple[int, ...], axes: AxisNumbers, **attributes: object) -> Any:
    """One operation more; a number where the result has no axes."""
    shape_of_args = tape.shapes.get
    if op in _OF_ONE and not shape_of_args(args[0]):
        found = _OF_ONE[op](tape.number(args[0]))
        return ArrayTracer(tape, found.index, axes) if axes else found
    index = len(tape.ops)
    if index >= tape.most:
        raise too_many(tape.most)
    try:
        if len(args) == 2 and not attributes:  # most of them, without a loop
            shape = shape_made(op, (shape_of_args(args[0], ()), shape_of_args(args[1], ())))
        else:
            shape = shape_made(op, tuple([shape_of_args(arg, ()) for arg in args]), tuple(attributes.items()))
    except ValueError as error:
        raise tape.refused(str(error), "check the shapes") from None
    tape.ops.append(op)
    tape.args.append(args)
    if tape.evaluates:
        tape.values.append(None)
    if shape:
        tape.shapes[index] = shape
    if attributes:
        tape.types[index] = Type(shape, tuple(attributes.items()))
    elif shape:
        tape.types[index] = _of_shape(shape)
    return ArrayTracer(tape, index, axes) if axes else tape.number(index)


def shape_at(tape: Tape, index: int) -> Shape:
    """The shape of an entry of the tape."""
    return tape.shapes.get(index, ())


TRACED.add(ArrayTracer)
