"""The value of a formula to 50 digits, by mpmath; None where it is not defined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from mpmath import mp, mpf

from graphviz_ad.core.graph import CONST, INPUT, Graph

DIGITS = 50


def _power(base: mpf, exponent: mpf) -> mpf:
    if base < 0 and exponent != int(exponent):
        raise ValueError
    if base == 0 and exponent < 0:
        raise ZeroDivisionError
    return base**exponent


def _positive(function: Callable[[mpf], mpf], least: float = 0, strict: bool = True) -> Callable[[mpf], mpf]:
    def checked(x: mpf) -> mpf:
        if x < least or (strict and x == least):
            raise ValueError
        return function(x)

    return checked


def _within(function: Callable[[mpf], mpf]) -> Callable[[mpf], mpf]:
    def checked(x: mpf) -> mpf:
        if abs(x) > 1:
            raise ValueError
        return function(x)

    return checked


_VALUES: dict[str, Callable[..., mpf]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "pow": _power,
    "neg": lambda x: -x,
    "copy": lambda x: x,
    "sqrt": _positive(mp.sqrt, strict=False),
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "exp": mp.exp,
    "log": _positive(mp.log),
    "log1p": _positive(mp.log1p, -1),
    "expm1": mp.expm1,
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "elu": lambda x: x if x > 0 else mp.expm1(x),
    "softsign": lambda x: x / (1 + abs(x)),
    "sin": mp.sin,
    "cos": mp.cos,
    "tan": mp.tan,
    "cot": mp.cot,
    "sec": mp.sec,
    "csc": mp.csc,
    "sinh": mp.sinh,
    "cosh": mp.cosh,
    "tanh": mp.tanh,
    "arcsin": _within(mp.asin),
    "arctan": mp.atan,
    "arccos": _within(mp.acos),
    "arsinh": mp.asinh,
    "artanh": _within(mp.atanh),
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "relu": lambda x: max(x, mpf(0)),
    "erf": mp.erf,
    "abs": abs,
    "sign": mp.sign,
    "max": max,
    "hypot": lambda x, y: mp.sqrt(x * x + y * y),
    "greater": lambda x, y: mpf(x > y),
    "greater_equal": lambda x, y: mpf(x >= y),
    "less": lambda x, y: mpf(x < y),
    "less_equal": lambda x, y: mpf(x <= y),
    "min": min,
    "pi": lambda: +mp.pi,
    "e": lambda: +mp.e,
}


def exact(graph: Graph, at: Mapping[str, Fraction]) -> mpf | None:
    """The value of the graph's output at a point."""
    with mp.workdps(DIGITS + 30):
        try:
            values: list[mpf] = []
            for node in graph.nodes:
                if node.op in (CONST, INPUT):
                    number = Fraction(node.value) if node.op == CONST else at[node.name]
                    values.append(mpf(number.numerator) / number.denominator)
                else:
                    values.append(_VALUES[node.op](*(values[arg] for arg in node.args)))
            return +values[graph.outputs[0]]
        except (ValueError, ZeroDivisionError):
            return None
