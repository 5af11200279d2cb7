"""Every format: well formed, deterministic, and names from the reader stay text."""

import json
import re
import xml.etree.ElementTree as ElementTree

import jsonschema
import pygraphviz
import pytest

from graphviz_ad import draw
from graphviz_ad.cli.printing import COLOURS
from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.theme import THEMES, templates, theme
from graphviz_ad.formats import find, formats
from graphviz_ad.formats.chains import CHAIN_FORMATS
from graphviz_ad.formats.terminal.rows import chain_lines
from graphviz_ad.formats.terminal.text import lines
from graphviz_ad.lesson.views import DEFAULT_VIEWS, VIEWS, sheet_of
from graphviz_ad.pipeline import render
from tests.conftest import system, valued
from tests.test_drawing import EXAMPLES

SCHEMA = json.loads((templates() / "schema" / "adgraph-1.json").read_text("utf-8"))
SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = ["<b>", '"', "\\", "]]>", "&amp;", "</svg>", "<script>alert(1)</script>", "%n", "#x", "$x$", "N&L", "-->"]


def rendered(name: str, source: str, views: tuple[str, ...] = DEFAULT_VIEWS, **options: str) -> str:
    here = valued(source) if "circuit" in views else system(source)
    return render(sheet_of(here, views), formats()[name], Request(**options))


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("source", EXAMPLES[:6])
def test_two_runs_give_the_same_bytes(name, source):
    assert rendered(name, source) == rendered(name, source)


@pytest.mark.parametrize("name", formats())
def test_every_format_is_found_by_its_name_and_its_extensions(name):
    for word in (name, *(extension[1:] for extension in formats()[name].extensions)):
        assert find(word) is formats()[name]
    assert find("docx") is None


# ---- SVG


def svg(source: str, views: tuple[str, ...] = DEFAULT_VIEWS, **options: str) -> ElementTree.Element:
    return ElementTree.fromstring(rendered("svg", source, views, **options))


@pytest.mark.parametrize("source", EXAMPLES)
@pytest.mark.parametrize("theme", THEMES)
def test_svg_is_whole(source, theme):
    """Well-formed; every reference has its target; no fonts, no CSS variables, nothing from elsewhere."""
    text = rendered("svg", source, tuple(VIEWS), theme=theme)
    root = ElementTree.fromstring(text)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    used = {element.get("href", "")[1:] for element in root.iter(f"{SVG}use")}
    assert used <= set(ids)
    assert root.findall(f"{SVG}title")[0].text
    assert root.findall(f"{SVG}desc")[0].text
    assert not re.search(
        r"<text|font-family|var\(|url\(|http(?!://www\.w3\.org/2000/svg)|nan|inf\b", text.split("</desc>")[1]
    )


def test_svg_has_a_tooltip_for_each_node_and_arrow():
    root = svg("y=2x^3+3; z=y^2", ("backward-simplified",))
    titles = [title.text for group in root.iter(f"{SVG}g") for title in group.findall(f"{SVG}title")]
    assert titles == ["dy/dx = 6*x^2", "dz/dy = 2*y", "input x", "variable y", "output z"]


def test_ids_of_two_figures_differ():
    one, other = (
        {element.get("id") for element in svg(source).iter() if element.get("id")} for source in ("y = x^2", "y = x^3")
    )
    assert not one & other


def test_ids_begin_with_a_prefix_of_the_caller():
    text = rendered("svg", "y = x^2", theme="auto", id_prefix="fig1-")
    root = ElementTree.fromstring(text)
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    uses = {element.get("href")[1:] for element in root.iter(f"{SVG}use")}
    classes = {element.get("class") for element in root.iter() if element.get("class")}
    assert all(name.startswith("fig1-") for name in (*ids, *classes))
    assert uses <= ids
    assert root.get("aria-labelledby") == "fig1-t fig1-d"
    assert set(re.findall(r"\.([\w-]+)\{", text)) == classes


@pytest.mark.parametrize("prefix", ["1a", "a b", '"><script>', "a{}", "é"])
def test_a_prefix_of_ids_is_one(prefix):
    with pytest.raises(ValueError, match="id_prefix="):
        draw("y = x", id_prefix=prefix)


# ---- DOT


@pytest.mark.parametrize("source", EXAMPLES)
def test_dot_is_accepted_by_graphviz(source):
    text = rendered("dot", source, tuple(VIEWS))
    graph = pygraphviz.AGraph(string=text)
    sheet = sheet_of(valued(source), tuple(VIEWS))
    wanted = sum(len(panel.content.vertices) for panel in sheet.panels if isinstance(panel.content, Diagram))
    assert graph.number_of_nodes() >= wanted
    drawn = graph.draw(format="svg", prog="dot").decode()
    assert "</svg>" in drawn


