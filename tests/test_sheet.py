"""The arrangement of a sheet: what stands where, what is said once, and that it stands on a page."""

import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

import graphviz_ad
from graphviz_ad.core.diagram import Chains, Diagram, Fit
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.documents.embed import embed
from graphviz_ad.drawing import figure
from graphviz_ad.drawing import panel as drawing_panel
from graphviz_ad.drawing.figure import captions_of, compose
from graphviz_ad.drawing.grid import Slot, rows
from graphviz_ad.drawing.pages import standing
from graphviz_ad.drawing.paging import Strip, on_pages
from graphviz_ad.drawing.scene import Curve, Group, Scene, Text, extent
from graphviz_ad.drawing.size import BARELY, MARGIN, SIZES, room_of
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.formats import formats
from graphviz_ad.lesson.choice import usual_sheet
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import render
from tests.conftest import system
from tests.course_systems import SYSTEMS, recurrent
from tests.pictures import boxes
from tests.scenes import collisions

A4 = 793.7, 1122.5  # pixels, 96 to the inch
SINE = SYSTEMS["sine"]


def usual(source: str, **asked):
    here = system(source, **asked)
    return usual_sheet(here, "textbook", standing(here.request, Typesetter())).sheet


def test_a_sheet_that_is_only_tried_is_not_put_into_words(monkeypatch):
    said, describe = [], figure.describe
    monkeypatch.setattr(figure, "describe", lambda sheet: said.append(sheet) or describe(sheet))
    sheet = usual(SINE)
    assert said == []
    assert compose(sheet).description.startswith(describe(sheet))


@pytest.mark.parametrize("name", ["memory cell", "softmax of three", "network 4-3-3-2"])
def test_the_numbers_of_lines_stand_in_columns(name):
    """(1) and (10) end in one place, in a list of one column and in one of two."""
    found = [text for group in compose(sheet_of(system(SYSTEMS[name]), ("adjoints",))).groups for text in group.shapes
             if isinstance(text, Text) and re.fullmatch(r"\(\d+\)", str(text.set.content))]  # fmt: skip
    ends = Counter(round(text.x + text.set.width, 2) for text in found)
    assert len(found) > 2
    assert len(ends) <= 2
    lines = Counter(round(text.y, 2) for text in found)
    assert max(lines.values()) == len(ends)


def captions(scene: Scene) -> dict[str, Text]:
    return {
        str(text.set.content): text
        for group in scene.groups
        if group.key.startswith("caption-")
        for text in group.shapes
        if isinstance(text, Text)
    }


# ---- pages


def shares(sheet, **asked) -> list[float]:
    """How much of the height of a sheet of A4 each page takes."""
    scene = compose(sheet, **asked)
    assert scene.width / scene.smaller <= A4[0] + 1
    return [page.height / scene.smaller / A4[1] for page in scene.pages()]


@pytest.mark.parametrize("name", SYSTEMS)
def test_each_page_of_a_default_sheet_stands_on_a_page(name):
    sheet = usual(SYSTEMS[name])
    assert sheet.fit.smaller == 1 or 12.75 / 9 <= sheet.fit.smaller <= 12.75 / 9 * BARELY  # letters of 9 points
    assert all(share <= 1 for share in shares(sheet))


@pytest.mark.parametrize(
    ("name", "views", "pages"),
    [
        ("sine", "forward forward-simplified backward backward-simplified chain", 1),
        ("step of adam", "forward-simplified backward-simplified chain", 1),
        ("recurrence of 2", "forward-simplified backward-simplified chain", 1),
        ("recurrence of 3", "forward-simplified backward-simplified adjoints", 1),  # many chains in small letters
        ("gated unit", "forward-simplified backward-simplified adjoints", 1),
        ("recurrence of 6", "forward-simplified backward-simplified adjoints", 2),
        ("softmax of five", "forward-simplified backward-simplified adjoints", 2),
        ("batch norm of three", "forward-simplified backward-simplified adjoints", 2),
        ("memory cell", "forward-simplified adjoints backward-simplified", 2),  # which has the second one alone
        ("price of an option", "forward-simplified backward-simplified adjoints", 1),  # with the least air, as the next
        ("network 2-3-2", "forward-simplified adjoints backward-simplified", 2),
        ("network 3-3-2", "forward-simplified backward-simplified adjoints", 3),  # with a page for each row
        ("network of 25 equations", "overview adjoints", 1),
    ],
)
def test_both_graphs_stand_on_pages_wherever_they_can(name, views, pages):
    sheet = usual(SYSTEMS[name])
    assert " ".join(panel.view for panel in sheet.panels) == views
    assert len(shares(sheet)) == pages


