"""Our own layout: rails with taps for what is read far away, nothing in the way of anything, in any direction."""

from itertools import pairwise

import pytest
from graphviz_ad.drawing.layered.columns import columns
from graphviz_ad.drawing.layout import MAX_BENDS, by_graphviz, layout_of

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.layered.order import _swept, crossings, ordered
from graphviz_ad.drawing.layered.placing import layered
from graphviz_ad.drawing.placement import Link, Placement, Size
from graphviz_ad.drawing.scene import Pill
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.scenes import collisions


def recurrence(steps: int) -> str:
    """y₁ = sin(y₀)a + b, …: a and b are read in every step."""
    return "; ".join(f"y_{k}=sin(y_{k - 1})*a+b" for k in range(1, steps + 1))


SYSTEMS = {
    "recurrence": recurrence(5),
    "recurrent network": "; ".join(f"h_{k}=tanh(w*x_{k}+u*h_{k - 1}+b)" for k in range(1, 6)) + "; L=(h_5-t)^2",
    "skip connections": "a=sin(x); b=cos(a)+x; c=exp(b)+a+x; d=tanh(c)+b+a+x; e=sin(d)+c+b+a+x; f=e*d*c*b*a*x",
    "product of twelve": "y=" + "*".join(f"x_{k}" for k in range(12)),
    "softmax": "; ".join(f"p_{k}=exp(z_{k})/(exp(z_1)+exp(z_2)+exp(z_3)+exp(z_4))" for k in range(1, 5)),
}
VIEWS = ("forward", "forward-simplified", "backward", "backward-simplified")


def sheet(source: str, views=VIEWS, at=None):
    system, _ = read(SourceText(source, "text"), Request(at=at or {}))
    return sheet_of(system, views)


@pytest.fixture
def own_layout(monkeypatch):
    monkeypatch.setattr("graphviz_ad.drawing.figure.layout_of", lambda graphs: layered)


@pytest.mark.usefixtures("own_layout")
@pytest.mark.parametrize("direction", ["lr", "rl", "tb", "bt"])
@pytest.mark.parametrize("name", SYSTEMS)
def test_nothing_is_in_the_way_of_anything(name, direction):
    for view in VIEWS:
        assert collisions(compose(sheet(SYSTEMS[name], (view,)), direction)) == []


@pytest.mark.usefixtures("own_layout")
@pytest.mark.parametrize("name", ["recurrence", "skip connections"])
def test_numbers_have_their_room(name):
    source = SYSTEMS[name]
    inputs = {"recurrence": "y_0 a b", "skip connections": "x"}[name].split()
    assert collisions(compose(sheet(source, at=dict.fromkeys(inputs, 0.5)))) == []
    assert collisions(compose(sheet(source, ("circuit",), at=dict.fromkeys(inputs, 0.5)))) == []


@pytest.mark.usefixtures("own_layout")
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_backward_graph_is_the_mirror_image_of_the_forward_graph(name):
    def rows(view: str) -> list[list[str]]:
        drawn = compose(sheet(SYSTEMS[name], (view,)))
        pills = [(s.y, s.x, g.key) for g in drawn.groups for s in g.shapes[-3:] if isinstance(s, Pill) and "n" in g.key]
        columns: dict[int, list[tuple[float, str]]] = {}
        for y, x, key in pills:
            columns.setdefault(round(x), []).append((y, key))
        return [[key for _, key in sorted(columns[x])] for x in sorted(columns)]

    assert [set(column) for column in rows("forward-simplified")] == [
        set(column) for column in reversed(rows("backward-simplified"))
    ]


def arrows(*pairs: str) -> list[Link]:
    return [Link(int(tail), int(head)) for tail, head in (pair.split(">") for pair in pairs)]


def ends_of(pairs: str) -> list[tuple[int, int]]:
    return [tuple(map(int, pair.split(">"))) for pair in pairs.split()]


SMALL = Size(20, 10)


