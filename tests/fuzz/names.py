"""Hostile names in a small system, in every format: they stay text, and the format stays what it is."""

from __future__ import annotations

import csv
import io
import json
import random
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree

from graphviz_ad import Figure, backward, chain, draw, evaluate, forward
from graphviz_ad.core.diagram import Cell, Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, Variable
from graphviz_ad.core.graph import Builder, Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request
from graphviz_ad.formats.chains import CHAIN_FORMATS
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.lesson.system import System

from .command import active, hostile

_SHAPES = ("{}", "x_{{{}}}", "x^{{{}}}", "{}_1", "x_{{a,{}}}", "\\mathbf{{{}}}", "{}'", "d{}/dx")
_FORMATS = ("svg", "dot", "json", "mermaid", "tikz", "text", "dot2tex", "chains", "tables", "alt")
_MARKDOWN = frozenset("<>")


class Case(NamedTuple):
    input: str
    output: str
    format_name: str


def case(rng: random.Random) -> Case:
    names = [rng.choice(_SHAPES).format(hostile(rng)) for _ in range(2)]
    if names[0] == names[1]:
        names[1] += "2"
    return Case(*names, rng.choice(_FORMATS) if rng.random() < 0.97 else rng.choice(("html", "pdf")))


def system(input_name: str, output_name: str) -> Graph:
    """y = x²·b, by other names."""
    build = Builder()
    x, b = build.add("input", name=Name(input_name)), build.add("input", name=Name("b"))
    square = build.add("pow", (x, build.add("const", value=2)))
    return build.build((build.add("mul", (square, b), name=Name(output_name)),))


def check(given: Case) -> None:
    graph = system(given.input, given.output)
    try:
        {"chains": _chains, "tables": _tables, "alt": _alt}.get(given.format_name, _figure)(graph, given)
    except AdgraphError as error:  # a name may be too long for a format
        _inert(str(error))


def _inert(text: str) -> str:
    assert not active(text), active(text)
    text.encode()
    return text


def _figure(graph: Graph, given: Case) -> None:
    content = draw(graph, views=["forward", "backward", "chain"]).to(given.format_name)
    if isinstance(content, str):
        _READ.get(given.format_name, lambda text: None)(_inert(content))


def _chains(graph: Graph, given: Case) -> None:
    found = System(graph, Request()).chains(True)
    latex, markdown, typst = (_inert(CHAIN_FORMATS[name](found)) for name in ("latex", "markdown", "typst"))
    assert all(line.isascii() for line in latex.splitlines() if not line.startswith(("\\def", "%")))
    assert not _MARKDOWN & set(markdown)
    assert markdown.count("$$\n") == 2 * sum(len(one.equations) for one in found)
    assert typst.count("\n") == sum(len(one.equations) for one in found)
    _inert(str(chain(graph)))


def _tables(graph: Graph, given: Case) -> None:
    found = evaluate(graph, {given.input: 2.0, "b": 3.0})
    rows: list[tuple[Cell, ...]] = [(Variable(name), value) for name, value in found.values.items()]
    rows += [(Derivative(of, wrt), value) for of, row in found.gradient.items() for wrt, value in row.items()]
    table = Table(("variable", "value"), tuple(rows))
    assert rows[0][1] == 2.0
    latex, markdown = (TABLE_FORMATS[name](table, 6) for name in ("latex", "markdown"))
    assert all(line.isascii() for line in latex.splitlines() if not line.startswith("\\def"))
    assert not _MARKDOWN & set(markdown)
    assert {line.count("|") for line in markdown.splitlines()} == {3}
    read = list(csv.reader(io.StringIO(TABLE_FORMATS["csv"](table, 6), newline="")))
    assert {len(row) for row in read} == {2}


def _alt(graph: Graph, given: Case) -> None:
    figure: Figure = backward(graph)
    assert "\n" not in _inert(figure.alt())
    _inert(str(forward(graph)))


# ---- readers of the formats


@lru_cache
def _usual(format_name: str) -> str:
    return str(draw(system("x", "y"), views=["forward", "backward", "chain"]).to(format_name))


def _parts(text: str) -> set[str]:
    """The kinds of elements and attributes of an SVG."""
    root = ElementTree.fromstring(text)
    return {found for one in root.iter() for found in (one.tag, *one.attrib)}


def _svg(text: str) -> None:
    assert _parts(text) <= _parts(_usual("svg")) | {"font-size"}, _parts(text) - _parts(_usual("svg"))


class _Html(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.scripts: list[str] = []
        self.tag = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        self.found |= {tag, *(name for name, _ in attrs)}

    def handle_endtag(self, tag: str) -> None:
        self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag == "script":
            self.scripts.append(data)


def _html(text: str) -> None:
    made, usual = _Html(text), _Html(_usual("html"))
    assert made.found <= usual.found, made.found - usual.found
    data = next(script for script in made.scripts if script.lstrip().startswith("{"))
    json.loads(data)
    assert [script for script in made.scripts if script != data] == [
        script for script in usual.scripts if not script.lstrip().startswith("{")
    ]


def _dot(text: str) -> None:
    import pygraphviz

    made, usual = (pygraphviz.AGraph(string=one) for one in (text, _usual("dot")))
    assert (len(made.nodes()), len(made.edges())) == (len(usual.nodes()), len(usual.edges()))


def _mermaid(text: str) -> None:
    """As many lines as with usual names: nothing has ended one, or begun a statement of its own."""
    assert text.count("\n") == _usual("mermaid").count("\n")


def _tikz(text: str) -> None:
    body = [line for line in text.splitlines() if not line.lstrip().startswith(("%", "\\def"))]
    assert all(line.isascii() for line in body)
    bare = "".join(body).replace("\\\\", "").replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")
    assert bare.count("\\begin{") == bare.count("\\end{") == "".join(_usual("tikz").splitlines()).count("\\end{")


_READ = {
    "svg": _svg,
    "html": _html,
    "dot": _dot,
    "mermaid": _mermaid,
    "tikz": _tikz,
    "json": lambda text: json.loads(text),
}
