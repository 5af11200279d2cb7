"""Drawings in characters: nothing is lost, nothing overlaps, and every arrow can be followed with the eye."""

from __future__ import annotations

import re
from collections import Counter
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.formula import Variable
from graphviz_ad.drawing.layered.arrangement import ITSELF, Arrangement, arranged
from graphviz_ad.formats.terminal import canvas
from graphviz_ad.formats.terminal.boxes import canvas_of, draw
from graphviz_ad.formats.terminal.canvas import ACROSS, DOWN, LEFT, RIGHT, UP, UPRIGHT, Canvas, OverlapError
from graphviz_ad.formats.terminal.channels import route
from graphviz_ad.formats.terminal.rows import ASCII, UNICODE, Look
from graphviz_ad.formats.terminal.shapes import Level, Upright
from graphviz_ad.formats.terminal.text import lines
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.ascii import Ascii
from graphviz_ad.notation.unicode import Unicode, columns
from graphviz_ad.notation.write import write
from tests import strategies
from tests.conftest import system
from tests.course_systems import SYSTEMS

STEPS = {RIGHT: (0, 1), LEFT: (0, -1), DOWN: (1, 0), UP: (-1, 0)}
OPPOSITE = {RIGHT: LEFT, LEFT: RIGHT, DOWN: UP, UP: DOWN}
GRAPHS = ("forward", "forward-simplified", "backward", "backward-simplified")
PENS = {"unicode": (Unicode(), canvas.UNICODE), "ascii": (Ascii(), canvas.ASCII)}


# ---- following arrows


def tokens(diagram: Diagram) -> Diagram:
    """The diagram with labels that can be found again: n0, n1, … for its nodes and L0, L1, … for its arrows."""
    vertices = tuple(vertex.replace(label=Variable(f"n_{{{vertex.node}}}")) for vertex in diagram.vertices)
    arrows = tuple(
        arrow.replace(label=arrow.label and Variable(f"L_{{{number}}}")) for number, arrow in enumerate(diagram.arrows)
    )
    return diagram.replace(vertices=vertices, arrows=arrows)


class Grid:
    """A drawing as its reader sees it: characters by row and column."""

    def __init__(self, drawn: Canvas, upright: bool) -> None:
        text = ["".join(text for text, _ in runs) for runs in drawn.rows()]
        subscripts = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
        self.rows = [row.translate(subscripts) for row in text]
        self.upright, self.pen = upright, drawn.pen
        self.on = DOWN if upright else RIGHT

    def at(self, row: int, column: int) -> str:
        return self.rows[row][column] if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]) else " "

    def ways(self, row: int, column: int) -> int:
        """Where the line in a cell goes on; of a corner that looks like all others its neighbours say it."""
        sign = self.at(row, column)
        if sign != "+" or self.pen.corners == "different":
            return self.pen.joints.rfind(sign) if sign in self.pen.joints[1:] else 0
        found = 0
        for way, (down, along) in STEPS.items():
            fitting = "-+>" if way & ACROSS else "|+v"
            found |= way * (self.at(row + down, column + along) in fitting)
        return found

    def found(self, kind: str) -> dict[int, tuple[int, int, int]]:
        """Where the labels of a kind stand: row, column, and the column behind."""
        pattern = re.compile(rf"{kind}(?:_\{{)?_?(\d+)\}}?")
        return {
            int(match[1]): (row, match.start(), match.end())
            for row, text in enumerate(self.rows)
            for match in pattern.finditer(text)
        }

    def start(self, place: tuple[int, int, int]) -> tuple[int, int] | None:
        """The first cell of the line that leaves a node."""
        row, start, end = place
        if not self.upright:
            after = self.rows[row][end:]
            box = re.match(r" ?[├╟|#)]?", after)
            column = end + (box.end() if box else 0)
            return (row, column) if self.ways(row, column) & LEFT else None
        boxed = self.at(row, start - 1) == " " and self.at(row, start - 2) in "│║|#"
        below = row + 2 if boxed else row + 1
        near = sorted(range(start - 2, end + 2), key=lambda column: abs(2 * column - start - end))
        if boxed:
            near = [column for column in near if self.at(row + 1, column) in "┬╤+" and start - 2 < column < end + 1]
        return next(((below, c) for c in near if self.ways(below, c) & UP or self.at(below, c) == "+"), None)

    def node(self, row: int, column: int) -> int:
        """The node that an arrow's head points to; the operation that makes it may stand before it."""
        nodes = self.found("n")
        if not self.upright:
            return min((start, n) for n, (r, start, _) in nodes.items() if r == row and start > column)[1]
        return min((r, n) for n, (r, start, end) in nodes.items() if r > row and start - 2 <= column < end + 2)[1]

    def routes(self, place: tuple[int, int, int]) -> list[tuple[int, frozenset[tuple[int, int]]]]:
        """The nodes that the lines from a node lead to, with the cells on the way. One never goes back."""
        first = self.start(place)
        stack = [] if first is None else [(first, self.on, frozenset[tuple[int, int]]())]
        made = []
        while stack:
            (row, column), way, cells = stack.pop()
            assert (row, column) not in cells, "a line runs in a circle"
            if self.at(row, column) == self.pen.heads[self.on] and way == self.on:
                made.append((self.node(row, column), cells | {(row, column)}))
                continue
            ways = self.ways(row, column) | (OPPOSITE[way] if not cells else 0)
            trunk = self.pen.corners == "same" and self.at(row, column) == ("-" if self.upright else "|")
            crossed = ways == ACROSS | UPRIGHT or (trunk and way & (UPRIGHT if self.upright else ACROSS))
            assert crossed or ways & OPPOSITE[way], f"a line breaks off at {row}, {column}"
            for on in (way,) if crossed else STEPS:
                if (crossed or ways & on) and on not in (OPPOSITE[way], OPPOSITE[self.on]):
                    down, along = STEPS[on]
                    stack.append(((row + down, column + along), on, cells | {(row, column)}))
        return made


