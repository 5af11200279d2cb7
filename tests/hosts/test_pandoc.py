"""The filter for Pandoc (and Quarto, which cannot be had here): each writer's format, mistakes that end the run.

Needs the extra `hosts`, which has Pandoc; for PDF pdfLaTeX.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest

pypandoc = pytest.importorskip("pypandoc")

from graphviz_ad.drawing.styles import templates  # noqa: E402  # where that is there

LESSON = Path(__file__).parents[2] / "gallery" / "notes" / "pandoc" / "lesson.md"


@pytest.fixture
def pandoc(tmp_path):
    """Run Pandoc on a document in an empty folder; what it says, and its status."""
    program = tmp_path / "bin" / "adgraph"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho called >> "{tmp_path}/calls"\nexec "{sys.executable}" -m graphviz_ad "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
                   "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # fmt: skip

    def run(text, *options):
        (tmp_path / "lesson.md").write_text(text, "utf-8")
        command = [pypandoc.get_pandoc_path(), "lesson.md", "--lua-filter", templates() / "plugins" / "adgraph.lua"]
        done = subprocess.run([*command, *options], cwd=tmp_path, env=environment, capture_output=True, text=True,
                              timeout=300)  # fmt: skip
        return done.stdout + done.stderr, done.returncode

    return run


def lesson():
    return LESSON.read_text("utf-8")


def test_html_has_vectors_in_the_page(pandoc, tmp_path):
    said, status = pandoc(lesson(), "-s", "-o", "lesson.html")
    assert status == 0, said
    page = (tmp_path / "lesson.html").read_text("utf-8")
    pictures = re.findall(r'src="data:image/svg\+xml,([^"]+)"', page)
    assert [unquote(one)[:4] for one in pictures] == ["<svg"] * 3
    assert re.search(
        r'<figure id="fig-neuron">\s*<img[^>]*alt="z is w x plus b;[^>]*>\s*<figcaption><p>The neuron', page
    )
    assert 'alt="x, then y, then z"' in page
    assert (tmp_path / "calls").read_text() == "called\n", "adgraph is called once"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "calls", "lesson.html", "lesson.md"]


def test_latex_has_pages_beside_it(pandoc, tmp_path):
    assert pandoc(lesson(), "-s", "-o", "lesson.tex")[1] == 0
    files = re.findall(r"\{(lesson-figures/adgraph-\w+\.pdf)\}", (tmp_path / "lesson.tex").read_text("utf-8"))
    assert len(files) == 3
    assert all((tmp_path / file).read_bytes().startswith(b"%PDF") for file in files)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs Debian's texlive-latex-recommended")
def test_a_pdf_has_the_figures(pandoc, tmp_path):
    said, status = pandoc(lesson(), "-o", "lesson.pdf")
    assert status == 0, said
    assert not (tmp_path / "lesson-figures").exists()
    images = subprocess.run(["pdfimages", "-list", "lesson.pdf"], cwd=tmp_path, capture_output=True, text=True).stdout
    assert len(images.splitlines()) == 2, "figures are lines, not pixels"


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [("lesson.docx", "png", b"\x89PNG"), ("lesson.odt", "png", b"\x89PNG"), ("lesson.pptx", "png", b"\x89PNG"),
     ("lesson.epub", "svg", b"<svg")],
)  # fmt: skip
def test_what_is_packed_has_its_pictures(pandoc, tmp_path, name, kind, begins):
    said, status = pandoc(lesson(), "-o", name)
    assert status == 0, said
    with zipfile.ZipFile(tmp_path / name) as packed:
        pictures = [packed.read(one) for one in packed.namelist() if one.endswith(f".{kind}")]
    assert [picture[: len(begins)] for picture in pictures if b"thumbnail" not in picture[:20]][:3] == [begins] * 3


@pytest.mark.parametrize(("name", "kind"), [("lesson.typ", "svg"), ("other.md", "svg"), ("lesson.rst", "svg")])
def test_others_have_files_beside_them(pandoc, tmp_path, name, kind):
    assert pandoc(lesson(), "-o", name)[1] == 0
    text = (tmp_path / name).read_text("utf-8")
    files = re.findall(rf"[\w-]+-figures/adgraph-\w+\.{kind}", text)
    assert len(set(files)) == 3
    assert all((tmp_path / file).is_file() for file in files)


def test_options_for_all_are_in_the_metadata(pandoc):
    text = "---\nadgraph:\n  theme: auto\n---\n\n```adgraph\ny = x^2\n```\n"
    said, status = pandoc(text, "-t", "html")
    assert status == 0, said
    assert "color-scheme" in unquote(said)


def test_a_block_as_quarto_hands_it_over(pandoc):
    """Quarto gives a cell the class `{adgraph}`."""
    said, status = pandoc(
        '``` {class="{adgraph}"}\n#| fig-cap: A square\n#| label: fig-square\ny = x^2\n```\n', "-t", "html"
    )
    assert status == 0, said
    assert '<figure id="fig-square">' in said
    assert "<figcaption><p>A square</p></figcaption>" in said.replace("\n", "")


def test_a_document_without_blocks_calls_nothing(pandoc, tmp_path):
    assert pandoc("Text.\n\n```python\nx = 1\n```\n", "-t", "html")[1] == 0
    assert not (tmp_path / "calls").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text.\n\n```adgraph\ny = 2x\nz = sine(y)\n```\n",
         "adgraph: lesson.md, line 5, column 5: unknown function 'sine'\n  z = sine(y)\n      ^^^^\nhint"),
        ("```{.adgraph veiw=chain}\ny = x\n```\n", "there is no option 'veiw'"),
        ("```adgraph\n#| view: forwrad\ny = x\n```\n", "adgraph: lesson.md, line 2, column 4: view: 'forwrad'"),
        ("```adgraph\nlesson.py:loss\n```\n", "a Python function is run, and this document has not been allowed"),
        ("```adgraph\n```\n", "there are no equations"),
    ],
)  # fmt: skip
def test_a_mistake_ends_the_run_with_its_place(pandoc, tmp_path, text, said):
    words, status = pandoc(text, "-s", "-o", "lesson.html")
    assert status != 0
    assert said in words
    assert not (tmp_path / "lesson.html").exists()
