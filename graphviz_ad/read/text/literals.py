"""Numbers as they are written: whole, decimal, with a power of ten; percents and degrees."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.numbers import Number
from graphviz_ad.read.text.tokens import Token

MAX_DIGITS = 50
MAX_EXPONENT = 300


def check_digits(token: Token) -> None:
    """Raise AdgraphError for a number that is too long."""
    if len(token.text) > MAX_DIGITS:
        raise AdgraphError(f"a number of more than {MAX_DIGITS} characters", token.span, "write it as m*10^n")


def number(token: Token) -> Number:
    """The exact value of a number as written: an int, or a Decimal where it has a point or an exponent."""
    check_digits(token)
    if token.text.isdecimal():
        return int(token.text)
    try:
        value = Decimal(token.text)
    except InvalidOperation:
        raise AdgraphError("this number is not one", token.span) from None
    if value and not -MAX_EXPONENT <= value.adjusted() <= MAX_EXPONENT:
        raise AdgraphError(f"a number beyond 10^±{MAX_EXPONENT}", token.span, "choose other units")
    return value


def percents(value: Number) -> Number:
    """So many hundredths, as a decimal."""
    made = Decimal(value if isinstance(value, (int, Decimal)) else float(value)).scaleb(-2).normalize()
    return int(made) if made == made.to_integral_value() else made
