"""Output formats. Each module of this package makes one and registers itself.

A format is made from the scene (shapes with coordinates) or from the sheet (diagrams and chains); a renderer decides
nothing about the mathematics.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from graphviz_ad.drawing.scene import Scene
from graphviz_ad.transform.diagram import Sheet

MAX_SECONDS = 60  # of a step of an animation


class Options(NamedTuple):
    """What a renderer is told beside what it draws."""

    theme: str = "light"
    direction: Literal["lr", "rl", "tb", "bt"] = "lr"
    seconds: float = 0  # that each frame of an animation stays; 0 stands still
    size: str = "screen"
    background: Literal["theme", "none"] = "theme"
    scale: float = 2.0  # pixels of a picture for each of the scene's
    dpi: float | None = None  # pixels of a picture for each inch, instead of the scale


class Format(NamedTuple):
    """An output format: the extensions that choose it, and what makes it from a scene or from a sheet; if it can move,
    from the scenes of the frames of a sheet's making."""

    name: str
    extensions: tuple[str, ...]
    about: str
    from_scene: Callable[[Scene, Options], str | bytes] | None = None
    from_sheet: Callable[[Sheet, Options], str | bytes] | None = None
    animated: Callable[[Sequence[Scene], Options], str] | None = None


_FORMATS: dict[str, Format] = {}


def register(new: Format) -> None:
    """Add a format to those that the command line offers."""
    _FORMATS[new.name] = new


def formats() -> dict[str, Format]:
    """Every format by its name."""
    for module in _modules():
        import_module(f"{__name__}.{module}")
    return dict(sorted(_FORMATS.items()))


def find(name: str) -> Format | None:
    """The format of a name or an extension. A module of that name is asked first, to spare the others' start."""
    name = name.lower()
    if name in _modules():
        import_module(f"{__name__}.{name}")
    known = _FORMATS if name in _FORMATS else formats()
    fitting = (made for made in known.values() if name == made.name or f".{name}" in made.extensions)
    return next(fitting, None)


def _modules() -> list[str]:
    return [path.stem for path in Path(__file__).parent.glob("[!_]*.py")]
