"""Floats that stand for more than their digits: 1.7320508075688772 is √3, as np.sqrt(3) gives it."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

CONSTANTS = {"pi": math.pi, "e": math.e}
KnownNumber = (
    int | Fraction | str | tuple[Any, ...]
)  # a rational number, a constant, or an operation before what it is of
_MULTIPLES: dict[float, KnownNumber] = {
    math.e: "e",
    **{math.pi / number: ("div", "pi", number) for number in (2, 3, 4, 6, 8, 180)},
    **{math.pi * number: ("mul", number, "pi") for number in range(2, 9)},
    math.pi: "pi",
}
MAX_DENOMINATOR = 1000
_LOGARITHMS = {math.log(number): number for number in range(2, 101)}
_LONG = 15  # characters of a float that nobody typed
_UNDER_ROOTS = (
    (1.0, ""),
    (math.pi, "mul"),
    (1 / math.pi, "div"),
)  # beside a rational number: times π, or over it


@lru_cache(maxsize=1000)
def made_of(value: float) -> KnownNumber | None:
    """What a number is made of, √3, √(2/π) or log 2; None for one that is its digits."""
    if value in _MULTIPLES:
        return _MULTIPLES[value]
    if len(repr(value)) < _LONG or not 1e-6 < abs(value) < 1e6:
        return None
    size = abs(value)
    if size in _LOGARITHMS:
        return _signed(value, ("log", _LOGARITHMS[size]))
    for factor, op in _UNDER_ROOTS:
        under = Fraction(size * size / factor).limit_denominator(MAX_DENOMINATOR)
        if under and _is_root(under, factor, size):
            rational = under.numerator if under.denominator == 1 else under
            return _signed(value, ("sqrt", (op, rational, "pi") if op else rational))
    return None


def _signed(value: float, size: KnownNumber) -> KnownNumber:
    return ("neg", size) if value < 0 else size


def _is_root(under: Fraction, factor: float, size: float) -> bool:
    """Whether a number is the root of a rational one, but for a unit in the last place, which the order of operations
    decides, 1/np.sqrt(3); and no rational one itself."""
    root = math.sqrt(under.numerator * factor / under.denominator)
    is_rational = factor == 1 and Fraction(size).limit_denominator(MAX_DENOMINATOR) ** 2 == under
    return abs(root - size) <= math.ulp(size) and not is_rational


def exact(value: Any) -> int | Fraction | Decimal:
    """A number as it is shown: whole where it is whole, 1/3 where Python divided 1 by 3, else with Python's digits."""
    if not isinstance(value, float):
        number: int | Fraction | Decimal = value
        return number
    if value.is_integer() and abs(value) < 2**53 and str(value) != "-0.0":
        return int(value)
    if len(repr(value)) > 12:
        fraction = Fraction(value).limit_denominator(MAX_DENOMINATOR)
        if float(fraction) == value:
            return fraction
    return Decimal(repr(value))
