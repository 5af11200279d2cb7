"""Arrays that remember how they were made: what a function of numpy's does to its parameters, on the same flat tape as
numbers. An array of one axis is a column in the graph, as one of n × 1 is; one of 1 × n is a row.

This is imported only for functions that have such parameters, and numpy by nobody but the reader.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple
from weakref import ref

from graphviz_ad.core.functions import shape_made
from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.arrays import matrix, shape_of
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.python.limits import too_many
from graphviz_ad.read.python.numeric import called
from graphviz_ad.read.python.tape import ON_ARRAYS, TABLES, TRACED, Tape
from graphviz_ad.read.python.untraced import hint_of, said_of

AxisNumbers = tuple[int, ...]  # a shape as numpy has it
METHODS = ON_ARRAYS  # of arrays, and operators: filled by `array_functions`
FUNCTIONS: dict[str, Callable[..., Any]] = {}  # of numpy's


_VIEWS = frozenset({"reshape", "ravel", "transpose", "swapaxes", "squeeze", "view", "diagonal"})  # methods
VIEWS = _VIEWS | {
    "array_split", "ascontiguousarray", "atleast_1d", "atleast_2d", "atleast_3d", "broadcast_to", "diag", "dsplit",
    "expand_dims", "flip", "fliplr", "flipud", "hsplit", "matrix_transpose", "moveaxis", "permute_dims", "rollaxis",
    "rot90", "split", "vsplit",
}  # fmt: skip  # functions of numpy's


_ENTRYWISE = frozenset({"tanh", "sin", "cos", "sinh", "cosh"})  # of numpy's and of the table, and no steps of a softmax


@lru_cache(maxsize=1024)
def _of_shape(shape: Shape) -> Type:
    return Type(shape)


@lru_cache(maxsize=1024)
def graph_shape(axes: AxisNumbers) -> Shape:
    """The shape that an array has in the graph."""
    return shape_of(*matrix(axes)) if axes else ()


def elementwise(op: str, *args: Any) -> Any:
    """An operation of the table on arrays; "@" is their product."""
    return METHODS["@"](*args) if op == "@" else METHODS["elementwise"](op, *args)


def _infix(op: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    alike = op in ("add", "mul")  # which no steps of a softmax are, nor conditions

    def forward(self: Any, other: Any) -> Any:
        if alike and type(other) is ArrayTracer and other.shape == self.shape and other.tape is self.tape:
            return made(self.tape, op, (self.index, other.index), self.shape)
        return NotImplemented if type(other) in TABLES else elementwise(op, self, other)

    return forward, (lambda self, other: elementwise(op, other, self))


class _View(NamedTuple):
    """A part of an array: what makes it of the whole, and by which key where it is x[key]."""

    whole: ref[ArrayTracer]
    part: ref[Any]
    made_of: Callable[[Any], Any]
    key: Any


def _is_plain(key: Any) -> bool:
    """Whether numpy gives a part for a key, and not a copy."""
    keys = key if isinstance(key, tuple) else (key,)
    return all(
        part is None
        or part is Ellipsis
        or isinstance(part, slice)
        or (hasattr(part, "__index__") and not getattr(part, "shape", ()))
        for part in keys
    )


def _in_place(op: str) -> Callable[[Any, Any], Any]:
    def changed(self: Any, other: Any) -> Any:
        if type(other) in TABLES and other.ndim > self.ndim:
            return NotImplemented
        self.become(elementwise(op, self, other))
        return self

    return changed


def apart(found: Any) -> Any:
    """What is computed, as arrays of its own: not changed with those that it is computed of."""
    if type(found) in (list, tuple):
        return type(found)([apart(part) for part in found])
    return found.again() if type(found) is ArrayTracer else found


def gives_a_view(name: str, of: Any) -> bool:
    """Whether a function of numpy's gives the same entries in another form."""
    return name in VIEWS and (name != "diag" or of.ndim == 2)


def _ndarray() -> type:
    import numpy

    return numpy.ndarray


