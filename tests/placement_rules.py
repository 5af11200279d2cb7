"""What a reader would mind in where the parts of a figure stand, rule by rule.

The pictures are read as they are drawn: shapes, curves, tips and texts; nothing of how the layout found them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from math import hypot
from typing import NamedTuple

import numpy as np

from graphviz_ad.core.diagram import Diagram, Direction
from graphviz_ad.core.formula import Definition, Variable
from graphviz_ad.drawing import operands
from graphviz_ad.drawing.curves import sample
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.layered.net import ITSELF
from graphviz_ad.drawing.panel import USUAL, draw
from graphviz_ad.drawing.placement import Spacing
from graphviz_ad.drawing.scene import Curve, Group, Pill, Setter, Text, Tip, extent

Point = tuple[float, float]
Points = np.ndarray
SPACING = 4.0  # of the points that a curve is read as
APART = 6.0  # at least between things that have nothing to do with each other, in pixels
SLACK = 0.3
HOOK = 24.0  # pixels, so short is the level part of one


class Line(NamedTuple):
    """An arrow as it is drawn: from node to node, its curve turned to run from left to right, its tip, its label."""

    tail: int
    head: int
    curve: tuple[Point, ...]
    points: list[Point]
    tip: Point | None
    label: tuple[float, float, float, float] | None


class Picture(NamedTuple):
    """A diagram as it is drawn, turned so that it is read from left to right, its first operands on top."""

    diagram: Diagram
    nodes: dict[int, Pill]
    shapes: list[tuple[int, Pill]]  # all, operations too, each with its node
    lines: list[Line]
    texts: list[tuple[str, tuple[float, float, float, float]]]
    upright: bool


def picture(
    diagram: Diagram, setter: Setter, arrangement: Arrangement, direction: Direction = "lr", spacing: Spacing = USUAL
) -> Picture:
    """The picture of a diagram in a figure with an arrangement."""
    drawn = draw(diagram, setter, direction, "", diagram, arrangement, spacing)
    upright = direction in ("tb", "bt")
    sign = -1 if direction in ("rl", "bt") else 1

    def turned(point: Point) -> Point:
        x, y = point
        return (sign * y, x) if upright else (sign * x, y)

    def pill(shape: Pill) -> Pill:
        x, y = turned((shape.x, shape.y))
        width, height = (shape.height, shape.width) if upright else (shape.width, shape.height)
        return Pill(x, y, width, height, shape.style)

    def box(text: Text) -> tuple[float, float, float, float]:
        left, top, right, bottom = extent(text)
        (x0, y0), (x1, y1) = turned((left, top)), turned((right, bottom))
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    mirrored = diagram.kind == "backward"
    arrows = sorted(diagram.arrows, key=lambda arrow: arrow.tail if mirrored else arrow.head)
    nodes: dict[int, Pill] = {}
    shapes, texts = [], []
    lines: list[Line] = []
    for group in (group for group in drawn.groups if group.key[0] in "na"):  # not the boxes around groups
        number = int(group.key[1:])
        if group.key[0] == "a":
            lines.append(_line(group, arrows[number].tail, arrows[number].head, turned, box))
            texts += [(_text_key(group.key, shape), box(shape)) for shape in group.shapes if isinstance(shape, Text)]
            continue
        pills = [pill(shape) for shape in group.shapes if isinstance(shape, Pill) and shape.style != "output-ring"]
        labels = [shape for shape in group.shapes if isinstance(shape, Text)]
        if not pills:  # a bare number
            left, top, right, bottom = box(labels[-1])
            pills = [Pill((left + right) / 2, (top + bottom) / 2, right - left + 8, bottom - top + 8, "constant")]
        nodes[number] = pills[-1]
        shapes += [(number, one) for one in pills]
        texts += [(group.key, box(one)) for one in labels if one.style in ("value-text", "adjoint-text")]
    return Picture(diagram, nodes, shapes, lines, texts, upright)


def _text_key(key: str, text: Text) -> str:
    """The key of an arrow's label, or of the sign at its tip."""
    return f"s{key[1:]}" if text.style == operands.STYLE else key


def _line(
    group: Group,
    tail: int,
    head: int,
    turned: Callable[[Point], Point],
    box: Callable[[Text], tuple[float, float, float, float]],
) -> Line:
    (curve,) = (shape for shape in group.shapes if isinstance(shape, Curve))
    tips = [turned(shape.points[0]) for shape in group.shapes if isinstance(shape, Tip)]
    labels = [box(shape) for shape in group.shapes if isinstance(shape, Text) and shape.style != operands.STYLE]
    points = tuple(map(turned, curve.points))
    tip = tips[0] if tips else None
    way = [*sample(points, SPACING), *([tip] if tip else [])]
    whole = (min(x[0] for x in labels), min(x[1] for x in labels), max(x[2] for x in labels),
             max(x[3] for x in labels)) if labels else None  # fmt: skip
    return Line(tail, head, points, way, tip, whole)


