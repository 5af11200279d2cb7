"""What formulas have in common is drawn once on a page, and what is drawn is still the formulas."""

import re

import pytest

from graphviz_ad.core.formula import Expression
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.svg_paths import curve, outline, polygon
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.formats.images.shared_runs import has, repeated
from graphviz_ad.formats.page.glyph_definitions import GlyphDefinitions
from tests.conftest import graph


def formulas(*sources: str) -> list[Expression]:
    return [Expression(graph(f"y = {source}")) for source in sources]


@pytest.mark.parametrize(
    ("sources", "shared"),
    [
        (["sin(a*x + b*w + c)*u", "v*sin(a*x + b*w + c)"], 1),
        (["sin(a*x + b*w + c)*u", "v*cos(p*q + r*s + t)"], 0),
        (["a + b", "a + b + c"], 0),  # too short to be worth it
    ],
)
def test_runs_are_what_formulas_have_in_common(sources, shared):
    setter = Typesetter()
    sets = [setter(formula, MATHS) for formula in formulas(*sources)]
    runs = repeated(sets)
    assert len(runs) == shared
    for run in runs:
        assert all(any(has(one, start, run) for start in range(len(one.glyphs))) for one in sets)


def test_pieces_put_together_are_the_formula():
    """Every glyph stands where it was set, through all pieces that use pieces."""
    pieces = GlyphDefinitions()
    asked = formulas("sin(a*x + b*w + c)*u", "v*sin(a*x + b*w + c) + 1", "exp(v*sin(a*x + b*w + c) + 1)")
    pieces.prepare((formula, MATHS) for formula in asked)
    pieces.share(())
    used = [re.search(r"#(s\d+)", pieces.use(pieces.setter(formula, MATHS)))[1] for formula in asked]
    drawn = dict(re.findall(r'<g id="(s\d+)">(.*?)</g>', pieces.definitions()))

    def glyphs(name: str, x: float, y: float):
        if name[0] == "g":
            yield round(x, 1), round(y, 1)
            return
        for part, dx, dy in re.findall(r'<use href="#(\w+)"(?: x="([\d.-]+)")?(?: y="([\d.-]+)")?/>', drawn[name]):
            yield from glyphs(part, x + float(dx or 0), y + float(dy or 0))

    assert any('href="#s' in body for body in drawn.values())
    for name, formula in zip(used, asked, strict=True):
        expected = [(glyph.x, glyph.y) for glyph in pieces.setter(formula, MATHS).glyphs]
        found = list(glyphs(name, 0, 0))
        assert len(found) == len(expected)
        for place, wanted in zip(found, expected, strict=True):
            assert place == pytest.approx(wanted, abs=0.12)


@pytest.mark.parametrize(
    ("points", "path"),
    [
        ([(0, 0), (1, 0), (2, 0), (3, 0)], "M0 0h3"),
        ([(0, 0), (1, 0), (2, 0), (3, 0), (3, 0), (3, 0), (5, 0)], "M0 0h5"),
        ([(1, 2), (1, 3), (1, 4), (1, 5)], "M1 2v3"),
        ([(0, 0), (1, 1), (2, 2), (3, 3)], "M0 0l3 3"),
        ([(0, 0), (0, 5), (5, 5), (5, 0)], "M0 0c0 5 5 5 5 0"),
        ([(0, 0), (-1, 0), (2, 0), (3, 0)], "M0 0c-1 0 2 0 3 0"),  # goes back before it goes on
        ([(0, 0), (0.1, 0), (0.2, 0), (0.25, 0.04)], "M0 0h.2"),
        ([(0, 0), (2, 0), (3, 0), (4, 0), (6, 0), (6, 2), (6, 4), (6, 5), (6, 6), (6, 9)], "M0 0h4c2 0 2 2 2 4v5"),
        ([(0, 0), (1, 0), (2, 0), (3, 0), (2, 0), (2, 0), (1, 0)], "M0 0h3h-2"),
    ],
)  # fmt: skip
def test_paths_are_short(points, path):
    assert curve(points) == path


@pytest.mark.parametrize(
    ("outline_of_typst", "path"),
    [
        ("M 0 0m 8.466 2.448c 0 0.153 -0.085 0.238 -0.272 0.238Z ", "m8.47 2.45c0 .15-.09 .24-.28 .24z"),
        ("M 0 0m 1.004 1h 1.004v -1.004l -1.004 0Zm 1 1l 0.5 0.5Z ", "m1 1h1.01v-1h-1.01zm1 1l.5 .5z"),  # no drift
        ("M 0 0m 1 1h 8e-5l 1 0Z ", "m1 1h1z"),
    ],
)
def test_outlines_are_short(outline_of_typst, path):
    assert outline(outline_of_typst) == path


def test_a_polygon():
    assert polygon([(10, 0.04), (1.5, 3.4), (1.5, -3.4)]) == "M10 0l-8.5 3.4v-6.8z"