def test_dot_carries_latex_for_dot2tex():
    text = rendered("dot", "y=2x^3+3; z=y^2", ("backward-simplified",))
    graph = pygraphviz.AGraph(string=text)
    labels = {edge.attr["texlbl"] for edge in graph.edges()}
    assert labels == {r"$\frac{\mathrm{d}z}{\mathrm{d}y} = 2y$", r"$\frac{\mathrm{d}y}{\mathrm{d}x} = 6x^2$"}


def drawn(text: str) -> ElementTree.Element:
    """What Graphviz makes of it."""
    return ElementTree.fromstring(pygraphviz.AGraph(string=text).draw(format="svg", prog="dot"))


def rings(picture: ElementTree.Element) -> dict[str, tuple[float, float, float]]:
    """The circles by the names of their nodes: the middle, downwards and to the right, and the radius."""
    groups = ((group.findtext(f"{SVG}title"), group.find(f"{SVG}ellipse")) for group in picture.iter(f"{SVG}g"))
    return {
        name: (float(ring.get("cx")), float(ring.get("cy")), float(ring.get("rx")))
        for name, ring in groups
        if ring is not None and ring.get("rx") == ring.get("ry")
    }


def rules(picture: ElementTree.Element) -> list[float]:
    """How long the rules of the fractions are."""
    lines = [shape.get("points").split() for shape in picture.iter(f"{SVG}polygon") if shape.get("fill") == "black"]
    corners = [[tuple(map(float, corner.split(","))) for corner in line] for line in lines]
    flat = [line for line in corners if len({y for _, y in line}) == 1]
    return [max(x for x, _ in line) - min(x for x, _ in line) for line in flat]


@pytest.mark.parametrize(
    ("direction", "axis"),
    [("lr", 1), ("rl", 1), ("tb", 0), ("bt", 0)],  # above and below; left and right where arrows run upright
)
def test_dot_has_the_value_before_a_node_and_its_adjoint_behind_it(direction, axis):
    sheet = sheet_of(system("y=2x^3+3; z=y^2", at={"x": 0.5}), ("forward-simplified",))
    picture = drawn(render(sheet, formats()["dot"], Request(direction=direction)))
    colours = [colour_of(role) for role in ("value-text", "adjoint-text")]
    for name, value, adjoint in (("p0_0", "0.5", "9.75"), ("p0_6", "3.25", "6.5"), ("p0_8", "10.563", "1")):
        group = next(group for group in picture.iter(f"{SVG}g") if group.findtext(f"{SVG}title") == name)
        middle = rings(picture)[name]
        before, label, behind = sorted(group.iter(f"{SVG}text"), key=lambda words: float(words.get("xy"[axis])))
        assert (before.text, behind.text) == (value, adjoint)
        assert [before.get("fill"), behind.get("fill")] == colours
        assert float(before.get("xy"[axis])) < middle[axis] - middle[2] < float(label.get("xy"[axis]))
        assert float(behind.get("xy"[axis])) > middle[axis] + middle[2]


def test_dot_has_value_and_gradient_on_a_wire():
    text = rendered("dot", "y = a*x", ("circuit",))
    words = [(words.text, words.get("fill")) for words in drawn(text).iter(f"{SVG}text") if words.get("fill")]
    value, gradient = colour_of("value-text"), colour_of("adjoint-text")
    assert set(words) == {("0.5", value), ("0.75", gradient), ("0.75", value), ("0.5", gradient), ("0.375", value),
                          ("1", gradient)}  # fmt: skip


def colour_of(role: str) -> str:
    return theme("light").styles[role].fill


def test_dot_keeps_the_rule_of_a_fraction_as_long_as_the_fraction():
    """A table in a wider cell grows with it: a short row below a long one would have rules many times too long."""
    lengths = rules(drawn(rendered("dot", "z = y*exp(x*x*sin(x)+3*x*x*x*x-x^7*cos(x)); y = t", ("chain",))))
    assert len(lengths) == 4  # of dz/dx = …, and of dz/dt = dz/dy · dy/dt
    assert max(lengths) < 1.2 * min(lengths)


def test_a_chain_does_not_push_the_columns_of_dot_apart():
    source = "z = w*x+b; a = sigmoid(z); L = -(t*log(a)+(1-t)*log(1-a))"
    views = ("forward-simplified", "backward-simplified")
    alone, above = (
        sorted(x for x, _, _ in rings(drawn(rendered("dot", source, shown))).values())
        for shown in (views, (*views, "chain"))
    )
    assert [x - alone[0] for x in alone] == pytest.approx([x - above[0] for x in above], abs=1)


