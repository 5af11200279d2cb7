"""The themes that are shipped, role by role."""

from graphviz_ad.drawing.styles import Style, Theme

# fmt: off
# Dark ink on white. Blue and amber are told apart by every common kind of colour vision (Okabe and Ito, 2008),
# and roles differ in shape too.
_LIGHT = Theme("#ffffff", {
    "input":          Style("#e3eefa", "#0b5394", 2.2),
    "variable":       Style("#ffffff", "#20262e", 1.4),
    "output":         Style("#fdf0d9", "#8a5300", 1.4),
    "output-ring":    Style("none", "#8a5300", 1.0),
    "operation":      Style("#eceef1", "#5c6673", 1.0),
    "arrow":          Style("none", "#3a4350", 1.2),
    "arrow-tip":      Style("#3a4350"),
    "ink-text":       Style("#12161c"),
    "operation-text": Style("#12161c"),
    "constant-text":  Style("#12161c"),
    "label-text":     Style("#12161c"),
    "value-text":     Style("#064d2a"),
    "adjoint-text":   Style("#c2410c"),
    "frame":          Style("none", "#5c6673", 1.0),
    "legend-text":    Style("#3a4350"),
    "caption-text":   Style("#3a4350"),
    "note-text":      Style("#5c4a1f"),
    "rule":           Style("none", "#3a4350", 1.0),
    "grid":           Style("none", "#8a94a1", 0.8),
    "series-1":       Style("none", "#0b5394", 1.8),
    "series-2":       Style("none", "#a3320b", 1.8, "6 3"),
    "series-3":       Style("none", "#0b6b3a", 1.8, "1.5 3"),
})

# Light ink on a dark page; the same roles.
_DARK = Theme("#0f141a", {
    "input":          Style("#12304d", "#7db8f0", 2.2),
    "variable":       Style("#0f141a", "#d5dce4", 1.4),
    "output":         Style("#3d2b0c", "#f2b84b", 1.4),
    "output-ring":    Style("none", "#f2b84b", 1.0),
    "operation":      Style("#28303a", "#94a1b0", 1.0),
    "arrow":          Style("none", "#b4bfcc", 1.2),
    "arrow-tip":      Style("#b4bfcc"),
    "ink-text":       Style("#eef2f6"),
    "operation-text": Style("#eef2f6"),
    "constant-text":  Style("#eef2f6"),
    "label-text":     Style("#eef2f6"),
    "value-text":     Style("#a9f2c8"),
    "adjoint-text":   Style("#f28c5e"),
    "frame":          Style("none", "#a8b3c0", 1.0),
    "legend-text":    Style("#b4bfcc"),
    "caption-text":   Style("#b4bfcc"),
    "note-text":      Style("#e0c98a"),
    "rule":           Style("none", "#b4bfcc", 1.0),
    "grid":           Style("none", "#5d6a7a", 0.8),
    "series-1":       Style("none", "#7db8f0", 1.8),
    "series-2":       Style("none", "#f2b84b", 1.8, "6 3"),
    "series-3":       Style("none", "#7fd6a0", 1.8, "1.5 3"),
})

# Black on white, for a printed page.
_PRINT = Theme("#ffffff", {
    "input":          Style("#ffffff", "#000000", 1.2, "4 2.4"),
    "variable":       Style("#ffffff", "#000000", 1.2),
    "output":         Style("#ffffff", "#000000", 1.2),
    "output-ring":    Style("none", "#000000", 0.9),
    "operation":      Style("#e8e8e8", "#000000", 0.8),
    "arrow":          Style("none", "#000000", 1.1),
    "arrow-tip":      Style("#000000"),
    "ink-text":       Style("#000000"),
    "operation-text": Style("#000000"),
    "constant-text":  Style("#000000"),
    "label-text":     Style("#000000"),
    "value-text":     Style("#000000"),
    "adjoint-text":   Style("#000000"),
    "frame":          Style("none", "#000000", 1.0),
    "legend-text":    Style("#000000"),
    "caption-text":   Style("#000000"),
    "note-text":      Style("#000000"),
    "rule":           Style("none", "#000000", 1.0),
    "grid":           Style("none", "#8c8c8c", 0.8),
    "series-1":       Style("none", "#000000", 1.8),
    "series-2":       Style("none", "#000000", 1.8, "6 3"),
    "series-3":       Style("none", "#000000", 1.8, "1.5 3"),
})

# The circuits of Stanford's CS231n notes: black on white, values in green above, gradients in red below.
_CS231N = Theme("#ffffff", {
    "input":          Style("#ffffff", "#000000", 2.2),
    "variable":       Style("#ffffff", "#000000", 1.2),
    "output":         Style("#ffffff", "#000000", 1.2),
    "output-ring":    Style("none", "#000000", 0.9),
    "operation":      Style("#ffffff", "#000000", 1.2),
    "arrow":          Style("none", "#000000", 1.2),
    "arrow-tip":      Style("#000000"),
    "ink-text":       Style("#000000"),
    "operation-text": Style("#000000"),
    "constant-text":  Style("#000000"),
    "label-text":     Style("#b00000"),
    "value-text":     Style("#005c00"),
    "adjoint-text":   Style("#e00000"),
    "frame":          Style("none", "#000000", 1.0),
    "legend-text":    Style("#222222"),
    "caption-text":   Style("#222222"),
    "note-text":      Style("#444444"),
    "rule":           Style("none", "#000000", 1.0),
    "grid":           Style("none", "#8c8c8c", 0.8),
    "series-1":       Style("none", "#007a00", 1.8),
    "series-2":       Style("none", "#d00000", 1.8, "6 3"),
    "series-3":       Style("none", "#000000", 1.8, "1.5 3"),
})

SHIPPED = {"light": _LIGHT, "dark": _DARK, "print": _PRINT, "cs231n": _CS231N}
