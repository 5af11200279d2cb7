"""Whether a theme can be read: the contrast of every pair of colours that carries meaning, as the Web Content
Accessibility Guidelines 2.2 define it."""

from collections.abc import Iterator

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.styles import Theme

ENOUGH = 4.5  # for text, and for lines that tell one thing from another
ORIENTATION = 3.0  # for lines that only guide the eye

BACKGROUND = "background"
_TEXTS = {
    "ink-text": ("input", "variable", "output"), "operation-text": ("operation",), "constant-text": (BACKGROUND,),
    "label-text": (BACKGROUND,), "value-text": (BACKGROUND,), "adjoint-text": (BACKGROUND,),
    "legend-text": (BACKGROUND,), "caption-text": (BACKGROUND,), "note-text": (BACKGROUND,),
    "arrow-tip": (BACKGROUND,),
}  # fmt: skip
_LINES = {
    "input": ("input", BACKGROUND), "variable": ("variable", BACKGROUND), "output": ("output", BACKGROUND),
    "output-ring": ("output",), "operation": ("operation", BACKGROUND), "arrow": (BACKGROUND,), "frame": (BACKGROUND,),
    "rule": (BACKGROUND,), "series-1": (BACKGROUND,), "series-2": (BACKGROUND,), "series-3": (BACKGROUND,),
    "grid": (BACKGROUND,),
}  # fmt: skip


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

    for role, behind in _TEXTS.items():
        yield from (Pair(role, b, contrast(fill(role), fill(b)), ENOUGH) for b in behind)
    for role, behind in _LINES.items():
        stroke, wanted = theme.styles[role].stroke, ORIENTATION if role == "grid" else ENOUGH
        yield from (Pair(role, b, contrast(stroke, fill(b)), wanted) for b in behind if stroke != "none")


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
