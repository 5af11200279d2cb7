"""A panel of a picture as lines of TikZ: a scope with its nodes, its arrows, which name them, and its texts."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby, pairwise

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.placement import Point
from graphviz_ad.drawing.scene import Curve, Group, Text, Tip, extent
from graphviz_ad.drawing.vertices import AXIS
from graphviz_ad.formats.tikz.arrows import MIDWAY, ArrowPath, LabelPlace, label_place, ways_of
from graphviz_ad.formats.tikz.boxes import StretchedBox, members_of
from graphviz_ad.formats.tikz.formulas import Formulas
from graphviz_ad.formats.tikz.nodes import BARE, NamedShape, arrows_of, nodes_of
from graphviz_ad.formats.tikz.paths import NEAR, at, path, whole
from graphviz_ad.formats.tikz.styles import RINGS, Styles, diameter, em, is_sign, number
from graphviz_ad.notation.setting import Sign

COLUMNS = 118  # of a line of the source
CAPTIONS, BOXES = "adgraph captions", "adgraph groups"  # the layers that they are on


class PanelGroups(Record):
    """The groups of a panel with its caption, and the name that goes before those of its nodes."""

    caption: str
    groups: tuple[Group, ...]
    name: str = ""


def panels_of(groups: Sequence[Group]) -> list[PanelGroups]:
    """The panels of a scene: the groups up to each caption. Where there are several, they have names."""
    found: list[tuple[str, str, list[Group]]] = []
    run: list[Group] = []
    for group in groups:
        run.append(group)
        if group.ends:
            words = next((shape.set.content for shape in group.shapes if isinstance(shape, Text)), "")
            found.append((str(words), group.ends, run))
            run = []
    if run:
        found.append(("", "", run))
    views = Counter(view for _, view, _ in found)
    return [
        PanelGroups(words, tuple(run), "" if len(found) == 1 else f"{view}-" if views[view] == 1 else f"{view}{place}-")
        for place, (words, view, run) in enumerate(found)
    ]


class PanelLines:
    """Makes the lines of one panel, which is to become a `whole` one, in a picture with styles and formulas. Where the
    picture is growing, labels are held by their left ends, and are not on the lines of their arrows, so that neither
    moves."""

    def __init__(
        self, panel: PanelGroups, whole: PanelGroups, styles: Styles, formulas: Formulas, is_growing: bool
    ) -> None:
        self.panel, self.whole, self.styles, self.formulas = panel, whole, styles, formulas
        self.is_growing = is_growing
        self.origin = _origin(whole)
        self.nodes = nodes_of(panel.groups)
        self.usual = self._usual()
        self.boxes = count(1)
        shapes = [shape for group in panel.groups for shape in group.shapes]
        column = [] if self.nodes else [shape for shape in shapes if isinstance(shape, Text)]
        self.lefts = Counter(round(text.x, 2) for text in column)
        self.rights = Counter(round(text.x + text.set.width, 2) for text in column)

    def lines(self) -> Iterator[str]:
        """The scope of the panel; what is in it moves with its shift."""
        yield f"\\begin{{scope}}[{', '.join(self._options())}]"
        for group in self.panel.groups:
            yield from (_indented(self._node(node)) for node in self.nodes.get(group.key, ()))
        for way in self._ways(self.panel):
            yield from map(_indented, self._arrow(way))
        for group in self.panel.groups:
            yield from map(_indented, self._others(group))
        yield "\\end{scope}"

    def _options(self) -> Iterator[str]:
        yield f"shift={{{at(self.origin)}}}"
        if self.whole.name and self.nodes:
            yield f"name prefix={self.whole.name}"
        for style, place in self.usual.items():
            if shift := _shift(place):
                yield f"{style}/.append style={{{', '.join(shift)}}}"

    def _ways(self, panel: PanelGroups) -> list[ArrowPath]:
        nodes = {node.name: node.pill for nodes in nodes_of(panel.groups).values() for node in nodes}
        return ways_of([arrow for group in panel.groups for arrow in arrows_of(group)], nodes, self.origin)

    # ---- nodes and texts

    def _node(self, node: NamedShape) -> str:
        """A shape with its label."""
        pill, label = node.pill, node.label
        size = label.set.size
        if pill.style == "constant":
            style = self.styles.name(label.style, size)
            padding = em(BARE / 2, size)
            return self._drawn_node(f"{style}, anchor=center, inner sep={padding}", node)
        style = self.styles.name(pill.style, size)
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
        return self._drawn_node(", ".join(options), node)

    def _drawn_node(self, options: str, node: NamedShape) -> str:
        place = at(whole((node.pill.x, node.pill.y), self.origin))
        return f"\\node[{options}] ({node.name}) at {place} {{{self.formulas.content([node.label.set])}}};"

    def _others(self, group: Group) -> Iterator[str]:
        """What is neither a node nor an arrow: numbers at nodes, words, equations, the lines of plots."""
        if is_box(group):
            yield from _on_layer(BOXES, self._box(group))
            return
        yield from self._lines_of(group)
        nodes = self.nodes.get(group.key, [])
        labels = {id(node.label) for node in nodes}
        on_arrows = {id(text) for arrow in arrows_of(group) for text in arrow.labels}
        texts = [s for s in group.shapes if isinstance(s, Text) and id(s) not in labels | on_arrows]
        if nodes:
            yield from (self._mark(text, nodes[-1]) for text in texts)
        elif group.ends:
            yield from _on_layer(CAPTIONS, self._texts(texts))
        else:
            yield from self._texts(texts)

    def _box(self, group: Group) -> Iterator[str]:
        """A box, or its parts in several rows, each with its name."""
        texts = [shape for shape in group.shapes if isinstance(shape, Text)]
        outlines = [shape for shape in group.shapes if isinstance(shape, Curve)]
        nodes = [node for named in self.nodes.values() for node in named]
        for number_, outline in enumerate(outlines):
            here, name = members_of(outline, nodes), texts[number_ : number_ + 1]
            if not here:
                yield from self._lines_of(group.replace(shapes=(outline,)))
                yield from self._texts(name)
                continue
            frame = StretchedBox(f"box {next(self.boxes)}", outline, here)
            first, *others = frame.middles()
            options = f"overlay=false, local bounding box={frame.name}"  # the picture's own is fixed
            yield _folded([f"\\path[{options}]", first, *(f"-- {place}" for place in others)])
            yield f"\\draw[{self.styles.name(outline.style)}] {' rectangle '.join(frame.corners())};"
            for text in name:
                style, middle = self.styles.name(text.style, text.set.size), text.x + text.set.width / 2
                content = self.formulas.content([text.set])
                yield f"\\node[{style}] at {frame.near((middle, text.y))} {{{content}}};"

    def _lines_of(self, group: Group) -> Iterator[str]:
        """The lines of a group that are no arrows."""
        for shape, following in pairwise((*group.shapes, None)):
            if isinstance(shape, Curve) and shape.style not in ("arrow", "strong") and not isinstance(following, Tip):
                moved = [(x - self.origin[0], y - self.origin[1]) for x, y in shape.points]
                yield _folded([f"\\draw[{self.styles.name(shape.style)}]", *path(moved)])

    def _mark(self, text: Text, node: NamedShape) -> str:
        """A number above or below a node, or beside it: it moves with it."""
        pill, size = node.pill, text.set.size
        left, top, right, bottom = extent(text)
        sides = {
            ("above", "north"): pill.y - pill.height / 2 - bottom, ("below", "south"): top - pill.y - pill.height / 2,
            ("left", "west"): pill.x - pill.width / 2 - right, ("right", "east"): left - pill.x - pill.width / 2,
        }  # fmt: skip
        (side, anchor), away = max(sides.items(), key=lambda item: item[1])
        options = f"{self.styles.name(text.style, size)}, {side}={em(away, size)}"
        return f"\\node[{options}] at ({node.name}.{anchor}) {{{self.formulas.content([text.set])}}};"

    def _texts(self, texts: Sequence[Text]) -> Iterator[str]:
        """Texts; the parts of an equation on one line are one formula, held by its equals sign, beside its number."""
        if not any(isinstance(text.set.content, Sign) for text in texts):
            yield from (self._text([text], self._side(text)) for text in texts)
            return
        for _, run in groupby(texts, key=lambda text: (text.y, text.style)):
            first, *rest = run
            if rest and isinstance(first.set.content, str):
                yield self._text([first], "east")
                first, *rest = rest
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
        options = [self.styles.name(first.style, first.set.size), *([f"anchor=base {side}"] if side else [])]
        content = self.formulas.content([text.set for text in texts])
        return f"\\node[{', '.join(options)}] at {at(whole((x, first.y), self.origin))} {{{content}}};"

    def _side(self, text: Text) -> str:
        """The side by which a text is held: that which it shares with others, as in a column of a table."""
        if self.lefts[round(text.x, 2)] > 1:
            return "west"
        return "east" if self.rights[round(text.x + text.set.width, 2)] > 1 else ""

    # ---- arrows

    def _usual(self) -> dict[str, LabelPlace]:
        """For each style of labels where most of them are, beside their arrows."""
        found: dict[str, list[LabelPlace]] = {}
        for way in self._ways(self.whole):
            for text in way.arrow.labels:
                style = self.styles.name(text.style, text.set.size)
                found.setdefault(style, []).append(label_place(text, way, self.is_growing))
        return {
            style: max(places, key=lambda place: Counter(map(_shift, places))[_shift(place)])
            for style, places in found.items()
        }

    def _arrow(self, way: ArrowPath) -> Iterator[str]:
        """The bends of an arrow, and the arrow with its labels on it."""
        for name, place in way.coordinates:
            yield f"\\coordinate ({name}) at {place};"
        on: list[list[str]] = [[] for _ in way.stops[1:]]
        for text in way.arrow.labels:
            here = label_place(text, way, self.is_growing)
            on[here.stretch].append(self._label(text, here))
        steps = [f"({stop.written})" for stop in way.stops]
        options = self.styles.name(way.arrow.curve.style) + ("" if way.arrow.tip else ", -, shorten >=0pt")
        shown = [[] for _ in on] if self.is_growing else on
        yield _folded([f"\\draw[{options}]", steps[0], *(" ".join(["--", *labels, step])
                      for labels, step in zip(shown, steps[1:], strict=True))])  # fmt: skip
        for number_, labels in enumerate(on) if self.is_growing else ():
            yield from (f"\\path {steps[number_]} -- {label} {steps[number_ + 1]};" for label in labels)

    def _label(self, text: Text, place: LabelPlace) -> str:
        style = self.styles.name(text.style, text.set.size)
        common = self.usual[style]
        options = [style]
        if abs(place.pos - 0.5) > MIDWAY:
            options.append(f"pos={number(place.pos, 2)}")
        if _shift(place) != _shift(common):
            if place.side != common.side:
                options.append(f"anchor=base{' ' * bool(place.side)}{place.side}")
            options += _shift(place.replace(side="", right=place.right - common.right, up=place.up - common.up))
        return f"node[{', '.join(options)}] {{{self.formulas.content([text.set])}}}"


def _shift(place: LabelPlace) -> tuple[str, ...]:
    """How a label is held and moved from its place on an arrow."""
    moved = (("xshift", place.right), ("yshift", place.up))
    held = (f"anchor=base {place.side}",) if place.side else ()
    return (*held, *(f"{name}={number(value, 2)}em" for name, value in moved if abs(value) >= 0.02))


def _origin(panel: PanelGroups) -> Point:
    """The left top corner of a panel, in whole pixels."""
    corners = [extent(shape) for group in panel.groups for shape in group.shapes]
    return round(min(corner[0] for corner in corners)), round(min(corner[1] for corner in corners))


def _indented(text: str) -> str:
    return textwrap.indent(text, "  ")


def is_box(group: Group) -> bool:
    """Whether a group is the box around others."""
    return any(isinstance(shape, Curve) and shape.style == "region" for shape in group.shapes)


def _on_layer(layer: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines on a layer of their own, which a reader may leave out; nothing of nothing."""
    inside = "".join(f"  {line}\n" for text in lines for line in text.splitlines())
    if inside:
        yield f"\\begin{{pgfonlayer}}{{{layer}}}\n{inside}\\end{{pgfonlayer}}"


def _folded(steps: Sequence[str]) -> str:
    """The steps of a path, as many in a line as it has room for."""
    lines = [steps[0]]
    for step in steps[1:]:
        if len(lines[-1]) + len(step) < COLUMNS:
            lines[-1] += f" {step}"
        else:
            lines.append(f"  {step}")
    return "\n".join(lines) + ";"
