"""Hyperbolic functions and their inverses: Abramowitz and Stegun, 4.5 and 4.6."""

import math

from graphviz_ad.core.ops.row import ABOVE_ONE, ABOVE_ZERO, BELOW_ONE, INSIDE, POSITIVE, row

# fmt: off
HYPERBOLIC = (
    row("sinh", "cosh(x)", function=math.sinh, exact=((0, 0),), latex="\\sinh", spoken="hyperbolic sine", squared=True,
        common=True, inverse="arsinh", commands=("sh",)),
    row("cosh", "sinh(x)", function=math.cosh, positivity=POSITIVE, exact=((0, 1),), latex="\\cosh",
        spoken="hyperbolic cosine", squared=True, common=True, inverse="arcosh", commands=("ch",)),
    row("tanh", "1 - out^2", function=math.tanh, exact=((0, 0),), latex="\\tanh", spoken="hyperbolic tangent",
        squared=True, common=True, inverse="artanh", commands=("th",)),
    row("sech", "-out * tanh(x)", definition="1 / cosh(x)", positivity=POSITIVE, exact=((0, 1),),
        spoken="hyperbolic secant", squared=True, common=True, inverse="arsech"),
    row("csch", "-out * coth(x)", ABOVE_ZERO, definition="1 / sinh(x)", domain="x ≠ 0", spoken="hyperbolic cosecant",
        squared=True, common=True, aliases=("cosech",), inverse="arcsch"),
    row("coth", "-csch(x)^2", ABOVE_ZERO, definition="1 / tanh(x)", domain="x ≠ 0", latex="\\coth",
        spoken="hyperbolic cotangent", squared=True, common=True, inverse="arcoth", commands=("cth",)),
    row("arsinh", "1 / sqrt(x^2 + 1)", function=math.asinh, javascript="Math.asinh", spoken="inverse hyperbolic sine",
        aliases=("asinh", "arcsinh"), inverse="sinh"),
    row("arcosh", "1 / sqrt(x^2 - 1)", ABOVE_ONE, function=math.acosh, javascript="Math.acosh", domain="x ≥ 1",
        smooth="x > 1", spoken="inverse hyperbolic cosine", aliases=("acosh", "arccosh"), inverse="cosh"),
    row("artanh", "1 / (1 - x^2)", INSIDE, function=math.atanh, domain="-1 < x < 1",
        javascript="x => x * x < 1 ? Math.atanh(x) : NaN", spoken="inverse hyperbolic tangent",
        aliases=("atanh", "arctanh"), inverse="tanh"),
    row("arsech", "-1 / (x * sqrt(1 - x^2))", BELOW_ONE, definition="arcosh(1 / x)", domain="0 < x ≤ 1",
        smooth="0 < x < 1", spoken="inverse hyperbolic secant", aliases=("asech", "arcsech"), inverse="sech"),
    row("arcsch", "-1 / (abs(x) * sqrt(x^2 + 1))", ABOVE_ZERO, definition="arsinh(1 / x)", domain="x ≠ 0",
        spoken="inverse hyperbolic cosecant", aliases=("acsch", "arccsch"), inverse="csch"),
    row("arcoth", "1 / (1 - x^2)", ABOVE_ONE, definition="artanh(1 / x)", domain="|x| > 1",
        spoken="inverse hyperbolic cotangent", aliases=("acoth", "arccoth"), inverse="coth"),
)
