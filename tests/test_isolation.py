"""Equations, LaTeX, documents, themes and templates bring no code in: every command is run in a folder full of traps.

A trap is a module, and a package, of each name that anything of ours may import; it leaves a mark when it is imported.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import sysconfig
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import graphviz_ad

SCRIPT = Path(sysconfig.get_path("scripts")) / "adgraph"
TERMS = "y = " + "+".join(f"x{k}" for k in range(450))  # which Graphviz does not lay out


def imported() -> set[str]:
    """Every name that our source imports, at its start or later."""
    found = set()
    for path in Path(graphviz_ad.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Import(names):
                    found |= {name.name for name in names}
                case ast.ImportFrom(module=str(module)):
                    found.add(module)
                case ast.Call(ast.Name("import_module"), [ast.Constant(str(module))]):
                    found.add(module)
    return {name.partition(".")[0] for name in found}


# What our libraries and Python import in turn, and what Python itself looks for when it starts.
NAMES = {
    *imported(), *packages_distributions(), *sys.stdlib_module_names, *sys.builtin_module_names,
    "sitecustomize", "usercustomize", "autograd", "torch", "jax", "tensorflow", "readline", "colorama",
}  # fmt: skip


def with_traps(folder: Path, names: set[str]) -> Path:
    """The folder with a trap of each name, and with what the commands read."""
    mark = f"with open({str(folder / 'sprung')!r}, 'a') as file: file.write(__file__ + chr(10))\n"
    for name in filter(str.isidentifier, names):
        (folder / f"{name}.py").write_text(mark)
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(mark)
    (folder / "lesson.adg").write_text("y = 2x^3 + 3\nz = y^2\n")
    (folder / "large.adg").write_text(TERMS)
    (folder / "notes.tex").write_text(r"\input{json} \[ y = \sin(2x+3) \] \write18{touch sprung}")
    (folder / "notes.md").write_text("Now\n\n$$ y = 2x^3 $$\n\n```python\nopen('sprung', 'w')\n```\n")
    (folder / "many.md").write_text("".join(f"```adgraph\ny = x^{k}\n```\n" for k in range(2, 40)))  # for two processes
    (folder / "my.toml").write_text('extends = "light"\nbackground = "#fffdf5"\n')
    (folder / "page.txt").write_text("{{ title }} {{ figures|length }}")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return with_traps(tmp_path_factory.mktemp("traps"), NAMES)


LARGE = "draw large.adg --view forward -o large.svg"
COMMANDS = [
    LARGE,
    "draw lesson.adg -o sheet.svg",
    "draw lesson.adg -o a.svg -o a.dot -o a.dot2tex -o a.json -o a.txt -o a.mmd -o a.tex -o a.html -o a.pdf -o a.png",
    "draw lesson.adg --theme my.toml -o themed.svg",
    "draw lesson.adg --template page.txt -o own.html",
    "draw lesson.adg --frames slides/ -o moving.svg --animate",
    "draw lesson.adg --blank derivatives -o exercise.svg --answers answers.svg",
    "draw lesson.adg --style colah --alt",
    "draw notes.tex -o tex.svg",
    "derive notes.md",
    "notes many.md",
    "derive lesson.adg --order 2 --explain",
    "derive lesson.adg --format latex",
    "derive lesson.adg --at x=0.5 --width 40",
    "show lesson.adg",
    "show lesson.adg --style circuit --at x=1 --ascii",
    "eval lesson.adg --at x=-2:2:0.5 --format csv",
    "eval lesson.adg --at x=0.5 --format json",
    "eval lesson.adg --at x=0.5 --trace both",
    "check lesson.adg --at x=0.5 --plot errors.svg",
    "check lesson.adg --at x=0.5 --with autograd,torch,jax,tensorflow,sympy",
    "rules",
    "rules tanh -o tanh.svg",
    "formats",
    "--help",
    "draw --help",
    "--version",
    "draw nothing.adg",
    "drow lesson.adg",
    "show lesson.adg --vew chain",
]


def sprung(folder: Path, program: list[str], words: list[str], **more: str) -> tuple[list[str], str]:
    """The traps that a command runs into, and what it says."""
    mark = folder / "sprung"
    mark.unlink(missing_ok=True)
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([*program, *words], cwd=folder, env=outside | more, capture_output=True, text=True)
    return mark.read_text().splitlines() if mark.exists() else [], done.stdout + done.stderr


@pytest.mark.parametrize("words", COMMANDS)
def test_a_folder_brings_no_code_in(folder, words):
    found, said = sprung(folder, [str(SCRIPT)], words.split())
    assert found == []
    assert "Traceback" not in said


@pytest.fixture(scope="module")
def folder_of_a_module(tmp_path_factory) -> Path:
    """A folder without traps for what `python -m` itself has looked for there when a module's first line is run."""
    folder = tmp_path_factory.mktemp("traps_of_a_module")
    (folder / "first_line.py").write_text("import sys; print(*sys.modules)")
    loaded = subprocess.run(
        [sys.executable, "-m", "first_line"], cwd=folder, capture_output=True, text=True, check=True
    )
    return with_traps(folder, NAMES - {"graphviz_ad", *(name.partition(".")[0] for name in loaded.stdout.split())})


@pytest.mark.parametrize("words", [COMMANDS[1], LARGE, "eval lesson.adg --at x=1", "show lesson.adg"])
def test_as_a_module_its_first_line_takes_the_folder_off_the_path(folder_of_a_module, words):
    found, said = sprung(folder_of_a_module, [sys.executable, "-m", "graphviz_ad"], words.split())
    assert found == []
    assert "Traceback" not in said


def test_the_traps_would_be_sprung(folder):
    found, _ = sprung(folder, [sys.executable, "-c"], ["import json"])
    assert found  # json; from 3.13 on linecache, which `-c` itself looks for
