"""Arrays that remember how they were made: what a function of numpy's does to its parameters, on the same flat tape as
numbers. An array of one axis is a column in the graph, as one of n × 1 is; one of 1 × n is a row.

This is imported only for functions that have such parameters, and numpy by nobody but the reader.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, Type
from graphviz_ad.core.ops.arrays import EYE, ONES, matrix, shape_of
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.read.python.limits import too_many
from graphviz_ad.read.python.numeric import called
from graphviz_ad.read.python.tape import TRACED, Tape, Tracer

Axes = tuple[int, ...]  # a shape as numpy has it
MAX_CONSTANT = 64  # entries of an array of numbers that is written out in the graph
METHODS: dict[str, Callable[..., Any]] = {}  # of arrays, and functions of numpy's: filled by `array_functions`
FUNCTIONS: dict[str, Callable[..., Any]] = {}
_KEEPS_NUMBERS = frozenset({"add", "sub"})  # operations that want arrays of one shape


def graph_shape(axes: Axes) -> Shape:
    """The shape that an array has in the graph."""
    return shape_of(*matrix(axes)) if axes else ()


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
    def T(self) -> ArrayTracer:  # noqa: N802
        return self if self.ndim < 2 else transposed(self)

    # ---- operators

    def __add__(self, other: Any) -> Any:
        return elementwise("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self if type(other) is int and other == 0 else elementwise("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return elementwise("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return elementwise("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return elementwise("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return elementwise("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return elementwise("div", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return elementwise("div", other, self)

    def __pow__(self, other: Any) -> Any:
        return elementwise("pow", self, other)

    def __rpow__(self, other: Any) -> Any:
        return elementwise("pow", other, self)

    def __neg__(self) -> Any:
        return elementwise("neg", self)

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return elementwise("abs", self)

    def __matmul__(self, other: Any) -> Any:
        return product(self, lifted(self.tape, other))

    def __rmatmul__(self, other: Any) -> Any:
        return product(lifted(self.tape, other), self)

    def __gt__(self, other: Any) -> Any:
        return elementwise("greater", self, other)

    def __ge__(self, other: Any) -> Any:
        return elementwise("greater_equal", self, other)

    def __lt__(self, other: Any) -> Any:
        return elementwise("less", self, other)

    def __le__(self, other: Any) -> Any:
        return elementwise("less_equal", self, other)

    def __getitem__(self, key: Any) -> Any:
        return METHODS["[]"](self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        raise self.tape.refused("an entry of a traced array is assigned to", "make a new array: np.concatenate([x, y])")

    def __copy__(self) -> ArrayTracer:
        return self

    def __deepcopy__(self, memo: Any) -> ArrayTracer:
        return self

    # ---- numpy's protocols

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        name = ufunc.__name__
        if method == "reduce" and name in ("add", "maximum", "minimum"):
            kept = {key: value for key, value in options.items() if key in ("axis", "keepdims")}
            kept.setdefault("axis", 0)
            return METHODS[{"add": "sum", "maximum": "max", "minimum": "min"}[name]](inputs[0], **kept)
        if method == "outer" and name == "multiply":
            return FUNCTIONS["outer"](*inputs)
        if method != "__call__" or any(value is not None for value in options.values()):
            raise self.tape.refused(f"numpy.{name} with these options is not traced", "leave them out")
        if name == "matmul":
            return product(*(lifted(self.tape, arg) for arg in inputs))
        op = _COMPARED.get(name)
        function = called(name, elementwise) if op is None else lambda *args: elementwise(op, *args)
        if function is None:
            raise self.tape.refused(
                f"numpy.{name} is not in the table of operations", "write it with functions that are"
            )
        return function(*inputs)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
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


def lifted(tape: Tape, value: Any) -> Any:
    """An array or a number on the tape. Raises AdgraphError for what is neither."""
    if isinstance(value, ArrayTracer):
        if value.tape is not tape:
            raise tape.refused("an array of another trace takes part", "keep no traced arrays between calls")
        return value
    if type(value) is Tracer:
        return value
    axes = getattr(value, "shape", None)
    if isinstance(value, (list, tuple)) and value:
        import numpy

        value = numpy.array(value, dtype=object)
        axes = value.shape
    if axes:
        return constant(tape, value, tuple(axes))
    index = tape.constant(value)
    if index is None:
        raise tape.refused(f"a {type(value).__name__} takes part with an array", "use numbers and arrays of numbers")
    return tape.number(index)


def constant(tape: Tape, value: Any, axes: Axes) -> Any:
    """An array of numbers: ones, a multiple of them, a unit matrix, else entry by entry."""
    if len(axes) > 2:
        raise tape.refused(f"an array of {len(axes)} axes", "vectors and matrices are traced")
    entries = [entry for row in value.tolist() for entry in (row if isinstance(row, list) else [row])]
    numbers = all(type(entry) in (int, float, bool) for entry in entries)
    if numbers and len(set(entries)) == 1:
        ones = filled(tape, axes)
        return ones if entries[0] == 1 else elementwise("mul", entries[0], ones)
    square = len(axes) == 2 and axes[0] == axes[1]
    if numbers and square and all(e == (k % (axes[0] + 1) == 0) for k, e in enumerate(entries)):
        return made(tape, EYE, (), axes, size=axes[0])
    if len(entries) > MAX_CONSTANT:
        text = f"an array of {len(entries)} numbers takes part"
        raise tape.refused(text, "make it a parameter, and give its values: --at")
    if len(axes) == 1 or axes[1] == 1:
        return ArrayTracer(tape, stacked(tape, [lifted(tape, entry).index for entry in entries], 1), axes)
    rows = [value[place] for place in range(axes[0])]
    turned = [transposed(constant(tape, row, tuple(row.shape)).reshape(axes[1], 1)) for row in rows]
    return ArrayTracer(tape, stacked(tape, [row.index for row in turned], axes[1]), axes)


def stacked(tape: Tape, parts: Sequence[int], columns: int) -> int:
    """Parts one below the other."""
    whole = parts[0]
    for part in parts[1:]:
        rows = matrix(shape_at(tape, whole))[0], matrix(shape_at(tape, part))[0]
        whole = made(tape, "vcat", (whole, part), (int(rows[0]) + int(rows[1]), columns)).index
    return whole


def filled(tape: Tape, axes: Axes) -> Any:
    """An array of ones."""
    rows, columns = (int(size) for size in matrix(axes))
    if 1 not in (rows, columns):
        left, right = ones(tape, rows), ones(tape, columns)
        return made(tape, "matmul", (left.index, transposed(right.reshape(columns, 1)).index), axes)
    if columns == 1 and rows == 1:
        return lifted(tape, 1)
    column = ones(tape, max(rows, columns))
    return ArrayTracer(tape, column.index if columns == 1 else transposed(column.reshape(columns, 1)).index, axes)


def ones(tape: Tape, size: int) -> Any:
    return made(tape, ONES, (), (size,), size=size)


def transposed(x: ArrayTracer) -> Any:
    """The transpose of an array of two axes."""
    axes = x.shape[::-1]
    before = x.tape.args[x.index][0] if x.tape.ops[x.index] == "transpose" else None
    if before is not None or x.size == 1:
        return ArrayTracer(x.tape, x.index if before is None else before, axes)
    return made(x.tape, "transpose", (x.index,), axes)


def as_row(x: ArrayTracer) -> int:
    """The entry of the tape that is a vector as a row."""
    column = ArrayTracer(x.tape, x.index, (x.size, 1))
    return x.index if x.ndim == 2 and x.shape[0] == 1 else int(transposed(column).index)


# ---- element by element


def elementwise(op: str, *args: Any) -> Any:
    """An operation of the table on arrays, with numpy's broadcasting."""
    tape = next(arg.tape for arg in args if isinstance(arg, (ArrayTracer, Tracer)))
    found = [lifted(tape, arg) for arg in args]
    axes = _broadcast(tape, op, [getattr(part, "shape", ()) if isinstance(part, ArrayTracer) else () for part in found])
    if not axes:
        return tape.add(op, tuple(part.index for part in found))
    shifted = _is_softmax(tape, op, found)
    if shifted is not None:
        tape.note("an exponential divided by the sum of such is drawn as softmax")
        return made(tape, "softmax", (shifted,), axes)
    places = tuple(_stretched(tape, op, part, axes) for part in found)
    whole = made(tape, op, places, axes)
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


