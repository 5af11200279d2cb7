"""Exact numbers, which keep how they are written: whole numbers, fractions and decimals; and arithmetic on them."""

from decimal import Context, Decimal
from fractions import Fraction

Number = int | Fraction | Decimal  # a Decimal is a number that was written with a point or an exponent

MAX_BITS = 256  # of a number without its power of ten; larger ones are not multiplied out
MAX_EXPONENT = 2000  # of a decimal with which anything is done


def spelling(number: Number | None) -> object:
    """What tells apart numbers that are equal and written otherwise: 3, 3.0 and 3.00, or 1/2 and 0.5."""
    return str(number) if isinstance(number, Decimal) else number


def add_numbers(a: Number, b: Number) -> Number | None:
    """The exact sum: a decimal if one of the two is written with a point and the sum has an end. None where it would be
    too long to read."""
    if _is_extreme(a, b):
        return None
    total = Fraction(a) + Fraction(b)
    return _settled(total, _is_decimal(a, b)) if _length(total) <= 2 * MAX_BITS else None


def multiply_numbers(a: Number, b: Number) -> Number | None:
    """The exact product, a number once as it is written; None where it would be too long to read."""
    if a == 1:
        return b
    if _is_extreme(a, b):
        return None
    product, decimal = Fraction(a) * Fraction(b), _is_decimal(a, b)
    return _settled(product, decimal) if (_length if decimal else _bits)(product) <= MAX_BITS else None


def power_number(base: Number, exponent: int) -> Number | None:
    """The exact power; None where it is undefined or too long to read."""
    if base == 0:
        return 0 if exponent > 0 else None
    if _is_extreme(base) or _bits(Fraction(base)) * abs(exponent) > MAX_BITS:
        return None
    return _settled(Fraction(base) ** exponent, _is_decimal(base))


def _is_decimal(*numbers: Number) -> bool:
    """Whether one of them was written with a point or an exponent; what is longer than others become was."""
    return any(isinstance(number, Decimal) or _bits(Fraction(number)) > MAX_BITS for number in numbers)


def _is_extreme(*numbers: Number) -> bool:
    return any(isinstance(number, Decimal) and number and abs(number.adjusted()) > MAX_EXPONENT for number in numbers)


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def _length(number: Fraction) -> int:
    """The bits of a number that are left when it is written with a power of ten."""
    above, below = number.numerator, number.denominator
    for prime in (2, 5):
        while below > 1 and below % prime == 0:
            below //= prime
            above *= 10 // prime
    return max(_trimmed(above).bit_length(), below.bit_length())


def _trimmed(number: int) -> int:
    while number and number % 10 == 0:
        number //= 10
    return number


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
