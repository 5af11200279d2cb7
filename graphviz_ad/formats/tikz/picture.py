"""TikZ: a picture for the reader's own document, whose LaTeX sets the formulas.

It is made to be edited: arrows and labels hang on nodes that have names, each panel is a scope that can be moved, and
styles, colours, the letters of derivatives and the layer of captions are at the top. Coordinates are whole pixels of
the SVG; the unit is a part of an em, so that a picture is as large as the text around it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.inert import one_line
from graphviz_ad.core.request import Request
from graphviz_ad.core.version import VERSION
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.theme import theme
from graphviz_ad.formats import Format, Maker
from graphviz_ad.formats.tikz.documents import from_template
from graphviz_ad.formats.tikz.formulas import Formulas
from graphviz_ad.formats.tikz.overlays import overlaid
from graphviz_ad.formats.tikz.panel import BOXES, CAPTIONS, COLUMNS, PanelLines, is_box, panels_of
from graphviz_ad.formats.tikz.paths import at
from graphviz_ad.formats.tikz.styles import Styles, number

LARGEST = 16_000  # pixels; TeX knows no length above 16384pt
SLIDE = 610, 300  # pixels that a slide of beamer has room for, in its own size of text

_USE = """\
% Needs \\usepackage{tikz,amsmath}. As large as the text around it: {\\small\\input{…}} makes it smaller, and
% \\resizebox{\\linewidth}{!}{\\input{…}} as wide as a line."""


def tikz(scene: Scene, request: Request) -> str:
    """The scene as a tikzpicture; as a document of its own, if that is asked for."""
    picture = Picture(request)
    made = picture.around(scene, picture.lines(scene, scene))
    return from_template("standalone.tex", picture=made.rstrip()) if request.standalone else made


def beamer(frames: Sequence[tuple[str, Scene]], request: Request) -> str:
    """The making of a figure as overlays of one picture, which does not move; as slides, if that is asked for."""
    picture = Picture(request, is_growing=True)
    last = frames[-1][1]
    body = overlaid([picture.lines(scene, last) for _, scene in frames])
    steps = [line for place, (words, _) in enumerate(frames, 1) for line in comment(f"{place}: {words}")]
    made = picture.around(last, body, [*steps, "% For a frame of beamer. " + _USE[2:]])
    if not request.standalone:
        return made
    room = min(1.0, SLIDE[0] / last.width, SLIDE[1] / last.height)
    titles = [picture.formulas.tex.words(words) for words, _ in frames]
    return from_template("beamer.tex", picture=made.rstrip(), titles=titles, scale=number(int(room * 100) / 100, 2))


def comment(words: str) -> list[str]:
    """Words as comments, whatever they are."""
    return [f"% {line}" for line in textwrap.wrap(one_line(words), COLUMNS - 2, break_on_hyphens=False)]


class Picture:
    """Turns scenes into lines of TikZ, and remembers what these need at the top."""

    def __init__(self, request: Request, is_growing: bool = False) -> None:
        self.request = request
        self.styles = Styles(theme(request.theme))
        self.formulas = Formulas()
        self.is_growing = is_growing
        self._layers: dict[str, None] = {}

    def lines(self, scene: Scene, whole: Scene) -> list[str]:
        """A line for each node, arrow and text, panel by panel. `whole` is what the scene is to become."""
        whole_panels = {panel.groups[-1].key: panel for panel in panels_of(whole.groups)}
        made: list[str] = []
        for shown in panels_of(scene.groups):
            becomes = whole_panels[shown.groups[-1].key]
            self._layers |= {BOXES: None} if any(map(is_box, shown.groups)) else {}
            self._layers |= {CAPTIONS: None} if shown.caption else {}
            made += ["", *comment(shown.caption)]
            made += PanelLines(shown, becomes, self.styles, self.formulas, self.is_growing).lines()
        return made

    def around(self, scene: Scene, body: Iterable[str], notes: Sequence[str] = (_USE,)) -> str:
        """The whole picture. Raises AdgraphError where TeX has no number for its size."""
        if max(scene.width, scene.height) > LARGEST:
            raise AdgraphError("the figure is too large for TeX", hint="draw fewer panels (--view), or an .svg")
        by = f"adgraph {VERSION}{': ' * bool(self.request.command)}{self.request.command}"
        top = [*comment(scene.title), *comment(f"Made by {by}"), *notes]
        return "\n".join([*top, *self._head(scene), *body, "\\end{tikzpicture}"]) + "\n"

    def _head(self, scene: Scene) -> list[str]:
        """The beginning of the picture, with all that the lines made so far use."""
        canvas = f"use as bounding box{'' if self.styles.white else ', fill=adBackground'}"
        layers = sorted(self._layers, reverse=True)
        declared = "".join(f"\\pgfdeclarelayer{{{layer}}}" for layer in layers)
        without = " or ".join(layer.removeprefix("adgraph ") for layer in layers)
        return [
            "\\begin{tikzpicture}[",
            *(["  /utils/exec=\\small, % to stand on its page"] if scene.smaller > 1 else []),
            f"  x=1em/{MATHS:g}, y=-1em/{MATHS:g}, % the pixels of the SVG; y points downwards",
            "  every node/.style={inner sep=0pt, outer sep=0pt},",
            *(f"  {style}" for style in self.styles.definitions()),
            "]",
            *self.styles.colours(),
            *self.formulas.definitions(),
            *(
                [f"{declared}\\pgfsetlayers{{{','.join(['main', *layers])}}} % main alone: without {without}"]
                if layers
                else []
            ),
            f"\\path[{canvas}] (0,0) rectangle {at((scene.width, scene.height), 1)};",
        ]


FORMAT = Format(
    "tikz",
    (".tex",),
    "TikZ for a LaTeX document, which sets the formulas",
    f"{__name__}:MAKER",
    "beamer direction groups highlight max_width pins stacked standalone theme title",
)
MAKER = Maker(from_scene=tikz, overlays=beamer)
