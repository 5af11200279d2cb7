"""Where in the reader's Python code something happens: errors name that line, not one of adgraph."""

from __future__ import annotations

import linecache
import os
import sys
import sysconfig
import tokenize
from collections import Counter
from types import FrameType, TracebackType
from typing import Any

import graphviz_ad
from graphviz_ad.core.errors import AdgraphError, Span, locate

OURS = os.path.dirname(os.path.abspath(graphviz_ad.__file__)) + os.sep
_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")
WITHOUT_END = 20  # calls of one function, deep in a recursion that has not ended
LIBRARIES = tuple(
    {path + os.sep for key, path in sysconfig.get_paths().items() if key in ("stdlib", "purelib", "platlib", "scripts")}
)


def here(message: str, hint: str = "") -> AdgraphError:
    """An error at the line of the reader's code that is being run."""
    return _in(readers_frame(), message, hint)


def readers_frame() -> FrameType | None:
    """The frame of the reader's code that is being run."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not is_readers(frame):
        frame = frame.f_back
    return frame


def code_in(frame: FrameType | None) -> str:
    """The line that a frame is at, and what stands there."""
    error = _in(frame, "", "")
    if error.span is None or error.source is None:
        return error.origin
    row, _, _ = locate(error.source, error.span.start)
    return f"{error.origin}, line {row}: {error.source[error.span.start : error.span.end].rstrip(':')}"


def where(traceback: TracebackType | None, message: str, hint: str = "") -> AdgraphError:
    """An error at the innermost line of the reader's code that an exception went through."""
    return _innermost(_readers(traceback), message, hint)


def recursion(traceback: TracebackType | None, hint: str = "") -> AdgraphError:
    """An error at the call by which the reader's functions call themselves without end; it names them."""
    went = _readers(traceback)
    times = Counter(one.tb_frame.f_code.co_name for one in went)
    names = [f"'{name}'" for name, count in times.items() if count >= WITHOUT_END]
    *others, last = names or ["a function"]
    who = f"{', '.join(others)} and {last} call each other" if others else f"{last} calls itself"
    return _innermost(went[:-1], f"RecursionError: {who} without end", hint)  # where the depth ended says nothing


def _in(frame: FrameType | None, message: str, hint: str) -> AdgraphError:
    if frame is None:
        return AdgraphError(message, None, hint)
    return _at(frame, frame.f_lasti, frame.f_lineno, message, hint)


def _readers(traceback: TracebackType | None) -> list[TracebackType]:
    """The steps of a traceback through the reader's code, the innermost last."""
    found = []
    while traceback is not None:
        if is_readers(traceback.tb_frame):
            found.append(traceback)
        traceback = traceback.tb_next
    return found


def _innermost(went: list[TracebackType], message: str, hint: str) -> AdgraphError:
    if not went:
        return AdgraphError(message, None, hint)
    return _at(went[-1].tb_frame, went[-1].tb_lasti, went[-1].tb_lineno, message, hint)


def is_readers(frame: FrameType) -> bool:
    """Whether a frame is of the reader's code, not of ours or of a library."""
    name = frame.f_code.co_filename
    if name.startswith((OURS, "<frozen", "<string>")):  # a NamedTuple is made in <string>
        return False
    return not name.startswith(LIBRARIES) and not any(folder in name for folder in _INSTALLED)


def lines_of(path: str, module: dict[str, Any] | None = None) -> list[str]:
    """The lines of a file of the reader's. From Python 3.13 on, linecache imports `tokenize` as late as here, where one
    of the reader's may be in front of it."""
    theirs = sys.modules.get("tokenize")
    sys.modules["tokenize"] = tokenize
    try:
        return linecache.getlines(path, module)
    finally:
        if theirs is None:
            del sys.modules["tokenize"]
        else:
            sys.modules["tokenize"] = theirs


def shown(path: str) -> str:
    """A file as it is called from here, if it is in this folder or in one below."""
    return os.path.relpath(path) if os.path.exists(path) and not os.path.relpath(path).startswith("..") else path


def _at(frame: FrameType, instruction: int, line: int, message: str, hint: str) -> AdgraphError:
    """An error with the expression that is being run, where Python says which (from 3.11 on), else with the line."""
    path = frame.f_code.co_filename
    lines = lines_of(path, frame.f_globals)
    origin = shown(path)
    if not 0 < line <= len(lines):
        return AdgraphError(f"line {line}: {message}", None, hint, origin=origin)
    text = lines[line - 1].rstrip("\n")
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if sys.version_info >= (3, 11):
        positions = list(frame.f_code.co_positions())[instruction // 2]
        first, last, left, right = positions
        if first == line and left is not None and right is not None:
            start = len(text.encode()[:left].decode(errors="ignore"))
            end = len(text.encode()[:right].decode(errors="ignore")) if last == line else len(text)
    before = sum(map(len, lines[: line - 1]))
    return AdgraphError(message, Span(before + start, before + max(end, start + 1)), hint, "".join(lines), origin)
