"""Numbers that remember how they were made. Each operation on one is a further node of a flat tape."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import CONST, INPUT, Node, Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import OPS
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.python.known_numbers import CONSTANTS, exact, spelled
from graphviz_ad.read.python.limits import too_many
from graphviz_ad.read.python.location import code_in, here, readers_frame
from graphviz_ad.read.python.numeric import called
from graphviz_ad.read.python.ufuncs import ufunc_called, without_defaults
from graphviz_ad.read.table import expression, functions, through

_new = object.__new__
MAX_NOTES = 20
MAX_MAGNITUDE = 10**300


class Stack(NamedTuple):
    """An array of three axes or more: its name, its axes, and its matrices."""

    name: Name
    axes: tuple[int, ...]
    matrices: tuple[int, ...]


class Tape:
    """What a function makes, in the order in which it makes it; with the values, where it is given some.

    An operation and what it reads are the entries of one index in two lists: flat, since the garbage collector visits
    every object that holds others.
    """

    __slots__ = ("args", "axes", "compared", "computed", "conditions", "counted", "evaluates", "given_arrays", "idioms",
                 "inputs", "leaves", "most",
                 "notes", "ops", "plain", "refusal", "said", "shapes", "stacks", "types", "values",
                 "views")  # fmt: skip

    def __init__(self, evaluates: bool, most: int) -> None:
        self.most = most  # entries that are taken
        self.ops: list[Operation] = []
        self.args: list[tuple[int, ...]] = []
        self.leaves: dict[int, Node] = {}  # inputs and numbers, which have more to say
        self.types: dict[int, Type] = {}  # of operations on arrays
        self.shapes: dict[int, Shape] = {}  # of all that are arrays
        self.idioms: dict[int, tuple[str, int, int | None]] = {}  # steps of a softmax that is written out by hand
        self.inputs: list[int] = []
        self.evaluates = evaluates
        self.plain = 0 if evaluates else most  # entries up to here need nothing but to be remembered
        self.values: list[float | None] = []  # one a node, if it evaluates
        self.given_arrays: dict[int, Any] = {}  # the values of inputs that are arrays
        self.computed: dict[int, Any] = {}  # values of what is made of them, which are computed when they are asked for
        self.conditions: set[int] = set()  # arrays that say where something holds, x > 0
        self.views: list[Any] = []  # parts of arrays, which change with them
        self.axes: dict[
            int, tuple[int, ...]
        ] = {}  # of arrays that are inputs, named or returned, as the function has them
        self.stacks: list[Stack] = []  # arrays of three axes and more that are
        self.compared: set[int] = set()  # what a branch was chosen by, and what was used as a whole number:
        self.counted: set[int] = set()  # the results depend on these though no operation says so
        self.notes: dict[str, None] = {}
        self.said: set[object] = set()  # and the places of those that have one
        self.refusal: AdgraphError | None = None  # the first, in case the function catches it

    def input(self, name: Name, value: float | None) -> Tracer:
        self.inputs.append(self.leaf(Node(INPUT, (), None, name), value))
        return self.number(self.inputs[-1])

    def has_arrays(self) -> bool:
        """Whether an input is an array."""
        return any(index in self.axes for index in self.inputs)

    def note(self, words: str) -> None:
        """Say something of the line of the reader's code that is being run."""
        frame = readers_frame()
        said = (frame.f_code, frame.f_lasti, words) if frame else words
        if said not in self.said and len(self.notes) < MAX_NOTES:  # in a loop the same is said again and again
            self.said.add(said)
            self.notes[f"{code_in(frame)}: {words}"] = None

    def beside(self, op: str, left: Any, right: Any) -> Any:
        """A number and an array of numbers, which is traced where the function has arrays."""
        other = right if type(left) is Tracer else left
        if type(other) in TABLES | TRACED:
            return NotImplemented
        if hasattr(other, "dtype") and other.shape and self.has_arrays():
            return ON_ARRAYS["elementwise"](op, left, right)
        self.note_array(other)
        return NotImplemented

    def note_array(self, other: Any) -> None:
        """Say so where a number meets an array: it may have been meant for a vector."""
        shape = getattr(other, "shape", ())
        if shape:
            size = " × ".join(map(str, shape))
            self.note(f"one number is combined with each entry of an array of {size}; every parameter is one number")

    def reads(self, indices: Iterable[int]) -> set[int]:
        """These entries and all that they are made of."""
        found = set(indices)
        for index in range(max(found, default=-1), -1, -1):
            if index in found:
                found.update(self.args[index])
        return found

    def refused(self, message: str, hint: str = "") -> AdgraphError:
        """The error for what cannot be traced, at the line that asks for it."""
        error = here(message, hint)
        self.refusal = self.refusal or error
        return error

    def constant(self, value: Any) -> int | None:
        """The node of a number; None for what is not one."""
        if type(value) is Tracer:
            if value.tape is not self:
                raise self.refused("a number of another trace takes part", "keep no traced numbers between calls")
            return value.index
        if type(value) is int or type(value) is float:
            pass
        elif isinstance(value, (bool, int, float, Fraction, Decimal)):
            value = value if isinstance(value, (Fraction, Decimal)) else float(value)
        elif getattr(value, "shape", None) == () and hasattr(value, "item"):  # a scalar of numpy
            return self.constant(value.item())
        else:
            return None
        if not math.isfinite(value) if not isinstance(value, int) else abs(value) > MAX_MAGNITUDE:
            raise here(f"{value if isinstance(value, float) else 'a number beyond 10^300'} takes part in the result")
        text = spelled(value) if type(value) is float else ""
        return self.spelled(text) if text else self.leaf(Node(CONST, (), exact(value)), value)

    def spelled(self, text: str) -> int:
        """The node of a number in adgraph's own language."""
        graph = expression(text)

        def number(value: Any) -> Tracer:
            return self.number(self.leaf(Node(CONST, (), value), value))

        def applied(op: str, *args: Tracer) -> Tracer:
            if not args:
                return self.number(self.leaf(Node(op), CONSTANTS[op]))
            return self.add(op, tuple(arg.index for arg in args))

        return int(through(graph, (), number, applied)[graph.outputs[0]].index)

    def number(self, index: int) -> Tracer:
        """The number that an entry of the tape is."""
        made = _new(Tracer)
        made.tape = self
        made.index = index
        return made

    def leaf(self, node: Node, value: Any) -> int:
        index = len(self.ops)
        if index >= self.most:
            raise too_many(self.most)
        self.ops.append(node.op)
        self.args.append(())
        self.leaves[index] = node
        if node.type.shape:
            self.shapes[index] = node.type.shape
        if self.evaluates:
            self.values.append(None if value is None else float(value))
        return index

    def name_of(self, index: int) -> Name | None:
        """The name of an input."""
        return self.leaves[index].name if index in self.leaves else None

    def value_at(self, index: int | None) -> float | None:
        """The value of a node that is a number, if it has one."""
        found = self.values[index] if self.evaluates and index is not None else None
        if found is None and index is not None and self.given_arrays:
            found = ON_ARRAYS["value"](self, index)
        return found

    def given(self) -> dict[str, Any]:
        """The values of the inputs, by their names."""
        known = self.given_arrays
        found = {self.name_of(index) or "": known.get(index, self.number_given(index)) for index in self.inputs}
        return {name: value for name, value in found.items() if value is not None}

    def number_given(self, index: int) -> float | None:
        """The value of an input that is a number, if it is given one."""
        return self.values[index] if self.evaluates else None

    def add(self, op: str, args: tuple[int, ...]) -> Tracer:
        index = len(self.ops)
        if index >= self.most:
            raise too_many(self.most)
        self.ops.append(op)
        self.args.append(args)
        if self.evaluates:
            given = [self.values[arg] for arg in args]
            self.values.append(None if None in given else self.value(op, given))
        made = _new(Tracer)
        made.tape = self
        made.index = index
        return made

    def value(self, op: str, args: list[Any]) -> float:
        try:
            return float(functions[op](*args))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            shown = ", ".join(f"{arg:g}" for arg in args)
            needed = f"{op}({', '.join(OPS[op].params)}) needs {OPS[op].domain}"
            raise here(f"{op}({shown}) is not defined", needed) from None