def placed(pairs: str, size: Size = SMALL, direction: str = "lr", mirrored: bool = False) -> Placement:
    """With 30 between columns and 10 between vertices."""
    links = arrows(*pairs.split())
    count = 1 + max((max(link.tail, link.head) for link in links), default=0)
    return layered([size] * count, links, direction, mirrored, 30, 10)


@pytest.mark.parametrize(
    ("pairs", "labels", "columns_", "rails"),
    [
        ("0>1 1>2 0>2", {}, [[0], [1, 3], [2]], {3}),  # a long arrow has a bend in each column that it passes
        ("0>1 1>2 2>3 0>2 0>3", {}, [[0], [1, 4], [2, 5], [3]], {4, 5}),  # one for all arrows of a tail
        ("0>1 1>2 3>2", {}, [[0], [1, 3], [2]], set()),  # beside what reads it
        ("0>5 1>4 2>3 3>4 4>5", {}, [[2], [1, 3], [0, 4], [5]], set()),
        # a vertex moves up to what reads it, and what is read by it alone with it; not where more would get longer
        ("0>1 1>2 2>7 3>4 4>5 5>6 6>7", {}, [[3], [0, 4], [1, 5], [2, 6], [7]], set()),
        ("0>2 1>2 2>7 3>4 4>5 5>6 6>7", {}, [[3], [4], [0, 1, 5], [2, 6], [7]], set()),
        ("0>2 1>3 2>4 3>4 4>9 5>6 6>7 7>8 8>9", {}, [[0, 1, 5], [2, 3, 6], [4, 7], [8, 10], [9]], {10}),
        ("0>2 1>3 2>4 3>4 4>9 5>6 6>7 7>8 8>9 2>9 3>9", {}, [[5], [0, 1, 6], [2, 3, 7], [4, 8, 10, 11], [9]], {10, 11}),
        ("0>2 1>2 1>3 2>3", {}, [[0, 1], [2, 4], [3]], {4}),
        ("0>1", {0: 2}, [[0], [2], [1]], set()),  # a label has a column of its own, beside what reads the value
        ("0>1 1>2 0>2", {0: 3, 1: 4, 2: 7}, [[0], [3, 5], [1, 6], [4, 7], [2]], {5, 6}),
        ("0>1 1>2 0>2", {2: 6}, [[0], [3], [1, 5], [4, 6], [2]], {3, 4, 5}),
    ],
)
def test_columns(pairs, labels, columns_, rails):
    ends = ends_of(pairs)
    found = columns(1 + max(map(max, ends)), ends, [number in labels for number in range(len(ends))])
    assert found.columns == columns_
    assert found.rails == rails
    assert {number: item for number, item in enumerate(found.labels) if item is not None} == labels


@pytest.mark.parametrize(
    ("pairs", "crossed", "left"),
    [
        ("0>3 1>2", 1, 0),
        ("0>5 1>4 2>3", 3, 0),
        ("0>3 1>2 0>2 1>3", 1, 1),
        ("0>2 1>2", 0, 0),
        ("0>3 0>4 1>3 1>4 2>3 2>4", 3, 3),
        ("0>2 1>3 0>3 0>4 2>5 3>5 4>6 2>6 4>7 2>7", 4, 1),  # found from both sides in turn; from one alone, 3
    ],
)
def test_crossings_are_counted(pairs, crossed, left):
    ends = ends_of(pairs)
    graph = columns(1 + max(map(max, ends)), ends, [False] * len(ends))
    assert crossings(graph.columns, graph) == crossed
    assert crossings(ordered(graph), graph) == left


