"""What a notebook is given of a result: the same in several types, of which its programs choose one.

JupyterLab shows HTML before LaTeX, and SVG only where the notebook is trusted; `nbconvert` takes LaTeX or a PDF for
LaTeX. So a picture is an image in HTML, with a PDF beside it and no LaTeX, and what is LaTeX has no picture beside it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Container, Mapping

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.formats.images.svg import escape

Bundle = dict[str, str]
MimeTypes = Container[str] | None  # the types that are asked for, or those that are not wanted


def bundle(
    makers: Mapping[str, Callable[[], str]],
    include: Container[str] | None = None,
    exclude: Container[str] | None = None,
) -> Bundle:
    """The types that are wanted, of those that there are; an empty one is none. No other is made."""
    wanted = [kind for kind in makers if (not include or kind in include) and not (exclude and kind in exclude)]
    return {kind: content for kind in wanted if (content := makers[kind]())}


def image(svg: str, alt: str) -> str:
    """An SVG as an image in HTML, whole in itself: it stands apart from the styles and the ids of its page."""
    return (
        f'<img alt="{escape(alt)}" style="max-width: 100%; height: auto" '
        f'src="data:image/svg+xml;base64,{_base64(svg.encode())}">'
    )


def page(make: Callable[[], str | bytes]) -> str:
    """A PDF; none where the figure is larger than a page can be, for the picture is shown nevertheless."""
    try:
        made = make()
    except AdgraphError:
        return ""
    assert isinstance(made, bytes), "a PDF is bytes"
    return _base64(made)


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
