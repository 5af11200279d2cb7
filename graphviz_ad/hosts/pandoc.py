"""Markdown with its figures as pages, books and slides: Pandoc and our filter, and Typst for PDF, so that LaTeX need
not be there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.record import Record
from graphviz_ad.documents.manuscript import fit, read
from graphviz_ad.documents.markdown import braced
from graphviz_ad.drawing.styles import templates

PAGES: Mapping[str, tuple[str, ...]] = {  # what is written, with Pandoc's options
    ".html": ("--mathml", "--embed-resources"),
    ".pdf": (),
    ".docx": (),
    ".odt": (),
    ".pptx": (),
    ".epub": ("--mathml",),
}
_LEAST = (3, 1, 2)  # which writes Typst
_PACKAGE = "pypandoc"  # pypandoc_binary brings Pandoc along
# This adgraph, and not one that lies in the folder.
_OURS = "import sys; sys.path[:] = filter(None, sys.path); from graphviz_ad.__main__ import run; run()"


class Lecture(Record):
    """A document for Pandoc: where it is, its text with fences that Pandoc reads, and how it is to be made: more words
    for Pandoc, and whether Python functions may be run."""

    path: str
    text: str
    words: tuple[str, ...] = ()
    allow_python: bool = False


class Edition(Record):
    """A document as it was made, and what Pandoc had to say; none where that was a mistake."""

    content: bytes | None
    said: str


def lecture(path: str, words: Sequence[str], allow_python: bool) -> Lecture:
    """A document for Pandoc. Raises AdgraphError for one that cannot be read, or asks for a figure wrongly."""
    text = read(path, "", "").text
    return Lecture(path, braced(text, path), tuple(words), allow_python)


def program() -> str:
    """Where Pandoc is. Raises AdgraphError where it is not."""
    spec = find_spec(_PACKAGE)
    brought = Path(spec.origin).parent / "files" if spec and spec.origin else None
    found = shutil.which("pandoc", path=str(brought)) if brought else None
    if found or (found := shutil.which("pandoc")):
        return found
    hint = "pip install 'graphviz-ad[lecture]' brings it along; or see pandoc.org/installing"
    raise AdgraphError("documents are made into pages by Pandoc, which is not there", hint=hint)


def page(lecture: Lecture, pandoc: str, extension: str, left_out: bool = False) -> Edition:
    """Make a document, or make it without its solutions. Raises AdgraphError where Typst does not read what Pandoc has
    made."""
    by_typst = extension == ".pdf" and find_spec("typst") is not None and not _chooses_way(lecture.words)
    with TemporaryDirectory(prefix="adgraph") as name:
        folder = Path(name).resolve()
        source = folder / f"{fit(Path(lecture.path).stem)}.md"
        source.write_text(lecture.text, "utf-8")
        output = source.with_suffix(".typ" if by_typst else extension)
        options = (f"--extract-media={folder.as_posix()}",) if by_typst else PAGES[extension]
        command = [
            pandoc, str(source), "--from=markdown", "--standalone", f"--output={output}", *options,
            f"--resource-path={os.pathsep.join((os.path.dirname(lecture.path) or '.', '.'))}",
            f"--lua-filter={templates() / 'plugins' / 'adgraph.lua'}", *lecture.words,
        ]  # fmt: skip
        environment = _environment(lecture, extension, left_out)
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode or not output.is_file():
            _refuse_old(pandoc)
            return Edition(None, done.stdout + done.stderr)
        content = _set(output, folder) if by_typst else output.read_bytes()
    return Edition(content, done.stderr)


# ---- helpers


def _refuse_old(pandoc: str) -> None:
    """Raise AdgraphError for a Pandoc that does not know all that it is asked."""
    said = subprocess.run([pandoc, "--version"], capture_output=True, encoding="utf-8", errors="replace").stdout
    found = re.match(r"pandoc\S* (\d+(?:\.\d+)*)", said)
    if found and tuple(map(int, found[1].split("."))) < _LEAST:
        least = ".".join(map(str, _LEAST))
        hint = f"{least} or a later one is needed: pip install 'graphviz-ad[lecture]' brings it along"
        raise AdgraphError(f"the Pandoc here, {pandoc}, is version {found[1]}", hint=hint)


def _chooses_way(words: Sequence[str]) -> bool:
    """Whether words for Pandoc say how a PDF is made."""
    return any(re.match(r"(?:--pdf-engine|--to|--write)(?:=|$)|-[tw]", word) for word in words)


def _environment(lecture: Lecture, extension: str, left_out: bool) -> dict[str, str]:
    """The environment of Pandoc, in which the filter is told how to call this adgraph."""
    call = ["-c", _OURS, "embed", *(["--allow-python"] if lecture.allow_python else [])]
    asked: dict[str, object] = {"call": call, "document": lecture.path, "left_out": left_out}
    if extension == ".html":
        look = (templates() / "plugins" / "lecture.css").read_text("utf-8")
        asked |= {"usual": {"theme": "auto", "background": "none"}, "header": f"<style>\n{look}</style>"}
    return {**os.environ, "ADGRAPH": sys.executable, "ADGRAPH_CALL": json.dumps(asked), "PYTHONIOENCODING": "utf-8"}


def _set(source: Path, folder: Path) -> bytes:
    """A document of Typst as PDF. Its pictures are in the folder, which Typst knows as its root."""
    import typst

    text = source.read_text("utf-8").replace(f"{folder.as_posix()}/", "/")
    source.write_text(text, "utf-8")
    try:
        made: bytes = typst.compile(source, root=folder, format="pdf")
    except (RuntimeError, ValueError) as error:
        hint = "Pandoc makes it by LaTeX with --pandoc --pdf-engine=xelatex"
        raise AdgraphError(f"Typst does not set it: {str(error).splitlines()[0]}", hint=hint) from error
    return made