def drawing(
    diagram: Diagram, notation: Unicode, pen: canvas.Pen, upright: bool, arrangement: Arrangement | None = None
) -> Canvas:
    """The diagram in one direction of reading, of any width, tangled or not."""
    way, gap = (Upright, 3) if upright else (Level, 1)
    shapes = way(notation, pen, gap, any(vertex.value is not None for vertex in diagram.vertices))
    made = canvas_of(diagram, shapes, arrangement or arranged([diagram]), None, inf)
    assert made is not None
    return made


def check(diagram: Diagram, upright: bool, pen: str) -> None:
    """Every arrow, and no other, can be followed from its tail to its head, along its label."""
    marked = tokens(diagram)
    grid = Grid(drawing(marked, *PENS[pen], upright), upright)
    nodes, labels = grid.found("n"), grid.found("L")
    assert nodes.keys() == {vertex.node for vertex in diagram.vertices}
    routes = {node: grid.routes(place) for node, place in nodes.items()}
    followed = Counter((tail, head) for tail, found in routes.items() for head, _ in found)
    assert followed == Counter((arrow.tail, arrow.head) for arrow in diagram.arrows)
    for number, arrow in enumerate(diagram.arrows):
        if arrow.label is not None:
            row, start, _ = labels[number]
            beside = (row, start - 2) if upright else (row + 1, start)
            assert any(head == arrow.head and beside in cells for head, cells in routes[arrow.tail])


def graphs(source: str, at: dict[str, float] | None = None, **asked: object) -> list[Diagram]:
    panels = sheet_of(system(source, at=at or {}, **asked), GRAPHS).panels
    return [panel.content for panel in panels if isinstance(panel.content, Diagram)]


@pytest.mark.parametrize("pen", PENS)
@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize(
    "source",
    [
        "y = 3",
        "y = x",
        "y = x*x",
        "y = x*x*x; z = y*y + x; u = z*y*x",
        "e = (a+b)*(b+1)",
        "z = w*x+b; a = sigmoid(z); L = -(t*log(a)+(1-t)*log(1-a))",
        "p = a*b; q = a+b; r = p/q; s = q-p; z = r*s + a",
        "z = sigmoid(w*x+u*h); r = sigmoid(p*x+q*h); n = tanh(a*x+r*(b*h)); y = (1-z)*n+z*h",
        "u = a*b*c; v = a+b+c; w = u*v; z = w*u*v*a; t = z + w",
    ],
)
def test_arrows_can_be_followed(source, upright, pen):
    for diagram in graphs(source):
        check(diagram, upright, pen)


@pytest.mark.parametrize("pen", PENS)
@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("view", ["circuit", "colah"])
def test_arrows_of_other_styles_can_be_followed(view, upright, pen):
    at = {"w": 2.0, "x": -1.5, "b": 0.25}
    (panel,) = sheet_of(system("z = w*x + b; y = sigmoid(z)*x + w/(2 + b^2)", at=at), (view,)).panels
    assert isinstance(panel.content, Diagram)
    check(panel.content, upright, pen)


