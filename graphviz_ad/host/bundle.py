"""The modules of a command come from one file: Python looks for each of hundreds in folders, and opens a file for it.

The file has the compiled modules that commands have imported so far, and lies beside them in `__pycache__`. Python
judges each as it judges those: where the source has changed since, it is compiled anew. Where nothing can be written
there is no such file.
"""

import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import cache_from_source, spec_from_file_location
from types import ModuleType

PACKAGES = ("graphviz_ad.", "click.")  # whose modules are in it

_Place = tuple[str, str, int, int]  # of a module: its source, its compiled file, where that begins here, and its size
_HEAD = 8  # bytes at the beginning: the size of the table of places


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
    """Finds modules in the file, which has a table of their places, and one after another their compiled files."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.places: dict[str, _Place] = {}
        with suppress(OSError, EOFError, TypeError, ValueError):
            self.file = open(path, "rb", buffering=0)
            self.start = _HEAD + int.from_bytes(self.file.read(_HEAD), "little")
            self.places = marshal.loads(self.file.read(self.start - _HEAD))

    def find_spec(
        self, name: str, folders: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As importing asks for it; the folders are those of the package."""
        place = self.places.get(name)
        if place is None or folders is None or not place[0].startswith(folders[0]) or not os.path.exists(place[0]):
            return None
        inside = [os.path.dirname(place[0])] if place[0].endswith("__init__.py") else None
        loader = _Loader(name, place[0], place[1], self._content(place))
        return spec_from_file_location(name, place[0], loader=loader, submodule_search_locations=inside)

    def complete(self) -> None:
        """Write the file anew if modules have come from elsewhere."""
        found = {name: spec for name, module in sys.modules.items() if name.startswith(PACKAGES)
                 if (spec := module.__spec__) and not getattr(spec.loader, "is_bundled", False)}  # fmt: skip
        contents = {}
        for name, spec in found.items():
            if spec.origin and spec.cached:
                with suppress(OSError), open(spec.cached, "rb") as file:
                    contents[name] = (spec.origin, spec.cached, file.read())
        if not contents:
            return
        kept = {name: (*place[:2], self._content(place)) for name, place in self.places.items()}
        places, size = {}, 0
        for name, (source, compiled, content) in (kept | contents).items():
            places[name] = source, compiled, size, len(content)
            size += len(content)
        table = marshal.dumps(places)
        data = [len(table).to_bytes(_HEAD, "little"), table, *(content for *_, content in (kept | contents).values())]
        SourceFileLoader(__name__, __file__).set_data(self.path, b"".join(data))

    def _content(self, place: _Place) -> bytes:
        _, _, start, size = place
        self.file.seek(self.start + start)
        return self.file.read(size)


class _Loader(SourceFileLoader):
    """Loads a module as ever, but does not open its compiled file."""

    def __init__(self, name: str, source: str, compiled: str, content: bytes) -> None:
        super().__init__(name, source)
        self.compiled = compiled
        self.content = content
        self.is_bundled = True

    def get_data(self, path: str) -> bytes:
        if path != self.compiled or not self.content:
            return super().get_data(path)
        content, self.content = self.content, b""
        return content

    def set_data(self, path: str, data: bytes, **how: int) -> None:
        """Is called where the source has changed."""
        self.is_bundled = False
        super().set_data(path, data, **how)