@pytest.mark.parametrize(
    ("source", "views"),
    [
        ("y_1 = a*x + b; y_2 = a*x^2; y_3 = sin(a*x); y_4 = x + b", "forward-simplified backward-simplified"),
        ("p = a*b; q = a + b", "forward forward-simplified backward"),
        ("p = a*b; q = a + b; L = p*q", "forward forward-simplified backward chain"),
        ("y = a*x", "forward backward chain"),  # of one equation the derivatives stand beneath
    ],
)
def test_chains_that_are_arrows_of_the_graph_are_not_said_again(source, views):
    assert [panel.view for panel in usual(source).panels] == views.split()


LONG = {  # whose lists are longer than a page
    "unlike functions": "; ".join(
        f"f_{k} = {f}(x*y) + {g}(x + w)^{k}*z/y*exp(x)"
        for k, (f, g) in enumerate(product(("sin", "exp", "log", "tanh"), repeat=2), 1)
    ),
    "outputs that are vectors": "x: 4; " + "; ".join(
        f"W_{k}: 3x4; V_{k}: 3x4; y_{k} = W_{k} x + {f}(V_{k} x)"
        for k, f in enumerate(("sin", "cos", "tanh", "exp", "relu"), 1)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_a_list_that_is_longer_than_a_page_goes_on_on_the_next_ones(name):
    sheet = usual(LONG[name])
    scene = compose(sheet)
    pages = shares(sheet)
    assert len(pages) > 2
    assert all(0.5 < share <= 1 for share in pages[1:-1])
    keys = [group.key for page in scene.pages() for group in page.groups]
    assert keys == [group.key for group in scene.groups]  # each chain is on one page, and none is left out
    chains = [panel.content.chains for panel in sheet.panels if isinstance(panel.content, Chains)]
    assert len([key for key in keys if re.fullmatch(r"p\dc\d+", key)]) == sum(map(len, chains))
    assert collisions(scene) == []


def test_strips_stand_below_each_other_and_a_page_ends_before_one_that_does_not_fit():
    def strip(height: float, gap: float) -> Strip:
        return Strip(height, gap, lambda y: [Group(f"at {y:g}", "", ())])

    strips = [strip(50, 10), strip(50, 10), strip(20, 6), strip(200, 10), strip(10, 10)]
    tops = {
        0: ("at 18, at 78, at 134, at 164, at 374", []),
        # of 150: the third would leave no margin, the fourth is higher than a page
        150: ("at 18, at 78, at 164, at 220, at 456", [(2, 146), (3, 202), (4, 438)]),
    }
    for page, (places, ends) in tops.items():
        groups, breaks, _ = on_pages(strips, MARGIN, page)
        assert (", ".join(group.key for group in groups), [(end.group, end.y) for end in breaks]) == (places, ends)


RECURRENT, UNLIKE = SYSTEMS["recurrence of 6"], "; ".join(
    f"y_{k} = sin(x_{k % 5}*y_{k * 3 % max(k, 1)}) + exp(y_{k * 7 % max(k, 1)})^{k}" for k in range(1, 30)
)  # fmt: skip
DRAWN = "adgraph: note: L is drawn in its main views; for the others: --view forward,backward,chain\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ("L.pdf", "L has 2 pages"),
        ("L.svg", "L is higher than a page; a PDF has 2: -o L.pdf"),
        ("L.tex", "L is higher than a page; a PDF has 2: -o L.pdf"),
        ("figures/", ""),  # each panel by itself
        ("L.pdf L.png", "L has 2 pages in the PDF, and other pictures are as high"),
        ("L.dot L.json L.txt", ""),  # which have no pages
    ],
)
def test_what_is_said_of_pages_is_about_the_files_that_are_written(run, files, said):
    made = run("draw", RECURRENT, *(word for file in files.split() for word in ("-o", file)))
    notes = [line for line in made.stderr.splitlines() if "note" in line and " cm wide" not in line]
    assert notes == [DRAWN.strip(), *([f"adgraph: note: {said}"] if said else [])]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("--view chain -o L.pdf", "L has 2 pages"),
        ("--view chain -o L.svg", ""),  # as high as was asked for
        ("--view chain,forward-simplified -o figures/ --format pdf", "L-chain.pdf: L has 2 pages"),
        ("--view chain --max-width page -o L.pdf", ""),
        ("--view chain --max-width 12cm -o L.pdf", "L has 3 pages"),
        ("--view chain -o L.dot -o L.json -o L.txt", ""),
    ],
)
def test_views_by_name_have_pages_too(run, asked, said):
    made = run("draw", recurrent(7), *asked.split())
    notes = [line for line in made.stderr.splitlines() if "note" in line and " cm wide" not in line]
    assert notes == ([f"adgraph: note: {said}"] if said else [])