@given(strategies.systems(), st.booleans(), st.sampled_from(sorted(PENS)))
def test_arrows_of_random_systems_can_be_followed(pairs, upright, pen):
    for diagram in graphs("; ".join(pair.text for pair in pairs)):
        check(diagram, upright, pen)


@given(strategies.systems(), st.sampled_from([UNICODE, ASCII]), st.integers(20, 160), strategies.points)
def test_nothing_is_lost_and_no_drawing_is_too_wide(pairs, look, width, at):
    source = "; ".join(pair.text for pair in pairs)
    inputs = {node.name for node in system(source).graph.nodes}
    found = system(source, at={name: value for name, value in at.items() if name in inputs})
    for view in GRAPHS:
        (panel,) = sheet_of(found, (view,)).panels
        assert isinstance(panel.content, Diagram)
        drawn = draw(panel.content, look.notation, look.pen, width)
        if not drawn:
            continue
        rows = ["".join(text for text, _ in runs) for canvas in drawn for runs in canvas.rows()]
        assert all(canvas.width <= width for canvas in drawn)
        assert all(len(row) <= width for row in rows)
        text = "\n".join(rows)
        labels = [vertex.label for vertex in panel.content.vertices] + [
            a.label for a in panel.content.arrows if a.label
        ]
        assert look is UNICODE or text.isascii()
        for label in labels:
            for line in write(label, look.notation).lines:
                assert line.strip() in text


# ---- how they look


@pytest.mark.parametrize(
    ("source", "view", "width", "look", "drawn"),
    [
        ("y = 3", "forward", 80, UNICODE, """
      ╔═══╗
  3 ─▶║ y ║
      ╚═══╝
"""),
        ("z = w*x + b", "forward", 80, UNICODE, """
  ┌───┐
  │ w ├─╮
  └───┘ │
        │
  ┌───┐ │                ╔═══╗
  │ x ├─┴──▶(×)──┬─▶(+)─▶║ z ║
  └───┘          │       ╚═══╝
           ┌───┐ │
           │ b ├─╯
           └───┘
"""),
        ("z = w*x + b", "backward-simplified", 80, ASCII, """
           dz
           --- = x
           dw       +---+
        +---------->| w |
        |           +---+
        |  dz
        |  --- = w
  #===# |  dx       +---+
  # z #-++--------->| x |
  #===#  |          +---+
         | dz
         | --- = 1
         | db       +---+
         +--------->| b |
                    +---+
"""),
        ("y = x^2", "backward", 16, UNICODE, """
  ╔═══╗
  ║ y ║
  ╚═╤═╝
    │ dy
    │ ── = 2x
    │ dx
    ▼
  ┌───┐
  │ x │
  └───┘
"""),
        ("y = x^2", "backward", 8, ASCII, """
           dy
  y -> x   --- = 2x
           dx
"""),
        ("y = 2x^2", "forward", 8, ASCII, """
  y
  `- *
     |- 2
     `- ( )^2
        `- x
"""),
    ],
)  # fmt: skip
def test_graphs_are_drawn_as_the_width_allows(source, view, width, look, drawn):
    text = [line.text for line in lines(sheet_of(system(source), (view,)), width, look)]
    assert text[text.index("") + 1 :][-len(drawn.split("\n")) + 2 :] == drawn.split("\n")[1:-1]


def shown(source: str, view: str, width: int, look: Look = UNICODE) -> str:
    """What is shown of a view, behind its heading."""
    text = [line.text for line in lines(sheet_of(system(source), (view,)), width, look)]
    heading = next(place for place, line in enumerate(text) if line.endswith("graph"))
    return "\n".join(["", *text[heading + 2 :], ""])


CHAIN = "x_1 = sin(x); x_2 = exp(x_1); x_3 = sin(x_2); x_4 = exp(x_3); y = x_4^2"
SHARED = "p = exp(a); q = exp(b); s = p + q; y_1 = p/s; y_2 = q/s"