@pytest.mark.parametrize(
    ("pairs", "backwards", "swept"),
    [
        ("0>3 1>2", False, [[0, 1], [3, 2]]),
        ("0>3 1>2", True, [[1, 0], [2, 3]]),
        ("0>3 1>2 2>4 3>5", False, [[0, 1], [3, 2], [5, 4]]),
        ("0>3 1>2 2>4 3>5", True, [[1, 0], [2, 3], [4, 5]]),
        ("0>2 1>3 2>5 3>4", True, [[1, 0], [3, 2], [4, 5]]),
        ("2>3 0>4 1>4 2>4", False, [[0, 1, 2], [4, 3]]),  # 1 on average, before 2
    ],
)
def test_a_column_is_sorted_by_its_neighbours(pairs, backwards, swept):
    ends = ends_of(pairs)
    graph = columns(1 + max(map(max, ends)), ends, [False] * len(ends))
    assert _swept(graph.columns, graph, backwards) == swept


@pytest.mark.parametrize(
    ("pairs", "size", "box", "centres"),
    [
        ("", Size(20, 10), (20, 20), [(10, 10)]),
        ("0>1", Size(20, 10), (70, 20), [(10, 10), (60, 10)]),
        ("0>2 1>2", Size(20, 10), (70, 40), [(10, 10), (10, 30), (60, 10)]),
        ("0>3 1>3 2>3", Size(20, 10), (70, 60), [(10, 10), (10, 30), (10, 50), (60, 10)]),
        ("0>3 1>3 2>3", Size(20, 40), (70, 150), [(10, 25), (10, 75), (10, 125), (60, 25)]),
        ("0>3 1>3 2>3", Size(20, 100), (106, 330), [(10, 55), (10, 165), (10, 275), (96, 55)]),  # 0.3 · 220 apart
        ("0>3 1>3 2>3", Size(20, 300), (130, 930), [(10, 155), (10, 465), (10, 775), (120, 155)]),  # but at most 90
        ("0>4 1>4 2>5 3>5 4>6 5>6", Size(20, 10), (120, 80),
         [(10, 10), (10, 30), (10, 50), (10, 70), (60, 10), (60, 50), (110, 10)]),
        ("0>2 1>2 2>3 2>4", Size(20, 10), (120, 40), [(10, 10), (10, 30), (60, 10), (110, 10), (110, 30)]),
        ("0>2 1>2 1>3 3>4 2>4", Size(20, 10), (120, 40), [(10, 30), (10, 10), (60, 30), (60, 10), (110, 10)]),
        ("0>1 2>3 1>4 3>4 0>4", Size(20, 10), (120, 52), [(10, 10), (60, 10), (10, 42), (60, 42), (110, 10)]),
        ("0>1 2>3 1>4 3>4 0>5 4>5", Size(20, 10), (170, 56),
         [(10, 10), (60, 26), (10, 46), (60, 46), (110, 26), (160, 26)]),  # near what they are joined to
        ("0>1 1>2 0>3 1>4 0>5 0>6 4>6", Size(20, 10), (170, 72),  # 4 and 6 move down towards the rail of 0
         [(10, 10), (60, 10), (110, 10), (60, 30), (110, 38), (60, 50), (160, 38)]),
        ("0>1 0>2 1>3 2>4 5>2 6>2 3>7 4>7", Size(20, 10), (170, 60),
         [(10, 10), (60, 10), (60, 30), (110, 10), (110, 30), (10, 30), (10, 50), (160, 10)]),
    ],
)  # fmt: skip
def test_places(pairs, size, box, centres):
    found = placed(pairs, size)
    assert (found.width, found.height) == box
    assert list(found.centres) == centres


@pytest.mark.parametrize(
    ("direction", "box", "centres"),
    [
        ("lr", (70, 40), [(10, 10), (10, 30), (60, 10)]),
        ("rl", (70, 40), [(60, 10), (60, 30), (10, 10)]),
        ("tb", (60, 50), [(15, 5), (45, 5), (15, 45)]),
        ("bt", (60, 50), [(15, 45), (45, 45), (15, 5)]),
    ],
)
def test_places_in_each_direction(direction, box, centres):
    found = placed("0>2 1>2", direction=direction)
    assert (found.width, found.height) == box
    assert list(found.centres) == centres
    reverse = placed("2>0 2>1", direction=direction, mirrored=True)
    opposite = placed("0>2 1>2", direction={"lr": "rl", "rl": "lr", "tb": "bt", "bt": "tb"}[direction])
    assert reverse.centres == opposite.centres
    assert reverse.splines == tuple(spline[::-1] for spline in opposite.splines)


