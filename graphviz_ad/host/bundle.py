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
from importlib.util import cache_from_source
from types import CodeType, ModuleType

PACKAGES = ("graphviz_ad.", "click.")  # whose modules are in it

_HEADER = 16  # bytes of a compiled file before its code; the last eight are time and size of the source
_UNCHECKED = bytes(4)  # in the header where those count, and no sum of the source

_Place = tuple[str, str, bytes, int, int]  # source, compiled file, its header, where its code begins here, and its size


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
    """Finds modules in the file: a table of their places, which says first how long it is, and then code after code."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.places: dict[str, _Place] = {}
        with suppress(OSError, EOFError, TypeError, ValueError), open(path, "rb") as file:
            size = int.from_bytes(file.read(8), "little")
            self.places, self.codes = marshal.loads(file.read(size)), memoryview(file.read())

    def find_spec(self, name: str, folders: Sequence[str] | None, of: ModuleType | None = None) -> ModuleSpec | None:
        """Where a module is, if it is here and as good as its source, which is in the first of the folders."""
        place = self.places.get(name)
        if place is None or folders is None or not place[0].startswith(folders[0]):
            return None
        source, compiled, header, *_ = place
        try:
            if header[_HEADER // 2 :] != _made_of(os.stat(source)):
                return None
        except OSError:
            return None
        loader, is_package = _Loader(name, source, self._code(place)), source.endswith("__init__.py")
        spec = ModuleSpec(name, loader, origin=source, is_package=is_package)
        spec.has_location, spec.cached = True, compiled
        spec.submodule_search_locations = [os.path.dirname(source)] if is_package else None
        return spec

    def complete(self) -> None:
        """Write the file anew if modules have come from elsewhere."""
        specs = [module.__spec__ for name, module in sys.modules.items() if name.startswith(PACKAGES)]
        found = {spec.name: read for spec in specs
                 if spec and not isinstance(spec.loader, _Loader) and (read := _compiled(spec))}  # fmt: skip
        if not found:
            return
        kept = {name: (place, self._code(place)) for name, place in self.places.items()}
        places, codes, end = {}, [], 0
        for name, ((source, compiled, header, _, size), code) in (kept | found).items():
            places[name] = source, compiled, header, end, size
            codes.append(code)
            end += size
        table = marshal.dumps(places)
        data = b"".join((len(table).to_bytes(8, "little"), table, *codes))
        SourceFileLoader(__name__, __file__).set_data(self.path, data)

    def _code(self, place: _Place) -> memoryview:
        *_, start, size = place
        return self.codes[start : start + size]


def _compiled(spec: ModuleSpec) -> tuple[_Place, memoryview] | None:
    """What is in the compiled file of a module, if it is good."""
    if not (spec.origin and spec.cached):
        return None
    with suppress(OSError), open(spec.cached, "rb") as file:
        header, code = file.read(_HEADER), file.read()
        if header[4:] == _UNCHECKED + _made_of(os.stat(spec.origin)):
            return (spec.origin, spec.cached, header, 0, len(code)), memoryview(code)
    return None


def _made_of(source: os.stat_result) -> bytes:
    """Time and size of a source, as compiled files have them."""
    return b"".join((int(number) & 0xFFFFFFFF).to_bytes(4, "little") for number in (source.st_mtime, source.st_size))


class _Loader(SourceFileLoader):
    """Loads a module whose code is known."""

    def __init__(self, name: str, source: str, code: memoryview) -> None:
        super().__init__(name, source)
        self.code = code

    def get_code(self, name: str) -> CodeType:
        made: CodeType = marshal.loads(self.code)
        return made
