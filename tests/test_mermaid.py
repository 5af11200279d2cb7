"""Mermaid: a subgraph a panel, formulas for KaTeX; names from the reader stay text.

What is expected here was tried with Mermaid 11 in Chromium: what it reads as more than text, and that it makes one
backslash of two and a new line of \\n.
"""

import re

import pytest

from graphviz_ad.core.diagram import Diagram, Panel, Plot, Sheet, Table, Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Blank, Equation, Variable
from graphviz_ad.core.request import Request
from graphviz_ad.formats import formats
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import render
from tests.conftest import system
from tests.test_tikz import HOSTILE, LETTERS

NAMES = [*HOSTILE, *LETTERS, "<img src=x onerror=alert(1)>", '"]', "&lt;b&gt;", "#quot;", "$$", "%%{init: {}}%%", "end",
         "*b*", "-->", "\\n", "1. list", "\\\\", "::: x", "nu"]  # fmt: skip


def made(source: str, *views: str, **asked: object) -> str:
    return render(sheet_of(system(source, **asked), views), formats()["mermaid"], Request())


def of_names(names: list[str]) -> str:
    vertices = tuple(Vertex(number, "input", Variable(name)) for number, name in enumerate(names))
    panels = (Panel("forward", "1. A *caption*", Diagram("forward", True, vertices, (), (), tuple(names))),)
    return render(
        Sheet("names", (Equation((Variable("y"), Variable(names[0]))),), panels), formats()["mermaid"], Request()
    )


def test_a_flowchart():
    lines = made("y=2x^3+3; z=y^2", "backward-simplified", "chain").splitlines()
    assert lines[0].startswith("%%{init: {")
    assert lines[1:-7] == [
        "%% y = 2*x^3 + 3; z = y^2",
        "flowchart LR",
        '  subgraph p1 ["Chain rule"]',
        "    direction LR",
        r'    p1equations["$$\frac{\mathrm{d}z}{\mathrm{d}x} = \frac{\mathrm{d}z}{\mathrm{d}y} \cdot '
        r'\frac{\mathrm{d}y}{\mathrm{d}x} = 2y \cdot 6x^2 = 12x^2(2x^3 + 3)$$"]:::constant',
        "  end",
        '  subgraph p0 ["Simplified backward graph"]',
        "    direction LR",
        '    p0n8((("$$z$$"))):::output',
        '    p0n6(("$$y$$")):::variable',
        '    p0n0(("$$x$$")):::input',
        r'    p0n8 -->|"$$\frac{\mathrm{d}z}{\mathrm{d}y} = 2y$$"| p0n6',
        r'    p0n6 -->|"$$\frac{\mathrm{d}y}{\mathrm{d}x} = 6x^2$$"| p0n0',
        "  end",
    ]


def test_values_stand_above_and_adjoints_below():
    text = made("y = x^2", "forward-simplified", at={"x": 3.0})
    assert r'(("$$\begin{gathered} 3 \cr x \cr 6 \end{gathered}$$")):::input' in text


def test_an_answer_to_be_found_is_a_line():
    vertex = Vertex(0, "input", Variable("x"), None, Blank(Variable("answer")), Blank(Variable("shown"), True))
    panel = Panel("forward", "", Diagram("forward", False, (vertex,), ()))
    text = render(Sheet("s", (), (panel,)), formats()["mermaid"], Request())
    assert r"\_\_\_\_\_\_ \cr x \cr \mathrm{shown}" in text
    assert "answer" not in text


def test_greek_letters_are_themselves():
    assert '"$$ν$$"' in made("nu = 2*theta", "forward-simplified")
    assert "\\n" not in made("nu = 2*theta", "forward", "chain")


@pytest.mark.parametrize("name", NAMES)
def test_names_stay_text(name):
    """Nothing that would end a label, be an entity, a tag, a directive or Markdown, or a line break."""
    text = of_names([name])
    assert len(text.splitlines()) == len(of_names(["x"]).splitlines())
    assert text.count("%%") == of_names(["x"]).count("%%")
    label, remark = (next(line for line in text.splitlines() if start in line) for start in ("p0n0(", "p0r0["))
    maths = re.fullmatch(r'    p0n0\(\("\$\$(.*)\$\$"\)\):::input', label)
    words = re.fullmatch(r'    p0r0\["(.*)"\]:::constant', remark)
    assert maths
    assert words
    assert not re.search(r'["<>]|\$\$|#\w+;|&\w+;|\\\\|\\n', maths[1])
    assert not re.search(r'["<>`*_$&\\{}]|#(?!\d+;)', words[1])


def test_what_has_no_place_is_refused():
    for content in (Table(("a",), ((1.0,),)), Plot("x", "y", ())):
        with pytest.raises(AdgraphError, match="no place"):
            render(Sheet("s", (), (Panel("rules", "", content),)), formats()["mermaid"], Request())


def test_numbers_are_not_lists():
    assert 'subgraph p0 ["1#46; A #42;caption#42;"]' in of_names(["x"])