@pytest.mark.parametrize(
    ("pairs", "stops", "joined"),
    [
        ("0>1", ["10,10 20,10 50,10 60,10"], set()),
        ("0>1 1>2 0>2",
         ["10,10 20,10 50,10 60,10", "60,10 70,10 100,10 110,10", "10,10 20,10 50,26 70,26 100,10 110,10"], set()),
        ("0>1 1>2 2>3 0>2 0>3",  # the shorter one leaves the rail of the longer one where that has passed vertex 1
         ["10,10 20,10 50,10 60,10", "60,10 70,10 100,10 110,10", "110,10 120,10 150,10 160,10",
          "70,26 70,26 100,10 110,10", "10,10 20,10 50,26 70,26 100,26 120,26 150,10 160,10"], {3}),
    ],
)  # fmt: skip
def test_ways(pairs, stops, joined):
    """From the middle of a vertex to its side, level through each column, and into the middle of the next."""
    found = placed(pairs)
    assert [" ".join(f"{x:g},{y:g}" for x, y in spline[::3]) for spline in found.splines] == stops
    assert found.joined == joined


@pytest.mark.parametrize(
    ("direction", "through", "box", "label"),
    [
        ("lr", False, (82, 20), (41, 7)),  # above its arrow
        ("lr", True, (82, 20), (41, 10)),
        ("tb", False, (30, 56), (21, 28)),  # beside it
        ("tb", True, (30, 56), (15, 28)),
    ],
)
def test_places_of_labels(direction, through, box, label):
    found = layered([Size(20, 10)] * 2, [Link(0, 1, 12, 6, through=through)], direction, False, 30, 10)
    assert (found.width, found.height) == box
    assert found.labels == (label,)


@pytest.mark.parametrize(
    ("direction", "label", "through", "breadth", "vertex", "middle"),
    [
        ("lr", (12, 40), False, 40 + 3 + 10, 43, 23),  # above its arrow; beneath that, the room of the vertices
        ("lr", (12, 40), True, 3 + 40 + 3, 23, 23),
        ("tb", (40, 12), False, 15 + 40 + 3, 15, 35),  # on the right of its arrow
        ("tb", (40, 12), True, 3 + 40 + 3, 23, 23),
    ],
)
def test_labels_have_air(direction, label, through, breadth, vertex, middle):
    """3 on both sides."""
    found = layered([SMALL] * 2, [Link(0, 1, *label, through=through)], direction, False, 30, 10)
    across = 1 if direction == "lr" else 0
    assert (found.width, found.height)[across] == breadth
    assert (found.centres[0][across], found.labels[0][across]) == (vertex, middle)


def test_an_arrow_bends_half_way_between_columns():
    (_, steep) = placed("0>2 1>2").splines
    assert steep[3:7] == ((20, 30), (35, 30), (35, 10), (50, 10))
    assert placed("0>2 1>2").clear


def test_nothing_has_no_size():
    assert layered([], [], "lr", False, 30, 10) == Placement(0, 0, (), (), (), ())


def test_places_are_rounded_to_a_hundredth():
    found = placed("0>1", Size(10 / 3, 20 / 3))
    assert found.centres == ((1.67, 8.33), (35.0, 8.33))


@pytest.mark.parametrize(
    ("direction", "size", "gates", "centres", "way"),
    [
        ("lr", Size(40, 10, gate=12, gap=8), [(6, 10), (76, 10)], [(30, 10), (100, 10)], "30,10 40,10 70,10 76,10"),
        ("rl", Size(40, 10, gate=12, gap=8), [(104, 10), (34, 10)], [(80, 10), (10, 10)], "80,10 70,10 40,10 34,10"),
        ("bt", Size(10, 40, gate=12, gap=8), [(10, 104), (10, 34)], [(10, 80), (10, 10)], "10,80 10,70 10,40 10,34"),
    ],
)
def test_arrows_run_from_a_vertex_to_the_operation_before_the_next(direction, size, gates, centres, way):
    found = placed("0>1", size, direction)
    assert (list(found.gates), list(found.centres)) == (gates, centres)
    assert " ".join(f"{x:g},{y:g}" for x, y in found.splines[0][::3]) == way


