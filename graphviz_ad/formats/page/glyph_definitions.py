"""Typeset formulas for a page: each glyph and each formula once, to be used by its number wherever it stands.

Formulas that the markup uses are drawn in its definitions; those that only the script uses are data, a fifth as long.
Names of several glyphs, and long runs that formulas share, are pieces of their own, which the formulas use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphviz_ad.core.formula import Derivative, Variable
from graphviz_ad.drawing.scene import Glyph, Set, Shape, Text, extent
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.svg_paths import n, place
from graphviz_ad.drawing.typeset import Job
from graphviz_ad.formats.images.shared_runs import has, repeated
from graphviz_ad.formats.images.svg import rules
from graphviz_ad.formats.page.fractions import ROWS, FractionSetter
from graphviz_ad.notation.setting import Settable

AXIS = 0.25  # height of the maths axis above the baseline, of the size


class GlyphDefinitions:
    """Typesets formulas, and numbers those that a page uses."""

    def __init__(self) -> None:
        self.setter = FractionSetter()
        self._glyphs: dict[str, int] = {}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._sets: list[Set] = []
        self._drawn: dict[int, str] = {}
        self._lead: dict[str, float] = {}  # of the symbols in fractions
        self._rows: set[int] = set()  # the names in them
        self._runs: dict[tuple[str, ...], list[Set]] = {}  # by their outlines
        self._lengths: dict[tuple[str, ...], list[int]] = {}  # of them, by the first two outlines, the longest first
        self._prepared: dict[tuple[Glyph, ...], Set] = {}

    def prepare(self, jobs: Iterable[tuple[Settable | str, float]]) -> None:
        """Set several at once."""
        asked = dict.fromkeys(jobs)
        self.setter.prepare(Job(content, size) for content, own in asked for size in {own, MATHS})
        contents = (self.setter(content, MATHS) for content, _ in asked if not isinstance(content, str))
        self._prepared |= {content.glyphs: content for content in contents}

    def share(self, names: Iterable[Set]) -> None:
        """Let formulas use names, and runs that they have in common, where they have them."""
        own = sorted(names, key=lambda content: -len(content.glyphs))
        for name in own:
            self._draw(name)
        found = {run.glyphs: run for run in (*own, *repeated(self._prepared.values())) if not run.rules}
        for run in found.values():
            if len(run.glyphs) > 1:
                outlines = _outlines(run)
                self._runs.setdefault(outlines, []).append(run)
                lengths = self._lengths.setdefault(outlines[:2], [])
                if len(outlines) not in lengths:
                    lengths.append(len(outlines))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def number(self, content: Set) -> int:
        """The number of a typeset formula; what looks the same has the same."""
        key = content.glyphs, content.rules, content.width
        if key not in self._numbers:
            self._numbers[key] = len(self._sets)
            self._sets.append(content)
        return self._numbers[key]

    def _draw(self, content: Set) -> int:
        """The number of a formula that is drawn in the definitions."""
        number = self.number(content)
        if number not in self._drawn:
            glyphs = [f'<use href="#{name}"{place(x, y)}/>' for name, x, y in self._parts(content)]
            self._drawn[number] = "".join([*glyphs, rules(content)])
        return number

    def use(self, content: Set, x: float = 0, y: float = 0, style: str = "") -> str:
        """A typeset formula with the left end of its baseline at (x, y)."""
        styled = f' class="{style}"' if style else ""
        if content.size == MATHS:
            return f'<use{styled} href="#s{self._draw(content)}"{place(x, y)}/>'
        number = self._draw(self.setter(content.content, MATHS))  # one size of each glyph is enough
        return (
            f'<use{styled} href="#s{number}" transform="translate({n(x)} {n(y)}) scale({n(content.size / MATHS, 4)})"/>'
        )

    def inline(self, formula: Settable, size: float = MATHS) -> str:
        """A formula for a line of text: a picture whose middle is the maths axis."""
        content, scale = self.setter(formula, MATHS), size / MATHS
        number, axis = self._draw(content), content.size * AXIS
        width, half = content.width, max(content.ascent - axis, content.descent + axis) + 0.5
        top = half + axis
        return (
            f'<svg class="formula" width="{n(scale * width)}" height="{n(scale * 2 * half)}" '
            f'viewBox="0 {n(-top)} {n(width)} {n(2 * half)}" aria-hidden="true"><use href="#s{number}"/></svg>'
        )

    def data(self, numbers: Iterable[int]) -> dict[str, Any]:
        """Formulas as text, in hundredths of a pixel: the number of their box, the id and place of each glyph, place
        and size of each rule; what is drawn already has the first alone, a derivative its symbol and its names. And the
        boxes: width, ascent and descent."""
        boxes: dict[str, int] = {}
        made = {number: self._encoded(number, boxes) for number in sorted(set(numbers))}
        made |= {number: self._encoded(number, boxes) for number in sorted(self._rows - made.keys())}
        return {"pieces": made, "boxes": list(boxes)}

    def _encoded(self, number: int, boxes: dict[str, int]) -> str | int:
        content = self._sets[number]
        size = boxes.setdefault(_hundredths(content.width, content.ascent, content.descent), len(boxes))
        if number in self._drawn:
            return size
        if (fraction := self._fraction(content)) is not None:
            return f"{size};{fraction}"
        glyphs = (f"{name} {_hundredths(x, y)}" for name, x, y in self._parts(content))
        bars = (_hundredths(r.x, r.y - r.thickness / 2, r.width, r.thickness) for r in content.rules)
        return ";".join((str(size), ",".join(glyphs), ",".join(bars)))

    def _fraction(self, content: Set) -> str | None:
        """A derivative whose names are pieces as its symbol and its names, if it is set as most are: the script then
        puts it together by itself."""
        derivative = content.content
        if not isinstance(derivative, Derivative) or derivative.of is None or derivative.wrt is None:
            return None
        symbol = self.setter(Derivative(None, None, derivative.partial), content.size).glyphs[0].outline
        rows = [self.setter(Variable(name), content.size) for name in (derivative.of, derivative.wrt)]
        lead = self._lead.setdefault(symbol, content.glyphs[1].x - content.glyphs[0].x - rows[0].glyphs[0].x)
        made: list[Glyph] = []
        for row, baseline in zip(rows, ROWS, strict=True):
            left = (content.width - lead - row.width) / 2
            made.append(Glyph(symbol, left, baseline))
            made += [Glyph(glyph.outline, left + lead + glyph.x, baseline + glyph.y) for glyph in row.glyphs]
        if len(made) != len(content.glyphs) or any(row.rules for row in rows):
            return None
        if any(a.outline != b.outline or abs(a.x - b.x) > 0.02 or abs(a.y - b.y) > 0.02
               for a, b in zip(made, content.glyphs, strict=True)):  # fmt: skip
            return None
        names = [self._draw(row) for row in rows]
        self._rows |= set(names)
        return f"{self._glyph(symbol)} {round(100 * lead)} {names[0]} {names[1]}"

    def _parts(self, content: Set) -> Iterator[tuple[str, float, float]]:
        """The glyphs and names of a formula, by their ids, with their places. Names that are used are drawn."""
        start, outlines = 0, _outlines(content)
        while start < len(outlines):
            first = content.glyphs[start]
            name = self._run(content, outlines, start)
            if name is None:
                yield f"g{self._glyph(first.outline)}", first.x, first.y
                start += 1
            else:
                origin = name.glyphs[0]
                yield f"s{self._draw(name)}", first.x - origin.x, first.y - origin.y
                start += len(name.glyphs)

    def _run(self, content: Set, outlines: tuple[str, ...], start: int) -> Set | None:
        """The longest run that stands in a formula from a place on; a shorter one than that, so that no two use each
        other."""
        for length in self._lengths.get(outlines[start : start + 2], ()):
            if length < len(outlines):
                for run in self._runs.get(outlines[start : start + length], ()):
                    if has(content, start, run):
                        return run
        return None

    def definitions(self) -> str:
        """Every glyph, and every formula that the markup uses, for the page's definitions."""
        paths = self.setter.outlines
        glyphs = (f'<path id="g{number}" d="{paths[name]}"/>' for name, number in self._glyphs.items())
        return "".join([*glyphs, *(f'<g id="s{number}">{drawn}</g>' for number, drawn in self._drawn.items())])

    def _glyph(self, outline: str) -> int:
        return self._glyphs.setdefault(outline, len(self._glyphs))


def _outlines(content: Set) -> tuple[str, ...]:
    return tuple([glyph.outline for glyph in content.glyphs])


def tenth(value: float) -> str:
    """A length, to a tenth: near enough for shapes."""
    return n(value, 1)


def _hundredths(*lengths: float) -> str:
    return " ".join(str(round(100 * length)) for length in lengths)


def middle(shape: Shape) -> tuple[float, float]:
    """The middle of what is seen of a shape."""
    left, top, right, bottom = extent(shape)
    return (left + right) / 2, (top + bottom) / 2


def is_text(shape: Shape, style: str) -> bool:
    """Whether a shape is a text of a style."""
    return isinstance(shape, Text) and shape.style == style
