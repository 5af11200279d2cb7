"""Whether a theme can be read: the contrast of every pair of colours that carries meaning, as the Web Content
Accessibility Guidelines 2.2 define it."""

from collections.abc import Iterator

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.roles import BACKGROUND, ROLES
from graphviz_ad.drawing.styles import Theme


class Pair(Record):
    """A role seen against another or the background, the contrast of the two, and the least that it should have."""

    role: str
    behind: str
    contrast: float
    wanted: float


def pairs(theme: Theme) -> Iterator[Pair]:
    """Every pair of colours of a theme that a reader has to tell apart."""

    def fill(role: str) -> str:
        colour = theme.background if role == BACKGROUND else theme.styles[role].fill
        return theme.background if colour == "none" else colour

    for role in ROLES.values():
        by_fill = role.kind in ("text", "fill")
        seen = fill(role.name) if by_fill else theme.styles[role.name].stroke
        for behind in role.behind.split() if seen != "none" else ():
            yield Pair(role.name, behind, contrast(seen, fill(behind)), role.wanted)


def weak(theme: Theme) -> list[Pair]:
    """The pairs with less contrast than they should have."""
    return [pair for pair in pairs(theme) if pair.contrast < pair.wanted]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours #rrggbb, from 1 (none) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour #rrggbb, from 0 to 1."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
