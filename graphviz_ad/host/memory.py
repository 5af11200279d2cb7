"""What takes long to make is remembered on disk, by what was asked, in the platform's folder for caches.

An entry is text and stands for itself: it has the whole of what was asked and a sum over all, so what is torn, mistaken
or of somebody else is passed over and made anew. Entries come whole into their places, whoever else writes there; where
none can be written none is. Nothing is remembered outside `remembering`.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TypeVar
from zlib import crc32

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.host.files import new_file
from graphviz_ad.host.signals import held
from graphviz_ad.host.small_file import read_small

MOST = 16_000_000  # bytes of all entries; the oldest go first
LARGEST = 1_000_000  # of one
OFF = "ADGRAPH_NO_CACHE"  # the variable that lets nothing be remembered

_ENDING = ".made"  # of the names of entries: no other file is touched
_folder: ContextVar[str | None] = ContextVar("folder", default=None)

T = TypeVar("T")


@contextmanager
def remembering(folder: str | None) -> Iterator[None]:
    """In the block, what is made is remembered in the folder, which need not be there yet."""
    token = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(token)


def usual_folder() -> str | None:
    """The folder of the platform; none where the reader wants none, or the platform has none."""
    if os.environ.get(OFF):
        return None
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else os.path.expanduser("~/.cache")
    return os.path.join(base, "adgraph") if os.path.isabs(base) else None  # else it would be in the working folder


def remembered(asked: str, make: Callable[[], T], say: Callable[[T], str], read: Callable[[str], T]) -> T:
    """What `make` makes, or has made when the same was asked. `say` and `read` bring it into text and back; `read`
    raises ValueError for what `say` cannot have said."""
    folder = _folder.get()
    if folder is None:
        return make()
    entry = os.path.join(folder, f"{crc32(asked.encode()):08x}{_ENDING}")
    with suppress(AdgraphError, OSError, ValueError):
        return read(_kept(entry, asked))
    made = make()
    with suppress(OSError):
        _keep(entry, asked, say(made))
    return made


def _head(asked: str, made: str) -> str:
    return f"{crc32((asked + made).encode()):08x} {len(asked)} {len(made)}\n"


def _kept(entry: str, asked: str) -> str:
    """What was made. Raises AdgraphError, OSError or ValueError where there is no such entry."""
    if hasattr(os, "geteuid") and os.stat(os.path.dirname(entry)).st_uid != os.geteuid():
        raise ValueError("a folder of somebody else")
    text = read_small(entry, LARGEST)
    made = text[text.index("\n") + 1 + len(asked) :]
    if text != _head(asked, made) + asked + made:
        raise ValueError("another entry, or a part of one")
    return made


def _keep(entry: str, asked: str, made: str) -> None:
    data = (_head(asked, made) + asked + made).encode()
    if len(data) > LARGEST:
        return
    folder = os.path.dirname(entry)
    for made_there in (os.path.dirname(folder), folder):  # but no home where there is none
        with suppress(FileExistsError):
            os.mkdir(made_there, mode=0o700)
    _make_room(folder, MOST - len(data))
    with held():  # a signal leaves nothing half made
        number, temporary = new_file(f"{entry}.", _ENDING)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
            os.replace(temporary, entry)
        except OSError:
            os.unlink(temporary)
            raise


def _make_room(folder: str, room: int) -> None:
    """Let the oldest entries go until the others have no more bytes than there is room for."""
    with os.scandir(folder) as files:
        found = [(file.stat(follow_symlinks=False), file.path) for file in files if file.name.endswith(_ENDING)]
    entries = sorted((about.st_mtime_ns, about.st_size, path) for about, path in found)
    size = sum(size for _, size, _ in entries)
    for _, less, path in entries:
        if size <= room:
            return
        with suppress(OSError):  # another process was faster
            os.unlink(path)
        size -= less
