"""PDF and PNG: the figure of the SVG, with its size, its title and its words, the same bytes on every run."""

import os
import re
import struct
import subprocess
import sys
from math import ceil

import numpy as np
import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.panel import straight
from graphviz_ad.drawing.scene import Group, Scene
from graphviz_ad.drawing.size import SIZES
from graphviz_ad.formats.images import pdf_png
from graphviz_ad.formats.images.pdf_png import pdf, png
from graphviz_ad.formats.images.svg import svg
from graphviz_ad.lesson.views import DEFAULT_VIEWS, sheet_of
from tests.conftest import system
from tests.pictures import box, chunks, drawn_by, pixels, streams, strings
from tests.test_render import HOSTILE

PIXEL = 0.75  # points


def scene(source: str, *views: str) -> Scene:
    return compose(sheet_of(system(source), views or DEFAULT_VIEWS))


SMALL = scene("y=x^2", "backward-simplified")
ACTUAL = Request(scale=1)


# ---- the same picture


@pytest.mark.parametrize("scale", [1, 1.7])
def test_png_is_the_picture_of_the_svg(scale):
    """As sharp as another program draws it: the canvas is one of whole pixels."""
    other = drawn_by("rsvg-convert", "-z", str(scale), data=svg(SMALL, ACTUAL).encode())
    assert_alike(pixels(png(SMALL, Request(scale=scale)))[..., :3], pixels(other)[..., :3])


def test_pdf_is_the_picture_of_the_png(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf(SMALL, ACTUAL))
    other = drawn_by("pdftoppm", "-r", "192", "-png", str(tmp_path / "a.pdf"), data=b"")
    assert_alike(pixels(png(SMALL, Request(dpi=192)))[..., :3], pixels(other)[..., :3])


def assert_alike(one: np.ndarray, other: np.ndarray) -> None:
    """Two rasterisers smooth edges differently, and round the size of the canvas differently."""
    height, width = (min(a, b) for a, b in zip(one.shape[:2], other.shape[:2], strict=True))
    assert max(abs(a - b) for a, b in zip(one.shape, other.shape, strict=True)) <= 1
    difference = abs(one[:height, :width] - other[:height, :width])
    assert difference.mean() < 1.5
    assert (difference.max(axis=2) > 96).mean() < 0.003


def test_pictures_that_are_not_alike_are_told_apart():
    other = pixels(png(scene("y=x^3", "backward-simplified"), ACTUAL))
    with pytest.raises(AssertionError):
        assert_alike(pixels(png(SMALL, ACTUAL))[..., :3], other[..., :3])


# ---- PDF


def test_pdf_is_a_page_of_the_figures_size():
    assert box(pdf(SMALL, Request())) == pytest.approx((SMALL.width * PIXEL, SMALL.height * PIXEL), abs=0.01)


def test_pdf_is_outlines():
    """Neither fonts nor pixels: curves."""
    made = pdf(SMALL, Request())
    assert not re.search(rb"/Font|/Subtype\s*/Image", made)
    assert len(re.findall(rb"[\d.]+ c\b", streams(made))) > 50


def test_pdf_has_title_and_words():
    made = pdf(SMALL, Request())
    assert strings(made, "Title") == ["y = x^2"]
    assert strings(made, "Alt") == [SMALL.description]


# ---- PNG


@pytest.mark.parametrize(
    ("options", "factor"),
    [
        (Request(), 2),
        (Request(scale=1), 1),
        (Request(scale=2.5), 2.5),
        (Request(dpi=96), 1),
        (Request(dpi=300), 300 / 96),
        (Request(size="poster", scale=1), 36 / 12.75),
    ],
)
def test_png_has_as_many_pixels_as_asked_for(options, factor):
    kind, head = chunks(png(SMALL, options))[0]
    width, height = struct.unpack(">II", head[:8])
    assert kind == "IHDR"
    assert (width, height) == pytest.approx((SMALL.width * factor, SMALL.height * factor), abs=1)


def test_png_says_its_resolution_its_title_and_its_words():
    parts = dict(reversed(chunks(png(SMALL, Request(dpi=300)))))
    assert parts["pHYs"] == struct.pack(">IIB", 11811, 11811, 1)  # pixels for each metre
    texts = [data for kind, data in chunks(png(SMALL, Request())) if kind == "iTXt"]
    assert texts == [b"Title\0\0\0\0\0y = x^2", b"Description\0\0\0\0\0" + SMALL.description.encode()]


@pytest.mark.parametrize(
    ("options", "corner"),
    [
        (Request(), (255, 255, 255, 255)),
        (Request(theme="dark"), (0x0F, 0x14, 0x1A, 255)),
        (Request(background="none"), (0, 0, 0, 0)),
        (Request(theme="auto", background="none"), (0, 0, 0, 0)),
    ],
)
def test_the_background_is_the_themes_or_none(options, corner):
    picture = pixels(png(SMALL, options.replace(dpi=111.7)))
    assert {tuple(picture[y, x]) for x in (0, -1) for y in (0, -1)} == {corner}