# ---- one picture


def operands_out_of_order(shown: Picture) -> list[str]:
    """Operands that reach their reader, or are reached from it, below one that is read later."""
    if not can_be_in_order(shown.diagram) or crossings([line.points for line in shown.lines]):
        return []
    mirrored = shown.diagram.kind == "backward"
    by_reader: defaultdict[int, list[Line]] = defaultdict(list)
    for line in shown.lines:
        by_reader[line.tail if mirrored else line.head].append(line)
    found = []
    for reader, lines in by_reader.items():
        ends = [line.points[0] if mirrored else line.points[-1] for line in lines]
        found += [f"operands of {reader}" for one, other in pairwise(ends) if one[1] > other[1] + SLACK]
    return found


def can_be_in_order(diagram: Diagram) -> bool:
    """Whether a drawing in columns without crossings has all operands in order: then the order in each column follows
    from that in the next."""
    ends = sorted({(min(a.tail, a.head), max(a.tail, a.head)): None for a in diagram.arrows}, key=lambda end: end[1])
    mirrored = diagram.kind == "backward"
    arrows = sorted(diagram.arrows, key=lambda arrow: arrow.tail if mirrored else arrow.head)
    operands: defaultdict[int, list[int]] = defaultdict(list)
    for arrow in arrows:
        operands[max(arrow.tail, arrow.head)].append(min(arrow.tail, arrow.head))
    depth: defaultdict[int, int] = defaultdict(int)  # from the results
    for tail, head in sorted(ends, key=lambda end: -end[1]):
        depth[tail] = max(depth[tail], depth[head] + 1)
    here: list[tuple[int, int]] = [(node, 0) for node in sorted({v.node for v in diagram.vertices}) if not depth[node]]
    for column in range(1, max(depth.values(), default=0) + 1):
        read = [
            (node, wanted)
            for node, goal in here
            for node, wanted in (
                [(node, goal)] if depth[node] >= column and goal else [(operand, operand) for operand in operands[node]]
            )
        ]
        here = []
        for node, _ in read:
            place = (node, 1) if depth[node] > column else (node, 0)
            if place in here[:-1] and place[1] == 0:
                return False
            if not here or here[-1] != place:
                here.append(place)
    return True


def siblings_out_of_order(shown: Picture) -> list[str]:
    """Names with the same base in one column that do not stand by their index."""
    if crossings([line.points for line in shown.lines]):
        return []
    columns: defaultdict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    for vertex in shown.diagram.vertices:
        label = vertex.label.variable if isinstance(vertex.label, Definition) else vertex.label
        if vertex.role != "operation" and isinstance(label, Variable) and label.name.parts.subscript.isdigit():
            pill = shown.nodes[vertex.node]
            columns[round(pill.x), label.name.parts.base].append((label.name.parts.subscript, pill.y))
    return [
        f"{base}_{one[0]} below {base}_{other[0]}"
        for (_, base), names in columns.items()
        for one, other in pairwise(sorted(names, key=lambda name: int(name[0])))
        if one[1] > other[1]
    ]


def crooked_spine(shown: Picture, arrangement: Arrangement) -> list[str]:
    """A spine that is not straight or, where there are no labels, not even."""
    on = sorted({node for node, part, _ in arrangement.spine if part == ITSELF and node in shown.nodes})
    found = [f"{a} and {b}" for a, b in pairwise(on) if abs(shown.nodes[a].y - shown.nodes[b].y) > SLACK]
    if not any(line.label for line in shown.lines):
        places = sorted({round(pill.x) for _, pill in shown.shapes})
        pills = sorted((pill for node, pill in shown.shapes if node in on), key=lambda pill: pill.x)
        gaps = [b.x - b.width / 2 - a.x - a.width / 2 for a, b in pairwise(pills)
                if not any(a.x + 1 < x < b.x - 1 for x in places)]  # fmt: skip
        found += ["gaps"] * (max(gaps, default=0) - min(gaps, default=0) > 1)
    return found


def tilted(shown: Picture) -> list[str]:
    """Straight pieces that climb by less than six pixels."""
    found = []
    for line in shown.lines:
        for k in range(0, len(line.curve) - 3, 3):
            a, b, c, d = line.curve[k : k + 4]
            if a == b and c == d and SLACK < abs(a[1] - d[1]) < APART and abs(a[0] - d[0]) > 2 * abs(a[1] - d[1]):
                found.append(f"{line.tail} to {line.head}")
    return found


def close_tips(shown: Picture) -> list[str]:
    by_head: defaultdict[int, list[Point]] = defaultdict(list)
    for line in shown.lines:
        if line.tip:
            by_head[line.head].append(line.tip)
    return [f"tips at {head}" for head, tips in by_head.items() for a, b in combinations(tips, 2)
            if hypot(a[0] - b[0], a[1] - b[1]) < APART]  # fmt: skip


