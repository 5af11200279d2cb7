"""A Python function as a graph: it is run once on numbers that remember how they were made, and its own assignments
name them."""

from __future__ import annotations

import dis
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache, partial
from types import CodeType, FrameType, MethodType
from typing import Any

from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.given import Path, Single, axes_given
from graphviz_ad.core.names import Name, below, is_name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read import DEFAULT_LIMITS, Limits, Source
from graphviz_ad.read.python.assembly import Bindings, Result, assembled
from graphviz_ad.read.python.attributes import is_attribute, with_attributes
from graphviz_ad.read.python.limits import Stopped, limited
from graphviz_ad.read.python.nested_parameters import given_within, nested_input, skeleton_of
from graphviz_ad.read.python.patched_math import method_of, traceable_mathematics
from graphviz_ad.read.python.tape import TABLES, TRACED, Stack, Tape, Tracer
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
    names it. `at` gives the values that comparisons and counting need. The function runs inside `running`. Raises
    AdgraphError, with the line of the function, for what cannot be traced, and where it takes more than the limits; an
    exception of the function itself goes through.
    """
    while isinstance(function, CACHED):  # which would look traced numbers up
        function = function.__wrapped__
    given = {Name(name).loose_key: value for name, value in (at or {}).items()}
    sizes = {Name(name).loose_key: shape for name, shape in shapes.items()}
    wanted = {Name(name).loose_key for name in wrt}
    tape = Tape(bool(given or wanted), limits.operations)
    function = with_attributes(function, tape)
    arrays: dict[str, Any] = {}
    within = given_within(at or {})
    positional, named = _arguments(function, tape, given, wanted, sizes, arrays, within)
    bindings: Bindings = {}
    tables: dict[int, tuple[Any, Name]] = {}
    code = _code(function)
    stores = {} if code is None else _stores(code, code.co_linetable)

    def call() -> Any:
        with _watched(code, stores, bindings, tables, tape.axes):
            return function(*positional, **named)

    with traceable_mathematics(function, tape), running or nullcontext():
        try:
            result = limited(call, limits.seconds, "the function")
        except AdgraphError:
            raise
        except Exception as error:
            hidden = _hidden(error)
            if hidden is None:
                raise
            raise hidden from None
    if tape.refusal is not None:  # the function has caught it, and gone on without
        raise tape.refusal
    try:
        results = _results(result, tape)
    except RecursionError:
        hint = "return a number, or a tuple, list or dict of numbers"
        raise AdgraphError("the function returns lists within lists without end", hint=hint) from None
    for table, name in tables.values():
        if (index := table.made) is not None:
            bindings.setdefault(index, name)
            tape.axes.setdefault(index, table.shape)
        elif matrices := table.matrices():
            parts = {index: below(name, place) for place, index in matrices.items()}
            tape.stacks.append(Stack(name, table.shape, tuple(parts)))
            bindings.update({index: part for index, part in parts.items() if index not in bindings})
    graph, names = assembled(tape, bindings, results, _name_of(function), wanted)
    return Source(graph, tuple(tape.notes), {**tape.given(), **arrays}, wholes=wholes(tape, graph, names))


# ---- arguments and results


def parameters_of(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    """The parameters of a function. Raises AdgraphError for one that does not say what they are."""
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        raise AdgraphError(f"'{_name_of(function)}' says nothing of its parameters", hint="wrap it in a def") from None


def _arguments(
    function: Callable[..., Any],
    tape: Tape,
    at: dict[Any, Any],
    wanted: set[Any],
    shapes: dict[Any, Shape],
    arrays: dict[str, Any],
    within: Mapping[str, Mapping[Path, Any]],
) -> tuple[list[Any], dict[str, Any]]:
    """What the function is called with; `arrays` is given the values of what are arrays."""
    parameters = parameters_of(function)
    positional: list[Any] = []
    named: dict[str, Any] = {}
    seen: dict[Any, str] = {}
    for name, parameter in parameters.items():
        if parameter.kind == parameter.VAR_KEYWORD:
            continue
        if parameter.kind == parameter.VAR_POSITIONAL:
            if not positional:
                raise AdgraphError(
                    f"'{_name_of(function)}' takes any number of arguments (*{name})",
                    hint="wrap it in a function whose parameters have names",
                )
            continue
        default = parameter.default
        key = Name(name).loose_key
        if key in seen:
            raise AdgraphError(f"the parameters '{seen[key]}' and '{name}' look the same", hint="rename one of them")
        seen[key] = name
        skeleton = skeleton_of(parameter.annotation, default, within.get(name, {}))
        if skeleton is not None:
            _given(positional, named, parameter, nested_input(tape, name, skeleton, at, arrays))
            continue
        parts = {} if key in at or not at else _parts_given(at, Name(name), parameters)
        axes = _axes(parameter, at.get(key), shapes.pop(key, None)) or _axes_of_parts(parts)
        is_input = default is parameter.empty or key in at or key in wanted
        value = at.pop(key, None)
        if axes is not None:
            from graphviz_ad.read.python.array_inputs import array_input

            arrays.update({below(Name(name), ",".join(map(str, place))): part for place, part in parts.items()})
            arrays.update({Name(name): value} if value is not None else {})
            _given(positional, named, parameter, array_input(tape, Name(name), axes))
            continue
        value = None if value is None else float(value)
        if is_input and value is None and isinstance(default, (int, float)):
            value = float(default)
        argument: Any = tape.input(Name(name), value) if is_input else default
        _given(positional, named, parameter, argument)
    at = {**shapes, **{key: value for key, value in at.items() if not is_attribute(function, key)}}
    if at:
        names = list(parameters)
        name = next(iter(at)).base
        raise AdgraphError(
            f"'{_name_of(function)}' has no parameter '{name}'",
            hint=did_you_mean(name, names) or f"it has {', '.join(names) or 'none'}",
        )
    return positional, named


def _parts_given(at: dict[Any, Any], name: Name, parameters: Iterable[str]) -> dict[tuple[int, ...], Any]:
    """The matrices among the values that are those of one parameter of several axes, T_1, T_2 of T, by their places;
    they are no others' any more."""
    known = {Name(parameter).loose_key for parameter in parameters}
    found: dict[tuple[int, ...], Any] = {}
    for key in [key for key, value in at.items() if len(axes_given(value)) == 2 and key not in known]:
        places = re.fullmatch(r"\d+(?:,\d+)*", key.subscript.removeprefix(f"{name.key.subscript},"))
        if places and below(name, places[0]).loose_key == key:
            found[tuple(map(int, places[0].split(",")))] = at.pop(key)
    return found


