"""A Python function as a graph: it is run once on numbers that remember how they were made, and its own assignments
name them."""

from __future__ import annotations

import dis
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import count
from types import CodeType, FrameType, MethodType
from typing import Any

from graphviz_ad.errors import AdgraphError, did_you_mean
from graphviz_ad.frontend import Source
from graphviz_ad.frontend.exchange import method_of, traceable_mathematics
from graphviz_ad.frontend.tape import Tape, Tracer
from graphviz_ad.graph import INPUT, Builder, Graph, Node
from graphviz_ad.notation.names import Name, name_key, parse_name

_node: Any = tuple.__new__  # a Node without the cost of naming its fields
_FREE_NAMES = ("y", "z", "f", "g", "h", "u", "v", "w", "result")

Bindings = dict[int, str]  # the local variable that each entry of the tape was assigned to first
Result = tuple[str | None, int]  # its key, if it has one, and its node


def trace(function: Callable[..., Any], at: Mapping[str, float] | None = None, wrt: Iterable[str] = ()) -> Source:
    """The graph of a function, and notes on the branches that were taken.

    Parameters without a default are inputs; one with a default is that constant, unless `at` gives it a value or `wrt`
    names it. `at` gives the values that comparisons need. Raises AdgraphError, with the line of the function, for what
    cannot be traced; an exception of the function itself goes through.
    """
    given = {name_key(name): float(value) for name, value in (at or {}).items()}
    wanted = {name_key(name) for name in wrt}
    tape = Tape(evaluates=bool(given or wanted))
    positional, named = _arguments(function, tape, given, wanted)
    bindings: Bindings = {}
    with traceable_mathematics(function), _watched(_code(function), bindings):
        try:
            result = function(*positional, **named)
        except AdgraphError:
            raise
        except Exception as error:
            hidden = _hidden(error)
            if hidden is None:
                raise
            raise hidden from None
    if tape.refusal is not None:  # the function has caught it, and gone on without
        raise tape.refusal
    return Source(_graph(tape, bindings, _results(result, tape), _name_of(function), wanted), tuple(tape.notes))


# ---- arguments and results


def _arguments(
    function: Callable[..., Any], tape: Tape, at: dict[Any, float], wanted: set[Any]
) -> tuple[list[Any], dict[str, Any]]:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        raise AdgraphError(f"'{_name_of(function)}' says nothing of its parameters", hint="wrap it in a def") from None
    positional: list[Any] = []
    named: dict[str, Any] = {}
    seen: dict[Any, str] = {}
    for name, parameter in signature.parameters.items():
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
        key = name_key(name)
        if key in seen:
            raise AdgraphError(f"the parameters '{seen[key]}' and '{name}' look the same", hint="rename one of them")
        seen[key] = name
        is_input = default is parameter.empty or key in at or key in wanted
        value = at.pop(key, None)
        if is_input and value is None and isinstance(default, (int, float)):
            value = float(default)
        argument = tape.input(name, value) if is_input else default
        if parameter.kind == parameter.KEYWORD_ONLY:
            named[name] = argument
        else:
            positional.append(argument)
    if at:
        names = list(signature.parameters)
        name = next(iter(at)).base
        raise AdgraphError(
            f"'{_name_of(function)}' has no parameter '{name}'",
            hint=did_you_mean(name, names) or f"it has {', '.join(names) or 'none'}",
        )
    return positional, named


