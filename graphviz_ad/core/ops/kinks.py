"""Operations whose value or derivative jumps. At a kink the table takes one derivative, and says which."""

import math

from graphviz_ad.core.ops.row import ABOVE_ZERO, EVERYWHERE, NONNEGATIVE, Interval, row


def _sign(x: float) -> float:
    return float((x > 0) - (x < 0))


_HOLDS: Interval = (1.0, 1.0)  # a condition is 1 or 0
_TIE = "where x = y, all of it to x"
_ALONE = "0 where x = y"  # as relu has it: what is fixed takes all
_JUMP = "0 where x = y, where the value jumps between 0 and 1"

# fmt: off
KINKS = (
    row("abs", "sign(x)", function=abs, generic=abs, positivity=NONNEGATIVE, exact=((0, 0),), form="bars", sign="| |",
        spoken="the absolute value", kink="0 at x = 0", elsewhere=("absolute", "fabs")),
    row("sign", "0", function=_sign, javascript="x => (x > 0) - (x < 0)", exact=((0, 0),), sign="sgn",
        spoken="the sign", kink="0 at x = 0, where the value jumps", jumps=True, aliases=("sgn",)),
    row("max", "greater_equal(x, y); greater(y, x)", params="x y", symmetric=True, function=max, folds=True,
        alone="greater(x, y); greater(y, x)", kink=_TIE, kink_alone=_ALONE, latex="\\max", spoken="the maximum",
        elsewhere=("Max", "maximum", "fmax")),
    row("min", "less_equal(x, y); less(y, x)", params="x y", symmetric=True, function=min, folds=True,
        alone="less(x, y); less(y, x)", kink=_TIE, kink_alone=_ALONE, latex="\\min", spoken="the minimum",
        elsewhere=("Min", "minimum", "fmin")),
    row("hypot", "x / out; y / out", ABOVE_ZERO, ABOVE_ZERO, params="x y", symmetric=True, definition="sqrt(x^2 + y^2)",
        function=math.hypot, javascript="Math.hypot", folds=True, smooth="(x, y) ≠ (0, 0)", positivity=NONNEGATIVE,
        spoken="the hypotenuse", elsewhere=("hypot",)),
    row("greater", "0; 0", params="x y", definition="max(sign(x - y), 0)", function=lambda x, y: float(x > y),
        javascript="(x, y) => +(x > y)", form="iverson", sign=">", kink=_JUMP, jumps=True),
    row("greater_equal", "0; 0", params="x y", definition="1 - max(sign(y - x), 0)",
        function=lambda x, y: float(x >= y), javascript="(x, y) => +(x >= y)", form="iverson", sign="≥",
        kink=_JUMP, jumps=True),
    row("less", "0; 0", params="x y", definition="max(sign(y - x), 0)", function=lambda x, y: float(x < y),
        javascript="(x, y) => +(x < y)", form="iverson", sign="<", kink=_JUMP, jumps=True),
    row("less_equal", "0; 0", params="x y", definition="1 - max(sign(x - y), 0)",
        function=lambda x, y: float(x <= y), javascript="(x, y) => +(x <= y)", form="iverson", sign="≤",
        kink=_JUMP, jumps=True),
    row("equal", "0; 0", params="x y", symmetric=True,
        definition="1 - abs(sign(x - y))", function=lambda x, y: float(x == y),
        javascript="(x, y) => +(x === y)", form="iverson", sign="=", kink=_JUMP, jumps=True),
    row("not_equal", "0; 0", params="x y", symmetric=True,
        definition="abs(sign(x - y))", function=lambda x, y: float(x != y),
        javascript="(x, y) => +(x !== y)", form="iverson", sign="≠", kink=_JUMP, jumps=True),
    row("where", "0; c; 1 - c", _HOLDS, EVERYWHERE, EVERYWHERE, params="c x y", definition="c * x + (1 - c) * y",
        function=lambda c, x, y: x if c else y, javascript="(c, x, y) => c ? x : y", form="cases", sign="if",
        spoken="the case distinction", rule="derivative of the branch that holds"),
)