def _axes_of_parts(parts: Mapping[tuple[int, ...], Any]) -> tuple[int, ...] | None:
    """The shape of a parameter whose matrices are given; None where none is."""
    if not parts:
        return None
    last = max(parts)
    return (*last, *axes_given(parts[last]))


def _given(positional: list[Any], named: dict[str, Any], parameter: inspect.Parameter, argument: Any) -> None:
    if parameter.kind == parameter.KEYWORD_ONLY:
        named[parameter.name] = argument
    else:
        positional.append(argument)


def _axes(parameter: inspect.Parameter, value: Any, shape: Shape | None) -> tuple[int, ...] | None:
    """The shape of a parameter that is an array; None for a number."""
    annotated = parameter.annotation is not parameter.empty and isinstance(parameter.annotation, (int, tuple, str))
    default = hasattr(parameter.default, "dtype") and bool(getattr(parameter.default, "shape", ()))
    if not (annotated or default or shape or isinstance(value, (tuple, Single))):
        return None
    from graphviz_ad.read.python.array_parameters import axes_of, of_shape

    said = axes_of(parameter.default, parameter.annotation)
    axes = of_shape(shape, parameter.name) if shape else axes_given(value)
    if not axes:
        return said
    if said is not None and [size for size in said if size > 1] != [size for size in axes if size > 1]:
        text = f"'{parameter.name}' has the shape {said} in the function, and is given that of {axes}"
        raise AdgraphError(text, hint="give one shape only, or values of that shape")
    return said or axes


