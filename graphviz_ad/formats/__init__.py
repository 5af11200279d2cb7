"""Output formats: each is a Format in its own file; the list of all is made of them, so that finding one imports none.

A format is made from the scene (shapes with coordinates), from the sheet (diagrams and chains) or, where the reader can
play with it, from the sheet and the whole system behind it; a renderer decides nothing about the mathematics.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import starmap

from graphviz_ad.core.diagram import PageModel, Sheet
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.formats.listed import ROWS
from graphviz_ad.host.plugins import found, loaded


class Maker(Record):
    """What makes a format: a scene, a sheet, or a sheet and the model of its whole system, whatever panels the sheet
    has; if it can move, the scenes of the frames of a sheet's making, with words for each if they are slides.
    `check_size` raises AdgraphError for a system of so many nodes that it is too large for the format; it is asked
    before anything is made. A scene is brought onto pages where the format `has_pages`."""

    from_scene: Callable[[Scene, Request], str | bytes] | None = None
    from_sheet: Callable[[Sheet, Request], str | bytes] | None = None
    animated: Callable[[Sequence[Scene], Request], str] | None = None
    overlays: Callable[[Sequence[tuple[str, Scene]], Request], str] | None = None
    from_page_model: Callable[[Sheet, PageModel, Request], str | bytes] | None = None
    check_size: Callable[[int], None] = lambda nodes: None
    has_pages: bool = False


class Format(Record):
    """An output format: its name, the extensions that choose it, what it is, the place of its maker, which is imported
    when it is needed, and the options that it obeys: of those that some formats obey and others do not."""

    name: str
    extensions: tuple[str, ...]
    about: str
    place: str  # module:name
    obeys: str = ""  # fields of a Request

    def has(self, option: str) -> bool:
        """Whether it obeys an option, a field of a Request."""
        return option in self.obeys.split()

    @property
    def maker(self) -> Maker:
        made = loaded(self.place)
        assert isinstance(made, Maker), f"{self.place} is no Maker"
        return made


GROUP = "adgraph.formats"  # entry points of other packages: each the name of a Format

FORMATS = {made.name: made for made in starmap(Format, ROWS)}


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, ours and those of other packages."""
    others = {name: loaded(place) for name, place in found(GROUP).items() if name not in FORMATS}
    return dict(sorted({**FORMATS, **others}.items()))


def find(name: str) -> Format | None:
    """The format of a name or an extension; those of other packages are looked for where ours have none."""
    name = name.lower()
    return _among(FORMATS, name) or _among(formats(), name)


def _among(known: dict[str, Format], name: str) -> Format | None:
    return next((row for row in known.values() if name == row.name or f".{name}" in row.extensions), None)
