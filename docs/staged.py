"""The documentation as a project of plain files, for builders that call no hooks: `python docs/staged.py FOLDER`, then
`zensical build --strict` there."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from links import ROOT, figures, led
from made import MADE


def stage(folder: Path) -> None:
    """Write the settings, the pages, with those that are made, and the figures that they show."""
    settings = re.sub(r"(?m)^hooks:.*\n", "", (ROOT / "mkdocs.yml").read_text("utf-8"))
    repository = re.findall(r"(?m)^repo_url: (.*)$", settings)[0]
    written = {
        path.relative_to(ROOT / "docs").as_posix(): path.read_text("utf-8") for path in ROOT.glob("docs/**/*.md")
    }
    pages = written | {name: made() for name, made in MADE.items()}
    for name, text in pages.items():
        _file(folder / "docs" / name).write_text(led(name, text, repository), "utf-8")
        for figure in figures(name, text):
            shutil.copy(ROOT / figure, _file(folder / "docs" / figure))
    (folder / "mkdocs.yml").write_text(settings, "utf-8")


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    stage(Path(sys.argv[1]))