def test_the_longest_way_is_one_straight_line():
    links = arrows("0>1", "1>2", "2>3", "4>2", "5>3", "5>1")
    placed = layered([Size(20, 20)] * 6, links, "lr", False, 36, 22)
    assert len({placed.centres[vertex][1] for vertex in (0, 1, 2, 3)}) == 1


def test_what_is_read_far_away_hangs_on_one_rail():
    """Vertex 0 is read by each vertex of a chain: its longest arrow is drawn whole, the others join it."""
    links = [Link(k, k + 1) for k in range(1, 6)] + [Link(0, k) for k in range(2, 7)]
    placed = layered([Size(20, 20)] * 7, links, "lr", False, 36, 22)
    longest = len(links) - 1
    assert placed.joined == {number for number, link in enumerate(links) if link.tail == 0} - {longest, 5}
    for number in placed.joined:
        start = placed.splines[number][0]
        rail = placed.splines[longest]
        assert any(a[1] == b[1] == start[1] and a[0] <= start[0] <= b[0] for a, b in pairwise(rail))


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("0>4 1>4 2>5 3>5 4>6 5>6", 0),  # a tree
        ("0>3 1>3 2>3 3>4", 0),  # a star
        ("0>2 1>3 0>3 1>2", 1),  # two that read the same two: it cannot be drawn without
        ("0>2 1>2 0>3 1>3 2>4 3>4", 1),
    ],
)
def test_crossings_are_few(pairs, expected):
    ends = [tuple(map(int, pair.split(">"))) for pair in pairs.split()]
    graph = columns(max(map(max, ends)) + 1, ends, [False] * len(ends))
    assert crossings(ordered(graph), graph) == expected


def test_operands_stand_in_the_order_in_which_they_are_read():
    """(a − b)/(c − d)"""
    links = arrows("0>1", "2>1", "3>5", "4>5", "1>6", "5>6")
    placed = layered([Size(20, 20)] * 7, links, "lr", False, 36, 22)
    assert [y for _, y in (placed.centres[k] for k in (0, 2, 3, 4))] == sorted(
        y for _, y in (placed.centres[k] for k in (0, 2, 3, 4))
    )


def test_items_grow_with_the_graph():
    def count(steps: int) -> int:
        made = sheet(recurrence(steps), ("backward",)).panels[0].content
        assert isinstance(made, Diagram)
        place = {vertex.node: number for number, vertex in enumerate(sorted(made.vertices, key=lambda v: v.node))}
        ends = [(place[arrow.head], place[arrow.tail]) for arrow in made.arrows]
        return len(columns(len(place), ends, [True] * len(ends)).before)

    assert count(40) - count(20) == 2 * (count(20) - count(10))


def test_what_cannot_be_placed_is_refused(monkeypatch):
    monkeypatch.setattr("graphviz_ad.drawing.layered.columns.MAX_ITEMS", 100)
    with pytest.raises(AdgraphError, match="so many long arrows") as caught:
        compose(sheet(recurrence(40), ("forward",)))
    assert "--of" in caught.value.hint


def test_one_figure_has_one_layout():
    short = (2, [(0, 1)])
    long = (60, [(0, k) for k in range(1, 60)] + [(k, k + 1) for k in range(1, 59)])
    assert layout_of([short]) is by_graphviz
    assert layout_of([short, long]) is layered
    assert layout_of([(3 + MAX_BENDS, [(k, k + 1) for k in range(2 + MAX_BENDS)])]) is by_graphviz  # no arrow is long