def apply(op: str, *args: Any) -> Any:
    """An operation of the table; traced if one of the numbers is. TypeError where one is no number."""
    if len(args) == 1 and type(args[0]) is Tracer:
        return args[0].tape.add(op, (args[0].index,))
    tape = next((arg.tape for arg in args if type(arg) is Tracer), None)
    if tape is None:
        return functions[op](*args)
    found = [tape.constant(arg) for arg in args]
    places = tuple(place for place in found if place is not None)
    if len(places) < len(found):
        raise TypeError(f"{op} of a traced number and what is no number")
    return tape.add(op, places)


class NoAttributeError(AdgraphError, AttributeError):
    """An attribute that numbers do not have; `hasattr` sees that."""


def _binary(op: str) -> tuple[Callable[[Tracer, Any], Any], Callable[[Tracer, Any], Any]]:
    def forward(self: Tracer, other: Any) -> Any:
        tape = self.tape
        index = other.index if type(other) is Tracer and other.tape is tape else tape.constant(other)
        if index is None:
            return tape.beside(op, self, other)
        place = len(tape.ops)
        if place >= tape.plain:
            return tape.add(op, (self.index, index))
        tape.ops.append(op)  # what tape.add would do, for a call is the dearest part of it
        tape.args.append((self.index, index))
        made = _new(Tracer)
        made.tape = tape
        made.index = place
        return made

    def reflected(self: Tracer, other: Any) -> Any:
        index = self.tape.constant(other)
        if index is None:
            return self.tape.beside(op, other, self)
        return self.tape.add(op, (index, self.index))

    return forward, reflected