@pytest.mark.parametrize(
    ("source", "view", "width", "look", "drawn"),
    [
        # a row goes on with the variable at its end, where that takes fewer rows than half of the steps
        (CHAIN, "forward-simplified", 40, UNICODE, """
  ┌───┐   ╭────╮   ╭────╮   ╭────╮
  │ x ├──▶│ x₁ ├──▶│ x₂ ├──▶│ x₃ │
  └───┘   ╰────╯   ╰────╯   ╰────╯

  ╭────╮   ╭────╮   ╔═══╗
  │ x₃ ├──▶│ x₄ ├──▶║ y ║
  ╰────╯   ╰────╯   ╚═══╝
  (a row begins where the last one ended)
"""),
        ("y = w*x + b; z = y^2; L = v*z", "backward-simplified", 45, ASCII, """
          dL
          --- = z
          dv       +---+
        +--------->| v |
        |          +---+
        | dL             dz
        | --- = v        --- = 2y
  #===# | dz       .---. dy        .---.
  # L #-+--------->| z |---------->| y |
  #===#            '---'           '---'

           dy
           --- = x
           dw       +---+
        +---------->| w |
        |           +---+
        |  dy
        |  --- = w
  .---. |  dx       +---+
  | y |-++--------->| x |
  '---'  |          +---+
         | dy
         | --- = 1
         | db       +---+
         +--------->| b |
                    +---+
  (a row begins where the last one ended)
"""),
        # what is too wide in every way is listed layer by layer, in the order of the figure
        (SHARED, "forward-simplified", 12, UNICODE, """
  Layer 1: a,
           b

  Layer 2: p,
           q
    p ← a
    q ← b

  Layer 3: s
    s ← p, q

  Layer 4: y₁,
           y₂
    y₁ ← p,
         s
    y₂ ← q,
         s
"""),
        (SHARED, "backward-simplified", 20, ASCII, """
  Layer 1: y_1, y_2

             dy_1    1
  y_1 -> p   ---- = ---
              dp     s

             dy_1     y_1
  y_1 -> s   ---- = - ---
              ds       s

             dy_2    1
  y_2 -> q   ---- = ---
              dq     s

             dy_2     y_2
  y_2 -> s   ---- = - ---
              ds       s

  Layer 2: s

             ds
  s -> p     --- = 1
             dp

             ds
  s -> q     --- = 1
             dq

  Layer 3: p, q

             dp
  p -> a     --- = exp(a)
             da

             dq
  q -> b     --- = exp(b)
             db

  Layer 4: a, b
"""),
    ],
)  # fmt: skip
def test_what_is_too_wide_goes_on_in_rows_or_is_listed_by_layer(source, view, width, look, drawn):
    assert shown(source, view, width, look) == drawn


CELLS = ("memory cell", "gated unit", "recurrence of 3", "recurrence of 4", "softmax of four", "network 2-2-1",
         "network 3-3-2", "batch norm of three", "attention", "chain of 15")  # fmt: skip


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("name", CELLS)
def test_nodes_stand_in_the_order_of_the_figure(name, upright):
    """In each layer, and the variables of the spine from left to right, or from top to bottom."""
    for diagram in graphs(SYSTEMS[name]):
        arrangement = arranged([diagram])
        found = Grid(drawing(tokens(diagram), *PENS["unicode"], upright, arrangement), upright).found("n")
        for column in arrangement.columns:
            across = [found[node][upright] for node, part, _ in column if part == ITSELF and node in found]
            assert across == sorted(across)
        spine = [node for node, part, _ in arrangement.spine if part == ITSELF and node in found]
        along = [found[node][not upright] for node in spine]
        assert along == sorted(along, reverse=diagram.kind == "backward")


@pytest.mark.parametrize("name", CELLS)
def test_cells_are_no_tangles(name):
    """No more lines cross than in the figure, and where many do, the graph is listed."""
    for diagram in graphs(SYSTEMS[name]):
        drawn = drawing(diagram, *PENS["unicode"], False)
        crossed = sum(text.count("┼") for runs in drawn.rows() for text, role in runs if role == "arrow")
        assert crossed <= arranged([diagram]).crossings
    (large,) = sheet_of(system(SYSTEMS["network 4-3-3-2"]), ("forward-simplified",)).panels
    assert isinstance(large.content, Diagram)
    assert draw(large.content, *PENS["unicode"], None) == ()


