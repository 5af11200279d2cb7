"""A source is read once, and so is each expression of the tables: no command makes a formula to text and reads it."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "graphviz_ad"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
FUNCTION = "import math\n\ndef loss(w, x, t):\n    h = math.tanh(w * x) / math.sqrt(3)\n    return (h - t) ** 2\n"
ARRAYS = "import numpy as np\n\ndef loss(W: (2, 3), x: 3):\n    return np.sum(np.tanh(W @ x) ** 2)\n"

# Runs a command, and prints each call of a parser: what is read, and which module outside of `read` wants it.
WATCHED = """
import os, sys
from graphviz_ad.cli.main import main

PARSERS = {
    ("read/text/equations.py", "read"), ("read/latex/reading.py", "read"), ("read/text/expression.py", "graph_of"),
}

def place(frame):
    return frame.f_code.co_filename.partition("graphviz_ad" + os.sep)[2].replace(os.sep, "/")

def watch(frame, event, argument):
    if event == "call" and (place(frame), frame.f_code.co_name) in PARSERS:
        text, inside = frame.f_locals["text"], []
        while frame is not None:
            inside.append(place(frame) + ":" + frame.f_code.co_name)
            frame = frame.f_back
        table = "read/table.py:expression" in inside
        print("READ", "table" if table else "source", text, file=sys.__stderr__)

sys.setprofile(watch)
main(standalone_mode=False)
"""


def readings(folder: Path, *command: str) -> tuple[list[str], Counter[str]]:
    """The texts that a command reads beside the tables', and how often it reads each of theirs."""
    run = subprocess.run([sys.executable, "-c", WATCHED, *command], cwd=folder, capture_output=True, text=True,
                         encoding="utf-8", env={**ENVIRONMENT, "ADGRAPH_NO_CACHE": "1"}, check=True)  # fmt: skip
    said = [line.split(" ", 2)[1:] for line in run.stderr.splitlines() if line.startswith("READ ")]
    return [text for kind, text in said if kind == "source"], Counter(text for kind, text in said if kind == "table")


@pytest.mark.parametrize(
    ("command", "sources"),
    [
        (["draw", "y=sin(a*x+b); z=y**2", "-o", "z.svg"], ["y=sin(a*x+b); z=y**2"]),
        (["draw", "W: 2x3; x: 3; y=tanh(W x); L=|y|^2", "-o", "z.svg"], ["W: 2x3; x: 3; y=tanh(W x); L=|y|^2"]),
        (["derive", "y=softsign(x)*log(sigmoid(x))"], ["y=softsign(x)*log(sigmoid(x))"]),
        (["draw", "y=sin(x)^2", "--of", "dy/dx", "-o", "z.svg"], ["y=sin(x)^2"]),
        (["derive", "y=tan(x)", "--order", "2"], ["y=tan(x)"]),
        (["draw", "y=sin(x)", "-o", "z.html"], ["y=sin(x)"]),
        (["draw", r"$y = \sin(\theta x)$", "-o", "z.svg"], [r"$y = \sin(\theta x)$"]),
        (["draw", "lesson.py:loss", "-o", "z.svg"], []),
        (["draw", "arrays.py:loss", "-o", "z.svg"], []),
    ],
    ids=lambda value: " ".join(value[:2]) if value and value[0] in ("draw", "derive") else "",
)
def test_a_source_is_read_once_and_each_row_once(tmp_path, command, sources):
    (tmp_path / "lesson.py").write_text(FUNCTION)
    (tmp_path / "arrays.py").write_text(ARRAYS)
    others, rows = readings(tmp_path, *command)
    assert others == sources
    assert rows
    assert set(rows.values()) == {1}


def test_the_way_of_an_equation_is_as_the_documentation_has_it():
    text = (PACKAGE.parent / "docs/explanation/built.md").read_text("utf-8")
    places = re.findall(r"`([\w/]+\.py):(\w+)`", text)
    assert len(places) > 20
    for file, function in places:
        assert re.search(rf"(?m)^ *def {function}\(", (PACKAGE / file).read_text("utf-8")), f"{file}: {function}"
