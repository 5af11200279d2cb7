"""Trigonometric functions and their inverses: Abramowitz and Stegun, 4.3 and 4.4."""

import math

from graphviz_ad.core.ops.row import ABOVE_ONE, ABOVE_ZERO, INSIDE, Interval, row

_AROUND_0: Interval = (-1.2, 1.2)
_ABOVE_0: Interval = (0.3, 2.8)

# fmt: off
TRIGONOMETRY = (
    row("sin", "cos(x)", function=math.sin, exact=((0, 0),), latex="\\sin", spoken="sine", squared=True, common=True,
        inverse="arcsin"),
    row("cos", "-sin(x)", function=math.cos, exact=((0, 1),), latex="\\cos", spoken="cosine", squared=True, common=True,
        inverse="arccos"),
    row("tan", "sec(x)^2", _AROUND_0, function=math.tan, domain="cos(x) ≠ 0", exact=((0, 0),), latex="\\tan",
        spoken="tangent", squared=True, common=True, inverse="arctan", commands=("tg",)),
    row("cot", "-csc(x)^2", _ABOVE_0, definition="1 / tan(x)", domain="sin(x) ≠ 0", latex="\\cot", spoken="cotangent",
        squared=True, inverse="arccot", commands=("ctg", "cotg")),
    row("sec", "out * tan(x)", _AROUND_0, definition="1 / cos(x)", domain="cos(x) ≠ 0", latex="\\sec", spoken="secant",
        squared=True, inverse="arcsec"),
    row("csc", "-out * cot(x)", _ABOVE_0, definition="1 / sin(x)", domain="sin(x) ≠ 0", latex="\\csc",
        spoken="cosecant", squared=True, inverse="arccsc", commands=("cosec",)),
    row("arcsin", "1 / sqrt(1 - x^2)", INSIDE, function=math.asin, javascript="Math.asin", domain="-1 ≤ x ≤ 1",
        smooth="-1 < x < 1", exact=((0, 0),), latex="\\arcsin", spoken="arc sine", aliases=("asin",), common=True,
        inverse="sin"),
    row("arccos", "-1 / sqrt(1 - x^2)", INSIDE, function=math.acos, javascript="Math.acos", domain="-1 ≤ x ≤ 1",
        smooth="-1 < x < 1", latex="\\arccos", spoken="arc cosine", aliases=("acos",), common=True, inverse="cos"),
    row("arctan", "1 / (1 + x^2)", function=math.atan, javascript="Math.atan", exact=((0, 0),), latex="\\arctan",
        spoken="arc tangent", aliases=("atan",), common=True, inverse="tan", commands=("arctg",)),
    row("arccot", "-1 / (1 + x^2)", definition="pi/2 - arctan(x)", spoken="arc cotangent", aliases=("acot",),
        inverse="cot", commands=("arcctg",)),
    row("arcsec", "1 / (abs(x) * sqrt(x^2 - 1))", ABOVE_ONE, definition="arccos(1 / x)", domain="|x| ≥ 1",
        smooth="|x| > 1", spoken="arc secant", aliases=("asec",), inverse="sec"),
    row("arccsc", "-1 / (abs(x) * sqrt(x^2 - 1))", ABOVE_ONE, definition="arcsin(1 / x)", domain="|x| ≥ 1",
        smooth="|x| > 1", spoken="arc cosecant", aliases=("acsc",), inverse="csc"),
    row("atan2", "x / (x^2 + y^2); -y / (x^2 + y^2)", ABOVE_ZERO, ABOVE_ZERO, params="y x", function=math.atan2,
        smooth="(x, y) ≠ (0, 0) and not on the negative x axis", spoken="the two-argument arc tangent",
        aliases=("arctan2",)),
)
