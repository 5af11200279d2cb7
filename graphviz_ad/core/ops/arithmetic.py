"""Arithmetic and constants. A partial derivative names the parameters and `out`."""

import math
import operator

from graphviz_ad.core.ops.row import ABOVE_ZERO, EVERYWHERE, POSITIVE, row

_CONSTANT_MULTIPLE = (("x", "constant multiple rule"), ("y", "constant multiple rule"))
_SUM, _DIFFERENCE = (f"{kind} rule, the derivative of a constant is 0" for kind in ("sum", "difference"))

# fmt: off
ARITHMETIC = (
    row("add", "1; 1", params="x y", symmetric=True,
        function=operator.add, generic=operator.add, javascript="(x, y) => x + y",
        form="sum", sign="+", elsewhere=("add",), rule="sum rule", rules=(("x", _SUM), ("y", _SUM))),
    row("sub", "1; -1", params="x y", function=operator.sub, generic=operator.sub, javascript="(x, y) => x - y",
        form="difference", sign="−", elsewhere=("subtract",), rule="difference rule",
        rules=(("x", _DIFFERENCE), ("y", _DIFFERENCE))),
    row("mul", "y; x", params="x y", symmetric=True,
        function=operator.mul, generic=operator.mul, javascript="(x, y) => x * y",
        form="product", sign="×", elsewhere=("multiply",), rule="product rule",
        rules=(*_CONSTANT_MULTIPLE, ("x = y", "product rule, both factors the same"))),
    row("div", "1 / y; -out / y", EVERYWHERE, ABOVE_ZERO, params="x y", domain="y ≠ 0",
        function=operator.truediv, generic=operator.truediv, javascript="(x, y) => y === 0 ? NaN : x / y",
        needs=("the denominator must not be 0", "the denominator must not be 0"), form="fraction", sign="÷",
        elsewhere=("divide", "true_divide"), rule="quotient rule",
        rules=(("x", "constant multiple rule"), ("y", "reciprocal rule"))),
    row("pow", "y * x^(y - 1); out * log(x)", ABOVE_ZERO, EVERYWHERE, params="x y",
        function=math.pow, generic=operator.pow, javascript="(x, y) => x === 0 && y < 0 ? NaN : x ** y",
        domain="x > 0, or y an integer (x ≠ 0 where y < 0)", smooth="with respect to y: x > 0",
        needs=("the base must be positive, or the exponent an integer; 0 has no negative powers",
               "the base must be positive"),
        vanishes=("y", "out"),  # x^0 is 1, at 0 too; 0^y is 0 beside every y > 0
        form="power", sign="^", elsewhere=("power", "float_power"), rule="power rule",
        rules=(("y", "derivative of an exponential"), ("x y", "power rule and derivative of an exponential"))),
    row("neg", "-1", function=operator.neg, generic=operator.neg, javascript="x => -x", form="negation", sign="−",
        elsewhere=("negative",), rule="constant multiple rule"),
    row("copy", "1", function=operator.pos, generic=lambda x: x, javascript="x => x", form="copy", sign="=",
        rule="identity"),
)

CONSTANTS = (
    row("pi", params="", function=lambda: math.pi, javascript="() => Math.PI", form="constant", sign="π",
        positivity=POSITIVE, rule="constant"),
    row("e", params="", function=lambda: math.e, javascript="() => Math.E", form="constant", positivity=POSITIVE,
        rule="constant"),
)
