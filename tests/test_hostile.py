"""Names that are code in some language stay text in every format: nothing runs, includes or leads elsewhere."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pygraphviz
import pytest

from graphviz_ad.core.diagram import Chain, Sheet, Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, Variable
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import Graph, Node
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request
from graphviz_ad.formats import formats
from graphviz_ad.formats.chains import CHAIN_FORMATS
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.formats.terminal.rows import chain_lines
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import VIEWS, sheet_of
from graphviz_ad.pipeline import render

SECRET = "what the file has"
NAMES = {
    "TeX reads a file": r"\input{secret}",
    "TeX runs a program": r"\immediate\write18{touch ran}",
    "Lua runs a program": r"\directlua{os.execute('touch ran')}",
    "TeX ends the picture": r"$\end{tikzpicture}\input{secret}",
    "Typst reads a file": '#read("secret")',
    "Typst imports a package": '#import "@preview/cetz:0.1.0"',
    "Typst ends a string": 'x") #read("secret") #("',
    "Graphviz reads a picture": 'x", image="secret.png", shapefile="secret.png"',
    "Graphviz has a link": '<x HREF="http://127.0.0.1/">',
    "HTML-like labels have pictures": '<IMG SRC="secret.png"/>',
    "Graphviz ends a label": "x>]; node [URL=secret]; y [label=<",
    "SVG has a script": "</text><script>alert(1)</script>",
    "SVG reads a picture": '<image xlink:href="http://127.0.0.1/secret"/>',
    "SVG has a link": '"/><a xlink:href="javascript:alert(1)">x</a>',
    "XML has entities": '<!DOCTYPE x [<!ENTITY y SYSTEM "secret">]>&y;',
    "CSS fetches": "url(http://127.0.0.1/) } * { background: url(//127.0.0.1) }",
    "HTML has handlers": '" onload="alert(1)" x=\'',
    "a script ends": "</script><script>alert(1)</script>",
    "a comment ends": "--> <script>alert(1)</script>",
    "Mermaid clicks": 'x"]; click p0n0 call alert(1)',
    "Mermaid has directives": '%%{init: {"securityLevel": "loose"}}%%',
    "Mermaid has lines": 'x\nclick p0n0 href "javascript:alert(1)"',
    "Markdown has links": "[x](javascript:alert(1)) ![y](http://127.0.0.1/)",
    "Markdown has code": "x`$ $$ ``` y",
    "a template": "{{ 7*7 }}{% include 'secret' %}{# #}",
    "a format": "{0.__class__} %s %(x)s $x ${x}",
    "a terminal's title": "\x1b]0;x\x07\x1b[31m\x9b31m\x85\u2028",
    "right to left": "\u202egnp.exe\u2066\u200f",
    "a path": "../../etc/passwd",
    "a carriage return": "x\r\ny",
    "nothing": "\0\ufffe",
}
ALL = sorted(NAMES.values())


def sheet(name: str, *views: str) -> Sheet:
    """A system whose input, variable and output have the name in them."""
    nodes = (
        Node("input", (), None, Name(name)),
        Node("sin", (0,), None, Name(f"{name} 1")),
        Node("mul", (0, 1), None, Name(f"{name} 2")),
        Node(UserFunction(Name("f"), 1), (2,), None, Name(f"{name} 3")),
    )
    return sheet_of(System(Graph(nodes, (3,))), views or [view for view in VIEWS if view not in ("trace", "circuit")])


@cache
def made(name: str, format_name: str, *views: str, **options: object) -> str:
    text = render(sheet(name, *views), formats()[format_name], Request(**options))
    assert isinstance(text, str)
    return text


def inert(text: str) -> bool:
    """Whether all of it is shown, and nothing of it is acted upon."""
    return not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe]", text)


# ---- pictures


def elements(root: ElementTree.Element) -> set[tuple[str, str, bool]]:
    """Each element with its attributes, and whether they lead out of the file."""
    found = {(element.tag, key, bool(re.search(r"url\((?!#)|//|:", value)))
             for element in root.iter() for key, value in (*element.attrib.items(), ("", ""))}  # fmt: skip
    return {(tag, key, leads and key not in ("d", "keyTimes", "values")) for tag, key, leads in found}


@pytest.mark.parametrize("name", ALL, ids=ascii)
@pytest.mark.parametrize("moves", [False, True])
def test_svg(name, moves):
    options = {"seconds": 1.0} if moves else {}
    plain, hostile = (made(one, "svg", "backward-simplified", **options) for one in ("name", name))
    assert elements(ElementTree.fromstring(hostile)) <= elements(ElementTree.fromstring(plain))
    assert "<!" not in hostile
    assert "<?" not in hostile


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_pdf_and_png(name):
    for format_name in ("pdf", "png"):
        content = render(sheet(name, "forward-simplified"), formats()[format_name], Request())
        assert isinstance(content, bytes)
        assert not re.search(rb"/(JS|JavaScript|URI|Launch|OpenAction|EmbeddedFile)\b", content)


ATTRIBUTES = r"(?i)^(image|shapefile|url|href|.*(url|href|target)|imagepath|fontpath|stylesheet|layers?|_background)$"


@pytest.mark.parametrize("name", ALL, ids=ascii)
@pytest.mark.parametrize("format_name", ["dot", "dot2tex"])
def test_dot(name, format_name):
    counts = []
    for one in ("name", name):
        graph = pygraphviz.AGraph(string=made(one, format_name, "forward", "backward-simplified", "chain"))
        things = [graph, *graph.nodes(), *graph.edges(), *graph.subgraphs()]
        counts.append((graph.number_of_nodes(), graph.number_of_edges(), len(graph.subgraphs())))
        for thing in things:
            attributes = dict((thing.graph_attr if isinstance(thing, pygraphviz.AGraph) else thing.attr).iteritems())
            assert not [key for key in attributes if re.match(ATTRIBUTES, key) and attributes[key]]
            label = attributes.get("label") or ""
            if label.startswith("<") and label.endswith(">"):
                tree = ElementTree.fromstring(f"<x>{label}</x>")
                assert not [
                    tree for part in tree.iter() if part.tag.lower() == "img" or "href" in map(str.lower, part.attrib)
                ]
    assert counts[0] == counts[1]


# ---- TeX and Typst

LIVE = re.compile(
    r"(?<!\\)(?:\\\\)*\\(input|include\w*|immediate|write\w*|open\w*|read\w*|catcode|csname|directlua|latelua|special|"
    r"ShellEscape|usepackage|verbatiminput|end\{tikzpicture\}.*\\)(?![a-zA-Z])"
)


@pytest.mark.parametrize("name", ALL, ids=ascii)
@pytest.mark.parametrize("options", [{}, {"standalone": True}, {"beamer": True}])
def test_tikz(name, options):
    plain, hostile = (made(one, "tikz", "backward-simplified", "chain", **options) for one in ("name", name))
    plain, hostile = (re.sub("(?m)^%.*\n", "", text) for text in (plain, hostile))
    assert [found[1] for found in LIVE.finditer(hostile)] == [found[1] for found in LIVE.finditer(plain)]
    assert inert(hostile)
    assert hostile.count("\\end{") == plain.count("\\end{")


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_latex_of_chains(name):
    text = CHAIN_FORMATS["latex"](chains(name))
    remark, formulas = text.split("\n", 1)
    assert remark.startswith("% ")
    assert not LIVE.search(formulas)
    assert inert(formulas)
    assert formulas.count("\\end{") == 1


def chains(name: str) -> tuple[Chain, ...]:
    """A chain of the name, with a remark."""
    nodes = (
        Node("input", (), None, Name(name)),
        Node("sin", (0,), None, Name(f"{name} 1")),
        Node("mul", (0, 1), None, Name(f"{name} 2")),
    )
    return tuple(chain.replace(notes=("a remark",)) for chain in System(Graph(nodes, (2,))).chains(False))


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_typst_of_chains(name, tmp_path):
    """It is set in a folder with the file that it could read, and is what a name of the same length is."""
    import typst

    (tmp_path / "secret").write_text(SECRET)
    text = CHAIN_FORMATS["typst"](chains(name))
    assert text.startswith("// ")
    text = text.partition("\n")[2]
    assert inert(text)
    outside = re.sub(r'"(\\.|[^"\\])*"', '""', text)  # of strings
    assert "#" not in outside
    typst.Compiler(root=str(tmp_path), ignore_system_fonts=True).compile(text.encode(), format="svg")


# ---- Mermaid, Markdown, JSON, the terminal


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_mermaid(name):
    plain, hostile = (
        made(one, "mermaid", "forward", "backward-simplified", "chain").splitlines() for one in ("name", name)
    )
    assert len(plain) == len(hostile)
    assert [re.sub(r'".*"', '""', line) for line in plain[2:]] == [re.sub(r'".*"', '""', line) for line in hostile[2:]]
    assert hostile[1].startswith("%% ")
    assert "%%" not in hostile[1][2:]
    assert inert("\n".join(hostile))


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_markdown(name):
    """Tags and links of a name are no tags and links: what is no formula has none, and a formula cannot be left."""
    table = TABLE_FORMATS["markdown"](
        Table((Variable(name), "value"), ((Variable(name), 1.0), (Derivative(name, name), 2.0))), 5
    )
    chain = CHAIN_FORMATS["markdown"](chains(name))
    for text in (table, chain):
        assert inert(text)
        bare = re.sub(r"\\.", "", re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", text, flags=re.DOTALL))
        assert not re.search(r"<\w|</|<!|\]\(|javascript:[^)]*\)|`", bare), bare
        formulas = "".join(re.findall(r"\$\$(.*?)\$\$|\$([^$]*)\$", text, flags=re.DOTALL)[0]) if "$" in text else ""
        assert not re.search(r"<[a-zA-Z/!]", formulas), formulas


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_json_has_the_name_itself(name):
    text = made(name, "json")
    document = json.loads(text)
    nodes = next(panel for panel in document["panels"] if panel["view"] == "forward-simplified")["nodes"]
    assert name in [node["label"]["plain"] for node in nodes] or not inert(name) or "\n" in name


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_the_terminal(name):
    lines = [line.text for line in chain_lines(chains(name), 60)]
    for text in (made(name, "text", "forward", "chain"), *lines):
        assert inert(text)


# ---- pages


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes, and what leads out of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.leads: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, key) for key, _ in (*attributes, ("", None))}
        links = [value or "" for key, value in attributes if key in ("src", "href", "xlink:href", "action")]
        self.leads |= {value for value in links if not value.startswith("#") and value != "data:,"}


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_page(name):
    plain, hostile = (made(one, "html") for one in ("name", name))
    tags = Tags(hostile)
    assert tags.found <= Tags(plain).found
    assert tags.leads == set()
    assert hostile.count("<script") == plain.count("<script")


@pytest.mark.parametrize(
    "template",
    [
        "{% include 'secret' %}", "{% extends 'secret' %}", "{% import 'secret' as s %}",
        "{{ title.__class__.__mro__ }}", "{{ figures.__class__ }}", "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('touch ran') }}", "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__['os'].system('touch ran') }}", "{{ title.format.__globals__ }}",
        "{{ '{0.__class__}'.format(title) }}", "{{ '{0.__init__.__globals__}'.format(self) }}", "{{ open('secret') }}",
        "{{ __import__('os') }}", "{{ title|attr('__class__') }}", "{{ namespace.__init__.__globals__ }}",
    ],
)  # fmt: skip
def test_a_template_reads_nothing_and_runs_nothing(template, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("secret").write_text(SECRET)
    try:
        page = made("x", "html", template=template)
    except AdgraphError as error:
        assert error.message
    else:
        assert not re.search(rf"{SECRET}|<class|<module|<function|&lt;(class|module|function)", page)
    assert [path.name for path in Path().iterdir()] == ["secret"]
