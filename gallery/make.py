"""Make the gallery again: `python gallery/make.py`.

Each folder of the gallery has a `command.txt`, which is run in it; the README shows every picture with its command.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import sys
from pathlib import Path

from graphviz_ad.cli.main import main

os.environ["ADGRAPH_NO_CACHE"] = "1"  # pictures are made, not remembered
GALLERY = Path(__file__).parent
USUAL = {".svg", ".dot", ".json", ".txt"}  # the formats of most figures, which its README does not name
FIGURES = "figures"  # the folder of the figures that the README has
HEAD = """# Gallery

Every picture with the command that made it, to be run in its folder. `python gallery/make.py` makes all of them again,
and a test fails where one would change.
"""


def figures() -> list[Path]:
    """The folders of the gallery, in the order in which its README shows them."""
    return sorted(path.parent for path in GALLERY.glob("*/command.txt"))


def command(figure: Path) -> list[str]:
    """The words of a figure's command."""
    return shlex.split((figure / "command.txt").read_text("utf-8"), comments=True)


def source(figure: Path) -> list[str]:
    """The lines of a figure's source, in whatever language; the first is a comment."""
    (path,) = figure.glob("source.*")
    return path.read_text("utf-8").splitlines()


def title(figure: Path) -> str:
    """What the comment in a figure's source says."""
    return source(figure)[0].lstrip("#% ")


def results(figure: Path) -> list[str]:
    """The files that a figure's command writes."""
    return sorted(word for word in command(figure) if word.startswith("figure."))


def run(figure: Path, target: Path) -> None:
    """Run a figure's command on its source, with the results in another folder."""
    words = [str(figure / word) if word.startswith("source.") else word for word in command(figure)[1:]]
    here = Path.cwd()
    os.chdir(target)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            main(words, standalone_mode=False)
    finally:
        os.chdir(here)


def readme() -> str:
    """The gallery's README."""
    parts = [HEAD]
    for figure in figures():
        equations = "\n".join(source(figure)[1:])
        line = (figure / "command.txt").read_text("utf-8").strip()
        others = [name for name in results(figure) if Path(name).suffix not in USUAL]
        links = ", ".join(f"[{Path(name).suffix[1:].upper()}]({figure.name}/{name})" for name in others)
        picture = f"![{title(figure)}]({figure.name}/figure.svg)"
        if "figure.svg" not in results(figure):
            picture = f"```text\n{(figure / 'figure.txt').read_text('utf-8')}```"
        parts.append(f"## {title(figure)}\n\n```\n{equations}\n```\n\n    {line}\n\n{picture}\n")
        parts += [f"Also as {links}.\n"] if links else []
    return "\n".join(parts)


def read_me() -> list[str]:
    """The words that make the figures of adgraph's own README."""
    return ["notes", "--folder", f"{GALLERY.name}/{FIGURES}", "README.md"]


def make_again() -> None:
    """The figures of the README, from where it is: those that are there, too, whose keys do not know of a change of
    ours before its version."""
    for file in (GALLERY / FIGURES).glob("README-*.svg"):
        file.unlink()
    here = Path.cwd()
    os.chdir(GALLERY.parent)
    try:
        main(read_me(), standalone_mode=False)
    finally:
        os.chdir(here)


def versions() -> str:
    """What coordinates depend on: the version of Typst."""
    import typst

    return f"typst {typst.__version__}\n"


if __name__ == "__main__":
    for folder in figures():
        run(folder, folder)
        print(folder.name, file=sys.stderr)
    make_again()
    (GALLERY / "README.md").write_text(readme(), "utf-8")
    (GALLERY / "versions.txt").write_text(versions(), "utf-8")
