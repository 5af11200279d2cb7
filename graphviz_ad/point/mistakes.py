"""What makes a claim wrong, in words and by its kind."""

from __future__ import annotations

from math import isclose

from graphviz_ad.core.record import Record

MAX_FACTOR = 3  # of two numbers: what is said to be missing
MULTIPLE = "multiple"  # all of it times -1 or a whole number is right
SLIP = "slip"  # one sign, factor, function … of it is another
APART = "apart"  # values differ, and no more is known
TERM = "term"  # a part of a sum, or what is divided, is there or is not


class Mistake(Record):
    """One mistake: in words, and its kind."""

    words: str
    kind: str = SLIP


SIGN = Mistake("the sign is wrong", MULTIPLE)


def of_numbers(claimed: float | None, right: float | None) -> Mistake | None:
    """The mistake in a number, where that is its sign or a small factor."""
    if not claimed or not right:
        return None
    if isclose(claimed, -right, rel_tol=1e-6):
        return SIGN
    for size, what in ((right / claimed, "missing"), (claimed / right, "too much")):
        if isclose(size, round(size), rel_tol=1e-6) and 1 < round(size) <= MAX_FACTOR:
            return Mistake(f"the factor {round(size)} is {what}", MULTIPLE)
    return None
