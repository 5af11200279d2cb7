"""The numbers of a Python function as they are shown: 1/3 and π/2, not their digits."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any


def exact(value: Any) -> int | Fraction | Decimal:
    """A number as it is shown: whole where it is whole, 1/3 where Python divided 1 by 3, else with Python's digits."""
    if not isinstance(value, float):
        number: int | Fraction | Decimal = value
        return number
    if value.is_integer() and abs(value) < 2**53 and str(value) != "-0.0":
        return int(value)
    if len(repr(value)) > 12:
        fraction = Fraction(value).limit_denominator(1000)
        if float(fraction) == value:
            return fraction
    return Decimal(repr(value))


def named_constant(value: Any) -> tuple[int | Fraction, str] | None:
    """A number times a constant of the table that a float stands for, where it does: 2 and pi."""
    return _CONSTANTS.get(value)


# Floats that stand for more than their digits: a number times a constant.
_CONSTANTS: dict[float, tuple[int | Fraction, str]] = {
    math.e: (1, "e"),
    **{math.pi / n: (Fraction(1, n), "pi") for n in (2, 3, 4, 6, 8, 180)},
    **{math.pi * n: (n, "pi") for n in range(1, 9)},
}
