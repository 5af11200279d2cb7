"""Output formats. Each module of this package makes one and registers itself.

A format is made from the scene (shapes with coordinates), from the sheet (diagrams and chains) or, where the reader can
play with it, from the sheet and the study of the whole system; a renderer decides nothing about the mathematics.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from graphviz_ad.drawing.scene import Scene
from graphviz_ad.transform.diagram import Sheet, Study

MAX_SECONDS = 60  # of a step of an animation


class Options(NamedTuple):
    """What a renderer is told beside what it draws. `template` is the text of a reader's own, for formats with one."""

    theme: str = "light"
    direction: Literal["lr", "rl", "tb", "bt"] = "lr"
    seconds: float = 0  # that each frame of an animation stays; 0 stands still
    size: str = "screen"
    background: Literal["theme", "none"] = "theme"
    scale: float = 2.0  # pixels of a picture for each of the scene's
    dpi: float | None = None  # pixels of a picture for each inch, instead of the scale
    standalone: bool = False
    beamer: bool = False
    template: str = ""


class Format(NamedTuple):
    """An output format: the extensions that choose it, and what makes it: from a scene, a sheet, or a sheet and the
    study of its system, which is shown whole, whatever panels the sheet has; if it can move, from the scenes of the
    frames of a sheet's making, with words for each if they are slides. `check_size` raises AdgraphError for a system of
    so many nodes that it is too large for the format; it is asked before anything is made."""

    name: str
    extensions: tuple[str, ...]
    about: str
    from_scene: Callable[[Scene, Options], str | bytes] | None = None
    from_sheet: Callable[[Sheet, Options], str | bytes] | None = None
    animated: Callable[[Sequence[Scene], Options], str] | None = None
    overlays: Callable[[Sequence[tuple[str, Scene]], Options], str] | None = None
    from_study: Callable[[Sheet, Study, Options], str | bytes] | None = None
    check_size: Callable[[int], None] = lambda nodes: None


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
