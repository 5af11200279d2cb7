"""What a traced function makes, entry by entry, with what is known and said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import Node, Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import OPS
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.python.limits import too_many
from graphviz_ad.read.python.location import code_in, here, readers_frame
from graphviz_ad.read.table import functions

MAX_NOTES = 20
ON_ARRAYS: dict[str, Callable[..., Any]] = {}  # what is done to arrays, where an input is one


class Stack(NamedTuple):
    """An array of three axes or more: its name, its axes, and its matrices."""

    name: Name
    axes: tuple[int, ...]
    matrices: tuple[int, ...]


class Recording:
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

    def value(self, op: str, args: list[Any]) -> float:
        try:
            return float(functions[op](*args))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            shown = ", ".join(f"{arg:g}" for arg in args)
            needed = f"{op}({', '.join(OPS[op].params)}) needs {OPS[op].domain}"
            raise here(f"{op}({shown}) is not defined", needed) from None
