"""The parts of a sheet: its head, its captions, its tables and lists, the titles of boxes, and which stand in a row."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graphviz_ad.core.diagram import Chain, Chains, Region, Table
from graphviz_ad.core.formula import Equation, Variable
from graphviz_ad.core.names import UNNAMED
from graphviz_ad.core.request import Request
from graphviz_ad.drawing import chains, pages, table
from graphviz_ad.drawing.figure import CAPTION_GAP, compose
from graphviz_ad.drawing.grid import Slot, rows
from graphviz_ad.drawing.layered.fences import PADDING
from graphviz_ad.drawing.placement import Area
from graphviz_ad.drawing.regions import NAME, _title, regions
from graphviz_ad.drawing.scene import Curve, Scene, Text, extent
from graphviz_ad.drawing.size import is_width
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.formats.terminal.layering import _between, _Wires
from graphviz_ad.formats.terminal.rows import UNICODE, formula_rows
from graphviz_ad.lesson.choice import Squeeze
from graphviz_ad.lesson.views import sheet_of
from tests.conftest import system
from tests.course_systems import SYSTEMS
from tests.test_notation import expression


def texts(scene: Scene, style: str) -> list[Text]:
    return [
        shape for group in scene.groups for shape in group.shapes if isinstance(shape, Text) and shape.style == style
    ]


def test_the_title_stands_in_the_middle():
    sheet = sheet_of(system(SYSTEMS["sine"]), ("forward", "backward")).replace(title="A sine")
    scene = compose(sheet)
    (title,) = texts(scene, "title-text")
    assert title.x + title.set.width / 2 == pytest.approx(scene.width / 2)


@pytest.mark.parametrize("name", ["sine", "cross entropy"])
def test_a_caption_stands_beneath_its_panel(name):
    scene = compose(sheet_of(system(SYSTEMS[name]), ("forward", "backward", "chain")))
    panels = [[extent(shape)[3] for group in scene.groups if group.key.startswith(f"p{number}")
               for shape in group.shapes] for number in range(3)]  # fmt: skip
    for caption, lowest in zip(texts(scene, "caption-text"), map(max, panels), strict=True):
        assert caption.y - caption.set.ascent >= lowest + CAPTION_GAP - 0.01


# ---- boxes


BOX = Area(0, 0, 200, 100)


@pytest.mark.parametrize(
    ("at", "share"),
    [
        ([], 0.0),  # to the left,
        ([20], 1.0),  # to the right,
        ([20, 180], 0.5),  # or between, where no arrow runs through it
    ],
)
@pytest.mark.parametrize("down", [True, False])
def test_no_arrow_runs_through_the_title_of_a_box(at, share, down):
    """They come from above into the box, or run level beneath its edge."""
    label = Typesetter()("step 1", NAME)
    ends = [((x, -20.0), (x, 60.0)) if down else ((x - 10.0, 18.0), (x + 10.0, 18.0)) for x in at]
    curves = [Curve((start, start, end, end), "arrow") for start, end in ends]
    beneath = [Curve(((0.0, 60.0), (60.0, 60.0), (120.0, 60.0), (200.0, 60.0)), "arrow")]
    title = _title(BOX, label, [*curves, *beneath])
    assert title.x == pytest.approx(PADDING + share * (200 - 2 * PADDING - label.width))


def test_inner_boxes_are_drawn_upon_outer_ones():
    areas = {"inner": [Area(20, 20, 60, 60)], "outer": [BOX], "inmost": [Area(30, 30, 50, 50)]}
    found = [Region("inner", (1, 2)), Region("outer", (1, 2, 3)), Region("inmost", (1,))]
    made, remarks = regions(found, areas, [], "p", Typesetter())
    assert ([group.title for group in made], remarks) == (["outer", "inner", "inmost"], ())


@pytest.mark.parametrize(
    ("room", "is_strict", "is_named"), [(330, False, False), (330, True, True), (420, True, False)]
)
def test_long_labels_have_names_only_where_rows_would_be_too_wide(room, is_strict, is_named):
    scene = compose(sheet_of(system(SYSTEMS["product of 8"]), ("backward",)), "lr", None, room, is_strict=is_strict)
    assert any(group.key == "p0l" for group in scene.groups) == is_named


@pytest.mark.parametrize(
    ("name", "folds", "is_folded"),
    [("chain of 15", True, True), ("chain of 15", False, False), ("sine", True, False)],
)
def test_a_graph_is_folded_for_a_page_if_it_may_be_and_has_to_be(name, folds, is_folded):
    stand = pages.standing(Request(), Typesetter())
    assert stand(sheet_of(system(SYSTEMS[name]), ("forward",)), Squeeze(False, folds)).fit.folds == is_folded


# ---- lists and tables


def test_a_table_begins_at_its_edge_and_has_rules_of_its_width():
    setter = Typesetter()
    content = Table(("f", "value"), (("a long name", 1.5), None, ("b", 22.25)))
    setter.prepare(Job(*job) for job in table.formulas(content))
    rules, *lines = table.draw(content, setter, "t").groups
    drawn = table.draw(content, setter, "t")
    assert [extent(rule)[::2] for rule in rules.shapes] == [(0.0, drawn.width)] * 4
    assert extent(rules.shapes[0])[1] == 0.0
    names, values = zip(*(line.shapes for line in lines), strict=True)
    assert {name.x for name in names} == {0.0}
    assert {round(value.x + value.set.width, 3) for value in values[1:]} == {round(drawn.width, 3)}  # numbers end
    wide = max(name.set.width for name in names) + table.COLUMNS
    assert min(value.x for value in values) == pytest.approx(wide)


def chain(*sides: str, notes: tuple[str, ...] = ()) -> Chain:
    return Chain(UNNAMED, UNNAMED, (Equation(tuple(map(Variable, sides))),), notes)


def listed(shown: Chains, whole: Chains, most: float) -> list[tuple[str, float, float]]:
    """What is drawn of chains, each with where it begins and its baseline."""
    setter = Typesetter()
    setter.prepare(Job(*job) for job in chains.formulas(whole))
    drawn = chains.draw(shown, setter, "p", whole, most)
    found = [shape for group in drawn.groups for shape in group.shapes if isinstance(shape, Text)]
    return [(getattr(text.set.content, "name", str(text.set.content)), text.x, text.y) for text in found]


@pytest.mark.parametrize("most", [300, 75])
@pytest.mark.parametrize("count", range(1, 5))
def test_as_many_sides_as_are_shown_stand_where_they_do_when_all_are(count, most):
    """On one line, and on several."""
    whole = listed(Chains((chain(*"abcd"),)), Chains((chain(*"abcd"),)), most)
    found = listed(Chains((chain(*"abcd"[:count]),)), Chains((chain(*"abcd"),)), most)
    assert found == whole[: 2 * count - 1]


def test_a_remark_stands_beneath_its_chain():
    made = listed(Chains((chain("a", "b", notes=("as it is",)),)), Chains((chain("a", "b", notes=("as it is",)),)), 300)
    (*_, (_, _, above), (said, _, beneath)) = made
    assert said == "as it is"
    assert beneath > above + 10


@pytest.mark.parametrize(("less", "heights"), [(0, 1), (1, 3)])
def test_short_chains_stand_side_by_side_where_all_fit(less, heights):
    three = Chains((chain("a", "b"), chain("c", "d"), chain("e", "f")))
    setter = Typesetter()
    setter.prepare(Job(*job) for job in chains.formulas(three))
    width = chains.draw(three, setter, "p", three, 1000).width
    assert len({y for _, _, y in listed(three, three, width + 0.01 - less)}) == heights


def test_lines_do_not_touch():
    setter = Typesetter()
    (panel,) = sheet_of(system("y = (a/b + 1/(c/d))*exp(a/b)/c; L = 1/(y/(a + b))"), ("chain",)).panels
    assert isinstance(panel.content, Chains)
    setter.prepare(Job(*job) for job in chains.formulas(panel.content))
    drawn = chains.draw(panel.content, setter, "p", panel.content, 330)
    spans: dict[float, tuple[float, float]] = {}
    for text in (shape for group in drawn.groups for shape in group.shapes if isinstance(shape, Text)):
        top, bottom = spans.get(text.y, (text.y, text.y))
        spans[text.y] = min(top, text.y - text.set.ascent), max(bottom, text.y + text.set.descent)
    assert len(spans) > 3
    assert all(upper < lower for (_, upper), (lower, _) in pairwise(spans[y] for y in sorted(spans)))


# ---- rows, widths


@pytest.mark.parametrize(
    ("cells", "room", "found"),
    [
        ("f50 f50 b50 b50", 120, [(0, 2), (2, 4)]),
        ("f50 f50 b50 b50", 180, [(0, 2), (2, 4)]),  # three and one mix two kinds
        ("f50 f50 f50 f50", 180, [(0, 2), (2, 4)]),  # the widest is as narrow as can be
        ("f50 f50 b50 b50", 240, [(0, 4)]),  # one row, though it mixes them
        ("f50 f50 b50 b50", 40, [(0, 1), (1, 2), (2, 3), (3, 4)]),
    ],
)
def test_few_rows_that_mix_few_kinds(cells, room, found):
    slots = [Slot(cell[0], float(cell[1:])) for cell in cells.split()]
    assert rows(slots, room, 10) == found


def test_ever_so_many_panels_stand_in_rows():
    assert rows([Slot("f", 50.0)] * 3000, 120, 10) == [(k, k + 2) for k in range(0, 3000, 2)]


@pytest.mark.parametrize(
    ("words", "is_one"),
    [("", True), ("12cm", True), ("page", True), ("12", False), ("cm", False), ("-3cm", False), ("wide", False)],
)
def test_words_for_a_width(words, is_one):
    assert is_width(words) == is_one


# ---- text


@pytest.mark.parametrize(
    ("joined", "found"),
    [
        ("0>3>6 1>4>5", [4, 3]),  # once, on either side
        ("0>3>7 1>4>5 1>4>6", [4, 3]),  # on the left: two lines of one node would be crossed on the right
        ("0>3>5 0>3>6 1>4>7", [3, 4]),
    ],
)
def test_what_stands_between_two_layers_of_text_crosses_little_on_both_sides(joined, found):
    """Of nodes above each other, 0 to 2 and 5 to 7, with 3 and 4 between."""
    wires = _Wires([[] for _ in range(8)], [[] for _ in range(8)], [])
    for left, item, right in (map(int, way.split(">")) for way in joined.split()):
        for tail, head in ((left, item), (item, right)):
            if head not in wires.after[tail]:
                wires.after[tail].append(head)
                wires.before[head].append(tail)
    made = _between([0, 1, 2], [3, 4], [5, 6, 7], wires)
    assert made == found


@pytest.mark.parametrize("source", ["y = (a + b/c)/(d + e)", "y = (a*b + c + d)/(e + f + g)"])
def test_a_formula_has_no_more_lines_in_more_room(source):
    (panel,) = sheet_of(system(source), ("chain",)).panels
    assert isinstance(panel.content, Chains)
    equation = panel.content.chains[-1].equations[-1]
    heights = [len(formula_rows(equation, width, UNICODE)) for width in range(16, 60)]
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] == 1 < heights[0]


@pytest.mark.parametrize(
    ("width", "drawn"),
    [
        (14, """
y = (w₁ − 3)
    · (w₁β
      + 3²)
      w₁ − a
    − ──────
       w₁²
"""),  # a fraction is whole where it fits, to the last column
        (20, """
y = (w₁ − 3)
    · (w₁β + 3²)
      w₁ − a
    − ──────
       w₁²
"""),  # and a line ends sooner before a bracket than in it
    ],
)  # fmt: skip
def test_a_long_formula_in_text(width, drawn):
    equation = Equation((Variable("y"), expression("(w_1 - 3)*(w_1*beta + 3^2) - (w_1 - a)/w_1^2")))
    lines = [line.rstrip() for row in formula_rows(equation, width, UNICODE) for line in row.lines]
    assert lines == drawn.split("\n")[1:-1]
