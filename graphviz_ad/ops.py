"""The table of operations: what each one computes, its derivative, and how it is set.

A partial derivative is an expression in adgraph's own language, over the parameters and `out`, the operation's own
value; so it can be drawn, typeset and differentiated again. Formulas: M. Abramowitz and I. Stegun, *Handbook of
Mathematical Functions*, sections 3.3, 4.1, 4.3-4.6 and 7.1; activation functions as their papers define them.
At a kink, where the derivative jumps, the table takes one value and says which.
"""

import math
import operator
from collections.abc import Callable
from typing import NamedTuple

Interval = tuple[float, float]
REAL: Interval = (-3.0, 3.0)
POSITIVE: Interval = (0.2, 4.0)
INSIDE: Interval = (-0.9, 0.9)


class Op(NamedTuple):
    """One operation on real numbers.

    `partials[k]` is the derivative with respect to `params[k]`. `form` says how the operation is set (a key of the
    forms in `notation.formula`), `sign` what an operation node shows. `domain` and `smooth` say in words where the
    value and the derivative exist; `sample` is an interval for each parameter on which both do, for tests and plots.
    """

    name: str
    params: tuple[str, ...]
    function: Callable[..., float]
    partials: tuple[str, ...]
    form: str
    sign: str
    rule: str
    sample: tuple[Interval, ...]
    domain: str = "all real numbers"
    smooth: str = ""
    kink: str = ""
    aliases: tuple[str, ...] = ()
    inverse: str = ""
    folds: bool = False  # f(x, y, z) means f(f(x, y), z)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else 1 - 1 / (1 + math.exp(x))


def _softplus(x: float) -> float:
    return math.log1p(math.exp(-abs(x))) + max(x, 0.0)


def _gelu(x: float) -> float:
    return x * (1 + math.erf(x / math.sqrt(2))) / 2


def _cbrt(x: float) -> float:
    root = math.copysign(abs(x) ** (1 / 3), x)
    return root - (root**3 - x) / (3 * root**2) if root else root  # one Newton step: exact for exact cubes


def _sign(x: float) -> float:
    return float((x > 0) - (x < 0))


def _operation(name: str, params: str, function: Callable[..., float], partials: str, form: str, sign: str, rule: str,
               *sample: Interval, **more: str | tuple[str, ...] | bool) -> Op:
    names = tuple(params.split())
    return Op(name, names, function, tuple(filter(None, (p.strip() for p in partials.split(";")))), form, sign, rule,
              sample or (REAL,) * len(names), **more)  # type: ignore[arg-type]


def _function(name: str, function: Callable[..., float], partial: str, *sample: Interval, sign: str = "",
              params: str = "x", form: str = "function", **more: str | tuple[str, ...] | bool) -> Op:
    return _operation(name, params, function, partial, form, sign or name, f"derivative of {name}", *sample, **more)


