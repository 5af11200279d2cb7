"""Typeset formulas for a page: each glyph and each formula once, to be used by its number wherever it stands.

Formulas that the markup uses are drawn in its definitions; those that only the script uses are data, a fifth as long.
Names of several glyphs are pieces of their own, which the formulas that have them use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graphviz_ad.drawing.scene import Glyph, Set, Shape, Text, extent
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.notation.formula import Derivative, Formula, Variable

AXIS = 0.25  # height of the maths axis above the baseline, of the size
FRACTION = -11.509, 11.662  # the baselines of a derivative's rows, at the size of formulas
_NUMBER = re.compile(r"-?\d*\.\d+")


class Pieces:
    """Typesets formulas, and numbers those that a page uses."""

    def __init__(self) -> None:
        self.setter = Typesetter()
        self._glyphs: dict[str, int] = {}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._sets: list[Set] = []
        self._drawn: dict[int, str] = {}
        self._lead: dict[str, float] = {}  # of the symbols in fractions
        self._runs: dict[str, list[Set]] = {}  # names by their first glyph, the longest first

    def prepare(self, jobs: Iterable[tuple[Formula | str, float]]) -> None:
        """Set several at once."""
        self.setter.prepare(Job(content, size) for content, asked in jobs for size in {asked, MATHS})

    def add_names(self, names: Iterable[Set]) -> None:
        """Let formulas use these where they have them."""
        for name in sorted(names, key=lambda content: -len(content.glyphs)):
            self._draw(name)
            if len(name.glyphs) > 1 and not name.rules:
                self._runs.setdefault(name.glyphs[0].outline, []).append(name)

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
            glyphs = [f'<use href="#{name}"{_at(x, y)}/>' for name, x, y in self._parts(content)]
            rules = (
                f'<rect{_at(r.x, r.y - r.thickness / 2)} width="{n(r.width)}" height="{n(r.thickness)}"/>'
                for r in content.rules
            )
            self._drawn[number] = "".join([*glyphs, *rules])
        return number

    def use(self, content: Set, x: float = 0, y: float = 0, style: str = "") -> str:
        """A typeset formula with the left end of its baseline at (x, y)."""
        styled = f' class="{style}"' if style else ""
        if content.size == MATHS:
            return f'<use{styled} href="#s{self._draw(content)}"{_at(x, y)}/>'
        assert not isinstance(content.content, str)
        number = self._draw(self.setter(content.content, MATHS))  # one size of each glyph is enough
        return (
            f'<use{styled} href="#s{number}" transform="translate({n(x)} {n(y)}) scale({n(content.size / MATHS, 4)})"/>'
        )

    def inline(self, formula: Formula, size: float = MATHS) -> str:
        """A formula for a line of text: a picture whose middle is the maths axis."""
        content, scale = self.setter(formula, MATHS), size / MATHS
        number, axis = self._draw(content), content.size * AXIS
        width, half = content.width, max(content.ascent - axis, content.descent + axis) + 0.5
        top = half + axis
        return (
            f'<svg class="formula" width="{n(scale * width)}" height="{n(scale * 2 * half)}" '
            f'viewBox="0 {n(-top)} {n(width)} {n(2 * half)}" aria-hidden="true"><use href="#s{number}"/></svg>'
        )

    def data(self, numbers: Iterable[int]) -> dict[int, str]:
        """Formulas as text, in hundredths of a pixel: width, ascent and descent; the id and the place of each glyph;
        place and size of each rule. What is drawn already has the first alone, a derivative its symbol and its names.
        """
        made = {number: self._encoded(number) for number in sorted(set(numbers))}
        letters = (number for number, content in enumerate(self._sets) if isinstance(content.content, Variable))
        return made | {number: self._encoded(number) for number in letters}

    def _encoded(self, number: int) -> str:
        content = self._sets[number]
        size = _hundredths(content.width, content.ascent, content.descent)
        if number in self._drawn:
            return size
        if (fraction := self._fraction(content)) is not None:
            return f"{size};{fraction}"
        glyphs = (f"{name} {_hundredths(x, y)}" for name, x, y in self._parts(content))
        rules = (_hundredths(r.x, r.y - r.thickness / 2, r.width, r.thickness) for r in content.rules)
        return ";".join((size, ",".join(glyphs), ",".join(rules)))

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
        for row, baseline in zip(rows, FRACTION, strict=True):
            left = (content.width - lead - row.width) / 2
            made.append(Glyph(symbol, left, baseline))
            made += [Glyph(glyph.outline, left + lead + glyph.x, baseline + glyph.y) for glyph in row.glyphs]
        if len(made) != len(content.glyphs) or any(row.rules for row in rows):
            return None
        if any(a.outline != b.outline or abs(a.x - b.x) > 0.02 or abs(a.y - b.y) > 0.02
               for a, b in zip(made, content.glyphs, strict=True)):  # fmt: skip
            return None
        names = " ".join(f"{self._draw(row)}" for row in rows)
        return f"{self._glyph(symbol)} {round(100 * lead)} {names}"

    def _parts(self, content: Set) -> Iterator[tuple[str, float, float]]:
        """The glyphs and names of a formula, by their ids, with their places. Names that are used are drawn."""
        start = 0
        while start < len(content.glyphs):
            first = content.glyphs[start]
            names = (
                name for name in self._runs.get(first.outline, ()) if name is not content and _has(content, start, name)
            )
            name = next(names, None)
            if name is None:
                yield f"g{self._glyph(first.outline)}", first.x, first.y
                start += 1
            else:
                origin = name.glyphs[0]
                yield f"s{self._draw(name)}", first.x - origin.x, first.y - origin.y
                start += len(name.glyphs)

    def definitions(self) -> str:
        """Every glyph, and every formula that the markup uses, for the page's definitions."""
        paths = self.setter.outlines
        glyphs = (
            f'<path id="g{number}" transform="scale(1 -1)" d="{_short(paths[outline])}"/>'
            for outline, number in self._glyphs.items()
        )
        return "".join([*glyphs, *(f'<g id="s{number}">{drawn}</g>' for number, drawn in self._drawn.items())])

    def _glyph(self, outline: str) -> int:
        return self._glyphs.setdefault(outline, len(self._glyphs))


def _has(content: Set, start: int, name: Set) -> bool:
    """Whether the glyphs of a name stand in a formula from a place on."""
    part = content.glyphs[start : start + len(name.glyphs)]
    if len(part) < len(name.glyphs):
        return False
    dx, dy = part[0].x - name.glyphs[0].x, part[0].y - name.glyphs[0].y
    return all(
        a.outline == b.outline and abs(a.x - b.x - dx) < 0.01 and abs(a.y - b.y - dy) < 0.01
        for a, b in zip(part, name.glyphs, strict=True)
    )


def n(value: float, digits: int = 2) -> str:
    """A length, to a hundredth."""
    return f"{round(value, digits) + 0.0:.8g}"


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


def _at(x: float, y: float) -> str:
    """Attributes of a place; nothing at the origin."""
    return (f' x="{n(x)}"' if n(x) != "0" else "") + (f' y="{n(y)}"' if n(y) != "0" else "")


def _short(path: str) -> str:
    """An outline to a hundredth of a pixel, with no more blanks than it needs."""
    rounded = _NUMBER.sub(lambda match: n(float(match[0])), path.strip())
    tight = re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded).replace(" -", "-")
    return re.sub(r"(?<![\d.])0(?=\.)", "", tight)
