"""Equations of vectors and matrices with several names of one thing, J = CE(y, t) = ‖y − t‖²: one is enough."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graphviz_ad.read.arrays.calls import ARRAY_FUNCTIONS
from graphviz_ad.read.text.nesting import split
from graphviz_ad.read.text.sides import parted
from graphviz_ad.read.text.tokens import Token


def with_one_name(statements: Sequence[list[Token]], asked: Collection[str], notes: list[str]) -> Sequence[list[Token]]:
    """The statements without further names of one thing. Several expressions that are equal are left as they are,
    which are not read."""
    several = [_sides(statement) for statement in statements]
    if not any(several) or any(side[0].text in ARRAY_FUNCTIONS for sides in several for side in sides[1:-1]):
        return statements
    said: list[str] = []
    joined = [_joined(sides) if sides else tokens for sides, tokens in zip(several, statements, strict=True)]
    divided = parted(joined, asked, said)
    if divided.further:
        return statements
    notes += said
    return divided.statements


def _sides(statement: list[Token]) -> list[list[Token]]:
    """The sides of an equation that has more than two."""
    sides = split(statement, lambda token: token.text == "=")
    return sides if len(sides) > 2 and all(sides) else []


def _joined(sides: Sequence[list[Token]]) -> list[Token]:
    """The equation with one name CE where letters stand before brackets, between two signs."""
    made = list(sides[0])
    for side in sides[1:]:
        count = next((at for at, token in enumerate(side) if token.kind != "name"), 0)
        if side is not sides[-1] and count > 1 and side[count].kind == "open":
            side = [side[0].replace(text="".join(token.text for token in side[:count])), *side[count:]]
        made += [Token("operator", "=", side[0].span, False), *side]
    return made
