"""The table of operations: what each one computes, its derivative, and how it is set.

A partial derivative is an expression in adgraph's own language, over the parameters and `out`, the operation's own
value; so it can be drawn, typeset and differentiated again. Formulas: M. Abramowitz and I. Stegun, *Handbook of
Mathematical Functions*, sections 3.3, 4.1, 4.3-4.6 and 7.1; activation functions as their papers define them.
At a kink, where the derivative jumps, the table takes one value and says which.
"""

import math
import operator
from collections.abc import Callable

from graphviz_ad.core.record import Record

Interval = tuple[float, float]
REAL: Interval = (-3.0, 3.0)
POSITIVE: Interval = (0.2, 4.0)
INSIDE: Interval = (-0.9, 0.9)


class Op(Record):
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
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    power = math.exp(x)
    return power / (1 + power)


def _softplus(x: float) -> float:
    return math.log1p(math.exp(-abs(x))) + max(x, 0.0)


def _gelu(x: float) -> float:
    return x * math.erfc(-x / math.sqrt(2)) / 2


def _cbrt(x: float) -> float:
    root = math.copysign(abs(x) ** (1 / 3), x)
    return root - (root**3 - x) / (3 * root**2) if root else root  # one Newton step: exact for exact cubes


def _sign(x: float) -> float:
    return float((x > 0) - (x < 0))


def _op(
    name: str,
    function: Callable[..., float],
    partials: str,
    *sample: Interval,
    params: str = "x",
    form: str = "function",
    sign: str = "",
    rule: str = "",
    domain: str = "all real numbers",
    smooth: str = "",
    kink: str = "",
    aliases: tuple[str, ...] = (),
    inverse: str = "",
    folds: bool = False,
) -> Op:
    """A row of the table: partials are separated by semicolons, parameters by blanks."""
    names = tuple(params.split())
    rules = tuple(part.strip() for part in partials.split(";") if part.strip())
    intervals = sample or (REAL,) * len(names)
    rule = rule or f"derivative of {name}"
    return Op(
        name, names, function, rules, form, sign or name, rule, intervals, domain, smooth, kink, aliases, inverse, folds
    )


