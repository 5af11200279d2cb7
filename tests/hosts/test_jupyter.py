"""Notebooks in the programs that show them: nbclient, nbconvert to HTML and PDF, JupyterLab in both states of trust.

Needs the extra `hosts`, and for pictures of JupyterLab a Chromium; for PDF XeLaTeX with LaTeX's extra packages.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

LESSON = Path(__file__).parents[2] / "gallery" / "notes" / "notebook" / "lesson.ipynb"
# The type that JupyterLab and HTML show of the result of each cell that has one, in order.
SHOWN = ["text/html", "text/html", "text/latex", "text/markdown", "text/html", "text/html"]
pytestmark = pytest.mark.filterwarnings("default")  # those of Jupyter's own


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the lesson, executed, and nothing of the reader's own settings."""
    made = tmp_path_factory.mktemp("jupyter")
    notebook = nbformat.read(LESSON, 4)
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": made}}).execute()
    nbformat.write(notebook, made / "lesson.ipynb")
    return made


@pytest.fixture(scope="module")
def environment(folder):
    own = {f"JUPYTER_{name}_DIR": str(folder / f".{name}") for name in ("DATA", "CONFIG", "RUNTIME")}
    paths = (Path(sys.executable).parent, *_pandoc(), os.environ["PATH"])
    return {**os.environ, **own, "PATH": os.pathsep.join(map(str, paths))}


def _pandoc():
    """Where Pandoc is, if PyPI's package has it."""
    try:
        import pypandoc
    except ImportError:
        return []
    return [Path(pypandoc.get_pandoc_path()).parent]


def outputs(folder):
    """Each cell that shows something, with what it shows."""
    cells = nbformat.read(folder / "lesson.ipynb", 4).cells
    return [(cell, cell.outputs) for cell in cells if cell.cell_type == "code" and cell.outputs]


def test_results_have_their_types(folder):
    kinds = [set(out.data) for _, shown in outputs(folder) for out in shown if out.output_type == "execute_result"]
    ranked = ("text/html", "text/markdown", "text/latex")  # as JupyterLab prefers them
    assert [next(kind for kind in ranked if kind in bundle) for bundle in kinds] == SHOWN
    assert all("image/svg+xml" not in bundle for bundle in kinds)


def test_a_note_is_said_at_its_line(folder):
    (said,) = (out.text for _, shown in outputs(folder) for out in shown if out.output_type == "stream")
    place, _, rest = said.partition(": ")
    assert place.endswith(".py:1")
    assert rest == (
        "AdgraphWarning: 'ax' is read as one name; write a*x for a product\n"
        '  forward("y = ax + a*x", full=False)\n'
    )  # fmt: skip


def test_a_mistake_is_shown_without_our_traceback(folder):
    (error,) = (out for _, shown in outputs(folder) for out in shown if out.output_type == "error")
    assert error.ename == "AdgraphError"
    assert error.traceback == [
        "AdgraphError: line 1, column 5: unknown function 'sine'",
        "  y = sine(x)",
        "      ^^^^",
        "hint: write sin(x)",
        "",
        'in line 1: forward("y = sine(x)")',
    ]


CELLS = [
    ("%%adgraph --veiw forward\ny = x", ["AskedError: line 1, column 1: there is no option 'veiw'",
                                         "hint: did you mean 'view'?"]),
    ("%%adgraph forward\ny = x", ["AskedError: line 1, column 1: 'forward' is no option",
                                  "hint: write options as --view forward, and equations in lines of their own"]),
    ("%%adgraph --view chain\ny = 2x^3\nz = sin(", ["AdgraphError: line 3, column 8: '(' is never closed", "  z = sin(",
                                                    "         ^", "hint: add a ')'"]),
    ("%%adgraph\n  \n", ["AdgraphError: line 2, column 1: there are no equations",
                         'hint: write some, such as "y = x^2"']),
    ("%%adgraph --output a.svg\ny = x", ["AskedError: line 1, column 1: 'output' has no part in a document"]),
]  # fmt: skip


