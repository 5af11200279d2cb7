"""Arrays that remember how they were made: what a function of numpy's does to its parameters, on the same flat tape as
numbers. An array of one axis is a column in the graph, as one of n × 1 is; one of 1 × n is a row.

This is imported only for functions that have such parameters, and numpy by nobody but the reader.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.arrays import matrix, shape_of
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.python.limits import too_many
from graphviz_ad.read.python.numeric import called
from graphviz_ad.read.python.tape import TABLES, TRACED, Tape

Axes = tuple[int, ...]  # a shape as numpy has it
METHODS: dict[str, Callable[..., Any]] = {}  # of arrays, and operators: filled by `array_functions`
FUNCTIONS: dict[str, Callable[..., Any]] = {}  # of numpy's


def graph_shape(axes: Axes) -> Shape:
    """The shape that an array has in the graph."""
    return shape_of(*matrix(axes)) if axes else ()


def elementwise(op: str, *args: Any) -> Any:
    """An operation of the table on arrays; "@" is their product."""
    return METHODS["@"](*args) if op == "@" else METHODS["elementwise"](op, *args)


def _infix(op: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    def forward(self: Any, other: Any) -> Any:
        return NotImplemented if type(other) in TABLES else elementwise(op, self, other)

    return forward, (lambda self, other: elementwise(op, other, self))


class ArrayTracer:
    """An array on a tape."""

    __slots__ = ("index", "shape", "tape")
    __array_priority__ = 2000
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, tape: Tape, index: int, shape: Axes) -> None:
        self.tape, self.index, self.shape = tape, index, shape

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
        raise self.tape.refused("an array is asked whether it is true", "use np.where, np.maximum or np.abs")

    def __getattr__(self, name: str) -> Any:
        method = METHODS.get(name)
        if method is not None:
            return lambda *args, **options: method(self, *args, **options)
        if not name.startswith("_") and (function := called(name, elementwise)) is not None:
            return lambda *args: function(self, *args)
        if name.startswith("__"):
            raise AttributeError(name)
        raise self.tape.refused(f"'{name}' of an array is not traced", "write it with functions of numpy, @ and sums")

    @property
    def T(self) -> Any:  # noqa: N802
        return METHODS["transpose"](self)

    # ---- operators

    __add__, _radd = _infix("add")
    __sub__, __rsub__ = _infix("sub")
    __mul__, __rmul__ = _infix("mul")
    __truediv__, __rtruediv__ = _infix("div")
    __pow__, __rpow__ = _infix("pow")
    __matmul__, __rmatmul__ = _infix("@")
    __gt__, __lt__ = _infix("greater")[0], _infix("less")[0]
    __ge__, __le__ = _infix("greater_equal")[0], _infix("less_equal")[0]

    def __radd__(self, other: Any) -> Any:
        return self if type(other) is int and other == 0 else self._radd(other)  # sum() begins with 0

    def __neg__(self) -> Any:
        return elementwise("neg", self)

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return elementwise("abs", self)

    def __getitem__(self, key: Any) -> Any:
        return METHODS["[]"](self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        raise self.tape.refused("an entry of a traced array is assigned to", "assign to a copy of it: y = x.copy()")

    def __copy__(self) -> ArrayTracer:
        return self

    def __deepcopy__(self, memo: Any) -> ArrayTracer:
        return self

    # ---- numpy's protocols

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if any(type(part) in TABLES for part in inputs):
            return NotImplemented
        name = ufunc.__name__
        if method == "reduce" and name in ("add", "maximum", "minimum"):
            kept = {key: value for key, value in options.items() if key in ("axis", "keepdims")}
            kept.setdefault("axis", 0)
            return METHODS[{"add": "sum", "maximum": "max", "minimum": "min"}[name]](inputs[0], **kept)
        if method == "reduce" and name == "logaddexp":
            return elementwise("log", METHODS["sum"](elementwise("exp", inputs[0]), options.get("axis", 0)))
        if method == "outer" and name == "multiply":
            return FUNCTIONS["outer"](*inputs)
        if method == "outer":
            (column, row), method = map(self.lifted, inputs), "__call__"
            inputs = column.reshape(-1, 1), row.reshape(1, -1)
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
                raise self.tape.refused(f"numpy.{name} is not traced", "write it with @, sums and functions of numbers")
            made = known
        if options.get("out", None) is not None or options.get("dtype", None) is not None:
            raise self.tape.refused(f"out= and dtype= of numpy.{name} are not traced", "leave them out")
        try:
            return made(*args, **options)
        except TypeError as error:
            raise self.tape.refused(f"numpy.{name}: {_plain(error)}", "leave the options out") from None


_COMPARED = {"greater": "greater", "greater_equal": "greater_equal", "less": "less", "less_equal": "less_equal"}


def _plain(error: TypeError) -> str:
    return str(error).partition("() ")[2] or str(error)


def made(tape: Tape, op: str, args: tuple[int, ...], axes: Axes, **attributes: object) -> Any:
    """One operation more; a number where the result has no axes."""
    index = len(tape.ops)
    if index >= tape.most:
        raise too_many(tape.most)
    shapes = [shape_at(tape, arg) for arg in args]
    try:
        shape = operation(op).shape(*shapes, **attributes)
    except ValueError as error:
        raise tape.refused(str(error), "check the shapes") from None
    tape.ops.append(op)
    tape.args.append(args)
    if tape.evaluates:
        tape.values.append(None)
    if shape or attributes:
        tape.types[index] = Type(shape, tuple(attributes.items()))
    return ArrayTracer(tape, index, axes) if axes else tape.number(index)


def shape_at(tape: Tape, index: int) -> Shape:
    """The shape of an entry of the tape."""
    found = tape.leaves[index].type if index in tape.leaves else tape.types.get(index)
    return found.shape if found is not None else ()


TRACED.add(ArrayTracer)
