"""Output formats: an explicit table, so that finding one imports no other.

A format is made from the scene (shapes with coordinates), from the sheet (diagrams and chains) or, where the reader can
play with it, from the sheet and the whole system behind it; a renderer decides nothing about the mathematics.
"""

from collections.abc import Callable, Sequence
from functools import cache

from graphviz_ad.core.diagram import PageModel, Sheet
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.host.plugins import found, loaded


class Maker(Record):
    """What makes a format: a scene, a sheet, or a sheet and the model of its whole system, whatever panels the sheet
    has; if it can move, the scenes of the frames of a sheet's making, with words for each if they are slides.
    `check_size` raises AdgraphError for a system of so many nodes that it is too large for the format; it is asked
    before anything is made. A scene is brought onto pages where the format `has_pages`."""

    from_scene: Callable[[Scene, Request], str | bytes] | None = None
    from_sheet: Callable[[Sheet, Request], str | bytes] | None = None
    animated: Callable[[Sequence[Scene], Request], str] | None = None
    overlays: Callable[[Sequence[tuple[str, Scene]], Request], str] | None = None
    from_page_model: Callable[[Sheet, PageModel, Request], str | bytes] | None = None
    check_size: Callable[[int], None] = lambda nodes: None
    has_pages: bool = False


class Format(Record):
    """An output format: its name, the extensions that choose it, what it is, and the place of its maker, which is
    imported when it is needed."""

    name: str
    extensions: tuple[str, ...]
    about: str
    place: str  # module:name

    @property
    def maker(self) -> Maker:
        made = loaded(self.place)
        assert isinstance(made, Maker), f"{self.place} is no Maker"
        return made


def _ours(name: str, extensions: str, place: str, about: str) -> Format:
    return Format(name, tuple(extensions.split()), about, f"{__name__}.{place}")


GROUP = "adgraph.formats"  # entry points of other packages: each the name of a Format

# fmt: off
FORMATS: dict[str, Format] = {row.name: row for row in (
    _ours("dot",     ".dot .gv",       "dot.dot:MAKER",      "Graphviz source, to be edited by hand"),
    _ours("dot2tex", ".dot2tex",       "dot.dot2tex:MAKER",  "Graphviz source for dot2tex, with room for its LaTeX"),
    _ours("html",    ".html .htm",     "page.page:MAKER",    "a page to play with, which needs nothing else"),
    _ours("json",    ".json",          "json_data:MAKER",    "nodes, edges, formulas and chains as data"),
    _ours("mermaid", ".mmd .mermaid",  "mermaid:MAKER",      "a flowchart for Markdown that renders Mermaid"),
    _ours("pdf",     ".pdf",           "images.pdf_png:PDF", "a page of the figure's size, vector outlines"),
    _ours("png",     ".png",           "images.pdf_png:PNG",
          "pixels, at --scale or --dpi; transparent with --background none"),
    _ours("svg",     ".svg",           "images.svg:MAKER",   "a typeset figure, without fonts"),
    _ours("text",    ".txt",           "terminal.text:MAKER", "plain text, with formulas in two dimensions"),
    _ours("tikz",    ".tex",           "tikz.picture:MAKER", "TikZ for a LaTeX document, which sets the formulas"),
)}
# fmt: on


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, ours and those of other packages."""
    others = {name: loaded(place) for name, place in found(GROUP).items() if name not in FORMATS}
    return dict(sorted({**FORMATS, **others}.items()))


def find(name: str) -> Format | None:
    """The format of a name or an extension; those of other packages are looked for where ours have none."""
    name = name.lower()
    return _among(FORMATS, name) or _among(formats(), name)


def _among(known: dict[str, Format], name: str) -> Format | None:
    return next((row for row in known.values() if name == row.name or f".{name}" in row.extensions), None)
