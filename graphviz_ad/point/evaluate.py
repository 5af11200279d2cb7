"""Values of a graph at a point, tangents and adjoints: loops over the flat graph, nothing recurses.

Forward and reverse accumulation as in A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008,
chapter 3. A zero tangent or adjoint is not multiplied: what does not reach a result adds nothing to it, even where a
local derivative is infinite. Values outside an operation's domain, and values or derivatives too large for a float, are
errors; 0^0 is 1.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from math import isfinite, isnan, nan
from types import ModuleType

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation, UserFunction, operation
from graphviz_ad.core.graph import CONST, INPUT, Function, Graph
from graphviz_ad.core.ops import OPS
from graphviz_ad.derive.edge_derivatives import rule
from graphviz_ad.derive.graph_view import is_alone, varying
from graphviz_ad.derive.unfold import alone, unfolded
from graphviz_ad.read.table import compiled
from graphviz_ad.read.table import functions as floats

Functions = tuple[Function, ...]
Slope = Callable[..., float]  # (arguments, value of the operation) -> local derivative


def values(graph: Graph, at: Mapping[str, float], functions: Functions = ()) -> list[float]:
    """The value of every node; `functions` are definitions beside the graph's own. Raises AdgraphError for an input
    without a value, outside an operation's domain, and for a function that has no definition."""
    inputs, steps = _program(graph)
    missing = [name for name in inputs if name not in at]
    if missing:
        several = "values are" if len(missing) > 1 else "value is"
        given = ",".join(f"{name}=…" for name in missing)
        raise AdgraphError(f"no {several} given for {', '.join(missing)}", hint=f"give them: --at {given}")
    found: list[float] = []
    keep = found.append
    for function, args, leaf in steps:
        if function is None:
            if args:
                written = unfolded(graph, {one.name: one for one in (*graph.functions, *functions)})
                inside = values(written.graph, at)
                return [inside[node] for node in written.place]
            keep(float(at[leaf]) if isinstance(leaf, str) else leaf)
            continue
        try:
            if len(args) == 2:  # twice as fast as any number of them
                left, right = args
                result = function(found[left], found[right])
            elif len(args) == 1:
                result = function(found[args[0]])
            else:
                result = function(*[found[arg] for arg in args])
            if result - result != 0:  # infinite, or no number
                raise OverflowError
        except (ValueError, ZeroDivisionError, OverflowError) as error:
            return _beyond(graph, found, at, _no_value(graph, len(found), found, error))
        keep(result)
    return found


_Step = tuple[Callable[..., float] | None, tuple[int, ...], str | float]  # of a leaf its name or its number


@lru_cache(maxsize=16)
def _program(graph: Graph) -> tuple[list[str], list[_Step]]:
    """The names of the inputs, and how each node is computed; without a function, by its definition."""
    steps: list[_Step] = []
    for node in graph.nodes:
        leaf = (node.name or "") if node.op == INPUT else float(node.value or 0)
        steps.append((floats[node.op] if isinstance(node.op, str) and node.op in OPS else None, node.args, leaf))
    names = (graph.nodes[index].name for index in graph.inputs())
    return [name for name in names if name is not None], steps


def _no_value(graph: Graph, index: int, found: Sequence[float], error: Exception) -> AdgraphError:
    """Why an operation has no value, in the reader's names."""
    trouble = _trouble()
    why = trouble.too_large if isinstance(error, OverflowError) else trouble.outside
    made: AdgraphError = why(graph, index, [found[arg] for arg in graph.nodes[index].args])
    return made


def _beyond(graph: Graph, found: list[float], at: Mapping[str, float], error: AdgraphError) -> list[float]:
    """The values where one of them does not exist and may not be needed, from that one on. Raises its error where it
    is."""
    if not any(isinstance(node.op, str) and node.op in OPS and OPS[node.op].form == "iverson" for node in graph.nodes):
        raise error
    from graphviz_ad.point.switches import finished

    def compute(index: int, so_far: list[float]) -> tuple[float, AdgraphError | None]:
        node = graph.nodes[index]
        if node.op in (INPUT, CONST):
            return float(at[node.name or ""] if node.op == INPUT else node.value or 0), None
        try:
            made = float(floats[str(node.op)](*(so_far[arg] for arg in node.args)))
            if isfinite(made):
                return made, None
            raise OverflowError
        except (ValueError, ZeroDivisionError, OverflowError) as error:
            return nan, _no_value(graph, index, so_far, error)

    return finished(graph, found, compute, error)


def tangents(graph: Graph, found: Sequence[float], seed: Mapping[int, float]) -> list[float]:
    """The derivative of every node in a direction: forward accumulation from the seeded nodes (inputs by index)."""
    dots: list[float] = []
    for index, node in enumerate(graph.nodes):
        dot = seed.get(index, 0.0)
        for k, arg in enumerate(node.args):
            if dots[arg] and found[index] == found[index]:  # a branch that is switched off has no value
                try:
                    dot += dots[arg] * local(graph, index, k, found)
                except AdgraphError:
                    if not is_needless(graph, index, found):
                        raise
        dots.append(dot)
    return dots


def is_needless(graph: Graph, index: int, found: Sequence[float]) -> bool:
    """Whether all that reads a node is switched off: then it need not have a slope."""
    from graphviz_ad.point.switches import unneeded

    return index in unneeded(graph, found)


