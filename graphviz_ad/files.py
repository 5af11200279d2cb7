"""Reading sources and writing results: files are written whole or not at all."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from graphviz_ad.errors import AdgraphError
from graphviz_ad.frontend import recognised


class Text(NamedTuple):
    """A source: its text, or for Python the place of its function; its language; and its file, if it is one."""

    text: str
    language: str
    origin: str = ""


def read_source(source: str, language: str = "auto") -> Text:
    """A source from standard input for `-`, from a file where there is one, else the words themselves.

    `file.py:function` is the place of a Python function, which is not read here.
    """
    if is_python(source, language):
        return Text(source, "python")
    text, origin = _content(source)
    if language == "auto":
        language = "latex" if origin.endswith(".tex") else recognised(text)
    return Text(text, language, origin)


def is_python(source: str, language: str = "auto") -> bool:
    """Whether a source is the place of a Python function."""
    return language == "python" or (language == "auto" and re.fullmatch(r".+\.py(:.*)?", source) is not None)


def _content(source: str) -> tuple[str, str]:
    """The text of a source, and the file it is in."""
    if source == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input"), "standard input"
    path = Path(source)
    if not _may_be_path(source):
        return source, ""
    try:
        if path.is_dir():
            raise AdgraphError(f"'{source}' is a folder", hint="name a file of equations in it")
        if path.is_file() or path.is_fifo():  # a pipe is what <(…) of a shell makes
            return _decoded(path.read_bytes(), f"'{source}'"), source
        if path.exists():
            raise AdgraphError(f"'{source}' is not a file", hint="- is standard input")
    except OSError as error:
        raise AdgraphError(f"cannot read '{source}': {error.strerror}") from error
    if path.suffix and not path.suffix[1:].isdigit() and "\\" not in source and "$" not in source:
        raise AdgraphError(f"there is no file '{source}'", hint=_nearest(path))
    return source, ""


def write_files(contents: Mapping[Path, str | bytes]) -> None:
    """Write every file, or none: each is complete beside its place before the first takes it."""
    ready: list[tuple[Path, Path]] = []
    try:
        for given, content in contents.items():
            path = given.resolve() if given.is_symlink() else given  # a link stays one
            ready.append((_beside(path, content), path))
        for temporary, path in ready:
            os.replace(temporary, path)
    except OSError as error:
        raise AdgraphError(f"cannot write '{error.filename2 or error.filename}': {error.strerror}") from error
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder where there is none; the folder around it must exist."""
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise AdgraphError(f"cannot make the folder '{path}': {error.strerror}") from error


def _beside(path: Path, content: str | bytes) -> Path:
    """A complete temporary file in the folder of a path, with the permissions that a new file gets there."""
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(path))
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(13, "permission denied", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(2, f"there is no folder '{path.parent}'", str(path))
    name = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
    except OSError as error:
        if name is not None:
            os.unlink(name)
        raise OSError(error.errno, error.strerror, str(path)) from error
    return Path(name)


def _may_be_path(source: str) -> bool:
    return bool(source.strip()) and len(source) < 1000 and not set(source) & set("=;\n*+^") and "\0" not in source


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise AdgraphError(f"{name} is not UTF-8 (byte {error.start + 1})", hint="save it as UTF-8") from error


def _nearest(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return f"there is no folder '{path.parent}'"
    near = get_close_matches(path.name, names, n=1)
    return f"did you mean '{near[0]}'?" if near else 'write equations, such as "y = x^2", or the name of a file'
