"""Themes by their names: those that are shipped, one that follows the reader's browser, and files of a reader's own."""

from graphviz_ad.drawing.roles import completed
from graphviz_ad.drawing.shipped_themes import SHIPPED
from graphviz_ad.drawing.styles import Style, Theme, templates

__all__ = ("SHIPPED", "THEMES", "Style", "Theme", "is_theme", "templates", "theme")

THEMES = (*SHIPPED, "auto")


def theme(name: str) -> Theme:
    """The theme of that name or in that file; `auto` is light, and dark where the reader's browser asks for it. Raises
    AdgraphError for a file that is not a theme."""
    if name == "auto":
        return theme("light").replace(night=theme("dark"))
    if name in SHIPPED:
        return SHIPPED[name].replace(styles=completed(SHIPPED[name].styles))
    from pathlib import Path

    from graphviz_ad.drawing.own_theme import read_theme

    return read_theme(Path(name))


def is_theme(name: str) -> bool:
    """Whether a theme is called so, or may be in a file of that name."""
    return name in THEMES or name.endswith(".toml")
