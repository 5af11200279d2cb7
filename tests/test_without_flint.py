"""On musl, and wherever FLINT has no build, derivatives, figures and numbers are right without it; what needs it says
so in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = "import sys; sys.modules['flint'] = None; from graphviz_ad.__main__ import run; run()"


def adgraph(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    outside = os.environ | {"ADGRAPH_NO_CACHE": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words], cwd=folder, env=outside, capture_output=True, encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("source", "last"),
    [
        ("y = 2x^3 + 3; z = y^2", "2y · 6x² = 12x²(2x³ + 3)"),
        ("y = sin(a*x + b); z = y^2", "2x sin(ax + b) cos(ax + b)"),
        ("a = sigmoid(z); L = -(y*log(a) + (1-y)*log(1-a))", "(1 − a)"),  # a − y, with FLINT
        ("X: 3x2; w: 2; y: 3; L = ||X w - y||^2", "2Xᵀ(Xw − y)"),
    ],
)
def test_chains_are_right_and_not_always_the_shortest(tmp_path, source, last):
    done = adgraph(tmp_path, "derive", source)
    assert (done.returncode, done.stderr) == (0, "")
    assert last in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("draw", "y = x/(1 + x)", "-o", "sheet.svg"),
        ("draw", "y = x/(1 + x)", "-o", "page.html"),
        ("draw", "y = x/(1 + x)", "--blank", "derivatives", "-o", "exercise.svg", "--answers", "answers.svg"),
        ("eval", "y = x/(1 + x)", "--at", "x=1"),
        ("check", "y = x/(1 + x)", "--at", "x=1"),
        ("derive", "y = x/(1 + x)", "--order", "2", "--explain"),
        ("rules",),
    ],
)
def test_all_else_is_there(tmp_path, words):
    done = adgraph(tmp_path, *words)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "y = x^2", "--claim", "dy/dx = 2x"),
        ("check", "x: 3; y = ||x||^2", "--claim", "dy/dx = 2x"),
        ("check", "notes.md"),
    ],
)
def test_claims_say_what_they_need(tmp_path, words):
    (tmp_path / "notes.md").write_text("$$ y = x^2 $$\n\n$$ \\frac{dy}{dx} = 2x $$\n")
    done = adgraph(tmp_path, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("adgraph: claims need python-flint, which is not here (")
    assert "Traceback" not in done.stderr