def _comparison(sign: str, compare: Callable[[float, float], bool]) -> Callable[[Tracer, Any], Any]:
    def compared(self: Tracer, other: Any) -> Any:
        tape = self.tape
        if getattr(other, "shape", None) == () and hasattr(other, "item"):
            other = other.item()
        traced = type(other) is Tracer
        if not (traced or isinstance(other, (numbers.Real, Decimal))):
            return NotImplemented
        left = tape.value_at(self.index)
        right = tape.value_at(tape.constant(other)) if traced else float(other)
        if left is None or right is None:
            raise _undecided(tape, f"'{sign}' compares numbers that have no value")
        tape.compared.update((self.index, other.index) if traced else (self.index,))
        holds = compare(left, right)
        tape.note(f"{left:g} {sign} {right:g} is {str(holds).lower()}, and what follows from that is drawn")
        return holds

    return compared


def _undecided(tape: Tape, message: str) -> AdgraphError:
    names = [tape.leaves[index].name for index in tape.inputs if tape.value_at(index) is None]
    values = ",".join(f"{name}=…" for name in names)
    return tape.refused(
        message, f"give values, --at {values}, and the branch taken is drawn; max, min and abs need none"
    )


def _uncounted(number: Tracer) -> AdgraphError:
    """The error for a number without a value that is to count or to index; it names what it is made of."""
    tape, made_of = number.tape, number.tape.reads([number.index])
    names = [tape.leaves[index].name for index in tape.inputs if index in made_of and tape.value_at(index) is None]
    values = ",".join(f"{name}=3" for name in names)
    hint = f"give it a value, --at {values}, or a default, {values}"
    return tape.refused("a traced number cannot count or index", hint)


def _refused(what: str, hint: str) -> Callable[..., Any]:
    def refuse(self: Tracer, *args: Any) -> Any:
        raise self.tape.refused(what, hint)

    return refuse