def _broadcast(tape: Tape, op: str, shapes: Sequence[Axes]) -> Axes:
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


def _fitting(shapes: Sequence[Axes]) -> str:
    one, other = shapes[0], shapes[-1]
    return (
        "a transpose would fit: .T"
        if one == other[::-1]
        else "arrays of one shape go together, or those with axes of 1"
    )


def _stretched(tape: Tape, op: str, part: Any, axes: Axes) -> int:
    """A part in the shape of the whole: a number in each place, a vector in each row or column."""
    if not isinstance(part, ArrayTracer) or part.size == 1:
        if op not in _KEEPS_NUMBERS:
            return int(part.index)
        return (
            int(elementwise("mul", tape.number(part.index), filled(tape, axes)).index)
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


# ---- products and sums


def product(x: Any, y: Any) -> Any:
    """x @ y."""
    tape = x.tape
    if not (isinstance(x, ArrayTracer) and isinstance(y, ArrayTracer)):
        raise tape.refused("@ of a number", "write * for a multiple")
    inner = x.shape[-1], y.shape[0]
    if inner[0] != inner[1]:
        fits = [
            f"{word}.T would fit"
            for word, shape, other in (("the second transposed, .T", y.shape[::-1], x.shape[-1]),)
            if len(shape) == 2 and shape[0] == other
        ]
        fits += ["the first transposed, .T, would fit"] if x.ndim == 2 and x.shape[0] == y.shape[0] else []
        text = f"@ of arrays of the shapes {x.shape} and {y.shape}: {inner[0]} and {inner[1]} do not fit"
        raise tape.refused(text, fits[0].replace(", .T.T", ", .T,") if fits else "check the shapes")
    if x.ndim == y.ndim == 1:
        return (
            made(tape, "sqnorm", (x.index,), ())
            if x.index == y.index
            else made(tape, "matmul", (as_row(x), y.index), ())
        )
    if y.ndim == 1:
        return made(tape, "matmul", (x.index, y.index), x.shape[:1])
    if x.ndim == 1:
        return made(tape, "matmul", (transposed(y).index, x.index), y.shape[1:])
    return made(tape, "matmul", (x.index, y.index), (x.shape[0], y.shape[1]))


TRACED.add(ArrayTracer)


# ---- parameters


def axes_of(value: Any, annotation: Any) -> Axes | None:
    """The shape that a parameter is said to have: by its default, or by its annotation, W: (2, 3), x: 3. None for a
    number. Raises AdgraphError for a shape that is none."""
    axes = getattr(value, "shape", None)
    if axes and hasattr(value, "dtype"):
        return _checked(tuple(axes))
    if isinstance(annotation, str):
        annotation = _spelled(annotation)
    if isinstance(annotation, int) and not isinstance(annotation, bool) and annotation > 1:
        return _checked((annotation,))
    if isinstance(annotation, tuple) and annotation and all(type(size) is int for size in annotation):
        return _checked(annotation)
    return None


def _spelled(annotation: str) -> Any:
    """A shape among annotations that are text: "(2, 3)", "2x3", "3"."""
    import re

    text = annotation.strip("'\" ")
    if re.fullmatch(r"\(?\s*\d+(?:\s*[,x×]\s*\d+)*\s*,?\s*\)?", text):
        sizes = tuple(map(int, re.findall(r"\d+", text)))
        return sizes if len(sizes) > 1 or text.startswith("(") else sizes[0]
    return None


def _checked(axes: Axes) -> Axes:
    from graphviz_ad.read.arrays.declarations import MAX_SIZE, check_entries

    if len(axes) > 2:
        raise AdgraphError(f"an array of {len(axes)} axes", hint="vectors and matrices are traced")
    check_entries(tuple(axes), None)
    if not all(0 < size <= MAX_SIZE for size in axes):
        raise AdgraphError(f"an array of the shape {axes}", hint=f"an axis has from 1 to {MAX_SIZE:,} entries")
    return tuple(int(size) for size in axes)


def of_shape(shape: Shape, name: str) -> Axes:
    """The axes of a parameter whose shape is given, --shape W=2x3."""
    if not all(isinstance(size, int) for size in shape):
        raise AdgraphError(f"'{name}' is {shown(shape)}", hint="give sizes in digits for a Python function")
    return _checked(tuple(int(size) for size in shape))
