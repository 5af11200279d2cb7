"""Exact arithmetic on whole numbers, fractions and decimals as they were written."""

from decimal import Context, Decimal
from fractions import Fraction

from graphviz_ad.graph import Number

MAX_BITS = 256  # larger whole numbers and fractions are not multiplied out; decimals may be of any size that is read


def add_numbers(a: Number, b: Number) -> Number:
    """The exact sum: a decimal if one of the two is written with a point and the sum has an end."""
    return _settled(Fraction(a) + Fraction(b), isinstance(a, Decimal) or isinstance(b, Decimal))


def multiply_numbers(a: Number, b: Number) -> Number | None:
    """The exact product; None where it would be too long to read."""
    product, decimal = Fraction(a) * Fraction(b), isinstance(a, Decimal) or isinstance(b, Decimal)
    return _settled(product, decimal) if decimal or _bits(product) <= MAX_BITS else None


def power_number(base: Number, exponent: int) -> Number | None:
    """The exact power; None where it is undefined or too long to read."""
    if base == 0:
        return 0 if exponent > 0 else None
    if _bits(Fraction(base)) * abs(exponent) > MAX_BITS:
        return None
    return _settled(Fraction(base) ** exponent, isinstance(base, Decimal))


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def _settled(number: Fraction, decimal: bool) -> Number:
    """A number as the simplest of its kinds: whole, decimal where one took part and it has an end, or a fraction."""
    if number.denominator == 1:
        return number.numerator
    rest = number.denominator
    for prime in (2, 5):
        while decimal and rest % prime == 0:
            rest //= prime
    if rest == 1:
        return Context(prec=_bits(number) + 5).divide(Decimal(number.numerator), Decimal(number.denominator))
    return number
