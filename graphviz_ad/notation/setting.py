"""What is typeset beside whole formulas: a sign alone, and pieces of a formula as they stand in a line."""

from graphviz_ad.core.formula import Formula
from graphviz_ad.core.record import Record


class Sign(Record):
    """A sign by itself, such as = or ≈ between two sides, with nothing around it."""

    sign: str


class Following(Record):
    """A factor as it stands behind others: in parentheses where it needs them."""

    factor: Formula


class Continued(Record):
    """A term as it stands behind others: with its sign before it."""

    term: Formula


class Stretch(Record):
    """A part of a formula that is broken into lines: its stretches from one up to another, as a line or, if it does not
    begin one, as they stand behind those before them."""

    of: Formula
    first: int
    last: int
    begins: bool = True


Settable = Formula | Sign | Following | Continued | Stretch
