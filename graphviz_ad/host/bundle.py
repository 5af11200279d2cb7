"""The modules of a command come from one file: Python looks for each of hundreds in folders, and opens a file for it.

The file has the compiled modules that commands have imported so far, and lies beside them in `__pycache__`. Each is as
good as they are: as long as its source has the time and the size of which it was made, else Python does as ever. Where
nothing can be written there is no such file.
"""

import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from types import CodeType, ModuleType

PACKAGES = ("graphviz_ad.", "click.")  # whose modules are in it

_HEADER = 16  # bytes of a compiled file before its code

_Place = tuple[
    str, str, bytes, int, int
]  # source, compiled file, its header, its code's size, and how far from the end it begins


@contextmanager
def bundled() -> Iterator[None]:
    """In the block, modules are taken from the bundle; afterwards it has those that came from elsewhere."""
    bundle = _Bundle(cache_from_source(__file__, optimization=f"{sys.flags.optimize or ''}bundle"))
    sys.meta_path.insert(0, bundle)
    try:
        yield
    finally:
        sys.meta_path.remove(bundle)
        if not sys.dont_write_bytecode:
            bundle.complete()


class _Bundle:
    """Finds modules in the file, which is a table of their places and then code after code."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.places: dict[str, _Place] = {}
        with suppress(OSError, EOFError, TypeError, ValueError), open(path, "rb") as file:
            self.content = memoryview(file.read())
            self.places = marshal.loads(self.content)  # which ends where the table does

    def find_spec(self, name: str, folders: Sequence[str] | None, of: ModuleType | None = None) -> ModuleSpec | None:
        """Where a module of a package with these folders is, if it is here."""
        place = self._good(name, folders[0]) if folders else None
        if place is None:
            return None
        source, compiled, *_ = place
        loader, is_package = _Loader(name, source, self._code(place)), source.endswith("__init__.py")
        spec = ModuleSpec(name, loader, origin=source, is_package=is_package)
        spec.has_location, spec.cached = True, compiled
        spec.submodule_search_locations = [os.path.dirname(source)] if is_package else None
        return spec

    def _good(self, name: str, start: str) -> _Place | None:
        """The place of a module that is as good as its source, which is in a folder."""
        place = self.places.get(name)
        with suppress(OSError):
            if place is not None and place[0].startswith(start) and place[2] == _header(place[0]):
                return place
        return None

    def complete(self) -> None:
        """Write the file anew if modules have come from elsewhere."""
        specs = [module.__spec__ for name, module in sys.modules.items() if name.startswith(PACKAGES)]
        others = [spec for spec in specs if spec and spec.origin and not isinstance(spec.loader, _Loader)]
        missing = [spec for spec in others if self._good(spec.name, spec.origin or "") is None]
        found = {spec.name: read for spec in missing if (read := _compiled(spec))}
        if not found:
            return
        kept = {name: (place, self._code(place)) for name, place in self.places.items()}
        places, codes, left = {}, [], 0
        for name, ((source, compiled, header, size, _), code) in reversed((kept | found).items()):
            left += size
            places[name] = source, compiled, header, size, left
            codes.append(code)
        data = b"".join((marshal.dumps(places), *reversed(codes)))
        SourceFileLoader(__name__, __file__).set_data(self.path, data)

    def _code(self, place: _Place) -> memoryview:
        *_, size, left = place
        return self.content[len(self.content) - left :][:size]


def _compiled(spec: ModuleSpec) -> tuple[_Place, memoryview] | None:
    """What is in the compiled file of a module, if it is good."""
    if not (spec.origin and spec.cached):
        return None
    with suppress(OSError), open(spec.cached, "rb") as file:
        header, code = file.read(_HEADER), file.read()
        if header == _header(spec.origin):
            return (spec.origin, spec.cached, header, len(code), 0), memoryview(code)
    return None


def _header(source: str) -> bytes:
    """What a compiled file begins with: this Python, no sum of the source, but its time and its size."""
    about = os.stat(source)
    numbers = (0, int(about.st_mtime) & 0xFFFFFFFF, about.st_size & 0xFFFFFFFF)
    return MAGIC_NUMBER + b"".join(number.to_bytes(4, "little") for number in numbers)


class _Loader(SourceFileLoader):
    """Loads a module whose code is known."""

    def __init__(self, name: str, source: str, code: memoryview) -> None:
        super().__init__(name, source)
        self.code = code

    def get_code(self, name: str) -> CodeType:
        made: CodeType = marshal.loads(self.code)
        return made