# ---- JSON


@pytest.mark.parametrize("source", EXAMPLES)
def test_json_is_of_its_schema(source):
    jsonschema.validate(json.loads(rendered("json", source, tuple(VIEWS))), SCHEMA)


def test_the_schema_can_refuse():
    document = json.loads(rendered("json", "y = x^2"))
    del document["panels"][0]["nodes"][0]["role"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


def test_json_says_what_the_figure_shows():
    document = json.loads(rendered("json", "y=2x^3+3; z=y^2"))
    panels = {panel["view"]: panel for panel in document["panels"]}
    assert document["schema"] == "adgraph/1"
    assert [equation["plain"] for equation in document["equations"]] == ["y = 2*x^3 + 3", "z = y^2"]
    assert [(e["derivative"]["plain"], e["value"]["plain"]) for e in panels["backward-simplified"]["edges"]] == [
        ("dz/dy", "2*y"),
        ("dy/dx", "6*x^2"),
    ]
    sides = panels["chain"]["chains"][0]["equations"][0]["sides"]
    assert [side["plain"] for side in sides] == ["dz/dx", "dz/dy*dy/dx", "2*y*6*x^2", "12*x^2*(2*x^3 + 3)"]
    assert sides[-1]["latex"] == "12x^2(2x^3 + 3)"
    nodes = {node["id"]: node["label"]["plain"] for node in panels["forward"]["nodes"]}
    assert [(nodes[e["from"]], nodes[e["to"]]) for e in panels["forward-simplified"]["edges"]] == [
        ("x", "y"),
        ("y", "z"),
    ]


# ---- text


def test_text_of_a_sheet():
    assert (
        rendered("text", "y=2x^3+3; z=y^2", ("forward", "backward-simplified", "chain"))
        == """\
Equations

  y = 2x³ + 3
  z = y²

Forward graph

           2 ──╮
  ┌───┐        │              ╭───╮         ╔═══╗
  │ x ├──▶( )³─┴─▶(×)─┬─▶(+)─▶│ y ├──▶( )²─▶║ z ║
  └───┘               │       ╰───╯         ╚═══╝
                  3 ──╯

Simplified backward graph

        dz             dy
        ── = 2y        ── = 6x²
  ╔═══╗ dy       ╭───╮ dx        ┌───┐
  ║ z ╟─────────▶│ y ├──────────▶│ x │
  ╚═══╝          ╰───╯           └───┘

Chain rule

  dz   dz   dy
  ── = ── · ── = 2y · 6x² = 12x²(2x³ + 3)
  dx   dy   dx
"""
    )


def test_a_name_that_is_longer_than_the_lines_begins_its_tree():
    name = "x" * 100
    listed = [line.text.strip() for line in lines(sheet_of(system(f"{name} = a^2*b"), ("forward",)), 40)]
    assert listed.count(name) == 1
    assert not any("see below" in line for line in listed)


def test_a_tree_names_a_second_time_what_it_has_shown():
    sheet = sheet_of(system("s = sin(x); y = s*s"), ("forward-simplified", "forward"))
    listed = [line.text for line in lines(sheet, 6)]
    assert sum("(see above)" in line for line in listed) == 1


def test_what_stands_too_far_in_goes_on_in_a_tree_of_its_own():
    listed = [line.text for line in lines(sheet_of(system(chain_of_sines(20)), ("forward-simplified",)), 6)]
    assert listed[25:] == [
        "  y₂₀",
        "  └─ y₁₉",
        "     └─ y₁₈",
        "        └─ y₁₇",
        "           └─ y₁₆",
        "              └─ y₁₅",
        "                 └─ y₁₄",
        "                    └─ y₁₃",
        "                       └─ y₁₂ (see below)",
        "",
        "  y₁₂",
        "  └─ y₁₁",
        "     └─ y₁₀",
        "        └─ y₉",
        "           └─ y₈",
        "              └─ y₇",
        "                 └─ y₆",
        "                    └─ y₅",
        "                       └─ y₄",
        "                          └─ y₃ (see below)",
        "",
        "  y₃",
        "  └─ y₂",
        "     └─ y₁",
        "        └─ y₀",
    ]


@pytest.mark.parametrize("form", ["text", "dot", "json", "mermaid"])
def test_a_chain_twice_as_long_takes_twice_the_bytes(form):
    half, whole = (
        len(render(sheet_of(system(chain_of_sines(count)), DEFAULT_VIEWS), find(form), Request()))
        for count in (150, 300)
    )
    assert whole < 2.2 * half


def chain_of_sines(count: int) -> str:
    return "; ".join(f"y_{k} = sin(y_{k - 1})" for k in range(1, count + 1))


def test_a_long_chain_goes_on_in_a_further_line():
    found = system("y=sigmoid(w*x+b); L=(y-t)^2").chains(False)
    narrow = [line.text for line in chain_lines(found, 60)]
    assert max(map(len, narrow)) <= 60
    assert len(narrow) > len(list(chain_lines(found)))
    assert all(line == line.rstrip() for line in narrow)


def test_lines_have_roles():
    found = list(lines(sheet_of(system("y = x^2; z = w", at={"x": 2, "w": 3}, max_paths=1), DEFAULT_VIEWS)))
    assert {line.role for line in found} == {"", "heading", "note"}
    drawn = {role for line in found for _, role in line.runs}
    assert drawn == {"", "input", "output", "operation", "arrow", "label", "value"}
    assert all(line.text == "".join(text for text, _ in line.runs) for line in found if line.runs)
    assert drawn | {line.role for line in found} <= COLOURS.keys()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("latex", "\\begin{align*}\n  \\frac{\\mathrm{d}z}{\\mathrm{d}x} &= \\frac{\\mathrm{d}z}{\\mathrm{d}y} \\cdot "
                  "\\frac{\\mathrm{d}y}{\\mathrm{d}x} = 2y \\cdot 6x^2 = 12x^2(2x^3 + 3)\n\\end{align*}\n"),
        ("markdown", "$$\n\\frac{\\mathrm{d}z}{\\mathrm{d}x} = \\frac{\\mathrm{d}z}{\\mathrm{d}y} \\cdot "
                     "\\frac{\\mathrm{d}y}{\\mathrm{d}x} = 2y \\cdot 6x^2 = 12x^2(2x^3 + 3)\n$$\n"),
        ("typst", "$ frac(dif italic(z), dif italic(x)) = frac(dif italic(z), dif italic(y)) dot frac(dif italic(y), "
                  "dif italic(x)) = 2 italic(y) dot 6 attach(italic(x), t: 2) = 12 attach(italic(x), t: 2) "
                  "\\( 2 attach(italic(x), t: 3) + 3 \\) $\n"),
    ],
)  # fmt: skip
def test_chains_for_a_document(name, text):
    assert CHAIN_FORMATS[name](system("y=2x^3+3; z=y^2").chains(False)) == text


