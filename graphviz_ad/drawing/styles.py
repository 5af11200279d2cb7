"""What a theme is."""

from pathlib import Path

from graphviz_ad.core.record import Record


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
    night: "Theme | None" = None


def templates() -> Path:
    """The folder of templates: inside the installed package or, in a checkout, beside it."""
    package = Path(__file__).parent.parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"
