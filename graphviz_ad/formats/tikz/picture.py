"""TikZ: a picture for the reader's own document, whose LaTeX sets the formulas.

Coordinates are those of the SVG, a pixel a unit; the unit is a part of an em, so that a picture is as large as the text
around it. Texts are centred where the SVG has them, whatever their font.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import hypot

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Variable
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.layered.routes import CLEAR
from graphviz_ad.drawing.scene import Curve, Group, Pill, Point, Scene, Set, Shape, Text, Tip
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.theme import theme
from graphviz_ad.drawing.vertices import AXIS
from graphviz_ad.formats import Maker
from graphviz_ad.formats.tikz.overlays import overlaid
from graphviz_ad.formats.tikz.styles import RINGS, Styles, diameter, em, is_sign, number
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.setting import Sign
from graphviz_ad.notation.tex import Tex
from graphviz_ad.notation.write import write

LARGEST = 16_000  # pixels; TeX knows no length above 16384pt
COLUMNS = 118  # of a line of the source
NEAR = 0.1  # pixels that nobody sees
_FUNCTION = re.compile(r"\\(a?r?c?(sin|cos|tan)h?|cot|exp|log|max|min|operatorname)(?![a-zA-Z])")

SLIDE = 610, 300  # pixels that a slide of beamer has room for, in its own size of text

_USE = """\
% Needs \\usepackage{tikz,amsmath}. As large as the text around it: {\\small\\input{…}} makes it smaller, and
% \\resizebox{\\linewidth}{!}{\\input{…}} as wide as a line."""


def tikz(scene: Scene, request: Request) -> str:
    """The scene as a tikzpicture; as a document of its own, if that is asked for."""
    picture = Picture(request.theme)
    made = picture.around(scene, picture.lines(scene))
    return _document("standalone.tex", picture=made) if request.standalone else made


def beamer(frames: Sequence[tuple[str, Scene]], request: Request) -> str:
    """The making of a figure as overlays of one picture, which does not move; as slides, if that is asked for."""
    picture = Picture(request.theme, growing=True)
    last = frames[-1][1]
    body = overlaid([picture.lines(scene, last) for _, scene in frames])
    steps = [line for number, (words, _) in enumerate(frames, 1) for line in comment(f"{number}: {words}")]
    made = picture.around(last, body, [*steps, "% For a frame of beamer. " + _USE[2:]])
    if not request.standalone:
        return made
    room = min(1.0, SLIDE[0] / last.width, SLIDE[1] / last.height)
    titles = [picture.tex.words(words) for words, _ in frames]
    return _document("beamer.tex", picture=made, titles=titles, scale=number(int(room * 100) / 100, 2))


def _document(template: str, picture: str, **parts: object) -> str:
    from graphviz_ad.formats.tikz.documents import document

    return document(template, picture=picture.rstrip(), **parts)


def comment(words: str) -> list[str]:
    """Words as comments, whatever they are."""
    shown = "".join(c if c.isprintable() else " " for c in words)
    return [f"% {line}" for line in textwrap.wrap(shown, COLUMNS - 2)]


class Picture:
    """Turns scenes into lines of TikZ, and remembers which styles and letters they use."""

    def __init__(self, theme_name: str, growing: bool = False) -> None:
        self.styles = Styles(theme(theme_name))
        self.growing = growing  # labels are held by their left ends, so that they do not move when they grow
        self.tex = Tex()
        self._boxes = False

    def around(self, scene: Scene, body: Iterable[str], notes: Sequence[str] = (_USE,)) -> str:
        """The whole picture. Raises AdgraphError where TeX has no number for its size."""
        if max(scene.width, scene.height) > LARGEST:
            raise AdgraphError("the figure is too large for TeX", hint="draw fewer panels (--view), or an .svg")
        return "\n".join([*comment(scene.title), *notes, *self._head(scene), *body, "\\end{tikzpicture}"]) + "\n"

    def _head(self, scene: Scene) -> list[str]:
        """The beginning of the picture, with all that the lines made so far use."""
        canvas = f"use as bounding box{'' if self.styles.white else ', fill=adBackground'}"
        return [
            "\\begin{tikzpicture}[",
            f"  x=1em/{MATHS:g}, y=-1em/{MATHS:g},  % the pixels of the SVG; y points downwards",
            "  every node/.style={inner sep=0pt, outer sep=0pt},",
            *(f"  {style}" for style in self.styles.definitions()),
            "]",
            *self.styles.colours(),
            *(["\\fboxsep=0pt"] if self._boxes else []),
            *self.tex.definitions(),
            f"\\path[{canvas}] (0,0) rectangle {_at((scene.width, scene.height))};",
        ]

    def lines(self, scene: Scene, whole: Scene | None = None) -> list[str]:
        """A line for each node, arrow and text, panel by panel. `whole` is what the scene is to become."""
        several = len(list(_panels((whole or scene).groups))) > 1
        made: list[str] = []
        for caption, groups in _panels(scene.groups):
            made += ["", *comment(caption), *_Panel(self, groups, several).lines()]
        return made

    def content(self, sets: Sequence[Set]) -> str:
        """Words, or formulas that stand side by side as one."""
        first = sets[0].content
        if isinstance(first, str):
            return self.tex.words(first)
        self._boxes = self._boxes or any(one.frames for one in sets)
        parts = [write(one.content, _Latex(one)) for one in sets if not isinstance(one.content, str)]
        formula = self.tex.maths(" ".join(parts)).strip()
        return f"$\\displaystyle {formula}$" if "\\frac" in formula else f"${formula}$"


class _Latex(Latex):
    """LaTeX with the spaces and the boxes that the scene has: no space before a function, where TeX sets one itself,
    one between a d and a word, and boxes to be filled in of their sizes."""

    def __init__(self, formula: Set) -> None:
        self._frames = iter(formula.frames)
        self._size = formula.size

    def derivative(self, symbol: str, of: str | None, wrt: Sequence[tuple[str, int]]) -> str:
        return super().derivative(symbol, of and _apart(of), [(_apart(name), times) for name, times in wrt])

    def product(self, left: str, joint: str, right: str) -> str:
        return super().product(left, "" if joint == " " and _FUNCTION.match(right) else joint, right)

    def blank(self, body: str, filled: bool) -> str:
        frame = next(self._frames)
        width, height = em(frame.width, self._size), frame.height / self._size
        strut = f"\\rule[{number(AXIS - height / 2)}em]{{0pt}}{{{number(height)}em}}"
        answer = f"$\\displaystyle {body}$" if filled else ""  # no source shows the answer
        return f"\\boxed{{\\makebox[{width}]{{{strut}{answer}}}}}"


def _apart(name: str) -> str:
    """A name behind a d: a word with a space before it."""
    return f"\\,{name}" if name.startswith(("\\mathrm{", "\\phantom{\\mathrm{")) else name


# ---- panels


def _panels(groups: Iterable[Group]) -> Iterator[tuple[str, list[Group]]]:
    """The groups of each panel, which end with its caption, and the caption's words."""
    panel: list[Group] = []
    for group in groups:
        panel.append(group)
        if group.key.startswith("caption-"):
            yield next((str(shape.set.content) for shape in group.shapes if isinstance(shape, Text)), ""), panel
            panel = []
    if panel:
        yield "", panel