def test_the_library_has_the_same_notes():
    figure = graphviz_ad.draw(RECURRENT)
    assert figure.notes == (DRAWN.removeprefix("adgraph: note: ").strip(),
                            "L has 2 pages in the PDF, and other pictures are as high")  # fmt: skip
    assert graphviz_ad.draw("y = a*x").notes == ()
    wide = graphviz_ad.draw(RECURRENT, views=["backward"], max_width="3cm")
    with pytest.warns(graphviz_ad.AdgraphWarning, match="more than --max-width 3cm"):
        wide.to("svg")


def test_a_document_says_what_is_too_large_for_its_page():
    made = embed(UNLIKE)
    assert [note for note in made.notes if "times as large as a page has room for" in note]


def test_a_figure_of_a_document_is_in_one_piece():
    made = embed(RECURRENT, {"view": "chain"}, ["pdf"])
    assert len(boxes(made.pictures["pdf"])) == 1


def test_a_pdf_has_the_pages_and_a_picture_all_of_them(run):
    for extension in ("pdf", "svg"):
        run("draw", RECURRENT, "-o", f"L.{extension}")
    with open("L.pdf", "rb") as file:
        first, second = boxes(file.read())
    assert all(width <= 595.5 and height <= 842.5 for width, height in (first, second))
    assert first[1] > second[1]
    with open("L.svg", encoding="utf-8") as file:
        assert "Derivatives, from the output on" in file.read()


def test_what_stands_on_no_page_is_said(run):
    made = run("draw", UNLIKE, "-o", "y.pdf")
    assert re.search(r"a graph of y_\S+ is \d\.\d times as large as a page has room for; draw a part", made.stderr)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("y = w*x; L = (y - t)^2*a*b", "L is drawn in"),
        ("; ".join(f"y_{k} = x*w_{k} + b_{k}" for k in (1, 2, 3)), "y_1, y_2, y_3 are drawn in"),
        ("; ".join(f"y_{k} = x*w_{k}" for k in range(1, 9)), "y_1, y_2, y_3 and 5 more are drawn in"),
    ],
)
def test_a_note_names_the_outputs(source, said):
    here = system(source)
    assert usual_sheet(here, "textbook", standing(here.request, Typesetter())).note.startswith(said)


def test_a_figure_of_a_document_has_one_page():
    here = system(SYSTEMS["recurrence of 6"])
    choice = usual_sheet(here, "textbook", standing(here.request, Typesetter()), in_parts=False)
    assert len(shares(choice.sheet)) == 1
    assert choice.note.endswith("--view forward,backward,backward-simplified,chain")


def test_a_slide_has_what_stands_on_it():
    here = system(SYSTEMS["sine"], size="slide")
    sheet = usual_sheet(here, "textbook", standing(here.request, Typesetter())).sheet
    scene = compose(sheet, room=room_of("slide", ""))
    assert all(page.width * 20 / scene.smaller <= 913 * 17 and page.height * 20 / scene.smaller <= 466 * 17
               for page in scene.pages())  # fmt: skip


def test_what_was_measured_is_not_drawn_again(monkeypatch):
    here, setter, drawn = system(SYSTEMS["gated unit"]), Typesetter(), []
    sheet = usual_sheet(here, "textbook", standing(here.request, setter)).sheet
    monkeypatch.setattr(drawing_panel, "draw", lambda *asked: drawn.append(asked))
    compose(sheet, setter=setter)
    assert drawn == []