# ---- what a reader names stays text


@pytest.mark.parametrize("inside", HOSTILE)
def test_names_stay_text_in_svg(inside):
    root = svg(f"y_{{{inside}}} = 2*x_{{{inside}}}")
    assert not [element.tag for element in root.iter() if element.tag in (f"{SVG}script", f"{SVG}b")]
    assert root.findall(f"{SVG}title")[0].text == f"y_{{{inside}}} = 2*x_{{{inside}}}"


@pytest.mark.parametrize("inside", HOSTILE)
def test_names_stay_text_in_dot(inside):
    text = rendered("dot", f"y_{{{inside}}} = 2*x_{{{inside}}}")
    graph = pygraphviz.AGraph(string=text)
    shown = [edge for edge in graph.edges() if edge.attr["style"] != "invis"]
    assert len(shown) == 6  # and none that a name has made
    drawn = ElementTree.fromstring(graph.draw(format="svg", prog="dot"))
    assert not [element for element in drawn.iter() if element.tag in (f"{SVG}script", f"{SVG}b")]
    assert [words for words in drawn.itertext() if inside in words]


@pytest.mark.parametrize("inside", HOSTILE)
def test_names_stay_text_in_json_and_text(inside):
    source = f"y_{{{inside}}} = 2*x_{{{inside}}}"
    assert json.loads(rendered("json", source))["name"] in (f"y_{{{inside}}}", f"y_{inside}")
    assert inside in rendered("text", source)


def test_control_characters_do_not_break_xml():
    from graphviz_ad.core.graph import Graph, Node
    from graphviz_ad.lesson.system import System

    nodes = (Node("input", (), None, Name("x\x00\x1b\ufffe")), Node("sin", (0,), None, Name("y")))
    sheet = sheet_of(System(Graph(nodes, (1,))), DEFAULT_VIEWS)
    ElementTree.fromstring(render(sheet, formats()["svg"], Request()))
    assert "\x1b" not in render(sheet, formats()["text"], Request())
    assert pygraphviz.AGraph(string=render(sheet, formats()["dot"], Request()))
