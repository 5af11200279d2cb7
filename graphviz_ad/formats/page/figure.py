"""The figures of a page: every step of a backward graph in one picture, its labels as groups that the page shows and
hides, in several layouts: that of every other format, one with room for the numbers that the page computes, and for a
narrow screen one without those on arrows, which runs downwards where that is larger there. Of a large graph there is
the second alone.

The markup shows one of them; the page's data say where everything is in the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graphviz_ad.core.diagram import Arrow, Diagram, Direction, Vertex
from graphviz_ad.core.formula import Derivative, Label, Pullback, Rounded, RoundedArray, is_number, sign_before
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.panel import Drawing, arrow_title, draw, formulas
from graphviz_ad.drawing.placement import Point, is_upright
from graphviz_ad.drawing.scene import (
    Curve,
    Group,
    Pill,
    Shape,
    Text,
    Tip,
    extent,
)
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.svg_paths import curve, n, polygon
from graphviz_ad.drawing.vertices import MARK, vertex_title
from graphviz_ad.formats.images.svg import escape
from graphviz_ad.formats.page.arrays import Widest
from graphviz_ad.formats.page.fractions import SPACE
from graphviz_ad.formats.page.glyph_definitions import GlyphDefinitions, is_text, middle, tenth
from graphviz_ad.formats.page.narrow import NarrowDrawing, narrow
from graphviz_ad.notation.setting import Settable, Sign

MARGIN = 10.0
MANY = 50  # vertices, from which on a figure has one layout: with room for numbers; of it a phone shows a part anyway


class PageFigure(Record):
    """A picture: its size, the inside of its <svg>, and its layouts for the page's data."""

    width: float
    height: float
    body: str
    layouts: dict[str, Any]


def label(arrow: Arrow) -> Label:
    """The label of an arrow of a backward graph."""
    assert isinstance(arrow.label, Label)
    return arrow.label


def symbols(said: Label) -> tuple[Derivative, Derivative]:
    """The derivative with d and with ∂."""
    return said.derivative.replace(partial=False), said.derivative.replace(partial=True)


def varies(said: Label) -> bool:
    """Whether the derivative depends on the inputs, so that a number is written behind it."""
    return said.value is None or not (is_number(said.value) or isinstance(said.value, Pullback))


def jobs(diagram: Diagram, widest: Widest, fixed: bool = False) -> Iterator[tuple[Settable | str, float]]:
    """All that is typeset in a figure of the diagram."""
    yield from formulas(_plain(diagram))
    yield from formulas(_roomy(diagram, widest, fixed))
    yield from formulas(_brief(diagram, widest, fixed))
    yield from ((Sign(sign), MATHS) for sign in "=≈:")
    for vertex in diagram.vertices:
        yield from ((number, MARK) for number in (vertex.value, vertex.adjoint) if number is not None)
    for arrow in diagram.arrows if diagram.kind == "backward" else ():
        said = label(arrow)
        for derivative in symbols(said):
            yield Derivative(None, None, derivative.partial), MATHS
            yield derivative, MATHS
        yield from ((part, MATHS) for part in (said.value, said.number) if part is not None)


def _plain(diagram: Diagram) -> Diagram:
    """The diagram without numbers."""
    vertices = (vertex.replace(value=None, adjoint=None) for vertex in diagram.vertices)
    arrows = (
        arrow if arrow.label is None else arrow.replace(label=label(arrow).replace(number=None), room=None)
        for arrow in diagram.arrows
    )
    return diagram.replace(vertices=tuple(vertices), arrows=tuple(arrows))


def _roomy(diagram: Diagram, widest: Widest, fixed: bool) -> Diagram:
    """The diagram with the widest number at each place of one; with those that it has, if these are `fixed`."""
    if fixed:
        return diagram.replace(arrows=tuple(arrow.replace(room=None) for arrow in diagram.arrows))
    backward = diagram.kind == "backward"
    vertices = (
        vertex
        if vertex.role == "constant"
        else vertex.replace(value=(number := widest(vertex.node)), adjoint=number if backward else None)
        for vertex in diagram.vertices
    )
    arrows = (
        arrow if arrow.label is None else arrow.replace(label=_with_number(label(arrow), arrow, widest), room=None)
        for arrow in diagram.arrows
    )
    return diagram.replace(vertices=tuple(vertices), arrows=tuple(arrows))


def _brief(diagram: Diagram, widest: Widest, fixed: bool) -> Diagram:
    """The diagram with room for the numbers of its nodes alone, as a narrow screen has it."""
    return _plain(diagram).replace(vertices=_roomy(diagram, widest, fixed).vertices)


def _with_number(said: Label, arrow: Arrow, widest: Widest) -> Label:
    return said.replace(number=widest(arrow.tail, arrow.head) if varies(said) else None)


