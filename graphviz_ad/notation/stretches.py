"""A formula in stretches, between which a line may end: a notation on top of another one.

A stretch is never broken: names, numbers, fractions, roots, exponents and answers in boxes are one each. Terms of sums
and factors of products are stretches of their own, also in brackets, whose halves are as high as the whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice
from typing import Generic, TypeVar

from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import Op
from graphviz_ad.core.record import Record
from graphviz_ad.notation.notation import ELEMENTWISE, Notation

T = TypeVar("T")
CALL = 2  # to break between the brackets of a function is as bad as in two brackets


class Joint(Record):
    """What joins a stretch to the one before it: a sign, in how many brackets, and whether only narrow lines may end
    there, as in 2x."""

    sign: str
    depth: int = 0
    tight: bool = False

    @property
    def adds(self) -> bool:
        return self.sign in ("+", "−")

    @property
    def beginning(self) -> Joint:
        """What a line begins with that goes on there: a sign, a dot before a factor."""
        return self if self.adds or self.sign in ELEMENTWISE else Joint("·")


def _same(part: T) -> T:
    return part


class InLine(Generic[T]):
    """A factor or a term: one stretch or, where it has a bracket with several `inside`, what comes before the first
    and behind the last of them when they stand on different lines."""

    __slots__ = ("after", "before", "count", "inside", "whole")

    def __init__(
        self,
        whole: T,
        inside: Items[T] | None = None,
        before: Callable[[T], T] = _same,
        after: Callable[[T], T] = _same,
    ) -> None:
        self.whole = whole
        self.inside = inside
        self.before = before
        self.after = after
        self.count: int = 1 if inside is None else inside.count

    def cut(self, first: int, last: int, on: Notation[T]) -> T:
        """What stands of it between two places; all of it has its brackets as ever."""
        if self.inside is None or (first <= 0 and last >= self.count):
            return self.whole
        part = self.inside.cut(first, last, on)
        part = self.before(part) if first <= 0 else part
        return self.after(part) if last >= self.count else part


class Items(Generic[T]):
    """Items one behind the other, each with what joins it to the one before."""

    __slots__ = ("_starts", "joined")

    def __init__(self, *joined: tuple[Joint, InLine[T]]) -> None:
        self.joined = joined
        self._starts: list[int] = []

    @property
    def starts(self) -> list[int]:
        """The stretch that each begins with, and how many there are."""
        self._starts = self._starts or [*accumulate((item.count for _, item in self.joined), initial=0)]
        return self._starts

    @property
    def count(self) -> int:
        return self.starts[-1]

    def cut(self, first: int, last: int, on: Notation[T]) -> T:
        """What stands between two places."""
        line: T | None = None
        for place in range(bisect_right(self.starts, max(first, 0)) - 1, len(self.joined)):
            start = self.starts[place]
            if start >= last:
                break
            joint, item = self.joined[place]
            part = item.cut(first - start, last - start, on)
            line = part if line is None else _joined(line, joint, part, on)
        assert line is not None
        return line


class Stretches(Generic[T]):
    """A formula that is set: the whole, and the items that it is made of, each with what joins it to the one before."""

    __slots__ = ("_joints", "fenced", "items", "whole")

    def __init__(self, whole: T, items: Items[T] | None = None, fenced: bool = False) -> None:
        self.whole = whole
        self.items = items or Items((Joint(""), InLine(whole)))
        self.fenced = fenced  # it begins with a bracket
        self._joints: list[Joint] = []

    @property
    def joints(self) -> list[Joint]:
        """What comes before each stretch."""
        self._joints = self._joints or list(_joints(self.items))
        return self._joints

    def line(self, first: int, last: int, on: Notation[T], begins: bool = True) -> T:
        """The stretches from one up to another, as a line that goes on or, if it does not begin there, as they stand
        behind those before them."""
        line = self.items.cut(first, last, on)
        if not first:
            return line
        joint = self.joints[first]
        return _joined(on.row([]), joint.beginning if begins else joint, line, on)


def _joints(items: Items[T], depth: int = 0) -> Iterator[Joint]:
    for joint, item in items.joined:
        yield joint.replace(depth=depth + joint.depth)
        if item.inside is not None:
            yield from islice(_joints(item.inside, depth + joint.depth), 1, None)


def _joined(left: T, joint: Joint, right: T, on: Notation[T]) -> T:
    return on.infix(left, joint.sign, right) if joint.adds else on.product(left, joint.sign, right)


class InStretches(Notation[Stretches[T]]):
    """A notation that keeps the stretches apart."""

    def __init__(self, on: Notation[T]) -> None:
        self.on = on

    def infix(self, left: Stretches[T], sign: str, right: Stretches[T]) -> Stretches[T]:
        return _behind(left, Joint(sign), right, self.on.infix(left.whole, sign, right.whole))

    def joint(self, left: Stretches[T], sign: str, right: Stretches[T]) -> str:
        return self.on.joint(left.whole, sign, right.whole)

    def product(self, left: Stretches[T], joint: str, right: Stretches[T]) -> Stretches[T]:
        tight = joint not in ("·", " ", *ELEMENTWISE) and not right.fenced
        return _behind(left, Joint(joint, tight=tight), right, self.on.product(left.whole, joint, right.whole))

    def negation(self, body: Stretches[T]) -> Stretches[T]:
        (joint, item), *rest = body.items.joined
        before, on = item.before, self.on
        negated = InLine(on.negation(item.whole), item.inside, lambda part: on.negation(before(part)), item.after)
        return Stretches(on.negation(body.whole), Items((joint, negated), *rest))

    def fence(self, body: Stretches[T]) -> Stretches[T]:
        return self._enclosed(self.on.fence(body.whole), body, 1, None)

    def call(self, head: Stretches[T], args: Sequence[Stretches[T]]) -> Stretches[T]:
        if len(args) > 1:
            return Stretches(self.on.call(head.whole, [self.on.fitted(arg) for arg in args]))
        return self._enclosed(self.on.call(head.whole, [args[0].whole]), args[0], CALL, head.whole)

    def _enclosed(self, whole: T, body: Stretches[T], depth: int, head: T | None) -> Stretches[T]:
        """The body between brackets, as many as the depth, or as the argument of a function."""
        on, inner = self.on, body.whole
        inside = Items(*((joint.replace(depth=joint.depth + depth), item) for joint, item in body.items.joined))
        if inside.count == 1:
            return Stretches(whole, fenced=head is None)
        item = InLine(whole, inside, lambda part: on.opened(part, inner, head), lambda part: on.closed(part, inner))
        return Stretches(whole, Items((Joint(""), item)), head is None)

    def power(self, base: Stretches[T], exponent: Stretches[T]) -> Stretches[T]:
        return self._raised(base, lambda part: self.on.power(part, exponent.whole))

    def power_by_entry(self, base: Stretches[T], exponent: Stretches[T], sign: str) -> Stretches[T]:
        return self._raised(base, lambda part: self.on.power_by_entry(part, exponent.whole, sign))

    def _raised(self, base: Stretches[T], raised: Callable[[T], T]) -> Stretches[T]:
        *rest, (joint, item) = base.items.joined
        after = item.after
        powered = InLine(raised(item.whole), item.inside, item.before, lambda part: raised(after(part)))
        return Stretches(raised(base.whole), Items(*rest, (joint, powered)), base.fenced)

    # ---- what is one stretch

    def number(self, digits: str, exponent: int | None) -> Stretches[T]:
        return Stretches(self.on.number(digits, exponent))

    def variable(self, name: Name) -> Stretches[T]:
        return Stretches(self.on.variable(name))

    def function(self, op: Op) -> Stretches[T]:
        return Stretches(self.on.function(op))

    def partial(self, function: Name, places: Sequence[int]) -> Stretches[T]:
        return Stretches(self.on.partial(function, places))

    def symbol(self, sign: str) -> Stretches[T]:
        return Stretches(self.on.symbol(sign))

    def fraction(self, numerator: Stretches[T], denominator: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.fraction(self.on.fitted(numerator), self.on.fitted(denominator)))

    def root(self, body: Stretches[T], index: int) -> Stretches[T]:
        return Stretches(self.on.root(self.on.fitted(body), index))

    def bars(self, body: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.bars(self.on.fitted(body)))

    def norm(self, body: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.norm(self.on.fitted(body)))

    def matrix(self, rows: Sequence[Sequence[Stretches[T]]]) -> Stretches[T]:
        return Stretches(self.on.matrix([[entry.whole for entry in row] for row in rows]))

    def under(self, body: Stretches[T], shape: str) -> Stretches[T]:
        return Stretches(self.on.under(body.whole, shape), fenced=body.fenced)

    def transpose(self, body: Stretches[T], inverse: bool = False, sign: str = "⊤") -> Stretches[T]:
        return Stretches(self.on.transpose(body.whole, inverse, sign))

    def adjoint(self, form: str, of: Name, wrt: Name) -> Stretches[T]:
        return Stretches(self.on.adjoint(form, of, wrt))

    def iverson(self, left: Stretches[T], sign: str, right: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.iverson(left.whole, sign, right.whole))

    def cases(self, rows: Sequence[tuple[Stretches[T], Stretches[T] | None]]) -> Stretches[T]:
        return Stretches(self.on.cases([(value.whole, None if when is None else when.whole) for value, when in rows]))

    def indexed(self, head: Stretches[T], index: Stretches[T]) -> Stretches[T] | None:
        whole = self.on.indexed(head.whole, index.whole)
        return None if whole is None else Stretches(whole)

    def derivative(self, symbol: str, of: Stretches[T] | None, wrt: Sequence[tuple[Stretches[T], int]]) -> Stretches[T]:
        names = [(name.whole, times) for name, times in wrt]
        return Stretches(self.on.derivative(symbol, None if of is None else of.whole, names))

    def equation(self, left: Stretches[T], sign: str, right: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.equation(left.whole, sign, right.whole))

    def blank(self, body: Stretches[T], filled: bool) -> Stretches[T]:
        return Stretches(self.on.blank(body.whole, filled))

    def row(self, parts: Sequence[Stretches[T]]) -> Stretches[T]:
        return Stretches(self.on.row([part.whole for part in parts]))

    def marked(self, mark: str, left: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.marked(mark, left.whole))

    def by(self, marks: Sequence[str]) -> Stretches[T]:
        return Stretches(self.on.by(marks))

    def listed(self, names: Sequence[Stretches[T]], skipped: bool) -> Stretches[T]:
        return Stretches(self.on.listed([name.whole for name in names], skipped))

    def likewise(self, names: Stretches[T]) -> Stretches[T]:
        return Stretches(self.on.likewise(names.whole))

    def hidden(self, body: Stretches[T]) -> Stretches[T] | None:
        hidden = self.on.hidden(body.whole)
        return None if hidden is None else Stretches(hidden)


def _behind(left: Stretches[T], joint: Joint, right: Stretches[T], whole: T) -> Stretches[T]:
    (_, first), *rest = right.items.joined
    return Stretches(whole, Items(*left.items.joined, (joint, first), *rest), left.fenced)