def touching(shown: Picture) -> list[str]:
    """Arrows at what is not theirs: shapes, labels, numbers; and texts at each other or at shapes."""
    found = []
    for number, line in enumerate(shown.lines):
        for node, pill in shown.shapes:
            if node not in (line.tail, line.head) and _reaches(line.points, _frame(pill), 3.0):
                found.append(f"{line.tail} to {line.head} at {node}")
        for key, box in shown.texts:
            margin = APART - 2 if key[0] == "a" else 0.0 if key == f"s{number}" else 1.0
            if box != line.label and _reaches(line.points, box, margin):
                found.append(f"{line.tail} to {line.head} at the text of {key}")
    for (one, a), (other, b) in combinations(shown.texts, 2):
        if one != other and _near(a, b, 1.0 if "s" in one[0] + other[0] else APART / 2):
            found.append(f"texts of {one} and {other}")
    found += [f"text of {key} at {node}" for key, box in shown.texts for node, pill in shown.shapes
              if key != f"n{node}" and _near(box, _frame(pill), 1.0 if key[0] == "s" else APART / 2)]  # fmt: skip
    return found


def running_together(shown: Picture) -> list[str]:
    """Arrows that run within six pixels of each other for long, away from an end that they share."""
    found = []
    arrays = [np.array(line.points) for line in shown.lines]
    frames = [(*points.min(0), *points.max(0)) for points in arrays]
    for (one, a, frame), (other, b, beside) in combinations(zip(shown.lines, arrays, frames, strict=True), 2):
        if not _near(frame, beside, APART):
            continue
        joined = one.tip is None or other.tip is None or shown.diagram.kind == "forward"
        shared = {one.tail, one.head} & {other.tail, other.head}
        near = _distances(a, b) < APART - 1
        if not near.any():
            continue
        fine = _fine(a) if joined and shared else a[:0]
        common = fine[_distances(fine, b) < 0.05]
        for end in common if len(common) > 1 else ():  # on one rail for a while
            near &= np.hypot(a[:, 0] - end[0], a[:, 1] - end[1]) > 40
        for pill in (pill for node, pill in shown.shapes if node in shared):
            near &= np.hypot(a[:, 0] - pill.x, a[:, 1] - pill.y) > pill.width / 2 + 40
        if np.hypot(*np.diff(a, axis=0, append=a[-1:]).T)[near].sum() > 36:
            found.append(f"{one.tail} to {one.head} beside {other.tail} to {other.head}")
    return found


def _fine(points: Points) -> Points:
    """Many more points of the same way."""
    steps = np.linspace(0, 1, int(SPACING) + 1)[:-1, None, None]
    return np.concatenate((points[:-1] * (1 - steps) + points[1:] * steps).transpose(1, 0, 2))


def _distances(points: Points, way: Points) -> Points:
    """How far each point is from a way."""
    start, along = way[:-1], np.diff(way, axis=0)
    length = np.maximum((along**2).sum(1), 1e-9)
    part = ((points[:, None] - start) * along).sum(2) / length
    nearest = start + np.clip(part, 0, 1)[..., None] * along
    return np.hypot(*(points[:, None] - nearest).transpose(2, 0, 1)).min(1)


def labels_astray(shown: Picture) -> list[str]:
    """Labels that are not on the one side of a level part of their arrow, in its middle."""
    found = []
    for line in shown.lines:
        if line.label is None:
            continue
        left, top, right, bottom = line.label
        middle = (left + right) / 2
        pieces = [(a, d) for a, b, c, d in (line.curve[k : k + 4] for k in range(0, len(line.curve) - 3, 3))
                  if abs(a[1] - d[1]) < 0.1 and min(a[0], d[0]) - 14 <= left
                  and right <= max(a[0], d[0]) + 14]  # fmt: skip
        if not pieces:
            found.append(f"{line.tail} to {line.head}: no level part")
            continue
        (a, end), *_ = pieces
        is_through = top < a[1] < bottom
        side = top > a[1] if shown.upright else bottom < a[1]
        if not (is_through or side):
            found.append(f"{line.tail} to {line.head}: on the other side")
        ends = sorted((line.points[0][0], line.points[-1][0]))
        is_long = any(ends[0] + 25 < pill.x < ends[1] - 25 for pill in shown.nodes.values())
        centres = sum(ends) / 2, (a[0] + end[0]) / 2
        if not is_long and min(abs(middle - centre) for centre in centres) > 0.2 * (ends[1] - ends[0]):
            found.append(f"{line.tail} to {line.head}: not in the middle")
    return found


