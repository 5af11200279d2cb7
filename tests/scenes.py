"""What a reader would mind in a figure: labels over labels, nodes or arrows."""

from __future__ import annotations

from itertools import combinations

from graphviz_ad.core.diagram import Diagram, Direction
from graphviz_ad.drawing.curves import inside, sample
from graphviz_ad.drawing.panel import USUAL, links_of
from graphviz_ad.drawing.placement import Box, Link
from graphviz_ad.drawing.scene import Curve, Pill, Scene, Setter, Text, extent
from graphviz_ad.drawing.vertices import busy, node_of

SLACK = 0.6  # pixels by which boxes may touch


def collisions(scene: Scene) -> list[str]:
    """Every pair of shapes that get in each other's way, in words."""
    texts = [(g.key, s) for g in scene.groups for s in g.shapes if isinstance(s, Text)]
    pills = [(g.key, s) for g in scene.groups for s in g.shapes if isinstance(s, Pill)]
    curves = [(g.key, s) for g in scene.groups for s in g.shapes if isinstance(s, Curve)]
    found = [f"{a} over {b}" for (a, s), (b, t) in combinations(texts, 2) if _overlap(extent(s), extent(t))]
    for key, text in texts:
        left, top, right, bottom = extent(text)
        found += [
            f"{key} over {other}" for other, pill in pills if other != key and _overlap(extent(text), extent(pill))
        ]
        for other, curve in curves:
            crossed = any(left + SLACK < x < right - SLACK and top + SLACK < y < bottom - SLACK
                          for x, y in sample(curve.points, 2))  # fmt: skip
            found += [f"{other} through {key}"] * crossed
    for key, curve in curves:
        points = sample(curve.points, 2)
        found += [f"{key} through {other}" for other, pill in pills
                  if other != key and any(inside(pill, point, -SLACK) for point in points)]  # fmt: skip
    if any(x < 0 or y < 0 or r > scene.width or b > scene.height
           for g in scene.groups for s in g.shapes for x, y, r, b in [extent(s)]):  # fmt: skip
        found.append("a shape leaves the canvas")
    return found


def boxes_and_links(diagram: Diagram, setter: Setter, direction: Direction) -> tuple[list[Box], list[Link]]:
    """What is to be placed in a drawing of the diagram."""
    vertices, arrows = diagram.ordered()
    counts = busy(arrows)
    nodes = [node_of(vertex, setter, direction, counts[vertex.node]) for vertex in vertices]
    boxes = [Box(node.vertex.node, node.size, node.sign_size) for node in nodes]
    return boxes, links_of(arrows, setter, direction, USUAL.label)


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] + SLACK < b[2] and b[0] + SLACK < a[2] and a[1] + SLACK < b[3] and b[1] + SLACK < a[3]
