"""What Python's numerical libraries call the operations of the table, and what they build from several."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any

from graphviz_ad.core.ops import ELSEWHERE, FUNCTIONS
from graphviz_ad.read.table import expression, through

Apply = Callable[..., Any]  # (operation, arguments) -> traced number


def _fold(apply: Apply, op: str, *args: Any) -> Any:
    return reduce(partial(apply, op), args)


def _composed(apply: Apply, text: str, *args: Any) -> Any:
    """An expression of our own, its variables in the order in which they appear."""
    graph = expression(text)
    if len(args) != len(list(graph.inputs())):
        raise TypeError(f"{text} of {len(args)} numbers")
    return through(graph, args, lambda number: number, apply)[graph.outputs[0]]


def _hypot(apply: Apply, *args: Any) -> Any:
    return _fold(apply, "hypot", *args) if len(args) > 1 else apply("abs", *args)


def _log(apply: Apply, x: Any, base: Any = math.e) -> Any:
    """math.log with a base; some have operations of their own."""
    index = ("e" if base == math.e else f"{base:.17g}") if type(base) in (int, float) else ""
    known = FUNCTIONS.get(f"log_{index}")
    return _composed(apply, "log(x)/log(b)", x, base) if known is None else apply(known.name, x)


def _clip(apply: Apply, x: Any, low: Any = None, high: Any = None) -> Any:
    x = x if low is None else apply("max", x, low)
    return x if high is None else apply("min", x, high)


# What is not one operation of the table, by its definition.
_BUILT = {
    "square": "x^2",
    "reciprocal": "1/x",
    "exp2": "2^x",
    "exp10": "10^x",
    **dict.fromkeys(("radians", "deg2rad"), "x*pi/180"),
    **dict.fromkeys(("degrees", "rad2deg"), "x*180/pi"),
    "logaddexp": "log(exp(x) + exp(y))",
    "xlogy": "x*log(y)",
    "log_expit": "log(sigmoid(x))",
}
_SAME = frozenset({"positive", "sum", "prod", "mean", "conjugate", "conj"})  # of one number: itself


def called(name: str, apply: Apply) -> Callable[..., Any] | None:
    """The function of that name, on traced numbers; None where it cannot be traced. `max` and `min` are not among
    these names: as methods of arrays they compare."""
    if name in ELSEWHERE:
        op = ELSEWHERE[name]
        return partial(_fold if op.folds else apply, *((apply,) if op.folds else ()), op.name)
    if name in _BUILT:
        return partial(_composed, apply, _BUILT[name])
    if name in _SAME:
        return lambda x: x
    return partial(_clip, apply) if name == "clip" else None


# Functions of `math` that are called in another way.
_MATH: Mapping[str, Callable[..., Any]] = {
    "log": _log,
    "pow": lambda apply, x, y: apply("pow", x, y),
    "hypot": _hypot,
    "fsum": lambda apply, xs: _fold(apply, "add", *xs),
    "prod": lambda apply, xs, *, start=1: _fold(apply, "mul", *([] if start == 1 else [start]), *xs),
    "dist": lambda apply, p, q: _hypot(apply, *(apply("sub", a, b) for a, b in zip(p, q, strict=True))),
    "sumprod": lambda apply, p, q: _fold(apply, "add", *(apply("mul", a, b) for a, b in zip(p, q, strict=True))),
}


def of_math(name: str, apply: Apply) -> Callable[..., Any] | None:
    """A function of the module math on traced numbers; None for one that has no derivative here."""
    return partial(_MATH[name], apply) if name in _MATH else called(name, apply)
