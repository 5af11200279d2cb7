"""What goes wrong in the reader's Python code, as an error with its place."""

from __future__ import annotations

import os
import re

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.read.python.location import lines_of, recursion, shown, where


def failed(error: BaseException) -> AdgraphError:
    """What an exception of the reader's code says, with its line."""
    if isinstance(error, RecursionError):
        return recursion(error.__traceback__, "does the recursion end? It may need a value: a default, or --at")
    if isinstance(error, SyntaxError) and error.filename and os.path.isfile(error.filename):
        return _syntax_error(error, error.filename)
    hint = ""
    if isinstance(error, ModuleNotFoundError) and error.name and error.name.partition(".")[0] not in _FRAMEWORKS:
        hint = f"install it beside adgraph: pip install {error.name.partition('.')[0]}"
    hint = hint or _hint_of(error)
    words = _words(error).replace("'Tracer' object", "a traced number").replace("'Tracer'", "'a traced number'")
    name = type(error).__name__
    return where(error.__traceback__, f"{name}: {words}" if words else name, hint)


_NUMBERS = (
    "each parameter is one number: give several, f(w1, w2), and make a list of them in the function, w = [w1, w2]"
)
_HINTS = {
    "of type 'Tracer' has no len()": _NUMBERS,
    "'Tracer' object is not iterable": _NUMBERS,
    "'Tracer' object is not subscriptable": _NUMBERS,
    "'Tracer' object does not support item assignment": _NUMBERS,
    "unsupported operand type(s) for @": "say which are arrays: f(W: (2, 3), x: 3), --shape W=2x3,x=3, or values, --at",
}
_FRAMEWORKS = ("torch", "jax", "tensorflow", "keras")
_TRACED = (
    "functions of math and numpy are traced, of numbers and arrays, not those of torch, jax and tensorflow: write it so"
)


def _hint_of(error: BaseException) -> str:
    """What to do about an error that Python's words leave open."""
    said = _words(error)
    missing = (error.name or "").partition(".")[0] if isinstance(error, ImportError) else ""
    if not {missing, *_libraries(error)}.isdisjoint(_FRAMEWORKS):
        return _TRACED
    return next((hint for part, hint in _HINTS.items() if part in said), "")


def _libraries(error: BaseException) -> set[str]:
    """The packages whose code, or whose functions by their line, an error comes through."""
    found: set[str] = set()
    traceback = error.__traceback__
    while traceback is not None:
        found.add(str(traceback.tb_frame.f_globals.get("__name__", "")).partition(".")[0])
        lines = lines_of(traceback.tb_frame.f_code.co_filename)
        line = lines[traceback.tb_lineno - 1] if 0 < traceback.tb_lineno <= len(lines) else ""
        modules = traceback.tb_frame.f_globals
        found |= {str(getattr(modules.get(word), "__name__", "")).partition(".")[0]
                  for word in re.findall(r"\b(\w+)\.", line)}  # fmt: skip
        traceback = traceback.tb_next
    return found


def _words(error: BaseException) -> str:
    """What an exception says; nothing where its own `__str__` fails."""
    try:
        return str(error)
    except Exception:
        return ""


def _syntax_error(error: SyntaxError, path: str) -> AdgraphError:
    """An error of a file that is no Python, with its place if Python says one."""
    lines = lines_of(path)
    if not error.lineno or error.lineno > len(lines):  # of the file as a whole: it is no text
        return AdgraphError(f"SyntaxError: {error.msg}", None, "is it a Python file?", origin=shown(path))
    start = sum(map(len, lines[: error.lineno - 1])) + min(error.offset or 1, len(lines[error.lineno - 1])) - 1
    return AdgraphError(f"SyntaxError: {error.msg}", Span(start, start + 1), "", "".join(lines), shown(path))