def _key(group: Group) -> tuple[str, str]:
    """The number of a group's panel, and its own place in it: p0 and n3."""
    number = re.match(r"(p\d+)?", group.key)
    prefix = number[0] if number else ""
    return prefix, group.key.removeprefix(prefix)


class _Panel:
    """The shapes of one panel as lines: first its nodes, then its arrows, which may name them."""

    def __init__(self, picture: Picture, groups: Sequence[Group], several: bool) -> None:
        self.picture = picture
        self.groups = groups
        self.prefix = f"{_key(groups[0])[0]}-" if several else ""
        self.names: dict[str, Pill] = {}
        shapes = [shape for group in groups for shape in group.shapes]
        column = [] if any(isinstance(shape, Pill) for shape in shapes) else [s for s in shapes if isinstance(s, Text)]
        self.lefts = Counter(round(text.x, 2) for text in column)
        self.rights = Counter(round(text.x + text.set.width, 2) for text in column)

    def lines(self) -> Iterator[str]:
        nodes_first = sorted(self.groups, key=lambda group: not any(isinstance(s, Pill) for s in group.shapes))
        for group in nodes_first:
            yield from self._group(group)

    def _group(self, group: Group) -> Iterator[str]:
        shapes = [shape for shape in group.shapes if not (isinstance(shape, Pill) and shape.style == "output-ring")]
        labelled = [i for i, shape in enumerate(shapes) if isinstance(shape, Pill)]  # the label is the next shape
        for i in labelled:
            name = self._name(group, shapes[labelled[-1] + 1]) + ("" if i == labelled[-1] else "-op")
            pill, label = shapes[i : i + 2]
            assert isinstance(pill, Pill)
            assert isinstance(label, Text)
            self.names[name] = pill
            yield self._node(name, pill, label)
        for shape, following in pairwise((*shapes, None)):
            if isinstance(shape, Curve):
                path = self._arrow(shape, following) if isinstance(following, Tip) else _path(_pieces(shape.points))
                yield _folded(f"\\draw[{self.picture.styles.name(shape.style)}] {path};")
        inside = {i + 1 for i in labelled}
        yield from self._texts([s for i, s in enumerate(shapes) if isinstance(s, Text) and i not in inside])

    # ---- nodes and texts

    def _name(self, group: Group, label: Shape) -> str:
        """The name of a node: that of its variable, if no other has it, else of its place in the graph."""
        content = label.set.content if isinstance(label, Text) else None
        plain = re.sub(r"[^A-Za-z0-9]", "", write(content, Latex())) if isinstance(content, Variable) else ""
        name = f"{self.prefix}{plain}"
        return name if plain and name not in self.names else f"{self.prefix}{_key(group)[1]}"

    def _node(self, name: str, pill: Pill, label: Text) -> str:
        """A shape with its label."""
        size = label.set.size
        style = self.picture.styles.name(pill.style, size)
        rings = RINGS if pill.style == "output" else 0
        width, height, usual = pill.width - rings, pill.height - rings, diameter(pill.style)
        options = [style]
        if abs(width - height) > NEAR:
            options += ["rectangle", f"rounded corners={em(height / 2)}", f"minimum width={em(width, size)}"]
            options += [f"minimum height={em(height, size)}"] * (abs(height - usual) > NEAR)
        elif abs(width - usual) > NEAR:
            options.append(f"minimum size={em(width, size)}")
        rise = label.y - pill.y
        natural = size * AXIS if is_sign(pill.style, size) else (label.set.ascent - label.set.descent) / 2
        if abs(rise - natural) > NEAR:
            options += [f"text height={em(2 * rise, size)}", "text depth=0pt"]
        return (
            f"\\node[{', '.join(options)}] ({name}) at {_at((pill.x, pill.y))} {{{self.picture.content([label.set])}}};"
        )

    def _texts(self, texts: Sequence[Text]) -> Iterator[str]:
        """Texts; the parts of an equation on one line are one formula, held by its equals sign."""
        if not any(isinstance(text.set.content, Sign) for text in texts):
            yield from (self._text([text], self._side(text)) for text in texts)
            return
        for _, run in groupby(texts, key=lambda text: (text.y, text.style)):
            first, *rest = run
            if rest and isinstance(rest[0].set.content, Sign):
                yield self._text([first], "east")
                yield self._text(rest, "west")
            else:
                yield self._text([first, *rest], "west")

    def _text(self, texts: Sequence[Text], side: str) -> str:
        """Texts on a line as one node; by default the middle of its baseline is where the scene has it."""
        first, last = texts[0], texts[-1]
        left, right = first.x, last.x + last.set.width
        x = {"west": left, "east": right}.get(side, (left + right) / 2)
        options = [self.picture.styles.name(first.style, first.set.size), *([f"anchor=base {side}"] if side else [])]
        content = self.picture.content([text.set for text in texts])
        return f"\\node[{', '.join(options)}] at {_at((x, first.y))} {{{content}}};"

    def _side(self, text: Text) -> str:
        """The side by which a text is held: that which it shares with others, as in a column of a table."""
        if self.picture.growing and text.style == "label-text":
            return "west"
        if self.lefts[round(text.x, 2)] > 1:
            return "west"
        return "east" if self.rights[round(text.x + text.set.width, 2)] > 1 else ""

    # ---- arrows

    def _arrow(self, curve: Curve, tip: Tip) -> str:
        """The way of an arrow to where its tip would touch; TikZ sets the tip a little before it."""
        base, end = curve.points[-1], tip.points[0]
        reach = 1 + CLEAR / hypot(end[0] - base[0], end[1] - base[1])
        touch = base[0] + (end[0] - base[0]) * reach, base[1] + (end[1] - base[1]) * reach
        pieces = _pieces((*curve.points, base, touch, touch))
        if pieces[1:] != [(touch,)]:
            return _path(pieces)
        (start,) = pieces[0]
        return f"{self._at_node(start, touch) or _at(start)} -- {self._at_node(touch, start) or _at(touch)}"

    def _at_node(self, point: Point, other: Point) -> str:
        """The node at whose border a straight line ends that would go through its middle."""
        for name, pill in self.names.items():
            dx, dy = other[0] - pill.x, other[1] - pill.y
            away = abs(dx * (point[1] - pill.y) - dy * (point[0] - pill.x)) / (hypot(dx, dy) or 1)
            flat = min(abs(dx), abs(dy)) < NEAR
            reach = (pill.width if abs(dx) > abs(dy) else pill.height) / 2 if flat else pill.width / 2
            at_border = abs(hypot(point[0] - pill.x, point[1] - pill.y) - reach) < 2 * NEAR
            if away < NEAR and at_border and (flat or pill.width == pill.height):
                return f"({name})"
        return ""


