"""What Python's numerical libraries call the operations of the table, and what they build from several."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from graphviz_ad.core.ops import FUNCTIONS

Apply = Callable[..., Any]  # (operation, arguments) -> traced number


def _maximum(apply: Apply, *args: Any) -> Any:
    return _fold(apply, "max", *args)


def _minimum(apply: Apply, *args: Any) -> Any:
    return _fold(apply, "min", *args)


def _hypot(apply: Apply, *args: Any) -> Any:
    return _fold(apply, "hypot", *args) if len(args) > 1 else apply("abs", *args)


def _fold(apply: Apply, op: str, *args: Any) -> Any:
    result = args[0]
    for arg in args[1:]:
        result = apply(op, result, arg)
    return result


def _log(apply: Apply, x: Any, base: Any = math.e) -> Any:
    """math.log with a base; 2 and 10 have operations of their own."""
    known = {2.0: "log2", 10.0: "log10", math.e: "log"}.get(base) if type(base) in (int, float) else None
    if known:
        return apply(known, x)
    return apply("div", apply("log", x), apply("log", base))


def _clip(apply: Apply, x: Any, low: Any = None, high: Any = None) -> Any:
    x = x if low is None else apply("max", x, low)
    return x if high is None else apply("min", x, high)


# What is not one operation of the table: (apply, arguments) -> traced number.
_BUILT: dict[str, Callable[..., Any]] = {
    "square": lambda apply, x: apply("pow", x, 2),
    "reciprocal": lambda apply, x: apply("div", 1, x),
    "exp2": lambda apply, x: apply("pow", 2, x),
    "exp10": lambda apply, x: apply("pow", 10, x),
    "radians": lambda apply, x: apply("div", apply("mul", x, math.pi), 180),
    "degrees": lambda apply, x: apply("div", apply("mul", x, 180), math.pi),
    "logaddexp": lambda apply, x, y: apply("log", apply("add", apply("exp", x), apply("exp", y))),
    "logit": lambda apply, p: apply("log", apply("div", p, apply("sub", 1, p))),
    "xlogy": lambda apply, x, y: apply("mul", x, apply("log", y)),
    "log_expit": lambda apply, x: apply("log", apply("sigmoid", x)),
    "maximum": _maximum,
    "minimum": _minimum,
    "hypot": _hypot,
    "clip": _clip,
}
_ALSO = {
    "add": "add", "subtract": "sub", "multiply": "mul", "divide": "div", "true_divide": "div", "power": "pow",
    "float_power": "pow", "negative": "neg", "absolute": "abs", "fabs": "abs", "expit": "sigmoid",
}  # fmt: skip
_SAME = {"positive", "sum", "prod", "mean", "conjugate", "conj"}  # of one number: itself
_BUILT_AS = {"fmax": "maximum", "fmin": "minimum", "deg2rad": "radians", "rad2deg": "degrees"}

NAMES = frozenset({*FUNCTIONS, *_BUILT, *_ALSO, *_SAME, *_BUILT_AS} - {"greater", "greater_equal", "max", "min"})


def called(name: str, apply: Apply) -> Callable[..., Any] | None:
    """The function of that name, on traced numbers; None where it cannot be traced. `max` and `min` are not among
    these names: as methods of arrays they compare."""
    name = _BUILT_AS.get(name, name)
    if name not in NAMES:
        return None
    if name in _SAME:
        return lambda x: x
    if name in _BUILT:
        return partial(_BUILT[name], apply)
    return partial(apply, _ALSO[name] if name in _ALSO else FUNCTIONS[name].name)


# Functions of `math` and builtins that want a float and so must be replaced while a function is traced.
_MATH = frozenset(
    "acos acosh asin asinh atan atan2 atanh cbrt cos cosh degrees erf exp exp2 expm1 fabs hypot log10 log1p log2"
    " radians sin sinh sqrt tan tanh"
    .split()
)  # fmt: skip
_MATH_ONLY: dict[str, Callable[..., Any]] = {
    "log": _log,
    "pow": lambda apply, x, y: apply("pow", x, y),
    "fsum": lambda apply, xs: _fold(apply, "add", *xs),
    "prod": lambda apply, xs, *, start=1: _fold(apply, "mul", *([] if start == 1 else [start]), *xs),
    "dist": lambda apply, p, q: _hypot(apply, *(apply("sub", a, b) for a, b in zip(p, q, strict=True))),
    "sumprod": lambda apply, p, q: _fold(apply, "add", *(apply("mul", a, b) for a, b in zip(p, q, strict=True))),
}


def of_math(name: str, apply: Apply) -> Callable[..., Any] | None:
    """A function of the module math on traced numbers; None for one that has no derivative here."""
    if name in _MATH_ONLY:
        return partial(_MATH_ONLY[name], apply)
    return called(name, apply) if name in _MATH else None
