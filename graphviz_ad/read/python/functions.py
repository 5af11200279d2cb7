"""A function in a Python file, lesson.py:loss. Its file is run, as a module, and the function is called once, on traced
numbers."""

from __future__ import annotations

import inspect
import linecache
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.host.signals import Ended
from graphviz_ad.read import Limits, Source
from graphviz_ad.read.python.arguments import parameters_of
from graphviz_ad.read.python.failures import failed
from graphviz_ad.read.python.limits import limited
from graphviz_ad.read.python.running import Workshop
from graphviz_ad.read.python.tracing import trace


def read(place: str, request: Request = NOTHING_ASKED) -> Source:
    """Trace the function at `file.py:function`; its name may be left out where the file has only one.

    Raises AdgraphError for a file or a function that is not there, and for what goes wrong in it, with its line.
    """
    file, _, name = place.rpartition(":") if ":" in place and not place.endswith(".py") else (place, "", "")
    if not file.strip():
        raise AdgraphError("there is no Python file here", hint="write lesson.py:function")
    if os.path.isdir(file):  # which says no of a name that no file can have
        raise AdgraphError(f"'{file}' is a folder", hint="name a Python file in it, and a function: lesson.py:function")
    if not os.path.isfile(file):
        raise AdgraphError(f"there is no file '{file}'", hint=_nearest(Path(file)))
    workshop = Workshop(file)
    linecache.checkcache()  # errors show the lines as they are now
    with _errors_placed(place):
        function = _function(_module(workshop, request.max_seconds), name, file)
        several = len(request.sources) > 1  # some values may be for another
        known = {Name(key).loose_key for key in (parameters_of(function) if several else request.at)}
        at = {name: value for name, value in request.at.items() if Name(name).loose_key in known}
        shapes = {name: shape for name, shape in request.shapes.items() if not several or Name(name).loose_key in known}
        limits = Limits(request.max_operations, request.max_seconds)
        return trace(function, at, (*request.variables, *request.wrt), limits, workshop.open(), shapes)


@contextmanager
def _errors_placed(place: str) -> Iterator[None]:
    """Turn what the reader's code raises into errors with a place."""
    try:
        yield
    except AdgraphError as error:
        error.origin = error.origin or place
        raise
    except (KeyboardInterrupt, Ended):  # of whoever runs the program
        raise
    except BaseException as error:
        raise failed(error) from error


def _module(workshop: Workshop, seconds: float) -> ModuleType:
    """The file, run as a module."""
    module, run = workshop.module()
    if b"\0" in Path(workshop.file).read_bytes():  # of which Python says one thing or another, by its version
        hint = "is it a Python file?"
        raise AdgraphError("SyntaxError: source code string cannot contain null bytes", hint=hint)
    with workshop.open():
        limited(run, seconds, "the file")
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
        if inspect.isclass(found):
            found = _made(found, file, name)
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


def _made(of: type, file: str, name: str) -> Any:
    """An object of a class, for one of its methods."""
    try:
        return of()
    except TypeError:
        hint = f"make one in the file, net = {of.__name__}(…), and name it: {file}:net.{name.rpartition('.')[2]}"
        raise AdgraphError(f"an object of '{of.__name__}' cannot be made without arguments", hint=hint) from None


def _shown(folder: Path) -> str:
    return "the folder in which adgraph is called" if folder == Path() else f"'{folder}'"


def _nearest(path: Path) -> str:
    if not os.path.isdir(path.parent):
        return "write lesson.py:function"
    there = path.parent.glob("*.py")
    names = [entry.name for entry in there if entry.exists()]
    listed = f"there are {', '.join(sorted(names)[:12])}" if names else f"no Python file is in {_shown(path.parent)}"
    return did_you_mean(path.name, names) or listed