def test_a_caption_has_a_letter_or_a_number_of_its_own():
    panels = sheet_of(system(SINE), ("forward", "steps", "chain"))
    assert [caption.split()[0] for caption in captions_of(panels)] == ["(a)", "1.", "2.", "3.", "(b)"]


@pytest.mark.parametrize(
    "name", ["sine", "neuron with a loss", "memory cell", "network of 25 equations", "softmax of four"]
)
def test_nothing_overlaps(name):
    assert collisions(compose(usual(SYSTEMS[name]))) == []


# ---- the head


def test_the_equations_are_the_head_of_a_sheet_that_adgraph_has_chosen_and_stand_there_once():
    scene = compose(usual(SINE))
    (head,) = [group for group in scene.groups if group.key == "equations"]
    assert head.title == "y = sin(a*x + b); z = y^2"
    top = min(extent(shape)[1] for shape in head.shapes)
    assert top == pytest.approx(MARGIN)
    assert all(extent(shape)[1] > top for group in scene.groups if group is not head for shape in group.shapes)


def test_views_that_are_named_are_drawn_without_a_head():
    scene = compose(sheet_of(system(SINE), ("forward", "chain")))
    assert "equations" not in [group.key for group in scene.groups]


def test_equations_that_are_alike_are_said_once_in_an_overview():
    head = [write(equation, Plain()) for equation in usual(SYSTEMS["network of 25 equations"]).head]
    assert len(head) == 7
    assert head[1] == "a_11 = sigmoid(z_11)  likewise for a_12, a_13, a_14"


def test_a_long_equation_of_the_head_goes_on_below():
    long = "y = " + " + ".join(f"sin(x_{k})" for k in range(1, 30))
    assert compose(usual(long)).width <= A4[0]


# ---- captions


def test_several_panels_have_letters_and_one_has_none():
    assert list(captions(compose(usual(SINE)))) == [
        "(a) Forward graph", "(b) Simplified forward graph", "(c) Backward graph", "(d) Simplified backward graph",
        "(e) Chain rule",
    ]  # fmt: skip
    assert list(captions(compose(sheet_of(system(SINE), ("forward",))))) == ["Forward graph"]


def test_letters_go_on_behind_z():
    panels = sheet_of(system("y = x^2"), ("forward",) * 28).panels
    letters = [caption.split()[0] for caption in captions_of(usual("y = x^2").replace(panels=panels))]
    assert letters[25:] == ["(z)", "(aa)", "(ab)"]


def test_captions_of_a_row_are_level_though_one_has_a_legend_above_it():
    scene = compose(usual("y = w*x + b"))
    forward, backward, _ = captions(scene).values()
    assert forward.y == backward.y
    assert forward.x < backward.x
    assert any(group.key == "p1l" for group in scene.groups)  # v_1 = wx


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["Vorwärts", "Rückwärts"], ["(a) Vorwärts", "(b) Rückwärts"]),
        (["Vorwärts"], ["(a) Vorwärts", "(b) Backward graph"]),
        (["backward=Rückwärts"], ["(a) Forward graph", "(b) Rückwärts"]),
        (["y = f(x)", "the rest"], ["(a) y = f(x)", "(b) the rest"]),
        (["none"], []),
    ],
)
def test_captions_of_the_readers_own(asked, said):
    sheet = sheet_of(system(SINE, captions=tuple(asked)), ("forward", "backward"))
    assert list(captions(compose(sheet))) == said


def test_more_captions_than_panels_are_refused():
    with pytest.raises(AdgraphError, match="there are 2 captions, and 1 panels"):
        sheet_of(system(SINE, captions=("one", "two")), ("forward",))


@pytest.mark.parametrize("name", ["svg", "tikz", "dot", "dot2tex", "mermaid", "json", "text"])
def test_a_figure_without_captions_is_one_in_every_format(name):
    here = system(SINE, captions=("none",))
    made = render(sheet_of(here, ("forward", "backward", "chain")), formats()[name], here.request)
    assert "graph of" not in made or name == "text"
    assert "Forward graph" not in re.sub(r"<desc.*?</desc>", "", str(made), flags=re.DOTALL)


