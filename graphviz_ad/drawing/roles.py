"""The table of roles: what a theme gives a style to, what kind of thing it is, and what it has to be told from."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from graphviz_ad.core.record import Record

BACKGROUND = "background"
ENOUGH = 4.5  # contrast, for text, and for lines that tell one thing from another
ORIENTATION = 3.0  # for lines that only guide the eye

Styled = TypeVar("Styled")


class Role(Record):
    """A row: what it is, what is behind it (roles, or the background), the contrast it should have, the role of the
    text inside, for a node, and whose style it has where a theme says nothing of it."""

    name: str
    kind: Literal["node", "line", "fill", "text"]
    behind: str = BACKGROUND
    wanted: float = ENOUGH
    ink: str = "ink-text"
    like: str = ""


# fmt: off
ROLES: dict[str, Role] = {row.name: row for row in (
    Role("input",          "node", "input background"),
    Role("parameter",      "node", "parameter background", like="input"),
    Role("data",           "node", "data background", like="input"),
    Role("target",         "node", "target background", like="input"),
    Role("variable",       "node", "variable background"),
    Role("output",         "node", "output background"),
    Role("output-ring",    "line", "output"),
    Role("operation",      "node", "operation background", ink="operation-text"),
    Role("arrow",          "line"),
    Role("arrow-tip",      "fill"),
    Role("strong",         "line", like="arrow"),
    Role("strong-tip",     "fill", like="arrow-tip"),
    Role("strong-bar",     "line", like="strong"),
    Role("region",         "line", wanted=ORIENTATION, like="grid"),
    Role("region-text",    "text", like="caption-text"),
    Role("ink-text",       "text", "input parameter data target variable output"),
    Role("operation-text", "text", "operation"),
    Role("constant-text",  "text"),
    Role("label-text",     "text"),
    Role("value-text",     "text"),
    Role("adjoint-text",   "text"),
    Role("frame",          "line"),
    Role("legend-text",    "text"),
    Role("caption-text",   "text"),
    Role("title-text",     "text", like="ink-text"),
    Role("note-text",      "text"),
    Role("rule",           "line"),
    Role("grid",           "line", wanted=ORIENTATION),
    Role("series-1",       "line"),
    Role("series-2",       "line"),
    Role("series-3",       "line"),
)}
# fmt: on
NODES = tuple(name for name, role in ROLES.items() if role.kind == "node")


def completed(styles: Mapping[str, Styled]) -> dict[str, Styled]:
    """A style for each role, in the order of the table: its own, or that of the role that its row names."""
    found = {name: styles.get(name, styles.get(role.like)) for name, role in ROLES.items()}
    return {name: style for name, style in found.items() if style is not None}
