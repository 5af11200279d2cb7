"""What goes wrong in the reader's Python code, as an error with its place."""

from __future__ import annotations

import linecache
import os

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.read.python.location import recursion, shown, where


def failed(error: BaseException) -> AdgraphError:
    """What an exception of the reader's code says, with its line."""
    if isinstance(error, RecursionError):
        return recursion(error.__traceback__, "does the recursion end? It may need a value: a default, or --at")
    if isinstance(error, SyntaxError) and error.filename and os.path.isfile(error.filename):
        return _syntax_error(error, error.filename)
    hint = ""
    if isinstance(error, ModuleNotFoundError) and error.name:
        hint = f"install it beside adgraph: pip install {error.name.partition('.')[0]}"
    words = _words(error).replace("'Tracer' object", "a traced number").replace("'Tracer'", "'a traced number'")
    name = type(error).__name__
    return where(error.__traceback__, f"{name}: {words}" if words else name, hint)


def _words(error: BaseException) -> str:
    """What an exception says; nothing where its own `__str__` fails."""
    try:
        return str(error)
    except Exception:
        return ""


def _syntax_error(error: SyntaxError, path: str) -> AdgraphError:
    """An error of a file that is no Python, with its place if Python says one."""
    lines = linecache.getlines(path)
    if not error.lineno or error.lineno > len(lines):  # of the file as a whole: it is no text
        return AdgraphError(f"SyntaxError: {error.msg}", None, "is it a Python file?", origin=shown(path))
    start = sum(map(len, lines[: error.lineno - 1])) + min(error.offset or 1, len(lines[error.lineno - 1])) - 1
    return AdgraphError(f"SyntaxError: {error.msg}", Span(start, start + 1), "", "".join(lines), shown(path))
