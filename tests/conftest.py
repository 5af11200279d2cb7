"""What several tests need."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.cli.main import main
from graphviz_ad.core import ops
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import Expression, Formula
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.system import System
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from graphviz_ad.read.text.equations import read as parse

settings.register_profile(
    "adgraph", deadline=None, max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("adgraph")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run adgraph in an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def call(*words: str, stdin: str | bytes = "") -> Result:
        return runner.invoke(main, list(words), input=stdin, catch_exceptions=False)

    return call


@pytest.fixture
def isru():
    """The table with one more row, the inverse square root unit: all that an operation needs."""
    tables = (ops.FAMILIES, ops.OPS, ops.FUNCTIONS, ops.CONSTANTS, ops.COMMANDS, ops.ELSEWHERE)
    before = [dict(table) for table in tables]
    row = ops.row("isru", "1 / sqrt(1 + x^2)^3", definition="x / sqrt(1 + x^2)", sign="ISRU", exact=((0, 0),),
                  spoken="the inverse square root unit", aliases=("rsu",), commands=("Isru",),
                  elsewhere=("unit", "spacing"), rule="rule of the unit")  # fmt: skip
    ops.add(row, "activation functions")
    yield row
    for table, known in zip(tables, before, strict=True):
        table.clear()
        table.update(known)


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, or another one that is on the PATH; without one, what needs it is skipped."""
    playwright = pytest.importorskip("playwright.sync_api")
    from tests.pages import CHROMIUM

    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Open the page of a system; whatever the browser says on the console fails the test."""
    from tests.pages import html

    contexts, said = [], []

    def go(source: str | System, asked: dict[str, object] | None = None, options: Request | None = None, **how: object):
        file = tmp_path / f"page{len(contexts)}.html"
        file.write_text(html(source, options or Request(), **asked or {}), "utf-8")
        how = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | how
        contexts.append(browser.new_context(**how))
        page = contexts[-1].new_page()
        page.set_default_timeout(4000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message) or dialog.dismiss())
        page.on("request", lambda request: request.url.startswith(("file:", "data:")) or said.append(request.url))
        page.goto(file.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()
    assert said == []


def plain(formula: Formula | Graph) -> str:
    """A formula on one line."""
    return write(Expression(formula) if isinstance(formula, Graph) else formula, Plain())


def graph(source: str) -> Graph:
    return parse(source).graph


def normal(source: str) -> str:
    """The normal form of an expression, on one line."""
    algebra = Algebra()
    return plain(to_graph(algebra, algebra.load(graph(source))))


def system(source: str, language: str = "text", **asked: object) -> System:
    return read(SourceText(source, language), Request(**asked))[0]


def valued(source: str) -> System:
    """The last output of a system, with values for all inputs."""
    whole = system(source)
    last = whole.graph.nodes[whole.graph.outputs[-1]].name
    point = {whole.graph.nodes[index].name: 0.5 + place / 4 for place, index in enumerate(whole.graph.inputs())}
    return system(source, of=(last,), at=point)


def lines(chains: Iterable[Chain]) -> list[str]:
    """The equations of chains, a line each, without the asterisks."""
    return [plain(equation) for chain in chains for equation in chain.equations]