def adjoints(graph: Graph, output: int, found: Sequence[float], wrt: Collection[int] | None = None) -> list[float]:
    """The derivative of an output with respect to every node that depends on one of `wrt`, by default on an input:
    reverse accumulation."""
    return adjoints_over(graph, output, found, varying(graph, wrt))


def adjoints_over(graph: Graph, output: int, found: Sequence[float], varies: Sequence[bool]) -> list[float]:
    """The same with respect to every node that `varies`."""
    nodes, whole = graph.nodes, not any(map(isnan, found))
    bars = [0.0] * len(nodes)
    bars[output] = 1.0
    for index in range(output, -1, -1):
        bar = bars[index]
        if not bar:
            continue
        op, args = nodes[index].op, nodes[index].args
        if op == "add":
            bars[args[0]] += bar
            bars[args[1]] += bar
        elif op == "mul" and whole:
            left, right = args
            bars[left] += bar * found[right]
            bars[right] += bar * found[left]
        elif len(args) == 1 and op in OPS:
            arg = args[0]
            if varies[arg]:
                try:
                    bars[arg] += bar * slopes(op)[0](found[arg], found[index])
                except (ValueError, ZeroDivisionError, OverflowError):
                    local(graph, index, 0, found)  # says what is wrong
                    raise
        elif args:
            for k, arg in enumerate(args):
                if varies[arg]:
                    bars[arg] += bar * local(graph, index, k, found)
    if not all(map(isfinite, bars)):
        name = nodes[output].name or "the result"
        raise AdgraphError(
            f"a derivative of {name} is too large for a floating-point number", hint="choose another point"
        )
    return bars


def local(graph: Graph, index: int, k: int, found: Sequence[float]) -> float:
    """The derivative of a node with respect to its k-th argument, at the values found."""
    node = graph.nodes[index]
    if node.op == "mul":  # most of what there is
        other = found[node.args[1 - k]]
        return other if other == other else 0.0  # beside it, a switch that is off
    if steady := _steady[node.op]:
        return steady[k]
    args = [found[arg] for arg in node.args]
    if isinstance(node.op, UserFunction):
        call = alone(node.op, graph.functions)
        written = unfolded(call, {one.name: one for one in graph.functions})
        whole, (*params, result) = written.graph, written.place
        at: dict[str, float] = {call.name(place): arg for place, arg in enumerate(args)}
        return adjoints(whole, result, values(whole, at))[params[k]]
    try:
        has_tie = args[0] == args[-1]  # elsewhere both rules say the same
        slope = slopes(node.op, has_tie and is_alone(graph, index, k))[k](*args, found[index])
        if slope - slope == 0:
            return slope
    except (ValueError, ZeroDivisionError, OverflowError):
        pass
    if found[index] == found[index] and _has_no_value(node.op, args):
        return 0.0  # it is switched off
    raise _trouble().without_slope(graph, index, k, args)


def _has_no_value(op: str, args: Sequence[float]) -> bool:
    try:
        return not isfinite(floats[op](*args))
    except (ValueError, ZeroDivisionError, OverflowError):
        return True


class _Steady(dict[Operation, tuple[float, ...]]):
    """The slopes of an operation that has the same everywhere, as a sum has; empty for another."""

    def __missing__(self, op: Operation) -> tuple[float, ...]:
        partials = operation(op).partials
        steady = all(partial.removeprefix("-").isdecimal() for partial in partials)
        self[op] = made = tuple(map(float, partials)) if steady else ()
        return made


_steady = _Steady()


@cache
def slopes(op: str, alone: bool = False) -> tuple[Slope, ...]:
    """The partial derivatives of an operation of the table, as functions of its arguments and its value; if `alone`,
    where no other argument depends on an input."""
    row = OPS[op]
    params, vanishes = (*row.params, "out"), row.vanishes or ("",) * len(row.params)
    return tuple(compiled(rule(op, k, alone), params, vanishes[k]) for k in range(len(row.params)))


def check_constants(graph: Graph) -> None:
    """Raise AdgraphError where a part without variables has no value, such as 1/0; but not where it is too large."""
    found: dict[int, float] = {}
    for index, node in enumerate(graph.nodes):
        if node.op == CONST:
            found[index] = float(node.value or 0)
        elif node.op == "div" and found.get(node.args[1]) == 0 and node.args[0] not in found:
            raise AdgraphError("a division by 0", node.span, "it has no value anywhere")
        elif node.op != INPUT and not isinstance(node.op, UserFunction) and all(arg in found for arg in node.args):
            args = [found[arg] for arg in node.args]
            try:
                found[index] = float(floats[node.op](*args))
            except (ValueError, ZeroDivisionError):
                raise _trouble().outside(graph, index, args) from None
            except OverflowError:
                continue


def kinked(graph: Graph) -> list[int]:
    """The nodes whose operation has a kink somewhere, or is a function of the reader's where one of these has."""
    inside = any(kinked(function.body) for function in graph.functions)
    return [index for index, node in enumerate(graph.nodes)
            if node.args and (inside if isinstance(node.op, UserFunction) else OPS[node.op].kink)]  # fmt: skip


def _trouble() -> ModuleType:
    """What says what is wrong: only imported where something is."""
    from graphviz_ad.point import domain_errors

    return domain_errors
