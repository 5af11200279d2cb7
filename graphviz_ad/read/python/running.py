"""The reader's Python file is run as a module: what it finds around it, and how nothing of that is left behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import partial
from importlib.machinery import FrozenImporter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.python.location import LIBRARIES, OURS

# What Python has imported before it runs a file, so that no file beside it can take its place; and adgraph.
_ALWAYS_THERE = {"__main__", "encodings", "graphviz_ad", "importlib", "warnings", *sys.builtin_module_names}


class Workshop:
    """Where a file of the reader's is run, and then its function; each `with workshop.open():`.

    Inside, the folder of the file, or of its package, is where imports are looked for first; a module beside it is
    found even where one of that name is in use here. Outside, none of the reader's modules is to be found.
    """

    def __init__(self, file: str) -> None:
        path = Path(file)
        self.file = file
        self.root = _root(path.resolve())
        self._names = _importable(self.root) - {path.stem} - _ALWAYS_THERE
        self._modules: dict[str, ModuleType] = {}  # the reader's, while it is closed

    @contextmanager
    def open(self) -> Iterator[None]:
        path, argv, writes, folder = list(sys.path), list(sys.argv), sys.dont_write_bytecode, _folder()
        hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if self._is_in_front(name)}
        before = set(sys.modules)
        sys.modules.update(self._modules)
        sys.path.insert(0, str(self.root))
        sys.argv[:], sys.dont_write_bytecode = [self.file], True
        try:
            with redirect_stdout(sys.stderr):
                yield
        finally:
            sys.path[:], sys.argv[:], sys.dont_write_bytecode = path, argv, writes
            for name in set(sys.modules) - before:
                if name in self._modules or self._is_readers(sys.modules[name]):
                    self._modules[name] = sys.modules.pop(name)
            sys.modules.update(hidden)
            if folder is not None:
                os.chdir(folder)

    def module(self) -> tuple[ModuleType, Callable[[], None]]:
        """The file as a module, and what runs it."""
        path = Path(self.file).resolve()
        name = ".".join(path.relative_to(self.root).with_suffix("").parts)
        name = name if name.isidentifier() or "." in name else "source"
        if name in sys.modules or name in sys.stdlib_module_names:
            name = f"_{name}_"
        spec = spec_from_file_location(name, os.path.abspath(self.file))
        if spec is None or spec.loader is None:
            raise AdgraphError(f"'{path.name}' is not a Python file")
        made = self._modules[name] = module_from_spec(spec)
        return made, partial(spec.loader.exec_module, made)

    def _is_in_front(self, name: str) -> bool:
        """Whether a module that is in use here would be found in the place of one of the reader's."""
        top = name.partition(".")[0]
        return top in self._names and FrozenImporter.find_spec(top) is None

    def _is_readers(self, module: ModuleType) -> bool:
        known = getattr(module, "__dict__", {})
        found = known.get("__file__") or next(iter(known.get("__path__") or ()), "")
        return str(found).startswith(str(self.root) + os.sep) and not str(found).startswith((OURS, *LIBRARIES))


def _root(path: Path) -> Path:
    """The folder from which the file is imported: outside of all packages."""
    folder = path.parent
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _importable(folder: Path) -> set[str]:
    """What can be imported from a folder: its modules and packages, by their names."""
    try:
        return {entry.name.partition(".")[0] for entry in folder.iterdir()
                if entry.suffix in (".py", ".so", ".pyd") or (entry / "__init__.py").is_file()}  # fmt: skip
    except OSError:  # a folder that may be entered, and not listed
        return set()


def _folder() -> str | None:
    """The working folder; None where it has been removed."""
    try:
        return os.getcwd()
    except OSError:
        return None
