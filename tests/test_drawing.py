"""Figures: nothing overlaps, forward and backward mirror each other, the same input gives the same scene."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings

from graphviz_ad.core.diagram import Panel, Plot, Series, Sheet
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, Variable
from graphviz_ad.drawing.curves import between, inside, sample, with_tip
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.plot import _axes
from graphviz_ad.drawing.scene import Curve, Group, Pill, Scene, Text, extent
from graphviz_ad.drawing.theme import THEMES, theme
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.lesson.views import DEFAULT_VIEWS, VIEWS, sheet_of
from tests.conftest import system
from tests.scenes import collisions
from tests.strategies import Pair, systems

EXAMPLES = [
    "y=sin(a*x+b); z=y**2",
    "y=2x^3+3; z=y^2",
    "y=sigmoid(w*x+b); L=(y-t)^2",
    "e=(a+b)*(b+1)",
    "f=x*y+sin(x)",
    "p=1/(1+exp(-x))",
    "y = x",
    "y = x*x",
    "c = 2*pi; y = c*x/(1 + x)",
    "a=x^2; b=a*x; c=a+b*x; d=c*a; f=d+x",
    "s = a + b; p = s*a; q = s*b",
    "loss_{total} = (prediction - target)^2/2",
    "y = x^2; z = w^2",
    "y = e^a + e^b + pi*pi",
]

CELLS = {
    "a gated unit": ("""r = sigmoid(w_r*x + u_r*h); z = sigmoid(w_z*x + u_z*h); n = tanh(w_n*x + r*u_n*h)
        h_t = (1 - z)*n + z*h""", ("x", "h")),
    "a memory cell": ("""f = sigmoid(w_f*x + u_f*h + b_f); i = sigmoid(w_i*x + u_i*h + b_i)
        o = sigmoid(w_o*x + u_o*h + b_o); g = tanh(w_c*x + u_c*h + b_c); c_t = f*c + i*g; h_t = o*tanh(c_t)""",
        ("x", "h", "c")),
    "two layers": ("""h_1 = tanh(v_1*x_1 + v_2*x_2); h_2 = tanh(v_3*x_1 + v_4*x_2); h_3 = tanh(v_5*x_1 + v_6*x_2)
        y_1 = w_1*h_1 + w_2*h_2 + w_3*h_3; y_2 = w_4*h_1 + w_5*h_2 + w_6*h_3; L = (y_1 - t_1)^2 + (y_2 - t_2)^2""", ()),
}  # fmt: skip


def scene(source: str, views: tuple[str, ...] = DEFAULT_VIEWS, direction: str = "lr", **asked: object) -> Scene:
    return compose(sheet_of(system(source, **asked), views), direction)


@pytest.mark.parametrize("source", EXAMPLES)
@pytest.mark.parametrize("direction", ["lr", "tb"])
def test_nothing_overlaps(source, direction):
    views = tuple(view for view in VIEWS if view not in ("trace", "circuit"))  # these need values
    assert collisions(scene(source, views, direction)) == []


@pytest.mark.parametrize("direction", ["rl", "bt"])
def test_nothing_overlaps_in_the_other_directions(direction):
    assert collisions(scene("y=sin(a*x+b); z=y**2", direction=direction)) == []


@pytest.mark.parametrize("direction", ["lr", "rl", "tb", "bt"])
@pytest.mark.parametrize("cell", CELLS)
def test_nothing_overlaps_in_crowded_figures(cell, direction):
    source, wrt = CELLS[cell]
    assert collisions(scene(source, ("forward", "backward", "backward-simplified"), direction, wrt=wrt)) == []


@settings(max_examples=25)
@given(systems())
def test_nothing_overlaps_in_random_figures(equations: list[Pair]):
    source = "; ".join(pair.text for pair in equations)
    assert collisions(scene(source, ("forward", "backward", "backward-simplified"))) == [], source


def test_the_check_finds_an_overlap():
    """A label moved onto its neighbour, onto a node, and off the canvas is found."""
    drawn = scene("y=2x^3+3; z=y^2", ("backward-simplified",))
    label = next(s for g in drawn.groups for s in g.shapes if isinstance(s, Text) and s.style == "label-text")
    pill = next(s for g in drawn.groups for s in g.shapes if isinstance(s, Pill))
    for x, y, said in [(label.x + 5, label.y, "over"), (pill.x - 9, pill.y, "over"), (-50, 0, "canvas")]:
        moved = Group("moved", "", (label.replace(x=x, y=y),))
        assert any(said in found for found in collisions(drawn.replace(groups=(*drawn.groups, moved))))


def places(drawn: Scene, panel: int) -> dict[str, tuple[float, float]]:
    """The centres of the vertices of a panel, by node."""
    return {
        group.key[2:]: (pill.x, pill.y)
        for group in drawn.groups
        if group.key.startswith(f"p{panel}n")
        for pill in [s for s in group.shapes if isinstance(s, Pill) and s.style != "output-ring"][-1:]
    }


@pytest.mark.parametrize("source", EXAMPLES)
def test_forward_and_backward_mirror_each_other(source):
    """Every two nodes above each other stay so, and those left and right of each other change sides."""
    drawn = scene(source, ("forward-simplified", "backward-simplified", "forward", "backward"))
    for forward, backward in ((0, 1), (2, 3)):
        ahead, back = places(drawn, forward), places(drawn, backward)
        shared = [node for node in ahead if node in back]
        for one in shared:
            for other in shared:
                if ahead[one][0] < ahead[other][0] - 60:
                    assert back[one][0] > back[other][0] - 1, (one, other)
                same_column = abs(ahead[one][0] - ahead[other][0]) < 1 and abs(back[one][0] - back[other][0]) < 1
                if same_column and ahead[one][1] < ahead[other][1]:
                    assert back[one][1] < back[other][1], (one, other)


def test_the_steps_stand_still():
    """The three steps of making a backward graph have one layout, so that a reader's eye need not search."""
    drawn = scene("y=sin(a*x+b); z=y**2", ("steps",))
    first, second, third = (places(drawn, panel) for panel in range(3))
    for node, (x, y) in first.items():
        assert (
            second[node][0] - x
            == pytest.approx(third[node][0] - second[node][0], abs=0.01)
            == pytest.approx(0, abs=0.01)
        )
        assert {round(b[1] - a[1], 2) for a, b in ((first[n], second[n]) for n in first)} == {
            round(second[node][1] - y, 2)
        }