def test_a_title_stands_above_everything():
    scene = compose(sheet_of(system(SINE, title="A sine"), ("forward",)))
    assert scene.title == "A sine"
    title = captions(scene)["A sine"]
    assert title.y < captions(scene)["Forward graph"].y
    assert all(extent(shape)[1] > title.y for group in scene.groups[1:] for shape in group.shapes)


# ---- rows


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("forward 200, backward 400, chain 300", [(0, 2), (2, 3)]),
        ("forward 200, forward 200, backward 200, backward 300", [(0, 2), (2, 4)]),  # of a kind, though three would fit
        ("forward 500, forward 200, backward 690, backward 400, chain 400", [(0, 2), (2, 3), (3, 4), (4, 5)]),
        ("forward 900, backward 100", [(0, 1), (1, 2)]),  # wider than the room, but alone
        ("step 100, step 100", [(0, 1), (1, 2)]),
    ],
)
def test_panels_stand_side_by_side_where_they_fit(cells, found):
    made = [Slot(kind, float(width)) for kind, width in (cell.split() for cell in cells.split(", "))]
    assert rows(made, 757, 48) == found


def test_many_panels_are_put_in_rows_without_trying_all_ways():
    assert len(rows([Slot("forward", 100.0)] * 400, 757, 48)) == 80


# ---- panels that are chosen


def test_no_panel_repeats_another():
    for source in (SYSTEMS["memory cell"], "y = x^2", "y = a*b; z = y*c"):
        shown = [panel.content for panel in usual(source).panels if isinstance(panel.content, Diagram)]
        whole = [diagram.replace(full=True) for diagram in shown]
        assert all(whole.count(diagram) == 1 for diagram in whole)


def lines(source: str, **asked) -> list[str]:
    (panel,) = sheet_of(system(source, **asked), ("adjoints",)).panels
    assert isinstance(panel.content, Chains)
    return [write(equation, Plain()) for chain in panel.content.chains for equation in chain.equations]


def test_adjoints_are_a_numbered_list_each_over_those_before_it():
    assert lines("z = w*x + b; a = tanh(z); L = (a - t)^2") == [
        "(1) dL/da = 2*(a - t)",
        "(2) dL/dz = dL/da * (1 - a^2)  by (1)",
        "∂L/∂w = dL/dz*x  by (2)",
        "∂L/∂x = dL/dz*w  by (2)",
        "∂L/∂b = dL/dz  by (2)",
        "∂L/∂t = -2*(a - t)",
    ]


MLP = "x: 4; W_1: 5x4; b_1: 5; W_2: 3x5; y: 3; h = relu(W_1 x + b_1); p = softmax(W_2 h); L = -y^T log(p)"


def test_adjoints_of_vectors_are_over_those_of_their_readers():
    assert lines(MLP, assume=("sum(y) = 1",)) == [
        "(1) ∂L/∂p = -y ./ p",
        "(2) ∂L/∂h = W_2^T*(p .* (∂L/∂p - (p^T*∂L/∂p)*𝟏)) = W_2^T*(p - y)  by (1)",
        "∂L/∂W_1 = (∂L/∂h .* [W_1*x + b_1 > 0])*x^T  by (2)",
        "∂L/∂x = W_1^T*(∂L/∂h .* [W_1*x + b_1 > 0])  by (2)",
        "∂L/∂b_1 = ∂L/∂h .* [W_1*x + b_1 > 0]  by (2)",
        "∂L/∂W_2 = (p .* (∂L/∂p - (p^T*∂L/∂p)*𝟏))*h^T = (p - y)*h^T  by (1)",
        "∂L/∂y = -log(p)",
    ]


@pytest.mark.parametrize(("layout", "expected"), [
    ("gradient", ["(1) dL/dy = 2*(y - t)", "dL/dx = W^T*dL/dy  by (1)"]),
    ("numerator", ["(1) dL/dy = 2*(y - t)^T", "dL/dx = dL/dy*W  by (1)"]),
    ("denominator", ["(1) dL/dy = 2*(y - t)", "dL/dx = W^T*dL/dy  by (1)"]),
])  # fmt: skip
def test_adjoints_have_the_shape_of_the_layout(layout, expected):
    assert lines("W: 2x3; x: 3; t: 2; y = W x; L = ||y - t||^2", layout=layout, wrt=("x",)) == expected