def figure(
    diagram: Diagram,
    pieces: GlyphDefinitions,
    direction: Direction,
    widest: Widest,
    arrangement: Arrangement,
    fixed: bool = False,
) -> PageFigure:
    """The picture of a diagram, with its arrows in order; with room for numbers if it has some, or `fixed` ones."""
    plain, roomy = _plain(diagram), _roomy(diagram, widest, fixed)
    few = len(diagram.vertices) <= MANY
    wanted = {"plain": plain, "roomy": roomy} if few else {"roomy": roomy}
    drawings = {name: _drawn(each, pieces, direction, arrangement) for name, each in wanted.items()}
    made = drawings["roomy"]
    small = NarrowDrawing(made, direction, False)
    if few:
        brief = _brief(diagram, widest, fixed)
        small = narrow(made, direction, roomy, brief, lambda one, way: _drawn(one, pieces, way, arrangement))
    if small.drawing is not made:
        drawings["narrow"] = small.drawing
    is_known = fixed or any(vertex.value is not None for vertex in diagram.vertices)
    known = "roomy" if is_known or "plain" not in drawings else "plain"
    shown = drawings[known]
    markup = _Markup(diagram, pieces, is_upright(direction))
    titles = _titles(plain)
    parts = (markup.group(group, titles[group.key]) for group in shown.groups)
    layouts = {name: _layout(drawing, is_upright(small.direction if name == "narrow" else direction), name != known)
               for name, drawing in drawings.items()}  # fmt: skip
    if small.brief:
        layouts["narrow"]["brief"] = True
    body = f'<g transform="translate({n(MARGIN)} {n(MARGIN)})">{"".join(parts)}</g>'
    return PageFigure(shown.width + 2 * MARGIN, shown.height + 2 * MARGIN, body, layouts | {"shown": known})


def _titles(plain: Diagram) -> dict[str, str]:
    """What is said of each group of a diagram."""
    arrows = {f"a{number}": arrow_title(arrow) for number, arrow in enumerate(plain.arrows)}
    return arrows | {f"n{vertex.node}": vertex_title(vertex) for vertex in plain.vertices}


def _drawn(diagram: Diagram, pieces: GlyphDefinitions, direction: Direction, arrangement: Arrangement) -> Drawing:
    return draw(diagram, pieces.setter, direction, "", diagram, arrangement)


def _layout(drawing: Drawing, upright: bool, moves: bool) -> dict[str, Any]:
    """A layout for the page's data: its size, where numbers are and, where the markup has another one, all parts."""
    size = [round(length + 2 * MARGIN, 2) for length in (drawing.width, drawing.height)]
    places = ";".join(place for group in drawing.groups for place in _places(group.shapes))
    numbers = ";".join(_numbers(drawing, upright))
    made = {"size": size} | ({"places": places} if moves else {}) | ({"numbers": numbers} if numbers else {})
    return made | ({"upright": True} if upright else {})


def label_width(said: Label, pieces: GlyphDefinitions) -> float:
    """How wide a label is without its number."""
    parts = (
        ()
        if said.value is None
        else (pieces.setter(part, MATHS).width for part in (Sign(sign_before(said.value)), said.value))
    )
    return pieces.setter(said.derivative, MATHS).width + sum(SPACE + part for part in parts)


def _places(shapes: Iterable[Shape]) -> Iterator[str]:
    """Where each part of a group is that has a place of its own: paths, and the origins of what is moved as a whole."""
    for kind, shape, _ in _parted(shapes):
        yield _path(shape) if kind == "path" else _origin(shape)


def _parted(shapes: Iterable[Shape]) -> Iterator[tuple[str, Shape, list[Shape]]]:
    """The parts of a group: paths; shapes with what stands inside them; formulas that stand alone. Numbers are none."""
    parts: list[tuple[str, Shape, list[Shape]]] = []
    for shape in shapes:
        if isinstance(shape, (Curve, Tip)):
            parts.append(("path", shape, []))
        elif is_text(shape, "value-text") or is_text(shape, "adjoint-text"):
            continue
        elif parts and parts[-1][0] == "shape" and (isinstance(shape, Text) or shape.style == "output-ring"):
            parts[-1][2].append(shape)
        else:
            parts.append(("text" if isinstance(shape, Text) else "shape", shape, []))
    return iter(parts)


def _origin(shape: Shape) -> str:
    assert isinstance(shape, (Pill, Text))
    return f"{tenth(shape.x)} {tenth(shape.y)}"


def _path(shape: Shape) -> str:
    assert isinstance(shape, (Curve, Tip))
    return curve(shape.points) if isinstance(shape, Curve) else polygon(shape.points)


def _numbers(drawing: Drawing, upright: bool) -> Iterator[str]:
    """How far from the middle of each node its numbers are, across the direction of the figure, the value on one side,
    the adjoint on the other: in rows the middle of a number, beside an upright arrow its nearer end."""
    for group in drawing.groups:
        for shape in group.shapes:
            if is_text(shape, "value-text"):
                (x, y), (x0, y0) = middle(shape), _middle_of(group)
                left, _, right, _ = extent(shape)
                yield tenth(abs(x0 - x) - (right - left) / 2 if upright else abs(y0 - y))


def _middle_of(group: Group) -> Point:
    """The middle of a node, whose operation may stand before it."""
    *_, last = (shape for shape in group.shapes if isinstance(shape, Pill))
    return last.x, last.y


