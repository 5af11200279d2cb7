"""The plugin for mystmd: pictures that each export chooses from, and mistakes at their lines.

Needs Node and npm's package `mystmd`, whose program `myst` is on the PATH or named by MYST. Its templates are on the
network, so the PDF and the site here have templates of a few lines; what a theme makes of the site is not seen.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graphviz_ad.drawing.styles import templates

LESSON = Path(__file__).parents[2] / "gallery" / "notes" / "mystmd"
MYST = os.environ.get("MYST") or shutil.which("myst")
pytestmark = pytest.mark.skipif(MYST is None, reason="needs npm's package mystmd")


@pytest.fixture
def myst(tmp_path):
    """Build a document in a folder like the lesson's; what mystmd says, and the folder of its exports."""
    folder = shutil.copytree(LESSON, tmp_path / "project")
    shutil.copy(templates() / "plugins" / "adgraph.mjs", folder)
    program = tmp_path / "adgraph"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m graphviz_ad "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "ADGRAPH": str(program), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def run(kind, text=None, **changed):
        if text is not None:
            (folder / "lesson.md").write_text(text, "utf-8")
        what = ["lesson.md"] if kind != "site" else []
        done = subprocess.run([MYST, "build", *what, f"--{kind}"], cwd=folder, env=environment | changed, text=True,
                              capture_output=True, timeout=300)  # fmt: skip
        return done.stdout + done.stderr, folder / "_build" / ("site" if kind == "site" else "exports")

    return run


def test_an_export_has_the_pictures(myst):
    said, exports = myst("xml")
    assert "⛔" not in said, said
    (jats,) = exports.glob("*.xml")
    text = jats.read_text("utf-8")
    assert text.count("<graphic") == 2
    assert re.search(r'see <xref ref-type="fig" rid="figure-1">Figure\s1</xref>', text)
    assert text.count('<fig id="figure-1">') == text.count("<p>The neuron") == 1
    assert len([*(exports / "files").glob("adgraph-*.png")]) == 2


def test_a_mistake_has_its_place(myst):
    said, _ = myst("md", "# A\n\nText.\n\n```{adgraph}\n:wrt: x\ny = 2x\nz = sine(y)\n```\n")
    assert "⛔️ lesson.md:5 adgraph: lesson.md, line 8, column 5: unknown function 'sine'" in said
    assert "hint: write sin(x)" in said


def test_an_unknown_option_is_mystmds_own_mistake(myst):
    said, _ = myst("md", "# A\n\n```{adgraph}\n:veiw: chain\ny = 2x\n```\n")
    assert "veiw" in said


def test_a_program_that_is_not_there(myst):
    said, _ = myst("md", ADGRAPH="adgraph-elsewhere")
    assert "the program adgraph is not found" in said
    assert "hint: pip install graphviz-ad, or name it by ADGRAPH" in said


PLAIN = r"""\documentclass{article}
[-IMPORTS-]
\usepackage{hyperref}
\begin{document}
[-CONTENT-]
\end{document}
"""


@pytest.mark.skipif(not (shutil.which("latexmk") and shutil.which("pdftotext")), reason="needs LaTeX and poppler")
def test_a_pdf_through_latex(myst, tmp_path):
    template = tmp_path / "project" / "plain"
    template.mkdir()
    (template / "template.yml").write_text("jtex: v1\ntitle: Plain\nfiles: [template.tex]\n")
    (template / "template.tex").write_text(PLAIN)
    exports = "exports:\n  - format: pdf\n    template: ./plain\n    output: lesson.pdf\n"
    said, _ = myst("pdf", (LESSON / "lesson.md").read_text("utf-8").replace("---\n", f"---\n{exports}", 1))
    made = tmp_path / "project" / "lesson.pdf"
    assert made.exists(), said
    text = subprocess.run(["pdftotext", "-layout", made, "-"], capture_output=True, text=True, check=True).stdout
    assert "see Figure 1" in text
    assert "Figure 1: The neuron" in text
    assert "spawnSync" not in text
    used = (made.parent / "_build").rglob("*.tex")
    assert any("\\includegraphics" in tex.read_text("utf-8") for tex in used)
    images = subprocess.run(["pdfimages", "-list", made], capture_output=True, text=True, check=True).stdout
    assert len(images.splitlines()) == 2, "the figures are drawings, not pixels"


def test_a_site_has_pictures_with_words(myst, tmp_path):
    theme = tmp_path / "project" / "theme"
    theme.mkdir()
    (theme / "template.yml").write_text("myst: v1\ntitle: Bare\nbuild: { install: 'true', start: 'true' }\n")
    settings = tmp_path / "project" / "myst.yml"
    settings.write_text(settings.read_text("utf-8").replace("book-theme", "./theme"), "utf-8")
    said, site = myst("site")
    assert "⛔" not in said, said
    (page,) = (site / "content").glob("*.json")
    images = list(of_kind("image", json.loads(page.read_text("utf-8"))["mdast"]))
    assert [(site / "public" / image["url"].lstrip("/")).read_text("utf-8")[:4] for image in images] == ["<svg", "<svg"]
    assert all("is" in image["alt"] for image in images)


def of_kind(kind, tree):
    """The nodes of a kind in a document's tree."""
    if tree.get("type") == kind:
        yield tree
    for child in tree.get("children", ()):
        yield from of_kind(kind, child)
