"""Which operand is which, where an arrangement cannot have them in order: small signs at the tips of their arrows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot

from graphviz_ad.core.diagram import Arrow, Diagram, Vertex
from graphviz_ad.core.formula import Gate
from graphviz_ad.core.functions import operation
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.curves import sample
from graphviz_ad.drawing.layered.routes import meets
from graphviz_ad.drawing.placement import Area, Point
from graphviz_ad.drawing.scene import Pill, Set, Setter, Text
from graphviz_ad.notation.setting import Sign
from graphviz_ad.notation.spoken import spoken

SIZE = 11.0
STYLE = "legend-text"
ASIDE = 7.5, 12.0, 17.0  # a sign's middle from its arrow,
BACK = 15.0, 18.0, 21.0, 28.0, 36.0, 8.0  # and along it from its point: the first of these that is free
ROOM = 1.0  # an arrow keeps so far from a sign
SAME = 0.3  # tips so near to each other across are level

SIGNS = {"difference": ("+", "−")}  # of a form, as at the summing junctions of block diagrams; else they are numbered


class Operands(Record):
    """An operation whose operands have an order: its vertex, its gate, and the numbers of the arrows from these, which
    are in this order."""

    vertex: Vertex
    gate: Gate
    arrows: tuple[int, ...]

    @property
    def signs(self) -> tuple[str, ...]:
        """One for each operand."""
        return SIGNS.get(operation(self.gate.op).form) or tuple(map(str, range(1, len(self.arrows) + 1)))


class Drawn(Record):
    """A line by points of it, and the area around it."""

    points: list[Point]
    around: Area


def signs_of(diagram: Diagram) -> Iterator[tuple[Sign, float]]:
    """All that may be set at tips, with its size."""
    yield from ((Sign(sign), SIZE) for found in _operands(diagram, diagram.arrows) for sign in found.signs)


def out_of_order(diagram: Diagram, arrows: Sequence[Arrow], tips: Sequence[float]) -> list[Operands]:
    """The operations whose operands' arrows end in another order than they are read in; by the places of the tips
    across the direction of reading."""
    return [
        found
        for found in _operands(diagram, arrows)
        if any(tips[one] > tips[other] + SAME for one, other in pairwise(found.arrows))
    ]


def signs_at(
    unclear: Sequence[Operands],
    lines: Sequence[tuple[Point, ...]],
    areas: Iterable[Area],
    nodes: Sequence[Pill],
    setter: Setter,
) -> dict[int, Text]:
    """The sign of each of their arrows, beside its tip: on the side away from the others', or where neither an arrow
    nor the border of an area runs through it, nor a node or another sign stands."""
    if not unclear:
        return {}
    drawn = [Drawn(points, _around(points)) for points in (*map(sample, lines), *map(_border, areas))]
    made: dict[int, Text] = {}
    for found in unclear:
        for number, sign in zip(found.arrows, found.signs, strict=True):
            others = [lines[other][-1] for other in found.arrows if other != number]
            content = setter(Sign(sign), SIZE)
            tried = [
                _beside(lines[number], others, content, back, side)
                for aside in ASIDE
                for back in BACK
                for side in (aside, -aside)
            ]
            made[number] = min(tried, key=lambda text: _in_the_way(text, drawn, nodes, made.values()))
    return made


def _border(area: Area) -> list[Point]:
    corners = (area.left, area.top), (area.right, area.top), (area.right, area.bottom), (area.left, area.bottom)
    return [*corners, corners[0]]


def _around(points: Sequence[Point]) -> Area:
    across, down = zip(*points, strict=True)
    return Area(min(across), min(down), max(across), max(down))


def _in_the_way(text: Text, lines: Sequence[Drawn], nodes: Sequence[Pill], signs: Iterable[Text]) -> int:
    """How many lines run through a sign, and nodes and other signs stand there."""
    left, top, right, bottom = room = _room(text)
    (u, v), (width, height) = ((left + right) / 2, (top + bottom) / 2), (right - left, bottom - top)
    covered = sum(abs(n.x - u) < (n.width + width) / 2 and abs(n.y - v) < (n.height + height) / 2 for n in nodes)
    covered += sum(_meet(Area(*room), Area(*_room(other))) for other in signs)
    near = [line.points for line in lines if _meet(Area(*room), line.around)]
    return covered + sum(any(meets(*step, [room]) for step in pairwise(points)) for points in near)


def _room(text: Text) -> tuple[float, float, float, float]:
    """What a sign takes by its sides, with some air."""
    top, bottom = text.y - text.set.ascent, text.y + text.set.descent
    return text.x - ROOM, top - ROOM, text.x + text.set.width + ROOM, bottom + ROOM


def _meet(one: Area, other: Area) -> bool:
    """Whether two areas have a point in common."""
    return one.left <= other.right and other.left <= one.right and one.top <= other.bottom and other.top <= one.bottom


def in_words(unclear: Sequence[Operands], arrows: Sequence[Arrow], vertices: Sequence[Vertex]) -> str:
    """What the signs say."""
    names = {vertex.node: _name(vertex) for vertex in vertices}
    said = []
    for found in unclear:
        made = f", which makes {names[found.vertex.node]}," if found.vertex.gate is not None else ""
        first, *rest = (names[arrows[number].tail] for number in found.arrows)
        said.append(f"{_said(found.gate)}{made} takes {first} first, then {', then '.join(rest)}")
    return f"Signs at tips: {'; '.join(said)}." if said else ""


def _operands(diagram: Diagram, arrows: Sequence[Arrow]) -> Iterator[Operands]:
    """The operations of a full forward graph whose operands have an order."""
    if not diagram.full or diagram.kind != "forward":
        return
    reads: dict[int, list[int]] = {}
    for number, arrow in enumerate(arrows):
        reads.setdefault(arrow.head, []).append(number)
    for vertex in diagram.vertices:
        gate = vertex.gate if vertex.gate is not None else vertex.label
        numbers = reads.get(vertex.node, ())
        if not isinstance(gate, Gate) or len({arrows[number].tail for number in numbers}) < 2:
            continue
        if not operation(gate.op).symmetric:
            yield Operands(vertex, gate, tuple(numbers))


def _name(vertex: Vertex) -> str:
    return _said(vertex.label) if isinstance(vertex.label, Gate) else spoken(vertex.called)


def _said(gate: Gate) -> str:
    return f"the operation {spoken(gate)}"


def _beside(line: Sequence[Point], others: Sequence[Point], content: Set, back: float, side: float) -> Text:
    """A sign beside the end of an arrow, so far back, on the side away from the others or the other one."""
    end = line[-1]
    start = next((point for point in reversed(line) if hypot(point[0] - end[0], point[1] - end[1]) > 1), line[0])
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    along = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    across = -along[1], along[0]
    away = sum((end[0] - x) * across[0] + (end[1] - y) * across[1] for x, y in others)
    aside = side if away >= 0 else -side
    x, y = (end[k] - back * along[k] + aside * across[k] for k in (0, 1))
    return Text(x - content.width / 2, y + (content.ascent - content.descent) / 2, content, STYLE)