# ---- both


@pytest.mark.parametrize("make", [pdf, png])
def test_there_is_no_browser_to_follow(make):
    assert make(SMALL, Request(theme="auto")) == make(SMALL, Request(theme="light"))


@pytest.mark.parametrize("name", SIZES)
def test_formulas_have_the_size_of_the_medium(name):
    size = SIZES[name]
    assert box(pdf(SMALL, Request(size=name)))[0] == pytest.approx(SMALL.width / 17 * size.text, abs=0.01)
    width = re.search(r' width="([\d.]+)(pt)?"', svg(SMALL, Request(size=name)))
    assert float(width[1]) * (1 if width[2] else PIXEL) == pytest.approx(SMALL.width / 17 * size.text, abs=0.01)


def test_lines_of_a_slide_are_heavier():
    assert 'stroke-width="1.2"' in svg(SMALL, Request())
    assert 'stroke-width="1.5"' in svg(SMALL, Request(size="slide"))


def test_no_date_and_the_same_bytes_in_another_process(tmp_path):
    made = pdf(SMALL, Request())
    assert not re.search(rb"Date|/ModDate|CreateDate|ModifyDate", made.replace(b"/Datetime", b""))
    words = [sys.executable, "-m", "graphviz_ad", "draw", "y=x^2", "--view", "backward-simplified"]
    path = os.pathsep.join(filter(None, [*sys.path]))
    env = os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1", "PYTHONPATH": path}
    subprocess.run([*words, "-o", "a.pdf", "-o", "a.png"], cwd=tmp_path, check=True, env=env, capture_output=True)
    assert (tmp_path / "a.pdf").read_bytes() == made
    assert (tmp_path / "a.png").read_bytes() == png(SMALL, Request())


@pytest.mark.parametrize("inside", [*HOSTILE, "#read(1)", "\\input", "$#1$", "<img onerror=1>"])
def test_names_stay_text(inside):
    drawn = scene(f"y_{{{inside}}} = 2*x_{{{inside}}}", "forward-simplified")
    made = pdf(drawn, Request())
    assert strings(made, "Title") == [drawn.title]
    assert strings(made, "Alt") == [drawn.description]
    assert not re.search(rb"/JavaScript|/URI|/Annots|/EmbeddedFile", made)
    assert drawn.title.encode() in png(drawn, ACTUAL)


def test_characters_that_are_no_text():
    drawn = SMALL.replace(title="a\0\ud800\x1bb", description="\ufffe")
    assert strings(pdf(drawn, Request()), "Title") == ["a\ufffd\ufffd\ufffdb"]
    assert "a\ufffd\ufffd\ufffdb".encode() in png(drawn, Request())


# ---- limits


@pytest.mark.parametrize(
    ("make", "width", "height", "options", "said"),
    [
        (pdf, 30_000, 100, Request(), "a page of 22,500 × 75 points is larger"),
        (pdf, 100, 7000, Request(size="poster"), "a page of 212 × 14,824 points is larger"),
        (png, 20_000, 10, Request(), "a picture of 40,000 × 20 pixels is too large"),
        (png, 9000, 9000, Request(scale=1), "a picture of 9,000 × 9,000 pixels is too large"),
        (png, 100, 100, Request(dpi=1e9), "pixels is too large"),
        (png, 100, 100, Request(scale=float("inf")), "cannot be drawn"),
        (png, 100, 100, Request(scale=-1), "cannot be drawn"),
        (png, 100, 100, Request(scale=float("nan")), "cannot be drawn"),
    ],
)
def test_a_canvas_that_is_too_large_is_refused_before_typst_is_called(make, width, height, options, said, monkeypatch):
    """Typst would end the whole program."""
    monkeypatch.setattr(pdf_png, "_typst", lambda *words: pytest.fail("Typst was called"))
    large = Scene(width, height, (), {})
    with pytest.raises(AdgraphError, match=re.escape(said)) as caught:
        make(large, options)
    if "too large" in said:
        assert "--scale" in caught.value.hint


def test_an_empty_figure_is_a_page():
    drawn = scene("y = 3", "chain")
    assert pdf(drawn, Request()).startswith(b"%PDF")
    assert png(drawn, Request(scale=0.01)).startswith(b"\x89PNG")


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("height", range(701, 760, 7))
def test_no_row_of_pixels_is_left_out(height, scale):
    """Lines two apart are all there, each as dark: a PNG is drawn at its own size, not stretched."""
    lines = tuple(straight(0, y + 0.5, 90, y + 0.5, "arrow") for y in range(2, height, 2))
    drawn = Scene(97.3, height, (Group("lines", "lines", lines),), {})
    picture = pixels(png(drawn, Request(scale=scale)))
    assert picture.shape[:2] == (height * scale, ceil(97.3 * scale))
    column = picture[:, 10 * scale, 0].tolist()
    stripes = [column[y * scale : (y + 2) * scale] for y in range(2, height - 2, 2)]
    assert all(stripe == stripes[0] for stripe in stripes)