# The table, in families of related operations.
# fmt: off
FAMILIES: dict[str, tuple[Op, ...]] = {
    "arithmetic": (
        _op("add", operator.add, "1; 1", params="x y", form="sum", sign="+", rule="sum rule"),
        _op("sub", operator.sub, "1; -1", params="x y", form="difference", sign="−", rule="difference rule"),
        _op("mul", operator.mul, "y; x", params="x y", form="product", sign="×", rule="product rule"),
        _op("div", operator.truediv, "1 / y; -out / y", REAL, POSITIVE, params="x y", form="fraction", sign="÷",
            rule="quotient rule", domain="y ≠ 0"),
        _op("pow", math.pow, "y * x^(y - 1); out * log(x)", POSITIVE, REAL, params="x y", form="power", sign="^",
            rule="power rule", domain="x > 0, or y an integer (x ≠ 0 where y < 0)", smooth="with respect to y: x > 0"),
        _op("neg", operator.neg, "-1", params="x", form="negation", sign="−", rule="constant multiple rule"),
        _op("copy", operator.pos, "1", params="x", form="copy", sign="=", rule="identity"),
    ),
    "powers, exponentials, logarithms": (
        _op("sqrt",  math.sqrt,  "1 / (2 * out)",      POSITIVE, form="root", sign="√", domain="x ≥ 0", smooth="x > 0"),
        _op("cbrt",  _cbrt,      "1 / (3 * out^2)",     POSITIVE, form="root", sign="∛", smooth="x ≠ 0"),
        _op("exp",   math.exp,   "out",                 inverse="log"),
        _op("expm1", math.expm1, "exp(x)",              inverse="log1p"),
        _op("log",   math.log,   "1 / x",               POSITIVE, domain="x > 0", aliases=("ln",), inverse="exp"),
        _op("log2",  math.log2,  "1 / (x * log(2))",    POSITIVE, domain="x > 0", aliases=("log_2",)),
        _op("log10", math.log10, "1 / (x * log(10))",   POSITIVE, domain="x > 0", aliases=("log_10",)),
        _op("log1p", math.log1p, "1 / (1 + x)",         POSITIVE, domain="x > -1", inverse="expm1"),
    ),
    "trigonometry": (
        _op("sin", math.sin, "cos(x)",            inverse="arcsin"),
        _op("cos", math.cos, "-sin(x)",           inverse="arccos"),
        _op("tan", math.tan, "sec(x)^2",          (-1.2, 1.2), domain="cos(x) ≠ 0", inverse="arctan"),
        _op("cot", lambda x: 1 / math.tan(x), "-csc(x)^2",     (0.3, 2.8), domain="sin(x) ≠ 0", inverse="arccot"),
        _op("sec", lambda x: 1 / math.cos(x), "out * tan(x)",  (-1.2, 1.2), domain="cos(x) ≠ 0", inverse="arcsec"),
        _op("csc", lambda x: 1 / math.sin(x), "-out * cot(x)", (0.3, 2.8), domain="sin(x) ≠ 0", inverse="arccsc"),
        _op("arcsin", math.asin, "1 / sqrt(1 - x^2)",  INSIDE, domain="-1 ≤ x ≤ 1", smooth="-1 < x < 1",
            aliases=("asin",), inverse="sin"),
        _op("arccos", math.acos, "-1 / sqrt(1 - x^2)", INSIDE, domain="-1 ≤ x ≤ 1", smooth="-1 < x < 1",
            aliases=("acos",), inverse="cos"),
        _op("arctan", math.atan, "1 / (1 + x^2)",      aliases=("atan",), inverse="tan"),
        _op("arccot", lambda x: math.pi / 2 - math.atan(x), "-1 / (1 + x^2)", aliases=("acot",), inverse="cot"),
        _op("arcsec", lambda x: math.acos(1 / x), "1 / (abs(x) * sqrt(x^2 - 1))",  (1.2, 4.0), domain="|x| ≥ 1",
            smooth="|x| > 1", aliases=("asec",), inverse="sec"),
        _op("arccsc", lambda x: math.asin(1 / x), "-1 / (abs(x) * sqrt(x^2 - 1))", (1.2, 4.0), domain="|x| ≥ 1",
            smooth="|x| > 1", aliases=("acsc",), inverse="csc"),
        _op("atan2", math.atan2, "x / (x^2 + y^2); -y / (x^2 + y^2)", POSITIVE, POSITIVE, params="y x",
            smooth="(x, y) ≠ (0, 0) and not on the negative x axis", aliases=("arctan2",)),
    ),
    "hyperbolic functions": (
        _op("sinh", math.sinh, "cosh(x)",     inverse="arsinh"),
        _op("cosh", math.cosh, "sinh(x)",     inverse="arcosh"),
        _op("tanh", math.tanh, "1 - out^2",   inverse="artanh"),
        _op("arsinh", math.asinh, "1 / sqrt(x^2 + 1)", aliases=("asinh", "arcsinh"), inverse="sinh"),
        _op("arcosh", math.acosh, "1 / sqrt(x^2 - 1)", (1.2, 4.0), domain="x ≥ 1", smooth="x > 1",
            aliases=("acosh", "arccosh"), inverse="cosh"),
        _op("artanh", math.atanh, "1 / (1 - x^2)",     INSIDE, domain="-1 < x < 1",
            aliases=("atanh", "arctanh"), inverse="tanh"),
    ),
    "activation functions": (
        _op("sigmoid",  _sigmoid,  "out * (1 - out)", sign="σ", aliases=("σ", "sigma", "logistic")),
        _op("softplus", _softplus, "sigmoid(x)"),
        _op("relu",     lambda x: max(x, 0.0), "greater(x, 0)", sign="ReLU", kink="0 at x = 0", aliases=("ReLU",)),
        _op("silu",     lambda x: x * _sigmoid(x), "sigmoid(x) * (1 + x * (1 - sigmoid(x)))", sign="SiLU",
            aliases=("SiLU", "swish")),
        _op("gelu",     _gelu, "(1 + erf(x / sqrt(2))) / 2 + x * exp(-x^2 / 2) / sqrt(2 * pi)", sign="GELU",
            aliases=("GELU",)),
        _op("erf",      math.erf, "2 / sqrt(pi) * exp(-x^2)"),
    ),
    "with kinks and jumps": (
        _op("abs",  abs,   "sign(x)", form="bars", sign="| |", kink="0 at x = 0"),
        _op("sign", _sign, "0", sign="sgn", kink="0 at x = 0, where the value jumps", aliases=("sgn",)),
        _op("max", max, "greater_equal(x, y); greater(y, x)", params="x y", folds=True,
            kink="where x = y, all of it to x"),
        _op("min", min, "greater_equal(y, x); greater(x, y)", params="x y", folds=True,
            kink="where x = y, all of it to x"),
        _op("hypot", math.hypot, "x / out; y / out", POSITIVE, POSITIVE, params="x y", folds=True,
            smooth="(x, y) ≠ (0, 0)"),
        _op("greater", lambda x, y: float(x > y), "0; 0", params="x y", form="iverson", sign=">",
            kink="0 where x = y, where the value jumps from 0 to 1"),
        _op("greater_equal", lambda x, y: float(x >= y), "0; 0", params="x y", form="iverson", sign="≥",
            kink="0 where x = y, where the value jumps from 0 to 1"),
    ),
    "constants": (
        _op("pi", lambda: math.pi, "", params="", form="constant", sign="π", rule="constant"),
        _op("e", lambda: math.e, "", params="", form="constant", sign="e", rule="constant"),
    ),
}
# fmt: on

_TABLE = tuple(op for family in FAMILIES.values() for op in family)
OPS: dict[str, Op] = {op.name: op for op in _TABLE}

# What a reader may call an operation, its aliases included; the arithmetic has signs instead of names.
FUNCTIONS: dict[str, Op] = {
    name: op for op in _TABLE if op.form in {"function", "root", "bars", "iverson"} for name in (op.name, *op.aliases)
}
CONSTANTS: dict[str, Op] = {name: op for op in _TABLE if op.form == "constant" for name in (op.name, op.sign)}