@pytest.mark.parametrize("look", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("name", CELLS)
def test_nothing_is_cut_at_any_width(name, width, look):
    """Every variable is named and every label is there whole, in lines that are not too wide."""
    views = ("forward-simplified", "backward-simplified", *(("forward",) if width > 40 else ()))
    sheet = sheet_of(system(SYSTEMS[name]), views)
    made = [line.text for line in lines(sheet, width, look) if line.role != "note"]
    assert [line for line in made if columns(line) > width] == []
    whole = "\n".join(made)
    for panel in sheet.panels:
        assert isinstance(panel.content, Diagram)
        for formula in (*(v.label for v in panel.content.vertices), *(a.label for a in panel.content.arrows)):
            if isinstance(formula, Variable):
                assert write(formula, look.notation).lines[0].strip() in whole


def test_numbers_stand_at_their_nodes_and_apart_from_labels():
    (panel,) = sheet_of(system("y = 2x", at={"x": 3}), ("backward",)).panels
    assert isinstance(panel.content, Diagram)
    rows = ["".join(text for text, _ in runs) for runs in drawing(panel.content, *PENS["unicode"], False).rows()]
    assert rows == [
        "       dy",
        "  6    ── = 2    3",
        "╔═══╗  dx      ┌───┐",
        "║ y ╟─────────▶│ x │",
        "╚═══╝          └───┘",
        "  1              2",
    ]


def test_wires_have_their_values_above_and_what_flows_back_below():
    (panel,) = sheet_of(system("f = x*y", at={"x": 3, "y": -4}), ("circuit",)).panels
    assert isinstance(panel.content, Diagram)
    rows = ["".join(text for text, _ in runs) for runs in drawing(panel.content, *PENS["unicode"], False).rows()]
    assert rows == [
        "┌───┐ 3         −12  ╔═══╗",
        "│ x ├────┬─▶(×)─────▶║ f ║",
        "└───┘ −4 │      1    ╚═══╝",
        "         │",
        "┌───┐ −4 │",
        "│ y ├────╯",
        "└───┘ 3",
    ]


def test_a_large_graph_is_listed():
    source = "; ".join(f"x_{n} = sin(x_{n - 1})" for n in range(1, 200))
    text = [line.text for line in lines(sheet_of(system(source), ("backward-simplified",)))]
    assert "  x₁₉₉ → x₁₉₈   ───── = cos(x₁₉₈)" in text


# ---- canvas and tracks


def test_lines_join_and_cross():
    drawn = Canvas(canvas.UNICODE)
    for column in range(5):
        drawn.line(1, column, ACROSS, "level")
    for row, ways in enumerate((DOWN, UPRIGHT, UP)):
        drawn.line(row, 2, ways, "upright")
    drawn.line(1, 4, DOWN, "level")
    drawn.put(2, 4, "b\u0302变", "label")
    rows = ["".join(text for text, _ in runs) for runs in drawn.rows()]
    assert rows == ["  │", "──┼─┬", "  │ b\u0302变"]
    assert drawn.width == 7


@pytest.mark.parametrize(
    "again",
    [
        lambda drawn: drawn.put(0, 1, "x", ""),
        lambda drawn: drawn.put(1, 0, "x", ""),
        lambda drawn: drawn.line(0, 0, ACROSS, "one"),
        lambda drawn: drawn.line(1, 0, ACROSS, "other"),
        lambda drawn: drawn.line(1, 0, UP, "other"),
        lambda drawn: drawn.line(1, 0, UPRIGHT, "one"),
    ],
)
def test_nothing_is_drawn_over(again):
    drawn = Canvas(canvas.UNICODE)
    drawn.put(0, 0, "ab", "")
    drawn.line(1, 0, ACROSS, "one")
    with pytest.raises(OverlapError):
        again(drawn)


def test_tracks():
    straight, down = route([((1,), (1,)), ((3,), (5,))])
    assert (straight.track, down.track) == (None, 0)
    first, second = route([((1,), (5,)), ((3,), (7,))])
    assert (first.track, second.track) == (1, 0)  # so that they do not cross
    assert [trunk.track for trunk in route([((1,), (3,)), ((5,), (7,)), ((8,), (9,))])] == [
        0,
        0,
        1,
    ]  # with a gap between
    (three,) = route([((3,), (1, 3, 5))])
    assert three.double
    swapped = route([((1,), (5,)), ((5,), (1,))])  # each would have to be left of the other
    assert len(swapped) == 3
    assert [trunk.net for trunk in swapped] == [0, 1, 0]


# ---- the notation


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("x^2", "x^2"), ("x^-1", "x^(-1)"), ("x^(n+1)", "x^(n + 1)"), ("-(x/y)", "x / - --- / y"), ("2*a*b", "2a*b"),
        ("beta*w_1", "beta*w_1"), ("2 sin(theta)^2", "2*sin^2(theta)"), ("sqrt(x)", "sqrt(x)"), ("|x|", "|x|"),
        ("y_hat - b'", "y_hat - b'"), ("ℒ*𝐰", "cal_L*bf_w"), ("1.5e30 x", "1.5e30*x"), ("pi*r", "pi*r"),
        ("sigmoid(x)", "sigmoid(x)"), ("[x >= 0]", "[x >= 0]"), ("变", r"\u53d8"),
    ],
)  # fmt: skip
def test_formulas_in_ascii(source, written):
    from tests.test_notation import expression

    assert " / ".join(line.strip() for line in write(expression(source), Ascii()).lines) == written


