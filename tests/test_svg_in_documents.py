"""SVG in documents: it follows the colours of the site, and is light where a program knows nothing of that."""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from base64 import b64encode

import pytest

from graphviz_ad import draw
from tests.pictures import pixels
from tests.test_render import rendered


def test_a_figure_is_no_wider_than_its_column():
    assert ElementTree.fromstring(rendered("svg", "y = x^2")).get("style") == "max-width:100%;height:auto"


def test_the_auto_theme_follows_the_reader_and_others_do_not():
    text = rendered("svg", "y = x", theme="auto")
    assert "<style>svg:root{color-scheme:light dark}@supports (color:light-dark(red,red)){." in text
    assert "{fill:light-dark(#ffffff,#0f141a)}" in text
    assert "light-dark" not in rendered("svg", "y = x", theme="light")
    assert "-background{" not in rendered("svg", "y = x", theme="auto", background="none")


SITES = [  # what the reader's browser prefers, what the site says, and what an <img> and a figure in the page are
    ("light", "", "light", "light"),
    ("dark", "", "dark", "light"),
    ("light", "dark", "dark", "dark"),
    ("dark", "light", "light", "light"),
    ("light", "light dark", "light", "light"),
    ("dark", "light dark", "dark", "dark"),
]


@pytest.mark.parametrize(("browser_has", "site_says", "image", "inline"), SITES)
def test_dark_figures_in_a_browser(browser_has, site_says, image, inline, browser):
    figure = rendered("svg", "y = x", theme="auto", background="theme")
    source = b64encode(figure.encode()).decode()
    page = browser.new_page(color_scheme=browser_has)
    page.set_content(f"""<!doctype html><html style="color-scheme:{site_says}"><body style="margin:0">
        <img src="data:image/svg+xml;base64,{source}" style="display:block"><p style="width:90px">{figure}</p>""")
    fill = page.evaluate("getComputedStyle(document.querySelector('p rect')).fill")
    corner = page.screenshot(clip={"x": 1, "y": 1, "width": 1, "height": 1})
    width = page.evaluate("document.querySelector('p svg').getBoundingClientRect().width")
    page.close()
    grounds = {"light": (255, 255, 255), "dark": (15, 20, 26)}
    assert fill == f"rgb{grounds[inline]}"
    assert width == 90
    assert tuple(pixels(corner)[0, 0, :3].tolist()) == grounds[image]


CONVERTERS = {
    "LibreOffice": ("soffice", "--headless", "--convert-to", "png", "figure.svg"),
    "rsvg": ("rsvg-convert", "figure.svg", "-o", "figure.png"),
}


@pytest.mark.parametrize("program", CONVERTERS)
@pytest.mark.parametrize("theme", ["light", "auto"])
def test_converters_draw_it_light(program, theme, tmp_path):
    command = CONVERTERS[program]
    if shutil.which(command[0]) is None:
        pytest.skip(f"needs {program}")
    (tmp_path / "figure.svg").write_text(rendered("svg", "y = x", theme=theme), "utf-8")
    home = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, env=home, check=True, capture_output=True)
    made = pixels((tmp_path / "figure.png").read_bytes())[..., :3]
    assert made[1, 1].tolist() == [255, 255, 255]
    assert made.min() < 60  # its ink


def test_typst_draws_it_light():
    pictures = [draw("y = x", theme=theme).to("png") for theme in ("light", "auto")]
    assert pictures[0] == pictures[1]
