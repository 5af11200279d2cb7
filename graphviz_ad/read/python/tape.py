"""Numbers that remember how they were made. Each operation on one is a further node of a flat tape."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, INPUT, Node
from graphviz_ad.core.names import Name
from graphviz_ad.read.python.comparisons import counted, holds, truth
from graphviz_ad.read.python.known_numbers import CONSTANTS, KnownNumber, exact, made_of
from graphviz_ad.read.python.limits import too_many
from graphviz_ad.read.python.location import here
from graphviz_ad.read.python.numeric import called
from graphviz_ad.read.python.recording import ON_ARRAYS, Recording
from graphviz_ad.read.python.ufuncs import ufunc_called, without_defaults
from graphviz_ad.read.table import functions

_new = object.__new__
MAX_MAGNITUDE = 10**300


class Tape(Recording):
    """A recording of numbers, which make its entries themselves."""

    __slots__ = ()

    def input(self, name: Name, value: float | None) -> Tracer:
        self.inputs.append(self.leaf(Node(INPUT, (), None, name), value))
        return self.number(self.inputs[-1])

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
        made = made_of(value) if type(value) is float else None
        return self.leaf(Node(CONST, (), exact(value)), value) if made is None else self.known(made)

    def known(self, made: KnownNumber) -> int:
        """The node of a number that stands for more than its digits."""
        if isinstance(made, (int, Fraction)):
            return self.leaf(Node(CONST, (), made), made)
        if isinstance(made, str):
            return self.leaf(Node(made), CONSTANTS[made])
        op, *parts = made
        return self.add(op, tuple([self.known(part) for part in parts])).index

    def number(self, index: int) -> Tracer:
        """The number that an entry of the tape is."""
        made = _new(Tracer)
        made.tape = self
        made.index = index
        return made

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
        if type(other) is Tracer:
            return holds(self.tape, sign, compare, self.index, self.tape.constant(other))
        if getattr(other, "shape", None) == () and hasattr(other, "item"):
            other = other.item()
        if not isinstance(other, (numbers.Real, Decimal)):
            return NotImplemented
        return holds(self.tape, sign, compare, self.index, None, float(other))

    return compared


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
        return truth(self.tape, self.index)

    def __index__(self) -> int:
        """The whole number that the value is, to count or to index with; so far as that, it is not differentiated."""
        return counted(self.tape, self.index)

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
TABLES: set[type] = set()  # of cells, which may be assigned to; they say themselves what is done with them