def test_mistakes_in_a_cell_of_equations_are_shown_at_its_lines(environment):
    cells = [nbformat.v4.new_code_cell(source) for source in ("%load_ext graphviz_ad", *(cell for cell, _ in CELLS))]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    assert [cell.outputs[0].traceback for cell in notebook.cells[1:]] == [said for _, said in CELLS]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("%%adgraph --the", ["--theme"]),
        ("%%adgraph --view back", ["backward", "backward-simplified"]),
        ("%%adgraph --view backward,chain", ["chain", "chain-full"]),
        ("%%adgraph --fold --theme d", ["dark"]),
    ],
)
def test_completion(line, words):
    """As a kernel completes: by IPython's own completer."""
    from IPython.core.completer import provisionalcompleter
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shell.run_line_magic("load_ext", "graphviz_ad")
    with provisionalcompleter():
        found = [made.text for made in shell.Completer.completions(line, len(line))]
    assert found == words


def convert(folder, environment, kind, *options):
    command = [sys.executable, "-m", "nbconvert", "--to", kind, *options, "lesson.ipynb"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_page_has_the_pictures(folder, environment):
    convert(folder, environment, "html")
    page = (folder / "lesson.html").read_text("utf-8")
    assert page.count('src="data:image/svg+xml;base64,') == SHOWN.count("text/html")
    assert page.count('alt="z is w x plus b') == 2
    assert "\\frac{\\mathrm{d}L}{\\mathrm{d}a}" in page  # MathJax sets the chain


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="needs Debian's texlive-xetex and texlive-latex-extra")
def test_a_pdf_has_the_pictures(folder, environment):
    """Without Inkscape, which `nbconvert` needs for SVG."""
    convert(folder, environment, "pdf")
    pictures = subprocess.run(["pdfimages", "-list", "lesson.pdf"], cwd=folder, capture_output=True, text=True)
    assert len(pictures.stdout.splitlines()) == 2, "figures are lines, not pixels"
    words = subprocess.run(["pdftotext", "lesson.pdf", "-"], cwd=folder, capture_output=True, text=True).stdout
    assert "Multiplied out" in words
    assert "variable value" in " ".join(words.split())
    assert "Figure" not in words  # the plain text of a figure is not shown beside it


@pytest.fixture(scope="module")
def lab(folder, environment):
    """JupyterLab on this machine; its address."""
    pytest.importorskip("jupyterlab")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--no-browser", f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
               "--allow-root", f"--ServerApp.root_dir={folder}"]  # fmt: skip
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], env=environment, stderr=log,
                                  start_new_session=True)  # fmt: skip
    try:
        for _ in range(200):
            try:
                urlopen(f"http://127.0.0.1:{port}/api", timeout=5).read()
                break
            except OSError:
                time.sleep(0.3)
        yield f"http://127.0.0.1:{port}/lab/tree/lesson.ipynb?reset"
    finally:
        os.killpg(server.pid, signal.SIGKILL)  # with its kernels; asked to end, it may wait for these for ever
        server.wait()


@pytest.mark.parametrize("trusted", [False, True], ids=["untrusted", "trusted"])
def test_jupyterlab_shows_the_picture(lab, folder, environment, browser, trusted):
    if trusted:
        trust = [sys.executable, "-m", "jupyter", "trust", str(folder / "lesson.ipynb")]
        subprocess.run(trust, env=environment, check=True, capture_output=True)
    page = browser.new_page(viewport={"width": 1100, "height": 2600})
    page.goto(lab)
    page.wait_for_selector(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']", timeout=60_000)
    page.wait_for_function("[...document.images].filter(i => i.alt).every(i => i.complete && i.naturalWidth)")
    shown = page.evaluate(
        "[...document.querySelectorAll('.jp-OutputArea-output')].map(o => o.dataset.mimeType)"
        ".filter(kind => !kind.includes('jupyter'))"
    )
    pictures = page.evaluate(
        "[...document.querySelectorAll('.jp-OutputArea-output img')].map(i => [i.naturalWidth > 100, i.offsetWidth <= "
        "i.closest('.jp-OutputArea-output').offsetWidth, i.alt.length > 20])"
    )
    page.screenshot(path=folder / f"lab-{'trusted' if trusted else 'untrusted'}.png")
    page.close()
    assert shown == SHOWN
    assert pictures == [[True, True, True]] * SHOWN.count("text/html")
