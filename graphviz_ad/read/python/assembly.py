"""A tape as a graph: what the results need, named by what the function calls it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import INPUT, NUMBER, Builder, Graph, Node
from graphviz_ad.core.names import UNNAMED, Name, Parts
from graphviz_ad.core.reach import by_key
from graphviz_ad.read.python.tape import Tape

_FREE_NAMES = ("y", "z", "f", "g", "h", "u", "v", "w", "result")

Bindings = dict[int, Name]  # the local variable that each entry of the tape was assigned to first
Result = tuple[str | None, int]  # its key, if it has one, and its entry of the tape


def assembled(
    tape: Tape, bindings: Bindings, results: list[Result], function: str, wanted: set[Any]
) -> tuple[Graph, dict[int, Name]]:
    """The nodes that the results need, named, in the order in which equations would be read; and the names of the
    entries of the tape."""
    if not results:
        raise AdgraphError("the function returns nothing", hint="return a number")
    positions = {index: position for position, (_, index) in reversed(list(enumerate(results, 1)))}
    results, again = _each_once(results)
    keyed: dict[int, Name] = {}
    taken = {(tape.name_of(index) or UNNAMED).key for index in tape.inputs}
    taken.update(stack.name.key for stack in tape.stacks if set(stack.matrices) <= set(tape.inputs))
    for key, index in results:
        if key and tape.ops[index] != INPUT and Name(key).key not in taken:
            keyed[index] = Name(key)
            taken.add(keyed[index].key)
    roots = [index for _, index in results]
    names = keyed | _names(_assigned(tape, bindings, roots, keyed), taken)
    _check_wanted(tape, roots, wanted)
    builder, place = _built(tape, names, [*sorted(names), *roots], wanted)
    read = tape.reads(tape.compared | tape.counted)
    unused = [tape.name_of(index) for index in tape.inputs if index not in place and index not in read]
    if unused:
        tape.notes[f"the result does not depend on {', '.join(map(str, unused))}"] = None
    outputs: dict[int, None] = {}
    known: set[Parts] = set()
    for number, (key, index) in enumerate([*results, *again], 1):
        at = place[index]
        node = builder.nodes[at]
        if node.name is None or node.op == INPUT or number > len(results):
            if node.name is not None:
                at = builder.add("copy", (at,), None, None, None, node.type if node.type.shape else NUMBER)
            known = known or {node.name.key for node in builder.nodes if node.name}
            position = 0 if len(results) == 1 else positions[index]
            builder.rename(at, _output_name(key, function, position, known))
        outputs[at] = None
    graph = builder.build(tuple(outputs))
    found = {index: graph.name(at) for index, at in place.items()}
    return graph, {index: name for index, name in found.items() if name}


def _check_wanted(tape: Tape, roots: list[int], wanted: set[Any]) -> None:
    """Raise AdgraphError for a variable of differentiation that the function uses up as a whole number."""
    used_up = tape.reads(tape.counted) - tape.reads(roots) if wanted and tape.counted else ()
    for index in tape.inputs if used_up else ():
        name = tape.name_of(index) or UNNAMED
        if index in used_up and name.loose_key in wanted:
            raise AdgraphError(
                f"there is no derivative with respect to '{name}': it only counts, or is an index",
                hint=f"leave {name} out of --wrt; --at {name}=… gives it a value",
            )


def _assigned(tape: Tape, bindings: Bindings, roots: list[int], keyed: Mapping[int, Name]) -> Bindings:
    """The operations that the roots need and that were assigned to a variable, but for those with a key."""
    needed = tape.reads(roots)
    return {index: name for index, name in bindings.items()
            if index in needed and index not in keyed and index not in tape.leaves}  # fmt: skip


def _built(tape: Tape, names: Mapping[int, Name], roots: list[int], wanted: set[Any]) -> tuple[Builder, dict[int, int]]:
    """The nodes that the roots need, the inputs first, and the place of each entry of the tape among them."""
    ops, args, known = tape.ops, tape.args, set(tape.inputs)
    emitted = _emission_order(args, roots)
    inputs = [index for index in emitted if index in known]
    inputs += [i for i in tape.inputs if i not in inputs and (tape.name_of(i) or UNNAMED).loose_key in wanted]
    order = [*inputs, *(index for index in emitted if index not in known)]
    place = {index: position for position, index in enumerate(order)}
    at, name, leaves, builder = place.__getitem__, names.get, tape.leaves, Builder()
    types = tape.types.get
    builder.nodes = [
        leaves[index].replace(name=leaves[index].name or name(index))
        if index in leaves
        else Node(ops[index], tuple(map(at, args[index])), None, name(index), None, types(index, NUMBER))
        for index in order
    ]
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


def _names(assigned: Bindings, taken: set[Parts]) -> dict[int, Name]:
    """The name of each node that was assigned to a variable; a variable assigned again has versions: x_1, x_2, …"""
    versions = by_key((name, index) for index, name in assigned.items())
    names: dict[int, Name] = {}
    for name, indices in versions.items():
        if len(indices) == 1 and name.key not in taken:
            names[indices[0]] = name
            taken.add(name.key)
    for name, indices in versions.items():
        if indices[0] in names:
            continue
        base = name.parts.base
        # A version may be called as another variable is, but only as one with the same letter.
        clashes = {key for key in (*taken, *(other.key for other in versions)) if key.base == base}
        names.update(zip(indices, _versions(name, clashes), strict=False))
        if len(clashes) > 1:  # others of this letter are still to be named
            taken.update(names[index].key for index in indices)
    return names


def _versions(name: Name, clashes: set[Parts]) -> Iterator[Name]:
    """x_1, x_2, … without those that look like one of the clashes, which must end in the same number."""
    numbers = {number for key in clashes for number in key.numbers}
    for number in count(1):
        version = Name(f"{name}_{number}")
        if number not in numbers or version.key not in clashes:
            yield version


def _output_name(key: str | None, function: str, number: int, taken: set[Parts]) -> Name:
    """A name for a result that has none: its key in a dict, else that of the function."""
    plain = function if function.isidentifier() else ""
    options = [key or "", f"{plain}_{number}" if plain and number else plain, *_FREE_NAMES]
    options += [f"y_{n}" for n in range(1, len(taken) + 2)]
    name = next(name for name in map(Name, options) if name and name.key not in taken)
    taken.add(name.key)
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
