"""Derivatives and the labels of arrows, put together from names and signs as Typst sets them: a page of a large system
has thousands, each with d and with ∂."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TypeGuard

from graphviz_ad.core.formula import Derivative, Label, Variable, sign_before
from graphviz_ad.core.names import AdjointName, DerivativeName, Name
from graphviz_ad.drawing.scene import Glyph, Set, Stroke
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.typeset import TYPST, Job, Typesetter
from graphviz_ad.notation.setting import Settable, Sign
from graphviz_ad.notation.write import write

ROWS = -11.509, 11.662  # the baselines of a derivative's rows, at the size of formulas
SPACE = MATHS * 5 / 18  # around a relation, as TeX has it
_DEEP, _HIGH = 4.8, 13.4  # more of a name below or above its line moves its row away from the bar


class FractionSetter(Typesetter):
    """A typesetter that sets derivatives and labels by putting together what they are made of."""

    def prepare(self, jobs: Iterable[Job]) -> None:
        asked = dict.fromkeys(jobs)
        labels = [content for job in asked if isinstance(content := job.content, Label) and job.size == MATHS]
        asked |= dict.fromkeys(Job(part, MATHS) for label in labels for part in _in_a_row(label))
        fractions = [content for job in asked if _is_usual(content := job.content) and job.size == MATHS]
        made = {*(Job(label, MATHS) for label in labels), *(Job(fraction, MATHS) for fraction in fractions)}
        names = (Job(part, MATHS) for fraction in fractions for part in _in_a_fraction(fraction))
        super().prepare(dict.fromkeys([*(job for job in asked if job not in made), *names]))
        self._put(fraction for one in fractions if (fraction := self._fraction(one)) is not None)
        super().prepare(Job(fraction, MATHS) for fraction in fractions)  # those that are unusual after all
        self._put(map(self._row, labels))

    def _put(self, made: Iterable[Set]) -> None:
        for content in made:
            self._done.setdefault((type(content.content), Job(content.content, MATHS)), content)

    def _fraction(self, derivative: Derivative) -> Set | None:
        """A derivative of which both names stand on their lines as they do alone."""
        above, below, empty = (self(part, MATHS) for part in _in_a_fraction(derivative))
        if above.descent > _DEEP or below.ascent > _HIGH or not all(map(_is_level, (above, below))):
            return None
        if any(map(_is_word, (derivative.of, derivative.wrt))):
            return None
        symbol, bar = empty.glyphs[0].outline, empty.rules[0]
        width = max(above.width, below.width) + empty.width
        glyphs: list[Glyph] = []
        for row, baseline in zip((above, below), ROWS, strict=True):
            left = (width - bar.width - row.width) / 2  # the bar of an empty one is as wide as its symbol
            glyphs += [Glyph(symbol, left, baseline), *_moved(row, left + bar.width, baseline)]
        ascent, descent = max(empty.ascent, above.ascent - ROWS[0]), max(empty.descent, below.descent + ROWS[1])
        longer = Stroke(bar.x, bar.y, width - 2 * bar.x, bar.thickness)
        return Set(width, ascent, descent, tuple(glyphs), (longer,), (), derivative, MATHS)

    def _row(self, label: Label) -> Set:
        parts = [self(part, MATHS) for part in _in_a_row(label)]
        *starts, end = accumulate((part.width + SPACE for part in parts), initial=0.0)
        return Set(
            end - SPACE,
            max(part.ascent for part in parts),
            max(part.descent for part in parts),
            tuple(glyph for part, x in zip(parts, starts, strict=True) for glyph in _moved(part, x, 0.0)),
            tuple(rule.replace(x=rule.x + x) for part, x in zip(parts, starts, strict=True) for rule in part.rules),
            tuple(frame.replace(x=frame.x + x) for part, x in zip(parts, starts, strict=True) for frame in part.frames),
            label,
            MATHS,
        )


def _is_usual(content: Settable | str) -> TypeGuard[Derivative]:
    """Whether it is a derivative of a variable by one, written as a fraction."""
    if not isinstance(content, Derivative) or content.bare or content.adjoint:
        return False
    names = content.of, content.wrt
    return all(name is not None and not isinstance(name, DerivativeName | AdjointName) for name in names)


def _is_level(name: Set) -> bool:
    """Whether nothing is raised, which would be lower in a denominator."""
    return not name.rules and all(glyph.y >= 0 for glyph in name.glyphs)


def _is_word(name: Name | None) -> bool:
    """Whether a name is text to Typst, which sets a blank before it."""
    return name is not None and write(Variable(name), TYPST).startswith('upright("')


def _in_a_fraction(derivative: Derivative) -> Iterator[Settable]:
    """What a derivative is made of: its names, and an empty one."""
    assert derivative.of is not None
    assert derivative.wrt is not None
    yield Variable(derivative.of)
    yield Variable(derivative.wrt)
    yield Derivative(None, None, derivative.partial)


def _in_a_row(label: Label) -> Iterator[Settable]:
    """What a label is made of: its sides, with signs between them."""
    first, *others = label.sides
    yield first
    for side in others:
        yield Sign(sign_before(side))
        yield side


def _moved(made: Set, x: float, y: float) -> tuple[Glyph, ...]:
    return tuple(Glyph(glyph.outline, round(x + glyph.x, 3), round(y + glyph.y, 3)) for glyph in made.glyphs)
