"""The nodes and the arrows of a scene, as what they are: shapes with names and labels, lines with labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graphviz_ad.core.formula import Gate, Variable
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.scene import Curve, Group, Pill, Shape, Text, Tip
from graphviz_ad.formats.tikz.arrows import DrawnArrow
from graphviz_ad.notation.ascii import Ascii
from graphviz_ad.notation.write import write

BARE = 8.0  # by which the place of a bare number is larger than its digits


class NamedShape(Record):
    """A shape with a name, and its label inside."""

    name: str
    pill: Pill
    label: Text


def nodes_of(groups: Sequence[Group]) -> dict[str, list[NamedShape]]:
    """The nodes of each group, by its key: that of a variable is its last, the operation before it the one before."""
    found: dict[str, list[NamedShape]] = {}
    known: set[str] = set()
    for group in groups:
        pairs = list(_labelled(group.shapes))
        if not pairs:
            continue
        name = _name(pairs[-1][1], group.node, known)
        names = [*(f"{name}-op" for _ in pairs[1:]), name]
        known.update(names)
        found[group.key] = [NamedShape(one, *pair) for one, pair in zip(names, pairs, strict=True)]
    return found


def _labelled(shapes: Sequence[Shape]) -> Iterator[tuple[Pill, Text]]:
    """Shapes with the labels in them, which come next; a bare number has its place as its shape."""
    before: Shape | None = None
    for shape in shapes:
        if isinstance(shape, Text) and isinstance(before, Pill):
            yield before, shape
        elif isinstance(shape, Text) and shape.style == "constant-text":
            width, rise = shape.set.width, (shape.set.ascent - shape.set.descent) / 2
            yield Pill(shape.x + width / 2, shape.y - rise, width + BARE, shape.set.height + BARE, "constant"), shape
        if not (isinstance(shape, Pill) and shape.style == "output-ring"):
            before = shape


def _name(label: Text, node: int | None, known: set[str]) -> str:
    """The name of a node: that of its variable, if no other has it; else with its number in the graph."""
    content = label.set.content
    number = "" if node is None else str(node)
    spelled = "".join(write(content, Ascii()).lines) if isinstance(content, Variable) else ""
    kind = f"{content.op}{number}" if isinstance(content, Gate) else f"n{number}"
    name = re.sub(r"[^A-Za-z0-9]", "", spelled) or re.sub(r"[^A-Za-z0-9]", "", kind)
    while name in known:
        name += f"n{number}"
    return name


def arrows_of(group: Group) -> Iterator[DrawnArrow]:
    """The arrows of a group; if it has no node, its texts are their labels."""
    has_node = any(_labelled(group.shapes))
    labels = () if has_node else tuple(shape for shape in group.shapes if isinstance(shape, Text))
    for shape, following in pairwise((*group.shapes, None)):
        if isinstance(shape, Curve) and shape.style in ("arrow", "strong"):
            yield DrawnArrow(shape, following if isinstance(following, Tip) else None, labels)
