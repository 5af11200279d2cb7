"""LaTeX and PDF, as the tests of TikZ use them: pdflatex, pdftotext and pdftoppm, where the machine has them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

needs_tex = pytest.mark.skipif(
    not (shutil.which("pdflatex") and shutil.which("pdftoppm")),
    reason="needs pdflatex with TikZ and poppler's tools (texlive-latex-recommended, texlive-pictures, poppler-utils)",
)
PIXELS = 72.27 * 1.7  # an inch: 17 pixels of a figure are 10pt


class Word(NamedTuple):
    """A word on a page, by the middle of its box in pixels of the figure."""

    text: str
    x: float
    y: float


def compiled(folder: Path, source: str, engine: str = "pdflatex") -> tuple[Path, str]:
    """The PDF of a document and the log; fails with TeX's words where TeX does."""
    (folder / "figure.tex").write_text(source, "utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "figure.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = (folder / "figure.log").read_text("utf-8", errors="replace")
    assert done.returncode == 0, "\n".join(log[log.find("\n!") :].splitlines()[:12])
    return folder / "figure.pdf", log


def works(engine: str, folder: Path) -> bool:
    """Whether an engine sets a document at all."""
    (folder / "try.tex").write_text("\\documentclass{article}\\begin{document}x\\end{document}")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "try.tex"]
    return not subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


def words(pdf: Path) -> list[Word]:
    """The words of the first page."""
    page = subprocess.run(["pdftotext", "-l", "1", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout
    scale = 17 / 10 * 72.27 / 72
    return [
        Word(text, (float(x0) + float(x1)) / 2 * scale, (float(y0) + float(y1)) / 2 * scale)
        for x0, y0, x1, y1, text in re.findall(
            r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page.decode()
        )
    ]


def ink(pdf: Path, resolution: float, darker: int = 150) -> np.ndarray:
    """Where the first page is darker than its paper; up to 220, a thin line between two pixels too."""
    made = subprocess.run(
        ["pdftoppm", "-gray", "-l", "1", "-r", str(resolution), str(pdf)], capture_output=True, check=True
    ).stdout
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+\d+\s", made)
    assert head is not None
    grey = np.frombuffer(made[head.end() :], np.uint8).reshape(int(head[2]), int(head[1]))
    return np.asarray(grey < darker)


def grown(area: np.ndarray, by: int) -> np.ndarray:
    """An area with all that is no more than so many pixels from it."""
    out = area.copy()
    for axis in (0, 1):
        here = out.copy()
        for shift in range(1, by + 1):
            out |= np.roll(here, shift, axis) | np.roll(here, -shift, axis)
    return out