def _name_of(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", type(function).__name__)


def _results(result: Any, tape: Tape, name: str | None = None) -> list[Result]:
    """The nodes of a result, out of tuples, lists, arrays and dicts, whose keys are names."""
    if type(result) is Tracer:
        return [(name, tape.constant(result) or 0)]
    if isinstance(result, Mapping):
        return [found for key, value in result.items()
                for found in _results(value, tape, f"{name}_{key}" if name else str(key))]  # fmt: skip
    if getattr(result, "shape", None) == () and hasattr(result, "item"):
        return _results(result.item(), tape, name)
    if isinstance(result, (tuple, list)) or hasattr(result, "tolist"):
        parts = list(result)
        names = [f"{name}_{n}" if name and len(parts) > 1 else name for n in range(1, len(parts) + 1)]
        return [found for key, value in zip(names, parts, strict=True) for found in _results(value, tape, key)]
    index = None if result is None or isinstance(result, str) else tape.constant(result)
    if index is None:
        kind = "nothing" if result is None else f"a {type(result).__name__}"
        raise AdgraphError(f"the function returns {kind}", hint="return a number, or a tuple, list or dict of numbers")
    return [(name, index)]


def _hidden(error: BaseException | None) -> AdgraphError | None:
    """An error of ours that a library has wrapped into one of its own."""
    while error is not None:
        if isinstance(error, AdgraphError):
            return error
        error = error.__cause__ or error.__context__
    return None


# ---- the function's own names


def _code(function: Callable[..., Any]) -> CodeType | None:
    plain = inspect.unwrap(function)
    while isinstance(plain, (partial, MethodType)):
        plain = inspect.unwrap(plain.func if isinstance(plain, partial) else plain.__func__)
    return getattr(plain if hasattr(plain, "__code__") else method_of(plain), "__code__", None)


def _stores(code: CodeType) -> dict[int, tuple[str, ...]]:
    """The local variables that each line assigns."""
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
def _watched(code: CodeType | None, bindings: Bindings) -> Iterator[None]:
    """Note every assignment of a traced number to a local variable of the first call of the code."""
    stores = {} if code is None else _stores(code)
    before = sys.gettrace()
    started = False
    line = 0

    def on_line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal line
        names = stores.get(line)
        if names and event != "exception":
            local = frame.f_locals
            for name in names:
                value = local.get(name)
                if type(value) is Tracer:
                    bindings.setdefault(value.index, name)
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


# ---- from the tape to the graph


def _graph(tape: Tape, bindings: Bindings, results: list[Result], function: str, wanted: set[Any]) -> Graph:
    """The nodes that the results need, named, in the order in which equations would be read."""
    if not results:
        raise AdgraphError("the function returns nothing", hint="return a number")
    positions = {index: position for position, (_, index) in reversed(list(enumerate(results, 1)))}
    results, again = _each_once(results)
    inputs_named = {name_key(tape.name_of(index) or "") for index in tape.inputs}
    keyed = {index: key for key, index in results
             if key and tape.ops[index] != INPUT and name_key(key) not in inputs_named}  # fmt: skip
    roots = [index for _, index in results]
    names = keyed | _names(_assigned(tape, bindings, roots, keyed), inputs_named | set(map(name_key, keyed.values())))
    builder, place = _built(tape, names, [*sorted(names), *roots], wanted)
    unused = [tape.name_of(index) for index in tape.inputs if index not in place]
    if unused:
        tape.notes[f"the result does not depend on {', '.join(map(str, unused))}"] = None
    outputs: dict[int, None] = {}
    taken: set[Any] = set()
    for number, (key, index) in enumerate([*results, *again], 1):
        at = place[index]
        node = builder.nodes[at]
        if node.name is None or node.op == INPUT or number > len(results):
            if node.name is not None:
                at = builder.add("copy", (at,))
            taken = taken or {name_key(node.name) for node in builder.nodes if node.name}
            position = 0 if len(results) == 1 else positions[index]
            builder.rename(at, _output_name(key, function, position, taken))
        outputs[at] = None
    return builder.build(tuple(outputs))


def _assigned(tape: Tape, bindings: Bindings, roots: list[int], keyed: Mapping[int, str]) -> Bindings:
    """The operations that the roots need and that were assigned to a variable, but for those with a key."""
    needed = set(roots)
    args = tape.args
    for index in range(max(roots), -1, -1):
        if index in needed:
            needed.update(args[index])
    return {index: name for index, name in bindings.items()
            if index in needed and index not in keyed and index not in tape.leaves}  # fmt: skip


def _built(tape: Tape, names: Mapping[int, str], roots: list[int], wanted: set[Any]) -> tuple[Builder, dict[int, int]]:
    """The nodes that the roots need, the inputs first, and the place of each entry of the tape among them."""
    ops, args, known = tape.ops, tape.args, set(tape.inputs)
    emitted = _emission_order(args, roots)
    inputs = [index for index in emitted if index in known]
    inputs += [i for i in tape.inputs if i not in inputs and name_key(tape.name_of(i) or "") in wanted]
    order = [*inputs, *(index for index in emitted if index not in known)]
    place = {index: position for position, index in enumerate(order)}
    builder = Builder()
    for index in order:
        if index in tape.leaves:
            node = tape.leaves[index]
            builder.nodes.append(node._replace(name=node.name or names.get(index)))
        else:
            reads = tuple([place[arg] for arg in args[index]])
            builder.nodes.append(_node(Node, (ops[index], reads, None, names.get(index), None)))
    return builder, place


def _each_once(results: list[Result]) -> tuple[list[Result], list[Result]]:
    """The results without those that are a node again, and those of the latter that have a key of their own."""
    first: dict[int, Result] = {}
    again: list[Result] = []
    for key, index in results:
        if index not in first or (key and not first[index][0]):
            first[index] = key, index
        elif key and key != first[index][0]:
            again.append((key, index))
    return list(first.values()), again


def _names(assigned: Bindings, taken: set[Any]) -> dict[int, str]:
    """The name of each node that was assigned to a variable; a variable assigned again has versions: x_1, x_2, …"""
    versions: dict[str, list[int]] = {}
    for index, name in assigned.items():
        versions.setdefault(name, []).append(index)
    names: dict[int, str] = {}
    for name, indices in versions.items():
        if len(indices) == 1 and name_key(name) not in taken:
            names[indices[0]] = name
            taken.add(name_key(name))
    for name, indices in versions.items():
        if indices[0] in names:
            continue
        base = parse_name(name).base
        # A version may be called as another variable is, but only as one with the same letter.
        clashes = {key for key in taken if key.base == base} | {
            name_key(n) for n in versions if parse_name(n).base == base
        }
        names.update(zip(indices, _versions(name, clashes), strict=False))
        if len(clashes) > 1:  # others of this letter are still to be named
            taken.update(name_key(names[index]) for index in indices)
    return names


def _versions(name: str, clashes: set[Name]) -> Iterator[str]:
    """x_1, x_2, … without those that look like one of the clashes, which must end in the same number."""
    numbers = {re.split("[^0-9]", key.subscript or key.base)[-1] for key in clashes}
    for number in count(1):
        version = f"{name}_{number}"
        if str(number) not in numbers or name_key(version) not in clashes:
            yield version


def _output_name(key: str | None, function: str, number: int, taken: set[Any]) -> str:
    """A name for a result that has none: its key in a dict, else that of the function."""
    plain = function if function.isidentifier() else ""
    options = [key or "", f"{plain}_{number}" if plain and number else plain, *_FREE_NAMES]
    options += [f"y_{n}" for n in range(1, len(taken) + 2)]
    name = next(option for option in options if option and name_key(option) not in taken)
    taken.add(name_key(name))
    return name


def _emission_order(args: list[tuple[int, ...]], roots: list[int]) -> list[int]:
    """The entries that the roots need, each definition behind those that it reads, and operands from left to right."""
    done: dict[int, None] = {}
    for root in roots:
        stack = [root]
        while stack:
            index = stack[-1]
            if index in done:
                stack.pop()
                continue
            depth = len(stack)
            for arg in args[index][::-1]:
                if arg not in done:
                    stack.append(arg)
            if len(stack) == depth:
                done[stack.pop()] = None
    return list(done)
