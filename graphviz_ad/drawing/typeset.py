"""Formulas to outlines and exact boxes, by Typst with its embedded New Computer Modern Math.

One compilation sets all formulas of a figure, a page each. A full stop in a colour of its own ends each: where it
stands is the width and the baseline. What Typst sees is made from our own trees only, its root is an empty folder, and
no font of the machine takes part.
"""

import re
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.scene import Frame, Glyph, Rule, Set
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.typst import FRAME, Typst, quote
from graphviz_ad.notation.write import write

TYPST = Typst()
_MARK = "#010204"

_VIEW = re.compile(r'viewBox="0 0 [\d.]+ ([\d.]+)"')
_SHAPE = re.compile(
    r'<g transform="matrix\(1 0 0 -1 (?P<gx>[-\d.]+) (?P<gy>[-\d.]+)\)">(?P<uses>.*?)</g>'
    r'|<path fill="none" stroke="[^"]*" stroke-width="(?P<thick>[\d.]+)"[^>]*?transform="translate\((?P<rx>[-\d.]+) '
    r'(?P<ry>[-\d.]+)\)" d="M 0 0h (?P<rule>[\d.]+)"/>'
    r'|(?P<nothing><g transform="[^"]*"/>)'
    r'|(?P<start><g(?: transform="translate\((?P<dx>[-\d.]+) ?(?P<dy>[-\d.]*)\)")?>)|(?P<end></g>)'
    rf'|<path fill="none" stroke="{FRAME}"[^>]*? d="M 0 0v (?P<frame_height>[\d.]+)h (?P<frame_width>[\d.]+)v [^>]*/>'
    r"|(?P<other><(?!/svg)[^>]*>)",
    re.DOTALL,
)
_USE = re.compile(r'<use xlink:href="#(\w+)" x="([-\d.]+)" y="([-\d.]+)" fill="([^"]*)"[^>]*/>')


class Job(Record):
    """What is to be set, and at which size: a formula, or words in the text font."""

    content: Settable | str
    size: float


class Page(Record):
    """What Typst sets on a page of its own: its source, and the size."""

    source: str
    size: float


class Typesetter:
    """Sets formulas and words; what was set before is remembered, also where it stands in another formula. `outlines`
    are the glyphs that they use."""

    def __init__(self) -> None:
        self.outlines: dict[str, str] = {}
        self._done: dict[tuple[type, Job], Set] = {}
        self._pages: dict[Page, Set] = {}

    def prepare(self, jobs: Iterable[Job]) -> None:
        """Set several at once, in one compilation."""
        keys = dict.fromkeys((type(job.content), job) for job in jobs)
        missing = {key: Page(_source(key[1].content), key[1].size) for key in keys if key not in self._done}
        self._set(missing.values())
        for key, page in missing.items():
            self._done[key] = self._pages[page].replace(content=key[1].content)

    def __call__(self, content: Settable | str, size: float) -> Set:
        job = Job(content, size)
        self.prepare([job])
        return self._done[type(content), job]

    def widths(self, formulas: Iterable[str], size: float) -> list[float]:
        """How wide formulas in Typst's notation are."""
        pages = [Page(_formula(source), size) for source in formulas]
        self._set(pages)
        return [self._pages[page].width for page in pages]

    def _set(self, pages: Iterable[Page]) -> None:
        missing = [page for page in dict.fromkeys(pages) if page not in self._pages]
        if missing:
            self._pages |= zip(missing, _compile(missing, self.outlines), strict=True)


def _source(content: Settable | str) -> str:
    if isinstance(content, str):
        return f'#text(font: "New Computer Modern", {quote(content)})#text(fill: rgb("{_MARK}"))[.]'
    return _formula(write(content, TYPST))


def _formula(source: str) -> str:
    return f'$ {source}#text(fill: rgb("{_MARK}"))[.] $'


@lru_cache(maxsize=1)
def _compiler() -> tuple[object, tempfile.TemporaryDirectory[str]]:
    import typst

    folder = tempfile.TemporaryDirectory(prefix="adgraph-")
    return typst.Compiler(ignore_system_fonts=True, root=folder.name), folder


def _compile(pages: Sequence[Page], outlines: dict[str, str]) -> list[Set]:
    """Set each page; the outlines of their glyphs are added to `outlines`."""
    head = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        '#set text(top-edge: "bounds", bottom-edge: "bounds")\n'
    )
    body = "\n#pagebreak()\n".join(f"#[#set text(size: {page.size}pt)\n{page.source}]" for page in pages)
    compiler, _ = _compiler()
    made: bytes | list[bytes] = compiler.compile((head + body).encode(), format="svg")  # type: ignore[attr-defined]
    pages_made = [made] if isinstance(made, bytes) else made
    return [_read(svg.decode(), page.size, outlines) for svg, page in zip(pages_made, pages, strict=True)]


def _read(page: str, size: float, outlines: dict[str, str]) -> Set:
    """The glyphs, rules and frames of one page of Typst's SVG. An element of a kind not met before is a bug of ours."""
    view = _VIEW.search(page)
    assert view is not None, "Typst's SVG has no viewBox"
    body, _, symbols = page[page.index(">") + 1 :].partition("<defs>")
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    frames: list[Frame] = []
    width = baseline = 0.0
    shifts = [(0.0, 0.0)]
    for match in _SHAPE.finditer(body):
        left, top = shifts[-1]
        if match["uses"] is not None:
            x, y = left + float(match["gx"]), top + float(match["gy"])
            for outline, dx, dy, fill in _USE.findall(match["uses"]):
                if fill == _MARK:
                    width, baseline = x, y
                    continue
                glyphs.append(Glyph(outline, round(x + float(dx), 3), y - float(dy)))
                if outline not in outlines:
                    outlines[outline] = _outline(symbols, outline)
        elif match["rule"] is not None:
            x, y = left + float(match["rx"]), top + float(match["ry"])
            rules.append(Rule(x, y, float(match["rule"]), float(match["thick"])))
        elif match["frame_width"] is not None:
            frames.append(Frame(left, top, float(match["frame_width"]), float(match["frame_height"])))
        elif match["start"] is not None:
            shifts.append((left + float(match["dx"] or 0), top + float(match["dy"] or 0)))
        elif match["end"] is not None:
            shifts.pop()
        elif match["nothing"] is not None:  # what only keeps a place
            continue
        else:
            raise AssertionError(f"an unknown element in Typst's SVG: {match[0][:80]}")
    placed = tuple(Glyph(glyph.outline, glyph.x, round(glyph.y - baseline, 3)) for glyph in glyphs)
    lines = tuple(rule.replace(x=round(rule.x, 3), y=round(rule.y - baseline, 3)) for rule in rules)
    boxes = tuple(frame.replace(x=round(frame.x, 3), y=round(frame.y - baseline, 3)) for frame in frames)
    return Set(width, baseline, float(view[1]) - baseline, placed, lines, boxes, "", size)


def _outline(symbols: str, name: str) -> str:
    """The path of a symbol."""
    start = symbols.index(' d="', symbols.index(f'<symbol id="{name}"')) + 4
    return symbols[start : symbols.index('"', start)]
