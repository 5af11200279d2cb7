"""Every file of the package and what it is, by its own docstring: `python docs/files.py [FOLDER]` prints the list."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "graphviz_ad"


def listed(within: str = "", written: Callable[[str], str] = str) -> str:
    """The folders, each with its files, a line each; what is said of them as `written` writes it."""
    return "\n".join(_folder(init.parent, written) for init in sorted((PACKAGE / within).rglob("__init__.py")))


def _folder(folder: Path, written: Callable[[str], str]) -> str:
    files = sorted(path for path in folder.glob("*.py") if not path.stem.startswith("__"))
    lines = [f"* `{path.stem}`: {written(_said(path)[0])}" for path in files]
    name = folder.relative_to(PACKAGE.parent).as_posix()
    parts = [f"## {name}/", *map(written, _said(folder / "__init__.py")), "\n".join(lines)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _said(path: Path) -> list[str]:
    """The paragraphs of a docstring."""
    told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return [" ".join(paragraph.split()) for paragraph in told.split("\n\n")]


if __name__ == "__main__":
    print(listed(*sys.argv[1:2]), end="")
