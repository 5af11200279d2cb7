"""Roots, exponentials, logarithms: M. Abramowitz and I. Stegun, *Handbook of Mathematical Functions*, 4.1 and 4.2."""

import math

from graphviz_ad.core.ops.row import ABOVE_ONE, ABOVE_ZERO, NONNEGATIVE, POSITIVE, row


def _cbrt(x: float) -> float:
    root = math.copysign(abs(x) ** (1 / 3), x)
    return root - (root**3 - x) / (3 * root**2) if root else root  # one Newton step: exact for exact cubes


# fmt: off
EXPONENTIALS = (
    row("sqrt", "1 / (2 * out)", ABOVE_ZERO, function=math.sqrt, domain="x ≥ 0", smooth="x > 0",
        positivity=NONNEGATIVE, form="root", sign="√", common=True),
    row("cbrt", "1 / (3 * out^2)", ABOVE_ZERO, definition="sign(x) * abs(x)^(1/3)", function=_cbrt,
        javascript="Math.cbrt", smooth="x ≠ 0", exact=((0, 0), (1, 1)), form="root", sign="∛"),
    row("exp", "out", function=math.exp, positivity=POSITIVE, exact=((0, 1),), latex="\\exp", spoken="the exponential",
        common=True, inverse="log"),
    row("expm1", "exp(x)", definition="exp(x) - 1", function=math.expm1, javascript="Math.expm1", exact=((0, 0),),
        spoken="the exponential less 1", inverse="log1p"),
    row("log", "1 / x", ABOVE_ZERO, function=math.log, javascript="x => x > 0 ? Math.log(x) : NaN", domain="x > 0",
        exact=((1, 0), ("e", 1)), latex="\\log", spoken="the logarithm", aliases=("log_e",), common=True,
        inverse="exp"),
    row("ln", "1 / x", ABOVE_ZERO, definition="log(x)", function=math.log,
        javascript="x => x > 0 ? Math.log(x) : NaN", domain="x > 0", exact=((1, 0), ("e", 1)), latex="\\ln",
        spoken="the natural logarithm", common=True, same_as="log", rule="derivative of log"),
    row("log2", "1 / (x * log(2))", ABOVE_ZERO, definition="log(x) / log(2)", function=math.log2,
        javascript="x => x > 0 ? Math.log2(x) : NaN", domain="x > 0", exact=((1, 0), (2, 1)), sign="log_2",
        latex="\\log", spoken="the base 2 logarithm", aliases=("log_2", "lb", "ld")),
    row("log10", "1 / (x * log(10))", ABOVE_ZERO, definition="log(x) / log(10)", function=math.log10,
        javascript="x => x > 0 ? Math.log10(x) : NaN", domain="x > 0", exact=((1, 0), (10, 1)), sign="log_10",
        latex="\\log", spoken="the base 10 logarithm", aliases=("log_10", "lg")),
    row("log_base", "1 / (x * log(b)); -log(x) / (b * log(b)^2)", ABOVE_ZERO, ABOVE_ONE, params="x b",
        definition="log(x) / log(b)",
        javascript="(x, b) => x > 0 && b > 0 && b !== 1 ? Math.log(x) / Math.log(b) : NaN",
        domain="x > 0, b > 0 and b ≠ 1", form="logarithm", sign="log", latex="\\log", spoken="the logarithm",
        rule="derivative of a logarithm"),
    row("log1p", "1 / (1 + x)", ABOVE_ZERO, definition="log(1 + x)", function=math.log1p,
        javascript="x => x > -1 ? Math.log1p(x) : NaN", domain="x > -1", exact=((0, 0),),
        spoken="the logarithm of 1 plus", inverse="expm1"),
)
