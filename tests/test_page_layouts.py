"""How often a page is laid out: each figure for numbers and without them, of many vertices once."""

import pytest

import graphviz_ad.drawing.panel as panel
import graphviz_ad.formats.page.figure as page_figure
from graphviz_ad.core.request import Request
from graphviz_ad.formats import find
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import read, render
from graphviz_ad.read.sources import read_source


def dense(n: int) -> str:
    """A layer of n sigmoids, each of n inputs, and one over them."""
    hidden = (f"h_{i}=sigmoid(" + "+".join(f"w_{{{i},{j}}}*x_{j}" for j in range(n)) + ")" for i in range(n))
    return "; ".join([*hidden, "o=sigmoid(" + "+".join(f"v_{i}*h_{i}" for i in range(n)) + ")"])


@pytest.fixture
def layouts(monkeypatch):
    """What is still too tight after each layout."""
    tight = []
    layered = panel.layered

    def counted(*words):
        made = layered(*words)
        tight.append(made.tight)
        return made

    monkeypatch.setattr(panel, "layered", counted)
    return tight


def page(source: str) -> str:
    request = Request()
    return render(sheet_of(read(read_source(source), request)[0], ("forward",)), find("html"), request)


def test_a_box_that_lacks_room_is_told_how_much(layouts):
    """A dense network was laid out eight times for each figure, and still too tight."""
    page(dense(6))
    assert not layouts[-1]
    assert len(layouts) < 40  # three of each figure: as it is, with room for numbers, and narrow for phones


@pytest.mark.parametrize(("n", "has_plain"), [(3, True), (7, False)])
def test_a_figure_of_many_vertices_has_room_for_numbers_whether_there_are_some_or_not(n, has_plain, monkeypatch):
    made = []
    figure = page_figure.figure
    monkeypatch.setattr(page_figure, "figure", lambda *words: made.append(figure(*words)) or made[-1])
    page(dense(n))
    assert any("plain" not in one.layouts for one in made) is not has_plain
    assert all("roomy" in one.layouts and one.layouts["shown"] in one.layouts for one in made)


def test_a_figure_of_many_vertices_is_drawn_once(monkeypatch):
    """Drawn downwards too it was no larger on a phone, or as little to be read there."""
    drawn, draw = [], page_figure._drawn
    monkeypatch.setattr(page_figure, "_drawn", lambda *words: drawn.append(len(words[0].vertices)) or draw(*words))
    page(dense(7))
    many = [vertices for vertices in drawn if vertices > page_figure.MANY]
    assert len(many) == 4  # forward and backward, of both graphs
