"""What a theme is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphviz_ad.core.record import Record

if TYPE_CHECKING:
    from pathlib import Path


class Style(Record):
    """How a shape of one role is drawn; `dash` is an SVG dash pattern."""

    fill: str = "none"
    stroke: str = "none"
    width: float = 0
    dash: str = ""


class Theme(Record):
    """A style for each role. `night` is the theme for readers who prefer a dark page, if the theme follows them."""

    background: str
    styles: dict[str, Style]
    night: Theme | None = None


def templates() -> Path:
    """The folder of templates: inside the installed package or, in a checkout, beside it."""
    from pathlib import Path

    package = Path(__file__).parent.parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"