# fmt: off
_TABLE = (
    # arithmetic
    _operation("add", "x y", operator.add,     "1; 1",                        "sum",        "+", "sum rule"),
    _operation("sub", "x y", operator.sub,     "1; -1",                       "difference", "−", "difference rule"),
    _operation("mul", "x y", operator.mul,     "y; x",                        "product",    "×", "product rule"),
    _operation("div", "x y", operator.truediv, "1 / y; -out / y",             "fraction",   "÷", "quotient rule",
               REAL, POSITIVE, domain="y ≠ 0"),
    _operation("pow", "x y", math.pow,         "y * x^(y - 1); out * log(x)", "power",      "^", "power rule",
               POSITIVE, REAL, domain="x > 0, or y an integer (x ≠ 0 where y < 0)",
               smooth="with respect to y: x > 0"),
    _operation("neg", "x", operator.neg,       "-1",                          "negation",   "−", "constant multiple rule"),
    _operation("copy", "x", operator.pos,      "1",                           "copy",       "=", "identity"),

    # powers, exponentials, logarithms
    _function("sqrt",  math.sqrt,  "1 / (2 * out)",       POSITIVE, form="root", sign="√", domain="x ≥ 0", smooth="x > 0"),
    _function("cbrt",  _cbrt,      "1 / (3 * out^2)",     POSITIVE, form="root", sign="∛", smooth="x ≠ 0"),
    _function("exp",   math.exp,   "out",                 inverse="log"),
    _function("expm1", math.expm1, "exp(x)",              inverse="log1p"),
    _function("log",   math.log,   "1 / x",               POSITIVE, domain="x > 0", aliases=("ln",), inverse="exp"),
    _function("log2",  math.log2,  "1 / (x * log(2))",    POSITIVE, domain="x > 0", aliases=("log_2",)),
    _function("log10", math.log10, "1 / (x * log(10))",   POSITIVE, domain="x > 0", aliases=("log_10",)),
    _function("log1p", math.log1p, "1 / (1 + x)",         POSITIVE, domain="x > -1", inverse="expm1"),

    # trigonometry
    _function("sin", math.sin, "cos(x)",            inverse="arcsin"),
    _function("cos", math.cos, "-sin(x)",           inverse="arccos"),
    _function("tan", math.tan, "sec(x)^2",          (-1.2, 1.2), domain="cos(x) ≠ 0", inverse="arctan"),
    _function("cot", lambda x: 1 / math.tan(x), "-csc(x)^2",     (0.3, 2.8), domain="sin(x) ≠ 0", inverse="arccot"),
    _function("sec", lambda x: 1 / math.cos(x), "out * tan(x)",  (-1.2, 1.2), domain="cos(x) ≠ 0", inverse="arcsec"),
    _function("csc", lambda x: 1 / math.sin(x), "-out * cot(x)", (0.3, 2.8), domain="sin(x) ≠ 0", inverse="arccsc"),
    _function("arcsin", math.asin, "1 / sqrt(1 - x^2)",  INSIDE, domain="-1 ≤ x ≤ 1", smooth="-1 < x < 1",
              aliases=("asin",), inverse="sin"),
    _function("arccos", math.acos, "-1 / sqrt(1 - x^2)", INSIDE, domain="-1 ≤ x ≤ 1", smooth="-1 < x < 1",
              aliases=("acos",), inverse="cos"),
    _function("arctan", math.atan, "1 / (1 + x^2)",      aliases=("atan",), inverse="tan"),
    _function("arccot", lambda x: math.pi / 2 - math.atan(x), "-1 / (1 + x^2)", aliases=("acot",), inverse="cot"),
    _function("arcsec", lambda x: math.acos(1 / x), "1 / (abs(x) * sqrt(x^2 - 1))",  (1.2, 4.0), domain="|x| ≥ 1",
              smooth="|x| > 1", aliases=("asec",), inverse="sec"),
    _function("arccsc", lambda x: math.asin(1 / x), "-1 / (abs(x) * sqrt(x^2 - 1))", (1.2, 4.0), domain="|x| ≥ 1",
              smooth="|x| > 1", aliases=("acsc",), inverse="csc"),
    _function("atan2", math.atan2, "x / (x^2 + y^2); -y / (x^2 + y^2)", POSITIVE, POSITIVE, params="y x",
              smooth="(x, y) ≠ (0, 0) and not on the negative x axis", aliases=("arctan2",)),

    # hyperbolic functions
    _function("sinh", math.sinh, "cosh(x)",     inverse="arsinh"),
    _function("cosh", math.cosh, "sinh(x)",     inverse="arcosh"),
    _function("tanh", math.tanh, "1 - out^2",   inverse="artanh"),
    _function("arsinh", math.asinh, "1 / sqrt(x^2 + 1)", aliases=("asinh", "arcsinh"), inverse="sinh"),
    _function("arcosh", math.acosh, "1 / sqrt(x^2 - 1)", (1.2, 4.0), domain="x ≥ 1", smooth="x > 1",
              aliases=("acosh", "arccosh"), inverse="cosh"),
    _function("artanh", math.atanh, "1 / (1 - x^2)",     INSIDE, domain="-1 < x < 1",
              aliases=("atanh", "arctanh"), inverse="tanh"),

    # activation functions
    _function("sigmoid",  _sigmoid,  "out * (1 - out)", sign="σ", aliases=("σ", "sigma", "logistic")),
    _function("softplus", _softplus, "sigmoid(x)"),
    _function("relu",     lambda x: max(x, 0.0), "greater(x, 0)", sign="ReLU", kink="0 at x = 0", aliases=("ReLU",)),
    _function("silu",     lambda x: x * _sigmoid(x), "sigmoid(x) * (1 + x * (1 - sigmoid(x)))", sign="SiLU",
              aliases=("SiLU", "swish")),
    _function("gelu",     _gelu, "(1 + erf(x / sqrt(2))) / 2 + x * exp(-x^2 / 2) / sqrt(2 * pi)", sign="GELU",
              aliases=("GELU",)),
    _function("erf",      math.erf, "2 / sqrt(pi) * exp(-x^2)"),

    # with kinks and jumps
    _function("abs",  abs,   "sign(x)", form="bars", sign="| |", kink="0 at x = 0"),
    _function("sign", _sign, "0", sign="sgn", kink="0 at x = 0, where the value jumps", aliases=("sgn",)),
    _function("max", max, "greater_equal(x, y); greater(y, x)", params="x y", folds=True,
              kink="where x = y, all of it to x"),
    _function("min", min, "greater_equal(y, x); greater(x, y)", params="x y", folds=True,
              kink="where x = y, all of it to x"),
    _function("hypot", math.hypot, "x / out; y / out", POSITIVE, POSITIVE, params="x y", folds=True,
              smooth="(x, y) ≠ (0, 0)"),
    _function("greater", lambda x, y: float(x > y), "0; 0", params="x y", form="iverson", sign=">",
              kink="0 where x = y, where the value jumps from 0 to 1"),
    _function("greater_equal", lambda x, y: float(x >= y), "0; 0", params="x y", form="iverson", sign="≥",
              kink="0 where x = y, where the value jumps from 0 to 1"),

    # constants: operations on nothing
    _operation("pi", "", lambda: math.pi, "", "constant", "π", "constant"),
    _operation("e",  "", lambda: math.e,  "", "constant", "e", "constant"),
)
# fmt: on

OPS: dict[str, Op] = {op.name: op for op in _TABLE}

# What a reader may call an operation, its aliases included; the arithmetic has signs instead of names.
FUNCTIONS: dict[str, Op] = {
    name: op for op in _TABLE if op.form in {"function", "root", "bars", "iverson"} for name in (op.name, *op.aliases)
}
CONSTANTS: dict[str, Op] = {name: op for op in _TABLE if op.form == "constant" for name in (op.name, op.sign)}
