"""What Typst makes of formulas, with its embedded New Computer Modern Math: a page each, in one compilation.

A full stop in a colour of its own ends each page: where it stands is the width and the baseline. What Typst sees is
made from our own trees only, its root is no folder, so that it finds no file, and no font of the machine takes part.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.patterns import pattern
from graphviz_ad.drawing.scene import Glyph, Outline, Set, Stroke
from graphviz_ad.drawing.svg_paths import outline
from graphviz_ad.notation.typst import FRAME, MARK

if TYPE_CHECKING:
    import typst

ROOT = __file__  # of what Typst may read

_VIEW = pattern(r'viewBox="0 0 [\d.]+ ([\d.]+)"')
_SHAPE = pattern(
    r'<g transform="matrix\(1 0 0 -1 (?P<gx>[-\d.]+) (?P<gy>[-\d.]+)\)">(?P<uses>.*?)</g>'
    r'|<path fill="none" stroke="[^"]*" stroke-width="(?P<thick>[\d.]+)"[^>]*?transform="translate\((?P<rx>[-\d.]+) '
    r'(?P<ry>[-\d.]+)\)" d="M 0 0h (?P<rule>[\d.]+)"/>'
    r'|(?P<nothing><g transform="[^"]*"/>)'
    r'|(?P<start><g(?: transform="translate\((?P<dx>[-\d.]+) ?(?P<dy>[-\d.]*)\)")?>)|(?P<end></g>)'
    rf'|<path fill="none" stroke="{FRAME}"[^>]*? d="M 0 0v (?P<frame_height>[\d.]+)h (?P<frame_width>[\d.]+)v [^>]*/>'
    r"|(?P<other><(?!/svg)[^>]*>)",
    re.DOTALL,
)
_USE = pattern(r'<use xlink:href="#(\w+)" x="([-\d.]+)" y="([-\d.]+)" fill="([^"]*)"[^>]*/>')


def compiled(source: str, sizes: Sequence[float]) -> tuple[list[Set], dict[str, str]]:
    """Pages of those sizes, and the outlines of their glyphs."""
    made = _compiler().compile(source.encode(), format="svg")
    assert made is not None, "Typst made nothing"
    outlines: dict[str, str] = {}
    pages = [made] if isinstance(made, bytes) else made
    return [_read(svg.decode(), size, outlines) for svg, size in zip(pages, sizes, strict=True)], outlines


def widths(formulas: Sequence[str], size: float) -> list[float]:
    """How wide formulas of a size are, up to the full stop at their ends."""
    typst = typst_here()
    measured = ", ".join(f"measure([{formula}]).width - stop" for formula in formulas)
    source = f"""#set text(size: {size}pt)
#context {{
  let stop = measure($ . $).width
  [#metadata(({measured},).map(width => width.pt()))<widths>]
}}"""
    compiler = typst.Compiler(source.encode(), ignore_system_fonts=True, root=ROOT)
    return [float(width) for width in json.loads(compiler.query("<widths>", field="value", one=True))]


def typst_here() -> Any:
    """Typst. Raises AdgraphError on a machine that it has no build for."""
    try:
        import typst
    except ImportError as error:
        hint = "adgraph show, derive, eval, check and -o figure.dot need none, nor does the page in the browser"
        raise AdgraphError(f"pictures need typst, which is not here ({error})", hint=hint) from None
    return typst


@lru_cache(maxsize=1)
def _compiler() -> "typst.Compiler":
    made: typst.Compiler = typst_here().Compiler(ignore_system_fonts=True, root=ROOT)
    return made


def _read(page: str, size: float, outlines: dict[str, str]) -> Set:
    """The glyphs, rules and frames of one page of Typst's SVG. An element of a kind not met before is a bug of ours."""
    view = _VIEW.search(page)
    assert view is not None, "Typst's SVG has no viewBox"
    body, _, symbols = page[page.index(">") + 1 :].partition("<defs>")
    glyphs: list[tuple[str, float, float]] = []
    rules: list[Stroke] = []
    frames: list[Outline] = []
    width = baseline = 0.0
    shifts = [(0.0, 0.0)]
    for match in _SHAPE.finditer(body):
        left, top = shifts[-1]
        if match["uses"] is not None:
            x, y = left + float(match["gx"]), top + float(match["gy"])
            for name, dx, dy, fill in _USE.findall(match["uses"]):
                if fill == MARK:
                    width, baseline = x, y
                    continue
                glyphs.append((name, round(x + float(dx), 3), y - float(dy)))
                if name not in outlines:
                    outlines[name] = outline(_path(symbols, name))
        elif match["rule"] is not None:
            x, y = left + float(match["rx"]), top + float(match["ry"])
            rules.append(Stroke(x, y, float(match["rule"]), float(match["thick"])))
        elif match["frame_width"] is not None:
            frames.append(Outline(left, top, float(match["frame_width"]), float(match["frame_height"])))
        elif match["start"] is not None:
            shifts.append((left + float(match["dx"] or 0), top + float(match["dy"] or 0)))
        elif match["end"] is not None:
            shifts.pop()
        elif match["nothing"] is not None:  # what only keeps a place
            continue
        else:
            raise AssertionError(f"an unknown element in Typst's SVG: {match[0][:80]}")
    placed = tuple([Glyph(name, x, round(y - baseline, 3)) for name, x, y in glyphs])
    lines = tuple(rule.replace(x=round(rule.x, 3), y=round(rule.y - baseline, 3)) for rule in rules)
    boxes = tuple(frame.replace(x=round(frame.x, 3), y=round(frame.y - baseline, 3)) for frame in frames)
    return Set(width, baseline, float(view[1]) - baseline, placed, lines, boxes, "", size)


def _path(symbols: str, name: str) -> str:
    """The path of a symbol."""
    start = symbols.index(' d="', symbols.index(f'<symbol id="{name}"')) + 4
    return symbols[start : symbols.index('"', start)]
