"""Values of a graph to many digits, each with a bound of its error: real balls, by FLINT's Arb.

What is not defined, and a comparison that cannot be decided, has no value: NoValueError. Nothing recurses over depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache

try:
    from flint import arb, ctx, fmpq
except ImportError as error:
    from graphviz_ad.host.flint_here import without_flint

    raise without_flint("claims", error) from None

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation, UserFunction, operation
from graphviz_ad.core.graph import CONST, INPUT, Builder, Function, Graph, Node
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.record import Record
from graphviz_ad.derive.unfold import unfolded
from graphviz_ad.point.switches import Switches
from graphviz_ad.read.table import at_params, definition

Ball = arb
BITS = (200, 600, 2400)  # what is tried in turn where digits cancel
DIGITS = 50  # that two values are to have in common
_NEAR = arb(10) ** -DIGITS


class NoValueError(Exception):
    """Where there is no value, or none that can be told; at which node of a graph, where that is known."""

    node: int | None = None


class Primitive(Record):
    """A graph of operations that balls have, and the place of each node of the original in it."""

    graph: Graph
    place: tuple[int, ...]


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """In it, balls have so many bits."""
    with ctx.workprec(bits):
        yield


def exact(value: Number | float) -> Ball:
    """A number as a ball."""
    fraction = Fraction(value)
    return arb(fmpq(fraction.numerator, fraction.denominator))


@lru_cache(maxsize=256)
def primitive(graph: Graph, functions: tuple[Function, ...] = ()) -> Primitive:
    """A graph with definitions in the place of all that balls have no function for, the reader's own included. Raises
    NoValueError for an operation that has neither."""
    here, whole = graph, tuple(range(len(graph.nodes)))
    if any(isinstance(node.op, UserFunction) for node in graph.nodes):
        try:
            written = unfolded(graph, {one.name: one for one in (*functions, *graph.functions)})
        except AdgraphError as error:  # a function without a definition, or too long a one
            raise NoValueError(error.message) from error
        here, whole = written.graph, tuple(written.place)
    builder = Builder()
    made: list[int] = []
    for node in here.nodes:
        args, is_known = tuple(made[arg] for arg in node.args), node.op in _KNOWN
        made.append(builder.keep(node.replace(args=args)) if is_known else _written(builder, node.op, args))
    return Primitive(builder.build(tuple(made[output] for output in here.outputs)), tuple(made[at] for at in whole))


def _written(builder: Builder, op: Operation, args: tuple[int, ...]) -> int:
    """An operation by its definition, and that by definitions in turn."""
    inside = definition(op)
    if inside is None:
        raise NoValueError(f"{op} has no value of so many digits")
    known = dict(zip(operation(op).params, args, strict=True))

    def apply(op: Operation, *args: int) -> int:
        return builder.add(op, args) if op in _KNOWN else _written(builder, op, args)

    made: int = at_params(inside, known, lambda value: builder.add(CONST, (), value), apply)
    return made


def values(graph: Graph, at: Mapping[Name, Ball]) -> list[Ball]:
    """The value of every node of a primitive graph. Raises NoValueError where one has none."""
    switches = _switches(graph)
    found: list[Ball] = []
    off: set[int] = set()
    missing: int | None = None  # the first node without a value
    for index, node in enumerate(graph.nodes):
        try:
            value = leaf(node, at) if not node.args and node.op in (INPUT, CONST) else applied(node, found)
        except NoValueError as error:
            missing = index if missing is None else missing
            if not switches:
                error.node = missing
                raise
            value = arb.nan()
        if switches and switches.is_off(index, value.is_zero(), off):  # 0 times what has no value, where a bracket is 0
            off.add(index)
            value = arb(0)
        found.append(value)
    if not all(found[output].is_finite() for output in graph.outputs):
        undefined = NoValueError("a branch that is not switched off")
        undefined.node = missing
        raise undefined
    return found


@lru_cache(maxsize=256)
def _switches(graph: Graph) -> Switches:
    return Switches(graph)


def leaf(node: Node, at: Mapping[Name, Ball]) -> Ball:
    """The value of an input or a number."""
    return at[node.name or UNNAMED] if node.op == INPUT else exact(node.value or 0)


def applied(node: Node, found: Sequence[Ball]) -> Ball:
    """The value of an operation over the values found before it. Raises NoValueError where it is not defined."""
    args = [found[arg] for arg in node.args]
    made = _FUNCTIONS[node.op](*args) if node.op in _FUNCTIONS else _composed(node.op, args)
    if not made.is_finite():
        raise NoValueError(str(node.op))
    return made


def _composed(op: Operation, args: Sequence[Ball]) -> Ball:
    """The value of an operation that is made of others."""
    if isinstance(op, UserFunction):
        raise NoValueError(f"'{op.name}' by itself")
    row = operation(op)
    inputs = tuple(Node(INPUT, (), None, Name(param)) for param in row.params)
    alone = primitive(Graph((*inputs, Node(op, tuple(range(len(inputs))))), (len(inputs),))).graph
    return values(alone, dict(zip(map(Name, row.params), args, strict=True)))[alone.outputs[0]]


def sign(x: Ball) -> int:
    """The sign of a ball. Raises NoValueError where it cannot be told."""
    if x > 0:
        return 1
    if x < 0:
        return -1
    if x.is_zero():
        return 0
    raise NoValueError("a sign that cannot be told")


def decisions(graph: Graph, found: Sequence[Ball]) -> dict[int, int]:
    """On which side of its kink each operation of a primitive graph is that has one: 1, -1, or 0 at it."""
    conditions = {
        index: found[node.args[0]] - found[node.args[1]] if len(node.args) > 1 else found[node.args[0]]
        for index, node in enumerate(graph.nodes)
        if node.op in _DECIDING
    }
    return {index: sign(condition) for index, condition in conditions.items() if condition.is_finite()}


def differ(a: Ball, b: Ball) -> bool | None:
    """Whether two values differ; None where they may be equal and have too few digits to say so."""
    difference = a - b
    if not difference.contains(0):
        return True
    size = max(a.abs_upper(), b.abs_upper())
    return False if difference.is_zero() or difference.rad() <= _NEAR * size or size <= _NEAR**2 else None


def _power(base: Ball, exponent: Ball) -> Ball:
    if base.is_zero():
        return arb(1) if exponent.is_zero() else arb(0) if exponent > 0 else arb.nan()
    return base**exponent


_DECIDING = frozenset("abs sign max min greater greater_equal less less_equal".split())
_SAME = "sqrt exp expm1 log log1p sin cos tan cot sec csc sinh cosh tanh erf erfc".split()
_FUNCTIONS: dict[Operation, Callable[..., Ball]] = {
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
    "greater": lambda x, y: arb(sign(x - y) > 0),
    "greater_equal": lambda x, y: arb(sign(x - y) >= 0),
    "less": lambda x, y: arb(sign(x - y) < 0),
    "less_equal": lambda x, y: arb(sign(x - y) <= 0),
    "arcsin": arb.asin,
    "arccos": arb.acos,
    "arctan": arb.atan,
    "atan2": lambda y, x: arb.atan2(y, x),
    "arsinh": arb.asinh,
    "arcosh": arb.acosh,
    "artanh": arb.atanh,
}
_FUNCTIONS.update({name: getattr(arb, name) for name in _SAME})
_KNOWN = frozenset((INPUT, CONST, *_FUNCTIONS))
