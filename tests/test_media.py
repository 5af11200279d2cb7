"""One figure in every medium: the same nodes in the same places, the same formulas.

The pixels of PDF and PNG are compared in test_documents, those of TikZ in test_tikz; here it is what a page draws,
which leaves more room for numbers than the other media do, and what every medium says of a formula.
"""

import re
from xml.etree import ElementTree

import pytest

from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Pill
from graphviz_ad.pipeline import render
from graphviz_ad.render import Options, formats
from tests.conftest import plain, system, valued
from tests.test_drawing import EXAMPLES

SVG = "{http://www.w3.org/2000/svg}"
PANELS = {"forward": "full-forward", "forward-simplified": "simplified-forward", "backward": "full-backward",
          "backward-simplified": "simplified-backward"}  # fmt: skip


def in_the_scene(sheet) -> dict[str, tuple[float, float]]:
    """The centre of each node of a sheet of one panel."""
    found = {}
    for group in compose(sheet).groups:
        number = re.fullmatch(r"p0n(\d+)", group.key)
        pills = [shape for shape in group.shapes if isinstance(shape, Pill)]
        if number and pills:
            found[number[1]] = (pills[-1].x, pills[-1].y)
    return found


def on_the_page(page: str, panel: str) -> dict[str, tuple[float, float]]:
    """The centre of each node of a panel of a page."""
    (picture,) = re.findall(rf'<svg id="{panel}".*?</svg>', page, re.DOTALL)
    found = {}
    for node in ElementTree.fromstring(picture).iter():
        if node.get("class") == "node":
            shape = [part for part in node if part.tag in ("circle", "rect")][-1:]
            for part in shape:
                size = {key: float(value) for key, value in part.items() if re.fullmatch(r"[\d.-]+", value)}
                if part.tag == "circle":
                    found[node.get("data-node")] = (size["cx"], size["cy"])
                else:
                    found[node.get("data-node")] = (size["x"] + size["width"] / 2, size["y"] + size["height"] / 2)
    return found


def order(places: dict[str, tuple[float, float]], axis: int) -> list[list[str]]:
    """The nodes in columns or rows: those at one place together."""
    lines: dict[int, list[str]] = {}
    for name, place in sorted(places.items()):
        near = next((key for key in lines if abs(key - place[axis]) < 3), None)
        lines.setdefault(round(place[axis]) if near is None else near, []).append(name)
    return [lines[key] for key in sorted(lines)]


@pytest.mark.parametrize("view", PANELS)
@pytest.mark.parametrize("source", EXAMPLES)
def test_a_page_has_the_columns_of_the_figure(source, view):
    here = valued(source)
    page = render(here.sheet([view]), formats()["html"], Options())
    drawn, shown = in_the_scene(here.sheet([view])), on_the_page(str(page), PANELS[view])
    bare = {name: drawn.pop(name) for name in drawn.keys() - shown.keys()}  # constants have no shape to be found by
    assert shown.keys() == drawn.keys()
    assert len(bare) <= 3
    assert order(drawn, 0) == order(shown, 0)


@pytest.mark.parametrize("source", EXAMPLES)
def test_every_medium_says_the_same_derivatives(source):
    here = system(source)
    sheet = here.sheet(["backward-simplified"])
    labels = {plain(arrow.label) for arrow in sheet.panels[0].content.arrows}
    svg, dot, data = (str(render(sheet, formats()[name], Options())) for name in ("svg", "dot", "json"))
    tex = str(render(sheet, formats()["tikz"], Options()))
    titles = {title.text for title in ElementTree.fromstring(svg).iter(f"{SVG}title")}
    assert labels <= titles
    assert all(f'"plain": "{label.split(" = ")[-1]}"' in data for label in labels)
    assert dot.count("->") == len(sheet.panels[0].content.arrows)
    assert tex.count("\\frac{\\partial") + tex.count("\\frac{\\mathrm{d}") >= len(labels)