class ArrayTracer:
    """An array on a tape."""

    __slots__ = ("__weakref__", "index", "shape", "tape")
    __class__ = property(lambda self: _ndarray())  # so that isinstance(x, np.ndarray) holds
    __array_priority__ = 2000
    __hash__ = None  # type: ignore[assignment]  # how Python says that there is none

    def __init__(self, tape: Tape, index: int, shape: AxisNumbers) -> None:
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
        if self.size == 1 and self.index not in self.tape.conditions:
            return bool(self.tape.number(self.index))
        raise self.tape.refused("an array is asked whether it is true", "use np.where, np.maximum or np.abs")

    def __getattr__(self, name: str) -> Any:
        method = METHODS.get(name)
        if method is not None:
            if name in _VIEWS:
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

    def seen(self, made_of: Callable[[Any], Any], key: Any = None) -> Any:
        """A part, or several, which is remembered for as long as it is there, since it changes with the whole."""
        part = made_of(self)
        if isinstance(part, (list, tuple)):
            return type(part)([self.seen(partial(_one_of, made_of, k)) for k in range(len(part))])
        if key is not None and not _is_plain(key):
            return apart(part)
        if part is not self and type(part) in TABLES | {ArrayTracer}:
            self.tape.views.append(_View(ref(self), ref(part), made_of, key))
            if not isinstance(part, ArrayTracer):
                part.see(self)
        return part

    def become(self, new: ArrayTracer) -> None:
        """Be another array of this shape, and so for what this is a part of."""
        if new.shape != self.shape:
            text = f"an array of the shape {new.shape} is put into one of the shape {self.shape}"
            raise self.tape.refused(text, "both need one shape")
        self.index = new.index
        views = [view for view in self.tape.views if view.whole() is not None and view.part() is not None]
        self.tape.views[:] = views
        for view in views:
            if view.whole() is self and isinstance(view.part(), ArrayTracer):
                view.part().index = view.made_of(self).index
            elif view.whole() is self:
                view.part().follow(view.made_of(self))
            elif view.part() is self:
                if view.key is None:
                    text = "an array is changed that is another form of one"
                    raise self.tape.refused(text, "assign to a copy of it: y = x.T.copy()")
                view.whole()[view.key] = ArrayTracer(self.tape, new.index, self.shape)

    def again(self) -> ArrayTracer:
        """Another array of the same value, which is not changed with this one."""
        return ArrayTracer(self.tape, self.index, self.shape)

    def __copy__(self) -> ArrayTracer:
        return self.again()

    def __deepcopy__(self, memo: Any) -> ArrayTracer:
        return self.again()

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
        if isinstance(into, ArrayTracer) and type(into) is ArrayTracer:
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
            if type(args[0]) is ArrayTracer and gives_a_view(name, args[0]):
                return args[0].seen(partial(_of_whole, made, args[1:], options))
            found = made(*args, **options)
            return found if name == "broadcast_arrays" else apart(found)
        except TypeError as error:
            raise self.tape.refused(f"numpy.{name}: {_plain(error)}", "leave the options out") from None


_FOLDED = {("add", "reduce"): "sum", ("maximum", "reduce"): "max", ("minimum", "reduce"): "min",
           ("multiply", "reduce"): "prod", ("add", "accumulate"): "cumsum",
           ("multiply", "accumulate"): "cumprod"}  # fmt: skip
_FINITE = {"isnan": False, "isinf": False, "isfinite": True}  # what takes part has values that are
_COMPARED = {name: name for name in ("greater", "greater_equal", "less", "less_equal", "equal", "not_equal")}


def _one_of(made_of: Callable[[Any], Any], k: int, whole: Any) -> Any:
    return made_of(whole)[k]


def _of_whole(function: Callable[..., Any], args: Sequence[Any], options: dict[str, Any], whole: Any) -> Any:
    return function(whole, *args, **options)


def _plain(error: TypeError) -> str:
    return str(error).partition("() ")[2] or str(error)


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
