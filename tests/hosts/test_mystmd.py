"""The plugin for mystmd: pictures that each export chooses from, and mistakes at their lines.

Needs Node and npm's package `mystmd`, whose program `myst` is on the PATH or named by MYST. A site and a PDF need
templates from the network, so the exports here are those that need none.
"""

from __future__ import annotations

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

    def run(kind, text=None):
        if text is not None:
            (folder / "lesson.md").write_text(text, "utf-8")
        done = subprocess.run([MYST, "build", "lesson.md", f"--{kind}"], cwd=folder, env=environment, text=True,
                              capture_output=True, timeout=300)  # fmt: skip
        return done.stdout + done.stderr, folder / "_build" / "exports"

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
    assert "hint: did you mean 'sin'?" in said


def test_an_unknown_option_is_mystmds_own_mistake(myst):
    said, _ = myst("md", "# A\n\n```{adgraph}\n:veiw: chain\ny = 2x\n```\n")
    assert "veiw" in said