class Tracer:
    """A number on a tape; made by the tape, for an `__init__` would be one more call for each operation."""

    __slots__ = ("index", "tape")
    tape: Tape
    index: int
    __class__ = property(lambda self: float)  # so that isinstance(x, float) holds
    __array_priority__ = 1000

    __add__, _radd = _binary("add")
    __sub__, __rsub__ = _binary("sub")
    __mul__, _rmul = _binary("mul")
    __truediv__, __rtruediv__ = _binary("div")
    __pow__, __rpow__ = _binary("pow")
    __lt__ = _comparison("<", lambda a, b: a < b)
    __le__ = _comparison("<=", lambda a, b: a <= b)
    __gt__ = _comparison(">", lambda a, b: a > b)
    __ge__ = _comparison(">=", lambda a, b: a >= b)
    __eq__ = _comparison("==", lambda a, b: a == b)
    __ne__ = _comparison("!=", lambda a, b: a != b)
    __hash__ = _refused(
        "a traced number cannot be looked up in a set, a dict or a cache",
        "compare it, with --at, or leave the cache out",
    )

    def __radd__(self, other: Any) -> Any:
        return self if type(other) in (int, float) and other == 0 else self._radd(other)  # sum() begins with 0

    def __rmul__(self, other: Any) -> Any:
        return self if type(other) is int and other == 1 else self._rmul(other)  # and math.prod() with 1

    def __neg__(self) -> Tracer:
        return self.tape.add("neg", (self.index,))

    def __pos__(self) -> Tracer:
        return self

    def __abs__(self) -> Tracer:
        return self.tape.add("abs", (self.index,))

    def __bool__(self) -> bool:
        value = self.tape.value_at(self.index)
        if value is None:
            raise _undecided(self.tape, "a number that has no value is asked whether it is true")
        self.tape.compared.add(self.index)
        self.tape.note(f"{value:g} counts as {bool(value)}, and what follows from that is drawn")
        return bool(value)

    def __index__(self) -> int:
        """The whole number that the value is, to count or to index with; so far as that, it is not differentiated."""
        value = self.tape.value_at(self.index)
        if value is None:
            raise _uncounted(self)
        if not value.is_integer():
            raise self.tape.refused(f"{value:g} is no whole number: it cannot count or index", "give it a whole value")
        self.tape.counted.add(self.index)
        self.tape.note(f"{int(value)} is used as a whole number, which is not differentiated")
        return int(value)

    __float__ = _refused(
        "a plain float is wanted of a traced number",
        "use functions of math and numpy, and make arrays at once: np.array([x, y])",
    )
    __int__ = __index__
    __complex__ = _refused("complex numbers are not traced", "write real and imaginary parts as numbers of their own")
    __round__ = __floor__ = __ceil__ = __trunc__ = _refused(
        "rounding has no derivative", "leave it out: its derivative is 0 nearly everywhere"
    )
    __mod__ = __rmod__ = __floordiv__ = __rfloordiv__ = __divmod__ = __rdivmod__ = _refused(
        "a remainder is not in the table of operations",
        "write the part between two jumps, or give a parameter that only counts a default, such as n=3",
    )

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("__"):
            method = called(name, apply)
            if method is not None:
                return partial(without_defaults, self.tape.refused, name, method, self)
        error = here(f"a number has no attribute '{name}'", "a parameter is one number; write one for each component")
        raise NoAttributeError(error.message, error.span, error.hint, error.source, error.origin)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if any(type(arg) in TABLES or (type(arg) in TRACED and type(arg) is not Tracer) for arg in inputs):
            return NotImplemented
        if self.tape.has_arrays() and any(getattr(arg, "shape", ()) for arg in inputs):
            return ON_ARRAYS["ufunc"](self.tape, ufunc, method, inputs, options)
        return ufunc_called(self.tape.refused, apply, ufunc.__name__, method, inputs, options)

    def __copy__(self) -> Tracer:
        return self

    def __deepcopy__(self, memo: Any) -> Tracer:
        return self

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __repr__(self) -> str:
        value = self.tape.value_at(self.index)
        name = self.tape.name_of(self.index) or f"v_{self.index}"
        return f"<traced {name}{'' if value is None else f' = {value:g}'}>"


numbers.Real.register(Tracer)
TRACED: set[type] = {Tracer}  # and arrays, where a function has some
ON_ARRAYS: dict[str, Callable[..., Any]] = {}  # what is done to arrays, where an input is one
TABLES: set[type] = set()  # of cells, which may be assigned to; they say themselves what is done with them