def test_what_is_alike_has_one_line():
    found = lines(SYSTEMS["network of 25 equations"])
    assert found[0] == "(1) dL/da_31 = 2*(a_31 - t_1)  likewise for a_32, a_33, a_34"
    assert "∂L/∂w_111 = dL/dz_11*x_1  by (6)  likewise for w_112, ..., w_144" in found
    assert len(found) == 14


@pytest.mark.parametrize(
    ("name", "views", "pages", "folds"),
    [
        ("network 2-2-1", ["forward-simplified", "backward-simplified", "adjoints"], 1, False),
        ("batch norm of three", ["forward-simplified", "backward-simplified", "adjoints"], 2, False),
        ("network 3-3-2", ["forward-simplified", "backward-simplified", "adjoints"], 3, True),
        ("recurrence of 6", ["forward-simplified", "backward-simplified", "adjoints"], 2, True),
        ("chain of 15", ["forward-simplified", "adjoints"], 1, False),
        ("softmax of six", ["overview", "adjoints"], 1, False),
    ],
)
def test_up_to_twelve_equations_have_both_graphs_in_one_row_where_that_can_be(name, views, pages, folds):
    request = Request()
    usual = usual_sheet(system(SYSTEMS[name]), "textbook", standing(request, Typesetter()))
    assert [panel.view for panel in usual.sheet.panels] == views
    assert (usual.standing.pages, usual.sheet.fit.folds) == (pages, folds)
    least = SIZES["screen"].text / SIZES["screen"].least
    assert usual.standing.excess <= 1
    assert usual.sheet.fit.smaller <= least * (BARELY if usual.sheet.fit.dense else 1) + 1e-9


@pytest.mark.parametrize(("cell", "pages"), [("71-lstm", 3), ("72-gru", 2)])
def test_cells_of_matrices_stand_in_one_row(cell, pages):
    """Their arrows climb more steeply, rather than that an output alone is a row."""
    source = (Path(__file__).parent.parent / "gallery" / cell / "source.adg").read_text("utf-8")
    found = usual_sheet(system(source), "textbook", standing(Request(), Typesetter()))
    assert [panel.view for panel in found.sheet.panels] == ["forward-simplified", "backward-simplified", "chain"]
    assert (found.standing.pages, found.sheet.fit.folds) == (pages, False)
    assert found.standing.excess <= 1


def test_arrows_that_go_on_turn_at_the_end_of_their_own_row():
    """A row that is shorter than the others is so with its arrows."""
    source = (Path(__file__).parent.parent / "gallery" / "83-network-sheet" / "source.adg").read_text("utf-8")
    sheet = sheet_of(system(source), ["backward-simplified"])
    scene = compose(sheet.replace(fit=Fit(smaller=1.4, folds=True)))
    curves = [shape for group in scene.groups for shape in group.shapes if isinstance(shape, Curve)]
    (loop,) = (curve for curve in curves if curve.points[0][0] > curve.points[-1][0])
    assert max(x for x, _ in loop.points) < scene.width / 2


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("attention", "a_1 a_2 Z e_1 e_2 s_1 s_2"),
        ("three diamonds", "a_2 b_2 y_2 a_1 b_1 y_1 a_0 b_0"),
        ("memory cell", "o c_t f i g"),
    ],
)
def test_of_as_many_steps_from_the_output_the_first_of_the_system_comes_first(name, order):
    (panel,) = sheet_of(system(SYSTEMS[name]), ("adjoints",)).panels
    assert " ".join(chain.wrt for chain in panel.content.chains if chain.lines[0].mark) == order


def test_steps_of_a_recurrence_have_one_line():
    found = lines(recurrent(9))
    assert found[1] == "(2) dL/dh_8 = dL/dh_9 * u*(1 - h_9^2)  by (1)  likewise for h_7, ..., h_1"
    assert "∂L/∂x_1 = dL/dh_1 * w*(1 - h_1^2)  by (2)  likewise for x_2, ..., x_9" in found


def test_numbers_tell_what_is_alike_apart():
    at = {"w": 1.0, "u": 0.5, "b": 0.0, "h_0": 0.0, "t": 1.0} | {f"x_{k}": k / 9 for k in range(1, 10)}
    found = lines(recurrent(9), at=at)
    assert not any("likewise" in line for line in found)
    assert len(found) == 9 + 9 + 5


