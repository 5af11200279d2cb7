"""Fences in MkDocs (with Material) and in Zensical: pictures, mistakes on the page, strict builds.

Needs the extra `hosts`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest

pytest.importorskip("pymdownx.superfences")
markdown = pytest.importorskip("markdown")

from graphviz_ad.superfences import fence, validate  # noqa: E402  # where that is there

LESSON = Path(__file__).parents[2] / "gallery" / "notes" / "mkdocs"
DOCS = Path(__file__).parents[2] / "docs"
FENCES = [{"name": "adgraph", "class": "adgraph", "format": fence, "validator": validate}]
SITES = [
    pytest.param([sys.executable, "-m", name, "build", "--strict"], id=name,
                 marks=pytest.mark.skipif(shutil.which(name, path=str(Path(sys.executable).parent)) is None,
                                          reason=f"needs {name}"))
    for name in ("mkdocs", "zensical")
]  # fmt: skip


def html(text):
    """What Python-Markdown makes of a text, in no site."""
    options = {"pymdownx.superfences": {"custom_fences": FENCES}}
    return markdown.markdown(text, extensions=["pymdownx.superfences", "attr_list"], extension_configs=options)


@pytest.mark.parametrize(
    ("head", "body", "alt"),
    [
        ("adgraph", "y = x^2", "y is x squared."),
        ('adgraph view="forward-simplified"', "y = x^2", "y is x squared. Simplified forward graph: y depends on x."),
        ("{ .adgraph view=forward-simplified }", "y = x^2",
         "y is x squared. Simplified forward graph: y depends on x."),
        ("adgraph", "#| view: forward-simplified\ny = x^2",
         "y is x squared. Simplified forward graph: y depends on x."),
        ('adgraph alt="Mine"', "y = x^2", "Mine"),
        ('adgraph max_width="12cm" view="chain"', "y = x^2", "y is x squared. Chain rule: "),
        ('adgraph keep_functions view="chain"', "f(u) = u^2; y = f(x)", "f of u, is u squared; y is f of x"),
    ],
)  # fmt: skip
def test_a_fence_is_an_image(head, body, alt):
    made = html(f"Text\n\n```{head}\n{body}\n```\n")
    assert made.count("<img") == 1
    assert f'<img alt="{alt}' in made
    picture = b64decode(re.search(r"base64,([^\"]+)", made)[1]).decode()
    assert picture.startswith("<svg")
    assert "prefers-color-scheme" in picture or "light-dark" in picture


def test_classes_and_ids_are_the_fences():
    assert '<div id="n" class="adgraph wide">' in html("```{ .adgraph .wide #n view=forward }\ny = x\n```\n")


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ("adgraph", "y = 2x\nz = sine(y)", "line 2, column 5: unknown function 'sine'\n  z = sine(y)\n      ^^^^\n"),
        ('adgraph veiw="chain"', "y = x", "there is no option 'veiw'\nhint: did you mean 'view'?"),
        ("adgraph", "#| view: forwrad\ny = x", "view: 'forwrad' is not one of forward"),
        ("adgraph", "", "there are no equations"),
        ("adgraph", "lesson.py:loss", "a Python function is run, and this document has not been allowed to run code"),
        ("adgraph", "y = <b>x</b>", ""),
    ],
)
def test_a_mistake_is_shown_on_the_page(head, body, said, caplog):
    made = html(f"```{head}\n{body}\n```\n")
    assert '<div class="admonition failure adgraph-error">' in made
    assert said.replace("'", "'") in made
    assert "<b>" not in made
    assert [record.name for record in caplog.records] == ["mkdocs.adgraph"]


def test_a_bug_is_shown_too(monkeypatch, caplog):
    """pymdownx alone shows the fence as it stands."""

    def crash(*_):
        raise RuntimeError("all is <lost>")

    monkeypatch.setattr("graphviz_ad.hosts.superfences.figure", crash)
    made = html("```adgraph\ny = x\n```\n")
    assert '<div class="admonition failure adgraph-error">' in made
    assert "a bug of adgraph's: RuntimeError: all is &lt;lost&gt;" in made
    assert "hint: please report it" in made
    assert [(record.name, record.levelname) for record in caplog.records] == [("mkdocs.adgraph", "WARNING")]


def build(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr, done.returncode


@pytest.mark.parametrize("command", SITES)
def test_a_site(command, tmp_path):
    folder = shutil.copytree(LESSON, tmp_path / "site")
    said, status = build(command, folder)
    assert status == 0, said
    page = (folder / "site" / "index.html").read_text("utf-8")
    assert page.count('src="data:image/svg+xml;base64,') == page.count('alt="z is w x plus b; a is sigmoid of z;') == 2


@pytest.mark.parametrize("command", SITES)
def test_a_mistake_fails_a_strict_build_and_is_on_the_page_of_another(command, tmp_path):
    folder = shutil.copytree(LESSON, tmp_path / "site")
    (folder / "docs" / "index.md").write_text("# A\n\nText.\n\n```adgraph\ny = 2x\nz = sine(y)\n```\n", "utf-8")
    said, status = build(command, folder)
    assert status != 0
    assert "index.md, line 7, column 5: unknown function 'sine'" in said
    assert "hint: write sin(x)" in said
    said, status = build([*command[:-1]], folder)
    assert status == 0, said
    assert "unknown function" in (folder / "site" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("command", SITES[1:])
def test_the_documentation_is_built_without_hooks_too(command, tmp_path):
    """Those are of MkDocs, which .ci/run has build it."""
    staged = subprocess.run([sys.executable, DOCS / "staged.py", tmp_path], capture_output=True, text=True)
    assert staged.returncode == 0, staged.stderr
    said, status = build(command, tmp_path)
    assert status == 0, said
    site = tmp_path / "site"
    assert 'src="data:image/svg+xml;base64,' in (site / "index.html").read_text("utf-8")
    assert (site / "reference" / "errors" / "index.html").exists()
    assert (site / "gallery" / "27-frames" / "figure.svg").exists()
