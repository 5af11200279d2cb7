"""PDF and PNG, made by Typst from our own SVG: the same outlines on a page of the figure's size.

Typst is given one constant source; the SVG, the title and the words come as inputs, which are strings and never code.
Its root is no folder, no font of the machine takes part, and no date is written.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from math import ceil
from typing import Literal

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.drawing.size import SIZES
from graphviz_ad.drawing.typst_pages import ROOT, typst_here
from graphviz_ad.formats import Format, Maker
from graphviz_ad.formats.images import PICTURE
from graphviz_ad.formats.images.svg import SLIGHTLY, legal, svg

MAX_POINTS = 14_400  # of a side of a page: PDF readers show no more
MIN_SIDE = 0.01  # pixels
MAX_SIDE = 30_000  # pixels
MAX_PIXELS = 50_000_000
SCREEN = 96.0  # pixels of the scene for each inch, at the size for a screen
INCH = 72.0  # points
METRE = 1 / 0.0254  # inches

_PAGE = b"""\
#set document(title: sys.inputs.title, date: none)
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100% - float(sys.inputs.off) * 1pt,
  height: 100% - float(sys.inputs.off) * 1pt, alt: sys.inputs.alt)
"""
_NEXT = b"""#set page(height: float(sys.inputs.at("height-%d")) * 1pt)
#image(bytes(sys.inputs.at("svg-%d")), format: "svg", width: 100%%, height: 100%%, alt: "")
"""


def pdf(scene: Scene, request: Request) -> bytes:
    """The scene as a page of a PDF, or as the pages that it has. Raises AdgraphError where it is larger than a page can
    be."""
    points = SIZES[request.size].points / scene.smaller
    first, *others = scene.pages()
    width, height = scene.width * points, max(page.height for page in (first, *others)) * points
    if max(width, height) > MAX_POINTS:
        raise AdgraphError(
            f"a page of {width:,.0f} × {height:,.0f} points is larger than a PDF's can be ({MAX_POINTS:,})",
            hint="draw fewer panels (--view), another --direction or --size, or an SVG",
        )
    drawn = [(svg(page, _still(request)), page.height * points) for page in (first, *others)]
    return _typst(scene, drawn[0][0], (width, drawn[0][1]), "pdf", None, drawn[1:])


def png(scene: Scene, request: Request) -> bytes:
    """The scene as pixels. Raises AdgraphError where they are too many."""
    resolution = request.dpi or SCREEN * request.scale  # pixels for each inch
    if not 0 < resolution < float("inf"):
        raise AdgraphError(f"a picture of {resolution:g} pixels for each inch cannot be drawn")
    factor = SIZES[request.size].points / scene.smaller / INCH * resolution  # pixels for each of the scene
    width, height = scene.width * factor, scene.height * factor
    if min(width, height) < MIN_SIDE:
        raise AdgraphError("a picture of less than a pixel cannot be drawn", hint="choose a larger --scale or --dpi")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise AdgraphError(
            f"a picture of {_counted(width)} × {_counted(height)} pixels is too large to be drawn "
            f"(at most {MAX_PIXELS:,}, and {MAX_SIDE:,} on a side)",
            hint="choose a smaller --scale or --dpi, fewer panels (--view), or a PDF or SVG",
        )
    # A canvas of whole pixels is drawn sharp; another is drawn first and then stretched.
    pixels = ceil(round(width, 6)), ceil(round(height, 6))
    whole = scene.replace(width=pixels[0] / factor, height=pixels[1] / factor)
    page = pixels[0] / resolution * INCH, pixels[1] / resolution * INCH
    made = _typst(scene, svg(whole, _still(request), pixels), page, "png", resolution)
    return _labelled(made, scene, resolution)


def _counted(pixels: float) -> str:
    return f"{pixels:,.0f}" if pixels < 1e12 else f"{pixels:.0e}"


def _still(request: Request) -> Request:
    """What is asked where there is no reader's browser to follow."""
    return request.replace(theme="light" if request.theme == "auto" else request.theme)


def _typst(
    scene: Scene,
    drawn: str,
    page: tuple[float, float],
    kind: Literal["pdf", "png"],
    resolution: float | None,
    more: Sequence[tuple[str, float]] = (),
) -> bytes:
    """What Typst makes of an SVG on a page of a size in points, and of more on pages as wide, each of its height."""
    typst = typst_here()
    inputs = {"svg": drawn, "title": legal(scene.title), "alt": legal(scene.description),
              "width": repr(page[0]), "height": repr(page[1]),
              "off": repr(4 * SLIGHTLY / resolution * INCH if resolution else 0)}  # fmt: skip
    source = _PAGE
    for number, (next_drawn, height) in enumerate(more):
        source += _NEXT % (number, number)
        inputs |= {f"svg-{number}": next_drawn, f"height-{number}": repr(height)}
    compiler = typst.Compiler(root=ROOT, ignore_system_fonts=True)
    made = compiler.compile(source, format=kind, ppi=resolution, sys_inputs=inputs)
    assert isinstance(made, bytes), "Typst made more than one page"
    return made


# ---- what a PNG says of itself


def _labelled(picture: bytes, scene: Scene, resolution: float) -> bytes:
    """A PNG with its resolution, so that programs know its size, and with its title and words."""
    after = 8 + 25  # the signature and the head, which comes first
    per_metre = round(resolution * METRE)
    chunks = [_chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))]
    for key, text in ((b"Title", scene.title), (b"Description", scene.description)):
        chunks.append(_chunk(b"iTXt", key + b"\0\0\0\0\0" + legal(text).encode()))
    return picture[:after] + b"".join(chunks) + picture[after:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PDF = Format("pdf", (".pdf",), "a page of the figure's size, vector outlines", f"{__name__}:PDF_MAKER", PICTURE)
PDF_MAKER = Maker(from_scene=pdf, has_pages=True)

PNG = Format("png", (".png",), "pixels, at --scale or --dpi; transparent with --background none",
             f"{__name__}:PNG_MAKER", f"{PICTURE} scale dpi")  # fmt: skip
PNG_MAKER = Maker(from_scene=png)
