"""Runs of glyphs that formulas share, such as one function of one argument in many derivatives: each is drawn once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graphviz_ad.drawing.scene import Glyph, Set
from graphviz_ad.drawing.size import MATHS

SHORTEST = 12  # glyphs: many short runs weigh more than they save
_WINDOW = 3  # glyphs by which runs are found
_TRIED = 6  # earlier places of a window that are compared
_FINE = 50  # places are alike to a fiftieth of a pixel

GlyphMark = tuple[str, int, int]  # an outline and the step to it from the glyph before


def repeated(formulas: Iterable[Set]) -> list[Set]:
    """The longest runs that a formula has in common with one before it, each as a formula of its own."""
    seen: defaultdict[tuple[GlyphMark, ...], list[tuple[list[GlyphMark], int]]] = defaultdict(list)
    runs: dict[tuple[GlyphMark, ...], Set] = {}
    for formula in formulas:
        marks = list(_marks(formula.glyphs))
        place = 0
        while place <= len(marks) - SHORTEST:
            earlier = seen[_window(marks, place)]
            length = max((_common(marks, place, *other) for other in earlier), default=0)
            if length >= SHORTEST:
                runs.setdefault(_run(marks, place, length), _cut(formula.glyphs[place : place + length]))
            place += length if length >= SHORTEST else 1
        for place in range(len(marks) - _WINDOW + 1):
            places = seen[_window(marks, place)]
            if len(places) < _TRIED:
                places.append((marks, place))
    return list(runs.values())


def has(formula: Set, start: int, run: Set) -> bool:
    """Whether the glyphs of a run stand in a formula from a place on."""
    part = formula.glyphs[start : start + len(run.glyphs)]
    if len(part) < len(run.glyphs):
        return False
    dx, dy = part[0].x - run.glyphs[0].x, part[0].y - run.glyphs[0].y
    return all(
        a.outline == b.outline and abs(a.x - b.x - dx) < 1 / _FINE and abs(a.y - b.y - dy) < 1 / _FINE
        for a, b in zip(part, run.glyphs, strict=True)
    )


def _marks(glyphs: Sequence[Glyph]) -> Iterator[GlyphMark]:
    x = y = 0.0
    for glyph in glyphs:
        yield glyph.outline, round(_FINE * (glyph.x - x)), round(_FINE * (glyph.y - y))
        x, y = glyph.x, glyph.y


def _window(marks: Sequence[GlyphMark], place: int) -> tuple[GlyphMark, ...]:
    return _run(marks, place, _WINDOW)


def _run(marks: Sequence[GlyphMark], place: int, length: int) -> tuple[GlyphMark, ...]:
    """The marks of a run, wherever it stands."""
    return ((marks[place][0], 0, 0), *marks[place + 1 : place + length])


def _common(marks: Sequence[GlyphMark], place: int, others: Sequence[GlyphMark], start: int) -> int:
    """How many glyphs are the same from two places on, in one formula or in two."""
    length = 1
    most = min(len(marks) - place, len(others) - start)
    while length < most and marks[place + length] == others[start + length]:
        length += 1
    return length


def _cut(glyphs: Sequence[Glyph]) -> Set:
    """Glyphs as a formula that begins with the first."""
    x, y = glyphs[0].x, glyphs[0].y
    return Set(0, 0, 0, tuple(Glyph(g.outline, g.x - x, g.y - y) for g in glyphs), (), (), "", MATHS)
