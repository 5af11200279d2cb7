"""The default sheet: which views a system is drawn in, and what is said of the others."""

import pytest

from graphviz_ad.drawing.pages import standing
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.lesson.choice import ALONE, LISTED, OF_ONE_EQUATION, OVERVIEW, SIMPLIFIED, usual_sheet, usual_views
from graphviz_ad.lesson.views import DEFAULT_VIEWS
from tests.conftest import system
from tests.course_systems import SYSTEMS

NETWORK = "; ".join(
    [*(f"h_{k} = tanh(w_{k}*x + b_{k})" for k in range(1, 14)), "y = " + " + ".join(f"h_{k}" for k in range(1, 14))]
)


@pytest.mark.parametrize(
    ("source", "asked", "views"),
    [
        ("y=sin(a*x+b); z=y^2", {}, DEFAULT_VIEWS),
        ("z=w*x+b; a=sigmoid(z); L=(a-1)^2", {}, DEFAULT_VIEWS),
        ("z=w*x+b; a=sigmoid(z); e=a-t; L=e^2", {}, LISTED),  # four equations
        ("y=a*b+c*d+f", {}, OF_ONE_EQUATION),
        ("y=a*b+c*d; z=y*f", {}, SIMPLIFIED),  # five inputs
        ("y=" + "*".join(["sin(x)"] * 20), {}, SIMPLIFIED),  # one equation of 40 operations
        (
            "y=" + "+".join(f"a_{k}*x_{k}" for k in range(50)),
            {},
            ALONE,
        ),  # an overview would be one vertex and its inputs
        (NETWORK, {}, OVERVIEW),
        (NETWORK, {"of": ("h_1",)}, OF_ONE_EQUATION),
        (NETWORK, {"constants": "folded", "given": frozenset({"constants"})}, DEFAULT_VIEWS),
    ],
)
def test_the_views_suit_the_size(source, asked, views):
    of = asked.pop("of", ())
    here = system(source, **asked)
    if of:
        from graphviz_ad.derive.graph_view import ancestors
        from graphviz_ad.lesson.system import System

        here = System(ancestors(here.graph, of))
    assert usual_views(here).views == views


@pytest.mark.parametrize("name", [
    "sine", "neuron with a loss", "gated unit", "attention", "recurrence of 2", "recurrence of 4", "softmax of four",
    "network 3-2-1", "residual block", "step of adam", "quotient", "network of 25 equations",
])  # fmt: skip
def test_the_terminal_has_the_views_of_a_figure(name):
    here = system(SYSTEMS[name])
    drawn = usual_sheet(here, "textbook", standing(here.request, Typesetter())).sheet
    assert usual_views(here).views == tuple(panel.view for panel in drawn.panels)


def test_a_style_of_its_own_has_all_its_views():
    assert usual_views(system(NETWORK), "circuit").views == ("circuit",)


@pytest.mark.parametrize("command", ["draw", "show"])
def test_what_is_left_out_is_said_and_how_to_have_it(run, command, tmp_path):
    result = run(command, "y=a*b+c*d; z=y*f", *(["-o", str(tmp_path / "y.txt")] if command == "draw" else []))
    assert "note: z is drawn in its main views; for the others: --view forward,backward\n" in result.stderr


@pytest.mark.parametrize("asked", [["-o", "page.html"], ["--view", "forward", "-o", "y.txt"]])
def test_nothing_is_said_where_nothing_is_left_out(run, asked):
    assert "main views" not in run("draw", "y=a*b+c*d; z=y*f", *asked).stderr
