"""What formulas have in common is drawn once on a page, and what is drawn is still the formulas."""

import re

import pytest

from graphviz_ad.core.formula import Expression
from graphviz_ad.drawing.scene import Glyph, Set
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.svg_paths import curve, outline, polygon
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.formats.images.shared_runs import SHORTEST, has, repeated
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


ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def row(letters: str, step: float = 1, x: float = 0, y: float = 0, slope: float = 0) -> Set:
    """Letters side by side, as glyphs are."""
    glyphs = tuple(Glyph(letter, x + k * step, y + k * slope) for k, letter in enumerate(letters))
    return Set(0, 0, 0, glyphs, (), (), "", MATHS)


@pytest.mark.parametrize(
    ("rows", "shared"),
    [
        ([row(ALPHABET[:SHORTEST]), row(ALPHABET[:SHORTEST])], [ALPHABET[:SHORTEST]]),
        ([row(ALPHABET[: SHORTEST - 1]), row(ALPHABET[: SHORTEST - 1])], []),  # one less
        ([row(ALPHABET), row("+abcdefghijklmn=")], ["abcdefghijklmn"]),  # as long as it goes
        ([row(ALPHABET), row("+nopqrstuvwxyz", x=30, y=5)], ["nopqrstuvwxyz"]),  # to the end, elsewhere
        ([row(ALPHABET)], []),
        ([row(ALPHABET[:12] * 2)], []),  # twice in one formula is not in common with one before it
        ([row("abcdefg"), row(ALPHABET), row(ALPHABET)], [ALPHABET]),  # the longest of those that begin alike
        ([row(ALPHABET), row(ALPHABET), row(ALPHABET)], [ALPHABET]),  # each once
        # runs that overlap in one formula are both found where they stand apart; what is taken is not taken again
        ([row(ALPHABET), row("abcdefghijklmn"), row("ghijklmnopqrst")], ["abcdefghijklmn", "ghijklmnopqrst"]),
        ([row(ALPHABET), row("abcdefghijklmnghijklmnopqrst")], ["abcdefghijklmn", "ghijklmnopqrst"]),
        ([row("abcdefghijklmn"), row("ghijklmnopqrst"), row("abcdefghijklmnopqrst")], ["abcdefghijklmn"]),
        ([row("ab" * 12), row("ab" * 6)], ["ab" * 6]),
        # steps are alike to a fiftieth of a pixel, 0.02
        ([row(ALPHABET), row(ALPHABET, step=1.009)], [ALPHABET]),
        ([row(ALPHABET), row(ALPHABET, step=1.03)], []),
        ([row(ALPHABET), row(ALPHABET, slope=0.009)], [ALPHABET]),
        ([row(ALPHABET), row(ALPHABET, slope=0.03)], []),
        # of what begins with the same three glyphs, six places are compared
        ([*[row(f"abc{n}") for n in range(5)], row(ALPHABET), row(ALPHABET)], [ALPHABET]),
        ([*[row(f"abc{n}") for n in range(6)], row(ALPHABET), row(ALPHABET)], [ALPHABET[1:]]),
    ],
)
def test_which_runs_are_shared(rows, shared):
    runs = repeated(rows)
    assert ["".join(glyph.outline for glyph in run.glyphs) for run in runs] == shared
    assert all((run.glyphs[0].x, run.glyphs[0].y) == (0, 0) for run in runs)


@pytest.mark.parametrize(
    ("formula", "start", "found"),
    [
        (row("xabcx"), 1, True),
        (row("xabcx", x=30, y=5), 1, True),
        (row("xabc"), 1, True),
        (row("xabc"), 2, False),
        (row("xab"), 1, False),  # at its end
        (row("abd"), 0, False),
        (row("abc", step=1.009), 0, True),  # 0.018 off at the last
        (row("abc", step=1.011), 0, False),
        (row("abc", step=0.989), 0, False),
        (row("abc", slope=0.009), 0, True),
        (row("abc", slope=0.011), 0, False),
        (row("abc", slope=-0.011), 0, False),
    ],
)
def test_where_a_run_stands(formula, start, found):
    assert has(formula, start, row("abc")) is found


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
        ("M 0 0m 8.466 2.448c 0 0.153 -0.085 0.238 -0.272 0.238Z ", "m8.47-2.45c0-.15-.09-.24-.28-.24z"),
        ("M 0 0m 1.004 1h 1.004v -1.004l -1.004 0Zm 1 1l 0.5 0.5Z ", "m1-1h1.01v1h-1.01zm1-1l.5-.5z"),  # no drift
        ("M 0 0m 1 1h 8e-5l 1 0Z ", "m1-1h1z"),
        (
            "M 0 0m 1 1c 0.5 -0.25 0.5 -0.5 1 -1c 0.5 0.25 1 0.5 2 1l 1 1l 1 2Z ",
            "m1-1c.5.25.5.5 1 1 .5-.25 1-.5 2-1l1-1 1-2z",
        ),
    ],
)
def test_outlines_are_short(outline_of_typst, path):
    assert outline(outline_of_typst) == path


def test_a_polygon():
    assert polygon([(10, 0.04), (1.5, 3.4), (1.5, -3.4)]) == "M10 0l-8.5 3.4v-6.8z"
