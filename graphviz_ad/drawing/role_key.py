"""The key of a figure in which inputs are told apart: a vertex of each role with its name, in one line."""

from collections.abc import Iterable

from graphviz_ad.core.diagram import KINDS, Diagram
from graphviz_ad.drawing.panel import Drawing
from graphviz_ad.drawing.scene import Group, Pill, Setter, Text

WORDS = 14.0  # size of the names
CIRCLE = 14.0  # across a vertex
LOW = 4.5  # from the middle of letters to their baseline
BESIDE, BETWEEN = 6.0, 28.0  # from a vertex to its name, and from that to the next vertex


def roles_of(diagrams: Iterable[Diagram]) -> tuple[str, ...]:
    """The roles that a reader has given to inputs."""
    found = {vertex.role for diagram in diagrams for vertex in diagram.vertices}
    return tuple(kind for kind in KINDS if kind in found)


def role_key(roles: Iterable[str], setter: Setter) -> Drawing:
    """The line; nothing where there are no roles."""
    groups: list[Group] = []
    nothing, baseline = setter("", WORDS), CIRCLE / 2 + LOW
    x = height = 0.0
    for role in roles:
        name = setter(role, WORDS)
        x += BETWEEN if groups else 0.0
        middle = x + CIRCLE / 2
        shapes = (
            Pill(middle, CIRCLE / 2, CIRCLE, CIRCLE, role),
            Text(middle, CIRCLE / 2, nothing, "ink-text"),
            Text(x + CIRCLE + BESIDE, baseline, name, "legend-text"),
        )
        groups.append(Group(f"key-{role}", role, shapes))
        x += CIRCLE + BESIDE + name.width
        height = max(CIRCLE, height, baseline + name.descent)
    return Drawing(x, height, tuple(groups))
