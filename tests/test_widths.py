"""Figures that keep a width, in rows; and the order in which variables stand because someone asked for it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from math import inf

import pytest

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.formula import Definition, Variable
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.curves import between_heights, sample
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.layered.asked import asked_order
from graphviz_ad.drawing.long_labels import named
from graphviz_ad.drawing.panel import COMPACT, draw, formulas
from graphviz_ad.drawing.remarks import remark
from graphviz_ad.drawing.scene import Curve, Pill, extent
from graphviz_ad.drawing.size import BARELY, MARGIN, SIZES, page_height, room_of, width_in_points
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.drawing.widths import in_width, is_kept
from graphviz_ad.lesson.views import sheet_of
from tests.conftest import system
from tests.course_systems import SYSTEMS, recurrent
from tests.placement_rules import crossings

VIEWS = ("forward", "backward", "backward-simplified")


@lru_cache
def shown(source: str, view: str) -> tuple[Diagram, Typesetter]:
    (panel,) = sheet_of(system(source, groups={"none": ()}), [view]).panels
    assert isinstance(panel.content, Diagram)
    setter = Typesetter()
    setter.prepare(Job(*job) for job in formulas(panel.content))
    return panel.content, setter


def nodes(source: str, view: str, width: float | None) -> tuple[float, dict[str, Pill]]:
    """How wide a graph is drawn, and the shapes of its vertices, by their names."""
    diagram, setter = shown(source, view)
    made = draw(diagram, setter, "lr", "", diagram, spacing=COMPACT.replace(width=width))
    names = {}
    for vertex in diagram.vertices:
        label = vertex.label.variable if isinstance(vertex.label, Definition) else vertex.label
        if isinstance(label, Variable):
            names[f"n{vertex.node}"] = label.name
    pills = {names[group.key]: shape for group in made.groups if group.key in names
             for shape in group.shapes if isinstance(shape, Pill) and shape.style != "output-ring"}  # fmt: skip
    return made.width, pills


@pytest.mark.parametrize("width", [900, 600, 450])
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["chain of 15", "three diamonds", "squared error", "two residual blocks"])
def test_a_figure_folds_into_rows(name, view, width):
    used, _ = nodes(SYSTEMS[name], view, width)
    assert used <= width


def rows(pills: dict[str, Pill]) -> list[list[str]]:
    """The names in each row of a chain, from left to right."""
    found: dict[float, list[str]] = {}
    for name, pill in sorted(pills.items(), key=lambda item: (item[1].y, item[1].x)):
        found.setdefault(round(pill.y), []).append(name)
    return list(found.values())


@pytest.mark.parametrize(
    ("view", "order"), [("forward", range(16)), ("backward", range(15, -1, -1))]
)  # fmt: skip
def test_rows_are_read_as_lines_of_text(view, order):
    _, pills = nodes(SYSTEMS["chain of 15"], view, 600)
    made = rows(pills)
    assert len(made) > 1
    assert [name for row in made for name in row] == [f"x_{k}" for k in order]


def test_no_row_is_nearly_empty_beside_full_ones():
    _, pills = nodes(SYSTEMS["chain of 15"], "forward", 600)
    *full, _ = rows(pills)
    assert max(map(len, full)) - min(map(len, full)) <= 1


def test_inputs_stand_in_the_row_of_what_reads_them():
    """h = tanh(wx + …) after h = tanh(w …): each x beside its step."""
    _, pills = nodes(SYSTEMS["recurrence of 4"], "forward-simplified", 330)
    for step in range(2, 5):
        assert abs(pills[f"x_{step}"].y - pills[f"h_{step}"].y) < 130
    assert pills["h_4"].y > pills["h_1"].y + 60


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["chain of 15", "recurrence of 4", "squared error"])
def test_folding_adds_no_crossing(name, view):
    diagram, setter = shown(SYSTEMS[name], view)

    def crossed(width: float | None) -> int:
        made = draw(diagram, setter, "lr", "", diagram, spacing=COMPACT.replace(width=width))
        curves = [shape for group in made.groups for shape in group.shapes if isinstance(shape, Curve)]
        return crossings([sample(curve.points, 4) for curve in curves])

    assert crossed(700) <= crossed(None)


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("345pt", 345), ("2in", 144), ("2.54cm", 72), ("25.4mm", 72), ("100px", 75), ("slide", 912), ("column", 246),
        ("12", None), ("cm", None), ("-3cm", None), ("0cm", None), ("1e999cm", None), ("nancm", None), ("wide", None),
    ],
)  # fmt: skip
def test_widths(words, points):
    assert width_in_points(words) == (None if points is None else pytest.approx(points))


@pytest.mark.parametrize(
    ("size", "width", "room"),
    [
        ("screen", "", 757.3),
        ("paper", "", 783.4),
        ("slide", "", 739.2),
        ("paper", "17cm", 783.2),
        ("slide", "17cm", 373.6),
    ],
)
def test_there_is_room_for_what_the_size_is_for(size, width, room):
    assert room_of(size, width) == pytest.approx(room, abs=0.5)


def test_a_sheet_is_as_wide_as_it_may_be():
    sheet = sheet_of(system(SYSTEMS["chain of 15"]), ["forward", "backward-simplified", "chain"])
    assert compose(sheet, "lr", None, 500.0, is_strict=True).width <= 536


@pytest.mark.parametrize(
    ("name", "view", "letters", "has_rows"),
    [
        ("neuron", "forward-simplified", "12.8", False),  # there is room
        ("squared error", "forward", "11.7", False),  # slightly smaller letters are better than rows,
        ("chain of 15", "forward", "12.8", True),  # rows better than far smaller letters,
        ("sine", "backward", "12.8", True),
        ("memory cell", "forward", "9.0", True),  # and these than rows from which many arrows go on
    ],
)
def test_letters_and_rows_in_12cm(name, view, letters, has_rows):
    request = Request(max_width="12cm")
    sheet = sheet_of(system(SYSTEMS[name], groups={"none": ()}), [view])
    scene = in_width(sheet, request, None)
    assert remark(sheet, scene, request) == ""
    assert f"{12.75 / scene.smaller:.1f}" == letters
    arrows = [shape.points for group in scene.groups if group.key.startswith("p0a") for shape in group.shapes
              if isinstance(shape, Curve)]  # fmt: skip
    assert any(after[0] < before[0] - 50 for way in arrows for before, after in pairwise(way)) == has_rows


@pytest.mark.parametrize(
    ("name", "view", "width", "said"),
    [
        ("squared error", "backward", "slide", ""),
        ("network 2-3-2", "backward", "slide", "cm high, and a slide has room for 16.4"),
        ("neuron with a loss", "backward", "slide", ""),  # in smaller letters
        ("network 3-2-1", "backward", "column", "cm high, and a column has room for 25.7"),
    ],
)
def test_what_is_kept_or_said(name, view, width, said):
    request = Request(max_width=width, size="slide" if width == "slide" else "paper")
    sheet = sheet_of(system(SYSTEMS[name]), [view])
    scene = in_width(sheet, request, None)
    assert said in remark(sheet, scene, request)
    assert bool(said) == bool(remark(sheet, scene, request))
    assert scene.smaller <= SIZES[request.size].text / SIZES[request.size].least + 1e-9


@pytest.mark.parametrize(
    ("name", "view", "width", "pages"),
    [
        ("recurrence of 6", "backward", "page", 2),
        ("recurrence of 6", "backward", "12cm", 3),  # in smaller letters more stands on each
        ("recurrence of 4", "backward", "page", 1),
        ("chain of 15", "backward", "page", 1),
        ("network 4-3-3-2", "backward", "page", 4),  # of which rows are higher than a page
        ("network of 25 equations", "backward", "page", 7),  # and have no height at which only arrows pass
        ("recurrence of 6", "chain", "12cm", 2),
        ("network 4-3-3-2", "chain", "", 3),  # of which nobody asked how wide it is
    ],
)
def test_rows_go_on_on_the_next_page(name, view, width, pages):
    """Of a format that has pages; each part of an arrow that goes on has a key of its own."""
    request = Request(max_width=width, size="paper")
    sheet = sheet_of(system(SYSTEMS[name]), [view])
    found = in_width(sheet, request, None, has_pages=True).pages()
    whole = in_width(sheet, request, None)
    high = page_height("paper", width) + 1
    assert len(found) == pages
    assert len(whole.pages()) == 1
    assert all(page.height <= high * page.smaller for page in found)
    for page in found:
        tops, bottoms = zip(*(extent(shape)[1::2] for group in page.groups for shape in group.shapes), strict=True)
        assert min(tops) >= 0
        assert max(bottoms) <= page.height
    keys = [group.key for page in found for group in page.groups]
    assert len(keys) == len(set(keys))
    assert not [key for key in keys if re.fullmatch(r"p\d+n\d+-\d+", key)]  # a vertex is whole
    assert {key.rpartition("-")[0] or key for key in keys} >= {
        group.key for group in whole.groups if not group.key.startswith("caption")
    }


def test_a_curve_between_two_heights():
    down = (0.0, 0.0), (0.0, 0.0), (0.0, 90.0), (0.0, 90.0)
    assert between_heights(down, 0, 100) == [down]
    assert between_heights(down, 100, 200) == []
    (upper,), (lower,) = between_heights(down, -inf, 30), between_heights(down, 30, inf)
    assert upper[0] == (0, 0)
    assert lower[-1] == (0, 90)
    assert upper[-1][1] == pytest.approx(30, abs=0.1)
    assert lower[0][1] == pytest.approx(30, abs=0.1)


def test_a_curve_that_comes_back_is_in_two_pieces():
    there_and_back = (0.0, 0.0), (0.0, 0.0), (5.0, 90.0), (5.0, 90.0), (5.0, 90.0), (10.0, 0.0), (10.0, 0.0)
    falling, rising = between_heights(there_and_back, -inf, 30)
    (middle,) = between_heights(there_and_back, 30, inf)
    assert (falling[0], rising[-1]) == ((0, 0), (10, 0))
    assert [middle[0][1], falling[-1][1], rising[0][1]] == pytest.approx([30, 30, 30], abs=0.2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--max-width 12foo", "'12foo' is no width such as 12cm (in pt, px, mm, cm, in)"),
        ("--pin h", "'h' is no pin: write h=below:x"),
        ("--pin x=left:w", "'x=left:w' is no pin"),
        ("--order x,w --pin x=below:w", "each would be above itself"),
        ("--order x,nobody", "there is no variable 'nobody'"),
    ],
)
def test_what_is_no_width_order_or_pin(run, words, said):
    result = run("draw", "y=w*x", *words.split(), "-o", "f.svg")
    assert result.exit_code != 0
    assert said in result.stderr


def test_why_a_width_is_not_kept_is_said(run, tmp_path):
    made = run("draw", SYSTEMS["network 2-2-1"], "--view", "backward", "--max-width", "5cm", "-o", f"{tmp_path}/f.svg")
    assert "cm wide, more than --max-width 5cm: in the view backward an arrow with its formula is as" in made.stderr
    upright = run("draw", SYSTEMS["fan of 8"], "--view", "backward", "--direction", "tb", "--max-width", "8cm",
                  "-o", f"{tmp_path}/g.svg")  # fmt: skip
    assert "--direction lr" in upright.stderr
    assert run("draw", "y=w*x", "--max-width", "column", "-o", f"{tmp_path}/h.svg").stderr.count("wide") == 0


BESIDE = "; ".join(f"y_{k} = x_{k}^2; z_{k} = exp(y_{k}); u_{k} = sin(z_{k}); v_{k} = cos(u_{k})" for k in range(9))


OPTION = ("d_1 = (log(S/K) + (r + sigma^2/2)*T)/(sigma*sqrt(T)); d_2 = d_1 - sigma*sqrt(T); "
          "N_1 = (1 + erf(d_1/sqrt(2)))/2; N_2 = (1 + erf(d_2/sqrt(2)))/2; C = S*N_1 - K*exp(-r*T)*N_2")  # fmt: skip
NORMS = "m = (x_1 + x_2 + x_3)/3; v = ((x_1 - m)^2 + (x_2 - m)^2 + (x_3 - m)^2)/3; " + "; ".join(
    f"y_{k} = gamma*(x_{k} - m)/sqrt(v + epsilon) + beta" for k in (1, 2, 3)
)


def test_letters_become_barely_smaller_than_the_smallest_where_that_keeps_a_width():
    request = Request(max_width="page", size="paper")
    sheet = sheet_of(system(NORMS), ["backward-simplified"])
    scene = in_width(sheet, request, Typesetter())
    least = SIZES["paper"].text / SIZES["paper"].least
    assert is_kept(scene, request)
    assert least < scene.smaller <= least * BARELY
    assert in_width(sheet, request.replace(max_width="16.5cm"), Typesetter()).smaller == least  # it would not be kept


def _followed(run, said: str, words: list[str]) -> str:
    """What is said once the last option of a remark is added, in the place of one of that name."""
    (option, value) = re.findall(r"\((--[a-z-]+|-o) ([^)]+)\)", said)[-1]
    kept = [word for place, word in enumerate(words) if option not in (word, words[place - 1])]
    return run(*kept, option, value).stderr


@pytest.mark.parametrize(
    ("source", "words", "cause"),
    [
        (SYSTEMS["neuron"], "--view backward --max-width 3cm", "backward an arrow with its formula is as wide, "),
        (SYSTEMS["fan of 8"], "--view backward --direction tb --max-width 5cm", "so much stands side by side"),
        (SYSTEMS["neuron"], "--view chain --max-width 2cm", "a formula of its chains is as wide"),
        (SYSTEMS["neuron"], "--view forward-simplified --max-width 1cm", "two columns and the arrows between them"),
        (BESIDE, "--view backward-simplified --max-width 12cm", "more arrows go on from column to column than the 6"),
        ("y = x^2", "--view forward --title MMMMMMMMMMMMMMMMMMMMMMMMMMM --max-width 6cm", "its title above the panels"),
        (OPTION, "--view forward,backward --size paper --max-width page", "its panels agree in their rows"),
        (SYSTEMS["network 2-3-2"], "--view backward --max-width slide --size slide", "a slide has room for 16.4"),
    ],
)  # fmt: skip
def test_a_remark_has_one_cause_and_what_helps(run, tmp_path, source, words, cause):
    """Its last advice, followed, makes it go."""
    asked = ["draw", source, *words.split(), "-o", f"{tmp_path}/f.svg"]
    said = run(*asked).stderr
    assert cause in said
    assert " or too many" not in said
    assert ", more than --max-width" not in (followed := _followed(run, said, asked))
    assert "has room for" not in followed


@pytest.mark.parametrize(
    ("file", "width", "said"),
    [
        ("f.pdf", "", "larger than a page; --max-width page fits it to one"),
        ("f.svg", "", "57 cm wide; --max-width page folds it into rows"),
        ("f.pdf", "--max-width page", ""),
    ],
)
def test_what_is_printed_and_wider_than_a_page_is_said(run, tmp_path, file, width, said):
    made = run("draw", recurrent(6), "--view", "backward-simplified", "-o", f"{tmp_path}/{file}", *width.split())
    assert (said in made.stderr) if said else not made.stderr


# ---- what is asked for


def heights(source: str, **asked: object) -> dict[str, dict[str, float]]:
    """In each view, how low each input stands."""
    request = Request(**asked)
    found = {}
    for view in ("forward", "forward-simplified", "backward"):
        (panel,) = sheet_of(system(source), [view]).panels
        scene = compose(sheet_of(system(source), [view]), "lr", None, 1000.0, asked_order(request))
        names = {f"p0n{v.node}": v.label.name for v in panel.content.vertices if isinstance(v.label, Variable)}
        found[view] = {names[group.key]: shape.y for group in scene.groups if group.key in names
                       for shape in group.shapes if isinstance(shape, Pill)}  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("source", "asked", "order"),
    [
        ("q = (a - b)/(c - d)", {}, "a b c d"),
        ("q = (a - b)/(c - d)", {"stacked": ("d", "c", "b", "a")}, "d c b a"),
        ("q = (a - b)/(c - d)", {"stacked": ("b", "a")}, "b a"),
        ("q = (a - b)/(c - d)", {"pins": {"b": "above:a"}}, "b a"),
        ("q = (a - b)/(c - d)", {"pins": {"a": "below:d"}}, "d a"),
        ("y = w_1*x_1 + w_2*x_2 + b", {"stacked": ("b", "x_2", "x_1")}, "x_2 x_1"),
    ],
)
def test_variables_stand_as_they_are_asked_to(source, asked, order):
    for view, found in heights(source, **asked).items():
        for upper, lower in pairwise(order.split()):
            assert found[upper] < found[lower], view


def test_a_rail_stands_as_its_variable_is_asked_to():
    """What is read further on passes above or below as well."""
    source = "z = x*w; y = z + x + v"
    above, below = (heights(source, stacked=order)["forward-simplified"] for order in (("x", "w"), ("w", "x")))
    assert above["x"] < above["w"]
    assert below["w"] < below["x"]


@pytest.mark.parametrize(
    ("source", "words", "said"),
    [
        ("s = a + b; y = s*c", "--order c,a", "c and a share no column"),
        ("s = a + b; y = s*c", "--pin c=above:b", "c and b share no column"),
        ("s = a + b; y = s*c", "--order b,a", ""),
        ("z = x*w; y = z + x + v", "--order x,v", ""),  # x passes the column of v
        ("s = a + b; y = s*c", "", ""),
    ],
)
@pytest.mark.parametrize("format_name", ["svg", "dot", "mmd"])
def test_an_order_that_does_nothing_is_named(run, tmp_path, source, words, said, format_name):
    made = run("draw", source, "--view", "forward-simplified", *words.split(), "-o", f"{tmp_path}/f.{format_name}")
    assert said in made.stderr
    assert ("do nothing" in made.stderr) is bool(said)


LONG = "y = a*x; z = exp(a*x*y + b)*sin(x*y)*cos(y + b*x); L = (z - t)^2"


@pytest.mark.parametrize(("room", "names"), [(2000.0, []), (400.0, ["k_1", "k_2", "k_3"])])
def test_long_labels_get_names_that_a_legend_explains(room, names):
    """The same name on the arrow and in the legend; only in a figure that is too wide without."""
    scene = compose(sheet_of(system(LONG), ["backward-simplified"]), "lr", None, room, is_strict=True)
    titles = [group.title for group in scene.groups if group.key.startswith("p0a")]
    assert [name for name in ("k_1", "k_2", "k_3", "k_4") if any(title.endswith(name) for title in titles)] == names
    (legend,) = [group for group in scene.groups if group.key == "p0l"] or [None]
    assert (len(legend.shapes) if legend else 0) == len(names)


@pytest.mark.parametrize(("source", "base"), [("y = a*x", "k"), ("y = k*x", "q"), ("y = k_3*x*q", "r")])
def test_a_name_is_that_of_no_variable(source, base):
    diagram, setter = shown(f"{source}; z = exp(a*x*y + b)*sin(x*y)*cos(y + b*x)", "backward-simplified")
    made = named(diagram, diagram, setter, 300.0)
    assert {line.variable.name.split("_")[0] for line in made.legend} == {base}


def test_boxes_that_nobody_asked_for_take_no_width_that_is_not_there():
    sheet = sheet_of(system(SYSTEMS["two residual blocks"]), ["backward-simplified"])

    def boxes(room: float) -> int:
        scene = compose(sheet, "lr", None, room, is_strict=True)
        assert scene.width <= room + 2 * MARGIN
        return sum(group.title.startswith("layer") for group in scene.groups)

    assert boxes(1000.0) == 2
    assert boxes(560.0) == 0
