"""Functions that other languages, courses and lands have: what is written here in their place."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.ops import FUNCTIONS

_NONE = "it is not among the functions"
_ROUNDED = "its derivative is 0 nearly everywhere, and it jumps; leave it out"

# What is applied to x, or to x and u.
_WRITTEN = {
    "sinc": "sin(x)/x", "sqr": "x^2", "square": "x^2", "cube": "x^3", "versin": "1 - cos(x)", "hav": "(1 - cos(x))/2",
    **dict.fromkeys(("pow", "power"), "x^n"), **dict.fromkeys(("reciprocal", "recip", "inv"), "1/x"),
    "exp2": "2^x", "exp10": "10^x", "log3": "log(x, 3)", "logarithm": "log(x)", "exponential": "exp(x)",
    "sine": "sin(x)", "cosine": "cos(x)", "tangent": "tan(x)", "cotangent": "cot(x)", "secant": "sec(x)",
    "cosecant": "csc(x)", "arctangent": "arctan(x)", "arcsine": "arcsin(x)", "arccosine": "arccos(x)",
    "sind": "sin((x)°)", "cosd": "cos((x)°)", "tand": "tan((x)°)", "deg2rad": "π x/180", "rad2deg": "180 x/π",
    **dict.fromkeys(("fabs", "absolute", "magnitude"), "abs(x)"), "cuberoot": "cbrt(x)", "squareroot": "sqrt(x)",
    "mish": "x tanh(softplus(x))", "hardtanh": "max(-1, min(1, x))", "relu6": "min(max(0, x), 6)",
    **dict.fromkeys(("leaky_relu", "leakyrelu", "lrelu", "LeakyReLU"), "max(0.01x, x)"), "prelu": "max(a x, x)",
    **dict.fromkeys(("logsigmoid", "log_sigmoid"), "log(sigmoid(x))"), "selu": "1.0507 {x if x > 0; 1.6733(e^x - 1)}",
    **dict.fromkeys(("hardsigmoid", "hard_sigmoid"), "max(0, min(1, x/6 + 1/2))"), "hinge": "max(0, 1 - x)",
    "step": "[x > 0]", "expit": "sigmoid(x)", "sig": "sigmoid(x)", "sigm": "sigmoid(x)",
    **dict.fromkeys(("ave", "avg", "average"), "(x + u)/2"), "rms": "sqrt((x^2 + u^2)/2)",
    "fma": "x u + b", "add": "x + u", "sub": "x - u", "mul": "x u", "neg": "-x", "xlogx": "x log(x)",
}  # fmt: skip
_REFUSED = {
    **dict.fromkeys(("gammaln", "lgamma", "digamma", "erfinv", "erfi", "erfcinv", "besselj", "bessely", "airy"), _NONE),
    **dict.fromkeys(("zeta_function", "lambertw", "LambertW", "ellipk", "polylog", "Si", "Ci", "Ei", "li"), _NONE),
    **dict.fromkeys(("factorial", "binom", "binomial", "comb", "nchoosek", "perm"), "write the product out"),
    **dict.fromkeys(("rint", "fix", "nint", "floor_divide", "fmod"), _ROUNDED),
}  # fmt: skip


def refusal(name: str, span: Span) -> AdgraphError | None:
    """The error of a function that is known elsewhere; None for another."""
    if name in _WRITTEN:
        return AdgraphError(f"unknown function '{name}'", span, f"write {_WRITTEN[name]}")
    return AdgraphError(f"unknown function '{name}'", span, _REFUSED[name]) if name in _REFUSED else None


def capitalised(name: str, span: Span) -> AdgraphError | None:
    """The error of Sin x and LN x, which would be products; None for another name."""
    small = name.lower()
    if name == small or len(name) < 2 or name in FUNCTIONS or small not in FUNCTIONS or not FUNCTIONS[small].common:
        return None
    return AdgraphError(f"'{name}' is not read", span, f"write {small}(x)")
