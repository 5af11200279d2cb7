"""Themes: from the role of a shape to its colours and lines. Read from `templates/themes`, or from a reader's file."""

import sys
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SHIPPED = ("light", "dark", "print", "cs231n")
THEMES = (*SHIPPED, "auto")


class Style(NamedTuple):
    """How a shape of one role is drawn; `dash` is an SVG dash pattern."""

    fill: str = "none"
    stroke: str = "none"
    width: float = 0
    dash: str = ""


class Theme(NamedTuple):
    """A style for each role. `night` is the theme for readers who prefer a dark page, if the theme follows them."""

    background: str
    styles: dict[str, Style]
    night: "Theme | None" = None


def theme(name: str) -> Theme:
    """The theme of that name or in that file; `auto` is light, and dark where the reader's browser asks for it. Raises
    AdgraphError for a file that is not a theme."""
    if name == "auto":
        return theme("light")._replace(night=theme("dark"))
    if name in SHIPPED:
        return _shipped(name)
    from graphviz_ad.drawing.own_theme import read_theme

    return read_theme(Path(name))


def is_theme(name: str) -> bool:
    """Whether a theme is called so, or may be in a file of that name."""
    return name in THEMES or name.endswith(".toml")


@lru_cache(maxsize=len(SHIPPED))
def _shipped(name: str) -> Theme:
    data = tomllib.loads((templates() / "themes" / f"{name}.toml").read_text("utf-8"))
    return Theme(data["background"], {role: Style(**style) for role, style in data["styles"].items()})


def templates() -> Path:
    """The folder of templates: inside the installed package or, in a checkout, beside it."""
    package = Path(__file__).parent.parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"
