"""A Python function as a graph: it is run once on numbers that remember how they were made, and its own assignments
name them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name, below
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read import DEFAULT_LIMITS, Limits, Source
from graphviz_ad.read.python.arguments import arguments, asked_of, name_of
from graphviz_ad.read.python.assembly import Bindings, Result, assembled
from graphviz_ad.read.python.attributes import with_attributes
from graphviz_ad.read.python.limits import Stopped, limited
from graphviz_ad.read.python.other_libraries import uncompiled
from graphviz_ad.read.python.patched_math import traceable_mathematics
from graphviz_ad.read.python.recording import Stack
from graphviz_ad.read.python.results import results_of
from graphviz_ad.read.python.tape import Tape
from graphviz_ad.read.python.watching import code_of, watched
from graphviz_ad.read.python.wholes import wholes

NO_SHAPES: Mapping[str, Shape] = {}
CACHED = type(lru_cache(len))


def trace(
    function: Callable[..., Any],
    at: Mapping[str, Any] | None = None,
    wrt: Iterable[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    running: AbstractContextManager[None] | None = None,
    shapes: Mapping[str, Shape] = NO_SHAPES,
) -> Source:
    """The graph of a function, notes on the branches that were taken, and the values of its parameters.

    Parameters without a default are inputs; one with a default is that constant, unless `at` gives it a value or `wrt`
    names it; one with an array is an input of that value. `at` gives the values that comparisons and counting need. The
    function runs inside `running`. Raises AdgraphError, with the line of the function, for what cannot be traced, and
    where it takes more than the limits; an exception of the function itself goes through.
    """
    while isinstance(function, CACHED):  # which would look traced numbers up
        function = function.__wrapped__
    function = uncompiled(function)
    asked = asked_of(at or {}, shapes, wrt)
    tape = Tape(bool(asked.values or asked.wanted), limits.operations)
    name = name_of(function)
    function = with_attributes(function, tape, dict(asked.values))
    positional, named = arguments(function, tape, asked)
    bindings: Bindings = {}
    tables: dict[int, tuple[Any, Name]] = {}

    def call() -> Any:
        with watched(code_of(function), bindings, tables, tape.axes):
            return function(*positional, **named)

    with traceable_mathematics(function, tape), running or nullcontext():
        result = _run(call, limits.seconds)
    if tape.refusal is not None:  # the function has caught it, and gone on without
        raise tape.refusal
    results = _results(result, tape)
    _name_tables(tape, tables, bindings)
    graph, names = assembled(tape, bindings, results, name, set(asked.wanted))
    return Source(graph, tuple(tape.notes), tape.given(), wholes=wholes(tape, graph, names))


def _run(call: Callable[[], Any], seconds: float) -> Any:
    """What the function returns. Errors of ours come out as they are, also where they have become others on the way."""
    try:
        return limited(call, seconds, "the function")
    except AdgraphError:
        raise
    except Exception as error:
        hidden = _hidden(error)
        if hidden is None:
            raise
        raise hidden from None


def _hidden(error: BaseException | None) -> AdgraphError | None:
    """An error of ours that has become one of a library, or of the function itself."""
    while error is not None:
        if isinstance(error, (AdgraphError, Stopped)):
            return error.error if isinstance(error, Stopped) else error
        error = error.__cause__ or error.__context__
    return None


def _results(result: Any, tape: Tape) -> list[Result]:
    try:
        return results_of(result, tape)
    except RecursionError:
        hint = "return a number, or a tuple, list or dict of numbers"
        raise AdgraphError("the function returns lists within lists without end", hint=hint) from None


def _name_tables(tape: Tape, tables: Mapping[int, tuple[Any, Name]], bindings: Bindings) -> None:
    """Name what tables of cells have become by the variables that these were assigned to."""
    for table, name in tables.values():
        if (index := table.made) is not None:
            bindings.setdefault(index, name)
            tape.axes.setdefault(index, table.shape)
        elif matrices := table.matrices():
            parts = {index: below(name, place) for place, index in matrices.items()}
            tape.stacks.append(Stack(name, table.shape, tuple(parts)))
            bindings.update({index: part for index, part in parts.items() if index not in bindings})
