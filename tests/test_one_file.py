"""A format is one file and an option of `draw` one row: all else is made of them. (An operation: `test_one_row`.)

Each is added to a copy of the package, as somebody would who changes it, and the commands of the copy are run.
"""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

ROOT = Path(__file__).parent.parent
ARRAYS = ("y = W x; L = sum(y)", "--shape", "W=2x3,x=3", "--layout", "numerator", "--view", "backward")

OPTION = """
    no_remarks: Annotated[bool, Row("draw", "Without the remarks beneath graphs.", python=FIGURE,
        on_diagrams=lambda diagram, r: diagram.replace(notes=()))] = False
"""

FORMAT = '''
"""The names of the nodes, one a line."""

from graphviz_ad.core.diagram import Diagram, Sheet
from graphviz_ad.core.request import Request
from graphviz_ad.formats import Format, Maker
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write


def names(sheet: Sheet, request: Request) -> str:
    diagrams = [panel.content for panel in sheet.panels if isinstance(panel.content, Diagram)]
    lines = [write(vertex.label, Plain()) for diagram in diagrams for vertex in diagram.vertices]
    return "".join(f"{line}\\n" for line in [sheet.title, *lines])


FORMAT = Format("names", (".names", ".nodes"), "the names of the nodes", f"{__name__}:MAKER", "title")
MAKER = Maker(from_sheet=names)
'''


@pytest.fixture
def python(tmp_path):
    """Run Python with a copy of the package."""
    for name in ("graphviz_ad", "templates"):
        copytree(ROOT / name, tmp_path / name, ignore=ignore_patterns("*.pyc.*"))

    def run(*words, status=0):
        made = subprocess.run([sys.executable, *words], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)},
                              capture_output=True, text=True, encoding="utf-8", check=False)  # fmt: skip
        assert made.returncode == status, made.stderr
        return made.stdout if not status else made.stderr

    return run


def test_an_option_is_a_row(python, tmp_path):
    table = tmp_path / "graphviz_ad" / "core" / "request.py"
    text, mark = table.read_text("utf-8"), "    # ---- of its look\n"
    assert mark in text
    table.write_text(text.replace(mark, f"{OPTION}\n{mark}"), "utf-8")

    draw = ("-m", "graphviz_ad", "draw", *ARRAYS, "-o", "-", "--format", "json")
    assert [panel["notes"] for panel in json.loads(python(*draw))["panels"]] != [[]]
    assert [panel["notes"] for panel in json.loads(python(*draw, "--no-remarks"))["panels"]] == [[]]
    assert "Without the remarks" in python("-m", "graphviz_ad", "draw", "--help")
    keyword = "import graphviz_ad as ad; print(ad.draw('y = x^2', no_remarks=True)); ad.draw('y = x^2', no_remark=1)"
    assert "did you mean 'no_remarks'?" in python("-c", keyword, status=1)
    key = "from graphviz_ad.options.asked import from_text; print(from_text('draw', [('no-remarks', '')]).no_remarks)"
    assert python("-c", key) == "True\n"


def test_a_format_is_a_file(python, tmp_path):
    (tmp_path / "graphviz_ad" / "formats" / "names_of_nodes.py").write_text(FORMAT, "utf-8")
    python("-m", "graphviz_ad.formats")

    draw = ("-m", "graphviz_ad", "draw", "z = x*y", "--view", "forward-simplified")
    python(*draw, "-o", "z.nodes", "--title", "A product")
    assert (tmp_path / "z.nodes").read_text("utf-8") == "A product\nx\ny\nz\n"
    assert "--direction is for graphs" in python(*draw, "-o", "z.nodes", "--direction", "tb", status=2)
    assert "the names of the nodes" in python("-m", "graphviz_ad", "formats")
    assert "names" in python("-m", "graphviz_ad", "draw", "--help")
