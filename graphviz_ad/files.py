"""Reading sources and writing results: files are written whole or not at all."""

from __future__ import annotations

import codecs
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from graphviz_ad.errors import AdgraphError
from graphviz_ad.frontend import recognised
from graphviz_ad.paths import ambiguous, check_name, check_readable, is_there, looks_like_file, missing


class Text(NamedTuple):
    """A source: its text, or for Python the place of its function; its language; its file, if it is one; and notes on
    what it was taken for."""

    text: str
    language: str
    origin: str = ""
    notes: tuple[str, ...] = ()


def read_source(source: str, language: str = "auto") -> Text:
    """A source from standard input for `-`, from a file where there is one of that name, else the words themselves.

    `file.py:function` is the place of a Python function, which is not read here. Raises AdgraphError for what looks
    like a file and is none.
    """
    if is_python(source, language):
        check_name(source if source.endswith(".py") else source.rpartition(":")[0])
        return Text(source, "python")
    if source == "-":
        return _read(_standard_input(), "standard input", "standard input", language)
    if is_there(source):
        read = read_file(source, language)
        return read if looks_like_file(source) else read._replace(notes=(ambiguous(source),))
    if looks_like_file(source):
        raise missing(source)
    return Text(source, recognised(source) if language == "auto" else language)


def is_python(source: str, language: str = "auto") -> bool:
    """Whether a source is the place of a Python function."""
    return language == "python" or (
        language == "auto" and ".py" in source and re.fullmatch(r".+\.py(:.*)?", source) is not None
    )


def read_file(file: str, language: str = "auto") -> Text:
    """The source in a file. Raises AdgraphError for one that cannot be read, or is not there."""
    if not is_there(file):
        raise missing(file)
    check_readable(file)
    try:
        opened = open(file, "rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise AdgraphError(f"cannot read '{file}': {error.strerror}") from error
    with opened:
        return _read(opened, f"'{file}'", file, language)


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise AdgraphError("cannot read standard input: it is closed", hint="name a file of equations")
    return sys.stdin.buffer


def _read(stream: BinaryIO, name: str, origin: str, language: str) -> Text:
    """What a stream says; of one that never ends no more than is read is taken."""
    from graphviz_ad.frontend.tokens import MAX_SOURCE, SHORTER

    most = 4 * MAX_SOURCE + len(codecs.BOM_UTF8)  # bytes
    try:
        data = stream.read(most + 1)
    except OSError as error:
        raise AdgraphError(f"cannot read {name}: {error.strerror}") from error
    if len(data) > most:
        raise AdgraphError(f"{name} has more than the {MAX_SOURCE:,} characters that are read", hint=SHORTER)
    text = _decoded(data, name)
    if language == "auto":
        language = "latex" if origin.lower().endswith(".tex") else recognised(text)
    return Text(text, language, origin)


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


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise AdgraphError(f"{name} is not UTF-8 (byte {error.start + 1})", hint="save it as UTF-8") from error
