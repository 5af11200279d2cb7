"""What a theme is, and those that are shipped in `templates/themes`."""

import sys
from functools import lru_cache
from pathlib import Path

from graphviz_ad.core.record import Record

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SHIPPED = ("light", "dark", "print", "cs231n")


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


@lru_cache(maxsize=len(SHIPPED))
def shipped(name: str) -> Theme:
    """One of the themes that are shipped."""
    data = tomllib.loads((templates() / "themes" / f"{name}.toml").read_text("utf-8"))
    return Theme(data["background"], {role: Style(**style) for role, style in data["styles"].items()})


def templates() -> Path:
    """The folder of templates: inside the installed package or, in a checkout, beside it."""
    package = Path(__file__).parent.parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"
