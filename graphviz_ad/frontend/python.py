"""A function in a Python file, lesson.py:loss. Its file is run, as `python lesson.py` would run it, and the function is
called once, on traced numbers."""

from __future__ import annotations

import importlib.util
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from graphviz_ad.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.frontend import READ_AS_IT_IS, Reading, Source
from graphviz_ad.frontend.place import recursion, shown, where
from graphviz_ad.frontend.tracing import trace


def read(place: str, reading: Reading = READ_AS_IT_IS) -> Source:
    """Trace the function at `file.py:function`; its name may be left out where the file has only one.

    Raises AdgraphError for a file or a function that is not there, and for what goes wrong in it, with its line.
    """
    file, _, name = place.rpartition(":") if ":" in place and not place.endswith(".py") else (place, "", "")
    path = Path(file)
    if not file.strip():
        raise AdgraphError("there is no Python file here", hint="write lesson.py:function")
    if path.is_dir():
        raise AdgraphError(f"'{file}' is a folder", hint="name a Python file in it, and a function: lesson.py:function")
    if not path.is_file():
        raise AdgraphError(f"there is no file '{file}'", hint=_nearest(path))
    with _importing(path), redirect_stdout(sys.stderr):
        module = _module(path)
        function = _function(module, name, file)
        wrt = reading.variables - frozenset(reading.at)
        try:
            return trace(function, reading.at, wrt)
        except AdgraphError as error:
            error.origin = error.origin or place
            raise
        except (Exception, SystemExit) as error:
            raise _failed(error) from error


@contextmanager
def _importing(path: Path) -> Iterator[None]:
    """The folder of the file, or of its package, is where imports are looked for first; nothing is left behind."""
    before, writes, modules = list(sys.path), sys.dont_write_bytecode, set(sys.modules)
    root = str(_root(path.resolve()))
    sys.path.insert(0, root)
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.path[:] = before
        sys.dont_write_bytecode = writes
        for name in set(sys.modules) - modules:  # another file's helper may have the same name
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(root + os.sep):
                del sys.modules[name]


def _root(path: Path) -> Path:
    """The folder from which the file is imported: outside of all packages."""
    folder = path.parent
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _module(path: Path) -> ModuleType:
    path = path.resolve()
    name = ".".join(path.relative_to(_root(path)).with_suffix("").parts)
    name = name if name.isidentifier() or "." in name else "source"
    if "." not in name and name in sys.modules:
        name = f"_{name}_"  # the name of a module that is in use already
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AdgraphError(f"'{path.name}' is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        if b"\0" in path.read_bytes():  # of which Python says one thing or another, by its version
            raise SyntaxError("source code string cannot contain null bytes")
        spec.loader.exec_module(module)
    except AdgraphError:
        raise
    except SyntaxError as error:
        error.filename = error.filename or str(path)
        raise _syntax_error(error) from error
    except (Exception, SystemExit) as error:
        raise _failed(error) from error
    return module


def _function(module: ModuleType, name: str, file: str) -> Callable[..., Any]:
    own = [
        key
        for key, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not key.startswith("_")
    ]
    listed = f"there are {', '.join(own)}" if own else "it defines no function"
    if not name:
        if len(own) != 1:
            raise AdgraphError(f"'{file}' has {len(own)} functions", hint=f"write {file}:NAME; {listed}")
        name = own[0]
    found: Any = module
    for part in name.split("."):
        if not hasattr(found, part):
            near = did_you_mean(name, own)
            raise AdgraphError(f"there is no function '{name}' in '{file}'", hint=f"{near} {listed}".strip())
        found = getattr(found, part)
    if not callable(found) or inspect.isclass(found):
        raise AdgraphError(f"'{name}' in '{file}' is not a function", hint=listed)
    if inspect.isgeneratorfunction(found) or inspect.iscoroutinefunction(found):
        raise AdgraphError(f"'{name}' in '{file}' is a generator or a coroutine", hint="return a number")
    function: Callable[..., Any] = found
    return function


def _failed(error: BaseException) -> AdgraphError:
    """What an exception of the reader's code says, with its line."""
    words = str(error).replace("'Tracer' object", "a traced number").replace("'Tracer'", "'a traced number'")
    hint = ""
    if isinstance(error, ModuleNotFoundError) and error.name:
        hint = f"install it beside adgraph: pip install {error.name.partition('.')[0]}"
    elif isinstance(error, RecursionError):
        return recursion(error.__traceback__, "does the recursion end? It may need a value: a default, or --at")
    return where(error.__traceback__, f"{type(error).__name__}: {words}" if words else type(error).__name__, hint)


def _syntax_error(error: SyntaxError) -> AdgraphError:
    if error.lineno is None:  # of the file as a whole: it is no text
        return AdgraphError(
            f"SyntaxError: {error.msg}", None, "is it a Python file?", origin=shown(error.filename or "")
        )
    source = Path(error.filename or "").read_text("utf-8", "replace") if error.filename else ""
    start = sum(map(len, source.splitlines(keepends=True)[: error.lineno - 1])) + (error.offset or 1) - 1
    return AdgraphError(f"SyntaxError: {error.msg}", Span(start, start + 1), "", source, shown(error.filename or ""))


def _nearest(path: Path) -> str:
    names = [entry.name for entry in path.parent.glob("*.py")] if path.parent.is_dir() else []
    listed = f"there are {', '.join(sorted(names)[:12])}" if names else "write lesson.py:function"
    return did_you_mean(path.name, names) or listed
