"""Equations in lines: where one that is too long for its line goes on in the next.

First before a relation; a side that is too long for a line of its own goes on before a + or − outside of brackets,
else between factors, else in brackets, the same way. One cost says so: the lines are those with the least that sticks
out and then the least cost, as full as they can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from graphviz_ad.core.formula import Equality, Formula, sign_before
from graphviz_ad.core.record import Record
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.setting import Settable, Stretch
from graphviz_ad.notation.write import stretches, write

if TYPE_CHECKING:
    from graphviz_ad.notation.stretches import Joint

T = TypeVar("T")
BreakPlace = tuple[int, int]  # the stretches from one up to another


class PartWidths(Record):
    """What joins the stretches of a formula, and how wide it is at the places `measured`."""

    joints: tuple[Joint, ...]
    widths: tuple[float, ...]


class Ruler(Generic[T]):
    """What formulas are measured by: a notation, and how wide what is written in it is."""

    def __init__(self, notation: Notation[T], widths: Callable[[Sequence[T]], Sequence[float]]) -> None:
        self.notation = notation
        self.widths = widths
        self._parts: dict[Formula, PartWidths] = {}

    def wholes(self, formulas: Sequence[Formula]) -> Sequence[float]:
        """How wide formulas are."""
        return self.widths([write(formula, self.notation) for formula in formulas])

    def measure(self, formulas: Iterable[Formula]) -> None:
        """Measure the parts of formulas that say where these are broken, all at once, and remember it."""
        asked = [*formulas]
        self._parts |= zip(asked, self._measured(asked), strict=True)

    def parts(self, formula: Formula) -> PartWidths:
        """What joins the stretches of a formula, and how wide its parts are."""
        return self._parts[formula] if formula in self._parts else self._measured([formula])[0]

    def _measured(self, formulas: Iterable[Formula]) -> list[PartWidths]:
        made = [stretches(formula, self.notation) for formula in formulas]
        places = [measured(len(one.joints)) for one in made]
        parts = [one.line(*place, self.notation) for one, here in zip(made, places, strict=True) for place in here]
        widths = iter(self.widths(parts))
        return [
            PartWidths(tuple(one.joints), tuple(islice(widths, len(here))))
            for one, here in zip(made, places, strict=True)
        ]


class Measure(Record):
    """What an equation has to fit into: its width, where the relation stands, how wide that is with the room around
    it, and how much further in a line begins that goes on in brackets."""

    width: float
    left: float
    relation: float
    step: float

    def indent(self, level: int) -> float:
        """Where lines begin: at the relation, behind it, in brackets."""
        return self.left + (0, self.relation, self.relation + self.step)[level]

    def holds(self, width: float) -> bool:
        """Whether a side of a width fits on a line of its own."""
        return self.indent(1) + width <= self.width


class BrokenLine(Record):
    """A line of an equation behind its left side: what stands in it, all of which are sides from a number on, with a
    relation before each; where its level is not 0, the first is a part that goes on with the side of that number."""

    level: int
    number: int
    parts: tuple[Settable, ...]

    def signed(self) -> Iterator[tuple[str | None, Settable]]:
        """What stands in it, each with the sign before it: "" between what is said behind the sides, None before what
        goes on."""
        for place, part in enumerate(self.parts):
            yield None if self.level and not place else sign_before(part), part


def rows(equation: Equality, page: Measure, ruler: Ruler[Any]) -> list[BrokenLine]:
    """The lines of an equation. One that fits is one line."""
    sides = equation.sides[1:]
    made = [BrokenLine(0, 1, ())]
    end = page.left
    for number, (side, width) in enumerate(zip(sides, ruler.wholes(sides), strict=True), 1):
        if made[-1].parts and end + page.relation + width > page.width:
            made.append(BrokenLine(0, number, ()))
            end = page.left
        if page.holds(width):
            made[-1] = made[-1].replace(parts=(*made[-1].parts, side))
            end += page.relation + width
            continue
        first, *others = _broken(side, page, ruler)
        made[-1] = made[-1].replace(parts=(first[1],))
        made += (BrokenLine(level, number, (part,)) for level, part in others)
        is_remarked = number < len(sides) and not sign_before(sides[number])  # it goes on with "by (1)"
        end = _end(made[-1], page, ruler) if is_remarked else page.width
    return made


def _end(line: BrokenLine, page: Measure, ruler: Ruler[Any]) -> float:
    """Where a line ends that has one part."""
    (part,) = line.parts
    (width,) = ruler.widths([write(part, ruler.notation)])
    return page.indent(line.level or 1) + width


def _broken(side: Formula, page: Measure, ruler: Ruler[Any]) -> list[tuple[int, Settable]]:
    """The lines of a side, each with its level."""
    parts = ruler.parts(side)
    joints = parts.joints
    rooms = [page.width - page.indent(_level(joint)) for joint in joints]
    lines = starts(joints, parts.widths, rooms)
    ends = [*lines[1:], len(joints)]
    return [(_level(joints[k]), Stretch(side, k, end)) for k, end in zip(lines, ends, strict=True)]


def measured(count: int) -> list[BreakPlace]:
    """The places whose widths say where lines had better begin: each of so many stretches, and each with the next."""
    return [*((k, k + 1) for k in range(count)), *((k, k + 2) for k in range(count - 1))]


def starts(joints: Sequence[Joint], widths: Sequence[float], rooms: Sequence[float]) -> list[int]:
    """The stretches that begin a line, by the widths of the places `measured`, and the room of a line that begins with
    each stretch."""
    alone, pairs = widths[: len(joints)], widths[len(joints) :]
    inline = [0.0, *(both - one for both, one in zip(pairs, alone, strict=False))]
    return _cheapest([0, *map(_cost, joints[1:])], alone, inline, rooms)


def _level(joint: Joint) -> int:
    return 2 if joint.depth else 1


def _cost(joint: Joint) -> int:
    """What it costs to break before a stretch: less for a term than for a factor, and much more in brackets: sooner two
    lines more than a bracket on two lines, or even the argument of a function."""
    here: int = (1 if joint.adds else 6 if joint.tight else 2) * 5**joint.depth
    return here


def _cheapest(
    costs: Sequence[int], alone: Sequence[float], inline: Sequence[float], rooms: Sequence[float]
) -> list[int]:
    """The stretches that begin a line. `alone` are the widths at the beginning of a line, `inline` elsewhere. A line
    that begins within a term, or in a bracket, had better end with it."""
    count = len(costs)
    best: list[tuple[float, int, int]] = [(0.0, 0, count)] * (count + 1)  # sticking out, cost, where the next begins
    for start in reversed(range(count)):
        width, beyond, found = alone[start], 0, []
        for end in range(start + 1, count + 1):
            over, cost, _ = best[end]
            here = costs[end] if end < count else 0
            found.append((over + max(0.0, width - rooms[start]), cost + here + beyond, -end))
            if end == count or width + inline[end] > rooms[start]:
                break
            width += inline[end]
            beyond = costs[start] if here < costs[start] else beyond
        over, cost, end = min(found)
        best[start] = over, cost, -end
    lines = [0]
    while (following := best[lines[-1]][2]) < count:
        lines.append(following)
    return lines
