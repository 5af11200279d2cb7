"""The themes that are shipped, role by role."""

from graphviz_ad.drawing.roles import ROLES
from graphviz_ad.drawing.styles import Style, Theme

# fmt: off
# On a screen: the fill and the line of each role on a light page and on a dark one, how wide the line is, how dashed.
# Dark ink on white, light ink on a dark page. Blue and amber are told apart by every common kind of colour vision
# (Okabe and Ito, 2008), and roles differ in shape too.
_SCREEN = {
    "input":          ("#e3eefa", "#0b5394", "#12304d", "#7db8f0", 2.2, ""),
    "parameter":      ("#efe7f7", "#5b2a86", "#33234a", "#c79bf0", 2.2, ""),
    "target":         ("#e4f3ea", "#0b6b3a", "#12382a", "#7fd6a0", 2.2, "5 2.6"),
    "variable":       ("#ffffff", "#20262e", "#0f141a", "#d5dce4", 1.4, ""),
    "output":         ("#fdf0d9", "#8a5300", "#3d2b0c", "#f2b84b", 1.4, ""),
    "output-ring":    ("none",    "#8a5300", "none",    "#f2b84b", 1.0, ""),
    "operation":      ("#eceef1", "#5c6673", "#28303a", "#94a1b0", 1.0, ""),
    "arrow":          ("none",    "#3a4350", "none",    "#b4bfcc", 1.2, ""),
    "arrow-tip":      ("#3a4350", "none",    "#b4bfcc", "none",    0, ""),
    "strong":         ("none",    "#b3261e", "none",    "#ff8a80", 3.2, ""),
    "strong-tip":     ("#b3261e", "none",    "#ff8a80", "none",    0, ""),
    "ink-text":       ("#12161c", "none",    "#eef2f6", "none",    0, ""),
    "operation-text": ("#12161c", "none",    "#eef2f6", "none",    0, ""),
    "constant-text":  ("#12161c", "none",    "#eef2f6", "none",    0, ""),
    "label-text":     ("#12161c", "none",    "#eef2f6", "none",    0, ""),
    "value-text":     ("#064d2a", "none",    "#a9f2c8", "none",    0, ""),
    "adjoint-text":   ("#c2410c", "none",    "#f28c5e", "none",    0, ""),
    "frame":          ("none",    "#5c6673", "none",    "#a8b3c0", 1.0, ""),
    "legend-text":    ("#3a4350", "none",    "#b4bfcc", "none",    0, ""),
    "caption-text":   ("#3a4350", "none",    "#b4bfcc", "none",    0, ""),
    "note-text":      ("#5c4a1f", "none",    "#e0c98a", "none",    0, ""),
    "rule":           ("none",    "#3a4350", "none",    "#b4bfcc", 1.0, ""),
    "grid":           ("none",    "#8a94a1", "none",    "#5d6a7a", 0.8, ""),
    "series-1":       ("none",    "#0b5394", "none",    "#7db8f0", 1.8, ""),
    "series-2":       ("none",    "#a3320b", "none",    "#f2b84b", 1.8, "6 3"),
    "series-3":       ("none",    "#0b6b3a", "none",    "#7fd6a0", 1.8, "1.5 3"),
}
_LIGHT = Theme("#ffffff", {
    role: Style(fill, line, width, dash) for role, (fill, line, _, _, width, dash) in _SCREEN.items()
})
_DARK = Theme("#0f141a", {
    role: Style(fill, line, width, dash) for role, (_, _, fill, line, width, dash) in _SCREEN.items()
})

# Black on white, for a printed page.
_PRINT = Theme("#ffffff", {
    **{role.name: Style("#000000") for role in ROLES.values() if role.kind == "text" and not role.like},
    "input":          Style("#ffffff", "#000000", 1.2, "4 2.4"),
    "parameter":      Style("#d9d9d9", "#000000", 1.2),
    "target":         Style("#ffffff", "#000000", 1.2, "1.2 2"),
    "variable":       Style("#ffffff", "#000000", 1.2),
    "output":         Style("#ffffff", "#000000", 1.2),
    "output-ring":    Style("none", "#000000", 0.9),
    "operation":      Style("#e8e8e8", "#000000", 0.8),
    "arrow":          Style("none", "#000000", 1.1),
    "arrow-tip":      Style("#000000"),
    "strong":         Style("none", "#000000", 3.2),
    "strong-tip":     Style("#000000"),
    "frame":          Style("none", "#000000", 1.0),
    "rule":           Style("none", "#000000", 1.0),
    "grid":           Style("none", "#8c8c8c", 0.8),
    "series-1":       Style("none", "#000000", 1.8),
    "series-2":       Style("none", "#000000", 1.8, "6 3"),
    "series-3":       Style("none", "#000000", 1.8, "1.5 3"),
})

# The circuits of Stanford's CS231n notes: black on white, values in green above, gradients in red below.
_CS231N = Theme("#ffffff", {
    **_PRINT.styles,
    "input":          Style("#ffffff", "#000000", 2.2),
    "parameter":      Style("#e4e4e4", "#000000", 2.2),
    "target":         Style("#ffffff", "#000000", 2.2, "5 2.6"),
    "operation":      Style("#ffffff", "#000000", 1.2),
    "arrow":          Style("none", "#000000", 1.2),
    "label-text":     Style("#b00000"),
    "value-text":     Style("#005c00"),
    "adjoint-text":   Style("#e00000"),
    "legend-text":    Style("#222222"),
    "caption-text":   Style("#222222"),
    "note-text":      Style("#444444"),
    "series-1":       Style("none", "#007a00", 1.8),
    "series-2":       Style("none", "#d00000", 1.8, "6 3"),
})

SHIPPED = {"light": _LIGHT, "dark": _DARK, "print": _PRINT, "cs231n": _CS231N}
