"""The modules of a command come from one file: Python looks for each of hundreds in folders, and opens a file for it.

Each command has its file, of the modules that it has imported so far, and it lies beside the compiled ones in
`__pycache__`. What is in it is as good as they are: as long as the source has the time and the size of which it was
made, else Python does as ever. Where nothing can be written there is no such file. It has their regular expressions,
too. A list of all comes first, then the code of each, which is read when it is imported.
"""

import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from io import FileIO
from itertools import accumulate, pairwise
from types import CodeType, ModuleType

from graphviz_ad.host.expressions import ENGINE, Codes, RegularExpression, compiled, compiled_before

PACKAGES = ("graphviz_ad.", "click.")  # whose modules are in it

MADE_BY = MAGIC_NUMBER + b"adgraph 2"  # a bundle begins with it: this Python, and the way in which a bundle is written
LENGTH = 8  # bytes that say how long the list is

# Of a module: source, compiled file, what that begins with; where its code begins and ends.
_Kept = tuple[str, str, bytes, int, int]


def _header(source: str) -> bytes:
    """What a compiled file begins with: this Python, no sum of the source, but its time and its size."""
    about = os.stat(source)
    numbers = (0, int(about.st_mtime) & 0xFFFFFFFF, about.st_size & 0xFFFFFFFF)
    return MAGIC_NUMBER + b"".join(number.to_bytes(4, "little") for number in numbers)


@contextmanager
def bundled(command: str) -> Iterator[None]:
    """In the block, modules are taken from the command's bundle; afterwards it has those that came from elsewhere."""
    bundle = _Bundle(cache_from_source(__file__, optimization=f"{sys.flags.optimize or ''}{command}"))
    sys.meta_path.insert(0, bundle)
    try:
        with compiled_before(bundle.expressions) as others:
            yield
    finally:
        sys.meta_path.remove(bundle)
        if not sys.dont_write_bytecode:
            bundle.complete(others)
        bundle.close()


class _Bundle:
    """Finds modules in the file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.modules: dict[str, _Kept] = {}
        self.expressions: dict[RegularExpression, Codes] = {}
        self.file: FileIO | None = None
        with suppress(OSError, EOFError, TypeError, ValueError):
            self.file = FileIO(path)
            if self.file.read(len(MADE_BY)) == MADE_BY:
                whole, length = os.stat(path).st_size, int.from_bytes(self.file.read(LENGTH), "little")
                engine, size, modules, expressions = marshal.loads(self.file.read(min(length, whole)))
                self.start = len(MADE_BY) + LENGTH + length
                if whole == self.start + size:
                    self.modules, self.expressions = modules, expressions if engine == ENGINE else {}

    def close(self) -> None:
        """What has not been read from the file is not read any more."""
        if self.file is not None:
            self.file.close()

    def code(self, kept: _Kept) -> bytes:
        """The code of a module, as the compiled file has it."""
        if self.file is None:
            return b""
        *_, start, end = kept
        self.file.seek(self.start + start)
        return self.file.read(end - start)

    def find_spec(self, name: str, folders: Sequence[str] | None, of: ModuleType | None = None) -> ModuleSpec | None:
        """Where a module of a package with these folders is, if it is here."""
        kept = self._good(name, folders[0]) if folders else None
        if kept is None:
            return None
        source, compiled, *_ = kept
        is_package = source.endswith("__init__.py")
        spec = ModuleSpec(name, _Loader(name, source, self.code(kept)), origin=source, is_package=is_package)
        spec.has_location, spec.cached = True, compiled
        spec.submodule_search_locations = [os.path.dirname(source)] if is_package else None
        return spec

    def _good(self, name: str, start: str) -> _Kept | None:
        """A module that is as good as its source, which is in a folder."""
        kept = self.modules.get(name)
        with suppress(OSError):
            if kept is not None and kept[0].startswith(start) and kept[2] == _header(kept[0]):
                return kept
        return None

    def complete(self, expressions: set[RegularExpression]) -> None:
        """Write the file anew if modules have come from elsewhere; with the expressions that have."""
        specs = [module.__spec__ for name, module in sys.modules.items() if name.startswith(PACKAGES)]
        others = [spec for spec in specs if spec and spec.origin and not isinstance(spec.loader, _Loader)]
        missing = [spec for spec in others if self._good(spec.name, spec.origin or "") is None]
        found = {spec.name: read for spec in missing if (read := _compiled(spec))}
        if found:
            known = self.expressions | {asked: compiled(asked) for asked in expressions}
            codes = {name: (kept[:3], self.code(kept)) for name, kept in self.modules.items()} | found
            ends = [0, *accumulate(len(code) for _, code in codes.values())]
            modules = {name: (*codes[name][0], *place) for name, place in zip(codes, pairwise(ends), strict=True)}
            listed = marshal.dumps((ENGINE, ends[-1], modules, known))
            parts = MADE_BY, len(listed).to_bytes(LENGTH, "little"), listed, *(code for _, code in codes.values())
            self.close()  # Windows replaces no file that is open
            SourceFileLoader(__name__, __file__).set_data(self.path, b"".join(parts))


def _compiled(spec: ModuleSpec) -> tuple[tuple[str, str, bytes], bytes] | None:
    """What is in the compiled file of a module, if it is good, with its code."""
    if not (spec.origin and spec.cached):
        return None
    with suppress(OSError), open(spec.cached, "rb") as file:
        header = _header(spec.origin)
        if file.read(len(header)) == header:
            return (spec.origin, spec.cached, header), file.read()
    return None


class _Loader(SourceFileLoader):
    """Loads a module whose code is known."""

    def __init__(self, name: str, source: str, code: bytes) -> None:
        super().__init__(name, source)
        self.code = code

    def get_code(self, name: str) -> CodeType:
        code: CodeType = marshal.loads(self.code)
        return code