# ---- paths

Piece = tuple[Point, ...]  # a line by its end, a curve by its controls and its end


def _pieces(points: Sequence[Point]) -> list[Piece]:
    """A spline's beginning and its pieces; lines that go on in one direction are one."""
    pieces: list[Piece] = [(points[0],)]
    for k in range(0, len(points) - 1, 3):
        start, *controls, end = points[k : k + 4]
        if hypot(end[0] - start[0], end[1] - start[1]) < NEAR / 2:
            continue
        straight = all(_between(control, start, end) for control in controls)
        if straight and len(pieces) > 1 and len(pieces[-1]) == 1 and _between(start, pieces[-2][-1], end):
            pieces.pop()
        pieces.append((end,) if straight else (*controls, end))
    return pieces


def _between(point: Point, start: Point, end: Point) -> bool:
    """Whether a point lies on the line from start to end."""
    (x, y), (dx, dy) = (point[0] - start[0], point[1] - start[1]), (end[0] - start[0], end[1] - start[1])
    length = hypot(dx, dy) or 1
    return abs(x * dy - y * dx) < NEAR / 2 * length and -NEAR * length <= x * dx + y * dy <= (length + NEAR) * length


def _path(pieces: Sequence[Piece]) -> str:
    if len(pieces) > 6 and all(len(piece) == 1 for piece in pieces):
        return f"plot coordinates {{{' '.join(_at(piece[0]) for piece in pieces)}}}"
    drawn = [f"-- {_at(piece[0])}" if len(piece) == 1 else ".. controls {} and {} .. {}".format(*map(_at, piece))
             for piece in pieces[1:]]  # fmt: skip
    return " ".join([_at(pieces[0][0]), *drawn])


def _at(point: Point) -> str:
    return f"({number(point[0], 1)},{number(point[1], 1)})"


def _folded(line: str) -> str:
    return "\n".join(textwrap.wrap(line, COLUMNS, subsequent_indent="  ", break_long_words=False))


MAKER = Maker(from_scene=tikz, overlays=beamer)
