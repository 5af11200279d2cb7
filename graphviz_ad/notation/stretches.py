"""A formula in stretches, between which a line may end: a notation on top of another one.

A stretch is never broken: names, numbers, fractions, roots, exponents and answers in boxes are one each. Terms of sums
and factors of products are stretches of their own, also in brackets, whose halves are as high as the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from graphviz_ad.notation.formula import Notation

T = TypeVar("T")
CALL = 2  # to break between the brackets of a function is as bad as in two brackets


class Joint(NamedTuple):
    """What joins a stretch to the one before it: a sign, in how many brackets, and whether only narrow lines may end
    there, as in 2x."""

    sign: str
    depth: int = 0
    tight: bool = False

    @property
    def adds(self) -> bool:
        return self.sign in ("+", "−")


class Stretches(Generic[T]):
    """A formula that is set: the whole, and its stretches, each with what joins it to the one before it."""

    __slots__ = ("fenced", "parts", "whole")

    def __init__(self, whole: T, parts: tuple[tuple[Joint, T], ...] = (), fenced: bool = False) -> None:
        self.whole = whole
        self.parts = parts or ((Joint(""), whole),)
        self.fenced = fenced  # it begins with a bracket

    @property
    def joints(self) -> list[Joint]:
        return [joint for joint, _ in self.parts]

    def line(self, first: int, last: int, on: Notation[T]) -> T:
        """The stretches from one up to another. A line that goes on begins with its sign, a dot before a factor."""
        (joint, line), *rest = self.parts[first:last]
        if first:
            line = _joined(on.row([]), joint if joint.adds else Joint("·"), line, on)
        for joint, part in rest:
            line = _joined(line, joint, part, on)
        return line

    def joined(self, joint: Joint, other: Stretches[T], whole: T) -> Stretches[T]:
        (_, first), *rest = other.parts
        return Stretches(whole, (*self.parts, (joint, first), *rest), self.fenced)

    def fence(self, whole: T, depth: int, on: Notation[T], head: T | None = None) -> Stretches[T]:
        """The stretches between brackets, or as the argument of a function."""
        if len(self.parts) == 1:
            return Stretches(whole, fenced=head is None)
        first, *rest = self.parts
        *middle, (joint, last) = ((joint._replace(depth=joint.depth + depth), part) for joint, part in rest)
        begun = first[0], on.opened(first[1], self.whole, head)
        return Stretches(whole, (begun, *middle, (joint, on.closed(last, self.whole))), head is None)


def _joined(left: T, joint: Joint, right: T, on: Notation[T]) -> T:
    return on.infix(left, joint.sign, right) if joint.adds else on.product(left, joint.sign, right)


class InStretches(Notation[Stretches[T]]):
    """A notation that keeps the stretches apart."""

    def __init__(self, on: Notation[T]) -> None:
        self.on = on

    def infix(self, left: Stretches[T], sign: str, right: Stretches[T]) -> Stretches[T]:
        return left.joined(Joint(sign), right, self.on.infix(left.whole, sign, right.whole))

    def joint(self, left: Stretches[T], sign: str, right: Stretches[T]) -> str:
        return self.on.joint(left.whole, sign, right.whole)

    def product(self, left: Stretches[T], joint: str, right: Stretches[T]) -> Stretches[T]:
        tight = joint not in ("·", " ") and not right.fenced
        return left.joined(Joint(joint, tight=tight), right, self.on.product(left.whole, joint, right.whole))

    def negation(self, body: Stretches[T]) -> Stretches[T]:
        (joint, first), *rest = body.parts
        return Stretches(self.on.negation(body.whole), ((joint, self.on.negation(first)), *rest))

    def fence(self, body: Stretches[T]) -> Stretches[T]:
        return body.fence(self.on.fence(body.whole), 1, self.on)

    def call(self, head: Stretches[T], args: Sequence[Stretches[T]]) -> Stretches[T]:
        whole = self.on.call(head.whole, [arg.whole for arg in args])
        return Stretches(whole) if len(args) > 1 else args[0].fence(whole, CALL, self.on, head.whole)

    def power(self, base: Stretches[T], exponent: Stretches[T]) -> Stretches[T]:
        *rest, (joint, last) = base.parts
        raised = self.on.power(last, exponent.whole)
        return Stretches(self.on.power(base.whole, exponent.whole), (*rest, (joint, raised)), base.fenced)

    # ---- what is one stretch

    def number(self, digits: str, exponent: int | None) -> Stretches[T]:
        return Stretches(self.on.number(digits, exponent))

    def variable(self, text: str) -> Stretches[T]:
        return Stretches(self.on.variable(text))

    def function(self, name: str, sign: str) -> Stretches[T]:
        return Stretches(self.on.function(name, sign))

    def partial(self, function: str, places: Sequence[int]) -> Stretches[T]:
        return Stretches(self.on.partial(function, places))

    def symbol(self, sign: str) -> Stretches[T]:
        return Stretches(self.on.symbol(sign))

    def fraction(self, numerator: Stretches[T], denominator: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.fraction(numerator.whole, denominator.whole))

    def root(self, body: Stretches[T], index: int) -> Stretches[T]:
        return Stretches(self.on.root(body.whole, index))

    def bars(self, body: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.bars(body.whole))

    def iverson(self, left: Stretches[T], sign: str, right: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.iverson(left.whole, sign, right.whole))

    def derivative(self, symbol: str, of: Stretches[T] | None, wrt: Sequence[tuple[Stretches[T], int]]) -> Stretches[T]:
        names = [(name.whole, times) for name, times in wrt]
        return Stretches(self.on.derivative(symbol, None if of is None else of.whole, names))

    def equation(self, left: Stretches[T], sign: str, right: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.equation(left.whole, sign, right.whole))

    def blank(self, body: Stretches[T], filled: bool) -> Stretches[T]:
        return Stretches(self.on.blank(body.whole, filled))

    def row(self, parts: Sequence[Stretches[T]]) -> Stretches[T]:
        return Stretches(self.on.row([part.whole for part in parts]))

    def hidden(self, body: Stretches[T]) -> Stretches[T] | None:
        hidden = self.on.hidden(body.whole)
        return None if hidden is None else Stretches(hidden)
