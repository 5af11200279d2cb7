"""Modules that are not imported for it: which build one is."""

import os
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder


@cache
def build(name: str) -> str:
    """Which build of a module would be imported: the size and the time of its file."""
    spec = _found(name)
    about = os.stat(spec.origin) if spec and spec.origin and os.path.exists(spec.origin) else None
    return f"{name} {about.st_size} {about.st_mtime_ns}" if about else name


def _found(name: str) -> ModuleSpec | None:
    package, _, _ = name.rpartition(".")
    outside = _found(package) if package else None
    if package and outside is None:
        return None
    return PathFinder.find_spec(name, outside.submodule_search_locations if outside else None)
