"""Whose code called this package: where a warning points, and which line an error was raised by."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in typing, which every command would have to import for it

if TYPE_CHECKING:
    from types import FrameType, TracebackType

_PACKAGE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")


def _is_ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(_PACKAGE)


def depth() -> int:
    """The `stacklevel` with which a warning of the function that asks points at the line of the caller's own code."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and _is_ours(frame):
        frame, level = frame.f_back, level + 1
    return level


def raised_by(traceback: TracebackType | None) -> str:
    """The line of the caller's own code that led to an error, as words: its file, if it is in one, number and text;
    nothing where none did."""
    found = None
    while traceback is not None and not _is_ours(traceback.tb_frame):
        found, traceback = traceback, traceback.tb_next
    if found is None or traceback is None:
        return ""
    from linecache import getline

    file, number = found.tb_frame.f_code.co_filename, found.tb_lineno
    text = getline(file, number, found.tb_frame.f_globals).strip()
    place = [os.path.basename(file)] if os.path.exists(file) else []  # a cell of a notebook is in no file
    return ", ".join([*place, f"line {number}"]) + (f": {text}" if text else "")
