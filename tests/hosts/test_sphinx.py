"""Documents in Sphinx, in reStructuredText and in MyST: each builder's format, mistakes at their lines, builds again.

Needs the extra `hosts`; for PDF Debian's latexmk and LaTeX's extra packages.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("sphinx")
pytest.importorskip("myst_parser")

LESSON = Path(__file__).parents[2] / "gallery" / "notes" / "sphinx"
BARE = "extensions = ['graphviz_ad.sphinx', 'myst_parser']\nproject = 'Test'\nhtml_theme = 'basic'\n"


def build(source, target, builder="html", *options):
    """Build documents; what Sphinx says of them, and whether it found no fault."""
    command = [sys.executable, "-m", "sphinx", "-N", "-W", "--keep-going", "-b", builder, "-d", f"{target}.doctrees",
               *options, str(source), str(target)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr, done.returncode == 0


@pytest.fixture
def page(tmp_path):
    """Build a project of one page; what is said of it with the folder left out, and the page."""

    def made(name, text, builder="html", conf=BARE):
        (tmp_path / "conf.py").write_text(conf, "utf-8")
        (tmp_path / name).write_text(text, "utf-8")
        said, fine = build(tmp_path, tmp_path / "_build" / builder, builder)
        assert fine == (not said)
        suffix = {"html": ".html", "text": ".txt"}[builder]
        shown = (tmp_path / "_build" / builder / f"index{suffix}").read_text("utf-8")
        return said.replace(f"{tmp_path}/", ""), shown

    return made


# ---- the lesson


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_page_has_pictures(tmp_path, processes):
    said, fine = build(LESSON, tmp_path, "html", "-j", processes)
    assert fine, said
    first, second = ((tmp_path / f"{name}.html").read_text("utf-8") for name in ("index", "cubic"))
    images = re.findall(r'<img [^>]*src="(_images/adgraph-[0-9a-f]+\.svg)"', first + second)
    assert len(images) == 4
    assert all((tmp_path / image).read_text("utf-8").startswith("<svg") for image in images)
    assert 'alt="z is w x plus b; a is sigmoid of z;' in first
    assert re.search(r'<img alt="The derivatives of the neuron, arrow by arrow" class="align-center"[^>]*80%', first)
    assert '<a class="reference internal" href="#neuron"><span class="std std-numref">Fig. 1</span></a>' in first
    assert r"\frac{\mathrm{d}L}{\mathrm{d}a} = \sigma(wx + b) - t" in first
    assert r"\frac{\mathrm{d}^2z}{\mathrm{d}x^2} = 24x(5x^3 + 3)" in second


def test_latex_has_pages(tmp_path):
    said, fine = build(LESSON, tmp_path, "latex")
    assert fine, said
    pages = re.findall(r"\\sphinxincludegraphics(?:\[[^\]]*\])?\{\{(adgraph-[0-9a-f]+)\}\.pdf\}",
                       (tmp_path / "oneneuron.tex").read_text("utf-8"))  # fmt: skip
    assert len(pages) == 4
    assert all((tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF") for name in pages)


@pytest.mark.skipif(shutil.which("latexmk") is None, reason="needs Debian's latexmk and texlive-latex-extra")
def test_the_pdf_has_the_figures(tmp_path):
    build(LESSON, tmp_path, "latex")
    make = ["latexmk", "-pdf", "-interaction=nonstopmode", "oneneuron.tex"]
    done = subprocess.run(make, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:]
    words = subprocess.run(["pdftotext", "oneneuron.pdf", "-"], cwd=tmp_path, capture_output=True, text=True).stdout
    assert "Fig. 1: The neuron" in words


def test_text_has_text(tmp_path):
    said, fine = build(LESSON, tmp_path, "text")
    assert fine, said
    assert "  ║ L ╟─" in (tmp_path / "index.txt").read_text("utf-8")


@pytest.mark.parametrize("builder", ["epub", "man", "texinfo", "singlehtml", "dirhtml", "xml", "gettext"])
def test_other_builders(tmp_path, builder):
    said, fine = build(LESSON, tmp_path, builder, "-D", "version=1", "-D", "copyright=Nobody")
    assert fine, said


def test_the_same_documents_have_the_same_files(tmp_path):
    for name in ("one", "two"):
        build(LESSON, tmp_path / name, "html")
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "_images").iterdir()} for name in ("one", "two")
    )
    assert one == two


# ---- mistakes


MISTAKES = [
    ("index.rst", "A\n=\n\n.. adgraph::\n\n   y = 2x\n   z = sine(y)\n",
     "index.rst:7: WARNING: line 7, column 8: unknown function 'sine'\n  z = sine(y)\n      ^^^^\nhint"),
    ("index.rst", "A\n=\n\n.. adgraph::\n   :wrt: x\n   :view: forwrad\n\n   y = 2x\n",
     "index.rst:6: WARNING: line 6, column 1: view: 'forwrad' is not one of forward"),
    ("index.rst", "A\n=\n\n.. adgraph::\n   :digits: 3\n\n   y = 2x\n",
     "index.rst:5: WARNING: line 5, column 1: digits is for the numbers of --at"),
    ("index.rst", "A\n=\n\n.. adgraph::\n   :wrt: q\n\n   y = 2x\n",
     "index.rst:7: WARNING: line 7, column 4: there is no variable 'q'"),
    ("index.rst", "A\n=\n\n.. adgraph::\n", "index.rst:4: WARNING: line 4, column 1: there are no equations"),
    ("index.rst", "A\n=\n\n.. adgraph:: no.adg\n", "index.rst:4: WARNING: line 4, column 1: there is no file"),
    ("index.rst", "A\n=\n\n.. adgraph:: lesson.py:f\n",
     "index.rst:4: WARNING: line 4, column 1: a Python function is run, and this document has not been allowed"),
    ("index.rst", "A\n=\n\n.. adgraph::\n\n   y = ax + a*x\n",
     "index.rst:6: WARNING: 'ax' is read as one name; write a*x for a product"),
    ("index.rst", "A\n=\n\nSlope :adgraph:`dz/dx`.\n",
     "index.rst:4: WARNING: line 4, column 1: there is no system above whose derivative this is"),
    ("index.rst", "A\n=\n\n.. adgraph::\n   :name: one\n\n   y = 2x\n\nSlope\n:adgraph:`dy/dx <two>`.\n",
     "index.rst:9: WARNING: line 9, column 1: there is no system 'two' above"),
    ("index.md", "# A\n\n```{adgraph}\ny = 2x\nz = sine(y)\n```\n",
     "index.md:5: WARNING: line 5, column 5: unknown function 'sine'\n  z = sine(y)\n      ^^^^\nhint"),
    ("index.md", "# A\n\n```{adgraph}\n:view: forward\n:wrt: x\n\ny = 2x\nz = sine(y)\n```\n",
     "index.md:8: WARNING: line 8, column 5: unknown function 'sine'\n"),
    ("index.md", "# A\n\n```{adgraph}\n:wrt: x\n:view: forwrad\n\ny = 2x\n```\n",
     "index.md:5: WARNING: line 5, column 1: view: 'forwrad' is not one of forward"),
    ("index.md", "# A\n\n{adgraph}`dz/dx`\n",
     "index.md:3: WARNING: line 3, column 1: there is no system above whose derivative this is"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "begins"), MISTAKES)
def test_a_mistake_is_a_warning_at_its_line(page, name, text, begins):
    said, shown = page(name, text)
    assert said.startswith(begins)
    if "column" in begins and "adgraph:`" not in text and "{adgraph}`" not in text:
        assert '<div class="admonition error">' in shown


def test_a_mistake_is_said_again_until_it_is_mended(page):
    first, _ = page("index.rst", "A\n=\n\n.. adgraph::\n\n   y = sine(x)\n")
    again, shown = page("index.rst", "A\n=\n\n.. adgraph::\n\n   y = sine(x)\n")
    mended, better = page("index.rst", "A\n=\n\n.. adgraph::\n\n   y = sin(x)\n")
    assert first == again != ""
    assert "unknown function" in shown
    assert mended == ""
    assert "<img" in better


def test_an_unknown_option_is_docutils_own_mistake(page):
    said, _ = page("index.rst", "A\n=\n\n.. adgraph::\n   :veiw: forward\n\n   y = 2x\n")
    assert 'unknown option: "veiw"' in said


def test_notes_may_be_kept_quiet(page):
    conf = f"{BARE}suppress_warnings = ['adgraph.note']\n"
    assert page("index.rst", "A\n=\n\n.. adgraph::\n\n   y = ax + a*x\n", conf=conf)[0] == ""


# ---- files beside documents


def test_a_file_that_changes_changes_the_figure(page, tmp_path):
    (tmp_path / "a.adg").write_text("y = 2x", "utf-8")
    (tmp_path / "my.toml").write_text('extends = "light"\nbackground = "#fffdf5"\n', "utf-8")
    text = "A\n=\n\n.. adgraph:: a.adg\n   :theme: my.toml\n"
    images = [re.search(r"_images/([^\"]+)", page("index.rst", text)[1])[1]]
    for file, changed in (("a.adg", "y = 3x"), ("my.toml", 'extends = "light"\nbackground = "#ffffff"\n')):
        (tmp_path / file).write_text(changed, "utf-8")
        images.append(re.search(r"_images/([^\"]+)", page("index.rst", text)[1])[1])
    assert len(set(images)) == 3


def test_a_function_is_run_where_that_is_allowed(page, tmp_path):
    (tmp_path / "lesson.py").write_text("def loss(w, x):\n    y = w * x\n    return y**2\n", "utf-8")
    conf = f"{BARE}adgraph_allow_python = True\n"
    said, shown = page("index.rst", "A\n=\n\n.. adgraph:: lesson.py:loss\n   :view: forward\n", conf=conf)
    assert said == ""
    assert 'alt="y is w x' in shown
