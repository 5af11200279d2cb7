"""Which operand is which: signs at the tips of arrows where they do not arrive in the order in which they are read."""

from __future__ import annotations

import pytest

from graphviz_ad.api import draw
from graphviz_ad.core.request import Request
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.drawing import operands
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Text, Tip
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.setting import Sign
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.conftest import graph

UNCLEAR = "p = x*y; q = exp(y - x) + p; r = x*sin(y)*q"


def scene(source, view="forward", direction="lr", **asked):
    system, _ = read(SourceText(source, "text"), Request(**asked))
    return compose(sheet_of(system, (view,)), direction)


def signs(shown):
    """All signs at tips, from top to bottom."""
    found = [shape for group in shown.groups for shape in group.shapes if isinstance(shape, Text)
             and shape.style == operands.STYLE and isinstance(shape.set.content, Sign)]  # fmt: skip
    return [text.set.content.sign for text in sorted(found, key=lambda text: text.y)]


@pytest.mark.parametrize(
    ("source", "wanted", "said"),
    [
        ("q = (a - b)/(c - d)", [], ""),  # each arrives where it is read
        ("v = x*y; u = v - x", [], ""),
        ("v = x*y; u = x - v", [], ""),
        ("y = x^z; u = (x - 1)/(y*x); w = z^x - x^y", ["2", "1", "2", "2", "1", "1"],
         "the operation to the power, which makes y, takes x first, then z; the operation over, which makes u, takes "
         "the operation minus first, then the operation times; the operation to the power takes z first, then x"),
        (UNCLEAR, ["−", "+"], "the operation minus takes y first, then x"),
        ("y = x*z; p = z + x; q = z*x", [], ""),  # where the order does not matter
    ],
)  # fmt: skip
def test_signs_stand_where_the_order_is_another_one(source, wanted, said):
    shown = scene(source)
    assert signs(shown) == wanted
    assert (f"Signs at tips: {said}." in shown.description) if said else ("Signs at tips" not in shown.description)
    assert signs(scene(source, "forward-simplified")) == signs(scene(source, "backward")) == []


@pytest.mark.parametrize("direction", ["lr", "rl", "tb", "bt"])
def test_they_are_the_same_in_every_direction_and_stand_beside_their_tips(direction):
    shown = scene(UNCLEAR, direction=direction)
    assert sorted(signs(shown)) == ["+", "−"]
    for group in shown.groups:
        for text in group.shapes:
            if isinstance(text, Text) and text.style == operands.STYLE:
                (tip,) = (shape.points[0] for shape in group.shapes if isinstance(shape, Tip))
                middle = text.x + text.set.width / 2, text.y - text.set.ascent / 2
                assert 8 < ((middle[0] - tip[0]) ** 2 + (middle[1] - tip[1]) ** 2) ** 0.5 < 24


@pytest.mark.parametrize("suffix", ["svg", "pdf", "tex", "html"])
def test_they_are_in_all_formats_that_have_a_scene(suffix, tmp_path):
    draw(UNCLEAR, tmp_path / f"figure.{suffix}", **({} if suffix == "html" else {"views": ["forward"]}))
    made = (tmp_path / f"figure.{suffix}").read_bytes()
    assert made
    if suffix == "tex":
        labels = [line for line in made.decode().splitlines() if "draw[adgraph arrow]" in line and "node[" in line]
        assert [line.count("{$+$}") + line.count("{$-$}") for line in labels] == [1, 1]


@pytest.mark.parametrize(("terms", "results"), [(3, ["y"]), (12, ["y"]), (13, ["v_11", "y"])])
def test_so_many_terms_of_a_sum_stand_together(terms, results):
    here = graph("y = " + " + ".join(f"x_{k}" for k in range(terms)))
    view = graph_view(here, True, together=True)
    assert [name for node, name in view.names.items() if here.nodes[node].args] == results
