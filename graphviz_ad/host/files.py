"""Writing results: files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from errno import EACCES, EINVAL, EISDIR, ENOENT
from itertools import count
from os import PathLike
from typing import TypeVar

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.host.signals import held

AnyPath = TypeVar("AnyPath", bound="str | PathLike[str]")

_OPEN_FILES = ("/dev/fd/", "/dev/std", "/proc/")  # of a program: whoever opened them wants them as they are


def write_files(contents: Mapping[AnyPath, str | bytes]) -> None:
    """Write every file, or none: each is complete beside its place before the first takes it, and no signal comes
    between. A pipe or a device is written to; where that fails, no file has been written."""
    data = {str(path): content.encode() if isinstance(content, str) else content
            for path, content in contents.items()}  # fmt: skip
    written: list[str] = []
    try:
        streams = [path for path in data if is_stream(path)]
        places = {path: _place(path) for path in data if path not in streams}
        for path in streams:
            _pour(path, data[path])
        with held():
            _replace({place: data[path] for path, place in places.items()}, written)
    except OSError as error:
        name, reason = error.filename2 or error.filename, error.strerror
        hint = f"written before it: {', '.join(written)}" if written else ""
        raise AdgraphError(f"cannot write '{name}': {reason}", hint=hint) from error


def is_stream(path: str) -> bool:
    """Whether what is at a path is written to and not replaced: a pipe, a device, an open file of the shell."""
    try:
        kind = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISDIR(kind) and (not stat.S_ISREG(kind) or path.startswith(_OPEN_FILES))


def make_folder(path: str) -> None:
    """Make a folder where there is none; the folder around it must exist."""
    try:
        if not os.path.isdir(path):
            os.mkdir(path)
    except (OSError, ValueError) as error:
        raise AdgraphError(
            f"cannot make the folder '{path.rstrip('/')}': {getattr(error, 'strerror', error)}"
        ) from error


def _pour(path: str, content: bytes) -> None:
    """Write to a stream, behind what is there."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND), "wb") as file:
            file.write(content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error


def _place(path: str) -> str:
    """Where a file is to be: a link stays one. Raises OSError, with the path, where no file can be."""
    try:
        place = os.path.realpath(path)
        if not os.path.isdir(os.path.dirname(place)):
            folder = os.path.dirname(place if os.path.islink(path) else path) or "."
            raise FileNotFoundError(ENOENT, f"there is no folder '{folder}'", path)
        there = _mode(path)
    except ValueError as error:
        raise OSError(EINVAL, str(error), path) from error
    if there is not None and stat.S_ISDIR(there):
        raise IsADirectoryError(EISDIR, "it is a folder", path)
    if there is not None and not os.access(place, os.W_OK):
        raise PermissionError(EACCES, "permission denied", path)
    return place


def _mode(path: str) -> int | None:
    """What is at a path; None where nothing is, or a link to what is not there yet. Not `exists`, of which the version
    of Python says what it does with a name that no file can have."""
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _replace(data: Mapping[str, bytes], written: list[str]) -> None:
    """Put complete files into their places, one after the other; those that have got theirs are `written`."""
    ready: list[tuple[str, str]] = []
    try:
        for path, content in data.items():
            ready.append((_beside(path, content), path))
        for temporary, path in ready:
            os.replace(temporary, path)
            written.append(path)
    finally:
        for temporary, _ in ready[len(written) :]:
            os.unlink(temporary)


def new_file(start: str, end: str = "") -> tuple[int, str]:
    """A file that nobody else has, open to be written and closed to others, with its name."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for number in count():
        name = f"{start}{os.getpid():x}-{number}{end}"
        with suppress(FileExistsError):
            return os.open(name, flags, 0o600), name
    raise AssertionError  # there is always a next number


def _beside(path: str, content: bytes) -> str:
    """A complete temporary file in the folder of a path, with the permissions that a new file gets there."""
    name = None
    try:
        folder, own = os.path.split(path)
        handle, name = new_file(os.path.join(folder, f".{own[:40]}."))
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        there = _mode(path)
        os.chmod(name, 0o666 & ~mask if there is None else there & 0o777)
    except OSError as error:
        if name is not None:
            os.unlink(name)
        raise OSError(error.errno, error.strerror, path) from error
    return name