class _Markup:
    """The groups of a drawing as SVG."""

    def __init__(self, diagram: Diagram, pieces: GlyphDefinitions, upright: bool) -> None:
        self.pieces = pieces
        self.upright = upright
        self.arrows = diagram.arrows
        self.vertices = {vertex.node: vertex for vertex in diagram.vertices}

    def group(self, group: Group, title: str) -> str:
        if group.arrow is not None:
            return self.arrow(group, self.arrows[group.arrow], title)
        assert group.node is not None
        return self.vertex(group, self.vertices[group.node], title)

    # ---- vertices

    def vertex(self, group: Group, vertex: Vertex, title: str) -> str:
        role = "" if vertex.role == "constant" else f' data-node="{vertex.node}"'
        said = f"<title>{escape(title)}</title>"
        numbers = self.numbers(group, vertex)
        *before, (kind, shape, inside) = _parted(group.shapes)
        own = self.part(kind, shape, inside) + numbers
        if not before:
            return f'<g class="node"{role} transform="translate({_origin(shape)})">{said}{own}</g>'
        line = "".join(self.placed(*part) for part in before)
        return f'<g class="node"{role}>{said}{line}<g transform="translate({_origin(shape)})">{own}</g></g>'

    def numbers(self, group: Group, vertex: Vertex) -> str:
        """The numbers that are known already, about the middle of their node."""
        made = ""
        for word, known in (("value", vertex.value), ("adjoint", vertex.adjoint)):
            for shape in group.shapes:
                if known is not None and is_text(shape, f"{word}-text"):
                    (x, y), (x0, y0), (left, _, right, _) = middle(shape), _middle_of(group), extent(shape)
                    content = self.pieces.setter(known, MARK)
                    start = -content.width / 2
                    if self.upright:  # its nearer end is always at the same place
                        x, start = (right, -content.width) if x < x0 else (left, 0.0)
                    inside = self.pieces.use(content, start, (content.ascent - content.descent) / 2)
                    made += f'<g class="{word}" transform="translate({tenth(x - x0)} {tenth(y - y0)})">{inside}</g>'
        return made

    def placed(self, kind: str, shape: Shape, inside: Sequence[Shape]) -> str:
        made = self.part(kind, shape, inside)
        return made if kind == "path" else f'<g transform="translate({_origin(shape)})">{made}</g>'

    def part(self, kind: str, shape: Shape, inside: Sequence[Shape]) -> str:
        """A part of a group about its own origin."""
        if isinstance(shape, (Curve, Tip)):
            style = f' class="{shape.style}"' if isinstance(shape, Curve) else ""
            return f'<path{style} d="{_path(shape)}"/>'
        return "".join(self.shape(one, shape.x, shape.y) for one in (shape, *inside))

    def shape(self, shape: Shape, x: float, y: float) -> str:
        if isinstance(shape, Text):
            style = "" if shape.style == "ink-text" else shape.style  # which nodes have anyway
            return self.pieces.use(shape.set, round(shape.x - x, 1), round(shape.y - y, 1), style)
        assert isinstance(shape, Pill)
        half_width, half_height = shape.width / 2, shape.height / 2
        if half_width == half_height:
            return f'<circle class="{shape.style}" r="{tenth(half_width)}"/>'
        return (
            f'<rect class="{shape.style}" x="{tenth(-half_width)}" y="{tenth(-half_height)}" '
            f'width="{tenth(shape.width)}" height="{tenth(shape.height)}" rx="{tenth(min(half_width, half_height))}"/>'
        )

    # ---- arrows

    def arrow(self, group: Group, arrow: Arrow, title: str) -> str:
        line = "".join(self.part(*part) for part in _parted(group.shapes) if part[0] == "path")
        ends = f'data-ends="{arrow.tail} {arrow.head}"'
        texts = [shape for shape in group.shapes if isinstance(shape, Text)]
        if arrow.label is None:  # perhaps with a sign at its tip
            return f'<g class="edge" {ends}>{line}{"".join(self.shape(text, 0, 0) for text in texts)}</g>'
        said = f"<title>{escape(title)}</title>"
        return f'<g class="edge" {ends}>{said}{line}{self.label(arrow, texts[0])}</g>'

    def label(self, arrow: Arrow, text: Text) -> str:
        """The label's parts: the fraction, the sign and what the derivative is; its number, if it is known. The script
        adds the other symbols."""
        setter, said = self.pieces.setter, label(arrow)
        fraction = setter(said.derivative, MATHS)
        parts, x = [self.pieces.use(fraction)], fraction.width + SPACE
        for part in () if said.value is None else (Sign(sign_before(said.value)), said.value):
            content = setter(part, MATHS)
            parts.append(self.pieces.use(content, x))
            x += content.width + SPACE
        known = said.number
        if isinstance(known, Rounded | RoundedArray):
            sign = setter(Sign(sign_before(known)), MATHS)
            inside = self.pieces.use(sign, x) + self.pieces.use(setter(known, MATHS), x + sign.width + SPACE)
            parts.append(f'<g class="slope">{inside}</g>')
        return f'<g class="label-text" transform="translate({_origin(text)})">{"".join(parts)}</g>'
