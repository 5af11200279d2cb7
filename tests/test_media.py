"""One figure in every medium: the same nodes in the same places, the same formulas.

The pixels of PDF and PNG are compared in test_documents, those of TikZ in test_tikz; here it is what a page draws,
which leaves more room for numbers than the other media do, and what every medium says of a formula.
"""

import re
from math import inf
from xml.etree import ElementTree

import pytest

from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Pill, Tip
from graphviz_ad.formats import formats
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import render
from tests.conftest import plain, system, valued
from tests.test_drawing import EXAMPLES

SVG = "{http://www.w3.org/2000/svg}"
PANELS = {"forward": "full-forward", "forward-simplified": "simplified-forward", "backward": "full-backward",
          "backward-simplified": "simplified-backward"}  # fmt: skip


Places = dict[str, tuple[float, float]]


def in_the_scene(sheet, direction="lr") -> Places:
    """Where things are on a sheet of one panel: the middles of nodes, the ends of arrows, the origins of labels."""
    found = {}
    for group in compose(sheet, direction=direction, room=inf).groups:
        if not re.fullmatch(r"p0[na]\d+", group.key):
            continue
        key = group.key.removeprefix("p0")
        for shape in group.shapes:
            if isinstance(shape, Pill):
                found[key] = (shape.x, shape.y)
            elif isinstance(shape, Tip):
                found[f"{key} tip"] = shape.points[0]
            elif shape.style == "label-text":
                found[f"{key} label"] = (shape.x, shape.y)
    return found


def on_the_page(page: str, panel: str) -> Places:
    """The same of a panel of a page."""
    (picture,) = re.findall(rf'<svg id="{panel}".*?</svg>', page, re.DOTALL)
    (figure,) = ElementTree.fromstring(picture)
    found = {}
    arrows = 0
    for group in figure:
        node = group.get("data-node")
        key = f"a{arrows}" if group.get("class") == "edge" else f"n{node}"
        arrows += key[0] == "a"
        if key == "nNone":
            continue  # a constant has no shape to be found by
        for part in group.iter():
            place = re.fullmatch(r"translate\((\S+) (\S+)\)", part.get("transform", ""))
            if part.tag == "path" and part.get("class") is None:
                tip = re.match(r"M(-?[\d.]+) ?(-?[\d.]+)", part.get("d", ""))
                found[f"{key} tip"] = tuple(map(float, tip.groups()))
            elif place and part.get("class") in (None, "node", "label-text"):
                name = f"{key} label" if part.get("class") == "label-text" else key
                found[name] = tuple(map(float, place.groups()))
    return found


def about_the_first(places: Places) -> Places:
    """The same places from that of the first node, as figures have margins of their own."""
    x0, y0 = places[min(key for key in places if re.fullmatch(r"n\d+", key))]
    return {key: (x - x0, y - y0) for key, (x, y) in places.items()}


def order(places: dict[str, tuple[float, float]], axis: int) -> list[list[str]]:
    """The nodes in columns or rows: those at one place together."""
    lines: dict[int, list[str]] = {}
    for name, place in sorted(places.items()):
        near = next((key for key in lines if abs(key - place[axis]) < 3), None)
        lines.setdefault(round(place[axis]) if near is None else near, []).append(name)
    return [lines[key] for key in sorted(lines)]


@pytest.mark.parametrize("direction", ["lr", "tb"])
@pytest.mark.parametrize("view", PANELS)
@pytest.mark.parametrize("source", EXAMPLES)
def test_a_page_has_the_geometry_of_the_figure(source, view, direction):
    sheet = sheet_of(system(source), [view])
    drawn = about_the_first(in_the_scene(sheet, direction))
    page = render(sheet, formats()["html"], Request(direction=direction))
    shown = about_the_first(on_the_page(str(page), PANELS[view]))
    assert shown.keys() == drawn.keys()
    for key, place in drawn.items():
        assert shown[key] == pytest.approx(place, abs=0.21), key


@pytest.mark.parametrize("view", PANELS)
@pytest.mark.parametrize("source", EXAMPLES)
def test_a_page_with_numbers_has_the_columns_of_the_figure(source, view):
    """It has room for any number, the figure for those that it shows."""
    sheet = sheet_of(valued(source), [view])
    page = render(sheet, formats()["html"], Request())
    drawn, shown = in_the_scene(sheet), on_the_page(str(page), PANELS[view])
    nodes = [{key: place for key, place in one.items() if re.fullmatch(r"n\d+", key)} for one in (drawn, shown)]
    assert order(nodes[0], 0) == order(nodes[1], 0)


@pytest.mark.parametrize("source", EXAMPLES)
def test_every_medium_says_the_same_derivatives(source):
    here = system(source)
    sheet = sheet_of(here, ["backward-simplified"])
    labels = {plain(arrow.label) for arrow in sheet.panels[0].content.arrows}
    svg, dot, data = (str(render(sheet, formats()[name], Request())) for name in ("svg", "dot", "json"))
    tex = str(render(sheet, formats()["tikz"], Request()))
    titles = {title.text for title in ElementTree.fromstring(svg).iter(f"{SVG}title")}
    assert labels <= titles
    assert all(f'"plain": "{label.split(" = ")[-1]}"' in data for label in labels)
    assert len(re.findall(r"->.*label", dot)) == len(sheet.panels[0].content.arrows)
    assert tex.count("\\adfrac{\\adpartial") + tex.count("\\adfrac{\\addiff") >= len(labels)
