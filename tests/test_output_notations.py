"""What others read of `derive`, `eval` and `rules`: LaTeX that every TeX sets, Markdown that stays text, numbers of a
length that can be read."""

from __future__ import annotations

import re
import shutil

import pytest

from graphviz_ad.core.diagram import Table
from graphviz_ad.core.graph import Builder, Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request
from graphviz_ad.formats.chains import CHAIN_FORMATS
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.lesson.system import System

from .test_tikz import HOSTILE, LETTERS
from .tex import compiled, needs_tex, works

NAMES = [*HOSTILE, *LETTERS, "x_é", "x_{🎉}", "a%\u20d7", "$\u20d7"]


def product(names: list[str]) -> Graph:
    build = Builder()
    last, *rest = [build.add("input", name=Name(name)) for name in names]
    for node in rest:
        last = build.add("mul", (last, node))
    return build.build((build.add("neg", (last,), name=Name("y_ж")),))


@needs_tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex", "xelatex"])
def test_every_engine_sets_chains_and_tables(engine, tmp_path):
    if not shutil.which(engine) or not works(engine, tmp_path):
        pytest.skip(f"needs {engine} with its fonts")
    found = [chain for start in range(0, len(NAMES), 6)
             for chain in System(product(NAMES[start : start + 6]), Request()).chains(False)]  # fmt: skip
    cells = tuple((name, chain.equations[0], 0.5) for name, chain in zip(NAMES, found, strict=True))
    table = TABLE_FORMATS["latex"](Table(("word", "formula", "number"), cells), 6)
    rules = "".join(f"\\providecommand\\{name}rule{{\\hline}}" for name in ("top", "mid", "bottom"))
    body = CHAIN_FORMATS["latex"](found) + "\\clearpage\n" + table
    _, log = compiled(tmp_path,
    f"\\documentclass{{article}}\\usepackage{{amsmath,longtable}}{rules}\n\\begin{{document}}\n{body}"
                                "\\end{document}", engine)  # fmt: skip
    assert not re.search(r"Missing character|undefined|not set up", log)


def test_chains_in_latex_are_ascii(run):
    latex = run("derive", "y = x_é^2 * α_{🎉}", "--format", "latex").stdout
    assert [line[:20] for line in latex.splitlines() if not line.isascii()] == ["\\def\\adgraphletterA{"]
    assert "x_{\\acute{e}}" in latex


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a<script>", r"a\lt script\gt "),
        ("a|b", r"a\vert b"),
        ("a`b", r"a\grave{\ }b"),
        ("*a*", r"\ast a\ast "),
        ("[a](b)", r"\lbrack a\rbrack (b)"),
        ("&lt;", r"\&{}lt;"),
        ("a_b", r"a\_b"),
    ],
)
def test_names_stay_text_in_markdown(run, name, shown):
    build = Builder()
    graph = build.build((build.add("abs", (build.add("input", name=Name(f"x_{{{name}}}")),), name=Name("y")),))
    found = System(graph, Request())
    for text in (
        CHAIN_FORMATS["markdown"](found.chains(True)),
        TABLE_FORMATS["markdown"](Table(("a",), ((found.forward(True).vertices[0].label,),)), 6),
    ):
        assert shown in text
        assert not set("<>") & set(text)


def test_words_stay_words_in_markdown():
    table = Table(("a|b", "<b>"), (("*c*", "`d`"),))
    assert TABLE_FORMATS["markdown"](table, 6).splitlines() == [
        r"| a\|b | \<b\> |",
        "| :-- | :-- |",
        r"| \*c\* | \`d\` |",
    ]


@pytest.mark.parametrize(
    ("source", "derivative"),
    [
        ("y = 1e300*1e300*x", "1e600"),
        ("y = x*1e200/3", "1e200/3"),
        ("y = 2^5000*x", "2^5000"),
        ("y = 0.1^400*x", "0.1^400"),
        ("y = x*1/3^200", "1/3^200"),
        ("y = 1e300*x + 1.5e-200*x - 1e300*x", "1.5e-200"),
        ("y = 1e300*x + 1.5e-200*x", "1e300 + 1.5e-200"),
    ],
)
def test_a_constant_is_no_longer_than_one_can_read(run, source, derivative):
    found = run("draw", source, "-o", "-", "--format", "json", "--view", "chain").stdout
    assert f'"plain": "{derivative}"' in found
    assert not re.search(r"\d{60}", found)
