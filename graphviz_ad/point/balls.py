"""Values of a graph to many digits, each with a bound of its error: real balls, by FLINT's Arb.

What is not defined, and a comparison that cannot be decided, has no value: NoValueError. Nothing recurses over depth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache

from flint import arb, ctx, fmpq

from graphviz_ad.core.functions import Operation, UserFunction
from graphviz_ad.core.graph import CONST, INPUT, Function, Graph
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.ops import OPS
from graphviz_ad.derive.unfold import unfolded
from graphviz_ad.read.table import definition, through

Ball = arb
BITS = 200
MORE_BITS = (BITS, 600, 2400)  # what is tried where digits cancel
DIGITS = 50  # that two values are to have in common
_NEAR = arb(10) ** -DIGITS


class NoValueError(Exception):
    """Where there is no value, or none that can be told."""


def exact(value: Number | float) -> arb:
    """A number as a ball."""
    fraction = Fraction(value)
    return arb(fmpq(fraction.numerator, fraction.denominator))


def at_precision(bits: int) -> object:
    """A context in which balls have so many bits."""
    return ctx.workprec(bits)


def value(graph: Graph, at: Mapping[Name, arb]) -> arb:
    """The value of a graph's output."""
    return values(graph, at)[graph.outputs[0]]


def values(graph: Graph, at: Mapping[Name, arb], functions: tuple[Function, ...] = ()) -> list[arb]:
    """The value of every node, user-defined functions written out. Raises NoValueError where one has none."""
    if any(isinstance(node.op, UserFunction) for node in graph.nodes):
        written = unfolded(graph, {one.name: one for one in (*graph.functions, *functions)})
        inside = values(written.graph, at)
        return [inside[node] for node in written.place]
    found: list[arb] = []
    for node in graph.nodes:
        if node.op == INPUT:
            found.append(at[node.name or UNNAMED])
        elif node.op == CONST:
            found.append(exact(node.value or 0))
        else:
            found.append(applied(node.op, *[found[arg] for arg in node.args]))
    return found


def applied(op: Operation, *args: arb) -> arb:
    """An operation of the table on balls. Raises NoValueError where it is not defined."""
    made = _function(str(op))(*args)
    if not made.is_finite():
        raise NoValueError(str(op))
    return made


@cache
def _function(op: str) -> Callable[..., arb]:
    """An operation on balls: by its own function, else by its definition. Raises NoValueError for one with neither."""
    if op in _FUNCTIONS:
        return _FUNCTIONS[op]
    composed = definition(op)
    if composed is None:
        raise NoValueError(op)
    places = [OPS[op].params.index(composed.name(index)) for index in composed.inputs()]
    return lambda *args: through(composed, [args[place] for place in places], exact, applied)[composed.outputs[0]]


def sign(x: arb) -> int:
    """The sign of a ball. Raises NoValueError where it cannot be told."""
    if x > 0:
        return 1
    if x < 0:
        return -1
    if x.is_zero():
        return 0
    raise NoValueError("a sign that cannot be told")


def _power(base: arb, exponent: arb) -> arb:
    if base.is_zero() and exponent.is_zero():
        return arb(1)
    if base.is_zero() and exponent > 0:
        return arb(0)
    return base**exponent


_FUNCTIONS: dict[str, Callable[..., arb]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "pow": _power,
    "neg": lambda x: -x,
    "copy": lambda x: x,
    "pi": lambda: arb.pi(),
    "e": lambda: arb.const_e(),
    "abs": lambda x: x * sign(x),
    "sign": lambda x: arb(sign(x)),
    "max": lambda x, y: x if sign(x - y) >= 0 else y,
    "min": lambda x, y: x if sign(y - x) >= 0 else y,
    "arcsin": arb.asin,
    "arccos": arb.acos,
    "arctan": arb.atan,
    "atan2": lambda y, x: arb.atan2(y, x),
    "arsinh": arb.asinh,
    "arcosh": arb.acosh,
    "artanh": arb.atanh,
} | {name: getattr(arb, name) for name in "sqrt exp expm1 log log1p sin cos tan cot sec csc sinh cosh tanh erf erfc".split()}  # fmt: skip


def differ(a: arb, b: arb) -> bool | None:
    """Whether two values differ; None where they may be equal and have too few digits to say so."""
    difference = a - b
    if not difference.contains(0):
        return True
    size = max(abs(a).abs_upper(), abs(b).abs_upper())
    return False if difference.is_zero() or difference.rad() <= _NEAR * size or size <= _NEAR**2 else None