@given(strategies.systems())
def test_everything_is_ascii(pairs):
    sheet = sheet_of(system("; ".join(pair.text for pair in pairs)), (*GRAPHS, "steps", "steps-full", "chain"))
    assert all(line.text.isascii() for line in lines(sheet, 80, ASCII))


# ---- formulas that are wider than the terminal

NEURON = "z = w*x+b; a = sigmoid(z); L = -(t*log(a)+(1-t)*log(1-a))"
UNIT = """r = sigmoid(w_r*x + u_r*h + b_r); z = sigmoid(w_z*x + u_z*h + b_z)
n = tanh(w_n*x + r*(u_n*h + b_n)); h_t = (1-z)*n + z*h"""


@pytest.mark.parametrize("look", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [44, 50, 60, 80])
@pytest.mark.parametrize(("source", "at"), [(NEURON, {"w": 0.5, "x": 1.0, "b": 0.0, "t": 1.0}), (UNIT, {})])
def test_no_line_is_wider_than_the_terminal(source, at, width, look):
    traces = ("trace",) if at else ()
    sheet = sheet_of(system(source, at=at), ("forward-simplified", "backward", "chain", *traces))
    made = [line.text for line in lines(sheet, width, look) if line.role != "note"]  # words are broken anywhere
    assert [line for line in made if columns(line) > width] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [("y = a_1*b*c", "a₁bc"), ("y = w_z*x", "w_z x"), ("y = x*w_z*(b+1)", "x w_z(b + 1)"), ("y = 2w_z", "2w_z")],
)
def test_names_side_by_side_are_two_names(source, expected):
    (equation,) = sheet_of(system(source), ()).equations
    assert write(equation.sides[1], Unicode()).lines == (expected,)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("backward-simplified", ["z = 9, adjoint 1", "y = 3, adjoint 6", "x = 1, adjoint 12"]),
        ("forward-simplified", ["z = 9, adjoint 1", "└─ y = 3, adjoint 6", "   └─ x = 1, adjoint 12"]),
    ],
)
def test_what_is_listed_has_its_numbers(view, expected):
    sheet = sheet_of(system("y = 2x + 1; z = y^2", at={"x": 1.0}), (view,))
    made = [line.text[2:] for line in lines(sheet, 9)]
    assert [line for line in made if "adjoint" in line] == expected


UNROLLED = (
    "s_1 = tanh(w*x_1 + p*q + r); s_ij = tanh(u*s_1 + w*x_2 + p*q + r); "
    "h^{(t)} = tanh(u*s_ij + w*x_3 + p*q + r); L = (h^{(t)})^2"
)


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ([], "  (written with s₁, sᵢⱼ, h⁽ᵗ⁾, for length)"),
        (["--ascii"], "  (written with s_1, s_ij, h^{(t)}, for length)"),
    ],
)
def test_a_remark_has_its_names_as_formulas_have_them(run, look, said):
    assert (
        run("show", UNROLLED, "--wrt", "u", "--view", "chain", "--write", "inputs", *look).stdout.splitlines()[-1]
        == said
    )


def test_a_remark_in_words_and_for_latex(run):
    asked = ["draw", UNROLLED, "--wrt", "u", "--view", "chain", "--write", "inputs"]
    assert run(*asked, "--alt").stdout.endswith("written with s sub 1, s sub ij, h super (t), for length.\n")
    latex = run(*asked, "-o", "-", "--format", "tikz").stdout
    assert "{written with s${}_{1}$, s${}_{i}$${}_{j}$, h${}^{(}$${}^{t}$${}^{)}$, for length}" in latex