def test_two_runs_give_the_same_scene():
    assert scene(EXAMPLES[0]) == scene(EXAMPLES[0])


def test_a_system_that_is_too_large_is_refused_at_once():
    with pytest.raises(AdgraphError, match="a system of 5,999 nodes is more than the 5,000 that are shown"):
        scene("y = " + " + ".join(f"x{n}" for n in range(3000)))


def test_the_description_says_what_the_figure_shows():
    drawn = scene("y=2x^3+3; z=y^2", ("backward-simplified", "chain"))
    assert drawn.title == "y = 2*x^3 + 3; z = y^2"
    assert "the derivative of z with respect to y is 2 y; the derivative of y with respect to x is 6 x squared." in (
        drawn.description
    )
    assert drawn.description.endswith("which is 12 x squared times the quantity 2 x cubed plus 3.")


# ---- typesetting


def test_boxes_are_exact():
    """An x has the height of a lower-case letter, and a fraction stands about the maths axis."""
    setter = Typesetter()
    x, fraction = setter(Variable("x"), 16), setter(Derivative("z", "y"), 16)
    assert 6 < x.ascent < 8
    assert 0 <= x.descent < 0.5
    assert len(fraction.rules) == 1
    assert fraction.rules[0].y == pytest.approx(-0.25 * 16, abs=0.1)
    assert set(setter.outlines) == {glyph.outline for s in (x, fraction) for glyph in s.glyphs}


def test_sizes_scale():
    setter = Typesetter()
    assert setter(Variable("x"), 32).width == pytest.approx(2 * setter(Variable("x"), 16).width, rel=0.01)


# ---- curves


def test_arrows_end_at_the_shapes_they_join():
    tail, head = Pill(0, 0, 40, 40, "input"), Pill(200, 30, 60, 40, "output")
    line = between(((0, 0), (60, 0), (140, 30), (200, 30)), tail, head, 2)
    assert not inside(tail, line[0], -0.01)
    assert inside(tail, line[0], 0.1)
    assert inside(head, line[-1], 2.1)
    assert not inside(head, line[-1], 1.9)
    shaft, end = with_tip(line, 8)
    assert end == line[-1]
    assert abs(shaft[-1][0] - end[0]) == pytest.approx(8, abs=0.3)


def test_points_along_a_curve_are_close():
    points = sample(((0, 0), (100, 0), (100, 100), (0, 100)), 5)
    assert points[0] == (0, 0)
    assert points[-1] == (0, 100)
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) < 15 for a, b in pairwise(points))


# ---- themes


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_a_style_for_every_role(name):
    drawn = compose(sheet_of(system("c=2; y=x*c+v; z=y^2*q; q=x", at={"x": 1, "v": 2}), tuple(VIEWS)))
    used = {shape.style for group in drawn.groups for shape in group.shapes}
    assert used <= set(theme(name).styles)
    assert set(theme(name).styles) == set(theme("light").styles)


@pytest.mark.parametrize(
    ("ends", "logarithmic", "expected"),
    [
        ([0.0, 1.0], False, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ([-3.0, 3.0], False, [-3, -2, -1, 0, 1, 2, 3]),
        ([-0.73, 12.2], False, [-5, 0, 5, 10, 15]),
        ([-15.6, 0.2], True, [-18, -15, -12, -9, -6, -3, 0, 3]),
        ([2.0, 2.0], False, [2, 2.0000000005]),
    ],
)
def test_ticks_are_round_numbers_around_all_points(ends, logarithmic, expected):
    points = tuple((10.0**y, 10.0**y) if logarithmic else (y, y) for y in ends)
    axis, _ = _axes(Plot("x", "y", (Series("f", points),), logarithmic))
    assert list(axis.ticks) == pytest.approx(expected)


def test_a_plot_keeps_to_its_frame():
    series = Series("f", tuple((x / 10, math.sin(x / 10) * 7) for x in range(-30, 40)))
    made = compose(Sheet("f", (), (Panel("plot", "A sine", Plot("x", "y", (series,))),)))
    frame, *_ = (s for g in made.groups if g.key == "p0axes" for s in g.shapes if isinstance(s, Curve))
    (line,) = (s for g in made.groups if g.key == "p0s0" for s in g.shapes)
    left, top, right, bottom = extent(frame)
    x0, y0, x1, y1 = extent(line)
    assert left <= x0 < x1 <= right
    assert top <= y0 < y1 <= bottom


def test_the_cells_of_a_table_do_not_touch():
    sheet = sheet_of(system("y = log(x1) + x1*x2 - sin(x2)", at={"x1": 2, "x2": 5}), ["trace"])
    assert collisions(compose(sheet)) == []