def hooked(shown: Picture) -> list[str]:
    """Arrows that leave a shape, or reach it, level for a moment beside its middle, and bend there."""
    found = []
    for line in shown.lines:
        curves = (line.curve[k : k + 4] for k in range(0, len(line.curve) - 3, 3))
        pieces = [(a, d) for a, b, c, d in curves if a != d and _is_straight(a, b, d) and _is_straight(a, c, d)]
        for way in (pieces, [(d, a) for a, d in reversed(pieces)]) if len(pieces) > 1 else ():
            at = [node for node, pill in shown.shapes if _near((*way[0][0], *way[0][0]), _frame(pill), APART)]
            if at and _is_hook(way[0], way[1]):
                found.append(f"{line.tail} to {line.head} at {at[0]}")
    return found


def _is_hook(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    """Whether a short level piece goes on steeply."""
    (x0, y0), (x1, y1) = first
    (x2, y2), (x3, y3) = second
    return abs(y1 - y0) < 0.1 and abs(x1 - x0) < HOOK and abs(y3 - y2) > abs(x3 - x2)


def _is_straight(start: Point, middle: Point, end: Point) -> bool:
    (x0, y0), (x, y), (x1, y1) = start, middle, end
    return abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) < 0.1 * hypot(x1 - x0, y1 - y0)


def crossings(ways: Sequence[Sequence[Point]]) -> int:
    """How often ways cross, away from ends that they share."""
    arrays = [np.array(way) for way in ways if len(way) > 1]
    frames = [(*way.min(0), *way.max(0)) for way in arrays]
    return sum(
        _crossed(one, other)
        for (one, a), (other, b) in combinations(zip(arrays, frames, strict=True), 2)
        if _near(a, b, 0)
    )


def _crossed(one: Points, other: Points) -> int:
    a, b, c, d = one[:-1, None], one[1:, None], other[None, :-1], other[None, 1:]
    first = _side(a, b, c) * _side(a, b, d) < 0
    return int((first & (_side(c, d, a) * _side(c, d, b) < 0)).sum())


def _side(a: Points, b: Points, c: Points) -> Points:
    turned = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
    return np.where(np.abs(turned) < 1e-6, 0.0, turned)


def _frame(pill: Pill) -> tuple[float, float, float, float]:
    """The part of a shape that is nearly a rectangle: what a line that enters it certainly touches."""
    inset = 0.0 if pill.style == "constant" else 0.15 * min(pill.width, pill.height)
    return (pill.x - pill.width / 2 + inset, pill.y - pill.height / 2 + inset,
            pill.x + pill.width / 2 - inset, pill.y + pill.height / 2 - inset)  # fmt: skip


def _reaches(points: Sequence[Point], box: tuple[float, float, float, float], margin: float) -> bool:
    left, top, right, bottom = box
    return any(left - margin < x < right + margin and top - margin < y < bottom + margin for x, y in points)


def _near(a: tuple[float, ...], b: tuple[float, ...], margin: float) -> bool:
    return a[0] - margin < b[2] and b[0] - margin < a[2] and a[1] - margin < b[3] and b[1] - margin < a[3]


# ---- two pictures


def disagreeing(one: Picture, other: Picture) -> list[str]:
    """Nodes that stand in one column in both pictures, in another order."""
    shared = sorted(set(one.nodes) & set(other.nodes))
    found = []
    for a, b in combinations(shared, 2):
        if abs(one.nodes[a].x - one.nodes[b].x) < 1 and abs(other.nodes[a].x - other.nodes[b].x) < 1:
            above = [shown.nodes[a].y < shown.nodes[b].y for shown in (one, other)]
            found += [f"{a} and {b}"] * (above[0] != above[1])
    return found


def not_mirrored(forward: Picture, backward: Picture) -> list[str]:
    """Nodes that are not in the opposite order of columns."""
    shared = sorted(set(forward.nodes) & set(backward.nodes))
    found = disagreeing(forward, backward)
    for a, b in combinations(shared, 2):
        ahead = forward.nodes[a].x - forward.nodes[b].x
        back = backward.nodes[a].x - backward.nodes[b].x
        if (abs(ahead) < 1) != (abs(back) < 1) or ahead * back > 1:
            found.append(f"{a} and {b}")
    return found


RULES: dict[str, Callable[[Picture], list[str]]] = {
    "order": operands_out_of_order,
    "siblings": siblings_out_of_order,
    "tilt": tilted,
    "tips": close_tips,
    "touching": touching,
    "together": running_together,
    "labels": labels_astray,
    "hooks": hooked,
}


def violations(shown: Picture, arrangement: Arrangement) -> Iterator[tuple[str, str]]:
    """Everything that is against a rule, with the name of the rule."""
    for name, rule in RULES.items():
        yield from ((name, said) for said in rule(shown))
    yield from (("spine", said) for said in crooked_spine(shown, arrangement))