def _name_of(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", type(function).__name__)


def _results(result: Any, tape: Tape, name: str | None = None) -> list[Result]:
    """The nodes of a result, out of tuples, lists, arrays and dicts, whose keys are names."""
    if type(result) is Tracer:
        own = tape.constant(result) or 0
        if own not in tape.inputs:
            tape.axes.pop(own, None)  # of an array of one entry, which the function made a number of
        return [(name, own)]
    if type(result) in TABLES:
        result = result.whole()
    if type(result) in TRACED:
        if result.index not in tape.inputs:
            tape.axes[result.index] = result.shape
        return [(name, result.index)]
    if type(result) in TABLES:  # of more than two axes
        found = _results(list(result), tape, name)
        tape.stacks.append(Stack(Name(name or ""), result.shape, tuple(index for _, index in found)))
        return found
    if isinstance(result, Mapping):
        return [found for key, value in result.items() for found in _results(value, tape, _keyed(key, name))]
    if getattr(result, "shape", None) == () and hasattr(result, "item"):
        return _results(result.item(), tape, name)
    if getattr(result, "size", 1) == 0:
        raise AdgraphError("the function returns an array without entries", hint="is a slice in it empty?")
    if hasattr(result, "dtype") and any(tape.leaves[index].type.shape for index in tape.inputs):
        from graphviz_ad.read.python.making import lifted

        return [(name, lifted(tape, result).index)]  # np.array([x[0], x[1]]) is a vector
    if isinstance(result, (tuple, list)) or hasattr(result, "tolist"):
        parts = list(result)
        names = [f"{name}_{n}" if name and len(parts) > 1 else name for n in range(1, len(parts) + 1)]
        return [found for key, value in zip(names, parts, strict=True) for found in _results(value, tape, key)]
    index = None if result is None or isinstance(result, str) else tape.constant(result)
    if index is None:
        kind = "nothing" if result is None else f"a {type(result).__name__}"
        raise AdgraphError(f"the function returns {kind}", hint="return a number, or a tuple, list or dict of numbers")
    return [(name, index)]


def _keyed(key: Any, name: str | None) -> str | None:
    """The name of a value in a dict of that name: that of its key, where it can be one."""
    text = str(key) if isinstance(key, (str, int)) else ""
    whole = f"{name}_{text}" if name and text else text
    return whole if is_name(whole) else None


def _hidden(error: BaseException | None) -> AdgraphError | None:
    """An error of ours that has become one of a library, or of the function itself."""
    while error is not None:
        if isinstance(error, (AdgraphError, Stopped)):
            return error.error if isinstance(error, Stopped) else error
        error = error.__cause__ or error.__context__
    return None


# ---- the function's own names


def _code(function: Callable[..., Any]) -> CodeType | None:
    plain = inspect.unwrap(function)
    while isinstance(plain, (partial, MethodType)):
        plain = inspect.unwrap(plain.func if isinstance(plain, partial) else plain.__func__)
    return getattr(plain if hasattr(plain, "__code__") else method_of(plain), "__code__", None)


@lru_cache(maxsize=256)
def _stores(code: CodeType, lines: bytes) -> Mapping[int, tuple[str, ...]]:
    """The local variables that each line assigns; code that differs in its lines alone is equal in some Pythons."""
    stores: dict[int, dict[str, None]] = {}
    line = code.co_firstlineno
    starts = dict(dis.findlinestarts(code))
    for instruction in dis.get_instructions(code):
        line = starts.get(instruction.offset) or line
        if instruction.opname.startswith(("STORE_FAST", "STORE_DEREF")):
            names = instruction.argval if isinstance(instruction.argval, tuple) else (instruction.argval,)
            stores.setdefault(line, {}).update(dict.fromkeys(names))
    return {line: tuple(names) for line, names in stores.items()}


@contextmanager
def _watched(
    code: CodeType | None,
    stores: Mapping[int, tuple[str, ...]],
    bindings: Bindings,
    tables: dict[int, tuple[Any, Name]],
    axes: dict[int, tuple[int, ...]],
) -> Iterator[None]:
    """Note every assignment of a traced number to a local variable of the first call of the code; and the tables that
    are assigned, which are arrays once they are filled."""
    before = sys.gettrace()
    started = False
    line = 0

    def on_line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal line
        names = stores.get(line)
        if names and event != "exception":
            local = frame.f_locals
            for name in names:
                value: Any = local.get(name)
                if type(value) in TRACED and value.index not in bindings:
                    bindings[value.index] = Name(name)
                    if type(value) is not Tracer:
                        axes.setdefault(value.index, value.shape)
                elif type(value) in TABLES:
                    tables.setdefault(id(value), (value, Name(name)))
        line = frame.f_lineno
        return on_line

    def on_call(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal started
        if frame.f_code is code and not started:
            started = True
            return on_line
        return None

    sys.settrace(on_call if stores else before)
    try:
        yield
    finally:
        sys.settrace(before)