def test_a_list_has_the_derivatives_that_are_asked_for():
    assert lines("z = w*x + b; a = tanh(z); L = (a - t)^2", wrt=("w",))[2:] == ["dL/dw = dL/dz*x  by (2)"]


def test_of_outputs_that_are_alike_the_first_has_lines():
    (panel,) = sheet_of(system(SYSTEMS["fan of 8"]), ("adjoints",)).panels
    notes = [note for chain in panel.content.chains for note in chain.notes]
    assert notes == ["likewise for the derivatives of y₂, y₃, y₄, y₅, y₆, y₇, y₈"]
    assert lines(SYSTEMS["fan of 8"]) == ["∂y_1/∂x = w_1", "∂y_1/∂w_1 = x"]


def test_steps_that_an_output_reads_are_not_alike():
    """Each by a weight of its own, which no name tells."""
    steps = "; ".join(f"h_{k} = tanh(u*h_{k - 1} + x_{k})" for k in range(1, 14))
    found = lines(f"{steps}; L = {' + '.join(f'{k}*h_{k}' for k in range(1, 14))}")
    assert found[:3] == [
        "(1) dL/dh_13 = 13",
        "(2) dL/dh_12 = dL/dh_13 * u*(1 - h_13^2) + 12  by (1)",
        "(3) dL/dh_11 = dL/dh_12 * u*(1 - h_12^2) + 11  by (2)",
    ]
    assert found[-2] == "∂L/∂x_1 = dL/dh_1 * (1 - h_1^2)  by (13)  likewise for x_2, ..., x_13"


def test_of_several_outputs_each_has_its_own_readers():
    assert lines("A: 2x3; B: 2x3; x: 3; u = A x; v = B x; L = ||u||^2; M = ||v||^2", wrt=("x",)) == [
        "(1) dL/du = 2*u",
        "dL/dx = A^T*dL/du = 2*A^T*u  by (1)",
        "(2) dM/dv = 2*v",
        "dM/dx = B^T*dM/dv = 2*B^T*v  by (2)",
    ]


def test_what_is_read_twice_comes_last():
    assert lines("z = w*x + b; u = v*x; L = z*u")[2:] == [
        "∂L/∂w = dL/dz*x  by (1)",
        "∂L/∂b = dL/dz  by (1)",
        "∂L/∂v = dL/du*x  by (2)",
        "∂L/∂x = dL/dz*w + dL/du*v  by (1), (2)",
    ]


def test_what_is_alike_is_not_so_to_one_of_several_outputs():
    """p_1 depends on z_1 in another way than on z_2 and z_3."""
    source = "e_1 = exp(z_1); e_2 = exp(z_2); e_3 = exp(z_3); s = e_1 + e_2 + e_3"
    assert lines(f"{source}; p_1 = e_1/s; p_2 = e_2/s; p_3 = e_3/s") == [
        "(1) dp_1/ds = -(p_1/s)",
        "(2) dp_1/de_1 = dp_1/ds + 1/s  by (1)",
        "(3) dp_1/de_2 = dp_1/ds  by (1)  likewise for e_3",
        "∂p_1/∂z_1 = dp_1/de_1*exp(z_1)  by (2)",
        "∂p_1/∂z_2 = dp_1/de_2*exp(z_2)  by (3)  likewise for z_3",
    ]


def test_where_no_product_can_be_written_a_line_has_what_all_make(monkeypatch):
    monkeypatch.setattr("graphviz_ad.derive.arrays.adjoints.by_readers", lambda *_: None)
    assert lines("W: 2x3; x: 3; y = W x; L = ||y||^2", wrt=("x",)) == ["(1) dL/dy = 2*y", "dL/dx = 2*W^T*y  by (1)"]


@pytest.mark.parametrize("spelled", ["--caption", "--captions"])
def test_captions_have_two_spellings(run, spelled):
    assert run("draw", "y = x^2", "--view", "forward", spelled, "none", "-o", "y.svg").exit_code == 0
    with open("y.svg", encoding="utf-8") as file:
        assert 'id="' in file.read()
    assert (
        "Forward graph"
        not in run("draw", "y = x^2", "--view", "forward", spelled, "none", "-o", "-", "--format", "dot").stdout
    )
