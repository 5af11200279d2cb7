"""Modules inside of packages that are not imported for them: which build it is, and the module alone."""

import os
import sys
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


@cache
def build(name: str) -> str:
    """Which build of a module would be imported: the size and the time of its file."""
    spec = _found(name)
    about = os.stat(spec.origin) if spec and spec.origin and os.path.exists(spec.origin) else None
    return f"{name} {about.st_size} {about.st_mtime_ns}" if about else name


def alone(name: str) -> ModuleType:
    """The module without the rest of its package, which is imported where that is needed to find libraries."""
    spec = _found(name) if sys.platform != "win32" and name not in sys.modules else None
    if spec is None or spec.loader is None:
        return import_module(name)
    module = spec.loader.create_module(spec)
    assert module is not None, f"{name} is not compiled"
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _found(name: str) -> ModuleSpec | None:
    package, _, _ = name.rpartition(".")
    outside = _found(package) if package else None
    if package and outside is None:
        return None
    return PathFinder.find_spec(name, outside.submodule_search_locations if outside else None)
