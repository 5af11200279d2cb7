"""Formulas to outlines and exact boxes, all that a figure has not met yet in one compilation, or from memory."""

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from math import isfinite
from typing import Any, TypeVar

from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record
from graphviz_ad.core.version import VERSION
from graphviz_ad.drawing.scene import Glyph, Outline, Set, Stroke
from graphviz_ad.host.memory import remembered
from graphviz_ad.host.modules import build
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.typst import MARK, Typst, quote
from graphviz_ad.notation.write import write

TYPST = Typst()
_HEAD = """\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(top-edge: "bounds", bottom-edge: "bounds")
"""
_MAKERS = ("typst._typst", "graphviz_ad.drawing.typst_pages", "graphviz_ad.drawing.svg_paths")
_PATHS = pattern(r"[A-Za-z\d .-]*")  # of outlines, one after the other
AT_ONCE = 100  # pages of a compilation: each takes 50 KB of memory

Outlined = TypeVar("Outlined")
Compiled = tuple[list[Set], dict[str, str]]  # pages, and the outlines of their glyphs


class Job(Record):
    """What is to be set, and at which size: a formula, or words in the text font."""

    content: Settable | str
    size: float


class Page(Record):
    """What Typst sets on a page of its own: its source, and the size."""

    source: str
    size: float


class Typesetter:
    """Sets formulas and words; what was set before is remembered, also where it stands in another formula, and what was
    drawn with it. `outlines` are the glyphs that they use."""

    def __init__(self) -> None:
        self.outlines: dict[str, str] = {}
        self._done: dict[tuple[type, Job], Set] = {}
        self._pages: dict[Page, Set] = {}
        self._widths: dict[Page, float] = {}
        self._drawn: dict[Hashable, Any] = {}

    def prepare(self, jobs: Iterable[Job]) -> None:
        """Set several at once, in one compilation."""
        keys = dict.fromkeys((type(job.content), job) for job in jobs)
        missing = {key: Page(_source(key[1].content), key[1].size) for key in keys if key not in self._done}
        self._set(missing.values())
        for key, page in missing.items():
            self._done[key] = self._pages[page].replace(content=key[1].content)

    def __call__(self, content: Settable | str, size: float) -> Set:
        key = type(content), Job(content, size)
        if key not in self._done:
            self.prepare([key[1]])
        return self._done[key]

    def widths(self, formulas: Iterable[str], size: float) -> list[float]:
        """How wide formulas in Typst's notation are. Those that are not set are only measured, in a third of the
        time."""
        asked = [Page(_formula(source), size) for source in formulas]
        self._widths |= {page: self._pages[page].width for page in asked if page in self._pages}
        missing = [page for page in dict.fromkeys(asked) if page not in self._widths]
        if missing:
            self._widths |= zip(missing, _measured([page.source for page in missing], size), strict=True)
        return [self._widths[page] for page in asked]

    def once(self, asked: Hashable, draw: Callable[[], Outlined]) -> Outlined:
        """What is drawn of what is `asked`; of several figures that have it, with the first."""
        if asked not in self._drawn:
            self._drawn[asked] = draw()
        found: Outlined = self._drawn[asked]
        return found

    def _set(self, pages: Iterable[Page]) -> None:
        missing = [page for page in dict.fromkeys(pages) if page not in self._pages]
        for first in range(0, len(missing), AT_ONCE):
            asked = missing[first : first + AT_ONCE]
            sets, outlines = _compiled(asked)
            self._pages |= zip(asked, sets, strict=True)
            self.outlines |= outlines


def _source(content: Settable | str) -> str:
    if isinstance(content, str):
        return f'#text(font: "New Computer Modern", {quote(content)})#text(fill: rgb("{MARK}"))[.]'
    return _formula(write(content, TYPST))


def _formula(source: str) -> str:
    return f'$ {source}#text(fill: rgb("{MARK}"))[.] $'


def _compiled(pages: Sequence[Page]) -> Compiled:
    source = _HEAD + "\n#pagebreak()\n".join(f"#[#set text(size: {page.size}pt)\n{page.source}]" for page in pages)

    def compiled() -> Compiled:
        from graphviz_ad.drawing import typst_pages

        return typst_pages.compiled(source, [page.size for page in pages])

    return remembered(_asked("formulas", source), compiled, _said, lambda text: _heard(text, len(pages)))


def _measured(sources: Sequence[str], size: float) -> list[float]:
    """How wide formulas are, all of one size."""

    def measured() -> list[float]:
        from graphviz_ad.drawing import typst_pages

        return typst_pages.widths(sources, size)

    asked = _asked("widths", "\n".join((f"{size}", *sources)))
    return remembered(asked, measured, json.dumps, lambda text: _numbers(text, len(sources)))


def _asked(what: str, source: str) -> str:
    """What is asked, and of whom: another version of them may say something else."""
    return f"{what}, adgraph {VERSION}, {', '.join(map(build, _MAKERS))}\n{source}"


def _numbers(text: str, count: int) -> list[float]:
    """So many numbers. Raises ValueError for anything else."""
    found = json.loads(text)
    numbers = [one for one in found if isinstance(one, float) and isfinite(one)] if isinstance(found, list) else []
    if found != numbers or len(numbers) != count:
        raise ValueError("no numbers")
    return numbers


def _said(made: Compiled) -> str:
    sets, outlines = made
    rows = [
        (
            (page.width, page.ascent, page.descent, page.size),
            [(glyph.outline, glyph.x, glyph.y) for glyph in page.glyphs],
            [(rule.x, rule.y, rule.width, rule.thickness) for rule in page.rules],
            [(frame.x, frame.y, frame.width, frame.height) for frame in page.frames],
        )
        for page in sets
    ]
    return json.dumps((rows, outlines), separators=(",", ":"))


def _heard(text: str, count: int) -> Compiled:
    """What was said of so many pages. Raises ValueError for what is neither outlines nor boxes."""
    try:
        rows, outlines = json.loads(text)
        names = {name for _, glyphs, _, _ in rows for name, _, _ in glyphs}
        if len(rows) != count or not names <= outlines.keys() or not _PATHS.fullmatch("".join(outlines.values())):
            raise ValueError("no outlines")
        return [_page(*row) for row in rows], outlines
    except (TypeError, AttributeError) as error:
        raise ValueError("no boxes") from error


def _page(box: Sequence[float], glyphs: Iterable[tuple[str, float, float]], *others: Iterable[Sequence[float]]) -> Set:
    width, ascent, descent, size = map(float, box)
    rules, frames = others
    return Set(
        width,
        ascent,
        descent,
        tuple(Glyph(name, float(x), float(y)) for name, x, y in glyphs),
        tuple(Stroke(*map(float, rule)) for rule in rules),
        tuple(Outline(*map(float, frame)) for frame in frames),
        "",
        size,
    )
